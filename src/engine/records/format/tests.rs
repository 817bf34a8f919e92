//! Properties of every format: whatever the file, nothing panics, what is owed is given or named, and it
//! does not matter how the bytes arrive.

use proptest::prelude::*;
use proptest::sample::select;

use super::{FORMATS, Format, HEAD};
use crate::engine::error::{Cause, Halt};
use crate::engine::input::decode::TextReader;
use crate::engine::job::reading::{FormatKind, Reading};
use crate::engine::job::record_selector::RecordSelector;
use crate::engine::notes::{NoteKind, Notes};
use crate::engine::records::reader::{ReadOptions, Records};
use crate::engine::stop::StopToken;

type Fields = Vec<Vec<(String, String)>>;

const FILES: [&[u8]; 24] = [
    include_bytes!("../../../../tests/files/formats/trec_ap"),
    include_bytes!("../../../../tests/files/formats/trec_fbis"),
    include_bytes!("../../../../tests/files/formats/trec_ft"),
    include_bytes!("../../../../tests/files/formats/trec_web"),
    include_bytes!("../../../../tests/files/formats/gigaword"),
    include_bytes!("../../../../tests/files/formats/reuters"),
    include_bytes!("../../../../tests/files/formats/rss.xml"),
    include_bytes!("../../../../tests/files/formats/articles.xml"),
    include_bytes!("../../../../tests/files/formats/tei_corpus.xml"),
    include_bytes!("../../../../tests/files/formats/one_document.xml"),
    include_bytes!("../../../../tests/files/formats/page.html"),
    include_bytes!("../../../../tests/files/formats/lines.jsonl"),
    include_bytes!("../../../../tests/files/formats/table.csv"),
    include_bytes!("../../../../tests/files/formats/table.tsv"),
    include_bytes!("../../../../tests/files/formats/sentences.conllu"),
    include_bytes!("../../../../tests/files/formats/entities.conll"),
    include_bytes!("../../../../tests/files/formats/corpus.vert"),
    include_bytes!("../../../../tests/files/formats/crawl.warc"),
    include_bytes!("../../../../tests/files/formats/texts.wet"),
    include_bytes!("../../../../tests/files/formats/export.xml"),
    include_bytes!("../../../../tests/files/formats/memory.tmx"),
    include_bytes!("../../../../tests/files/formats/document.json"),
    include_bytes!("../../../../tests/files/formats/broken.json"),
    include_bytes!("../../../../tests/files/formats/nested.json"),
];

/// All records, with what each is made of; the account of beginnings is checked.
fn read(bytes: &[u8], chunk: usize, reading: &Reading) -> Option<(FormatKind, Fields, Notes)> {
    let reader = TextReader::with_chunk(bytes, None, chunk).ok()?;
    let mut records = Records::new(
        reader,
        ReadOptions { reading, file: "file", keep_markup: false, chosen: None, offers: false, beside: None },
    )
    .ok()?;
    let (mut notes, mut rows) = (Notes::default(), Vec::new());
    loop {
        match records.next(&StopToken::default(), &mut notes) {
            Ok(Some(record)) => rows.push(record.fields.into()),
            Ok(None) | Err(Halt::Failed(Cause::Damaged(_))) => break,
            Err(halt) => panic!("readable and not stopped: {halt}"),
        }
    }
    assert_eq!(records.owed(), rows.len() as u64, "beginnings are records or named");
    Some((records.format(), rows, notes))
}

fn as_format(format: FormatKind) -> Reading {
    Reading { format: Some(format), ..Reading::default() }
}

/// A record longer than what is looked at to recognise a format: what follows arrives in chunks.
fn filler(format: FormatKind) -> String {
    let long = "채움 글 ".repeat(HEAD / 11 + 100);
    match format {
        FormatKind::Tei => {
            format!("<TEI xml:id=\"f\"><teiHeader><x>1</x></teiHeader><text>{long}</text></TEI>\n<TEI><text/></TEI>\n")
        }
        FormatKind::Xml => format!("<item><id>f</id><text>{long}</text></item>\n<item/>\n"),
        FormatKind::Reuters => format!("<REUTERS NEWID=\"f\"><TEXT><BODY>{long}</BODY></TEXT></REUTERS>\n"),
        FormatKind::JsonLines => format!("{{\"id\": \"f\", \"text\": \"{long}\"}}\n"),
        FormatKind::Csv => format!("id,text\nf,\"{long}\"\n"),
        FormatKind::Conll => format!("# sent_id = f\n{}\n", format!("1\t{long}\n").repeat(2)),
        FormatKind::Vertical => format!("<doc>\n<s id=\"f\">\n{long}\n</s>\n"),
        FormatKind::Warc => {
            format!("WARC/1.0\nWARC-Type: conversion\nContent-Length: {}\n\n{long}\n\n", long.len())
        }
        FormatKind::Mediawiki => format!("<mediawiki><page><id>f</id><text>{long}</text></page>\n"),
        FormatKind::Tmx => format!("<tmx><tu><tuv xml:lang=\"ko\"><seg>{long}</seg></tuv></tu>\n"),
        FormatKind::Json => format!("[{{\"id\": \"f\", \"text\": \"{long}\"}}, {{\"id\": 2, \"a\": [1]}},"),
        FormatKind::Gigaword => format!("<DOC id=\"f\" type=\"story\"><TEXT>{long}</TEXT></DOC>\n"),
        _ => format!("<DOC><DOCNO>f</DOCNO><TEXT>{long}</TEXT></DOC>\n"),
    }
}

/// Pieces of which hard files are made.
fn soup() -> impl Strategy<Value = String> {
    let piece = select(vec![
        "<DOC>",
        "</DOC>",
        "<DOC>\n",
        "</DOC>\n",
        "<doc id=\"1\" type=\"story\">",
        "<DOCNO>",
        "</DOCNO>",
        "<TEXT>",
        "</TEXT>",
        "<P>",
        "</P>",
        "<DOCHDR>",
        "</DOCHDR>",
        "<item>",
        "</item>",
        "<item/>",
        "<item id='2' ",
        "<TEI>",
        "</TEI>",
        "<text>",
        "</text>",
        "<title>",
        "</title>",
        "<REUTERS NEWID=\"3\">",
        "</REUTERS>",
        "<D>",
        "</D>",
        "<![CDATA[",
        "]]>",
        "<!--",
        "-->",
        "<?",
        "?>",
        "<!DOCTYPE x [",
        "]>",
        "\n",
        "\r\n",
        "\n\n",
        " ",
        "\u{feff}",
        "가나",
        "text",
        "&amp;",
        "&",
        "<",
        ">",
        "\"",
        "'",
        "</",
        "<x",
        "<b>",
        "</b>",
        "<td>",
        "<w>",
        "</w>",
        "{\"id\": 1}",
        "a,\"b\"",
        "\",\"",
        "1\tform\t_",
        "# sent_id = 1\n",
        "# newdoc id = d\n",
        "<s id=\"5\">\n",
        "</s>\n",
        "<g/>\n",
        "\nWARC/1.0\nWARC-Type: response\nContent-Length: 9\n\n",
        "WARC/1.1\r\nWARC-Type: conversion\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n3\n",
        "<page>",
        "</page>",
        "<tu><tuv lang=\"ko\"><seg>",
        "</seg></tuv></tu>",
        "{\"a\": [\"b\"]}",
        "{\"a\": {\"id\": \"가\\ud83d\"}}",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"a\"",
        "{\"id\":",
        "\\",
        "\0",
    ]);
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

const CUT_IN_CHUNKS: [FormatKind; 13] = [
    FormatKind::Csv,
    FormatKind::Conll,
    FormatKind::Vertical,
    FormatKind::Warc,
    FormatKind::Mediawiki,
    FormatKind::Tmx,
    FormatKind::Json,
    FormatKind::Trec,
    FormatKind::Gigaword,
    FormatKind::Reuters,
    FormatKind::Tei,
    FormatKind::Xml,
    FormatKind::JsonLines,
];

/// A kind with a name but without a format behind it could be asked for, and never be read.
#[test]
fn formats_are_one_for_each_kind_that_is_recognised() {
    let (mut kinds, mut named) = (FORMATS.map(Format::kind), FormatKind::RECOGNISED);
    kinds.sort_unstable();
    named.sort_unstable();
    assert_eq!(kinds, named);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 96, ..ProptestConfig::default() })]

    /// Chunks may cut tags, lines and characters anywhere.
    #[test]
    fn records_are_the_same_however_the_bytes_arrive(
        format in select(&CUT_IN_CHUNKS[..]), soup in soup(), chunk in 1usize..40,
    ) {
        let file = filler(format) + &soup;
        let reading = as_format(format);
        let (_, rows, notes) = read(file.as_bytes(), chunk, &reading).expect("text");
        let (_, whole_rows, whole_notes) = read(file.as_bytes(), 1 << 20, &reading).expect("text");
        prop_assert_eq!(&rows[1..], &whole_rows[1..]);
        prop_assert_eq!(notes, whole_notes);
    }

    /// Damaged files: cut at any byte, bytes changed anywhere.
    #[test]
    fn damage_never_panics_and_never_loses_count(
        file in select(&FILES[..]), cut in 0usize..4_000,
        flips in proptest::collection::vec((0usize..4_000, any::<u8>()), 0..12),
    ) {
        let mut file = file.to_vec();
        file.truncate(cut);
        for (at, byte) in flips {
            if let Some(place) = file.get_mut(at) {
                *place = byte;
            }
        }
        let _ = read(&file, 64, &Reading::default()); // the account is checked inside
    }

    /// Any text read as any format, and by any selector.
    #[test]
    fn formats_all_take_any_text_without_a_panic(
        soup in soup(), format in select(&FormatKind::RECOGNISED[..]),
        css in select(&["item", "text", "p", "b, i", "* > *", "td"][..]),
    ) {
        let _ = read(soup.as_bytes(), 100, &as_format(format));
        let _ = read(soup.as_bytes(), 100, &Reading::default());
        let by_selector = Reading { record: RecordSelector::parse(css), ..Reading::default() };
        let _ = read(soup.as_bytes(), 100, &by_selector);
    }

    /// Words stay: whatever stands between tags of a record is in one of its fields.
    #[test]
    fn words_of_a_record_are_never_lost(pieces in proptest::collection::vec((select(&[
        "<P>", "</P>", "<TEXT>", "</TEXT>", "<X>", "</X>", "<title>", "</title>", "<BR>", "<a b=\"c\">", "\n", " ", "<!-- c -->",
    ][..]), "[a-z가-힣]{1,4}"), 0..30)) {
        for format in [FormatKind::Trec, FormatKind::Reuters, FormatKind::Tei, FormatKind::Xml] {
            let (start, end) = match format {
                FormatKind::Trec => ("<DOC>\n<DOCNO>0</DOCNO>", "</DOC>"),
                FormatKind::Reuters => ("<REUTERS NEWID=0>", "</REUTERS>"),
                FormatKind::Tei => ("<TEI n=\"0\">", "</TEI>"),
                _ => ("<item n=\"0\">", "</item>\n<item/>"),
            };
            let words: Vec<String> = pieces.iter().map(|(_, word)| format!("{word}0")).collect();
            let body: String = pieces.iter().map(|(tag, word)| format!("{tag}{word}0")).collect();
            let file = format!("{start}{body}{end}");
            let Some((_, rows, notes)) = read(file.as_bytes(), 1 << 16, &as_format(format)) else { continue };
            // what repeats inside may be the record: then what stands beside it is counted
            if notes.counts().iter().any(|(kind, ..)| matches!(kind, NoteKind::MuchOutside | NoteKind::FewOutside)) {
                continue;
            }
            let text: String = rows.iter().flatten().map(|(_, value)| value.as_str()).collect();
            for word in words {
                prop_assert!(text.contains(&word), "{} of {} is not in {:?}", word, file, rows);
            }
        }
    }
}
