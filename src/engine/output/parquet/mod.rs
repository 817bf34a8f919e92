//! Apache Parquet, for pandas, Polars, `DuckDB` and data sets: a column for each cell of the header, of texts unless a
//! person has chosen another kind, compressed by Zstandard. What a record has nothing for is null, as an empty cell of a workbook is where it is read.
//!
//! The stamp stands in the file's own metadata. No Arrow: its types would add nothing to columns of texts, numbers and
//! days.

mod read_back;
mod typed;
mod writer;

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use ::parquet::file::metadata::FileMetaData;
use ::parquet::file::reader::{FileReader as _, SerializedFileReader};

use super::whole::{self, LIMITS};
use super::{Helpers, Limits, NewFile, OutputForm, ReadBack, RowSink};
use crate::engine::error::Halt;
use crate::engine::input::regular;
use crate::engine::job::columns::Column;
use crate::engine::job::columns::kind::{Holds, Kind};
use crate::engine::panics;
use crate::engine::stop::StopToken;
use writer::Columns;

/// The key of the stamp in a file's metadata.
const STAMP: &str = "Sheetmill";
/// What every file begins and ends with.
const MAGIC: [u8; 4] = *b"PAR1";
/// How the library calls itself, with its version behind it, in each file that it writes.
const WRITER: &str = "parquet-rs ";

/// Columns of texts and of other kinds, `.parquet`.
#[derive(Debug, Clone, Copy)]
pub struct Parquet;

impl OutputForm for Parquet {
    fn extension(&self) -> &'static str {
        "parquet"
    }

    fn limits(&self) -> Limits {
        LIMITS
    }

    fn holds(&self) -> Holds {
        Holds { kinds: &[Kind::Number, Kind::Date, Kind::Truth], is_by_column: true, first_day: i32::MIN }
    }

    fn heads(&self, columns: &[Column], widths: &[usize]) -> Vec<String> {
        whole::heads(columns, widths, |head| head.into())
    }

    fn stamp_at(&self, target: &Path) -> Option<String> {
        about(target, |about| {
            let all = about.key_value_metadata().into_iter().flatten();
            all.filter(|pair| pair.key == STAMP).find_map(|pair| pair.value.clone())
        })?
    }

    fn is_changed(&self, target: &Path) -> bool {
        let is_of_others = |about: &FileMetaData| !about.created_by().is_some_and(|by| by.starts_with(WRITER));
        about(target, is_of_others).unwrap_or_default()
    }

    fn is_remnant(&self, target: &Path) -> bool {
        let mut begin = [1; 4];
        let is_begun = regular::open(target)
            .is_ok_and(|mut file| file.read_exact(&mut begin).is_ok() && (begin == MAGIC || begin == [0; 4]));
        is_begun && about(target, |_| ()).is_none()
    }

    fn read_back(&self, file: &File, stop: &StopToken) -> Result<ReadBack, Halt> {
        read_back::by_columns(file, stop)
    }

    fn read_by_library(&self, file: &File, stop: &StopToken) -> Result<ReadBack, Halt> {
        read_back::by_rows(file, stop)
    }

    fn begin<'a>(&self, file: NewFile, _: &'a dyn Helpers) -> Box<dyn RowSink + 'a> {
        Box::new(Columns::new(file))
    }
}

/// Something about the whole file at `path`; `None` where it is none. What a stranger's file does to the library costs
/// that answer alone.
fn about<T>(path: &Path, ask: impl Fn(&FileMetaData) -> T) -> Option<T> {
    let file = regular::open(path).ok()?;
    let read = || SerializedFileReader::new(file).ok().map(|file| ask(file.metadata().file_metadata()));
    panics::attempt(read).ok()?
}
