//! The lines of a journal. Names are stable; new ones may come, and a reader passes over what it doesn't know.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::engine::error::Cause;
use crate::engine::error::left_out::LeftOut;
use crate::engine::job::reading::FormatKind;
use crate::engine::notes::{Note, NoteKind};

/// One line: `{"file": {…}}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Entry {
    /// A run begins; all that follows is of it, until the next.
    Run(RunEntry),
    /// A finished file is about to get its name whose form has no place for a stamp: what a run leaves that is killed
    /// just then is known for our own by this, and made anew.
    Coming(MadeEntry),
    /// A note about the file whose entry follows.
    Note(NoteEntry),
    /// A file is done with.
    File(Box<FileEntry>),
    /// Finished files that many source files share are there; the entries of these stand before it.
    Merged(MergedEntry),
    /// What was left out of the list.
    LeftOut(LeftOutEntry),
    /// A source file was touched since, and holds the same.
    Same(SameEntry),
    /// At the end of the run a finished file was not there any more, or not as it was made.
    Gone(GoneEntry),
    /// The run came to its end. Where this is missing it was killed.
    End(EndEntry),
}

/// How a run began.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunEntry {
    /// The program's version.
    pub version: String,
    /// Seconds since 1970.
    pub began: u64,
    /// What was to be converted.
    pub inputs: Vec<String>,
    /// What the finished files end with.
    pub form: String,
    /// The choices of the run, in words of a preset's file.
    pub choices: serde_json::Value,
    /// Finished files were read back before they got their names.
    pub verified: bool,
}

/// One place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NoteEntry {
    /// The source file's name in the list.
    pub file: String,
    /// What, and where.
    #[serde(flatten)]
    pub note: Note,
}

/// What became of a source file, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Every record is a row.
    Made,
    /// It is made, and something of the source is in no row.
    MadeWithLosses,
    /// It has no finished file.
    Failed,
    /// It holds no records, or is in no known format.
    NotRecognised,
}

/// What became of a source file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Its name in the list.
    pub name: String,
    /// Where it stood.
    #[serde(with = "super::path_text")]
    pub source: PathBuf,
    /// Its size, in bytes, when it was read.
    pub bytes: u64,
    /// Its time of change, in nanoseconds since 1970, when it was read.
    pub changed: i128,
    /// When anything about it was changed last, in nanoseconds since 1970, where the system keeps that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inode_changed: Option<i64>,
    /// Of its bytes as they stand on the disk, of a member as they come out of its archive; `None` where they were not
    /// read to their end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_digest: Option<String>,
    /// It is a member of the archive at `source`, whose size and times stand here.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_member: bool,
    /// What became of it.
    pub verdict: Verdict,
    /// The finished file, below the output folder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made: Option<MadeEntry>,
    /// Its rows stand in this finished file, or the first of them do, which it shares with others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<PathBuf>,
    /// What the source holds, counted where records begin.
    pub owed: u64,
    /// Records read.
    pub records: u64,
    /// Rows written.
    pub rows: u64,
    /// `[filter, records]` of each filter, and how many it left out; records are rows and these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out_by: Vec<(String, u64)>,
    /// From its beginning to its end, in milliseconds.
    pub took: u64,
    /// Its encoding, once known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// How records stand in it, once known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<FormatKind>,
    /// `[kind, places, sum]` of each kind of note.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<(NoteKind, u64, u64)>,
    /// Why there is no finished file: a [`Cause`] as a value, so that one of a later version is kept as well.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<serde_json::Value>,
    /// Line of the source where that happened, from 1, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// The same in plain English, for who reads the journal itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

impl FileEntry {
    /// Why there is no finished file; `None` where this version doesn't know the cause, or where nobody kept it.
    #[must_use]
    pub fn cause(&self) -> Option<Cause> {
        self.cause.as_ref().and_then(|cause| Cause::deserialize(cause).ok())
    }
}

/// A finished file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MadeEntry {
    /// Its name below the output folder.
    #[serde(with = "super::path_text")]
    pub name: PathBuf,
    /// Its size, in bytes.
    pub bytes: u64,
    /// Its time of change, in nanoseconds since 1970.
    pub changed: i128,
    /// What stands in its header's cells.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub header: Vec<String>,
    /// Of the cells of all rows, as they were read back; `None` where that was not asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
    /// What it remembers of its making, where its form has no place for that in the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stamp: Option<String>,
}

/// What many source files were merged into: one finished file, or several parts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergedEntry {
    /// The finished file's name below the output folder, without the number of a part.
    #[serde(with = "super::path_text")]
    pub name: PathBuf,
    /// By what it is known again: the same where all source files and choices are.
    pub stamp: String,
    /// The parts, in their order; at least one.
    pub parts: Vec<PartEntry>,
    /// Source files whose rows stand in it.
    pub sources: usize,
    /// Names of source files that are left out for what they are: empty, no text, in no known format, or without records.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub without_records: Vec<String>,
    /// Source files that could not be read to their ends, and are left out.
    #[serde(default)]
    pub failures: usize,
}

/// One of the finished files of a merge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartEntry {
    /// The finished file.
    pub made: MadeEntry,
    /// Its rows.
    pub rows: u64,
}

/// What was left out of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOutEntry {
    /// Where it stands.
    pub path: String,
    /// The reason; `None` where it could not be read.
    pub why: Option<LeftOut>,
}

/// A source file that was read again, for something about it was changed, and holds what it held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SameEntry {
    /// The finished file's name below the output folder.
    #[serde(with = "super::path_text")]
    pub made: PathBuf,
    /// When anything about the source was changed last, as [`FileEntry::inode_changed`].
    pub inode_changed: i64,
}

/// A finished file that somebody has taken away or changed before the run came to its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoneEntry {
    /// The source file's name in the list.
    pub file: String,
    /// The finished file's name below the output folder.
    #[serde(with = "super::path_text")]
    pub made: PathBuf,
}

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndEntry {
    /// Files in the list.
    pub files: usize,
    /// Finished files made.
    pub made: usize,
    /// Finished files, made now or before, that lack something of their sources.
    pub with_losses: usize,
    /// Finished files that were there.
    pub up_to_date: usize,
    /// Without a finished file, for a reason that is told.
    pub failed: usize,
    /// Without records, or in no known format.
    pub not_recognised: usize,
    /// Begun and given up, or never begun.
    pub stopped: usize,
    /// Left out by a person.
    pub skipped: usize,
    /// Finished files that were not there any more.
    #[serde(default)]
    pub gone: usize,
    /// In milliseconds.
    pub took: u64,
}
