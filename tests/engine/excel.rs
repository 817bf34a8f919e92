//! What people see in Excel itself: heads, rows without a field, no marks at numbers, texts that read like escapes.

use sheetmill::engine::NoteKind::{BreaksReplaced, LongField, NameCleaned, RecordEmpty};
use sheetmill::engine::{Cause, Choices, Column, Columns, IfExists, Options};

use super::support::bench::{Bench, ran};
use super::support::package::{checked, part};
use super::support::workbooks::rows;

fn converted(file: &str) -> Bench {
    let bench = Bench::with(&[("f", file.as_bytes())]);
    bench.run();
    bench
}

/// Control characters in a key stood as `_x0007_` in the header, CR LF as `_x000D_`, without a word.
#[test]
fn header_is_cleaned_as_cells_are() {
    let bench = Bench::with(&[(
        "f",
        "{\"id\":\"1\",\"a\\r\\nb\":\"2\",\"bell\\u0007\":\"3\",\"\u{fffe}no\":\"4\",\"page\\ftwo\":\"5\"}\n"
            .as_bytes(),
    )]);
    let ran = bench.run();
    let heads = ["id", "a\nb", "bell", "no", "page\ntwo"];
    assert_eq!(bench.cells("f.xlsx"), rows(&[&heads, &["1", "2", "3", "4", "5"]]));
    assert_eq!(ran.notes("f"), [(NameCleaned, 4, 4)]);
    let named: Vec<_> = ran.report("f").notes.places().iter().map(|note| note.what.as_str()).collect();
    assert_eq!(named, heads[1..]);
    checked(&bench.output.join("f.xlsx"));
}

#[test]
fn names_that_cleaning_makes_equal_stay_apart() {
    let bench = converted("{\"x\\u0001\":\"1\",\"x\":\"2\",\"x\\u0002\":\"3\"}\n");
    assert_eq!(bench.cells("f.xlsx"), rows(&[&["x_2", "x", "x_3"], &["1", "2", "3"]]));
}

/// Their worksheet had no column, and a filter down to row 1,000,003.
#[test]
fn records_without_a_field_are_numbered_and_named() {
    let bench = Bench::with(&[("f", "{}\n".repeat(3).as_bytes())]);
    let ran = bench.run();
    assert_eq!(bench.cells("f.xlsx"), rows(&[&["record"], &["1"], &["2"], &["3"]]));
    assert_eq!((ran.report("f").records, ran.report("f").rows), (3, 3));
    assert_eq!(ran.notes("f"), [(RecordEmpty, 3, 3)]);
    assert!(part(&bench.output.join("f.xlsx"), "xl/worksheets/sheet1.xml").contains("<autoFilter ref=\"A1:A4\"/>"));
    checked(&bench.output.join("f.xlsx"));
}

#[test]
fn field_that_comes_after_many_records_without_one_is_the_only_column() {
    for name in ["late", ":number"] {
        let bench = Bench::with(&[("f", format!("{}{{\"{name}\":\"x\"}}\n{{}}\n", "{}\n".repeat(1500)).as_bytes())]);
        let ran = bench.run();
        let cells = bench.cells("f.xlsx");
        assert_eq!([&cells[0], &cells[1], &cells[1501]].map(|row| row.join("|")), [name, "", "x"]);
        assert_eq!((ran.report("f").rows, ran.notes("f")), (1502, vec![(RecordEmpty, 1501, 1501)]));
    }
}

/// No record needed more columns than Excel has, but all together did.
#[test]
fn file_that_needs_too_many_columns_is_said_to() {
    let record = |name: &str| format!("{{\"{name}\":[{}]}}\n", vec!["\"x\""; 9_000].join(","));
    let bench = Bench::with(&[("f", (record("a") + &record("b")).as_bytes())]);
    let mut job = bench.job();
    let spread = Options { spread: true, ..Options::default() };
    let columns = ["a", "b"].map(|name| Column { options: spread.clone(), ..Column::field(name) });
    job.choices.columns = Columns::chosen(columns.into()).expect("columns");
    let ran = ran(&job);
    let failure = ran.failure("f");
    assert!(matches!(failure, Cause::TooManyColumns(18_000)), "{failure:?}");
    assert_eq!(failure.to_string(), "the file needs 18000 columns or more, Excel has 16,384");
}

/// Excel marks a text that looks like a number with a green triangle, and calculates what it is told to.
#[test]
fn numbers_are_not_marked_and_nothing_is_calculated() {
    let bench = converted("<doc id=\"1\" title=\"t\">x</doc>\n<doc id=\"2\" title=\"t\">y</doc>\n");
    let workbook = bench.output.join("f.xlsx");
    let sheet = part(&workbook, "xl/worksheets/sheet1.xml");
    let ignored = "<ignoredErrors><ignoredError sqref=\"A1:C3\" numberStoredAsText=\"1\"/></ignoredErrors>";
    assert!(sheet.contains(ignored), "{sheet}");
    assert!(!part(&workbook, "xl/workbook.xml").contains("calcPr"));
}

#[test]
fn rows_are_of_one_height() {
    let bench = converted("<doc id=\"1\" title=\"t\">a\nb\nc</doc>\n<doc id=\"2\" title=\"t\">y</doc>\n");
    let sheet = part(&bench.output.join("f.xlsx"), "xl/worksheets/sheet1.xml");
    assert_eq!(sheet.matches("<row ").count(), 3);
    assert_eq!(sheet.matches(" ht=\"15\" customHeight=\"1\">").count(), 3, "{sheet}");
    assert!(!part(&bench.output.join("f.xlsx"), "xl/styles.xml").contains("wrapText"));
}

/// Not all readers undo an escape in a cell; in the table of shared strings they do.
#[test]
fn texts_that_read_like_escapes_are_shared_strings() {
    let bench = converted(
        "{\"id\":\"_x0041_\",\"First_x0020_Name\":\"a & _x000D_ b\"}\n{\"id\":\"plain_x\",\"First_x0020_Name\":\" _x00e9_x0041_\"}\n",
    );
    let workbook = bench.output.join("f.xlsx");
    let want: &[&[&str]] =
        &[&["id", "First_x0020_Name"], &["_x0041_", "a & _x000D_ b"], &["plain_x", " _x00e9_x0041_"]];
    assert_eq!(bench.cells("f.xlsx"), rows(want));
    let sheet = part(&workbook, "xl/worksheets/sheet1.xml");
    assert!(!sheet.contains("_x0"), "{sheet}");
    assert!(sheet.contains("<c r=\"B1\" s=\"1\" t=\"s\"><v>3</v></c>"), "{sheet}");
    let strings = part(&workbook, "xl/sharedStrings.xml");
    assert!(strings.contains("count=\"4\" uniqueCount=\"4\""), "{strings}");
    assert!(strings.contains("<t xml:space=\"preserve\"> _x005F_x00e9_x005F_x0041_</t>"), "{strings}");
    checked(&workbook);
    // the table is no sign that another program has written the workbook anew
    let again = Choices { if_exists: IfExists::Overwrite, ..Choices::default() };
    assert_eq!(ran(&bench.job_of(again)).outcome("f"), "converted");
}

/// Parts of two megabytes each, joined.
#[test]
fn many_shared_strings_are_all_there() {
    let text = |n: usize| format!("{n} _x0041_ {}", "글".repeat(n % 300));
    let records: String = (0..6_000).map(|n| format!("{{\"id\":\"{n}\",\"text\":\"{}\"}}\n", text(n))).collect();
    let bench = converted(&records);
    let cells = bench.cells("f.xlsx");
    assert!(cells[1..].iter().enumerate().all(|(n, row)| row[..] == [n.to_string(), text(n)]));
    assert!(part(&bench.output.join("f.xlsx"), "xl/sharedStrings.xml").len() > 2 << 20);
    checked(&bench.output.join("f.xlsx"));
}

#[test]
fn every_kind_of_workbook_is_a_valid_package() {
    let long = "긴 글 ".repeat(30_000);
    let many: Vec<String> = (0..3_000).map(|n| format!("\"k{n}\":\"{n}\"")).collect();
    let jamo = "\u{1112}\u{1161}\u{11ab}".repeat(12_000);
    let files = [
        ("short", "<doc id=\"1\" title=\"t\">x</doc>\n".to_owned(), vec![]),
        ("long", format!("{{\"id\":\"1\",\"text\":\"{long}\",\"text (2)\":\"own\"}}\n"), vec![(LongField, 1, 4)]),
        ("controls", "{\"id\":\"1\",\"text\":\"a\\fb\"}\n".to_owned(), vec![(BreaksReplaced, 1, 1)]),
        ("columns", format!("{{{}}}\n", many.join(",")), vec![]),
        ("empty", "{\"id\":\"\",\"text\":\"\"}\n{\"id\":\"\",\"text\":\"\"}\n".to_owned(), vec![]),
        ("rtl", "{\"id\":\"1\",\"שם\":\"\u{200f}שלום & <עולם>\u{202e}\"}\n".to_owned(), vec![]),
        ("emoji", format!("{{\"id\":\"😀\",\"text\":\"{}\"}}\n", "👨‍👩‍👧".repeat(5_000)), vec![(LongField, 1, 2)]),
        ("jamo", format!("{{\"id\":\"ᄒ\",\"text\":\"{jamo}\"}}\n"), vec![(LongField, 1, 2)]),
        ("signs", "{\"id\":\"=1+1\",\"a<b>&\\\"c'\":\"]]>\",\"_x0041_\":\"_x000A_\"}\n".to_owned(), vec![]),
    ];
    for (name, text, notes) in files {
        let bench = Bench::with(&[(name, text.as_bytes())]);
        let ran = bench.run();
        assert_eq!(ran.notes(name), notes, "{name}");
        let workbook = bench.output.join(format!("{name}.xlsx"));
        let sheets = checked(&workbook);
        assert_eq!(sheets.len(), 1, "{name}");
        assert_eq!(sheets[0].1, bench.cells(&format!("{name}.xlsx")), "{name}");
    }
}

#[test]
fn texts_are_wrapped_by_choice_and_rows_are_of_one_height_otherwise() {
    let bench = Bench::with(&[("f", "<doc id=\"1\" title=\"t\">one\ntwo</doc>\n".as_bytes())]);
    bench.run();
    let at = bench.output.join("f.xlsx");
    let (sheet, styles) = ("xl/worksheets/sheet1.xml", "xl/styles.xml");
    assert!(part(&at, sheet).contains("<row r=\"2\" ht=\"15\" customHeight=\"1\">"));
    assert!(!part(&at, styles).contains("wrapText"));
    let calm = bench.cells("f.xlsx");
    let ran = ran(&bench.job_of(Choices { wrap: true, if_exists: IfExists::Skip, ..Choices::default() }));
    assert_eq!(ran.summary().converted, 1, "the choice makes another workbook");
    assert!(part(&at, sheet).contains("<row r=\"2\"><c"));
    // the first format is that of all cells which name none
    let (_, formats) =
        part(&at, styles).split_once("<cellXfs").map(|(a, b)| (a.to_owned(), b.to_owned())).expect("formats");
    let first = formats.split("</xf>").next().expect("a format");
    assert!(first.contains("wrapText=\"1\"") && first.contains("vertical=\"top\""), "{first}");
    assert_eq!(bench.cells("f.xlsx"), calm);
    checked(&at);
}
