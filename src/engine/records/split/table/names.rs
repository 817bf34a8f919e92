//! The names of a table's columns: what its header says, each only once, and made up where it says nothing.

use std::collections::{HashMap, HashSet};

use crate::engine::notes::{Note, NoteKind, Notes};

/// The longest name, in bytes: one cell of a worksheet holds it.
const LONGEST: usize = 32_000;

/// Names by place.
#[derive(Debug, Default)]
pub struct ColumnNames {
    names: Vec<String>,
    known: HashSet<String>,
    /// How often a name has stood in the header.
    times: HashMap<String, usize>,
    /// Columns that the header has.
    named: usize,
    left_out: u64,
}

impl ColumnNames {
    /// Those of a header: a name that stands twice is `name_2`, an empty one `column_3`.
    #[must_use]
    pub fn of_header(cells: &[String]) -> Self {
        let mut names = Self { named: cells.len(), ..Self::default() };
        let written: HashSet<String> = cells.iter().map(|cell| cell.trim().to_owned()).collect();
        for (at, cell) in cells.iter().enumerate() {
            let mut name = cell.trim();
            let whole = name.len();
            name = &name[..name.floor_char_boundary(LONGEST)];
            names.left_out += (whole - name.len()) as u64;
            if name.is_empty() {
                names.make_up(at, &written);
            } else {
                names.add(name.to_owned(), &written);
            }
        }
        names
    }

    /// The first `most`, made up as far as the header has none.
    pub fn first(&mut self, most: usize) -> &[String] {
        while self.names.len() < most {
            self.make_up(self.names.len(), &HashSet::new());
        }
        &self.names[..most]
    }

    /// Columns that the header names.
    #[must_use]
    pub fn named(&self) -> usize {
        self.named
    }

    /// Tells of names too long for a cell.
    pub fn tell(&self, line: u64, notes: &mut Notes) {
        if self.left_out > 0 {
            notes.add(Note::at(NoteKind::RecordTooLong, line, "", self.left_out));
        }
    }

    /// Adds a name for the column at this place, which is not `written` either.
    fn make_up(&mut self, at: usize, written: &HashSet<String>) {
        let name = format!("column_{}", at + 1);
        if written.contains(&name) {
            self.times.entry(name.clone()).or_insert(1);
            self.number(&name, written);
        } else {
            self.add(name, written);
        }
    }

    /// Adds a name, with a number where it is known, or where it is `written` and stands once more.
    fn add(&mut self, name: String, written: &HashSet<String>) {
        if self.known.insert(name.clone()) {
            self.names.push(name);
        } else {
            self.number(&name, written);
        }
    }

    fn number(&mut self, name: &str, written: &HashSet<String>) {
        let times = self.times.entry(name.to_owned()).or_insert(1);
        loop {
            *times += 1;
            let numbered = format!("{name}_{times}");
            if !written.contains(&numbered) && self.known.insert(numbered.clone()) {
                self.names.push(numbered);
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_columns_are_there_once_each() {
        let header = ["id", "a", "", "a", "a_2", " a ", "column_3", ""].map(String::from);
        let mut names = ColumnNames::of_header(&header);
        let want = ["id", "a", "column_3_2", "a_3", "a_2", "a_4", "column_3", "column_8", "column_9"];
        assert_eq!(names.first(9), want);
        assert_eq!(names.named(), 8);
    }

    #[test]
    fn names_without_a_header_are_numbers() {
        assert_eq!(ColumnNames::default().first(2), ["column_1", "column_2"]);
    }
}
