//! A source file of a merge, from being listed to being told: its rows wait here until it is their turn.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard};
use std::time::Duration;

use super::super::commit::in_flight::InFlight;
use super::batch::Batch;
use super::needs::Needs;
use super::read::Reading;
use crate::engine::notes::Notes;
use crate::engine::run::event::FileId;

/// Rows of a file are kept back until there are so many bytes of them, or all: a file that fails before leaves nothing
/// that would have to be taken out again.
const KEPT_BACK: usize = 4 << 20;

/// One source file.
pub struct Member<'a> {
    /// Its place in the list.
    pub file: FileId,
    /// Itself, until it is told what became of it.
    held: RwLock<Option<InFlight<'a>>>,
    slot: Mutex<Slot>,
}

/// How far it is.
#[derive(Default)]
pub struct Slot {
    pub needs: Option<Needs>,
    /// A worker has begun to read it.
    pub is_begun: bool,
    /// Rows that wait for their turn, and their bytes.
    batches: VecDeque<Batch>,
    bytes: usize,
    is_released: bool,
    /// All of it is read.
    pub read: Option<Box<Ended>>,
    /// Rows that the merged file has taken, what was noted of them, and the part in which the first stands.
    pub rows: u64,
    pub notes: Notes,
    pub part: Option<usize>,
}

/// What is known of a file that was read to its end.
pub struct Ended {
    pub reading: Reading,
    pub took: Duration,
}

impl<'a> Member<'a> {
    /// A file in nobody's hands.
    #[must_use]
    pub fn new(held: InFlight<'a>) -> Self {
        Self { file: held.file, held: RwLock::new(Some(held)), slot: Mutex::default() }
    }

    /// Itself; `None` once it is told what became of it.
    pub fn held(&self) -> RwLockReadGuard<'_, Option<InFlight<'a>>> {
        self.held.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes it out of the merge: whoever has it tells what became of it.
    pub fn let_go(&self) -> Option<InFlight<'a>> {
        self.held.write().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// How far it is.
    pub fn slot(&self) -> MutexGuard<'_, Slot> {
        self.slot.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Slot {
    /// More rows wait.
    pub fn push(&mut self, batch: Batch) {
        self.bytes += batch.size();
        self.batches.push_back(batch);
        self.is_released |= self.bytes >= KEPT_BACK;
    }

    /// The next rows whose turn it is, if they may go on.
    pub fn next(&mut self) -> Option<Batch> {
        let batch = if self.is_released || self.read.is_some() { self.batches.pop_front() } else { None };
        self.bytes -= batch.as_ref().map_or(0, Batch::size);
        batch
    }

    /// There are such rows, or there will be no more.
    #[must_use]
    pub fn has_next(&self) -> bool {
        self.read.is_some() || (self.is_released && !self.batches.is_empty())
    }

    /// Rows have gone on, or may: they cannot be taken back.
    #[must_use]
    pub fn has_gone_on(&self) -> bool {
        self.is_released
    }

    /// As though nobody had begun it; gives the bytes that waited.
    pub fn forget(&mut self) -> usize {
        let bytes = self.bytes;
        *self = Self { needs: self.needs.take(), ..Self::default() };
        bytes
    }
}
