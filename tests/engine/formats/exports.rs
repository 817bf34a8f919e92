//! Crawls, wikis, translation memories: expected rows by hand.

use std::io::Write;

use sheetmill::engine::FormatKind::{Mediawiki, Tmx, Warc};
use sheetmill::engine::NoteKind::{BodyNotText, FewOutside, LengthWrong, RecordCutOff, TextOutside};

use super::super::support::workbooks::rows;
use super::{convert, file, record};

#[test]
fn warc_gives_a_row_a_record_each_in_its_own_encoding() {
    let (format, cells, notes) = convert(&file("crawl.warc"));
    assert_eq!(format, Warc);
    assert_eq!(notes, [(BodyNotText, 13), (RecordCutOff, 396)]);
    let date = ("date", "2026-01-02T03:04:05Z");
    assert_eq!(cells.len(), 7);
    assert_eq!(
        record(&cells, 1),
        [
            date,
            ("type", "warcinfo"),
            ("id", "<urn:uuid:0>"),
            ("content-type", "application/warc-fields"),
            ("content-length", "48"),
            ("text", "software: mill/1\nformat: WARC File Format 1.0\n"),
        ]
    );
    assert_eq!(record(&cells, 2).last(), Some(&("text", "GET /a HTTP/1.1\nHost: example.org\n\n")));
    assert_eq!(
        record(&cells, 3),
        [
            date,
            ("type", "response"),
            ("id", "<urn:uuid:2>"),
            ("content-type", "text/html; charset=EUC-KR"),
            ("content-length", "210"),
            ("url", "http://example.org/a"),
            ("http-status", "200 OK"),
            ("title", "물레 방아"),
            ("page/url", "http://example.org/p"),
            ("warc-content-type", "application/http; msgtype=response"),
            ("warc-ip-address", "192.0.2.1"),
            ("http-headers", "Content-Type: text/html; charset=EUC-KR\nServer: mill"),
            ("text", "강가의 방아"),
        ]
    );
    assert_eq!(record(&cells, 4).last(), Some(&("text", "hello, world")));
    assert_eq!(record(&cells, 5).last(), Some(&("http-headers", "Content-Type: image/png")));
    assert_eq!(record(&cells, 6).last(), Some(&("text", "끝.")));
}

#[test]
fn wet_gives_texts_also_where_lengths_lie() {
    let (format, cells, notes) = convert(&file("texts.wet"));
    assert_eq!((format, notes), (Warc, vec![(LengthWrong, 1)]));
    let texts: Vec<&str> = cells[1..].iter().map(|row| row.last().expect("a cell").as_str()).collect();
    assert_eq!(texts, ["물은 흐른다.\n", "WARC/1.0 is a format.\n\nworld", "last"]);
    assert_eq!(cells[2][..3], ["http://example.org/2", "conversion", "text/plain"]);
}

#[test]
fn warc_is_read_as_it_comes_a_member_a_record() {
    let plain = file("texts.wet");
    let at = plain.windows(11).rposition(|piece| piece == b"WARC/1.0\nWA").expect("the last record");
    let member = |bytes: &[u8]| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(bytes).expect("compressed");
        encoder.finish().expect("compressed")
    };
    let packed = [member(&plain[..at]), member(&plain[at..])].concat();
    assert_eq!(convert(&packed).1, convert(&plain).1);
}

#[test]
fn mediawiki_export_gives_a_row_a_page() {
    let (format, cells, notes) = convert(&file("export.xml"));
    assert_eq!(format, Mediawiki);
    // the site's words, and the values of its attributes: two of the root, two each of three names
    assert_eq!(notes, [(TextOutside, 19), (FewOutside, 8)]);
    assert_eq!(cells.len(), 2);
    assert_eq!(
        record(&cells, 1),
        [
            ("title", "물레방아"),
            ("ns", "0"),
            ("id", "7"),
            ("redirect@title", "방아"),
            ("revision/id", "8"),
            ("revision/timestamp", "2026-01-02T03:04:05Z"),
            ("revision/contributor/username", "Kim"),
            ("revision/contributor/id", "5"),
            ("revision/text@bytes", "60"),
            ("revision/text@xml:space", "preserve"),
            ("revision/text", "'''물레방아'''는 [[강]]에 있다.<ref>책 &amp; 글</ref>\n\n== 역사 ==\n옛날이다.",),
        ]
    );
}

#[test]
fn tmx_gives_a_column_a_language() {
    let (format, cells, notes) = convert(&file("memory.tmx"));
    assert_eq!(format, Tmx);
    assert_eq!(
        cells,
        rows(&[
            &["tuid", "x-domain", "note", "en@creationdate", "en", "ko/reviewed", "ko"],
            &["1", "mills", "first", "20260102", "One; <b>two</b>.", "yes", "하나; 둘."],
            &["", "", "", "", "", "", "셋 & 넷."],
        ])
    );
    assert_eq!(notes[0], (FewOutside, 4), "of the root and the header");
    assert!(notes.iter().all(|(kind, _)| !kind.is_warning()), "{notes:?}");
}
