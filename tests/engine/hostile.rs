//! Files made to hurt: bounded in time and memory, and each named.

use sheetmill::engine::NoteKind::{RecordTooLong, StartTagBroken, TextOutside, TooMuchMarkup};

use super::support::Bench;

const GOOD: &str = "\n<doc id=\"good\" title=\"t\">good</doc>\n";

fn convert(hostile: String) -> (Vec<Vec<String>>, super::support::Ran) {
    let bench = Bench::with(&[("f", (hostile + GOOD).as_bytes())]);
    let ran = bench.run();
    let cells = bench.cells("f.xlsx");
    assert_eq!(cells.last().expect("a last row")[..3], ["good", "t", "good"]);
    (cells, ran)
}

#[test]
fn a_hundred_thousand_nested_elements() {
    let (cells, ran) = convert(format!("<doc id=\"1\" title=\"t\">{}deep</doc>", "<div>".repeat(100_000)));
    assert_eq!(cells[1], ["1", "t", "deep"]);
    assert!(ran.notes("f").contains(&(TooMuchMarkup, 1, 1)));
}

#[test]
fn a_record_longer_than_the_bound_is_cut_and_named() {
    let (cells, ran) = convert(format!("<doc id=\"1\" title=\"t\">{}</doc>", "0123456789\n".repeat(1 << 20)));
    let bound = 8 << 20;
    assert_eq!(cells[1][2..].concat().len(), bound);
    assert_eq!(ran.notes("f")[0], (RecordTooLong, 1, (11 << 20) - bound as u64));
}

#[test]
fn a_million_start_tags_that_never_end() {
    let lines = 300_000;
    let (cells, ran) = convert("x<doc a=\"\n".repeat(lines));
    assert_eq!(cells.len(), 2);
    assert_eq!(ran.notes("f")[0], (StartTagBroken, lines as u64, lines as u64));
    convert("<doc a=\"".repeat(lines));
    convert("<doc a='\" ".repeat(lines));
}

#[test]
fn markup_that_opens_and_never_closes() {
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

#[test]
fn a_large_file_of_other_text_is_read_through_and_named() {
    let (cells, ran) = convert("그냥 글 줄\n".repeat(200_000));
    assert_eq!(cells.len(), 2);
    assert_eq!(ran.notes("f"), [(TextOutside, 1, 200_000 * 12)]);
}
