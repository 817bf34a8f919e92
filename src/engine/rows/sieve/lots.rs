//! Lots: a number for each record of a finished file, even over 64 bits, that nothing decides but a seed, the file's
//! name and the record's number, so that the same are drawn whatever the machine and the workers.

use std::path::Path;

use twox_hash::XxHash3_128;

/// Draws lots for the records of one file.
#[derive(Debug, Clone, Copy)]
pub struct Lots {
    key: u64,
}

impl Lots {
    /// Of the file with this name, below the input folder. Its parts are joined by `/` on every system.
    #[must_use]
    pub fn of(seed: u64, name: &Path) -> Self {
        let parts = name.components().map(|part| part.as_os_str().to_string_lossy());
        let name = parts.collect::<Vec<_>>().join("/");
        Self { key: XxHash3_128::oneshot_with_seed(seed, name.as_bytes()) as u64 }
    }

    /// The record's lot; `number` is its own among those that may be drawn, from 1.
    #[must_use]
    pub fn lot(self, number: u64) -> u64 {
        XxHash3_128::oneshot_with_seed(self.key, &number.to_le_bytes()) as u64
    }
}

/// A sample of so many out of all, by selection sampling (Knuth, The Art of Computer Programming, 3.4.2, algorithm S):
/// each set of so many is as likely, and nothing is kept in memory.
#[derive(Debug, Clone, Copy)]
pub struct Draw {
    /// To be drawn still, and to come still.
    wanted: u64,
    left: u64,
}

impl Draw {
    /// `wanted` out of `all`, or all where there are no more.
    #[must_use]
    pub fn new(wanted: u64, all: u64) -> Self {
        Self { wanted: wanted.min(all), left: all }
    }

    /// Whether the next record is drawn, by its lot.
    pub fn takes(&mut self, lot: u64) -> bool {
        let is_drawn = (u128::from(lot) * u128::from(self.left)) >> 64 < u128::from(self.wanted);
        self.left = self.left.saturating_sub(1);
        self.wanted -= u64::from(is_drawn);
        is_drawn
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(wanted: u64, all: u64, seed: u64) -> Vec<u64> {
        let (lots, mut draw) = (Lots::of(seed, Path::new("a/b")), Draw::new(wanted, all));
        (1..=all).filter(|number| draw.takes(lots.lot(*number))).collect()
    }

    #[test]
    fn draw_gives_as_many_as_are_wanted_whatever_the_seed() {
        for seed in 0..200 {
            assert_eq!(drawn(7, 100, seed).len(), 7);
        }
        assert_eq!(drawn(100, 100, 1).len(), 100);
        assert_eq!(drawn(200, 100, 1).len(), 100);
        assert!(drawn(5, 0, 1).is_empty());
        assert_eq!(drawn(7, 100, 3), drawn(7, 100, 3));
        assert_ne!(drawn(7, 100, 3), drawn(7, 100, 4));
    }

    /// Each of 20 records is drawn in about half of 4,000 draws of 10: five standard deviations are 158.
    #[test]
    fn draw_prefers_no_place() {
        let mut counts = [0_u32; 20];
        for seed in 0..4000 {
            for number in drawn(10, 20, seed) {
                counts[number as usize - 1] += 1;
            }
        }
        assert!(counts.iter().all(|count| count.abs_diff(2000) < 158), "{counts:?}");
    }

    #[test]
    fn lots_differ_by_file_and_by_seed() {
        let lot = |seed, name: &str| Lots::of(seed, Path::new(name)).lot(1);
        assert_ne!(lot(0, "a"), lot(0, "b"));
        assert_ne!(lot(0, "a"), lot(1, "a"));
    }
}
