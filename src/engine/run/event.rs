//! All that a run can say, as values, never as sentences.

use std::path::PathBuf;
use std::time::Duration;

use crate::engine::error::{ConvertError, ScanError};
use crate::engine::input::source_file::SourceFile;
use crate::engine::job::reading::{EncodingName, FormatKind};
use crate::engine::notes::Notes;

/// One thing that happened. `file` counts the source files of the run from 0, in list order.
#[derive(Debug, Clone)]
pub enum Event {
    /// The next source files of the list.
    Found(Vec<SourceFile>),
    /// A folder or link that could not be read and was passed over.
    PassedOver {
        path: PathBuf,
        why: ScanError,
    },
    /// The scan is in this folder (or archive) now; at most ten a second.
    Scanning {
        folder: PathBuf,
    },
    /// The list is complete, until something is added to it; `files` and `bytes` are of all of it.
    Scanned {
        files: usize,
        bytes: u64,
    },
    /// Again for a file that is tried again.
    Started {
        file: usize,
        /// Counts from 0; at most as many as there are workers at that time.
        worker: usize,
    },
    /// At most ten a second for a file. `bytes` of the source file done, reading and writing weighed
    /// as they cost; `records` found so far.
    Progress {
        file: usize,
        bytes: u64,
        records: u64,
    },
    Finished {
        file: usize,
        report: Box<Report>,
    },
}

/// What became of one source file.
#[derive(Debug, Clone)]
pub struct Report {
    pub outcome: Outcome,
    pub records: u64,
    pub rows: u64,
    /// Size of the source file as read, and of its workbook.
    pub bytes_in: u64,
    pub bytes_out: u64,
    /// Once known.
    pub encoding: Option<EncodingName>,
    /// How records stand in it, once known.
    pub format: Option<FormatKind>,
    pub notes: Notes,
    pub elapsed: Duration,
}

#[derive(Debug, Clone)]
pub enum Outcome {
    /// The workbook stands complete at `target`.
    Converted {
        target: PathBuf,
    },
    /// The workbook at `target` was made before from this source file with the same choices.
    UpToDate {
        target: PathBuf,
    },
    Failed(Box<ConvertError>),
    /// The file is in no known format ([`Cause::NotRecognised`](crate::engine::error::Cause)) and was left alone.
    NotRecognised(Box<ConvertError>),
    /// The run was stopped while the file was in work; nothing of it was kept.
    Stopped,
    /// A person left it out while it waited.
    Skipped,
}

impl Report {
    /// Of a file that nobody worked at.
    pub(super) fn without_work(outcome: Outcome) -> Self {
        Self {
            outcome,
            records: 0,
            rows: 0,
            bytes_in: 0,
            bytes_out: 0,
            encoding: None,
            format: None,
            notes: Notes::default(),
            elapsed: Duration::ZERO,
        }
    }
}

impl Outcome {
    /// Why there is no workbook, where something about the file is the reason.
    #[must_use]
    pub fn problem(&self) -> Option<&ConvertError> {
        match self {
            Self::Failed(error) | Self::NotRecognised(error) => Some(error),
            Self::Converted { .. } | Self::UpToDate { .. } | Self::Stopped | Self::Skipped => None,
        }
    }
}

/// The whole run in figures.
#[derive(Debug, Clone, Default)]
pub struct Summary {
    pub files: usize,
    pub converted: usize,
    pub up_to_date: usize,
    pub failed: usize,
    /// In no known format, and left alone.
    pub not_recognised: usize,
    /// Begun and given up, or never begun, because the run was stopped.
    pub stopped: usize,
    /// Left out by a person while they waited.
    pub skipped: usize,
    /// Folders and links that could not be read.
    pub passed_over: usize,
    pub records: u64,
    pub rows: u64,
    pub bytes_in: u64,
    pub bytes_out: u64,
    /// Counts by kind over all files, without places.
    pub notes: Notes,
    pub elapsed: Duration,
}

impl Summary {
    pub(super) fn add(&mut self, report: &Report) {
        match report.outcome {
            Outcome::Converted { .. } => self.converted += 1,
            Outcome::UpToDate { .. } => self.up_to_date += 1,
            // counted at the end: what failed may be tried again, what was stopped may never have begun
            Outcome::Failed(_) | Outcome::NotRecognised(_) | Outcome::Stopped | Outcome::Skipped => {}
        }
        if matches!(report.outcome, Outcome::Converted { .. }) {
            self.records += report.records;
            self.rows += report.rows;
            self.bytes_in += report.bytes_in;
            self.bytes_out += report.bytes_out;
            self.notes.add_counts(&report.notes);
        }
    }
}
