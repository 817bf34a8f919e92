//! Excel's limits on a cell: what it cannot hold, and how long it may be.

use std::borrow::Cow;

use unicode_segmentation::GraphemeCursor;

/// The most UTF-16 units in a cell (Excel specifications and limits).
pub const CELL_UNITS: usize = 32_767;

/// A value made fit for cells: one, or several where it is too long for one. All that a cell cannot hold is
/// left out of it, and it is cut once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Value<'a> {
    text: Cow<'a, str>,
    /// The ends of all pieces but the last.
    ends: Vec<usize>,
    /// Characters left out because XML cannot hold them.
    pub left_out: u64,
    /// Nothing of it needs an escape in XML; false where that has not been looked for.
    pub is_verbatim: bool,
}

/// A column's values in one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Field<'a> {
    One(Value<'a>),
    /// Values that have cells of their own.
    Many(Vec<Value<'a>>),
}

impl<'a> Field<'a> {
    /// The cells that it takes, at least one.
    #[must_use]
    pub fn cells(&self) -> usize {
        self.values().iter().map(Value::cells).sum()
    }

    #[must_use]
    pub fn values(&self) -> &[Value<'a>] {
        match self {
            Self::One(value) => std::slice::from_ref(value),
            Self::Many(values) => values,
        }
    }

    /// All in one, as a person reads it.
    #[must_use]
    pub fn into_joined(self) -> String {
        match self {
            Self::One(value) => value.text.into_owned(),
            Self::Many(values) => values.iter().map(|value| &*value.text).collect::<Vec<_>>().join(" · "),
        }
    }
}

impl<'a> From<Cow<'a, str>> for Value<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        let mut value = Self::default();
        value.set(text);
        value
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Cow::Borrowed(text).into()
    }
}

impl<'a> Value<'a> {
    /// Becomes this text, where it lies: a record is a few of them, and to move one takes as long as to look
    /// through it. Leaves out what XML 1.0 cannot hold; CR LF and a lone CR become LF.
    pub fn set(&mut self, text: Cow<'a, str>) {
        self.ends.clear();
        self.left_out = 0;
        // most values are short: one look, byte by byte, takes less time than several that are vectorised
        self.is_verbatim = text.len() < SHORT && seen(&text) == 0;
        if self.is_verbatim || is_plain(&text) {
            self.text = text;
        } else {
            (self.text, self.left_out) = cleaned(&text);
        }
        // no character has more UTF-16 units than bytes
        if self.text.len() > CELL_UNITS {
            let mut from = 0;
            loop {
                from += piece_end(&self.text[from..]);
                if from == self.text.len() {
                    break;
                }
                self.ends.push(from);
            }
        }
    }
}

impl Value<'_> {
    /// The cells that it takes, at least one.
    #[must_use]
    pub fn cells(&self) -> usize {
        self.ends.len() + 1
    }

    /// The pieces that fill one cell each; joined they are the value. Never cut inside a surrogate pair, nor
    /// inside a grapheme cluster unless a single one fills a cell.
    pub fn pieces(&self) -> impl Iterator<Item = &str> {
        let mut from = 0;
        self.ends.iter().copied().chain([self.text.len()]).map(move |end| {
            let piece = &self.text[from..end];
            from = end;
            piece
        })
    }
}

fn cleaned(value: &str) -> (Cow<'static, str>, u64) {
    let mut text = String::with_capacity(value.len());
    let mut left_out = 0;
    let mut chars = value.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '\r' => {
                chars.next_if_eq(&'\n');
                text.push('\n');
            }
            '\t' | '\n' => text.push(char),
            '\0'..' ' | '\u{fffe}' | '\u{ffff}' => left_out += 1,
            _ => text.push(char),
        }
    }
    (text.into(), left_out)
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
impl Field<'_> {
    pub fn into_owned(self) -> Field<'static> {
        let own = |Value { text, ends, left_out, is_verbatim }: Value| Value {
            text: text.into_owned().into(),
            ends,
            left_out,
            is_verbatim,
        };
        match self {
            Self::One(value) => Field::One(own(value)),
            Self::Many(values) => Field::Many(values.into_iter().map(own).collect()),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lengths(text: &str) -> Vec<usize> {
        Value::from(text).pieces().map(|piece| piece.encode_utf16().count()).collect()
    }

    #[test]
    fn units_are_counted_as_utf16_counts_them() {
        for text in ["", "abc", "가나다", "é", "😀a가", "\u{10ffff}\u{ffff}"] {
            let text = text.repeat(100);
            assert_eq!(utf16_units(&text), text.encode_utf16().count(), "{text}");
        }
    }

    #[test]
    fn a_cell_is_filled_to_the_last_unit() {
        assert_eq!(lengths(""), [0]);
        assert_eq!(lengths(&"x".repeat(32_767)), [32_767]);
        assert_eq!(lengths(&"가".repeat(32_768)), [32_767, 1]);
        assert_eq!(lengths(&"x".repeat(65_535)), [32_767, 32_767, 1]);
    }

    #[test]
    fn no_cut_inside_a_pair_or_a_cluster() {
        assert_eq!(lengths(&"😀".repeat(16_384)), [32_766, 2]);
        let family = "👨‍👩‍👧"; // eight units, one cluster
        let text = "x".repeat(32_765) + family + "y";
        assert_eq!(lengths(&text), [32_765, 9]);
        let jamo = "x".repeat(32_766) + "\u{1112}\u{1161}\u{11ab}";
        assert_eq!(lengths(&jamo), [32_766, 3]);
    }

    #[test]
    fn a_cluster_larger_than_a_cell_is_cut_all_the_same() {
        assert_eq!(lengths(&("a".to_owned() + &"\u{301}".repeat(40_000))), [32_767, 7_234]);
    }

    #[test]
    fn what_xml_cannot_hold_is_left_out_and_counted() {
        let cell = Value::from("a\0b\u{b}c\u{fffe}d\u{fffd}\r\ne\rf\tg\u{7f}");
        assert_eq!((&*cell.text, cell.left_out), ("abcd\u{fffd}\ne\nf\tg\u{7f}", 3));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

        #[test]
        fn pieces_give_the_text_back(text in "\\PC{0,40}", times in 1usize..4000) {
            let text = text.repeat(times);
            let cell = Value::from(&*text);
            prop_assert_eq!(cell.pieces().count(), cell.cells());
            prop_assert_eq!(cell.pieces().collect::<String>(), &*cell.text);
            prop_assert!(cell.pieces().all(|piece| piece.encode_utf16().count() <= CELL_UNITS));
        }
    }
}
