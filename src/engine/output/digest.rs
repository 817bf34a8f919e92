//! A digest over all cells of a file, by which what was written is compared with what is read back.

use twox_hash::XxHash3_128;

use crate::engine::job::columns::kind::Kind;

/// No file has so many columns that their numbers need these bits: they tell kinds apart.
const ABOVE_COLUMNS: u32 = 24;

/// Bytes that are taken into the digest at a time.
const AT_A_TIME: usize = 32 << 10;

/// Takes cells in the order of rows, and in each row of columns. Empty cells don't count: no form need keep them.
#[derive(Default)]
pub struct Digest {
    taken: XxHash3_128,
    waiting: Vec<u8>,
}

impl std::fmt::Debug for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Digest").finish_non_exhaustive()
    }
}

impl Digest {
    /// A cell with something in it: its row, from 1 over the whole file; its column, from 0.
    pub fn cell(&mut self, row: u64, column: u32, text: &str) {
        let mut place = [0; 16];
        place[..8].copy_from_slice(&row.to_le_bytes());
        place[8..12].copy_from_slice(&column.to_le_bytes());
        place[12..].copy_from_slice(&(text.len() as u32).to_le_bytes());
        self.waiting.extend_from_slice(&place);
        self.waiting.extend_from_slice(text.as_bytes());
        if self.waiting.len() >= AT_A_TIME {
            self.taken.write(&self.waiting);
            self.waiting.clear();
        }
    }

    /// A cell that holds no text: what it is, as [`Typed::told`](crate::engine::job::columns::kind::Typed::told) tells it, is never taken for a text that reads so.
    pub fn typed(&mut self, row: u64, column: u32, kind: Kind, told: &str) {
        let mark = match kind {
            Kind::Text => 0,
            Kind::Number | Kind::Decimal => 1,
            Kind::Date | Kind::Moment => 2,
            Kind::Truth => 3,
        };
        self.cell(row, column | mark << ABOVE_COLUMNS, told);
    }

    /// 32 hexadecimal digits.
    #[must_use]
    pub fn finish(&self) -> String {
        let mut taken = self.taken.clone();
        taken.write(&self.waiting);
        format!("{:032x}", taken.finish_128())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(cells: &[(u64, u32, &str)]) -> String {
        let mut digest = Digest::default();
        for (row, column, text) in cells {
            digest.cell(*row, *column, text);
        }
        digest.finish()
    }

    #[test]
    fn digest_tells_places_and_texts_apart() {
        let whole = of(&[(1, 0, "a"), (1, 1, "b"), (2, 0, "c")]);
        assert_eq!(whole, of(&[(1, 0, "a"), (1, 1, "b"), (2, 0, "c")]));
        for other in [
            of(&[(1, 0, "b"), (1, 1, "a"), (2, 0, "c")]),
            of(&[(1, 0, "ab"), (2, 0, "c")]),
            of(&[(1, 0, "a"), (2, 0, "b"), (2, 0, "c")]),
            of(&[(1, 0, "a"), (1, 1, "b")]),
        ] {
            assert_ne!(whole, other);
        }
    }

    #[test]
    fn digest_tells_kinds_apart() {
        let kind_of = |kind| {
            let mut digest = Digest::default();
            digest.typed(1, 0, kind, "1");
            digest.finish()
        };
        let kinds = [Kind::Text, Kind::Number, Kind::Date, Kind::Truth];
        for (at, kind) in kinds.into_iter().enumerate() {
            assert!(kinds[..at].iter().all(|other| kind_of(*other) != kind_of(kind)), "{kind:?}");
        }
        assert_eq!(kind_of(Kind::Text), of(&[(1, 0, "1")]));
        assert_eq!(kind_of(Kind::Number), kind_of(Kind::Decimal));
        assert_eq!(kind_of(Kind::Date), kind_of(Kind::Moment));
    }
}
