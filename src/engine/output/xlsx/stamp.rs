//! What a workbook remembers of its making: a custom document property, by which a later run knows
//! its own workbooks and whether they are up to date.

use std::fs::{File, Metadata};
use std::io::{BufReader, Read};
use std::path::Path;
use std::time::UNIX_EPOCH;

use zip::ZipArchive;

use crate::engine::input::source_file::SourceFile;
use crate::engine::job::columns::Columns;
use crate::engine::job::reading::Reading;

/// The property's name.
pub const NAME: &str = "Sheetmill";

/// Raised when the same source file and choices give other rows than before.
const READING: u32 = 3;

/// The stamp of a workbook made now: the reading's version, the source file's size, time of change and place
/// (as a checksum: a workbook goes to others, whom the path does not concern), and the choices. Equal stamps mean
/// an equal workbook.
#[must_use]
pub fn of(file: &SourceFile, source: &Metadata, columns: &Columns, reading: &Reading) -> String {
    let path = file.path();
    let path = std::path::absolute(&path).unwrap_or(path);
    let place = crc32fast::hash(format!("{}\n{}", path.display(), file.name.display()).as_bytes());
    let changed = source.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
    let choices = serde_json::to_string(&(columns, reading)).unwrap_or_default();
    format!("{READING} {} {} {place:08x} {choices}", source.len(), changed.as_nanos())
}

/// The stamp of the workbook at `path`; `None` for anything that is no whole workbook of ours.
#[must_use]
pub fn read(path: &Path) -> Option<String> {
    let mut archive = ZipArchive::new(BufReader::new(File::open(path).ok()?)).ok()?;
    let mut xml = String::new();
    archive.by_name("docProps/custom.xml").ok()?.take(1 << 20).read_to_string(&mut xml).ok()?;
    let (_, property) = xml.split_once(&format!("name=\"{NAME}\""))?;
    let (_, value) = property.split_once("<vt:lpwstr>")?;
    let (value, _) = value.split_once("</vt:lpwstr>")?;
    Some(value.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&"))
}
