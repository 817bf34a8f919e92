//! What a run tells its journal.

use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf, absolute};
use std::time::{SystemTime, UNIX_EPOCH};

use super::event::{Outcome, Report, Summary};
use crate::engine::input::source_file::SourceFile;
use crate::engine::job::Job;
use crate::engine::job::choices::{Choices, Proof};
use crate::engine::job::filters::Filter;
use crate::engine::journal::Journal;
use crate::engine::journal::entry::{EndEntry, Entry, FileEntry, GoneEntry, MadeEntry, RunEntry, Verdict};
use crate::engine::output::ReadBack;
use crate::engine::output::stamp::{changed, inode_changed};

/// How a run begins.
#[must_use]
pub fn begin(job: &Job, form: &str) -> RunEntry {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    RunEntry {
        version: env!("CARGO_PKG_VERSION").into(),
        began: now.as_secs(),
        inputs: job.inputs.iter().chain(&job.added).map(|input| whole(input).display().to_string()).collect(),
        form: form.into(),
        choices: chosen(&job.choices),
        verified: job.choices.proof == Proof::ReadBack,
    }
}

/// The choices that decide what stands in the rows.
fn chosen(choices: &Choices) -> serde_json::Value {
    let Choices { columns, reading, filters, .. } = choices;
    let chosen = match &filters[..] {
        [] => serde_json::to_value((columns, reading)),
        filters => serde_json::to_value((columns, reading, filters)),
    };
    chosen.unwrap_or_default()
}

/// A finished file that is about to get its name, and has no place for its stamp.
#[must_use]
pub fn coming(output: &Path, target: &Path, about: &Metadata, stamp: &str) -> MadeEntry {
    MadeEntry {
        name: target.strip_prefix(output).unwrap_or(target).to_owned(),
        bytes: about.len(),
        changed: changed(about),
        header: Vec::new(),
        digest: None,
        stamp: Some(stamp.to_owned()),
    }
}

/// What became of a file; `None` where nothing is new (a workbook that was there) or it will be tried again. `stamp`
/// is given where the finished file has no place for it.
#[must_use]
pub fn entry(
    job: &Job,
    source: &SourceFile,
    about: Option<&Metadata>,
    report: &Report,
    (owed, proof, source_digest): (u64, Option<&ReadBack>, Option<String>),
    stamp: Option<&str>,
) -> Option<FileEntry> {
    let verdict = match &report.outcome {
        Outcome::Converted { .. } if report.losses() > 0 => Verdict::MadeWithLosses,
        Outcome::Converted { .. } => Verdict::Made,
        Outcome::Failed(_) => Verdict::Failed,
        Outcome::NotRecognised(_) => Verdict::NotRecognised,
        Outcome::UpToDate { .. } | Outcome::Stopped | Outcome::Skipped => return None,
    };
    let made = match &report.outcome {
        Outcome::Converted { target } => Some(MadeEntry {
            name: target.strip_prefix(&job.output).unwrap_or(target).to_owned(),
            bytes: report.bytes_out,
            changed: std::fs::metadata(target).map_or(0, |about| changed(&about)), // somebody may have removed it
            header: proof.map(|proof| proof.header.clone()).unwrap_or_default(),
            digest: proof.map(|proof| proof.digest.clone()),
            stamp: stamp.map(str::to_owned),
        }),
        _ => None,
    };
    let entry = unmade(job, source, about, report, verdict, (owed, source_digest));
    Some(FileEntry { made, ..entry })
}

/// What became of a file that shares a finished file with others, and where its rows begin.
#[must_use]
pub fn merged(
    job: &Job,
    source: &SourceFile,
    about: Option<&Metadata>,
    report: &Report,
    (owed, source_digest): (u64, Option<String>),
    into: &Path,
) -> FileEntry {
    let verdict = if report.losses() > 0 { Verdict::MadeWithLosses } else { Verdict::Made };
    let entry = unmade(job, source, about, report, verdict, (owed, source_digest));
    FileEntry { merged_into: Some(into.to_owned()), ..entry }
}

fn unmade(
    job: &Job,
    source: &SourceFile,
    about: Option<&Metadata>,
    report: &Report,
    verdict: Verdict,
    (owed, source_digest): (u64, Option<String>),
) -> FileEntry {
    let problem = report.outcome.problem();
    FileEntry {
        name: source.name.display().to_string(),
        source: whole(&source.path()),
        bytes: about.map_or(source.bytes, Metadata::len),
        changed: about.map_or(0, changed),
        inode_changed: about.and_then(inode_changed),
        source_digest,
        is_member: source.member.is_some(),
        verdict,
        made: None,
        merged_into: None,
        owed,
        records: report.records,
        rows: report.rows,
        left_out_by: job
            .choices
            .filters
            .iter()
            .map(Filter::short)
            .zip(report.notes.left_out_by().iter().copied())
            .collect(),
        took: millis(report.elapsed),
        encoding: report.encoding.map(|encoding| encoding.0.name().to_owned()),
        format: report.format,
        notes: report.notes.counts().to_vec(),
        cause: problem.and_then(|error| serde_json::to_value(&error.cause).ok()),
        line: problem.and_then(|error| error.line),
        why: problem.map(|error| error.cause.to_string()),
    }
}

/// Looks whether all that this run has made is still there, and names in the journal what is not; gives how many.
///
/// # Errors
/// When the journal cannot be read.
pub fn gone(journal: &Journal, output: &Path) -> io::Result<usize> {
    let mut count = 0;
    journal.each_made(|name, made| {
        let is_there = |about: &Metadata| about.is_file() && about.len() == made.bytes;
        if !std::fs::metadata(output.join(&made.name)).is_ok_and(|about| is_there(&about)) {
            count += 1;
            journal.add(&Entry::Gone(GoneEntry { file: name, made: made.name }));
        }
    })?;
    Ok(count)
}

/// How a run ended.
#[must_use]
pub fn end(summary: &Summary) -> EndEntry {
    EndEntry {
        files: summary.files,
        made: summary.converted,
        with_losses: summary.with_losses,
        up_to_date: summary.up_to_date,
        failed: summary.failed,
        not_recognised: summary.not_recognised,
        stopped: summary.stopped,
        skipped: summary.skipped,
        gone: summary.gone,
        took: millis(summary.elapsed),
    }
}

/// A path that says the same wherever the journal is read.
fn whole(path: &Path) -> PathBuf {
    absolute(path).unwrap_or_else(|_| path.to_owned())
}

fn millis(time: std::time::Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
