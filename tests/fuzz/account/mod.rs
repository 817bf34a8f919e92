//! The account of values: what another reader finds in a text stands in a field of a record, is a field's name, or is
//! counted by a note. A file a notation; each reads the bytes as they are, what they make where they are taken for a
//! recipe ([`made`]), and of both a second text of the same shape in which each value is another one, so that none can
//! be taken for its neighbour.
//!
//! Exact where a notation has one right reading and another reader knows it: JSON documents and JSON lines
//! (`serde_json`), well-formed XML (roxmltree), tables (the csv crate; words between any of their signs where quotes
//! are at fault). Text that is not UTF-8 is read, but not counted here: tests of encodings have their own oracles.
//! What no other reader reads the same way, broken XML and JSON, tag soup, HTML, SGML, crawls, annotated sentences,
//! has no exact count: there a fuzz target holds the account of records alone, and of JSON that breaks off, also that
//! of all documents before the fault.

pub mod csv;
pub mod json;
pub mod made;
pub mod xml;

use std::collections::{HashMap, HashSet};

use sheetmill::engine::{NoteKind, Reading, account};

/// What a reading of some bytes told.
pub struct Told {
    /// Values of fields, and how many fields have each.
    pub values: HashMap<String, u64>,
    pub names: HashSet<String>,
    notes: Vec<(NoteKind, u64)>,
    /// Read as for a conversion: nothing is given that is no column.
    pub is_conversion: bool,
}

impl Told {
    /// Reads the bytes; the account of records has to hold. `None` where a file of them would be refused: nothing is
    /// owed of it. A file without a record is.
    pub fn of(bytes: &[u8], chunk: usize, reading: &Reading, is_conversion: bool) -> Option<Self> {
        let (mut values, mut names) = (HashMap::new(), HashSet::new());
        let told = account(bytes, chunk, reading, !is_conversion, &mut |name, value| {
            if !names.contains(name) {
                names.insert(name.to_owned());
            }
            match values.get_mut(value) {
                Some(times) => *times += 1,
                None => _ = values.insert(value.to_owned(), 1),
            }
        })?;
        assert_eq!(told.owed, told.given, "{reading:?}");
        let notes = told.notes.counts().iter().map(|(kind, _, sum)| (*kind, *sum)).collect();
        let is_counted = told.given > 0 && told.encoding.0.name() == "UTF-8";
        is_counted.then_some(Self { values, names, notes, is_conversion })
    }

    /// The sum of what notes of these kinds count.
    pub fn noted(&self, kinds: &[NoteKind]) -> u64 {
        self.notes.iter().filter(|(kind, _)| kinds.contains(kind)).map(|(_, sum)| sum).sum()
    }

    /// For messages: what was given and noted.
    pub fn said(&self) -> String {
        format!("{:?}\n{:?}\n{:?}", self.values, self.names, self.notes)
    }
}

/// The bytes as a text, where they are one, without byte order marks before it.
pub fn text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok().map(|text| text.trim_start_matches('\u{feff}'))
}
