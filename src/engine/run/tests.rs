//! The seam between rows and files: a form that no other part of the program knows goes through a whole run.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Read as _, Seek as _, Write};
use std::path::Path;

use super::run_into;
use crate::engine::error::{Halt, writing};
use crate::engine::job::Job;
use crate::engine::job::columns::Column;
use crate::engine::notes::NoteKind;
use crate::engine::output::digest::Digest;
use crate::engine::output::field::Field;
use crate::engine::output::{Helpers, Limits, NewFile, OutputForm, ReadBack, RowError, RowSink, Written};
use crate::engine::run::control::Control;
use crate::engine::run::event::{Event, Outcome};
use crate::engine::stop::StopToken;

/// Rows as lines of text: the stamp, the columns, then a row a line; a cell ends after eight units.
struct Lines;

const UNITS: usize = 8;

impl OutputForm for Lines {
    fn extension(&self) -> &'static str {
        "lines"
    }

    fn limits(&self) -> Limits {
        Limits { columns: 3, cell_units: UNITS }
    }

    fn shown<'v>(&self, value: Cow<'v, str>) -> Cow<'v, str> {
        value.replace('\n', "|").into()
    }

    fn heads(&self, columns: &[Column], widths: &[usize]) -> Vec<String> {
        let heads = |(column, width): (&Column, &usize)| {
            std::iter::once(column.header().to_owned()).chain(vec![String::new(); width - 1]).collect::<Vec<_>>()
        };
        columns.iter().zip(widths).flat_map(heads).collect()
    }

    fn cells(&self, value: &str) -> usize {
        value.chars().count().div_ceil(UNITS).max(1)
    }

    fn stamp_at(&self, target: &Path) -> Option<String> {
        let text = fs::read_to_string(target).ok()?;
        text.strip_prefix("stamp ").and_then(|rest| rest.split_once('\n')).map(|(stamp, _)| stamp.to_owned())
    }

    fn is_remnant(&self, _: &Path) -> bool {
        false
    }

    fn is_changed(&self, _: &Path) -> bool {
        false
    }

    fn read_back(&self, file: &File, _: &StopToken) -> Result<ReadBack, Halt> {
        let mut text = String::new();
        let mut file = file;
        file.rewind().and_then(|()| file.read_to_string(&mut text)).map_err(writing)?;
        let mut lines = text.lines().skip(1);
        let (names, widths) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
        let widths = widths.split('\t').map(|width| width.parse().unwrap_or(1));
        let header = names.split('\t').zip(widths).flat_map(|(name, width): (_, usize)| {
            std::iter::once(name).chain(std::iter::repeat_n("", width - 1)).map(str::to_owned).collect::<Vec<_>>()
        });
        let (mut digest, mut rows) = (Digest::default(), 0);
        for line in lines {
            rows += 1;
            (0..).zip(line.split('\t')).for_each(|(column, text)| digest.cell(rows, column, text));
        }
        Ok(ReadBack { header: header.collect(), rows, digest: digest.finish() })
    }

    fn read_by_library(&self, file: &File, stop: &StopToken) -> Result<ReadBack, Halt> {
        self.read_back(file, stop)
    }

    fn begin<'a>(&self, file: NewFile, helpers: &'a dyn Helpers) -> Box<dyn RowSink + 'a> {
        let NewFile { columns, widths, stamp, digested, .. } = file;
        let names = columns.iter().map(|column| column.header().to_owned()).collect();
        let (stamp, widths) = (stamp.to_owned(), widths.to_vec());
        Box::new(InMemory { names, stamp, digested, helpers, widths, rows: Vec::new() })
    }
}

/// All rows in memory until the end.
struct InMemory<'a> {
    names: Vec<String>,
    stamp: String,
    digested: bool,
    helpers: &'a dyn Helpers,
    widths: Vec<usize>,
    rows: Vec<String>,
}

impl RowSink for InMemory<'_> {
    fn row(&mut self, fields: &[Field], note: &mut dyn FnMut(NoteKind, u64)) -> Result<(), RowError> {
        let mut too_narrow = false;
        for (width, field) in self.widths.iter_mut().zip(fields) {
            let cells = field.values().iter().map(|value| Lines.cells(value)).sum();
            if cells > *width {
                *width = cells;
                too_narrow |= !self.rows.is_empty();
                note(NoteKind::LongField, cells as u64);
            }
        }
        if too_narrow {
            return Err(RowError::TooNarrow);
        }
        // whoever is free makes the line; this one waits for it
        let (done, line) = std::sync::mpsc::sync_channel(1);
        let values: Vec<String> =
            fields.iter().cloned().map(|field| field.into_joined(|value| Lines.shown(value))).collect();
        self.helpers.give(Box::new(move || done.send(values.join("\t")).expect("somebody waits")));
        while self.helpers.help_once() {}
        self.rows.push(line.recv().expect("made"));
        Ok(())
    }

    fn widths(&self) -> &[usize] {
        &self.widths
    }

    fn bytes(&mut self) -> Result<u64, Halt> {
        Ok(self.rows.iter().map(|row| row.len() as u64).sum())
    }

    fn finish(self: Box<Self>, out: &mut dyn Write) -> Result<Written, Halt> {
        let widths: Vec<String> = self.widths.iter().map(ToString::to_string).collect();
        writeln!(out, "stamp {}\n{}\n{}", self.stamp, self.names.join("\t"), widths.join("\t")).map_err(writing)?;
        for row in &self.rows {
            writeln!(out, "{row}").map_err(writing)?;
        }
        let mut digest = Digest::default();
        for (number, row) in (1..).zip(&self.rows) {
            (0..).zip(row.split('\t')).for_each(|(column, text)| digest.cell(number, column, text));
        }
        let digest = self.digested.then(|| digest.finish());
        Ok(Written { rows: self.rows.len() as u64, digest, sheets: 1 })
    }
}

/// What became of each file, by its name.
fn run(job: &Job) -> BTreeMap<String, String> {
    let outcomes = std::sync::Mutex::new(BTreeMap::new());
    let names = std::sync::Mutex::new(Vec::new());
    let summary = run_into(&Lines, job, &Control::default(), &|event| match event {
        Event::Found(files) => {
            names.lock().expect("not poisoned").extend(files.iter().map(|file| file.name.display().to_string()));
        }
        Event::Finished { file, report } => {
            let told = match &report.outcome {
                Outcome::Converted { .. } => format!("converted, {} rows", report.rows),
                Outcome::UpToDate { .. } => "up to date".to_owned(),
                other => format!("{other:?}"),
            };
            outcomes.lock().expect("not poisoned").insert(file, told);
        }
        _ => {}
    });
    assert!(summary.is_ok(), "{summary:?}");
    let names = names.into_inner().expect("not poisoned");
    outcomes
        .into_inner()
        .expect("not poisoned")
        .into_iter()
        .map(|(file, told)| (names[file.index()].clone(), told))
        .collect()
}

#[test]
fn output_form_of_another_kind_goes_through_the_whole_engine() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let input = folder.path().join("in");
    fs::create_dir(&input).expect("made");
    // the second title needs two cells: the file is begun again
    let docs = "<doc id=\"1\" title=\"하나\">가\n나</doc>\n<doc id=\"2\" title=\"열두 글자가 넘는 제목\">다</doc>\n";
    fs::write(input.join("a"), docs).expect("written");
    fs::write(input.join("b"), "<r><x><a>1</a><b>2</b><c>3</c><d>4</d></x><x><a>5</a></x></r>").expect("written");
    // one of its own making is no source
    fs::write(input.join("c.lines"), "stamp 0\n").expect("written");
    let output = folder.path().join("out");
    let job = Job::new(vec![input], output.clone());

    let outcomes = run(&job);
    assert_eq!(outcomes.keys().collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(outcomes["a"], "converted, 2 rows");
    assert_eq!(outcomes["b"], "converted, 2 rows");
    let text = fs::read_to_string(output.join("b.lines")).expect("made");
    let lines: Vec<&str> = text.lines().skip(1).collect();
    assert_eq!(lines, ["a\tb\trest", "1\t1\t2", "1\t2\tc: 3; d: 4", "5\t\t"], "more names than columns");
    let text = fs::read_to_string(output.join("a.lines")).expect("made");
    let lines: Vec<&str> = text.lines().skip(1).collect();
    assert_eq!(lines, ["id\ttitle\ttext", "1\t2\t1", "1\t하나\t가|나", "2\t열두 글자가 넘는 제목\t다"]);
    let left = fs::read_dir(&output).expect("made").map(|entry| entry.expect("an entry").file_name());
    let mut left: Vec<_> = left.filter(|name| name != crate::engine::journal::NAME).collect();
    left.sort();
    assert_eq!(left, ["a.lines", "b.lines"], "nothing under another name");

    assert_eq!(run(&job)["a"], "up to date");
}
