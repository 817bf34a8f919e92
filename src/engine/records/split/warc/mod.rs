//! A record of a crawl a record: a head of named values, and as many bytes as it says (ISO 28500).
//!
//! The text at hand stands for bytes, one a character: each record is in an encoding of its own.

mod begin;
mod block;
#[cfg(test)]
mod tests;

use std::io::Read;

use super::RawRecord;
use super::by_tags::LONGEST_BODY;
use crate::engine::error::Halt;
use crate::engine::input::decode::TextReader;
use crate::engine::notes::{Note, NoteKind, Notes};
use begin::{Head, MARK, find_begin, head};
use block::Counted;

/// The longest head; a longer one is none.
const LONGEST_HEAD: usize = 256 << 10;
/// So much of a text shows whether a record begins.
const BEGINNING: usize = 256;
/// After so many lengths that lie, records end where the next begins: to look for the end of each in vain would
/// cost the square of a file made of them.
const MOST_LIES: u32 = 32;

/// The records of a crawl.
pub struct WarcSplitter<R> {
    reader: TextReader<R>,
    begun: u64,
    lies: u32,
}

impl<R: Read> WarcSplitter<R> {
    pub fn new(reader: TextReader<R>) -> Self {
        Self { reader, begun: 0, lies: 0 }
    }

    pub fn reader(&self) -> &TextReader<R> {
        &self.reader
    }

    /// Heads of records; a record is made of each.
    #[must_use]
    pub fn records(&self) -> (u64, u64) {
        (self.begun, 0)
    }

    /// Puts the next record into `raw`: its head's values as attributes, its bytes as body; false at the end of
    /// the file.
    ///
    /// # Errors
    /// When the file cannot be read, or the run is stopped.
    pub fn next(&mut self, raw: &mut RawRecord, notes: &mut Notes) -> Result<bool, Halt> {
        loop {
            if !self.skip_to_begin(notes)? {
                return Ok(false);
            }
            raw.line = self.reader.line();
            let mut seen = 0;
            let found = loop {
                let text = self.reader.text();
                let found = head(text, &mut seen, self.reader.is_at_end());
                if found.is_some() || text.len() > LONGEST_HEAD || !self.reader.more()? {
                    break found;
                }
            };
            let Some(Head { length, says, fields }) = found else {
                self.pass_line(notes);
                continue;
            };
            raw.attributes = fields.into();
            self.reader.consume(length);
            self.begun += 1;
            self.block(says, raw, notes)?;
            return Ok(true);
        }
    }

    /// Moves to where a record begins; what is passed over is named. False at the end of the file.
    fn skip_to_begin(&mut self, notes: &mut Notes) -> Result<bool, Halt> {
        let mut outside = Note::at(NoteKind::TextOutside, 0, "", 0);
        let mut begins_line = true;
        let found = loop {
            while self.reader.text().len() < BEGINNING && self.reader.more()? {}
            let text = self.reader.text();
            if text.is_empty() {
                break false;
            }
            if begins_line && text.starts_with(MARK) {
                break true;
            }
            let length = memchr::memchr(b'\n', text.as_bytes()).map_or(text.len(), |at| at + 1);
            begins_line = text[..length].ends_with('\n');
            let words = text[..length].trim();
            let (bytes, what) = (words.chars().count() as u64, words.chars().take(60).collect());
            if outside.count == 0 {
                outside = Note { what, ..Note::at(NoteKind::TextOutside, self.reader.line(), "", bytes) };
            } else {
                outside.count += bytes;
            }
            self.reader.consume(length);
        };
        if outside.count > 0 {
            notes.add(outside);
        }
        Ok(found)
    }

    /// Passes over a line that begins like a head, which has no end: it is text between records.
    fn pass_line(&mut self, notes: &mut Notes) {
        let text = self.reader.text();
        let length = memchr::memchr(b'\n', text.as_bytes()).map_or(text.len(), |at| at + 1);
        let words = text[..length].trim();
        let (bytes, what) = (words.chars().count() as u64, words.chars().take(60).collect());
        let line = self.reader.line();
        notes.add(Note { what, ..Note::at(NoteKind::TextOutside, line, "", bytes) });
        self.reader.consume(length);
    }

    /// Puts the bytes behind a head into `raw`, of which there should be as many as it `says`.
    fn block(&mut self, says: Option<u64>, raw: &mut RawRecord, notes: &mut Notes) -> Result<(), Halt> {
        let bound = LONGEST_BODY as u64;
        let trusted = says.filter(|_| self.lies < MOST_LIES);
        let mut counted = Counted::default();
        while !counted.has(self.reader.text(), trusted.unwrap_or(0).min(bound)) && self.reader.more()? {}
        let kept = counted.length;
        match trusted {
            Some(says) if counted.chars == says && self.is_end(kept)? => {
                raw.body.push_str(&self.reader.text()[..kept]);
                self.reader.consume(kept);
                Ok(())
            }
            Some(says) if counted.chars == bound && says > bound => {
                raw.body.push_str(&self.reader.text()[..kept]);
                self.reader.consume(kept);
                let passed = self.pass(Some(says - bound))?;
                if passed > 0 {
                    notes.add(Note::at(NoteKind::RecordTooLong, raw.line, "", passed));
                }
                self.tell_length(Some(says), bound + passed, raw.line, notes);
                Ok(())
            }
            _ => self.block_to_begin(says, raw, notes),
        }
    }

    /// The record's length is not what it says: it ends where the next begins.
    fn block_to_begin(&mut self, says: Option<u64>, raw: &mut RawRecord, notes: &mut Notes) -> Result<(), Halt> {
        self.lies += 1;
        let mut searched = 0;
        let found = loop {
            let text = self.reader.text();
            let found = find_begin(text, searched, self.reader.is_at_end());
            searched = text.floor_char_boundary(text.len().saturating_sub(BEGINNING));
            if found.is_some() || text.len() > 3 * LONGEST_BODY || !self.reader.more()? {
                break found;
            }
        };
        let text = self.reader.text();
        let whole = found.unwrap_or(text.len());
        let body = if found.is_some() { without_blank_lines(&text[..whole]) } else { &text[..whole] };
        let mut counted = Counted::default();
        counted.has(body, LONGEST_BODY as u64);
        raw.body.push_str(&body[..counted.length]);
        let mut length = counted.chars;
        let body_length = body.len();
        let mut left_out = body[counted.length..].chars().count() as u64;
        self.reader.consume(if found.is_some() { body_length } else { whole });
        if found.is_none() {
            left_out += self.pass(None)?;
        }
        length += left_out;
        if left_out > 0 {
            notes.add(Note::at(NoteKind::RecordTooLong, raw.line, "", left_out));
        }
        self.tell_length(says, length, raw.line, notes);
        Ok(())
    }

    fn tell_length(&mut self, says: Option<u64>, length: u64, line: u64, notes: &mut Notes) {
        let is_end = self.reader.is_at_end() && self.reader.text().trim().is_empty();
        match says {
            Some(says) if says == length => {}
            Some(says) if says > length && is_end => {
                notes.add(Note::at(NoteKind::RecordCutOff, line, "", says - length));
            }
            says => {
                let what = says.map_or_else(|| format!("{length} ≠ ?"), |says| format!("{length} ≠ {says}"));
                notes.add(Note { what, ..Note::at(NoteKind::LengthWrong, line, "", 1) });
            }
        }
    }

    /// Whether behind so many bytes of text the next record begins, or nothing is.
    fn is_end(&mut self, length: usize) -> Result<bool, Halt> {
        loop {
            let behind = &self.reader.text()[length..];
            let rest = behind.trim_start_matches(['\r', '\n']);
            if behind.starts_with("\r\n\r\n") {
                return Ok(true); // what else follows is text between records
            }
            if rest.len() >= MARK.len() {
                return Ok(rest.starts_with(MARK));
            }
            let is_empty = rest.is_empty();
            if !self.reader.more()? {
                return Ok(is_empty);
            }
        }
    }

    /// Passes over so many bytes, or all up to where a record begins; a record that begins before ends it too.
    /// Gives how many were passed over.
    fn pass(&mut self, most: Option<u64>) -> Result<u64, Halt> {
        let mut passed = 0;
        loop {
            let text = self.reader.text();
            let is_all = self.reader.is_at_end();
            let mut counted = Counted::default();
            let has_all = most.is_some_and(|most| counted.has(text, most - passed));
            let end = if has_all { counted.length } else { text.len() };
            if let Some(at) = find_begin(&text[..end], 0, is_all || has_all) {
                passed += text[..at].chars().count() as u64;
                self.reader.consume(at);
                return Ok(passed);
            }
            if has_all {
                self.reader.consume(end);
                return Ok(passed + counted.chars);
            }
            // a beginning may be cut
            let keep = if is_all { end } else { text.floor_char_boundary(end.saturating_sub(BEGINNING)) };
            passed += text[..keep].chars().count() as u64;
            self.reader.consume(keep);
            if !self.reader.more()? {
                passed += self.reader.text().chars().count() as u64;
                let rest = self.reader.text().len();
                self.reader.consume(rest);
                return Ok(passed);
            }
        }
    }
}

/// Without the two line ends that stand behind each record.
fn without_blank_lines(text: &str) -> &str {
    let shorter = |text| str::strip_suffix(text, '\n').map_or(text, |line| line.strip_suffix('\r').unwrap_or(line));
    shorter(shorter(text))
}
