//! Whatever the lines, each word is in a record or in a note, and it does not matter how the bytes arrive.

use proptest::prelude::*;
use proptest::sample::select;

use super::layout::{Apart, Between, Row, SentenceLayout};
use super::{LONGEST_SENTENCE, SentenceSplitter};
use crate::engine::input::decode::TextReader;
use crate::engine::notes::{NoteKind, Notes};
use crate::engine::records::split::raw_record::RawRecord;

type Rows = Vec<Vec<(String, String)>>;

fn layout(apart: Apart, row: Row) -> SentenceLayout {
    let sentence = if apart == Apart::Tags { "s" } else { "" };
    SentenceLayout {
        apart,
        between: Between::Tab,
        columns: Vec::new(),
        width: 0,
        is_conllu: false,
        counts_tokens: false,
        sentence: sentence.into(),
        row,
    }
}

fn read(text: &str, chunk: usize, layout: &SentenceLayout) -> (Rows, Vec<u64>, Notes) {
    let reader = TextReader::with_chunk(text.as_bytes(), None, chunk).expect("text");
    let mut splitter = SentenceSplitter::new(reader, layout.clone());
    let (mut raw, mut notes, mut rows, mut lines) = (RawRecord::default(), Notes::default(), Vec::new(), Vec::new());
    while splitter.next(&mut raw, &mut notes).expect("readable") {
        rows.push(raw.attributes.to_vec());
        lines.push(raw.line);
        raw.attributes.clear();
    }
    assert_eq!(splitter.records(), (rows.len() as u64, 0));
    (rows, lines, notes)
}

#[test]
fn sentence_without_an_end_goes_on_in_further_rows() {
    let text = "w\tN\n".repeat(LONGEST_SENTENCE / 2);
    let (rows, lines, notes) = read(&text, 1 << 16, &layout(Apart::BlankLines, Row::Sentence));
    let tokens: usize = rows.iter().map(|row| row.iter().filter(|(name, _)| name == "column_1").count()).sum();
    assert_eq!((tokens, rows.len()), (LONGEST_SENTENCE / 2, 2));
    assert_eq!(lines[1], rows[0].iter().filter(|(name, _)| name == "column_1").count() as u64 + 1);
    assert_eq!(notes.counts(), [(NoteKind::RecordDivided, 1, 1)]);
}

#[test]
fn sentence_that_lost_its_blank_line_ends_where_the_next_begins() {
    let text = "# sent_id = a\n1\tx\n# sent_id = b\n1\ty\n";
    for row in [Row::Sentence, Row::Token] {
        let (rows, lines, notes) = read(text, 3, &layout(Apart::BlankLines, row));
        let ids: Vec<&str> = rows.iter().map(|row| row[0].1.as_str()).collect();
        assert_eq!((ids, notes.is_empty()), (vec!["a", "b"], true));
        assert_eq!(lines, if row == Row::Token { [2, 4] } else { [1, 3] });
    }
}

#[test]
fn comments_of_no_sentence_are_named() {
    let (rows, _, notes) = read("# licence = free\n\n1\tx\n\n# end = y", 5, &layout(Apart::BlankLines, Row::Sentence));
    assert_eq!(rows.len(), 1);
    let told: Vec<_> = notes.places().iter().map(|note| (note.kind, note.line, note.what.as_str())).collect();
    let outside = NoteKind::TextOutside;
    assert_eq!(told, [(outside, 1, "licence = free"), (outside, 5, "end = y")]);
}

#[test]
fn structures_that_lost_their_end_tags_end_where_the_next_of_their_kind_begins() {
    let text = "<doc id=\"1\">\n<s n=\"1\">\na\n<s n=\"2\">\nb\n<doc id=\"2\">\n<s n=\"3\">\nc\n</doc>\n";
    let (rows, ..) = read(text, 4, &layout(Apart::Tags, Row::Sentence));
    let told: Vec<String> = rows.iter().map(|row| row.iter().map(|(_, value)| value.as_str()).collect()).collect();
    assert_eq!(told, ["11aa", "12bb", "23cc"]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn words_of_sentences_are_never_lost(
        pieces in proptest::collection::vec(select(vec![
            "W", "W\tW", "W\tW\tW", "", "# k = W", "# text = W", "# W", "# newdoc id = W", "# newpar id = W", "# newdoc date = W",
            "#\tW", "# global.columns = ID FORM", "<s>", "</s>", "<s id=\"W\">", "<doc id=\"W\" b=\"W\">", "</doc>", "<p n=\"W\">",
            "</p>", "<g/>", "<x y=\"W\"/>", "<name t=\"W\">", "</name>", "<!-- c -->", "W W", "1-2\tW", "1.1\tW",
        ]), 0..40),
        tags in any::<bool>(), token in any::<bool>(), chunk in 1usize..9,
    ) {
        let mut words = 0;
        let text: String = pieces.join("\n").chars().map(|char| {
            words += usize::from(char == 'W');
            if char == 'W' { format!("w{words}w") } else { char.to_string() }
        }).collect();
        let apart = if tags { Apart::Tags } else { Apart::BlankLines };
        let layout = layout(apart, if token { Row::Token } else { Row::Sentence });
        let (rows, lines, notes) = read(&text, chunk, &layout);
        prop_assert_eq!(read(&text, 1 << 16, &layout), (rows.clone(), lines, notes.clone()));
        let cells: String = rows.iter().flatten().map(|(_, value)| format!("{value}\n")).collect();
        let told: String = notes.places().iter().map(|note| format!("{}\n", note.what)).collect();
        let outside = notes.counts().iter().find(|(kind, ..)| *kind == NoteKind::TextOutside).map_or(0, |count| count.1);
        for word in 1..=words {
            let word = format!("w{word}w");
            let is_named = told.contains(&word) || outside > 20;
            prop_assert!(cells.contains(&word) || is_named, "{} of {:?} is not in {:?}, {:?}", word, text, rows, notes);
        }
    }
}
