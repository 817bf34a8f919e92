//! What stands beside the way to records: fields of the objects that enclose them, and other arrays, whose values are
//! counted and named.

use std::io::Read;
use std::rc::Rc;

use super::enclosing::{Level, Taken};
use super::{Mode, ValueSplitter, key};
use crate::engine::notes::{Note, NoteKind, Notes};
use crate::engine::records::json::strings;
use crate::engine::records::json::tokenizer::{Kind, Token};

/// A value that leaves this much is missed.
const LONG: usize = 200;
/// Bytes of a name that notes show.
const LONGEST_NAME: usize = 1000;

/// An object or array beside the way.
pub struct Beside {
    level: Option<Rc<Level>>,
    /// Where the object stands whose field it is, and the field's name.
    around: String,
    name: String,
    /// Bytes of the name that lead to each open object.
    objects: Vec<usize>,
    /// What is open around it.
    depth: usize,
    /// The array that is counted.
    array: Option<Array>,
}

struct Array {
    depth: usize,
    values: u64,
    line: u64,
}

impl<R: Read> ValueSplitter<R> {
    /// A value that is no record and on no way to one.
    pub(super) fn begin_beside(&mut self, token: Token, is_container: bool, notes: &mut Notes) {
        let frame = self.frames.last();
        let around = frame.map_or_else(String::new, |frame| frame.path.clone());
        let name = match frame {
            Some(frame) if !frame.is_array => {
                self.here[around.len()..].strip_prefix('/').unwrap_or(&self.here[around.len()..]).to_owned()
            }
            _ => String::new(),
        };
        let level = frame.filter(|frame| !frame.is_array).and_then(|frame| frame.level.clone());
        let depth = self.tokens.depth() - usize::from(is_container);
        let mut beside = Beside { level, around, name, objects: Vec::new(), depth, array: None };
        if is_container {
            self.open_beside(token, &mut beside);
            self.mode = Mode::Beside(beside);
        } else {
            self.scalar_beside(token, &beside, notes);
        }
    }

    pub(super) fn take_beside(&mut self, token: Token, notes: &mut Notes) {
        let Mode::Beside(mut beside) = std::mem::replace(&mut self.mode, Mode::Way) else { return };
        match token.kind {
            Kind::Key if beside.array.is_none() => {
                let base = beside.objects.last().copied().unwrap_or(0);
                beside.name.truncate(base);
                if base > 0 {
                    beside.name.push('/');
                }
                beside.name.push_str(&key(self.reader.text(), token, self.too_long));
                beside.name.truncate(beside.name.floor_char_boundary(LONGEST_NAME));
            }
            Kind::OpenObject | Kind::OpenArray => self.open_beside(token, &mut beside),
            Kind::CloseObject | Kind::CloseArray => {
                let depth = self.tokens.depth();
                match &beside.array {
                    Some(array) if depth < array.depth => {
                        Self::count(&beside, notes);
                        beside.array = None;
                    }
                    Some(_) => {}
                    None => {
                        beside.objects.pop();
                    }
                }
                if depth == beside.depth {
                    return;
                }
            }
            kind if kind.is_scalar() => match &mut beside.array {
                Some(array) => array.values += u64::from(is_value(token)),
                None => self.scalar_beside(token, &beside, notes),
            },
            _ => {}
        }
        self.mode = Mode::Beside(beside);
    }

    /// The text ends inside.
    pub(super) fn end_beside(&mut self, notes: &mut Notes) {
        if let Mode::Beside(beside) = std::mem::replace(&mut self.mode, Mode::Way) {
            Self::count(&beside, notes);
        }
    }

    fn open_beside(&mut self, token: Token, beside: &mut Beside) {
        if beside.array.is_some() {
            return;
        }
        if token.kind == Kind::OpenArray {
            self.place.advance(self.reader.text(), self.gone, self.gone + token.start as u64);
            beside.array = Some(Array { depth: self.tokens.depth(), values: 0, line: self.place.line });
        } else {
            beside.objects.push(beside.name.len());
        }
    }

    fn count(beside: &Beside, notes: &mut Notes) {
        if let Some(array) = beside.array.as_ref().filter(|array| array.values > 0) {
            let note = Note::at(NoteKind::ValuesOutside, array.line, "", array.values);
            notes.add(Note { what: beside.path(), ..note });
        }
    }

    fn scalar_beside(&mut self, token: Token, beside: &Beside, notes: &mut Notes) {
        let text = self.reader.text();
        self.place.advance(text, self.gone, self.gone + token.start as u64);
        let line = self.place.line;
        let mut value = String::new();
        match token.kind {
            Kind::Null => {}
            Kind::String if self.too_long => {}
            Kind::String if token.escaped => {
                let halves = strings::decode(&text[token.start + 1..token.end - 1], &mut value);
                if halves > 0 {
                    notes.add(Note::at(NoteKind::HalfCharacters, line, "", halves));
                }
            }
            Kind::String => value.push_str(&text[token.start + 1..token.end - 1]),
            _ => value.push_str(&text[token.start..token.end]),
        }
        let is_long = self.too_long || value.len() > LONG;
        let became = match &beside.level {
            Some(level) if !self.too_long => level.add(&beside.name, value, line, &self.wanted),
            _ => Taken::Lost,
        };
        let kind = match became {
            Taken::Column | Taken::ByChoice => return,
            Taken::LeftOut if !is_long => NoteKind::EnclosingLeftOut,
            Taken::LeftOut | Taken::Lost => NoteKind::ValuesOutside,
        };
        if is_value(token) || self.too_long {
            notes.add(Note { what: beside.path(), ..Note::at(kind, line, "", 1) });
        }
    }
}

impl Beside {
    /// The path from the root.
    fn path(&self) -> String {
        let between = if self.around.is_empty() || self.name.is_empty() { "" } else { "/" };
        format!("{}{between}{}", self.around, self.name)
    }
}

/// Something stands there: no `null`, no empty string.
fn is_value(token: Token) -> bool {
    match token.kind {
        Kind::String => token.end - token.start > 2,
        kind => kind != Kind::Null,
    }
}
