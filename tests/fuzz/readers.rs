//! What each fuzz target does with its bytes; a test on the stable compiler does the same with the saved
//! corpus (`tests/engine/fuzz_corpus.rs`).

use std::path::Component;
use std::sync::Mutex;

use sheetmill::engine::FormatKind::{self, *};
use sheetmill::engine::{
    Columns, Control, Event, Job, Reading, RecordSelector, SourceFile, StopToken, inspect, scan_only,
};

mod account;

use account::csv::Table;
use account::{Told, json, made, text as utf8, xml as any_xml};

pub fn tags(bytes: &[u8]) {
    read(bytes, &as_format(Wikiextractor));
}

pub fn json_lines(bytes: &[u8]) {
    let reading = as_format(JsonLines);
    for bytes in [bytes, made::json(bytes).as_bytes()] {
        let lines = utf8(bytes).map(json::lines).unwrap_or_default();
        held(bytes, &reading, |told| json::hold(&lines, told));
        let other = json::with_other_values(&lines);
        let lines: Vec<&str> = other.lines().collect();
        held(other.as_bytes(), &reading, |told| json::hold_exactly(&lines, told));
    }
}

/// As it is, and with records at a path that the saved corpus has.
pub fn json_document(bytes: &[u8]) {
    for bytes in [bytes, made::json(bytes).as_bytes()] {
        let (documents, is_all) = utf8(bytes).map(json::documents).unwrap_or_default();
        let other = json::with_other_values(&documents);
        let (others, _) = json::documents(&other);
        let paths = [".", "document/sentence", "a/b"].map(RecordSelector::parse);
        for record in paths.into_iter().chain([None]) {
            let reading = Reading { record, ..as_format(Json) };
            held(bytes, &reading, |told| json::hold(&documents, told));
            if is_all {
                held(other.as_bytes(), &reading, |told| json::hold_exactly(&others, told));
            }
        }
    }
}

pub fn sgml(bytes: &[u8]) {
    for format in [Trec, Gigaword, Reuters, Sogou] {
        read(bytes, &as_format(format));
    }
}

pub fn xml(bytes: &[u8]) {
    read(bytes, &as_format(Tei));
    let reading = as_format(Xml);
    for bytes in [bytes, made::xml(bytes).as_bytes()] {
        let Some(document) = utf8(bytes).and_then(any_xml::document) else {
            read(bytes, &reading);
            continue;
        };
        held(bytes, &reading, |told| any_xml::hold(&document, told));
        for attributes in [false, true] {
            let other = any_xml::with_other_values(&document, attributes);
            if let Some(document) = any_xml::document(&other) {
                held(other.as_bytes(), &reading, |told| any_xml::hold(&document, told));
            }
        }
    }
}

/// Tables and annotated sentences.
pub fn csv(bytes: &[u8]) {
    for format in [Conll, Vertical] {
        read(bytes, &as_format(format));
    }
    let Some(table) = utf8(bytes).map(Table::of) else { return read(bytes, &as_format(Csv)) };
    held(bytes, &as_format(Csv), |told| table.hold(told));
    for other in table.with_other_values() {
        held(other.as_bytes(), &as_format(Csv), |told| Table::of(&other).hold(told));
    }
    read(bytes, &Reading { format: Some(Conll), record: RecordSelector::parse("token"), ..Reading::default() });
}

/// What programs hand on to others.
pub fn warc(bytes: &[u8]) {
    for format in [Warc, Mediawiki, Tmx] {
        read(bytes, &as_format(format));
    }
}

pub fn page(bytes: &[u8]) {
    read(bytes, &as_format(HtmlPage));
    for css in ["p", "* > *", "[title]"] {
        read(bytes, &Reading { record: RecordSelector::parse(css), ..Reading::default() });
    }
}

/// Decoding and recognition.
pub fn text(bytes: &[u8]) {
    read(bytes, &Reading::default());
    read(bytes, &as_format(PlainText));
}

pub fn compressed(bytes: &[u8]) {
    let file = tempfile::NamedTempFile::new().expect("a temporary file");
    std::fs::write(file.path(), bytes).expect("written");
    let source = SourceFile::at(file.path(), "f", bytes.len() as u64);
    let _ = inspect(&source, &Columns::AUTO, &Reading::default(), 100, &StopToken::default());
}

pub fn tar(bytes: &[u8]) {
    archive(bytes, "f.tar");
}

pub fn zip(bytes: &[u8]) {
    archive(bytes, "f.zip");
}

/// Lists an archive, and looks into the first of its files: none has a name that leads out of it.
fn archive(bytes: &[u8], name: &str) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("written");
    let (job, found) = (Job::new(vec![path.clone()], folder.path().join("out")), Mutex::new(Vec::new()));
    let listed = scan_only(&job, &Control::default(), &|event| {
        if let Event::Found(files) = event {
            found.lock().expect("not poisoned").extend(files);
        }
    });
    let found = found.into_inner().expect("not poisoned");
    assert!(listed.is_err() || listed.is_ok_and(|listed| listed.files == found.len()));
    for source in found.iter().take(20) {
        let parts = || source.name.components();
        assert!(
            parts().all(|part| matches!(part, Component::Normal(_))) && parts().count() > 0,
            "{}",
            source.name.display()
        );
        let _ = inspect(source, &Columns::AUTO, &Reading::default(), 20, &StopToken::default());
    }
}

fn as_format(format: FormatKind) -> Reading {
    Reading { format: Some(format), ..Reading::default() }
}

/// The account of records holds.
fn read(bytes: &[u8], reading: &Reading) {
    held(bytes, reading, |_| {});
}

/// The account of records holds, and what else `check` says of a file that is not refused.
fn held(bytes: &[u8], reading: &Reading, check: impl Fn(&Told)) {
    for (chunk, is_conversion) in [(7, false), (1 << 18, true)] {
        if let Some(told) = Told::of(bytes, chunk, reading, is_conversion) {
            check(&told);
        }
    }
}
