//! A run in figures: files, records, rows.

use crate::engine::LeftOut;

/// How files ended other than as a workbook that was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndedAs {
    /// Its workbook was there already, made of the same file and choices.
    UpToDate,
    /// It has no workbook, for a reason that can be told.
    Failed,
    /// In no known format, and left alone.
    UnknownFormat,
    /// Left out by a person.
    Skipped,
    /// Given up or never begun, because the run was stopped.
    Stopped,
    /// A folder or link that could not be looked into.
    Unread,
}

/// Words about what a run made.
pub trait RunWords {
    /// `12 hidden files left out`: so much in an input is no source file, for this reason.
    fn left_out(&self, why: LeftOut, number: usize) -> String;

    /// `22 workbooks made`.
    fn made(&self, workbooks: usize) -> String;

    /// `3 failed`: so many files ended like this.
    fn ended(&self, how: EndedAs, files: usize) -> String;

    /// `1,327 records → 1,327 rows`.
    fn rows(&self, records: u64, rows: u64) -> String;

    /// `61 records`.
    fn records(&self, records: u64) -> String;

    /// `first 50 of 412 records`; `None` where nobody has counted them.
    fn first_of(&self, rows: usize, records: Option<u64>) -> String;
}
