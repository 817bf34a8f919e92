//! Which columns a merged file has: what each of its source files needs, looked for before rows are written, put
//! together in the order in which it first appears.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::super::control::step::Look;
use super::super::convert::Run;
use super::kinds::UnionKinds;
use crate::engine::error::{Cause, Halt};
use crate::engine::input::source_file::SourceFile;
use crate::engine::job::columns::kind::Kind;
use crate::engine::job::columns::{Column, Origin};
use crate::engine::job::reading::FormatKind;
use crate::engine::output::OutputForm;
use crate::engine::records::reader::Records;
use crate::engine::records::record::Record;
use crate::engine::rows::inspect;
use crate::engine::rows::origin::origin;
use crate::engine::rows::plan::Plan;
use crate::engine::rows::shaper::{self, RecordPosition, Shaper};
use crate::engine::rows::sieve::Probe;

/// What one source file needs.
#[derive(Debug, Clone)]
pub struct Needs {
    pub columns: Arc<[Column]>,
    /// Cells of each column, where all of the file was looked at.
    pub widths: Option<Arc<[usize]>>,
    /// What each column holds, where all of the file was looked at; what it is asked to be stands in the columns.
    pub kinds: Option<Arc<[Kind]>>,
    /// Its columns are chosen, or its format names them; else they are all names found.
    pub is_named: bool,
    pub format: FormatKind,
}

impl Needs {
    /// Looks at a source file.
    ///
    /// # Errors
    /// As for a conversion.
    pub fn of(run: &Run, source: &SourceFile, look: Look) -> Result<Self, Halt> {
        let stop = run.control.token();
        if source.bytes == 0 {
            return Err(Cause::Empty.into());
        }
        let reading = run.job.reading_of(&source.name);
        let opener = run.opener(source);
        let chosen = run.job.choices.columns.as_chosen();
        let are_numbers = run.job.choices.columns.are_numbers();
        let file = source.file_name();
        let ask = run.ask(source, &reading, &file, chosen.is_some_and(shaper::need_markup));
        let mut records = Records::of(opener.open()?, ask)?;
        let mut plan = match (chosen, records.columns(&[])) {
            (Some(chosen), _) => Plan::new(run.form, chosen.to_vec(), true),
            (None, Some(named)) if !are_numbers => Plan::new(run.form, shaper::named(named), true),
            (None, _) => inspect::columns_found(&opener, &reading, are_numbers, run.form, run.folders, stop)?,
        };
        let is_named = plan.strict;
        if look == Look::Whole {
            let mut probe = run.mesh.map(|mesh| Probe::new(mesh, chosen));
            let mut keeps = |record: &Record, at: RecordPosition| {
                probe.as_mut().is_none_or(|probe| probe.ask(record, at).is_none())
            };
            plan.follow(&mut records, &mut keeps, RecordPosition { name: &source.name, number: 0 }, stop)?;
        }
        let kinds = (look == Look::Whole).then(|| plan.kinds().into());
        let widths = (look == Look::Whole).then(|| plan.widths.into());
        Ok(Self { columns: plan.columns.into(), widths, kinds, is_named, format: records.format() })
    }
}

/// The columns of a merged file.
#[derive(Debug, Default)]
pub struct Union {
    /// Their kinds are those that they hold, as far as is known.
    pub columns: Vec<Column>,
    /// Cells that each takes at least.
    pub widths: Vec<usize>,
    places: HashMap<String, u32>,
    /// There are more names than columns: one of these takes what has none.
    has_rest: bool,
    kinds: UnionKinds,
}

impl Union {
    /// Of what all source files need, in list order; `is_chosen` where a person has chosen the columns, and with columns
    /// for where a record comes from where that is wanted.
    #[must_use]
    pub fn of<'n>(
        needs: impl Iterator<Item = &'n Needs>,
        (is_chosen, has_origin): (bool, bool),
        form: &dyn OutputForm,
    ) -> Self {
        let (mut columns, mut widths) = (Vec::<Column>::new(), Vec::<usize>::new());
        let mut places: HashMap<String, usize> = HashMap::new();
        let mut seen: HashSet<*const Column> = HashSet::new();
        let mut kinds = UnionKinds::new(form.holds());
        for needs in needs {
            if needs.widths.is_none() && !seen.insert(needs.columns.as_ptr()) {
                continue; // most have the same
            }
            for (at, column) in needs.columns.iter().enumerate() {
                let width = needs.widths.as_ref().map_or(1, |widths| widths[at]);
                // of a file without fields nothing but the number of its records
                if !needs.is_named && matches!(column.from, Origin::Place(_)) && has_origin {
                    continue;
                }
                let place = *places.entry(column.header().to_owned()).or_insert(columns.len());
                if place == columns.len() {
                    columns.push(column.clone());
                    widths.push(1);
                }
                widths[place] = widths[place].max(width);
                kinds.see(column, needs.kinds.as_ref().map(|kinds| kinds[at]));
            }
        }
        if has_origin && !is_chosen {
            let origin = origin(|name| places.contains_key(name));
            widths.splice(..0, origin.iter().map(|_| 1));
            columns.splice(..0, origin);
        }
        let fewer = if is_chosen { None } else { shaper::within(&columns, &widths, form.limits()) };
        let has_rest = fewer.is_some();
        if let Some(fewer) = fewer {
            let width: HashMap<&str, usize> = columns.iter().map(Column::header).zip(widths.iter().copied()).collect();
            widths = fewer.iter().map(|column| width.get(column.header()).copied().unwrap_or(1)).collect();
            columns = fewer;
        }
        kinds.put_held(&mut columns);
        let places = columns.iter().map(|column| column.header().to_owned()).zip(0..).collect();
        Self { columns, widths, places, has_rest, kinds }
    }

    /// What makes rows of a source file, and where each of its columns stands here.
    ///
    /// # Errors
    /// [`Cause::TooManyColumns`] where one has no place.
    pub fn shaper(&self, needs: &Needs) -> Result<(Shaper, Vec<u32>), Cause> {
        let origin = self.columns.iter().filter(|column| matches!(column.from, Origin::Place(_)));
        let own = |column: &&Column| matches!(column.from, Origin::Field(_));
        let shaper = if needs.is_named {
            let names: HashSet<&str> = needs.columns.iter().map(Column::header).collect();
            let others = origin.filter(|column| !names.contains(column.header()));
            Shaper::new(others.chain(needs.columns.iter()).cloned().collect(), true)
        } else {
            let fields = self.columns.iter().filter(own);
            let shaper = Shaper::of_found(origin.chain(fields).cloned().collect());
            if self.has_rest { shaper.with_rest(needs.format) } else { shaper }
        };
        let place = |column: &Column| self.places.get(column.header()).copied();
        let places = shaper.columns().iter().map(place).collect::<Option<Vec<u32>>>();
        let places = places.ok_or(Cause::TooManyColumns(self.columns.len() + 1))?;
        let kinds = self.kinds.asked(shaper.columns());
        Ok((shaper.with_kinds(kinds), places))
    }

    /// A field found late has no place: the file has to be begun again.
    #[must_use]
    pub fn may_grow(&self, needs: &Needs) -> bool {
        !needs.is_named && !self.has_rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::output;

    fn needs(names: &[&str], is_named: bool) -> Needs {
        let columns: Vec<Column> = names.iter().copied().map(Column::field).collect();
        Needs { columns: columns.into(), widths: None, kinds: None, is_named, format: FormatKind::Xml }
    }

    fn heads(union: &Union) -> Vec<&str> {
        union.columns.iter().map(Column::header).collect()
    }

    #[test]
    fn columns_are_the_union_in_order_of_first_appearance() {
        let all =
            [needs(&["id", "title", "text"], true), needs(&["id", "author", "text"], false), needs(&["source"], false)];
        let union = Union::of(all.iter(), (false, true), output::DEFAULT);
        assert_eq!(heads(&union), ["source (2)", "number", "id", "title", "text", "author", "source"]);
        let (shaper, places) = union.shaper(&all[0]).expect("all have a place");
        let own: Vec<&str> = shaper.columns().iter().map(Column::header).collect();
        assert_eq!((own, places), (vec!["source (2)", "number", "id", "title", "text"], vec![0, 1, 2, 3, 4]));
        let (shaper, places) = union.shaper(&all[1]).expect("all have a place");
        assert_eq!((shaper.columns().len(), places), (7, vec![0, 1, 2, 3, 4, 5, 6]));
        let without = Union::of(all.iter(), (false, false), output::DEFAULT);
        assert_eq!(heads(&without), ["id", "title", "text", "author", "source"]);
    }
}
