//! The columns of a worksheet: where each one's values come from, and what is done to them on the way.

pub mod kind;

use std::fmt;

use serde::de::value::SeqAccessDeserializer;
use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use kind::Kind;

/// Where a column's values come from.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// A field of the record, by name; letter case does not matter.
    Field(String),
    /// What a CSS selector finds inside the record.
    Select(String),
    /// Where the record stands.
    Place(Place),
}

/// Where a record stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// The source file's name with the folders above it, below the input folder.
    Source,
    /// The source file's name.
    File,
    /// The folders above it, below the input folder.
    Folder,
    /// The record's number within its source file, from 1.
    Number,
    /// The line where it begins, from 1.
    Line,
}

impl Place {
    /// In the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::File, Self::Folder, Self::Source, Self::Number, Self::Line];

    /// The name by which it is asked for, `:file`, and the column's own, `file`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Source => ":source",
            Self::File => ":file",
            Self::Folder => ":folder",
            Self::Number => ":number",
            Self::Line => ":line",
        }
    }
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Where its values come from.
    #[serde(flatten)]
    pub from: Origin,
    /// The word in the header; the field's own name where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header: Option<String>,
    /// What is done to each value.
    #[serde(flatten)]
    pub options: Options,
}

/// What is done to a column's values.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
#[allow(clippy::struct_excessive_bools)] // each is one thing that people switch on by itself
pub struct Options {
    /// Spaces and line breaks at both ends go.
    #[serde(skip_serializing_if = "is_off")]
    pub trim: bool,
    /// The first line goes where it repeats the record's title.
    #[serde(skip_serializing_if = "is_off")]
    pub drop_title: bool,
    /// Entities are decoded once more (`&amp;lt;` was escaped twice).
    #[serde(skip_serializing_if = "is_off")]
    pub decode_again: bool,
    /// Several blank lines become one.
    #[serde(skip_serializing_if = "is_off")]
    pub collapse_blank_lines: bool,
    /// `BULLET::::` and `Section::::` at the beginning of a line go.
    #[serde(skip_serializing_if = "is_off")]
    pub drop_list_marks: bool,
    /// A field that stands several times in a record: each value in a cell of its own.
    #[serde(skip_serializing_if = "is_off")]
    pub spread: bool,
    /// …or all in one cell with this between them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub separator: Option<String>,
    /// What the values are taken for.
    #[serde(skip_serializing_if = "Kind::is_text")]
    pub kind: Kind,
}

impl Options {
    /// Nothing is done to the values' characters.
    #[must_use]
    pub fn keep_values(&self) -> bool {
        Self { kind: Kind::Text, ..self.clone() } == Self::default()
    }
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde's signature
fn is_off(option: &bool) -> bool {
    !option
}

impl Column {
    /// The name of a record's key, whatever its format calls it.
    pub const ID: &str = "id";
    /// The name of a record's title.
    pub const TITLE: &str = "title";
    /// The name of a record's text, the column that may be long.
    pub const TEXT: &str = "text";

    /// The column of a field, as it is.
    #[must_use]
    pub fn field(name: &str) -> Self {
        Self { from: Origin::Field(name.to_owned()), header: None, options: Options::default() }
    }

    /// As typed: `name`, `:file`, or either with `=header`, and with `#number`, `#date` or `#truth` behind the name.
    /// `None` where a part is empty.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (name, header) = match text.split_once('=') {
            Some((name, header)) => (name.trim(), Some(header.trim().to_owned())),
            None => (text.trim(), None),
        };
        // names of fields may hold the sign: `p#text` is one, unless it is asked for as `p#text#text`
        let kind = name.rsplit_once('#').and_then(|(name, kind)| Some((name.trim_end(), Kind::parse(kind)?)));
        let kind = kind.filter(|(name, _)| !name.is_empty());
        let (name, kind) = kind.unwrap_or((name, Kind::Text));
        if name.is_empty() || header.as_deref() == Some("") {
            return None;
        }
        let place = Place::ALL.into_iter().find(|place| place.name() == name);
        let from = place.map_or_else(|| Origin::Field(name.to_owned()), Origin::Place);
        Some(Self { from, header, options: Options { kind, ..Options::default() } })
    }

    /// The name of what the column holds: a field's, a selector, or a place's.
    #[must_use]
    pub fn name(&self) -> &str {
        match &self.from {
            Origin::Field(name) | Origin::Select(name) => name,
            Origin::Place(place) => place.name(),
        }
    }

    /// The name of the field that the column holds, if it holds one.
    #[must_use]
    pub fn field_name(&self) -> Option<&str> {
        if let Origin::Field(name) = &self.from { Some(name) } else { None }
    }

    /// The word in the header.
    #[must_use]
    pub fn header(&self) -> &str {
        let own = || match &self.from {
            Origin::Place(place) => place.name().trim_start_matches(':'),
            Origin::Field(_) | Origin::Select(_) => self.name(),
        };
        self.header.as_deref().unwrap_or_else(own)
    }

    /// What stands between several values in one cell.
    #[must_use]
    pub fn separator(&self) -> &str {
        let default = if self.name() == Self::TEXT { "\n" } else { "; " };
        self.options.separator.as_deref().unwrap_or(default)
    }
}

/// The columns of the worksheets: chosen, or what each source file offers.
///
/// Chosen ones are at least one, no header empty, none twice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns(Choice);

#[derive(Debug, Clone, Default, PartialEq, Eq)]
enum Choice {
    #[default]
    Auto,
    Numbers,
    Chosen(Vec<Column>),
}

/// Columns that make no header: none, one without a word, or two with the same.
#[derive(Debug, thiserror::Error)]
#[error("columns need different headers, and at least one")]
pub struct BadColumns;

impl Columns {
    /// Those of each source file's format: for WikiExtractor `id`, `title`, `text`, else all fields
    /// found.
    pub const AUTO: Self = Self(Choice::Auto);

    /// The same, and each that has nothing but numbers in the first records of its file is one of numbers.
    pub const NUMBERS: Self = Self(Choice::Numbers);

    /// How [`Columns::NUMBERS`] is told where columns are kept.
    const NUMBERS_WORD: &str = "numbers";

    /// Nothing at all is chosen: each format has its own, all of them texts.
    #[must_use]
    pub fn is_auto(&self) -> bool {
        *self == Self::AUTO
    }

    /// [`Columns::NUMBERS`] are meant.
    #[must_use]
    pub fn are_numbers(&self) -> bool {
        *self == Self::NUMBERS
    }

    /// # Errors
    /// [`BadColumns`].
    pub fn chosen(columns: Vec<Column>) -> Result<Self, BadColumns> {
        let headers: Vec<&str> = columns.iter().map(Column::header).collect();
        let twice = headers.iter().enumerate().any(|(i, header)| headers[..i].contains(header));
        let blank = headers.iter().any(|header| header.trim().is_empty());
        if columns.is_empty() || twice || blank { Err(BadColumns) } else { Ok(Self(Choice::Chosen(columns))) }
    }

    /// As typed, commas between (see [`Column::parse`]); `auto` is [`Columns::AUTO`], `auto#number`
    /// [`Columns::NUMBERS`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim() {
            "auto" => return Some(Self::AUTO),
            "auto#number" => return Some(Self::NUMBERS),
            _ => {}
        }
        Self::chosen(text.split(',').map(Column::parse).collect::<Option<_>>()?).ok()
    }

    /// The chosen columns; `None` for [`Columns::AUTO`] and [`Columns::NUMBERS`].
    #[must_use]
    pub fn as_chosen(&self) -> Option<&[Column]> {
        if let Choice::Chosen(columns) = &self.0 { Some(columns) } else { None }
    }
}

impl Serialize for Columns {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Choice::Auto => serializer.serialize_none(),
            Choice::Numbers => serializer.serialize_str(Self::NUMBERS_WORD),
            Choice::Chosen(columns) => columns.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Columns {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Told)
    }
}

/// Reads columns as they are kept: nothing, a word, or a list.
struct Told;

impl<'de> Visitor<'de> for Told {
    type Value = Columns;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a list of columns, or \"{}\"", Columns::NUMBERS_WORD)
    }

    fn visit_unit<E: Error>(self) -> Result<Columns, E> {
        Ok(Columns::AUTO)
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<Columns, E> {
        if word == Columns::NUMBERS_WORD {
            Ok(Columns::NUMBERS)
        } else {
            Err(E::invalid_value(serde::de::Unexpected::Str(word), &self))
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Columns, A::Error> {
        let columns = Vec::deserialize(SeqAccessDeserializer::new(list))?;
        Columns::chosen(columns).map_err(A::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(text: &str) -> Option<Vec<String>> {
        let columns = Columns::parse(text)?;
        columns.as_chosen().map(|columns| columns.iter().map(|column| column.header().to_owned()).collect())
    }

    #[test]
    fn columns_are_typed_with_commas_between() {
        assert_eq!(headers("id, URL ,text=본문,:file"), Some(["id", "URL", "본문", "file"].map(String::from).into()));
        assert_eq!(Columns::parse("auto"), Some(Columns::AUTO));
        for bad in ["", "id,", "id,id", "id=,text", "title=id,id"] {
            assert_eq!(headers(bad), None, "{bad}");
        }
        let place = Columns::parse(":number").expect("a column");
        assert_eq!(place.as_chosen().map(|columns| columns[0].from.clone()), Some(Origin::Place(Place::Number)));
    }

    #[test]
    fn kinds_are_typed_behind_the_names() {
        let columns =
            Columns::parse("id, views#number=조회 수,day#date,:line#number,p#text#text,a#b,#text").expect("good");
        let columns = columns.as_chosen().expect("chosen");
        let told: Vec<_> = columns.iter().map(|column| (column.name(), column.header(), column.options.kind)).collect();
        let want = [
            ("id", "id", Kind::Text),
            ("views", "조회 수", Kind::Number),
            ("day", "day", Kind::Date),
            (":line", "line", Kind::Number),
            ("p#text", "p#text", Kind::Text),
            ("a#b", "a#b", Kind::Text),
            ("#text", "#text", Kind::Text),
        ];
        assert_eq!(told, want);
        assert!(columns[1].options.keep_values());
        assert_eq!(Columns::parse("auto#number"), Some(Columns::NUMBERS));
    }

    #[test]
    fn columns_are_kept_and_read_as_they_were() {
        let chosen = Columns::parse("id,views#number").expect("good");
        let kept = [
            (Columns::AUTO, "null"),
            (Columns::NUMBERS, "\"numbers\""),
            (chosen, r#"[{"field":"id"},{"field":"views","kind":"number"}]"#),
        ];
        for (columns, json) in kept {
            assert_eq!(serde_json::to_string(&columns).expect("JSON"), json);
            assert_eq!(serde_json::from_str::<Columns>(json).expect("columns"), columns);
        }
        for bad in ["\"number\"", "[]", "1", r#"[{"field":"id"},{"field":"id"}]"#] {
            assert!(serde_json::from_str::<Columns>(bad).is_err(), "{bad}");
        }
    }
}
