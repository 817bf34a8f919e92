//! What each fuzz target does with its bytes; a test on the stable compiler does the same with the saved
//! corpus (`tests/engine/fuzz_corpus.rs`).

use sheetmill::engine::FormatKind::{self, *};
use sheetmill::engine::{Columns, Reading, RecordSelector, SourceFile, StopToken, account, inspect};

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
