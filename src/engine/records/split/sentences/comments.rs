//! The comments before a sentence, `# key = value`: its fields. Those of a document or paragraph hold for all of
//! its sentences.

use super::layout::SentenceLayout;
use super::tokens::Tokens;
use super::{LONGEST_SENTENCE, put};
use crate::engine::notes::{Note, NoteKind, Notes};
use crate::engine::records::field_list::FieldList;

/// The comments of the sentence at hand.
pub struct Comments {
    fields: Vec<Comment>,
    /// Of the document and the paragraph around it.
    around: Vec<Comment>,
    /// Names of a token's columns, which no comment may have.
    columns: Vec<String>,
    line: u64,
    /// They stand in a record.
    used: bool,
    length: usize,
}

/// One comment.
struct Comment {
    name: String,
    value: String,
    line: u64,
    /// It stands in a record.
    used: bool,
}

/// More of them do not hold at once.
const MOST_AROUND: usize = 32;

impl Comments {
    pub fn new(layout: &SentenceLayout) -> Self {
        let columns = layout.columns.clone();
        Self { fields: Vec::new(), around: Vec::new(), columns, line: 0, used: false, length: 0 }
    }

    /// Takes a comment line.
    pub fn add(
        &mut self,
        line: &str,
        number: u64,
        (layout, tokens): (&mut SentenceLayout, &mut Tokens),
        notes: &mut Notes,
    ) {
        let comment = line.trim_start_matches('#').trim();
        let pair = comment.split_once('=').map(|(key, value)| (key.trim(), value.trim()));
        let pair = pair.filter(|(key, _)| !key.is_empty() && key.split_whitespace().count() <= 2);
        if let Some(("global.columns", names)) = pair {
            layout.columns = names.split_whitespace().map(str::to_lowercase).collect();
            layout.width = layout.columns.len();
            self.columns.clone_from(&layout.columns);
            tokens.rename(layout);
            return;
        }
        if comment.is_empty() {
            return;
        }
        if self.used || self.fields.is_empty() {
            self.line = number;
        }
        let (name, value) = pair.unwrap_or(("comment", comment));
        let name = if self.columns.iter().any(|column| column == name) { format!("# {name}") } else { name.to_owned() };
        if let Some((unit, key)) = name.split_once(' ').filter(|(unit, _)| matches!(*unit, "newdoc" | "newpar")) {
            // the id of another document or paragraph; a document has its own paragraphs
            let begins = |known: &str| key == "id" && (unit == "newdoc" || known.starts_with("newpar"));
            let over = |known: &Comment| known.name == name || begins(&known.name);
            self.around
                .extract_if(.., |known| over(known))
                .filter(|known| !known.used)
                .for_each(|lost| lost.tell(notes));
            if self.around.len() < MOST_AROUND && line.len() < LONGEST_SENTENCE / MOST_AROUND {
                self.around.push(Comment { name, value: value.to_owned(), line: number, used: false });
                return;
            }
        }
        self.length += line.len();
        if self.length <= LONGEST_SENTENCE {
            self.fields.push(Comment { name, value: value.to_owned(), line: number, used: false });
        }
    }

    /// The sentence at hand stands in a record.
    #[must_use]
    pub fn is_used(&self) -> bool {
        self.used
    }

    /// A comment that stands behind tokens and begins another sentence, which lost its blank line.
    #[must_use]
    pub fn begins_sentence(line: &str) -> bool {
        let comment = line.trim_start_matches('#').trim_start();
        ["sent_id", "newdoc", "newpar"].iter().any(|key| comment.starts_with(key))
    }

    #[must_use]
    pub fn has_text(&self) -> bool {
        self.fields.iter().any(|comment| comment.name == "text")
    }

    /// The sentence's own id, for notes.
    #[must_use]
    pub fn id(&self) -> &str {
        let id = self.fields.iter().find(|comment| comment.name == "sent_id");
        id.map(|comment| comment.value.as_str()).unwrap_or_default()
    }

    pub fn put(&mut self, is_token: bool, fields: &mut FieldList) {
        self.used = true;
        for comment in self.around.iter_mut().chain(&mut self.fields) {
            comment.used = true;
            put(fields, is_token, &comment.name, &comment.value);
        }
    }

    /// The line of the first comment of a sentence that stands in no record yet.
    #[must_use]
    pub fn first_line(&self) -> Option<u64> {
        (!self.used && !self.fields.is_empty()).then_some(self.line)
    }

    /// The text ends.
    pub fn end_all(&mut self, notes: &mut Notes) {
        self.end(notes);
        self.around.drain(..).filter(|around| !around.used).for_each(|lost| lost.tell(notes));
    }

    /// The sentence ends.
    pub fn end(&mut self, notes: &mut Notes) {
        self.tell_unused(notes);
        self.fields.clear();
        (self.used, self.length) = (false, 0);
    }

    /// Comments without a sentence, or beyond the bound of one, are named.
    fn tell_unused(&self, notes: &mut Notes) {
        self.fields.iter().filter(|comment| !comment.used).for_each(|lost| lost.tell(notes));
        if self.length > LONGEST_SENTENCE {
            let left_out = (self.length - LONGEST_SENTENCE) as u64;
            notes.add(Note::at(NoteKind::RecordTooLong, self.line, self.id(), left_out));
        }
    }
}

impl Comment {
    fn tell(&self, notes: &mut Notes) {
        let lost = (self.name.len() + self.value.len()) as u64;
        let what = format!("{} = {}", self.name, self.value).chars().take(60).collect();
        notes.add(Note { what, ..Note::at(NoteKind::TextOutside, self.line, "", lost) });
    }
}
