//! The values of a JSON text that are its records, wherever they stand in its documents: read as a stream, strictly,
//! with what encloses them.
//!
//! Never more is in memory than a chunk, one record up to its bound, and the records of the objects at hand as far as
//! they wait for fields that stand behind them: an object's `id` may come after its array.

mod beside;
mod enclosing;
mod faults;
mod kept;
mod place;
mod resync;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::io::Read;
use std::rc::Rc;

use super::RawRecord;
use crate::engine::error::syntax::SyntaxFault;
use crate::engine::error::{Cause, Halt};
use crate::engine::input::decode::TextReader;
use crate::engine::notes::{Note, NoteKind, Notes};
use crate::engine::records::json::name_of;
use crate::engine::records::json::strings;
use crate::engine::records::json::tokenizer::{Kind, Pause, Token, Tokenizer};
use beside::Beside;
pub use enclosing::Wanted;
use enclosing::{ELEMENT, Level};
use kept::Kept;
use place::Place;

/// The longest record, in bytes of UTF-8; escapes make a text up to six times as long.
pub const LONGEST_RECORD: usize = 16 << 20;
/// The longest key or value outside of records that is looked at.
const LONGEST_STRING: usize = 1 << 20;
/// Records wait for what stands behind them as long as no more text and no more of them wait.
const MOST_WAITING: usize = 1 << 20;
const MANY_WAITING: usize = 4096;

/// Cuts a JSON text into records.
pub struct ValueSplitter<R> {
    reader: TextReader<R>,
    wanted: Wanted,
    tokens: Tokenizer,
    /// Bytes of the text before the reader's window.
    gone: u64,
    place: Place,
    /// What is open outside of records, from outside.
    frames: Vec<Frame>,
    /// The path of the value behind the key at hand.
    here: String,
    mode: Mode,
    /// Records found and not given yet, and how many of them wait for nothing.
    found: VecDeque<Found>,
    free: usize,
    /// Where the last string began.
    last_string: u64,
    /// The string at hand is too long to be looked at.
    too_long: bool,
    seen: u64,
    broken: u64,
    given: u64,
    first_fault: Option<SyntaxFault>,
    has_ended: bool,
    /// From where on nothing can be read.
    damage: Option<(u64, SyntaxFault)>,
    /// A token has been seen.
    has_begun: bool,
    /// Bytes looked at to find the ends of broken records.
    effort: u64,
    kept: Kept,
}

/// An object or array on the way to records.
struct Frame {
    path: String,
    is_array: bool,
    /// Its elements are records.
    holds_records: bool,
    /// What the object's own fields are kept in.
    level: Option<Rc<Level>>,
}

/// What the tokens belong to.
enum Mode {
    /// What is on the way to records.
    Way,
    Record(Begun),
    /// A record that is longer than the bound.
    TooLong(Begun),
    /// What stands beside the way.
    Beside(Beside),
}

/// A record whose end is not seen yet.
#[derive(Clone)]
struct Begun {
    start: u64,
    line: u64,
    /// What is open around it.
    depth: usize,
    /// The name of its kind, where there are several.
    element: Option<String>,
    /// Its beginning, for notes.
    what: String,
    /// A value stands in it.
    has_value: bool,
}

/// A record whose end is seen.
struct Found {
    start: u64,
    end: u64,
    line: u64,
    element: Option<String>,
    level: Option<Rc<Level>>,
    tokens: Vec<Token>,
}

impl<R: Read> ValueSplitter<R> {
    pub fn new(reader: TextReader<R>, wanted: Wanted) -> Self {
        Self {
            reader,
            wanted,
            tokens: Tokenizer::default(),
            gone: 0,
            place: Place::default(),
            frames: Vec::new(),
            here: String::new(),
            mode: Mode::Way,
            found: VecDeque::new(),
            free: 0,
            last_string: 0,
            too_long: false,
            seen: 0,
            broken: 0,
            given: 0,
            first_fault: None,
            has_ended: false,
            damage: None,
            has_begun: false,
            effort: 0,
            kept: Kept::default(),
        }
    }

    pub fn reader(&self) -> &TextReader<R> {
        &self.reader
    }

    /// Records begun, and those of them that could not be read.
    #[must_use]
    pub fn records(&self) -> (u64, u64) {
        (self.seen, self.broken)
    }

    /// Puts the next record into `raw`: its text, and the fields of what encloses it as attributes; false at the end.
    ///
    /// # Errors
    /// When the file cannot be read, the run is stopped, or there is a fault and no record.
    pub fn next(&mut self, raw: &mut RawRecord, notes: &mut Notes) -> Result<bool, Halt> {
        loop {
            if self.free > 0 || (self.has_ended && !self.found.is_empty()) || self.is_much_waiting() {
                self.give(raw);
                return Ok(true);
            }
            if let Some((byte, fault)) = self.damage.take() {
                self.pass_damage(byte, fault, notes)?;
            }
            if self.has_ended {
                let fault = self.first_fault.filter(|_| self.given == 0);
                return fault.map_or(Ok(false), |fault| Err(Cause::Damaged(fault).into()));
            }
            self.step(notes)?;
        }
    }

    fn is_much_waiting(&self) -> bool {
        let Some(first) = self.found.front() else { return false };
        self.found.len() > MANY_WAITING || self.gone + self.tokens.at() as u64 - first.start > MOST_WAITING as u64
    }

    fn give(&mut self, raw: &mut RawRecord) {
        let Some(mut found) = self.found.pop_front() else { return };
        std::mem::swap(&mut raw.tokens, &mut found.tokens);
        self.kept.give_back(found.tokens, raw.tokens.len());
        self.free = self.free.saturating_sub(1);
        self.given += 1;
        let text = self.reader.text();
        raw.body.push_str(&text[self.window(found.start)..self.window(found.end)]);
        raw.line = found.line;
        if let Some(element) = &found.element {
            raw.attributes.push(ELEMENT, element);
        }
        if let Some(level) = &found.level {
            level.give(&mut raw.attributes);
        }
    }

    /// Where a byte of the text stands in the window.
    fn window(&self, byte: u64) -> usize {
        usize::try_from(byte.saturating_sub(self.gone)).unwrap_or(usize::MAX)
    }

    /// Goes on by as many tokens as end a record, or by a chunk.
    fn step(&mut self, notes: &mut Notes) -> Result<(), Halt> {
        loop {
            match self.token() {
                Ok(token) => {
                    if self.take(token, notes) {
                        return Ok(());
                    }
                }
                Err(Pause::More) => return self.more(),
                Err(Pause::Fault(at, expected)) => return self.fault(at, expected, notes),
            }
        }
    }

    /// The next token; of a record, the one that ends it.
    fn token(&mut self) -> Result<Token, Pause> {
        let (text, is_last) = (self.reader.text().as_bytes(), self.reader.is_at_end());
        let Mode::Record(begun) = &mut self.mode else { return self.tokens.next(text, is_last) };
        loop {
            let token = self.tokens.next(text, is_last)?;
            begun.has_value |= token.kind.is_scalar();
            if self.tokens.depth() == begun.depth && token.kind != Kind::Key {
                return Ok(token);
            }
            if token.kind == Kind::String {
                self.last_string = self.gone + token.start as u64;
            }
        }
    }

    /// Another chunk, in place of what is done with.
    fn more(&mut self) -> Result<(), Halt> {
        let at = self.gone + self.tokens.at() as u64;
        let waiting = self.found.front().map(|found| found.start);
        let begun = match &self.mode {
            Mode::Record(begun) => Some(begun.start),
            _ => None,
        };
        let passed = self.gone + self.tokens.passed() as u64;
        if let (Mode::Record(begun), Some(start)) = (&self.mode, begun)
            && passed - start > LONGEST_RECORD as u64
        {
            let what = self.reader.text()[self.window(start)..].chars().take(60).collect();
            self.mode = Mode::TooLong(Begun { what, ..begun.clone() });
            return self.more();
        }
        let is_record = matches!(self.mode, Mode::Record(_));
        self.too_long |= !is_record && passed - at > LONGEST_STRING as u64;
        let done = if matches!(self.mode, Mode::TooLong(_)) || self.too_long { passed } else { at };
        let keep = [waiting, begun].into_iter().flatten().fold(done, u64::min);
        self.let_go(keep);
        self.reader.more()?;
        Ok(())
    }

    fn let_go(&mut self, keep: u64) {
        let length = self.window(keep);
        self.place.advance(self.reader.text(), self.gone, keep);
        self.reader.consume(length);
        self.tokens.shift(length);
        self.gone += length as u64;
    }

    /// Takes a token; true where it ends a record, or the text.
    fn take(&mut self, token: Token, notes: &mut Notes) -> bool {
        if matches!(token.kind, Kind::String | Kind::Key) {
            self.last_string = self.gone + token.start as u64;
        }
        self.has_begun = true;
        let ended = match &mut self.mode {
            Mode::Record(begun) | Mode::TooLong(begun) => {
                begun.has_value |= token.kind.is_scalar();
                let is_end = self.tokens.depth() == begun.depth && token.kind != Kind::Key;
                if is_end {
                    self.end_record(self.gone + token.end as u64, notes);
                }
                is_end
            }
            Mode::Beside(_) => {
                self.take_beside(token, notes);
                false
            }
            Mode::Way => self.take_on_the_way(token, notes),
        };
        self.too_long = false;
        ended
    }

    fn end_record(&mut self, end: u64, notes: &mut Notes) {
        let level = self.level();
        match std::mem::replace(&mut self.mode, Mode::Way) {
            Mode::Record(begun) if end - begun.start > LONGEST_RECORD as u64 => {
                let what = self.reader.text()[self.window(begun.start)..].chars().take(60).collect();
                self.mode = Mode::TooLong(Begun { what, ..begun });
                self.end_record(end, notes);
            }
            Mode::Record(Begun { start, line, element, .. }) => {
                self.free += usize::from(level.is_none());
                let tokens = self.kept.take();
                self.found.push_back(Found { start, end, line, element, level, tokens });
            }
            Mode::TooLong(begun) => {
                self.broken += 1;
                let length = end - begun.start;
                notes.add(Note { what: begun.what, ..Note::at(NoteKind::RecordTooLong, begun.line, "", length) });
            }
            mode => self.mode = mode,
        }
    }

    /// What keeps the fields of the objects around.
    fn level(&self) -> Option<Rc<Level>> {
        self.frames.iter().rev().find_map(|frame| frame.level.clone())
    }

    fn take_on_the_way(&mut self, token: Token, notes: &mut Notes) -> bool {
        match token.kind {
            Kind::Key => {
                let path = self.frames.last().map_or("", |frame| frame.path.as_str());
                self.here.clear();
                self.here.push_str(path);
                if !path.is_empty() {
                    self.here.push('/');
                }
                let name = key(self.reader.text(), token, self.too_long);
                self.here.push_str(&name);
                false
            }
            Kind::CloseObject | Kind::CloseArray => {
                self.close(notes);
                if self.frames.is_empty() {
                    self.free = self.found.len(); // nothing that encloses them comes any more
                }
                self.free > 0
            }
            Kind::End => {
                self.has_ended = true;
                true
            }
            _ => self.value(token, notes),
        }
    }

    /// The innermost object or array on the way ends.
    fn close(&mut self, notes: &mut Notes) {
        if let Some(Frame { level: Some(level), .. }) = self.frames.pop() {
            level.tell_unused(notes);
        }
    }

    /// A value begins on the way; true where it is a record and ends at once.
    fn value(&mut self, token: Token, notes: &mut Notes) -> bool {
        let around = self.frames.last();
        let is_element = around.is_some_and(|frame| frame.holds_records);
        let path = match around {
            None => "",
            Some(frame) if frame.is_array => &frame.path,
            Some(_) => &self.here,
        };
        let is_container = matches!(token.kind, Kind::OpenObject | Kind::OpenArray);
        let is_record = is_element || self.wanted.is_record(path);
        if is_record && (is_element || token.kind != Kind::OpenArray) {
            let element = self.wanted.element(path).map(str::to_owned);
            return self.begin(token, element, is_container, notes);
        }
        if is_container && (is_record || self.wanted.leads_on(path)) {
            let path = path.to_owned();
            let level = (token.kind == Kind::OpenObject).then(|| {
                let up = self.wanted.up_from(&path);
                Rc::new(Level::new(path.clone(), up, self.level()))
            });
            let is_array = token.kind == Kind::OpenArray;
            self.frames.push(Frame { path, is_array, holds_records: is_record, level });
            return false;
        }
        self.begin_beside(token, is_container, notes);
        false
    }

    fn begin(&mut self, token: Token, element: Option<String>, is_container: bool, notes: &mut Notes) -> bool {
        self.seen += 1;
        let start = self.gone + token.start as u64;
        self.place.advance_lines(self.reader.text(), self.gone, start);
        let depth = self.tokens.depth() - usize::from(is_container);
        let begun =
            Begun { start, line: self.place.line, depth, element, what: String::new(), has_value: !is_container };
        self.mode = Mode::Record(begun);
        let end = self.kept.begin(&self.reader.text().as_bytes()[token.start..]);
        let Some(end) = end.map(|length| token.start + length).or((!is_container).then_some(token.end)) else {
            return false;
        };
        if is_container {
            self.tokens.pass(end);
        }
        self.end_record(self.gone + end as u64, notes);
        true
    }
}

/// What a key in the window is called.
fn key(text: &str, token: Token, too_long: bool) -> String {
    if too_long {
        return "…".to_owned();
    }
    let inside = &text[token.start + 1..token.end - 1];
    if !token.escaped {
        return name_of(inside).to_owned();
    }
    let mut name = String::new();
    strings::decode(inside, &mut name);
    name
}
