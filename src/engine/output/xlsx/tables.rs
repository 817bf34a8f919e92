//! A workbook of a few tables of their own, a worksheet each: what a report is. Written by the library, a row at a
//! time, so that a million rows take no memory.

use std::io::{BufWriter, Write as _};
use std::path::Path;

use rust_xlsxwriter::{DocProperties, Format, Workbook, XlsxError};

use super::cell::{CELL_UNITS, Fit};
use super::stamp;
use crate::engine::error::{Cause, Halt, writing};
use crate::engine::output::target;
use crate::engine::output::target::folder::OutputFolder;

/// Rows of a table below its header; further ones are refused.
pub const MOST_ROWS: u32 = 1_000_000;
/// What the stamp of such a workbook begins with, so that a later one knows it for its own.
const MARK: &str = "report ";

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing.
    Empty,
    /// A text; what a cell cannot hold is left out.
    Text(String),
    /// A number.
    Number(f64),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text.to_owned()) }
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Self {
        Self::Number(number as f64)
    }
}

/// Tables in the making. The first that is begun stands first.
pub struct Tables {
    workbook: Workbook,
    /// Rows of each, the header's with them.
    rows: Vec<u32>,
}

impl std::fmt::Debug for Tables {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tables").field("rows", &self.rows).finish_non_exhaustive()
    }
}

impl Tables {
    /// Tables of these names, and of these columns with their widths in characters.
    ///
    /// # Errors
    /// When temporary data cannot be written into `folder`.
    pub fn new(folder: &Path, tables: &[(&str, &[(&str, u16)])]) -> Result<Self, Halt> {
        let mut workbook = Workbook::new();
        workbook.set_tempdir(folder).map_err(halt)?;
        workbook.set_properties(&DocProperties::new().set_custom_property(stamp::NAME, format!("{MARK}1")));
        let bold = Format::new().set_bold();
        for (name, columns) in tables {
            let sheet = workbook.add_worksheet_with_constant_memory().map_err(halt)?;
            sheet.set_name(*name).map_err(halt)?;
            sheet.set_freeze_panes(1, 0).map_err(halt)?;
            for (column, (head, width)) in (0..).zip(*columns) {
                sheet.set_column_width(column, *width).map_err(halt)?;
                sheet.write_string_with_format(0, column, *head, &bold).map_err(halt)?;
            }
        }
        Ok(Self { rows: vec![1; tables.len()], workbook })
    }

    /// Adds a row to a table, by its place; false where it is full.
    ///
    /// # Errors
    /// When temporary data cannot be written.
    pub fn row(&mut self, table: usize, values: &[Value]) -> Result<bool, Halt> {
        let row = self.rows[table];
        if row > MOST_ROWS {
            return Ok(false);
        }
        self.rows[table] += 1;
        let sheet = self.workbook.worksheet_from_index(table).map_err(halt)?;
        for (column, value) in (0..).zip(values) {
            match value {
                Value::Empty => {}
                Value::Number(number) => {
                    sheet.write_number(row, column, *number).map_err(halt)?;
                }
                Value::Text(text) => {
                    let fit = Fit::of(text);
                    let text = fit.text(text.as_str().into());
                    let piece: String = if text.len() > CELL_UNITS {
                        text.chars().take(CELL_UNITS / 2 - 1).chain(['…']).collect()
                    } else {
                        text.into_owned()
                    };
                    sheet.write_string(row, column, piece).map_err(halt)?;
                }
            }
        }
        Ok(true)
    }

    /// Makes the workbook at `path`, where nothing stands or an earlier one of these.
    ///
    /// # Errors
    /// [`Cause::NotOurs`] where something else stands there; when it cannot be written.
    pub fn save(mut self, path: &Path, columns: &[usize]) -> Result<(), Halt> {
        let is_there = std::fs::symlink_metadata(path).is_ok();
        if is_there && !is_tables(path) {
            return Err(Cause::NotOurs.into());
        }
        for (table, (rows, columns)) in self.rows.iter().zip(columns).enumerate() {
            let sheet = self.workbook.worksheet_from_index(table).map_err(halt)?;
            sheet.autofilter(0, 0, rows.saturating_sub(1).max(1), (*columns).max(1) as u16 - 1).map_err(halt)?;
        }
        let folder = path.parent().unwrap_or(Path::new("."));
        let temporary = target::temporary(&OutputFolder::at(folder).map_err(writing)?, folder)?;
        let mut out = BufWriter::new(temporary.as_file());
        self.workbook.save_to_writer(&mut out).map_err(halt)?;
        out.flush().map_err(writing)?;
        drop(out);
        temporary.as_file().sync_data().map_err(writing)?;
        target::rename(temporary, path, is_there)
    }
}

/// A workbook that was made here.
fn is_tables(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_ok_and(|about| about.is_file())
        && stamp::read(path).is_some_and(|stamp| stamp.starts_with(MARK))
}

fn halt(error: XlsxError) -> Halt {
    match error {
        XlsxError::IoError(error) => writing(error),
        other => Cause::Workbook(other.to_string()).into(),
    }
}
