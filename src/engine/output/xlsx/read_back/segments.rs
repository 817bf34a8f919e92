//! A large part of a workbook, unpacked in segments by whoever is free: its rows were compressed a stretch at a time, and
//! each stretch ends with a mark (an empty stored block, RFC 1951, 3.2.4) behind which nothing refers to what stands
//! before it. Where the bytes of a mark are there by chance, what is cut there cannot be unpacked by itself, and is
//! with what follows. The checksum over all is the part's own, so that no cut can go unseen.

use std::collections::VecDeque;
use std::io::{self, Read};
use std::sync::mpsc::{Receiver, TryRecvError, sync_channel};

use libdeflater::{DecompressionError, Decompressor};
use memchr::memmem;

use crate::engine::output::Helpers;

/// What a stretch ends with.
const MARK: &[u8] = &[0, 0, 0xff, 0xff];
/// An empty last block, which makes a stream of a stretch.
const END: &[u8] = &[1, 0, 0, 0xff, 0xff];
/// Packed bytes are cut at the first mark behind so many.
const LEAST: usize = 256 << 10;
/// A stretch is no longer: a row, which may be a record's longest text, behind as much as is compressed at a time.
const LONGEST: usize = 96 << 20;
/// Packed bytes read at a time.
const ROOM: usize = 128 << 10;
/// Stretches that are in work at most, a worker.
const IN_WORK: usize = 2;

/// A stretch on its way: as it was packed, or as it is.
type Unpacked = Result<Vec<u8>, Vec<u8>>;

/// The unpacked bytes of a part.
pub struct Segments<'a, R> {
    packed: R,
    helpers: &'a dyn Helpers,
    /// Packed bytes of the stretch at hand; how many have been looked through for its end.
    begun: Vec<u8>,
    seen: usize,
    is_read: bool,
    waiting: VecDeque<Receiver<Unpacked>>,
    /// The bytes at hand, and how many of them are given.
    at_hand: Vec<u8>,
    given: usize,
    /// Rooms of bytes that are given.
    spare: Vec<Vec<u8>>,
    crc: crc32fast::Hasher,
    length: u64,
    /// What the archive says of the part: checksum and length.
    told: (u32, u64),
}

impl<'a, R: Read> Segments<'a, R> {
    /// Of this part's packed bytes, which unpacked have such a checksum and length.
    pub fn new(packed: R, told: (u32, u64), helpers: &'a dyn Helpers) -> Self {
        Self {
            packed,
            helpers,
            begun: Vec::new(),
            seen: 0,
            is_read: false,
            waiting: VecDeque::new(),
            at_hand: Vec::new(),
            given: 0,
            spare: Vec::new(),
            crc: crc32fast::Hasher::new(),
            length: 0,
            told,
        }
    }

    /// The packed bytes up to the next mark, or to the end; `None` where there are no more.
    fn next_stretch(&mut self) -> io::Result<Option<Vec<u8>>> {
        while !self.is_read {
            let from = self.seen.max(LEAST).min(self.begun.len());
            if let Some(at) = memmem::find(&self.begun[from..], MARK) {
                let rest = self.begun.split_off(from + at + MARK.len());
                self.seen = 0;
                return Ok(Some(std::mem::replace(&mut self.begun, rest)));
            }
            self.seen = self.begun.len().saturating_sub(MARK.len() - 1);
            let before = self.begun.len();
            let read = (&mut self.packed).take(ROOM as u64).read_to_end(&mut self.begun)?;
            self.is_read = read == 0;
            if before > LONGEST {
                return Err(io::Error::other("a part packed in another way"));
            }
        }
        Ok(Some(std::mem::take(&mut self.begun)).filter(|last| !last.is_empty()))
    }

    /// Gives stretches to whoever is free, as many as may be in work.
    fn give(&mut self) -> io::Result<()> {
        while self.waiting.len() < IN_WORK * self.helpers.workers().max(1) {
            let Some(stretch) = self.next_stretch()? else { return Ok(()) };
            let room = self.spare.pop().unwrap_or_default();
            let (done, unpacked) = sync_channel(1);
            self.waiting.push_back(unpacked);
            self.helpers.give(Box::new(move || {
                let _ = done.send(unpack(stretch, room));
            }));
        }
        Ok(())
    }

    /// The next unpacked bytes; false at the end.
    fn next(&mut self) -> io::Result<bool> {
        self.give()?;
        let Some(first) = self.waiting.pop_front() else { return Ok(false) };
        let unpacked = match wait(&first, self.helpers)? {
            Ok(unpacked) => unpacked,
            Err(stretch) => self.with_next(stretch)?,
        };
        self.crc.update(&unpacked);
        self.length += unpacked.len() as u64;
        let before = std::mem::replace(&mut self.at_hand, unpacked);
        self.spare.push(before);
        self.given = 0;
        Ok(true)
    }

    /// It was cut at no mark: it is unpacked with what follows, which can't be by itself either.
    fn with_next(&mut self, mut stretch: Vec<u8>) -> io::Result<Vec<u8>> {
        let broken = || io::Error::other("a part that cannot be unpacked");
        while stretch.len() < LONGEST {
            self.give()?;
            let next = self.waiting.pop_front().ok_or_else(broken)?;
            let Err(more) = wait(&next, self.helpers)? else { break };
            stretch.extend_from_slice(&more);
            match unpack(stretch, Vec::new()) {
                Ok(unpacked) => return Ok(unpacked),
                Err(still) => stretch = still,
            }
        }
        Err(broken())
    }
}

/// Waits for a stretch; meanwhile this worker does others' tasks, its own among them.
fn wait(first: &Receiver<Unpacked>, helpers: &dyn Helpers) -> io::Result<Unpacked> {
    let broken = || io::Error::other("a part was not unpacked");
    loop {
        match first.try_recv() {
            Ok(unpacked) => return Ok(unpacked),
            Err(TryRecvError::Empty) if helpers.help_once() => {}
            Err(TryRecvError::Empty) => return first.recv().map_err(|_| broken()),
            Err(TryRecvError::Disconnected) => return Err(broken()),
        }
    }
}

/// Unpacks a stretch into a room that is used again; gives it back where it cannot be.
fn unpack(mut stretch: Vec<u8>, room: Vec<u8>) -> Unpacked {
    let length = stretch.len();
    stretch.extend_from_slice(END); // behind the part's own last block nobody reads it
    let mut unpacked = room;
    let likely = (length * 5).max(64 << 10);
    unpacked.resize(unpacked.capacity().max(likely), 0);
    let mut decompressor = Decompressor::new();
    loop {
        match decompressor.deflate_decompress(&stretch, &mut unpacked) {
            Ok(filled) => {
                unpacked.truncate(filled);
                return Ok(unpacked);
            }
            Err(DecompressionError::InsufficientSpace) if unpacked.len() < LONGEST => {
                let more = unpacked.len() * 2;
                unpacked = vec![0; more];
            }
            Err(_) => {
                stretch.truncate(length);
                return Err(stretch);
            }
        }
    }
}

impl<R: Read> Read for Segments<'_, R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        while self.given == self.at_hand.len() {
            if !self.next()? {
                return if (self.crc.clone().finalize(), self.length) == self.told {
                    Ok(0)
                } else {
                    Err(io::Error::other("a part with a wrong checksum"))
                };
            }
        }
        let length = bytes.len().min(self.at_hand.len() - self.given);
        bytes[..length].copy_from_slice(&self.at_hand[self.given..self.given + length]);
        self.given += length;
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::engine::job::choices::Compression;
    use crate::engine::output::Alone;
    use crate::engine::output::xlsx::deflate::Part;

    fn unpacked(packed: &[u8], told: (u32, u64)) -> io::Result<Vec<u8>> {
        let mut all = Vec::new();
        Segments::new(packed, told, &Alone).read_to_end(&mut all).map(|_| all)
    }

    fn packed(stretches: &[Vec<u8>]) -> Vec<u8> {
        let (last, inner) = stretches.split_last().expect("one");
        let inner = inner.iter().flat_map(|data| Part::inner(data, Compression::Fast).expect("packed").stream);
        inner.chain(Part::last(last, Compression::Fast).expect("packed").stream).collect()
    }

    /// Bytes that hardly pack, so that stretches are long, with marks among them.
    fn noise(seed: u32, length: usize) -> Vec<u8> {
        let mut state = seed;
        let mut next = move || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        (0..length).map(|_| next()).collect()
    }

    #[test]
    fn stretches_are_put_together_and_any_change_is_seen() {
        let stretches: Vec<Vec<u8>> = (0..5).map(|seed| noise(seed, 400_000)).collect();
        let all = stretches.concat();
        let told = (crc32fast::hash(&all), all.len() as u64);
        let packed = packed(&stretches);
        assert!(unpacked(&packed, told).expect("unpacked") == all);
        assert!(unpacked(&packed, (told.0 ^ 1, told.1)).is_err() && unpacked(&packed, (told.0, told.1 - 1)).is_err());
        assert!(unpacked(&packed[..packed.len() - 9], told).is_err());
        for at in [1000, 500_000, packed.len() - 1000] {
            let mut other = packed.clone();
            other[at] ^= 4;
            assert!(unpacked(&other, told).is_err(), "{at}");
        }
    }

    /// A stored block holds its bytes as they are: also those of a mark.
    #[test]
    fn mark_by_chance_is_no_end() {
        let mut data = noise(7, 300_000);
        data.extend_from_slice(MARK);
        data.extend(noise(8, 600_000));
        let told = (crc32fast::hash(&data), data.len() as u64);
        // stored blocks of 65,535 bytes each
        let mut packed = Vec::new();
        let blocks: Vec<&[u8]> = data.chunks(65_535).collect();
        for (at, block) in blocks.iter().enumerate() {
            packed.push(u8::from(at + 1 == blocks.len()));
            let length = block.len() as u16;
            packed.extend_from_slice(&length.to_le_bytes());
            packed.extend_from_slice(&(!length).to_le_bytes());
            packed.extend_from_slice(block);
        }
        assert!(unpacked(&packed, told).expect("unpacked") == data);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 32, ..ProptestConfig::default() })]

        #[test]
        fn any_bytes_are_refused_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..3000)) {
            let _ = unpacked(&bytes, (1, 2));
        }
    }
}
