//! Excel's limits on a cell: what it cannot hold, and how long it may be.

use std::borrow::Cow;

use unicode_segmentation::GraphemeCursor;

/// The most UTF-16 units in a cell (Excel specifications and limits).
pub const CELL_UNITS: usize = 32_767;

/// Characters that XML 1.0 cannot hold, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Changed {
    /// Control characters, left out.
    pub controls: u64,
    /// U+FFFE and U+FFFF, left out.
    pub no_characters: u64,
    /// Form feeds and vertical tabs, which part words: line breaks now.
    pub breaks: u64,
}

/// What makes a value fit for cells: all that a cell cannot hold is left out of it, and it is cut once. Holds no
/// value, so that its room serves the next one.
#[derive(Debug, Default)]
pub struct Fit {
    /// The value without what was left out, where that is not the value itself.
    cleaned: Option<String>,
    /// The ends of all pieces but the last.
    ends: Vec<usize>,
    /// What became of characters that XML cannot hold.
    pub changed: Changed,
    /// Nothing of it needs an escape in XML; false where that has not been looked for.
    pub is_verbatim: bool,
}

impl Fit {
    /// For this value. Leaves out what XML 1.0 cannot hold, but for form feeds and vertical tabs, which become LF as
    /// CR LF and a lone CR do.
    #[must_use]
    pub fn of(value: &str) -> Self {
        let mut fit = Self::default();
        fit.set(value);
        fit
    }

    /// For this value now.
    pub fn set(&mut self, value: &str) {
        self.ends.clear();
        self.changed = Changed::default();
        // most values are short: one look, byte by byte, takes less time than several that are vectorised
        self.is_verbatim = value.len() < SHORT && seen(value) == 0;
        self.cleaned = None;
        if !self.is_verbatim && !is_plain(value) {
            let (text, changed) = cleaned(value);
            self.cleaned = Some(text);
            self.changed = changed;
        }
        let text = self.cleaned.as_deref().unwrap_or(value);
        // no character has more UTF-16 units than bytes
        if text.len() > CELL_UNITS {
            let mut from = 0;
            loop {
                from += piece_end(&text[from..]);
                if from == text.len() {
                    break;
                }
                self.ends.push(from);
            }
        }
    }

    /// The value without what cells cannot hold.
    #[must_use]
    pub fn text<'v>(&self, value: Cow<'v, str>) -> Cow<'v, str> {
        self.cleaned.clone().map_or(value, Cow::Owned)
    }

    /// The cells that it takes, at least one.
    #[must_use]
    pub fn cells(&self) -> usize {
        self.ends.len() + 1
    }

    /// The pieces of the value that this was made for, which fill one cell each. Never cut inside a surrogate
    /// pair, nor inside a grapheme cluster unless a single one fills a cell.
    pub fn pieces<'v>(&'v self, value: &'v str) -> impl Iterator<Item = &'v str> {
        let text = self.cleaned.as_deref().unwrap_or(value);
        let mut from = 0;
        self.ends.iter().copied().chain([text.len()]).map(move |end| {
            let piece = &text[from..end];
            from = end;
            piece
        })
    }
}

fn cleaned(value: &str) -> (String, Changed) {
    let mut text = String::with_capacity(value.len());
    let mut changed = Changed::default();
    let mut chars = value.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '\r' => {
                chars.next_if_eq(&'\n');
                text.push('\n');
            }
            '\u{b}' | '\u{c}' => {
                changed.breaks += 1;
                text.push('\n');
            }
            '\t' | '\n' => text.push(char),
            '\0'..' ' => changed.controls += 1,
            '\u{fffe}' | '\u{ffff}' => changed.no_characters += 1,
            _ => text.push(char),
        }
    }
    (text, changed)
}

/// Bytes below which a value is short.
const SHORT: usize = 64;

/// What of a value needs a closer look: 0 where nothing does.
fn seen(value: &str) -> u8 {
    value.bytes().fold(0, |seen, byte| seen | CLOSER_LOOK[usize::from(byte)])
}

/// Bytes that XML cannot hold or that may begin a character that it cannot hold, and those that may need an
/// escape.
static CLOSER_LOOK: [u8; 256] = {
    let mut table = [0; 256];
    let mut at = 0;
    while at < 256 {
        table[at] = match at as u8 {
            b'\t' | b'\n' => 0,
            0..b' ' | 0xef | b'&' | b'<' | b'>' | b'_' => 1,
            _ => 0,
        };
        at += 1;
    }
    table
};

/// True where nothing has to be left out or changed. The bytes EF BF BE and EF BF BF are U+FFFE and U+FFFF.
#[allow(clippy::unnecessary_fold)] // without a way out the loop is vectorised
fn is_plain(value: &str) -> bool {
    let bytes = value.as_bytes();
    let is_control = |byte: u8| byte < b' ' && byte != b'\t' && byte != b'\n';
    let controls = bytes.iter().fold(false, |found, &byte| found | is_control(byte));
    let is_no_character = |at: usize| bytes[at + 1] == 0xbf && matches!(bytes[at + 2], 0xbe | 0xbf);
    !controls && !memchr::memchr_iter(0xef, bytes).any(is_no_character)
}

/// One for each character, and one more for those of four bytes; counted so that the loop is vectorised.
fn utf16_units(text: &str) -> usize {
    let units = |bytes: &[u8]| bytes.iter().map(|&b| u8::from(b & 0xc0 != 0x80) + u8::from(b >= 0xf0)).sum::<u8>();
    text.as_bytes().chunks(127).map(|bytes| usize::from(units(bytes))).sum()
}

/// Bytes whose units are counted at once.
const STRETCH: usize = 2048;

fn piece_end(text: &str) -> usize {
    if text.len() <= CELL_UNITS {
        return text.len();
    }
    // no unit has more than three bytes: what is longer is too long, and counting all of it would be too much
    if text.len() <= 3 * CELL_UNITS && utf16_units(text) <= CELL_UNITS {
        return text.len();
    }
    // counted a stretch at a time, and character by character only where the limit is
    let (mut units, mut from) = (0, 0);
    while let Some(stretch) = text.get(from..text.floor_char_boundary(from + STRETCH)).filter(|rest| !rest.is_empty()) {
        let more = utf16_units(stretch);
        if units + more > CELL_UNITS {
            break;
        }
        (units, from) = (units + more, from + stretch.len());
    }
    let Some((limit, _)) = text[from..].char_indices().find(|(_, char)| {
        units += char.len_utf16();
        units > CELL_UNITS
    }) else {
        return text.len();
    };
    let limit = from + limit;
    let mut cursor = GraphemeCursor::new(limit, text.len(), true);
    if cursor.is_boundary(text, 0) == Ok(true) {
        return limit;
    }
    match cursor.prev_boundary(text, 0) {
        Ok(Some(boundary)) if boundary > 0 => boundary,
        _ => limit,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lengths(text: &str) -> Vec<usize> {
        Fit::of(text).pieces(text).map(|piece| piece.encode_utf16().count()).collect()
    }

    #[test]
    fn units_are_counted_as_utf16_counts_them() {
        for text in ["", "abc", "가나다", "é", "😀a가", "\u{10ffff}\u{ffff}"] {
            let text = text.repeat(100);
            assert_eq!(utf16_units(&text), text.encode_utf16().count(), "{text}");
        }
    }

    #[test]
    fn cell_is_filled_to_the_last_unit() {
        assert_eq!(lengths(""), [0]);
        assert_eq!(lengths(&"x".repeat(32_767)), [32_767]);
        assert_eq!(lengths(&"가".repeat(32_768)), [32_767, 1]);
        assert_eq!(lengths(&"x".repeat(65_535)), [32_767, 32_767, 1]);
    }

    #[test]
    fn cut_is_never_inside_a_pair_or_a_cluster() {
        assert_eq!(lengths(&"😀".repeat(16_384)), [32_766, 2]);
        let family = "👨‍👩‍👧"; // eight units, one cluster
        let text = "x".repeat(32_765) + family + "y";
        assert_eq!(lengths(&text), [32_765, 9]);
        let jamo = "x".repeat(32_766) + "\u{1112}\u{1161}\u{11ab}";
        assert_eq!(lengths(&jamo), [32_766, 3]);
    }

    #[test]
    fn cluster_larger_than_a_cell_is_cut_all_the_same() {
        assert_eq!(lengths(&("a".to_owned() + &"\u{301}".repeat(40_000))), [32_767, 7_234]);
    }

    #[test]
    fn characters_that_xml_cannot_hold_are_left_out_and_counted() {
        let fit = Fit::of("a\0b\u{1}c\u{fffe}d\u{fffd}\r\ne\rf\tg\u{7f}\u{ffff}\u{1f}");
        assert_eq!(fit.cleaned.as_deref(), Some("abcd\u{fffd}\ne\nf\tg\u{7f}"));
        assert_eq!(fit.changed, Changed { controls: 3, no_characters: 2, breaks: 0 });
    }

    #[test]
    fn form_feeds_and_vertical_tabs_part_words() {
        let fit = Fit::of("one\u{c}two\u{b}three\n\u{c}four");
        assert_eq!(fit.cleaned.as_deref(), Some("one\ntwo\nthree\n\nfour"));
        assert_eq!(fit.changed, Changed { breaks: 3, ..Changed::default() });
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

        #[test]
        fn pieces_give_the_text_back(text in "\\PC{0,40}", times in 1usize..4000) {
            let text = text.repeat(times);
            let fit = Fit::of(&text);
            prop_assert_eq!(fit.pieces(&text).count(), fit.cells());
            prop_assert_eq!(fit.pieces(&text).collect::<String>(), fit.text((&*text).into()));
            prop_assert!(fit.pieces(&text).all(|piece| piece.encode_utf16().count() <= CELL_UNITS));
        }
    }
}
