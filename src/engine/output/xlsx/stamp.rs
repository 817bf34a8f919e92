//! Where a workbook keeps its stamp: in a custom document property.

use std::io::{BufReader, Read};
use std::path::Path;

use zip::ZipArchive;

use crate::engine::input::regular;

/// The property's name.
pub const NAME: &str = "Sheetmill";

/// The stamp of the workbook at `path`; `None` for anything that is no whole workbook of ours.
#[must_use]
pub fn read(path: &Path) -> Option<String> {
    let mut archive = ZipArchive::new(BufReader::new(regular::open(path).ok()?)).ok()?;
    let mut xml = String::new();
    archive.by_name("docProps/custom.xml").ok()?.take(1 << 20).read_to_string(&mut xml).ok()?;
    let (_, property) = xml.split_once(&format!("name=\"{NAME}\""))?;
    let (_, value) = property.split_once("<vt:lpwstr>")?;
    let (value, _) = value.split_once("</vt:lpwstr>")?;
    Some(value.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&"))
}
