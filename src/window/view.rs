//! What panels see: the settings, the progress of the run, and which of the window's states this is.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use super::command::Change;
use super::state::order::Order;
use super::state::selection::Selection;
use crate::engine::{EncodingName, FileId, Form, RunError, WouldReplace};
use crate::preset::{Preset, StoredPreset};
use crate::preview::Preview;
use crate::session::{FileRow, Progress, Session};
use crate::settings::Settings;
use crate::text::{Lang, Language, Text};

/// The window's states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Activity {
    /// No input is chosen.
    Empty,
    /// The input is being listed.
    Listing,
    /// The list is there; Start is next.
    Ready,
    Running,
    Paused,
    Stopping,
    /// The run has ended.
    Done,
    /// The list or the run could not be made.
    Refused,
}

impl Activity {
    #[must_use]
    pub fn of(session: Option<&Session>, converts: bool) -> Self {
        let Some(session) = session else { return Self::Empty };
        match (&session.progress().ended, converts) {
            (Some(Err(_)), _) => Self::Refused,
            (Some(Ok(_)), true) => Self::Done,
            (Some(Ok(_)), false) => Self::Ready,
            (None, false) => Self::Listing,
            (None, true) if session.is_stopping() => Self::Stopping,
            (None, true) if session.is_paused() => Self::Paused,
            (None, true) => Self::Running,
        }
    }

    /// A run is under way: what it was told cannot be changed.
    #[must_use]
    pub fn is_run(self) -> bool {
        matches!(self, Self::Running | Self::Paused | Self::Stopping)
    }
}

/// A frame's view of everything.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    pub settings: &'a Settings,
    /// Of the list or the run; `None` in the empty window.
    pub progress: Option<&'a Progress>,
    pub activity: Activity,
    pub selected: Option<FileId>,
    pub selection: &'a Selection,
    /// What is shown of the list.
    pub order: &'a Order,
    /// What can be taken back, and what was changed a moment ago.
    pub undo: Option<Change>,
    pub lately: Option<Change>,
    pub preview: &'a Preview,
    /// Encodings chosen for single files, by name.
    pub encodings: &'a HashMap<PathBuf, EncodingName>,
    pub presets: &'a [StoredPreset],
    /// Deleted last, and may be wanted back.
    pub deleted: Option<&'a Preset>,
    pub pane: Pane,
    /// Of the inputs used lately, those that are not there.
    pub missing: &'a HashSet<PathBuf>,
    /// Keys and pastes are the window's: nothing lies over it, and nobody types in a field.
    pub hears_keys: bool,
    /// There is a log to look at.
    pub has_log: bool,
    /// Start was pressed, and the run has not begun yet.
    pub question: Option<Question>,
    pub lang: Lang,
}

/// What Start asks before a run that overwrites.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// It is being counted what there is to ask.
    Counting,
    /// Whether these are to be replaced.
    Replace(WouldReplace),
}

/// Where the pane with preview and details stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pane {
    Hidden,
    /// Right of the list.
    Beside,
    /// In the list's place: the window is narrow.
    Instead,
}

/// The index of the file whose records are shown: the selected one, else the first that is shown.
#[must_use]
pub fn shown(selected: Option<FileId>, order: &Order, progress: &Progress) -> Option<FileId> {
    let there = |at: &FileId| at.index() < progress.files.len();
    selected.filter(there).or_else(|| order.at(0).filter(there))
}

impl<'a> View<'a> {
    #[must_use]
    pub fn file(&self, file: FileId) -> Option<&'a FileRow> {
        self.progress?.file(file)
    }

    /// The file whose records are shown.
    #[must_use]
    pub fn shown(&self) -> Option<&'a FileRow> {
        self.progress?.file(self.shown_index()?)
    }

    #[must_use]
    pub fn shown_index(&self) -> Option<FileId> {
        shown(self.selected, self.order, self.progress?)
    }

    #[must_use]
    pub fn text(&self) -> &'static Text {
        self.lang.text()
    }

    #[must_use]
    pub fn phrases(&self) -> &'static dyn Language {
        self.lang.words()
    }

    /// Words about workbooks, as they are said of the files that are made.
    #[must_use]
    pub fn worded(&self, words: &str) -> String {
        if self.settings.choices.form == Form::Xlsx { words.to_owned() } else { self.phrases().of_files(words) }
    }

    /// The list was stopped before it was complete: Start would find more.
    #[must_use]
    pub fn is_cut_short(&self) -> bool {
        self.activity == Activity::Ready && self.progress.is_some_and(|progress| !progress.scanned)
    }

    /// Refused, and not even a list is there.
    #[must_use]
    pub fn is_refused_whole(&self) -> bool {
        self.refusal().is_some() && self.progress.is_some_and(|progress| progress.files.is_empty())
    }

    #[must_use]
    pub fn refusal(&self) -> Option<&RunError> {
        self.progress?.ended.as_ref()?.as_ref().err()
    }
}
