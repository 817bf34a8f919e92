//! A record a line.

use std::io::Read;

use super::RawRecord;
use crate::engine::error::Halt;
use crate::engine::input::decode::TextReader;
use crate::engine::notes::{Note, NoteKind, Notes};
use crate::engine::records::signs::BYTE_ORDER_MARK;

/// The longest line, in bytes; escapes make a text up to six times as long.
pub const LONGEST_LINE: usize = 16 << 20;

/// The lines of a text that are not blank.
pub struct LineSplitter<R> {
    reader: TextReader<R>,
    /// Lines that are not blank, and those of them that are too long.
    seen: u64,
    too_long: u64,
}

impl<R: Read> LineSplitter<R> {
    pub fn new(reader: TextReader<R>) -> Self {
        Self { reader, seen: 0, too_long: 0 }
    }

    pub fn reader(&self) -> &TextReader<R> {
        &self.reader
    }

    /// Lines that are not blank, and those of them that are too long.
    #[must_use]
    pub fn lines(&self) -> (u64, u64) {
        (self.seen, self.too_long)
    }

    /// Puts the next line that is not blank into `raw`, without spaces around it; false at the end of the
    /// file.
    ///
    /// # Errors
    /// When the file cannot be read, or the run is stopped.
    pub fn next(&mut self, raw: &mut RawRecord, notes: &mut Notes) -> Result<bool, Halt> {
        loop {
            let Some((length, is_whole)) = self.line()? else { return Ok(false) };
            let line = self.reader.line();
            let text = self.reader.text()[..length].trim_matches([BYTE_ORDER_MARK, ' ', '\t', '\r', '\n']);
            let is_blank = text.is_empty();
            raw.body.clear();
            if is_whole {
                raw.body.push_str(text);
            } else {
                raw.body.extend(text.chars().take(60));
            }
            raw.line = line;
            self.reader.consume(length);
            if is_blank && is_whole {
                continue;
            }
            self.seen += 1;
            if is_whole {
                return Ok(true);
            }
            self.too_long += 1;
            let left_out = length as u64 + self.skip_line()?;
            notes.add(Note { what: raw.body.clone(), ..Note::at(NoteKind::RecordTooLong, line, "", left_out) });
        }
    }

    /// The length of the line at hand, its end included, and whether it is all there; `None` at the end
    /// of the file. The reader holds the line.
    fn line(&mut self) -> Result<Option<(usize, bool)>, Halt> {
        let mut seen = 0;
        loop {
            let text = self.reader.text();
            if let Some(end) = memchr::memchr(b'\n', &text.as_bytes()[seen..]) {
                return Ok(Some((seen + end + 1, true)));
            }
            seen = text.len();
            if seen > LONGEST_LINE {
                return Ok(Some((seen, false)));
            }
            if !self.reader.more()? {
                return Ok((seen > 0).then_some((seen, true)));
            }
        }
    }

    /// Passes over the rest of a line; gives its length.
    fn skip_line(&mut self) -> Result<u64, Halt> {
        let mut passed = 0;
        loop {
            let text = self.reader.text();
            let end = memchr::memchr(b'\n', text.as_bytes());
            let length = end.map_or(text.len(), |end| end + 1);
            self.reader.consume(length);
            passed += length as u64;
            if end.is_some() || !self.reader.more()? {
                return Ok(passed);
            }
        }
    }
}
