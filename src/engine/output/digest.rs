//! A digest over all cells of a file, by which what was written is compared with what is read back.

use twox_hash::XxHash3_128;

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
}
