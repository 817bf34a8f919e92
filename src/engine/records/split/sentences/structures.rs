//! The tags of vertical files, each on a line of its own: what is open around a token, and its attributes.

use super::{LONGEST_SENTENCE, put};
use crate::engine::notes::{Note, NoteKind, Notes};
use crate::engine::records::context::attribute;
use crate::engine::records::field_list::FieldList;
use crate::engine::records::markup::outline;
use crate::engine::records::markup::start_tag;

/// More structures are not open at once.
const DEEPEST: usize = 64;
/// A longer line is no tag.
const LONGEST_TAG: usize = 64 << 10;

/// A tag that is a line.
pub enum Tag<'a> {
    Start(Start<'a>),
    End(&'a str),
    /// `<g/>`: no space stands here.
    Glue,
    Comment,
}

/// A start tag.
pub struct Start<'a> {
    pub name: &'a str,
    attributes: Vec<(String, String)>,
    is_empty: bool,
}

/// The tag that this line is.
#[must_use]
pub fn tag(line: &str) -> Option<Tag<'_>> {
    let line = line.trim();
    if !line.starts_with('<') || !line.ends_with('>') || line.len() > LONGEST_TAG {
        return None;
    }
    if line.starts_with("<!--") || line.starts_with("<?") {
        return Some(Tag::Comment);
    }
    if let Some(end) = line.strip_prefix("</") {
        let name = end[..end.len() - 1].trim();
        return (!name.is_empty() && outline::name(name) == name).then_some(Tag::End(name));
    }
    let name = outline::name(&line[1..]);
    let tag = (!name.is_empty()).then(|| start_tag::parse(line)).flatten()?;
    if tag.extent.length != line.len() {
        return None;
    }
    let is_empty = line.ends_with("/>");
    if is_empty && name == "g" && tag.attributes.is_empty() {
        return Some(Tag::Glue);
    }
    let attributes = tag.attributes.into_iter().map(|(name, value)| (name.into_owned(), attribute(value))).collect();
    Some(Tag::Start(Start { name, attributes, is_empty }))
}

/// A structure around the tokens at hand.
struct Open {
    name: String,
    attributes: Vec<(String, String)>,
    line: u64,
    /// Tokens of its own are in a record.
    used: bool,
}

/// The structures around the tokens at hand.
pub struct Structures {
    /// The element that is a sentence.
    sentence: String,
    stack: Vec<Open>,
    /// Structures inside the sentence at hand, open or not, that stand in no record yet.
    inside: Vec<Open>,
    /// Bytes of their attributes.
    inside_length: usize,
    /// Names of structures that hold sentences.
    containers: Vec<String>,
}

impl Structures {
    pub fn new(sentence: String) -> Self {
        Self { sentence, stack: Vec::new(), inside: Vec::new(), inside_length: 0, containers: Vec::new() }
    }

    /// Whether a start tag ends the sentence before it.
    #[must_use]
    pub fn ends_before(&self, name: &str) -> bool {
        name == self.sentence || self.containers.iter().any(|known| known == name)
    }

    /// Whether an end tag ends the sentence.
    #[must_use]
    pub fn ends_at(&self, name: &str) -> bool {
        self.ends_before(name) && self.stack.iter().any(|open| open.name == name)
    }

    /// Takes a start tag; tokens of the sentence at hand may stand before it.
    pub fn open(&mut self, start: &Start, line: u64, has_tokens: bool, notes: &mut Notes) {
        let in_sentence = has_tokens || self.stack.iter().any(|open| open.name == self.sentence);
        if in_sentence && !self.ends_before(start.name) {
            let open = Open { name: start.name.to_owned(), attributes: start.attributes.clone(), line, used: false };
            self.inside_length += open.attributes.iter().map(|(name, value)| name.len() + value.len()).sum::<usize>();
            if self.inside_length > LONGEST_SENTENCE {
                tell(&open, notes);
            } else if !open.attributes.is_empty() {
                self.inside.push(open);
            }
            return;
        }
        self.end_sentence(notes);
        // what lost its end tag ends where the next of its kind begins
        if let Some(at) = self.stack.iter().position(|open| open.name == start.name) {
            while self.stack.len() > at {
                self.pop(notes);
            }
        }
        let is_container = start.name != self.sentence && !start.is_empty;
        if is_container && !self.containers.iter().any(|known| known == start.name) && self.containers.len() < DEEPEST {
            self.containers.push(start.name.to_owned());
        }
        let open = Open { name: start.name.to_owned(), attributes: start.attributes.clone(), line, used: false };
        if start.is_empty || self.stack.len() == DEEPEST {
            tell(&open, notes);
        } else {
            self.stack.push(open);
        }
    }

    /// Takes an end tag.
    pub fn close(&mut self, name: &str, line: u64, notes: &mut Notes) {
        match self.stack.iter().rposition(|open| open.name == name) {
            Some(at) => {
                self.end_sentence(notes);
                while self.stack.len() > at {
                    self.pop(notes);
                }
            }
            None if self.ends_before(name) => notes.add(Note::at(NoteKind::EndTagStray, line, "", 1)),
            None => {} // of a structure inside the sentence
        }
    }

    /// The text ends.
    pub fn close_all(&mut self, notes: &mut Notes) {
        self.end_sentence(notes);
        while !self.stack.is_empty() {
            self.pop(notes);
        }
    }

    fn pop(&mut self, notes: &mut Notes) {
        if let Some(open) = self.stack.pop().filter(|open| !open.used) {
            tell(&open, notes);
        }
    }

    /// The sentence at hand ends.
    pub fn end_sentence(&mut self, notes: &mut Notes) {
        self.inside.drain(..).filter(|open| !open.used).for_each(|open| tell(&open, notes));
        self.inside_length = 0;
    }

    /// The attributes around the tokens at hand: the sentence's own under their names, those of other structures
    /// as `doc@id`.
    pub fn put(&mut self, is_token: bool, fields: &mut FieldList) {
        for open in &mut self.stack {
            open.used = true;
            for (name, value) in &open.attributes {
                let is_own = open.name == self.sentence && name != "text" && !name.starts_with("column_");
                if is_own {
                    put(fields, is_token, name, value);
                } else {
                    put(fields, is_token, &format!("{}@{name}", open.name), value);
                }
            }
        }
        for open in &mut self.inside {
            open.used = true;
            for (name, value) in &open.attributes {
                put(fields, is_token, &format!("{}@{name}", open.name), value);
            }
        }
        if is_token {
            self.inside.clear();
        }
    }
}

/// A structure without tokens: its attributes are in no record.
fn tell(open: &Open, notes: &mut Notes) {
    let lost: u64 = open.attributes.iter().map(|(_, value)| value.len() as u64).sum();
    if lost > 0 {
        let pairs: Vec<String> = open.attributes.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let what = format!("<{} {}>", open.name, pairs.join(" ")).chars().take(60).collect();
        notes.add(Note { what, ..Note::at(NoteKind::TextOutside, open.line, "", lost) });
    }
}
