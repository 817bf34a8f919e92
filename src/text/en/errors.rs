//! What went wrong with a run, a folder or a preset, in English.

use std::io::Error;

use super::{English, plural};
use crate::engine::{RunError, ScanError};
use crate::preset::PresetError;
use crate::text::language::{ErrorWords, SystemWords};

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

    fn scan_error(&self, error: &ScanError) -> (String, &'static str) {
        match error {
            ScanError::Loop(above) => (format!("a link to a folder above it ({})", above.display()), ""),
            ScanError::System(error) => (format!("can't be read: {}", self.io_error(error)), self.read_advice(error)),
        }
    }

    fn preset_error(&self, error: &PresetError) -> String {
        match error {
            PresetError::Read { path, source } => {
                format!("The preset {} can't be read: {}. Open another one.", path.display(), self.io_error(source))
            }
            PresetError::Bad { path, why } => {
                format!(
                    "{} is no preset that Sheetmill can use. Correct the file or open another one:\n{why}",
                    path.display()
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
