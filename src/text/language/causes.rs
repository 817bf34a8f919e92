//! Why a source file has no workbook, and what to do.

use crate::engine::{ArchiveFault, Cause, Difference};

/// Words about a file that failed.
pub trait CauseWords {
    /// Why a source file has no workbook in few words, and what can be done about it in a sentence or two.
    fn cause(&self, cause: &Cause) -> (String, String);

    /// What stands in the way of reading an archive or a file in it in few words, and what to do.
    fn archive_fault(&self, fault: ArchiveFault) -> (String, String);

    /// In what a finished file is not what was written, in few words.
    fn difference(&self, difference: &Difference) -> String;
}
