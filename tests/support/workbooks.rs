//! Workbooks read back with calamine, and folders listed, to be compared with what a test expects.

use std::fs;
use std::path::Path;

use calamine::{Data, Reader, Xlsx, open_workbook};

/// Excel's limit for a cell, in UTF-16 units.
pub const CELL: usize = 32_767;

/// All worksheets of a workbook, one after another, as text; an empty cell is an empty string.
///
/// Panics when a cell is anything but text: every value is text.
pub fn rows(file: &Path) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> =
        open_workbook(file).unwrap_or_else(|error| panic!("{} can't be read as a workbook: {error}", file.display()));
    let mut rows = Vec::new();
    for (name, range) in book.worksheets() {
        if let Ok(formulas) = book.worksheet_formula(&name) {
            assert!(formulas.used_cells().next().is_none(), "{} holds formulas", file.display());
        }
        rows.extend(range.rows().map(|row| row.iter().map(|cell| text(file, cell)).collect()));
    }
    rows
}

fn text(file: &Path, cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        other => panic!("{} holds a cell that is not text: {other:?}", file.display()),
    }
}

/// Names of all files below `folder`, with `/`, sorted; hidden ones too. Empty when there is no such folder.
pub fn names(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else { return names };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            names.extend(self::names(&entry.path()).into_iter().map(|below| format!("{name}/{below}")));
        } else {
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
