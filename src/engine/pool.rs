//! A run: a private rayon pool whose workers take source files in list order while the scan still
//! goes on. A panic or an error in one file is that file's outcome; the others go on.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::control::{Control, Stopped};
use super::convert::{self, Run};
use super::error::RunError;
use super::event::{Event, SourceFile, Summary};
use super::job::{IfExists, Job};
use super::scan::{self, Found};
use super::source::archive::Archives;
use super::target::{self, Sweeper};

/// Files told at once while scanning, and the longest they are held back.
const BATCH: usize = 512;
const BATCH_TIME: Duration = Duration::from_millis(50);
/// Time between two words about the folder that the scan is in.
const FOLDER_TIME: Duration = Duration::from_millis(100);

type Sink<'a> = &'a (dyn Fn(Event) + Sync);

/// Converts all of the job's source files.
///
/// # Errors
/// When the run cannot begin: see [`RunError`]. What goes wrong with a file is told as its outcome.
pub fn run(job: &Job, control: &Control, sink: Sink) -> Result<Summary, RunError> {
    let began = Instant::now();
    let mut summary = Summary::default();
    let queue = Queue::default();
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(job.workers.get())
        .thread_name(|n| format!("worker {}", n + 1))
        .build()
        .map_err(|error| RunError::Workers(error.to_string()))?;
    if job.if_exists == IfExists::Stop {
        refuse_if_any_is_there(job, control)?;
    }
    check_output(job)?;
    let sweeper = Sweeper::default();
    let archives = Archives::new(&job.output);
    let run = Run { job, control, sweeper: &sweeper, archives: &archives };
    let totals = Mutex::new(Summary::default());
    let scanned = pool.in_place_scope(|scope| {
        let (run, taking, totals) = (&run, &queue, &totals);
        // one for each thread, so that none can begin inside another that waits for its parts
        scope.spawn_broadcast(move |_, thread| {
            while let Some((file, source)) = taking.take(control) {
                sink(Event::Started { file, worker: thread.index() });
                let report = convert::convert(run, &source, &|bytes, records| {
                    sink(Event::Progress { file, bytes, records });
                });
                lock(totals).add(&report);
                sink(Event::Finished { file, report: Box::new(report) });
            }
        });
        let scanned = list(job, control, sink, &mut summary, |files| queue.add(files));
        queue.end();
        scanned
    });
    scanned?;
    let done = totals.into_inner().unwrap_or_else(PoisonError::into_inner);
    let ended = done.converted + done.up_to_date + done.failed + done.not_recognised;
    Ok(Summary {
        files: summary.files,
        passed_over: summary.passed_over,
        stopped: summary.files - ended,
        elapsed: began.elapsed(),
        ..done
    })
}

/// Lists the job's source files as [`run`] would find them; converts nothing.
///
/// # Errors
/// When an input cannot be read or holds no file.
pub fn scan_only(job: &Job, control: &Control, sink: Sink) -> Result<Summary, RunError> {
    let began = Instant::now();
    let mut summary = Summary::default();
    list(job, control, sink, &mut summary, |_| {})?;
    Ok(Summary { elapsed: began.elapsed(), ..summary })
}

/// Scans, tells what is found in batches, and hands each batch on.
fn list(
    job: &Job,
    control: &Control,
    sink: Sink,
    summary: &mut Summary,
    mut hand_on: impl FnMut(Vec<SourceFile>),
) -> Result<(), RunError> {
    let mut bytes = 0;
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
    let scanned = scan::scan(&job.inputs, &job.output, control, |found| match found {
        Found::PassedOver(path, why) => {
            summary.passed_over += 1;
            sink(Event::PassedOver { path, why });
        }
        Found::Entered(folder) => {
            if entered.is_none_or(|told| told.elapsed() >= FOLDER_TIME) {
                entered = Some(Instant::now());
                sink(Event::Scanning { folder });
            }
        }
        Found::File(file) => {
            if job.only.as_ref().is_some_and(|only| !only.contains(&file.name)) {
                return;
            }
            summary.files += 1;
            bytes += file.bytes;
            batch.push(file);
            if batch.len() >= BATCH || told.elapsed() >= BATCH_TIME {
                tell(&mut batch);
                told = Instant::now();
            }
        }
    })?;
    tell(&mut batch);
    if scanned == Err(Stopped) {
        return Ok(());
    }
    if summary.files == 0 {
        let path = job.inputs.first().cloned().unwrap_or_else(PathBuf::new);
        return Err(RunError::NoFiles { path });
    }
    sink(Event::Scanned { files: summary.files, bytes });
    Ok(())
}

fn refuse_if_any_is_there(job: &Job, control: &Control) -> Result<(), RunError> {
    let mut count = 0;
    let mut first = None;
    let _ = scan::scan(&job.inputs, &job.output, control, |found| {
        if let Found::File(file) = found {
            let target = target::workbook_path(&job.output, &file.name);
            if target.exists() {
                count += 1;
                first.get_or_insert(target);
            }
        }
    })?;
    first.map_or(Ok(()), |first| Err(RunError::AlreadyThere { count, first }))
}

/// The output folder is there and takes files.
fn check_output(job: &Job) -> Result<(), RunError> {
    let fail = |source| RunError::Output { path: job.output.clone(), source };
    for input in &job.inputs {
        std::fs::metadata(input).map_err(|source| RunError::Input { path: input.clone(), source })?;
    }
    std::fs::create_dir_all(&job.output).map_err(fail)?;
    tempfile::tempfile_in(&job.output).map_err(fail)?;
    Ok(())
}

/// Source files waiting for a worker.
#[derive(Default)]
struct Queue {
    state: Mutex<Waiting>,
    changed: Condvar,
}

#[derive(Default)]
struct Waiting {
    files: VecDeque<SourceFile>,
    taken: usize,
    complete: bool,
}

impl Queue {
    fn add(&self, files: Vec<SourceFile>) {
        lock(&self.state).files.extend(files);
        self.changed.notify_all();
    }

    /// No more files will come.
    fn end(&self) {
        lock(&self.state).complete = true;
        self.changed.notify_all();
    }

    /// The next file and its place in the list; waits while the scan, which hears a stop, may find one.
    fn take(&self, control: &Control) -> Option<(usize, SourceFile)> {
        let mut state = lock(&self.state);
        loop {
            if control.is_stopped() {
                return None;
            }
            if let Some(source) = state.files.pop_front() {
                state.taken += 1;
                return Some((state.taken - 1, source));
            }
            if state.complete {
                return None;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
