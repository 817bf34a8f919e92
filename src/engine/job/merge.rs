//! How many finished files there are: one for each source file, or one for many. What belongs to a merged one alone is
//! chosen here as well.

use std::num::NonZeroU64;

use serde::{Deserialize, Serialize};

/// Which source files share a finished file, and how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Merge {
    /// Which share one.
    pub by: MergeBy,
    /// Automatic columns begin without those that say where a record comes from.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub no_origin: bool,
    /// Rows after which a further file is begun.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most_rows: Option<NonZeroU64>,
    /// Bytes after which a further file is begun, about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most_bytes: Option<NonZeroU64>,
    /// A source file that fails is the end of the merged file; else it is left out by name.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub ends_with_failure: bool,
}

/// Which source files share a finished file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MergeBy {
    /// None: each has its own.
    #[default]
    None,
    /// All of a run.
    Run,
    /// Those in one folder, not those in folders below it.
    Folder,
}

impl MergeBy {
    /// All of them, in the order in which people choose.
    pub const ALL: [Self; 3] = [Self::None, Self::Run, Self::Folder];

    /// Its name on the command line and in settings.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Run => "run",
            Self::Folder => "folder",
        }
    }

    /// The one of this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.name() == name)
    }
}

impl Merge {
    /// What is proposed to people who open the files in Excel: beyond it a workbook takes minutes to open and to save,
    /// and gigabytes of memory, long before a worksheet is full.
    pub const PROPOSED_ROWS: u64 = 300_000;
    /// As [`Merge::PROPOSED_ROWS`], in bytes.
    pub const PROPOSED_BYTES: u64 = 200_000_000;

    /// Several source files may share a finished file.
    #[must_use]
    pub fn is_on(&self) -> bool {
        self.by != MergeBy::None
    }

    /// With further files as proposed, or without.
    #[must_use]
    pub fn in_parts(self, is_on: bool) -> Self {
        let proposed = |most| NonZeroU64::new(most).filter(|_| is_on);
        Self { most_rows: proposed(Self::PROPOSED_ROWS), most_bytes: proposed(Self::PROPOSED_BYTES), ..self }
    }

    /// Nothing is chosen.
    #[must_use]
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}
