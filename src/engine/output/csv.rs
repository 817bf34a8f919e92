//! CSV as RFC 4180 has it: commas, CRLF, quotes where they are needed. It begins with a byte order mark, without which
//! Excel takes UTF-8 for the system's encoding. Every character is kept, control characters and line breaks too.
//!
//! A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula. Whoever is to open files of strangers
//! in one can have such cells guarded by an apostrophe; else they stay what they are.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write};
use std::path::Path;

use csv::{ReaderBuilder, StringRecord, Terminator, WriterBuilder};
use tempfile::SpooledTempFile;

use super::digest::Digest;
use super::field::Field;
use super::target::spool;
use super::whole::{self, Digested, LIMITS, ROWS, Widths, unproven};
use super::{Helpers, Limits, NewFile, OutputForm, ReadBack, RowError, RowSink, Written};
use crate::engine::error::{Halt, writing};
use crate::engine::job::columns::Column;
use crate::engine::notes::NoteKind;
use crate::engine::stop::StopToken;

/// The byte order mark of UTF-8.
const MARK: &[u8] = "\u{feff}".as_bytes();
/// What a row ends with.
const END: &[u8] = b"\r\n";

/// Tables as text, `.csv`.
#[derive(Debug, Clone, Copy)]
pub struct Csv {
    /// Cells that a spreadsheet takes for formulas begin with an apostrophe.
    pub is_guarded: bool,
}

impl Csv {
    fn guarded(self, value: &str) -> Cow<'_, str> {
        let is_formula = self.is_guarded && value.starts_with(['=', '+', '-', '@', '\t', '\r']);
        if is_formula { format!("'{value}").into() } else { value.into() }
    }
}

impl OutputForm for Csv {
    fn extension(&self) -> &'static str {
        "csv"
    }

    fn limits(&self) -> Limits {
        LIMITS
    }

    fn shown<'v>(&self, value: Cow<'v, str>) -> Cow<'v, str> {
        match self.guarded(&value) {
            Cow::Owned(guarded) => guarded.into(),
            Cow::Borrowed(_) => value,
        }
    }

    fn heads(&self, columns: &[Column], widths: &[usize]) -> Vec<String> {
        whole::heads(columns, widths, |head| self.guarded(head))
    }

    fn keeps_stamp(&self) -> bool {
        false
    }

    fn own_choice(&self) -> Option<&'static str> {
        self.is_guarded.then_some("guard")
    }

    fn is_remnant(&self, target: &Path) -> bool {
        whole::is_unwritten(target)
    }

    fn read_back(&self, file: &File, stop: &StopToken) -> Result<ReadBack, Halt> {
        read_back(file, stop)
    }

    fn begin<'a>(&self, file: NewFile, _: &'a dyn Helpers) -> Box<dyn RowSink + 'a> {
        let NewFile { folder, columns, widths, digested, .. } = file;
        let out = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(spool::new(folder));
        let (widths, digest) = (Widths::new(widths), Digested::new(digested));
        Box::new(Table { form: *self, columns: columns.to_vec(), widths, digest, out, bytes: 0 })
    }
}

/// A table in the making.
struct Table {
    form: Csv,
    columns: Vec<Column>,
    widths: Widths,
    digest: Digested,
    out: csv::Writer<SpooledTempFile>,
    /// Of the cells so far.
    bytes: u64,
}

impl Table {
    fn header(&mut self) -> Result<(), Halt> {
        let heads = self.form.heads(&self.columns, &self.widths.cells);
        self.out.write_record(&heads).map_err(|error| writing(error.into()))
    }
}

impl RowSink for Table {
    fn row(&mut self, fields: &[Field], note: &mut dyn FnMut(NoteKind, u64)) -> Result<(), RowError> {
        self.widths.take(fields)?;
        if self.widths.rows == 1 {
            self.header()?;
        }
        let mut guarded = 0;
        for (column, value) in self.widths.row(fields) {
            let text = self.form.guarded(value);
            guarded += u64::from(matches!(text, Cow::Owned(_)));
            self.digest.cell(self.widths.rows, column, &text);
            self.bytes += text.len() as u64 + 1;
            self.out.write_field(&*text).map_err(|error| writing(error.into()))?;
        }
        self.out.write_record(None::<&[u8]>).map_err(|error| writing(error.into()))?;
        if guarded > 0 {
            note(NoteKind::CellsGuarded, guarded);
        }
        Ok(())
    }

    fn widths(&self) -> &[usize] {
        &self.widths.cells
    }

    fn bytes(&mut self) -> Result<u64, Halt> {
        Ok(self.bytes)
    }

    fn finish(mut self: Box<Self>, out: &mut dyn Write) -> Result<Written, Halt> {
        if self.widths.rows == 0 {
            self.header()?;
        }
        let Self { widths, digest, out: table, .. } = *self;
        let mut spool = table.into_inner().map_err(|error| writing(io::Error::other(error.to_string())))?;
        out.write_all(MARK).map_err(writing)?;
        spool::copy(&mut spool, out).map_err(writing)?;
        Ok(Written { rows: widths.rows, digest: digest.finish(), sheets: 1 })
    }
}

/// All cells, by the library's reader, which shares no code with its writer.
fn read_back(mut file: &File, stop: &StopToken) -> Result<ReadBack, Halt> {
    let mut bounds = || -> io::Result<([u8; 3], [u8; 2])> {
        let (mut begin, mut end) = ([0; 3], [0; 2]);
        file.rewind()?;
        file.read_exact(&mut begin)?;
        file.seek(SeekFrom::End(-2))?;
        file.read_exact(&mut end)?;
        file.rewind()?;
        Ok((begin, end))
    };
    let (begin, end) = bounds().map_err(|error| unproven(&error))?;
    if begin != MARK || end != END {
        return Err(unproven(&"it doesn't begin and end as it was written"));
    }
    let mut table = ReaderBuilder::new().has_headers(false).buffer_capacity(256 << 10).from_reader(file);
    let mut record = StringRecord::new();
    let mut next = |record: &mut StringRecord| table.read_record(record).map_err(|error| unproven(&error));
    if !next(&mut record)? {
        return Err(unproven(&"no header"));
    }
    let header = record.iter().map(str::to_owned).collect();
    let (mut digest, mut rows) = (Digest::default(), 0);
    while next(&mut record)? {
        rows += 1;
        if rows % ROWS == 0 {
            stop.checkpoint()?;
        }
        for (column, text) in (0..).zip(&record).filter(|(_, text)| !text.is_empty()) {
            digest.cell(rows, column, text);
        }
    }
    Ok(ReadBack { header, rows, digest: digest.finish() })
}
