//! The formats: each recognised by what stands in the file, never by its name, and read as a person
//! who knows the corpus expects. The files are written after the real ones; expected rows by hand.

mod columns;
mod exports;
mod json;
mod pages;
mod recognised;
mod selectors;
mod sgml;
mod tables;
mod trees;
mod xml;

use std::path::Path;

use sheetmill::engine::{FormatKind, NoteKind};

use super::support::bench::Bench;

/// A file of `tests/files/formats`.
pub fn file(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files/formats");
    std::fs::read(folder.join(name)).expect("the file is there")
}

/// Converts one source file whose name says nothing; gives its format, cells and notes.
pub fn convert(bytes: &[u8]) -> (FormatKind, Vec<Vec<String>>, Vec<(NoteKind, u64)>) {
    let bench = Bench::with(&[("f", bytes)]);
    let ran = bench.run();
    let report = ran.report("f");
    let format = report.format.unwrap_or_else(|| panic!("{:?}", report.outcome));
    (format, bench.cells("f.xlsx"), ran.sums("f"))
}

/// The cells of one record by their headers, the empty ones left out.
pub fn record(cells: &[Vec<String>], number: usize) -> Vec<(&str, &str)> {
    let pairs = cells[0].iter().zip(&cells[number]);
    pairs.filter(|(_, value)| !value.is_empty()).map(|(name, value)| (name.as_str(), value.as_str())).collect()
}
