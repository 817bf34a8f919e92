//! What comes out of files (ids, names, lines, paths) as a person's terminal may see it: as characters, never as
//! orders to the terminal, and never as further lines that look like ours.

use std::borrow::Cow;

/// True for what a terminal obeys or what turns the order of letters round: control characters, line and paragraph
/// separators, and the marks that override the direction of a text. Marks that only hint at it are left alone.
#[must_use]
pub fn is_unsafe(char: char) -> bool {
    char.is_control() || matches!(char, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// One line as it may be shown: `\n`, `\u{1b}` and the like stand for what is unsafe.
#[must_use]
pub fn visible(line: &str) -> Cow<'_, str> {
    if !line.contains(is_unsafe) {
        return line.into();
    }
    let mut shown = String::with_capacity(line.len() + 16);
    for char in line.chars() {
        if is_unsafe(char) { shown.extend(char.escape_default()) } else { shown.push(char) }
    }
    shown.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_to_a_terminal_are_shown_as_characters() {
        let osc = "a\u{1b}]0;title\u{7}b\u{9b}2Jc\nEnd fake\r\u{202e}txt.exe\u{2028}";
        let want = "a\\u{1b}]0;title\\u{7}b\\u{9b}2Jc\\nEnd fake\\r\\u{202e}txt.exe\\u{2028}";
        assert_eq!(visible(osc), want);
        for harmless in ["한국어 · e\u{301} \u{200f}עברית", "C:\\a", ""] {
            assert!(matches!(visible(harmless), Cow::Borrowed(same) if same == harmless));
        }
    }
}
