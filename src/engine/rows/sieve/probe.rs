//! What a record is asked by itself, whatever came before it: by any worker, in any order.

use twox_hash::XxHash3_128;

use super::mesh::{self, Mesh, Values};
use crate::engine::job::columns::{Column, Origin, Place};
use crate::engine::job::filters::{Filter, Test};
use crate::engine::notes::{Note, NoteKind, Notes};
use crate::engine::output::field::Field;
use crate::engine::records::record::Record;
use crate::engine::rows::shaper::{RecordPosition, Shaper, emptied};

/// Asks the records of one source file.
pub struct Probe<'m> {
    mesh: &'m Mesh,
    /// Finds the values of the columns that filters ask, and which of them each filter asks.
    shaper: Shaper,
    asked: Vec<Vec<usize>>,
    /// Columns that some record had a value for.
    seen: Vec<bool>,
    left_out: Vec<u64>,
    digests: Vec<u128>,
    /// A row's room between two records.
    room: Vec<Field<'static>>,
}

impl<'m> Probe<'m> {
    /// `chosen` are the columns that a person chose.
    #[must_use]
    pub fn new(mesh: &'m Mesh, chosen: Option<&[Column]>) -> Self {
        let mut names: Vec<&str> = Vec::new();
        let mut place = |name: &'m String| {
            names.iter().position(|known| known == name).unwrap_or_else(|| {
                names.push(name);
                names.len() - 1
            })
        };
        let filters = mesh.filters();
        let asked = filters.iter().map(|filter| filter.columns().iter().map(&mut place).collect()).collect();
        let columns: Vec<Column> = names.iter().map(|name| column(name, chosen)).collect();
        let (seen, left_out) = (vec![false; columns.len()], vec![0; filters.len()]);
        let shaper = Shaper::new(columns, false);
        Self { mesh, shaper, asked, seen, left_out, digests: Vec::new(), room: Vec::new() }
    }

    /// Asks the next record; gives the place of the filter that leaves it out.
    pub fn ask(&mut self, record: &Record, at: RecordPosition) -> Option<usize> {
        let room = std::mem::take(&mut self.room);
        // what is noted about the record's markup is noted where its row is made
        let values = self.shaper.row_in(room, record, at, &mut Notes::default());
        for (seen, value) in self.seen.iter_mut().zip(&values) {
            *seen = *seen || !is_blank(value);
        }
        self.digests.clear();
        let mut left_out = None;
        for &filter in self.mesh.order() {
            let asked = Asked { record, values: &values, columns: &self.asked[filter] };
            let list = self.mesh.lists()[filter].as_ref();
            let is_kept = match &self.mesh.filters()[filter] {
                Filter::Column { keeps, test, .. } => passes(test, list, &asked) == *keeps,
                Filter::Empty(_) => !asked.is_empty(),
                Filter::Duplicates(_) => {
                    self.digests.push(if asked.is_empty() { 0 } else { asked.digest().max(1) });
                    true
                }
                Filter::Every(_) | Filter::Sample { .. } => break, // nothing about the record itself
            };
            if !is_kept {
                left_out = Some(filter);
                self.left_out[filter] += 1;
                break;
            }
        }
        self.room = emptied(values);
        left_out
    }

    /// Of the record that was asked last and kept: for each filter of duplicates, in the order in which they are asked,
    /// a digest of what it compares; 0 of a record that has nothing there, which is nobody's duplicate.
    #[must_use]
    pub fn digests(&self) -> &[u128] {
        &self.digests
    }

    /// How many records each filter has left out, in the order in which filters were chosen.
    #[must_use]
    pub fn left_out(&self) -> &[u64] {
        &self.left_out
    }

    /// Tells about each column that a filter asks and that no record had a value for.
    pub fn note_columns(&self, notes: &mut Notes) {
        for (column, _) in self.shaper.columns().iter().zip(&self.seen).filter(|(_, seen)| !**seen) {
            let what = column.name().chars().take(60).collect();
            notes.add(Note { what, ..Note::at(NoteKind::FilterColumnEmpty, 1, "", 1) });
        }
    }
}

/// The column that a filter means by this name, with a value for each that a record has.
fn column(name: &str, chosen: Option<&[Column]>) -> Column {
    let chosen = chosen.unwrap_or_default();
    let by_header = chosen.iter().find(|column| column.header() == name);
    let known = by_header.or_else(|| chosen.iter().find(|column| column.name() == name));
    let mut column = known.cloned().unwrap_or_else(|| {
        let place = Place::ALL.into_iter().find(|place| place.name() == name);
        let from = place.map_or_else(|| Origin::Field(name.to_owned()), Origin::Place);
        Column { from, ..Column::field("") }
    });
    column.options.spread = true;
    column
}

/// What filters are asked about.
struct Asked<'a> {
    record: &'a Record,
    /// A field a column, and which of them this filter asks.
    values: &'a [Field<'a>],
    columns: &'a [usize],
}

impl Asked<'_> {
    fn fields(&self) -> impl Iterator<Item = &Field<'_>> {
        self.columns.iter().map(|at| &self.values[*at])
    }

    fn values(&self) -> impl Iterator<Item = &str> {
        self.fields().flat_map(|field| field.values().iter().map(AsRef::as_ref))
    }

    /// Nothing stands in the columns, or where none are named in any field.
    fn is_empty(&self) -> bool {
        let mut all = self.record.fields.iter();
        if self.columns.is_empty() {
            all.all(|(_, value)| value.trim().is_empty())
        } else {
            self.fields().all(is_blank)
        }
    }

    /// Of the values of the columns, or of all fields with their names.
    fn digest(&self) -> u128 {
        let mut digest = XxHash3_128::default();
        let mut take = |text: &str| {
            digest.write(&(text.len() as u64).to_le_bytes());
            digest.write(text.as_bytes());
        };
        if self.columns.is_empty() {
            for (name, value) in self.record.fields.iter() {
                take(name);
                take(value);
            }
        } else {
            for field in self.fields() {
                let values = field.values();
                take(&values.len().to_string());
                for value in values {
                    take(value);
                }
            }
        }
        digest.finish_128()
    }
}

fn is_blank(field: &Field) -> bool {
    field.values().iter().all(|value| value.trim().is_empty())
}

fn passes(asks: &Test, list: Option<&Values>, asked: &Asked) -> bool {
    match asks {
        Test::Contains(text) => asked.values().any(|value| value.contains(text.as_str())),
        Test::Matches(pattern) => asked.values().any(|value| pattern.is_in(value)),
        Test::Longer(most) => {
            let most = usize::try_from(*most).unwrap_or(usize::MAX);
            // bytes are at least as many as characters, and cost nothing to count
            let bytes: usize = asked.values().map(str::len).sum();
            bytes > most && asked.values().map(|value| value.chars().count()).sum::<usize>() > most
        }
        Test::In(_) => list.is_some_and(|list| asked.values().any(|value| list.contains(&mesh::digest_of(value)))),
    }
}
