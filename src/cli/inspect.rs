//! `sheetmill inspect`: what the first records of a file will be in its workbook, before anything is
//! converted.

use std::path::PathBuf;
use std::sync::Mutex;

use clap::Args;
use console::{Term, measure_text_width, truncate_str};
use serde_json::json;

use super::filter_args::FilterArgs;
use super::form_args::FormArgs;
use super::printer::Printer;
use super::reading_args::ReadingArgs;
use super::{SOME_FAILED, complain, could_not_run, json, lang, output_lost, preset_error};
use crate::engine::{
    self, Column, Control, ConvertError, Event, Form, Halt, Inspection, Job, Kind, Neighbours, RecordSelector, Repeat,
    SourceFile, StopToken,
};
use crate::text::{Explained, Lang, bytes, count, is_unsafe, note_line, system_language};

/// The widest that a column of the table may be, apart from the last.
const WIDEST: usize = 24;
/// So much of what repeats is shown.
const MOST_REPEATS: usize = 40;
/// Columns of a screen that is none.
const NO_SCREEN: usize = 100;

/// Show what a file or the first files of a folder hold, and what their workbooks will look like.
///
/// Prints the recognised format and encoding, the fields that can be columns, the first records as they
/// will stand in the workbook, and what would be left out or repaired. Nothing is written.
#[derive(Debug, Args)]
pub struct Inspect {
    /// Folder or file to look at
    path: PathBuf,
    /// Records shown of each file
    #[arg(long, value_name = "N", default_value_t = 5)]
    rows: usize,
    /// Files shown of a folder
    #[arg(long, value_name = "N", default_value_t = 1)]
    files: usize,
    #[command(flatten)]
    form: FormArgs,
    #[command(flatten)]
    reading: ReadingArgs,
    /// Print one file a line as JSON, values whole
    #[arg(long)]
    json: bool,
    /// Language of the messages [default: the system's]
    #[arg(long, value_parser = lang())]
    lang: Option<Lang>,
    #[command(flatten)]
    filters: FilterArgs,
}

impl Inspect {
    pub fn run(&self) -> u8 {
        let lang = self.lang.unwrap_or_else(Lang::system);
        let mut choices = match self.reading.get() {
            Ok(choices) => choices,
            Err(error) => return preset_error(lang, &error),
        };
        self.form.put_into(&mut choices);
        self.filters.put_into(&mut choices);
        let files = match self.first_files(choices.form) {
            Ok(files) => files,
            Err(error) => return could_not_run(lang, &error),
        };
        let (most, stop, neighbours) = (self.rows.max(1), StopToken::default(), Neighbours::new(system_language()));
        let mut code = 0;
        let control = Control::default();
        let printer = Printer::new(&control);
        for file in &files {
            if control.is_stopped() {
                break; // nobody hears it
            }
            match engine::inspect_chosen(file, &choices, &choices.reading, most, &stop, &neighbours) {
                Ok(seen) if self.json => json::print(&printer, &as_json(file, &seen)),
                Ok(seen) => table(lang, file, &seen).iter().for_each(|line| printer.say(line)),
                Err(Halt::Stopped) => {}
                Err(Halt::Failed(cause)) => {
                    code = SOME_FAILED;
                    let error = ConvertError { path: file.name.clone(), line: None, cause };
                    if self.json {
                        let explained = Explained::error(Lang::En, &error);
                        let mut line = json!({"why": explained.short, "advice": explained.long});
                        json::put(&mut line, "name", &file.name);
                        json::print(&printer, &line);
                    } else {
                        complain(&Explained::error(lang, &error).long);
                    }
                }
            }
        }
        printer.lost().map_or(code, |error| output_lost(lang, &error))
    }

    /// The scan ends when there are enough.
    fn first_files(&self, form: Form) -> Result<Vec<SourceFile>, engine::RunError> {
        let control = Control::default();
        let files = Mutex::new(Vec::new());
        let most = self.files.max(1);
        let output = engine::default_output(std::slice::from_ref(&self.path), form);
        let job = Job::new(vec![self.path.clone()], output);
        engine::scan_only(&job, &control, &|event| {
            if let (Event::Found(found), Ok(mut files)) = (event, files.lock()) {
                files.extend(found);
                if files.len() >= most {
                    control.stop();
                }
            }
        })?;
        let mut files = files.into_inner().unwrap_or_default();
        files.truncate(most);
        Ok(files)
    }
}

/// What a person reads: a head, the fields, the table, the notes.
fn table(lang: Lang, file: &SourceFile, seen: &Inspection) -> Vec<String> {
    let text = lang.text();
    let format = lang.words().format(seen.format);
    let encoding = lang.words().encoding(seen.encoding, seen.certainty);
    let mut lines = vec![format!("{} · {} · {format} · {encoding}", file.name.display(), bytes(file.bytes))];
    let fields: Vec<&str> = seen.fields.iter().map(|field| field.name.as_str()).collect();
    lines.push(format!("{}: {}", text.fields, fields.join(", ")));
    lines.extend(Explained::fields(lang, seen).map(|fields| fields.long));
    lines.extend(repeats(text.repeats, seen));
    if seen.outside.0 > 0 {
        lines.push(lang.words().values_outside(seen.outside.0, seen.outside.1));
    }
    lines.push(String::new());
    let heads: Vec<String> = seen.columns.iter().map(head).collect();
    let cells: Vec<Vec<String>> = std::iter::once(&heads).chain(&seen.rows).map(|row| one_line(row)).collect();
    let screen = Term::stdout().size_checked().map_or(NO_SCREEN, |(_, columns)| usize::from(columns));
    let widths = widths(&cells, screen);
    for row in &cells {
        let padded = row.iter().zip(&widths).zip(&seen.columns).map(|((cell, width), column)| {
            let is_right = column.options.kind.read(cell).is_some();
            let cell = truncate_str(cell, *width, "…");
            let space = " ".repeat(width.saturating_sub(measure_text_width(&cell)));
            if is_right { format!("{space}{cell}") } else { format!("{cell}{space}") }
        });
        lines.push(padded.collect::<Vec<_>>().join("  ").trim_end().to_owned());
    }
    if !seen.is_all {
        lines.push("…".to_owned());
    }
    lines.extend(seen.sifted.map(|sifted| lang.words().sifted(&sifted)));
    if !seen.notes.is_empty() {
        lines.push(String::new());
        lines.extend(seen.notes.places().iter().map(|note| note_line(lang, note)));
    }
    lines.push(String::new());
    lines
}

/// The word over a column, and what its values are taken for, as it is typed.
fn head(column: &Column) -> String {
    match column.options.kind {
        Kind::Text => column.header().to_owned(),
        kind => format!("{}#{}", column.header(), kind.name()),
    }
}

/// What can be chosen as records, each with its count: `document 2 · document/sentence 3`.
fn repeats(word: &str, seen: &Inspection) -> Option<String> {
    let one = |repeat: &Repeat| {
        let path = RecordSelector::of_path(&repeat.path)?;
        let path = if repeat.path.is_empty() { "." } else { path.as_str() };
        Some(format!("{} {}", one_line(&[path.to_owned()]).concat(), count(repeat.count)))
    };
    let all: Vec<String> = seen.repeats.iter().filter_map(one).take(MOST_REPEATS).collect();
    (!all.is_empty()).then(|| format!("{word}: {}", all.join(" · ")))
}

/// As many characters of a value as any screen shows, line breaks as a mark.
fn one_line(row: &[String]) -> Vec<String> {
    let line = |value: &String| {
        let beginning = value.chars().take(400).map(|char| match char {
            '\n' => '↵',
            char if is_unsafe(char) => ' ',
            char => char,
        });
        beginning.collect()
    };
    row.iter().map(line).collect()
}

/// The widths of the columns: what they need, the last one what is left of the screen.
fn widths(cells: &[Vec<String>], screen: usize) -> Vec<usize> {
    let columns = cells.first().map_or(0, Vec::len);
    let needed = |column: usize| cells.iter().map(|row| measure_text_width(&row[column])).max().unwrap_or(0);
    let mut widths: Vec<usize> = (0..columns).map(|column| needed(column).min(WIDEST)).collect();
    if let Some(last) = columns.checked_sub(1) {
        let before: usize = widths[..last].iter().map(|width| width + 2).sum();
        widths[last] = needed(last).min(screen.saturating_sub(before).max(WIDEST));
    }
    widths
}

fn as_json(file: &SourceFile, seen: &Inspection) -> serde_json::Value {
    let mut line = json!({
        "bytes": file.bytes, "format": seen.format,
        "encoding": seen.encoding, "certainty": seen.certainty, "fields": seen.fields,
        "columns": seen.columns.iter().map(Column::header).collect::<Vec<_>>(),
        "kinds": seen.columns.iter().map(|column| column.options.kind.name()).collect::<Vec<_>>(), "rows": seen.rows,
        "left_out": seen.left_out, "sifted": seen.sifted, "repeats": seen.repeats, "values_outside": seen.outside.0, "values": seen.outside.1, "complete": seen.is_all, "notes": json::counts(&seen.notes), "places": seen.notes.places(),
    });
    json::put(&mut line, "name", &file.name);
    json::put(&mut line, "path", &file.path());
    line
}
