//! The writer: header, rows, worksheets, in constant memory.
//!
//! `rust_xlsxwriter`'s constant-memory mode keeps one row at a time and is the only one of its modes
//! that is right for a text that begins with `<r>` and ends with `</r>`. It writes top-down, so the
//! header must know how many cells the longest field takes (`text`, `text_2`, …). The first rows are
//! therefore held back: a common file is complete before its header is written. Where a later row
//! is longer, [`Full::TooNarrow`] asks the caller to begin again with the widths it then knows.

use std::io::Write;
use std::path::Path;

use rust_xlsxwriter::{DocProperties, Format, Workbook, Worksheet, XlsxError};

use super::cell::{Cell, Field};
use super::stamp;
use crate::engine::columns::Column;
use crate::engine::error::Cause;
use crate::engine::target::writing;

/// Rows of a worksheet below its header (Excel: 1,048,576 in all).
pub const ROWS: u64 = 1_048_575;
/// Columns of a worksheet.
pub const MOST_COLUMNS: usize = 16_384;
/// Bytes of rows held back before the header is written.
const HELD_BACK: usize = 4 << 20;
/// zlib-rs at level 5: 0.2 % larger than at 6, a tenth less CPU.
const LEVEL: u8 = 5;
/// Worksheets whose XML may pass 4 GB need zip64.
const LARGE: u64 = 3 << 30;

/// Why a row could not be taken.
#[derive(Debug)]
pub enum Full {
    /// The header is written and this row needs more cells; the caller widens and begins again.
    TooNarrow,
    Failed(Cause),
}

/// One workbook in the making.
pub struct WorkbookWriter<'a> {
    workbook: Workbook,
    columns: &'a [Column],
    /// Cells a column takes.
    widths: Vec<usize>,
    held: Vec<Vec<Field>>,
    held_bytes: usize,
    header_written: bool,
    /// Rows of the current worksheet, and of all.
    row: u32,
    rows: u64,
    bytes: u64,
    largest: u64,
    worksheets: u32,
    bold: Format,
}

impl<'a> WorkbookWriter<'a> {
    /// Temporary data is kept in `folder`; `widths` are the cells that each column takes at least.
    ///
    /// # Errors
    /// When temporary data cannot be written there.
    pub fn new(folder: &Path, columns: &'a [Column], widths: &[usize], stamp: &str) -> Result<Self, Cause> {
        let mut workbook = Workbook::new();
        workbook.set_tempdir(folder).map_err(cause)?;
        workbook.set_zip_compression_level(LEVEL);
        workbook.set_properties(&DocProperties::new().set_custom_property(stamp::NAME, stamp));
        Ok(Self {
            workbook,
            columns,
            widths: widths.to_vec(),
            held: Vec::new(),
            held_bytes: 0,
            header_written: false,
            row: 0,
            rows: 0,
            bytes: 0,
            largest: 0,
            worksheets: 0,
            bold: Format::new().set_bold(),
        })
    }

    /// Cells that each column takes so far.
    #[must_use]
    pub fn widths(&self) -> &[usize] {
        &self.widths
    }

    /// Takes one row: a field for each column.
    ///
    /// # Errors
    /// See [`Full`].
    pub fn row(&mut self, fields: Vec<Field>) -> Result<(), Full> {
        for (width, field) in self.widths.iter_mut().zip(&fields) {
            let needed = field.cells();
            if needed > *width {
                if self.header_written {
                    return Err(Full::TooNarrow);
                }
                *width = needed;
            }
        }
        if self.header_written {
            return self.write_row(&fields).map_err(Full::Failed);
        }
        self.held_bytes += fields.iter().map(Field::length).sum::<usize>();
        self.held.push(fields);
        if self.held_bytes > HELD_BACK { self.release().map_err(Full::Failed) } else { Ok(()) }
    }

    /// Writes the workbook out.
    ///
    /// # Errors
    /// When `out` or the temporary data cannot be written.
    pub fn finish(mut self, out: impl Write + Send) -> Result<u64, Cause> {
        self.release()?;
        self.end_worksheet()?;
        self.workbook.use_zip_large_file(self.largest > LARGE);
        self.workbook.save_to_writer(out).map_err(cause)?;
        Ok(self.rows)
    }

    /// Writes what was held back; from here on the widths are fixed.
    fn release(&mut self) -> Result<(), Cause> {
        if !self.header_written {
            let cells: usize = self.widths.iter().sum();
            if cells > MOST_COLUMNS {
                return Err(Cause::TooManyColumns(cells));
            }
            self.begin_worksheet()?;
            self.header_written = true;
        }
        for fields in std::mem::take(&mut self.held) {
            self.write_row(&fields)?;
        }
        self.held_bytes = 0;
        Ok(())
    }

    fn write_row(&mut self, fields: &[Field]) -> Result<(), Cause> {
        if u64::from(self.row) == ROWS {
            self.end_worksheet()?;
            self.begin_worksheet()?;
        }
        self.row += 1;
        self.rows += 1;
        let row = self.row;
        self.bytes += fields.iter().map(|field| field.length() as u64).sum::<u64>() + 64 * fields.len() as u64;
        let worksheet = current(&mut self.workbook, self.worksheets)?;
        let mut first = 0;
        for (field, width) in fields.iter().zip(&self.widths) {
            let mut column = first;
            for value in field.values() {
                let cell = Cell { text: value.as_str().into(), left_out: 0 };
                for piece in cell.pieces() {
                    worksheet.write_string(row, column, piece).map_err(cause)?;
                    column += 1;
                }
            }
            first += *width as u16;
        }
        Ok(())
    }

    fn begin_worksheet(&mut self) -> Result<(), Cause> {
        self.workbook.add_worksheet_with_constant_memory().map_err(cause)?;
        self.worksheets += 1;
        self.row = 0;
        let worksheet = current(&mut self.workbook, self.worksheets)?;
        worksheet.set_freeze_panes(1, 0).map_err(cause)?;
        let mut column = 0;
        for (about, &width) in self.columns.iter().zip(&self.widths) {
            for n in 1..=width {
                let head = if n == 1 { about.header().to_owned() } else { format!("{}_{n}", about.header()) };
                worksheet.set_column_width(column, characters(about.name())).map_err(cause)?;
                worksheet.write_string_with_format(0, column, head, &self.bold).map_err(cause)?;
                column += 1;
            }
        }
        Ok(())
    }

    fn end_worksheet(&mut self) -> Result<(), Cause> {
        let last = self.widths.iter().sum::<usize>().max(1) as u16 - 1;
        let row = self.row;
        current(&mut self.workbook, self.worksheets)?.autofilter(0, 0, row, last).map_err(cause)?;
        self.largest = self.largest.max(std::mem::take(&mut self.bytes));
        Ok(())
    }
}

fn current(workbook: &mut Workbook, worksheets: u32) -> Result<&mut Worksheet, Cause> {
    workbook.worksheet_from_index(worksheets as usize - 1).map_err(cause)
}

/// A column's width in characters: enough to read ids and titles, and the beginning of a text.
fn characters(name: &str) -> f64 {
    match name {
        Column::TEXT => 90.0,
        "title" => 32.0,
        "url" => 44.0,
        _ => 14.0,
    }
}

fn cause(error: XlsxError) -> Cause {
    match error {
        XlsxError::IoError(error) | XlsxError::TempFileError(_, error) => writing(error),
        other => Cause::Workbook(other.to_string()),
    }
}
