//! All that flows down into a run: pause, resume and stop, how many workers, and what is to become of
//! files that wait.
//!
//! Workers look at the run's [`StopToken`] at least every few milliseconds of work, so that pause and stop act
//! well within a tenth of a second. A change of a file is answered at once: `false` where it came too late, and
//! nothing has happened.

pub mod queue;
pub mod step;

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::event::{FileId, Outcome, WorkerId};
use crate::engine::input::source_file::SourceFile;
use crate::engine::job::Workers;
use crate::engine::output::{Helpers, Task};
use crate::engine::stop::{StopToken, Stopped};
use queue::{Next, Queue, RetryState};
use step::Step;

/// Who waits looks again after this time.
const LONGEST_WAIT: Duration = Duration::from_millis(100);

/// What a worker does next.
pub(in crate::engine::run) enum Work {
    /// A file and its place in the list.
    File(FileId, SourceFile),
    /// A step in merging.
    Step(Step),
    Task(Task),
}

/// A handle on a run; clones steer the same run.
#[derive(Debug, Clone, Default)]
pub struct Control {
    stop: StopToken,
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    /// How many workers may be at work; 0 before the run begins: as its job says.
    workers: AtomicUsize,
    queue: Mutex<Queue>,
    /// Stopped, or what is in the queue.
    changed: Condvar,
    /// The number of workers, or the run's end: what resting workers wait for.
    rested: Condvar,
}

impl Control {
    /// What the work of this run looks at.
    #[must_use]
    pub fn token(&self) -> &StopToken {
        &self.stop
    }

    /// Lets workers wait at their next checkpoint. Does nothing to a stopped run.
    pub fn pause(&self) {
        self.stop.pause();
    }

    /// Lets paused workers go on.
    pub fn resume(&self) {
        self.stop.resume();
    }

    /// Ends the run at the next checkpoint of each worker, paused or not. Final.
    pub fn stop(&self) {
        self.stop.stop();
        self.change_for_all(|_, _| {});
    }

    /// True while the run is paused.
    #[must_use]
    pub fn is_paused(&self) -> bool {
        self.stop.is_paused()
    }

    /// True once the run is stopped, for ever.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.stop.is_stopped()
    }

    /// So many workers from now on: more begin at once, those too many finish the file in hand, then
    /// rest. Also before the run begins, in the place of what its job says.
    pub fn set_workers(&self, workers: Workers) {
        self.change_for_all(|shared, _| {
            shared.workers.store(workers.get(), Ordering::SeqCst);
        });
    }

    /// How many workers may be at work; 0 while neither the run has begun nor anybody said so.
    #[must_use]
    pub fn workers(&self) -> usize {
        self.shared.workers.load(Ordering::Relaxed)
    }

    /// Leaves out a file that waits. False when it waits no more.
    #[must_use]
    pub fn skip(&self, file: FileId) -> bool {
        self.change(|_, queue| queue.skip(file))
    }

    /// Lets a file that was left out wait again; it is among the next. False when the run is over or
    /// stopped.
    #[must_use]
    pub fn unskip(&self, file: FileId) -> bool {
        self.change(|_, queue| !self.is_stopped() && queue.unskip(file))
    }

    /// Lets a file that failed or was not recognised wait again; it is among the next. False when it
    /// did neither, or the run is over or stopped.
    #[must_use]
    pub fn retry(&self, file: FileId) -> bool {
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
    pub(in crate::engine::run) fn added(&self) -> Vec<PathBuf> {
        self.queue().added().to_vec()
    }

    /// The run begins; until its list is complete, workers wait for it.
    pub(in crate::engine::run) fn begin(&self, workers: Workers, merges: bool) {
        if merges {
            self.queue().merge();
        }
        let shared = &self.shared;
        let _ = shared.workers.compare_exchange(0, workers.get(), Ordering::SeqCst, Ordering::SeqCst);
    }

    /// More source files, in list order.
    pub(in crate::engine::run) fn found(&self, files: Vec<SourceFile>) {
        self.change(|_, queue| queue.found(files));
    }

    /// The list is complete for now.
    pub(in crate::engine::run) fn listed(&self) {
        self.change(|_, queue| queue.listed());
    }

    /// The next work for the worker: files in list order, then what others have to give. Waits while the worker
    /// has to rest, and while there may be work to come; `None` once the run is over.
    pub(in crate::engine::run) fn take(&self, worker: WorkerId) -> Option<Work> {
        let mut queue = self.queue();
        loop {
            if queue.is_over() {
                return None;
            }
            let wakes = if worker.index() >= self.workers() {
                &self.shared.rested
            } else {
                if !self.is_stopped()
                    && let Some((file, source)) = queue.take()
                {
                    return Some(Work::File(file, source));
                }
                if !self.is_stopped()
                    && let Some(step) = queue.take_step()
                {
                    return Some(Work::Step(step));
                }
                if let Some(task) = queue.take_task() {
                    return Some(Work::Task(task));
                }
                &self.shared.changed
            };
            queue = wakes.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Steps for workers, in the order in which they are to be taken.
    pub(in crate::engine::run) fn give_steps(&self, steps: impl IntoIterator<Item = Step>) {
        self.change(|_, queue| queue.give_steps(steps));
    }

    /// A worker is done with a step.
    pub(in crate::engine::run) fn step_done(&self) {
        self.change(|_, queue| queue.step_done());
    }

    /// Nothing can be added from now on; false where something is about to be.
    pub(in crate::engine::run) fn close(&self) -> bool {
        self.queue().close()
    }

    /// Something has changed for which somebody may wait in [`Control::help_until`].
    pub(in crate::engine::run) fn wake(&self) {
        self.change(|_, _| ());
    }

    /// Does tasks that others give until this is so.
    ///
    /// # Errors
    /// When the run is stopped.
    pub(in crate::engine::run) fn help_until(&self, is_so: impl Fn() -> bool) -> Result<(), Stopped> {
        loop {
            self.stop.checkpoint()?;
            let mut queue = self.queue();
            if is_so() {
                return Ok(());
            }
            if let Some(task) = queue.take_task() {
                drop(queue);
                task();
            } else {
                // the pause of a run wakes nobody
                let waited = self.shared.changed.wait_timeout(queue, LONGEST_WAIT);
                drop(waited.unwrap_or_else(PoisonError::into_inner));
            }
        }
    }

    /// A worker is done with a file: what became of it, `None` when the worker broke down.
    pub(in crate::engine::run) fn done(&self, file: FileId, source: SourceFile, outcome: Option<&Outcome>) {
        let state = match outcome {
            Some(Outcome::Failed(_)) => RetryState::Failed,
            Some(Outcome::NotRecognised(_)) => RetryState::NotRecognised,
            _ => RetryState::Done,
        };
        let mut queue = self.queue();
        queue.done(file, source, state);
        if queue.is_idle() && (queue.is_done() || self.is_stopped()) {
            self.shared.changed.notify_all();
        }
    }

    /// Waits for something that the run's own thread has to do.
    pub(in crate::engine::run) fn next(&self) -> Next {
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
    pub(in crate::engine::run) fn give_up(&self) {
        self.change_for_all(|_, queue| queue.end());
    }

    /// After the run: `(failed, not recognised, left out)`, the last ones by their places in the list.
    pub(in crate::engine::run) fn ended(&self) -> (usize, usize, Vec<FileId>) {
        self.queue().ended()
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

impl Helpers for Control {
    fn workers(&self) -> usize {
        Self::workers(self)
    }

    fn give(&self, task: Task) {
        self.change(|_, queue| queue.give(task));
    }

    fn help_once(&self) -> bool {
        let task = self.queue().take_task();
        task.map(|task| task()).is_some()
    }
}
