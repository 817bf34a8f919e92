//! A text → tags, text, CDATA sections: one piece at a time, from a text that may go on.

use memchr::{memchr, memchr2, memmem};

use crate::engine::records::markup::start_tag;

/// The longest start tag, comment, CDATA section or declaration, in bytes. What is longer is no markup: a `<`
/// that begins it is a `<`.
pub const LONGEST: usize = 1 << 20;
/// After so many pieces that never end, pieces are looked for on a short way only: a file made of them must not
/// cost the square of its size.
const MANY_BROKEN: u32 = 50;
const SHORT: usize = 1 << 10;

/// What stands at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token<'a> {
    Start(Start<'a>),
    /// The name in an end tag.
    End(&'a str),
    /// Text up to the next `<`, entities as written.
    Text(&'a str),
    /// What stands inside a CDATA section.
    Cdata(&'a str),
    Comment,
    Instruction,
    /// A document type declaration, all of it.
    Doctype(&'a str),
    /// A `<` that begins nothing.
    Broken,
}

/// A start tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Start<'a> {
    /// As written, with its prefix.
    pub name: &'a str,
    /// All of the tag.
    pub tag: &'a str,
    /// `<a/>`
    pub is_empty: bool,
    /// It breaks XML's rules, and is read as well as can be.
    pub repaired: bool,
}

impl<'a> Start<'a> {
    /// Names and values as written, entities not decoded.
    pub fn attributes(&self) -> Vec<(&'a str, &'a str)> {
        if self.repaired {
            let parsed = start_tag::parse(self.tag).map(|tag| tag.attributes).unwrap_or_default();
            return parsed.into_iter().map(|(name, value)| (self.as_written(&name), value)).collect();
        }
        let mut found = Vec::new();
        let mut rest = &self.tag[1 + self.name.len()..];
        while let Some(at) = memchr(b'=', rest.as_bytes()) {
            let name = rest[..at].trim_matches(is_space);
            let behind = rest[at + 1..].trim_start_matches(is_space);
            let Some(quote) = behind.bytes().next() else { break };
            let Some(end) = behind.get(1..).and_then(|value| memchr(quote, value.as_bytes())) else { break };
            if !found.iter().take(MOST_COMPARED).any(|(known, _)| *known == name) {
                found.push((name, &behind[1..=end]));
            }
            rest = &behind[end + 2..];
        }
        found
    }

    /// The name of an attribute in the letters of the tag (the other reader has small letters only).
    fn as_written(&self, name: &str) -> &'a str {
        let bytes = self.tag.as_bytes();
        let is_here = |at: &usize| bytes[*at..*at + name.len()].eq_ignore_ascii_case(name.as_bytes());
        let last = bytes.len().saturating_sub(name.len());
        let mut places = (1 + self.name.len()..last).filter(|at| self.tag.is_char_boundary(*at));
        places.find(is_here).map_or("", |at| self.tag.get(at..at + name.len()).unwrap_or_default())
    }
}

/// Doubles are looked for among so many attributes of a tag; a tag with more costs no square of their number.
const MOST_COMPARED: usize = 256;

/// What of a text never ends, so that each is looked for once.
#[derive(Debug, Clone, Default)]
pub struct Unended {
    broken: u32,
}

impl Unended {
    fn most(&self) -> usize {
        if self.broken < MANY_BROKEN { LONGEST } else { SHORT }
    }
}

/// What `text` begins with, and its length; `None` where the text may go on and has to. A text that is all
/// there (`is_all`) always begins with something, unless it is empty.
pub fn next<'a>(text: &'a str, is_all: bool, unended: &mut Unended) -> Option<(Token<'a>, usize)> {
    let bytes = text.as_bytes();
    if *bytes.first()? != b'<' {
        let end = memchr(b'<', bytes).unwrap_or(text.len());
        return Some((Token::Text(&text[..end]), end));
    }
    let most = unended.most();
    let is_enough = is_all || text.len() > most;
    let text = &text[..text.floor_char_boundary(most)];
    let found = match bytes.get(1) {
        None => End::Open,
        Some(b'!') if text.starts_with("<!--") => closed(text, 4, "-->").map(|end| (Token::Comment, end)),
        Some(b'!') if text.starts_with(CDATA) => {
            closed(text, CDATA.len(), "]]>").map(|end| (Token::Cdata(&text[CDATA.len()..end - 3]), end))
        }
        Some(b'!') if is_doctype(text) => doctype(text).map(|end| (Token::Doctype(&text[..end]), end)),
        Some(b'!') if text.len() <= CDATA.len() => End::Open,
        Some(b'!') => End::Never,
        Some(b'?') => closed(text, 2, "?>").map(|end| (Token::Instruction, end)),
        Some(b'/') => end_tag(text).map(|(name, end)| (Token::End(name), end)),
        Some(_) => match start(text) {
            // the rules that browsers have, for what is no XML
            End::Never if !name(&text[1..]).is_empty() => match repaired(text) {
                None if !is_all && text.len() <= LONGEST_REPAIRED => return None,
                None => End::Never,
                Some(start) => End::At((Token::Start(start), start.tag.len())),
            },
            found => found.map(|(start, end)| (Token::Start(start), end)),
        },
    };
    match found {
        End::At(token) => Some(token),
        End::Open if !is_enough => None,
        End::Open | End::Never => {
            unended.broken += 1;
            Some((Token::Broken, 1))
        }
    }
}

/// A start tag that breaks XML's rules is no longer than this.
const LONGEST_REPAIRED: usize = 16 << 10;

fn repaired(text: &str) -> Option<Start<'_>> {
    let near = &text[..text.floor_char_boundary(LONGEST_REPAIRED)];
    let tag = &near[..start_tag::parse(near)?.extent.length];
    Some(Start { name: name(&text[1..]), tag, is_empty: tag.ends_with("/>"), repaired: true })
}

const CDATA: &str = "<![CDATA[";

enum End<T> {
    At(T),
    /// It may end later.
    Open,
    /// It is not what it looked like.
    Never,
}

impl<T> End<T> {
    fn map<U>(self, change: impl FnOnce(T) -> U) -> End<U> {
        match self {
            Self::At(found) => End::At(change(found)),
            Self::Open => End::Open,
            Self::Never => End::Never,
        }
    }
}

fn closed(text: &str, from: usize, end: &str) -> End<usize> {
    memmem::find(&text.as_bytes()[from..], end.as_bytes()).map_or(End::Open, |at| End::At(from + at + end.len()))
}

fn is_doctype(text: &str) -> bool {
    text.get(2..9).is_some_and(|word| word.eq_ignore_ascii_case("doctype"))
}

/// `<!DOCTYPE a SYSTEM "b" [ … ]>`: quotes, comments and brackets hide its end.
fn doctype(text: &str) -> End<usize> {
    let bytes = text.as_bytes();
    let (mut at, mut brackets) = (2, 0u32);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' | b'\'' => match memchr(byte, &bytes[at + 1..]) {
                Some(end) => at += end + 1,
                None => return End::Open,
            },
            b'<' if bytes[at..].starts_with(b"<!--") => match memmem::find(&bytes[at..], b"-->") {
                Some(end) => at += end + 2,
                None => return End::Open,
            },
            b'[' => brackets += 1,
            b']' => brackets = brackets.saturating_sub(1),
            b'>' if brackets == 0 => return End::At(at + 1),
            _ => {}
        }
        at += 1;
    }
    End::Open
}

fn end_tag(text: &str) -> End<(&str, usize)> {
    let name = name(&text[2..]);
    let behind = text[2 + name.len()..].trim_start_matches(is_space);
    match behind.bytes().next() {
        _ if name.is_empty() && text.len() > 2 => End::Never,
        None => End::Open,
        Some(b'>') => End::At((name, text.len() - behind.len() + 1)),
        Some(_) => End::Never,
    }
}

fn start(text: &str) -> End<(Start<'_>, usize)> {
    let name = name(&text[1..]);
    if name.is_empty() {
        return End::Never;
    }
    let bytes = text.as_bytes();
    let mut at = 1 + name.len();
    loop {
        let from = at;
        while bytes.get(at).is_some_and(|byte| is_space(char::from(*byte))) {
            at += 1;
        }
        match bytes.get(at) {
            None => return End::Open,
            Some(b'>') => {
                let start = Start { name, tag: &text[..=at], is_empty: false, repaired: false };
                return End::At((start, at + 1));
            }
            Some(b'/') => {
                return match bytes.get(at + 1) {
                    None => End::Open,
                    Some(b'>') => {
                        let start = Start { name, tag: &text[..at + 2], is_empty: true, repaired: false };
                        End::At((start, at + 2))
                    }
                    Some(_) => End::Never,
                };
            }
            Some(_) if from == at => return End::Never, // no space before an attribute
            Some(_) => {}
        }
        let attribute = at;
        while bytes.get(at).is_some_and(|byte| !is_space(char::from(*byte)) && !b"=<>/\"'".contains(byte)) {
            at += 1;
        }
        if attribute == at {
            return End::Never;
        }
        while bytes.get(at).is_some_and(|byte| is_space(char::from(*byte))) {
            at += 1;
        }
        match bytes.get(at) {
            None => return End::Open,
            Some(b'=') => at += 1,
            Some(_) => return End::Never,
        }
        while bytes.get(at).is_some_and(|byte| is_space(char::from(*byte))) {
            at += 1;
        }
        let quote = match bytes.get(at) {
            None => return End::Open,
            Some(quote @ (b'"' | b'\'')) => *quote,
            Some(_) => return End::Never,
        };
        match memchr2(quote, b'<', &bytes[at + 1..]) {
            None => return End::Open,
            Some(end) if bytes[at + 1 + end] == b'<' => return End::Never,
            Some(end) => at += end + 2,
        }
    }
}

/// XML's spaces.
#[must_use]
pub fn is_space(char: char) -> bool {
    matches!(char, ' ' | '\t' | '\n' | '\r')
}

/// The name at the beginning of `text`, empty where there is none.
#[must_use]
pub fn name(text: &str) -> &str {
    if !text.starts_with(|char: char| char.is_alphabetic() || char == '_' || char == ':') {
        return "";
    }
    let is_end = |char: char| char.is_whitespace() || "/><='\"&;!?(){}[],".contains(char);
    &text[..text.find(is_end).unwrap_or(text.len())]
}
