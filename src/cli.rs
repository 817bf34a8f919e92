//! The terminal face: arguments → [`Job`], events → lines and a progress bar, or JSON.
//!
//! What the script that people used before printed is printed here as well: `Start NAME`,
//! `End NAME`, and the elapsed seconds.

mod json;
mod lines;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use crate::engine::{self, Columns, Control, IfExists, Job, RunError, Summary, Workers, default_output, sample};
use crate::text::{Explained, Lang};
use lines::Lines;

/// Some files failed; could not run; stopped with Ctrl-C.
const SOME_FAILED: u8 = 1;
const COULD_NOT_RUN: u8 = 2;
const STOPPED: u8 = 130;

/// Turns folders of tagged documents (<doc id="" url="" title="">text</doc>) into Excel workbooks.
///
/// Without a command, or with folders as arguments, the window opens.
#[derive(Debug, Parser)]
#[command(name = "sheetmill", version, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Convert(Convert),
}

/// Convert a folder (at any depth) or a file in the terminal.
///
/// Each source file becomes one workbook at the same place below OUTPUT: `AA/wiki_00` becomes
/// `AA/wiki_00.xlsx`. Long texts go on in the columns `text_2`, `text_3`, …; nothing is cut. One bad file
/// does not stop the others.
///
/// Exit codes: 0 all files converted or up to date, 1 some files failed, 2 could not run,
/// 130 stopped with Ctrl-C (no half workbook is left).
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  sheetmill convert                             the sample, into ./sheetmill-sample\n  sheetmill convert kowiki                      into kowiki-xlsx beside it\n  sheetmill convert kowiki out --workers 4 --columns id,url,title,text"
)]
struct Convert {
    /// Folder or file to convert; without it a small sample is converted into ./sheetmill-sample
    input: Option<PathBuf>,
    /// Folder for the workbooks [default: INPUT-xlsx beside the input]
    output: Option<PathBuf>,
    /// Files converted at the same time, 1 to 4 × cores [default: all cores]
    #[arg(long, value_name = "N", value_parser = workers)]
    workers: Option<Workers>,
    /// Columns of the worksheet: text, and any attributes of the start tags
    #[arg(long, value_name = "NAMES", default_value = "auto", value_parser = columns)]
    columns: Columns,
    /// What to do when a workbook is already there
    #[arg(long, value_enum, default_value_t = Existing::Skip)]
    if_exists: Existing,
    /// Print one event a line as JSON
    #[arg(long)]
    json: bool,
    /// Print only what went wrong
    #[arg(long, short, conflicts_with = "json")]
    quiet: bool,
    /// Language of the messages [default: the system's]
    #[arg(long, value_enum)]
    lang: Option<Language>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Existing {
    /// Leave it when its source file and the choices are still the same, else make it anew
    Skip,
    /// Make it anew
    Overwrite,
    /// Write "name (2).xlsx" beside it
    KeepBoth,
    /// Convert nothing at all
    Stop,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Language {
    En,
    Ko,
}

fn workers(text: &str) -> Result<Workers, String> {
    text.parse().ok().and_then(Workers::new).ok_or_else(|| format!("a whole number from 1 to {}", Workers::most()))
}

fn columns(text: &str) -> Result<Columns, String> {
    Columns::parse(text).ok_or_else(|| "names with commas between them, none empty, none twice".into())
}

/// Runs the terminal face on the process's arguments.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print(); // nowhere left to complain
            return ExitCode::from(if error.use_stderr() { COULD_NOT_RUN } else { 0 });
        }
    };
    match arguments.command {
        Some(Command::Convert(convert)) => ExitCode::from(convert.run()),
        None => ExitCode::from(COULD_NOT_RUN),
    }
}

impl Convert {
    fn run(self) -> u8 {
        let lang = match self.lang {
            Some(Language::En) => Lang::En,
            Some(Language::Ko) => Lang::Ko,
            None => Lang::system(),
        };
        let job = match self.job() {
            Ok(job) => job,
            Err(error) => return could_not_run(lang, &error),
        };
        let control = Control::default();
        let stopper = control.clone();
        // where signals cannot be caught, Ctrl-C still ends the process, and the next start sweeps up
        let _ = ctrlc::set_handler(move || stopper.stop());
        let ended = if self.json {
            let ended = engine::run(&job, &control, &json::event);
            json::end(&ended);
            ended
        } else {
            let lines = Lines::new(lang, self.quiet);
            let ended = engine::run(&job, &control, &|event| lines.event(event));
            lines.end(&ended);
            ended
        };
        match ended {
            Err(error) => could_not_run(lang, &error),
            Ok(Summary { stopped: 1.., .. }) => STOPPED,
            Ok(Summary { failed: 1.., .. }) => SOME_FAILED,
            Ok(_) => 0,
        }
    }

    fn job(&self) -> Result<Job, RunError> {
        let (input, output) = if let Some(input) = &self.input {
            let inputs = vec![input.clone()];
            let output = self.output.clone().unwrap_or_else(|| default_output(&inputs));
            (input.clone(), output)
        } else {
            let folder = PathBuf::from("sheetmill-sample");
            let input = folder.join("source");
            sample::write_to(&input).map_err(|source| RunError::Output { path: input.clone(), source })?;
            (input, folder.join("workbooks"))
        };
        Ok(Job {
            workers: self.workers.unwrap_or_default(),
            columns: self.columns.clone(),
            if_exists: match self.if_exists {
                Existing::Skip => IfExists::Skip,
                Existing::Overwrite => IfExists::Overwrite,
                Existing::KeepBoth => IfExists::KeepBoth,
                Existing::Stop => IfExists::Stop,
            },
            ..Job::new(vec![input], output)
        })
    }
}

fn could_not_run(lang: Lang, error: &RunError) -> u8 {
    complain(&Explained::run_error(lang, error));
    COULD_NOT_RUN
}

/// A line on standard output; a reader that went away (`| head`) is no error of ours.
fn say(line: &str) {
    let _ = writeln!(io::stdout().lock(), "{line}");
}

fn complain(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}
