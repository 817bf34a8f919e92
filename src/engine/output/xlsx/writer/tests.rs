//! The worksheets written here against those that `rust_xlsxwriter` writes of the same cells.

use std::borrow::Cow;
use std::io::{Cursor, Read as _};

use proptest::prelude::*;
use rust_xlsxwriter::{Color, DocProperties, Format, IgnoreError, Workbook};

use super::*;
use crate::engine::output::Alone;
use crate::engine::output::xlsx::shared::{STRINGS, STRINGS_PLACE, STRINGS_TYPE};
use crate::engine::output::xlsx::sheet::ROW_BEGIN;
use crate::engine::output::xlsx::stamp;

/// More rows than a test has.
const MANY: usize = 1_000_000;

fn columns(names: &[&str]) -> Vec<Column> {
    names.iter().map(|name| Column::field(name)).collect()
}

fn ours(columns: &[Column], rows: &[Vec<Field>], most_rows: usize) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut widths = vec![1; columns.len()];
    loop {
        let file = NewFile {
            folder: folder.path(),
            columns,
            widths: &widths,
            stamp: "a <stamp> & \"more\"",
            compression: Compression::Normal,
            wraps: false,
            digested: true,
        };
        let mut writer = Box::new(WorkbookWriter::new(file, &Alone));
        writer.most_rows = most_rows as u64;
        if rows.iter().all(|row| writer.row(row, &mut |_, _| {}).is_ok()) {
            let mut out = Vec::new();
            let written = writer.finish(&mut out).expect("written");
            assert_eq!((written.rows, written.sheets), (rows.len() as u64, rows.len().div_ceil(most_rows) as u64));
            return out;
        }
        widths = writer.widths().to_vec();
    }
}

fn cells(field: &Field) -> usize {
    field.values().iter().map(|value| Fit::of(value).cells()).sum()
}

/// The same cells by the library alone, with the header that the widest row asks for.
fn theirs(columns: &[Column], rows: &[Vec<Field>], most_rows: usize) -> Vec<u8> {
    let widths: Vec<usize> =
        (0..columns.len()).map(|at| rows.iter().map(|row| cells(&row[at])).max().unwrap_or(1).max(1)).collect();
    let mut workbook = Workbook::new();
    let plain = Format::new().set_font_color(Color::Automatic);
    workbook.set_default_format(&plain, 20, 64).expect("a font");
    workbook.set_properties(&DocProperties::new().set_custom_property(stamp::NAME, "a <stamp> & \"more\""));
    let bold = plain.set_bold();
    for rows in rows.chunks(most_rows) {
        let worksheet = workbook.add_worksheet_with_constant_memory().expect("a worksheet");
        worksheet.set_freeze_panes(1, 0).expect("frozen");
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
        let numbers = IgnoreError::NumberStoredAsText;
        worksheet.ignore_error_range(0, 0, rows.len() as u32, column - 1, numbers).expect("nothing to complain of");
    }
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
        "xl/workbook.xml" => Some((name, xml.replace("<calcPr calcId=\"124519\" fullCalcOnLoad=\"1\"/>", ""))),
        _ => Some((name, xml)),
    }
}

/// Ours as the library would write them: strings in their cells, and no word on the height of rows.
fn as_theirs(mut members: Vec<(String, String)>) -> Vec<(String, String)> {
    let at = members.iter().position(|(name, _)| name == STRINGS);
    let (_, strings) = at.map(|at| members.remove(at)).unwrap_or_default();
    let strings: Vec<&str> = strings.split("<si>").skip(1).collect();
    for (_, xml) in &mut members {
        *xml = xml.replace(ROW_BEGIN, "\">").replace(STRINGS_TYPE, "").replace(STRINGS_PLACE, "");
        while let Some((before, rest)) = xml.split_once(" t=\"s\"><v>") {
            let (number, behind) = rest.split_once("</v>").expect("a number");
            let (text, _) = strings[number.parse::<usize>().expect("digits")].split_once("</si>").expect("a string");
            let is_space = |byte: Option<&u8>| matches!(byte, Some(b' ' | b'\t' | b'\n'));
            let bytes = text.trim_start_matches("<t xml:space=\"preserve\">").trim_end_matches("</t>").as_bytes();
            let preserves = is_space(bytes.first()) || is_space(bytes.last());
            let text = if preserves { text.to_owned() } else { text.replace("<t xml:space=\"preserve\">", "<t>") };
            *xml = format!("{before} t=\"inlineStr\"><is>{text}</is>{behind}");
        }
    }
    members
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
        let (ours, theirs) = (as_theirs(members(ours(&columns, &rows, MANY))), members(theirs(&columns, &rows, MANY)));
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
    let (ours, theirs) = (as_theirs(members(ours(&columns, &rows, MANY))), members(theirs(&columns, &rows, MANY)));
    let sheet = |members: &[(String, String)]| {
        let found = members.iter().find(|(name, _)| name == "xl/worksheets/sheet1.xml");
        found.map(|(_, xml)| xml.clone()).expect("a worksheet")
    };
    let (ours, theirs) = (sheet(&ours), sheet(&theirs));
    assert!(ours.len() > 3 * PART, "{}", ours.len());
    assert!(ours == theirs, "the worksheets differ");
}

#[test]
fn rows_past_the_limit_go_on_in_further_worksheets() {
    let columns = columns(&["id", "text"]);
    let row = |n: usize| [n.to_string(), format!("{n} _x0041_ {}", "long ".repeat(n * 2_000))].map(Field::from).into();
    let rows: Vec<Vec<Field<'static>>> = (1..=7).map(row).collect();
    let (ours, theirs) = (as_theirs(members(ours(&columns, &rows, 3))), members(theirs(&columns, &rows, 3)));
    let [ours, theirs] = [ours, theirs].map(|members| {
        let sheets = members.into_iter().filter(|(name, _)| name.starts_with("xl/w"));
        sheets.filter_map(compared).collect::<Vec<_>>()
    });
    assert_eq!(ours.len(), 4);
    for ((name, ours), (_, theirs)) in ours.iter().zip(&theirs) {
        assert!(ours == theirs, "{name} differs");
    }
}

/// The engine gives none of these; a filter would reach a row that is not there.
#[test]
fn worksheet_without_a_column_has_no_filter() {
    let rows: Vec<Vec<Field<'static>>> = vec![Vec::new(), Vec::new()];
    let members = members(ours(&[], &rows, MANY));
    let xml = |name: &str| members.iter().find(|(known, _)| known == name).map(|(_, xml)| xml.clone()).expect("there");
    let sheet = xml("xl/worksheets/sheet1.xml");
    assert_eq!(sheet.matches("<row ").count(), 2, "{sheet}");
    assert!(!sheet.contains("autoFilter") && !sheet.contains("1000003") && !sheet.contains("ignoredErrors"), "{sheet}");
    assert!(!xml("xl/workbook.xml").contains("definedName"));
}
