//! Numbers that look like chance and are the same everywhere: whole numbers only, as the last bits of
//! logarithms differ from one machine to the next.

/// A generator of numbers (splitmix64).
#[derive(Debug)]
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0, below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (((self.next() >> 32) * end as u64) >> 32) as usize
    }

    /// True `of_1000` times in a thousand.
    pub fn happens(&mut self, of_1000: usize) -> bool {
        self.below(1000) < of_1000
    }

    /// Below `end`, the smaller the likelier, as words are in a language (Zipf): each doubling is as
    /// likely as the next.
    pub fn zipf(&mut self, end: usize) -> usize {
        let doublings = end.ilog2() as usize + 1;
        loop {
            let half = 1 << self.below(doublings);
            let value = half + self.below(half) - 1;
            if value < end {
                return value;
            }
        }
    }

    /// A length: half of them below `median`, and 68 % within `spread`/256 doublings of it.
    pub fn length(&mut self, median: usize, spread: i64) -> usize {
        // twelve dice give very nearly a bell of width 1 around 6, in units of 65,536
        let dice: i64 = (0..12).map(|_| i64::from((self.next() >> 48) as u16)).sum();
        let doublings = (dice - 6 * 65_536) * spread / 256;
        let (whole, part) = (doublings.div_euclid(65_536), doublings.rem_euclid(65_536) as usize);
        let scaled = median * (65_536 + part);
        (if whole < 0 { scaled >> -whole } else { scaled << whole.min(20) }) >> 16
    }

    pub fn pick<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }
}
