//! What the forms share that keep every text whole in one cell: CSV, JSON Lines and Parquet. A row has as many cells
//! as the file's header; only values that a person asked to have cells of their own make a column wider than one.
//!
//! Each grows in a spool, in memory while it is small, and is copied when it is whole: the seam gives the file to write
//! into at the end, since other forms know only then what stands at its beginning.

pub mod kinds;

use std::borrow::Cow;
use std::io::Read as _;
use std::path::Path;

use super::digest::Digest;
use super::field::Field;
use super::heads::numbered;
use super::{Limits, RowError};
use crate::engine::error::difference::Difference;
use crate::engine::error::{Cause, Halt};
use crate::engine::input::regular;
use crate::engine::job::columns::Column;
use crate::engine::job::columns::kind::Kind;

/// Cells in a row: as many as a worksheet has, so that all forms have the same columns.
const MOST_COLUMNS: usize = 16_384;
/// A stop is heard after so many rows.
pub const ROWS: u64 = 1024;

/// Texts of any length in one cell.
pub const LIMITS: Limits = Limits { columns: MOST_COLUMNS, cell_units: usize::MAX };

/// The words over the cells: the columns' own names, kept as they are.
pub fn heads(columns: &[Column], widths: &[usize], shown: impl Fn(&str) -> Cow<'_, str>) -> Vec<String> {
    let first: Vec<String> = columns.iter().map(|column| shown(column.header()).into_owned()).collect();
    numbered(&first, widths)
}

/// Cells that each column takes, and the rows taken.
#[derive(Debug)]
pub struct Widths {
    pub cells: Vec<usize>,
    pub rows: u64,
}

impl Widths {
    /// Before the first row.
    pub fn new(cells: &[usize]) -> Self {
        Self { cells: cells.to_vec(), rows: 0 }
    }

    /// Takes a row in. Before the first one a column may still grow: the header is not written yet.
    pub fn take(&mut self, fields: &[Field]) -> Result<(), RowError> {
        let mut too_narrow = false;
        for (width, field) in self.cells.iter_mut().zip(fields) {
            let needed = field.values().len();
            if needed > *width {
                *width = needed;
                too_narrow |= self.rows > 0;
            }
        }
        if too_narrow {
            return Err(RowError::TooNarrow);
        }
        let cells: usize = self.cells.iter().sum();
        if cells > MOST_COLUMNS {
            return Err(RowError::Halted(Cause::TooManyColumns(cells).into()));
        }
        self.rows += 1;
        Ok(())
    }

    /// A row's cells, each with its place from 0; what is missing is empty.
    pub fn row<'f>(&self, fields: &'f [Field]) -> impl Iterator<Item = (u32, &'f str)> {
        let each = self.cells.iter().enumerate().flat_map(move |(at, &width)| {
            let values = fields.get(at).map(Field::values).unwrap_or_default();
            values.iter().map(|value| &**value).chain(std::iter::repeat_n("", width.saturating_sub(values.len())))
        });
        (0..).zip(each)
    }
}

/// The digest of all cells, where it was asked for.
#[derive(Debug)]
pub struct Digested(Option<Digest>);

impl Digested {
    /// Nothing taken yet.
    pub fn new(is_wanted: bool) -> Self {
        Self(is_wanted.then(Digest::default))
    }

    /// A cell, which may be empty.
    pub fn cell(&mut self, row: u64, column: u32, text: &str) {
        if let Some(digest) = self.0.as_mut().filter(|_| !text.is_empty()) {
            digest.cell(row, column, text);
        }
    }

    /// A cell of this kind that holds no text, as [`Typed::told`](crate::engine::job::columns::kind::Typed::told) tells it.
    pub fn typed(&mut self, row: u64, column: u32, kind: Kind, told: &str) {
        if let Some(digest) = &mut self.0 {
            digest.typed(row, column, kind, told);
        }
    }

    /// 32 hexadecimal digits.
    pub fn finish(&self) -> Option<String> {
        self.0.as_ref().map(Digest::finish)
    }
}

/// It can't be read to its end as what it is.
pub fn unproven(why: &impl ToString) -> Halt {
    Cause::NotProven(Difference::NotWhole(why.to_string())).into()
}

/// It begins with bytes that the disk has never written: of a text nothing else tells what a power cut left of it from
/// what a person has made of it.
pub fn is_unwritten(path: &Path) -> bool {
    let mut begin = [1; 4];
    regular::open(path).is_ok_and(|mut file| file.read_exact(&mut begin).is_ok() && begin == [0; 4])
}

#[cfg(test)]
mod tests;
