//! A sentence a record, or a token: text with a token a line, its columns beside it, sentences apart by blank
//! lines (`CoNLL`) or by tags in lines of their own (vertical files).

mod comments;
pub mod layout;
mod lines;
mod structures;
#[cfg(test)]
mod tests;
mod tokens;

use std::io::Read;

use super::RawRecord;
use crate::engine::error::Halt;
use crate::engine::input::decode::TextReader;
use crate::engine::notes::{Note, NoteKind, Notes};
use crate::engine::records::field_list::FieldList;
use comments::Comments;
use layout::{Apart, Row, SentenceLayout};
use structures::{Structures, Tag};
use tokens::Tokens;

/// A sentence without an end is divided after so many bytes, at the end of a line.
pub const LONGEST_SENTENCE: usize = 256 << 10;

/// The sentences or tokens of a text.
pub struct SentenceSplitter<R> {
    reader: TextReader<R>,
    layout: SentenceLayout,
    comments: Comments,
    structures: Structures,
    tokens: Tokens,
    /// Where the sentence at hand begins.
    line: u64,
    /// Bytes of it.
    length: usize,
    records: u64,
}

/// What a line is for the sentence at hand.
enum Step {
    /// It belongs to it, or to nothing.
    Taken,
    /// The sentence ends with it.
    Ends,
    /// The sentence ends before it.
    EndsBefore,
}

impl<R: Read> SentenceSplitter<R> {
    pub fn new(reader: TextReader<R>, layout: SentenceLayout) -> Self {
        let tokens = Tokens::new(&layout);
        let structures = Structures::new(layout.sentence.clone());
        let comments = Comments::new(&layout);
        Self { reader, layout, comments, structures, tokens, line: 0, length: 0, records: 0 }
    }

    pub fn reader(&self) -> &TextReader<R> {
        &self.reader
    }

    /// Sentences or tokens; a record is made of each.
    #[must_use]
    pub fn records(&self) -> (u64, u64) {
        (self.records, 0)
    }

    /// Puts the fields of the next sentence or token into `raw`; false at the end of the file.
    ///
    /// # Errors
    /// When the file cannot be read, or the run is stopped.
    pub fn next(&mut self, raw: &mut RawRecord, notes: &mut Notes) -> Result<bool, Halt> {
        loop {
            let Some(length) = lines::next(&mut self.reader, LONGEST_SENTENCE)? else {
                let is_one = self.give(raw, notes);
                self.comments.end_all(notes);
                self.structures.close_all(notes);
                return Ok(is_one);
            };
            let line = self.reader.line();
            if self.tokens.is_empty() {
                self.line = line;
            }
            let step = self.step(length, line, notes);
            if !matches!(step, Step::EndsBefore) {
                lines::pass(&mut self.reader, length, LONGEST_SENTENCE, notes)?;
            }
            let is_long = self.length > LONGEST_SENTENCE && !self.tokens.is_empty();
            let is_token = self.layout.row == Row::Token && !self.tokens.is_empty();
            if matches!(step, Step::Taken) && !is_long && !is_token {
                continue;
            }
            if is_long {
                notes.add(Note::at(NoteKind::RecordDivided, self.line, self.comments.id(), 1));
            }
            let is_one = self.give(raw, notes);
            if !matches!(step, Step::Taken) {
                self.end(notes);
            }
            if is_one {
                return Ok(true);
            }
        }
    }

    /// The sentence at hand is over.
    fn end(&mut self, notes: &mut Notes) {
        self.comments.end(notes);
        self.structures.end_sentence(notes);
        self.tokens.end();
    }

    /// Puts the tokens at hand into `raw`; false where there are none.
    fn give(&mut self, raw: &mut RawRecord, notes: &mut Notes) -> bool {
        self.length = 0;
        if self.tokens.is_empty() {
            return false;
        }
        let is_token = self.layout.row == Row::Token;
        raw.line = self.comments.first_line().filter(|_| !is_token).unwrap_or(self.line);
        self.structures.put(is_token, &mut raw.attributes);
        self.comments.put(is_token, &mut raw.attributes);
        if !is_token && !self.comments.has_text() {
            self.tokens.put_text(&mut raw.attributes);
        }
        self.tokens.put(&mut raw.attributes);
        self.tokens.tell(self.comments.id(), notes);
        self.tokens.clear();
        self.records += 1;
        true
    }

    /// Takes the line of this length at which the text begins.
    fn step(&mut self, length: usize, number: u64, notes: &mut Notes) -> Step {
        let line = self.reader.text()[..length].trim_end_matches(['\n', '\r']).trim_start_matches('\u{feff}');
        let step = match self.layout.apart {
            Apart::BlankLines if line.trim().is_empty() => Step::Ends,
            Apart::BlankLines if self.layout.is_comment(line) => {
                let has_tokens = !self.tokens.is_empty() || self.comments.is_used();
                if has_tokens && Comments::begins_sentence(line) {
                    return Step::EndsBefore;
                }
                self.comments.add(line, number, (&mut self.layout, &mut self.tokens), notes);
                Step::Taken
            }
            Apart::Tags if line.trim().is_empty() => Step::Taken,
            Apart::Tags => match structures::tag(line) {
                Some(Tag::Comment) => {
                    notes.add(Note::at(NoteKind::Comments, number, "", 1));
                    Step::Taken
                }
                Some(Tag::Glue) => {
                    self.tokens.glue();
                    Step::Taken
                }
                Some(Tag::Start(start)) => {
                    if !self.tokens.is_empty() && self.structures.ends_before(start.name) {
                        return Step::EndsBefore;
                    }
                    self.structures.open(&start, number, !self.tokens.is_empty(), notes);
                    Step::Taken
                }
                Some(Tag::End(name)) => {
                    let ends = self.structures.ends_at(name);
                    if ends && !self.tokens.is_empty() {
                        // the sentence is given with what is still open, then the end tag is read again
                        return Step::EndsBefore;
                    }
                    self.structures.close(name, number, notes);
                    Step::Taken
                }
                None => {
                    self.tokens.add(line, number);
                    Step::Taken
                }
            },
            Apart::BlankLines => {
                self.tokens.add(line, number);
                Step::Taken
            }
        };
        self.length += length;
        step
    }
}

/// Adds a field of what is around tokens: in a row of its own, a token has it as `../name`.
fn put(fields: &mut FieldList, is_token: bool, name: &str, value: &str) {
    if is_token {
        fields.push(&format!("../{name}"), value);
    } else {
        fields.push(name, value);
    }
}
