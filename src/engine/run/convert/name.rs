//! Which name a finished file gets, and whose file stands there already.

use std::fs::Metadata;
use std::path::{Path, PathBuf};

use super::super::replaced::is_among_sources;
use super::Run;
use crate::engine::error::{Cause, Halt};
use crate::engine::job::choices::IfExists;
use crate::engine::journal::entry::{Entry, SameEntry};
use crate::engine::journal::known::{Made, stamp_at, whose};
use crate::engine::notes::Notes;
use crate::engine::output::{reservations, stamp, target};

/// Decides about names, and keeps those that were reserved meanwhile.
pub struct Naming<'r, 'a> {
    pub run: &'r Run<'a>,
    pub reserved: &'r mut Vec<PathBuf>,
}

/// What was decided.
#[derive(Debug, PartialEq, Eq)]
pub enum Named {
    /// The finished file is there already.
    UpToDate(PathBuf),
    /// It is to be made under this name.
    Make {
        target: PathBuf,
        /// Something stands there that it is to replace.
        replaces: bool,
        /// And that is not this source's own finished file, or was changed since.
        replaces_others: bool,
    },
}

impl Naming<'_, '_> {
    /// Decides about the name of a file of this stamp; `holds_the_same` says whether the sources of the one that stands
    /// there, under the same stamp, are still what they were.
    ///
    /// # Errors
    /// Where it cannot have this name, and why.
    pub fn decide(
        &mut self,
        target: PathBuf,
        stamp: &str,
        holds_the_same: impl FnOnce(&Path) -> Result<bool, Halt>,
    ) -> Result<Named, Halt> {
        let is_first = self.reserve(&target);
        let replaces = target.exists();
        let if_exists = self.run.job.choices.if_exists;
        if if_exists == IfExists::KeepBoth && (replaces || !is_first) {
            return Ok(Named::Make { target: self.beside(&target), replaces: false, replaces_others: false });
        }
        if !is_first && replaces && !reservations::is_named_so(&target) {
            return Err(Cause::AlreadyThere.into()); // made by a source file whose name differs in letter case alone
        }
        let mut others = None;
        if replaces {
            let old = stamp_at(self.run.form, self.made(&target), &target);
            others = whose(self.run.form, self.made(&target), &target, old.as_deref(), stamp);
            match if_exists {
                IfExists::Skip if old.as_deref() == Some(stamp) && holds_the_same(&target)? => {
                    return Ok(Named::UpToDate(target));
                }
                IfExists::Stop => return Err(Cause::AlreadyThere.into()),
                _ if old.is_none() && self.is_among_sources(&target) => return Err(Cause::TargetIsSource.into()),
                IfExists::Overwrite => {}
                _ => others.take().map_or(Ok(()), Err)?,
            }
            if target::is_open_elsewhere(&target) {
                return Err(Cause::WorkbookOpen.into());
            }
        }
        Ok(Named::Make { target, replaces, replaces_others: others.is_some() })
    }

    /// What the journal knows of the file under this name.
    fn made(&self, target: &Path) -> Option<&Made> {
        made(self.run, target)
    }

    /// What was lost when this finished file was made, as the journal knows.
    pub fn losses_of(&self, target: &Path) -> Notes {
        let losses = self.made(target).and_then(Made::losses);
        losses.map(Notes::of_counts).unwrap_or_default()
    }

    /// The first name with a number that is neither there nor another source file's.
    fn beside(&mut self, target: &Path) -> PathBuf {
        target::beside(target, |path| !path.exists() && self.reserve(path))
    }

    /// False where another source file of the run makes this workbook.
    fn reserve(&mut self, target: &Path) -> bool {
        let is_first = self.run.reservations.reserve(target);
        if is_first {
            self.reserved.push(target.to_owned());
        }
        is_first
    }

    /// A workbook below an input folder that is not ours is a person's file (the scan leaves out only
    /// an output folder that lies apart below the input).
    fn is_among_sources(&self, target: &Path) -> bool {
        let added = self.run.control.added();
        let inputs = self.run.job.inputs.iter().chain(&self.run.job.added).chain(&added);
        is_among_sources(target, &self.run.job.output, inputs)
    }
}

/// What the journal knows of the file under this name.
fn made<'r>(run: &'r Run, target: &Path) -> Option<&'r Made> {
    run.journal.made(target.strip_prefix(&run.job.output).unwrap_or(target))
}

/// Whether the source holds what it held when this workbook was made of it. Its size and time of change are the same,
/// which can be set; where anything else about it was changed it is read again, for its digest.
///
/// # Errors
/// When it cannot be read.
pub fn holds_the_same(
    run: &Run,
    target: &Path,
    about: &Metadata,
    digest: impl FnOnce() -> Result<String, Halt>,
) -> Result<bool, Halt> {
    let (Some(made), Some(now)) = (made(run, target), stamp::inode_changed(about)) else { return Ok(true) };
    if made.inode_changed.is_none_or(|then| then.get() == now) || made.is_of("").is_none() {
        return Ok(true);
    }
    let is_same = made.is_of(&digest()?) == Some(true);
    if is_same {
        let name = target.strip_prefix(&run.job.output).unwrap_or(target).to_owned();
        run.journal.add(&Entry::Same(SameEntry { made: name, inode_changed: now }));
    }
    Ok(is_same)
}
