//! One run as a face sees it: a thread, a channel, a control, and [`Progress`], the fold of all
//! events so far.
//!
//! A face calls [`Session::poll`] whenever it is woken and reads [`Session::progress`]; it never
//! waits. Dropping a session stops its run.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::engine::{self, Control, Event, Job, Outcome, Report, RunError, SourceFile, Summary};

/// A run on its own thread.
#[derive(Debug)]
pub struct Session {
    control: Control,
    messages: Receiver<Message>,
    /// True while the face has been woken and has not polled yet: wakes are merged.
    woken: Arc<AtomicBool>,
    progress: Progress,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug)]
enum Message {
    Event(Event),
    Ended(Result<Summary, RunError>),
}

/// Everything a face shows of a run.
#[derive(Debug, Default)]
pub struct Progress {
    pub files: Vec<FileRow>,
    /// Folders and links that could not be read, with why.
    pub passed_over: Vec<(std::path::PathBuf, String)>,
    /// True once the list is complete.
    pub scanned: bool,
    /// Sum of the sizes of all files in the list, in bytes.
    pub bytes: u64,
    /// Bytes of source read so far: whole files for those ended, what is read of those in work.
    pub bytes_done: u64,
    pub counts: Counts,
    /// Records found so far in files ended and in work.
    pub records: u64,
    pub rows: u64,
    /// For each worker the file in its hands (an index into `files`).
    pub workers: Vec<Option<usize>>,
    /// How the run ended, once it has.
    pub ended: Option<Result<Summary, RunError>>,
    clock: Clock,
}

/// Source files by state.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    pub waiting: usize,
    pub running: usize,
    pub converted: usize,
    pub up_to_date: usize,
    pub failed: usize,
    pub not_recognised: usize,
    pub stopped: usize,
}

impl Counts {
    /// Files that need no more work.
    #[must_use]
    pub fn ended(&self) -> usize {
        self.converted + self.up_to_date + self.failed + self.not_recognised + self.stopped
    }
}

/// One source file and what is known of it.
#[derive(Debug)]
pub struct FileRow {
    pub source: SourceFile,
    pub state: FileState,
}

#[derive(Debug)]
pub enum FileState {
    Waiting,
    Running { bytes: u64, records: u64 },
    Ended(Box<Report>),
}

/// Time in work, pauses left out.
#[derive(Debug, Default)]
struct Clock {
    before: Duration,
    since: Option<Instant>,
}

impl Clock {
    fn elapsed(&self) -> Duration {
        self.before + self.since.map_or(Duration::ZERO, |since| since.elapsed())
    }

    fn run(&mut self) {
        self.since.get_or_insert_with(Instant::now);
    }

    fn hold(&mut self) {
        self.before = self.elapsed();
        self.since = None;
    }
}

impl Session {
    /// Converts. `wake` is called from the run's threads after something happened, at most once
    /// between two polls.
    pub fn convert(job: Job, wake: impl Fn() + Send + Sync + 'static) -> Self {
        Self::spawn(wake, move |control, sink| engine::run(&job, control, sink))
    }

    /// Only lists the source files, as [`Session::convert`] would find them.
    pub fn list(job: Job, wake: impl Fn() + Send + Sync + 'static) -> Self {
        Self::spawn(wake, move |control, sink| engine::scan_only(&job, control, sink))
    }

    /// A session without a run, in which these events have happened: what faces are tested with.
    #[must_use]
    pub fn replay(events: Vec<Event>, ended: Option<Result<Summary, RunError>>) -> Self {
        let (sender, messages) = channel();
        let messages_of = events.into_iter().map(Message::Event).chain(ended.map(Message::Ended));
        for message in messages_of {
            let _ = sender.send(message); // the receiver is ours
        }
        let progress = Progress::default();
        let mut session = Self { control: Control::default(), messages, woken: Arc::default(), progress, thread: None };
        session.poll();
        session
    }

    fn spawn(
        wake: impl Fn() + Send + Sync + 'static,
        work: impl FnOnce(&Control, &(dyn Fn(Event) + Sync)) -> Result<Summary, RunError> + Send + 'static,
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
                let ended = work(&control, &|event| send(&sender, Message::Event(event)));
                send(&sender, Message::Ended(ended));
            })
        };
        let mut progress = Progress::default();
        progress.clock.run();
        let thread = match thread {
            Ok(thread) => Some(thread),
            Err(error) => {
                progress.ended = Some(Err(RunError::Workers(error.to_string())));
                None
            }
        };
        Self { control, messages, woken, progress, thread }
    }

    /// Folds in what has happened since the last call. True when anything changed.
    pub fn poll(&mut self) -> bool {
        self.woken.store(false, Ordering::Release); // before draining: a later wake is not lost
        let mut changed = false;
        loop {
            match self.messages.try_recv() {
                Ok(message) => self.progress.fold(message),
                Err(TryRecvError::Empty | TryRecvError::Disconnected) => return changed,
            }
            changed = true;
        }
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

    #[must_use]
    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    #[must_use]
    pub fn is_paused(&self) -> bool {
        self.control.is_paused()
    }

    #[must_use]
    pub fn is_stopping(&self) -> bool {
        self.control.is_stopped() && !self.progress.is_ended()
    }

    pub fn pause(&mut self) {
        self.control.pause();
        self.progress.clock.hold();
    }

    pub fn resume(&mut self) {
        self.control.resume();
        self.progress.clock.run();
    }

    pub fn stop(&self) {
        self.control.stop();
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
        if let Some(thread) = self.thread.take() {
            let _ = thread.join(); // within a tenth of a second; so that no half file outlives us
        }
    }
}

impl Progress {
    #[must_use]
    pub fn is_ended(&self) -> bool {
        self.ended.is_some()
    }

    /// Time in work so far, pauses left out; the engine's own measure once the run has ended.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        match &self.ended {
            Some(Ok(summary)) => summary.elapsed,
            _ => self.clock.elapsed(),
        }
    }

    /// Bytes of source a second since the start, 0 while it is too early to say.
    #[must_use]
    pub fn speed(&self) -> f64 {
        let seconds = self.elapsed().as_secs_f64();
        if seconds < 0.05 { 0.0 } else { self.bytes_done as f64 / seconds }
    }

    /// Time left at the speed so far; `None` while the list is incomplete or it is too early.
    #[must_use]
    pub fn remaining(&self) -> Option<Duration> {
        let speed = self.speed();
        let left = self.bytes.saturating_sub(self.bytes_done) as f64;
        (self.scanned && speed > 0.0 && self.elapsed() > Duration::from_millis(500))
            .then(|| Duration::from_secs_f64((left / speed).min(1e9)))
    }

    /// Part of the bytes done, 0 to 1.
    #[must_use]
    pub fn fraction(&self) -> f32 {
        if self.bytes == 0 {
            return if self.is_ended() { 1.0 } else { 0.0 };
        }
        (self.bytes_done as f64 / self.bytes as f64).min(1.0) as f32
    }

    /// Names of the files that failed.
    pub fn failed(&self) -> impl Iterator<Item = &std::path::Path> {
        self.files.iter().filter_map(|row| match &row.state {
            FileState::Ended(report) if matches!(report.outcome, Outcome::Failed(_)) => Some(row.source.name.as_path()),
            _ => None,
        })
    }

    fn fold(&mut self, message: Message) {
        match message {
            Message::Event(event) => self.event(event),
            Message::Ended(ended) => {
                self.clock.hold();
                self.workers.clear();
                self.ended = Some(ended);
            }
        }
    }

    fn event(&mut self, event: Event) {
        match event {
            Event::Found(found) => {
                self.counts.waiting += found.len();
                self.bytes += found.iter().map(|source| source.bytes).sum::<u64>();
                self.files.extend(found.into_iter().map(|source| FileRow { source, state: FileState::Waiting }));
            }
            Event::PassedOver { path, why } => self.passed_over.push((path, why)),
            Event::Scanned { .. } => self.scanned = true,
            Event::Started { file, worker } => {
                if worker >= self.workers.len() {
                    self.workers.resize(worker + 1, None);
                }
                self.workers[worker] = Some(file);
                self.counts.waiting -= 1;
                self.counts.running += 1;
                self.files[file].state = FileState::Running { bytes: 0, records: 0 };
            }
            Event::Progress { file, bytes, records } => {
                self.leave(file);
                self.bytes_done += bytes;
                self.records += records;
                self.files[file].state = FileState::Running { bytes, records };
            }
            // A copy made on this thread: what lives long must not lie between the large and short-lived
            // pieces of a worker's heap, which then could not be used again (10 kB a file, measured).
            Event::Finished { file, report } => self.finished(file, Box::new(Report::clone(&report))),
        }
    }

    fn finished(&mut self, file: usize, report: Box<Report>) {
        self.leave(file);
        if let Some(worker) = self.workers.iter_mut().find(|holds| **holds == Some(file)) {
            *worker = None;
        }
        self.counts.running -= 1;
        match report.outcome {
            Outcome::Converted { .. } => self.counts.converted += 1,
            Outcome::UpToDate { .. } => self.counts.up_to_date += 1,
            Outcome::Failed(_) => self.counts.failed += 1,
            Outcome::NotRecognised(_) => self.counts.not_recognised += 1,
            Outcome::Stopped => self.counts.stopped += 1,
        }
        if !matches!(report.outcome, Outcome::Stopped) {
            self.bytes_done += self.files[file].source.bytes;
        }
        if matches!(report.outcome, Outcome::Converted { .. }) {
            self.records += report.records;
            self.rows += report.rows;
        }
        self.files[file].state = FileState::Ended(report);
    }

    /// Takes back what the file's last progress had added to the sums.
    fn leave(&mut self, file: usize) {
        if let FileState::Running { bytes, records } = self.files[file].state {
            self.bytes_done -= bytes;
            self.records -= records;
        }
    }
}

#[cfg(test)]
mod tests;
