//! What an output folder remembers of its runs: outcomes and losses, a line of JSON each, appended as they come.
//!
//! The journal outlives the run that writes it: one that was killed goes on from what stands there, losses are told
//! again where a workbook is up to date, a workbook that a person has changed is known for it, and the report is made
//! of nothing else. A line that is cut off (a crash in the middle of it) or not known is passed over. While a run
//! writes it the file is locked, so that no second one works in the same folder.

pub mod above;
pub mod entry;
pub mod known;
mod path_text;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufRead as _, BufReader, Read, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::notes::{Note, NoteKind, Notes};
use entry::{Entry, FileEntry, MadeEntry, NoteEntry};
use known::{Known, Made, Merged};

/// Its name in the output folder: it begins with a dot, so that no scan takes it for a source.
pub const NAME: &str = ".sheetmill-journal";
/// The report that is made of it, for people and for programs, beside the workbooks.
pub const REPORT_NAME: &str = "sheetmill-report.xlsx";
/// For programs.
pub const LINES_NAME: &str = "sheetmill-report.jsonl";
/// What the report's lines begin with, so that a later report knows the file for its own, and a scan for no source.
pub const LINES_MARK: &str = "{\"sheetmill-report\":";
/// The longest line that is read; a longer one is none of ours.
const LONGEST_LINE: u64 = 4 << 20;
/// Beyond this size what later lines have made void is taken out when a run begins.
const COMPACT_FROM: u64 = 64 << 20;

/// Why a journal cannot be begun.
#[derive(Debug)]
pub enum Refused {
    /// Another run is writing it.
    InUse,
    /// It cannot be read or written.
    Failed(io::Error),
}

impl From<io::Error> for Refused {
    fn from(error: io::Error) -> Self {
        Self::Failed(error)
    }
}

/// The journal of a run that is under way.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    /// Where this run's entries begin.
    began_at: u64,
    writer: Mutex<Writer>,
    known: Known,
}

#[derive(Debug)]
struct Writer {
    file: File,
    /// Whole lines that are not written yet.
    lines: Vec<u8>,
    failed: Option<io::Error>,
}

impl Journal {
    /// Goes on with the journal of this folder, which is there.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn begin(output: &Path) -> Result<Self, Refused> {
        let path = output.join(NAME);
        if fs::symlink_metadata(&path).is_ok_and(|about| !about.is_file()) {
            return Err(io::Error::other(format!("{NAME} is no file")).into());
        }
        let file = locked(&path)?;
        let mut known = Known::default();
        let ends_whole = each(&file, |entry| known.take(entry))?;
        let file = if file.metadata()?.len() > COMPACT_FROM { compacted(&path, file)? } else { file };
        let lines = if ends_whole { Vec::new() } else { b"\n".to_vec() }; // what a crash cut off stays apart
        let began_at = file.metadata()?.len();
        Ok(Self { path, began_at, writer: Mutex::new(Writer { file, lines, failed: None }), known })
    }

    /// What is known of the finished file of this name below the output folder.
    #[must_use]
    pub fn made(&self, name: &Path) -> Option<&Made> {
        self.known.made(name)
    }

    /// What is known of a merge into files of this name below the output folder.
    #[must_use]
    pub fn merged(&self, name: &Path) -> Option<&Merged> {
        self.known.merged(name)
    }

    /// What was lost of the source file of this name in the list, whose rows stand in a merged file.
    #[must_use]
    pub fn lost(&self, name: &str) -> Option<&[(NoteKind, u64, u64)]> {
        self.known.lost(name)
    }

    /// Adds an entry.
    pub fn add(&self, entry: &Entry) {
        let mut writer = self.writer();
        writer.push(entry);
        writer.flush();
    }

    /// Adds what became of a file, after the places of its notes: those in memory, and those that went elsewhere.
    pub fn file(&self, entry: FileEntry, notes: &Notes, further: Option<File>) {
        let mut writer = self.writer();
        let name = entry.name.clone();
        let note = |writer: &mut Writer, note: Note| {
            writer.push(&Entry::Note(NoteEntry { file: name.clone(), note }));
            writer.flush_if_large();
        };
        for place in notes.places() {
            note(&mut writer, place.clone());
        }
        for line in further.into_iter().flat_map(|file| BufReader::new(file).lines().map_while(Result::ok)) {
            if let Ok(place) = serde_json::from_str(&line) {
                note(&mut writer, place);
            }
        }
        writer.push(&Entry::File(Box::new(entry)));
        writer.flush();
    }

    /// Adds lines that stand in a file, as they are.
    pub fn lines(&self, lines: Option<File>) {
        let mut writer = self.writer();
        for line in lines.into_iter().flat_map(|file| BufReader::new(file).lines().map_while(Result::ok)) {
            writer.lines.extend_from_slice(line.as_bytes());
            writer.lines.push(b'\n');
            writer.flush_if_large();
        }
        writer.flush();
    }

    /// Hears of each finished file that this run has made: its source's name in the list, and itself.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn each_made(&self, mut hear: impl FnMut(String, MadeEntry)) -> io::Result<()> {
        let mut file = File::open(&self.path)?;
        let length = file.seek(SeekFrom::End(0))? - self.began_at;
        file.seek(SeekFrom::Start(self.began_at))?;
        each_line(file.take(length), |line| {
            // of a million notes none need be read
            if !(line.starts_with(b"{\"file\":") || line.starts_with(b"{\"merged\":")) {
                return;
            }
            match serde_json::from_slice(line) {
                Ok(Entry::File(file)) => {
                    let FileEntry { name, made, .. } = *file;
                    if let Some(made) = made {
                        hear(name, made);
                    }
                }
                Ok(Entry::Merged(merged)) => {
                    let name = merged.name.display().to_string();
                    for part in merged.parts {
                        hear(name.clone(), part.made);
                    }
                }
                _ => {}
            }
        })
        .map(drop)
    }

    /// Brings what was added to the disk; where that fails, [`Journal::sync`] tells it.
    pub fn keep(&self) {
        let mut writer = self.writer();
        writer.flush();
        if let Err(error) = writer.file.sync_data() {
            writer.failed.get_or_insert(error);
        }
    }

    /// All that was added is on the disk, or why not.
    ///
    /// # Errors
    /// The first that there was.
    pub fn sync(&self) -> io::Result<()> {
        let mut writer = self.writer();
        writer.flush();
        writer.failed.take().map_or(Ok(()), Err)?;
        writer.file.sync_data()
    }

    fn writer(&self) -> MutexGuard<'_, Writer> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Writer {
    fn push(&mut self, entry: &Entry) {
        let whole = self.lines.len();
        match serde_json::to_writer(&mut self.lines, entry) {
            Ok(()) => self.lines.push(b'\n'),
            Err(error) => {
                self.lines.truncate(whole);
                self.failed.get_or_insert(error.into());
            }
        }
    }

    fn flush_if_large(&mut self) {
        if self.lines.len() > 64 << 10 {
            self.flush();
        }
    }

    /// In one call: lines of a run that is killed stand there whole.
    fn flush(&mut self) {
        if let Err(error) = self.file.write_all(&self.lines) {
            self.failed.get_or_insert(error);
        }
        self.lines.clear();
    }
}

/// The file is a report's lines.
#[must_use]
pub fn is_lines(path: &Path) -> bool {
    let is_file = || fs::symlink_metadata(path).is_ok_and(|about| about.is_file());
    let mut begin = vec![0; LINES_MARK.len()];
    path.file_name().is_some_and(|name| name == LINES_NAME)
        && is_file()
        && File::open(path).and_then(|mut file| file.read_exact(&mut begin)).is_ok()
        && begin == LINES_MARK.as_bytes()
}

/// Hears all entries of the journal in this folder, the oldest first; nothing where there is none.
///
/// # Errors
/// When it cannot be read.
pub fn read(output: &Path, hear: impl FnMut(Entry)) -> io::Result<()> {
    let path = output.join(NAME);
    match fs::symlink_metadata(&path) {
        Ok(about) if about.is_file() => each(&File::open(path)?, hear).map(drop),
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

fn locked(path: &Path) -> Result<File, Refused> {
    let file = OpenOptions::new().read(true).append(true).create(true).open(path)?;
    match file.try_lock() {
        // where a file system has no locks, runs side by side are not told apart
        Ok(()) | Err(TryLockError::Error(_)) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Refused::InUse),
    }
}

/// Hears all whole lines; true where the last of them has an end.
fn each(file: &File, mut hear: impl FnMut(Entry)) -> io::Result<bool> {
    each_line(file, |line| {
        if let Ok(entry) = serde_json::from_slice(line) {
            hear(entry);
        }
    })
}

/// As [`each`], not taken apart.
fn each_line(file: impl Read, mut hear: impl FnMut(&[u8])) -> io::Result<bool> {
    let mut reader = BufReader::with_capacity(256 << 10, file);
    let mut line = Vec::new();
    loop {
        line.clear();
        if (&mut reader).take(LONGEST_LINE).read_until(b'\n', &mut line)? == 0 {
            return Ok(true);
        }
        hear(&line);
        if !line.ends_with(b"\n") && line.len() < LONGEST_LINE as usize {
            return Ok(false);
        }
    }
}

/// The journal with only what holds still: of each finished file the last entry, with its notes.
fn compacted(path: &Path, old: File) -> Result<File, Refused> {
    let mut last: HashMap<PathBuf, u64> = HashMap::new();
    let mut made: HashMap<PathBuf, u64> = HashMap::new();
    let mut merged: HashMap<PathBuf, u64> = HashMap::new();
    let mut count = 0;
    (&old).seek(SeekFrom::Start(0))?;
    each(&old, |entry| {
        count += 1;
        if let Entry::File(file) = entry {
            made.extend(file.made.map(|made| (made.name, count)));
            last.insert(file.name.into(), count);
        } else if let Entry::Merged(entry) = entry {
            made.extend(entry.parts.into_iter().map(|part| (part.made.name, count)));
            merged.insert(entry.name, count);
        }
    })?;
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut temporary = super::output::target::unlocked(folder)?;
    let (mut notes, mut count, mut failed) = (Vec::new(), 0, None);
    let mut lines = io::BufWriter::new(temporary.as_file_mut());
    (&old).seek(SeekFrom::Start(0))?;
    each(&old, |entry| {
        count += 1;
        let kept = match &entry {
            Entry::Note(_) => {
                notes.push(entry);
                return;
            }
            Entry::Coming(coming) => made.get(&coming.name).is_none_or(|&made| made < count),
            Entry::Merged(entry) => merged.get(&entry.name) == Some(&count),
            Entry::File(file) if last.get(Path::new(&file.name)) == Some(&count) => true,
            Entry::File(_) => {
                notes.clear();
                false
            }
            _ => true,
        };
        for entry in notes.drain(..).chain(kept.then_some(entry)) {
            let written = serde_json::to_writer(&mut lines, &entry).map_err(io::Error::from);
            failed = failed.take().or(written.and_then(|()| lines.write_all(b"\n")).err());
        }
    })?;
    failed.map_or(Ok(()), Err)?;
    lines.flush()?;
    drop(lines);
    temporary.as_file().sync_data()?;
    temporary.persist(path).map_err(|error| error.error)?;
    drop(old);
    locked(path)
}
