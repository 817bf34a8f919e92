//! The recording of a run: who held which file from when to when, and how fast source was read.
//!
//! Its memory is bounded however long the run lasts. A lane keeps [`SPANS`] spans at most: when more
//! come, neighbours that are short beside the whole run become one, and their time in work, files and
//! failures are added up. Speed is kept in [`BUCKETS`] buckets, whose width doubles when the run grows
//! beyond them; what they hold stays the same in sum. All times are times in work: pauses are left out
//! and remembered apart, as places where the clock stood still.

use std::time::{Duration, Instant};

use crate::engine::{Event, FileId, Outcome};

/// Spans a lane keeps at most.
pub const SPANS: usize = 256;
/// Buckets of the speed.
pub const BUCKETS: usize = 240;
/// Width of a bucket at the beginning.
const FIRST_WIDTH: Duration = Duration::from_millis(125);
/// Pauses kept; further ones lengthen the last.
const PAUSES: usize = 64;

/// A stretch of a worker's time: one file, or several in a row that were too short to keep apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first file of it.
    pub file: FileId,
    /// How many files it holds.
    pub files: usize,
    /// Files of it that failed.
    pub failed: usize,
    /// Its beginning, in time in work.
    pub from: Duration,
    /// `None` while the file is in work.
    pub to: Option<Duration>,
    /// Time in work: of one file, its length; of several, without the gaps between them.
    pub busy: Duration,
}

impl Span {
    /// Its end, or `now` while it is in work.
    #[must_use]
    pub fn end(&self, now: Duration) -> Duration {
        self.to.unwrap_or(now).max(self.from)
    }
}

/// A worker's time.
#[derive(Debug, Clone, Default)]
pub struct Lane {
    spans: Vec<Span>,
    /// Spans that together are no longer than this become one.
    grain: Duration,
    /// Up to when the file in work has been counted, and how much of it.
    counted: (Duration, u64),
}

/// The clock stood still at `at`, for so long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pause {
    /// When, in time in work.
    pub at: Duration,
    /// For how long.
    pub lasted: Duration,
}

/// What happened when, and how fast.
#[derive(Debug, Clone)]
pub struct Timeline {
    began: Option<Instant>,
    paused: Option<Instant>,
    ended: Option<Instant>,
    paused_for: Duration,
    pauses: Vec<Pause>,
    lanes: Vec<Lane>,
    width: Duration,
    /// Bytes of source read in each bucket.
    buckets: Vec<f64>,
}

impl Default for Timeline {
    fn default() -> Self {
        Self {
            began: None,
            paused: None,
            ended: None,
            paused_for: Duration::ZERO,
            pauses: Vec::new(),
            lanes: Vec::new(),
            width: FIRST_WIDTH,
            buckets: Vec::new(),
        }
    }
}

impl Timeline {
    /// A worker's spans, the oldest first.
    #[must_use]
    pub fn lanes(&self) -> impl ExactSizeIterator<Item = &[Span]> {
        self.lanes.iter().map(|lane| lane.spans.as_slice())
    }

    /// The pauses so far, in their order.
    #[must_use]
    pub fn pauses(&self) -> &[Pause] {
        &self.pauses
    }

    /// Nothing was in work yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lanes.is_empty()
    }

    /// Bytes of source read.
    #[must_use]
    pub fn bytes(&self) -> f64 {
        self.buckets.iter().sum()
    }

    /// Bytes of source a second over the whole time.
    #[must_use]
    pub fn average(&self) -> f64 {
        let seconds = self.now().as_secs_f64();
        if seconds < 0.05 { 0.0 } else { self.bytes() / seconds }
    }

    /// Time in work until the last event, the pause or the end; while it runs until now.
    #[must_use]
    pub fn now(&self) -> Duration {
        let until = self.ended.or(self.paused).unwrap_or_else(Instant::now);
        self.began.map_or(Duration::ZERO, |began| self.work(began, until))
    }

    /// The width of a bucket, and the bytes of source read in each.
    #[must_use]
    pub fn buckets(&self) -> (Duration, &[f64]) {
        (self.width, &self.buckets)
    }

    /// The clock begins to run.
    pub(super) fn begin(&mut self, at: Instant) {
        self.began.get_or_insert(at);
    }

    pub(super) fn pause(&mut self, at: Instant) {
        if self.began.is_some() && self.ended.is_none() {
            self.paused.get_or_insert(at);
        }
    }

    pub(super) fn resume(&mut self, at: Instant) {
        let (Some(began), Some(since)) = (self.began, self.paused.take()) else { return };
        let pause = Pause { at: self.work(began, since), lasted: at.saturating_duration_since(since) };
        self.paused_for += pause.lasted;
        let is_full = self.pauses.len() == PAUSES;
        match self.pauses.last_mut() {
            Some(last) if last.at == pause.at || is_full => last.lasted += pause.lasted,
            _ => self.pauses.push(pause),
        }
    }

    /// Nothing more will come.
    pub(super) fn end(&mut self, at: Instant) {
        self.resume(at);
        self.ended.get_or_insert(at);
    }

    /// Records what an event says; `size` gives the bytes of a file.
    pub(super) fn hear(&mut self, event: &Event, at: Instant, size: impl Fn(FileId) -> u64) {
        match event {
            Event::Started { file, worker } => {
                // read to its end; it is told once it is on the disk
                if let Some(before) = self.held(worker.index()) {
                    self.read(worker.index(), size(before), at);
                }
                self.started(worker.index(), *file, at);
            }
            Event::Progress { file, bytes, .. } => {
                self.holder(*file).into_iter().for_each(|worker| self.read(worker, *bytes, at));
            }
            Event::Gathered { file, .. } => {
                let Some(worker) = self.holder(*file) else { return };
                self.read(worker, size(*file), at);
                self.finished(worker, false, at);
            }
            Event::Finished { file, report } => {
                let Some(worker) = self.holder(*file) else { return };
                // a workbook that is up to date was not made, and a file that failed was not read to its end
                if matches!(report.outcome, Outcome::Converted { .. }) {
                    self.read(worker, size(*file), at);
                }
                self.finished(worker, matches!(report.outcome, Outcome::Failed(_)), at);
            }
            _ => {}
        }
    }

    /// The worker in whose hands the file is.
    fn holder(&self, file: FileId) -> Option<usize> {
        self.lanes.iter().position(|lane| lane.spans.last().is_some_and(|span| span.to.is_none() && span.file == file))
    }

    /// The file in the worker's hands.
    fn held(&self, worker: usize) -> Option<FileId> {
        self.lanes.get(worker)?.spans.last().filter(|span| span.to.is_none()).map(|span| span.file)
    }

    /// The worker took the file.
    fn started(&mut self, worker: usize, file: FileId, at: Instant) {
        self.finished(worker, false, at); // whatever it held before
        let from = self.at(at);
        if worker >= self.lanes.len() {
            self.lanes.resize_with(worker + 1, Lane::default);
        }
        let lane = &mut self.lanes[worker];
        lane.make_room();
        lane.counted = (from, 0);
        lane.spans.push(Span { file, files: 1, failed: 0, from, to: None, busy: Duration::ZERO });
    }

    /// So many bytes of the worker's file are read by now.
    fn read(&mut self, worker: usize, bytes: u64, at: Instant) {
        let at = self.at(at);
        let Some(lane) = self.lanes.get_mut(worker) else { return };
        let (from, before) = lane.counted;
        lane.counted = (at, bytes.max(before));
        self.add(from, at, bytes.saturating_sub(before));
    }

    /// The worker's file is done.
    fn finished(&mut self, worker: usize, failed: bool, at: Instant) {
        let at = self.at(at);
        let Some(span) = self.lanes.get_mut(worker).and_then(|lane| lane.spans.last_mut()) else { return };
        if span.to.is_none() {
            let to = at.max(span.from);
            (span.to, span.busy, span.failed) = (Some(to), to.saturating_sub(span.from), usize::from(failed));
        }
    }

    fn at(&self, instant: Instant) -> Duration {
        let instant = self.paused.map_or(instant, |paused| instant.min(paused));
        self.began.map_or(Duration::ZERO, |began| self.work(began, instant))
    }

    fn work(&self, began: Instant, until: Instant) -> Duration {
        until.saturating_duration_since(began).saturating_sub(self.paused_for)
    }

    /// Spreads bytes evenly over a time.
    fn add(&mut self, from: Duration, to: Duration, bytes: u64) {
        if bytes == 0 {
            return;
        }
        while to >= self.width * BUCKETS as u32 {
            self.coarsen();
        }
        let width = self.width.as_secs_f64();
        let (from, to) = (from.min(to).as_secs_f64(), to.as_secs_f64());
        let (first, last) = ((from / width) as usize, ((to / width) as usize).min(BUCKETS - 1));
        if last >= self.buckets.len() {
            self.buckets.resize(last + 1, 0.0);
        }
        let length = to - from;
        for at in first..=last {
            let begin = (at as f64 * width).max(from);
            let end = if at == last { to } else { (at + 1) as f64 * width };
            let part = if length > 0.0 { (end - begin).max(0.0) / length } else { f64::from(u8::from(at == last)) };
            self.buckets[at] += bytes as f64 * part;
        }
    }

    /// Buckets of twice the width.
    fn coarsen(&mut self) {
        self.width *= 2;
        self.buckets = self.buckets.chunks(2).map(|pair| pair.iter().sum()).collect();
    }
}

impl Lane {
    /// Makes room for one more span, where needed by merging short neighbours.
    fn make_room(&mut self) {
        if self.spans.len() < SPANS {
            return;
        }
        self.merge();
        // some room at once, so that merging costs little a file
        while self.spans.len() > SPANS * 3 / 4 {
            self.grain = (self.grain * 2).max(Duration::from_millis(1));
            self.merge();
        }
    }

    /// Neighbours that are together no longer than the grain become one.
    fn merge(&mut self) {
        let grain = self.grain;
        self.spans.dedup_by(|next, span| {
            let (Some(_), Some(to)) = (span.to, next.to) else { return false };
            let fits = to.saturating_sub(span.from) <= grain;
            if fits {
                span.to = Some(to);
                span.files += next.files;
                span.failed += next.failed;
                span.busy += next.busy;
            }
            fits
        });
    }
}

#[cfg(test)]
mod tests;
