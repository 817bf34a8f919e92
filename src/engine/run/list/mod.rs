//! The list of a run as it grows: scanned, told in batches, handed on.

pub mod replaced;

use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::Sink;
use super::control::Control;
use super::event::Event;
use crate::engine::error::left_out::LeftOutCounts;
use crate::engine::error::{RunError, ScanError};
use crate::engine::input::archive;
use crate::engine::input::inputs::{Input, Inputs};
use crate::engine::input::scan::{self, Finished, ScanItem};
use crate::engine::input::source_file::SourceFile;
use crate::engine::job::Job;
use crate::engine::journal::above::Journals;
use crate::engine::journal::is_lines;
use crate::engine::output::{self, OutputForm};

/// Files told at once while scanning, and the longest they are held back.
const BATCH: usize = 512;
const BATCH_TIME: Duration = Duration::from_millis(50);
/// Time between two words about the folder that the scan is in.
const FOLDER_TIME: Duration = Duration::from_millis(100);

/// The list of a run as it grows.
pub struct List<'a> {
    job: &'a Job,
    ours: Ours<'a>,
    control: &'a Control,
    sink: Sink<'a>,
    pub files: usize,
    bytes: u64,
    pub passed_over: usize,
    pub left_out: LeftOutCounts,
}

impl<'a> List<'a> {
    /// Nothing listed yet. Finished files of our own making are no sources.
    pub fn new(job: &'a Job, ours: Ours<'a>, control: &'a Control, sink: Sink<'a>) -> Self {
        Self { job, ours, control, sink, files: 0, bytes: 0, passed_over: 0, left_out: LeftOutCounts::default() }
    }

    /// Scans, tells what is found in batches, and hands each batch on.
    pub fn scan(&mut self, inputs: &[Input], mut hand_on: impl FnMut(Vec<SourceFile>)) -> Result<(), RunError> {
        let (job, sink) = (self.job, self.sink);
        let mut batch = Vec::new();
        let mut told = Instant::now();
        let mut entered: Option<Instant> = None;
        let mut tell = |batch: &mut Vec<SourceFile>| {
            if !batch.is_empty() {
                let files = std::mem::take(batch);
                sink(Event::Found(files.clone()));
                hand_on(files);
            }
        };
        let is_ours = |path: &Path| self.ours.hold(path);
        let finished = Finished { folder: &job.output, extension: self.ours.extension(), is_ours: &is_ours };
        let scanned = scan::scan(inputs, &finished, self.control.token(), |found| match found {
            ScanItem::LeftOut(path, why) => {
                self.left_out.add(why);
                sink(Event::LeftOut { path, why });
            }
            ScanItem::PassedOver(path, why) => {
                self.passed_over += 1;
                sink(Event::PassedOver { path, why });
            }
            ScanItem::Entered(folder) => {
                // an archive can take minutes to list: what stands before it is not held back for it
                if !batch.is_empty() && (told.elapsed() >= BATCH_TIME || archive::is_named_like_one(&folder)) {
                    tell(&mut batch);
                    told = Instant::now();
                }
                if entered.is_none_or(|told| told.elapsed() >= FOLDER_TIME) {
                    entered = Some(Instant::now());
                    sink(Event::Scanning { folder });
                }
            }
            ScanItem::File(file) => {
                if !job.takes(&file.name) {
                    return;
                }
                self.files += 1;
                self.bytes += file.bytes;
                batch.push(file);
                if batch.len() >= BATCH || told.elapsed() >= BATCH_TIME {
                    tell(&mut batch);
                    told = Instant::now();
                }
            }
        });
        tell(&mut batch);
        scanned.map(drop)
    }

    /// What was added during the run: one that cannot be read does not keep the others out.
    pub fn scan_added(&mut self, added: &[PathBuf], inputs: &mut Inputs, mut hand_on: impl FnMut(Vec<SourceFile>)) {
        for path in added {
            let Some(input) = inputs.add(path) else { continue };
            if let Err(error) = self.scan(std::slice::from_ref(&input), &mut hand_on) {
                self.passed_over += 1;
                (self.sink)(Event::PassedOver { path: path.clone(), why: unread(error) });
            }
        }
        self.tell_complete();
    }

    /// # Errors
    /// When nothing was found.
    pub fn complete(&self) -> Result<(), RunError> {
        if self.files == 0 && !self.control.is_stopped() {
            let path = self.job.inputs.first().cloned().unwrap_or_else(PathBuf::new);
            return Err(RunError::NoFiles { path });
        }
        self.tell_complete();
        Ok(())
    }

    fn tell_complete(&self) {
        if !self.control.is_stopped() {
            (self.sink)(Event::Scanned { files: self.files, bytes: self.bytes });
        }
    }
}

fn unread(error: RunError) -> ScanError {
    match error {
        RunError::Input { source, .. } => source.into(),
        other => io::Error::other(other).into(), // a scan has no others
    }
}

/// Finished files of our own making, of whatever form: no sources.
pub struct Ours<'a> {
    form: &'a dyn OutputForm,
    journals: Journals<'a>,
}

impl<'a> Ours<'a> {
    /// Before a run into files of this form, or without one.
    pub fn before(form: &'a dyn OutputForm) -> Self {
        Self { form, journals: Journals::default() }
    }

    /// In a run into files of this form.
    pub fn in_run(form: &'a dyn OutputForm, journals: Journals<'a>) -> Self {
        Self { form, journals }
    }

    /// What the names of files end with that the output folder may hold by the thousand; `None` where such a name says
    /// little, since people have files that are called so.
    pub fn extension(&self) -> Option<&'static str> {
        self.form.keeps_stamp().then(|| self.form.extension())
    }

    /// The file at `path` is one of them.
    pub fn hold(&self, path: &Path) -> bool {
        let extension = path.extension().and_then(|extension| extension.to_str());
        let form = extension.and_then(|extension| match self.form {
            form if form.extension() == extension => Some(form),
            _ => output::by_extension(extension),
        });
        let is_made = form.is_some_and(|form| {
            if form.keeps_stamp() { form.stamp_at(path).is_some() } else { self.journals.know(form, path) }
        });
        is_made || is_lines(path)
    }
}
