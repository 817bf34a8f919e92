//! The ways to cut a text into records, and what a record is before it is read.

use std::io::Read;

use super::boundaries::Boundaries;
use super::field_list::FieldList;
use super::lines::Lines;
use super::split::Splitter;
use super::whole::Whole;
use crate::engine::error::Cause;
use crate::engine::input::decode::TextReader;
use crate::engine::notes::Notes;

/// One record as it stands in the source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RawRecord {
    /// Attributes as written: lower-case names, entities not decoded.
    pub attributes: FieldList,
    pub body: String,
    /// The line where it begins, from 1.
    pub line: u64,
}

impl RawRecord {
    /// An attribute's value as written.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// How a format's records are told apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cut {
    /// By their tags.
    Tags(Boundaries),
    /// A record a line.
    Lines,
    /// The source file is one record.
    Whole,
}

/// Cuts a text into records.
pub enum Cutter<R> {
    Tags(Splitter<R>),
    Lines(Lines<R>),
    Whole(Whole<R>),
}

impl<R: Read> Cutter<R> {
    pub fn new(cut: Cut, reader: TextReader<R>) -> Self {
        match cut {
            Cut::Tags(boundaries) => Self::Tags(Splitter::new(reader, boundaries)),
            Cut::Lines => Self::Lines(Lines::new(reader)),
            Cut::Whole => Self::Whole(Whole::new(reader)),
        }
    }

    pub fn reader(&self) -> &TextReader<R> {
        match self {
            Self::Tags(splitter) => splitter.reader(),
            Self::Lines(lines) => lines.reader(),
            Self::Whole(whole) => whole.reader(),
        }
    }

    /// Puts the next record into `raw`, whose room is used again; false at the end of the file.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn next(&mut self, raw: &mut RawRecord, notes: &mut Notes) -> Result<bool, Cause> {
        raw.attributes.clear();
        raw.body.clear();
        match self {
            Self::Tags(splitter) => splitter.next(raw, notes),
            Self::Lines(lines) => lines.next(raw, notes),
            Self::Whole(whole) => whole.next(raw, notes),
        }
    }

    /// Beginnings of records seen, and those of them of which no record could be made.
    pub fn beginnings(&self) -> (u64, u64) {
        match self {
            Self::Tags(splitter) => splitter.start_tags(),
            Self::Lines(lines) => lines.lines(),
            Self::Whole(whole) => whole.wholes(),
        }
    }
}
