//! How far a run is, how fast, and what each worker does.

use std::time::Duration;

use super::{EndedAs, FileWords, RunWords, TimeWords};
use crate::session::{Counts, Pause, Span};
use crate::text::count;

/// Words about a run at work.
pub trait ProgressWords: FileWords + RunWords + TimeWords {
    /// `on 8 cores` behind the number of workers chosen.
    fn of_cores(&self, cores: usize) -> String;

    /// `431 of 918`, of numbers already written out.
    fn out_of(&self, done: &str, files: &str) -> String;

    /// `431 of 918 · 1 failed`.
    fn done_of(&self, counts: &Counts, files: usize) -> String {
        let mut line = self.out_of(&count(counts.ended() as u64), &count(files as u64));
        if counts.failed > 0 {
            line += &format!(" · {}", self.ended(EndedAs::Failed, counts.failed));
        }
        line
    }

    /// `9 s left`.
    fn left(&self, time: Duration) -> String;

    /// `12 s so far`.
    fn elapsed(&self, time: Duration) -> String;

    /// `1.9 cores`, those that were busy on average.
    fn busy_cores(&self, cores: f64) -> String;

    /// `1 min 12 s · 1.9 cores`: the time of all processors, and how many of them that makes.
    fn cpu(&self, cpu: Duration, elapsed: Duration) -> String {
        let cores = cpu.as_secs_f64() / elapsed.as_secs_f64().max(0.001);
        format!("{} · {}", self.duration(cpu), self.busy_cores(cores))
    }

    /// `peak 63 MB/s`; in bytes a second.
    fn peak(&self, peak: f64) -> String;

    /// What the graph of speed shows, for who cannot see it; speeds in bytes a second.
    fn graph(&self, time: Duration, average: f64, peak: f64) -> String;

    /// `paused 3 times, 20 s in all`, of a time already in words; at least once.
    fn paused_for(&self, times: usize, time: &str) -> String;

    /// `paused for 5 s`, `paused 3 times, 20 s in all`; `None` where nothing was paused.
    fn paused(&self, pauses: &[Pause]) -> Option<String> {
        let time = self.duration(pauses.iter().map(|pause| pause.lasted).sum());
        (!pauses.is_empty()).then(|| self.paused_for(pauses.len(), &time))
    }

    /// What a worker did, `busy` is the part of its time with work, 0 to 1.
    fn lane(&self, worker: usize, files: usize, busy: f64) -> String;

    /// `started at 1.2 s, took 0.3 s`, of times already in words; `None` while it lasts.
    fn began(&self, from: &str, lasted: Option<&str>) -> String;

    /// `AA/wiki_04 · started at 1.2 s, took 0.3 s`, `AA/wiki_04 and 12 more · started at 1.2 s, took 4.0 s · 1 failed`.
    fn span(&self, name: &str, span: &Span) -> String {
        let lasted = span.to.map(|to| self.duration(to.saturating_sub(span.from)));
        let began = self.began(&self.duration(span.from), lasted.as_deref());
        let mut line = format!("{} · {began}", self.and_more(name, span.files - 1));
        if lasted.is_some() && span.failed > 0 {
            line += &format!(" · {}", self.ended(EndedAs::Failed, span.failed));
        }
        line
    }
}
