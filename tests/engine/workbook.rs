//! The workbook: Excel's limits, what every cell is, and how it looks when it is opened.

use std::fs::File;
use std::io::Read;

use sheetmill::engine::NoteKind::{FurtherWorksheet, LongField};
use sheetmill::engine::{Choices, Compression, IfExists};

use super::support::bench::{Bench, ran};
use super::support::workbooks::{rows, worksheets};

fn part(bench: &Bench, workbook: &str, part: &str) -> String {
    let file = File::open(bench.output.join(workbook)).expect("the workbook is there");
    let mut archive = zip::ZipArchive::new(file).expect("a zip archive");
    let mut xml = String::new();
    archive.by_name(part).expect("the part is there").read_to_string(&mut xml).expect("text");
    xml
}

#[test]
fn fields_longer_than_a_cell_go_on_in_further_columns() {
    let long = "가".repeat(32_767 * 2 + 5);
    let title = "t".repeat(40_000);
    let file = format!("<doc id=\"1\" title=\"{title}\">short</doc>\n<doc id=\"2\" title=\"b\">{long}</doc>\n");
    let bench = Bench::with(&[("f", file.as_bytes())]);
    let ran = bench.run();
    let cells = bench.cells("f.xlsx");
    assert_eq!(cells[0], ["id", "title", "title (2)", "text", "text (2)", "text (3)"]);
    assert_eq!(cells[1][1..3].concat(), title);
    assert_eq!(cells[1][3..], ["short", "", ""]);
    assert_eq!(cells[2][3..].concat(), long);
    assert_eq!(cells[2][3..].iter().map(|cell| cell.chars().count()).collect::<Vec<_>>(), [32_767, 32_767, 5]);
    assert_eq!(ran.notes("f"), [(LongField, 2, 2 + 3)]);
}

/// The header is written before the last rows are read: a late long text must still find its columns.
#[test]
fn text_longer_than_a_cell_finds_its_columns_late_in_a_large_file() {
    let filler: String =
        (0..3000).map(|n| format!("<doc id=\"{n}\" title=\"t\">{}</doc>\n", "x".repeat(2000))).collect();
    let late = format!(
        "<doc id=\"a\" title=\"t\">{}</doc>\n<doc id=\"b\" title=\"t\">{}</doc>\n",
        "y".repeat(40_000),
        "z".repeat(70_000)
    );
    let bench = Bench::with(&[("f", format!("{filler}{late}").as_bytes())]);
    let ran = bench.run();
    let cells = bench.cells("f.xlsx");
    assert_eq!(cells[0], ["id", "title", "text", "text (2)", "text (3)"]);
    assert_eq!((cells.len(), ran.report("f").rows), (3003, 3002));
    assert_eq!(cells[3001][2..].concat(), "y".repeat(40_000));
    assert_eq!(cells[3002][2..].concat(), "z".repeat(70_000));
    assert_eq!(ran.notes("f"), [(LongField, 2, 2 + 3)]);
}

/// A choice of time against size: the cells are the same, and so is what "up to date" means.
#[test]
fn compression_changes_the_size_and_nothing_else() {
    let words = ["사과", "배", "감", "귤", "포도", "a", "the", "of", "없다", "있다"];
    let text = |n: usize| (0..300).map(|at| words[(n * 7 + at * at * 31 / 3) % 10]).collect::<Vec<_>>().join(" ");
    let file: String = (0..400).map(|n| format!("<doc id=\"{n}\" title=\"t\">{}</doc>\n", text(n))).collect();
    let bench = Bench::with(&[("f", file.as_bytes())]);
    let made = [Compression::Fast, Compression::Normal, Compression::Small].map(|compression| {
        let again = ran(&bench.job_of(Choices { compression, if_exists: IfExists::Overwrite, ..Choices::default() }));
        assert_eq!(again.summary().converted, 1);
        (bench.cells("f.xlsx"), again.report("f").bytes_out)
    });
    assert!(made[0].0 == made[1].0 && made[1].0 == made[2].0, "the cells differ");
    assert!(made[0].1 > made[1].1 && made[1].1 > made[2].1, "{} {} {}", made[0].1, made[1].1, made[2].1);
    let fast = Choices { compression: Compression::Fast, ..Choices::default() };
    assert_eq!(ran(&bench.job_of(fast)).summary().up_to_date, 1);
}

#[test]
fn cells_are_all_strings() {
    let values = [
        "007",
        "12345678901234567890",
        "=1+1",
        "http://example.com/",
        "#N/A",
        "TRUE",
        "1e5",
        "2020-01-01",
        " x ",
        "@a",
        "-1",
        "'q",
    ];
    let file: String =
        values.iter().map(|value| format!("<doc id=\"{value}\" title=\"{value}\">{value}</doc>\n")).collect();
    let bench = Bench::with(&[("f", file.as_bytes())]);
    bench.run();
    let cells = bench.cells("f.xlsx"); // fails on anything but strings
    for (row, value) in cells[1..].iter().zip(values) {
        assert_eq!(row, &[value, value, value]);
    }
}

#[test]
fn text_in_r_tags_does_not_break_the_workbook() {
    let bench = Bench::with(&[("f", b"<doc id=\"1\" title=\"t\">&lt;r>x&lt;/r></doc>\n")]);
    bench.run();
    assert_eq!(bench.cells("f.xlsx"), rows(&[&["id", "title", "text"], &["1", "t", "<r>x</r>"]]));
}

#[test]
fn header_is_bold_frozen_and_filterable() {
    let bench = Bench::with(&[("f", b"<doc id=\"1\" title=\"t\">x</doc>\n<doc id=\"2\" title=\"t\">y</doc>\n")]);
    bench.run();
    let sheet = part(&bench, "f.xlsx", "xl/worksheets/sheet1.xml");
    assert!(
        sheet.contains("<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>"),
        "{sheet}"
    );
    assert!(sheet.contains("<autoFilter ref=\"A1:C3\"/>"), "{sheet}");
    assert!(sheet.contains("<c r=\"A1\" s=\"1\" t=\"inlineStr\"><is><t>id</t>"), "{sheet}");
    assert_eq!(sheet.matches("<col ").count(), 3, "{sheet}");
    assert!(part(&bench, "f.xlsx", "xl/styles.xml").contains("<b/>"));
}

#[test]
fn rows_past_excels_limit_go_on_in_a_further_worksheet() {
    let rows = 1_048_576; // one more than fits below a header
    let file: String = (1..=rows).map(|n| format!("<doc id=\"{n}\"></doc>\n")).collect();
    let bench = Bench::with(&[("f", file.as_bytes())]);
    let mut job = bench.job();
    job.choices.columns = sheetmill::engine::Columns::parse("id").expect("columns");
    let ran = ran(&job);
    assert_eq!((ran.report("f").rows, ran.notes("f")), (rows, vec![(FurtherWorksheet, 1, 1)]));
    let worksheets = worksheets(&bench.output.join("f.xlsx"));
    let shape: Vec<_> = worksheets.iter().map(|(name, cells)| (name.as_str(), cells.len())).collect();
    assert_eq!(shape, [("Sheet1", 1_048_576), ("Sheet2", 2)]);
    assert_eq!(worksheets[0].1[1_048_575], ["1048575"]);
    assert_eq!(worksheets[1].1, [["id"], ["1048576"]]);
}
