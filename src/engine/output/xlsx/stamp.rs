//! Where a workbook keeps its stamp: in a custom document property.

use std::io::{BufReader, Read};
use std::path::Path;

use zip::ZipArchive;

use super::shared::{STRINGS, STRINGS_PLACE};
use crate::engine::input::regular;

/// The property's name.
pub const NAME: &str = "Sheetmill";

/// Parts that programs write which people change workbooks with, and that ours do not have.
const OTHERS: [&str; 2] = ["docProps/app.xml", "xl/theme/theme1.xml"];

/// A program that keeps properties which it doesn't know has written the workbook anew.
#[must_use]
pub fn is_changed(path: &Path) -> bool {
    let archive = regular::open(path).ok().and_then(|file| ZipArchive::new(BufReader::new(file)).ok());
    archive.is_some_and(|mut archive| {
        let holds = |name: &str| archive.index_for_name(name).is_some();
        if OTHERS.iter().any(|name| holds(name)) {
            return true;
        }
        holds(STRINGS) && {
            let mut xml = String::new();
            let places = archive.by_name("xl/_rels/workbook.xml.rels").ok();
            places.and_then(|places| places.take(1 << 20).read_to_string(&mut xml).ok());
            !xml.contains(STRINGS_PLACE)
        }
    })
}

/// No archive that can be opened, and the beginning of one, or bytes that the disk has never written.
#[must_use]
pub fn is_remnant(path: &Path) -> bool {
    let mut begin = [0; 4];
    regular::open(path).is_ok_and(|mut file| {
        file.read_exact(&mut begin).is_ok()
            && (begin == *b"PK\x03\x04" || begin == [0; 4])
            && ZipArchive::new(BufReader::new(file)).is_err()
    })
}

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
