//! Bytes → records: compression, encoding, format, record boundaries, the text of a record.
//!
//! [`Records`] reads one source file as a stream; never more than a chunk and a record of it are in
//! memory. The format is recognised by looking inside, never by the file's name.

use std::collections::VecDeque;
use std::io::Read;

use super::context::Context;
use super::format::{self, Format, Head};
use super::markup::{html, tidy};
use super::record::Record;
use super::split::boundaries::{Boundaries, Inside};
use super::split::raw_record::RawRecord;
use super::split::{Cut, Cutter};
use crate::engine::error::{Cause, Halt, UnknownText};
use crate::engine::input::decode::TextReader;
use crate::engine::input::open::Opened;
use crate::engine::job::reading::{Certainty, Css, EncodingName, FormatKind, Reading};
use crate::engine::notes::{Note, NoteKind, Notes};
use crate::engine::stop::StopToken;

/// How the records of one source file are asked for.
#[derive(Debug, Clone, Copy)]
pub struct ReadOptions<'a> {
    pub reading: &'a Reading,
    /// The source file's name without folders.
    pub file: &'a str,
    /// Records keep their markup, because a column's selector will look into it.
    pub keep_markup: bool,
}

/// The records of one source file, in order.
pub struct Records<'a, R> {
    pub(super) cutter: Cutter<R>,
    format: &'static dyn Format,
    ask: ReadOptions<'a>,
    /// The selector that finds the records inside what is cut.
    select: Option<&'a Css>,
    /// The record at hand as it stands in the source, and its key: room that each one uses again.
    raw: RawRecord,
    id: String,
    /// Found and not given yet.
    waiting: VecDeque<Record>,
    /// Records that there must be, by what is cut and found.
    owed: u64,
    unreadable: u64,
}

impl<'a> Records<'a, Opened> {
    /// Recognises the format of a source file just opened.
    ///
    /// # Errors
    /// [`Cause::Read`], [`Cause::NotText`], [`Cause::NotRecognised`].
    pub fn of(opened: Opened, ask: ReadOptions<'a>) -> Result<Self, Halt> {
        let around = opened.around();
        Self::new(TextReader::new(opened, ask.reading.encoding.map(|name| name.0))?.beside(around), ask)
    }

    /// Only the beginning was to be read, and it is read: a record may be cut off.
    pub fn is_cut(&self) -> bool {
        self.cutter.reader().source().is_cut()
    }

    /// Bytes of the file read so far, compressed as they stand on the disk.
    pub fn bytes_read(&self) -> u64 {
        self.cutter.reader().source().bytes_read()
    }
}

impl<'a, R: Read> Records<'a, R> {
    /// Recognises the format of a text.
    ///
    /// # Errors
    /// [`Cause::Read`], [`Cause::NotRecognised`].
    pub fn new(mut reader: TextReader<R>, ask: ReadOptions<'a>) -> Result<Self, Halt> {
        match ask.reading.format {
            Some(FormatKind::Warc) => reader.keep_bytes(),
            Some(_) => reader.keep_no_bytes(ask.reading.encoding.map(|name| name.0)),
            None => {}
        }
        while reader.text().len() < format::HEAD && reader.more()? {}
        let head = Head::new(reader.text(), reader.is_at_end());
        let mut select = ask.reading.record.as_ref();
        let found = match (select, ask.reading.format) {
            (Some(css), kind) => Some(if let Some(found) = format::by_word(kind, &head, css.as_str()) {
                select = None;
                found
            } else {
                let (format, cut) = by_selector(css, &head);
                select = select.filter(|_| cut == Cut::Whole);
                (format, cut)
            }),
            (None, Some(kind)) => format::chosen(kind, &head),
            (None, None) => format::recognise(&head),
        };
        let Some((format, cut)) = found else { return Err(Cause::NotRecognised(look(&head)).into()) };
        let cutter = Cutter::new(cut, reader);
        let (raw, id) = (RawRecord::default(), String::new());
        Ok(Self { cutter, format, ask, select, raw, id, waiting: VecDeque::new(), owed: 0, unreadable: 0 })
    }

    /// The next record; `None` at the end of the file. What was left out or repaired goes into `notes`.
    ///
    /// # Errors
    /// When the file cannot be read, or the run is stopped.
    pub fn next(&mut self, stop: &StopToken, notes: &mut Notes) -> Result<Option<Record>, Halt> {
        loop {
            stop.checkpoint()?;
            if let Some(record) = self.waiting.pop_front() {
                return Ok(Some(record));
            }
            if !self.cutter.next(&mut self.raw, notes)? {
                return Ok(None);
            }
            self.id.clear();
            let mut context = Context {
                stop,
                notes,
                tags: self.ask.reading.tags,
                keep_markup: self.ask.keep_markup,
                may_be_bad: self.cutter.reader().bad_sequences() > 0,
                encoding: self.ask.reading.encoding.map(|name| name.0),
                file: self.ask.file,
                line: self.raw.line,
                id: &mut self.id,
            };
            if let Some(css) = self.select {
                self.waiting = format::html::selected::records(&self.raw, css, &mut context)?.into();
                self.owed += self.waiting.len() as u64;
                continue;
            }
            match self.format.read(&mut self.raw, &mut context)? {
                Some(record) => return Ok(Some(record)),
                None => self.unreadable += 1,
            }
        }
    }

    /// Takes a record back that is done with: the next one is made in its place.
    pub fn give_back(&mut self, record: Record) {
        self.raw.attributes = record.fields;
    }

    /// How records stand in the file.
    pub fn format(&self) -> FormatKind {
        if self.select.is_some() { FormatKind::Selected } else { self.format.kind() }
    }

    /// The fields that are columns unless a person chooses others, of a file where these names were
    /// found; `None`: all of them.
    pub fn columns(&self, found: &[String]) -> Option<&'static [&'static str]> {
        if self.select.is_some() { None } else { self.format.columns(found) }
    }

    /// The encoding, and how it is known.
    pub fn encoding(&self) -> (EncodingName, Certainty) {
        let reader = self.cutter.reader();
        (EncodingName(reader.encoding()), reader.certainty())
    }

    /// Tells of an encoding that may be another, once all is read that may show it.
    pub fn note_encoding(&self, notes: &mut Notes) {
        let (encoding, certainty) = self.encoding();
        if certainty == Certainty::Unsure {
            let what = encoding.0.name().to_owned();
            notes.add(Note { what, ..Note::at(NoteKind::EncodingUnsure, 1, "", 1) });
        }
    }

    /// The number of records that there must be: beginnings seen less those that are named as
    /// unreadable.
    pub fn owed(&self) -> u64 {
        let (beginnings, broken) = self.cutter.beginnings();
        if self.select.is_some() { self.owed } else { beginnings - broken - self.unreadable }
    }
}

/// A selector that is an element's name cuts a text of any length; any other needs the whole page.
fn by_selector(css: &Css, head: &Head) -> (&'static dyn Format, Cut) {
    let is_page = format::recognise(head).is_some_and(|(format, _)| format.kind() == FormatKind::HtmlPage);
    match css.element() {
        Some(element) if !is_page => {
            let boundaries = Boundaries { element: element.to_owned().into(), inside: Inside::Nests };
            (&format::Xml, Cut::Tags(boundaries))
        }
        _ => (&format::HtmlPage, Cut::Whole),
    }
}

/// What a text in no known format looks like.
fn look(head: &Head) -> UnknownText {
    let begin = head.begin();
    match begin.chars().next() {
        None => UnknownText::Blank,
        Some('{' | '[') if !begin.starts_with("{\\rtf") => UnknownText::Json,
        Some('{') => UnknownText::Rtf,
        Some('<') => UnknownText::Markup(head.root().map(|root| root.name.to_owned()).unwrap_or_default()),
        _ => UnknownText::Unknown,
    }
}

/// Entities decoded once more.
#[must_use]
pub fn decode_again(text: &str) -> String {
    let text = text.replace('<', "&lt;");
    html::text(&text, tidy::Rules::Html, &StopToken::default()).map_or_else(|_| String::new(), |read| read.text)
}
