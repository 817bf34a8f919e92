//! A record → the values of its row: each column finds its own, and does to it what a person asked for.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::path::Path;

use scraper::Html;

use super::finder::{Finds, Layout, Matched};
use super::kinds::{Kinds, find_numbers};
use super::tidy::shaped;
use crate::engine::error::Cause;
use crate::engine::job::columns::{Column, Columns, Options, Origin, Place};
use crate::engine::job::reading::FormatKind;
use crate::engine::notes::{Note, NoteKind, Notes};
use crate::engine::output::field::Field;
use crate::engine::output::{Limits, OutputForm};
use crate::engine::records::format::html::selected::Finder;
use crate::engine::records::record::{Record, is_offered};

/// The column of values for which there is none of their own.
pub const REST: &str = "rest";

/// Fields of a record → a row.
pub struct Shaper {
    columns: Vec<Column>,
    names: HashSet<String>,
    finders: Vec<Option<Finder>>,
    /// Columns whose values stay as they are.
    plain: Vec<bool>,
    /// A column that a record has nothing for is told about.
    strict: bool,
    needs_title: bool,
    layout: RefCell<Layout>,
    /// Where the column stands that takes what no other does, and the records' format.
    rest: Option<(usize, FormatKind)>,
    /// What the columns are asked to be, where that is not text.
    kinds: Option<Kinds>,
}

/// Where a record stands.
#[derive(Debug, Clone, Copy)]
pub struct RecordPosition<'a> {
    /// The source file's path below the input folder.
    pub name: &'a Path,
    /// The record's number in it, from 1.
    pub number: u64,
}

impl Shaper {
    /// For columns that are chosen, or that the format names. With `strict`, a record that lacks a column's
    /// field is told about.
    #[must_use]
    pub fn new(columns: Vec<Column>, strict: bool) -> Self {
        Self::finding(Finds::Meaning, columns, strict)
    }

    /// For columns that are all names found.
    #[must_use]
    pub fn of_found(columns: Vec<Column>) -> Self {
        Self::finding(Finds::Name, columns, false)
    }

    fn finding(finds: Finds, columns: Vec<Column>, strict: bool) -> Self {
        let finder = |column: &Column| match &column.from {
            Origin::Select(css) => Finder::new(css),
            _ => None,
        };
        let finders = columns.iter().map(finder).collect();
        let needs_title = columns.iter().any(|column| column.options.drop_title);
        let names = columns.iter().filter_map(Column::field_name).map(str::to_owned).collect();
        let plain = columns.iter().map(|column| column.options.keep_values()).collect();
        Self {
            columns,
            names,
            finders,
            plain,
            strict,
            needs_title,
            layout: Layout::new(finds).into(),
            rest: None,
            kinds: None,
        }
    }

    /// With [`REST`] as the column of all that no other takes: there are more names than columns.
    #[must_use]
    pub fn with_rest(mut self, format: FormatKind) -> Self {
        self.rest = self.columns.iter().position(|column| column.name() == REST).map(|at| (at, format));
        self
    }

    /// With a word on each value that is not what its column is asked to be.
    #[must_use]
    pub fn with_kinds(mut self, kinds: Kinds) -> Self {
        self.kinds = Some(kinds).filter(|kinds| !kinds.are_texts());
        self
    }

    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The first of the record's fields that no column takes.
    #[must_use]
    pub fn unknown<'r>(&self, record: &'r Record, format: FormatKind) -> Option<&'r str> {
        let mut names = record.fields.iter().map(|(name, _)| name.as_str());
        names.find(|name| is_offered(name, format) && !self.names.contains(*name))
    }

    /// The record's row; what is missing is empty.
    #[must_use]
    pub fn row<'r>(&self, record: &'r Record, at: RecordPosition, notes: &mut Notes) -> Vec<Field<'r>> {
        self.row_in(Vec::with_capacity(self.columns.len()), record, at, notes)
    }

    /// As [`Shaper::row`], in the room of an earlier one.
    #[must_use]
    pub fn row_in<'r>(
        &self,
        room: Vec<Field<'r>>,
        record: &'r Record,
        at: RecordPosition,
        notes: &mut Notes,
    ) -> Vec<Field<'r>> {
        let markup = self.markup(record, notes);
        let title = if self.needs_title { record.get(Column::TITLE).unwrap_or_default() } else { "" };
        let mut row = room;
        row.resize_with(self.columns.len(), Field::default);
        let mut layout = self.layout.borrow_mut();
        let found = layout.of(record, &self.columns);
        for (at_column, (column, cell)) in self.columns.iter().zip(&mut row).enumerate() {
            let about = (column, self.plain[at_column]);
            let field = match (&column.from, &self.finders[at_column], &markup) {
                _ if self.rest.is_some_and(|(rest, _)| rest == at_column) => {
                    self.rest(record, notes).map(|rest| Field::One(rest.into()))
                }
                (Origin::Field(_), ..) => {
                    let value = |at: &usize| Cow::Borrowed(record.fields[*at].1.as_str());
                    match &found[at_column] {
                        Matched::Nothing => None,
                        Matched::One(at) if self.plain[at_column] => Some(Field::One(value(at))),
                        Matched::One(at) => field([value(at)], about, title),
                        Matched::Several(all) => field(all.iter().map(value), about, title),
                    }
                }
                (Origin::Place(place), ..) => field([at.of(*place, record.line)].map(Cow::Owned), about, title),
                (Origin::Select(_), Some(finder), Some(markup)) => {
                    field(finder.find(markup).into_iter().map(Cow::Owned), about, title)
                }
                (Origin::Select(_), ..) => None,
            };
            if field.is_none() && self.strict {
                let what = column.name().to_owned();
                notes.add(Note { what, ..Note::at(NoteKind::AttributeMissing, record.line, record.id(), 1) });
            }
            *cell = field.unwrap_or_default();
        }
        if let Some(kinds) = &self.kinds {
            kinds.note(&row, &self.columns, record, notes);
        }
        row
    }

    /// The values that no other column takes, behind their names.
    fn rest(&self, record: &Record, notes: &mut Notes) -> Option<String> {
        let (_, format) = self.rest?;
        let mut places: HashMap<&str, usize> = HashMap::new();
        let (mut all, mut count): (Vec<String>, u64) = (Vec::new(), 0);
        for (name, value) in record.fields.iter().filter(|(name, _)| is_offered(name, format)) {
            if name == REST {
                all.push(value.clone()); // such names stand in it already
            } else if !self.names.contains(name) {
                count += 1;
                let at = *places.entry(name).or_insert(all.len());
                if at == all.len() {
                    all.push(format!("{name}: {value}"));
                } else {
                    all[at].extend(["; ", value]);
                }
            }
        }
        if count > 0 {
            notes.add(Note::at(NoteKind::ValuesTogether, record.line, record.id(), count));
        }
        (!all.is_empty()).then(|| all.join("; "))
    }

    /// The record's markup, where a column looks into it.
    fn markup(&self, record: &Record, notes: &mut Notes) -> Option<Html> {
        let markup = record.markup.as_ref().filter(|_| self.finders.iter().any(Option::is_some))?;
        let read = markup.tree();
        if read.is_none() {
            notes.add(Note::at(NoteKind::TooMuchMarkup, record.line, record.id(), 1));
        }
        read
    }
}

/// The room of a row that is done with: empty fields, which borrow nothing any more (the library's `collect`
/// makes the new list where the old one was).
#[must_use]
pub fn emptied(row: Vec<Field>) -> Vec<Field<'static>> {
    row.into_iter().map(|_| Field::default()).collect()
}

/// What a column makes of its values; `None` of none.
fn field<'r>(
    values: impl IntoIterator<Item = Cow<'r, str>>,
    (column, is_plain): (&Column, bool),
    title: &str,
) -> Option<Field<'r>> {
    let shaped = |value: Cow<'r, str>| if is_plain { value } else { shaped(value, &column.options, title) };
    let mut values = values.into_iter().map(shaped);
    let first = values.next()?;
    let Some(second) = values.next() else { return Some(Field::One(first)) };
    let all: Vec<_> = [first, second].into_iter().chain(values).collect();
    Some(if column.options.spread { Field::Many(all) } else { all.join(column.separator()).into() })
}

impl RecordPosition<'_> {
    fn of(self, place: Place, line: u64) -> String {
        match place {
            Place::File => self.name.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            Place::Folder => self.name.parent().map(slashed).unwrap_or_default(),
            Place::Source => slashed(self.name),
            Place::Number => self.number.to_string(),
            Place::Line => line.to_string(),
        }
    }
}

/// A name with `/` between its parts, whatever the system.
#[must_use]
pub fn slashed(name: &Path) -> String {
    name.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// The columns of a file of which these fields are found: all of them, the text last, for it may take
/// several cells. Records without any field are numbered, so that their rows are not empty.
#[must_use]
pub fn all_found(found: &[String], format: FormatKind) -> Vec<Column> {
    let mut known = HashSet::new();
    let names = found.iter().filter(|name| is_offered(name, format) && known.insert(*name));
    let (texts, others): (Vec<&String>, _) = names.partition(|name| *name == Column::TEXT);
    let mut columns: Vec<Column> = others.into_iter().chain(texts).map(|name| Column::field(name)).collect();
    if columns.is_empty() {
        let number = Origin::Place(Place::Number);
        columns.push(Column { from: number, header: Some("record".into()), options: Options::default() });
    }
    columns
}

/// Tells about each column whose name is another one in a file of this form.
pub fn note_headers(columns: &[Column], form: &dyn OutputForm, notes: &mut Notes) {
    for header in columns.iter().map(Column::header) {
        let shown = form.shown(header.into());
        if shown != header {
            let is_guarded = shown.strip_prefix('\'') == Some(header);
            let kind = if is_guarded { NoteKind::CellsGuarded } else { NoteKind::NameCleaned };
            let what = shown.chars().take(60).collect();
            notes.add(Note { what, ..Note::at(kind, 1, "", 1) });
        }
    }
}

/// Of all columns found and the cells that they take, as many as there is room for, and [`REST`] for what the others
/// hold; `None` where all have room.
#[must_use]
pub fn within(columns: &[Column], widths: &[usize], limits: Limits) -> Option<Vec<Column>> {
    if columns.len() <= limits.columns && widths.iter().sum::<usize>() <= limits.columns {
        return None;
    }
    let most = limits.columns - (limits.columns / FOR_REST).max(1);
    let (mut own, mut last, mut cells) = (Vec::new(), Vec::new(), 0);
    let text = columns.iter().zip(widths).filter(|(column, _)| column.name() == Column::TEXT);
    let others = columns.iter().zip(widths).filter(|(column, _)| ![Column::TEXT, REST].contains(&column.name()));
    for (column, width) in text.chain(others) {
        cells += width;
        if cells > most {
            break; // so that columns are those that come first
        }
        if column.name() == Column::TEXT { &mut last } else { &mut own }.push(column.clone());
    }
    own.push(Column::field(REST));
    own.append(&mut last);
    Some(own)
}

/// These columns, with those as numbers that hold nothing else in these records, as this shapes them.
#[must_use]
pub fn with_numbers(mut columns: Vec<Column>, records: &[Record], shaper: &Shaper) -> Vec<Column> {
    let mut unheard = Notes::default();
    let at = RecordPosition { name: Path::new(""), number: 1 };
    find_numbers(&mut columns, records.iter().map(|record| shaper.row(record, at, &mut unheard)));
    columns
}

/// The part of a row that is kept for what has no column: such a record may be long.
const FOR_REST: usize = 16;

/// The columns that a format names.
#[must_use]
pub fn named(names: &[&str]) -> Vec<Column> {
    names.iter().filter_map(|name| Column::parse(name)).collect()
}

/// True when one of the columns looks into the records' markup.
#[must_use]
pub fn need_markup(columns: &[Column]) -> bool {
    columns.iter().any(|column| matches!(column.from, Origin::Select(_)))
}

/// The chosen columns, or for [`Columns::AUTO`] those that the format names, or all found; and whether these are more
/// than there is room for, so that [`REST`] takes what has none.
///
/// # Errors
/// When chosen ones are more than the form of output takes.
pub fn resolve(
    columns: &Columns,
    names: Option<&[&str]>,
    found: &[String],
    format: FormatKind,
    limits: Limits,
) -> Result<(Vec<Column>, bool), Cause> {
    let columns = match (columns.as_chosen(), names) {
        (Some(chosen), _) => chosen.to_vec(),
        (None, Some(names)) => named(names),
        (None, None) => {
            let all = all_found(found, format);
            let fewer = within(&all, &vec![1; all.len()], limits);
            let has_rest = fewer.is_some();
            return Ok((fewer.unwrap_or(all), has_rest));
        }
    };
    if columns.len() > limits.columns { Err(Cause::TooManyColumns(columns.len())) } else { Ok((columns, false)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(fields: &[(&str, &str)]) -> Record {
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let fields = fields.collect::<Vec<_>>().into();
        Record { line: 7, fields, ..Record::default() }
    }

    fn row(columns: Vec<Column>, fields: &[(&str, &str)]) -> Vec<Field<'static>> {
        let at = RecordPosition { name: Path::new("a/b/c.xml"), number: 3 };
        let record = record(fields);
        let row = Shaper::new(columns, true).row(&record, at, &mut Notes::default());
        row.into_iter().map(owned).collect()
    }

    fn one(text: &str) -> Field<'_> {
        text.into()
    }

    fn owned(field: Field) -> Field<'static> {
        let own = |value: Cow<str>| Cow::Owned(value.into_owned());
        match field {
            Field::One(value) => Field::One(own(value)),
            Field::Many(values) => Field::Many(values.into_iter().map(own).collect()),
        }
    }

    #[test]
    fn places_are_values_too() {
        let columns = Place::ALL.map(|place| Column { from: Origin::Place(place), ..Column::field("") });
        assert_eq!(row(columns.into(), &[]), ["c.xml", "a/b", "a/b/c.xml", "3", "7"].map(one));
    }

    #[test]
    fn repeated_field_is_joined_or_spread() {
        let fields = [("d", "x"), ("e", "y"), ("d", "z")];
        let joined = Column::field("d");
        let comma = Options { separator: Some(",".into()), ..Options::default() };
        let spread = Options { spread: true, ..Options::default() };
        let with = |options| Column { options, ..Column::field("d") };
        assert_eq!(row(vec![joined], &fields), [one("x; z")]);
        assert_eq!(row(vec![with(comma)], &fields), [one("x,z")]);
        assert_eq!(row(vec![with(spread)], &fields), [Field::Many(vec!["x".into(), "z".into()])]);
    }

    #[test]
    fn options_do_what_they_say() {
        let fields = [("title", "수학"), ("text", "\n수학\n\n\n\nBULLET::::- 하나 &amp;lt;\nSection::::역사.\n \n")];
        let with = |options| row(vec![Column { options, ..Column::field("text") }], &fields);
        let on = Options::default;
        assert_eq!(with(Options { trim: true, ..on() }), [one(fields[1].1.trim())]);
        assert_eq!(
            with(Options { drop_title: true, ..on() }),
            [one("BULLET::::- 하나 &amp;lt;\nSection::::역사.\n \n")]
        );
        assert_eq!(with(Options { drop_list_marks: true, ..on() }), [one("\n수학\n\n\n\n하나 &amp;lt;\n역사.\n \n")]);
        let single = "\n수학\n\nBULLET::::- 하나 &amp;lt;\nSection::::역사.\n ";
        assert_eq!(with(Options { collapse_blank_lines: true, ..on() }), [one(single)]);
        let decoded = "\n수학\n\n\n\nBULLET::::- 하나 &lt;\nSection::::역사.\n \n";
        assert_eq!(with(Options { decode_again: true, ..on() }), [one(decoded)]);
    }

    #[test]
    fn field_that_no_column_takes_is_known() {
        let xml = FormatKind::Xml;
        let shaper = Shaper::new(all_found(&["text".into(), "id".into()], xml), false);
        assert_eq!(shaper.columns().iter().map(Column::name).collect::<Vec<_>>(), ["id", "text"]);
        let record = record(&[("id", ""), ("xmlns:b", ""), ("a@b", ""), ("text", "")]);
        assert_eq!(shaper.unknown(&record, xml), Some("a@b"));
        assert_eq!(shaper.unknown(&record, FormatKind::JsonLines), Some("xmlns:b"));
    }
}
