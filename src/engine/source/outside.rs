//! Text outside of records: left out, and said so.

use crate::engine::notes::{Note, NoteKind, Notes};

/// Text between records: told once for each gap, unless it is blank or nothing but markup (the root
/// element that some people put around their records).
#[derive(Debug, Default)]
pub struct Outside {
    bytes: u64,
    line: u64,
    what: String,
    in_tag: bool,
}

impl Outside {
    /// Takes the first `length` bytes of `text`, which begins at `line`.
    pub fn pass(&mut self, text: &str, length: usize, mut line: u64) {
        let mut chars = text.char_indices().peekable();
        while let Some((_, char)) = chars.next_if(|(at, _)| *at < length) {
            let next = chars.peek().map(|(_, next)| *next);
            self.in_tag |= char == '<' && next.is_some_and(|next| next.is_ascii_alphabetic() || "/!?".contains(next));
            if !self.in_tag {
                self.count(char, line);
            }
            self.in_tag &= char != '>';
            line += u64::from(char == '\n');
        }
    }

    fn count(&mut self, char: char, line: u64) {
        let blank = char.is_whitespace() || char == '\u{feff}';
        if self.bytes == 0 {
            self.line = line;
        }
        if !blank {
            self.bytes += char.len_utf8() as u64;
        }
        if self.bytes > 0 && self.what.len() < 60 {
            self.what.push(char);
        }
    }

    /// Adds a note if there is anything to tell.
    pub fn tell(self, notes: &mut Notes) {
        if self.bytes > 0 {
            let what = self.what.trim_end().to_owned();
            notes.add(Note { what, ..Note::at(NoteKind::TextOutside, self.line, "", self.bytes) });
        }
    }
}
