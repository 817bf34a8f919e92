//! Finished files on the disk: a file gets its name only when what stands in it is there, and is told as made only when
//! its name is there too. After a power cut no workbook is empty, and none that was told is missing.
//!
//! To wait for a disk takes far longer than to write a small file, and hardly longer for many files than for one. So
//! nobody waits but one thread, the committer: it takes all that wait as one batch, while the workers go on. They hand
//! over what is whole, and wait only where too much waits already, for each such file is open. Where hardly any file
//! may be open, a worker commits its own before it takes another.

pub mod disk;
pub mod in_flight;
#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashSet};
use std::panic;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

use super::Sink;
use super::convert::{Converted, Run, Whole};
use super::event::{Event, Summary};
use crate::engine::error::{Cause, Halt, writing};
use disk::Disk;
use in_flight::{InFlight, StopOnPanic};

/// Files that wait at most, and so a batch at most.
const MOST: usize = 256;
/// Of the files that the process may have open so many are left to all else: inputs, archives, a window.
const LEFT_TO_OTHERS: usize = 128;
/// A waiting file takes two at most, and a batch is taken while as many wait again.
const OPEN_EACH: usize = 4;

/// A file that is converted, and held until that is settled.
pub struct Ended<'a> {
    /// Which file.
    pub held: InFlight<'a>,
    /// What it has come to.
    pub converted: Converted,
}

/// Gives finished files their names, and tells of all that have ended.
pub struct Committer<'a> {
    run: &'a Run<'a>,
    disk: &'a dyn Disk,
    totals: &'a Mutex<Summary>,
    sink: Sink<'a>,
    /// Folders whose own names are on the disk.
    known: Mutex<HashSet<PathBuf>>,
}

/// Where workers hand over what has ended.
pub struct HandOver<'c, 'a> {
    committer: &'c Committer<'a>,
    /// To the committing thread; `None` where workers commit themselves.
    sender: Option<SyncSender<Ended<'a>>>,
    turn: Mutex<()>,
}

impl<'c, 'a> HandOver<'c, 'a> {
    fn new(committer: &'c Committer<'a>, sender: Option<SyncSender<Ended<'a>>>) -> Self {
        Self { committer, sender, turn: Mutex::default() }
    }

    /// For one worker at a time: where files can't be opened, two would take each other's.
    pub fn turn(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a file from a worker, which has to wait where many wait already. What has no finished file is told at
    /// once.
    pub fn take_over(&self, ended: Ended<'a>) {
        match &self.sender {
            _ if ended.converted.whole.is_none() => self.committer.tell(ended),
            Some(sender) => drop(sender.send(ended)), // where the committer has broken down, all are let go
            None => self.committer.commit(vec![ended]),
        }
    }
}

impl<'a> Committer<'a> {
    /// For this run, onto this disk; adds to `totals`.
    pub fn new(run: &'a Run<'a>, disk: &'a dyn Disk, totals: &'a Mutex<Summary>, sink: Sink<'a>) -> Self {
        Self { run, disk, totals, sink, known: Mutex::default() }
    }

    /// Does `work` while files are committed beside it; ends when all that was handed over is on the disk and told.
    pub fn beside<T>(&self, work: impl FnOnce(&HandOver<'_, 'a>) -> T) -> T {
        let most = (self.disk.most_open().saturating_sub(LEFT_TO_OTHERS) / OPEN_EACH).min(MOST);
        let alone = HandOver::new(self, None);
        if most == 0 {
            return work(&alone);
        }
        thread::scope(|scope| {
            let (sender, handed) = sync_channel(most);
            let committing = move || {
                let _stop = StopOnPanic(self.run.control);
                while let Ok(first) = handed.recv() {
                    self.commit(std::iter::once(first).chain(handed.try_iter().take(most)).collect());
                }
            };
            let Ok(thread) = thread::Builder::new().name("committer".into()).spawn_scoped(scope, committing) else {
                return work(&alone);
            };
            let done = work(&HandOver::new(self, Some(sender)));
            thread.join().unwrap_or_else(|panic| panic::resume_unwind(panic));
            done
        })
    }

    /// Data, then names, then folders; what fails is that file's outcome.
    fn commit(&self, mut batch: Vec<Ended<'a>>) {
        let wholes: Vec<Whole> = batch.iter_mut().filter_map(|ended| ended.converted.whole.take()).collect();
        let files: Vec<_> = wholes.iter().map(|whole| &whole.temporary).collect();
        let synced = self.disk.sync(&files);
        let mut named: Vec<(PathBuf, bool, Result<(), Halt>)> = Vec::with_capacity(batch.len());
        for (whole, synced) in wholes.into_iter().zip(synced) {
            let Whole { temporary, target, replaces, replaces_others } = whole;
            let renamed = self.run.output.check().map_err(Halt::from).and_then(|()| {
                synced.map_err(writing)?;
                self.disk.rename(temporary, &target, replaces)
            });
            // it may have gone between the two
            let renamed = renamed.map_err(|halt| self.run.output.check().err().map_or(halt, Halt::from));
            named.push((target, replaces_others, renamed));
        }
        let lost = self.sync_folders(named.iter().filter(|(.., renamed)| renamed.is_ok()).map(|(target, ..)| target));
        for (mut ended, (target, replaces_others, renamed)) in batch.into_iter().zip(named) {
            let lost = lost.iter().find(|(folder, _)| target.starts_with(folder));
            let renamed = renamed.and_then(|()| lost.map_or(Ok(()), |(_, cause)| Err(cause.clone().into())));
            match (renamed, ended.held.source()) {
                (Ok(()), _) => ended.converted.named(replaces_others),
                (Err(Halt::Failed(cause)), Some(source)) => {
                    ended.converted.not_named(self.run, source, &target, cause);
                }
                (Err(_), _) => {} // a stop is not heard here, and whatever is held has a source
            }
            self.tell(ended);
        }
        self.run.journal.keep();
    }

    /// Syncs the folders of these files, and those above them where the run may have made what lies below. Gives those
    /// that could not be, and why.
    fn sync_folders<'p>(&self, targets: impl Iterator<Item = &'p PathBuf>) -> Vec<(PathBuf, Cause)> {
        let output = &self.run.job.output;
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut folders, mut new) = (BTreeSet::new(), BTreeSet::new());
        for folder in targets.filter_map(|target| target.parent()) {
            folders.insert(folder);
            for at in folder.ancestors().take_while(|at| at.starts_with(output) && !known.contains(*at)) {
                new.insert(at.to_owned());
                folders.extend(at.parent());
            }
        }
        let folders: Vec<&Path> = folders.into_iter().collect();
        let synced = self.disk.sync_folders(&folders);
        let failed = folders.iter().zip(synced).filter_map(|(folder, synced)| match writing(synced.err()?) {
            Halt::Failed(cause) => Some((folder.to_path_buf(), cause)),
            Halt::Stopped => None,
        });
        let failed: Vec<_> = failed.collect();
        known.extend(new.into_iter().filter(|at| failed.iter().all(|(folder, _)| at.parent() != Some(folder))));
        failed
    }

    /// Tells what has become of a file: to the journal, to the run, and to whoever hears it.
    fn tell(&self, ended: Ended<'a>) {
        let Ended { held, converted } = ended;
        let Some(source) = held.source() else { return };
        let report = converted.settled(self.run, source);
        self.totals.lock().unwrap_or_else(PoisonError::into_inner).add(&report);
        let file = held.file;
        held.done(&report.outcome); // before it is told, so that whoever hears it can have it again
        (self.sink)(Event::Finished { file, report: Box::new(report) });
    }
}
