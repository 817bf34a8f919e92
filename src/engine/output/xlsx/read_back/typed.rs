//! Cells that hold no text, as our own reader finds them. A number is taken by the very digits that stand there, not by
//! what they mean, so that one that was written in another way is found out.

use std::str;

use memchr::{memchr, memmem};

use super::super::sheet::typed::{kind_of_style, take_number, take_truth};
use crate::engine::job::columns::kind::Kind;
use crate::engine::output::digest::Digest;

/// The kind of a cell by its tag; `None` where it is none of ours.
pub fn kind(tag: &[u8]) -> Option<Kind> {
    if tag.ends_with(b"/") {
        return None;
    }
    let style = attribute(tag, b" s=\"").map_or(Some(0), |style| style.parse().ok());
    match attribute(tag, b" t=\"") {
        None => kind_of_style(style?),
        Some("b") => Some(Kind::Truth),
        Some(_) => None,
    }
}

/// Takes the cell into the digest; false where its value is none of its kind.
pub fn take(digest: &mut Digest, place: (u64, u32), kind: Kind, value: &str) -> bool {
    match (kind, value) {
        (Kind::Truth, "0" | "1") => take_truth(digest, place, value == "1"),
        (Kind::Number, _) if kind.read(value).is_some() => digest.typed(place.0, place.1, kind, value),
        (Kind::Date, _) => return value.parse().is_ok_and(|number| take_number(digest, place, kind, number)),
        _ => return false,
    }
    true
}

/// An attribute's value, by its name with the space before and what stands up to its value.
pub fn attribute<'a>(tag: &'a [u8], begin: &[u8]) -> Option<&'a str> {
    let from = memmem::find(tag, begin)? + begin.len();
    let value = &tag[from..];
    str::from_utf8(&value[..memchr(b'"', value)?]).ok()
}
