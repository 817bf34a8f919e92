//! `sheetmill convert`: a whole run in the terminal.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::filter_args::FilterArgs;
use super::form_args::FormArgs;
use super::lines::Lines;
use super::merge_args::MergeArgs;
use super::printer::Printer;
use super::reading_args::ReadingArgs;
use super::{
    COULD_NOT_RUN, SOME_FAILED, STOPPED, complain, could_not_run, json, lang, output_lost, preset_error, signals,
};
use crate::engine::{
    self, Choices, Compression, Control, Halt, IfExists, Job, Proof, RunError, Workers, default_output,
};
use crate::sample;
use crate::session::report;
use crate::text::{Lang, report_line, system_language};

/// Convert a folder (at any depth) or a file in the terminal.
///
/// Each source file becomes one workbook at the same place below OUTPUT: `AA/wiki_00` becomes
/// `AA/wiki_00.xlsx`. Long texts go on in the columns `text (2)`, `text (3)`, …; nothing is cut. One bad file
/// does not stop the others. With --to csv, jsonl or parquet the files are of that form, and texts of any length stand
/// in one cell.
///
/// Before a workbook gets its name, all of it is read back and compared with what was written. No file that Sheetmill
/// did not make from the same source, or that was changed since, is replaced, unless --if-exists overwrite.
///
/// Exit codes: 0 all files converted or up to date, 1 some files failed, were made with losses, are in no known format
/// or could not be read, or workbooks made were gone at the end, 2 could not run or say what became of them, 130 stopped with Ctrl-C (no half workbook is left).
#[derive(Debug, Args)]
#[allow(clippy::struct_excessive_bools)] // each is a switch of its own
#[command(
    after_help = "Examples:\n  sheetmill convert                             the sample, into ./sheetmill-sample\n  sheetmill convert kowiki                      into kowiki-xlsx beside it\n  sheetmill convert kowiki out --workers 4 --columns id,url,title,text\n  sheetmill convert kowiki --to parquet         into kowiki-parquet beside it\n  sheetmill convert news --preset news.toml       columns and reading from a file"
)]
pub struct Convert {
    /// Folder or file to convert; without it a small sample is converted into ./sheetmill-sample
    input: Option<PathBuf>,
    /// Folder for the workbooks [default: INPUT-xlsx beside the input, -csv, -jsonl or -parquet with --to]
    output: Option<PathBuf>,
    #[command(flatten)]
    form: FormArgs,
    #[command(flatten)]
    merge: MergeArgs,
    /// Files converted at the same time, 1 to 4 × cores [default: all cores]
    #[arg(long, value_name = "N", value_parser = workers)]
    workers: Option<Workers>,
    #[command(flatten)]
    reading: ReadingArgs,
    /// What to do when a workbook is already there
    #[arg(long, value_enum, default_value_t = Existing::Skip)]
    if_exists: Existing,
    /// How far workbooks are compressed
    #[arg(long, value_enum, value_name = "HOW", default_value_t = Packing::Normal)]
    compression: Packing,
    /// Wrap texts in their cells; rows are as high as they need
    #[arg(long)]
    wrap: bool,
    /// Don't read finished workbooks back; records and rows are counted all the same
    #[arg(long)]
    no_verify: bool,
    /// Make no report (sheetmill-report.xlsx and .jsonl) beside the workbooks
    #[arg(long)]
    no_report: bool,
    /// Print one event a line as JSON
    #[arg(long)]
    json: bool,
    /// Print only what went wrong
    #[arg(long, short, conflicts_with = "json")]
    quiet: bool,
    /// Language of the messages [default: the system's]
    #[arg(long, value_parser = lang())]
    lang: Option<Lang>,
    #[command(flatten)]
    filters: FilterArgs,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Existing {
    /// Leave it when its source file and the choices are still the same, else make it anew, if it is Sheetmill's own
    Skip,
    /// Make it anew, also where somebody else's file stands under its name
    Overwrite,
    /// Write "name (2).xlsx" beside it
    KeepBoth,
    /// Convert nothing at all
    Stop,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Packing {
    /// Half the time of compressing, workbooks about a tenth larger
    Fast,
    Normal,
    /// Ten times the time of compressing, workbooks about a fifteenth smaller
    Small,
}

fn workers(text: &str) -> Result<Workers, String> {
    text.parse().ok().and_then(Workers::new).ok_or_else(|| format!("a whole number from 1 to {}", Workers::most()))
}

impl Convert {
    pub fn run(self) -> u8 {
        let lang = self.lang.unwrap_or_else(Lang::system);
        let mut choices = match self.reading.get() {
            Ok(choices) => choices,
            Err(error) => return preset_error(lang, &error),
        };
        self.form.put_into(&mut choices);
        self.merge.put_into(&mut choices);
        self.filters.put_into(&mut choices);
        let job = match self.job(choices) {
            Ok(job) => job,
            Err(error) => return could_not_run(lang, &error),
        };
        let control = Control::default();
        signals::stop_when_told(&control);
        let printer = Printer::new(&control);
        let ended = if self.json {
            let ended = engine::run(&job, &control, &|event| json::event(&printer, event));
            json::end(&printer, &ended);
            ended
        } else {
            let lines = Lines::new(&printer, lang, job.choices.form, self.quiet);
            let ended = engine::run(&job, &control, &|event| lines.event(event));
            lines.end(&ended);
            ended
        };
        if ended.is_ok() && !job.choices.no_report {
            Self::report(lang, &job.output);
        }
        let lost = printer.lost();
        if let Some(error) = &lost {
            output_lost(lang, error);
        }
        match ended {
            Err(error) => could_not_run(lang, &error),
            Ok(_) if lost.is_some() => COULD_NOT_RUN,
            // also where all that was listed is done: what was not listed yet is missing
            Ok(_) if control.is_stopped() => STOPPED,
            Ok(summary) if summary.failed + summary.not_recognised + summary.passed_over > 0 => SOME_FAILED,
            Ok(summary) if summary.with_losses + summary.gone > 0 || summary.journal.is_some() => SOME_FAILED,
            Ok(_) => 0,
        }
    }

    /// A report that can't be made costs no workbook: it is told, and the journal holds the same.
    fn report(lang: Lang, output: &Path) {
        if let Err(Halt::Failed(cause)) = report::write(output, lang) {
            complain(&report_line(lang, &cause));
        }
    }

    fn job(&self, choices: Choices) -> Result<Job, RunError> {
        let (input, output) = if let Some(input) = &self.input {
            let inputs = vec![input.clone()];
            let output = self.output.clone().unwrap_or_else(|| default_output(&inputs, choices.form));
            (input.clone(), output)
        } else {
            let folder = PathBuf::from("sheetmill-sample");
            let input = folder.join("source");
            sample::write_to(&input).map_err(|source| RunError::Output { path: input.clone(), source })?;
            (input, folder.join("workbooks"))
        };
        Ok(Job {
            workers: self.workers.unwrap_or_default(),
            choices: Choices {
                compression: match self.compression {
                    Packing::Fast => Compression::Fast,
                    Packing::Normal => Compression::Normal,
                    Packing::Small => Compression::Small,
                },
                if_exists: match self.if_exists {
                    Existing::Skip => IfExists::Skip,
                    Existing::Overwrite => IfExists::Overwrite,
                    Existing::KeepBoth => IfExists::KeepBoth,
                    Existing::Stop => IfExists::Stop,
                },
                proof: if self.no_verify { Proof::Count } else { Proof::ReadBack },
                no_report: self.no_report,
                wrap: self.wrap,
                ..choices
            },
            language: system_language(),
            ..Job::new(vec![input], output)
        })
    }
}
