//! What is known of a file of the list: its workbook, and what went wrong or was noted.

use std::path::Path;

use super::view::View;
use crate::engine::Outcome;
use crate::session::{FileRow, FileState};
use crate::text::{Explained, note_line};

/// The workbook of a file that has one.
pub fn workbook(file: &FileRow) -> Option<&Path> {
    match &file.state {
        FileState::Ended(report) => match &report.outcome {
            Outcome::Converted { target } | Outcome::UpToDate { target } => Some(target),
            _ => None,
        },
        _ => None,
    }
}

/// Something went wrong or was noted with the file.
pub fn has_problem(file: &FileRow) -> bool {
    match &file.state {
        FileState::Ended(report) => report.outcome.problem().is_some() || !report.notes.is_empty(),
        _ => false,
    }
}

/// Everything that went wrong or was noted with the file, in full.
pub fn problem(view: &View, file: &FileRow) -> Option<String> {
    let FileState::Ended(report) = &file.state else { return None };
    if let Some(error) = report.outcome.problem() {
        return Some(view.worded(&Explained::error(view.lang, error).long));
    }
    let notes = Explained::notes(view.lang, &report.notes)?;
    let places = report.notes.places().iter().filter(|note| note.kind.is_warning());
    let lines = places.map(|note| note_line(view.lang, note));
    Some(std::iter::once(notes.long).chain(lines).collect::<Vec<_>>().join("\n"))
}
