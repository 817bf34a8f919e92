//! Finished files of an output folder against what the journal says of them, whenever somebody asks.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::engine::error::difference::Difference;
use crate::engine::error::{Cause, Halt};
use crate::engine::input::open::digest_of;
use crate::engine::journal::entry::{Entry, FileEntry, MadeEntry, Verdict};
use crate::engine::journal::{self, NAME};
use crate::engine::output::stamp::changed;
use crate::engine::output::{self, OutputForm};
use crate::engine::panics;
use crate::engine::stop::StopToken;

/// What was found about one finished file.
#[derive(Debug)]
pub struct Verified {
    /// Its name below the output folder.
    pub name: PathBuf,
    /// Its source file, where it stood; of several one that has changed, else the first.
    pub source: PathBuf,
    /// Whether the source is still what was read.
    pub source_is: SourceIs,
    /// Its rows, or why it is not what was made.
    pub outcome: Result<u64, Unproven>,
    /// It was made without something that its source held.
    pub has_losses: bool,
}

/// What became of a source file since it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceIs {
    /// With the same content.
    Same,
    /// With another, or no longer readable; where none was kept, of another size or time of change.
    Changed,
    /// Not where it was.
    Gone,
}

/// Why a finished file is not what was made.
#[derive(Debug)]
pub enum Unproven {
    /// It is not there.
    Gone,
    /// It is not whole, or holds something else.
    Differs(Difference),
    /// It can't be read, and why.
    Failed(Cause),
}

/// Reads every finished file back that the journal of this folder knows, by the library that people use, and tells of
/// each, in no order.
///
/// # Errors
/// When there is no journal, or it cannot be read. [`Halt::Stopped`] when it was stopped.
pub fn verify(output: &Path, stop: &StopToken, hear: &(dyn Fn(Verified) + Sync)) -> Result<usize, Halt> {
    if !output.join(NAME).is_file() {
        return Err(io::Error::from(io::ErrorKind::NotFound).into());
    }
    let mut finished: HashMap<PathBuf, Finished> = HashMap::new();
    // the last entry of a source file says which merged file its rows are in
    let mut shared: HashMap<String, FileEntry> = HashMap::new();
    let mut of_run = None;
    journal::read(output, |entry| {
        let form = |name: &Path| of_run.or_else(|| by_name(name)).unwrap_or(output::DEFAULT);
        match entry {
            Entry::Run(run) => of_run = output::by_extension(&run.form),
            Entry::Merged(merged) => {
                for part in merged.parts {
                    let form = form(&part.made.name);
                    finished.insert(
                        part.made.name.clone(),
                        Finished { made: part.made, rows: part.rows, form, sources: Vec::new() },
                    );
                }
            }
            Entry::File(file) if file.merged_into.is_some() => drop(shared.insert(file.name.clone(), *file)),
            Entry::File(mut file) => {
                if let Some(made) = file.made.take() {
                    let form = form(&made.name);
                    finished.insert(made.name.clone(), Finished { rows: file.rows, made, form, sources: vec![*file] });
                }
            }
            _ => {}
        }
    })?;
    for file in shared.into_values() {
        if let Some(into) = file.merged_into.as_ref().and_then(|name| finished.get_mut(name)) {
            into.sources.push(file);
        }
    }
    let mut finished: Vec<Finished> = finished.into_values().collect();
    for one in &mut finished {
        one.sources.sort_by(|a, b| a.name.cmp(&b.name));
    }
    let first = |one: &Finished| one.sources.first().map(|source| source.name.clone());
    finished.sort_by_cached_key(|one| (first(one), one.made.name.clone()));
    finished.par_iter().try_for_each(|one| {
        stop.checkpoint()?;
        let outcome = match panics::attempt(|| read(output, one, stop)) {
            Ok(Err(Halt::Stopped)) => return Err(Halt::Stopped),
            Ok(Ok(rows)) => Ok(rows),
            Ok(Err(Halt::Failed(Cause::Read(error)))) if error.kind() == io::ErrorKind::NotFound => Err(Unproven::Gone),
            Ok(Err(Halt::Failed(Cause::NotProven(why)))) => Err(Unproven::Differs(why)),
            Ok(Err(Halt::Failed(cause))) => Err(Unproven::Failed(cause)),
            Err(said) => Err(Unproven::Failed(Cause::Panic(said))),
        };
        let mut source = one.sources.first().map(|file| file.source.clone()).unwrap_or_default();
        let mut worst = SourceIs::Same;
        for file in &one.sources {
            let is = match fs::metadata(&file.source) {
                Ok(about) => match source_is(file, &about, stop) {
                    Err(Halt::Stopped) => return Err(Halt::Stopped),
                    Ok(true) => SourceIs::Same,
                    _ => SourceIs::Changed,
                },
                Err(_) => SourceIs::Gone,
            };
            if worst == SourceIs::Same && is != SourceIs::Same {
                (worst, source) = (is, file.source.clone());
            }
        }
        let has_losses = one.sources.iter().any(|file| file.verdict == Verdict::MadeWithLosses);
        hear(Verified { name: one.made.name.clone(), source, source_is: worst, outcome, has_losses });
        Ok(())
    })?;
    Ok(finished.len())
}

/// A finished file, as it was made, and what it was made of.
struct Finished {
    made: MadeEntry,
    rows: u64,
    form: &'static dyn OutputForm,
    /// Of a part of a merge, those whose rows begin in it.
    sources: Vec<FileEntry>,
}

/// Whether the source holds what was read: by its content where a digest of that was kept, else by size and time. Of a
/// member of an archive the archive's count.
fn source_is(file: &FileEntry, about: &fs::Metadata, stop: &StopToken) -> Result<bool, Halt> {
    match &file.source_digest {
        Some(digest) if !file.is_member => Ok(about.len() == file.bytes && *digest == digest_of(&file.source, stop)?),
        _ => Ok((about.len(), changed(about)) == (file.bytes, file.changed)),
    }
}

/// The form of the files that are called so.
fn by_name(name: &Path) -> Option<&'static dyn OutputForm> {
    output::by_extension(name.extension()?.to_str()?)
}

fn read(output: &Path, Finished { made, rows, form, .. }: &Finished, stop: &StopToken) -> Result<u64, Halt> {
    let differs = |what| Err(Cause::NotProven(what).into());
    let path = output.join(&made.name);
    if !fs::metadata(&path)?.is_file() {
        return differs(Difference::NoFile);
    }
    let found = form.read_by_library(&File::open(path)?, stop)?;
    if found.rows != *rows {
        return differs(Difference::Rows { found: found.rows, written: *rows });
    }
    let Some(digest) = &made.digest else { return Ok(found.rows) };
    match Difference::of_heads(&found.header, &made.header) {
        Some(other) => differs(other),
        None if *digest != found.digest => differs(Difference::Cells),
        None => Ok(found.rows),
    }
}
