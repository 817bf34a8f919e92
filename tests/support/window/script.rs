//! What a run may tell, for windows that are shown one that never was.

use std::path::{Path, PathBuf};
use std::time::Duration;

use sheetmill::engine::{
    Cause, ConvertError, EncodingName, Event, FileId, Note, NoteKind, Notes, Outcome, Report, SourceFile, WorkerId,
};

pub const MS: Duration = Duration::from_millis(1);

/// The list of a folder: names of files and their bytes, then that it is complete.
pub fn listed<N: AsRef<str>>(folder: &str, files: impl IntoIterator<Item = (N, u64)>) -> Vec<Event> {
    let file = |(name, bytes): (N, u64)| SourceFile::at(Path::new(folder).join(name.as_ref()), name.as_ref(), bytes);
    complete(files.into_iter().map(file).collect())
}

/// The list of these files, then that it is complete.
pub fn complete(files: Vec<SourceFile>) -> Vec<Event> {
    let scanned = Event::Scanned { files: files.len(), bytes: files.iter().map(|file| file.bytes).sum() };
    vec![Event::Found(files), scanned]
}

/// A worker begins a file.
pub fn started(file: usize, worker: u32) -> Event {
    Event::Started { file: FileId::at(file), worker: WorkerId(worker) }
}

/// A worker is so far in a file: bytes read and records found.
pub fn progress(file: usize, bytes: u64, records: u64) -> Event {
    Event::Progress { file: FileId::at(file), bytes, records }
}

/// A file is done, as its report says.
pub fn finished(file: usize, report: Report) -> Event {
    Event::Finished { file: FileId::at(file), report: Box::new(report) }
}

/// The report of a file of a megabyte and 100 records, made in a tenth of a second; change what matters.
pub fn report(outcome: Outcome) -> Report {
    Report {
        outcome,
        records: 100,
        rows: 100,
        bytes_in: 1_000_000,
        bytes_out: 400_000,
        format: None,
        encoding: EncodingName::parse("UTF-8"),
        notes: Notes::default(),
        elapsed: 100 * MS,
    }
}

/// The outcome of a file whose workbook was made.
pub fn converted(target: impl Into<PathBuf>) -> Outcome {
    Outcome::Converted { target: target.into() }
}

/// The outcome of a file that failed.
pub fn failed(path: impl Into<PathBuf>, line: Option<u64>, cause: Cause) -> Outcome {
    Outcome::Failed(Box::new(ConvertError { path: path.into(), line, cause }))
}

/// A note of a line and the record (by its id) that stands there.
pub fn note(kind: NoteKind, line: u64, record: &str, count: u64) -> Note {
    Note { kind, line, record: record.into(), count, what: String::new(), fault: None }
}

/// A run whose workers do so many files each, one after another: 45 ms of work, 5 ms of rest.
pub fn long_run(workers: usize, files_each: usize) -> Vec<(Duration, Event)> {
    let files = workers * files_each;
    let listed = listed("/corpus", (0..files).map(|n| (format!("AA/wiki_{n:02}"), 2_000_000)));
    let mut events: Vec<_> = listed.into_iter().map(|event| (Duration::ZERO, event)).collect();
    for file in 0..files {
        let at = (file / workers) as u32 * 50 * MS;
        events.push((at, started(file, (file % workers) as u32)));
        events.push((at + 45 * MS, finished(file, report(converted(format!("/out/{file}.xlsx"))))));
    }
    events
}
