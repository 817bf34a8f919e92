//! What was left out, repaired or carried on while a file was read.

use crate::engine::NoteKind;

/// Words about notes.
pub trait NoteWords {
    /// Notes of one kind at `places` places, `sum` of what the kind counts (tags, bytes, …) in all.
    fn note_kind(&self, kind: NoteKind, places: u64, sum: u64) -> String;

    /// `line 12`, a line of a source file, from 1.
    fn line(&self, line: u64) -> String;
}
