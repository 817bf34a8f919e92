//! A source file of a merge, read into batches of rows.

use std::fs::{self, Metadata};

use super::super::convert::meter::{Meter, ProgressFn};
use super::super::convert::{Run, is_unchanged};
use super::batch::Batch;
use super::needs::{Needs, Union};
use crate::engine::error::{Cause, Halt};
use crate::engine::input::source_file::SourceFile;
use crate::engine::job::reading::EncodingName;
use crate::engine::notes::{Note, NoteKind, Notes, Spool};
use crate::engine::records::reader::Records;
use crate::engine::rows::shaper::{self, RecordPosition};
use crate::engine::rows::sieve::Probe;
use crate::engine::stop::Stopped;

/// Why no more of a file is read.
#[derive(Debug)]
pub enum Leave {
    Halted(Halt),
    /// It holds something that the merged file has no column for, and shall have.
    Unforeseen,
    /// What is read is not wanted any more: the merge has begun again, or has ended.
    Void,
}

impl From<Halt> for Leave {
    fn from(halt: Halt) -> Self {
        Self::Halted(halt)
    }
}

impl From<Cause> for Leave {
    fn from(cause: Cause) -> Self {
        Self::Halted(cause.into())
    }
}

impl From<Stopped> for Leave {
    fn from(stopped: Stopped) -> Self {
        Self::Halted(stopped.into())
    }
}

/// What is known of a file that is read, or of the part of it that was.
#[derive(Debug, Default)]
pub struct Reading {
    pub about: Option<Metadata>,
    pub records: u64,
    /// What it holds, counted where records begin, less what is named as unreadable.
    pub owed: u64,
    /// Line of the record in hand.
    pub line: u64,
    pub encoding: Option<EncodingName>,
    pub digest: Option<String>,
    pub notes: Notes,
}

/// Reads all of a source file; each batch of its rows is handed on, and an empty one comes back.
///
/// # Errors
/// Why it ended before its end; what is known by then stands in `reading`.
pub fn read(
    run: &Run,
    source: &SourceFile,
    (needs, union): (&Needs, &Union),
    hear: ProgressFn,
    reading: &mut Reading,
    mut hand_on: impl FnMut(Batch) -> Result<Batch, Leave>,
) -> Result<(), Leave> {
    let stop = run.control.token();
    stop.checkpoint()?;
    run.output.check()?;
    reading.notes.keep_all(Spool::in_folder(&run.job.output));
    let about = fs::metadata(source.path()).map_err(Halt::from)?;
    reading.about = Some(about.clone());
    let (read_as, file) = (run.job.reading_of(&source.name), source.file_name());
    let ask = run.ask(source, &read_as, &file, shaper::need_markup(&needs.columns));
    let contents = run.opener(source).open()?;
    let digest = contents.digest();
    let mut records = Records::of(contents, ask)?;
    let (shaper, places) = union.shaper(needs)?;
    let may_grow = union.may_grow(needs);
    let mut meter = Meter::new(hear, source.bytes);
    let mut probe = run.mesh.map(|mesh| Probe::new(mesh, run.job.choices.columns.as_chosen()));
    let (mut batch, mut room) = (Batch::default(), Vec::new());
    while let Some(record) = records.next(stop, &mut reading.notes)? {
        reading.line = record.line;
        reading.records += 1;
        let at = RecordPosition { name: &source.name, number: reading.records };
        if probe.as_mut().is_some_and(|probe| probe.ask(&record, at).is_some()) {
            records.give_back(record);
            meter.read(records.bytes_read(), reading.records);
            continue;
        }
        if may_grow && shaper.unknown(&record, records.format()).is_some() {
            return Err(Leave::Unforeseen);
        }
        if record.fields.is_empty() {
            reading.notes.add(Note::at(NoteKind::RecordEmpty, record.line, "", 1));
        }
        let fields = shaper.row_in(room, &record, at, &mut reading.notes);
        batch.push((record.line, record.id()), places.iter().copied().zip(&fields));
        batch.compared_by(probe.as_ref().map_or(&[], Probe::digests));
        room = shaper::emptied(fields);
        records.give_back(record);
        meter.read(records.bytes_read(), reading.records);
        if batch.is_full() {
            batch = hand_on(batch)?;
        }
    }
    if reading.records == 0 {
        return Err(Cause::NoRecords.into());
    }
    reading.digest = digest.of_all(source.size_by(&about));
    reading.encoding = Some(records.encoding().0);
    records.note_encoding(&mut reading.notes);
    if let Some(probe) = &probe {
        reading.notes.leave_out(probe.left_out());
        probe.note_columns(&mut reading.notes);
    }
    reading.owed = records.owed();
    if reading.owed != reading.records {
        return Err(Cause::CountsDiffer { records: reading.owed, rows: reading.records }.into());
    }
    is_unchanged(source, &about)?;
    if !batch.is_empty() {
        hand_on(batch)?;
    }
    Ok(())
}
