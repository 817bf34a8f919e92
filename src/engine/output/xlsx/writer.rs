//! The writer: rows → worksheets → a finished workbook, in bounded memory.
//!
//! `rust_xlsxwriter` makes the workbook but for its rows ([`super::package::template`]); the rows are written as XML
//! and compressed here, a part at a time, because they are all but everything of a workbook and the
//! library takes twice what the compressor alone does. The package is made last, when all is known that
//! its headers say: rows, and how many cells the longest field of a column takes (`text`, `text (2)`, …).
//! Only where a field that is not the last column's outgrows its cells late do the cells of the rows
//! before it stand in the wrong place: then [`RowError::TooNarrow`] asks the caller to begin again.

use std::io::{self, Write};
use std::path::PathBuf;

use super::cell::{Changed, Fit};
use super::deflate::parts::{Packed, Parts};
use super::deflate::{self, Part};
use super::package::Package;
use super::package::zip::{About, Archive};
use super::sheet::{self, SheetXml, typed};
use crate::engine::error::{Cause, Halt, writing};
use crate::engine::job::choices::Compression;
use crate::engine::job::columns::Column;
use crate::engine::notes::NoteKind;
use crate::engine::output::digest::Digest;
use crate::engine::output::field::Field;
use crate::engine::output::target::spool;
use crate::engine::output::{Helpers, NewFile, RowError, RowSink, Written};

/// Rows of a worksheet below its header (Excel: 1,048,576 in all).
pub const ROWS: u64 = 1_048_575;
/// Columns of a worksheet.
pub const MOST_COLUMNS: usize = 16_384;
/// Bytes of XML up to which a worksheet is one piece.
const WHOLE: usize = 2 << 20;
/// Bytes of XML that are compressed at a time of a larger one: they stay in a core's cache.
const PART: usize = 1 << 20;
/// Rows that are copied rather than kept apart from what stands before them.
const SMALL: usize = 64 << 10;

/// One workbook in the making.
pub struct WorkbookWriter<'a> {
    folder: PathBuf,
    columns: Vec<Column>,
    stamp: String,
    compression: Compression,
    wraps: bool,
    helpers: &'a dyn Helpers,
    /// Cells a column takes.
    widths: Vec<usize>,
    /// Room for what makes the values of a row fit, in their order.
    fits: Vec<Fit>,
    sheet: SheetXml,
    current: Parts<'a>,
    /// Shared strings, compressed but for the last of them.
    shared: Option<Parts<'a>>,
    /// Rows of a full worksheet.
    most_rows: u64,
    /// Rows of the current worksheet, and of all.
    row: u32,
    rows: u64,
    /// Worksheets whose rows are complete.
    full: Vec<Worksheet>,
    digest: Option<Digest>,
}

/// A worksheet's rows, or shared strings, compressed but for the last of them.
struct Worksheet {
    rows: u32,
    packed: Packed,
    rest: Vec<u8>,
}

impl<'a> WorkbookWriter<'a> {
    /// A workbook without rows.
    #[must_use]
    pub fn new(file: NewFile, helpers: &'a dyn Helpers) -> Self {
        let NewFile { folder, columns, widths, stamp, compression, wraps, digested } = file;
        Self {
            folder: folder.to_owned(),
            columns: columns.to_vec(),
            stamp: stamp.to_owned(),
            compression,
            wraps,
            helpers,
            widths: widths.to_vec(),
            fits: Vec::new(),
            sheet: SheetXml::new(wraps, typed::kinds(columns)),
            current: Parts::new(spool::new(folder), compression, helpers),
            shared: None,
            most_rows: ROWS,
            row: 0,
            rows: 0,
            full: Vec::new(),
            digest: digested.then(Digest::default),
        }
    }

    /// Makes the values of a row fit; gives how many there are.
    fn fit(&mut self, fields: &[Field], note: &mut dyn FnMut(NoteKind, u64)) -> usize {
        let mut count = 0;
        for value in fields.iter().flat_map(Field::values) {
            if count == self.fits.len() {
                self.fits.push(Fit::default());
            }
            let fit = &mut self.fits[count];
            fit.set(value);
            if fit.changed != Changed::default() {
                let Changed { controls, no_characters, breaks } = fit.changed;
                let told = [
                    (NoteKind::ControlCharacters, controls),
                    (NoteKind::NoCharacters, no_characters),
                    (NoteKind::BreaksReplaced, breaks),
                ];
                told.into_iter().filter(|(_, count)| *count > 0).for_each(|(kind, count)| note(kind, count));
            }
            if fit.cells() > 1 {
                note(NoteKind::LongField, fit.cells() as u64);
            }
            count += 1;
        }
        count
    }

    fn write_row(&mut self, fields: &[Field], values: usize) -> Result<(), Halt> {
        let cells: usize = self.widths.iter().sum();
        if cells > MOST_COLUMNS {
            return Err(Cause::TooManyColumns(cells).into());
        }
        if u64::from(self.row) == self.most_rows {
            self.end_worksheet()?;
        }
        self.row += 1;
        self.rows += 1;
        self.digest_row(fields, values);
        self.sheet.row(self.row, fields, &self.fits[..values], &self.widths);
        let full = if self.current.is_empty() { WHOLE } else { PART };
        if self.sheet.bytes().len() >= full {
            let room = self.current.room();
            self.current.add(self.sheet.take_into(room)).map_err(writing)?;
        }
        if self.sheet.shared.length() >= PART {
            let new = || Parts::new(spool::new(&self.folder), self.compression, self.helpers);
            self.shared.get_or_insert_with(new).add(self.sheet.shared.take()).map_err(writing)?;
        }
        Ok(())
    }

    /// The cells of a row as the values say, whatever becomes of them on their way.
    fn digest_row(&mut self, fields: &[Field], values: usize) {
        let Some(digest) = &mut self.digest else { return };
        if self.sheet.is_typed() {
            self.sheet.digest_row(digest, self.rows, fields, &self.fits[..values], &self.widths);
            return;
        }
        let (mut first, mut fits) = (0, self.fits[..values].iter());
        for (field, width) in fields.iter().zip(&self.widths) {
            let pieces = field.values().iter().zip(&mut fits).flat_map(|(value, fit)| fit.pieces(value));
            for (column, piece) in (first..).zip(pieces).filter(|(_, piece)| !piece.is_empty()) {
                digest.cell(self.rows, column, piece);
            }
            first += *width as u32;
        }
    }

    fn end_worksheet(&mut self) -> Result<(), Halt> {
        let next = Parts::new(spool::new(&self.folder), self.compression, self.helpers);
        let packed = std::mem::replace(&mut self.current, next).finish().map_err(writing)?;
        self.full.push(Worksheet { rows: self.row, packed, rest: self.sheet.take() });
        self.row = 0;
        Ok(())
    }
}

impl RowSink for WorkbookWriter<'_> {
    fn row(&mut self, fields: &[Field], note: &mut dyn FnMut(NoteKind, u64)) -> Result<(), RowError> {
        let values = self.fit(fields, note);
        let last = self.widths.len().saturating_sub(1);
        let mut fits = self.fits[..values].iter();
        let mut too_narrow = false;
        for (at, (width, field)) in self.widths.iter_mut().zip(fields).enumerate() {
            let needed = fits.by_ref().take(field.values().len()).map(Fit::cells).sum();
            if needed > *width {
                *width = needed;
                too_narrow |= at != last && self.rows > 0;
            }
        }
        if too_narrow {
            return Err(RowError::TooNarrow);
        }
        Ok(self.write_row(fields, values)?)
    }

    fn widths(&self) -> &[usize] {
        &self.widths
    }

    fn bytes(&mut self) -> Result<u64, Halt> {
        let full: u64 = self.full.iter().map(|worksheet| worksheet.packed.size).sum();
        Ok(full + self.current.estimate(self.sheet.bytes().len()).map_err(writing)?)
    }

    fn finish(mut self: Box<Self>, out: &mut dyn Write) -> Result<Written, Halt> {
        self.end_worksheet()?;
        let rows: Vec<u32> = self.full.iter().map(|worksheet| worksheet.rows).collect();
        let mut strings = std::mem::take(&mut self.sheet.shared);
        let (compression, wraps) = (self.compression, self.wraps);
        let about = (&*self.columns, &*self.widths, wraps);
        let package = Package::new(about, rows, &self.stamp, &self.folder, &mut strings)?;
        let new = || Parts::new(spool::new(&self.folder), self.compression, self.helpers);
        let packed = self.shared.take().unwrap_or_else(new).finish().map_err(writing)?;
        let mut shared = Worksheet { rows: 0, packed, rest: strings.take() };
        let mut full = std::mem::take(&mut self.full);
        let sheets = full.len() as u64;
        let written = package.write(out, |at, name, archive| {
            let Some(at) = at else {
                let (before, behind) = strings.around();
                return shared.write(name, (&before, behind), compression, archive);
            };
            let (Some(worksheet), Some((before, behind))) = (full.get_mut(at), package.around(at)) else {
                return Err(io::Error::other("a worksheet without rows"));
            };
            worksheet.write(name, (&before, &behind), compression, archive)
        });
        written.map_err(writing)?.flush().map_err(writing)?;
        Ok(Written { rows: self.rows, digest: self.digest.as_ref().map(Digest::finish), sheets })
    }
}

impl Worksheet {
    /// Writes the worksheet whole: what stands before its rows, the rows, what stands behind them.
    fn write<W: Write>(
        &mut self,
        name: &str,
        (before, behind): (&str, &str),
        compression: Compression,
        archive: &mut Archive<W>,
    ) -> io::Result<()> {
        let failed = || io::Error::other("the compressor failed");
        let mut rest = std::mem::take(&mut self.rest);
        rest.extend_from_slice(behind.as_bytes());
        let first = if self.packed.size == 0 && rest.len() < SMALL {
            // all of it in one piece, which is a little smaller
            rest.splice(..0, before.bytes());
            None
        } else {
            Some(Part::inner(before.as_bytes(), compression).ok_or_else(failed)?)
        };
        let mut crc = crc32fast::Hasher::new();
        let (mut length, mut packed) = (0, 0);
        if let Some(first) = &first {
            crc.combine(&first.crc);
            crc.combine(&self.packed.crc);
            length += first.length + self.packed.length;
            packed += first.stream.len() as u64 + self.packed.size;
        }
        crc.update(&rest);
        length += rest.len() as u64;
        let written = deflate::compress(&rest, compression, |last| {
            packed += last.len() as u64;
            let about = About { name, crc: crc.finalize(), packed, length };
            archive.member(about, |out| {
                if let Some(first) = &first {
                    out.write_all(&first.stream)?;
                    if self.packed.size > 0 {
                        spool::copy(&mut self.packed.spool, out)?;
                    }
                }
                out.write_all(last)
            })
        });
        sheet::give_back(rest);
        written.ok_or_else(failed)?
    }
}

#[cfg(test)]
mod tests;
