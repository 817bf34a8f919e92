//! Signs of a text: those that are not seen, and where those stand that end its pieces.

use memchr::memchr2;

/// White space, or a byte order mark, which files that were put together have in their midst.
#[must_use]
pub fn is_blank(char: char) -> bool {
    char.is_whitespace() || char == BYTE_ORDER_MARK
}

/// U+FEFF.
pub const BYTE_ORDER_MARK: char = '\u{feff}';

/// Words of eight bytes that are looked at before a wider search begins.
const NEAR: usize = 2;

/// Where the first of two bytes stands. Most cells, keys and codes are shorter than what a search of many bytes at once
/// is made for.
#[must_use]
#[inline]
pub fn first_of(one: u8, other: u8, text: &[u8]) -> Option<usize> {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    const HIGH: u64 = ONES << 7;
    let (words, _) = text.as_chunks::<8>();
    for (at, word) in words.iter().take(NEAR).enumerate() {
        let word = u64::from_le_bytes(*word);
        let (one, other) = (word ^ (ONES * u64::from(one)), word ^ (ONES * u64::from(other)));
        // the lowest byte of those that became zero is told rightly
        let found = ((one.wrapping_sub(ONES) & !one) | (other.wrapping_sub(ONES) & !other)) & HIGH;
        if found != 0 {
            return Some(8 * at + found.trailing_zeros() as usize / 8);
        }
    }
    let from = 8 * words.len().min(NEAR);
    memchr2(one, other, &text[from..]).map(|at| from + at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn first_of_two_bytes_is_found_wherever_it_stands(
            text in proptest::collection::vec(prop_oneof![Just(0u8), Just(1), Just(b'"'), Just(0x80), Just(0xff), any::<u8>()], 0..70),
            one in any::<u8>(), other in prop_oneof![Just(0u8), Just(b'"'), any::<u8>()],
        ) {
            let want = text.iter().position(|byte| *byte == one || *byte == other);
            prop_assert_eq!(first_of(one, other, &text), want);
        }
    }
}
