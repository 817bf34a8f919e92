#![no_main]

#[allow(dead_code)] // each target takes its own
#[path = "../readers.rs"]
mod readers;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| readers::zip(bytes));
