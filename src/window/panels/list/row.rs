//! One row of the list: a source file, how far it is, what became of it.

use eframe::egui::{Align, Color32, Rect, Ui, pos2, vec2};

use super::{Places, place};
use crate::engine::{NoteKind, Outcome, Report};
use crate::session::{FileRow, FileState};
use crate::text::{Explained, bytes, count};
use crate::window::facts::problem;
use crate::window::theme::{self, icon};
use crate::window::view::View;
use crate::window::{paths, widgets};

/// What a row tells in words.
pub struct Told {
    /// Its accessible name: file, state, and what happened.
    pub name: String,
    /// Its tooltip: the problem in full, or what was noted; empty where there is nothing to add.
    pub details: String,
}

/// Columns of text stand a little further in than their neighbours of numbers.
pub fn inset(rect: Rect, at: (f32, f32), places: &Places) -> Rect {
    if at == places.state || at == places.outcome { rect.with_min_x(rect.left() + 10.0) } else { rect }
}

pub fn show(ui: &mut Ui, rect: Rect, view: &View, file: &FileRow, places: &Places) -> Told {
    let palette = theme::palette(ui);
    let name = paths::shown_name(&file.source.name);
    let cell = |at| inset(place(rect, at), at, places);
    let waits = matches!(file.state, FileState::Waiting);
    if file.state.has_losses() {
        let edge = Rect::from_min_size(rect.left_top(), vec2(3.0, rect.height()));
        ui.painter().rect_filled(edge, 0.0, palette.failed);
    }
    let end = widgets::path_end(ui, &name, &theme::body(), cell(places.name).width());
    widgets::text_in(ui, cell(places.name), Align::Min, &end, theme::body(), palette.text);
    widgets::text_in(ui, cell(places.size), Align::Max, &bytes(file.source.bytes), theme::body(), palette.dim);

    let (word, outcome) = match &file.state {
        FileState::Waiting => {
            let word = if view.activity.is_run() { view.text().waiting } else { "–" };
            widgets::text_in(ui, cell(places.state), Align::Min, word, theme::body(), palette.faint);
            (word.to_owned(), None)
        }
        FileState::Skipped => {
            let word = skipped(ui, cell(places.state), view);
            (word.to_owned(), None)
        }
        FileState::Running { bytes, .. } => {
            let at = cell(places.state);
            let bar = Rect::from_min_size(pos2(at.left(), at.center().y - 3.0), vec2(at.width().min(88.0), 6.0));
            widgets::bar(ui, bar, *bytes as f32 / file.source.bytes.max(1) as f32, &name);
            (view.text().running.to_owned(), None)
        }
        FileState::Gathered { .. } => {
            let word = view.text().gathered;
            widgets::text_in(ui, cell(places.state), Align::Min, word, theme::body(), palette.dim);
            (word.to_owned(), None)
        }
        FileState::Ended(report) => {
            let word = ended(ui, cell(places.state), view, report);
            (word.to_owned(), Some(happened(ui, cell(places.outcome), view, report)))
        }
    };
    numbers(ui, view, file, cell(places.records), cell(places.time), waits);
    let outcome = outcome.unwrap_or_default();
    let name = [name, word, outcome].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    Told { name, details: problem(view, file).unwrap_or_default() }
}

fn numbers(ui: &Ui, view: &View, file: &FileRow, records: Rect, time: Rect, waits: bool) {
    let palette = theme::palette(ui);
    let (number, took) = match (&file.state, file.state.converted()) {
        (FileState::Running { records, .. } | FileState::Gathered { records, .. }, _) if *records > 0 => {
            (Some(*records), None)
        }
        (_, Some(report)) => (Some(report.records), Some(report.elapsed)),
        _ => (None, None),
    };
    let color = if waits { palette.faint } else { palette.text };
    let number = number.map_or_else(|| "–".to_owned(), count);
    widgets::text_in(ui, records, Align::Max, &number, theme::body(), color);
    if let Some(took) = took {
        widgets::text_in(ui, time, Align::Max, &view.phrases().duration(took), theme::body(), palette.dim);
    }
}

/// A mark and a word.
fn ended(ui: &Ui, rect: Rect, view: &View, report: &Report) -> &'static str {
    let palette = theme::palette(ui);
    let text = view.text();
    let (mark, word, color) = match report.outcome {
        _ if report.losses() > 0 => (icon::WARNING, text.with_losses, palette.failed),
        Outcome::Converted { .. } => (icon::DONE, text.done, palette.accent),
        Outcome::UpToDate { .. } => (icon::DONE, text.up_to_date, palette.dim),
        Outcome::Failed(_) => (icon::FAILED, text.failed, palette.failed),
        Outcome::NotRecognised(_) => (icon::WARNING, text.not_recognised, palette.note),
        Outcome::Skipped => return skipped(ui, rect, view),
        Outcome::Stopped => (icon::STOPPED, text.stopped, palette.faint),
    };
    widgets::paint_icon(ui, pos2(rect.left() + 6.0, rect.center().y), mark, 11.0, color);
    widgets::text_in(ui, rect.with_min_x(rect.left() + 16.0), Align::Min, word, theme::body(), color);
    word
}

fn skipped(ui: &Ui, rect: Rect, view: &View) -> &'static str {
    let palette = theme::palette(ui);
    widgets::paint_icon(ui, pos2(rect.left() + 6.0, rect.center().y), icon::SKIPPED, 11.0, palette.faint);
    let word = view.text().skipped;
    widgets::text_in(ui, rect.with_min_x(rect.left() + 16.0), Align::Min, word, theme::body(), palette.faint);
    word
}

/// What happened, in few words: the reason of a failure, else the most important note.
fn happened(ui: &Ui, rect: Rect, view: &View, report: &Report) -> String {
    let palette = theme::palette(ui);
    let (words, color): (String, Color32) = if let Some(error) = report.outcome.problem() {
        let failed = matches!(report.outcome, Outcome::Failed(_));
        (view.worded(&Explained::error(view.lang, error).short), if failed { palette.failed } else { palette.note })
    } else {
        let Some(&(kind, ..)) = report.notes.counts().first() else { return String::new() };
        // what any HTML text has is told on hover, not in every row
        if matches!(kind, NoteKind::Tags | NoteKind::Comments) {
            return String::new();
        }
        let Some(notes) = Explained::notes(view.lang, &report.notes) else { return String::new() };
        // a text that goes on in the next column is complete: nothing to look at
        let color = match kind {
            _ if report.losses() > 0 => palette.failed,
            kind if kind.is_warning() => palette.note,
            _ => palette.dim,
        };
        (notes.short, color)
    };
    widgets::text_in(ui, rect, Align::Min, &words, theme::body(), color);
    words
}
