//! The worksheets written here against those that `rust_xlsxwriter` writes of the same cells.

use std::borrow::Cow;
use std::io::Cursor;

use proptest::prelude::*;
use rust_xlsxwriter::{Color, DocProperties, Format, Workbook};

use super::*;
use crate::engine::output::Alone;
use crate::engine::output::xlsx::stamp;

fn columns(names: &[&str]) -> Vec<Column> {
    names.iter().map(|name| Column::field(name)).collect()
}

fn ours(columns: &[Column], rows: &[Vec<Field>]) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut widths = vec![1; columns.len()];
    loop {
        let file = NewFile {
            folder: folder.path(),
            columns,
            widths: &widths,
            stamp: "a <stamp> & \"more\"",
            compression: Compression::Normal,
            digested: true,
        };
        let mut writer = Box::new(WorkbookWriter::new(file, &Alone));
        if rows.iter().all(|row| writer.row(row, &mut |_, _| {}).is_ok()) {
            let mut out = Vec::new();
            let written = writer.finish(&mut out).expect("written");
            assert_eq!((written.rows, written.sheets), (rows.len() as u64, 1));
            return out;
        }
        widths = writer.widths().to_vec();
    }
}

fn cells(field: &Field) -> usize {
    field.values().iter().map(|value| Fit::of(value).cells()).sum()
}

/// The same cells by the library alone, with the header that the widest row asks for.
fn theirs(columns: &[Column], rows: &[Vec<Field>]) -> Vec<u8> {
    let widths: Vec<usize> =
        (0..columns.len()).map(|at| rows.iter().map(|row| cells(&row[at])).max().unwrap_or(1).max(1)).collect();
    let mut workbook = Workbook::new();
    let plain = Format::new().set_font_color(Color::Automatic);
    workbook.set_default_format(&plain, 20, 64).expect("a font");
    workbook.set_properties(&DocProperties::new().set_custom_property(stamp::NAME, "a <stamp> & \"more\""));
    let worksheet = workbook.add_worksheet_with_constant_memory().expect("a worksheet");
    worksheet.set_freeze_panes(1, 0).expect("frozen");
    let bold = plain.set_bold();
    let mut column = 0;
    for (about, width) in columns.iter().zip(&widths) {
        for n in 1..=*width {
            let head = if n == 1 { about.header().to_owned() } else { format!("{} ({n})", about.header()) };
            let characters = if about.name() == "text" { 90.0 } else { 14.0 };
            worksheet.set_column_width(column, characters).expect("a width");
            worksheet.write_string_with_format(0, column, head, &bold).expect("a header");
            column += 1;
        }
    }
    for (row, fields) in (1..).zip(rows) {
        let mut first = 0;
        for (field, width) in fields.iter().zip(&widths) {
            let mut column = first;
            for value in field.values() {
                for piece in Fit::of(value).pieces(value) {
                    worksheet.write_string(row, column, piece).expect("a cell");
                    column += 1;
                }
            }
            first += *width as u16;
        }
    }
    worksheet.autofilter(0, 0, rows.len() as u32, column - 1).expect("a filter");
    workbook.save_to_buffer().expect("a workbook")
}

fn members(bytes: Vec<u8>) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut members = Vec::new();
    for at in 0..archive.len() {
        let mut member = archive.by_index(at).expect("a member");
        let mut xml = String::new();
        member.read_to_string(&mut xml).expect("whole, with the right sum");
        members.push((member.name().expect("a name").into_owned(), xml));
    }
    members.sort();
    members
}

/// A member, without when the workbook was made and without what ours leaves out.
fn compared((name, xml): (String, String)) -> Option<(String, String)> {
    const LEFT_OUT: [&str; 4] = [
        "<Override PartName=\"/xl/theme/theme1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.theme+xml\"/>",
        "<Override PartName=\"/docProps/app.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.extended-properties+xml\"/>",
        "<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme\" Target=\"theme/theme1.xml\"/>",
        "<Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties\" Target=\"docProps/app.xml\"/>",
    ];
    match &*name {
        "xl/theme/theme1.xml" | "docProps/app.xml" | "docProps/core.xml" => None,
        "[Content_Types].xml" | "xl/_rels/workbook.xml.rels" | "_rels/.rels" => {
            Some((name, LEFT_OUT.iter().fold(xml, |xml, element| xml.replace(element, ""))))
        }
        _ => Some((name, xml)),
    }
}

fn field() -> impl Strategy<Value = Field<'static>> {
    let text = prop_oneof![
        4 => "[ -~가-힣\n\t]{1,30}",
        1 => "(_x00[0-9a-f]{2}_|_x|&|<|>|\"| |\n|=1\\+1|<r>|</r>){1,8}",
        1 => Just(String::new()),
        1 => (32_000usize..70_000).prop_map(|length| "가&".repeat(length / 2)),
    ];
    let many = proptest::collection::vec("[a-z ]{0,5}", 2..4);
    let many = many.prop_map(|values| Field::Many(values.into_iter().map(Cow::Owned).collect()));
    prop_oneof![6 => text.prop_map(Field::from), 1 => many]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn workbooks_are_the_librarys_to_the_byte(
        rows in proptest::collection::vec((field(), field(), field()), 1..12),
    ) {
        let columns = columns(&["id", "place", "text"]);
        // a row without any cell is one here, and nothing there
        let rows: Vec<Vec<Field<'static>>> = rows.into_iter().map(|(a, b, c)| {
            let a = if a.values().iter().all(|value| value.is_empty()) { "1".into() } else { a };
            vec![a, b, c]
        }).collect();
        let (ours, theirs) = (members(ours(&columns, &rows)), members(theirs(&columns, &rows)));
        prop_assert!(!ours.iter().any(|(name, xml)| name.contains("theme") || xml.contains("theme") || xml.contains("app.xml")));
        let [ours, theirs] = [ours, theirs].map(|members| members.into_iter().filter_map(compared).collect::<Vec<_>>());
        prop_assert_eq!(ours, theirs);
    }
}

/// Parts of two megabytes, joined: the same rows again, and the sum over all of them.
#[test]
fn large_worksheet_is_made_of_parts() {
    let columns = columns(&["id", "text"]);
    let text = |n: usize| format!("{n} <글> & {}", "단어 ".repeat(n % 400));
    let rows: Vec<Vec<Field<'static>>> =
        (0..12_000).map(|n| [n.to_string(), text(n)].map(Field::from).into()).collect();
    let (ours, theirs) = (members(ours(&columns, &rows)), members(theirs(&columns, &rows)));
    let sheet = |members: &[(String, String)]| {
        let found = members.iter().find(|(name, _)| name == "xl/worksheets/sheet1.xml");
        found.map(|(_, xml)| xml.clone()).expect("a worksheet")
    };
    let (ours, theirs) = (sheet(&ours), sheet(&theirs));
    assert!(ours.len() > 3 * PART, "{}", ours.len());
    assert!(ours == theirs, "the worksheets differ");
}
