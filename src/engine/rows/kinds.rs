//! Columns that are no text: which of those found are numbers, what each comes to as values go by, and the values that
//! are not of their column's kind, which are named.

use crate::engine::job::columns::Column;
use crate::engine::job::columns::kind::{Holds, Kind};
use crate::engine::notes::{Note, NoteKind, Notes};
use crate::engine::output::field::Field;
use crate::engine::records::record::Record;

/// What columns are asked to be, as far as a form can hold it.
#[derive(Debug, Clone)]
pub struct Kinds {
    holds: Holds,
    /// Empty where all are texts.
    asked: Vec<Kind>,
}

impl Kinds {
    /// Of these columns in a form that holds this.
    #[must_use]
    pub fn of(columns: &[Column], holds: Holds) -> Self {
        let asked: Vec<Kind> = columns.iter().map(|column| holds.of(column.options.kind)).collect();
        Self { holds, asked: if asked.iter().all(Kind::is_text) { Vec::new() } else { asked } }
    }

    /// No column is anything but text.
    #[must_use]
    pub fn are_texts(&self) -> bool {
        self.asked.is_empty()
    }

    /// Names the values of a row that are not what their columns are: each stays the text that it is.
    pub fn note(&self, row: &[Field], columns: &[Column], record: &Record, notes: &mut Notes) {
        let kind = if self.holds.is_by_column { NoteKind::ColumnIsText } else { NoteKind::ValueIsText };
        for ((field, asked), column) in row.iter().zip(&self.asked).zip(columns) {
            let is_other = |value: &str| !value.is_empty() && self.holds.typed(*asked, value).is_none();
            let count = field.values().iter().filter(|value| is_other(value)).count();
            if *asked != Kind::Text && count > 0 {
                let what = column.header().chars().take(60).collect();
                notes.add(Note { what, ..Note::at(kind, record.line, record.id(), count as u64) });
            }
        }
    }
}

/// What columns have come to be, by the values seen so far.
#[derive(Debug, Clone)]
pub struct Come {
    holds: Holds,
    kinds: Vec<Kind>,
}

impl Come {
    /// As these columns are asked to be.
    #[must_use]
    pub fn of(columns: &[Column], holds: Holds) -> Self {
        Self { holds, kinds: columns.iter().map(|column| holds.of(column.options.kind)).collect() }
    }

    /// Nothing changes any more, whatever comes.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        !self.holds.is_by_column || self.kinds.iter().all(Kind::is_text)
    }

    /// As somebody else has seen values go by; of nobody who has not looked.
    pub fn become_as(&mut self, kinds: &[Kind]) {
        if kinds.len() == self.kinds.len() {
            self.kinds.copy_from_slice(kinds);
        }
    }

    /// One more value of a column.
    pub fn see(&mut self, column: usize, value: &str) {
        if let Some(kind) = self.kinds.get_mut(column) {
            *kind = self.holds.with(*kind, value);
        }
    }

    /// A column holds several values in one: that is a text.
    pub fn see_several(&mut self, column: usize) {
        if let Some(kind) = self.kinds.get_mut(column).filter(|_| self.holds.is_by_column) {
            *kind = Kind::Text;
        }
    }

    /// What a column is.
    #[must_use]
    pub fn kind(&self, column: usize) -> Kind {
        self.kinds.get(column).copied().unwrap_or_default()
    }

    /// Other columns: at each place the one that stood there before, or a text.
    #[must_use]
    pub fn placed(&self, places: impl Iterator<Item = Option<usize>>) -> Self {
        let kinds = places.map(|place| place.map_or(Kind::Text, |place| self.kind(place))).collect();
        Self { holds: self.holds, kinds }
    }

    /// The columns as what they have come to be.
    #[must_use]
    pub fn put_into(&self, mut columns: Vec<Column>) -> Vec<Column> {
        for (column, kind) in columns.iter_mut().zip(&self.kinds) {
            column.options.kind = *kind;
        }
        columns
    }
}

/// Makes those columns numbers that hold numbers and nothing else, by these rows; at least one of each.
pub fn find_numbers<'r>(columns: &mut [Column], rows: impl Iterator<Item = Vec<Field<'r>>>) {
    let mut found = vec![(0, true); columns.len()];
    for row in rows {
        for (field, (count, are_all)) in row.iter().zip(&mut found) {
            if *are_all {
                let mut values = field.values().iter().filter(|value| !value.is_empty()).inspect(|_| *count += 1);
                *are_all = values.all(|value| Kind::Number.read(value).is_some());
            }
        }
    }
    for (column, (count, are_all)) in columns.iter_mut().zip(found) {
        if count > 0 && are_all {
            column.options.kind = Kind::Number;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_nothing_but_numbers_are_found() {
        let mut columns = ["all", "some", "none", "zeros"].map(Column::field);
        let rows = [["1", "1", "", "1"], ["", "x", "", "02"], ["-2.5", "3", "", "3"]];
        find_numbers(&mut columns, rows.into_iter().map(|row| row.map(Field::from).into()));
        let kinds = columns.map(|column| column.options.kind);
        assert_eq!(kinds, [Kind::Number, Kind::Text, Kind::Text, Kind::Text]);
    }
}
