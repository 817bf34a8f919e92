//! Events as JSON, one a line, for programs. Names are stable; new ones may come.

use std::path::Path;

use serde_json::{Value, json};

use super::printer::Printer;
use crate::engine::{Event, FileId, LeftOutCounts, Notes, Outcome, Report, RunError, Summary};
use crate::text::{Explained, Lang, is_unsafe};

/// Prints one event.
pub fn event(printer: &Printer, event: Event) {
    let print = |line: &Value| print(printer, line);
    match event {
        Event::Found(files) => {
            for file in files {
                let mut line = json!({"event": "found", "bytes": file.bytes});
                put(&mut line, "name", &file.name);
                put(&mut line, "path", &file.path());
                print(&line);
            }
        }
        Event::PassedOver { path, why } => {
            let mut line = json!({"event": "passed-over", "why": why.to_string()});
            put(&mut line, "path", &path);
            print(&line);
        }
        Event::LeftOut { path, why } => {
            let mut line = json!({"event": "left-out", "why": why});
            put(&mut line, "path", &path);
            print(&line);
        }
        // of what only a window asks for, nothing happens in a terminal
        Event::Scanning { .. } | Event::Listing | Event::Skipped { .. } | Event::Waiting { .. } => {}
        Event::Scanned { files, bytes } => print(&json!({"event": "scanned", "files": files, "bytes": bytes})),
        Event::Started { file, worker } => print(&json!({"event": "started", "file": file, "worker": worker})),
        Event::Progress { file, bytes, records } => {
            print(&json!({"event": "progress", "file": file, "bytes": bytes, "records": records}));
        }
        Event::Gathered { file, records } => print(&json!({"event": "gathered", "file": file, "records": records})),
        Event::Finished { file, report } => print(&finished(file, &report)),
    }
}

/// Prints how the run ended.
pub fn end(printer: &Printer, ended: &Result<Summary, RunError>) {
    let line = match ended {
        Ok(summary) => json!({
            "event": "summary", "files": summary.files, "converted": summary.converted,
            "up_to_date": summary.up_to_date, "with_losses": summary.with_losses, "replaced": summary.replaced(), "gone": summary.gone, "journal": summary.journal, "failed": summary.failed, "not_recognised": summary.not_recognised, "stopped": summary.stopped,
            "skipped": summary.skipped,
            "passed_over": summary.passed_over, "left_out": left_out(&summary.left_out), "records": summary.records, "rows": summary.rows, "left_out_by": summary.notes.left_out_by(),
            "bytes_in": summary.bytes_in, "bytes_out": summary.bytes_out, "notes": counts(&summary.notes),
            "seconds": summary.elapsed.as_secs_f64(),
        }),
        Err(error) => json!({"event": "error", "why": Explained::run_error(Lang::En, error)}),
    };
    print(printer, &line);
}

fn finished(file: FileId, report: &Report) -> Value {
    let mut line = json!({
        "event": "finished", "file": file, "records": report.records, "rows": report.rows, "left_out_by": report.notes.left_out_by(),
        "bytes_in": report.bytes_in, "bytes_out": report.bytes_out, "format": report.format, "encoding": report.encoding.map(|encoding| encoding.0.name()),
        "losses": report.losses(), "notes": counts(&report.notes), "places": report.notes.places(), "seconds": report.elapsed.as_secs_f64(),
    });
    match &report.outcome {
        Outcome::Converted { target } => {
            line["outcome"] = "converted".into();
            put(&mut line, "workbook", target);
        }
        Outcome::UpToDate { target } => {
            line["outcome"] = "up-to-date".into();
            put(&mut line, "workbook", target);
        }
        Outcome::Failed(error) | Outcome::NotRecognised(error) => {
            let explained = Explained::error(Lang::En, error);
            let failed = matches!(report.outcome, Outcome::Failed(_));
            line["outcome"] = if failed { "failed" } else { "not-recognised" }.into();
            put(&mut line, "path", &error.path);
            line["line"] = json!(error.line);
            line["why"] = explained.short.into();
            line["advice"] = explained.long.into();
        }
        Outcome::Stopped => line["outcome"] = "stopped".into(),
        Outcome::Skipped => line["outcome"] = "skipped".into(),
    }
    line
}

/// Puts a path under `name`. A file's name need not be Unicode, which is all that JSON can hold: beside what can be
/// shown of such a one its bytes stand under `name_percent`, in percent form, by which the file is found again.
pub fn put(line: &mut Value, name: &str, path: &Path) {
    line[name] = path.to_string_lossy().into();
    if path.to_str().is_none() {
        line[format!("{name}_percent")] = percent(path.as_os_str().as_encoded_bytes()).into();
    }
}

/// RFC 3986: letters, digits and `-._~/` stand for themselves.
fn percent(bytes: &[u8]) -> String {
    let one = |&byte: &u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    bytes.iter().map(one).collect()
}

fn left_out(counts: &LeftOutCounts) -> Value {
    counts.all().map(|(why, number)| json!({"why": why, "number": number})).collect()
}

pub fn counts(notes: &Notes) -> Value {
    let counts = notes.counts().iter().map(|(kind, places, sum)| json!({"kind": kind, "places": places, "sum": sum}));
    counts.collect()
}

/// Prints a line. JSON escapes what stands below a space; what else a terminal may obey is escaped here.
pub fn print(printer: &Printer, line: &Value) {
    let line = line.to_string();
    if !line.contains(is_unsafe) {
        return printer.print(&line);
    }
    let escaped = |char: char| if is_unsafe(char) { format!("\\u{:04x}", u32::from(char)) } else { char.to_string() };
    printer.print(&line.chars().map(escaped).collect::<String>());
}
