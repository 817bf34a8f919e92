//! Where a broken record ends, so that those behind it are not lost with it: behind the bracket that closes it, if what
//! follows can follow a record; else before the next text that begins as the record did.

use std::io::Read;

use super::{Begun, LONGEST_RECORD, ValueSplitter};
use crate::engine::error::Halt;
use crate::engine::error::syntax::Expected;
use crate::engine::records::json::tokenizer::{Kind, Tokenizer};

/// Bytes that may be looked at again at the beginning of a file; later in proportion to what is read.
const EFFORT: u64 = 256 << 20;

impl<R: Read> ValueSplitter<R> {
    /// The end of the record that broke at `at` of the window, as far as it can be made out.
    pub(super) fn end_of_broken(&mut self, begun: &Begun, at: usize, expected: Expected) -> Result<Option<u64>, Halt> {
        // up to the bound of a record, and a little of what follows
        let enough = self.window(begun.start) + LONGEST_RECORD;
        loop {
            // a file that is made of broken records must not cost the square of its size
            self.effort += (self.reader.text().len() - at) as u64;
            if self.effort > EFFORT + 8 * (self.gone + at as u64) {
                return Ok(None);
            }
            let text = self.reader.text();
            let is_all = self.reader.is_at_end() || text.len() >= enough;
            let text = &text[..text.floor_char_boundary(enough)];
            let in_string = matches!(expected, Expected::Escape | Expected::HexDigits | Expected::Quote);
            if let Some(end) = closing(text.as_bytes(), self.window(begun.start), at, in_string)
                && (is_all || text.len() > end + 4096)
            {
                if follows(text.as_bytes(), end) {
                    return Ok(Some(self.gone + end as u64));
                }
                if is_all || text.len() > end + (1 << 20) {
                    return Ok(self.next_alike(begun, at));
                }
            } else if is_all {
                return Ok(self.next_alike(begun, at));
            }
            self.more_of_broken()?;
        }
    }

    /// Adds to the window without letting go of the record.
    fn more_of_broken(&mut self) -> Result<(), Halt> {
        let size = self.reader.text().len();
        let aim = size + size / 2; // so that what is looked at again is never much more than what is new
        while self.reader.text().len() < aim && self.reader.more()? {}
        Ok(())
    }

    /// Before the next `, {"first key"` behind the last string.
    fn next_alike(&self, begun: &Begun, at: usize) -> Option<u64> {
        let text = self.reader.text();
        let start = self.window(begun.start);
        let mut tokens = Tokenizer::default();
        let record = &text.as_bytes()[start..at];
        let first = (0..2).find_map(|_| tokens.next(record, false).ok().filter(|token| token.kind == Kind::Key));
        let key = &record[first?.start..first?.end];
        let from = self.window(self.last_string).max(start + first?.end);
        memchr::memmem::find_iter(&text.as_bytes()[from..], key).find_map(|found| {
            let before = text[..from + found].trim_end();
            let before = before.strip_suffix('{')?.trim_end();
            let end = before.strip_suffix(',')?.trim_end().len();
            (text[..end].ends_with('}') && end > from).then_some(self.gone + end as u64)
        })
    }
}

/// Behind the bracket that closes the record which begins at `start`, read on from `at` without regard to anything but
/// brackets and strings.
fn closing(text: &[u8], start: usize, at: usize, in_string: bool) -> Option<usize> {
    let mut open = Vec::new();
    let mut tokens = Tokenizer::default();
    let record = &text[start..at];
    while let Ok(token) = tokens.next(record, false) {
        match token.kind {
            Kind::OpenObject => open.push(b'}'),
            Kind::OpenArray => open.push(b']'),
            Kind::CloseObject | Kind::CloseArray => {
                open.pop();
            }
            _ => {}
        }
    }
    let mut at = at;
    let mut in_string = in_string;
    loop {
        if in_string {
            at += memchr::memchr2(b'"', b'\\', text.get(at..)?)?;
            in_string = text[at] == b'\\';
            at += 1 + usize::from(in_string);
            continue;
        }
        match text.get(at)? {
            b'"' => in_string = true,
            b'{' => open.push(b'}'),
            b'[' => open.push(b']'),
            close @ (b'}' | b']') => match open.iter().rposition(|expected| expected == close) {
                Some(place) => open.truncate(place),
                None if *close == b']' => return Some(at), // the array's end
                None => {}
            },
            _ => {}
        }
        at += 1;
        if open.is_empty() {
            return Some(at);
        }
    }
}

/// What may follow a record in its array: the array's end, or another record.
fn follows(text: &[u8], end: usize) -> bool {
    let next = |from: usize| {
        text[from..].iter().position(|byte| !matches!(byte, b' ' | b'\n' | b'\r' | b'\t')).map(|at| from + at)
    };
    match next(end).map(|at| (at, text[at])) {
        Some((_, b']')) | None => true,
        Some((at, b',')) => next(at + 1).is_none_or(|at| matches!(text[at], b'{' | b'[')),
        _ => false,
    }
}
