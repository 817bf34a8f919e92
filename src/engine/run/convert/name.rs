//! Which name a finished file gets, and whose file stands there already.

use std::fs::Metadata;
use std::path::{Path, PathBuf};

use super::super::replaced::is_among_sources;
use super::Conversion;
use crate::engine::error::{Cause, Halt};
use crate::engine::journal::entry::{Entry, SameEntry};
use crate::engine::journal::known::{Made, stamp_at, whose};
use crate::engine::notes::Notes;
use crate::engine::output::{stamp, target};

impl Conversion<'_> {
    /// Whose file stands under the workbook's name, where it must not be replaced without being asked.
    pub(super) fn whose(&self, target: &Path, old: Option<&str>, stamp: &str) -> Option<Cause> {
        whose(self.run.form, self.made(target), target, old, stamp)
    }

    /// What it remembers of its making, wherever its form keeps that.
    pub(super) fn stamp_at(&self, target: &Path) -> Option<String> {
        stamp_at(self.run.form, self.made(target), target)
    }

    /// What the journal knows of the file under the workbook's name.
    fn made(&self, target: &Path) -> Option<&Made> {
        self.run.journal.made(target.strip_prefix(&self.run.job.output).unwrap_or(target))
    }

    /// Whether the source holds what it held when this workbook was made of it. Its size and time of change are the same,
    /// which can be set; where anything else about it was changed it is read again.
    pub(super) fn holds_the_same(&self, target: &Path, about: &Metadata) -> Result<bool, Halt> {
        let name = target.strip_prefix(&self.run.job.output).unwrap_or(target);
        let (Some(made), Some(now)) = (self.run.journal.made(name), stamp::inode_changed(about)) else {
            return Ok(true);
        };
        if made.inode_changed.is_none_or(|then| then.get() == now) || made.is_of("").is_none() {
            return Ok(true);
        }
        let is_same = made.is_of(&self.opener.digest()?) == Some(true);
        if is_same {
            self.run.journal.add(&Entry::Same(SameEntry { made: name.to_owned(), inode_changed: now }));
        }
        Ok(is_same)
    }

    /// What was lost when this workbook was made, as the journal knows.
    pub(super) fn losses_of(&self, target: &Path) -> Notes {
        let losses = self.made(target).and_then(Made::losses);
        losses.map(Notes::of_counts).unwrap_or_default()
    }

    /// The first name with a number that is neither there nor another source file's.
    pub(super) fn beside(&mut self, target: &Path) -> PathBuf {
        target::beside(target, |path| !path.exists() && self.reserve(path))
    }

    /// False where another source file of the run makes this workbook.
    pub(super) fn reserve(&mut self, target: &Path) -> bool {
        let is_first = self.run.reservations.reserve(target);
        if is_first {
            self.reserved.push(target.to_owned());
        }
        is_first
    }

    /// A workbook below an input folder that is not ours is a person's file (the scan leaves out only
    /// an output folder that lies apart below the input).
    pub(super) fn is_among_sources(&self, target: &Path) -> bool {
        let added = self.run.control.added();
        let inputs = self.run.job.inputs.iter().chain(&self.run.job.added).chain(&added);
        is_among_sources(target, &self.run.job.output, inputs)
    }
}
