//! Where a text breaks the rules of its notation, and what stands outside of its records.

use crate::engine::{Expected, SyntaxFault};

/// Words about the places of faults, and about what repeats.
pub trait FaultWords {
    /// `line 1, column 74: “:” expected, " found`.
    fn syntax_fault(&self, fault: &SyntaxFault) -> String;

    /// What may stand at a place.
    fn expected(&self, expected: Expected) -> &'static str;

    /// `3 of 9 values (34%) are outside the records`.
    fn values_outside(&self, outside: u64, all: u64) -> String;
}

/// A character as people can see it.
#[must_use]
pub fn sign(sign: char) -> String {
    if sign.is_control() || sign.is_whitespace() { format!("U+{:04X}", u32::from(sign)) } else { sign.to_string() }
}
