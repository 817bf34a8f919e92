//! What is said on standard output: where it can't be, the run ends, for who reads it would miss what became of files.

use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};

use crate::engine::Control;
use crate::text::visible;

/// Standard output, shared by all workers.
#[derive(Debug)]
pub struct Printer {
    control: Control,
    lost: Mutex<Option<io::Error>>,
}

impl Printer {
    /// Nothing said yet; a line that can't be written stops the run of this control.
    pub fn new(control: &Control) -> Self {
        Self { control: control.clone(), lost: Mutex::default() }
    }

    /// A line for people.
    pub fn say(&self, line: &str) {
        self.print(&visible(line));
    }

    /// A line as it is.
    pub fn print(&self, line: &str) {
        let mut out = io::stdout().lock();
        match writeln!(out, "{line}").and_then(|()| out.flush()) {
            // a reader that went away (`| head`) is no error of ours
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                self.lost.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
                self.control.stop();
            }
            _ => {}
        }
    }

    /// Why something could not be written.
    pub fn lost(self) -> Option<io::Error> {
        self.lost.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}
