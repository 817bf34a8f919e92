//! Excel workbooks: the only place that names `rust_xlsxwriter`, and that knows what Excel can hold.

mod cell;
mod deflate;
mod package;
mod sheet;
#[doc(hidden)]
pub mod stages;
mod stamp;
mod writer;

use std::borrow::Cow;
use std::path::Path;

use cell::{CELL_UNITS, Fit};
use writer::{MOST_COLUMNS, WorkbookWriter};

use super::{Helpers, Limits, NewFile, OutputForm, RowSink};

/// Workbooks of Excel 2007 and later, `.xlsx`.
#[derive(Debug, Clone, Copy)]
pub struct Xlsx;

impl OutputForm for Xlsx {
    fn extension(&self) -> &'static str {
        "xlsx"
    }

    fn limits(&self) -> Limits {
        Limits { columns: MOST_COLUMNS, cell_units: CELL_UNITS }
    }

    fn shown<'v>(&self, value: Cow<'v, str>) -> Cow<'v, str> {
        Fit::of(&value).text(value)
    }

    fn cells(&self, value: &str) -> usize {
        Fit::of(value).cells()
    }

    fn stamp_at(&self, target: &Path) -> Option<String> {
        stamp::read(target)
    }

    fn begin<'a>(&self, file: NewFile<'a>, helpers: &'a dyn Helpers) -> Box<dyn RowSink + 'a> {
        Box::new(WorkbookWriter::new(file, helpers))
    }
}
