//! What the window costs before anybody uses it: the time to the first picture, memory, and the processor
//! time of a window at rest. Figures of the machine it runs on, so it prints and does not judge.
//!
//! `SHEETMILL_BIN=target/release/sheetmill cargo test --test window_start -- --ignored --nocapture`

#![cfg(target_os = "linux")]

mod support;

use std::fs;
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use support::desktop::Desktop;
use support::{LIMIT, handmade, program, wait};

#[test]
#[ignore = "prints figures; run it alone"]
fn first_picture_memory_and_rest() {
    for (name, files) in [("empty", 0), ("300 files", 300)] {
        for _ in 0..3 {
            measure(name, files);
        }
    }
}

fn measure(name: &str, files: usize) {
    let desktop = Desktop::start();
    let settings = desktop.home().join("settings.toml");
    let mut command = desktop.command(&program().to_string_lossy(), "cargo build --release");
    if files > 0 {
        let corpus = desktop.home().join("corpus");
        handmade::write_many(&corpus, files, 3);
        command.arg(corpus);
    }
    command.env("SHEETMILL_SETTINGS", &settings).stdout(Stdio::null()).stderr(Stdio::null());
    let began = Instant::now();
    let mut process = command.spawn().expect("the program starts");
    let id = process.id();
    let window = wait(LIMIT, || desktop.find(|desktop, window| desktop.owner(window) == Some(id))).expect("a window");
    let opened = began.elapsed();
    wait(LIMIT, || desktop.picture(window).filter(|picture| picture.colours() > 4)).expect("a picture");
    let drawn = began.elapsed();
    let taken = ticks(id);
    sleep(Duration::from_secs(4));
    let before = ticks(id);
    sleep(Duration::from_secs(5));
    let rest = ticks(id) - before;
    eprintln!(
        "{name}: window {opened:?}, picture {drawn:?} ({taken} ticks of processor time); at rest {rest} ticks in 5 s; {}",
        memory(id)
    );
    let _ = process.kill();
    let _ = process.wait();
}

/// Processor time, in ticks (a hundred a second).
fn ticks(id: u32) -> u64 {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).expect("the process is there");
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    fields[11..13].iter().map(|field| field.parse::<u64>().expect("a number of ticks")).sum()
}

/// Resident memory: of its own, and of files that it maps (mostly the graphics driver's).
fn memory(id: u32) -> String {
    let status = fs::read_to_string(format!("/proc/{id}/status")).expect("the process is there");
    let lines = status.lines().filter(|line| ["VmRSS", "RssAnon", "RssFile"].iter().any(|name| line.starts_with(name)));
    lines.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect::<Vec<_>>().join(", ")
}
