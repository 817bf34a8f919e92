//! What a person chooses about the workbooks, whatever they are made of: kept by the settings, told to a run, taken
//! back by undo. A new choice is a field here, its words and its control.

use serde::{Deserialize, Serialize};

use super::columns::Columns;
use super::filters::Filter;
use super::form::Form;
use super::merge::Merge;
use super::reading::Reading;

/// All that is chosen beside sources, place and workers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choices {
    /// What files are made.
    #[serde(skip_serializing_if = "Form::is_default")]
    pub form: Form,
    /// Cells of a CSV file that a spreadsheet would take for formulas begin with an apostrophe.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub guard: bool,
    /// Which source files share a finished file.
    #[serde(skip_serializing_if = "Merge::is_default")]
    pub merge: Merge,
    /// Which columns a workbook has.
    #[serde(skip_serializing_if = "Columns::is_auto")]
    pub columns: Columns,
    /// Which records become rows; all where there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<Filter>,
    /// How source files are read.
    pub reading: Reading,
    /// What is done where a workbook is already there.
    pub if_exists: IfExists,
    /// How far workbooks are compressed.
    pub compression: Compression,
    /// Texts are wrapped in their cells, and rows as high as they need; else rows are of one height.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub wrap: bool,
    /// How a finished file is proven before it gets its name.
    #[serde(skip_serializing_if = "Proof::is_default")]
    pub proof: Proof,
    /// No report is made beside the workbooks.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub no_report: bool,
}

impl Choices {
    /// Automatic columns begin with those that say where a record comes from.
    #[must_use]
    pub fn has_origin(&self) -> bool {
        self.merge.is_on() && !self.merge.no_origin && self.columns.as_chosen().is_none()
    }
}

/// How a finished file is proven before it gets its name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Proof {
    /// Records and rows are counted, and all cells are read back and compared with what was written.
    #[default]
    ReadBack,
    /// Records and rows are counted.
    Count,
}

impl Proof {
    #[allow(clippy::trivially_copy_pass_by_ref)] // as serde asks
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// How far workbooks are compressed: time against size. What stands in them is the same.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Compression {
    /// Half the time of [`Compression::Normal`] for about a tenth more bytes.
    Fast,
    /// About as small as Excel makes them.
    #[default]
    Normal,
    /// Ten times the time for a few bytes in a hundred.
    Small,
}

/// What to do when the workbook is already there; chosen before the start.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IfExists {
    /// Leave it when it was made from the source file as it is now and with the same choices.
    #[default]
    Skip,
    /// Replace it.
    Overwrite,
    /// Write `name (2).xlsx` beside it.
    KeepBoth,
    /// Convert nothing at all.
    Stop,
}
