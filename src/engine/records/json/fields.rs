//! A record's JSON → named values. Objects in it are `addr/city`; each value of an array is one of the field's values;
//! of objects in an array each value keeps its place, so that `A; ; C` lacks the second. What has no column of its own
//! (an array in an array, what is nested very deep) stays JSON in one. No value is left out.

use std::cell::Cell;
use std::collections::{HashMap, HashSet};

use super::tokenizer::{Kind, Pause, Token, Tokenizer};
use super::{compact, name_of, strings};
use crate::engine::error::syntax::Expected;
use crate::engine::records::field_list::FieldList;

/// The name of a value that is no object's, and what names of its parts begin with.
pub const VALUE: &str = "value";
/// Values for which there is no further name.
pub const REST: &str = "rest";

/// What names of fields of enclosing objects begin with.
pub const UP: &str = "../";

/// Names inside names; what is deeper is the JSON of the last.
const DEEPEST: usize = 16;
/// Bytes of a name; a longer one is cut and ends in its checksum.
const LONGEST_NAME: usize = 1000;
/// Different names of a record, and from how many fields on they are counted.
const MOST_NAMES: usize = 10_000;
const MANY_FIELDS: usize = 4_000;

/// What was changed on the way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Halves of surrogate pairs that became U+FFFD.
    pub halves: u64,
    /// Keys that were cut.
    pub long_names: u64,
    /// Values in [`REST`], behind their names.
    pub in_rest: u64,
}

/// Adds the fields of the value `text` to `list`; at a fault those that stand before it, and gives its place. `tokens`
/// are those of the text, or none where they are not at hand.
pub fn read(text: &str, tokens: &[Token], list: &mut FieldList) -> (Changes, Option<(usize, Expected)>) {
    let mut room = SPARE.take();
    room.clear();
    let known = (!tokens.is_empty()).then_some(tokens);
    let (rest, changes) = (String::new(), Changes::default());
    let mut reader = Reader { text, known, depth: 0, room, list, alike: None, names: None, rest, changes };
    let fault = match reader.all() {
        Err(Pause::Fault(at, expected)) => Some((at, expected)),
        _ => None,
    };
    let (room, changes, mut rest) = (reader.room, reader.changes, reader.rest);
    if !rest.is_empty() {
        list.push_taken(REST, &mut rest);
    }
    SPARE.set(room);
    (changes, fault)
}

thread_local! {
    /// The room of the record that this thread has read last: most records are short.
    static SPARE: Cell<Room> = Cell::default();
}

/// Room that is kept for the next record is no larger.
const MOST_ROOM: usize = 64 << 10;

#[derive(Default)]
struct Room {
    tokens: Tokenizer,
    path: String,
    value: String,
    frames: Vec<Frame>,
}

impl Room {
    fn clear(&mut self) {
        self.tokens.reset();
        self.path.clear();
        self.value.clear();
        self.value.shrink_to(MOST_ROOM);
        self.frames.clear();
    }
}

/// What is open.
enum Frame {
    /// Bytes of the path that lead to the object.
    Object(usize),
    Array(Array),
}

struct Array {
    /// Where it stands in the text.
    start: usize,
    /// Where its fields begin in the list.
    from: usize,
    elements: usize,
    /// Where each element's fields begin, once one is an object.
    starts: Option<Vec<usize>>,
}

struct Reader<'a> {
    text: &'a str,
    /// The tokens that are not read yet, where they are at hand.
    known: Option<&'a [Token]>,
    /// What is open.
    depth: usize,
    room: Room,
    list: &'a mut FieldList,
    /// The key at hand, which is called as the field that stood here in the record before: its path is not spelled.
    alike: Option<Token>,
    /// The names of the list, once there are many.
    names: Option<HashSet<String>>,
    /// Values for which there is no further name.
    rest: String,
    changes: Changes,
}

impl Reader<'_> {
    fn all(&mut self) -> Result<(), Pause> {
        loop {
            self.members_alike();
            let token = self.token()?;
            if let Some(Frame::Array(array)) = self.room.frames.last_mut()
                && token.kind != Kind::CloseArray
            {
                array.elements += 1;
                match &mut array.starts {
                    Some(starts) => starts.push(self.list.len()),
                    // those before it have one field each
                    None if token.kind == Kind::OpenObject => {
                        array.starts = Some((array.from..array.from + array.elements).collect());
                    }
                    None => {}
                }
            }
            if !matches!(token.kind, Kind::String | Kind::Number | Kind::Word | Kind::Null)
                && let Some(key) = self.alike.take()
            {
                self.spell(key);
            }
            match token.kind {
                Kind::Key => self.key(token),
                Kind::String | Kind::Number | Kind::Word | Kind::Null => {
                    if self.room.frames.is_empty() {
                        VALUE.clone_into(&mut self.room.path);
                    }
                    self.scalar(token);
                }
                Kind::OpenObject => self.object(token)?,
                Kind::OpenArray => self.array(token)?,
                Kind::CloseObject => {
                    if let Some(Frame::Object(path)) = self.room.frames.pop() {
                        self.room.path.truncate(path);
                    }
                }
                Kind::CloseArray => {
                    if let Some(Frame::Array(array)) = self.room.frames.pop() {
                        self.close(array, token.end);
                    }
                }
                Kind::End => return Ok(()),
            }
        }
    }

    /// Members of an object that are called as those of the record before.
    fn members_alike(&mut self) {
        let text = self.text;
        while let Some([key, value, rest @ ..]) = self.known
            && key.kind == Kind::Key
            && self.is_alike(*key)
        {
            match value.kind {
                Kind::String if !value.escaped => self.list.push_alike(&text[value.start + 1..value.end - 1]),
                Kind::Number | Kind::Word => self.list.push_alike(&text[value.start..value.end]),
                Kind::Null => self.list.push_alike(""),
                _ => return,
            }
            self.known = Some(rest);
        }
    }

    #[inline]
    fn token(&mut self) -> Result<Token, Pause> {
        let token = match &mut self.known {
            Some(known) => match known.split_first() {
                Some((token, rest)) => {
                    *known = rest;
                    *token
                }
                None => Token { kind: Kind::End, start: self.text.len(), end: self.text.len(), escaped: false },
            },
            None => self.room.tokens.next(self.text.as_bytes(), true)?,
        };
        match token.kind {
            Kind::OpenObject | Kind::OpenArray => self.depth += 1,
            Kind::CloseObject | Kind::CloseArray => self.depth -= 1,
            _ => {}
        }
        Ok(token)
    }

    #[inline]
    fn key(&mut self, token: Token) {
        if self.is_alike(token) {
            self.alike = Some(token);
        } else {
            self.spell(token);
        }
    }

    /// Most records have the names of the one before them, in its order.
    #[inline]
    fn is_alike(&self, token: Token) -> bool {
        let Some(Frame::Object(base)) = self.room.frames.last() else { return false };
        let Some(name) = self.list.last_name(0) else { return false };
        let inside = &self.text[token.start + 1..token.end - 1];
        if token.escaped || inside.is_empty() || name.len() > LONGEST_NAME || self.list.len() >= MANY_FIELDS {
            return false;
        }
        if *base == 0 {
            return name == inside && !name.starts_with(UP);
        }
        let around = &self.room.path[..*base];
        name.strip_prefix(around).and_then(|name| name.strip_prefix('/')) == Some(inside)
    }

    /// Makes the path of a key.
    fn spell(&mut self, token: Token) {
        let Some(Frame::Object(base)) = self.room.frames.last() else { return };
        let (base, inside) = (*base, &self.text[token.start + 1..token.end - 1]);
        self.room.path.truncate(base);
        if base > 0 {
            self.room.path.push('/');
        }
        if token.escaped {
            self.changes.halves += strings::decode(inside, &mut self.room.path);
        } else {
            self.room.path.push_str(name_of(inside));
        }
        if base == 0 && self.room.path.starts_with(UP) {
            self.room.path.insert_str(0, "./"); // `../id` is a field of what encloses the record
        }
        if self.room.path.len() > LONGEST_NAME {
            self.changes.long_names += 1;
            let sum = crc32fast::hash(self.room.path.as_bytes());
            self.room.path.truncate(self.room.path.floor_char_boundary(LONGEST_NAME - 12));
            self.room.path.push_str(&format!("…{sum:08x}"));
        }
    }

    fn scalar(&mut self, token: Token) {
        let text = self.text;
        match token.kind {
            Kind::String if token.escaped => {
                self.changes.halves += strings::decode(&text[token.start + 1..token.end - 1], &mut self.room.value);
                self.push_taken();
            }
            Kind::String => self.push(&text[token.start + 1..token.end - 1]),
            Kind::Null => self.push(""),
            _ => self.push(&text[token.start..token.end]),
        }
    }

    fn push_taken(&mut self) {
        if self.alike.take().is_some() {
            self.list.push_alike_taken(&mut self.room.value);
        } else if self.list.len() < MANY_FIELDS {
            self.list.push_taken(&self.room.path, &mut self.room.value);
        } else {
            let value = std::mem::take(&mut self.room.value);
            self.push(&value);
        }
    }

    #[inline]
    fn push(&mut self, value: &str) {
        if self.alike.take().is_some() {
            return self.list.push_alike(value);
        }
        self.push_named(value);
    }

    fn push_named(&mut self, value: &str) {
        if self.list.len() >= MANY_FIELDS {
            let list = &self.list;
            let names = self.names.get_or_insert_with(|| list.iter().map(|(name, _)| name.clone()).collect());
            if !names.contains(&self.room.path) {
                if names.len() >= MOST_NAMES {
                    self.changes.in_rest += 1;
                    let rest = &mut self.rest;
                    rest.push_str(if rest.is_empty() { "" } else { "; " });
                    rest.push_str(&self.room.path);
                    rest.push_str(": ");
                    rest.push_str(value);
                    return;
                }
                names.insert(self.room.path.clone());
            }
        }
        self.list.push(&self.room.path, value);
    }

    fn object(&mut self, token: Token) -> Result<(), Pause> {
        if self.room.frames.is_empty() {
            self.room.frames.push(Frame::Object(0));
            return Ok(());
        }
        if let Some(wrapped) = wrapped(&self.text[token.start..]) {
            self.rest_of(token)?;
            self.scalar(Token { start: token.start + wrapped.start, end: token.start + wrapped.end, ..wrapped });
            return Ok(());
        }
        if self.room.frames.len() >= DEEPEST {
            return self.as_json(token);
        }
        // of an empty one in an array, what others have is lacking
        if !matches!(self.room.frames.last(), Some(Frame::Array(_))) && self.is_empty_object(token.end) {
            self.push("");
        }
        self.room.frames.push(Frame::Object(self.room.path.len()));
        Ok(())
    }

    fn is_empty_object(&self, at: usize) -> bool {
        self.text[at..].trim_start_matches([' ', '\n', '\r', '\t']).starts_with('}')
    }

    fn array(&mut self, token: Token) -> Result<(), Pause> {
        if self.room.frames.is_empty() {
            VALUE.clone_into(&mut self.room.path);
        }
        if matches!(self.room.frames.last(), Some(Frame::Array(_))) || self.room.frames.len() >= DEEPEST {
            return self.as_json(token);
        }
        let array = Array { start: token.start, from: self.list.len(), elements: 0, starts: None };
        self.room.frames.push(Frame::Array(array));
        Ok(())
    }

    /// The object or array that begins with this token, passed over.
    fn rest_of(&mut self, first: Token) -> Result<Token, Pause> {
        let depth = self.depth;
        loop {
            let token = self.token()?;
            if self.depth < depth {
                return Ok(Token { end: token.end, ..first });
            }
        }
    }

    fn as_json(&mut self, first: Token) -> Result<(), Pause> {
        let whole = self.rest_of(first)?;
        self.changes.halves += compact::write(&self.text[whole.start..whole.end], &mut self.room.value);
        self.push_taken();
        Ok(())
    }

    fn close(&mut self, array: Array, end: usize) {
        if array.elements == 0 {
            return self.push("");
        }
        // what is in the rest has no place among the others
        let starts = array.starts.filter(|starts| starts.len() > 1 && self.changes.in_rest == 0);
        let Some(starts) = starts else { return };
        let own = |at: usize| &self.list[starts[at]..starts.get(at + 1).copied().unwrap_or(self.list.len())];
        let same = |a: &[(String, String)], b: &[(String, String)]| a.iter().map(|f| &f.0).eq(b.iter().map(|f| &f.0));
        if (1..starts.len()).all(|at| same(own(0), own(at))) {
            return;
        }
        // a null among objects is one that lacks all
        let is_blank = |field: &(String, String)| field.0 == self.room.path && field.1.is_empty();
        let has_own = self.list[array.from..].iter().any(|field| field.0 == self.room.path && !field.1.is_empty());
        let mut known: HashMap<&str, usize> = HashMap::new();
        let mut order = Vec::new();
        let mut present = 0;
        for at in 0..starts.len() {
            for (name, _) in own(at).iter().filter(|field| has_own || !is_blank(field)) {
                let last = known.entry(name).or_insert_with(|| {
                    order.push(name.clone());
                    usize::MAX
                });
                present += usize::from(*last != at);
                *last = at;
            }
        }
        let all = order.len() * starts.len();
        if all == present {
            return;
        }
        if all > 8 * (self.list.len() - array.from) + 1000 {
            return self.elements_as_json(array.start..end, array.from);
        }
        let mut fields = self.list.split_off(array.from).into_iter();
        for (at, start) in starts.iter().enumerate() {
            let count = starts.get(at + 1).map_or(usize::MAX, |next| next - start);
            let mut here = HashSet::new();
            for (name, mut value) in fields.by_ref().take(count) {
                if has_own || name != self.room.path {
                    self.list.push_taken(&name, &mut value);
                    here.insert(name);
                }
            }
            for name in order.iter().filter(|name| !here.contains(*name)) {
                self.list.push(name, "");
            }
        }
    }

    /// Objects that have hardly a name in common are one field: it would take too many empty values to keep places.
    fn elements_as_json(&mut self, range: std::ops::Range<usize>, from: usize) {
        self.list.truncate(from);
        self.names = None;
        let (text, halves, base) = (self.text, self.changes.halves, range.start);
        let array = &text[range];
        let mut tokens = Tokenizer::default();
        let mut start = 0;
        while let Ok(token) = tokens.next(array.as_bytes(), true)
            && token.kind != Kind::End
        {
            match token.kind {
                Kind::OpenObject | Kind::OpenArray if tokens.depth() == 2 => start = token.start,
                Kind::CloseObject | Kind::CloseArray if tokens.depth() == 1 => {
                    compact::write(&array[start..token.end], &mut self.room.value);
                    self.push_taken();
                }
                kind if kind.is_scalar() && tokens.depth() == 1 => {
                    self.scalar(Token { start: base + token.start, end: base + token.end, ..token });
                }
                _ => {}
            }
        }
        self.changes.halves = halves; // they are counted already
    }
}

/// `{"$oid": "…"}` → the token of `"…"`, as `MongoDB`'s export writes values that JSON has no type for.
fn wrapped(text: &str) -> Option<Token> {
    const KNOWN: [&str; 6] =
        ["\"$oid\"", "\"$date\"", "\"$numberLong\"", "\"$numberInt\"", "\"$numberDouble\"", "\"$numberDecimal\""];
    let inside = text.strip_prefix('{')?.trim_start_matches([' ', '\n', '\r', '\t']);
    if !KNOWN.iter().any(|known| inside.starts_with(known)) {
        return None;
    }
    let mut tokens = Tokenizer::default();
    let mut found = None;
    loop {
        let token = tokens.next(text.as_bytes(), true).ok()?;
        match token.kind {
            Kind::OpenObject if tokens.depth() <= 2 && found.is_none() => {}
            Kind::Key if KNOWN.contains(&&text[token.start..token.end]) && found.is_none() => {}
            kind if kind.is_scalar() && found.is_none() => found = Some(token),
            Kind::CloseObject if tokens.depth() > 0 => {}
            Kind::CloseObject => return found,
            _ => return None,
        }
    }
}
