//! Whatever the lengths say, each byte is in a record or counted in a note, and it does not matter how they arrive.

use proptest::prelude::*;
use proptest::sample::select;

use super::WarcSplitter;
use crate::engine::input::decode::TextReader;
use crate::engine::notes::{NoteKind, Notes};
use crate::engine::records::split::by_tags::LONGEST_BODY;
use crate::engine::records::split::raw_record::RawRecord;

type Rows = Vec<(String, String, u64)>;

/// The head, body and line of each record.
fn read(bytes: &[u8], chunk: usize) -> (Rows, Notes) {
    let mut reader = TextReader::with_chunk(bytes, None, chunk).expect("text");
    reader.keep_bytes();
    let mut splitter = WarcSplitter::new(reader);
    let (mut raw, mut notes, mut rows) = (RawRecord::default(), Notes::default(), Vec::new());
    while splitter.next(&mut raw, &mut notes).expect("readable") {
        let head = raw.attributes.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
        rows.push((head, std::mem::take(&mut raw.body), raw.line));
    }
    assert_eq!(splitter.records(), (rows.len() as u64, 0));
    (rows, notes)
}

fn record(says: impl std::fmt::Display, body: &str) -> String {
    format!("WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: {says}\r\n\r\n{body}\r\n\r\n")
}

fn bodies(rows: &Rows) -> Vec<&str> {
    rows.iter().map(|(_, body, _)| body.as_str()).collect()
}

#[test]
fn lengths_that_lie_cost_no_record() {
    for (says, want) in [("3", "hello"), ("500", "hello"), ("x", "hello"), ("5", "hello"), ("99999999999999", "hello")]
    {
        let file = record(says, "hello") + &record(5, "world");
        for chunk in [1, 7, 1 << 16] {
            let (rows, notes) = read(file.as_bytes(), chunk);
            assert_eq!(bodies(&rows), [want, "world"], "{says}");
            let lies = notes.counts().iter().map(|(kind, places, _)| (*kind, *places)).collect::<Vec<_>>();
            let told = if says == "5" { vec![] } else { vec![(NoteKind::LengthWrong, 1)] };
            assert_eq!(lies, told, "{says}");
        }
    }
}

#[test]
fn length_that_is_right_is_believed_whatever_stands_inside() {
    let inner = record(3, "in\n");
    let file = record(inner.len(), &inner) + &record(5, "world");
    let (rows, notes) = read(file.as_bytes(), 5);
    assert_eq!((bodies(&rows), notes.is_empty()), (vec![&*inner, "world"], true));
    assert_eq!(rows[1].2, 14);
}

#[test]
fn record_that_the_file_cuts_off_is_named() {
    let file = record(5, "hello") + &record(50, "wor");
    let (rows, notes) = read(file.trim_end().as_bytes(), 9);
    assert_eq!(bodies(&rows), ["hello", "wor"]);
    assert_eq!(notes.counts(), [(NoteKind::RecordCutOff, 1, 47)]);
}

#[test]
fn record_beyond_the_bound_costs_itself_alone() {
    let long = "x".repeat(LONGEST_BODY + 1000);
    for says in [long.len().to_string(), "99999999999".to_owned()] {
        let file = record(&says, &long) + &record(5, "world");
        let (rows, notes) = read(file.as_bytes(), 1 << 18);
        assert_eq!((rows.len(), rows[0].1.len(), &*rows[1].1), (2, LONGEST_BODY, "world"));
        assert_eq!(notes.counts()[0].0, NoteKind::RecordTooLong);
        assert!(notes.counts()[0].2 >= 1000);
    }
}

#[test]
fn text_between_records_is_named() {
    let file = format!("junk\nmore\n{}between\n{}", record(5, "hello"), record(5, "world"));
    let (rows, notes) = read(file.as_bytes(), 6);
    assert_eq!((rows.len(), notes.counts()[0].0), (2, NoteKind::TextOutside));
    assert_eq!(notes.places()[0].what, "junk");
}

#[test]
fn words_behind_a_version_are_a_value_of_the_head() {
    let (rows, _) = read(b"WARC/1.0\nContent-Length: 0\n\nWARC/0 words", 1);
    assert_eq!((rows.len(), &*rows[1].0), (2, "head: WARC/0 words\n"));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn words_of_a_crawl_are_never_lost(
        pieces in proptest::collection::vec((select(vec![
            "WARC/1.0\r\nWARC-Type: a\r\nContent-Length: ", "WARC/1.1\nContent-Length: ", "WARC/", "WARC/1.0\n", "\nWARC/1.0\nX: ",
        ]), select(vec!["0", "1", "9", "20", "300", "", "x"]), select(vec!["\r\n\r\n", "\n\n", "\n", " "]), 0usize..4), 0..12),
        chunk in 1usize..30,
    ) {
        let mut words = 0;
        let mut text = "WARC/1.0\nWARC-Type: first\n\n".to_owned();
        for (head, length, end, count) in pieces {
            text += &format!("{head}{length}{end}");
            for _ in 0..count {
                words += 1;
                text += &format!("w{words}w ");
            }
            text += end;
        }
        let (rows, notes) = read(text.as_bytes(), chunk);
        let whole = read(text.as_bytes(), 1 << 16);
        prop_assert_eq!((&rows, &notes), (&whole.0, &whole.1));
        let all: String = rows.iter().map(|(head, body, _)| format!("{head}{body}\n")).collect();
        let outside = notes.counts().iter().any(|(kind, ..)| *kind == NoteKind::TextOutside);
        for word in 1..=words {
            let word = format!("w{word}w");
            prop_assert!(all.contains(&word) || outside, "{} of {:?} is not in {:?}", word, text, rows);
        }
    }
}
