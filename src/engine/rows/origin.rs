//! Columns that say where a record comes from: automatic columns begin with them where many source files share a
//! finished file.

use super::inspect::Inspection;
use super::shaper::slashed;
use crate::engine::input::source_file::SourceFile;
use crate::engine::job::columns::{Column, Options, Origin, Place};

/// The source file's name in the list, and the record's number in it, under heads that no field has.
#[must_use]
pub fn origin(is_taken: impl Fn(&str) -> bool) -> [Column; 2] {
    [(Place::Source, "source"), (Place::Number, "number")].map(|(place, name)| {
        let others = (2..).map(|number| format!("{name} ({number})"));
        let free = std::iter::once(name.to_owned()).chain(others).find(|name| !is_taken(name));
        let header = free.filter(|free| free != name);
        Column { from: Origin::Place(place), header, options: Options::default() }
    })
}

impl Inspection {
    /// As the first records of this source file will stand in a file that it shares with others.
    #[must_use]
    pub fn with_origin(mut self, source: &SourceFile) -> Self {
        let origin = origin(|name| self.columns.iter().any(|column| column.header() == name));
        self.columns.splice(..0, origin);
        for (number, row) in self.numbers.iter().zip(&mut self.rows) {
            row.splice(..0, [slashed(&source.name), number.to_string()]);
        }
        self
    }
}
