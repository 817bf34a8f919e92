//! In which order files are brought to the disk, and what becomes of those that cannot be.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use tempfile::{NamedTempFile, TempDir};

use super::disk::{Disk, System};
use crate::engine::error::{Cause, Halt};
use crate::engine::job::Job;
use crate::engine::journal::{self, entry::Entry};
use crate::engine::output::DEFAULT;
use crate::engine::run::control::Control;
use crate::engine::run::event::{Event, Outcome, Summary};
use crate::engine::run::run_onto;

/// What was done, in its order: a file's temporary name and its own, or a folder.
#[derive(Debug, Clone, PartialEq)]
enum Done {
    Synced(PathBuf),
    Named(PathBuf, PathBuf),
    Folder(PathBuf),
    Told(PathBuf),
}

/// The system's disk, listened to; some of it does not work.
struct Recording {
    done: Mutex<Vec<Done>>,
    most_open: usize,
    /// No sync of a file works beyond so many.
    synced_at_most: usize,
    /// Folders of this name cannot be synced.
    bad_folder: &'static str,
}

impl Recording {
    fn new(most_open: usize) -> Self {
        Self { done: Mutex::default(), most_open, synced_at_most: usize::MAX, bad_folder: "none" }
    }

    fn add(&self, done: Done) {
        self.done.lock().expect("not poisoned").push(done);
    }
}

impl Disk for Recording {
    fn most_open(&self) -> usize {
        self.most_open
    }

    fn sync(&self, files: &[&NamedTempFile]) -> Vec<io::Result<()>> {
        let synced = System.sync(files);
        let one = |(file, synced): (&&NamedTempFile, io::Result<()>)| {
            let mut done = self.done.lock().expect("not poisoned");
            let before = done.iter().filter(|done| matches!(done, Done::Synced(_))).count();
            if before == self.synced_at_most {
                return Err(io::Error::other("a bad disk"));
            }
            done.push(Done::Synced(file.path().to_owned()));
            synced
        };
        files.iter().zip(synced).map(one).collect()
    }

    fn rename(&self, temporary: NamedTempFile, target: &Path, replaces: bool) -> Result<(), Halt> {
        self.add(Done::Named(temporary.path().to_owned(), target.to_owned()));
        System.rename(temporary, target, replaces)
    }

    fn sync_folders(&self, folders: &[&Path]) -> Vec<io::Result<()>> {
        for folder in folders {
            self.add(Done::Folder(folder.to_path_buf()));
        }
        let is_bad = |folder: &Path| folder.file_name().is_some_and(|name| name == self.bad_folder);
        let bad = |folder: &&Path| if is_bad(folder) { Err(io::Error::other("a bad folder")) } else { Ok(()) };
        System
            .sync_folders(folders)
            .into_iter()
            .zip(folders.iter().map(bad))
            .map(|(synced, bad)| synced.and(bad))
            .collect()
    }
}

/// Source files of these names below one folder, and what a run onto this disk told of each.
fn run(names: &[&str], disk: &Recording) -> (TempDir, Job, Summary, Vec<(PathBuf, Outcome)>) {
    let home = tempfile::tempdir().expect("a temporary folder");
    for name in names {
        let path = home.path().join("in").join(name);
        fs::create_dir_all(path.parent().expect("it has one")).expect("made");
        fs::write(path, "<doc id=\"1\">x</doc>\n").expect("written");
    }
    let job = Job::new(vec![home.path().join("in")], home.path().join("out"));
    let (found, outcomes) = (Mutex::new(Vec::new()), Mutex::new(Vec::new()));
    let summary = run_onto(disk, DEFAULT, &job, &Control::default(), &|event| match event {
        Event::Found(files) => found.lock().expect("not poisoned").extend(files.into_iter().map(|file| file.name)),
        Event::Finished { file, report } => {
            if let Outcome::Converted { target } = &report.outcome {
                disk.add(Done::Told(target.clone()));
            }
            outcomes.lock().expect("not poisoned").push((file.index(), report.outcome));
        }
        _ => {}
    });
    let found = found.into_inner().expect("not poisoned");
    let outcomes = outcomes.into_inner().expect("not poisoned");
    let outcomes = outcomes.into_iter().map(|(at, outcome)| (found[at].clone(), outcome)).collect();
    (home, job, summary.expect("it ran"), outcomes)
}

fn why(outcomes: &[(PathBuf, Outcome)], name: &str) -> String {
    let (_, outcome) = outcomes.iter().find(|(file, _)| file == Path::new(name)).expect("told");
    outcome.problem().map(ToString::to_string).unwrap_or_default()
}

fn workbooks(output: &Path) -> Vec<String> {
    let all = walkdir::WalkDir::new(output)
        .sort_by_file_name()
        .into_iter()
        .flatten()
        .filter(|entry| !entry.file_type().is_dir());
    let names = all.map(|entry| entry.file_name().to_string_lossy().into_owned());
    names.filter(|name| name != journal::NAME).collect()
}

/// With a committer, and where hardly any file may be open and workers do it themselves.
#[test]
fn file_is_synced_before_it_has_its_name_and_told_when_its_folder_is_synced_too() {
    for most_open in [usize::MAX, 10] {
        let disk = Recording::new(most_open);
        let names = ["AA/a", "AA/b", "AA/c", "BB/d", "e"];
        let (_home, job, summary, _) = run(&names, &disk);
        assert_eq!(summary.converted, names.len());
        let done = disk.done.into_inner().expect("not poisoned");
        let at = |wanted: &Done| done.iter().position(|done| done == wanted).unwrap_or_else(|| panic!("{wanted:?}"));
        let after =
            |from: usize, folder: &Path| done[from..].iter().position(|done| *done == Done::Folder(folder.into()));
        for source in names {
            let target = job.output.join(format!("{source}.xlsx"));
            let named_at =
                done.iter().position(|done| matches!(done, Done::Named(_, to) if *to == target)).expect("named");
            let Done::Named(temporary, _) = &done[named_at] else { unreachable!("found so") };
            let told = at(&Done::Told(target.clone()));
            assert!(at(&Done::Synced(temporary.clone())) < named_at, "{source}: {done:?}");
            let synced = named_at + after(named_at, target.parent().expect("a folder")).expect("its folder is synced");
            assert!(synced < told, "{source}: {done:?}");
        }
        // the folders that were made have their names in these
        for folder in [job.output.parent().expect("a folder"), &job.output] {
            assert!(at(&Done::Folder(folder.into())) < done.len() - 1, "{done:?}");
        }
    }
}

#[test]
fn file_that_cannot_be_synced_fails_by_name_and_the_others_go_on() {
    let disk = Recording { synced_at_most: 2, ..Recording::new(usize::MAX) };
    let (_home, job, summary, outcomes) = run(&["a", "b", "AA/c"], &disk);
    assert_eq!((summary.converted, summary.failed), (2, 1), "{outcomes:?}");
    let failed = outcomes.iter().find(|(_, outcome)| outcome.problem().is_some()).expect("one failed");
    assert!(matches!(&failed.1, Outcome::Failed(error) if matches!(error.cause, Cause::Write(_))), "{failed:?}");
    assert!(why(&outcomes, &failed.0.to_string_lossy()).contains("a bad disk"), "{failed:?}");
    assert_eq!(workbooks(&job.output).len(), 2, "nothing of it is left");
    let made = |entry: &Entry| matches!(entry, Entry::File(file) if file.made.is_some());
    let mut count = 0;
    journal::read(&job.output, |entry| count += usize::from(made(&entry))).expect("a journal");
    assert_eq!(count, 2, "and it is not told as made");
    assert!(job.output.join("AA").exists() == (failed.0 != Path::new("AA/c")), "no empty folder is left");
}

#[test]
fn file_whose_name_is_not_known_to_be_on_the_disk_fails_by_name() {
    let disk = Recording { bad_folder: "AA", ..Recording::new(usize::MAX) };
    let (_home, _, summary, outcomes) = run(&["AA/a", "b"], &disk);
    assert_eq!((summary.converted, summary.failed), (1, 1), "{outcomes:?}");
    assert!(why(&outcomes, "AA/a").contains("a bad folder"), "{outcomes:?}");
}
