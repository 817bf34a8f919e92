//! One source file → one finished file, or nothing at all. Knows no form of output by name.

pub mod checkpoint_writer;
mod converted;
pub mod meter;
pub mod name;
mod sifted;
#[cfg(test)]
mod tests;

use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::Instant;

use tempfile::NamedTempFile;

use super::control::Control;
use super::event::{Outcome, Report};
use super::{journalled, proof};
use crate::engine::error::{Cause, ConvertError, Halt, writing};
use crate::engine::input::archive::Archives;
use crate::engine::input::neighbours::Neighbours;
use crate::engine::input::open::Opener;
use crate::engine::input::source_file::SourceFile;
use crate::engine::job::Job;
use crate::engine::job::choices::Proof;
use crate::engine::job::reading::{EncodingName, FormatKind, Reading};
use crate::engine::journal::Journal;
use crate::engine::journal::entry::Entry;
use crate::engine::notes::{Note, NoteKind, Notes, Spool};
use crate::engine::output::reservations::TargetReservations;
use crate::engine::output::target::folder::OutputFolder;
use crate::engine::output::target::{self, Sweeper};
use crate::engine::output::{Helpers, NewFile, OutputForm, ReadBack, RowError, stamp};
use crate::engine::panics;
use crate::engine::records::format::xml::beside::{Beside, Folders};
use crate::engine::records::reader::{ReadOptions, Records};
use crate::engine::records::record::Record;
use crate::engine::rows::inspect;
use crate::engine::rows::plan::Plan;
use crate::engine::rows::shaper::{self, RecordPosition};
use crate::engine::rows::sieve::Mesh;
use checkpoint_writer::written_out;
pub use converted::{Converted, Whole, leave_no_empty_folders};
use meter::Meter;
pub use meter::ProgressFn;
use name::{Named, Naming};

/// What all conversions of a run share.
pub struct Run<'a> {
    pub job: &'a Job,
    pub output: &'a OutputFolder,
    pub form: &'a dyn OutputForm,
    pub helpers: &'a dyn Helpers,
    pub control: &'a Control,
    pub sweeper: &'a Sweeper,
    pub reservations: &'a TargetReservations,
    pub archives: &'a Archives,
    pub neighbours: &'a Neighbours,
    pub folders: &'a Folders,
    pub mesh: Option<&'a Mesh>,
    pub journal: &'a Journal,
}

impl Run<'_> {
    /// What opens a source file, with what is known of the files beside it.
    pub fn opener<'r>(&'r self, source: &'r SourceFile) -> Opener<'r> {
        let stop = self.control.token();
        Opener::of_run(source, stop, self.archives).beside(self.neighbours.of(source, stop))
    }

    /// How the records of a source file are asked for; `file` is its name without folders.
    pub fn ask<'r>(
        &'r self,
        source: &'r SourceFile,
        reading: &'r Reading,
        file: &'r str,
        keep_markup: bool,
    ) -> ReadOptions<'r> {
        let beside = Some(Beside::of(source, self.control.token(), Some(self.folders)));
        let chosen = self.job.choices.columns.as_chosen();
        ReadOptions { reading, file, keep_markup, chosen, offers: false, beside }
    }
}

/// The source file is still the one that was opened, by size and time of change.
///
/// # Errors
/// [`Cause::Changed`]; when it is not there any more.
pub fn is_unchanged(source: &SourceFile, opened: &Metadata) -> Result<(), Halt> {
    let now = fs::metadata(source.path())?;
    let is_same = (now.len(), now.modified().ok()) == (opened.len(), opened.modified().ok());
    if is_same { Ok(()) } else { Err(Cause::Changed.into()) }
}

/// Converts `source`; a panic is its outcome like any error.
/// `hear` is told how far it is, at most ten times a second.
pub fn convert(run: &Run, source: &SourceFile, hear: ProgressFn) -> Converted {
    let began = Instant::now();
    let mut file = Conversion {
        run,
        source,
        opener: run.opener(source),
        meter: Meter::new(hear, source.bytes),
        reserved: Vec::new(),
        whole: None,
        line: 1,
        about: None,
        drawn_from: None,
        notes: Notes::default(),
        done: Done::default(),
    };
    let ended = panics::attempt(|| file.outcome()).unwrap_or_else(|said| Err(Cause::Panic(said).into()));
    let outcome = match ended {
        Ok(outcome) => outcome,
        Err(Halt::Stopped) => Outcome::Stopped,
        Err(Halt::Failed(cause)) => {
            let line = (file.done.records > 0).then_some(file.line);
            failed(run, source, line, cause, &file.notes)
        }
    };
    let further = file.notes.take_spool().and_then(|spool| spool.into_file().ok().flatten());
    let (about, done) = (file.about, file.done);
    let report = Report {
        outcome,
        records: done.records,
        rows: done.rows,
        bytes_in: done.bytes_in,
        bytes_out: done.bytes_out,
        encoding: done.encoding,
        format: done.format,
        notes: file.notes,
        elapsed: began.elapsed(),
    };
    let Done { owed, proof, source_digest, stamp, .. } = done;
    Converted { report, whole: file.whole, about, owed, proof, source_digest, stamp, further, reserved: file.reserved }
}

/// What becomes of a source file of which nothing can be made. One that says nothing of a record is no failure; one whose
/// records can't be made out is.
pub fn failed(run: &Run, source: &SourceFile, line: Option<u64>, cause: Cause, notes: &Notes) -> Outcome {
    let cause = run.output.check().err().unwrap_or(cause); // of which all else comes then
    let is_broken = |kind: &NoteKind| matches!(kind, NoteKind::StartTagBroken | NoteKind::LineUnreadable);
    let is_without = !notes.counts().iter().any(|(kind, ..)| is_broken(kind));
    let not_recognised = match cause {
        Cause::NotRecognised(_) | Cause::Refusal(_) => true,
        Cause::NoRecords => is_without,
        _ => false,
    };
    let error = Box::new(ConvertError { path: source.name.clone(), line, cause });
    if not_recognised { Outcome::NotRecognised(error) } else { Outcome::Failed(error) }
}

#[derive(Default)]
struct Done {
    records: u64,
    rows: u64,
    bytes_in: u64,
    bytes_out: u64,
    encoding: Option<EncodingName>,
    format: Option<FormatKind>,
    /// Beginnings of records, less those named as unreadable.
    owed: u64,
    proof: Option<ReadBack>,
    source_digest: Option<String>,
    /// Where the finished file has no place for it.
    stamp: Option<String>,
}

struct Conversion<'a> {
    run: &'a Run<'a>,
    source: &'a SourceFile,
    opener: Opener<'a>,
    meter: Meter<'a>,
    /// Workbooks that are this file's in this run.
    reserved: Vec<PathBuf>,
    whole: Option<Whole>,
    /// Line of the record in hand.
    line: u64,
    /// The source file when it was opened.
    about: Option<Metadata>,
    /// How many records a sample is drawn from, once they are counted.
    drawn_from: Option<u64>,
    notes: Notes,
    done: Done,
}

impl<'a> Conversion<'a> {
    fn outcome(&mut self) -> Result<Outcome, Halt> {
        self.run.control.token().checkpoint()?;
        self.run.output.check()?;
        let about = fs::metadata(self.source.path())?;
        self.about = Some(about.clone());
        let reading = self.run.job.reading_of(&self.source.name);
        let own = self.run.form.own_choice();
        let stamp =
            stamp::of(self.source, &about, &self.run.job.choices, &reading, own, self.run.mesh.map_or("", Mesh::stamp));
        let target = target::path(&self.run.job.output, &self.source.name, self.run.form.extension());
        let folder = target.parent().unwrap_or(&self.run.job.output).to_owned();
        self.run.sweeper.sweep(&folder);
        let mut naming = Naming { run: self.run, reserved: &mut self.reserved };
        let opener = &self.opener;
        let holds_the_same = |target: &Path| name::holds_the_same(self.run, target, &about, || opener.digest());
        let (target, replaces, replaces_others) = match naming.decide(target, &stamp, holds_the_same)? {
            Named::UpToDate(target) => {
                self.notes = naming.losses_of(&target);
                return Ok(Outcome::UpToDate { target });
            }
            Named::Make { target, replaces, replaces_others } => (target, replaces, replaces_others),
        };
        if self.source.size_by(&about) == 0 {
            return Err(Cause::Empty.into());
        }
        let written = self.write(&folder, &about, &stamp, &reading);
        if written.is_err() {
            leave_no_empty_folders(&folder, &self.run.job.output);
        }
        let temporary = written?;
        if !self.run.form.keeps_stamp() {
            let about = temporary.as_file().metadata().map_err(writing)?;
            self.run.journal.add(&Entry::Coming(journalled::coming(&self.run.job.output, &target, &about, &stamp)));
        }
        self.whole = Some(Whole { temporary, target: target.clone(), replaces, replaces_others });
        Ok(Outcome::Converted { target })
    }

    fn write(
        &mut self,
        folder: &Path,
        about: &Metadata,
        stamp: &str,
        reading: &Reading,
    ) -> Result<NamedTempFile, Halt> {
        let chosen = self.run.job.choices.columns.as_chosen();
        let mut plan = chosen.map(|chosen| Plan::new(self.run.form, chosen.to_vec(), true));
        self.count_first(reading)?;
        let temporary = loop {
            self.notes = Notes::default();
            self.notes.keep_all(Spool::in_folder(&self.run.job.output));
            self.done = Done::default();
            if let Some(temporary) = self.attempt(&mut plan, folder, stamp, reading)? {
                break temporary;
            }
        };
        is_unchanged(self.source, about)?;
        self.run.control.token().checkpoint()?;
        self.done.stamp = (!self.run.form.keeps_stamp()).then(|| stamp.to_owned());
        self.done.bytes_in = self.source.size_by(about);
        self.done.bytes_out = temporary.as_file().metadata().map_err(writing)?.len();
        Ok(temporary)
    }

    /// Reads and writes once through; `None` when a late row did not fit: then `plan` is what the whole
    /// file needs.
    fn attempt(
        &mut self,
        plan: &mut Option<Plan<'a>>,
        folder: &Path,
        stamp: &str,
        reading: &Reading,
    ) -> Result<Option<NamedTempFile>, Halt> {
        let (form, stop) = (self.run.form, self.run.control.token());
        let keep_markup = plan.as_ref().is_some_and(|plan| shaper::need_markup(&plan.columns));
        let file = self.source.file_name();
        let opened = self.opener.open()?;
        let digest = opened.digest();
        let mut records = Records::of(opened, self.run.ask(self.source, reading, &file, keep_markup))?;
        self.done.format = Some(records.format());
        let mut sieve = self.sieve();
        let are_numbers = self.run.job.choices.columns.are_numbers();
        let plan = match (plan, records.columns(&[])) {
            (Some(plan), _) => plan,
            (plan, Some(named)) if !are_numbers => plan.insert(Plan::new(form, shaper::named(named), true)),
            (plan, _) => {
                let folders = self.run.folders;
                plan.insert(inspect::columns_found(&self.opener, reading, are_numbers, form, folders, stop)?)
            }
        };
        let shaper = plan.shaper();
        let Some(first) = records.next(stop, &mut self.notes)? else {
            return Err(Cause::NoRecords.into()); // before anything is written
        };
        let temporary = target::temporary(self.run.output, folder)?;
        let (compression, wraps) = (self.run.job.choices.compression, self.run.job.choices.wrap);
        let digested = self.run.job.choices.proof == Proof::ReadBack;
        let widths = plan.widths.clone();
        let file = NewFile { folder, columns: shaper.columns(), widths: &widths, stamp, compression, wraps, digested };
        shaper::note_headers(shaper.columns(), form, &mut self.notes);
        let mut sink = form.begin(file, self.run.helpers);
        let mut next = Some(first);
        let mut room = Vec::new();
        while let Some(record) = next {
            self.line = record.line;
            self.done.records += 1;
            let at = RecordPosition { name: &self.source.name, number: self.done.records };
            #[cfg(test)]
            assert_ne!(record.id(), tests::PANIC, "asked for by a test");
            if !sifted::keeps(&mut sieve, &record, at) {
                records.give_back(record);
                self.meter.read(records.bytes_read(), self.done.records);
                next = records.next(stop, &mut self.notes)?;
                continue;
            }
            if plan.may_grow && shaper.unknown(&record, records.format()).is_some() {
                let mut keeps = |record: &Record, at: RecordPosition| sifted::keeps(&mut sieve, record, at);
                plan.follow_names(Some(record), &mut records, &mut keeps, at, stop)?;
                return Ok(None);
            }
            if record.fields.is_empty() {
                self.notes.add(Note::at(NoteKind::RecordEmpty, record.line, "", 1));
            }
            let fields = shaper.row_in(room, &record, at, &mut self.notes);
            let mut note = |kind, count| self.notes.add(Note::at(kind, record.line, record.id(), count));
            match sink.row(&fields, &mut note) {
                Ok(()) => room = shaper::emptied(fields),
                Err(RowError::Halted(Halt::Failed(Cause::TooManyColumns(_)))) if plan.may_grow => {
                    plan.take(&*sink);
                    plan.follow(&mut records, &mut |record, at| sifted::keeps(&mut sieve, record, at), at, stop)?;
                    return Ok(None);
                }
                Err(RowError::Halted(halt)) => return Err(halt),
                Err(RowError::TooNarrow | RowError::OtherKind) => {
                    plan.take(&*sink);
                    plan.follow(&mut records, &mut |record, at| sifted::keeps(&mut sieve, record, at), at, stop)?;
                    return Ok(None);
                }
            }
            records.give_back(record);
            self.meter.read(records.bytes_read(), self.done.records);
            next = records.next(stop, &mut self.notes)?;
        }
        self.done.source_digest = digest.of_all(self.about.as_ref().map_or(0, |about| self.source.size_by(about)));
        self.done.encoding = Some(records.encoding().0);
        records.note_encoding(&mut self.notes);
        if let Some(sieve) = &sieve {
            sieve.note(&mut self.notes);
        }
        let widths = sink.widths().to_vec();
        let written = written_out(sink, temporary.as_file(), self.run.control.token(), &mut self.meter)?;
        self.done.rows = written.rows;
        if written.sheets > 1 {
            self.notes.add(Note::at(NoteKind::FurtherWorksheet, 1, "", written.sheets - 1));
        }
        self.done.owed = records.owed();
        self.prove(self.done.owed)?;
        let cells = (shaper.columns(), &*widths);
        self.done.proof = proof::read_back(form, temporary.as_file(), cells, &written, self.run.helpers, stop)?;
        Ok(Some(temporary))
    }

    /// Beginnings of records = records = rows and what filters left out, or there is no workbook.
    fn prove(&self, owed: u64) -> Result<(), Cause> {
        let Done { records, rows, .. } = self.done;
        let rows = rows + self.notes.filtered();
        if records == rows && owed == records { Ok(()) } else { Err(Cause::CountsDiffer { records: owed, rows }) }
    }
}
