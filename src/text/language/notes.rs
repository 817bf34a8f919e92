//! What was left out, repaired or carried on while a file was read.

use crate::engine::{Expected, NoteKind, SyntaxFault};

/// Words about notes.
pub trait NoteWords {
    /// Notes of one kind at `places` places, `sum` of what the kind counts (tags, bytes, …) in all.
    fn note_kind(&self, kind: NoteKind, places: u64, sum: u64) -> String;

    /// `line 1, column 74: “:” expected, " found`.
    fn syntax_fault(&self, fault: &SyntaxFault) -> String;

    /// What may stand at a place.
    fn expected(&self, expected: Expected) -> &'static str;

    /// `3 of 9 values (33%) are outside the records`.
    fn values_outside(&self, outside: u64, all: u64) -> String;

    /// `33% of the values are outside the records`.
    fn share_outside(&self, outside: u64, all: u64) -> String;

    /// `line 12`, a line of a source file, from 1.
    fn line(&self, line: u64) -> String;
}

/// A character as people can see it.
#[must_use]
pub fn sign(sign: char) -> String {
    if sign.is_control() || sign.is_whitespace() { format!("U+{:04X}", u32::from(sign)) } else { sign.to_string() }
}
