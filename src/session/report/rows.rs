//! The rows of a report's tables.

use crate::engine::journal::entry::{EndEntry, FileEntry, LeftOutEntry, NoteEntry, PartEntry, RunEntry, Verdict};
use crate::engine::{Notes, Value};
use crate::text::Lang;

/// The tables, by their places.
pub const FILES: usize = 0;
pub const NOTES: usize = 1;
pub const LEFT_OUT: usize = 2;
pub const TOTALS: usize = 3;

/// A file, and whether what was made of it was gone at the end: outcome, counts, sizes, time, encoding, format, proof,
/// and why there is no workbook.
pub fn file(lang: Lang, file: &FileEntry, is_gone: bool) -> Vec<Value> {
    let words = lang.words();
    let labels = words.report();
    let notes = Notes::of_counts(&file.notes);
    let others: u64 = file.notes.iter().map(|(_, places, _)| places).sum();
    let made = file.made.as_ref();
    let (why, advice) = why(lang, file);
    let proof = match made {
        Some(made) if made.digest.is_some() => labels.read_back,
        Some(_) => labels.counted,
        None if file.merged_into.is_some() => labels.with_others,
        None => "",
    };
    vec![
        file.name.as_str().into(),
        match file.verdict {
            _ if is_gone => labels.gone,
            Verdict::Made => labels.made,
            Verdict::MadeWithLosses => labels.made_with_losses,
            Verdict::Failed => labels.failed,
            Verdict::NotRecognised => labels.not_recognised,
        }
        .into(),
        made.map(|made| &made.name)
            .or(file.merged_into.as_ref())
            .map(|name| name.display().to_string())
            .unwrap_or_default()
            .into(),
        file.owed.into(),
        file.records.into(),
        file.rows.into(),
        file.left_out_by.iter().map(|(_, records)| records).sum::<u64>().into(),
        notes.losses().into(),
        (others - notes.losses()).into(),
        file.bytes.into(),
        made.map_or(Value::Empty, |made| made.bytes.into()),
        Value::Number(file.took as f64 / 1000.0),
        file.encoding.as_deref().unwrap_or_default().into(),
        file.format.map(|format| words.format(format)).unwrap_or_default().into(),
        proof.into(),
        why.into(),
        advice.into(),
    ]
}

/// Why there is no workbook and what to do, as window and terminal say it; what a journal of another version says
/// otherwise, in that one's words.
fn why(lang: Lang, file: &FileEntry) -> (String, String) {
    let words = lang.words();
    let Some(cause) = file.cause() else { return (file.why.clone().unwrap_or_default(), String::new()) };
    let (short, advice) = words.cause(&cause);
    let place = file.line.map(|line| format!("{}: ", words.line(line))).unwrap_or_default();
    (place + &short, advice)
}

/// A loss or a note: file, record, line, column, what was done.
pub fn note(lang: Lang, entry: &NoteEntry) -> Vec<Value> {
    let (words, note) = (lang.words(), &entry.note);
    let labels = words.report();
    let fault = note.fault.as_ref();
    vec![
        entry.file.as_str().into(),
        if note.kind.is_loss() { labels.loss } else { labels.note }.into(),
        note.record.as_str().into(),
        fault.map_or(note.line, |fault| fault.line).into(),
        fault.map_or(Value::Empty, |fault| fault.column.into()),
        words.note_kind(note.kind, 1, note.count).into(),
        fault.map(|fault| words.syntax_fault(fault)).unwrap_or_default().into(),
        note.what.as_str().into(),
    ]
}

/// What was left out of the list.
pub fn left_out(lang: Lang, entry: &LeftOutEntry) -> Vec<Value> {
    let words = lang.words();
    let why = entry.why.map_or_else(|| words.report().unreadable.to_owned(), |why| words.left_out(why, 1));
    vec![entry.path.as_str().into(), why.into()]
}

/// A finished file that many files share, and its rows.
pub fn part(lang: Lang, part: &PartEntry) -> Vec<Value> {
    let labels = lang.words().report();
    vec![format!("{}: {}", labels.merged, part.made.name.display()).into(), part.rows.into()]
}

/// Records that filters left out of the files that are told of, a line a filter.
pub fn left_out_by(lang: Lang, left_out_by: &[(String, u64)]) -> Vec<Vec<Value>> {
    let word = lang.words().report().left_out_by;
    left_out_by.iter().map(|(filter, records)| vec![format!("{word}: {filter}").into(), (*records).into()]).collect()
}

/// Totals of the last run, and what was chosen for it.
pub fn totals(lang: Lang, run: Option<&RunEntry>, end: Option<&EndEntry>, missing: u64) -> Vec<Vec<Value>> {
    let labels = lang.words().report();
    let mut rows: Vec<Vec<Value>> = Vec::new();
    let mut add = |name: &str, value: Value| rows.push(vec![name.into(), value]);
    if let Some(run) = run {
        let began = std::time::UNIX_EPOCH + std::time::Duration::from_secs(run.began);
        add(labels.began, humantime::format_rfc3339_seconds(began).to_string().into());
        add(labels.version, run.version.as_str().into());
        run.inputs.iter().for_each(|input| add(labels.input, input.as_str().into()));
        add(labels.choices, run.choices.to_string().into());
    }
    match end {
        Some(end) => {
            let counts = [
                (labels.files, end.files),
                (labels.made, end.made),
                (labels.made_with_losses, end.with_losses),
                (labels.up_to_date, end.up_to_date),
                (labels.failed, end.failed),
                (labels.not_recognised, end.not_recognised),
                (labels.stopped, end.stopped),
                (labels.skipped, end.skipped),
                (labels.gone, end.gone),
            ];
            for (name, count) in counts {
                add(name, (count as u64).into());
            }
            add(labels.seconds, Value::Number(end.took as f64 / 1000.0));
        }
        None => add(labels.ended_early, Value::Empty),
    }
    if missing > 0 {
        add(labels.missing, missing.into());
    }
    rows
}
