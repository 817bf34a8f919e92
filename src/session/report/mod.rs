//! The report of an output folder: what became of every file, every loss and note with its place, what was left out of
//! the list, and totals. A workbook for people, lines of JSON for programs, both made of the journal alone
//! ([`crate::engine::journal`]), so that it tells of files that an earlier run made as well.

mod rows;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use crate::engine::journal::entry::{EndEntry, Entry, PartEntry, RunEntry};
use crate::engine::journal::{self, LINES_MARK, LINES_NAME, REPORT_NAME, is_lines};
use crate::engine::{Cause, Halt, Tables, new_temporary};
use crate::text::Lang;
use rows::{FILES, LEFT_OUT, NOTES, TOTALS};

/// Makes the report of this output folder, in a language, and replaces an earlier one; gives the workbook's path.
///
/// # Errors
/// [`Cause::NotOurs`] where a file of somebody else's has its name; when the journal cannot be read, or the report
/// cannot be written.
pub fn write(output: &Path, lang: Lang) -> Result<PathBuf, Halt> {
    let kept = Kept::of(output)?;
    let path = output.join(REPORT_NAME);
    let words = lang.words();
    let labels = words.report();
    let columns = labels.tables.map(|(_, columns)| columns);
    let mut tables = Tables::new(output, &labels.tables)?;
    let mut failed = None;
    let mut lines = Lines::begin(output)?;
    let (mut missing, mut count) = (0_u64, 0);
    let mut left_out_by: Vec<(String, u64)> = Vec::new();
    journal::read(output, |entry| {
        count += 1;
        if !kept.holds(&entry, count) || failed.is_some() {
            return;
        }
        if let Entry::File(file) = &entry {
            add(&mut left_out_by, &file.left_out_by);
        }
        let row = match &entry {
            Entry::File(file) => tables.row(FILES, &rows::file(lang, file, kept.is_gone(&file.name))),
            Entry::Note(note) => tables.row(NOTES, &rows::note(lang, note)),
            Entry::LeftOut(left_out) => tables.row(LEFT_OUT, &rows::left_out(lang, left_out)),
            Entry::Run(_) | Entry::Same(_) | Entry::Gone(_) | Entry::End(_) | Entry::Coming(_) | Entry::Merged(_) => {
                Ok(true)
            }
        };
        match row {
            Ok(is_there) => missing += u64::from(!is_there),
            Err(halt) => failed = Some(halt),
        }
        failed = failed.take().or(lines.add(&entry).err());
    })?;
    failed.map_or(Ok(()), Err)?;
    for (_, parts) in kept.merged.values() {
        for part in parts {
            tables.row(TOTALS, &rows::part(lang, part))?;
        }
    }
    for row in rows::totals(lang, kept.run.as_ref(), kept.end.as_ref(), missing) {
        tables.row(TOTALS, &row)?;
    }
    for row in rows::left_out_by(lang, &left_out_by) {
        tables.row(TOTALS, &row)?;
    }
    tables.save(&path, &columns.map(<[_]>::len))?;
    lines.finish(&output.join(LINES_NAME))?;
    Ok(path)
}

/// Adds what each filter left out of a file; an earlier run may have had others.
fn add(sums: &mut Vec<(String, u64)>, of_file: &[(String, u64)]) {
    for (filter, records) in of_file {
        match sums.iter_mut().find(|(known, _)| known == filter) {
            Some((_, sum)) => *sum += records,
            None => sums.push((filter.clone(), *records)),
        }
    }
}

/// Which entries of a journal hold still: of each file the last, with the notes before it; of runs the last.
struct Kept {
    /// Where the last entry of each file stands, and the one before it.
    files: HashMap<String, (u64, u64)>,
    /// Files of which that what was made was not there at the end, as long as nothing new is said of them.
    gone: HashSet<String>,
    /// What many files were merged into, and where its last entry stands.
    merged: HashMap<PathBuf, (u64, Vec<PartEntry>)>,
    run_at: u64,
    run: Option<RunEntry>,
    end: Option<EndEntry>,
}

impl Kept {
    fn of(output: &Path) -> Result<Self, Halt> {
        let mut kept = Self {
            files: HashMap::new(),
            gone: HashSet::new(),
            merged: HashMap::new(),
            run_at: 0,
            run: None,
            end: None,
        };
        let mut count = 0;
        journal::read(output, |entry| {
            count += 1;
            match entry {
                Entry::Gone(gone) => drop(kept.gone.insert(gone.file)),
                Entry::File(file) => {
                    kept.gone.remove(&file.name);
                    let places = kept.files.entry(file.name).or_default();
                    *places = (places.1, count);
                }
                Entry::Run(run) => (kept.run_at, kept.run, kept.end) = (count, Some(run), None),
                Entry::End(end) => kept.end = Some(end),
                Entry::Merged(merged) => drop(kept.merged.insert(merged.name, (count, merged.parts))),
                Entry::Note(_) | Entry::LeftOut(_) | Entry::Same(_) | Entry::Coming(_) => {}
            }
        })?;
        Ok(kept)
    }

    fn is_gone(&self, file: &str) -> bool {
        self.gone.contains(file)
    }

    /// Notes stand before their file's entry, and behind an earlier one of it.
    fn holds(&self, entry: &Entry, at: u64) -> bool {
        match entry {
            Entry::File(file) => self.files.get(&file.name).is_some_and(|(_, last)| *last == at),
            Entry::Gone(gone) => {
                self.is_gone(&gone.file) && self.files.get(&gone.file).is_some_and(|(_, last)| *last < at)
            }
            Entry::Note(note) => self.files.get(&note.file).is_some_and(|(before, last)| *before < at && at < *last),
            Entry::LeftOut(_) | Entry::End(_) => at > self.run_at,
            Entry::Merged(merged) => self.merged.get(&merged.name).is_some_and(|(last, _)| *last == at),
            Entry::Run(_) => at == self.run_at,
            Entry::Same(_) | Entry::Coming(_) => false, // nothing new
        }
    }
}

/// The same entries for programs.
struct Lines {
    out: BufWriter<tempfile::NamedTempFile>,
}

impl Lines {
    fn begin(output: &Path) -> Result<Self, Halt> {
        let mut out = BufWriter::new(new_temporary(output)?);
        writeln!(out, "{LINES_MARK}1,\"version\":{:?}}}", env!("CARGO_PKG_VERSION"))?;
        Ok(Self { out })
    }

    fn add(&mut self, entry: &Entry) -> Result<(), Halt> {
        serde_json::to_writer(&mut self.out, entry).map_err(io::Error::from)?;
        Ok(self.out.write_all(b"\n")?)
    }

    fn finish(self, path: &Path) -> Result<(), Halt> {
        if fs::symlink_metadata(path).is_ok() && !is_lines(path) {
            return Err(Cause::NotOurs.into());
        }
        let temporary = self.out.into_inner().map_err(io::IntoInnerError::into_error)?;
        temporary.persist(path).map_err(|error| error.error)?;
        Ok(())
    }
}
