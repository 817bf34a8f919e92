//! What can go wrong: path and cause, no prose. `text.rs` turns these into sentences.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

/// Why one source file has no workbook. The other files go on.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{}: {cause}", path.display())]
pub struct ConvertError {
    /// The file that the cause is about: the source file, or the workbook for causes of writing.
    pub path: PathBuf,
    /// Line of the source file where it happened, from 1, where that is known.
    pub line: Option<u64>,
    pub cause: Cause,
}

/// The cause of a [`ConvertError`].
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum Cause {
    #[error("cannot be read: {0}")]
    Read(Arc<io::Error>),
    #[error("is empty")]
    Empty,
    #[error("is not text: starts like {0:?}")]
    NotText(FileKind),
    #[error("holds no record")]
    NoRecords,
    #[error("is in no known format: looks like {0:?}")]
    NotRecognised(Look),
    #[error("changed while it was read")]
    Changed,
    #[error("cannot be written: {0}")]
    Write(Arc<io::Error>),
    #[error("no space left on the disk")]
    DiskFull,
    #[error("is open in another program")]
    WorkbookOpen,
    #[error("would replace a source file")]
    TargetIsSource,
    #[error("a record needs {0} columns, more than Excel's 16,384")]
    TooManyColumns(usize),
    #[error("{records} records but {rows} rows")]
    CountsDiffer { records: u64, rows: u64 },
    #[error("the workbook could not be made: {0}")]
    Workbook(String),
    #[error("internal error: {0}")]
    Panic(String),
}

/// What a file that is not text starts like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FileKind {
    Pdf,
    Zip,
    /// An Excel workbook, Word document or the like (a zip archive with Office parts).
    Office,
    /// The older binary Office formats (OLE).
    OldOffice,
    Hwp,
    Gzip,
    Bzip2,
    Xz,
    Zstd,
    SevenZip,
    Image,
    Sound,
    Program,
    /// Bytes that are text in no encoding.
    Unknown,
}

/// What a text in no known format looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Look {
    /// Nothing but spaces.
    Blank,
    /// JSON, though not an object a line.
    Json,
    Rtf,
    /// Markup with this root in which no element repeats.
    Markup(String),
    Unknown,
}

/// Why a run could not begin, or had to end as a whole.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RunError {
    #[error("{}: cannot be read: {source}", path.display())]
    Input { path: PathBuf, source: io::Error },
    #[error("{}: no files found", path.display())]
    NoFiles { path: PathBuf },
    #[error("{}: cannot be written to: {source}", path.display())]
    Output { path: PathBuf, source: io::Error },
    #[error("{count} workbooks are already there, the first is {}", first.display())]
    AlreadyThere { count: usize, first: PathBuf },
    #[error("the workers could not be started: {0}")]
    Workers(String),
}
