//! One budget of memory for all that is unpacked at once, whatever the workers: what a compressed file asks for (its
//! dictionary, its window) is taken from it before it is used.
//!
//! A file of the run waits for room until another one is done. It holds no more than one share, and who holds one waits
//! for none, so that nobody waits in a circle. The ways through compressed archives have a part of their own: before a
//! further one is asked for, those that nobody is on are given up, so that it waits for others only while they are at a
//! member, and never for long. A look at the beginning of a file takes no share, for memory grows with what is read.

use std::io;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::engine::error::ArchiveFault;
use crate::engine::stop::{StopToken, Stopped};

/// The most that one file may ask for, in bytes; `xz -9` takes 65 MiB, `zstd --long=27` 128 MiB.
pub const MOST: u64 = 256 << 20;
/// For all files in work, and for all archives kept open: the largest of each at a time, four of `xz -9`.
const ALL: u64 = 320 << 20;
/// What every file may take without asking.
const SMALL: u64 = 1 << 20;
/// Time between two looks at whether the run was stopped.
const LOOK: Duration = Duration::from_millis(50);
/// A way through an archive that has no room by then is not there to be had.
const PATIENCE: Duration = if cfg!(test) { Duration::from_millis(200) } else { Duration::from_mins(10) };

static OF_THE_PROCESS: Budget = Budget::new();

#[derive(Debug)]
struct Budget {
    /// By files in work, by archives.
    used: Mutex<[u64; 2]>,
    given_back: Condvar,
}

impl Budget {
    const fn new() -> Self {
        Self { used: Mutex::new([0; 2]), given_back: Condvar::new() }
    }

    fn is_full_of_archives(&self) -> bool {
        lock(&self.used)[Asker::Archive as usize] + MOST > ALL
    }
}

/// Who asks for memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asker {
    /// A file of the run.
    File,
    /// An archive that stays open.
    Archive,
    /// A look at the beginning of a file.
    Look,
}

/// What one reader has of the budget; given back when the last one that shares it is dropped.
#[derive(Debug, Clone)]
pub struct Room(Arc<Share>);

#[derive(Debug)]
struct Share {
    budget: &'static Budget,
    asker: Asker,
    stop: StopToken,
    bytes: Mutex<u64>,
}

impl Room {
    /// None of it yet.
    pub fn new(asker: Asker, stop: &StopToken) -> Self {
        Self::of(&OF_THE_PROCESS, asker, stop)
    }

    fn of(budget: &'static Budget, asker: Asker, stop: &StopToken) -> Self {
        Self(Arc::new(Share { budget, asker, stop: stop.clone(), bytes: Mutex::default() }))
    }

    /// Has so many bytes from now on; waits for them where it has none.
    ///
    /// # Errors
    /// [`ArchiveFault::Memory`] when it is more than is given; a stop.
    pub fn need(&self, bytes: u64) -> io::Result<()> {
        let share = &*self.0;
        if bytes > MOST {
            return Err(ArchiveFault::needs_memory(bytes).into());
        }
        let mut has = lock(&share.bytes);
        let more = bytes.saturating_sub(*has);
        if more == 0 || bytes <= SMALL || share.asker == Asker::Look {
            return Ok(());
        }
        let part = share.asker as usize;
        let mut used = lock(&share.budget.used);
        let began = Instant::now();
        while used[part] + more > ALL && *has == 0 {
            if share.asker == Asker::Archive && began.elapsed() > PATIENCE {
                return Err(ArchiveFault::needs_memory(bytes).into());
            }
            if share.stop.is_stopped() {
                return Err(Stopped.into());
            }
            used = share.budget.given_back.wait_timeout(used, LOOK).unwrap_or_else(PoisonError::into_inner).0;
        }
        used[part] += more;
        *has += more;
        Ok(())
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let bytes = *lock(&self.bytes);
        if bytes > 0 {
            lock(&self.budget.used)[self.asker as usize] -= bytes;
            self.budget.given_back.notify_all();
        }
    }
}

/// No archive that asks for the most has room beside those that are open.
#[must_use]
pub fn is_full_of_archives() -> bool {
    OF_THE_PROCESS.is_full_of_archives()
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;

    use super::*;

    fn budget() -> &'static Budget {
        Box::leak(Box::new(Budget::new()))
    }

    /// Sixteen workers at sixteen files that take 192 MiB each: one at a time. Of 65 MiB each, four.
    #[test]
    fn files_together_never_have_more_than_the_budget() {
        for (asker, mebibytes, at_once) in [(Asker::File, 192, 1), (Asker::File, 65, 4), (Asker::Archive, 192, 1)] {
            let (now, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
            let (budget, stop) = (budget(), StopToken::default());
            thread::scope(|scope| {
                for _ in 0..16 {
                    scope.spawn(|| {
                        let room = Room::of(budget, asker, &stop);
                        room.need(mebibytes << 20).expect("room after all");
                        let with_me = now.fetch_add(1, Ordering::SeqCst) + 1;
                        most.fetch_max(with_me, Ordering::SeqCst);
                        room.need((mebibytes + 1) << 20).expect("who has some does not wait");
                        thread::sleep(Duration::from_millis(5));
                        now.fetch_sub(1, Ordering::SeqCst);
                    });
                }
            });
            assert!((1..=at_once).contains(&most.into_inner()), "{asker:?} {mebibytes}");
        }
    }

    #[test]
    fn more_than_is_given_is_named_and_a_stop_is_heard() {
        let (budget, stop) = (budget(), StopToken::default());
        let room = |asker| Room::of(budget, asker, &stop);
        let error = room(Asker::File).need(MOST + 1).expect_err("too much");
        assert_eq!(ArchiveFault::of(&error), Ok(ArchiveFault::Memory(257)));
        let held = room(Asker::Archive);
        held.need(MOST).expect("room");
        assert!(budget.is_full_of_archives());
        assert!(room(Asker::Archive).need(MOST).is_err(), "nobody would give it back");
        assert!(room(Asker::Look).need(MOST).is_ok());
        let file = room(Asker::File);
        file.need(MOST).expect("a part of its own");
        stop.stop();
        assert!(Stopped::is(&room(Asker::File).need(MOST).expect_err("stopped")));
    }
}
