//! Which records of one finished file become rows: asked for each record in the order of rows, by filters that a person
//! chose.
//!
//! What a filter asks of a column is what its cells would hold: a column of the workbook is found by its header or its
//! name, with all that is done to its values on the way; any other field as it stands in the record, by its name in any
//! letter case or by what that means in the format, as a column that somebody chose would find it.

mod lots;
mod mesh;
#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::path::Path;

use twox_hash::XxHash3_128;

pub use mesh::Mesh;

use super::shaper::{RecordPosition, Shaper, emptied};
use crate::engine::error::Halt;
use crate::engine::input::open::Opened;
use crate::engine::job::columns::{Column, Origin, Place};
use crate::engine::job::filters::{Filter, Size, Test};
use crate::engine::notes::{Note, NoteKind, Notes};
use crate::engine::output::field::Field;
use crate::engine::records::reader::Records;
use crate::engine::records::record::Record;
use crate::engine::stop::StopToken;
use lots::{Draw, Lots};

/// Filters at work on the records of one finished file.
pub struct Sieve<'m> {
    mesh: &'m Mesh,
    /// Finds the values of the columns that filters ask, and which of them each filter asks.
    shaper: Shaper,
    asked: Vec<Vec<usize>>,
    states: Vec<State>,
    /// Columns that some record had a value for.
    seen: Vec<bool>,
    left_out: Vec<u64>,
    /// A row's room between two records.
    room: Vec<Field<'static>>,
}

/// What a filter remembers of the records before.
enum State {
    Nothing,
    /// Digests of what stood in the records before.
    Seen(HashSet<u128>),
    /// Records asked so far.
    Count(u64),
    /// Of a sample that is drawn by itself: records asked so far.
    Lots(Lots, u64),
    /// Of a sample of so many, drawn from as many as are known to come; `None` while those are counted.
    Draw(Lots, u64, Option<Draw>),
}

impl<'m> Sieve<'m> {
    /// For a finished file; `chosen` are the columns that a person chose for it, `name` is that of its source file
    /// below the input folder, or its own where it is made of several. `drawn_from` says from how many a sample is
    /// drawn; where it has to be known and is not, the sample takes all, and [`Sieve::reached`] counts them.
    #[must_use]
    pub fn new(mesh: &'m Mesh, chosen: Option<&[Column]>, name: &Path, drawn_from: Option<u64>) -> Self {
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
        let mut left = drawn_from;
        let mut states: Vec<State> = filters.iter().map(|_| State::Nothing).collect();
        for &at in mesh.order() {
            states[at] = match &filters[at] {
                Filter::Column { .. } | Filter::Empty(_) => State::Nothing,
                Filter::Duplicates(_) => State::Seen(HashSet::new()),
                Filter::Every(_) => State::Count(0),
                Filter::Sample { size: Size::Share(_), seed } => State::Lots(Lots::of(*seed, name), 0),
                Filter::Sample { size: Size::Records(most), seed } => {
                    let draw = left.map(|left| Draw::new(most.get(), left));
                    left = left.map(|left| left.min(most.get())); // a further sample is drawn from this one
                    State::Draw(Lots::of(*seed, name), 0, draw)
                }
            };
        }
        let (seen, left_out) = (vec![false; columns.len()], vec![0; filters.len()]);
        Self { mesh, shaper: Shaper::new(columns, false), asked, states, seen, left_out, room: Vec::new() }
    }

    /// Asks the filters about the next record; gives the place of the one that leaves it out.
    pub fn keeps(&mut self, record: &Record, at: RecordPosition) -> Option<usize> {
        let room = std::mem::take(&mut self.room);
        // what is noted about the record's markup is noted where its row is made
        let values = self.shaper.row_in(room, record, at, &mut Notes::default());
        for (seen, value) in self.seen.iter_mut().zip(&values) {
            *seen = *seen || !is_blank(value);
        }
        let mut left_out = None;
        for &filter in self.mesh.order() {
            let asked = Asked { record, values: &values, columns: &self.asked[filter] };
            let list = self.mesh.lists()[filter].as_ref();
            if !is_kept(&self.mesh.filters()[filter], &mut self.states[filter], list, &asked) {
                left_out = Some(filter);
                self.left_out[filter] += 1;
                break;
            }
        }
        self.room = emptied(values);
        left_out
    }

    /// How many records each filter has left out, in the order in which filters were chosen.
    #[must_use]
    pub fn left_out(&self) -> &[u64] {
        &self.left_out
    }

    /// How many records were kept up to the first sample of so many.
    #[must_use]
    pub fn reached(&self) -> u64 {
        let reached = self.mesh.order().iter().find_map(|at| match &self.states[*at] {
            State::Draw(_, reached, _) => Some(*reached),
            _ => None,
        });
        reached.unwrap_or(0)
    }

    /// Tells about each column that a filter asks and that no record had a value for.
    pub fn note_columns(&self, notes: &mut Notes) {
        for (column, _) in self.shaper.columns().iter().zip(&self.seen).filter(|(_, seen)| !**seen) {
            let what = column.name().chars().take(60).collect();
            notes.add(Note { what, ..Note::at(NoteKind::FilterColumnEmpty, 1, "", 1) });
        }
    }

    /// How many records there are to draw from has to be known before the first is drawn.
    #[must_use]
    pub fn must_count(&self) -> bool {
        self.mesh.must_count()
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

fn is_kept(filter: &Filter, state: &mut State, list: Option<&mesh::Values>, asked: &Asked) -> bool {
    match (filter, state) {
        (Filter::Column { keeps, test, .. }, _) => passes(test, list, asked) == *keeps,
        (Filter::Empty(_), _) => !asked.is_empty(),
        (Filter::Duplicates(_), State::Seen(seen)) => asked.is_empty() || seen.insert(asked.digest()),
        (Filter::Every(n), State::Count(count)) => {
            *count += 1;
            (*count - 1).is_multiple_of(n.get())
        }
        (Filter::Sample { size: Size::Share(share), .. }, State::Lots(lots, count)) => {
            *count += 1;
            share.takes(lots.lot(*count))
        }
        (Filter::Sample { .. }, State::Draw(lots, count, draw)) => {
            *count += 1;
            draw.as_mut().is_none_or(|draw| draw.takes(lots.lot(*count)))
        }
        (Filter::Duplicates(_) | Filter::Every(_) | Filter::Sample { .. }, _) => true, // states are made for their filters
    }
}

fn passes(asks: &Test, list: Option<&mesh::Values>, asked: &Asked) -> bool {
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
