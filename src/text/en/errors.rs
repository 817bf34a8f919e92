//! What went wrong with a run, a folder or a preset, in English.

use std::io::{Error, ErrorKind};
use std::path::Path;

use super::{English, plural};
use crate::engine::{RunError, ScanError};
use crate::preset::PresetError;
use crate::text::language::{ErrorWords, SystemWords};
use crate::text::visible;

impl ErrorWords for English {
    fn run_error(&self, error: &RunError) -> String {
        match error {
            RunError::Input { path, source } => {
                format!("{} can't be read: {}. Choose another folder or file.", path.display(), self.io_error(source))
            }
            RunError::NoFiles { path } => {
                format!(
                    "{} holds no files to convert. Hidden files and Sheetmill's own workbooks are left out. Choose another folder.",
                    path.display()
                )
            }
            RunError::Output { path, source } => {
                format!(
                    "{} can't be written to: {}. Choose another folder for the workbooks.",
                    path.display(),
                    self.io_error(source)
                )
            }
            RunError::NoJournal { path, source } => format!(
                "{} has no journal that can be read: {}. Choose a folder that Sheetmill has converted into.",
                path.display(),
                self.io_error(source)
            ),
            RunError::FilterList { path, source } => format!(
                "The filter's list {} can't be read: {}. Choose a text file in UTF-8 with a value a line.",
                path.display(),
                self.list_error(source)
            ),
            RunError::OutputGone { path } => format!(
                "The output folder {} is gone or is another now. The run ended there, and nothing was written into it. Bring the folder or its disk back, then convert again: what is up to date stays.",
                path.display()
            ),
            RunError::OutputInUse { path } => format!(
                "Another Sheetmill is converting into {}. Wait until it has ended, or choose another output folder.",
                path.display()
            ),
            RunError::AlreadyThere { count: n, first } => format!(
                "{} already there, first {}. Nothing was converted. Choose another output folder, or change “If a workbook exists”.",
                plural(*n as u64, "workbook is", "workbooks are"),
                first.display()
            ),
            RunError::Workers(why) => {
                format!("The workers could not be started: {why}. Try fewer workers.")
            }
            RunError::Panic(why) => format!(
                "An internal error ended the run early: {why}. Workbooks that were finished are complete. Start again; if it stays, please report it."
            ),
        }
    }

    fn output_lost(&self, error: &Error) -> String {
        format!(
            "Standard output can't be written: {}. Sheetmill ended early; workbooks that were finished are complete.",
            self.write_error(error)
        )
    }

    fn list_error(&self, error: &Error) -> String {
        match error.kind() {
            ErrorKind::InvalidData => "not UTF-8".into(),
            ErrorKind::FileTooLarge => "larger than 256 MB".into(),
            _ => self.io_error(error),
        }
    }

    fn scan_error(&self, error: &ScanError) -> (String, &'static str) {
        match error {
            ScanError::Loop(above) => (format!("a link to a folder above it ({})", above.display()), ""),
            ScanError::System(error) => (format!("can't be read: {}", self.io_error(error)), self.read_advice(error)),
        }
    }

    fn preset_error(&self, error: &PresetError) -> String {
        match error {
            PresetError::Read { path, source } => {
                format!("The preset {} can't be read: {}. Open another one.", shown(path), self.io_error(source))
            }
            PresetError::TooLarge { path } => {
                format!("{} is larger than any preset (1 MB). Open another one.", shown(path))
            }
            PresetError::UnknownKey { path, line, key } => format!(
                "{}, line {line}: no preset has the key {}. Correct it, or take it out.",
                shown(path),
                visible(key)
            ),
            PresetError::Bad { path, why } => {
                format!(
                    "{} is no preset that Sheetmill can use. Correct the file or open another one:\n{why}",
                    shown(path)
                )
            }
        }
    }

    fn preset_not_kept(&self, name: &str, error: &Error) -> String {
        format!(
            "The preset {name} can't be saved or deleted: {}. Check that you may write to the presets’ folder.",
            self.io_error(error)
        )
    }
}

/// A path that cannot be taken for further lines.
fn shown(path: &Path) -> String {
    visible(&path.to_string_lossy()).into_owned()
}
