//! Events as JSON, one a line, for programs. Names are stable; new ones may come.

use std::path::Path;

use serde_json::{Value, json};

use super::say;
use crate::engine::{Event, FileId, Notes, Outcome, Report, RunError, Summary};
use crate::text::{Explained, Lang};

/// Prints one event.
pub fn event(event: Event) {
    match event {
        Event::Found(files) => {
            for file in files {
                print(
                    &json!({"event": "found", "name": words(&file.name), "path": words(&file.path()), "bytes": file.bytes}),
                );
            }
        }
        Event::PassedOver { path, why } => {
            print(&json!({"event": "passed-over", "path": words(&path), "why": why.to_string()}));
        }
        // of what only a window asks for, nothing happens in a terminal
        Event::Scanning { .. } | Event::Listing | Event::Skipped { .. } | Event::Waiting { .. } => {}
        Event::Scanned { files, bytes } => print(&json!({"event": "scanned", "files": files, "bytes": bytes})),
        Event::Started { file, worker } => print(&json!({"event": "started", "file": file, "worker": worker})),
        Event::Progress { file, bytes, records } => {
            print(&json!({"event": "progress", "file": file, "bytes": bytes, "records": records}));
        }
        Event::Finished { file, report } => print(&finished(file, &report)),
    }
}

/// Prints how the run ended.
pub fn end(ended: &Result<Summary, RunError>) {
    print(&match ended {
        Ok(summary) => json!({
            "event": "summary", "files": summary.files, "converted": summary.converted,
            "up_to_date": summary.up_to_date, "with_losses": summary.with_losses, "journal": summary.journal, "failed": summary.failed, "not_recognised": summary.not_recognised, "stopped": summary.stopped,
            "skipped": summary.skipped,
            "passed_over": summary.passed_over, "records": summary.records, "rows": summary.rows,
            "bytes_in": summary.bytes_in, "bytes_out": summary.bytes_out, "notes": counts(&summary.notes),
            "seconds": summary.elapsed.as_secs_f64(),
        }),
        Err(error) => json!({"event": "error", "why": Explained::run_error(Lang::En, error)}),
    });
}

fn finished(file: FileId, report: &Report) -> Value {
    let mut line = json!({
        "event": "finished", "file": file, "records": report.records, "rows": report.rows,
        "bytes_in": report.bytes_in, "bytes_out": report.bytes_out, "format": report.format, "encoding": report.encoding.map(|encoding| encoding.0.name()),
        "losses": report.losses(), "notes": counts(&report.notes), "places": report.notes.places(), "seconds": report.elapsed.as_secs_f64(),
    });
    match &report.outcome {
        Outcome::Converted { target } => {
            line["outcome"] = "converted".into();
            line["workbook"] = words(target).into();
        }
        Outcome::UpToDate { target } => {
            line["outcome"] = "up-to-date".into();
            line["workbook"] = words(target).into();
        }
        Outcome::Failed(error) | Outcome::NotRecognised(error) => {
            let explained = Explained::error(Lang::En, error);
            let failed = matches!(report.outcome, Outcome::Failed(_));
            line["outcome"] = if failed { "failed" } else { "not-recognised" }.into();
            line["path"] = words(&error.path).into();
            line["line"] = json!(error.line);
            line["why"] = explained.short.into();
            line["advice"] = explained.long.into();
        }
        Outcome::Stopped => line["outcome"] = "stopped".into(),
        Outcome::Skipped => line["outcome"] = "skipped".into(),
    }
    line
}

/// A path as JSON can hold it: a file's name need not be Unicode, and `json!` panics where it is not.
pub fn words(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

pub fn counts(notes: &Notes) -> Value {
    let counts = notes.counts().iter().map(|(kind, places, sum)| json!({"kind": kind, "places": places, "sum": sum}));
    counts.collect()
}

fn print(line: &Value) {
    say(&line.to_string());
}
