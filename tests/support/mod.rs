//! What tests are made of, each thing once: folders of source files, runs of the engine, the window without a
//! display, the real program on a real desktop, workbooks read back.
//!
//! Each test binary takes what it needs of it.

#![allow(dead_code, reason = "each test binary uses a part")]

pub mod bench;
#[cfg(all(target_os = "linux", feature = "window"))]
pub mod desktop;
pub mod folder;
pub mod handmade;
pub mod package;
pub mod packed;
pub mod records;
pub mod steered;
pub mod tables;
#[cfg(feature = "window")]
pub mod window;
pub mod workbooks;

use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Longest wait for anything: slow machines draw in software.
pub const LIMIT: Duration = Duration::from_mins(1);
const EVERY: Duration = Duration::from_millis(20);

/// Asks until there is an answer or `limit` is over.
pub fn wait<T>(limit: Duration, ask: impl FnMut() -> Option<T>) -> Option<T> {
    wait_every(EVERY, limit, ask)
}

/// [`wait`], with another time between two questions.
pub fn wait_every<T>(every: Duration, limit: Duration, mut ask: impl FnMut() -> Option<T>) -> Option<T> {
    let end = Instant::now() + limit;
    loop {
        if let Some(answer) = ask() {
            return Some(answer);
        }
        if Instant::now() >= end {
            return None;
        }
        std::thread::sleep(every);
    }
}

/// The program under test: `SHEETMILL_BIN`, else the one built with the tests.
pub fn program() -> PathBuf {
    let program =
        std::env::var_os("SHEETMILL_BIN").map_or_else(|| env!("CARGO_BIN_EXE_sheetmill").into(), PathBuf::from);
    std::path::absolute(&program).unwrap_or(program)
}
