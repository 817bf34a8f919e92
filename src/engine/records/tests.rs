//! Properties of reading as a whole: whatever the file, nothing panics, no record is lost without a
//! name, and it does not matter how the bytes arrive.

use proptest::prelude::*;

use super::format::HEAD;
use super::reader::{ReadOptions, Records};
use super::split::boundaries::{Boundaries, Inside};
use super::split::by_tags::{LONGEST_BODY, TagSplitter};
use super::split::raw_record::RawRecord;
use crate::engine::input::decode::TextReader;
use crate::engine::input::source_file::SourceFile;
use crate::engine::job::reading::{FormatKind, Reading};
use crate::engine::notes::{NoteKind, Notes};
use crate::engine::stop::StopToken;

type Rows = Vec<[String; 3]>;

/// Reads all records of `bytes`, `chunk` bytes at a time; checks the account of start tags.
fn read(bytes: &[u8], chunk: usize) -> Result<(Rows, Notes), String> {
    let reading = Reading { format: Some(FormatKind::Wikiextractor), ..Reading::default() };
    let reader = TextReader::with_chunk(bytes, None, chunk).map_err(|halt| halt.to_string())?;
    let mut records = Records::new(
        reader,
        ReadOptions { reading: &reading, file: "file", keep_markup: false, chosen: None, offers: false, beside: None },
    )
    .map_err(|halt| halt.to_string())?;
    let (mut notes, mut rows) = (Notes::default(), Vec::new());
    let columns = ["id", "title", "text"];
    while let Some(record) = records.next(&StopToken::default(), &mut notes).expect("readable and not stopped") {
        rows.push(columns.map(|name| record.get(name).unwrap_or_default().to_owned()));
    }
    assert_eq!(records.owed(), rows.len() as u64, "start tags are records or named");
    let (_, broken) = records.cutter.beginnings();
    let named = notes.counts().iter().find(|(kind, ..)| *kind == NoteKind::StartTagBroken).map_or(0, |count| count.1);
    assert_eq!(broken, named);
    Ok((rows, notes))
}

/// A record longer than what is looked at to recognise a format: what follows arrives in chunks.
fn filler() -> String {
    format!("<doc id=\"0\" title=\"채움\">{}</doc>\n", "채움 글 ".repeat(HEAD / 11 + 100))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

/// Pieces of which hard files are made.
fn soup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => Just("<doc id=\"7\" url=\"u\" title=\"t\">"),
        4 => Just("</doc>"),
        4 => Just("\n"),
        1 => Just("<doc id=\"8\" title=\"a \"b\" c\">"),
        1 => Just("<doc title='x"),
        1 => Just("<DOC ID=9 >"),
        1 => Just("<doc"),
        1 => Just("</doc >"),
        1 => Just("<docs>"),
        1 => Just("<title>"),
        1 => Just("<!--"),
        1 => Just("-->"),
        1 => Just("&amp;"),
        1 => Just("\u{feff}"),
        1 => Just("\r"),
        2 => Just("한글 "),
        2 => Just("text "),
        1 => Just("\""),
        1 => Just(">"),
        1 => Just("<"),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 128, ..ProptestConfig::default() })]

    /// What a writer escapes is read back to the letter.
    #[test]
    fn escaped_records_come_back(
        records in proptest::collection::vec(("[0-9]{1,9}", "[^\0-\u{1f}\u{fffe}\u{ffff}]{0,20}", "[^\0\r]{0,80}"), 1..20),
        chunk in 1usize..300,
    ) {
        let mut file = filler();
        for (id, title, text) in &records {
            file += &format!("<doc id=\"{id}\" url=\"u\" title=\"{}\">{}</doc>\n", escape(title), escape(text));
        }
        let (rows, notes) = read(file.as_bytes(), chunk).expect("text");
        let want: Rows = records.iter().map(|(id, title, text)| [id.clone(), title.clone(), text.clone()]).collect();
        prop_assert_eq!(&rows[1..], &want[..]);
        prop_assert!(notes.is_empty(), "{:?}", notes);
    }

    /// Chunks may cut tags, lines and characters anywhere.
    #[test]
    fn records_are_the_same_however_the_bytes_arrive(soup in soup(), chunk in 1usize..40) {
        let file = filler() + &soup;
        let (rows, notes) = read(file.as_bytes(), chunk).expect("text");
        let (whole_rows, whole_notes) = read(file.as_bytes(), 1 << 20).expect("text");
        prop_assert_eq!(&rows[1..], &whole_rows[1..]);
        prop_assert_eq!(notes, whole_notes);
    }

    /// A good record after any soup that ends its last line is found, if no record is open.
    #[test]
    fn record_is_not_swallowed_by_what_comes_before(soup in soup()) {
        let file = format!("{soup}\n</doc>\n<doc id=\"good\" title=\"after\">\ntext\n</doc>\n");
        let (rows, _) = read(file.as_bytes(), 1 << 20).expect("text");
        prop_assert_eq!(rows.last().expect("the good record"), &["good", "after", "\ntext\n"].map(String::from));
    }

    /// Damaged files: cut at any byte, bytes changed anywhere.
    #[test]
    fn damage_never_panics_and_never_loses_count(
        cut in 0usize..4_000, flips in proptest::collection::vec((0usize..4_000, any::<u8>()), 0..12),
    ) {
        let mut file = SAMPLE.repeat(3).into_bytes();
        file.truncate(cut);
        for (at, byte) in flips {
            if let Some(place) = file.get_mut(at) {
                *place = byte;
            }
        }
        let _ = read(&file, 64); // the account of start tags is checked inside
    }

    #[test]
    fn reader_takes_any_bytes_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        let _ = read(&bytes, 100);
    }
}

const SAMPLE: &str = include_str!("../../../assets/sample/wiki_01");

/// Where the end of a body, or of a tag in it, has to be looked for further on, what comes before is let go.
#[test]
fn body_is_never_all_in_memory() {
    let wide = "x".repeat(500);
    for (inside, piece) in [
        (Inside::Key("id"), "some text here </doc>\n".to_owned()),
        (Inside::Line, "some text here </doc>\n".to_owned()),
        (Inside::Key("id"), format!("\n<doc a=\"{wide}\">")),
        (Inside::Nests, format!("<doc a=\"{wide}\">")),
        (Inside::Nests, format!("<!--{wide}-->")),
        (Inside::Nests, format!("<doc></doc{}>", " ".repeat(500))),
    ] {
        let (start, bytes) = ("<doc id=\"1\">", 20 << 20);
        let file = start.to_owned() + &piece.repeat(bytes / piece.len());
        let reader = TextReader::with_chunk(file.as_bytes(), None, 64 << 10).expect("text");
        let mut splitter = TagSplitter::new(reader, Boundaries { element: "doc".into(), inside });
        let (mut record, mut notes) = (RawRecord::default(), Notes::default());
        assert!(splitter.next(&mut record, &mut notes).expect("readable"));
        assert!(splitter.reader().room() < 8 << 20, "{piece}: {}", splitter.reader().room());
        let body = &file[start.len()..];
        assert_eq!(record.body, &body[..LONGEST_BODY], "{piece}");
        let end = if inside == Inside::Nests || piece.starts_with('\n') { 0 } else { "</doc>\n".len() };
        let left_out = (NoteKind::RecordTooLong, 1, (body.len() - end - LONGEST_BODY) as u64);
        assert!(notes.counts().contains(&left_out), "{piece}: {:?}", notes.counts());
    }
}

/// The list of a long run must stay small: issue-wide bound of 300 bytes a file, names included.
#[test]
fn source_file_in_the_list_is_small() {
    let most = if cfg!(windows) { 72 } else { 64 }; // paths are a word longer there
    assert!(size_of::<SourceFile>() <= most, "{}", size_of::<SourceFile>());
}
