//! One source file of a run as a face sees it, and how many are in which state.

use crate::engine::{NoteKind, Outcome, Report, SourceFile};

/// Source files by state.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Not begun.
    pub waiting: usize,
    /// In a worker's hands.
    pub running: usize,
    /// Read to their ends, and waiting for the finished file that they share with others.
    pub gathered: usize,
    /// With a workbook that this run made.
    pub converted: usize,
    /// With a workbook that was there.
    pub up_to_date: usize,
    /// Without a workbook, for a reason that is told.
    pub failed: usize,
    /// Text in no known format.
    pub not_recognised: usize,
    /// Left out by a person.
    pub skipped: usize,
    /// Given up because the run was stopped.
    pub stopped: usize,
    /// Of those converted, how many have something to tell that matters.
    pub noted: usize,
}

impl Counts {
    /// Files that need no more work.
    #[must_use]
    pub fn ended(&self) -> usize {
        self.converted + self.up_to_date + self.failed + self.not_recognised + self.skipped + self.stopped
    }
}

/// One source file and what is known of it.
#[derive(Debug)]
pub struct FileRow {
    /// The file.
    pub source: SourceFile,
    /// How far it is.
    pub state: FileState,
}

/// How far a source file is.
#[derive(Debug)]
pub enum FileState {
    /// Not begun.
    Waiting,
    /// Left out while it waits; it can be wanted back until the run is over.
    Skipped,
    /// In a worker's hands.
    Running {
        /// Bytes of it done.
        bytes: u64,
        /// Records found so far.
        records: u64,
    },
    /// Read to its end; the finished file that it shares with others is not whole yet.
    Gathered {
        /// Bytes of it.
        bytes: u64,
        /// Its records.
        records: u64,
    },
    /// Done with, and what became of it.
    Ended(Box<Report>),
}

impl FileState {
    /// What became of the file, once something has.
    #[must_use]
    pub fn outcome(&self) -> Option<&Outcome> {
        match self {
            Self::Ended(report) => Some(&report.outcome),
            _ => None,
        }
    }

    /// It is in work, or waits for what it is merged with.
    #[must_use]
    pub fn is_held(&self) -> bool {
        matches!(self, Self::Running { .. } | Self::Gathered { .. })
    }

    /// What is told of a file that has just been converted.
    #[must_use]
    pub fn converted(&self) -> Option<&Report> {
        match self {
            Self::Ended(report) if matches!(report.outcome, Outcome::Converted { .. }) => Some(report),
            _ => None,
        }
    }

    /// The file was left out by a person.
    #[must_use]
    pub fn is_skipped(&self) -> bool {
        matches!(self, Self::Skipped) || matches!(self.outcome(), Some(Outcome::Skipped))
    }

    /// Something that the source holds is in no row of the workbook that is there.
    #[must_use]
    pub fn has_losses(&self) -> bool {
        matches!(self, Self::Ended(report) if report.losses() > 0)
    }

    /// The file was converted, and something was noted that is more than what any text with tags has; or something
    /// was lost, now or before.
    #[must_use]
    pub fn is_noted(&self) -> bool {
        let tells = |kind| !matches!(kind, NoteKind::Tags | NoteKind::Comments);
        self.has_losses()
            || self.converted().is_some_and(|report| report.notes.counts().iter().any(|&(kind, ..)| tells(kind)))
    }
}
