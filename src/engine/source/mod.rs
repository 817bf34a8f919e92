//! Bytes → records: encoding, record boundaries, the text of a record.
//!
//! [`Records`] reads one source file as a stream; never more than a chunk and a record of it are in
//! memory.

mod decode;
mod html;
mod markup;
mod names;
mod outside;
pub mod sample;
mod sniff;
mod split;
mod tag;

#[cfg(test)]
mod tests;

use std::io::Read;

use decode::TextReader;
use split::{RawRecord, Splitter};

use super::control::{Control, Stopped};
use super::error::Cause;
use super::job::Columns;
use super::notes::{Note, NoteKind, Notes};

/// One record of a source file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    raw: RawRecord,
    text: String,
}

impl Record {
    /// The record's key, as written.
    #[must_use]
    pub fn id(&self) -> &str {
        self.raw.attribute("id").unwrap_or_default()
    }

    /// Line of its start tag in the source file, from 1.
    #[must_use]
    pub fn line(&self) -> u64 {
        self.raw.line
    }

    /// The value for a column, entities decoded; `None` where the record has none.
    fn field(&mut self, column: &str) -> Option<String> {
        if column == Columns::TEXT {
            return Some(std::mem::take(&mut self.text));
        }
        let value = self.raw.attribute(column)?;
        Some(html::attribute_value(&lines_to_lf(value)).into_owned())
    }

    /// The values of all columns; what is missing is empty and noted.
    #[must_use]
    pub fn into_fields(mut self, columns: &Columns, notes: &mut Notes) -> Vec<String> {
        let fields = columns.names().iter().map(|name| {
            self.field(name).unwrap_or_else(|| {
                notes.add(Note { what: name.clone(), ..self.note(NoteKind::AttributeMissing, 1) });
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
    splitter: Splitter<R>,
}

impl<R: Read> Records<R> {
    /// # Errors
    /// [`Cause::Read`], [`Cause::NotText`].
    pub fn new(bytes: R) -> Result<Self, Cause> {
        Ok(Self { splitter: Splitter::new(TextReader::new(bytes)?) })
    }

    /// The next record; `None` at the end of the file. What was left out or repaired goes into `notes`.
    ///
    /// # Errors
    /// When the file cannot be read, or the run is stopped.
    pub fn next(&mut self, control: &Control, notes: &mut Notes) -> Result<Option<Record>, Ended> {
        control.checkpoint()?;
        let Some(mut raw) = self.splitter.next(notes)? else { return Ok(None) };
        let mut body = std::mem::take(&mut raw.body);
        let nuls = memchr::memchr_iter(0, body.as_bytes()).count() as u64;
        if nuls > 0 {
            body.retain(|char| char != '\0');
        }
        let body = lines_to_lf(&body);
        let html = html::text(&body, control)?;
        let mut record = Record { raw, text: String::new() };
        let counts = [
            (NoteKind::Tags, html.tags - html.prose),
            (NoteKind::Comments, html.comments),
            (NoteKind::BrokenMarkup, html.broken),
            (NoteKind::TooMuchMarkup, u64::from(html.without_parser)),
            (NoteKind::ControlCharacters, nuls),
        ];
        for (kind, count) in counts {
            if count > 0 {
                notes.add(record.note(kind, count));
            }
        }
        if let Some(prose) = html.first_prose {
            let what: String = prose.chars().take(60).collect();
            notes.add(Note { what, ..record.note(NoteKind::ProseTags, html.prose) });
        }
        if self.splitter.reader().bad_sequences() > 0 {
            let bad = html.text.matches('\u{fffd}').count();
            if bad > 0 {
                notes.add(record.note(NoteKind::BadBytes, bad as u64));
            }
        }
        record.text = html.text.into_owned();
        Ok(Some(record))
    }

    /// Bytes of the file read so far.
    pub fn bytes_read(&self) -> u64 {
        self.splitter.reader().bytes_read()
    }

    /// The encoding's name in the WHATWG Encoding Standard.
    pub fn encoding(&self) -> &'static str {
        self.splitter.reader().encoding().name()
    }

    /// Start tags seen outside of records, and those of them of which no record could be made: the
    /// difference is the number of records there must be.
    pub fn start_tags(&self) -> (u64, u64) {
        self.splitter.start_tags()
    }
}

/// CR LF and CR become LF, as HTML reads them.
fn lines_to_lf(text: &str) -> std::borrow::Cow<'_, str> {
    if memchr::memchr(b'\r', text.as_bytes()).is_none() {
        return text.into();
    }
    text.replace("\r\n", "\n").replace('\r', "\n").into()
}
