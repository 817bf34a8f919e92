//! Where the last block of a deflate stream begins, and where the stream ends, in bits (RFC 1951).
//!
//! libdeflate compresses a buffer at a time and marks each result as the end of a stream. To join
//! results, the mark of all but the last has to go, and only going through the codes shows where it is.

/// Where the last block's header stands, and the end of its data, in bits from the beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastBlock {
    pub header: usize,
    pub end: usize,
}

/// Goes through a stream; `None` where it is none, or is cut off.
#[must_use]
pub fn last_block(stream: &[u8]) -> Option<LastBlock> {
    let mut bits = Bits { stream, at: 0 };
    let (mut literals, mut distances) = (Codes::default(), Codes::default());
    loop {
        let header = bits.at;
        let is_last = bits.take(1)? == 1;
        match bits.take(2)? {
            0 => {
                bits.at = bits.at.next_multiple_of(8);
                let length = bits.take(16)?;
                bits.at += 16 + 8 * length as usize;
            }
            1 => {
                let fixed: Vec<u8> = (0..288)
                    .map(|n| match n {
                        144..256 => 9,
                        256..280 => 7,
                        _ => 8,
                    })
                    .collect();
                literals.set(&fixed, literal_extra)?;
                literals.pass_several();
                distances.set(&[5; 30], distance_extra)?;
                bits.pass_symbols(&literals, &distances)?;
            }
            2 => {
                bits.read_codes(&mut literals, &mut distances)?;
                bits.pass_symbols(&literals, &distances)?;
            }
            _ => return None,
        }
        if bits.at > stream.len() * 8 {
            return None;
        }
        if is_last {
            return Some(LastBlock { header, end: bits.at });
        }
    }
}

/// What a symbol is followed by: so many bits that say more; then a distance, or the end of the block.
#[derive(Clone, Copy)]
enum Then {
    Next,
    Distance(u8),
    End,
}

fn literal_extra(symbol: usize) -> Then {
    const LENGTHS: [u8; 29] = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
    match symbol {
        0..256 => Then::Next,
        256 => Then::End,
        _ => Then::Distance(LENGTHS.get(symbol - 257).copied().unwrap_or(0)),
    }
}

fn distance_extra(symbol: usize) -> Then {
    Then::Distance((symbol as u8 / 2).saturating_sub(1))
}

const LONGEST: usize = 15;
/// Bits by which a code is looked up at once; longer codes are rare.
const WIDTH: usize = 11;
const MASK: u64 = (1 << WIDTH) - 1;
/// What the code in an entry is, other than one or several literals; the low bits are its length with what follows.
const LONG: u16 = 1 << 13;
const END: u16 = 1 << 14;
const MATCH: u16 = 1 << 15;
const LENGTH: u16 = (1 << 6) - 1;

/// A table by the next bits: how many bits the next symbols and what says more of them take, and what they are.
struct Codes {
    table: Box<[u16; 1 << WIDTH]>,
    /// Of the codes of each length how many there are, and their symbols in the order of codes.
    counts: [usize; LONGEST + 1],
    entries: Vec<u16>,
}

impl Default for Codes {
    fn default() -> Self {
        Self { table: Box::new([0; 1 << WIDTH]), counts: [0; LONGEST + 1], entries: Vec::new() }
    }
}

impl Codes {
    /// From the lengths of the codes of all symbols.
    fn set(&mut self, lengths: &[u8], then: fn(usize) -> Then) -> Option<()> {
        self.counts = [0; LONGEST + 1];
        for &length in lengths {
            self.counts[usize::from(length)] += 1;
        }
        self.counts[0] = 0;
        let (mut next, mut places, mut code) = ([0usize; LONGEST + 1], [0usize; LONGEST + 1], 0);
        for length in 1..=LONGEST {
            code = (code + self.counts[length - 1]) << 1;
            next[length] = code;
            places[length] = places[length - 1] + self.counts[length - 1];
        }
        self.table.fill(LONG);
        self.entries.clear();
        self.entries.resize(lengths.len(), 0);
        for (symbol, &length) in lengths.iter().enumerate().filter(|(_, length)| **length > 0) {
            let length = usize::from(length);
            let code = next[length];
            next[length] += 1;
            if code >= 1 << length {
                return None; // more codes than there can be
            }
            let entry = match then(symbol) {
                Then::Next => length as u16,
                Then::End => length as u16 | END,
                Then::Distance(extra) => (length as u16 + u16::from(extra)) | MATCH,
            };
            self.entries[places[length]] = entry;
            places[length] += 1;
            if length <= WIDTH {
                let reversed = code.reverse_bits() >> (usize::BITS as usize - length);
                for at in (reversed..1 << WIDTH).step_by(1 << length) {
                    self.table[at] = entry;
                }
            }
        }
        Some(())
    }

    /// Lets an entry pass as many literals as its bits hold.
    fn pass_several(&mut self) {
        // what stands behind fewer bits was looked at before: its entry passes several already
        for at in 0..1 << WIDTH {
            let first = self.table[at];
            if first & !LENGTH != 0 {
                continue;
            }
            let behind = self.table[at >> first];
            if behind & !LENGTH == 0 && usize::from(first + behind) <= WIDTH {
                self.table[at] = first + behind;
            }
        }
    }

    /// The entry of the next code.
    fn entry(&self, bits: u64) -> Option<u16> {
        let entry = self.table[(bits & MASK) as usize];
        if entry & LONG == 0 { Some(entry) } else { self.long(bits) }
    }

    /// The entry of a code that is longer than what is looked up at once (RFC 1951, 3.2.2).
    fn long(&self, bits: u64) -> Option<u16> {
        let (mut code, mut first, mut place) = (0, 0, 0);
        for length in 1..=LONGEST {
            code |= (bits >> (length - 1) & 1) as usize;
            let count = self.counts[length];
            if code < first + count {
                return self.entries.get(place + (code - first)).copied();
            }
            place += count;
            first = (first + count) << 1;
            code <<= 1;
        }
        None
    }
}

struct Bits<'a> {
    stream: &'a [u8],
    at: usize,
}

impl Bits<'_> {
    /// The next bits, at least 56 of them where there are as many, zeros behind the end.
    fn peek(&self) -> u64 {
        let from = self.at / 8;
        let rest = self.stream.get(from..).unwrap_or_default();
        let word = rest.first_chunk().map_or_else(
            || {
                let mut bytes = [0; 8];
                bytes[..rest.len()].copy_from_slice(rest);
                u64::from_le_bytes(bytes)
            },
            |bytes| u64::from_le_bytes(*bytes),
        );
        word >> (self.at % 8)
    }

    fn take(&mut self, count: u32) -> Option<u64> {
        let bits = self.peek() & ((1 << count) - 1);
        self.at += count as usize;
        (self.at <= self.stream.len() * 8).then_some(bits)
    }

    /// The codes of a dynamic block (RFC 1951, 3.2.7).
    fn read_codes(&mut self, literals: &mut Codes, distances: &mut Codes) -> Option<()> {
        const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
        let count = self.take(5)? as usize + 257;
        let all = count + self.take(5)? as usize + 1;
        let mut lengths_of_lengths = [0u8; 19];
        for &place in &ORDER[..self.take(4)? as usize + 4] {
            lengths_of_lengths[place] = self.take(3)? as u8;
        }
        let (codes, longest) = length_codes(&lengths_of_lengths)?;
        let mut lengths: Vec<u8> = Vec::with_capacity(all);
        while lengths.len() < all {
            let (symbol, length) = codes[(self.peek() & ((1 << longest) - 1)) as usize];
            if length == 0 {
                return None;
            }
            self.take(u32::from(length))?;
            let (value, times) = match symbol {
                16 => (*lengths.last()?, 3 + self.take(2)?),
                17 => (0, 3 + self.take(3)?),
                18 => (0, 11 + self.take(7)?),
                length => (length, 1),
            };
            lengths.resize(lengths.len() + times as usize, value);
        }
        if lengths.len() > all {
            return None;
        }
        literals.set(&lengths[..count], literal_extra)?;
        literals.pass_several();
        distances.set(&lengths[count..], distance_extra)
    }

    /// Goes on behind the end of the block. Whether a symbol is a literal or a match nobody can foresee, so that nothing
    /// branches on it: what a distance takes is looked up each time, and counts for a match alone.
    fn pass_symbols(&mut self, literals: &Codes, distances: &Codes) -> Option<()> {
        /// Of a word's 57 bits a symbol with what says more of it takes 20 at most, and 11 find its distance.
        const MOST_USED: u32 = 26;
        let end = self.stream.len() * 8;
        loop {
            if self.at > end {
                return None;
            }
            let (mut word, mut used) = (self.peek(), 0);
            while used <= MOST_USED {
                let entry = literals.table[(word & MASK) as usize];
                let length = u32::from(entry & LENGTH);
                let next = word >> length;
                let distance = distances.table[(next & MASK) as usize] & 0_u16.wrapping_sub(entry >> 15);
                if (entry | distance) & (LONG | END) != 0 {
                    self.at += used as usize;
                    if self.pass_one(literals, distances)? {
                        return Some(());
                    }
                    used = 0;
                    break;
                }
                let more = u32::from(distance & LENGTH);
                word = next >> more;
                used += length + more;
            }
            self.at += used as usize;
        }
    }

    /// Goes on behind one symbol, however long its code; true where it is the end of the block.
    fn pass_one(&mut self, literals: &Codes, distances: &Codes) -> Option<bool> {
        let entry = literals.entry(self.peek())?;
        self.at += usize::from(entry & LENGTH);
        if entry & MATCH != 0 {
            self.at += usize::from(distances.entry(self.peek())? & LENGTH);
        }
        Some(entry & END != 0)
    }
}

/// A table of the codes of code lengths: symbol and length by the next bits, as many as the longest has.
fn length_codes(lengths: &[u8; 19]) -> Option<(Vec<(u8, u8)>, u32)> {
    let longest = usize::from(*lengths.iter().max()?).max(1);
    let mut table = vec![(0, 0); 1 << longest];
    let mut code = 0usize;
    for length in 1..=longest {
        for symbol in (0..19).filter(|&symbol| usize::from(lengths[symbol]) == length) {
            if code >= 1 << length {
                return None; // more codes than there can be
            }
            let reversed = code.reverse_bits() >> (usize::BITS as usize - length);
            for at in (reversed..1 << longest).step_by(1 << length) {
                table[at] = (symbol as u8, length as u8);
            }
            code += 1;
        }
        code <<= 1;
    }
    Some((table, longest as u32))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use proptest::prelude::*;

    use super::*;

    fn deflated(data: &[u8], level: u32) -> Vec<u8> {
        let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::new(level));
        encoder.write_all(data).expect("compressed");
        encoder.finish().expect("compressed")
    }

    #[test]
    fn empty_stream_is_one_fixed_block() {
        // 1 (last), 01 (fixed codes), 0000000 (end of block), by hand
        assert_eq!(last_block(&[0b011, 0]), Some(LastBlock { header: 0, end: 10 }));
        // stored: last, 00, to the byte, length 1, its complement, one byte
        assert_eq!(last_block(&[1, 1, 0, 0xfe, 0xff, 7]), Some(LastBlock { header: 0, end: 48 }));
        assert_eq!((last_block(&[]), last_block(&[0b111]), last_block(&[1, 9, 0, 0xf6, 0xff])), (None, None, None));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// The end is where the stream ends, whatever made it and of whatever blocks it is.
        #[test]
        fn end_of_any_stream_is_found(parts in proptest::collection::vec((any::<u8>(), 0usize..30_000, 1usize..60), 0..6), level in 0u32..10) {
            let mut data = Vec::new();
            for (seed, length, alphabet) in parts {
                let mut state = u32::from(seed) + 1;
                data.extend(std::iter::repeat_with(|| {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    ((state >> 16) as usize % alphabet) as u8
                }).take(length));
            }
            let stream = deflated(&data, level);
            let found = last_block(&stream).expect("a stream");
            prop_assert_eq!(found.end.div_ceil(8), stream.len());
            prop_assert_eq!(stream[found.header / 8] >> (found.header % 8) & 1, 1);
        }

        #[test]
        fn last_block_takes_any_bytes_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = last_block(&bytes);
        }
    }
}
