//! Errors of the system.

use std::io::Error;

/// Words about what the system refused.
pub trait SystemWords {
    /// Why the system refused a file, in few words.
    fn io_error(&self, error: &Error) -> String;

    /// What to do about a file that cannot be read.
    fn read_advice(&self, error: &Error) -> &'static str;

    /// Why a workbook cannot be written, in few words.
    fn write_error(&self, error: &Error) -> String;
}
