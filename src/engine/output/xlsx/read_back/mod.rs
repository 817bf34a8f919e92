//! Finished workbooks read back, before they get their names: by other code than wrote them, from the finished file.
//!
//! Reading all with the library that people use ([`library`]) takes as long again as making the workbook; this takes
//! a tenth of it, because it knows which of XML's ways a worksheet of ours takes and refuses any other. Tests hold the
//! two equal.

pub mod library;
mod parts;
mod segments;
mod sheet;
mod strings;
#[cfg(test)]
mod tests;
mod typed;

use std::fs::File;
use std::io::{self, BufReader, Seek as _};

use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

use crate::engine::error::difference::Difference;
use crate::engine::error::{Cause, Halt};
use crate::engine::output::digest::Digest;
use crate::engine::output::{Helpers, ReadBack};
use crate::engine::stop::StopToken;
use parts::Parts;
use segments::Segments;
use sheet::Sheet;
use strings::Strings;

/// Worksheets in their order are numbered.
const SHEETS: &str = "xl/worksheets/sheet";
/// The table of shared strings, where there is one.
const STRINGS: &str = "xl/sharedStrings.xml";

/// All cells of all worksheets, which go on where the one before ends, each below the same header. All other parts
/// are read to their ends, so that their checksums are seen.
///
/// # Errors
/// [`Cause::NotProven`] where the workbook is not whole or no worksheet is as ours are; when the run is stopped.
pub fn read_back(mut file: &File, stop: &StopToken, helpers: &dyn Helpers) -> Result<ReadBack, Halt> {
    file.rewind().map_err(|error| unproven(&error))?;
    let mut archive = ZipArchive::new(BufReader::with_capacity(256 << 10, file)).map_err(|error| unproven(&error))?;
    let strings = match archive.by_name(STRINGS) {
        Ok(mut table) => Strings::read(&mut table)?,
        Err(ZipError::FileNotFound) => Strings::default(),
        Err(error) => return Err(unproven(&error)),
    };
    let mut found = Sheet::default();
    found.strings = strings;
    let mut parts = Parts::default();
    let mut sheets = 0;
    for at in 0..archive.len() {
        let name = archive.name_for_index(at).and_then(Result::ok).unwrap_or_default().into_owned();
        let is_sheet = name.strip_prefix(SHEETS);
        if let Some(number) = is_sheet {
            sheets += 1;
            if number != format!("{sheets}.xml") {
                return Err(unproven(&"worksheets out of order"));
            }
        }
        if let Some(bytes) = parts.whole(&mut archive, at)? {
            stop.checkpoint()?;
            is_sheet.map_or(Ok(()), |_| found.whole(bytes))?;
            continue;
        }
        let part = archive.by_index_raw(at).map_err(|error| unproven(&error))?;
        if part.compression() != CompressionMethod::Deflated {
            return Err(unproven(&"a part packed in another way"));
        }
        let told = (part.crc32(), part.size());
        let mut part = Segments::new(part, told, helpers);
        if is_sheet.is_some() {
            found.read(&mut part, stop)?;
        } else {
            io::copy(&mut part, &mut io::sink()).map_err(|error| unproven(&error))?;
        }
    }
    let Sheet { header, rows, digest, .. } = found;
    let header = header.ok_or_else(|| unproven(&"no worksheet"))?;
    Ok(ReadBack { header, rows, digest: Digest::finish(&digest) })
}

fn unproven(why: &impl ToString) -> Halt {
    Cause::NotProven(Difference::NotWhole(why.to_string())).into()
}
