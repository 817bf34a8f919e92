//! What each worker of a run does: it takes files in list order, converts them and tells what became of them,
//! and does what other files have to give while none waits.

use std::sync::{Mutex, PoisonError};
use std::thread;

use super::Sink;
use super::control::{Control, Work};
use super::convert::{self, Run};
use super::event::{Event, FileId, Outcome, Report, Summary, WorkerId};
use crate::engine::input::source_file::SourceFile;
use crate::engine::panics;

/// Works as worker number `worker`, from 0, until the run is over; adds to `totals`.
pub fn work(worker: WorkerId, run: &Run, totals: &Mutex<Summary>, sink: Sink) {
    let control = run.control;
    let _stop = StopOnPanic(control);
    while let Some(work) = control.take(worker) {
        let (file, source) = match work {
            Work::File(file, source) => (file, source),
            Work::Task(task) => {
                let _ = panics::attempt(task); // whoever waits for it sees that nothing came
                continue;
            }
        };
        let held = InFlight { control, file, source: Some(source) };
        sink(Event::Started { file, worker });
        let report = held.convert(run, sink);
        totals.lock().unwrap_or_else(PoisonError::into_inner).add(&report);
        held.done(&report.outcome); // before it is told, so that whoever hears it can have it again
        sink(Event::Finished { file, report: Box::new(report) });
    }
}

/// Workers wait for the list and the run's own thread for them: where one breaks down, all go home.
pub struct StopOnPanic<'a>(pub &'a Control);

impl Drop for StopOnPanic<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.stop();
            self.0.give_up();
        }
    }
}

/// A file in a worker's hands; the run hears that it is done with even when the sink panics.
struct InFlight<'a> {
    control: &'a Control,
    file: FileId,
    source: Option<SourceFile>,
}

impl InFlight<'_> {
    fn convert(&self, run: &Run, sink: Sink) -> Report {
        let hear = |bytes, records| sink(Event::Progress { file: self.file, bytes, records });
        match &self.source {
            Some(source) => convert::convert(run, source, &hear),
            None => Report::without_work(Outcome::Stopped), // it is held until it is done
        }
    }

    fn done(mut self, outcome: &Outcome) {
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
