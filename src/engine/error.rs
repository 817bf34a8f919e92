//! What can go wrong: path and cause, no prose. `text.rs` turns these into sentences.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use super::stop::Stopped;

/// Why one source file has no workbook. The other files go on.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{}: {cause}", path.display())]
pub struct ConvertError {
    /// The source file, also where its workbook is what cannot be written.
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
    NotRecognised(UnknownText),
    #[error("is an archive or a member of one that cannot be read: {0}")]
    Archive(ArchiveFault),
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
    #[error("its workbook is there, and not to be replaced")]
    AlreadyThere,
    #[error("a record needs {0} columns, more than Excel's 16,384")]
    TooManyColumns(usize),
    #[error("{records} records but {rows} rows")]
    CountsDiffer { records: u64, rows: u64 },
    #[error("the workbook could not be made: {0}")]
    Workbook(String),
    #[error("internal error: {0}")]
    Panic(String),
}

/// Why the work on a file ended before its end.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Halt {
    /// It cannot be done, and why.
    #[error("{0}")]
    Failed(Cause),
    /// The run was told to stop: no fault of the file's.
    #[error("stopped")]
    Stopped,
}

impl From<Cause> for Halt {
    fn from(cause: Cause) -> Self {
        Self::Failed(cause)
    }
}

impl From<Stopped> for Halt {
    fn from(_: Stopped) -> Self {
        Self::Stopped
    }
}

/// An error of reading; those of writing go through [`writing`].
impl From<io::Error> for Halt {
    fn from(error: io::Error) -> Self {
        if Stopped::is(&error) {
            return Self::Stopped;
        }
        let fault = error.get_ref().and_then(|error| error.downcast_ref::<ArchiveFault>()).copied();
        Self::Failed(match (fault, error.kind()) {
            (Some(fault), _) => Cause::Archive(fault),
            // a member that is unpacked for reading
            (None, io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded) => Cause::DiskFull,
            (None, _) => Cause::Read(error.into()),
        })
    }
}

/// What stands behind an error of writing.
#[must_use]
pub fn writing(error: io::Error) -> Halt {
    if Stopped::is(&error) {
        return Halt::Stopped;
    }
    Halt::Failed(match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Cause::DiskFull,
        _ => Cause::Write(error.into()),
    })
}

/// Why an archive, or a file in it, cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ArchiveFault {
    #[error("cut off or damaged")]
    Damaged,
    #[error("holds no files")]
    NoFiles,
    #[error("holds more than a million files")]
    TooManyFiles,
    #[error("grows far beyond its size")]
    TooLarge,
    #[error("its files lie one over the other")]
    Overlapping,
    #[error("one part of several")]
    Split,
    #[error("encrypted")]
    Encrypted,
    /// The number of the method in the zip format.
    #[error("packed by method {0}")]
    Method(u16),
    #[error("other contents than its checksum says")]
    WrongChecksum,
    #[error("longer than it says")]
    WrongSize,
    #[error("sparse")]
    Sparse,
}

impl From<ArchiveFault> for io::Error {
    fn from(fault: ArchiveFault) -> Self {
        Self::new(io::ErrorKind::InvalidData, fault)
    }
}

impl ArchiveFault {
    /// The fault that stands behind an error of reading an archive.
    ///
    /// # Errors
    /// [`Stopped`], where that is what the error is.
    pub fn of(error: &io::Error) -> Result<Self, Stopped> {
        if Stopped::is(error) {
            return Err(Stopped);
        }
        Ok(match (error.get_ref().and_then(|error| error.downcast_ref::<Self>()), error.kind()) {
            (Some(fault), _) => *fault,
            (None, io::ErrorKind::FileTooLarge) => Self::TooLarge,
            _ => Self::Damaged,
        })
    }
}

/// What a file that is not text starts like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FileKind {
    Pdf,
    Zip,
    Tar,
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
pub enum UnknownText {
    /// Nothing but spaces.
    Blank,
    /// JSON, though not an object a line.
    Json,
    Rtf,
    /// Markup with this root in which no element repeats.
    Markup(String),
    Unknown,
}

/// Why a folder or link was not looked into; files elsewhere are.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum ScanError {
    #[error("leads back to {}", .0.display())]
    Loop(PathBuf),
    #[error("cannot be read: {0}")]
    System(Arc<io::Error>),
}

impl From<io::Error> for ScanError {
    fn from(error: io::Error) -> Self {
        Self::System(error.into())
    }
}

impl From<walkdir::Error> for ScanError {
    fn from(error: walkdir::Error) -> Self {
        match error.loop_ancestor() {
            Some(ancestor) => Self::Loop(ancestor.to_owned()),
            None => error.into_io_error().unwrap_or_else(|| io::ErrorKind::Other.into()).into(),
        }
    }
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
    /// Something broke down that belongs to no file.
    #[error("internal error: {0}")]
    Panic(String),
}
