//! Where the fields of columns stand in a record: looked for once as long as the records of a file have the
//! same names in the same order, as most have.

use super::columns::{Column, Origin};
use super::source::Record;

/// What was found in the record at hand.
#[derive(Debug, Default)]
pub struct Layout {
    names: Vec<String>,
    found: Vec<Found>,
}

/// A column's field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    Nothing,
    /// The only one of its name stands here.
    One(usize),
    /// Several have its name.
    Several,
}

impl Layout {
    /// Of each column what it finds in `record`. The columns, and what names mean, are always the same.
    pub fn of(&mut self, record: &Record, columns: &[Column]) -> &[Found] {
        let names = record.fields.iter().map(|(name, _)| name);
        if self.found.len() != columns.len() || !self.names.iter().eq(names.clone()) {
            self.names.truncate(record.fields.len());
            for (at, name) in names.enumerate() {
                match self.names.get_mut(at) {
                    Some(known) => name.clone_into(known),
                    None => self.names.push(name.clone()),
                }
            }
            self.found.clear();
            self.found.extend(columns.iter().map(|column| match &column.from {
                Origin::Field(name) => found(record, name),
                _ => Found::Nothing,
            }));
        }
        &self.found
    }
}

fn found(record: &Record, name: &str) -> Found {
    let Some(first) = record.resolve(name) else { return Found::Nothing };
    match record.values(name).nth(1) {
        Some(_) => Found::Several,
        None => Found::One(first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Found::{Nothing, One, Several};

    #[test]
    fn fields_are_found_again_where_the_next_record_has_others() {
        let columns = ["id", "Text", "d"].map(Column::field);
        let mut layout = Layout::default();
        let mut of = |names: &[&str]| {
            let fields: Vec<_> = names.iter().map(|name| ((*name).to_owned(), String::new())).collect();
            layout.of(&Record { fields: fields.into(), ..Record::default() }, &columns).to_vec()
        };
        assert_eq!(of(&[]), [Nothing, Nothing, Nothing]);
        assert_eq!(of(&["id", "text"]), [One(0), One(1), Nothing]);
        assert_eq!(of(&["text", "id"]), [One(1), One(0), Nothing]);
        assert_eq!(of(&["text", "d", "id", "d"]), [One(2), One(0), Several]);
        assert_eq!(of(&["text", "d", "id"]), [One(2), One(0), One(1)]);
        assert_eq!(of(&["id", "text"]), [One(0), One(1), Nothing]);
    }
}
