//! All that a run can say, as values, never as sentences.

use std::path::PathBuf;
use std::time::Duration;

use crate::engine::error::left_out::{LeftOut, LeftOutCounts};
use crate::engine::error::{ConvertError, ScanError};
use crate::engine::input::source_file::SourceFile;
use crate::engine::job::reading::{EncodingName, FormatKind};
use crate::engine::notes::{NoteKind, Notes};

/// A source file of a run: its place in the list, from 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct FileId(pub u32);

impl FileId {
    /// The file at this place of the list.
    ///
    /// # Panics
    /// Beyond four billion files, of which no machine could hold the list.
    #[must_use]
    pub fn at(place: usize) -> Self {
        Self(u32::try_from(place).expect("a list of four billion files fits into no memory"))
    }

    /// Its place in the list.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A worker of a run, from 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct WorkerId(pub u32);

impl WorkerId {
    /// Its place among the workers.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// One thing that happened.
#[derive(Debug, Clone)]
pub enum Event {
    /// The next source files of the list.
    Found(Vec<SourceFile>),
    /// A folder or link that could not be read and was passed over.
    PassedOver {
        /// The folder or link.
        path: PathBuf,
        /// Why it could not be read.
        why: ScanError,
    },
    /// What stands in an input and is no source file.
    LeftOut {
        /// Where it stands; of a member of an archive, below the archive's path.
        path: PathBuf,
        /// Why it is none.
        why: LeftOut,
    },
    /// The scan is in this folder (or archive) now; at most ten a second.
    Scanning {
        /// The folder or archive.
        folder: PathBuf,
    },
    /// The list is complete, until something is added to it.
    Scanned {
        /// Source files in all of it.
        files: usize,
        /// The sum of their sizes.
        bytes: u64,
    },
    /// More is to be listed: the list is not complete any more.
    Listing,
    /// A file that waited is left out.
    Skipped {
        /// The file.
        file: FileId,
    },
    /// A file that was left out, or that failed, waits again.
    Waiting {
        /// The file.
        file: FileId,
    },
    /// A worker takes a file in hand; again where it is tried again. What it had in hand before is converted, though
    /// it may not be told yet: that waits for the disk.
    Started {
        /// The file.
        file: FileId,
        /// The worker: one of as many as there are at that time.
        worker: WorkerId,
    },
    /// How far a file is; at most ten a second for each.
    Progress {
        /// The file.
        file: FileId,
        /// Bytes of the source file done, reading and writing weighed as they cost.
        bytes: u64,
        /// Records found so far.
        records: u64,
    },
    /// A file that is merged with others is read to its end: it waits for their finished file.
    Gathered {
        /// The file.
        file: FileId,
        /// Its records.
        records: u64,
    },
    /// A file is done with; what was made of it is on the disk.
    Finished {
        /// The file.
        file: FileId,
        /// What became of it.
        report: Box<Report>,
    },
}

/// What became of one source file.
#[derive(Debug, Clone)]
pub struct Report {
    /// What became of it.
    pub outcome: Outcome,
    /// Records found.
    pub records: u64,
    /// Rows written.
    pub rows: u64,
    /// Size of the source file as read, and of its workbook.
    pub bytes_in: u64,
    /// Size of the workbook, in bytes.
    pub bytes_out: u64,
    /// Once known.
    pub encoding: Option<EncodingName>,
    /// How records stand in it, once known.
    pub format: Option<FormatKind>,
    /// What was left out, repaired or carried on.
    pub notes: Notes,
    /// From the file's beginning to its end, pauses included; the disk is not waited for in it.
    pub elapsed: Duration,
}

/// What became of a source file.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// The workbook stands complete at `target`.
    Converted {
        /// The workbook.
        target: PathBuf,
    },
    /// The workbook at `target` was made before from this source file with the same choices.
    UpToDate {
        /// The workbook.
        target: PathBuf,
    },
    /// It has no workbook, and why.
    Failed(Box<ConvertError>),
    /// The file is in no known format ([`Cause::NotRecognised`](crate::engine::error::Cause)) and was left alone.
    NotRecognised(Box<ConvertError>),
    /// The run was stopped while the file was in work; nothing of it was kept.
    Stopped,
    /// A person left it out while it waited.
    Skipped,
}

impl Report {
    /// Places of the source that stand in no row of the workbook that is there, made now or before.
    #[must_use]
    pub fn losses(&self) -> u64 {
        match self.outcome {
            Outcome::Converted { .. } | Outcome::UpToDate { .. } => self.notes.losses(),
            _ => 0,
        }
    }

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
    /// Source files of the list.
    pub files: usize,
    /// Workbooks made.
    pub converted: usize,
    /// Finished files that those converted share; 0 where each has its own.
    pub merged: usize,
    /// Workbooks that were there, made from the same source with the same choices.
    pub up_to_date: usize,
    /// Workbooks, made now or before, without something that their source holds.
    pub with_losses: usize,
    /// Files without a workbook, other than those not recognised.
    pub failed: usize,
    /// In no known format, and left alone.
    pub not_recognised: usize,
    /// Begun and given up, or never begun, because the run was stopped.
    pub stopped: usize,
    /// Left out by a person while they waited.
    pub skipped: usize,
    /// Folders and links that could not be read.
    pub passed_over: usize,
    /// What is no source file, by reason.
    pub left_out: LeftOutCounts,
    /// Records found.
    pub records: u64,
    /// Rows written.
    pub rows: u64,
    /// Bytes of source converted.
    pub bytes_in: u64,
    /// Size of the workbook, in bytes.
    pub bytes_out: u64,
    /// Counts by kind over all files, without places.
    pub notes: Notes,
    /// Workbooks made that were not there any more at the end, or not as they were made.
    pub gone: usize,
    /// Why the journal could not be written, in the system's words.
    pub journal: Option<String>,
    /// From the file's beginning to its end, pauses included.
    pub elapsed: Duration,
}

impl Summary {
    /// Workbooks made in the place of files that were not their sources' own, or were changed, as was asked for.
    #[must_use]
    pub fn replaced(&self) -> usize {
        let counts = self.notes.counts().iter().filter(|(kind, ..)| *kind == NoteKind::Replaced);
        counts.map(|(_, files, _)| *files as usize).sum()
    }

    pub(super) fn add(&mut self, report: &Report) {
        self.with_losses += usize::from(report.losses() > 0);
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
