//! The source file as one record, up to the bound of a record.

use std::io::Read;

use super::RawRecord;
use super::by_tags::LONGEST_BODY;
use crate::engine::error::Halt;
use crate::engine::input::decode::TextReader;
use crate::engine::notes::{Note, NoteKind, Notes};
use crate::engine::records::signs::is_blank;

/// A file that is one record.
pub struct WholeFile<R> {
    reader: TextReader<R>,
    given: bool,
}

impl<R: Read> WholeFile<R> {
    pub fn new(reader: TextReader<R>) -> Self {
        Self { reader, given: false }
    }

    pub fn reader(&self) -> &TextReader<R> {
        &self.reader
    }

    /// One, and none of which no record could be made.
    #[must_use]
    pub fn wholes(&self) -> (u64, u64) {
        (u64::from(self.given), 0)
    }

    /// Puts all of the text into `raw` the first time; false then, and for a text of nothing but spaces,
    /// which is no record.
    ///
    /// # Errors
    /// When the file cannot be read, or the run is stopped.
    pub fn next(&mut self, raw: &mut RawRecord, notes: &mut Notes) -> Result<bool, Halt> {
        if self.given {
            return Ok(false);
        }
        while self.reader.text().len() <= LONGEST_BODY && self.reader.more()? {}
        let text = self.reader.text();
        let body = text[..text.floor_char_boundary(LONGEST_BODY)].to_owned();
        if body.trim_matches(is_blank).is_empty() {
            return Ok(false);
        }
        self.given = true;
        let mut left_out = 0;
        self.reader.consume(body.len());
        loop {
            let length = self.reader.text().len();
            left_out += length as u64;
            self.reader.consume(length);
            if !self.reader.more()? {
                break;
            }
        }
        if left_out > 0 {
            notes.add(Note::at(NoteKind::RecordTooLong, 1, "", left_out));
        }
        (raw.body, raw.line) = (body, 1);
        Ok(true)
    }
}
