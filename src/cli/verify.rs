//! `sheetmill verify`: an output folder of last month against its journal.

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use clap::Args;
use serde_json::json;

use super::printer::Printer;
use super::{COULD_NOT_RUN, SOME_FAILED, STOPPED, complain, json, lang, output_lost, signals};
use crate::engine::{self, Control, Halt, RunError, SourceIs, Unproven, Verified};
use crate::text::{Explained, Lang, source_changed_line, verified_line, verify_summary};

/// Read finished workbooks back and compare them with what was written when they were made.
///
/// Each workbook that the journal of the folder knows is read by the library that a person would use, all of it, and
/// its rows, header and cells are compared with those of the day it was made. Sources that are still there are read too:
/// those that hold something else now are named, whatever their sizes and times say.
///
/// Exit codes: 0 all are as they were made, 1 some are not, 2 the folder has no journal or can't be read.
#[derive(Debug, Args)]
pub struct Verify {
    /// Folder of the workbooks
    output: PathBuf,
    /// Print one workbook a line as JSON
    #[arg(long)]
    json: bool,
    /// Language of the messages [default: the system's]
    #[arg(long, value_parser = lang())]
    lang: Option<Lang>,
}

impl Verify {
    pub fn run(&self) -> u8 {
        let lang = self.lang.unwrap_or_else(Lang::system);
        let control = Control::default();
        signals::stop_when_told(&control);
        let printer = Printer::new(&control);
        let (differing, changed) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let hear = |found: Verified| {
            differing.fetch_add(usize::from(found.outcome.is_err()), Ordering::Relaxed);
            changed.fetch_add(usize::from(found.source_is == SourceIs::Changed), Ordering::Relaxed);
            if self.json {
                json::print(&printer, &as_json(&found));
                return;
            }
            if let Err(why) = &found.outcome {
                complain(&verified_line(lang, &found.name, why));
            }
            if found.source_is == SourceIs::Changed {
                complain(&source_changed_line(lang, &found.name, &found.source));
            }
        };
        match engine::verify(&self.output, control.token(), &hear) {
            Err(Halt::Stopped) => STOPPED,
            Err(Halt::Failed(cause)) => {
                let source = match cause {
                    engine::Cause::Read(error) => std::io::Error::from(error.kind()),
                    other => std::io::Error::other(other),
                };
                complain(&Explained::run_error(lang, &RunError::NoJournal { path: self.output.clone(), source }));
                COULD_NOT_RUN
            }
            Ok(all) => {
                let (differing, changed) = (differing.into_inner(), changed.into_inner());
                if !self.json {
                    printer.say(&verify_summary(lang, all, differing, changed));
                }
                if let Some(error) = printer.lost() {
                    output_lost(lang, &error);
                    return COULD_NOT_RUN;
                }
                if differing > 0 { SOME_FAILED } else { 0 }
            }
        }
    }
}

fn as_json(found: &Verified) -> serde_json::Value {
    let (rows, why) = match &found.outcome {
        Ok(rows) => (Some(*rows), None),
        Err(Unproven::Gone) => (None, Some("gone".to_owned())),
        Err(Unproven::Differs(what)) => (None, Some(what.to_string())),
        Err(Unproven::Failed(cause)) => (None, Some(cause.to_string())),
    };
    let source_is = match found.source_is {
        SourceIs::Same => "same",
        SourceIs::Changed => "changed",
        SourceIs::Gone => "gone",
    };
    let mut line = json!({
        "proven": found.outcome.is_ok(), "rows": rows, "why": why,
        "losses": found.has_losses, "source_is": source_is,
    });
    json::put(&mut line, "workbook", &found.name);
    json::put(&mut line, "source", &found.source);
    line
}
