//! Errors of the system in English.

use std::io::{Error, ErrorKind};

use super::English;
use crate::engine::NotRegular;
use crate::text::language::SystemWords;

impl SystemWords for English {
    fn io_error(&self, error: &Error) -> String {
        if NotRegular::is(error) {
            return "not a file but a folder, pipe, socket or device".into();
        }
        match error.kind() {
            ErrorKind::NotFound => "not found".into(),
            ErrorKind::PermissionDenied => "no permission".into(),
            ErrorKind::NotADirectory => "not a folder".into(),
            ErrorKind::ReadOnlyFilesystem => "the disk is read-only".into(),
            ErrorKind::StorageFull => "the disk is full".into(),
            ErrorKind::FileTooLarge => "it grows far beyond its size when unpacked".into(),
            ErrorKind::UnexpectedEof => "it is cut off".into(),
            ErrorKind::InvalidData => "it is damaged".into(),
            ErrorKind::InvalidFilename => "the name is too long or not allowed".into(),
            _ => error.to_string(),
        }
    }

    fn read_advice(&self, error: &Error) -> &'static str {
        match error.kind() {
            ErrorKind::UnexpectedEof | ErrorKind::InvalidData => "Copy or download it once more, then retry.",
            ErrorKind::FileTooLarge => {
                "It may have been made to do harm. If you trust it, unpack it and choose the folder."
            }
            _ => "Check that it is there and that you may read it, then retry.",
        }
    }

    fn write_error(&self, error: &Error) -> String {
        if error.kind() == ErrorKind::FileTooLarge { "too large for this disk".into() } else { self.io_error(error) }
    }
}
