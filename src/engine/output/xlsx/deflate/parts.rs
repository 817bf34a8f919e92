//! Parts of a worksheet's rows on their way through the compressor: made by whichever worker has
//! nothing better to do, put together in order.

use std::collections::VecDeque;
use std::io::{self, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError, sync_channel};
use std::time::Duration;

use tempfile::SpooledTempFile;

use super::Part;
use crate::engine::job::Compression;
use crate::engine::output::xlsx::writer::Packed;
use crate::engine::run::control::at_work;

/// Time after which a waiting worker looks for work again.
const A_WHILE: Duration = Duration::from_millis(1);

/// The rows of one worksheet being compressed.
pub struct Parts {
    packed: Packed,
    compression: Compression,
    /// In order; at most three a worker, so that memory stays bounded and none runs out of work.
    waiting: VecDeque<Receiver<Option<Part>>>,
}

impl Parts {
    pub fn new(spool: SpooledTempFile, compression: Compression) -> Self {
        let packed = Packed { spool, length: 0, size: 0, crc: crc32fast::Hasher::new() };
        Self { packed, compression, waiting: VecDeque::new() }
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
        if rayon::current_thread_index().is_some() {
            rayon::spawn_fifo(move || {
                let _ = done.send(Part::inner(&xml, compression)); // nobody waits when the run is stopped
            });
        } else {
            let _ = done.send(Part::inner(&xml, compression));
        }
        let most = 3 * at_work();
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

    /// Waits for the first part; meanwhile this worker compresses as well.
    fn take_first(&mut self) -> io::Result<()> {
        let Some(first) = self.waiting.pop_front() else { return Ok(()) };
        let part = loop {
            match first.try_recv() {
                Ok(part) => break part,
                Err(TryRecvError::Empty) if rayon::yield_now() == Some(rayon::Yield::Executed) => {}
                // others work on it
                Err(TryRecvError::Empty) => match first.recv_timeout(A_WHILE) {
                    Ok(part) => break part,
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => break None,
                },
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
