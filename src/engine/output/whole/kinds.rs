//! What the columns of a file hold whose columns have one kind each: what they are asked to be, until a value comes that
//! is something else.

use crate::engine::job::columns::Column;
use crate::engine::job::columns::kind::{Holds, Kind, Typed};
use crate::engine::output::field::Field;

/// What a row has made of the columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// Nothing.
    None,
    /// One holds more than it did, of the same kind: numbers that are not whole, days with a time.
    Wider,
    /// One is text now.
    Text,
}

/// The kinds of a file's columns.
#[derive(Debug)]
pub struct Kinds {
    holds: Holds,
    /// By columns; empty where all were texts from the beginning.
    now: Vec<Kind>,
}

impl Kinds {
    /// As the columns say, in a form that holds this.
    pub fn new(columns: &[Column], holds: Holds) -> Self {
        let now: Vec<Kind> = columns.iter().map(|column| holds.of(column.options.kind)).collect();
        Self { holds, now: if now.iter().all(Kind::is_text) { Vec::new() } else { now } }
    }

    /// All columns were texts from the beginning.
    pub fn are_texts(&self) -> bool {
        self.now.is_empty()
    }

    /// By columns; empty where all were texts from the beginning.
    pub fn now(&self) -> &[Kind] {
        &self.now
    }

    /// Takes a row's values in.
    pub fn see(&mut self, fields: &[Field]) -> Change {
        let mut change = Change::None;
        for (kind, field) in self.now.iter_mut().zip(fields) {
            let next = field.values().iter().fold(*kind, |kind, value| self.holds.with(kind, value));
            if next != *kind {
                change = change.max(if next.is_text() { Change::Text } else { Change::Wider });
                *kind = next;
            }
        }
        change
    }

    /// By cells, where columns are so many cells wide.
    pub fn of_cells(&self, widths: &[usize]) -> Vec<Kind> {
        let columns = self.now.iter().zip(widths);
        columns.flat_map(|(kind, width)| std::iter::repeat_n(*kind, *width)).collect()
    }

    /// The value in a cell of this kind; `None` of an empty one, and of a text.
    pub fn typed(&self, kind: Kind, value: &str) -> Option<Typed> {
        self.holds.typed(kind, value)
    }
}
