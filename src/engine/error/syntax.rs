//! Where a text breaks the rules of its notation: line, column, and what was expected there. A value, never a sentence.

use std::fmt;

/// A place at which a text does not go on as its notation says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct SyntaxFault {
    /// Line of the source file, from 1.
    pub line: u64,
    /// Character of that line, from 1 (a byte order mark counts for none).
    pub column: u64,
    /// What may stand there.
    pub expected: Expected,
    /// What stands there; `None` at the end of the text.
    pub found: Option<char>,
}

/// What may stand at a place of a JSON text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Expected {
    /// A value of any kind.
    Value,
    /// An object.
    Object,
    /// A value, or `]`.
    ValueOrArrayEnd,
    /// A key in quotes.
    Key,
    /// A key in quotes, or `}`.
    KeyOrObjectEnd,
    /// `:`
    Colon,
    /// `,` or `]`.
    CommaOrArrayEnd,
    /// `,` or `}`.
    CommaOrObjectEnd,
    /// 0 to 9.
    Digit,
    /// One of the signs that may follow a backslash.
    Escape,
    /// Four hexadecimal digits.
    HexDigits,
    /// The quote that ends a string.
    Quote,
    /// Nothing more, or a further document.
    End,
    /// Less depth than this.
    LessNesting,
}

impl fmt::Display for SyntaxFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {:?} expected, {:?} found", self.line, self.column, self.expected, self.found)
    }
}
