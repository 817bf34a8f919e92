//! What a conversion has come to: a whole file that waits for its name, or why there is none; and what is told of it
//! once that is settled.

use std::fs::{self, File, Metadata};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::Run;
use crate::engine::error::{Cause, ConvertError};
use crate::engine::input::source_file::SourceFile;
use crate::engine::notes::{Note, NoteKind};
use crate::engine::output::ReadBack;
use crate::engine::run::event::{Outcome, Report};
use crate::engine::run::journalled;

/// What a conversion has come to.
pub struct Converted {
    /// What will be told of it; while [`Converted::whole`] is there, as though that had its name.
    pub report: Report,
    /// The file that waits for its name.
    pub whole: Option<Whole>,
    /// The source file when it was opened.
    pub(super) about: Option<Metadata>,
    pub(super) owed: u64,
    pub(super) proof: Option<ReadBack>,
    pub(super) source_digest: Option<String>,
    /// Where the finished file has no place for it.
    pub(super) stamp: Option<String>,
    /// Places of notes beyond those in memory.
    pub(super) further: Option<File>,
    /// Names that are this file's in this run.
    pub(super) reserved: Vec<PathBuf>,
}

/// A file that is whole and proven, and waits for its name.
pub struct Whole {
    /// What it grew in, locked.
    pub temporary: NamedTempFile,
    /// Its name.
    pub target: PathBuf,
    /// Something stands there that it is to replace.
    pub replaces: bool,
    /// And that is not this source's own workbook.
    pub replaces_others: bool,
}

impl Converted {
    /// The whole file has its name now, and it is on the disk.
    pub fn named(&mut self, replaces_others: bool) {
        if replaces_others {
            self.report.notes.add(Note::at(NoteKind::Replaced, 1, "", 1));
        }
    }

    /// The whole file could not be kept; nothing of it is.
    pub fn not_named(&mut self, run: &Run, source: &SourceFile, target: &Path, cause: Cause) {
        let error = ConvertError { path: source.name.clone(), line: None, cause };
        self.report.outcome = Outcome::Failed(Box::new(error));
        if let Some(folder) = target.parent() {
            leave_no_empty_folders(folder, &run.job.output);
        }
    }

    /// Its names may be others', or its own when it is tried again.
    pub fn release(&self, run: &Run) {
        self.reserved.iter().for_each(|target| run.reservations.release(target));
    }

    /// Writes into the journal what became of it, and gives what is told.
    pub fn settled(self, run: &Run, source: &SourceFile) -> Report {
        if !matches!(self.report.outcome, Outcome::Converted { .. } | Outcome::UpToDate { .. }) {
            self.release(run);
        }
        if run.output.is_gone() {
            run.control.stop(); // nothing more can be made
        }
        let Self { report, about, owed, proof, source_digest, stamp, further, .. } = self;
        let proven = (owed, proof.as_ref(), source_digest);
        let entry = journalled::entry(run.job, source, about.as_ref(), &report, proven, stamp.as_deref());
        if let Some(entry) = entry {
            run.journal.file(entry, &report.notes, further);
        }
        report
    }
}

/// Takes away folders below `output` that were made for a file that did not come to be.
pub fn leave_no_empty_folders(folder: &Path, output: &Path) {
    if folder == output {
        return;
    }
    let above = folder.ancestors().take_while(|folder| folder.starts_with(output) && *folder != output);
    for folder in above {
        if fs::remove_dir(folder).is_err() {
            return; // not empty, so neither is what is above
        }
    }
}
