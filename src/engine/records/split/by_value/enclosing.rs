//! What encloses records: which values of a text are records, on which ways they are reached, and the fields of the
//! objects on the way, `../id`, which every record in them has too.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::engine::job::columns::{Column, Origin};
use crate::engine::notes::{Note, NoteKind, Notes};
use crate::engine::records::field_list::FieldList;
use crate::engine::records::json::outline::Selection;
use crate::engine::records::record::identifies;

/// The field that names a record's kind, where several kinds stand side by side.
pub const ELEMENT: &str = "element";

/// The longest value that stands beside each record, and the most of them and of their bytes an object has.
const LONGEST_VALUE: usize = 32 << 10;
const MOST_VALUES: usize = 1000;
const MOST_BYTES: usize = 128 << 10;

/// What is wanted of a text.
#[derive(Debug, Clone)]
pub struct Wanted {
    paths: Vec<String>,
    /// The columns that a person chose, by small letters.
    chosen: Option<Vec<String>>,
    /// Whatever can be a column is given with each record, so that it can be offered.
    offers: bool,
}

impl Wanted {
    /// These records, and of what encloses them the columns `chosen`, or what identifies; or with `offers` everything.
    #[must_use]
    pub fn new(selection: Selection, chosen: Option<&[Column]>, offers: bool) -> Self {
        let name = |column: &Column| match &column.from {
            Origin::Field(name) => Some(name.to_lowercase()),
            _ => None,
        };
        let chosen = chosen.map(|columns| columns.iter().filter_map(name).collect());
        Self { paths: selection.paths, chosen, offers }
    }

    /// What stands at this path is a record.
    pub(super) fn is_record(&self, path: &str) -> bool {
        self.paths.iter().any(|known| known == path)
    }

    /// The name of this record's kind, where there are several.
    pub(super) fn element<'p>(&self, path: &'p str) -> Option<&'p str> {
        (self.paths.len() > 1).then(|| path.rsplit_once('/').map_or(path, |(_, name)| name))
    }

    /// Records may stand below this path.
    pub(super) fn leads_on(&self, path: &str) -> bool {
        let below =
            |known: &String| path.is_empty() || known.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'));
        self.paths.iter().any(below)
    }

    /// How a record reaches the object at this path: `../../`.
    pub(super) fn up_from(&self, path: &str) -> String {
        let names = |path: &str| if path.is_empty() { 0 } else { 1 + path.matches('/').count() };
        let all = self.paths.first().map_or(0, |first| names(first));
        "../".repeat(all.saturating_sub(names(path)))
    }

    /// Whether an enclosing field is given with each record, and whether it is a column.
    fn takes(&self, name: &str) -> (bool, bool) {
        let is_column = match &self.chosen {
            Some(chosen) => chosen.contains(&name.to_lowercase()),
            None => identifies(name),
        };
        (is_column || self.offers, is_column)
    }

    /// Nobody decided which fields are columns.
    pub(super) fn is_free(&self) -> bool {
        self.chosen.is_none()
    }
}

/// The fields of an object on the way to records.
#[derive(Debug)]
pub struct Level {
    up: String,
    around: Option<Rc<Level>>,
    /// Where the object stands, from the root.
    path: String,
    values: RefCell<Vec<Beside>>,
    bytes: Cell<usize>,
    /// A record inside has been given without what stands behind it.
    is_given: Cell<bool>,
}

#[derive(Debug)]
struct Beside {
    /// As the record names it.
    name: String,
    value: String,
    line: u64,
    is_column: bool,
}

/// What became of a field of an object on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taken {
    /// A column has it.
    Column,
    /// A person's choice left it out.
    ByChoice,
    /// It is no column unless a person asks for it.
    LeftOut,
    /// It is too long, too late or one too many to stand beside each record.
    Lost,
}

impl Level {
    /// Of the object at `path`, which records reach by `up`.
    pub fn new(path: String, up: String, around: Option<Rc<Self>>) -> Self {
        let (values, bytes, is_given) = (RefCell::default(), Cell::new(0), Cell::new(false));
        Self { up, around, path, values, bytes, is_given }
    }

    /// Takes a field of the object's.
    pub(super) fn add(&self, name: &str, value: String, line: u64, wanted: &Wanted) -> Taken {
        let name = format!("{}{name}", self.up);
        let (is_given, is_column) = wanted.takes(&name);
        let left_out = if wanted.is_free() { Taken::LeftOut } else { Taken::ByChoice };
        let (mut values, bytes) = (self.values.borrow_mut(), self.bytes.get() + name.len() + value.len());
        let fits = value.len() <= LONGEST_VALUE && bytes <= MOST_BYTES && values.len() < MOST_VALUES;
        if is_given && fits && !self.is_given.get() {
            values.push(Beside { name, value, line, is_column });
            self.bytes.set(bytes);
            return if is_column { Taken::Column } else { left_out };
        }
        if is_column { Taken::Lost } else { left_out }
    }

    /// Tells of the fields that would have stood beside records of which there were none.
    pub fn tell_unused(self: &Rc<Self>, notes: &mut Notes) {
        if Rc::strong_count(self) > 1 || self.is_given.get() {
            return; // a record waits with them, or has been given
        }
        for Beside { name, line, .. } in
            self.values.borrow().iter().filter(|value| value.is_column && !value.value.is_empty())
        {
            let name = &name[self.up.len()..];
            let between = if self.path.is_empty() { "" } else { "/" };
            let what = format!("{}{between}{name}", self.path);
            notes.add(Note { what, ..Note::at(NoteKind::ValuesOutside, *line, "", 1) });
        }
    }

    /// Adds the fields of all objects around, from outside.
    pub fn give(&self, fields: &mut FieldList) {
        if let Some(around) = &self.around {
            around.give(fields);
        }
        for Beside { name, value, .. } in self.values.borrow().iter() {
            fields.push(name, value);
        }
        self.is_given.set(true);
    }
}
