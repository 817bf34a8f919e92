//! Which rows of the list a person wants to see, and by what they are sorted.

use crate::engine::Outcome;
use crate::session::{Counts, FileState};

/// Files in one state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Filter {
    #[default]
    All,
    Running,
    Waiting,
    Done,
    UpToDate,
    /// Converted, with something to tell.
    Noted,
    Failed,
    NotRecognised,
    Skipped,
    Stopped,
}

impl Filter {
    /// As the chips stand.
    pub const EACH: [Self; 10] = [
        Self::All,
        Self::Running,
        Self::Waiting,
        Self::Done,
        Self::UpToDate,
        Self::Noted,
        Self::Failed,
        Self::NotRecognised,
        Self::Skipped,
        Self::Stopped,
    ];

    /// True for a file in this state.
    #[must_use]
    pub fn takes(self, state: &FileState) -> bool {
        match (self, state) {
            (Self::All, _) | (Self::Waiting, FileState::Waiting) => true,
            (Self::Running, state) if state.is_held() => true,
            (Self::Noted, _) => state.is_noted(),
            (Self::Skipped, _) => state.is_skipped(),
            (_, FileState::Ended(report)) => matches!(
                (self, &report.outcome),
                (Self::Done, Outcome::Converted { .. })
                    | (Self::UpToDate, Outcome::UpToDate { .. })
                    | (Self::Failed, Outcome::Failed(_))
                    | (Self::NotRecognised, Outcome::NotRecognised(_))
                    | (Self::Stopped, Outcome::Stopped)
            ),
            _ => false,
        }
    }

    /// How many files of these are in this state.
    #[must_use]
    pub fn of(self, counts: &Counts, all: usize) -> usize {
        match self {
            Self::All => all,
            Self::Running => counts.running + counts.gathered,
            Self::Waiting => counts.waiting,
            Self::Done => counts.converted,
            Self::UpToDate => counts.up_to_date,
            Self::Noted => counts.noted,
            Self::Failed => counts.failed,
            Self::NotRecognised => counts.not_recognised,
            Self::Skipped => counts.skipped,
            Self::Stopped => counts.stopped,
        }
    }
}

/// What the list is sorted by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SortBy {
    /// As the files were found.
    #[default]
    List,
    Name,
    Size,
    Records,
    State,
    Time,
    Outcome,
}
