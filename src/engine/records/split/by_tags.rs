//! Record boundaries first: where each `<doc …>` begins and ends, before anything inside it is looked
//! at, so that nothing inside a record can reach the next one.
//!
//! Every start tag seen becomes a record or a note, and so does all text outside of records. A start tag at the
//! beginning of a line that has the key closes an open record, whose end tag was lost; an end tag that text and
//! another end tag follow stood inside the text.

use std::io::Read;

use memchr::memchr_iter;

use super::RawRecord;
use super::boundaries::{Boundaries, Inside};
use super::outside::Outside;
use crate::engine::error::Halt;
use crate::engine::input::decode::TextReader;
use crate::engine::notes::{Note, NoteKind, Notes};
use crate::engine::records::field_list::FieldList;
use crate::engine::records::markup::start_tag::{self, Extent};
use crate::engine::records::signs::{BYTE_ORDER_MARK, is_blank};

/// The longest body kept of a record, in bytes of UTF-8: many times the longest article of any
/// Wikipedia. What is beyond is named and left out, so that no record can take the memory.
pub const LONGEST_BODY: usize = 8 << 20;
/// The longest start tag that stands on one line, and the longest over several lines.
const LONGEST_TAG: usize = 1 << 20;
const LONGEST_OVER_LINES: usize = 16 << 10;
/// After so many start tags that never end, only those on one line are looked for: a file made of
/// them must not cost the square of its size.
const BROKEN_OVER_LINES: u64 = 100;
/// How far a text is followed beyond an end tag, to see whether it goes on.
const LOOK_BEYOND: usize = 1 << 20;

/// Cuts a text into records.
pub struct TagSplitter<R> {
    reader: TextReader<R>,
    boundaries: Boundaries,
    starts: u64,
    broken: u64,
    /// Start tags seen that never end, wherever they stand.
    unended: u64,
    /// Where the next start tag stands, as far as it is known.
    ahead: Option<usize>,
    /// Nothing but spaces stands between a line's beginning and the end of what was taken of the body.
    taken_ends_line: bool,
}

/// What is known of a start tag but its attributes.
#[derive(Clone, Copy)]
struct Start {
    /// Bytes from `<` to behind `>`.
    length: usize,
    repaired: bool,
    /// `<item/>`
    is_empty: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Doc {
    Start,
    End,
    /// A comment or CDATA section begins.
    Hidden,
}

impl<R: Read> TagSplitter<R> {
    pub fn new(reader: TextReader<R>, boundaries: Boundaries) -> Self {
        Self { reader, boundaries, starts: 0, broken: 0, unended: 0, ahead: None, taken_ends_line: false }
    }

    pub fn reader(&self) -> &TextReader<R> {
        &self.reader
    }

    /// Start tags seen outside of records, and those of them of which no record could be made.
    #[must_use]
    pub fn start_tags(&self) -> (u64, u64) {
        (self.starts, self.broken)
    }

    /// Puts the next record into `raw`, which is empty; false at the end of the file.
    ///
    /// # Errors
    /// When the file cannot be read, or the run is stopped.
    pub fn next(&mut self, raw: &mut RawRecord, notes: &mut Notes) -> Result<bool, Halt> {
        loop {
            let Some(doc) = self.skip_to_tag(notes)? else { return Ok(false) };
            let line = self.reader.line();
            if doc == Doc::End {
                notes.add(Note::at(NoteKind::EndTagStray, line, "", 1));
                let length = self.end_tag_length(0)?;
                self.reader.consume(length);
                continue;
            }
            self.starts += 1;
            if let Some(tag) = self.start_tag(0, &mut raw.attributes)? {
                raw.line = line;
                self.record(tag, raw, notes)?;
                return Ok(true);
            }
            self.broken += 1;
            let start: String = self.reader.text().chars().take(60).collect();
            notes.add(Note { what: start, ..Note::at(NoteKind::StartTagBroken, line, "", 1) });
            let length = self.broken_length();
            self.reader.consume(length);
        }
    }

    /// What is passed over of a start tag that never ends: up to the next tag on its line, or all of
    /// the line.
    fn broken_length(&self) -> usize {
        let text = self.reader.text();
        let line = memchr::memchr(b'\n', text.as_bytes()).unwrap_or(text.len());
        if self.unended > BROKEN_OVER_LINES {
            return line;
        }
        memchr_iter(b'<', &text.as_bytes()[1..line])
            .map(|at| at + 1)
            .find(|at| self.doc_at(*at).is_some())
            .unwrap_or(line)
    }

    /// Moves to the next start or end tag outside of records, and says which; names what it passes over.
    fn skip_to_tag(&mut self, notes: &mut Notes) -> Result<Option<Doc>, Halt> {
        let mut outside = Outside::default();
        loop {
            let ahead = self.ahead.take().map(|at| (Doc::Start, at));
            let (found, text) = (ahead.or_else(|| self.find_doc(0)), self.reader.text());
            // a `<` near the end may be the beginning of a tag that is not all there yet
            let is_cut = |at: &usize| text.len() - at < self.longest_start();
            let passed = found.map_or_else(|| text.rfind('<').filter(is_cut).unwrap_or(text.len()), |(_, at)| at);
            // between most records stands an empty line and nothing else
            if !(outside.is_blank() && text.as_bytes()[..passed].iter().all(u8::is_ascii_whitespace)) {
                let line = self.reader.line();
                outside.pass(self.reader.text(), passed, line);
            }
            self.reader.consume(passed);
            match found {
                Some((Doc::Hidden, _)) => {
                    let (line, length) = (self.reader.line(), self.hidden_length(0)?);
                    let words = self.reader.text()[..length].strip_prefix("<![CDATA[");
                    if let Some(words) = words {
                        outside.pass_words(words.strip_suffix("]]>").unwrap_or(words), line);
                    }
                    self.reader.consume(length);
                }
                Some((doc, _)) => {
                    outside.tell(notes);
                    return Ok(Some(doc));
                }
                None if self.reader.more()? => {}
                None => {
                    let (line, rest) = (self.reader.line(), self.reader.text());
                    outside.pass(rest, rest.len(), line);
                    outside.tell(notes);
                    return Ok(None);
                }
            }
        }
    }

    /// Reads on until the start tag at `at` is complete, and puts down its attributes; `None` where it never
    /// is.
    fn start_tag(&mut self, at: usize, attributes: &mut FieldList) -> Result<Option<Start>, Halt> {
        loop {
            let text = &self.reader.text()[at..];
            let line = memchr::memchr(b'\n', text.as_bytes());
            let most = match line {
                Some(line) if self.unended < BROKEN_OVER_LINES => line.max(LONGEST_OVER_LINES),
                Some(line) => line + 1,
                None => LONGEST_TAG,
            };
            let is_all_there = text.len() >= most;
            let text = &text[..text.floor_char_boundary(most)];
            attributes.clear();
            if let Some(Extent { length, repaired }) = start_tag::parse_into(text, attributes) {
                let is_empty = text[..length].ends_with("/>");
                return Ok(Some(Start { length, repaired, is_empty }));
            }
            if is_all_there || !self.reader.more()? {
                self.unended += 1;
                attributes.clear();
                return Ok(None);
            }
        }
    }

    /// Bytes from `<` to behind `>` of the end tag at `at`; a tag cut off by the end of the file counts.
    fn end_tag_length(&mut self, at: usize) -> Result<usize, Halt> {
        let name = "</".len() + self.boundaries.element.len();
        loop {
            let text = &self.reader.text()[at..];
            let spaces = text[name..].find(|char: char| !(char.is_ascii() && start_tag::is_space(char as u8)));
            match spaces.map(|spaces| name + spaces) {
                Some(end) if text.as_bytes()[end] == b'>' => return Ok(end + 1),
                Some(_) => return Ok(name),
                None if text.len() > LONGEST_OVER_LINES => return Ok(name),
                None if !self.reader.more()? => return Ok(self.reader.text().len() - at),
                None => {}
            }
        }
    }

    /// Takes the record whose start tag is at hand.
    fn record(&mut self, tag: Start, record: &mut RawRecord, notes: &mut Notes) -> Result<(), Halt> {
        if tag.repaired {
            notes.add(self.about(record, NoteKind::StartTagRepaired, record.line, 1));
        }
        self.reader.consume(tag.length);
        self.taken_ends_line = false;
        let nests = self.boundaries.inside == Inside::Nests;
        if !(nests && tag.is_empty) {
            self.body(record, notes)?;
        }
        Ok(())
    }

    /// A note about the record at hand.
    fn about(&self, record: &RawRecord, kind: NoteKind, line: u64, count: u64) -> Note {
        let key = if let Inside::Key(key) = self.boundaries.inside { key } else { "id" };
        Note::at(kind, line, record.attribute(key).unwrap_or_default(), count)
    }

    /// Takes the body, and the end tag after it.
    fn body(&mut self, record: &mut RawRecord, notes: &mut Notes) -> Result<(), Halt> {
        let mut from = 0; // looked at so far
        let mut left_out = 0u64;
        let mut known = (0, 0);
        let nests = self.boundaries.inside == Inside::Nests;
        let mut depth = 0u64;
        loop {
            // to look beyond a tag reads on: what is settled meanwhile must not wait in memory for the end
            if from > LOOK_BEYOND {
                self.take(record, from, &mut left_out);
                (from, known) = (0, (0, 0));
            }
            match self.find_doc(from) {
                None => {
                    let seen = self.reader.text().len();
                    // the last bytes may be the beginning of a tag that is not all there yet
                    let cut = seen.saturating_sub(self.longest_start());
                    let safe = self.reader.text().floor_char_boundary(cut).max(from);
                    self.take(record, safe, &mut left_out);
                    (from, known) = (0, (0, 0));
                    if !self.reader.more()? {
                        notes.add(self.about(record, NoteKind::EndTagMissing, record.line, 1));
                        let rest = self.reader.text().len();
                        self.take(record, rest, &mut left_out);
                        break;
                    }
                }
                Some((Doc::Hidden, at)) => from = at + self.hidden_length(at)?,
                Some((Doc::Start, at)) if nests => {
                    let tag = self.start_tag(at, &mut FieldList::default())?;
                    depth += u64::from(tag.as_ref().is_some_and(|tag| !tag.is_empty));
                    from = at + tag.map_or(1, |tag| tag.length);
                }
                Some((Doc::End, at)) if depth > 0 => {
                    depth -= 1;
                    from = at + self.end_tag_length(at)?;
                }
                Some((Doc::Start, at)) => {
                    if self.begins_record(at)? {
                        notes.add(self.about(record, NoteKind::EndTagMissing, record.line, 1));
                        self.take(record, at, &mut left_out);
                        break;
                    }
                    let line = self.line_at(at, &mut known);
                    notes.add(self.about(record, NoteKind::StartTagInside, line, 1));
                    from = at + 1 + self.boundaries.element.len();
                }
                Some((Doc::End, at)) => {
                    let length = self.end_tag_length(at)?;
                    if !nests && self.goes_on(at + length)? {
                        let line = self.line_at(at, &mut known);
                        notes.add(self.about(record, NoteKind::EndTagInside, line, 1));
                        from = at + length;
                        continue;
                    }
                    self.take(record, at, &mut left_out);
                    self.reader.consume(length);
                    self.ahead = self.ahead.and_then(|ahead| ahead.checked_sub(at + length));
                    break;
                }
            }
        }
        if left_out > 0 {
            notes.add(self.about(record, NoteKind::RecordTooLong, record.line, left_out));
        }
        Ok(())
    }

    /// Moves `length` bytes of text into the body, as far as it has room.
    fn take(&mut self, record: &mut RawRecord, length: usize, left_out: &mut u64) {
        let text = &self.reader.text()[..length];
        self.taken_ends_line = begins_line(text, self.taken_ends_line);
        let room = text.floor_char_boundary(LONGEST_BODY.saturating_sub(record.body.len()));
        record.body.push_str(&text[..room]);
        *left_out += (length - room) as u64;
        self.reader.consume(length);
    }

    /// The next start or end tag at or behind `from` in the text at hand.
    fn find_doc(&self, from: usize) -> Option<(Doc, usize)> {
        let bytes = &self.reader.text().as_bytes()[from..];
        memchr_iter(b'<', bytes).map(|at| from + at).find_map(|at| self.doc_at(at).map(|doc| (doc, at)))
    }

    /// What kind of record tag begins at `at`, if one does: its name, and then no letter.
    fn doc_at(&self, at: usize) -> Option<Doc> {
        let rest = &self.reader.text().as_bytes()[at + 1..];
        let (doc, rest) = match rest.first()? {
            b'/' => (Doc::End, &rest[1..]),
            b'!' if self.boundaries.inside == Inside::Nests => {
                let hidden = HIDDEN.iter().any(|(start, _)| rest.starts_with(&start.as_bytes()[1..]));
                return hidden.then_some(Doc::Hidden);
            }
            _ => (Doc::Start, rest),
        };
        let name = self.boundaries.element.as_bytes();
        let next = *rest.get(name.len())?;
        let is_name = (start_tag::is_space(next) || matches!(next, b'>' | b'/')) && is_word(&rest[..name.len()], name);
        is_name.then_some(doc)
    }

    /// So many bytes show what a `<` begins.
    fn longest_start(&self) -> usize {
        "<![CDATA[".len().max("</".len() + self.boundaries.element.len() + 2)
    }

    /// The length of the comment or CDATA section at `at`; of its beginning alone where it never ends.
    fn hidden_length(&mut self, at: usize) -> Result<usize, Halt> {
        let text = &self.reader.text()[at..];
        let Some((start, end)) = HIDDEN.iter().find(|(start, _)| text.starts_with(start)) else { return Ok(1) };
        let mut from = start.len();
        loop {
            let text = &self.reader.text()[at..];
            if let Some(found) = memchr::memmem::find(&text.as_bytes()[from..], end.as_bytes()) {
                return Ok(from + found + end.len());
            }
            from = text.len().saturating_sub(end.len()).max(start.len());
            if text.len() > LOOK_BEYOND || self.unended > BROKEN_OVER_LINES || !self.reader.more()? {
                self.unended += 1;
                return Ok(start.len());
            }
        }
    }

    /// True when the start tag at `at` stands at the beginning of a line and has the key attribute:
    /// then the open record lost its end tag.
    fn begins_record(&mut self, at: usize) -> Result<bool, Halt> {
        if !begins_line(&self.reader.text()[..at], self.taken_ends_line) {
            return Ok(false);
        }
        let mut attributes = FieldList::default();
        let tag = self.start_tag(at, &mut attributes)?;
        Ok(tag.is_some_and(|_| match self.boundaries.inside {
            Inside::Key(key) => attributes.iter().any(|(name, _)| name == key),
            Inside::Line => true,
            Inside::Nests => false,
        }))
    }

    /// True when text follows at `from` and then another end tag, with no start tag between: the end
    /// tag before `from` stood inside the text.
    fn goes_on(&mut self, from: usize) -> Result<bool, Halt> {
        let mut at = from;
        loop {
            if let Some((doc, found)) = self.find_doc(at) {
                self.ahead = (doc == Doc::Start).then_some(found);
                return Ok(doc == Doc::End && !is_all_blank(&self.reader.text()[from..found]));
            }
            let length = self.reader.text().len();
            if length - from > LOOK_BEYOND || !self.reader.more()? {
                return Ok(false);
            }
            at = self.reader.text().floor_char_boundary(from.max(length.saturating_sub(self.longest_start())));
        }
    }

    /// The line at `at`; `known` is the last place asked for and the lines before it.
    fn line_at(&mut self, at: usize, known: &mut (usize, u64)) -> u64 {
        let lines = memchr_iter(b'\n', &self.reader.text().as_bytes()[known.0..at]).count() as u64;
        *known = (at, known.1 + lines);
        self.reader.line() + known.1
    }
}

/// The same word, whatever the case of its letters; most are written in the same.
fn is_word(word: &[u8], name: &[u8]) -> bool {
    word == name || word.eq_ignore_ascii_case(name)
}

/// What hides tags, and where it ends.
const HIDDEN: [(&str, &str); 2] = [("<!--", "-->"), ("<![CDATA[", "]]>")];

/// True when only spaces stand between a line's beginning and the end of `text`; `before` says so of
/// what comes before it.
fn begins_line(text: &str, before: bool) -> bool {
    match text.trim_end_matches([' ', '\t', BYTE_ORDER_MARK]) {
        "" => before,
        text => text.ends_with(['\n', '\r']),
    }
}

fn is_all_blank(text: &str) -> bool {
    text.chars().all(is_blank)
}
