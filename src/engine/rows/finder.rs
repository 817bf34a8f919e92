//! Where the fields of columns stand in a record: looked for once as long as the records of a file have the
//! same names in the same order, as most have.

use std::collections::{HashMap, HashSet};

use crate::engine::job::columns::{Column, Origin};
use crate::engine::records::record::Record;

/// What was found in the record at hand.
#[derive(Debug, Default)]
pub struct Layout {
    finds: Finds,
    names: Vec<String>,
    found: Vec<Matched>,
    /// Of columns found by name alone, where each stands, and those that the record at hand has.
    places: HashMap<String, usize>,
    taken: Vec<usize>,
}

/// How a column finds its field.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Finds {
    /// By its name, in any letter case, or by what the name stands for: columns that somebody chose.
    #[default]
    Meaning,
    /// By its name alone: each name that was found is a column, and a record that lacks one would show its
    /// neighbour's value there.
    Name,
}

/// A column's field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Matched {
    Nothing,
    /// The only one of its name stands here.
    One(usize),
    /// Several have its name.
    Several(Vec<usize>),
}

impl Layout {
    #[must_use]
    pub fn new(finds: Finds) -> Self {
        Self { finds, ..Self::default() }
    }

    /// Of each column what it finds in `record`. The columns, and what names mean, are always the same.
    pub fn of(&mut self, record: &Record, columns: &[Column]) -> &[Matched] {
        let names = record.fields.iter().map(|(name, _)| name);
        if self.found.len() != columns.len() || !self.names.iter().eq(names.clone()) {
            self.names.truncate(record.fields.len());
            for (at, name) in names.enumerate() {
                match self.names.get_mut(at) {
                    Some(known) => name.clone_into(known),
                    None => self.names.push(name.clone()),
                }
            }
            match self.finds {
                Finds::Meaning => self.found = found(record, columns),
                Finds::Name => self.find_by_name(record, columns),
            }
        }
        &self.found
    }

    /// There may be thousands of columns, of which each record has a few others.
    fn find_by_name(&mut self, record: &Record, columns: &[Column]) {
        if self.found.len() != columns.len() {
            let names = columns.iter().zip(0..).filter_map(|(column, at)| match &column.from {
                Origin::Field(name) => Some((name.clone(), at)),
                _ => None,
            });
            self.places = names.collect();
            self.found = vec![Matched::Nothing; columns.len()];
            self.taken.clear();
        }
        for column in self.taken.drain(..) {
            self.found[column] = Matched::Nothing;
        }
        for (at, (name, _)) in record.fields.iter().enumerate() {
            let Some(column) = self.places.get(name) else { continue };
            match &mut self.found[*column] {
                Matched::Several(all) => all.push(at),
                Matched::One(first) => self.found[*column] = Matched::Several(vec![*first, at]),
                nothing @ Matched::Nothing => {
                    *nothing = Matched::One(at);
                    self.taken.push(*column);
                }
            }
        }
    }
}

/// What a column has by its own name no other finds by what it stands for.
fn found(record: &Record, columns: &[Column]) -> Vec<Matched> {
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, (name, _)) in record.fields.iter().enumerate() {
        places.entry(name).or_default().push(at);
    }
    let named = columns.iter().filter_map(|column| match &column.from {
        Origin::Field(name) => Some(name.as_str()),
        _ => None,
    });
    let owned: HashSet<&str> = named.filter(|name| places.contains_key(name)).collect();
    let others = record.resolver(&owned);
    let find = |name: &str| places.get(name).or_else(|| places.get(others.meant(name)?));
    let of = |column: &Column| match &column.from {
        Origin::Field(name) => match find(name).map(Vec::as_slice) {
            None => Matched::Nothing,
            Some([one]) => Matched::One(*one),
            Some(several) => Matched::Several(several.to_vec()),
        },
        _ => Matched::Nothing,
    };
    columns.iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::records::record::Roles;
    use Matched::{Nothing, One, Several};

    const ROLES: Roles = Roles(&[("id", &["docno"]), ("title", &["title", "subject"])]);

    fn of(layout: &mut Layout, names: &[&str], columns: &[&str]) -> Vec<Matched> {
        let columns: Vec<_> = columns.iter().copied().map(Column::field).collect();
        let fields: Vec<_> = names.iter().map(|name| ((*name).to_owned(), String::new())).collect();
        layout.of(&Record { fields: fields.into(), roles: ROLES, ..Record::default() }, &columns).to_vec()
    }

    #[test]
    fn fields_are_found_again_where_the_next_record_has_others() {
        let mut layout = Layout::default();
        let mut of = |names: &[&str]| of(&mut layout, names, &["id", "Text", "d"]);
        assert_eq!(of(&[]), [Nothing, Nothing, Nothing]);
        assert_eq!(of(&["id", "text"]), [One(0), One(1), Nothing]);
        assert_eq!(of(&["text", "id"]), [One(1), One(0), Nothing]);
        assert_eq!(of(&["text", "d", "id", "d"]), [One(2), One(0), Several(vec![1, 3])]);
        assert_eq!(of(&["text", "d", "id"]), [One(2), One(0), One(1)]);
        assert_eq!(of(&["id", "text"]), [One(0), One(1), Nothing]);
    }

    #[test]
    fn chosen_column_finds_what_its_name_means_unless_another_has_it() {
        let of = |names: &[&str], columns: &[&str]| of(&mut Layout::default(), names, columns);
        assert_eq!(of(&["id", "title"], &["id", "title", "subject"]), [One(0), One(1), Nothing]);
        assert_eq!(of(&["title"], &["subject", "docno"]), [One(0), Nothing]);
        assert_eq!(of(&["topics"], &["topics", "TOPICS"]), [One(0), One(0)]);
        assert_eq!(of(&["docno"], &["id"]), [One(0)]);
        assert_eq!(of(&["id"], &["docno"]), [One(0)]);
    }

    #[test]
    fn found_column_finds_its_name_alone() {
        let of = |names: &[&str], columns: &[&str]| of(&mut Layout::new(Finds::Name), names, columns);
        assert_eq!(of(&["ID", "title"], &["id", "ID", "title", "subject"]), [Nothing, One(0), One(1), Nothing]);
    }
}
