//! What tests need to use the program as a person does: a real desktop, a started program, keys and
//! pointer, a file dragged by the real protocol, pictures of the window, workbooks read back.
//!
//! Each test binary takes what it needs of it.

#![allow(dead_code, reason = "each test binary uses a part")]

#[cfg(target_os = "linux")]
pub mod app;
#[cfg(target_os = "linux")]
pub mod clip;
#[cfg(target_os = "linux")]
pub mod desktop;
#[cfg(target_os = "linux")]
pub mod drag;
pub mod handmade;
#[cfg(target_os = "linux")]
pub mod input;
#[cfg(target_os = "linux")]
pub mod picture;
#[cfg(target_os = "linux")]
pub mod reader;
pub mod workbooks;

use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Longest wait for anything: slow machines draw in software.
pub const LIMIT: Duration = Duration::from_mins(1);
const EVERY: Duration = Duration::from_millis(20);

/// Asks until there is an answer or `limit` is over.
pub fn wait<T>(limit: Duration, mut ask: impl FnMut() -> Option<T>) -> Option<T> {
    let end = Instant::now() + limit;
    loop {
        if let Some(answer) = ask() {
            return Some(answer);
        }
        if Instant::now() >= end {
            return None;
        }
        std::thread::sleep(EVERY);
    }
}

/// The program under test: `SHEETMILL_BIN`, else the one built with the tests.
pub fn program() -> PathBuf {
    let program =
        std::env::var_os("SHEETMILL_BIN").map_or_else(|| env!("CARGO_BIN_EXE_sheetmill").into(), PathBuf::from);
    std::path::absolute(&program).unwrap_or(program)
}
