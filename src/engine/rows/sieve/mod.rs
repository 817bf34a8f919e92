//! Which records of one finished file become rows: asked for each record in the order of rows, by filters that a person
//! chose.
//!
//! What a filter asks of a column is what its cells would hold: a column of the workbook is found by its header or its
//! name, with all that is done to its values on the way; any other field as it stands in the record, by its name in any
//! letter case or by what that means in the format, as a column that somebody chose would find it.

mod gate;
mod lots;
mod mesh;
mod probe;
#[cfg(test)]
mod tests;

use std::path::Path;

pub use gate::Gate;
pub use mesh::Mesh;
pub use probe::Probe;

use super::shaper::RecordPosition;
use crate::engine::error::Halt;
use crate::engine::input::open::Opened;
use crate::engine::job::columns::Column;
use crate::engine::notes::Notes;
use crate::engine::records::reader::Records;
use crate::engine::records::record::Record;
use crate::engine::stop::StopToken;

/// Filters at work on the records of one source file that becomes one finished file.
pub struct Sieve<'m> {
    probe: Probe<'m>,
    gate: Gate<'m>,
}

impl<'m> Sieve<'m> {
    /// For a finished file; `chosen` are the columns that a person chose for it. For `name` and `drawn_from` see
    /// [`Gate::new`].
    #[must_use]
    pub fn new(mesh: &'m Mesh, chosen: Option<&[Column]>, name: &Path, drawn_from: Option<u64>) -> Self {
        Self { probe: Probe::new(mesh, chosen), gate: Gate::new(mesh, name, drawn_from) }
    }

    /// Asks the filters about the next record; gives the place of the one that leaves it out.
    pub fn keeps(&mut self, record: &Record, at: RecordPosition) -> Option<usize> {
        self.probe.ask(record, at).or_else(|| self.gate.passes(self.probe.digests()))
    }

    /// Tells how many records each filter has left out, and of each column that a filter asks and that no record had a
    /// value for.
    pub fn note(&self, notes: &mut Notes) {
        notes.leave_out(self.probe.left_out());
        notes.leave_out(self.gate.left_out());
        self.probe.note_columns(notes);
    }

    /// It is still to be counted from how many a sample is drawn.
    #[must_use]
    pub fn is_counting(&self) -> bool {
        self.gate.is_counting()
    }

    /// How many records were kept up to the first sample of so many.
    #[must_use]
    pub fn reached(&self) -> u64 {
        self.gate.reached()
    }

    /// Reads all records to count those that a sample will be drawn from. `name` is the source file's below the input
    /// folder.
    ///
    /// # Errors
    /// When the file cannot be read, or the run is stopped.
    pub fn count(&mut self, records: &mut Records<Opened>, name: &Path, stop: &StopToken) -> Result<u64, Halt> {
        let mut number = 0;
        let mut unheard = Notes::default();
        while let Some(record) = records.next(stop, &mut unheard)? {
            number += 1;
            self.keeps(&record, RecordPosition { name, number });
            records.give_back(record);
        }
        Ok(self.reached())
    }
}
