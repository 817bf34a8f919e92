//! Records cut from a tree of elements, as a stream: which elements are records is known from where they stand
//! ([`wanted`]), so that a file of any size needs no tree of its own. What stands around records is kept while it
//! is short, for it is theirs too; what belongs to none is counted.

mod frames;
mod html_rules;
mod open;
pub mod wanted;

use std::io::Read;

use super::RawRecord;
use super::by_tags::LONGEST_BODY;
use super::outside::Outside;
use crate::engine::error::Halt;
use crate::engine::input::decode::TextReader;
use crate::engine::notes::{Note, NoteKind, Notes, is_much, share};
use crate::engine::records::markup::xml::entities::Entities;
use crate::engine::records::markup::xml::fields::is_value;
use crate::engine::records::markup::xml::token::{self, Token, Unended};
use crate::engine::records::markup::xml::tree::is_blank;
use frames::Frames;
use html_rules::{ends_at, is_raw, is_void};
use open::OpenNames;
use wanted::{TreeCut, Wanted, decoded};

/// Cuts a text into records.
pub struct TreeSplitter<R> {
    reader: TextReader<R>,
    cut: TreeCut,
    frames: Frames,
    unended: Unended,
    /// Elements open inside the record at hand.
    inner: OpenNames,
    outside: Outside,
    /// A text has been counted as a value, and goes on.
    in_text: bool,
    given: u64,
    /// Values all in all, and those in records.
    values: u64,
    values_inside: u64,
    told: bool,
}

/// What was read.
enum Piece {
    Start { name: String, is_empty: bool },
    End { name: String },
    Other,
}

impl<R: Read> TreeSplitter<R> {
    pub fn new(reader: TextReader<R>, cut: TreeCut) -> Self {
        let frames = Frames::new(&cut);
        Self {
            reader,
            cut,
            frames,
            unended: Unended::default(),
            inner: OpenNames::default(),
            outside: Outside::default(),
            in_text: false,
            given: 0,
            values: 0,
            values_inside: 0,
            told: false,
        }
    }

    pub fn reader(&self) -> &TextReader<R> {
        &self.reader
    }

    /// Records given, and none of which no record could be made.
    #[must_use]
    pub fn records(&self) -> (u64, u64) {
        (self.given, 0)
    }

    /// Values so far that stand neither in a record nor beside each of some, and all.
    #[must_use]
    pub fn outside(&self) -> (u64, u64) {
        (self.values.saturating_sub(self.values_inside + self.frames.carried()), self.values)
    }

    /// Puts the next record into `raw`, which is empty; false at the end of the file.
    ///
    /// # Errors
    /// When the file cannot be read, or the run is stopped.
    pub fn next(&mut self, raw: &mut RawRecord, notes: &mut Notes) -> Result<bool, Halt> {
        loop {
            let Some(length) = self.token_length()? else {
                self.end(notes);
                return Ok(false);
            };
            let (text, is_all) = (&self.reader.text()[..length], true);
            let Some((token, _)) = token::next(text, is_all, &mut self.unended.clone()) else {
                self.reader.consume(length);
                continue;
            };
            match token {
                Token::Start(start) => {
                    self.in_text = false;
                    let attributes = start.attributes();
                    let values = attributes.iter().filter(|(name, value)| is_value(name, value)).count() as u64;
                    self.values += values;
                    while self.cut.is_html && self.frames.innermost().is_some_and(|open| ends_at(open, start.name)) {
                        self.frames.leave_innermost();
                    }
                    if self.cut.unclosed.iter().any(|name| name == start.name) {
                        self.frames.leave_up_to(start.name);
                    }
                    let attributes = decoded(attributes, &self.cut.entities);
                    let is_empty = if self.cut.is_html { is_void(start.name) } else { start.is_empty };
                    let entered = self.frames.enter(&self.cut.wanted, start.name, &attributes);
                    if entered.is_record {
                        let name = start.name.to_owned();
                        self.values_inside += values;
                        self.record(&name, is_empty, length, raw, notes)?;
                        return Ok(true);
                    }
                    let name = start.name.to_owned();
                    let is_raw = self.cut.is_html && is_raw(start.name);
                    self.frames.push(&entered, &name, text, is_empty);
                    self.reader.consume(length);
                    if is_raw {
                        self.pass_raw(&name, None)?;
                    }
                }
                Token::End(name) => {
                    self.in_text = false;
                    let is_known = self.frames.leave(name);
                    let line_note = (!is_known && !self.cut.is_html).then_some(NoteKind::EndTagStray);
                    self.reader.consume(length);
                    if let Some(kind) = line_note {
                        let line = self.reader.line();
                        notes.add(Note::at(kind, line, "", 1));
                    }
                }
                Token::Text(words) | Token::Cdata(words) => {
                    let is_blank = is_blank(words);
                    if !is_blank && !self.in_text && !self.frames.is_empty() {
                        self.values += 1;
                        self.in_text = true;
                    }
                    if self.frames.is_empty() {
                        let words = words.to_owned();
                        self.pass_outside(&words);
                    } else {
                        self.frames.add(text);
                    }
                    self.reader.consume(length);
                }
                Token::Broken => {
                    self.frames.add("&lt;");
                    if self.frames.is_empty() {
                        self.pass_outside("<");
                    }
                    self.reader.consume(length);
                }
                Token::Doctype(doctype) => {
                    if self.cut.entities.is_empty() && !self.cut.is_html {
                        self.cut.entities = Entities::of(doctype).into();
                    }
                    self.reader.consume(length);
                }
                Token::Comment | Token::Instruction => self.reader.consume(length),
            }
        }
    }

    /// The length of what stands at hand, all of it read; `None` at the end of the file.
    fn token_length(&mut self) -> Result<Option<usize>, Halt> {
        loop {
            let is_all = self.reader.is_at_end();
            if let Some((_, length)) = token::next(self.reader.text(), is_all, &mut self.unended) {
                return Ok(Some(length));
            }
            if !self.reader.more()? && self.reader.text().is_empty() {
                return Ok(None);
            }
        }
    }

    /// Takes the record whose start tag, so many bytes long, is at hand.
    fn record(
        &mut self,
        name: &str,
        is_empty: bool,
        length: usize,
        raw: &mut RawRecord,
        notes: &mut Notes,
    ) -> Result<(), Halt> {
        self.tell_outside(notes);
        self.given += 1;
        raw.line = self.reader.line();
        raw.around.fields = self.frames.fields(&self.cut);
        (raw.around.entities, raw.around.rules) = (self.cut.entities.clone(), self.cut.rules.clone());
        raw.around.element = None;
        raw.around.in_turn = false;
        let mut left_out = 0;
        let Wanted::Children(children) = &self.cut.wanted else {
            self.element(name, is_empty, length, raw, &mut left_out, notes)?;
            too_long(raw, left_out, notes);
            return Ok(());
        };
        if children.tells_kind(name) {
            raw.around.element = Some(name.to_owned());
        }
        let turn = children.in_turn.then(|| children.kinds.clone());
        self.element(name, is_empty, length, raw, &mut left_out, notes)?;
        if let Some(turn) = turn {
            raw.around.in_turn = true;
            let place = |name: &str| turn.iter().position(|kind| kind == name);
            let mut last = place(name);
            while let Some((name, is_empty, length)) = self.next_in_turn(raw)? {
                let at = place(&name);
                if at.is_none() || at <= last {
                    break;
                }
                last = at;
                self.element(&name, is_empty, length, raw, &mut left_out, notes)?;
            }
        }
        too_long(raw, left_out, notes);
        Ok(())
    }

    /// The start tag that comes next with nothing but spaces and comments before it.
    fn next_in_turn(&mut self, raw: &mut RawRecord) -> Result<Option<(String, bool, usize)>, Halt> {
        loop {
            let Some(length) = self.token_length()? else { return Ok(None) };
            match token::next(&self.reader.text()[..length], true, &mut Unended::default()) {
                Some((Token::Start(start), _)) => return Ok(Some((start.name.to_owned(), start.is_empty, length))),
                Some((Token::Text(text), _)) if is_blank(text) => {}
                Some((Token::Comment | Token::Instruction, _)) => {}
                _ => return Ok(None),
            }
            self.take(length, raw, &mut 0);
        }
    }

    /// Takes an element, whose start tag is at hand, up to its end tag.
    fn element(
        &mut self,
        name: &str,
        is_empty: bool,
        length: usize,
        raw: &mut RawRecord,
        left_out: &mut u64,
        notes: &mut Notes,
    ) -> Result<(), Halt> {
        self.take(length, raw, left_out);
        self.in_text = false;
        if is_empty {
            return Ok(());
        }
        self.inner.clear();
        self.inner.push(name);
        if self.cut.is_html && is_raw(name) {
            self.pass_raw(name, Some((raw, left_out)))?;
        }
        let mut is_text = false;
        loop {
            let Some(length) = self.token_length()? else {
                if !self.cut.unclosed.iter().any(|known| known == name) {
                    notes.add(Note::at(NoteKind::EndTagMissing, raw.line, "", 1));
                }
                return Ok(());
            };
            let text = &self.reader.text()[..length];
            let mut values = 0;
            if !self.cut.unclosed.is_empty()
                && let Some((Token::Start(start), _)) = token::next(text, true, &mut Unended::default())
                && self.cut.unclosed.iter().any(|known| known == start.name)
                && (start.name == name || self.frames.has(start.name))
            {
                return Ok(());
            }
            let piece = match token::next(text, true, &mut Unended::default()) {
                Some((Token::Start(start), _)) => {
                    values = start.attributes().iter().filter(|(name, value)| is_value(name, value)).count() as u64;
                    is_text = false;
                    let is_empty = if self.cut.is_html { is_void(start.name) } else { start.is_empty };
                    Piece::Start { name: start.name.to_owned(), is_empty }
                }
                Some((Token::End(name), _)) => {
                    is_text = false;
                    Piece::End { name: name.to_owned() }
                }
                Some((Token::Text(words) | Token::Cdata(words), _)) if !is_blank(words) => {
                    values = u64::from(!is_text);
                    is_text = true;
                    Piece::Other
                }
                _ => Piece::Other,
            };
            self.values += values;
            self.values_inside += values;
            match piece {
                Piece::Other => self.take(length, raw, left_out),
                Piece::Start { name, is_empty } => {
                    while self.cut.is_html && self.inner.len() > 1 && self.inner.innermost_ends_at(&name) {
                        self.inner.pop();
                    }
                    self.take(length, raw, left_out);
                    if !is_empty {
                        self.inner.push(&name);
                    }
                    if self.cut.is_html && is_raw(&name) {
                        self.pass_raw(&name, Some((raw, left_out)))?;
                    }
                }
                Piece::End { name } => match self.inner.close(&name) {
                    Some(_) => {
                        self.take(length, raw, left_out);
                        if self.inner.len() == 0 {
                            return Ok(());
                        }
                    }
                    None if self.frames.has(&name) => {
                        // what is around the record ends
                        if !self.cut.is_html {
                            notes.add(Note::at(NoteKind::EndTagMissing, raw.line, "", 1));
                        }
                        return Ok(());
                    }
                    None => self.take(length, raw, left_out),
                },
            }
        }
    }

    /// Passes over what stands in an element of HTML in which nothing is markup, up to its end tag.
    fn pass_raw(&mut self, name: &str, mut into: Option<(&mut RawRecord, &mut u64)>) -> Result<(), Halt> {
        loop {
            let text = self.reader.text();
            let is_end = |at: &usize| {
                let rest = &text.as_bytes()[at + 2..];
                rest.get(..name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name.as_bytes()))
            };
            let found = memchr::memmem::find_iter(text.as_bytes(), b"</").find(is_end);
            let is_all = self.reader.is_at_end();
            let keep = "</".len() + name.len();
            let passed = found.unwrap_or(if is_all {
                text.len()
            } else {
                text.floor_char_boundary(text.len().saturating_sub(keep))
            });
            match &mut into {
                Some((raw, left_out)) => self.take(passed, raw, left_out),
                None => self.reader.consume(passed),
            }
            if found.is_some() || !self.reader.more()? {
                return Ok(()); // the end tag comes next, and closes it
            }
        }
    }

    /// Moves `length` bytes of text into the body, as far as it has room.
    fn take(&mut self, length: usize, raw: &mut RawRecord, left_out: &mut u64) {
        let text = &self.reader.text()[..length];
        let room = if *left_out > 0 { 0 } else { LONGEST_BODY.saturating_sub(raw.body.len()) };
        // a tag is taken whole or not at all
        let kept = match text.floor_char_boundary(room) {
            kept if kept < length && text.starts_with('<') => 0,
            kept => kept,
        };
        raw.body.push_str(&text[..kept]);
        *left_out += (length - kept) as u64;
        self.reader.consume(length);
    }

    /// Words in no element at all.
    fn pass_outside(&mut self, words: &str) {
        if !self.outside.is_blank() {
            let line = self.reader.line();
            return self.outside.pass_words(words, line);
        }
        let begun = words.trim_start_matches(|char: char| char.is_whitespace() || char == '\u{feff}');
        if !begun.is_empty() {
            let lines = words[..words.len() - begun.len()].matches('\n').count() as u64;
            let line = self.reader.line() + lines;
            self.outside.pass_words(begun, line);
        }
    }

    /// Tells of words in no element at all.
    fn tell_outside(&mut self, notes: &mut Notes) {
        std::mem::take(&mut self.outside).tell(notes);
    }

    /// Tells what stands in no record, as a share of all values.
    fn end(&mut self, notes: &mut Notes) {
        self.tell_outside(notes);
        if std::mem::replace(&mut self.told, true) {
            return;
        }
        let (outside, _) = self.outside();
        if outside == 0 || self.cut.is_html {
            return;
        }
        let is_much = is_much(outside, self.values);
        let kind = if is_much { NoteKind::MuchOutside } else { NoteKind::FewOutside };
        notes.add(Note { what: share(outside, self.values), ..Note::at(kind, 1, "", outside) });
    }
}

fn too_long(raw: &RawRecord, left_out: u64, notes: &mut Notes) {
    if left_out > 0 {
        notes.add(Note::at(NoteKind::RecordTooLong, raw.line, "", left_out));
    }
}
