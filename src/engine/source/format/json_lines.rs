//! JSON lines: one object a line, as WikiExtractor writes with `--json`. Strings are taken as they
//! are, other values as they are written.

use std::collections::BTreeMap;
use std::io::Read;

use serde_json::value::RawValue;

use super::decode::TextReader;
use crate::engine::error::Cause;
use crate::engine::notes::{Note, NoteKind, Notes};

/// The longest line, in bytes; escapes make a text up to six times as long.
const LONGEST_LINE: usize = 16 << 20;

/// One object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonRecord {
    pub values: BTreeMap<String, String>,
    pub line: u64,
}

/// Reads objects line by line.
pub struct JsonLines<R> {
    reader: TextReader<R>,
    /// Lines that are not blank, and those of them that are no object.
    lines: u64,
    unreadable: u64,
}

impl<R: Read> JsonLines<R> {
    pub fn new(reader: TextReader<R>) -> Self {
        Self { reader, lines: 0, unreadable: 0 }
    }

    pub fn reader(&self) -> &TextReader<R> {
        &self.reader
    }

    /// Lines that are not blank, and those of them that are no object.
    #[must_use]
    pub fn lines(&self) -> (u64, u64) {
        (self.lines, self.unreadable)
    }

    /// The next object; `None` at the end of the file.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn next(&mut self, notes: &mut Notes) -> Result<Option<JsonRecord>, Cause> {
        loop {
            let Some((length, is_whole)) = line(&mut self.reader)? else { return Ok(None) };
            let number = self.reader.line();
            let text = self.reader.text()[..length].trim_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
            let (is_blank, values) = (text.is_empty(), if is_whole { object(text) } else { None });
            let start: String = text.chars().take(60).collect();
            self.reader.consume(length);
            let mut left_out = length as u64;
            if !is_whole {
                left_out += self.skip_line()?;
            }
            if is_blank {
                continue;
            }
            self.lines += 1;
            if let Some(values) = values {
                return Ok(Some(JsonRecord { values, line: number }));
            }
            self.unreadable += 1;
            let kind = if is_whole { NoteKind::LineUnreadable } else { NoteKind::RecordTooLong };
            let count = if is_whole { 1 } else { left_out };
            notes.add(Note { what: start, ..Note::at(kind, number, "", count) });
        }
    }

    /// Passes over the rest of a line; gives its length.
    fn skip_line(&mut self) -> Result<u64, Cause> {
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

/// True when one of the first lines is a JSON object.
///
/// # Errors
/// When the file cannot be read.
pub fn recognise<R: Read>(reader: &mut TextReader<R>) -> Result<bool, Cause> {
    if reader.text().is_empty() {
        reader.more()?;
    }
    let begins = reader.text().trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']).starts_with('{');
    if !begins {
        return Ok(false);
    }
    line(reader)?; // all of the first line is at hand
    Ok(reader.text().lines().take(3).any(|line| object(line.trim_start_matches('\u{feff}')).is_some()))
}

/// The length of the line at hand, its end included, and whether it is all there; `None` at the end
/// of the file. The reader holds the line.
fn line<R: Read>(reader: &mut TextReader<R>) -> Result<Option<(usize, bool)>, Cause> {
    let mut seen = 0;
    loop {
        let text = reader.text();
        if let Some(end) = memchr::memchr(b'\n', &text.as_bytes()[seen..]) {
            return Ok(Some((seen + end + 1, true)));
        }
        seen = text.len();
        if seen > LONGEST_LINE {
            return Ok(Some((seen, false)));
        }
        if !reader.more()? {
            return Ok((seen > 0).then_some((seen, true)));
        }
    }
}

fn object(text: &str) -> Option<BTreeMap<String, String>> {
    let values: BTreeMap<String, &RawValue> = match serde_json::from_str(text) {
        Ok(values) => values,
        // half of a surrogate pair, as other programs write it, is no reason to lose a record
        Err(_) if text.contains("\\u") => return object_mended(text),
        Err(_) => return None,
    };
    Some(values.into_iter().map(|(name, value)| (name, plain(value.get()))).collect())
}

fn object_mended(text: &str) -> Option<BTreeMap<String, String>> {
    let mended = mend_surrogates(text);
    let values: BTreeMap<String, Box<RawValue>> = serde_json::from_str(&mended).ok()?;
    Some(values.into_iter().map(|(name, value)| (name, plain(value.get()))).collect())
}

fn plain(value: &str) -> String {
    if value == "null" {
        return String::new();
    }
    match serde_json::from_str(value) {
        Ok(serde_json::Value::String(text)) => text,
        Err(_) => serde_json::from_str(&mend_surrogates(value)).unwrap_or_else(|_| value.to_owned()),
        Ok(_) => value.to_owned(),
    }
}

/// Escapes of lone surrogates become U+FFFD.
fn mend_surrogates(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = match surrogate(rest) {
            Some(true) if rest.get(6..).and_then(surrogate) == Some(false) => 12,
            Some(_) => {
                out.push_str("\\ufffd");
                rest = &rest[6..];
                continue;
            }
            None => rest.chars().take(2).map(char::len_utf8).sum(),
        };
        out.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    out + rest
}

/// Whether an escape of a high (true) or low surrogate begins here.
fn surrogate(text: &str) -> Option<bool> {
    let code = u16::from_str_radix(text.strip_prefix("\\u")?.get(..4)?, 16).ok()?;
    match code {
        0xd800..=0xdbff => Some(true),
        0xdc00..=0xdfff => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Objects = Vec<BTreeMap<String, String>>;

    fn read(text: &str, chunk: usize) -> (Objects, Vec<(NoteKind, u64, u64)>) {
        let mut reader = TextReader::with_chunk(text.as_bytes(), chunk).expect("text");
        assert!(recognise(&mut reader).expect("readable"));
        let (mut lines, mut notes, mut objects) = (JsonLines::new(reader), Notes::default(), Vec::new());
        while let Some(record) = lines.next(&mut notes).expect("readable") {
            objects.push(record.values);
        }
        let (all, unreadable) = lines.lines();
        assert_eq!(all - unreadable, objects.len() as u64);
        (objects, notes.counts().to_vec())
    }

    fn values(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn strings_are_decoded_and_other_values_kept_as_written() {
        let text = "\u{feff}{\"id\": 12345678901234567890, \"title\": \"R\\u0026amp;B\", \"x\": [1, 2.50], \"n\": null}\r\n\n{\"id\": \"007\", \"text\": \"\\ud55c\\uae00\\n\\\"\"}";
        for chunk in [1, 7, 1 << 18] {
            let (objects, notes) = read(text, chunk);
            assert_eq!(
                objects[0],
                values(&[("id", "12345678901234567890"), ("title", "R&amp;B"), ("x", "[1, 2.50]"), ("n", "")])
            );
            assert_eq!(objects[1], values(&[("id", "007"), ("text", "한글\n\"")]));
            assert_eq!((objects.len(), notes.len()), (2, 0));
        }
    }

    #[test]
    fn a_line_that_is_no_object_is_named() {
        let (objects, notes) = read("{\"id\": \"1\"}\n{\"id\": \"2\n[3]\n{\"id\": \"4\"}\n", 5);
        assert_eq!(objects.len(), 2);
        assert_eq!(notes, [(NoteKind::LineUnreadable, 2, 2)]);
    }

    #[test]
    fn half_a_surrogate_pair_costs_no_record() {
        let (objects, _) = read("{\"id\": \"\\ud83d\\ude00 \\ud83d x \\ude00 \\\\ud83d\"}\n", 9);
        assert_eq!(objects[0]["id"], "😀 \u{fffd} x \u{fffd} \\ud83d");
    }

    #[test]
    fn a_line_beyond_the_bound_is_named_and_passed_over() {
        let long = format!(
            "{{\"id\": \"1\"}}\n{{\"text\": \"{}\"}}\n{{\"id\": \"3\"}}\n",
            "x".repeat(LONGEST_LINE + (1 << 20))
        );
        let (objects, notes) = read(&long, 1 << 18);
        assert_eq!(objects.len(), 2);
        assert_eq!((notes[0].0, notes[0].1), (NoteKind::RecordTooLong, 1));
    }

    #[test]
    fn other_text_is_not_taken_for_it() {
        for text in ["", "{", "{{cite}}\n<doc id=\"1\">", "[{\"id\": 1}]", "<doc>{\"id\": 1}"] {
            let mut reader = TextReader::new(text.as_bytes()).expect("text");
            assert!(!recognise(&mut reader).expect("readable"), "{text}");
        }
    }
}
