//! What each fuzz target does with its bytes; a test on the stable compiler does the same with the saved
//! corpus (`tests/engine/fuzz_corpus.rs`).

use std::path::Component;
use std::sync::Mutex;

use sheetmill::engine::FormatKind::{self, *};
use sheetmill::engine::{
    Columns, Control, Event, Job, Reading, RecordSelector, SourceFile, StopToken, account, inspect, scan_only,
};

pub fn tags(bytes: &[u8]) {
    read(bytes, &as_format(Wikiextractor));
}

pub fn json_lines(bytes: &[u8]) {
    read(bytes, &as_format(JsonLines));
}

/// As it is, and with records at a path that the saved corpus has.
pub fn json_document(bytes: &[u8]) {
    read(bytes, &as_format(Json));
    for path in [".", "document/sentence", "a/b"] {
        read(bytes, &Reading { record: RecordSelector::parse(path), ..as_format(Json) });
    }
}

pub fn sgml(bytes: &[u8]) {
    for format in [Trec, Gigaword, Reuters, Sogou] {
        read(bytes, &as_format(format));
    }
}

pub fn xml(bytes: &[u8]) {
    for format in [Tei, Xml] {
        read(bytes, &as_format(format));
    }
}

/// Tables and annotated sentences.
pub fn csv(bytes: &[u8]) {
    for format in [Csv, Conll, Vertical] {
        read(bytes, &as_format(format));
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

fn read(bytes: &[u8], reading: &Reading) {
    for chunk in [7, 1 << 18] {
        if let Some((owed, given)) = account(bytes, chunk, reading) {
            assert_eq!(owed, given, "{reading:?}");
        }
    }
}
