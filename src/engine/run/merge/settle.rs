//! How a merge ends: the finished file gets its name and all members are told; or there is none, and they are told why.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::PoisonError;

use super::super::commit::in_flight::InFlight;
use super::super::convert::name::{Named, Naming};
use super::super::convert::{Run, Whole, leave_no_empty_folders};
use super::super::event::{Event, Outcome, Report};
use super::super::journalled;
use super::Merging;
use super::group::Group;
use super::growing::Part;
use super::member::{Ended, Member};
use super::read::Reading;
use crate::engine::error::{Cause, ConvertError, Halt, writing};
use crate::engine::input::source_file::SourceFile;
use crate::engine::job::choices::{Choices, IfExists};
use crate::engine::job::numbered;
use crate::engine::journal::entry::{Entry, MadeEntry, MergedEntry, PartEntry};
use crate::engine::notes::{Note, NoteKind, Notes};
use crate::engine::output::stamp::changed;

/// The finished files are there, of the same sources and choices, as they were made; and nothing was left out of them
/// that might be read now.
#[must_use]
pub fn is_up_to_date(run: &Run, group: &Group) -> bool {
    let target = group.key.target(run);
    run.sweeper.sweep(target.parent().unwrap_or(&run.job.output));
    let Some(merged) = run.journal.merged(below(run, &target)) else { return false };
    let as_made = |name: &PathBuf| {
        let made = run.journal.made(name).zip(fs::metadata(run.job.output.join(name)).ok());
        made.is_some_and(|(made, about)| made.is_as_made(&about))
    };
    let is_same = merged.stamp == group.stamp() && !merged.has_failures && merged.parts.iter().all(as_made);
    run.job.choices.if_exists == IfExists::Skip && is_same
}

/// Nothing stands under the finished file's name that must not be replaced: better known before all is read than after.
/// Of several parts nobody knows the names yet.
///
/// # Errors
/// What stands there, as where the file would get its name.
pub fn may_have_its_name(run: &Run, group: &Group) -> Result<(), Halt> {
    let Choices { merge, if_exists, .. } = &run.job.choices;
    if merge.most_rows.is_some() || merge.most_bytes.is_some() || *if_exists == IfExists::KeepBoth {
        return Ok(());
    }
    let mut reserved = Vec::new();
    let decided = Naming { run, reserved: &mut reserved }.decide(group.key.target(run), &group.stamp(), |_| Ok(false));
    for target in &reserved {
        run.reservations.release(target);
    }
    decided.map(drop)
}

/// The source file was left out of the finished file that is there, for it holds no records.
#[must_use]
pub fn was_left_out(run: &Run, group: &Group, source: &SourceFile) -> bool {
    let merged = run.journal.merged(below(run, &group.key.target(run)));
    merged.is_some_and(|merged| merged.without_records.contains(&source.name.display().to_string()))
}

/// Gives the finished file, or its parts, their names, and tells all members.
///
/// # Errors
/// When it cannot be made or named; then nothing has its name.
pub fn finish<'a>(merging: &Merging<'a>, group: &Group<'a>) -> Result<(), Halt> {
    let run = merging.run;
    let growing = group.growing().take();
    // filters may have left out all rows
    let has_members = || group.members().iter().any(|member| member.slot().read.is_some());
    let Some(growing) = growing.or_else(|| has_members().then(|| group.begin_growing(run))) else {
        group.close(); // not one of its members has a record
        return Ok(());
    };
    let parts = growing.end()?;
    prove(group, &parts)?;
    let mut named = Vec::with_capacity(parts.len());
    let mut reserved = Vec::new();
    let base = group.key.target(run);
    for number in 1..=parts.len() {
        let target = if parts.len() == 1 { base.clone() } else { numbered::part(&base, number, parts.len()) };
        let decided = Naming { run, reserved: &mut reserved }.decide(target, &group.stamp(), |_| Ok(false));
        match decided {
            Ok(decided) => named.push(decided),
            Err(halt) => {
                for target in &reserved {
                    run.reservations.release(target);
                }
                return Err(halt);
            }
        }
    }
    let made = commit(merging, group, parts, named)?;
    group.close();
    remove_former(run, &base, &made);
    let mut members = Vec::new();
    for member in group.members() {
        let Some(ended) = member.slot().read.take() else { continue };
        if let Some(held) = member.let_go() {
            members.push((member, held, ended));
        }
    }
    let all: u64 = made.iter().map(|(part, _)| part.made.bytes).sum();
    let sources = members.len();
    let last = sources.checked_sub(1);
    run.journal.lines(group.places().take());
    let mut told = Vec::with_capacity(sources);
    for (at, (member, held, ended)) in members.into_iter().enumerate() {
        let sheets: u64 = made.iter().map(|(_, sheets)| sheets - 1).sum();
        let further = if Some(at) == last { sheets } else { 0 };
        told.extend(merged(merging, (&member, held, *ended), &made, further));
    }
    {
        let mut totals = merging.totals.lock().unwrap_or_else(PoisonError::into_inner);
        totals.bytes_out += all;
        totals.merged += made.len();
    }
    let left_out = group.names_left_out();
    run.journal.add(&Entry::Merged(MergedEntry {
        name: below(run, &base).to_owned(),
        stamp: group.stamp(),
        parts: made.into_iter().map(|(part, _)| part).collect(),
        sources,
        without_records: left_out.without_records.iter().map(|name| name.display().to_string()).collect(),
        failures: left_out.failures,
    }));
    run.journal.keep();
    for (held, report) in told {
        tell(merging, held, report);
    }
    Ok(())
}

/// Records of all members without those that filters left out = their rows = rows of all parts.
fn prove(group: &Group, parts: &[Part]) -> Result<(), Cause> {
    let (mut records, mut rows) = (0, 0);
    for member in group.members() {
        let slot = member.slot();
        records += slot.read.as_ref().map_or(0, |ended| ended.reading.records - ended.reading.notes.filtered());
        records = records.saturating_sub(slot.notes.filtered());
        rows += slot.rows;
    }
    let written: u64 = parts.iter().map(|part| part.written.rows).sum();
    if records == rows && rows == written { Ok(()) } else { Err(Cause::CountsDiffer { records, rows: written }) }
}

/// Brings the parts to the disk under their names: all of them, or none. Gives what is told of each, and how many
/// worksheets it has.
fn commit(
    merging: &Merging,
    group: &Group,
    parts: Vec<Part>,
    named: Vec<Named>,
) -> Result<Vec<(PartEntry, u64)>, Halt> {
    let (run, disk) = (merging.run, merging.disk);
    let (mut wholes, mut made) = (Vec::new(), Vec::new());
    for (part, named) in parts.into_iter().zip(named) {
        let (target, replaces, replaces_others) = match named {
            Named::Make { target, replaces, replaces_others } => (target, replaces, replaces_others),
            Named::UpToDate(target) => (target, true, false),
        };
        let about = part.temporary.as_file().metadata().map_err(writing)?;
        let stamp = (!run.form.keeps_stamp()).then(|| group.stamp());
        if let Some(stamp) = &stamp {
            run.journal.add(&Entry::Coming(journalled::coming(&run.job.output, &target, &about, stamp)));
        }
        let proof = part.proof.as_ref();
        let entry = MadeEntry {
            name: below(run, &target).to_owned(),
            bytes: about.len(),
            changed: changed(&about),
            header: proof.map_or_else(|| part.heads.clone(), |proof| proof.header.clone()),
            digest: proof.map(|proof| proof.digest.clone()),
            stamp,
        };
        made.push((PartEntry { made: entry, rows: part.written.rows }, part.written.sheets));
        wholes.push(Whole { temporary: part.temporary, target, replaces, replaces_others });
    }
    run.control.token().checkpoint()?;
    let files: Vec<_> = wholes.iter().map(|whole| &whole.temporary).collect();
    disk.sync(&files).into_iter().try_for_each(|synced| synced.map_err(writing))?;
    let mut done: Vec<PathBuf> = Vec::new();
    for Whole { temporary, target, replaces, .. } in wholes {
        let renamed = run.output.check().map_err(Halt::from).and_then(|()| disk.rename(temporary, &target, replaces));
        if let Err(halt) = renamed {
            // what has its name already goes again: part of a whole is none
            for target in &done {
                let _ = fs::remove_file(target);
            }
            return Err(run.output.check().err().map_or(halt, Halt::from));
        }
        done.push(target);
    }
    let folder = done.last().and_then(|target| target.parent()).unwrap_or(&run.job.output);
    let above: Vec<&Path> = folder.ancestors().take_while(|at| at.starts_with(&run.job.output)).collect();
    disk.sync_folders(&above).into_iter().try_for_each(|synced| synced.map_err(writing))?;
    Ok(made)
}

/// Parts of an earlier merge that have other names than those of this one, as long as nobody has changed them.
fn remove_former(run: &Run, base: &Path, made: &[(PartEntry, u64)]) {
    let Some(former) = run.journal.merged(below(run, base)) else { return };
    if run.job.choices.if_exists == IfExists::KeepBoth {
        return;
    }
    for name in former.parts.iter().filter(|name| made.iter().all(|(part, _)| part.made.name != **name)) {
        let path = run.job.output.join(name);
        let is_as_made =
            fs::metadata(&path).is_ok_and(|about| run.journal.made(name).is_some_and(|made| made.is_as_made(&about)));
        if is_as_made {
            let _ = fs::remove_file(path); // else a person sees that there is an older one
        }
    }
}

/// Journals what became of a member, and gives what is told of it.
fn merged<'a>(
    merging: &Merging,
    (member, held, ended): (&Member, InFlight<'a>, Ended),
    made: &[(PartEntry, u64)],
    further_sheets: u64,
) -> Option<(InFlight<'a>, Report)> {
    let run = merging.run;
    let Ended { mut reading, took } = ended;
    let slot = std::mem::take(&mut *member.slot());
    reading.notes.add_all(&slot.notes);
    if further_sheets > 0 {
        reading.notes.add(Note::at(NoteKind::FurtherWorksheet, 1, "", further_sheets));
    }
    let into = made[slot.part.unwrap_or_default().min(made.len() - 1)].0.made.name.clone();
    let outcome = Outcome::Converted { target: run.job.output.join(&into) };
    let format = slot.needs.map(|needs| needs.format);
    let source = held.source()?;
    let bytes_in = reading.about.as_ref().map_or(0, |about| source.size_by(about));
    let report = Report {
        outcome,
        records: reading.records,
        rows: slot.rows,
        bytes_in,
        bytes_out: 0,
        encoding: reading.encoding,
        format,
        notes: reading.notes,
        elapsed: took,
    };
    let entry =
        journalled::merged(run.job, source, reading.about.as_ref(), &report, (reading.owed, reading.digest), &into);
    run.journal.file(entry, &report.notes, None);
    Some((held, report))
}

/// Tells that a source file was left out, and why.
pub fn tell_failed(merging: &Merging, held: InFlight, reading: &mut Reading, outcome: Outcome, is_begun: bool) {
    let run = merging.run;
    let further = further_places(&mut reading.notes);
    let report = Report {
        outcome,
        records: reading.records,
        encoding: reading.encoding,
        notes: std::mem::take(&mut reading.notes),
        ..Report::without_work(Outcome::Stopped)
    };
    if let Some(source) = held.source() {
        let about = reading.about.as_ref();
        let entry = journalled::entry(run.job, source, about, &report, (reading.owed, None, None), None);
        if let Some(entry) = entry {
            run.journal.file(entry, &report.notes, further);
        }
    }
    begun(merging, &held, is_begun);
    tell(merging, held, report);
}

/// Tells that a file's rows stand in the finished file that is there.
pub fn tell_up_to_date(merging: &Merging, group: &Group, member: &Member) {
    let run = merging.run;
    let Some(held) = member.let_go() else { return };
    let target = group.key.target(run);
    let first = run.journal.merged(below(run, &target)).and_then(|merged| merged.parts.first());
    let target = first.map_or(target, |name| run.job.output.join(name));
    let lost = held.source().and_then(|source| run.journal.lost(&source.name.display().to_string()));
    let notes = lost.map(Notes::of_counts).unwrap_or_default();
    tell(merging, held, Report { notes, ..Report::without_work(Outcome::UpToDate { target }) });
}

/// The finished file cannot be made: no member has one.
pub fn fail(merging: &Merging, group: &Group, cause: &Cause) {
    let run = merging.run;
    drop(group.growing().take());
    group.close();
    if run.output.is_gone() {
        run.control.stop(); // nothing more can be made
    }
    let target = group.key.target(run);
    leave_no_empty_folders(target.parent().unwrap_or(&run.job.output), &run.job.output);
    for member in group.members() {
        let (is_begun, bytes) = {
            let mut slot = member.slot();
            (slot.is_begun, slot.forget())
        };
        merging.waiting.fetch_sub(bytes, std::sync::atomic::Ordering::SeqCst);
        let Some(held) = member.let_go() else { continue };
        let Some(path) = held.source().map(|source| source.name.clone()) else { continue };
        let cause = run.output.check().err().unwrap_or_else(|| cause.clone());
        let outcome = Outcome::Failed(Box::new(ConvertError { path, line: None, cause }));
        tell_failed(merging, held, &mut Reading::default(), outcome, is_begun);
    }
}

/// The run was stopped before the finished file was whole.
pub fn tell_stopped(merging: &Merging, member: &Member) {
    let is_begun = member.slot().is_begun;
    let Some(held) = member.let_go() else { return };
    if is_begun {
        tell(merging, held, Report::without_work(Outcome::Stopped));
    } // else it waits as it did: the summary counts it
}

/// Whoever hears of a file's end has heard of its beginning.
fn begun(merging: &Merging, held: &InFlight, is_begun: bool) {
    if !is_begun {
        let worker = super::WorkerId(0);
        (merging.sink)(Event::Started { file: held.file, worker });
    }
}

fn tell(merging: &Merging, held: InFlight, report: Report) {
    merging.totals.lock().unwrap_or_else(PoisonError::into_inner).add(&report);
    let file = held.file;
    held.done(&report.outcome);
    (merging.sink)(Event::Finished { file, report: Box::new(report) });
}

/// Places of notes beyond those in memory, all in one file.
fn further_places(notes: &mut Notes) -> Option<File> {
    notes.take_spool().and_then(|spool| spool.into_file().ok().flatten())
}

fn below<'t>(run: &Run, target: &'t Path) -> &'t Path {
    target.strip_prefix(&run.job.output).unwrap_or(target)
}
