//! Everything a person can intend, one enum. Panels push commands; `App::apply` carries them out.

use std::path::PathBuf;

use crate::engine::{Columns, IfExists};
use crate::settings::Theme;
use crate::text::Lang;

/// Something a person wants.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Open the dialog for the input or the output folder.
    ChooseInput,
    ChooseOutput,
    /// These folders and files are the input now.
    SetInputs(Vec<PathBuf>),
    /// `None`: beside the input.
    SetOutput(Option<PathBuf>),
    /// Back to the empty window.
    ClearInputs,
    /// Write the sample somewhere and take it as the input.
    TrySample,
    SetWorkers(usize),
    SetColumns(Columns),
    SetIfExists(IfExists),
    SetLang(Option<Lang>),
    SetTheme(Theme),
    Start,
    Pause,
    Resume,
    Stop,
    RetryFailed,
    /// Select the row; `None` selects nothing.
    Select(Option<usize>),
    /// Open the workbook of the row, or the folder that it stands in.
    OpenWorkbook(usize),
    ShowInFolder(usize),
    OpenOutput,
    Copy(String),
    DismissMessage,
    /// Answers to "a run is under way".
    KeepConverting,
    StopAndClose,
}
