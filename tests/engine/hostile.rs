//! Files made to hurt: bounded in time and memory, and each named.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use sheetmill::engine::NoteKind::{Comments, EndTagInside, RecordTooLong, StartTagBroken, TextOutside, TooMuchMarkup};
use sheetmill::engine::{Column, Columns, Origin, RecordSelector};

use super::support::bench::{Bench, Ran, ran};

const GOOD: &str = "\n<doc id=\"good\" title=\"t\">good</doc>\n";

fn convert(hostile: String) -> (Vec<Vec<String>>, Ran) {
    let bench = Bench::with(&[("f", (hostile + GOOD).as_bytes())]);
    let ran = bench.run();
    let cells = bench.cells("f.xlsx");
    assert_eq!(cells.last().expect("a last row")[..3], ["good", "t", "good"]);
    (cells, ran)
}

#[test]
fn elements_nested_a_hundred_thousand_deep_give_their_text() {
    let (cells, ran) = convert(format!("<doc id=\"1\" title=\"t\">{}deep</doc>", "<div>".repeat(100_000)));
    assert_eq!(cells[1], ["1", "t", "deep"]);
    assert!(ran.notes("f").contains(&(TooMuchMarkup, 1, 1)));
}

/// Inside these a cell nests like any element.
#[test]
fn cells_in_a_drawing_or_a_formula_nest_without_harm() {
    for foreign in ["svg", "math"] {
        let cells = format!("<{foreign}>{}deep{}", "<td>".repeat(100_000), "</x>".repeat(200_000));
        let (cells, ran) = convert(format!("<doc id=\"1\" title=\"t\">{cells}</doc>"));
        assert_eq!(cells[1], ["1", "t", "deep"]);
        assert!(ran.notes("f").contains(&(TooMuchMarkup, 1, 1)), "{foreign}");
    }
}

/// End tags of what is not open: the tags seem to close each other, for the parser all stay open.
#[test]
fn elements_that_only_seem_closed_give_their_text() {
    for piece in ["<span></x>", "<span><p></span></p>"] {
        let (cells, ran) = convert(format!("<doc id=\"1\" title=\"t\">{}deep</doc>", piece.repeat(100_000)));
        assert_eq!(cells[1], ["1", "t", "deep"]);
        assert!(ran.notes("f").contains(&(TooMuchMarkup, 1, 1)), "{piece}");
    }
}

#[test]
fn record_longer_than_the_bound_is_cut_and_named() {
    let (cells, ran) = convert(format!("<doc id=\"1\" title=\"t\">{}</doc>", "0123456789\n".repeat(1 << 20)));
    let bound = 8 << 20;
    assert_eq!(cells[1][2..].concat().len(), bound);
    assert_eq!(ran.notes("f")[0], (RecordTooLong, 1, (11 << 20) - bound as u64));
}

#[test]
fn start_tags_that_never_end_are_each_counted_as_broken() {
    let lines = 300_000;
    let (cells, ran) = convert(GOOD.to_owned() + &"x<doc a=\"\n".repeat(lines));
    assert_eq!(cells.len(), 3);
    assert_eq!(ran.notes("f")[0], (StartTagBroken, lines as u64, lines as u64));
    convert("<doc a=\"".repeat(lines));
    convert("<doc a='\" ".repeat(lines));
}

#[test]
fn markup_that_never_closes_costs_no_other_record() {
    for piece in [
        "<title>",
        "<!--",
        "<a href=\"",
        "</",
        "<b ",
        "<script>",
        "</doc>x",
        "<p><b>",
        "<table><i>",
        "&",
        "&#x",
        "<select><option>",
    ] {
        let (cells, _) = convert(format!("<doc id=\"1\" title=\"t\">{}</doc>", piece.repeat(20_000)));
        assert_eq!(cells.len(), 3, "{piece}");
    }
}

/// Each ends at its own end, though a rarer one stands far away or nowhere.
#[test]
fn comments_with_either_end_are_counted_and_leave_the_text() {
    for (comment, last) in [("<!--x--!>", ""), ("<!--x--!>", "-->"), ("<!--x-->", "--!>")] {
        let comments = comment.repeat(200_000);
        let (cells, ran) = convert(format!("<doc id=\"1\" title=\"t\">a{comments}b{last}</doc>"));
        assert_eq!(cells[1], ["1", "t", &*format!("ab{last}")]);
        assert!(ran.notes("f").contains(&(Comments, 1, 200_000)), "{:?}", ran.notes("f"));
    }
}

#[test]
fn text_between_records_is_read_through_and_named_however_long() {
    let (cells, ran) = convert(GOOD.to_owned() + &"그냥 글 줄\n".repeat(200_000));
    assert_eq!(cells.len(), 3);
    assert_eq!(ran.notes("f"), [(TextOutside, 1, 200_000 * 12)]);
}

/// Converts a file that is what it is, in whatever format; gives its rows, or nothing where it has none.
fn any(hostile: String) -> Vec<Vec<String>> {
    let bench = Bench::with(&[("f", hostile.as_bytes())]);
    drop(hostile);
    let ran = bench.run();
    assert_eq!(ran.summary().files, 1);
    if bench.outputs().is_empty() { Vec::new() } else { bench.cells("f.xlsx") }
}

#[test]
fn elements_without_end_end_with_the_file_in_every_format() {
    let pieces = [
        "<a>",
        "<a ",
        "<a><b>",
        "</a>",
        "x</a>",
        "<a b=\"",
        "<a></b>",
        "<p>",
        "<!--",
        "<![CDATA[",
        "<?",
        "<!DOCTYPE [",
        "<w>a</w><w>",
        "<td>",
        "<a b='\" ",
        "&lt",
        "<a/>",
        "<X>y</X>",
    ];
    for (start, end) in [
        ("<DOC>\n<DOCNO>1</DOCNO>\n", "</DOC>\n"),
        ("<DOC>\n<DOCNO>1</DOCNO>\n<TEXT>", "</TEXT></DOC>\n"),
        ("<DOC>\n<DOCNO>1</DOCNO>\n<DOCHDR></DOCHDR>", "</DOC>\n"),
        ("<REUTERS NEWID=\"1\"><TEXT>", "</TEXT></REUTERS>\n"),
        ("<TEI xml:id=\"1\"><teiHeader>", "</teiHeader><text>x</text></TEI>\n"),
        ("<r><item n=\"1\">", "</item><item/></r>\n"),
        ("<!DOCTYPE html>", "</html>\n"),
        ("", ""),
        ("{\"id\": \"", "\"}\n"),
    ] {
        for piece in pieces {
            let _ = any(format!("{start}{}{end}", piece.repeat(10_000)));
        }
    }
}

#[test]
fn names_beyond_the_columns_of_a_worksheet_stand_together() {
    let names = |from: usize, to: usize| (from..to).map(|n| format!("<n{n}>x</n{n}>")).collect::<String>();
    // in one record, and a hundred in each: more than a worksheet's columns
    let of_one = any(format!("<r><e>{}</e><e>{}</e></r>", names(0, 50_000), names(0, 50_000)));
    let records: String = (0..200).map(|n| format!("<e>{}</e>", names(100 * n, 100 * (n + 1)))).collect();
    let of_many = any(format!("<r>{records}</r>"));
    for (cells, last, rows) in [(of_one, 49_999, 2), (of_many, 19_999, 200)] {
        assert_eq!((cells.len(), cells[0].iter().any(|name| name == "rest")), (1 + rows, true));
        assert!(cells[rows].concat().ends_with(&format!("; n{last}: x")));
    }
    let (cells, _) = convert(format!(
        "<doc id=\"1\" title=\"t\" {}>x</doc>",
        (0..100_000).map(|n| format!("a{n} ")).collect::<String>()
    ));
    assert_eq!(cells[1], ["1", "t", "x"]);
}

/// What is beyond the bound is left out and named, the file is never all in memory.
#[test]
fn record_of_40_megabytes_is_one_row_and_its_rest_is_named() {
    let line = "<s>문장 하나가 여기 있다.</s>\n";
    let lines = line.repeat((40 << 20) / line.len());
    for (start, end) in [("<DOC><DOCNO>1</DOCNO><TEXT>", "</TEXT></DOC>"), ("글 ", "")] {
        let bench = Bench::with(&[("f", format!("{start}{lines}{end}").as_bytes())]);
        let ran = bench.run();
        let (kind, places, left_out) = ran.notes("f")[0];
        assert_eq!((kind, places), (RecordTooLong, 1), "{start}");
        assert!(left_out > 30 << 20, "{left_out}");
        assert_eq!(ran.report("f").rows, 1);
    }
}

/// A small file that unpacks to a large one, in which every line seems to end the record.
#[test]
fn gzip_of_a_hundred_megabytes_of_end_tags_is_one_record() {
    let (start, line, end) = ("<doc id=\"1\" title=\"t\">", "some text here </doc>\n", "last</doc>");
    let lines = (100 << 20) / line.len();
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(start.as_bytes()).expect("compressed");
    for _ in 0..lines {
        gzip.write_all(line.as_bytes()).expect("compressed");
    }
    gzip.write_all([end, GOOD].concat().as_bytes()).expect("compressed");
    let bench = Bench::with(&[("f.gz", &gzip.finish().expect("compressed"))]);
    let ran = bench.run();
    let (bound, all) = (8 << 20, lines * line.len() + "last".len());
    let notes = ran.notes("f.gz");
    assert_eq!(notes[0], (RecordTooLong, 1, (all - bound) as u64));
    assert!(notes.contains(&(EndTagInside, lines as u64, lines as u64)), "{notes:?}");
    let cells = bench.cells("f.gz.xlsx");
    assert_eq!(cells.len(), 3);
    assert_eq!(cells[1][2..].concat().len(), bound);
    assert_eq!(cells[2][..3], ["good", "t", "good"]);
}

/// Elements inside each other, all of them found by the selector: the outermost is the record.
#[test]
fn selector_cannot_multiply_a_page() {
    let page = format!("<!DOCTYPE html>{}{}", "<div>".repeat(500), "text ".repeat(100_000));
    let bench = Bench::with(&[("f", page.as_bytes())]);
    let mut job = bench.job();
    job.choices.reading.record = RecordSelector::parse("div");
    let column = Column { from: Origin::Select("*".into()), header: Some("x".into()), ..Column::field("") };
    job.choices.columns = Columns::chosen(vec![column]).expect("a column");
    assert_eq!(ran(&job).report("f").rows, 1);
    assert!(bench.cells("f.xlsx")[1].concat().len() <= 500_000);
}
