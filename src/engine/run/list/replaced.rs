//! What a run that overwrites would replace, counted before it begins, so that a person can be asked.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use rayon::prelude::*;

use super::Ours;
use crate::engine::error::{Cause, RunError};
use crate::engine::input::scan::{self, Finished, ScanItem};
use crate::engine::input::source_file::SourceFile;
use crate::engine::job::Job;
use crate::engine::job::merge::MergeBy;
use crate::engine::journal::known::{Known, stamp_at, whose};
use crate::engine::output::{self, OutputForm, stamp};
use crate::engine::run::merge::sources::{Key, place, target_of};
use crate::engine::stop::StopToken;

/// So many files are looked at side by side.
const BATCH: usize = 256;

/// Files that stand where a run would make its own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WouldReplace {
    /// All of them.
    pub all: usize,
    /// Of these, so many that this program did not make.
    pub not_ours: usize,
    /// Of these, so many that were made from other sources.
    pub of_others: usize,
    /// Of these, so many that somebody has changed since they were made.
    pub changed: usize,
    /// Time ran out before all were looked at: there may be more of each.
    pub is_cut_short: bool,
}

impl WouldReplace {
    /// Those in which a person may have something.
    #[must_use]
    pub fn of_people(&self) -> usize {
        self.not_ours + self.of_others + self.changed
    }

    /// Nobody would lose anything: all are known, and were made by this program from the same sources.
    #[must_use]
    pub fn is_harmless(&self) -> bool {
        self.of_people() == 0 && !self.is_cut_short
    }

    fn and(self, other: Self) -> Self {
        Self {
            all: self.all + other.all,
            not_ours: self.not_ours + other.not_ours,
            of_others: self.of_others + other.of_others,
            changed: self.changed + other.changed,
            is_cut_short: self.is_cut_short || other.is_cut_short,
        }
    }

    fn one(cause: Option<&Cause>) -> Self {
        let is = |matches: bool| usize::from(matches);
        Self {
            all: 1,
            not_ours: is(matches!(cause, Some(Cause::NotOurs))),
            of_others: is(matches!(cause, Some(Cause::OtherSource))),
            changed: is(matches!(cause, Some(Cause::ChangedSince))),
            is_cut_short: false,
        }
    }
}

/// Counts what this job would replace if it overwrites, as its run would decide it, and writes nothing. It ends after
/// `most` of time, or when `stop` says so, with what was counted until then.
///
/// # Errors
/// When an input cannot be read.
pub fn would_replace(job: &Job, stop: &StopToken, most: Duration) -> Result<WouldReplace, RunError> {
    let began = Instant::now();
    let stop = stop.below();
    thread::scope(|scope| {
        let (ended, end) = channel::<()>();
        let late = stop.clone();
        // an archive can take minutes to list, and tells nothing meanwhile
        scope.spawn(move || {
            if end.recv_timeout(most) == Err(RecvTimeoutError::Timeout) {
                late.stop();
            }
        });
        let counted = counted(job, &stop, || began.elapsed() >= most);
        drop(ended);
        counted
    })
}

/// As [`would_replace`], until `stop` says so or it is late.
fn counted(job: &Job, stop: &StopToken, is_late: impl Fn() -> bool + Sync) -> Result<WouldReplace, RunError> {
    let form = output::of(&job.choices);
    // a journal that can't be read holds the run up, and is told then
    let known = Known::of(&job.output).unwrap_or_default();
    let is_over = || {
        if is_late() {
            stop.stop();
        }
        stop.is_stopped()
    };
    let count = |batch: &mut Vec<(SourceFile, PathBuf)>| {
        let one = |(source, target): &(SourceFile, PathBuf)| match job.choices.merge.by {
            _ if is_over() => None,
            MergeBy::None => found(job, form, &known, source, target),
            by => merged(job, form, &known, &Key::of(&source.name, by), target),
        };
        let counted: Vec<_> = batch.par_iter().filter_map(one).collect();
        batch.clear();
        counted.into_iter().fold(WouldReplace::default(), WouldReplace::and)
    };
    let mut all = WouldReplace::default();
    let (mut batch, mut seen) = (Vec::new(), HashSet::new());
    let ours = Ours::before(form);
    let is_ours = |path: &Path| ours.hold(path);
    let finished = Finished { folder: &job.output, extension: ours.extension(), is_ours: &is_ours };
    let scanned = scan::scan(&crate::engine::run::inputs(job).1, &finished, stop, |item| {
        let ScanItem::File(source) = item else { return };
        let target = target_of(job, form, &source.name);
        let is_new = !job.choices.merge.is_on() || seen.insert(target.clone());
        if !is_over() && job.takes(&source.name) && is_new && target.exists() {
            batch.push((source, target));
            if batch.len() >= BATCH {
                all = all.and(count(&mut batch));
            }
        }
    })?;
    all = all.and(count(&mut batch));
    all.is_cut_short = scanned.is_err() || is_over();
    Ok(all)
}

/// The file at `target`, if the run would replace it.
fn found(job: &Job, form: &dyn OutputForm, known: &Known, source: &SourceFile, target: &Path) -> Option<WouldReplace> {
    let about = fs::metadata(source.path()).ok()?; // a source that is gone replaces nothing
    if !fs::metadata(target).ok()?.is_file() {
        return None; // neither does a file a folder
    }
    // by the source alone it is decided whose a file is, whatever the filters
    let stamp = stamp::of(source, &about, &job.choices, &job.reading_of(&source.name), form.own_choice(), "");
    let made = known.made(target.strip_prefix(&job.output).unwrap_or(target));
    let old = stamp_at(form, made, target);
    let inputs = job.inputs.iter().chain(&job.added);
    if old.is_none() && is_among_sources(target, &job.output, inputs) {
        return None; // a run refuses that, whatever was chosen
    }
    Some(WouldReplace::one(whose(form, made, target, old.as_deref(), &stamp).as_ref()))
}

/// The finished file at `target`, if the run would replace it by what it merges.
fn merged(job: &Job, form: &dyn OutputForm, known: &Known, key: &Key, target: &Path) -> Option<WouldReplace> {
    if !fs::metadata(target).ok()?.is_file() {
        return None;
    }
    let stamp = stamp::of_many((0, 0), place(job, key), &job.choices, form.own_choice(), "");
    let made = known.made(target.strip_prefix(&job.output).unwrap_or(target));
    let old = stamp_at(form, made, target);
    Some(WouldReplace::one(whose(form, made, target, old.as_deref(), &stamp).as_ref()))
}

/// A workbook below an input folder that is not ours is a person's file (the scan leaves out only an output folder that
/// lies apart below the input).
pub fn is_among_sources<'a>(target: &Path, output: &Path, mut inputs: impl Iterator<Item = &'a PathBuf>) -> bool {
    let (Ok(target), Ok(output)) = (fs::canonicalize(target), fs::canonicalize(output)) else { return false };
    inputs.any(|input| {
        let Ok(input) = fs::canonicalize(input) else { return false };
        let apart = output != input && output.starts_with(&input);
        target.starts_with(&input) && !apart
    })
}
