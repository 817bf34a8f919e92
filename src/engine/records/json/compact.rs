//! A JSON value as a person reads it in one cell: on one line, letters as letters, numbers as written.

use super::strings;
use super::tokenizer::{Kind, Tokenizer};

/// Adds the value `text` to `out` without the spaces between its signs but those that people put, `[1, 2.50]`. Escapes
/// of letters become letters, others stay. Gives how many halves of surrogate pairs became U+FFFD.
pub fn write(text: &str, out: &mut String) -> u64 {
    let (mut tokens, mut halves) = (Tokenizer::default(), 0);
    let mut before = None;
    while let Ok(token) = tokens.next(text.as_bytes(), true) {
        if token.kind == Kind::End {
            break;
        }
        let is_close = matches!(token.kind, Kind::CloseArray | Kind::CloseObject);
        match before {
            None | Some(Kind::OpenArray | Kind::OpenObject) => {}
            Some(_) if is_close => {}
            Some(Kind::Key) => out.push_str(": "),
            Some(_) => out.push_str(", "),
        }
        let piece = &text[token.start..token.end];
        if token.escaped {
            halves += letters(piece, out);
        } else {
            out.push_str(piece);
        }
        before = Some(token.kind);
    }
    halves
}

/// A string with its quotes, escapes of what is no ASCII decoded.
fn letters(string: &str, out: &mut String) -> u64 {
    let (mut rest, mut halves) = (string, 0);
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = match strings::unit(rest) {
            Some(0xd800..=0xdbff) if matches!(rest.get(6..).and_then(strings::unit), Some(0xdc00..=0xdfff)) => 12,
            Some(0x80..) => 6,
            Some(_) => {
                out.push_str(&rest[..6]);
                rest = &rest[6..];
                continue;
            }
            None => {
                let length = rest.len().min(2);
                out.push_str(&rest[..length]);
                rest = &rest[length..];
                continue;
            }
        };
        halves += strings::decode(&rest[..length], out);
        rest = &rest[length..];
    }
    out.push_str(rest);
    halves
}
