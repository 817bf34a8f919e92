//! One row of a table → its cells, by RFC 4180, and what is wrong with its quotes.
//!
//! The `csv` crate reads any quotes without a word: one that is never closed swallows the rest of the file, one
//! inside a cell vanishes. Here every value stays and every fault has a place; tests hold well-formed tables
//! equal to what the crate reads.

use std::ops::Range;

use memchr::memchr2;

use crate::engine::records::signs::first_of;

/// As many cells as a worksheet has columns are told apart; the last one holds the rest of its row.
pub const MOST_CELLS: usize = 16_384;

/// How the rows of a table are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marks {
    /// Between two cells.
    pub delimiter: u8,
    /// Behind a row: LF (with or without CR before it), or CR alone.
    pub end: u8,
    /// A quoted cell may go on over line breaks.
    pub over_lines: bool,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Where its value stands behind the row's beginning, without the quotes around it.
    pub range: Range<usize>,
    /// Quotes in it are written twice.
    pub doubled: bool,
}

impl Cell {
    /// Whether it stands in quotes, in the text behind the row's beginning.
    #[must_use]
    pub fn is_quoted(&self, text: &str) -> bool {
        let before = self.range.start.checked_sub(1).map(|at| text.as_bytes()[at]);
        before == Some(b'"') && text.as_bytes().get(self.range.end) == Some(&b'"')
    }
}

/// Reads one row; where its text is not all there yet, it goes on later.
#[derive(Debug, Default)]
pub struct RowParser {
    pub cells: Vec<Cell>,
    /// Where the first faulty quote of the row stands.
    pub fault: Option<usize>,
    /// A cell may hold ends of lines.
    pub has_quotes: bool,
    state: State,
    /// All before is looked at.
    at: usize,
    /// Where the cell at hand begins, its quote included.
    start: usize,
    doubled: bool,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum State {
    #[default]
    Start,
    Plain,
    Quoted,
    /// The quote that stands here seems to close a cell, but the cell goes on.
    Doubt(usize),
}

/// How far a row is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reached {
    /// Its end: so many bytes, the line's end included.
    End(usize),
    /// The text at hand ends in it.
    Open,
    /// The text at hand ends in a quoted cell.
    OpenQuote,
}

impl RowParser {
    pub fn clear(&mut self) {
        self.cells.clear();
        self.has_quotes = false;
        (self.fault, self.state, self.at, self.start, self.doubled) = (None, State::Start, 0, 0, false);
    }

    /// Goes on with the row at the beginning of `text`, which has grown since; with `is_all` nothing follows.
    pub fn go_on(&mut self, text: &[u8], is_all: bool, marks: Marks) -> Reached {
        loop {
            match self.state {
                State::Start => {
                    self.start = self.at;
                    match text.get(self.at) {
                        None if !is_all => return Reached::Open,
                        Some(b'"') if self.cells.len() + 1 < MOST_CELLS => {
                            self.at += 1;
                            self.doubled = false;
                            self.has_quotes = true;
                            self.state = State::Quoted;
                        }
                        _ => self.state = State::Plain,
                    }
                }
                State::Plain => {
                    let delimiter = if self.cells.len() + 1 < MOST_CELLS { marks.delimiter } else { marks.end };
                    let Some(found) = first_of(delimiter, marks.end, &text[self.at..]) else {
                        self.at = text.len();
                        if !is_all {
                            return Reached::Open;
                        }
                        let is_cr = marks.end == b'\n' && text[self.start..].ends_with(b"\r");
                        self.push(self.start..text.len() - usize::from(is_cr), false);
                        return Reached::End(text.len());
                    };
                    let end = self.at + found;
                    self.at = end + 1;
                    if text[end] == delimiter && delimiter != marks.end {
                        self.push(self.start..end, false);
                        self.start = self.at;
                        // the next cell is most often plain too
                        if text.get(self.at).is_none_or(|byte| *byte == b'"') {
                            self.state = State::Start;
                        }
                        continue;
                    }
                    let is_crlf = marks.end == b'\n' && end > self.start && text[end - 1] == b'\r';
                    self.push(self.start..end - usize::from(is_crlf), false);
                    return Reached::End(end + 1);
                }
                State::Quoted => {
                    let found = if marks.over_lines {
                        memchr::memchr(b'"', &text[self.at..])
                    } else {
                        memchr2(b'"', marks.end, &text[self.at..])
                    };
                    let Some(found) = found else {
                        self.at = text.len();
                        if is_all {
                            self.unquote();
                            continue;
                        }
                        return Reached::OpenQuote;
                    };
                    self.at += found;
                    if text[self.at] == marks.end {
                        self.unquote();
                        continue;
                    }
                    match Self::behind(text, self.at + 1, is_all, marks) {
                        Behind::Unknown => return Reached::OpenQuote,
                        Behind::Quote => {
                            self.doubled = true;
                            self.at += 2;
                        }
                        Behind::Delimiter => {
                            self.push(self.start + 1..self.at, self.doubled);
                            self.at += 2;
                            self.state = State::Start;
                        }
                        Behind::End(length) => {
                            self.push(self.start + 1..self.at, self.doubled);
                            return Reached::End(self.at + 1 + length);
                        }
                        Behind::Other => {
                            self.fault.get_or_insert(self.at);
                            self.state = State::Doubt(self.at);
                            self.at += 1;
                        }
                    }
                }
                State::Doubt(quote) => match self.settle(text, is_all, marks) {
                    None => return Reached::OpenQuote,
                    Some(true) => self.state = State::Quoted,
                    Some(false) => (self.state, self.at) = (State::Plain, quote + 1),
                },
            }
        }
    }

    /// The quote that opened the cell at hand is one of its characters: it is never closed.
    pub fn unquote(&mut self) {
        self.fault = Some(self.fault.map_or(self.start, |fault| fault.min(self.start)));
        (self.state, self.at) = (State::Plain, self.start);
    }

    /// Whether the cell at hand goes on behind a quote that does not end it: it does where a quote on the same
    /// line ends it (`"He said "no" to me",`), but not where another cell begins before (`"5" disk,"x"`). What is
    /// not quoted as it should be stays as it is written. `None` where more text is needed.
    fn settle(&mut self, text: &[u8], is_all: bool, marks: Marks) -> Option<bool> {
        loop {
            let Some(found) = memchr2(b'"', marks.end, &text[self.at..]) else {
                self.at = text.len();
                return is_all.then_some(false);
            };
            let at = self.at + found;
            self.at = at;
            if text[at] == marks.end || text[at - 1] == marks.delimiter {
                return Some(false);
            }
            match Self::behind(text, at + 1, is_all, marks) {
                Behind::Unknown => return None,
                Behind::Delimiter | Behind::End(_) => return Some(true),
                Behind::Quote => self.at += 2,
                Behind::Other => self.at += 1,
            }
        }
    }

    fn behind(text: &[u8], at: usize, is_all: bool, marks: Marks) -> Behind {
        match text.get(at) {
            None if is_all => Behind::End(0),
            None => Behind::Unknown,
            Some(b'"') => Behind::Quote,
            Some(&byte) if byte == marks.delimiter => Behind::Delimiter,
            Some(&byte) if byte == marks.end => Behind::End(1),
            Some(b'\r') if marks.end == b'\n' => match text.get(at + 1) {
                Some(b'\n') => Behind::End(2),
                None if is_all => Behind::End(1),
                None => Behind::Unknown,
                Some(_) => Behind::Other,
            },
            Some(_) => Behind::Other,
        }
    }

    fn push(&mut self, range: Range<usize>, doubled: bool) {
        self.cells.push(Cell { range, doubled });
    }
}

/// What stands behind a quote.
enum Behind {
    Quote,
    Delimiter,
    /// The end of the row, of so many bytes.
    End(usize),
    Other,
    /// The text at hand ends.
    Unknown,
}

/// A cell's value: quotes that are written twice are one, and lines end with LF (`has_cr` where there may be others).
#[inline]
pub fn value<'a>(text: &'a str, cell: &Cell, has_cr: bool, room: &'a mut String) -> &'a str {
    let written = &text[cell.range.clone()];
    if cell.doubled || (has_cr && memchr::memchr(b'\r', written.as_bytes()).is_some()) {
        return as_meant(written, cell, room);
    }
    written
}

fn as_meant<'a>(written: &str, cell: &Cell, room: &'a mut String) -> &'a str {
    room.clear();
    let mut rest = written;
    while let Some(at) = rest.find(['"', '\r']) {
        let (before, from) = rest.split_at(at);
        room.push_str(before);
        rest = match from.as_bytes() {
            [b'"', b'"', ..] if cell.doubled => {
                room.push('"');
                &from[2..]
            }
            [b'"', ..] => {
                room.push('"');
                &from[1..]
            }
            [_, b'\n', ..] => {
                room.push('\n');
                &from[2..]
            }
            _ => {
                room.push('\n');
                &from[1..]
            }
        };
    }
    room.push_str(rest);
    room
}
