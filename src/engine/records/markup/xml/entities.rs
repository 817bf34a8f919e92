//! References → characters: those that a file declares itself, HTML's by name, characters by number. What is
//! declared outside the file is never fetched, and stays as it is written.

use std::borrow::Cow;
use std::collections::HashMap;

use memchr::{memchr, memchr2};

use crate::engine::records::markup::newlines::lines_to_lf;

/// The most that one declared entity becomes, and the most that those of one value become together: entities
/// made of entities grow without end.
const LONGEST_ENTITY: usize = 64 << 10;
const LONGEST_VALUE: usize = 1 << 20;
/// Declarations read of one file, and how deep one may stand in another.
const MOST_ENTITIES: usize = 4096;
const DEEPEST: u32 = 16;
/// The characters that one of HTML's entities stands for, at most.
const MOST_CHARACTERS: usize = 2;
/// The longest name of an entity.
const LONGEST_NAME: usize = 256;

/// The entities that a file declares.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entities {
    own: HashMap<String, String>,
    /// Declared to stand in another file.
    external: Vec<String>,
}

/// What was found amiss in a value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Amiss {
    /// References to one half of a surrogate pair; each became U+FFFD.
    pub halves: u64,
    /// References that stayed as they are, because nothing says what they stand for.
    pub unknown: u64,
    /// The first of them.
    pub first: String,
}

impl Entities {
    /// Those that a document type declaration declares.
    #[must_use]
    pub fn of(doctype: &str) -> Self {
        let mut entities = Self::default();
        let mut rest = doctype;
        while let Some(at) = memchr::memmem::find(rest.as_bytes(), b"<!") {
            rest = &rest[at..];
            if rest.starts_with("<!--") {
                rest = rest.split_once("-->").map_or("", |(_, behind)| behind);
                continue;
            }
            rest = &rest[2..];
            if let Some(declaration) = rest.strip_prefix("ENTITY") {
                entities.declare(declaration);
            }
            if entities.own.len() + entities.external.len() >= MOST_ENTITIES {
                break;
            }
        }
        entities
    }

    /// The file declares none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.own.is_empty() && self.external.is_empty()
    }

    /// ` co "value">`, ` co SYSTEM "file">`; parameter entities (`% co …`) concern the declaration alone.
    fn declare(&mut self, declaration: &str) {
        let declaration = declaration.trim_start();
        let name: String = declaration.chars().take_while(|char| !char.is_whitespace()).take(LONGEST_NAME).collect();
        let value = declaration[name.len()..].trim_start();
        if name.is_empty() || name == "%" || self.own.contains_key(&name) {
            return;
        }
        match value.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                if let Some((value, _)) = value[1..].split_once(quote) {
                    self.own.insert(name, value[..value.floor_char_boundary(LONGEST_ENTITY)].to_owned());
                }
            }
            Some(_) => self.external.push(name),
            None => {}
        }
    }

    /// A text with its references decoded once, lines ending with LF.
    #[must_use]
    pub fn decode<'t>(&self, text: &'t str, amiss: &mut Amiss) -> Cow<'t, str> {
        if memchr2(b'&', b'\r', text.as_bytes()).is_none() {
            return Cow::Borrowed(text);
        }
        let text = lines_to_lf(text);
        let mut out = String::with_capacity(text.len());
        let mut room = LONGEST_VALUE;
        self.decode_into(&text, &mut out, amiss, 0, &mut room);
        Cow::Owned(out)
    }

    fn decode_into(&self, text: &str, out: &mut String, amiss: &mut Amiss, depth: u32, room: &mut usize) {
        let mut rest = text;
        while let Some(at) = memchr(b'&', rest.as_bytes()) {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            rest = &rest[self.reference(rest, out, amiss, depth, room)..];
        }
        out.push_str(rest);
    }

    /// Decodes the reference that begins `rest`; gives its length.
    fn reference(&self, rest: &str, out: &mut String, amiss: &mut Amiss, depth: u32, room: &mut usize) -> usize {
        if let Some((code, length)) = number(rest) {
            return match code {
                0xd800..=0xdbff => match number(&rest[length..]) {
                    Some((low @ 0xdc00..=0xdfff, more)) => {
                        out.push(pair(code, low));
                        length + more
                    }
                    _ => half(length, out, amiss),
                },
                0xdc00..=0xdfff => half(length, out, amiss),
                _ => {
                    out.push_str(&htmlize::unescape(&rest[..length]));
                    length
                }
            };
        }
        let near = &rest.as_bytes()[..rest.len().min(LONGEST_NAME)];
        let name = memchr(b';', near).map(|end| &rest[1..end]).unwrap_or_default();
        let is_name = !name.is_empty() && name.chars().all(|char| char.is_alphanumeric() || "_-.:".contains(char));
        let length = name.len() + 2;
        if !is_name {
            // `&copy 2024`, as browsers read it; `a && b` as it is
            let letters = rest.bytes().skip(1).take_while(u8::is_ascii_alphanumeric).count();
            let decoded = htmlize::unescape(&rest[..=letters]);
            let is_known = decoded.chars().count() <= MOST_CHARACTERS;
            out.push_str(if is_known { &decoded } else { &rest[..=letters] });
            return 1 + letters;
        }
        if let Some(value) = self.own.get(name) {
            if depth < DEEPEST && value.len() <= *room {
                *room -= value.len();
                // a literal `<` or `&` of a declaration is written as a reference to a reference
                self.decode_into(value, out, amiss, depth + 1, room);
                return length;
            }
        } else {
            let decoded = htmlize::unescape(&rest[..length]);
            // HTML knows some by the beginnings of longer names, too: `&nothing;`
            if *decoded != rest[..length] && decoded.chars().count() <= MOST_CHARACTERS {
                out.push_str(&decoded);
                return length;
            }
        }
        amiss.unknown += 1;
        if amiss.first.is_empty() {
            rest[..length].clone_into(&mut amiss.first);
        }
        out.push_str(&rest[..length]);
        length
    }
}

fn half(length: usize, out: &mut String, amiss: &mut Amiss) -> usize {
    amiss.halves += 1;
    out.push('\u{fffd}');
    length
}

fn pair(high: u32, low: u32) -> char {
    let code = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
    char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// The number in `&#55357;` or `&#xD83D;`, and the length of that.
fn number(rest: &str) -> Option<(u32, usize)> {
    let digits = rest.strip_prefix("&#")?;
    let (radix, digits) = match digits.strip_prefix(['x', 'X']) {
        Some(digits) => (16, digits),
        None => (10, digits),
    };
    let end = digits.bytes().take(12).position(|byte| byte == b';')?;
    let code = u32::from_str_radix(&digits[..end], radix).ok()?;
    Some((code, rest.len() - digits.len() + end + 1))
}
