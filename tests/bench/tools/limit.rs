//! The limit: what it costs to compress the worksheets of finished workbooks, and nothing else.
//!
//! The same build of libdeflate as the program's, at the same level. The XML is in memory before the
//! clock starts, and so is the room for what comes out; each thread keeps one compressor. As many threads
//! as the program has workers, because two threads of one core slow each other down.

use std::error::Error;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use clap::Args;
use libdeflater::{CompressionLvl, Compressor};
use serde_json::{Value, json};
use walkdir::WalkDir;
use zip::ZipArchive;

use super::timed::cpu;

/// Compresses the worksheets of all workbooks of a folder.
#[derive(Debug, Args)]
pub struct Limit {
    folder: PathBuf,
    #[arg(long, default_value_t = 5)]
    level: i32,
    #[arg(long, default_value_t = 2)]
    workers: usize,
    /// The least of so many passes counts; one more before them warms up
    #[arg(long, default_value_t = 3)]
    passes: usize,
}

impl Limit {
    /// Processor seconds of the least pass, bytes in and out.
    ///
    /// # Errors
    /// When a workbook cannot be read.
    pub fn run(&self) -> Result<Value, Box<dyn Error>> {
        let mut sheets = Vec::new();
        for book in workbooks(&self.folder) {
            sheets.extend(worksheets(&book)?);
        }
        // the largest first, so that all threads end together
        sheets.sort_by_key(|sheet| std::cmp::Reverse(sheet.len()));
        let taken = self.passes(&sheets)?;
        let least = taken.iter().skip(1).map(|&(seconds, _)| seconds).fold(f64::INFINITY, f64::min);
        Ok(json!({
            "cpu": least,
            "xml": sheets.iter().map(Vec::len).sum::<usize>(),
            "written": taken[0].1,
            "sheets": sheets.len(),
        }))
    }

    /// Seconds and bytes of each pass, the warming one first.
    fn passes(&self, sheets: &[Vec<u8>]) -> Result<Vec<(f64, usize)>, Box<dyn Error>> {
        let largest = sheets.iter().map(Vec::len).max().unwrap_or(0);
        let (next, written) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let (begin, end) = (Barrier::new(self.workers + 1), Barrier::new(self.workers + 1));
        let level = CompressionLvl::new(self.level).map_err(|_| "no such level")?;
        let mut taken = Vec::new();
        thread::scope(|scope| {
            for _ in 0..self.workers {
                scope.spawn(|| {
                    let mut compressor = Compressor::new(level);
                    let mut room = vec![1; compressor.deflate_compress_bound(largest)];
                    for _ in 0..=self.passes {
                        begin.wait();
                        while let Some(sheet) = sheets.get(next.fetch_add(1, Ordering::Relaxed)) {
                            let bytes = compressor.deflate_compress(sheet, &mut room).unwrap_or(0);
                            written.fetch_add(bytes, Ordering::Relaxed);
                        }
                        end.wait();
                    }
                });
            }
            for _ in 0..=self.passes {
                next.store(0, Ordering::Relaxed);
                written.store(0, Ordering::Relaxed);
                let before = cpu();
                begin.wait();
                end.wait();
                taken.push((cpu() - before, written.load(Ordering::Relaxed)));
            }
        });
        Ok(taken)
    }
}

/// In order of their names.
pub fn workbooks(folder: &Path) -> Vec<PathBuf> {
    let walk = WalkDir::new(folder).sort_by_file_name().into_iter().flatten();
    walk.map(walkdir::DirEntry::into_path).filter(|path| path.extension().is_some_and(|ext| ext == "xlsx")).collect()
}

fn worksheets(book: &Path) -> Result<Vec<Vec<u8>>, Box<dyn Error>> {
    let mut archive = ZipArchive::new(File::open(book)?)?;
    let mut found = Vec::new();
    for place in 0..archive.len() {
        let mut member = archive.by_index(place)?;
        if member.name()?.starts_with("xl/worksheets/sheet") {
            let mut xml = Vec::new();
            member.read_to_end(&mut xml)?;
            found.push(xml);
        }
    }
    Ok(found)
}
