//! Excel workbooks: the only place that names `rust_xlsxwriter`, and that knows what Excel can hold.

mod cell;
mod deflate;
mod package;
mod read_back;
mod shared;
mod sheet;
#[doc(hidden)]
pub mod stages;
mod stamp;
pub mod tables;
mod writer;

use std::borrow::Cow;
use std::fs::File;
use std::path::Path;

use cell::{CELL_UNITS, Fit};
use sheet::typed;
use writer::{MOST_COLUMNS, WorkbookWriter};

use super::{Alone, Helpers, Limits, NewFile, OutputForm, ReadBack, RowSink};
use crate::engine::error::Halt;
use crate::engine::job::columns::Column;
use crate::engine::job::columns::kind::{Holds, Kind};
use crate::engine::stop::StopToken;

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

    fn holds(&self) -> Holds {
        Holds { kinds: &[Kind::Number, Kind::Date, Kind::Truth], is_by_column: false, first_day: typed::FIRST_DAY }
    }

    fn shown<'v>(&self, value: Cow<'v, str>) -> Cow<'v, str> {
        Fit::of(&value).text(value)
    }

    fn heads(&self, columns: &[Column], widths: &[usize]) -> Vec<String> {
        package::heads::heads(columns, widths)
    }

    fn cells(&self, value: &str) -> usize {
        Fit::of(value).cells()
    }

    fn stamp_at(&self, target: &Path) -> Option<String> {
        stamp::read(target)
    }

    fn is_changed(&self, target: &Path) -> bool {
        stamp::is_changed(target)
    }

    fn is_remnant(&self, target: &Path) -> bool {
        stamp::is_remnant(target)
    }

    fn read_back(&self, file: &File, stop: &StopToken) -> Result<ReadBack, Halt> {
        read_back::read_back(file, stop, &Alone)
    }

    fn read_back_by(&self, file: &File, helpers: &dyn Helpers, stop: &StopToken) -> Result<ReadBack, Halt> {
        read_back::read_back(file, stop, helpers)
    }

    fn read_by_library(&self, file: &File, stop: &StopToken) -> Result<ReadBack, Halt> {
        read_back::library::read_back(file, stop)
    }

    fn begin<'a>(&self, file: NewFile, helpers: &'a dyn Helpers) -> Box<dyn RowSink + 'a> {
        Box::new(WorkbookWriter::new(file, helpers))
    }
}
