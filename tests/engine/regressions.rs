//! A test for every file that once failed, named after what broke. The files stand in `tests/files/`.

use std::path::Path;

use sheetmill::engine::NoteKind::{
    self, BadBytes, EndTagStray, LongField, StartTagBroken, StartTagRepaired, TextOutside,
};

use super::support::bench::Bench;

fn convert(name: &str) -> (Vec<Vec<String>>, Vec<(NoteKind, u64)>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files").join(name);
    let bench = Bench::with(&[("f", &std::fs::read(path).expect("the file is there"))]);
    let ran = bench.run();
    (bench.cells("f.xlsx").split_off(1), ran.sums("f"))
}

/// The longest start tag was 64 kB, and the record was lost.
#[test]
fn title_of_40000_characters_is_a_title() {
    let (rows, notes) = convert("title_of_40000_characters");
    assert_eq!(rows[0][1..3].concat(), "긴 제목 ".repeat(10_000));
    assert_eq!(rows[1], ["2", "t", "", "y"]);
    assert_eq!(notes, [(LongField, 2)]);
}

/// Whether the start tag ended depended on where a chunk ended.
#[test]
fn forgotten_quote_does_not_reach_the_next_record() {
    let (rows, notes) = convert("quote_forgotten_before_a_record");
    assert_eq!(rows, [["2", "a \"b\" c", "x"]]);
    assert_eq!(notes, [(StartTagBroken, 1), (StartTagRepaired, 1)]);
}

/// The closing quote before a bare attribute was taken for one inside the value.
#[test]
fn bare_attribute_is_no_part_of_the_value_before_it() {
    assert_eq!(convert("bare_attribute_after_a_value"), (vec![["1", "t", "\nx\n"].map(String::from).to_vec()], vec![]));
}

/// Two bad bytes among few good ones made the detector guess Latin-1.
#[test]
fn bad_bytes_do_not_make_a_short_file_latin_1() {
    let (rows, notes) = convert("bad_bytes_in_a_short_file");
    assert_eq!(
        (rows, notes),
        (vec![["1", "먼저", "한\u{fffd}\u{fffd}글"].map(String::from).to_vec()], vec![(BadBytes, 2)])
    );
}

/// Signs before a record were counted or not, depending on where a chunk ended.
#[test]
fn signs_before_a_record_are_named() {
    let (rows, notes) = convert("signs_before_a_record");
    assert_eq!(rows, [["1", "t", "x"]]);
    assert_eq!(notes, [(TextOutside, 2), (EndTagStray, 1)]);
}

/// A drawing's style is no raw text for the parser: the comment in it, which never ends, took the rest of the record
/// with it. HTML that ends a drawing, or stands in it, has its raw texts again.
#[test]
fn drawing_never_takes_the_rest_of_the_record_with_it() {
    for body in [
        "<svg><style><!-- </style></svg> rest",
        "<svg><style><!-- rest",
        "<svg><title>x <b>y</title></svg> rest",
        "<svg><title><!-- rest",
        "<svg><p><title> rest",
        "<svg><p></p><style> rest",
        "<svg><foreignObject><title> rest",
        "<svg><desc><textarea> rest",
        "<svg/><title> rest",
        "<math><mi><script> rest",
        "<math><style><!-- </style></math> rest",
    ] {
        let bench = Bench::with(&[("f", format!("<doc id=\"1\" title=\"t\">a {body}</doc>\n").as_bytes())]);
        bench.run();
        let text = &bench.cells("f.xlsx")[1][2];
        assert!(text.starts_with("a ") && text.ends_with("rest"), "{body}: {text:?}");
    }
}
