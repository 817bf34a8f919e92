//! How long a list of files takes: the engine's scan, nothing read.

use std::error::Error;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use clap::Args;
use serde_json::{Value, json};
use sheetmill::engine::{Control, Event, Job, scan_only};

/// Scans a folder.
#[derive(Debug, Args)]
pub struct Scan {
    folder: PathBuf,
}

impl Scan {
    /// Files and seconds.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn run(&self) -> Result<Value, Box<dyn Error>> {
        let job = Job::new(vec![self.folder.clone()], self.folder.with_extension("out"));
        let told = AtomicUsize::new(0);
        let summary = scan_only(&job, &Control::default(), &|event| {
            if let Event::Found(files) = event {
                told.fetch_add(files.len(), Ordering::Relaxed);
            }
        })
        .map_err(|error| format!("{error:?}"))?;
        Ok(json!({ "files": told.into_inner(), "wall": summary.elapsed.as_secs_f64() }))
    }
}
