//! Patterns and shares that can be used: valid by construction.

use std::fmt;

use regex::Regex;

/// A regular expression that can be used.
#[derive(Debug, Clone)]
pub struct Pattern(Regex);

impl Pattern {
    /// In the syntax of the crate `regex`, which takes linear time whatever the pattern.
    ///
    /// # Errors
    /// What is wrong with it, in the crate's words.
    pub fn parse(text: &str) -> Result<Self, String> {
        Regex::new(text).map(Self).map_err(|error| error.to_string())
    }

    /// As written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// A part of `text` matches it.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        self.0.is_match(text)
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Pattern {}

/// A part of a whole, in millionths: more than none of it, and at most all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share(u32);

impl Share {
    /// The whole.
    const ALL: u32 = 1_000_000;

    /// As a person writes it, in percent, with up to four digits behind the point: `10%`, `0.5%`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let percent = text.trim().strip_suffix('%')?.trim_end();
        let (whole, part) = percent.split_once('.').unwrap_or((percent, ""));
        let is_number = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || whole.len() > 3 || part.len() > 4 || !is_number(whole) || !is_number(part) {
            return None;
        }
        let millionths: u32 = format!("{whole}{part:0<4}").parse().ok()?;
        (1..=Self::ALL).contains(&millionths).then_some(Self(millionths))
    }

    /// Whether it takes in this number, where numbers are even over all that 64 bits hold.
    #[must_use]
    pub fn takes(self, lot: u64) -> bool {
        (u128::from(lot) * u128::from(Self::ALL)) >> 64 < u128::from(self.0)
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0 / 10_000, format!("{:04}", self.0 % 10_000));
        match part.trim_end_matches('0') {
            "" => write!(f, "{whole}%"),
            part => write!(f, "{whole}.{part}%"),
        }
    }
}
