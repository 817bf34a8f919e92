//! Which records become rows: filters that a person chooses, each a line of text that reads the same in a preset, on
//! the command line and in a report ([`line`]).
//!
//! Whatever the order of the lines, a record is asked first what it holds, then whether it came before, then whether
//! it is an n-th one, and the sample is drawn last: a sample of 1,000 has 1,000 rows.

mod line;
mod parts;
#[cfg(test)]
mod tests;

use std::num::NonZeroU64;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

pub use line::BadFilter;
pub use parts::{Pattern, Share};

/// Characters of a line that is shortened.
const SHORT: usize = 200;

/// One filter; a record that it leaves out becomes no row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Filter {
    /// Records whose column passes the test are kept, and no others; or they are dropped, and no others.
    Column {
        /// Those that pass are kept.
        keeps: bool,
        /// A header or a field's name, in any letter case, or a place (`:file`).
        column: String,
        /// What is asked.
        test: Test,
    },
    /// Records that have nothing but white space in any of these columns, or at all, are dropped.
    Empty(Vec<String>),
    /// Records that have the same in these columns as an earlier one, or the same at all, are dropped. One that has
    /// nothing in these columns is no other's duplicate.
    Duplicates(Vec<String>),
    /// The first record is kept, and each n-th behind it.
    Every(NonZeroU64),
    /// As many are kept as this, drawn by lot; the same seed draws the same again.
    Sample {
        /// How many.
        size: Size,
        /// Any number.
        seed: u64,
    },
}

/// What is asked of a column's values in a record. Letter case counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// One of them contains this text.
    Contains(String),
    /// A part of one of them matches this pattern.
    Matches(Pattern),
    /// All of them together have more characters than this.
    Longer(u64),
    /// One of them is a line of this file, spaces at both ends apart.
    In(PathBuf),
}

/// How much of the records a sample is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// So many of each finished file, or all where there are no more.
    Records(NonZeroU64),
    /// About so large a part: each record is drawn or not by itself.
    Share(Share),
}

impl Filter {
    /// The columns that it asks.
    #[must_use]
    pub fn columns(&self) -> &[String] {
        match self {
            Self::Column { column, .. } => std::slice::from_ref(column),
            Self::Empty(columns) | Self::Duplicates(columns) => columns,
            Self::Every(_) | Self::Sample { .. } => &[],
        }
    }

    /// The file that holds its list.
    #[must_use]
    pub fn list(&self) -> Option<&Path> {
        match self {
            Self::Column { test: Test::In(list), .. } => Some(list),
            _ => None,
        }
    }

    /// With its list's path, where it has one that is not whole, taken from this folder on.
    #[must_use]
    pub fn from_folder(self, folder: &Path) -> Self {
        let list = self.list().map(|list| folder.join(list));
        list.map(|list| self.clone().with_list(list)).unwrap_or(self)
    }

    /// With another list in the place of its own.
    #[must_use]
    pub fn with_list(mut self, path: PathBuf) -> Self {
        if let Self::Column { test: Test::In(list), .. } = &mut self {
            *list = path;
        }
        self
    }

    /// Its line, for a journal that repeats it for each file: no longer than some 200 characters.
    #[must_use]
    pub fn short(&self) -> String {
        let line = self.to_string();
        match line.char_indices().nth(SHORT) {
            Some((end, _)) => format!("{}…", &line[..end]),
            None => line,
        }
    }

    /// When it is asked: those of a lower rank first.
    #[must_use]
    pub fn rank(&self) -> u8 {
        match self {
            Self::Column { .. } | Self::Empty(_) => 0,
            Self::Duplicates(_) => 1,
            Self::Every(_) => 2,
            Self::Sample { size: Size::Share(_), .. } => 3,
            Self::Sample { size: Size::Records(_), .. } => 4,
        }
    }
}
