//! The engine as a whole: source files in, workbooks out, read back by an independent reader.
//!
//! Expected rows are written by hand after the HTML Standard and Excel's limits, never by running
//! the program. Every file that once failed is kept in `tests/files/`.

mod archives;
mod encodings;
mod excel;
mod faults;
mod filters;
mod formats;
mod forms;
mod fuzz_corpus;
mod hostile;
mod kinds;
mod merging;
mod others;
mod reading;
mod regressions;
mod running;
mod steering;
mod stopping;
#[path = "../support/mod.rs"]
mod support;
mod workbook;
