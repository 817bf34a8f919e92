//! A run: a private rayon pool whose workers take source files in list order while the scan still
//! goes on. A panic or an error in one file is that file's outcome; the others go on. A panic anywhere
//! else ends the run.

pub mod control;
pub mod convert;
pub mod event;
pub mod meter;
pub mod queue;

use std::io;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::error::{RunError, Unread};
use super::input::archive::{self, Archives};
use super::input::inputs::{Input, Inputs};
use super::input::scan::{self, Found};
use super::input::source_file::SourceFile;
use super::job::{IfExists, Job, Workers};
use super::output::claims::Claims;
use super::output::target::{self, Sweeper};
use super::panics;
use control::Control;
use convert::Run;
use event::{Event, Outcome, Report, Summary};
use queue::Next;

/// Files told at once while scanning, and the longest they are held back.
const BATCH: usize = 512;
const BATCH_TIME: Duration = Duration::from_millis(50);
/// Time between two words about the folder that the scan is in.
const FOLDER_TIME: Duration = Duration::from_millis(100);

type Sink<'a> = &'a (dyn Fn(Event) + Sync);

/// Converts all of the job's source files, and what is added while the run is under way.
///
/// # Errors
/// When the run cannot begin or breaks down: see [`RunError`]. What goes wrong with a file is told as its
/// outcome.
pub fn run(job: &Job, control: &Control, sink: Sink) -> Result<Summary, RunError> {
    let ran = whole(|| steered(job, control, sink));
    control.give_up(); // it may be over already; nobody shall believe that it could still be changed
    ran
}

fn steered(job: &Job, control: &Control, sink: Sink) -> Result<Summary, RunError> {
    let began = Instant::now();
    // as many as may ever be asked for; those above the present number rest and cost nothing
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(Workers::most().max(job.workers.get()))
        .thread_name(|n| format!("worker {}", n + 1))
        .build()
        .map_err(|error| RunError::Workers(error.to_string()))?;
    let (mut inputs, listed) = inputs(job);
    if job.if_exists == IfExists::Stop {
        refuse_if_any_is_there(job, &listed, control)?;
    }
    check_output(job)?;
    control.begin(job.workers);
    let (sweeper, claims) = (Sweeper::default(), Claims::default());
    let archives = Archives::new(&job.output);
    let run = Run { job, control, sweeper: &sweeper, claims: &claims, archives: &archives };
    let totals = Mutex::new(Summary::default());
    let mut list = List::new(job, control, sink);
    pool.in_place_scope(|scope| {
        let _stop = StopOnPanic(control);
        let (run, totals) = (&run, &totals);
        let work = move |_: &rayon::Scope<'_>, thread: rayon::BroadcastContext<'_>| {
            let Some(_at_work) = control.enter() else { return };
            let _stop = StopOnPanic(control);
            while let Some((file, source)) = control.take(thread.index()) {
                let held = Held { control, file, source: Some(source) };
                sink(Event::Started { file, worker: thread.index() });
                let report = held.convert(run, sink);
                totals.lock().unwrap_or_else(PoisonError::into_inner).add(&report);
                held.done(&report.outcome); // before it is told, so that whoever hears it can have it again
                sink(Event::Finished { file, report: Box::new(report) });
            }
        };
        // one for each thread, so that none can begin inside another that waits for its parts
        scope.spawn_broadcast(work);
        let scanned = list.scan(&listed, |files| control.found(files)).and_then(|()| list.complete());
        control.listed();
        if scanned.is_err() {
            control.give_up();
        }
        scanned?;
        loop {
            match control.next() {
                Next::List(added) => {
                    scope.spawn_broadcast(work);
                    list.scan_added(&added, &mut inputs, |files| control.found(files));
                    control.listed();
                }
                Next::Call => scope.spawn_broadcast(work),
                Next::End => return Ok(()),
            }
        }
    })?;
    let done = totals.into_inner().unwrap_or_else(PoisonError::into_inner);
    let (failed, not_recognised, skipped) = control.ended();
    for &file in &skipped {
        sink(Event::Finished { file, report: Box::new(Report::without_work(Outcome::Skipped)) });
    }
    let ended = done.converted + done.up_to_date + failed + not_recognised + skipped.len();
    Ok(Summary {
        files: list.files,
        failed,
        not_recognised,
        skipped: skipped.len(),
        passed_over: list.passed_over,
        stopped: list.files - ended,
        elapsed: began.elapsed(),
        ..done
    })
}

/// Does all of a run; a panic is its end.
fn whole(run: impl FnOnce() -> Result<Summary, RunError>) -> Result<Summary, RunError> {
    panics::attempt(run).unwrap_or_else(|said| Err(RunError::Panic(said)))
}

/// Workers wait for the list and the run's own thread for them: where one breaks down, all go home.
struct StopOnPanic<'a>(&'a Control);

impl Drop for StopOnPanic<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.stop();
        }
    }
}

/// A file in a worker's hands; the run hears that it is done with even when the sink panics.
struct Held<'a> {
    control: &'a Control,
    file: usize,
    source: Option<SourceFile>,
}

impl Held<'_> {
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

impl Drop for Held<'_> {
    fn drop(&mut self) {
        if let Some(source) = self.source.take() {
            self.control.done(self.file, source, None);
        }
    }
}

/// Lists the job's source files as [`run`] would find them; converts nothing.
///
/// # Errors
/// When an input cannot be read or holds no file, or listing breaks down.
pub fn scan_only(job: &Job, control: &Control, sink: Sink) -> Result<Summary, RunError> {
    let began = Instant::now();
    whole(|| {
        let mut list = List::new(job, control, sink);
        list.scan(&inputs(job).1, |_| {})?;
        list.complete()?;
        Ok(Summary { files: list.files, passed_over: list.passed_over, elapsed: began.elapsed(), ..Summary::default() })
    })
}

/// The job's inputs, and what was added to them, under their names.
fn inputs(job: &Job) -> (Inputs, Vec<Input>) {
    let (mut inputs, mut listed) = Inputs::of(&job.inputs, &job.output);
    listed.extend(job.added.iter().filter_map(|added| inputs.add(added)));
    (inputs, listed)
}

/// The list of a run as it grows.
struct List<'a> {
    job: &'a Job,
    control: &'a Control,
    sink: Sink<'a>,
    files: usize,
    bytes: u64,
    passed_over: usize,
}

impl<'a> List<'a> {
    fn new(job: &'a Job, control: &'a Control, sink: Sink<'a>) -> Self {
        Self { job, control, sink, files: 0, bytes: 0, passed_over: 0 }
    }

    /// Scans, tells what is found in batches, and hands each batch on.
    fn scan(&mut self, inputs: &[Input], mut hand_on: impl FnMut(Vec<SourceFile>)) -> Result<(), RunError> {
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
        let scanned = scan::scan(inputs, &job.output, self.control, |found| match found {
            Found::PassedOver(path, why) => {
                self.passed_over += 1;
                sink(Event::PassedOver { path, why });
            }
            Found::Entered(folder) => {
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
            Found::File(file) => {
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
    fn scan_added(&mut self, added: &[PathBuf], inputs: &mut Inputs, mut hand_on: impl FnMut(Vec<SourceFile>)) {
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
    fn complete(&self) -> Result<(), RunError> {
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

fn refuse_if_any_is_there(job: &Job, inputs: &[Input], control: &Control) -> Result<(), RunError> {
    let mut count = 0;
    let mut first = None;
    let scanned = scan::scan(inputs, &job.output, control, |found| {
        if let Found::File(file) = found
            && job.takes(&file.name)
        {
            let target = target::workbook_path(&job.output, &file.name);
            if target.exists() {
                count += 1;
                first.get_or_insert(target);
            }
        }
    })?;
    // a run that was stopped meanwhile ends as one that was stopped
    let first = first.filter(|_| scanned.is_ok());
    first.map_or(Ok(()), |first| Err(RunError::AlreadyThere { count, first }))
}

fn unread(error: RunError) -> Unread {
    match error {
        RunError::Input { source, .. } => source.into(),
        other => io::Error::other(other).into(), // a scan has no others
    }
}

/// The output folder is there and takes files.
fn check_output(job: &Job) -> Result<(), RunError> {
    let fail = |source| RunError::Output { path: job.output.clone(), source };
    for input in job.inputs.iter().chain(&job.added) {
        std::fs::metadata(input).map_err(|source| RunError::Input { path: input.clone(), source })?;
    }
    std::fs::create_dir_all(&job.output).map_err(fail)?;
    tempfile::tempfile_in(&job.output).map_err(fail)?;
    Ok(())
}
