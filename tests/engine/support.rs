//! One folder in, one folder out, and what was said on the way.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use calamine::{Data, Reader, Xlsx, open_workbook};
use sheetmill::engine::{Control, Event, Job, NoteKind, Report, RunError, Summary, run};
use tempfile::TempDir;

/// A run's input and output folder, both below one temporary folder.
pub struct Bench {
    _folder: TempDir,
    pub input: PathBuf,
    pub output: PathBuf,
}

impl Bench {
    /// An input folder with these source files.
    pub fn with(files: &[(&str, &[u8])]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let bench = Self { input: folder.path().join("in"), output: folder.path().join("out"), _folder: folder };
        fs::create_dir(&bench.input).expect("the input folder is made");
        for (name, bytes) in files {
            bench.put(name, bytes);
        }
        bench
    }

    pub fn put(&self, name: &str, bytes: &[u8]) {
        let path = self.input.join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("its folder is made");
        fs::write(path, bytes).expect("a source file is written");
    }

    pub fn job(&self) -> Job {
        Job::new(vec![self.input.clone()], self.output.clone())
    }

    pub fn run(&self) -> Ran {
        ran(&self.job())
    }

    /// All files below the output folder, as relative paths, sorted; hidden ones too.
    pub fn outputs(&self) -> Vec<String> {
        fn walk(folder: &Path, root: &Path, found: &mut Vec<String>) {
            for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                if entry.path().is_dir() {
                    walk(&entry.path(), root, found);
                } else {
                    let path = entry.path();
                    found.push(path.strip_prefix(root).expect("below").to_string_lossy().replace('\\', "/"));
                }
            }
        }
        let mut found = Vec::new();
        walk(&self.output, &self.output, &mut found);
        found.sort();
        found
    }

    /// The cells of a workbook's only worksheet, header first.
    pub fn cells(&self, name: &str) -> Vec<Vec<String>> {
        let mut worksheets = worksheets(&self.output.join(name));
        assert_eq!(worksheets.len(), 1, "worksheets of {name}");
        worksheets.remove(0).1
    }
}

/// What a run gave and said.
pub struct Ran {
    pub summary: Result<Summary, RunError>,
    pub events: Vec<Event>,
}

impl Ran {
    pub fn summary(&self) -> &Summary {
        self.summary.as_ref().expect("the run could begin")
    }

    /// The report of the file with this name.
    pub fn report(&self, name: &str) -> &Report {
        let names = self.events.iter().filter_map(|event| match event {
            Event::Found(files) => Some(files),
            _ => None,
        });
        let at = names.flatten().position(|file| file.name == Path::new(name)).expect("the file was found");
        let mut reports = self.events.iter().filter_map(|event| match event {
            Event::Finished { file, report } if file.index() == at => Some(&**report),
            _ => None,
        });
        reports.next().expect("the file was finished")
    }

    /// `(kind, places, sum)` of a file's notes.
    pub fn notes(&self, name: &str) -> Vec<(NoteKind, u64, u64)> {
        self.report(name).notes.counts().to_vec()
    }
}

pub fn ran(job: &Job) -> Ran {
    let events = Mutex::new(Vec::new());
    let summary = run(job, &Control::default(), &|event| events.lock().expect("not poisoned").push(event));
    Ran { summary, events: events.into_inner().expect("not poisoned") }
}

/// Every worksheet's name and cells; a cell that is no string fails the test.
pub fn worksheets(path: &Path) -> Vec<(String, Vec<Vec<String>>)> {
    let mut workbook: Xlsx<_> = open_workbook(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let names = workbook.sheet_names();
    names
        .into_iter()
        .map(|name| {
            let range = workbook.worksheet_range(&name).expect("a worksheet");
            let rows = range.rows().map(|row| row.iter().map(cell).collect()).collect();
            (name, rows)
        })
        .collect()
}

fn cell(data: &Data) -> String {
    match data {
        Data::String(text) => text.clone(),
        Data::Empty => String::new(),
        other => panic!("a cell that is no text: {other:?}"),
    }
}

/// Rows of `&str` as read-back rows.
pub fn rows(rows: &[&[&str]]) -> Vec<Vec<String>> {
    rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
}
