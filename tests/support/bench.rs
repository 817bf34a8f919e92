//! A run of the engine on a test's own files: one folder in, one folder out, and what was said on the way.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use sheetmill::engine::{
    Cause, Choices, Control, ConvertError, Event, Job, NoteKind, Outcome, Report, RunError, SourceFile, Summary, run,
};

use super::folder::{Folder, put};
use super::workbooks;

/// A run's input and output folder, both below one temporary folder.
pub struct Bench {
    home: Folder,
    pub input: PathBuf,
    pub output: PathBuf,
}

impl Bench {
    /// An input folder with these source files; the output folder is made by the run.
    pub fn with(files: &[(&str, &[u8])]) -> Self {
        let home = Folder::new();
        let bench = Self { input: home.make("in"), output: home.path("out"), home };
        for (name, bytes) in files {
            bench.put(name, bytes);
        }
        bench
    }

    /// Writes a source file below the input folder.
    pub fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        put(&self.input.join(name), bytes);
    }

    /// A path beside the two folders.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.home.path(name)
    }

    /// The job from one folder to the other, all else as it is where nothing is said.
    pub fn job(&self) -> Job {
        Job::new(vec![self.input.clone()], self.output.clone())
    }

    /// [`Bench::job`] with these choices.
    pub fn job_of(&self, choices: Choices) -> Job {
        Job { choices, ..self.job() }
    }

    /// Runs [`Bench::job`].
    pub fn run(&self) -> Ran {
        ran(&self.job())
    }

    /// All files below the output folder, as relative paths, sorted; hidden ones too.
    pub fn outputs(&self) -> Vec<String> {
        workbooks::names(&self.output)
    }

    /// The cells of a workbook's only worksheet, header first.
    pub fn cells(&self, name: &str) -> Vec<Vec<String>> {
        workbooks::cells(&self.output.join(name))
    }
}

/// What a run gave and said.
pub struct Ran {
    pub summary: Result<Summary, RunError>,
    pub events: Vec<Event>,
}

/// Runs a job to its end.
pub fn ran(job: &Job) -> Ran {
    let events = Mutex::new(Vec::new());
    let summary = run(job, &Control::default(), &|event| events.lock().expect("not poisoned").push(event));
    Ran { summary, events: events.into_inner().expect("not poisoned") }
}

impl Ran {
    /// The summary of a run that could begin.
    pub fn summary(&self) -> &Summary {
        self.summary.as_ref().expect("the run could begin")
    }

    /// The source files, in the order they were found.
    pub fn found(&self) -> Vec<SourceFile> {
        found(&self.events).flatten().cloned().collect()
    }

    /// Their names, with `/`.
    pub fn names(&self) -> Vec<String> {
        names(&self.events)
    }

    /// The report of the file with this name.
    pub fn report(&self, name: &str) -> &Report {
        let at = found(&self.events).flatten().position(|file| file.name == Path::new(name));
        let at = at.unwrap_or_else(|| panic!("{name} was not found"));
        let mut reports = self.events.iter().filter_map(|event| match event {
            Event::Finished { file, report } if file.index() == at => Some(&**report),
            _ => None,
        });
        reports.next().unwrap_or_else(|| panic!("{name} was not finished"))
    }

    /// The outcome of a file, in a word (see [`word`]).
    pub fn outcome(&self, name: &str) -> &'static str {
        word(&self.report(name).outcome)
    }

    /// Why a file failed.
    pub fn failure(&self, name: &str) -> &Cause {
        match &self.report(name).outcome {
            Outcome::Failed(error) => cause(error, name),
            other => panic!("{name}: {other:?}"),
        }
    }

    /// Why a file was not recognised.
    pub fn unrecognised(&self, name: &str) -> &Cause {
        match &self.report(name).outcome {
            Outcome::NotRecognised(error) => cause(error, name),
            other => panic!("{name}: {other:?}"),
        }
    }

    /// `(kind, places, sum)` of a file's notes.
    pub fn notes(&self, name: &str) -> Vec<(NoteKind, u64, u64)> {
        self.report(name).notes.counts().to_vec()
    }

    /// `(kind, sum)` of a file's notes.
    pub fn sums(&self, name: &str) -> Vec<(NoteKind, u64)> {
        self.notes(name).into_iter().map(|(kind, _, sum)| (kind, sum)).collect()
    }
}

/// The cause of an error that names its file.
fn cause<'e>(error: &'e ConvertError, name: &str) -> &'e Cause {
    assert_eq!(error.path, Path::new(name));
    &error.cause
}

fn found(events: &[Event]) -> impl Iterator<Item = &Vec<SourceFile>> {
    events.iter().filter_map(|event| if let Event::Found(files) = event { Some(files) } else { None })
}

/// The names of source files in the order they were found, with `/`.
pub fn names(events: &[Event]) -> Vec<String> {
    found(events).flatten().map(|file| file.name.to_string_lossy().replace('\\', "/")).collect()
}

/// An outcome in a word.
pub fn word(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Converted { .. } => "converted",
        Outcome::UpToDate { .. } => "up to date",
        Outcome::Failed(_) => "failed",
        Outcome::NotRecognised(_) => "not recognised",
        Outcome::Stopped => "stopped",
        Outcome::Skipped => "skipped",
    }
}
