//! JSON Lines: an object a row, in a line of its own, with the columns' names as keys in the columns' order.
//!
//! Every value is a string unless its column is one of numbers or of truth, and every object has all keys: where a record
//! has nothing for a column stands `""`, or `null` where it would be no string, so that whoever reads the first lines
//! knows them all, and no reader finds two types in one column. Every character is kept.

mod value;

use std::fmt;
use std::fs::File;
use std::io::{self, BufRead as _, BufReader, BufWriter, Seek as _, Write};
use std::path::Path;

use serde::Deserializer as _;
use serde::de::{MapAccess, Visitor};
use tempfile::SpooledTempFile;

use super::digest::Digest;
use super::field::Field;
use super::target::spool;
use super::whole::kinds::{Change, Kinds};
use super::whole::{self, Digested, LIMITS, ROWS, Widths, unproven};
use super::{Helpers, Limits, NewFile, OutputForm, ReadBack, RowError, RowSink, Written};
use crate::engine::error::{Halt, writing};
use crate::engine::job::columns::Column;
use crate::engine::job::columns::kind::{Holds, Kind};
use crate::engine::notes::NoteKind;
use crate::engine::stop::StopToken;
use value::Value;

/// A JSON object a line, `.jsonl`.
#[derive(Debug, Clone, Copy)]
pub struct Jsonl;

impl OutputForm for Jsonl {
    fn extension(&self) -> &'static str {
        "jsonl"
    }

    fn limits(&self) -> Limits {
        LIMITS
    }

    /// Days are strings wherever JSON is read.
    fn holds(&self) -> Holds {
        Holds { kinds: &[Kind::Number, Kind::Truth], is_by_column: true, first_day: i32::MIN }
    }

    fn heads(&self, columns: &[Column], widths: &[usize]) -> Vec<String> {
        whole::heads(columns, widths, |head| head.into())
    }

    fn has_heads_without_rows(&self) -> bool {
        false
    }

    fn keeps_stamp(&self) -> bool {
        false
    }

    fn is_remnant(&self, target: &Path) -> bool {
        whole::is_unwritten(target)
    }

    fn read_back(&self, file: &File, stop: &StopToken) -> Result<ReadBack, Halt> {
        read_back(file, stop)
    }

    fn begin<'a>(&self, file: NewFile, _: &'a dyn Helpers) -> Box<dyn RowSink + 'a> {
        let NewFile { folder, columns, widths, digested, .. } = file;
        let out = BufWriter::with_capacity(64 << 10, spool::new(folder));
        let (widths, digest) = (Widths::new(widths), Digested::new(digested));
        let kinds = Kinds::new(columns, self.holds());
        let columns = columns.to_vec();
        Box::new(Objects { columns, widths, kinds, of_cells: Vec::new(), digest, keys: Vec::new(), out, bytes: 0 })
    }
}

/// Lines in the making.
struct Objects {
    columns: Vec<Column>,
    widths: Widths,
    kinds: Kinds,
    /// The kinds of the cells, from the first row on, where one is no text.
    of_cells: Vec<Kind>,
    digest: Digested,
    /// What stands before each value: `{"id":`, `,"text":`.
    keys: Vec<Vec<u8>>,
    out: BufWriter<SpooledTempFile>,
    /// Of the keys and values so far.
    bytes: u64,
}

impl Objects {
    fn row(&mut self, fields: &[Field]) -> io::Result<()> {
        if self.widths.rows == 1 {
            for head in Jsonl.heads(&self.columns, &self.widths.cells) {
                let before = if self.keys.is_empty() { '{' } else { ',' };
                self.keys.push(format!("{before}{}:", serde_json::to_string(&head)?).into_bytes());
            }
            self.of_cells = self.kinds.of_cells(&self.widths.cells);
        }
        if !self.of_cells.is_empty() {
            return self.typed_row(fields);
        }
        for ((column, value), key) in self.widths.row(fields).zip(&self.keys) {
            self.digest.cell(self.widths.rows, column, value);
            self.bytes += (key.len() + value.len()) as u64 + 2;
            self.out.write_all(key)?;
            serde_json::to_writer(&mut self.out, value)?;
        }
        self.out.write_all(if self.keys.is_empty() { b"{}\n" } else { b"}\n" })
    }

    /// A row where columns have kinds.
    fn typed_row(&mut self, fields: &[Field]) -> io::Result<()> {
        for (((column, value), key), kind) in self.widths.row(fields).zip(&self.keys).zip(&self.of_cells) {
            self.out.write_all(key)?;
            self.bytes += (key.len() + value.len()) as u64 + 2;
            let row = self.widths.rows;
            match self.kinds.typed(*kind, value) {
                Some(typed) => {
                    self.digest.typed(row, column, typed.kind(), &typed.told(value));
                    self.out.write_all(value::json(typed, value).as_bytes())?;
                }
                None if !kind.is_text() && value.is_empty() => self.out.write_all(b"null")?,
                None => {
                    self.digest.cell(row, column, value);
                    serde_json::to_writer(&mut self.out, value)?;
                }
            }
        }
        self.out.write_all(b"}\n")
    }
}

impl RowSink for Objects {
    fn row(&mut self, fields: &[Field], _: &mut dyn FnMut(NoteKind, u64)) -> Result<(), RowError> {
        self.widths.take(fields)?;
        // before the first line a column may still become text
        if self.kinds.see(fields) == Change::Text && self.widths.rows > 1 {
            return Err(RowError::OtherKind);
        }
        Ok(self.row(fields).map_err(writing)?)
    }

    fn widths(&self) -> &[usize] {
        &self.widths.cells
    }

    fn kinds(&self) -> &[Kind] {
        self.kinds.now()
    }

    fn bytes(&mut self) -> Result<u64, Halt> {
        Ok(self.bytes)
    }

    fn finish(self: Box<Self>, out: &mut dyn Write) -> Result<Written, Halt> {
        let Self { widths, digest, out: lines, .. } = *self;
        let mut spool = lines.into_inner().map_err(|error| writing(error.into_error()))?;
        spool::copy(&mut spool, out).map_err(writing)?;
        Ok(Written { rows: widths.rows, digest: digest.finish(), sheets: 1 })
    }
}

/// All values, by `serde_json`'s reader. The first line's keys are the header, and every other line's.
fn read_back(mut file: &File, stop: &StopToken) -> Result<ReadBack, Halt> {
    file.rewind().map_err(|error| unproven(&error))?;
    let mut lines = BufReader::with_capacity(256 << 10, file);
    let (mut line, mut found) = (Vec::new(), Found::default());
    loop {
        line.clear();
        if lines.read_until(b'\n', &mut line).map_err(|error| unproven(&error))? == 0 {
            break;
        }
        found.rows += 1;
        if found.rows % ROWS == 0 {
            stop.checkpoint()?;
        }
        if line.pop() != Some(b'\n') {
            return Err(unproven(&"a line without its end"));
        }
        let mut object = serde_json::Deserializer::from_slice(&line);
        object.deserialize_map(Object(&mut found)).and_then(|()| object.end()).map_err(|error| unproven(&error))?;
    }
    let Found { header, rows, digest } = found;
    Ok(ReadBack { header, rows, digest: digest.finish() })
}

#[derive(Default)]
struct Found {
    header: Vec<String>,
    rows: u64,
    digest: Digest,
}

/// Reads one line.
struct Object<'a>(&'a mut Found);

impl<'de> Visitor<'de> for Object<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with the keys of the first")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut object: M) -> Result<(), M::Error> {
        use serde::de::Error as _;
        let Found { header, rows, digest } = self.0;
        let mut count = 0;
        while let Some((key, value)) = object.next_entry::<String, Value>()? {
            if *rows == 1 {
                header.push(key);
            } else if header.get(count) != Some(&key) {
                return Err(M::Error::custom("another key than in the first line"));
            }
            if !value.told.is_empty() {
                digest.typed(*rows, count as u32, value.kind, &value.told);
            }
            count += 1;
        }
        if count == header.len() { Ok(()) } else { Err(M::Error::custom("fewer keys than in the first line")) }
    }
}
