//! What stands in people's files and what must come out: a file a difficulty, good records around
//! the difficult one, which must come through untouched.

use encoding_rs::EUC_KR;
use sheetmill::engine::NoteKind::{self, *};
use sheetmill::engine::{Cause, Columns, EncodingName, FileKind, UnknownText};

use super::support::bench::{Bench, ran};
use super::support::workbooks::rows;

const BEFORE: &str = "<doc id=\"1\" url=\"u1\" title=\"먼저\">\n먼저\n\n좋은 글\n</doc>\n";
const AFTER: &str = "<doc id=\"3\" url=\"u3\" title=\"after\">\nafter\n\ngood text\n</doc>\n";

/// Converts BEFORE + `difficult` + AFTER; gives the rows between the good ones, and the notes.
fn between(difficult: &str) -> (Vec<Vec<String>>, Vec<(NoteKind, u64)>) {
    let file = format!("{BEFORE}{difficult}{AFTER}");
    let bench = Bench::with(&[("f", file.as_bytes())]);
    let ran = bench.run();
    assert_eq!(ran.summary().failed, 0, "{difficult}");
    let mut cells = bench.cells("f.xlsx");
    let last = cells.pop().expect("the last row");
    assert_eq!(last[..3], ["3", "after", "\nafter\n\ngood text\n"], "the record after {difficult}");
    assert_eq!(cells.remove(0)[..3], ["id", "title", "text"]);
    assert_eq!(cells.remove(0)[..3], ["1", "먼저", "\n먼저\n\n좋은 글\n"], "the record before {difficult}");
    (cells, ran.sums("f"))
}

/// One difficult record: its title and text, and the notes.
fn record(difficult: &str) -> (String, String, Vec<(NoteKind, u64)>) {
    let (mut cells, notes) = between(difficult);
    assert_eq!(cells.len(), 1, "{difficult}");
    let row = cells.remove(0);
    (row[1].clone(), row[2].clone(), notes)
}

fn text(body: &str) -> (String, Vec<(NoteKind, u64)>) {
    let (_, text, notes) = record(&format!("<doc id=\"2\" title=\"t\">{body}</doc>\n"));
    (text, notes)
}

#[test]
fn texts_are_read_as_html5_reads_them() {
    type Case = (&'static str, &'static str, &'static [(NoteKind, u64)]);
    let cases: &[Case] = &[
        ("\nplain\n", "\nplain\n", &[]),
        ("", "", &[]),
        ("a &amp;amp; b &lt;i&gt; &#48; &nbsp;c", "a &amp; b <i> 0 \u{a0}c", &[]),
        ("a<br>b <i>c</i>", "ab c", &[(Tags, 3)]),
        ("a<!-- gone -->b", "ab", &[(Comments, 1)]),
        ("1 < 2 <3 <한글>", "1 < 2 <3 <한글>", &[]),
        ("a\r\nb\rc", "a\nb\nc", &[]),
        ("=1+1", "=1+1", &[]),
        ("<Head over Heels> and <the rest>", " and ", &[(ProseTags, 2)]),
    ];
    for (body, want, notes) in cases {
        assert_eq!(text(body), ((*want).to_owned(), notes.to_vec()), "{body}");
    }
}

#[test]
fn unclosed_markup_keeps_its_content_and_ends_with_its_record() {
    for name in ["title", "textarea", "script", "style", "xmp", "iframe", "noembed", "noframes", "plaintext"] {
        let want = ("ab\n<c".to_owned(), vec![(BrokenMarkup, 2), (Tags, 1)]);
        assert_eq!(text(&format!("a<{name}>b\n<c")), want, "{name}");
    }
    assert_eq!(text("a<!-- b\nc"), ("a<!-- b\nc".to_owned(), vec![(BrokenMarkup, 1)]));
    for name in
        ["p", "li", "ul", "h2", "div", "table", "dd", "select", "option", "pre", "form", "noscript", "object", "a"]
    {
        let (text, notes) = text(&format!("x<{name}>y"));
        assert!(matches!(&*text, "xy" | "yx"), "{name}: {text}"); // a table's text stands before it
        assert_eq!(notes, [(Tags, 1)], "{name}");
    }
}

#[test]
fn start_tags_are_read_in_any_order_quoting_and_case() {
    let want = |title: &str, text: &str| (title.to_owned(), text.to_owned(), vec![]);
    assert_eq!(record("<doc title='t' url=u id=2>x</doc>\n"), want("t", "x"));
    assert_eq!(record("<DOC\n ID = \"2\"\n TITLE=\"t\"\n>x</DOC >\n"), want("t", "x"));
    assert_eq!(record("<doc id=\"2\" title=\"R&amp;B &lt;x> &copy\">x</doc>\n"), want("R&B <x> ©", "x"));
    assert_eq!(record("<doc id=\"2\" title=\"first\" title=\"second\" data-x>x</doc>\n"), want("first", "x"));
    assert_eq!(record("\u{feff}  <doc id=\"2\" title=\"t\">x</doc>\n"), want("t", "x"));
}

#[test]
fn quotes_inside_a_title_are_repaired() {
    let (title, text, notes) = record("<doc id=\"2\" title=\"\"Weird Al\" Yankovic\" language=\"en\">x</doc>\n");
    assert_eq!((&*title, &*text, &*notes), ("\"Weird Al\" Yankovic", "x", &[(StartTagRepaired, 1)][..]));
    let (title, text, notes) = record("<doc id=\"2\" title=\"no end>\n\"x\"</doc>\n");
    assert_eq!((&*title, &*text, &*notes), ("no end", "\n\"x\"", &[(StartTagRepaired, 1)][..]));
}

#[test]
fn lost_end_tag_costs_nothing() {
    let (cells, notes) = between("<doc id=\"2\" title=\"a\">\nx\n<doc id=\"2b\" title=\"b\">\ny\n");
    assert_eq!(cells, rows(&[&["2", "a", "\nx\n"], &["2b", "b", "\ny\n"]]));
    assert_eq!(notes, [(EndTagMissing, 2)]);
    let bench = Bench::with(&[("f", b"<doc id=\"1\" title=\"t\">to the end")]);
    assert_eq!(bench.run().notes("f"), [(EndTagMissing, 1, 1)]);
    assert_eq!(bench.cells("f.xlsx")[1], ["1", "t", "to the end"]);
}

#[test]
fn tags_of_records_inside_a_text_are_text() {
    assert_eq!(text("a </doc> b\nc"), ("a </doc> b\nc".into(), vec![(EndTagInside, 1), (BrokenMarkup, 1)]));
    assert_eq!(
        text("a <doc id=\"9\">b</doc> c"),
        ("a b c".into(), vec![(EndTagInside, 1), (StartTagInside, 1), (Tags, 2)])
    );
    assert_eq!(text("a <docs> <document>"), ("a  ".into(), vec![(ProseTags, 2)]));
}

#[test]
fn records_on_one_line_are_all_read() {
    let (cells, notes) = between("<doc id=2 title=a>x</doc><doc id=2b title=b>y</doc>\n");
    assert_eq!((cells, notes), (rows(&[&["2", "a", "x"], &["2b", "b", "y"]]), vec![]));
}

#[test]
fn text_outside_of_records_is_named() {
    let (cells, notes) = between("# a comment\n<doc id=2 title=a>x</doc>\n</doc>\n<root>\n");
    assert_eq!((cells, notes), (rows(&[&["2", "a", "x"]]), vec![(TextOutside, 9), (EndTagStray, 1)]));
}

#[test]
fn start_tag_that_never_ends_is_named_and_reaches_nothing() {
    let (cells, notes) = between("<doc id=\"2\" title=\"cut\n");
    assert_eq!((cells, notes), (vec![], vec![(StartTagBroken, 1)]));
    let bench = Bench::with(&[("f", format!("{BEFORE}<doc id=\"2\" url=\"htt").as_bytes())]);
    let ran = bench.run();
    assert_eq!(ran.notes("f"), [(StartTagBroken, 1, 1)]);
    assert_eq!(ran.report("f").notes.places()[0].line, 6);
    assert_eq!(bench.cells("f.xlsx").len(), 2);
}

#[test]
fn missing_attribute_is_named() {
    let (cells, notes) = between("<doc id=\"2\">x</doc>\n");
    assert_eq!((cells, notes), (rows(&[&["2", "", "x"]]), vec![(AttributeMissing, 1)]));
}

#[test]
fn characters_that_a_workbook_cannot_hold_are_counted() {
    let left_out = vec![(ControlCharacters, 3), (NoCharacters, 2)];
    assert_eq!(text("a\0\u{1}b\u{fffe}c&#2;d\u{ffff}\te"), ("abcd\te".into(), left_out));
    assert_eq!(text("one\u{c}two\u{b}three"), ("one\ntwo\nthree".into(), vec![(BreaksReplaced, 2)]));
    // Excel reads _x0041_ as an escape: it must come back as written
    assert_eq!(text("_x0041_ _x000D_ _xGGGG_"), ("_x0041_ _x000D_ _xGGGG_".into(), vec![]));
}

#[test]
fn attribute_of_any_name_can_be_a_column() {
    let bench = Bench::with(&[("f", BEFORE.as_bytes())]);
    let mut job = bench.job();
    job.choices.columns = Columns::parse("text,url,revid,id").expect("columns");
    let ran = ran(&job);
    assert_eq!(ran.notes("f"), [(AttributeMissing, 1, 1)]);
    let want: &[&[&str]] = &[&["text", "url", "revid", "id"], &["\n먼저\n\n좋은 글\n", "u1", "", "1"]];
    assert_eq!(bench.cells("f.xlsx"), rows(want));
}

#[test]
fn encoding_is_told_for_each_file() {
    let korean = format!("{BEFORE}{}", "<doc id=\"2\" title=\"한국어\">\n뷁 똠방각하 펲시콜라\n</doc>\n".repeat(3));
    let utf16 = |to: fn(u16) -> [u8; 2], mark: &str| -> Vec<u8> {
        mark.encode_utf16().chain(korean.encode_utf16()).flat_map(to).collect()
    };
    let cp949 = EUC_KR.encode(&korean).0;
    let crlf = korean.replace('\n', "\r\n");
    let files: [(&str, &[u8], &str); 7] = [
        ("utf8", korean.as_bytes(), "UTF-8"),
        ("utf8-bom", &["\u{feff}".as_bytes(), korean.as_bytes()].concat(), "UTF-8"),
        ("cp949", &cp949, "EUC-KR"),
        ("utf16le", &utf16(u16::to_le_bytes, "\u{feff}"), "UTF-16LE"),
        ("utf16be", &utf16(u16::to_be_bytes, "\u{feff}"), "UTF-16BE"),
        ("utf16le-nobom", &utf16(u16::to_le_bytes, ""), "UTF-16LE"),
        ("cp949-crlf", &EUC_KR.encode(&crlf).0, "EUC-KR"),
    ];
    let bench = Bench::with(&files.map(|(name, bytes, _)| (name, bytes)));
    let ran = bench.run();
    for (name, _, encoding) in files {
        assert_eq!(ran.report(name).encoding, EncodingName::parse(encoding), "{name}");
        let cells = bench.cells(&format!("{name}.xlsx"));
        assert_eq!(cells[1], ["1", "먼저", "\n먼저\n\n좋은 글\n"], "{name}");
        assert_eq!(cells[4], ["2", "한국어", "\n뷁 똠방각하 펲시콜라\n"], "{name}");
        assert_eq!(ran.notes(name), [], "{name}");
    }
}

#[test]
fn bad_bytes_leave_a_utf8_file_utf8_where_they_are_few() {
    let mut file = format!("{BEFORE}<doc id=\"2\" title=\"제X목\">한X글</doc>\n{AFTER}").into_bytes();
    while let Some(at) = file.iter().position(|byte| *byte == b'X') {
        file.splice(at..=at, *b"\xff\xb0");
    }
    let bench = Bench::with(&[("f", &file)]);
    let ran = bench.run();
    assert_eq!(bench.cells("f.xlsx")[2], ["2", "제\u{fffd}\u{fffd}목", "한\u{fffd}\u{fffd}글"]);
    assert_eq!((ran.notes("f"), ran.report("f").encoding), (vec![(BadBytes, 2, 4)], EncodingName::parse("UTF-8")));
}

#[test]
fn file_without_records_fails_by_name_and_leaves_no_workbook() {
    type Case = (&'static str, &'static [u8], fn(&Cause) -> bool);
    let cases: [Case; 5] = [
        ("empty", b"", |cause| matches!(cause, Cause::Empty)),
        ("blank", b" \n\n", |cause| matches!(cause, Cause::NotRecognised(UnknownText::Blank))),
        ("broken", b"<doc id=\"1", |cause| matches!(cause, Cause::NoRecords)),
        ("notes.pdf", b"%PDF-1.7 \xe2\xe3", |cause| matches!(cause, Cause::NotText(FileKind::Pdf))),
        ("picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", |cause| matches!(cause, Cause::NotText(FileKind::Image))),
    ];
    let bench = Bench::with(&cases.map(|(name, bytes, _)| (name, bytes)));
    bench.put("good", BEFORE.as_bytes());
    let ran = bench.run();
    for (name, _, is_right) in cases {
        let cause = if name == "blank" { ran.unrecognised(name) } else { ran.failure(name) };
        assert!(is_right(cause), "{name}: {cause}");
    }
    let summary = ran.summary();
    assert_eq!((summary.failed, summary.not_recognised, summary.converted), (4, 1, 1));
    assert_eq!(bench.outputs(), ["good.xlsx"]);
}
