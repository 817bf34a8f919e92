//! How far a file is: told in bytes of its source, at a bounded rate.
//!
//! Rows are compressed while the file is read; what is left when all is read is the last part of them and
//! the writing out. Both are weighed as they cost.

use std::time::{Duration, Instant};

/// Time between two words about a file.
const EVERY: Duration = Duration::from_millis(100);
/// Part of a file's time that goes into reading it and making its rows.
const READING: f64 = 0.9;
/// Bytes of workbook a byte of source: text compresses about so far.
const OUT_OF_IN: f64 = 0.38;

/// Hears bytes of source done and records found.
pub type ProgressFn<'a> = &'a (dyn Fn(u64, u64) + Sync);

pub struct Meter<'a> {
    hear: ProgressFn<'a>,
    size: u64,
    /// Bytes read when the clock was looked at last.
    seen: u64,
    records: u64,
    told: Instant,
}

impl<'a> Meter<'a> {
    /// Of a source file of `size` bytes.
    pub fn new(hear: ProgressFn<'a>, size: u64) -> Self {
        Self { hear, size, seen: 0, records: 0, told: Instant::now() }
    }

    /// So many bytes are read and records found.
    pub fn read(&mut self, bytes: u64, records: u64) {
        self.records = records;
        // a chunk is read at once: between two of them there is nothing to tell
        if bytes != self.seen {
            self.seen = bytes;
            self.tell(READING * bytes as f64);
        }
    }

    /// So many bytes of the workbook are written.
    pub fn written(&mut self, bytes: u64) {
        let part = (bytes as f64 / (OUT_OF_IN * self.size as f64)).min(1.0);
        self.tell((READING + (1.0 - READING) * part) * self.size as f64);
    }

    fn tell(&mut self, done: f64) {
        if self.told.elapsed() >= EVERY {
            self.told = Instant::now();
            (self.hear)((done as u64).min(self.size), self.records);
        }
    }
}
