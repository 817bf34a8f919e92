//! Everything a person can intend, one enum. Panels push commands; `App::apply` carries them out.

use std::path::PathBuf;

use super::state::order::filter::{Filter, SortBy};
use crate::engine::{
    Columns, Compression, EncodingName, FileId, Filter as RecordFilter, Form, IfExists, Merge, Proof, Reading,
};
use crate::preset::{Preset, StoredPreset};
use crate::settings::Theme;
use crate::text::Lang;

/// Something a person wants.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Open the dialog for the input or the output folder.
    ChooseInput,
    ChooseOutput,
    /// The input used lately with this place in the list, and its output.
    TakeRecent(usize),
    /// Look which of them are there.
    LookForRecent,
    /// Forget one of the inputs used lately, or all of them.
    ForgetRecent(Option<usize>),
    /// These folders and files are the input now.
    SetInputs(Vec<PathBuf>),
    /// Open the dialog for what is to be added.
    ChooseMore,
    /// These as well; during a run it takes them in.
    AddInputs(Vec<PathBuf>),
    /// What replaced the input last is added to the former one instead.
    AddInstead,
    /// `None`: beside the input.
    SetOutput(Option<PathBuf>),
    /// What was typed as a path is none.
    NoPath,
    /// Back to the empty window.
    ClearInputs,
    /// Write the sample somewhere and take it as the input.
    TrySample,
    /// So many workers from now on: for the next run and for the one that is under way.
    SetWorkers(usize),
    SetColumns(Columns),
    /// Which records become rows.
    SetFilters(Vec<RecordFilter>),
    /// Open the dialog for the list of the filter that is open.
    ChooseList,
    SetReading(Reading),
    /// Open what is chosen about reading, where records are.
    ShowReading,
    /// The source file of this name is read in this encoding; `None`: as all others.
    SetEncodingOf(PathBuf, Option<EncodingName>),
    /// Keep the present reading and columns under this name.
    SavePreset(String),
    /// Take over what a preset holds.
    UsePreset(Box<Preset>),
    DeletePreset(Box<StoredPreset>),
    /// Keep again what was deleted last.
    RestorePreset,
    OpenPreset,
    ShowPresets,
    /// The pane with preview and details, beside the list or in its place.
    ShowPane(bool),
    /// The list's part of the width.
    SetSplit(f32),
    SetIfExists(IfExists),
    /// What files are made.
    SetForm(Form),
    /// Which source files share a finished file.
    SetMerge(Merge),
    /// Whether cells like formulas begin with an apostrophe, in CSV.
    SetGuard(bool),
    SetCompression(Compression),
    /// How finished workbooks are proven.
    SetProof(Proof),
    /// Make a report beside the workbooks.
    SetReport(bool),
    /// Wrap texts in their cells.
    SetWrap(bool),
    SetLang(Option<Lang>),
    SetTheme(Theme),
    /// No notification at the end of a long run.
    SetSilent(bool),
    ShowAbout(bool),
    /// Open the folder of the log.
    ShowLog,
    Start,
    /// Answers to whether files that are not this program's own, or were changed, are to be replaced.
    StartReplacing,
    StartKeepingBoth,
    DontStart,
    Pause,
    Resume,
    Stop,
    RetryFailed,
    /// These again: during the run in it, else in a run of their own.
    Retry(Vec<FileId>),
    /// These are left out while they wait, or wait again.
    Skip(Vec<FileId>),
    Unskip(Vec<FileId>),
    /// Out of the list: before a run they will not be converted, during it they are left out, after it
    /// they are merely not shown.
    Remove(Vec<FileId>),
    /// Take back the last change.
    Undo,
    /// Show only files in this state, only those that hold these words; in another order.
    Filter(Filter),
    Seek(String),
    Sort(SortBy),
    /// All of them, whatever was sought.
    ShowAll,
    /// Select the row; `None` selects nothing.
    Select(Option<FileId>),
    /// Select the row as well, or no more.
    Toggle(FileId),
    /// Select all rows up to this one.
    SelectThrough(FileId),
    SelectAll,
    /// No row, but the keyboard stays where it is.
    SelectNone,
    /// Open the workbook of the row, or the folder that it stands in.
    OpenWorkbook(FileId),
    ShowInFolder(FileId),
    OpenOutput,
    OpenReport,
    Copy(String),
    DismissMessage,
    /// Answers to whether the window may close in the middle of a run.
    KeepConverting,
    StopAndClose,
}

impl Command {
    /// It changes what a run is told, or replaces it: not while one is under way.
    #[must_use]
    pub fn blocked_during_run(&self) -> bool {
        matches!(
            self,
            Self::ChooseInput
                | Self::ChooseOutput
                | Self::TakeRecent(_)
                | Self::SetInputs(_)
                | Self::AddInstead
                | Self::SetOutput(_)
                | Self::ClearInputs
                | Self::TrySample
                | Self::SetColumns(_)
                | Self::SetFilters(_)
                | Self::SetReading(_)
                | Self::SetEncodingOf(..)
                | Self::UsePreset(_)
                | Self::SetIfExists(_)
                | Self::SetForm(_)
                | Self::SetGuard(_)
                | Self::SetMerge(_)
                | Self::Start
                | Self::RetryFailed
        )
    }
}

/// Change kind of thing was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    Source,
    /// Folders and files were added: so many.
    Added(usize),
    Output,
    Columns,
    Filters,
    Reading,
    Preset,
    IfExists,
    Form,
    Merge,
    Compression,
    Proof,
    Report,
    Wrap,
    /// So many files were removed from the list.
    Removed(usize),
    /// So many files that waited were left out.
    Skipped(usize),
}

impl Change {
    /// Change a command changes, where that can be taken back.
    #[must_use]
    pub fn of(command: &Command) -> Option<Self> {
        Some(match command {
            Command::SetInputs(_) | Command::ClearInputs | Command::TakeRecent(_) => Self::Source,
            Command::AddInputs(paths) => Self::Added(paths.len()),
            Command::SetOutput(_) => Self::Output,
            Command::SetColumns(_) => Self::Columns,
            Command::SetFilters(_) => Self::Filters,
            Command::SetReading(_) | Command::SetEncodingOf(..) => Self::Reading,
            Command::UsePreset(_) => Self::Preset,
            Command::SetIfExists(_) => Self::IfExists,
            Command::SetForm(_) | Command::SetGuard(_) => Self::Form,
            Command::SetMerge(_) => Self::Merge,
            Command::SetCompression(_) => Self::Compression,
            Command::SetProof(_) => Self::Proof,
            Command::SetReport(_) => Self::Report,
            Command::SetWrap(_) => Self::Wrap,
            _ => return None,
        })
    }
}
