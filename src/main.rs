//! Chooses a face: the window for no arguments, or for folders dropped on the icon; else the terminal.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

use std::path::PathBuf;
use std::process::ExitCode;

use sheetmill::cli;
use sheetmill::text::Lang;

/// The window could not be opened.
const NO_WINDOW: u8 = 2;

fn main() -> ExitCode {
    cli::let_large_files_fail();
    let paths: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    // a folder may be called like a command
    if paths.first().is_some_and(|first| cli::is_command(first.as_os_str())) || !paths.iter().all(|path| path.exists())
    {
        return cli::run();
    }
    match window(paths) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::from(NO_WINDOW)
        }
    }
}

#[cfg(feature = "window")]
fn window(paths: Vec<PathBuf>) -> Result<(), String> {
    sheetmill::window::run(paths).map_err(|why| {
        let words = no_window(&why);
        // such a program has no terminal there, so nobody reads what it prints
        if cfg!(all(windows, not(debug_assertions))) {
            sheetmill::window::say(&words);
        }
        words
    })
}

#[cfg(not(feature = "window"))]
fn window(_: Vec<PathBuf>) -> Result<(), String> {
    Err(no_window("built without a window"))
}

fn no_window(why: &str) -> String {
    Lang::system().words().no_window(why)
}
