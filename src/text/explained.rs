//! Sentences about what happened: which file, where, why, and what to do.

use std::fmt::Write as _;
use std::path::Path;

use super::Lang;
use super::language::EndedAs;
use crate::engine::{
    Cause, ConvertError, Inspection, LeftOut, LeftOutCounts, Note, NoteKind, Notes, RunError, ScanError, Summary,
    Unproven,
};
use crate::preset::PresetError;

/// So many names stand in a line.
const MOST_NAMES: usize = 20;

/// A fact in few words (a table cell) and in full (a details pane, the terminal).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// In few words.
    pub short: String,
    /// The reason in full and what can be done about it.
    pub long: String,
    /// What can be done about it alone, for where the rest is told already.
    pub advice: String,
}

impl Explained {
    /// Why a source file has no workbook.
    #[must_use]
    pub fn error(lang: Lang, error: &ConvertError) -> Self {
        let words = lang.words();
        let (short, advice) = words.cause(&error.cause);
        let place = error.line.map(|line| format!(", {}", words.line(line))).unwrap_or_default();
        let full = format!("{}{place}: {short}. {advice}", error.path.display());
        let advice = if error.line.is_some() { full.clone() } else { advice };
        Self { short, long: full, advice }
    }

    /// Why a source file has no workbook, in few words alone: for many files at once.
    #[must_use]
    pub fn cause(lang: Lang, error: &ConvertError) -> String {
        lang.words().cause(&error.cause).0
    }

    /// Why a run could not begin.
    #[must_use]
    pub fn run_error(lang: Lang, error: &RunError) -> String {
        lang.words().run_error(error)
    }

    /// Why a folder or link was not looked into: which one, why, what to do.
    #[must_use]
    pub fn unread(lang: Lang, path: &Path, why: &ScanError) -> String {
        let (why, advice) = lang.words().scan_error(why);
        format!("{}: {why}. {advice}", path.display()).trim_end().to_owned()
    }

    /// Why a preset cannot be used.
    #[must_use]
    pub fn preset_error(lang: Lang, error: &PresetError) -> String {
        lang.words().preset_error(error)
    }

    /// The notes of one file or of a run: the most important kind in few words, all kinds in full.
    /// `None` where there is nothing to tell.
    #[must_use]
    pub fn notes(lang: Lang, notes: &Notes) -> Option<Self> {
        Self::notes_but(lang, notes, &[])
    }

    /// As [`Explained::notes`], without those of these kinds: they are told elsewhere.
    #[must_use]
    pub fn notes_but(lang: Lang, notes: &Notes, but: &[NoteKind]) -> Option<Self> {
        let words = lang.words();
        let kinds = notes.counts().iter().filter(|(kind, ..)| !but.contains(kind));
        let all: Vec<String> = kinds.map(|&(kind, places, sum)| words.note_kind(kind, places, sum)).collect();
        Some(Self { short: all.first()?.clone(), long: all.join(" · "), advice: String::new() })
    }

    /// How many of a file's fields become columns, and which do not. `None` where all do.
    #[must_use]
    pub fn fields(lang: Lang, found: &Inspection) -> Option<Self> {
        let (all, left_out) = (found.fields.len(), &found.left_out);
        if left_out.is_empty() {
            return None;
        }
        let mut names: Vec<&str> = left_out.iter().map(String::as_str).take(MOST_NAMES).collect();
        if names.len() < left_out.len() {
            names.push("…");
        }
        let (words, taken) = (lang.words(), all - left_out.len());
        let full = words.fields_left_out(taken, all, &names.join(", "));
        Some(Self { short: words.fields_taken(taken, all), long: full, advice: String::new() })
    }
}

/// One place: `line 12, id 5: a start tag that never ends: <doc id="5`.
#[must_use]
pub fn note_line(lang: Lang, note: &Note) -> String {
    let words = lang.words();
    let mut out = words.line(note.line);
    if !note.record.is_empty() {
        let _ = write!(out, ", id {}", note.record);
    }
    out += ": ";
    out += &words.note_kind(note.kind, 1, note.count);
    if let Some(fault) = &note.fault {
        let _ = write!(out, " ({})", words.syntax_fault(fault));
    }
    if !note.what.is_empty() {
        let _ = write!(out, ": {}", note.what.replace('\n', "↵"));
    }
    out
}

/// What was lost of a file that was made: `made, with losses: 3 unreadable lines left out`.
#[must_use]
pub fn losses_line(lang: Lang, notes: &Notes) -> String {
    let words = lang.words();
    let losses = notes.counts().iter().filter(|(kind, ..)| kind.is_loss());
    let losses: Vec<String> = losses.map(|&(kind, places, sum)| words.note_kind(kind, places, sum)).collect();
    words.with_losses(&losses.join(" · "))
}

/// A workbook that is not what was made, and why.
#[must_use]
pub fn verified_line(lang: Lang, name: &Path, why: &Unproven) -> String {
    format!("{}: {}", name.display(), lang.words().unproven(why))
}

/// A workbook whose source is not what it was made of.
#[must_use]
pub fn source_changed_line(lang: Lang, name: &Path, source: &Path) -> String {
    format!("{}: {}", name.display(), lang.words().source_changed(&source.display().to_string()))
}

/// What was found in an output folder.
#[must_use]
pub fn verify_summary(lang: Lang, all: usize, differing: usize, changed: usize) -> String {
    lang.words().verified(all, differing, changed)
}

/// That the journal could not be written.
#[must_use]
pub fn journal_line(lang: Lang, why: &str) -> String {
    lang.words().journal_failed(why)
}

/// That the report could not be made.
#[must_use]
pub fn report_line(lang: Lang, why: &Cause) -> String {
    lang.words().report_failed(why)
}

/// That so many workbooks were made in a run and are not there any more.
#[must_use]
pub fn gone_line(lang: Lang, workbooks: usize) -> String {
    lang.words().gone(workbooks)
}

/// The run in one line: `22 workbooks made, 18.4 s, 1 failed · 1,327 records → 1,327 rows`.
#[must_use]
pub fn summary_line(lang: Lang, summary: &Summary) -> String {
    let (what, rows) = run_words(lang, summary);
    format!("{what} · {rows}")
}

/// What is no source file, by reason: `12 hidden files left out · 1 system file left out`; `None` where there is
/// nothing. What stands in the output folder is told by itself.
#[must_use]
pub fn left_out_line(lang: Lang, counts: &LeftOutCounts) -> Option<String> {
    let told = counts.all().filter(|(why, _)| *why != LeftOut::InOutput);
    let all: Vec<String> = told.map(|(why, number)| lang.words().left_out(why, number)).collect();
    (!all.is_empty()).then(|| all.join(" · "))
}

/// What became of the files, and of the records.
#[must_use]
pub fn run_words(lang: Lang, summary: &Summary) -> (String, String) {
    let words = lang.words();
    let others = [
        (summary.gone, EndedAs::Gone),
        (summary.with_losses, EndedAs::WithLosses),
        (summary.replaced(), EndedAs::Replacing),
        (summary.up_to_date, EndedAs::UpToDate),
        (summary.failed, EndedAs::Failed),
        (summary.not_recognised, EndedAs::UnknownFormat),
        (summary.skipped, EndedAs::Skipped),
        (summary.stopped, EndedAs::Stopped),
        (summary.passed_over, EndedAs::Unread),
    ];
    let others = others.into_iter().filter(|(files, _)| *files > 0).map(|(files, how)| words.ended(how, files));
    let made = match summary.merged {
        0 => words.made(summary.converted),
        merged => words.merged(summary.converted, merged),
    };
    let what: Vec<String> = [made, words.duration(summary.elapsed)].into_iter().chain(others).collect();
    let rows = words.rows(summary.records, summary.rows);
    let filtered = summary.notes.filtered();
    let rows = if filtered == 0 { rows } else { format!("{rows}, {}", words.left_out_by_filters(filtered)) };
    (what.join(", "), rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn run_that_broke_down_says_what_is_left_and_what_to_do() {
        let error = RunError::Panic("at x.rs:7".into());
        let told = [Lang::En, Lang::Ko].map(|lang| Explained::run_error(lang, &error));
        assert!(told.iter().all(|told| told.contains(": at x.rs:7. ")), "{told:?}");
        assert!(told[0].contains("complete. Start again") && told[1].contains("온전합니다. 다시 시작"), "{told:?}");
    }
}
