//! One run as a face sees it: a thread, a channel, a control, and [`Progress`], the fold of all
//! events so far.
//!
//! A face calls [`Session::poll`] whenever it is woken and reads [`Session::progress`]; it never
//! waits. Dropping a session stops its run.

mod cpu;
mod timeline;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

pub use timeline::{Pause, Span, Timeline};

use crate::engine::{self, Control, Event, Job, Outcome, Report, RunError, SourceFile, Summary};

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
}

#[derive(Debug)]
enum Message {
    /// What happened, and when.
    Event(Event, Instant),
    Ended(Result<Summary, RunError>, Instant),
}

/// Everything a face shows of a run.
#[derive(Debug, Default)]
pub struct Progress {
    pub files: Vec<FileRow>,
    /// Folders and links that could not be read, with why.
    pub passed_over: Vec<(std::path::PathBuf, String)>,
    /// The folder or archive that the scan is in.
    pub scanning: Option<std::path::PathBuf>,
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
    /// Bytes of the workbooks made.
    pub bytes_out: u64,
    /// Processor time that the program has taken since the start, where the system tells.
    pub cpu: Option<Duration>,
    pub timeline: Timeline,
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
        progress.timeline.begin(began);
        let (control, woken) = (Control::default(), Arc::default());
        let mut session = Self { control, messages, woken, progress, cpu_before: None, thread: None };
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
                let ended = work(&control, &|event| send(&sender, Message::Event(event, Instant::now())));
                send(&sender, Message::Ended(ended, Instant::now()));
            })
        };
        let mut progress = Progress::default();
        progress.clock.run();
        progress.timeline.begin(Instant::now());
        let thread = match thread {
            Ok(thread) => Some(thread),
            Err(error) => {
                progress.ended = Some(Err(RunError::Workers(error.to_string())));
                None
            }
        };
        Self { control, messages, woken, progress, cpu_before: cpu::taken(), thread }
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
        self.progress.timeline.pause(Instant::now());
    }

    pub fn resume(&mut self) {
        self.poll(); // what happened before stands before the pause
        self.control.resume();
        self.progress.clock.run();
        self.progress.timeline.resume(Instant::now());
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
            Message::Event(event, at) => {
                self.timeline.hear(&event, at, |file| self.files[file].source.bytes);
                self.event(event);
            }
            Message::Ended(ended, at) => {
                self.clock.hold();
                self.timeline.end(at);
                self.workers.clear();
                self.scanning = None;
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
            Event::Scanning { folder } => self.scanning = Some(folder),
            Event::Scanned { .. } => {
                self.scanning = None;
                self.scanned = true;
            }
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
            self.bytes_out += report.bytes_out;
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
