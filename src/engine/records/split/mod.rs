//! The ways to cut a text into records, and what a record is before it is read.

pub mod boundaries;
pub mod by_line;
pub mod by_tags;
pub mod by_tree;
pub mod by_value;
pub mod outside;
pub mod raw_record;
pub mod sentences;
pub mod table;
pub mod warc;
pub mod whole_file;

use std::io::Read;

use crate::engine::error::Halt;
use crate::engine::input::decode::TextReader;
use crate::engine::notes::Notes;
use boundaries::Boundaries;
use by_line::LineSplitter;
use by_tags::TagSplitter;
use by_tree::TreeSplitter;
use by_tree::wanted::TreeCut;
use by_value::{ValueSplitter, Wanted};
use raw_record::RawRecord;
use sentences::SentenceSplitter;
use sentences::layout::SentenceLayout;
use table::{Dialect, TableSplitter};
use warc::WarcSplitter;
use whole_file::WholeFile;

/// How a format's records are told apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cut {
    /// By their tags.
    Tags(Boundaries),
    /// A record a line.
    Lines,
    /// Values of JSON documents; which, what repeats says, or a person.
    Values,
    /// A row of a table a record.
    Table(Dialect),
    /// A sentence a record, or a token, where tokens stand a line each.
    Sentences(SentenceLayout),
    /// By the lengths that they say: records of a crawl.
    Warc,
    /// By where their elements stand in the tree.
    Tree(TreeCut),
    /// The source file is one record.
    Whole,
}

/// Cuts a text into records.
pub enum Cutter<R> {
    Tags(TagSplitter<R>),
    Lines(LineSplitter<R>),
    Values(Box<ValueSplitter<R>>),
    Table(TableSplitter<R>),
    Sentences(Box<SentenceSplitter<R>>),
    Warc(WarcSplitter<R>),
    Tree(Box<TreeSplitter<R>>),
    Whole(WholeFile<R>),
}

impl<R: Read> Cutter<R> {
    /// What is `wanted` counts for [`Cut::Values`] alone.
    pub fn new(cut: Cut, reader: TextReader<R>, wanted: Wanted) -> Self {
        match cut {
            Cut::Values => Self::Values(ValueSplitter::new(reader, wanted).into()),
            Cut::Tags(boundaries) => Self::Tags(TagSplitter::new(reader, boundaries)),
            Cut::Lines => Self::Lines(LineSplitter::new(reader)),
            Cut::Table(dialect) => Self::Table(TableSplitter::new(reader, dialect)),
            Cut::Sentences(layout) => Self::Sentences(Box::new(SentenceSplitter::new(reader, layout))),
            Cut::Warc => Self::Warc(WarcSplitter::new(reader)),
            Cut::Tree(cut) => Self::Tree(Box::new(TreeSplitter::new(reader, cut))),
            Cut::Whole => Self::Whole(WholeFile::new(reader)),
        }
    }

    pub fn reader(&self) -> &TextReader<R> {
        match self {
            Self::Tags(splitter) => splitter.reader(),
            Self::Lines(lines) => lines.reader(),
            Self::Values(values) => values.reader(),
            Self::Table(table) => table.reader(),
            Self::Sentences(sentences) => sentences.reader(),
            Self::Warc(records) => records.reader(),
            Self::Tree(tree) => tree.reader(),
            Self::Whole(whole) => whole.reader(),
        }
    }

    /// Puts the next record into `raw`, whose room is used again; false at the end of the file.
    ///
    /// # Errors
    /// When the file cannot be read, or the run is stopped.
    pub fn next(&mut self, raw: &mut RawRecord, notes: &mut Notes) -> Result<bool, Halt> {
        raw.attributes.clear();
        raw.body.clear();
        raw.tokens.clear();
        match self {
            Self::Tags(splitter) => splitter.next(raw, notes),
            Self::Lines(lines) => lines.next(raw, notes),
            Self::Values(values) => values.next(raw, notes),
            Self::Table(table) => table.next(raw, notes),
            Self::Sentences(sentences) => sentences.next(raw, notes),
            Self::Warc(records) => records.next(raw, notes),
            Self::Tree(tree) => tree.next(raw, notes),
            Self::Whole(whole) => whole.next(raw, notes),
        }
    }

    /// Beginnings of records seen, and those of them of which no record could be made.
    pub fn beginnings(&self) -> (u64, u64) {
        match self {
            Self::Tags(splitter) => splitter.start_tags(),
            Self::Lines(lines) => lines.lines(),
            Self::Values(values) => values.records(),
            Self::Table(table) => table.rows(),
            Self::Sentences(sentences) => sentences.records(),
            Self::Warc(records) => records.records(),
            Self::Tree(tree) => tree.records(),
            Self::Whole(whole) => whole.wholes(),
        }
    }
}
