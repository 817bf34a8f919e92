//! Bytes → records: compression, encoding, format, record boundaries, the text of a record.
//!
//! [`Records`] reads one source file as a stream; never more than a chunk and a record of it are in
//! memory. The format is recognised by looking inside, never by the file's name.

mod decode;
mod html;
mod json_lines;
mod markup;
mod names;
mod open;
mod outside;
pub mod sample;
mod sniff;
mod split;
mod tag;
#[cfg(test)]
mod tests;

use std::io::Read;
use std::path::Path;

use decode::TextReader;
use json_lines::{JsonLines, JsonRecord};
pub use open::Opened;
use split::{RawRecord, Splitter};

use super::control::{Control, Stopped};
use super::error::Cause;
use super::job::Columns;
use super::notes::{Note, NoteKind, Notes};

/// The attribute or key by which people know a record.
const ID: &str = "id";

/// One record of a source file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Record {
    /// `<doc …>…</doc>`: the tag as it stands in the source, and the text.
    Doc(RawRecord, String),
    Json(JsonRecord),
}

impl Record {
    /// The record's key, as written.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Doc(raw, _) => raw.attribute(ID).unwrap_or_default(),
            Self::Json(object) => object.values.get(ID).map(String::as_str).unwrap_or_default(),
        }
    }

    /// The line of the source file where it begins, from 1.
    #[must_use]
    pub fn line(&self) -> u64 {
        match self {
            Self::Doc(raw, _) => raw.line,
            Self::Json(object) => object.line,
        }
    }

    /// The value for a column, taken out, entities decoded; `None` where the record has none.
    fn take(&mut self, column: &str) -> Option<String> {
        match self {
            Self::Doc(_, text) if column == Columns::TEXT => Some(std::mem::take(text)),
            Self::Doc(raw, _) => {
                let value = raw.attribute(column)?;
                Some(html::attribute_value(&lines_to_lf(value)).into_owned())
            }
            Self::Json(object) => object.values.get_mut(column).map(std::mem::take),
        }
    }

    /// The values of all columns; what is missing is empty and noted.
    #[must_use]
    pub fn into_fields(mut self, columns: &Columns, notes: &mut Notes) -> Vec<String> {
        let about = self.note(NoteKind::AttributeMissing, 1);
        let fields = columns.names().iter().map(|name| {
            self.take(name).unwrap_or_else(|| {
                notes.add(Note { what: name.clone(), ..about.clone() });
                String::new()
            })
        });
        fields.collect()
    }

    /// A note about this record.
    #[must_use]
    pub fn note(&self, kind: NoteKind, count: u64) -> Note {
        Note::at(kind, self.line(), self.id(), count)
    }
}

/// Why there is no next record.
#[derive(Debug)]
pub enum Ended {
    Failed(Cause),
    Stopped,
}

impl From<Cause> for Ended {
    fn from(cause: Cause) -> Self {
        Self::Failed(cause)
    }
}

impl From<Stopped> for Ended {
    fn from(_: Stopped) -> Self {
        Self::Stopped
    }
}

/// The records of one source file, in order.
pub struct Records<R> {
    format: Format<R>,
}

enum Format<R> {
    Docs(Splitter<R>),
    JsonLines(JsonLines<R>),
}

impl Records<Opened> {
    /// Opens a source file and recognises its format.
    ///
    /// # Errors
    /// [`Cause::Read`], [`Cause::NotText`].
    pub fn open(path: &Path) -> Result<Self, Cause> {
        Self::new(TextReader::new(open::open(path)?)?)
    }

    /// Bytes of the file read so far, compressed as they stand on the disk.
    pub fn bytes_read(&self) -> u64 {
        self.reader().source().bytes_read()
    }
}

impl<R: Read> Records<R> {
    fn new(mut reader: TextReader<R>) -> Result<Self, Cause> {
        let is_json = json_lines::recognise(&mut reader)?;
        let format =
            if is_json { Format::JsonLines(JsonLines::new(reader)) } else { Format::Docs(Splitter::new(reader)) };
        Ok(Self { format })
    }

    fn reader(&self) -> &TextReader<R> {
        match &self.format {
            Format::Docs(splitter) => splitter.reader(),
            Format::JsonLines(lines) => lines.reader(),
        }
    }

    /// The next record; `None` at the end of the file. What was left out or repaired goes into `notes`.
    ///
    /// # Errors
    /// When the file cannot be read, or the run is stopped.
    pub fn next(&mut self, control: &Control, notes: &mut Notes) -> Result<Option<Record>, Ended> {
        control.checkpoint()?;
        match &mut self.format {
            Format::JsonLines(lines) => Ok(lines.next(notes)?.map(Record::Json)),
            Format::Docs(splitter) => {
                let Some(raw) = splitter.next(notes)? else { return Ok(None) };
                let may_be_bad = splitter.reader().bad_sequences() > 0;
                doc(raw, may_be_bad, control, notes).map(Some)
            }
        }
    }

    /// The encoding's name in the WHATWG Encoding Standard.
    pub fn encoding(&self) -> &'static str {
        self.reader().encoding().name()
    }

    /// Beginnings of records seen, and those of them of which no record could be made: the difference
    /// is the number of records there must be.
    pub fn beginnings(&self) -> (u64, u64) {
        match &self.format {
            Format::Docs(splitter) => splitter.start_tags(),
            Format::JsonLines(lines) => lines.lines(),
        }
    }
}

/// Reads the text of one `<doc>` record.
fn doc(mut raw: RawRecord, may_be_bad: bool, control: &Control, notes: &mut Notes) -> Result<Record, Ended> {
    let mut body = std::mem::take(&mut raw.body);
    let nuls = memchr::memchr_iter(0, body.as_bytes()).count() as u64;
    if nuls > 0 {
        body.retain(|char| char != '\0');
    }
    let body = lines_to_lf(&body);
    let html = html::text(&body, control)?;
    let about = Note::at(NoteKind::Tags, raw.line, raw.attribute(ID).unwrap_or_default(), 0);
    let bad = if may_be_bad { html.text.matches('\u{fffd}').count() as u64 } else { 0 };
    let counts = [
        (NoteKind::Tags, html.tags - html.prose),
        (NoteKind::Comments, html.comments),
        (NoteKind::BrokenMarkup, html.broken),
        (NoteKind::TooMuchMarkup, u64::from(html.without_parser)),
        (NoteKind::ControlCharacters, nuls),
        (NoteKind::BadBytes, bad),
    ];
    for (kind, count) in counts.into_iter().filter(|(_, count)| *count > 0) {
        notes.add(Note { kind, count, ..about.clone() });
    }
    if let Some(prose) = html.first_prose {
        let what = prose.chars().take(60).collect();
        notes.add(Note { kind: NoteKind::ProseTags, count: html.prose, what, ..about });
    }
    Ok(Record::Doc(raw, html.text.into_owned()))
}

/// CR LF and CR become LF, as HTML reads them.
fn lines_to_lf(text: &str) -> std::borrow::Cow<'_, str> {
    if memchr::memchr(b'\r', text.as_bytes()).is_none() {
        return text.into();
    }
    text.replace("\r\n", "\n").replace('\r', "\n").into()
}
