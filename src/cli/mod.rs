//! The terminal face: arguments → job, events → lines and a progress bar, or JSON.
//!
//! What the script that people used before printed is printed here as well: `Start NAME`,
//! `End NAME`, and the elapsed seconds.

mod convert;
mod filter_args;
mod form_args;
mod inspect;
mod json;
mod lines;
mod merge_args;
mod printer;
mod reading_args;
mod signals;
mod verify;

use std::ffi::OsStr;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{CommandFactory, Parser, Subcommand};

use crate::engine::RunError;
use crate::preset::PresetError;
use crate::text::{Explained, Lang, licences, visible};
use convert::Convert;
use inspect::Inspect;
pub use signals::let_large_files_fail;
use verify::Verify;

/// Some files failed; could not run; stopped with Ctrl-C.
const SOME_FAILED: u8 = 1;
const COULD_NOT_RUN: u8 = 2;
const STOPPED: u8 = 130;

/// Turns folders of tagged documents into Excel workbooks, CSV, JSON Lines or Parquet: WikiExtractor, JSON, JSON lines,
/// TREC, Reuters, TEI, XML, HTML, plain text.
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
    Inspect(Inspect),
    Verify(Verify),
    /// Under which licences the program is and all that it is made of, with their texts
    Licences,
}

/// The codes of the languages, which the parser lists in `--help`.
fn lang() -> impl TypedValueParser<Value = Lang> {
    let mut codes = Lang::ALL.map(Lang::code);
    codes.sort_unstable();
    PossibleValuesParser::new(codes).try_map(|code| Lang::parse(&code).ok_or("no such language"))
}

/// Whether the first argument asks for the terminal face.
#[must_use]
pub fn is_command(argument: &OsStr) -> bool {
    Arguments::command().get_subcommands().any(|command| argument == command.get_name())
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
        Some(Command::Inspect(inspect)) => ExitCode::from(inspect.run()),
        Some(Command::Verify(verify)) => ExitCode::from(verify.run()),
        Some(Command::Licences) => {
            let all = licences::all(concat!("Sheetmill ", env!("CARGO_PKG_VERSION")));
            let printed = io::stdout().lock().write_all(all.as_bytes());
            ExitCode::from(if printed.is_ok() { 0 } else { COULD_NOT_RUN })
        }
        None => ExitCode::from(COULD_NOT_RUN),
    }
}

fn could_not_run(lang: Lang, error: &RunError) -> u8 {
    complain(&Explained::run_error(lang, error));
    COULD_NOT_RUN
}

/// What was said did not all reach standard output.
fn output_lost(lang: Lang, error: &io::Error) -> u8 {
    complain(&lang.words().output_lost(error));
    COULD_NOT_RUN
}

fn preset_error(lang: Lang, error: &PresetError) -> u8 {
    // with the lines of the file that it is about
    Explained::preset_error(lang, error).lines().for_each(complain);
    COULD_NOT_RUN
}

/// A line on standard error.
fn complain(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", visible(line));
}
