//! What stands outside of records, texts and the values of attributes: left out, and said so.

use crate::engine::notes::{Note, NoteKind, Notes};
use crate::engine::records::markup::start_tag;
use crate::engine::records::markup::xml::fields::is_value;
use crate::engine::records::signs::is_blank;

/// So much of a tag is looked at for values.
const LONGEST_TAG: usize = 4096;
/// So much is told of what was left out.
const LONGEST_NAMED: usize = 60;

/// What stands between records: told once for each gap, unless it is blank or nothing but names (the root
/// element that some people put around their records).
#[derive(Debug, Default)]
pub struct Outside {
    bytes: u64,
    line: u64,
    what: String,
    inside: Markup,
    /// Bytes of the markup at hand: it is text if it never ends.
    pending: u64,
    /// The tag at hand as it stands in the source.
    tag: String,
    /// Values of attributes, where the first stands, and the first of them with their names.
    values: u64,
    values_line: u64,
    named: String,
    /// Dashes at the end of what was passed.
    dashes: u32,
}

/// What markup a character stands in.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Markup {
    #[default]
    None,
    Tag,
    Comment,
    Doctype,
    /// The square brackets of `<!DOCTYPE doc [ … ]>`.
    Subset,
}

impl Outside {
    /// Takes the first `length` bytes of `text`, which begins at `line`.
    pub fn pass(&mut self, text: &str, length: usize, mut line: u64) {
        for (at, char) in text[..length].char_indices() {
            if self.inside == Markup::None {
                self.inside = if char == '<' { markup(&text[at + 1..]) } else { Markup::None };
                self.pending = 0;
                self.line = if self.bytes == 0 { line } else { self.line };
                if self.inside == Markup::None {
                    self.count(char, line);
                }
            }
            if self.inside == Markup::Tag && self.tag.len() < LONGEST_TAG {
                self.tag.push(char);
            }
            if self.inside == Markup::Tag && char == '>' {
                self.count_values(line);
            }
            self.pending += u64::from(!char.is_whitespace()) * char.len_utf8() as u64;
            self.inside = match (self.inside, char) {
                (Markup::Comment, '>') if self.dashes < 2 => Markup::Comment,
                (Markup::Tag | Markup::Comment | Markup::Doctype, '>') => Markup::None,
                (Markup::Doctype, '[') => Markup::Subset,
                (Markup::Subset, ']') => Markup::Doctype,
                (inside, _) => inside,
            };
            self.dashes = if char == '-' { self.dashes + 1 } else { 0 };
            line += u64::from(char == '\n');
        }
    }

    /// Nothing but spaces has been passed.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.bytes == 0 && self.inside == Markup::None
    }

    /// Takes `text`, which begins at `line` and in which nothing is markup.
    pub fn pass_words(&mut self, text: &str, line: u64) {
        for char in text.chars() {
            self.count(char, line);
        }
    }

    fn count(&mut self, char: char, line: u64) {
        let blank = is_blank(char);
        if self.bytes == 0 {
            self.line = line;
        }
        if !blank {
            self.bytes += char.len_utf8() as u64;
        }
        if self.bytes > 0 && self.what.len() < LONGEST_NAMED {
            self.what.push(char);
        }
    }

    /// Counts the values of the tag at hand, which is done with.
    fn count_values(&mut self, line: u64) {
        let tag = std::mem::take(&mut self.tag);
        if !tag[1..].starts_with(|char: char| char.is_ascii_alphabetic()) {
            return;
        }
        let Some(read) = start_tag::parse(&tag) else { return };
        for (name, value) in read.attributes.iter().filter(|(name, value)| is_value(name, value)) {
            self.values_line = if self.values == 0 { line } else { self.values_line };
            self.values += 1;
            if self.named.len() < LONGEST_NAMED {
                self.named.push_str(if self.named.is_empty() { "" } else { " " });
                self.named.extend(format!("{name}={value}").chars().take(LONGEST_NAMED));
            }
        }
    }

    /// Adds a note if there is anything to tell.
    pub fn tell(mut self, notes: &mut Notes) {
        self.bytes += if self.inside == Markup::None { 0 } else { self.pending };
        if self.bytes > 0 {
            let what = self.what.trim_end().to_owned();
            notes.add(Note { what, ..Note::at(NoteKind::TextOutside, self.line, "", self.bytes) });
        }
        if self.values > 0 {
            notes.add(Note { what: self.named, ..Note::at(NoteKind::FewOutside, self.values_line, "", self.values) });
        }
    }
}

/// What the `<` before `rest` begins.
fn markup(rest: &str) -> Markup {
    match rest.chars().next() {
        Some('!') if rest.starts_with("!--") => Markup::Comment,
        Some('!') if rest.get(1..8).is_some_and(|word| word.eq_ignore_ascii_case("doctype")) => Markup::Doctype,
        Some(next) if next.is_ascii_alphabetic() || "/!?".contains(next) => Markup::Tag,
        _ => Markup::None,
    }
}
