//! Files in somebody's hands: the run hears that they are done with, also where whoever held them breaks down.

use std::thread;

use crate::engine::input::source_file::SourceFile;
use crate::engine::run::control::Control;
use crate::engine::run::event::{FileId, Outcome};

/// A file in the hands of a worker or of the committer; the run hears that it is done with even when the sink panics.
pub struct InFlight<'a> {
    control: &'a Control,
    /// Its place in the list.
    pub file: FileId,
    source: Option<SourceFile>,
}

impl<'a> InFlight<'a> {
    /// A file that a worker has taken.
    pub fn new(control: &'a Control, file: FileId, source: SourceFile) -> Self {
        Self { control, file, source: Some(source) }
    }

    /// The file itself; it is held until it is done.
    pub fn source(&self) -> Option<&SourceFile> {
        self.source.as_ref()
    }

    /// It is done with: this became of it.
    pub fn done(mut self, outcome: &Outcome) {
        if let Some(source) = self.source.take() {
            self.control.done(self.file, source, Some(outcome));
        }
    }
}

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        if let Some(source) = self.source.take() {
            self.control.done(self.file, source, None);
        }
    }
}

/// Workers wait for the list, the committer for workers and the run's own thread for all: where one breaks down, all
/// go home.
pub struct StopOnPanic<'a>(pub &'a Control);

impl Drop for StopOnPanic<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.stop();
            self.0.give_up();
        }
    }
}
