//! What can go wrong: path and cause, no prose. `text/` turns these into sentences.

pub mod difference;
mod io_kept;
pub mod left_out;
pub mod syntax;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::stop::Stopped;
use difference::Difference;
use syntax::SyntaxFault;

/// Why one source file has no workbook. The other files go on.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{}: {cause}", path.display())]
pub struct ConvertError {
    /// The source file, also where its workbook is what cannot be written.
    pub path: PathBuf,
    /// Line of the source file where it happened, from 1, where that is known.
    pub line: Option<u64>,
    /// What is wrong.
    pub cause: Cause,
}

/// The cause of a [`ConvertError`]. A journal keeps it as it is, so that names and fields here are stable.
#[derive(Debug, Clone, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Cause {
    /// The system gives its bytes no more, or they cannot be unpacked.
    #[error("cannot be read: {0}")]
    Read(#[serde(with = "io_kept")] Arc<io::Error>),
    /// It has no bytes.
    #[error("is empty")]
    Empty,
    /// It is no text, and what it starts like.
    #[error("is not text: starts like {0:?}")]
    NotText(FileKind),
    /// It was recognised, and holds no record.
    #[error("holds no record")]
    NoRecords,
    /// It is text in no known format, and what it looks like.
    #[error("is in no known format: looks like {0:?}")]
    NotRecognised(UnknownText),
    /// It is an answer without data, and what it says.
    #[error("is an answer without data: {0}")]
    Refusal(String),
    /// What of the selector needs more than is read of an element before it is known to be a record.
    #[error("the selector cannot find records: {0}")]
    Selector(String),
    /// It is an archive, or stands in one, that cannot be read.
    #[error("is an archive or a member of one that cannot be read: {0}")]
    Archive(ArchiveFault),
    /// No record could be read before or behind the fault.
    #[error("is damaged: {0}")]
    Damaged(SyntaxFault),
    /// The list that a filter names cannot be read; the source file itself can.
    #[error("the list {} cannot be read: {error}", path.display())]
    FilterList {
        /// The list.
        path: PathBuf,
        /// What the system says.
        #[serde(with = "io_kept")]
        error: Arc<io::Error>,
    },
    /// Its size or time is another than when it was listed or opened.
    #[error("changed while it was read")]
    Changed,
    /// The workbook, or temporary data beside it, cannot be written.
    #[error("cannot be written: {0}")]
    Write(#[serde(with = "io_kept")] Arc<io::Error>),
    /// No room is left where the workbook goes, or none that this user may take.
    #[error("no space left on the disk")]
    DiskFull,
    /// The output folder was removed, moved or unmounted since the run began; nothing is written into what stands there
    /// now.
    #[error("the output folder is gone or is another now")]
    OutputGone,
    /// Another program holds the workbook open.
    #[error("is open in another program")]
    WorkbookOpen,
    /// What stands under the workbook's name lies in an input folder and is not ours.
    #[error("would replace a source file")]
    TargetIsSource,
    /// What stands under the workbook's name was not made by this program.
    #[error("would replace a file that is not ours")]
    NotOurs,
    /// The workbook there was made from another source file.
    #[error("would replace the workbook of another source")]
    OtherSource,
    /// The workbook there was changed by somebody since it was made.
    #[error("would replace a workbook that was changed since it was made")]
    ChangedSince,
    /// Its workbook is there and must not be replaced.
    #[error("its workbook is there, and not to be replaced")]
    AlreadyThere,
    /// As was asked for, the file was not merged with others because one of them failed: this one.
    #[error("not merged, for {0} failed")]
    MergeEnded(String),
    /// The file's records together need so many columns or more, which is more than a worksheet has.
    #[error("the file needs {0} columns or more, Excel has 16,384")]
    TooManyColumns(usize),
    /// What the source holds is not what was written: the proof failed.
    #[error("{records} records but {rows} rows")]
    CountsDiffer {
        /// Beginnings of records, less those named as unreadable.
        records: u64,
        /// Rows written.
        rows: u64,
    },
    /// What was read back from the finished file is not what was written.
    #[error("not proven: {0}")]
    NotProven(Difference),
    /// The library that makes workbooks refused, in its words.
    #[error("the workbook could not be made: {0}")]
    Workbook(String),
    /// Something broke down while the file was in work, in its words.
    #[error("internal error: {0}")]
    Panic(String),
}

impl Cause {
    /// It says what the file is: nothing but another file under its name changes that.
    #[must_use]
    pub fn is_of_content(&self) -> bool {
        matches!(self, Self::Empty | Self::NotText(_) | Self::NoRecords | Self::NotRecognised(_) | Self::Refusal(_))
    }

    /// The process has as many files open as it may: soon it may be otherwise.
    #[must_use]
    pub fn is_too_many_open(&self) -> bool {
        let (Self::Read(error) | Self::Write(error)) = self else { return false };
        // EMFILE and ENFILE of all Unix systems; elsewhere these numbers mean something else
        cfg!(unix) && matches!(error.raw_os_error(), Some(23 | 24))
    }
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

/// A folder, pipe, socket or device stands where a file should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a regular file")]
pub struct NotRegular;

impl NotRegular {
    /// True where this error is that.
    #[must_use]
    pub fn is(error: &io::Error) -> bool {
        let Some(inner) = error.get_ref() else { return false };
        inner.is::<Self>()
    }
}

/// Why an archive, or a file in it, cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ArchiveFault {
    /// It ends too early, or its parts do not fit together.
    #[error("cut off or damaged")]
    Damaged,
    /// It is whole and holds no file.
    #[error("holds no files")]
    NoFiles,
    /// More than a million files: an attack on memory.
    #[error("holds more than a million files")]
    TooManyFiles,
    /// What it holds is so much larger than itself that it was made to do harm.
    #[error("grows far beyond its size")]
    TooLarge,
    /// Its directory points to the same bytes twice.
    #[error("its files lie one over the other")]
    Overlapping,
    /// It goes on in other files.
    #[error("one part of several")]
    Split,
    /// It asks for a password.
    #[error("encrypted")]
    Encrypted,
    /// The number of the method in the zip format.
    #[error("packed by method {0}")]
    Method(u16),
    /// What was unpacked is not what was packed.
    #[error("other contents than its checksum says")]
    WrongChecksum,
    /// More was unpacked than its directory says.
    #[error("longer than it says")]
    WrongSize,
    /// A tar member with holes left out.
    #[error("sparse")]
    Sparse,
    /// To unpack it takes so much memory, in MiB: more than is given.
    #[error("takes {0} MiB of memory to unpack")]
    Memory(u32),
}

impl From<ArchiveFault> for io::Error {
    fn from(fault: ArchiveFault) -> Self {
        Self::new(io::ErrorKind::InvalidData, fault)
    }
}

impl ArchiveFault {
    /// So many bytes of memory are more than is given.
    #[must_use]
    pub fn needs_memory(bytes: u64) -> Self {
        Self::Memory(u32::try_from(bytes.div_ceil(1 << 20)).unwrap_or(u32::MAX))
    }

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum FileKind {
    /// A PDF document.
    Pdf,
    /// A zip archive.
    Zip,
    /// A tar archive.
    Tar,
    /// An Excel workbook, Word document or the like (a zip archive with Office parts).
    Office,
    /// The older binary Office formats (OLE).
    OldOffice,
    /// A document of Hangul (the Korean word processor).
    Hwp,
    /// Compressed by gzip, in a place where that is not unpacked.
    Gzip,
    /// Compressed by bzip2, likewise.
    Bzip2,
    /// Compressed by xz, likewise.
    Xz,
    /// Compressed by zstd, likewise.
    Zstd,
    /// A 7z archive.
    SevenZip,
    /// A picture: PNG, JPEG or GIF.
    Image,
    /// Sound: MP3, Ogg, FLAC or WAV.
    Sound,
    /// An executable program.
    Program,
    /// Bytes that are text in no encoding.
    Unknown,
}

/// What a text in no known format looks like.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum UnknownText {
    /// Nothing but spaces.
    Blank,
    /// A page with all that belongs to it in one file (MHTML), which browsers save and some programs call `.xls`.
    WebArchive,
    /// JSON, though not an object a line.
    Json,
    /// A rich-text document.
    Rtf,
    /// Markup with this root in which no element repeats.
    Markup(String),
    /// None of these.
    Unknown,
}

/// Why a folder or link was not looked into; files elsewhere are.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum ScanError {
    /// A link that leads back to this folder, which is being walked.
    #[error("leads back to {}", .0.display())]
    Loop(PathBuf),
    /// The system refuses.
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
    /// An input is not there or cannot be read.
    #[error("{}: cannot be read: {source}", path.display())]
    Input {
        /// The folder or file that was put in.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// No source file was found.
    #[error("{}: no files found", path.display())]
    NoFiles {
        /// The first input.
        path: PathBuf,
    },
    /// The output folder cannot be made or written to.
    #[error("{}: cannot be written to: {source}", path.display())]
    Output {
        /// The output folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The output folder was removed, moved or unmounted in the middle of the run, which ended there.
    #[error("{}: gone or another now", path.display())]
    OutputGone {
        /// The output folder.
        path: PathBuf,
    },
    /// The output folder has no journal that can be read.
    #[error("{}: no journal that can be read: {source}", path.display())]
    NoJournal {
        /// The output folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The list that a filter names cannot be read.
    #[error("{}: cannot be read: {source}", path.display())]
    FilterList {
        /// The list.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Another run is at work in the output folder.
    #[error("{}: another run is at work there", path.display())]
    OutputInUse {
        /// The output folder.
        path: PathBuf,
    },
    /// Workbooks are there, and the job says to stop then.
    #[error("{count} workbooks are already there, the first is {}", first.display())]
    AlreadyThere {
        /// How many.
        count: usize,
        /// The first of them, in list order.
        first: PathBuf,
    },
    /// The system gives no threads, in its words.
    #[error("the workers could not be started: {0}")]
    Workers(String),
    /// Something broke down that belongs to no file.
    #[error("internal error: {0}")]
    Panic(String),
}
