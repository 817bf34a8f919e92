//! What a finished file remembers of its making, by which a later run knows its own files and whether they are
//! up to date. Where it stands in a file is the form's affair.

use std::fs::Metadata;
use std::time::UNIX_EPOCH;

use crate::engine::input::source_file::SourceFile;
use crate::engine::job::columns::Columns;
use crate::engine::job::reading::Reading;

/// Raised when the same source file and choices give other rows than before.
const READING: u32 = 5;

/// The stamp of a file made now: the reading's version, the source file's size, time of change and place
/// (as a checksum: a finished file goes to others, whom the path does not concern), and the choices. Equal stamps mean
/// an equal file.
#[must_use]
pub fn of(file: &SourceFile, source: &Metadata, columns: &Columns, reading: &Reading) -> String {
    let path = file.path();
    let path = std::path::absolute(&path).unwrap_or(path);
    let place = crc32fast::hash(format!("{}\n{}", path.display(), file.name.display()).as_bytes());
    let changed = source.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
    let choices = serde_json::to_string(&(columns, reading)).unwrap_or_default();
    format!("{READING} {} {} {place:08x} {choices}", source.len(), changed.as_nanos())
}
