//! What a format needs while it reads a record: markup → text, and somebody to tell what was left out.

use std::borrow::Cow;

use encoding_rs::Encoding;

use super::markup::html;
use super::markup::tidy::Rules;
use crate::engine::error::Halt;
use crate::engine::job::reading::Tags;
use crate::engine::notes::{Note, NoteKind, Notes};
use crate::engine::records::markup::newlines::lines_to_lf;
use crate::engine::stop::StopToken;

/// One record's surroundings.
pub struct Context<'a> {
    pub stop: &'a StopToken,
    pub notes: &'a mut Notes,
    pub tags: Tags,
    /// Records keep their markup, because a column's selector will look into it.
    pub keep_markup: bool,
    /// Bytes that are no text in the file's encoding have been seen: U+FFFD may stand for them.
    pub may_be_bad: bool,
    /// The encoding that a person chose: records that do not say theirs have it.
    pub encoding: Option<&'static Encoding>,
    /// The source file's name without folders.
    pub file: &'a str,
    /// The record's line and id, for notes.
    pub line: u64,
    pub id: &'a mut String,
}

impl Context<'_> {
    /// The text of a piece of markup; what was left out or repaired is noted.
    ///
    /// # Errors
    /// When the run is stopped meanwhile.
    pub fn text<'m>(&mut self, markup: impl Into<Cow<'m, str>>, rules: Rules) -> Result<String, Halt> {
        let mut text = markup.into().into_owned();
        self.read(&mut text, rules)?;
        Ok(text)
    }

    /// As [`Context::text`], in place.
    ///
    /// # Errors
    /// As there.
    pub fn read(&mut self, markup: &mut String, rules: Rules) -> Result<(), Halt> {
        if memchr::memchr2(0, b'\r', markup.as_bytes()).is_some() {
            let nuls = memchr::memchr_iter(0, markup.as_bytes()).count() as u64;
            if nuls > 0 {
                markup.retain(|char| char != '\0');
                self.note(NoteKind::ControlCharacters, nuls);
            }
            *markup = lines_to_lf(markup).into_owned();
        }
        if self.tags == Tags::Keep && memchr::memchr(b'<', markup.as_bytes()).is_some() {
            *markup = markup.replace('<', "&lt;");
        }
        self.note_bad_bytes(markup);
        if html::is_plain(markup) {
            return Ok(());
        }
        let read = html::text(markup, rules, self.stop)?;
        self.note(NoteKind::Tags, read.tags - read.prose);
        self.note(NoteKind::Comments, read.comments);
        self.note(NoteKind::BrokenMarkup, read.broken);
        self.note(NoteKind::TooMuchMarkup, u64::from(read.without_parser));
        if let Some(prose) = read.first_prose {
            let what = prose.chars().take(60).collect();
            self.notes.add(Note { what, ..Note::at(NoteKind::ProseTags, self.line, self.id, read.prose) });
        }
        *markup = read.text;
        Ok(())
    }

    /// A text in which nothing is markup.
    ///
    /// # Errors
    /// When the run is stopped meanwhile.
    pub fn verbatim(&mut self, text: &str) -> Result<String, Halt> {
        self.text(text.replace('&', "&amp;").replace('<', "&lt;"), Rules::Sgml)
    }

    /// Tells of bytes that were no text in the file's encoding.
    pub fn note_bad_bytes(&mut self, text: &str) {
        self.note_bad_bytes_of([text]);
    }

    /// As [`Context::note_bad_bytes`], one note for all of them.
    pub fn note_bad_bytes_of<'t>(&mut self, texts: impl IntoIterator<Item = &'t str>) {
        if self.may_be_bad {
            let count = texts.into_iter().map(|text| text.matches('\u{fffd}').count() as u64).sum();
            self.note(NoteKind::BadBytes, count);
        }
    }

    /// Tells about the record at hand.
    pub fn note(&mut self, kind: NoteKind, count: u64) {
        if count > 0 {
            self.notes.add(Note::at(kind, self.line, self.id, count));
        }
    }
}

/// An attribute's value as written in the source: entities decoded once, lines ending with LF.
#[must_use]
pub fn attribute(value: &str) -> String {
    html::attribute_value(&lines_to_lf(value)).into_owned()
}
