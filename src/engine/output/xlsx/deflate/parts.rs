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
    waiting: VecDeque<Receiver<Option<Part>>>,
}

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
        Self { packed, compression, helpers, waiting: VecDeque::new() }
    }

    /// Takes the next rows. Idle workers of the run compress them; where there are none, this one does
    /// before it takes more.
    ///
    /// # Errors
    /// When temporary data cannot be written.
    pub fn add(&mut self, xml: Vec<u8>) -> io::Result<()> {
        let (done, part) = sync_channel(1);
        let compression = self.compression;
        self.waiting.push_back(part);
        self.helpers.give(Box::new(move || {
            let _ = done.send(Part::inner(&xml, compression)); // nobody waits when the run is stopped
        }));
        let most = 3 * self.helpers.workers();
        while self.waiting.len() > most {
            self.take_first()?;
        }
        Ok(())
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
        let part = loop {
            match first.try_recv() {
                Ok(part) => break part,
                Err(TryRecvError::Empty) if self.helpers.help_once() => {}
                Err(TryRecvError::Empty) => break first.recv().ok().flatten(),
                Err(TryRecvError::Disconnected) => break None,
            }
        };
        let part = part.ok_or_else(|| io::Error::other("the compressor failed"))?;
        self.packed.spool.write_all(&part.stream)?;
        self.packed.size += part.stream.len() as u64;
        self.packed.length += part.length;
        self.packed.crc.combine(&part.crc);
        Ok(())
    }
}
