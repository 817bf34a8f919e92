//! Which source files share a finished file, what that is called, and by what it is known again.

use std::collections::{BTreeSet, HashMap};
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};

use twox_hash::XxHash3_128;

use super::super::commit::in_flight::InFlight;
use super::super::convert::Run;
use crate::engine::input::source_file::SourceFile;
use crate::engine::job::Job;
use crate::engine::job::merge::MergeBy;
use crate::engine::output::stamp;
use crate::engine::output::{OutputForm, target};
use crate::engine::rows::sieve::Mesh;

/// What source files have in common that share a finished file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// They are of one run.
    Run,
    /// They lie in this folder, by its name in the list; empty where there is none.
    Folder(PathBuf),
}

impl Key {
    /// That of a source file, by its name in the list.
    #[must_use]
    pub fn of(name: &Path, by: MergeBy) -> Self {
        match by {
            MergeBy::None | MergeBy::Run => Self::Run,
            MergeBy::Folder => Self::Folder(name.parent().unwrap_or(Path::new("")).to_owned()),
        }
    }

    /// Where the finished file will stand.
    #[must_use]
    pub fn target(&self, run: &Run) -> PathBuf {
        self.target_in(run.job, run.form)
    }

    /// As [`Key::target`], of a run that has not begun.
    #[must_use]
    pub fn target_in(&self, job: &Job, form: &dyn OutputForm) -> PathBuf {
        let name = match self {
            Self::Folder(folder) if !folder.as_os_str().is_empty() => folder.clone(),
            _ => name_of_all(job),
        };
        target::path(&job.output, &name, form.extension())
    }
}

/// Where what is made of this source file will stand, by its name in the list, be it merged or not.
#[must_use]
pub fn target_of(job: &Job, form: &dyn OutputForm, name: &Path) -> PathBuf {
    match job.choices.merge.by {
        MergeBy::None => target::path(&job.output, name, form.extension()),
        by => Key::of(name, by).target_in(job, form),
    }
}

/// What is made of all files is called like the one input, else like the program.
fn name_of_all(job: &Job) -> PathBuf {
    let of_input = |input: &PathBuf| std::path::absolute(input).ok()?.file_name().map(PathBuf::from);
    match &job.inputs[..] {
        [one] => of_input(one).unwrap_or_else(|| "sheetmill".into()),
        _ => "sheetmill".into(),
    }
}

/// Files by what they have in common, in the order of their first ones.
#[must_use]
pub fn by_key<'a>(files: impl Iterator<Item = InFlight<'a>>, by: MergeBy) -> Vec<(Key, Vec<InFlight<'a>>)> {
    let mut places: HashMap<Key, usize> = HashMap::new();
    let mut all: Vec<(Key, Vec<InFlight<'a>>)> = Vec::new();
    for file in files {
        let Some(key) = file.source().map(|source| Key::of(&source.name, by)) else { continue };
        let place = *places.entry(key.clone()).or_insert(all.len());
        if place == all.len() {
            all.push((key, Vec::new()));
        }
        all[place].1.push(file);
    }
    all
}

/// A source file as it is now.
#[must_use]
pub fn about(source: &SourceFile) -> (PathBuf, u64, Option<Metadata>) {
    (source.name.clone(), source.bytes, fs::metadata(source.path()).ok())
}

/// The stamp of what is made of these files, in list order: equal where all are what they were, and all choices the same.
#[must_use]
pub fn stamp(run: &Run, key: &Key, sources: impl Iterator<Item = (PathBuf, u64, Option<Metadata>)>) -> String {
    let (mut hash, mut bytes) = (XxHash3_128::new(), 0);
    for (name, size, about) in sources {
        bytes += size;
        let (changed, inode) = about.map_or((0, None), |about| (stamp::changed(&about), stamp::inode_changed(&about)));
        let encoding = run.job.encodings.get(&name).map(|encoding| encoding.0.name());
        hash.write(format!("{}\0{size}\0{changed}\0{inode:?}\0{encoding:?}\n", name.display()).as_bytes());
    }
    let sieve = run.mesh.map_or("", Mesh::stamp);
    let digest = hash.finish_128() as u64;
    stamp::of_many((bytes, digest), place(run.job, key), &run.job.choices, run.form.own_choice(), sieve)
}

/// A number for what is merged, whatever becomes of its files.
#[must_use]
pub fn place(job: &Job, key: &Key) -> u32 {
    let inputs = job.inputs.iter().map(|input| std::path::absolute(input).unwrap_or_else(|_| input.clone()));
    let inputs: Vec<String> = inputs.map(|input| input.display().to_string()).collect();
    crc32fast::hash(format!("{inputs:?}\n{key:?}").as_bytes())
}

/// Source files that were left out of a finished file.
#[derive(Debug, Clone, Default)]
pub struct LeftOutNames {
    /// For what they are: empty, no text, in no known format, or without records.
    pub without_records: BTreeSet<PathBuf>,
    /// So many could not be read to their ends: what is made is made anew the next time.
    pub failures: usize,
}

impl LeftOutNames {
    /// One more.
    pub fn add(&mut self, name: &Path, is_for_what_it_is: bool) {
        if is_for_what_it_is {
            self.without_records.insert(name.to_owned());
        } else {
            self.failures += 1;
        }
    }
}
