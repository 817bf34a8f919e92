//! Parts of a worksheet's rows on their way through the compressor: made by whichever worker has
//! nothing better to do, put together in order.

use std::collections::VecDeque;
use std::io::{self, Write};
use std::sync::mpsc::{Receiver, TryRecvError, sync_channel};

use tempfile::SpooledTempFile;

use super::Part;
use crate::engine::job::choices::Compression;
use crate::engine::output::Helpers;

/// The rows of one worksheet being compressed.
pub struct Parts<'a> {
    packed: Packed,
    compression: Compression,
    helpers: &'a dyn Helpers,
    /// In order; at most three a worker, so that memory stays bounded and none runs out of work.
    waiting: VecDeque<Receiver<(Option<Part>, Vec<u8>)>>,
    /// Rooms of rows that are compressed.
    spare: Vec<Vec<u8>>,
    /// Bytes of all parts up to each: as they were added, and compressed.
    added: Vec<u64>,
    compressed: Vec<u64>,
}

/// So much is left of rows, as long as nothing says more.
const PACKED: f64 = 0.4;

/// Compressed rows.
pub struct Packed {
    pub spool: SpooledTempFile,
    pub length: u64,
    pub size: u64,
    pub crc: crc32fast::Hasher,
}

impl<'a> Parts<'a> {
    /// Compressed rows go into `spool`.
    pub fn new(spool: SpooledTempFile, compression: Compression, helpers: &'a dyn Helpers) -> Self {
        let packed = Packed { spool, length: 0, size: 0, crc: crc32fast::Hasher::new() };
        Self {
            packed,
            compression,
            helpers,
            waiting: VecDeque::new(),
            spare: Vec::new(),
            added: Vec::new(),
            compressed: Vec::new(),
        }
    }

    /// Takes the next rows. Idle workers of the run compress them; where there are none, this one does
    /// before it takes more.
    ///
    /// # Errors
    /// When temporary data cannot be written.
    pub fn add(&mut self, xml: Vec<u8>) -> io::Result<()> {
        self.added.push(self.added.last().unwrap_or(&0) + xml.len() as u64);
        let (done, part) = sync_channel(1);
        let compression = self.compression;
        self.waiting.push_back(part);
        self.helpers.give(Box::new(move || {
            let part = Part::inner(&xml, compression);
            let _ = done.send((part, xml)); // nobody waits when the run is stopped
        }));
        let most = 3 * self.helpers.workers();
        while self.waiting.len() > most {
            self.take_first()?;
        }
        Ok(())
    }

    /// Nothing was added yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.added.is_empty()
    }

    /// An empty room for further rows, that of earlier ones where there is one.
    pub fn room(&mut self) -> Vec<u8> {
        let mut room = self.spare.pop().unwrap_or_default();
        room.clear();
        room
    }

    /// About how many bytes all rows come to, with so many more bytes of them. The first half of the parts says what is
    /// left of the others, so that the answer is the same however far the workers are.
    ///
    /// # Errors
    /// When temporary data cannot be written.
    pub fn estimate(&mut self, more: usize) -> io::Result<u64> {
        let all = (self.added.last().unwrap_or(&0) + more as u64) as f64;
        let Some(looked) = self.added.len().div_ceil(2).checked_sub(1).map(|half| (half + 1).ilog2()) else {
            return Ok((all * PACKED) as u64);
        };
        let looked = (1_usize << looked) - 1;
        while self.compressed.len() <= looked {
            self.take_first()?;
        }
        Ok((all * self.compressed[looked] as f64 / self.added[looked] as f64) as u64)
    }

    /// All rows, compressed.
    ///
    /// # Errors
    /// When temporary data cannot be written.
    pub fn finish(mut self) -> io::Result<Packed> {
        while !self.waiting.is_empty() {
            self.take_first()?;
        }
        Ok(self.packed)
    }

    /// Waits for the first part; meanwhile this worker compresses as well, and only when nothing is left to do
    /// is the part in another's hands.
    fn take_first(&mut self) -> io::Result<()> {
        let Some(first) = self.waiting.pop_front() else { return Ok(()) };
        let done = loop {
            match first.try_recv() {
                Ok(done) => break Some(done),
                Err(TryRecvError::Empty) if self.helpers.help_once() => {}
                Err(TryRecvError::Empty) => break first.recv().ok(),
                Err(TryRecvError::Disconnected) => break None,
            }
        };
        let failed = || io::Error::other("the compressor failed");
        let (part, room) = done.ok_or_else(failed)?;
        let part = part.ok_or_else(failed)?;
        self.spare.push(room);
        self.packed.spool.write_all(&part.stream)?;
        self.packed.size += part.stream.len() as u64;
        self.compressed.push(self.packed.size);
        self.packed.length += part.length;
        self.packed.crc.combine(&part.crc);
        Ok(())
    }
}
