//! In which form rows are kept: its name, as settings, the command line and journals say it. What a form does is
//! known in `output/` alone.

use serde::{Deserialize, Serialize};

/// A form of finished files.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// Excel workbooks.
    #[default]
    Xlsx,
    /// Tables as text, commas between the cells.
    Csv,
    /// A JSON object a row, each in a line of its own.
    Jsonl,
    /// Apache Parquet.
    Parquet,
}

impl Form {
    /// All of them, in the order in which people choose.
    pub const ALL: [Self; 4] = [Self::Xlsx, Self::Csv, Self::Jsonl, Self::Parquet];

    /// Its name, which its files end with as well.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
            Self::Parquet => "parquet",
        }
    }

    /// The form of this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.name() == name)
    }

    /// What people choose where nobody says otherwise.
    #[must_use]
    #[allow(clippy::trivially_copy_pass_by_ref)] // as serde asks
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}
