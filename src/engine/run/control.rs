//! All that flows down into a run: pause, resume and stop, how many workers, and what is to become of
//! files that wait.
//!
//! Workers call [`Control::checkpoint`] at least every few milliseconds of work; it waits while the
//! run is paused and fails once it is stopped, so both act well within a tenth of a second. A change
//! of a file is answered at once: `false` where it came too late, and nothing has happened.

use std::cell::RefCell;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use super::event::Outcome;
use super::queue::{Fate, Next, Queue};
use crate::engine::input::source_file::SourceFile;
use crate::engine::job::Workers;

const RUNNING: u8 = 0;
const PAUSED: u8 = 1;
const STOPPED: u8 = 2;

thread_local! {
    /// The run whose files this thread is working through.
    static AT_WORK: RefCell<Option<Control>> = const { RefCell::new(None) };
}

/// The run was told to stop; whoever sees this unwinds and leaves nothing behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stopped;

/// A handle on a run; clones steer the same run.
#[derive(Debug, Clone, Default)]
pub struct Control {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    state: AtomicU8,
    /// How many workers may be at work; 0 before the run begins: as its job says.
    workers: AtomicUsize,
    queue: Mutex<Queue>,
    /// The state, or what is in the queue.
    changed: Condvar,
    /// The number of workers, or the run's end: what resting workers wait for.
    rested: Condvar,
}

impl Control {
    /// Lets workers wait at their next checkpoint. Does nothing to a stopped run.
    pub fn pause(&self) {
        let _ = self.shared.state.compare_exchange(RUNNING, PAUSED, Ordering::SeqCst, Ordering::SeqCst);
    }

    /// Lets paused workers go on.
    pub fn resume(&self) {
        self.change(|shared, _| {
            let _ = shared.state.compare_exchange(PAUSED, RUNNING, Ordering::SeqCst, Ordering::SeqCst);
        });
    }

    /// Ends the run at the next checkpoint of each worker, paused or not. Final.
    pub fn stop(&self) {
        self.change_for_all(|shared, _| shared.state.store(STOPPED, Ordering::SeqCst));
    }

    #[must_use]
    pub fn is_paused(&self) -> bool {
        self.shared.state.load(Ordering::Relaxed) == PAUSED
    }

    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.shared.state.load(Ordering::Relaxed) == STOPPED
    }

    /// Waits while paused.
    ///
    /// # Errors
    /// [`Stopped`] once the run is stopped.
    pub fn checkpoint(&self) -> Result<(), Stopped> {
        match self.shared.state.load(Ordering::Relaxed) {
            RUNNING => Ok(()),
            STOPPED => Err(Stopped),
            _ => self.wait(),
        }
    }

    fn wait(&self) -> Result<(), Stopped> {
        let queue = self.queue();
        let paused = |_: &mut Queue| self.is_paused();
        drop(self.shared.changed.wait_while(queue, paused).unwrap_or_else(PoisonError::into_inner));
        if self.is_stopped() { Err(Stopped) } else { Ok(()) }
    }

    /// So many workers from now on: more begin at once, those too many finish the file in hand, then
    /// rest. Also before the run begins, in the place of what its job says.
    pub fn set_workers(&self, workers: Workers) {
        self.change_for_all(|shared, queue| {
            shared.workers.store(workers.get(), Ordering::SeqCst);
            queue.call();
        });
    }

    /// How many workers may be at work; 0 while neither the run has begun nor anybody said so.
    #[must_use]
    pub fn workers(&self) -> usize {
        self.shared.workers.load(Ordering::Relaxed)
    }

    /// Leaves out a file that waits. False when it waits no more.
    #[must_use]
    pub fn skip(&self, file: usize) -> bool {
        self.change(|_, queue| queue.skip(file))
    }

    /// Lets a file that was left out wait again; it is among the next. False when the run is over or
    /// stopped.
    #[must_use]
    pub fn unskip(&self, file: usize) -> bool {
        self.change(|_, queue| !self.is_stopped() && queue.unskip(file))
    }

    /// Lets a file that failed or was not recognised wait again; it is among the next. False when it
    /// did neither, or the run is over or stopped.
    #[must_use]
    pub fn retry(&self, file: usize) -> bool {
        self.change(|_, queue| !self.is_stopped() && queue.retry(file))
    }

    /// Lists these folders and files as well, behind what is listed already, and converts what they
    /// hold: see [`Job::added`](crate::engine::job::Job::added) for their names. What cannot be read is passed over.
    /// False when the run is over or stopped.
    #[must_use]
    pub fn add(&self, inputs: Vec<PathBuf>) -> bool {
        self.change(|_, queue| !self.is_stopped() && queue.add_inputs(inputs))
    }

    /// Everything that was added since the run began.
    pub(super) fn added(&self) -> Vec<PathBuf> {
        self.queue().added().to_vec()
    }

    /// The run begins; until its list is complete, workers wait for it.
    pub(super) fn begin(&self, workers: Workers) {
        let shared = &self.shared;
        let _ = shared.workers.compare_exchange(0, workers.get(), Ordering::SeqCst, Ordering::SeqCst);
    }

    /// More source files, in list order.
    pub(super) fn found(&self, files: Vec<SourceFile>) {
        self.change(|_, queue| queue.found(files));
    }

    /// The list is complete for now.
    pub(super) fn listed(&self) {
        self.change(|_, queue| queue.listed());
    }

    /// The next file for the worker, and its place in the list. Waits while the worker has to rest, and
    /// while the scan may find one; `None` when there is nothing (more) to take.
    pub(super) fn take(&self, worker: usize) -> Option<(usize, SourceFile)> {
        let mut queue = self.queue();
        loop {
            if self.is_stopped() || queue.is_over() {
                return None;
            }
            if worker >= self.workers() {
                queue = self.shared.rested.wait(queue).unwrap_or_else(PoisonError::into_inner);
                continue;
            }
            if let Some(next) = queue.take() {
                return Some(next);
            }
            if !queue.is_listing() {
                return None; // idle workers help those that are at work
            }
            queue = self.shared.changed.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// A worker is done with a file: what became of it, `None` when the worker broke down.
    pub(super) fn done(&self, file: usize, source: SourceFile, outcome: Option<&Outcome>) {
        let fate = match outcome {
            Some(Outcome::Failed(_)) => Fate::Failed,
            Some(Outcome::NotRecognised(_)) => Fate::NotRecognised,
            _ => Fate::Ended,
        };
        let mut queue = self.queue();
        queue.done(file, source, fate);
        if queue.is_idle() && (queue.is_done() || self.is_stopped()) {
            self.shared.changed.notify_all();
        }
    }

    /// Waits for something that the run's own thread has to do.
    pub(super) fn next(&self) -> Next {
        let mut queue = self.queue();
        loop {
            if let Some(next) = queue.next(self.is_stopped()) {
                if next == Next::End {
                    self.shared.rested.notify_all();
                    self.shared.changed.notify_all();
                }
                return next;
            }
            queue = self.shared.changed.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// The run could not begin, or has ended: nobody waits for it.
    pub(super) fn give_up(&self) {
        self.change_for_all(|_, queue| queue.end());
    }

    /// After the run: `(failed, not recognised, left out)`, the last ones by their places in the list.
    pub(super) fn ended(&self) -> (usize, usize, Vec<usize>) {
        self.queue().ended()
    }

    /// Marks this thread as one that works through the run's files, until what it gives is dropped.
    /// `None` when it does already, further up: a worker that waits for others may come upon its own call.
    pub(super) fn enter(&self) -> Option<AtWork> {
        AT_WORK.with_borrow_mut(|at_work| {
            let is_free = at_work.is_none();
            at_work.get_or_insert_with(|| self.clone());
            is_free.then(|| AtWork) // made only then: what is dropped here would end the mark
        })
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.shared.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes something under the lock, so that nobody who waits misses it. Those who rest go on resting.
    fn change<T>(&self, act: impl FnOnce(&Shared, &mut Queue) -> T) -> T {
        let mut queue = self.queue();
        let result = act(&self.shared, &mut queue);
        self.shared.changed.notify_all();
        result
    }

    /// As [`Control::change`], for what those hear as well who rest.
    fn change_for_all(&self, act: impl FnOnce(&Shared, &mut Queue)) {
        self.change(|shared, queue| {
            act(shared, queue);
            shared.rested.notify_all();
        });
    }
}

/// See [`Control::enter`].
pub(super) struct AtWork;

impl Drop for AtWork {
    fn drop(&mut self) {
        AT_WORK.set(None);
    }
}

/// How many workers share the work of this thread's run: what may be shared out is bounded by it.
/// 1 on a thread that belongs to none.
#[must_use]
pub fn at_work() -> usize {
    AT_WORK.with_borrow(|control| control.as_ref().map_or(1, Control::workers))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A worker that waits for a part came upon its own call: that took the mark away, or the run down.
    #[test]
    fn a_thread_works_for_one_run_until_it_is_done() {
        let control = Control::default();
        control.set_workers(Workers::new(2).expect("two"));
        assert_eq!(at_work(), 1);
        let mark = control.enter();
        assert!(mark.is_some());
        assert!(control.enter().is_none());
        assert_eq!(at_work(), 2);
        drop(mark);
        assert_eq!(at_work(), 1);
    }
}
