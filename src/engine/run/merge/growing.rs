//! The finished files of one merge as they grow: one, or several where one would be too large.

use std::path::PathBuf;
use std::sync::Arc;

use tempfile::NamedTempFile;

use super::super::convert::Run;
use super::super::convert::checkpoint_writer::written_out;
use super::super::convert::meter::Meter;
use super::super::proof;
use super::batch::{Batch, Row};
use super::needs::Union;
use crate::engine::error::Halt;
use crate::engine::job::choices::Proof;
use crate::engine::notes::NoteKind;
use crate::engine::output::{NewFile, ReadBack, RowError, RowSink, Written, target};
use crate::engine::rows::sieve::Gate;

/// How large a file has become is asked after so many rows, and after so many bytes of texts.
const ASKED_ROWS: u64 = 64;
const ASKED_BYTES: usize = 1 << 20;

/// Hears what a cell cannot hold, with the record's line and key, and its count.
pub type NoteOfRow<'n> = &'n mut dyn FnMut((u64, &str), NoteKind, u64);

/// What grows.
pub struct Growing<'a> {
    run: &'a Run<'a>,
    folder: PathBuf,
    stamp: String,
    union: Arc<Union>,
    /// What depends on the rows before.
    gate: Option<Gate<'a>>,
    open: Option<Open<'a>>,
    /// Whole ones.
    parts: Vec<Part>,
}

struct Open<'a> {
    temporary: NamedTempFile,
    sink: Box<dyn RowSink + 'a>,
    rows: u64,
    /// Since it was asked how large it is.
    unasked: (u64, usize),
}

/// What was taken of a batch.
pub struct Taken {
    /// The number of the part, from 0, in which the first row stands.
    pub part: usize,
    pub rows: u64,
    /// Rows that each filter left out.
    pub left_out: Vec<u64>,
}

/// One that is whole, and waits for its name.
pub struct Part {
    pub temporary: NamedTempFile,
    pub written: Written,
    /// The words over its cells.
    pub heads: Vec<String>,
    /// What was read back of it, where that was asked for.
    pub proof: Option<ReadBack>,
}

impl<'a> Growing<'a> {
    /// Nothing yet, in this folder; with columns as `union` has them.
    #[must_use]
    pub fn new(run: &'a Run<'a>, folder: PathBuf, stamp: String, union: Arc<Union>, gate: Option<Gate<'a>>) -> Self {
        Self { run, folder, stamp, union, gate, open: None, parts: Vec::new() }
    }

    /// How many rows a sample is to be drawn from, where that is being counted: then nothing is written.
    #[must_use]
    pub fn counted(&self) -> Option<u64> {
        self.gate.as_ref().filter(|gate| gate.is_counting()).map(Gate::reached)
    }

    /// Takes all rows of a batch but those that filters leave out. What a cell cannot hold is told to `note` with the
    /// record's line and key.
    ///
    /// # Errors
    /// See [`RowError`].
    pub fn take(&mut self, batch: &Batch, note: NoteOfRow) -> Result<Taken, RowError> {
        let mut taken = Taken { part: self.parts.len(), rows: 0, left_out: Vec::new() };
        let before = self.gate.as_ref().map(|gate| gate.left_out().to_vec());
        batch.each(self.union.columns.len(), |row| {
            let gate = self.gate.as_mut();
            if gate.is_some_and(|gate| gate.passes(row.digests).is_some() || gate.is_counting()) {
                return Ok(());
            }
            self.row(&row, note)?;
            if taken.rows == 0 {
                taken.part = self.parts.len();
            }
            taken.rows += 1;
            Ok::<(), RowError>(())
        })?;
        if let (Some(gate), Some(before)) = (&self.gate, before) {
            taken.left_out = gate.left_out().iter().zip(before).map(|(now, before)| now - before).collect();
        }
        Ok(taken)
    }

    fn row(&mut self, row: &Row, note: NoteOfRow) -> Result<(), RowError> {
        if self.is_full()? {
            self.is_of_kinds()?;
            self.end_part()?;
        }
        if self.open.is_none() {
            self.open = Some(self.begin()?);
        }
        let Some(open) = &mut self.open else { return Ok(()) };
        open.rows += 1;
        open.unasked = (open.unasked.0 + 1, open.unasked.1 + row.bytes);
        let mut note = |kind, count| note((row.line, row.key), kind, count);
        open.sink.row(row.fields, &mut note)?;
        if self.parts.is_empty() { Ok(()) } else { self.is_of_kinds() }
    }

    /// All parts have columns of the same kinds.
    fn is_of_kinds(&self) -> Result<(), RowError> {
        let now = self.open.as_ref().map(|open| open.sink.kinds()).unwrap_or_default();
        let is_other = now.iter().zip(&self.union.columns).any(|(kind, column)| *kind != column.options.kind);
        if is_other { Err(RowError::OtherKind) } else { Ok(()) }
    }

    /// No more rows are to go into the present part.
    fn is_full(&mut self) -> Result<bool, Halt> {
        let merge = &self.run.job.choices.merge;
        let Some(open) = &mut self.open else { return Ok(false) };
        if merge.most_rows.is_some_and(|most| open.rows >= most.get()) {
            return Ok(true);
        }
        let Some(most) = merge.most_bytes else { return Ok(false) };
        if open.unasked.0 < ASKED_ROWS && open.unasked.1 < ASKED_BYTES {
            return Ok(false);
        }
        open.unasked = (0, 0);
        Ok(open.sink.bytes()? >= most.get())
    }

    fn begin(&self) -> Result<Open<'a>, Halt> {
        let choices = &self.run.job.choices;
        let temporary = target::temporary(self.run.output, &self.folder)?;
        let file = NewFile {
            folder: &self.folder,
            columns: &self.union.columns,
            widths: &self.union.widths,
            stamp: &self.stamp,
            compression: choices.compression,
            wraps: choices.wrap,
            digested: choices.proof == Proof::ReadBack,
        };
        Ok(Open { temporary, sink: self.run.form.begin(file, self.run.helpers), rows: 0, unasked: (0, 0) })
    }

    /// Writes the present part out, and proves it.
    fn end_part(&mut self) -> Result<(), Halt> {
        let Some(Open { temporary, sink, .. }) = self.open.take() else { return Ok(()) };
        let (form, stop) = (self.run.form, self.run.control.token());
        let widths = sink.widths().to_vec();
        let written = written_out(sink, temporary.as_file(), stop, &mut Meter::new(&|_, _| (), 0))?;
        let cells = (&*self.union.columns, &*widths);
        let heads = proof::heads(form, cells, &written);
        let proof = proof::read_back(form, temporary.as_file(), cells, &written, self.run.helpers, stop)?;
        self.parts.push(Part { temporary, written, heads, proof });
        Ok(())
    }

    /// All parts, whole and proven; one without rows where filters have left all of them out.
    ///
    /// # Errors
    /// When one cannot be written or proven, or the run is stopped.
    pub fn end(mut self) -> Result<Vec<Part>, Halt> {
        if self.parts.is_empty() && self.open.is_none() {
            self.open = Some(self.begin()?);
        }
        self.end_part()?;
        Ok(self.parts)
    }
}
