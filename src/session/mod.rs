//! One run as a face sees it: a thread, a channel, a control, and [`Progress`], the fold of all
//! events so far.
//!
//! A face calls [`Session::poll`] whenever it is woken and reads [`Session::progress`]; it never
//! waits. Dropping a session stops its run; only a run that converts is waited for.

mod clock;
mod cpu;
mod file_row;
mod message;
mod progress;
pub mod report;
mod timeline;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::engine::{self, Cause, Control, Event, FileId, Halt, Job, RunError, Summary, Workers};
use crate::text::Lang;

pub use file_row::{Counts, FileRow, FileState};
use message::Message;
pub use progress::{Changes, Progress};
pub use timeline::{Pause, Span, Timeline};

/// How a run ended, and what became of its report where one was asked for.
type Ended = (Result<Summary, RunError>, Option<Result<PathBuf, Cause>>);

/// A run on its own thread.
#[derive(Debug)]
pub struct Session {
    control: Control,
    messages: Receiver<Message>,
    /// True while the face has been woken and has not polled yet: wakes are merged.
    woken: Arc<AtomicBool>,
    progress: Progress,
    /// Processor time that the program had taken before.
    cpu_before: Option<Duration>,
    thread: Option<JoinHandle<()>>,
    /// It leaves something on the disk.
    writes: bool,
}

impl Session {
    /// Converts. `wake` is called from the run's threads after something happened, at most once
    /// between two polls. The report of a run that came to its end is made in this language, before that end is told.
    pub fn convert(job: Job, lang: Lang, wake: impl Fn() + Send + Sync + 'static) -> Self {
        let mut session = Self::spawn(wake, move |control, sink| {
            let ended = engine::run(&job, control, sink);
            let reports = ended.is_ok() && !job.choices.no_report;
            let report = reports.then(|| report::write(&job.output, lang));
            (ended, report.and_then(told))
        });
        session.writes = true;
        session
    }

    /// Only lists the source files, as [`Session::convert`] would find them.
    pub fn list(job: Job, wake: impl Fn() + Send + Sync + 'static) -> Self {
        Self::spawn(wake, move |control, sink| (engine::scan_only(&job, control, sink), None))
    }

    /// A session without a run, in which these events have happened: what faces are tested with.
    #[must_use]
    pub fn replay(events: Vec<Event>, ended: Option<Result<Summary, RunError>>) -> Self {
        Self::replay_timed(events.into_iter().map(|event| (Duration::ZERO, event)).collect(), ended)
    }

    /// [`Session::replay`] with the time after the start at which each thing happened; the last was now.
    #[must_use]
    pub fn replay_timed(events: Vec<(Duration, Event)>, ended: Option<Result<Summary, RunError>>) -> Self {
        let (sender, messages) = channel();
        let now = Instant::now();
        let began = events.last().and_then(|(last, _)| now.checked_sub(*last)).unwrap_or(now);
        let last = began + events.last().map_or(Duration::ZERO, |(last, _)| *last);
        let events = events.into_iter().map(|(at, event)| Message::Event(event, began + at));
        let messages_of = events.chain(ended.map(|ended| Message::Ended(ended, last)));
        for message in messages_of {
            let _ = sender.send(message); // the receiver is ours
        }
        let mut progress = Progress::default();
        progress.fold(Message::Replayed(began));
        let (control, woken) = (Control::default(), Arc::default());
        let mut session = Self { control, messages, woken, progress, cpu_before: None, thread: None, writes: false };
        session.poll();
        session
    }

    /// A run that this closure plays: what faces are measured with.
    #[doc(hidden)]
    pub fn play(work: impl FnOnce(&(dyn Fn(Event) + Sync)) -> Result<Summary, RunError> + Send + 'static) -> Self {
        Self::spawn(|| {}, move |_, sink| (work(sink), None))
    }

    fn spawn(
        wake: impl Fn() + Send + Sync + 'static,
        work: impl FnOnce(&Control, &(dyn Fn(Event) + Sync)) -> Ended + Send + 'static,
    ) -> Self {
        let control = Control::default();
        let woken = Arc::new(AtomicBool::new(false));
        let (sender, messages) = channel();
        let thread = {
            let (control, woken) = (control.clone(), Arc::clone(&woken));
            std::thread::Builder::new().name("run".into()).spawn(move || {
                let send = |sender: &Sender<Message>, message| {
                    // Nobody listens any more once the session is dropped.
                    if sender.send(message).is_ok() && !woken.swap(true, Ordering::AcqRel) {
                        wake();
                    }
                };
                let (ended, report) = work(&control, &|event| send(&sender, Message::Event(event, Instant::now())));
                if let Some(report) = report {
                    send(&sender, Message::Reported(report));
                }
                send(&sender, Message::Ended(ended, Instant::now()));
            })
        };
        let mut progress = Progress::default();
        progress.fold(Message::Began(Instant::now()));
        let thread = match thread {
            Ok(thread) => Some(thread),
            Err(error) => {
                progress.ended = Some(Err(RunError::Workers(error.to_string())));
                None
            }
        };
        Self { control, messages, woken, progress, cpu_before: cpu::taken(), thread, writes: false }
    }

    /// Folds in what has happened since the last call. True when anything changed.
    pub fn poll(&mut self) -> bool {
        self.woken.store(false, Ordering::Release); // before draining: a later wake is not lost
        if let (Some(before), false) = (self.cpu_before, self.progress.is_ended()) {
            self.progress.cpu = cpu::taken().map(|taken| taken.saturating_sub(before));
        }
        let mut changed = false;
        loop {
            match self.messages.try_recv() {
                Ok(message) => self.progress.fold(message),
                Err(TryRecvError::Empty) => return changed,
                Err(TryRecvError::Disconnected) => return self.broke_down() || changed,
            }
            changed = true;
        }
    }

    /// Nobody is left who could tell an end: where none was told, it is told here. True then.
    fn broke_down(&mut self) -> bool {
        if self.progress.is_ended() {
            return false;
        }
        let Some(thread) = self.thread.take() else { return false }; // nothing but a replay
        let why = thread.join().err().map_or_else(String::new, |panic| engine::said(&*panic));
        self.progress.fold(Message::Ended(Err(RunError::Panic(why)), Instant::now()));
        true
    }

    /// Waits for the next message instead of polling; false once the run has ended. For faces
    /// without a frame clock.
    pub fn wait(&mut self, timeout: Duration) -> bool {
        if let Ok(message) = self.messages.recv_timeout(timeout) {
            self.progress.fold(message);
        }
        self.poll();
        !self.progress.is_ended()
    }

    /// All that has happened so far.
    #[must_use]
    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    /// The run is paused, or asked to be.
    #[must_use]
    pub fn is_paused(&self) -> bool {
        self.control.is_paused()
    }

    /// The run was told to stop and has not ended yet.
    #[must_use]
    pub fn is_stopping(&self) -> bool {
        self.control.is_stopped() && !self.progress.is_ended()
    }

    /// Lets the workers wait; the clock of the run stands still.
    pub fn pause(&mut self) {
        self.control.pause();
        self.progress.fold(Message::Paused(Instant::now()));
    }

    /// Lets paused workers go on.
    pub fn resume(&mut self) {
        self.poll(); // what happened before stands before the pause
        self.control.resume();
        self.progress.fold(Message::Resumed(Instant::now()));
    }

    /// Ends the run as soon as its workers hear it.
    pub fn stop(&self) {
        self.control.stop();
    }

    /// So many workers from now on: more begin at once, those too many finish the file in hand.
    pub fn set_workers(&mut self, workers: Workers) {
        self.control.set_workers(workers);
    }

    /// Leaves out a file that waits. False when it waits no more.
    pub fn skip(&mut self, file: FileId) -> bool {
        let done = self.progress.waits(file) && self.control.skip(file);
        if done {
            self.happened(Event::Skipped { file });
        }
        done
    }

    /// Lets a file that was left out wait again. False when the run is over or stopping.
    pub fn unskip(&mut self, file: FileId) -> bool {
        let done = self.progress.is_skipped(file) && self.control.unskip(file);
        if done {
            self.happened(Event::Waiting { file });
        }
        done
    }

    /// Lets a file that failed or was not recognised wait again. False when it did neither, or the run
    /// is over or stopping.
    pub fn retry(&mut self, file: FileId) -> bool {
        let done = self.progress.may_be_retried(file) && self.control.retry(file);
        if done {
            self.happened(Event::Waiting { file });
        }
        done
    }

    /// Lists these folders and files as well, and converts what they hold. False when the run is over.
    pub fn add(&mut self, inputs: Vec<PathBuf>) -> bool {
        let done = !self.progress.is_ended() && self.control.add(inputs);
        if done {
            self.happened(Event::Listing);
        }
        done
    }

    /// What was asked of the run and granted has happened: nobody else tells it.
    fn happened(&mut self, event: Event) {
        self.progress.fold(Message::Event(event, Instant::now()));
    }

    /// Which rows have changed since this was asked last.
    pub fn take_changes(&mut self) -> Changes {
        self.progress.take_changes()
    }

    /// A handle that steers the run from elsewhere (a signal handler).
    #[must_use]
    pub fn control(&self) -> Control {
        self.control.clone()
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.control.stop();
        // Within a tenth of a second, so that no half file outlives us. A list may hang for much longer on a
        // share that sleeps, and leaves nothing behind.
        if let (Some(thread), true) = (self.thread.take(), self.writes) {
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests;

/// What is told of a report; a stop is nothing to tell.
fn told(report: Result<PathBuf, Halt>) -> Option<Result<PathBuf, Cause>> {
    match report {
        Ok(path) => Some(Ok(path)),
        Err(Halt::Failed(cause)) => Some(Err(cause)),
        Err(Halt::Stopped) => None,
    }
}
