//! [`Progress`]: the fold of all that a run has said so far, and of what its face asked of it.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use super::{Message, Timeline};
use crate::engine::{Event, NoteKind, Outcome, Report, RunError, ScanError, SourceFile, Summary};

/// Everything a face shows of a run.
#[derive(Debug, Default)]
pub struct Progress {
    pub files: Vec<FileRow>,
    /// Folders and links that could not be read, with why.
    pub passed_over: Vec<(std::path::PathBuf, ScanError)>,
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
    pub(super) clock: Clock,
    changes: Changes,
    /// What became before of files that wait to be tried again: it holds where the run ends first.
    before: HashMap<usize, Box<Report>>,
    /// Places of notes that the reports in `files` hold.
    places: usize,
}

/// Rows that have changed, so that what is made of them need not be made anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changes {
    /// These, some of them perhaps more than once.
    Rows(Vec<u32>),
    /// Too many to name.
    All,
}

impl Default for Changes {
    fn default() -> Self {
        Self::Rows(Vec::new())
    }
}

/// Places of notes kept over the whole list, some 6 MB: a long run must not take the memory. Counts are kept of
/// every file.
pub(super) const MOST_PLACES: usize = 50_000;

/// More changed rows than these are not named.
const NAMED: usize = 8192;

/// Source files by state.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    pub waiting: usize,
    pub running: usize,
    pub converted: usize,
    pub up_to_date: usize,
    pub failed: usize,
    pub not_recognised: usize,
    pub skipped: usize,
    pub stopped: usize,
    /// Of those converted, how many have something to tell that matters.
    pub noted: usize,
}

impl Counts {
    /// Files that need no more work.
    #[must_use]
    pub fn ended(&self) -> usize {
        self.converted + self.up_to_date + self.failed + self.not_recognised + self.skipped + self.stopped
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
    /// Left out while it waits; it can be wanted back until the run is over.
    Skipped,
    Running {
        bytes: u64,
        records: u64,
    },
    Ended(Box<Report>),
}

impl FileState {
    /// What became of the file, once something has.
    #[must_use]
    pub fn outcome(&self) -> Option<&Outcome> {
        match self {
            Self::Ended(report) => Some(&report.outcome),
            _ => None,
        }
    }

    /// What is told of a file that has just been converted.
    #[must_use]
    pub fn converted(&self) -> Option<&Report> {
        match self {
            Self::Ended(report) if matches!(report.outcome, Outcome::Converted { .. }) => Some(report),
            _ => None,
        }
    }

    /// The file was left out by a person.
    #[must_use]
    pub fn is_skipped(&self) -> bool {
        matches!(self, Self::Skipped) || matches!(self.outcome(), Some(Outcome::Skipped))
    }

    /// The file was converted, and something was noted that is more than what any text with tags has.
    #[must_use]
    pub fn is_noted(&self) -> bool {
        let tells = |kind| !matches!(kind, NoteKind::Tags | NoteKind::Comments);
        self.converted().is_some_and(|report| report.notes.counts().iter().any(|&(kind, ..)| tells(kind)))
    }
}

/// Time in work, pauses left out.
#[derive(Debug, Default)]
pub(super) struct Clock {
    before: Duration,
    since: Option<Instant>,
}

impl Clock {
    pub(super) fn elapsed(&self) -> Duration {
        self.before + self.since.map_or(Duration::ZERO, |since| since.elapsed())
    }

    pub(super) fn run(&mut self) {
        self.since.get_or_insert_with(Instant::now);
    }

    pub(super) fn hold(&mut self) {
        self.before = self.elapsed();
        self.since = None;
    }
}

impl Progress {
    #[must_use]
    pub fn is_ended(&self) -> bool {
        self.ended.is_some()
    }

    /// Time in work so far, pauses left out.
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

    pub(super) fn fold(&mut self, message: Message) {
        match message {
            Message::Event(event, at) => {
                self.timeline.hear(&event, at, |file| self.files[file].source.bytes);
                self.event(event);
            }
            Message::Ended(mut ended, at) => {
                self.clock.hold();
                self.timeline.end(at);
                self.let_go();
                self.not_tried_again();
                self.scanning = None;
                // pauses are no part of it, neither here nor where the summary is told
                let worked = self.clock.elapsed();
                if let Ok(summary) = &mut ended
                    && worked > Duration::ZERO
                {
                    summary.elapsed = summary.elapsed.min(worked);
                }
                self.ended = Some(ended);
            }
        }
    }

    fn event(&mut self, event: Event) {
        match event {
            Event::Found(found) => {
                self.counts.waiting += found.len();
                self.bytes += found.iter().map(|source| source.bytes).sum::<u64>();
                let first = self.files.len();
                (first..first + found.len()).for_each(|file| self.changed(file));
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
                self.before.remove(&file);
                self.set(file, FileState::Running { bytes: 0, records: 0 });
            }
            Event::Progress { file, bytes, records } => {
                self.leave(file);
                self.bytes_done += bytes;
                self.records += records;
                self.set(file, FileState::Running { bytes, records });
            }
            // A copy made on this thread: what lives long must not lie between the large and short-lived
            // pieces of a worker's heap, which then could not be used again (10 kB a file, measured).
            Event::Finished { file, report } => self.finished(file, Box::new(Report::clone(&report))),
        }
    }

    fn finished(&mut self, file: usize, mut report: Box<Report>) {
        if matches!(report.outcome, Outcome::Skipped) {
            self.set(file, FileState::Ended(report)); // left out and counted before
            return;
        }
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
            Outcome::Skipped => {}
        }
        if !matches!(report.outcome, Outcome::Stopped) {
            self.bytes_done += self.files[file].source.bytes;
        }
        if matches!(report.outcome, Outcome::Converted { .. }) {
            self.records += report.records;
            self.rows += report.rows;
            self.bytes_out += report.bytes_out;
        }
        self.places += report.notes.keep_places(MOST_PLACES.saturating_sub(self.places));
        self.set(file, FileState::Ended(report));
        self.counts.noted += usize::from(self.files[file].state.is_noted());
    }

    /// Gives what it was before.
    fn set(&mut self, file: usize, state: FileState) -> FileState {
        self.changed(file);
        std::mem::replace(&mut self.files[file].state, state)
    }

    fn changed(&mut self, file: usize) {
        if let Changes::Rows(rows) = &mut self.changes {
            if rows.len() < NAMED {
                rows.push(file as u32);
            } else {
                self.changes = Changes::All;
            }
        }
    }

    pub(super) fn take_changes(&mut self) -> Changes {
        std::mem::take(&mut self.changes)
    }

    fn state(&self, file: usize) -> Option<&FileState> {
        self.files.get(file).map(|row| &row.state)
    }

    pub(super) fn waits(&self, file: usize) -> bool {
        matches!(self.state(file), Some(FileState::Waiting))
    }

    pub(super) fn is_skipped(&self, file: usize) -> bool {
        matches!(self.state(file), Some(FileState::Skipped))
    }

    pub(super) fn may_be_retried(&self, file: usize) -> bool {
        self.state(file).and_then(FileState::outcome).is_some_and(|outcome| outcome.problem().is_some())
    }

    /// A file that waited is left out: it is no part of what is to be done any more.
    pub(super) fn skipped(&mut self, file: usize) {
        self.counts.waiting -= 1;
        self.counts.skipped += 1;
        self.bytes -= self.files[file].source.bytes;
        self.set(file, FileState::Skipped);
    }

    /// A file that was left out, or ended with a problem, waits again.
    pub(super) fn waits_again(&mut self, file: usize) {
        let bytes = self.files[file].source.bytes;
        match self.files[file].state.outcome() {
            Some(Outcome::Failed(_)) => self.counts.failed -= 1,
            Some(Outcome::NotRecognised(_)) => self.counts.not_recognised -= 1,
            _ => {
                self.counts.skipped -= 1;
                self.bytes += bytes;
            }
        }
        self.counts.waiting += 1;
        if let FileState::Ended(report) = self.set(file, FileState::Waiting) {
            self.bytes_done -= bytes;
            self.before.insert(file, report);
        }
    }

    /// What failed and still waits to be tried again has failed, as the engine counts it.
    fn not_tried_again(&mut self) {
        for (file, report) in std::mem::take(&mut self.before) {
            if !self.waits(file) {
                continue; // left out meanwhile
            }
            match report.outcome {
                Outcome::NotRecognised(_) => self.counts.not_recognised += 1,
                _ => self.counts.failed += 1,
            }
            self.counts.waiting -= 1;
            self.bytes_done += self.files[file].source.bytes;
            self.set(file, FileState::Ended(report));
        }
    }

    /// What workers that broke down had in their hands waits as before; others hold nothing at the end.
    fn let_go(&mut self) {
        for file in std::mem::take(&mut self.workers).into_iter().flatten() {
            self.leave(file);
            self.counts.running -= 1;
            self.counts.waiting += 1;
            self.set(file, FileState::Waiting);
        }
    }

    /// Takes back what the file's last progress had added to the sums.
    fn leave(&mut self, file: usize) {
        if let FileState::Running { bytes, records } = self.files[file].state {
            self.bytes_done -= bytes;
            self.records -= records;
        }
    }
}
