//! [`Progress`]: the fold of all that a run has said so far, and of what its face asked of it.

use std::collections::HashMap;
use std::time::Duration;

use super::clock::Clock;
use super::file_row::{Counts, FileRow, FileState};
use super::message::Message;
use super::timeline::Timeline;
use crate::engine::{Cause, Event, FileId, Outcome, Report, RunError, ScanError, Summary};

/// Everything a face shows of a run.
#[derive(Debug, Default)]
pub struct Progress {
    /// The list, in list order.
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
    /// How many files are in which state.
    pub counts: Counts,
    /// Records found so far in files ended and in work.
    pub records: u64,
    /// Rows written, in files that have ended.
    pub rows: u64,
    /// Bytes of the workbooks made.
    pub bytes_out: u64,
    /// Processor time that the program has taken since the start, where the system tells.
    pub cpu: Option<Duration>,
    /// Who held which file when, and how fast it went.
    pub timeline: Timeline,
    /// For each worker the file in its hands, or the last one while that is brought to the disk.
    pub workers: Vec<Option<FileId>>,
    /// The report that was made at the end, or why there is none; `None` where nobody asked for one.
    pub report: Option<Result<std::path::PathBuf, Cause>>,
    /// How the run ended, once it has.
    pub ended: Option<Result<Summary, RunError>>,
    clock: Clock,
    changes: Changes,
    /// What became before of files that wait to be tried again: it holds where the run ends first.
    before: HashMap<FileId, Box<Report>>,
    /// Places of notes that the reports in `files` hold.
    places: usize,
}

/// Rows that have changed, so that what is made of them need not be made anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changes {
    /// These, some of them perhaps more than once.
    Rows(Vec<FileId>),
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

impl Progress {
    /// The file, once it is in the list.
    #[must_use]
    pub fn file(&self, file: FileId) -> Option<&FileRow> {
        self.files.get(file.index())
    }

    /// All files of the list, in list order.
    pub fn ids(&self) -> impl Iterator<Item = FileId> + use<> {
        (0..self.files.len()).map(FileId::at)
    }

    /// The run is over.
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
                self.timeline.hear(&event, at, |file| self.files[file.index()].source.bytes);
                self.event(event);
            }
            Message::Began(at) => {
                self.clock.run(at);
                self.timeline.begin(at);
            }
            Message::Replayed(at) => self.timeline.begin(at),
            Message::Paused(at) => {
                self.clock.hold(at);
                self.timeline.pause(at);
            }
            Message::Resumed(at) => {
                self.clock.run(at);
                self.timeline.resume(at);
            }
            Message::Reported(report) => self.report = Some(report),
            Message::Ended(mut ended, at) => {
                self.clock.hold(at);
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
                (first..first + found.len()).for_each(|file| self.changed(FileId::at(file)));
                self.files.extend(found.into_iter().map(|source| FileRow { source, state: FileState::Waiting }));
            }
            Event::PassedOver { path, why } => self.passed_over.push((path, why)),
            Event::LeftOut { .. } => {} // counted in the summary
            Event::Scanning { folder } => self.scanning = Some(folder),
            Event::Scanned { .. } => {
                self.scanning = None;
                self.scanned = true;
            }
            Event::Listing => self.scanned = false,
            Event::Skipped { file } => self.skipped(file),
            Event::Waiting { file } => self.waits_again(file),
            Event::Started { file, worker } => {
                if worker.index() >= self.workers.len() {
                    self.workers.resize(worker.index() + 1, None);
                }
                self.workers[worker.index()] = Some(file);
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
            Event::Gathered { file, records } => {
                self.leave(file);
                self.let_go_of(file);
                let bytes = self.files[file.index()].source.bytes;
                self.bytes_done += bytes;
                self.records += records;
                self.counts.running -= 1;
                self.counts.gathered += 1;
                self.set(file, FileState::Gathered { bytes, records });
            }
            // A copy made on this thread: what lives long must not lie between the large and short-lived
            // pieces of a worker's heap, which then could not be used again (10 kB a file, measured).
            Event::Finished { file, report } => self.finished(file, Box::new(Report::clone(&report))),
        }
    }

    fn finished(&mut self, file: FileId, mut report: Box<Report>) {
        if matches!(report.outcome, Outcome::Skipped) {
            self.set(file, FileState::Ended(report)); // left out and counted before
            return;
        }
        self.leave(file);
        self.let_go_of(file);
        self.no_longer_held(file);
        match report.outcome {
            Outcome::Converted { .. } => self.counts.converted += 1,
            Outcome::UpToDate { .. } => self.counts.up_to_date += 1,
            Outcome::Failed(_) => self.counts.failed += 1,
            Outcome::NotRecognised(_) => self.counts.not_recognised += 1,
            Outcome::Stopped => self.counts.stopped += 1,
            Outcome::Skipped => {}
        }
        if !matches!(report.outcome, Outcome::Stopped) {
            self.bytes_done += self.files[file.index()].source.bytes;
        }
        if matches!(report.outcome, Outcome::Converted { .. }) {
            self.records += report.records;
            self.rows += report.rows;
            self.bytes_out += report.bytes_out;
        }
        self.places += report.notes.keep_places(MOST_PLACES.saturating_sub(self.places));
        self.set(file, FileState::Ended(report));
        self.counts.noted += usize::from(self.files[file.index()].state.is_noted());
    }

    /// No worker has it in hand.
    fn let_go_of(&mut self, file: FileId) {
        if let Some(worker) = self.workers.iter_mut().find(|holds| **holds == Some(file)) {
            *worker = None;
        }
    }

    /// It is neither in work nor waits for others any more.
    fn no_longer_held(&mut self, file: FileId) {
        match self.files[file.index()].state {
            FileState::Waiting => self.counts.waiting -= 1, // its finished file was there, or never came
            FileState::Gathered { .. } => self.counts.gathered -= 1,
            _ => self.counts.running -= 1,
        }
    }

    /// Gives what it was before.
    fn set(&mut self, file: FileId, state: FileState) -> FileState {
        self.changed(file);
        std::mem::replace(&mut self.files[file.index()].state, state)
    }

    fn changed(&mut self, file: FileId) {
        if let Changes::Rows(rows) = &mut self.changes {
            if rows.len() < NAMED {
                rows.push(file);
            } else {
                self.changes = Changes::All;
            }
        }
    }

    pub(super) fn take_changes(&mut self) -> Changes {
        std::mem::take(&mut self.changes)
    }

    fn state(&self, file: FileId) -> Option<&FileState> {
        self.file(file).map(|row| &row.state)
    }

    pub(super) fn waits(&self, file: FileId) -> bool {
        matches!(self.state(file), Some(FileState::Waiting))
    }

    pub(super) fn is_skipped(&self, file: FileId) -> bool {
        matches!(self.state(file), Some(FileState::Skipped))
    }

    pub(super) fn may_be_retried(&self, file: FileId) -> bool {
        self.state(file).and_then(FileState::outcome).is_some_and(|outcome| outcome.problem().is_some())
    }

    /// A file that waited is left out: it is no part of what is to be done any more.
    fn skipped(&mut self, file: FileId) {
        self.counts.waiting -= 1;
        self.counts.skipped += 1;
        self.bytes -= self.files[file.index()].source.bytes;
        self.set(file, FileState::Skipped);
    }

    /// A file that was left out, or ended with a problem, waits again.
    fn waits_again(&mut self, file: FileId) {
        let bytes = self.files[file.index()].source.bytes;
        if self.files[file.index()].state.is_held() {
            // what it is merged with begins again
            self.leave(file);
            self.let_go_of(file);
            self.no_longer_held(file);
            self.counts.waiting += 1;
            self.set(file, FileState::Waiting);
            return;
        }
        match self.files[file.index()].state.outcome() {
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
            self.bytes_done += self.files[file.index()].source.bytes;
            self.set(file, FileState::Ended(report));
        }
    }

    /// What those that broke down had in their hands waits as before; otherwise nobody holds anything at the end.
    fn let_go(&mut self) {
        self.workers.clear();
        if self.counts.running + self.counts.gathered == 0 {
            return;
        }
        for file in self.ids() {
            if self.state(file).is_some_and(FileState::is_held) {
                self.leave(file);
                self.no_longer_held(file);
                self.counts.waiting += 1;
                self.set(file, FileState::Waiting);
            }
        }
    }

    /// Takes back what the file's last progress had added to the sums.
    fn leave(&mut self, file: FileId) {
        if let FileState::Running { bytes, records } | FileState::Gathered { bytes, records } =
            self.files[file.index()].state
        {
            self.bytes_done -= bytes;
            self.records -= records;
        }
    }
}
