//! Where each source file of a run stands between being found and its end. Plain data: locks and
//! waiting are [`Control`](super::Control)'s.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::path::PathBuf;

use super::step::Step;
use crate::engine::input::source_file::SourceFile;
use crate::engine::output::Task;
use crate::engine::run::event::FileId;

#[derive(Debug, Default)]
pub struct Queue {
    /// In the order in which workers take them. Those that were left out meanwhile lie here until it
    /// would be their turn.
    waiting: VecDeque<(FileId, SourceFile)>,
    /// A byte a file, in list order.
    states: Vec<State>,
    /// Left out, and their turn has come.
    skipped: HashMap<FileId, SourceFile>,
    /// What may be tried again.
    failed: HashMap<FileId, (SourceFile, RetryState)>,
    /// What became before of files that wait to be tried again: it holds where a stop comes first.
    again: HashMap<FileId, RetryState>,
    /// How many of `waiting` are not left out.
    ready: usize,
    in_work: usize,
    phase: Phase,
    /// Added and not yet listed.
    inputs: VecDeque<Vec<PathBuf>>,
    added: Vec<PathBuf>,
    /// What output forms have for whoever is free.
    tasks: Tasks,
    /// Source files share finished files: they are taken all at once, and worked at in steps.
    merges: bool,
    steps: VecDeque<Step>,
    /// Steps in somebody's hands.
    in_hand: usize,
}

/// Tasks in the order in which they were given.
#[derive(Default)]
struct Tasks(VecDeque<Task>);

impl fmt::Debug for Tasks {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{} tasks", self.0.len())
    }
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Phase {
    #[default]
    Listing,
    Listed,
    /// What is merged takes no more files in.
    Closed,
    Over,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Waiting,
    Skipped,
    Taken,
}

/// What the run's own thread does next, once it has listed the job's inputs.
#[derive(Debug, PartialEq, Eq)]
pub enum Next {
    /// List these as well.
    List(Vec<PathBuf>),
    /// Begin to merge these.
    Merge(Vec<(FileId, SourceFile)>),
    /// What was to be merged is given up: nobody works at it any more.
    Abandon,
    End,
}

/// What became of a file, as far as it matters for what may still be done with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetryState {
    Failed,
    NotRecognised,
    Done,
}

impl Queue {
    /// More files wait, behind all others.
    pub fn found(&mut self, files: Vec<SourceFile>) {
        let first = self.states.len();
        self.states.resize(first + files.len(), State::Waiting);
        self.ready += files.len();
        self.waiting.extend(files.into_iter().enumerate().map(|(n, file)| (FileId::at(first + n), file)));
    }

    /// The list is complete, until something is added.
    pub fn listed(&mut self) {
        if self.phase == Phase::Listing {
            self.phase = Phase::Listed;
        }
    }

    /// The run has ended; nothing can be changed any more.
    pub fn is_over(&self) -> bool {
        self.phase == Phase::Over
    }

    /// No worker holds a file.
    pub fn is_idle(&self) -> bool {
        self.in_work == 0
    }

    /// No file waits for a worker.
    pub fn is_done(&self) -> bool {
        self.ready == 0
    }

    /// The next file and its place in the list; from now on a worker holds it.
    pub fn take(&mut self) -> Option<(FileId, SourceFile)> {
        if self.merges { None } else { self.take_one() }
    }

    fn take_one(&mut self) -> Option<(FileId, SourceFile)> {
        while let Some((file, source)) = self.waiting.pop_front() {
            if self.states[file.index()] == State::Waiting {
                self.states[file.index()] = State::Taken;
                self.again.remove(&file);
                self.ready -= 1;
                self.in_work += 1;
                return Some((file, source));
            }
            self.skipped.insert(file, source);
        }
        None
    }

    /// The worker that holds this file is done with it.
    pub fn done(&mut self, file: FileId, source: SourceFile, fate: RetryState) {
        self.in_work -= 1;
        if fate != RetryState::Done {
            self.failed.insert(file, (source, fate));
        }
    }

    /// Leaves a file out. False when it waits no more.
    pub fn skip(&mut self, file: FileId) -> bool {
        let waits = !self.is_over() && self.states.get(file.index()) == Some(&State::Waiting);
        if waits {
            self.states[file.index()] = State::Skipped;
            self.ready -= 1;
        }
        waits
    }

    /// A file that was left out waits again, as the next. False when it is not left out, or the run is over.
    pub fn unskip(&mut self, file: FileId) -> bool {
        let is_out =
            !self.is_over() && self.phase != Phase::Closed && self.states.get(file.index()) == Some(&State::Skipped);
        if is_out {
            self.states[file.index()] = State::Waiting;
            self.ready += 1;
            if let Some(source) = self.skipped.remove(&file) {
                self.waiting.push_front((file, source));
            }
        }
        is_out
    }

    /// A file that failed waits again, as the next. False when it did not, or the run is over.
    pub fn retry(&mut self, file: FileId) -> bool {
        if self.is_over() || self.merges {
            return false;
        }
        let Some((source, fate)) = self.failed.remove(&file) else { return false };
        self.again.insert(file, fate);
        self.states[file.index()] = State::Waiting;
        self.ready += 1;
        self.waiting.push_front((file, source));
        true
    }

    /// These are to be listed as well. False when the run is over.
    pub fn add_inputs(&mut self, inputs: Vec<PathBuf>) -> bool {
        if self.is_over() || self.phase == Phase::Closed {
            return false;
        }
        self.added.extend(inputs.iter().cloned());
        self.inputs.push_back(inputs);
        true
    }

    /// All that was to be listed as well since the run began.
    pub fn added(&self) -> &[PathBuf] {
        &self.added
    }

    /// From now on all files are taken at once, and worked at in steps.
    pub fn merge(&mut self) {
        self.merges = true;
    }

    /// Somebody has these steps for workers, which are taken in this order.
    pub fn give_steps(&mut self, steps: impl IntoIterator<Item = Step>) {
        self.steps.extend(steps);
    }

    /// The next step; from now on a worker has it in hand.
    pub fn take_step(&mut self) -> Option<Step> {
        let step = self.steps.pop_front();
        self.in_hand += usize::from(step.is_some());
        step
    }

    /// A worker is done with a step.
    pub fn step_done(&mut self) {
        self.in_hand -= 1;
    }

    /// Nothing can be added any more; false where something is about to be.
    pub fn close(&mut self) -> bool {
        let is_complete = self.phase == Phase::Listed && self.ready == 0 && self.inputs.is_empty();
        if is_complete {
            self.phase = Phase::Closed;
        }
        is_complete || self.phase == Phase::Closed
    }

    /// Somebody has a task for whoever is free.
    pub fn give(&mut self, task: Task) {
        self.tasks.0.push_back(task);
    }

    /// The task that was given first.
    pub fn take_task(&mut self) -> Option<Task> {
        self.tasks.0.pop_front()
    }

    /// The run is over.
    pub fn end(&mut self) {
        self.phase = Phase::Over;
        self.tasks.0.clear(); // of a run that was stopped: nobody waits for them
    }

    /// What the run's own thread has to do; `None` while it has to wait.
    pub fn next(&mut self, is_stopped: bool) -> Option<Next> {
        if is_stopped && self.merges && self.in_hand == 0 && !self.is_idle() {
            self.steps.clear();
            return Some(Next::Abandon);
        }
        if is_stopped {
            return (self.is_idle() && self.in_hand == 0).then(|| {
                self.end();
                Next::End
            });
        }
        if let Some(inputs) = self.inputs.pop_front() {
            self.phase = Phase::Listing;
            return Some(Next::List(inputs));
        }
        if self.merges && self.phase == Phase::Listed && !self.is_done() {
            return Some(Next::Merge(std::iter::from_fn(|| self.take_one()).collect()));
        }
        (self.is_done() && self.is_idle() && self.in_hand == 0).then(|| {
            self.end();
            Next::End
        })
    }

    /// `(failed, not recognised, left out)` once the run is over.
    pub fn ended(&self) -> (usize, usize, Vec<FileId>) {
        let again =
            self.again.iter().filter(|(file, _)| self.states[file.index()] == State::Waiting).map(|(_, fate)| *fate);
        let fates: Vec<RetryState> = self.failed.values().map(|(_, fate)| *fate).chain(again).collect();
        let failed = fates.iter().filter(|fate| **fate == RetryState::Failed).count();
        let skipped = self.states.iter().enumerate().filter(|(_, state)| **state == State::Skipped);
        (failed, fates.len() - failed, skipped.map(|(file, _)| FileId::at(file)).collect())
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn queue(files: usize) -> Queue {
        let file = |n: usize| SourceFile::at(Path::new("/"), n.to_string(), 1);
        let mut queue = Queue::default();
        queue.found((0..files).map(file).collect());
        queue.listed();
        queue
    }

    fn take(queue: &mut Queue) -> Option<u32> {
        queue.take().map(|(file, source)| {
            assert_eq!(source.name, Path::new(&file.0.to_string()), "a file keeps its place");
            queue.done(file, source, if file.0 == 1 { RetryState::Failed } else { RetryState::Done });
            file.0
        })
    }

    #[test]
    fn skipped_file_is_passed_by_and_comes_next_when_wanted_back() {
        let mut queue = queue(5);
        assert!(queue.skip(FileId(0)) && queue.skip(FileId(2)));
        assert!(!queue.skip(FileId(2)), "it is out already");
        assert_eq!(take(&mut queue), Some(1));
        assert!(!queue.skip(FileId(1)), "it has been taken");
        assert!(queue.unskip(FileId(0)) && !queue.unskip(FileId(0)));
        assert_eq!([take(&mut queue), take(&mut queue), take(&mut queue)], [Some(0), Some(3), Some(4)]);
        assert!(queue.unskip(FileId(2)), "also after its turn");
        assert!(queue.skip(FileId(2)) && queue.unskip(FileId(2)) && queue.skip(FileId(2)));
        assert_eq!(take(&mut queue), None);
        assert_eq!(queue.next(false), Some(Next::End));
        assert_eq!(queue.ended(), (1, 0, vec![FileId(2)]));
        assert!(
            !queue.unskip(FileId(2)) && !queue.retry(FileId(1)) && !queue.add_inputs(vec!["/x".into()]),
            "the run is over"
        );
    }

    #[test]
    fn run_ends_when_nothing_waits_is_in_work_or_is_to_be_listed() {
        let mut queue = queue(2);
        let first = queue.take().expect("one waits");
        let second = queue.take().expect("another waits");
        queue.done(first.0, first.1, RetryState::Done);
        assert_eq!(queue.next(false), None, "one is in work");
        assert!(!queue.retry(FileId(1)), "it is in work");
        queue.done(second.0, second.1, RetryState::NotRecognised);
        assert!(queue.retry(FileId(1)));
        assert_eq!(queue.next(false), None, "it waits again");
        assert!(queue.add_inputs(vec!["/x".into()]));
        assert_eq!(take(&mut queue), Some(1));
        assert_eq!(queue.next(false), Some(Next::List(vec!["/x".into()])));
        queue.listed();
        assert_eq!(queue.next(false), Some(Next::End));
        assert_eq!(queue.ended(), (1, 0, vec![]));
    }

    #[test]
    fn retry_that_a_stop_prevents_leaves_the_file_failed() {
        let mut queue = queue(3);
        while take(&mut queue).is_some() {}
        assert!(queue.retry(FileId(1)));
        assert_eq!(queue.next(true), Some(Next::End));
        assert_eq!(queue.ended(), (1, 0, vec![]));
    }

    #[test]
    fn stop_waits_for_what_is_in_work_and_for_nothing_else() {
        let mut queue = queue(3);
        let first = queue.take().expect("one waits");
        assert!(queue.add_inputs(vec!["/x".into()]));
        assert_eq!(queue.next(true), None);
        queue.done(first.0, first.1, RetryState::Done);
        assert_eq!(queue.next(true), Some(Next::End));
    }
}
