//! A run: a private rayon pool whose workers take source files in list order while the scan still
//! goes on. A panic or an error in one file is that file's outcome; the others go on. A panic anywhere
//! else ends the run.

mod commit;
pub mod control;
pub mod convert;
pub mod event;
mod journalled;
mod list;
pub mod merge;
pub mod proof;
mod workers;

use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use rayon::ThreadPool;

use super::error::RunError;
use super::input::archive::Archives;
use super::input::inputs::{Input, Inputs};
use super::input::neighbours::Neighbours;
use super::input::scan::{self, Finished, ScanItem};
use super::job::choices::IfExists;
use super::job::{Job, Workers};
use super::journal::above::Journals;
use super::journal::entry::{Entry, LeftOutEntry};
use super::journal::{Journal, Refused};
use super::output::reservations::TargetReservations;
use super::output::target::Sweeper;
use super::output::target::folder::OutputFolder;
use super::output::{self, OutputForm};
use super::panics;
use super::records::format::xml::beside::Folders;
use super::rows::sieve::Mesh;
use commit::Committer;
use commit::disk::{Disk, System};
use commit::in_flight::StopOnPanic;
use control::Control;
use control::queue::Next;
use convert::Run;
use event::{Event, Outcome, Report, Summary, WorkerId};
pub use list::replaced;
use list::{List, Ours};
use merge::Merging;
use workers::work;

/// Hears all that happens in a run, on whatever thread it happens.
pub type Sink<'a> = &'a (dyn Fn(Event) + Sync);

/// Converts all of the job's source files, and what is added while the run is under way, into files of the form chosen.
///
/// # Errors
/// When the run cannot begin or breaks down: see [`RunError`]. What goes wrong with a file is told as its
/// outcome.
pub fn run(job: &Job, control: &Control, sink: Sink) -> Result<Summary, RunError> {
    run_into(output::of(&job.choices), job, control, sink)
}

/// As [`run`], into files of this form.
///
/// # Errors
/// As there.
pub fn run_into(form: &dyn OutputForm, job: &Job, control: &Control, sink: Sink) -> Result<Summary, RunError> {
    run_onto(&System, form, job, control, sink)
}

/// As [`run_into`], onto this disk.
fn run_onto(
    disk: &dyn Disk,
    form: &dyn OutputForm,
    job: &Job,
    control: &Control,
    sink: Sink,
) -> Result<Summary, RunError> {
    let ran = whole(|| steered(disk, form, job, control, sink));
    control.give_up(); // it may be over already; nobody shall believe that it could still be changed
    ran
}

fn steered(
    disk: &dyn Disk,
    form: &dyn OutputForm,
    job: &Job,
    control: &Control,
    sink: Sink,
) -> Result<Summary, RunError> {
    let began = Instant::now();
    let pool = pool(job)?;
    let (mut inputs, listed) = inputs(job);
    if job.choices.if_exists == IfExists::Stop {
        refuse_if_any_is_there(form, job, &listed, control)?;
    }
    let mesh = mesh(job)?;
    let output = check_output(job)?;
    let journal = journal(job)?;
    journal.add(&Entry::Run(journalled::begin(job, form.extension())));
    let sink: Sink = &|event: Event| {
        let left_out = match &event {
            Event::LeftOut { path, why } => Some((path, Some(*why))),
            Event::PassedOver { path, .. } => Some((path, None)),
            _ => None,
        };
        if let Some((path, why)) = left_out {
            journal.add(&Entry::LeftOut(LeftOutEntry { path: path.display().to_string(), why }));
        }
        sink(event);
    };
    control.begin(job.workers, job.choices.merge.is_on());
    let (sweeper, reservations) = (Sweeper::default(), TargetReservations::default());
    let archives = Archives::new(&job.output);
    let neighbours = Neighbours::new(job.language);
    let folders = Folders::default();
    let run = Run {
        job,
        output: &output,
        form,
        helpers: control,
        control,
        sweeper: &sweeper,
        reservations: &reservations,
        archives: &archives,
        neighbours: &neighbours,
        folders: &folders,
        mesh: mesh.as_ref(),
        journal: &journal,
    };
    let totals = Mutex::new(Summary::default());
    let ours = Ours::in_run(form, Journals::of_run(&job.output, &journal));
    let mut list = List::new(job, ours, control, sink);
    let merging = Merging::new(&run, disk, &totals, sink);
    Committer::new(&run, disk, &totals, sink).beside(|hand_over| {
        pool.in_place_scope(|scope| {
            let _stop = StopOnPanic(control);
            let (run, merging) = (&run, &merging);
            let work = move |worker| work(worker, (run, merging), hand_over, sink);
            scope.spawn_broadcast(move |_, thread| work(WorkerId(thread.index() as u32)));
            let scanned = list.scan(&listed, |files| control.found(files)).and_then(|()| list.complete());
            control.listed();
            if scanned.is_err() {
                control.give_up();
            }
            scanned?;
            loop {
                match control.next() {
                    Next::List(added) => {
                        list.scan_added(&added, &mut inputs, |files| control.found(files));
                        control.listed();
                        merging.listed();
                    }
                    Next::Merge(files) => merging.take_in(files),
                    Next::Abandon => merging.abandon(),
                    Next::End => return Ok(()),
                }
            }
        })
    })?;
    drop(merging);
    if output.check().is_err() {
        return Err(RunError::OutputGone { path: job.output.clone() });
    }
    let gone = journalled::gone(&journal, &job.output);
    let done = totals.into_inner().unwrap_or_else(PoisonError::into_inner);
    let (failed, not_recognised, skipped) = control.ended();
    for &file in &skipped {
        sink(Event::Finished { file, report: Box::new(Report::without_work(Outcome::Skipped)) });
    }
    let ended = done.converted + done.up_to_date + failed + not_recognised + skipped.len();
    let mut summary = Summary {
        files: list.files,
        failed,
        not_recognised,
        skipped: skipped.len(),
        passed_over: list.passed_over,
        left_out: list.left_out,
        stopped: list.files - ended,
        gone: *gone.as_ref().unwrap_or(&0),
        elapsed: began.elapsed(),
        ..done
    };
    journal.add(&Entry::End(journalled::end(&summary)));
    summary.journal = journal.sync().err().or(gone.err()).map(|error| error.to_string());
    Ok(summary)
}

/// As many workers as may ever be asked for; those above the present number rest and cost nothing.
fn pool(job: &Job) -> Result<ThreadPool, RunError> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(Workers::most().max(job.workers.get()))
        .thread_name(|n| format!("worker {}", n + 1))
        .build()
        .map_err(|error| RunError::Workers(error.to_string()))
}

/// Does all of a run; a panic is its end.
fn whole(run: impl FnOnce() -> Result<Summary, RunError>) -> Result<Summary, RunError> {
    panics::attempt(run).unwrap_or_else(|said| Err(RunError::Panic(said)))
}

/// Lists the job's source files as [`run`] would find them; converts nothing.
///
/// # Errors
/// When an input cannot be read or holds no file, or listing breaks down.
pub fn scan_only(job: &Job, control: &Control, sink: Sink) -> Result<Summary, RunError> {
    let began = Instant::now();
    whole(|| {
        let mut list = List::new(job, Ours::before(output::of(&job.choices)), control, sink);
        list.scan(&inputs(job).1, |_| {})?;
        list.complete()?;
        let (files, passed_over, left_out) = (list.files, list.passed_over, list.left_out);
        Ok(Summary { files, passed_over, left_out, elapsed: began.elapsed(), ..Summary::default() })
    })
}

/// The job's filters, their lists read.
fn mesh(job: &Job) -> Result<Option<Mesh>, RunError> {
    let mesh = Mesh::of(&job.choices.filters);
    mesh.map_err(|list| RunError::FilterList { path: list.path, source: list.error })
}

/// The output folder's journal, locked.
fn journal(job: &Job) -> Result<Journal, RunError> {
    Journal::begin(&job.output).map_err(|refused| match refused {
        Refused::InUse => RunError::OutputInUse { path: job.output.clone() },
        Refused::Failed(source) => RunError::Output { path: job.output.clone(), source },
    })
}

/// The job's inputs, and what was added to them, under their names.
fn inputs(job: &Job) -> (Inputs, Vec<Input>) {
    let (mut inputs, mut listed) = Inputs::of(&job.inputs, &job.output);
    listed.extend(job.added.iter().filter_map(|added| inputs.add(added)));
    (inputs, listed)
}

fn refuse_if_any_is_there(
    form: &dyn OutputForm,
    job: &Job,
    inputs: &[Input],
    control: &Control,
) -> Result<(), RunError> {
    let mut count = 0;
    let mut first = None;
    let ours = Ours::before(form);
    let is_ours = |path: &Path| ours.hold(path);
    let finished = Finished { folder: &job.output, extension: ours.extension(), is_ours: &is_ours };
    let scanned = scan::scan(inputs, &finished, control.token(), |found| {
        if let ScanItem::File(file) = found
            && job.takes(&file.name)
        {
            let target = merge::sources::target_of(job, form, &file.name);
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

/// The output folder is there and takes files.
fn check_output(job: &Job) -> Result<OutputFolder, RunError> {
    let fail = |source| RunError::Output { path: job.output.clone(), source };
    for input in job.inputs.iter().chain(&job.added) {
        std::fs::metadata(input).map_err(|source| RunError::Input { path: input.clone(), source })?;
    }
    std::fs::create_dir_all(&job.output).map_err(fail)?;
    tempfile::tempfile_in(&job.output).map_err(fail)?;
    OutputFolder::at(&job.output).map_err(fail)
}

#[cfg(test)]
mod tests;
