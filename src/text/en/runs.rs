//! A run in figures, in English.

use super::{English, plural};
use crate::text::count;
use crate::text::language::{EndedAs, RunWords};

impl RunWords for English {
    fn made(&self, workbooks: usize) -> String {
        format!("{} made", plural(workbooks as u64, "workbook", "workbooks"))
    }

    fn ended(&self, how: EndedAs, files: usize) -> String {
        let how = match how {
            EndedAs::WithLosses => "with losses",
            EndedAs::UpToDate => "up to date",
            EndedAs::Failed => "failed",
            EndedAs::UnknownFormat => "of unknown format",
            EndedAs::Skipped => "skipped",
            EndedAs::Stopped => "stopped",
            EndedAs::Unread => "not readable",
        };
        format!("{} {how}", count(files as u64))
    }

    fn with_losses(&self, what: &str) -> String {
        format!("made, with losses: {what}")
    }

    fn journal_failed(&self, why: &str) -> String {
        format!(
            "The journal in the output folder could not be written: {why}. The workbooks are complete; what is told of them here is kept nowhere else."
        )
    }

    fn rows(&self, records: u64, rows: u64) -> String {
        format!("{} → {}", self.records(records), plural(rows, "row", "rows"))
    }

    fn records(&self, records: u64) -> String {
        plural(records, "record", "records")
    }

    fn first_of(&self, rows: usize, records: Option<u64>) -> String {
        let first = count(rows as u64);
        match records {
            Some(1) if rows == 1 => "1 record".into(),
            Some(all) if all == rows as u64 => format!("all {first} records"),
            Some(all) => format!("first {first} of {} records", count(all)),
            None => format!("first {first} records"),
        }
    }
}
