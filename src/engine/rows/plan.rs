//! The columns of a workbook in the making, and how many cells each takes: what a whole source file needs
//! is sometimes known only when all of it is read. Then the rest is read for that alone, and the file is
//! begun again.

use std::collections::HashMap;

use super::kinds::{Come, Kinds};
use super::shaper::{self, RecordPosition, Shaper};
use crate::engine::error::Halt;
use crate::engine::input::open::Opened;
use crate::engine::job::columns::kind::Kind;
use crate::engine::job::columns::{Column, Origin, Place};
use crate::engine::job::reading::FormatKind;
use crate::engine::notes::Notes;
use crate::engine::output::{OutputForm, RowSink};
use crate::engine::records::reader::Records;
use crate::engine::records::record::{Record, is_offered};
use crate::engine::stop::StopToken;

/// Whether a record becomes a row.
pub type Keeps<'k> = &'k mut dyn FnMut(&Record, RecordPosition) -> bool;

/// What a workbook needs, as far as is known.
pub struct Plan<'a> {
    form: &'a dyn OutputForm,
    pub columns: Vec<Column>,
    /// Cells that each column takes, at least one.
    pub widths: Vec<usize>,
    /// Nobody chose the columns: a field found late becomes one.
    pub may_grow: bool,
    /// Each record should have a value for each column.
    pub strict: bool,
    /// There are more names than columns: one of these takes what has none.
    rest: Option<FormatKind>,
    /// What the columns hold, as far as is known; what they are asked to be stands in them.
    kinds: Come,
}

impl<'a> Plan<'a> {
    /// With columns that are chosen, or that the format names; else with those found, to which others may
    /// come.
    #[must_use]
    pub fn new(form: &'a dyn OutputForm, columns: Vec<Column>, named: bool) -> Self {
        let kinds = Come::of(&columns, form.holds());
        Self { form, widths: vec![1; columns.len()], columns, may_grow: !named, strict: named, rest: None, kinds }
    }

    /// With those columns as numbers that are nothing else in these records.
    #[must_use]
    pub fn with_numbers(mut self, records: &[Record]) -> Self {
        self.columns = shaper::with_numbers(self.columns.clone(), records, &self.shaper());
        self.kinds = Come::of(&self.columns, self.form.holds());
        self
    }

    /// With a column for what has none among those found.
    #[must_use]
    pub fn with_rest(self, format: FormatKind) -> Self {
        Self { may_grow: false, rest: Some(format), ..self }
    }

    /// What makes rows with these columns.
    #[must_use]
    pub fn shaper(&self) -> Shaper {
        let columns = self.kinds.put_into(self.columns.clone());
        let shaper = match self.rest {
            Some(format) => Shaper::of_found(columns).with_rest(format),
            None if self.may_grow => Shaper::of_found(columns),
            None => Shaper::new(columns, self.strict),
        };
        shaper.with_kinds(Kinds::of(&self.columns, self.form.holds()))
    }

    /// What the columns hold, as far as is known.
    #[must_use]
    pub fn kinds(&self) -> Vec<Kind> {
        (0..self.columns.len()).map(|at| self.kinds.kind(at)).collect()
    }

    /// What was written has come to this: cells and kinds of the columns.
    pub fn take(&mut self, sink: &dyn RowSink) {
        self.widths = sink.widths().to_vec();
        self.kinds.become_as(sink.kinds());
    }

    /// Reads the rest of the file for the columns and widths that it needs, so that the next attempt is
    /// the last: of what `keeps` says is kept. `at` is where the record before stands.
    ///
    /// # Errors
    /// When the file cannot be read, or the run is stopped.
    pub fn follow(
        &mut self,
        records: &mut Records<Opened>,
        keeps: Keeps,
        mut at: RecordPosition,
        stop: &StopToken,
    ) -> Result<(), Halt> {
        if self.may_grow {
            return self.follow_names(None, records, keeps, at, stop);
        }
        let mut unheard = Notes::default();
        let shaper = match self.rest {
            Some(_) => self.shaper(),
            None => Shaper::new(self.columns.clone(), false),
        };
        let number = u64::MAX; // as wide as any
        let is_settled = self.kinds.is_settled();
        while let Some(record) = records.next(stop, &mut unheard)? {
            at.number += 1;
            if !keeps(&record, at) {
                records.give_back(record);
                continue;
            }
            let fields = shaper.row(&record, RecordPosition { number, ..at }, &mut unheard);
            for (place, (width, field)) in self.widths.iter_mut().zip(fields).enumerate() {
                let cells = field.values().iter().map(|value| self.form.cells(value)).sum();
                *width = (*width).max(cells);
                // a record's number is one, but for the one that stands here for any
                let is_number =
                    self.columns.get(place).is_some_and(|column| column.from == Origin::Place(Place::Number));
                if !is_settled && !is_number {
                    field.values().iter().for_each(|value| self.kinds.see(place, value));
                }
            }
            records.give_back(record);
        }
        Ok(())
    }

    /// As [`Plan::follow`] where each name is a column, beginning with the record `late` that brought a
    /// new one: what a record costs depends on its own fields alone.
    ///
    /// # Errors
    /// As there.
    pub fn follow_names(
        &mut self,
        late: Option<Record>,
        records: &mut Records<Opened>,
        keeps: Keeps,
        mut at: RecordPosition,
        stop: &StopToken,
    ) -> Result<(), Halt> {
        let mut unheard = Notes::default();
        let (format, most) = (records.format(), self.form.limits().columns);
        let asked: HashMap<String, Kind> =
            self.columns.iter().map(|column| (column.name().to_owned(), column.options.kind)).collect();
        let is_settled = self.kinds.is_settled();
        let mut names: Vec<String> = self.columns.iter().filter_map(Column::field_name).map(str::to_owned).collect();
        self.widths.truncate(names.len()); // nothing is kept of a column that only numbers records
        let mut places: HashMap<String, usize> = names.iter().cloned().zip(0..).collect();
        let mut next = late;
        loop {
            let record = if let Some(record) = next.take() {
                record
            } else {
                let Some(record) = records.next(stop, &mut unheard)? else { break };
                at.number += 1;
                if !keeps(&record, at) {
                    records.give_back(record);
                    continue;
                }
                record
            };
            let mut values: HashMap<usize, String> = HashMap::new();
            for (name, value) in record.fields.iter().filter(|(name, _)| is_offered(name, format)) {
                let place = match places.get(name) {
                    Some(place) => *place,
                    None if names.len() > most => continue, // no more of them become columns
                    None => {
                        places.insert(name.clone(), names.len());
                        names.push(name.clone());
                        self.widths.push(1);
                        names.len() - 1
                    }
                };
                if !is_settled {
                    if values.contains_key(&place) {
                        self.kinds.see_several(place);
                    } else {
                        self.kinds.see(place, value);
                    }
                }
                let separator = Column::field(&names[place]).separator().len();
                let joined = values.entry(place).or_default();
                joined.extend(std::iter::repeat_n(' ', if joined.is_empty() { 0 } else { separator }));
                joined.push_str(value);
            }
            for (place, value) in values {
                self.widths[place] = self.widths[place].max(self.form.cells(&value));
            }
            records.give_back(record);
        }
        self.columns = shaper::all_found(&names, format);
        for column in &mut self.columns {
            column.options.kind = asked.get(column.name()).copied().unwrap_or_default();
        }
        let width = |column: &Column| places.get(column.name()).map_or(1, |&place| self.widths[place]);
        self.widths = self.columns.iter().map(width).collect();
        if let Some(fewer) = shaper::within(&self.columns, &self.widths, self.form.limits()) {
            let widths: HashMap<&str, usize> =
                self.columns.iter().map(Column::name).zip(self.widths.iter().copied()).collect();
            self.widths = fewer.iter().map(|column| widths.get(column.name()).copied().unwrap_or(1)).collect();
            self.columns = fewer;
            (self.may_grow, self.rest) = (false, Some(format));
        }
        let held = self.columns.iter().map(|column| places.get(column.name()).copied());
        self.kinds = self.kinds.placed(held);
        Ok(())
    }
}
