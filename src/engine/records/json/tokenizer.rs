//! JSON text → tokens, strictly by RFC 8259 but for what Python's `json` writes and reads besides: `NaN`, `Infinity`,
//! `-Infinity`, and raw control characters in strings. Documents may follow one after the other.
//!
//! The text comes in a window that grows: a token that the window cuts is asked for again when there is more. No token
//! is looked at twice, and a string of any length can be passed over in pieces.

use crate::engine::error::syntax::Expected;
use crate::engine::records::signs::first_of;

/// A byte order mark, which stands where files were put together.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// Objects and arrays in one another. What is deeper is a fault, so that no text takes memory by its depth.
const DEEPEST: usize = 4096;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    OpenObject,
    CloseObject,
    OpenArray,
    CloseArray,
    /// A key, in quotes.
    Key,
    /// In quotes.
    String,
    Number,
    /// `true`, `false`, `NaN`, `Infinity`, `-Infinity`.
    Word,
    Null,
    /// Nothing follows.
    End,
}

impl Kind {
    /// A value that is no object and no array.
    #[must_use]
    pub fn is_scalar(self) -> bool {
        matches!(self, Self::String | Self::Number | Self::Word | Self::Null)
    }
}

/// A token and where it stands in the window, quotes included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    pub kind: Kind,
    pub start: usize,
    pub end: usize,
    /// A string with a backslash in it.
    pub escaped: bool,
}

/// Why there is no token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pause {
    /// The window ends before the token does.
    More,
    /// Here, what was expected does not stand.
    Fault(usize, Expected),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Where a document begins.
    Document,
    /// Behind a document: a further one is an object or an array.
    Behind,
    Value,
    FirstElement,
    FirstKey,
    NextKey,
    Colon,
    AfterValue,
}

/// A string that the window has cut.
#[derive(Debug, Clone, Copy)]
struct Cut {
    start: usize,
    /// Nothing before this has to be looked at again.
    seen: usize,
    escaped: bool,
}

/// Where the reading of a JSON text stands.
#[derive(Debug, Clone)]
pub struct Tokenizer {
    at: usize,
    state: State,
    open: Open,
    cut: Option<Cut>,
}

/// What is open, from outside: a bit each, set for an object. Those of the first 64 take no room of their own.
#[derive(Debug, Clone, Default)]
struct Open {
    depth: usize,
    /// The innermost ones, the last one lowest.
    top: u64,
    /// Those around them, 64 each.
    around: Vec<u64>,
}

impl Open {
    #[inline]
    fn push(&mut self, is_object: bool) {
        if self.depth > 0 && self.depth.is_multiple_of(64) {
            self.around.push(self.top);
        }
        self.top = self.top << 1 | u64::from(is_object);
        self.depth += 1;
    }

    #[inline]
    fn pop(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        self.top >>= 1;
        if self.depth > 0 && self.depth.is_multiple_of(64) {
            self.top = self.around.pop().unwrap_or_default();
        }
    }

    #[inline]
    fn is_in_object(&self) -> bool {
        self.depth > 0 && self.top & 1 == 1
    }
}

impl Default for Tokenizer {
    fn default() -> Self {
        Self { at: 0, state: State::Document, open: Open::default(), cut: None }
    }
}

impl Tokenizer {
    /// As new, in the room of an earlier text.
    pub fn reset(&mut self) {
        self.open.around.clear();
        self.open.depth = 0;
        (self.at, self.state, self.cut) = (0, State::Document, None);
    }

    /// How many objects and arrays are open.
    #[must_use]
    #[inline]
    pub fn depth(&self) -> usize {
        self.open.depth
    }

    /// The window's part that is done with ends here; a string that the window cuts begins here.
    #[must_use]
    pub fn at(&self) -> usize {
        self.cut.map_or(self.at, |cut| cut.start)
    }

    /// As [`Tokenizer::at`], for one who does not want the strings.
    #[must_use]
    pub fn passed(&self) -> usize {
        self.cut.map_or(self.at, |cut| cut.seen)
    }

    /// The window has lost so many bytes at its beginning.
    pub fn shift(&mut self, lost: usize) {
        self.at = self.at.saturating_sub(lost);
        if let Some(cut) = &mut self.cut {
            cut.start = cut.start.saturating_sub(lost);
            cut.seen -= lost;
        }
    }

    /// Goes on behind a fault: at `at`, where a value has just ended, with so much open as before it.
    pub fn resume(&mut self, at: usize, depth: usize) {
        while self.open.depth > depth {
            self.open.pop();
        }
        self.at = at;
        self.cut = None;
        self.state = if depth == 0 { State::Document } else { State::AfterValue };
    }

    /// The object or array that has just begun is passed over, up to its end.
    pub fn pass(&mut self, end: usize) {
        self.open.pop();
        self.ended(Kind::End, end, end);
    }

    /// Goes on at `at` of an array, where a value may stand, or what follows one.
    pub fn mend(&mut self, at: usize, is_value: bool) {
        self.at = at;
        self.state = if is_value { State::Value } else { State::AfterValue };
    }

    /// Goes on at `at`, where a document of any kind may begin; false where it could do so already.
    pub fn take_document(&mut self, at: usize) -> bool {
        let is_new = self.state == State::Behind;
        if is_new {
            (self.at, self.state) = (at, State::Document);
        }
        is_new
    }

    /// The next token of `text`, which goes on behind its end unless it `is_last`.
    ///
    /// # Errors
    /// See [`Pause`]; after a fault it is for the caller to [`Tokenizer::resume`].
    #[inline]
    pub fn next(&mut self, text: &[u8], is_last: bool) -> Result<Token, Pause> {
        if self.cut.is_some() {
            return self.string(text, is_last);
        }
        loop {
            let rest = &text[self.at..];
            let blank = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t')).count();
            self.at += blank;
            let Some(&byte) = rest.get(blank) else { return self.at_end(is_last) };
            match (self.state, byte) {
                (State::AfterValue, b',') => {
                    self.at += 1;
                    self.state = if self.is_in_object() { State::NextKey } else { State::Value };
                }
                (State::AfterValue, b'}') if self.is_in_object() => return Ok(self.close(Kind::CloseObject)),
                (State::AfterValue | State::FirstElement, b']') if !self.is_in_object() => {
                    return Ok(self.close(Kind::CloseArray));
                }
                (State::FirstKey, b'}') => return Ok(self.close(Kind::CloseObject)),
                (State::Colon, b':') => {
                    self.at += 1;
                    self.state = State::Value;
                }
                (State::FirstKey | State::NextKey, b'"') => return self.string(text, is_last),
                (State::Document | State::Behind, 0xef) if text[self.at..].starts_with(MARK) => self.at += MARK.len(),
                (State::Document | State::Behind, 0xef) if !is_last && MARK.starts_with(&text[self.at..]) => {
                    return Err(Pause::More);
                }
                (State::Value | State::FirstElement | State::Document, _) | (State::Behind, b'{' | b'[') => {
                    return self.value(byte, text, is_last);
                }
                _ => return Err(Pause::Fault(self.at, self.expected())),
            }
        }
    }

    #[inline]
    fn is_in_object(&self) -> bool {
        self.open.is_in_object()
    }

    fn at_end(&self, is_last: bool) -> Result<Token, Pause> {
        match (is_last, self.state) {
            (false, _) => Err(Pause::More),
            (true, State::Document | State::Behind) => {
                Ok(Token { kind: Kind::End, start: self.at, end: self.at, escaped: false })
            }
            (true, _) => Err(Pause::Fault(self.at, self.expected())),
        }
    }

    fn expected(&self) -> Expected {
        match self.state {
            State::Document | State::Behind => Expected::End,
            State::Value => Expected::Value,
            State::FirstElement => Expected::ValueOrArrayEnd,
            State::FirstKey => Expected::KeyOrObjectEnd,
            State::NextKey => Expected::Key,
            State::Colon => Expected::Colon,
            State::AfterValue if self.is_in_object() => Expected::CommaOrObjectEnd,
            State::AfterValue => Expected::CommaOrArrayEnd,
        }
    }

    #[inline]
    fn value(&mut self, byte: u8, text: &[u8], is_last: bool) -> Result<Token, Pause> {
        let at = self.at;
        match byte {
            b'"' => self.string(text, is_last),
            b'{' | b'[' if self.open.depth >= DEEPEST => Err(Pause::Fault(at, Expected::LessNesting)),
            b'{' => Ok(self.opened(Kind::OpenObject, State::FirstKey)),
            b'[' => Ok(self.opened(Kind::OpenArray, State::FirstElement)),
            b'-' | b'0'..=b'9' => {
                let (kind, end) = match number(&text[at..], is_last) {
                    Ok(length) => (Kind::Number, at + length),
                    Err(Pause::Fault(1, _)) if byte == b'-' && matches!(text.get(at + 1), Some(b'I')) => {
                        (Kind::Word, self.word(text, is_last)?)
                    }
                    Err(Pause::Fault(inside, expected)) => return Err(Pause::Fault(at + inside, expected)),
                    Err(Pause::More) => return Err(Pause::More),
                };
                Ok(self.ended(kind, at, end))
            }
            b'n' => {
                let end = self.word(text, is_last)?;
                Ok(self.ended(Kind::Null, at, end))
            }
            b't' | b'f' | b'N' | b'I' => {
                let end = self.word(text, is_last)?;
                Ok(self.ended(Kind::Word, at, end))
            }
            _ => Err(Pause::Fault(at, self.expected())),
        }
    }

    /// The end of the word that begins here.
    fn word(&self, text: &[u8], is_last: bool) -> Result<usize, Pause> {
        let rest = &text[self.at..];
        for word in WORDS {
            if rest.starts_with(word.as_bytes()) {
                return Ok(self.at + word.len());
            }
            if !is_last && word.as_bytes().starts_with(rest) {
                return Err(Pause::More);
            }
        }
        Err(Pause::Fault(self.at, self.expected()))
    }

    fn opened(&mut self, kind: Kind, state: State) -> Token {
        self.open.push(kind == Kind::OpenObject);
        self.state = state;
        self.at += 1;
        Token { kind, start: self.at - 1, end: self.at, escaped: false }
    }

    fn close(&mut self, kind: Kind) -> Token {
        self.open.pop();
        self.ended(kind, self.at, self.at + 1)
    }

    fn ended(&mut self, kind: Kind, start: usize, end: usize) -> Token {
        self.at = end;
        self.state = if self.open.depth == 0 { State::Behind } else { State::AfterValue };
        Token { kind, start, end, escaped: false }
    }

    /// The string that begins here, or goes on.
    #[inline]
    fn string(&mut self, text: &[u8], is_last: bool) -> Result<Token, Pause> {
        let Cut { start, mut seen, mut escaped } =
            self.cut.unwrap_or(Cut { start: self.at, seen: self.at + 1, escaped: false });
        let is_key = matches!(self.state, State::FirstKey | State::NextKey);
        loop {
            let Some(at) = first_of(b'"', b'\\', &text[seen..]).map(|at| seen + at) else {
                seen = text.len();
                break;
            };
            if text[at] == b'"' {
                self.cut = None;
                self.at = at + 1;
                let token = if is_key {
                    let is_colon = text.get(at + 1) == Some(&b':');
                    self.at += usize::from(is_colon);
                    self.state = if is_colon { State::Value } else { State::Colon };
                    Token { kind: Kind::Key, start, end: at + 1, escaped }
                } else {
                    Token { escaped, ..self.ended(Kind::String, start, at + 1) }
                };
                return Ok(token);
            }
            escaped = true;
            seen = match escape(&text[at..]) {
                Ok(length) => at + length,
                Err(Pause::More) => {
                    seen = at;
                    break;
                }
                Err(Pause::Fault(inside, expected)) => {
                    self.cut = None;
                    self.at = at;
                    return Err(Pause::Fault(at + inside, expected));
                }
            };
        }
        if is_last {
            self.cut = None;
            return Err(Pause::Fault(text.len(), Expected::Quote));
        }
        self.cut = Some(Cut { start, seen, escaped });
        Err(Pause::More)
    }
}

const WORDS: [&str; 6] = ["true", "false", "null", "NaN", "Infinity", "-Infinity"];

/// The length of the word that begins here.
pub(super) fn word(text: &[u8]) -> Option<usize> {
    WORDS.iter().find(|word| text.starts_with(word.as_bytes())).map(|word| word.len())
}

/// The length of the escape that begins here.
pub(super) fn escape(text: &[u8]) -> Result<usize, Pause> {
    match text.get(1) {
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Ok(2),
        Some(b'u') => match text[2..].iter().take(4).position(|byte| !byte.is_ascii_hexdigit()) {
            Some(at) => Err(Pause::Fault(2 + at, Expected::HexDigits)),
            None if text.len() >= 6 => Ok(6),
            None => Err(Pause::More),
        },
        Some(_) => Err(Pause::Fault(1, Expected::Escape)),
        None => Err(Pause::More),
    }
}

/// The length of the number that begins here.
pub(super) fn number(text: &[u8], is_last: bool) -> Result<usize, Pause> {
    let digits = |from: usize| text[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let some_digits = |from: usize| match digits(from.min(text.len())) {
        0 if from >= text.len() && !is_last => Err(Pause::More),
        0 => Err(Pause::Fault(from, Expected::Digit)),
        count => Ok(from + count),
    };
    let mut at = usize::from(text[0] == b'-');
    at = if text.get(at) == Some(&b'0') { at + 1 } else { some_digits(at)? };
    if text.get(at) == Some(&b'.') {
        at = some_digits(at + 1)?;
    }
    if matches!(text.get(at), Some(b'e' | b'E')) {
        at = some_digits(at + 1 + usize::from(matches!(text.get(at + 1), Some(b'+' | b'-'))))?;
    }
    if at == text.len() && !is_last { Err(Pause::More) } else { Ok(at) }
}
