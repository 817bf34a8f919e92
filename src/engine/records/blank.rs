//! What stands in a text without being seen.

/// White space, or a byte order mark, which files that were put together have in their midst.
#[must_use]
pub fn is_blank(char: char) -> bool {
    char.is_whitespace() || char == BYTE_ORDER_MARK
}

/// U+FEFF.
pub const BYTE_ORDER_MARK: char = '\u{feff}';
