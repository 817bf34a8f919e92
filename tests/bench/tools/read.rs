//! How fast a file is read: recognised, decoded, cut into records and each into its fields, nothing written.

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};
use sheetmill::engine::{Reading, records_of};

use super::timed::cpu;

/// Bytes at a time, as the program reads them.
const CHUNK: usize = 256 << 10;

/// Reads a file that is in memory, three times.
#[derive(Debug, Args)]
pub struct Read {
    file: PathBuf,
}

impl Read {
    /// Records, and the least processor seconds.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn run(&self) -> Result<Value, Box<dyn Error>> {
        let bytes = fs::read(&self.file)?;
        let (mut records, mut least) = (0, f64::INFINITY);
        for _ in 0..3 {
            let began = cpu();
            records = records_of(&bytes, CHUNK, &Reading::default()).ok_or("in no known format")?;
            least = least.min(cpu() - began);
        }
        Ok(json!({ "records": records, "bytes": bytes.len(), "cpu": least }))
    }
}
