//! Workbooks read back with calamine, and folders listed, to be compared with what a test expects.

use std::fs;
use std::path::Path;

use calamine::{Data, Reader, Xlsx, open_workbook};

/// Excel's limit for a cell, in UTF-16 units.
pub const CELL: usize = 32_767;

/// Every worksheet's name and cells, as text; an empty cell is an empty string.
///
/// Panics when a cell is anything but text: every value is text.
pub fn worksheets(file: &Path) -> Vec<(String, Vec<Vec<String>>)> {
    let mut book = opened(file);
    let sheets = book.worksheets();
    sheets
        .into_iter()
        .map(|(name, range)| {
            (name, range.rows().map(|row| row.iter().map(|cell| text(file, cell)).collect()).collect())
        })
        .collect()
}

/// The cells of a workbook's only worksheet, header first.
///
/// Panics as [`worksheets`] does, and where there are more of them or formulas.
pub fn cells(file: &Path) -> Vec<Vec<String>> {
    let mut sheets = worksheets(file);
    assert_eq!(sheets.len(), 1, "worksheets of {}", file.display());
    let (name, cells) = sheets.remove(0);
    if let Ok(formulas) = opened(file).worksheet_formula(&name) {
        assert!(formulas.used_cells().next().is_none(), "{} holds formulas", file.display());
    }
    cells
}

fn opened(file: &Path) -> Xlsx<std::io::BufReader<fs::File>> {
    open_workbook(file).unwrap_or_else(|error| panic!("{} can't be read as a workbook: {error}", file.display()))
}

fn text(file: &Path, cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        other => panic!("{} holds a cell that is not text: {other:?}", file.display()),
    }
}

/// Rows written in a test, as they are read back.
pub fn rows(rows: &[&[&str]]) -> Vec<Vec<String>> {
    rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
}

/// What a run leaves beside its workbooks.
const OWN: [&str; 3] = [".sheetmill-journal", "sheetmill-report.xlsx", "sheetmill-report.jsonl"];

/// Names of all files below `folder`, with `/`, sorted; hidden ones too; its journal and report are
/// not among them. Empty when there is no such folder.
pub fn names(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else { return names };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            names.extend(self::names(&entry.path()).into_iter().map(|below| format!("{name}/{below}")));
        } else if !OWN.contains(&&*name) {
            names.push(name);
        }
    }
    names.sort();
    names
}

/// Workbooks below `folder` under their own names (what is still being written is not counted).
pub fn finished(folder: &Path) -> usize {
    let shown = |name: &str| !name.split('/').any(|part| part.starts_with(['.', '~']));
    let workbook = |name: &str| Path::new(name).extension().is_some_and(|extension| extension == "xlsx");
    names(folder).iter().filter(|name| workbook(name) && shown(name)).count()
}
