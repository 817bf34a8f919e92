//! A run in figures: files, records, rows.

use crate::engine::{Cause, LeftOut, Sifted, Unproven, WouldReplace};

/// How files ended other than as a workbook that was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndedAs {
    /// Made now or before, without something that its source holds.
    WithLosses,
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
    /// Made in the place of a file that was not this source's, or was changed, as was asked for.
    Replacing,
    /// Its workbook was made, and is not there any more, or not as it was made.
    Gone,
}

/// Words about what a run made.
pub trait RunWords {
    /// `12 hidden files left out`: so much in an input is no source file, for this reason.
    fn left_out(&self, why: LeftOut, number: usize) -> String;

    /// `22 workbooks made`.
    fn made(&self, workbooks: usize) -> String;

    /// So many source files in so many finished ones.
    fn merged(&self, files: usize, workbooks: usize) -> String;

    /// `3 failed`: so many files ended like this.
    fn ended(&self, how: EndedAs, files: usize) -> String;

    /// `made, with losses: 3 unreadable lines left out`.
    fn with_losses(&self, what: &str) -> String;

    /// Why a workbook is not what was made.
    fn unproven(&self, why: &Unproven) -> String;

    /// That a workbook's source, which stands here, is not what it was made of.
    fn source_changed(&self, source: &str) -> String;

    /// `200 workbooks read back, 1 not as it was made, 3 sources changed since`.
    fn verified(&self, all: usize, differing: usize, changed: usize) -> String;

    /// The words of a report.
    fn report(&self) -> &'static ReportText;

    /// What became of a journal that could not be written.
    fn journal_failed(&self, why: &str) -> String;

    /// Why no report could be made, what that means and what to do, in whole sentences.
    fn report_failed(&self, why: &Cause) -> String;

    /// `12 workbooks would be replaced, 3 of them not made by Sheetmill, 1 changed since it was made.`
    fn would_replace(&self, found: &WouldReplace) -> String;

    /// That so many workbooks were made and are not there any more, and what to do.
    fn gone(&self, workbooks: usize) -> String;

    /// `3 of 50 records left out by filters`, and what is not known of a sample yet.
    fn sifted(&self, sifted: &Sifted) -> String;

    /// `1,200 left out by filters`, of records.
    fn left_out_by_filters(&self, records: u64) -> String;

    /// `1,327 records → 1,327 rows`.
    fn rows(&self, records: u64, rows: u64) -> String;

    /// `61 records`.
    fn records(&self, records: u64) -> String;

    /// `first 50 of 412 records`; `None` where nobody has counted them.
    fn first_of(&self, rows: usize, records: Option<u64>) -> String;
}

/// A table of a report: its name, and its columns with their widths in characters.
pub type ReportTable = (&'static str, &'static [(&'static str, u16)]);

/// The words of a report.
#[derive(Debug)]
pub struct ReportText {
    /// Files, losses and notes, what was left out, totals.
    pub tables: [ReportTable; 4],
    /// Outcomes of files.
    pub made: &'static str,
    /// A record or a part of one is in no row.
    pub made_with_losses: &'static str,
    /// It was made, and was not there any more at the end, or not as it was made.
    pub gone: &'static str,
    /// There is no workbook.
    pub failed: &'static str,
    /// In no known format, or without records.
    pub not_recognised: &'static str,
    /// A workbook was there.
    pub up_to_date: &'static str,
    /// Begun and given up, or never begun.
    pub stopped: &'static str,
    /// Left out by a person.
    pub skipped: &'static str,
    /// All cells were read back and compared.
    pub read_back: &'static str,
    pub with_others: &'static str,
    pub merged: &'static str,
    /// Records and rows were counted.
    pub counted: &'static str,
    /// Something of the source is in no row.
    pub loss: &'static str,
    /// Something was left out, repaired or carried on.
    pub note: &'static str,
    /// A folder or link that could not be read.
    pub unreadable: &'static str,
    /// When the run began.
    pub began: &'static str,
    /// The program's version.
    pub version: &'static str,
    /// A folder or file that was put in.
    pub input: &'static str,
    /// What was chosen.
    pub choices: &'static str,
    /// Before a filter, the records that it left out.
    pub left_out_by: &'static str,
    /// Source files in the list.
    pub files: &'static str,
    /// How long the run took.
    pub seconds: &'static str,
    /// The run came to no end.
    pub ended_early: &'static str,
    /// Rows for which the tables had no room.
    pub missing: &'static str,
}
