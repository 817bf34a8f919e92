//! What went wrong with a run as a whole, a folder or a preset, and what to do.

use std::io::Error;

use crate::engine::{RunError, ScanError};
use crate::preset::PresetError;

/// Words about errors that are no single file's.
pub trait ErrorWords {
    /// Why a run could not begin or broke down, and what to do, in whole sentences.
    fn run_error(&self, error: &RunError) -> String;

    /// Why what is said could not be written to standard output, and what that means.
    fn output_lost(&self, error: &Error) -> String;

    /// Why a filter's list can't be read: `not UTF-8`.
    fn list_error(&self, error: &Error) -> String;

    /// Why a folder or link was not looked into in few words, and what to do; empty where nothing can be done.
    fn scan_error(&self, error: &ScanError) -> (String, &'static str);

    /// Why a preset cannot be used, and what to do, in whole sentences.
    fn preset_error(&self, error: &PresetError) -> String;

    /// Why the preset of this name could not be kept or deleted.
    fn preset_not_kept(&self, name: &str, error: &Error) -> String;
}
