//! The tokens of a value that is all there, at once: what the [`Tokenizer`](super::tokenizer::Tokenizer) tells of it one
//! by one, in a third of the time. Most records are read so; of any other, the tokenizer tells what it is.

use super::tokenizer::{Kind, Token, escape, number, word};
use crate::engine::records::signs::first_of;

/// So many tokens at most.
const MOST_TOKENS: usize = 16 << 10;

/// Objects and arrays in one another, a bit each.
const DEEPEST: u32 = 64;

/// Adds the tokens of the value at the beginning of `text` to `out`, and gives its length; `None` where the text ends
/// before it does, where it breaks a rule, or where it is large or deep.
#[must_use]
pub fn scan(text: &[u8], out: &mut Vec<Token>) -> Option<usize> {
    let (mut at, mut open, mut depth) = (0, 0_u64, 0_u32);
    loop {
        at = blank(text, at);
        let start = at;
        let byte = *text.get(at)?;
        let (kind, escaped);
        ((kind, escaped), at) = match byte {
            b'"' => {
                let (end, escaped) = string(text, at)?;
                ((Kind::String, escaped), end)
            }
            b'{' | b'[' => {
                if depth >= DEEPEST || out.len() >= MOST_TOKENS {
                    return None;
                }
                let is_object = byte == b'{';
                let kind = if is_object { Kind::OpenObject } else { Kind::OpenArray };
                out.push(Token { kind, start, end: start + 1, escaped: false });
                at = blank(text, at + 1);
                if *text.get(at)? != byte + 2 {
                    (open, depth) = (open << 1 | u64::from(is_object), depth + 1);
                    if is_object {
                        at = key(text, at, out)?;
                    }
                    continue;
                }
                let kind = if is_object { Kind::CloseObject } else { Kind::CloseArray };
                out.push(Token { kind, start: at, end: at + 1, escaped: false });
                at += 1;
                if depth == 0 {
                    return Some(at);
                }
                at = follow(text, at, (&mut open, &mut depth), out)?;
                if depth == 0 {
                    return Some(at);
                }
                continue;
            }
            b'-' | b'0'..=b'9' if text.get(at + 1) != Some(&b'I') => {
                ((Kind::Number, false), at + number(&text[at..], false).ok()?)
            }
            _ => {
                let kind = if byte == b'n' { Kind::Null } else { Kind::Word };
                ((kind, false), at + word(&text[at..])?)
            }
        };
        out.push(Token { kind, start, end: at, escaped });
        if depth == 0 {
            return Some(at);
        }
        at = follow(text, at, (&mut open, &mut depth), out)?;
        if depth == 0 {
            return Some(at);
        }
    }
}

/// From behind a value to the next one, or behind the end of all.
#[inline]
fn follow(text: &[u8], mut at: usize, (open, depth): (&mut u64, &mut u32), out: &mut Vec<Token>) -> Option<usize> {
    loop {
        at = blank(text, at);
        let is_object = *open & 1 == 1;
        let kind = match *text.get(at)? {
            b',' if is_object => {
                if out.len() >= MOST_TOKENS {
                    return None;
                }
                at = blank(text, at + 1);
                return key(text, at, out);
            }
            b',' => return (out.len() < MOST_TOKENS).then_some(at + 1),
            b'}' if is_object => Kind::CloseObject,
            b']' if !is_object => Kind::CloseArray,
            _ => return None,
        };
        out.push(Token { kind, start: at, end: at + 1, escaped: false });
        (*open, *depth, at) = (*open >> 1, *depth - 1, at + 1);
        if *depth == 0 {
            return Some(at);
        }
    }
}

/// A key and its colon.
#[inline]
fn key(text: &[u8], start: usize, out: &mut Vec<Token>) -> Option<usize> {
    if *text.get(start)? != b'"' {
        return None;
    }
    let (end, escaped) = string(text, start)?;
    out.push(Token { kind: Kind::Key, start, end, escaped });
    let at = blank(text, end);
    (*text.get(at)? == b':').then_some(at + 1)
}

/// The end of the string that begins here, and whether a backslash stands in it.
#[inline]
fn string(text: &[u8], start: usize) -> Option<(usize, bool)> {
    let mut at = start + 1;
    let mut escaped = false;
    loop {
        at += first_of(b'"', b'\\', text.get(at..)?)?;
        if text[at] == b'"' {
            return Some((at + 1, escaped));
        }
        escaped = true;
        at += escape(&text[at..]).ok()?;
    }
}

/// Behind what is blank.
#[inline]
fn blank(text: &[u8], mut at: usize) -> usize {
    while let Some(b' ' | b'\n' | b'\r' | b'\t') = text.get(at) {
        at += 1;
    }
    at
}
