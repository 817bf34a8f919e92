//! What a list of 100,000 files costs the window, renderer left out.
//!
//! `cargo test --release --test window_speed -- --ignored --nocapture` prints the figures.

mod support;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

use eframe::egui::accesskit::Role;
use eframe::egui::{Event as Input, Key, Modifiers, MouseWheelSource, MouseWheelUnit, TouchPhase, Vec2, pos2};
use egui_kittest::kittest::Queryable as _;
use sheetmill::engine::{Cause, Event, Report, SourceFile, Summary};
use sheetmill::session::Session;
use sheetmill::text::Lang;

use support::window::script::{self, complete, converted, failed, long_run, progress, report, started};
use support::window::{Window, settings};

const FILES: usize = 100_000;

fn files() -> Vec<SourceFile> {
    let file = |n: usize| {
        let name = format!("{:02}/wiki_{n}", n / 1000);
        let path = Path::new("/home/somebody/corpora/kowiki").join(&name);
        SourceFile::at(path, name, (n as u64 * 7919) % 1_000_000)
    };
    (0..FILES).map(file).collect()
}

fn finished(n: usize) -> Event {
    let outcome = match n % 10 {
        0 => failed("x", None, Cause::Empty),
        _ => converted(format!("/home/somebody/corpora/kowiki-xlsx/wiki_{n}.xlsx")),
    };
    let (records, elapsed) = (n as u64 % 997, Duration::from_millis(n as u64 % 300));
    script::finished(n, Report { records, rows: records, elapsed, ..report(outcome) })
}

/// Times of frames in milliseconds: the middle one, 95 of 100, the longest.
fn told(what: &str, mut times: Vec<f64>) {
    times.sort_by(f64::total_cmp);
    let at = |part: f64| times[((times.len() - 1) as f64 * part) as usize];
    eprintln!("{what:44} {:6.2} ms, 95 % {:6.2} ms, most {:6.2} ms", at(0.5), at(0.95), at(1.0));
}

fn frame(window: &mut Window) -> f64 {
    let began = Instant::now();
    window.step();
    began.elapsed().as_secs_f64() * 1000.0
}

fn frames(window: &mut Window, scroll: bool) -> Vec<f64> {
    (0..200)
        .map(|n| {
            if scroll {
                let delta = Vec2::new(0.0, if n % 100 < 50 { -700.0 } else { 500.0 });
                window.input_mut().events.push(Input::PointerMoved(pos2(300.0, 400.0)));
                window.input_mut().events.push(Input::MouseWheel {
                    unit: MouseWheelUnit::Point,
                    delta,
                    modifiers: Modifiers::NONE,
                    phase: TouchPhase::Move,
                    source: MouseWheelSource::Wheel,
                });
            }
            sleep(Duration::from_millis(10));
            frame(window)
        })
        .collect()
}

#[test]
#[ignore = "measures; for a release build"]
fn list_of_100000_files_is_timed() {
    let mut window = Window::open(settings(Lang::En, 2));
    let over = Arc::new(AtomicBool::new(false));
    let until = Arc::clone(&over);
    // a thousand events a second: every two milliseconds a file begins and one is done
    let session = Session::play(move |sink| {
        complete(files()).into_iter().for_each(sink);
        for n in 0..40_000 {
            sink(started(n, 0));
            sink(finished(n));
        }
        let mut next = 40_000;
        while !until.load(Ordering::Relaxed) && next < FILES {
            sink(started(next, 0));
            sink(finished(next));
            next += 1;
            sleep(Duration::from_millis(2));
        }
        Ok(Summary::default())
    });
    window.show(session, true);
    sleep(Duration::from_secs(1));
    window.run_steps(5);
    let quiet = frames(&mut window, false);
    told("1,000 events a second", quiet);
    let scrolled = frames(&mut window, true);
    told("the same, scrolling", scrolled);
    for head in ["File", "Size", "Records", "Progress", "Time", "Result"] {
        window.get_by_role_and_label(Role::ColumnHeader, head).click();
        let clicked = (0..4).map(|_| frame(&mut window)).fold(0.0, f64::max);
        told(&format!("sorted by {head}: the longest of four frames"), vec![clicked]);
        let scrolled = frames(&mut window, true);
        told("  1,000 events a second, scrolling", scrolled);
    }
    window.key_press_modifiers(Modifiers::COMMAND, Key::F);
    window.run_steps(2);
    window.input_mut().events.push(Input::Text("wiki_99".into()));
    let typed = (0..3).map(|_| frame(&mut window)).fold(0.0, f64::max);
    told("sought: the longest of three frames", vec![typed]);
    let scrolled = frames(&mut window, true);
    told("  1,000 events a second, scrolling", scrolled);
    window.key_press(Key::Escape);
    window.run_steps(2);
    window.key_press(Key::Escape);
    window.run_steps(2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    let all = (0..3).map(|_| frame(&mut window)).fold(0.0, f64::max);
    told("all selected: the longest of three frames", vec![all]);
    over.store(true, Ordering::Relaxed);
}

/// As fast as a local disk is read: a million files in three seconds.
#[test]
#[ignore = "measures; for a release build"]
fn list_of_a_million_files_being_found_is_timed() {
    const BATCH: usize = 512;
    let mut window = Window::open(settings(Lang::En, 2));
    let over = Arc::new(AtomicBool::new(false));
    let told_all = Arc::clone(&over);
    let session = Session::play(move |sink| {
        let folder = Arc::<Path>::from(Path::new("/home/somebody/corpora/kowiki/AA"));
        for first in (0..1_000_000).step_by(BATCH) {
            let file = |n| SourceFile::in_folder(&folder, format!("AA/wiki_{n}"), 1000);
            sink(Event::Found((first..first + BATCH).map(file).collect()));
            sleep(Duration::from_micros(1500));
        }
        sink(Event::Scanned { files: 1_000_000, bytes: 1 });
        told_all.store(true, Ordering::Relaxed);
        Ok(Summary::default())
    });
    window.show(session, false);
    let mut times = Vec::new();
    while !over.load(Ordering::Relaxed) {
        sleep(Duration::from_millis(16));
        times.push(frame(&mut window));
    }
    eprintln!("{} frames", times.len());
    told("a million files being found", times);
    told("the same list, scrolling", frames(&mut window, true));
}

/// Beside the two tenths of a millisecond and more that a file of 10 kB takes.
#[test]
#[ignore = "measures; for a release build"]
fn events_of_a_file_are_timed() {
    let mut events = vec![Event::Found(files())];
    events.extend((0..FILES).flat_map(|n| [started(n, 0), progress(n, 500, 5), finished(n)]));
    let began = Instant::now();
    let session = Session::replay(events, None);
    let taken = began.elapsed().as_secs_f64() * 1e6 / FILES as f64;
    assert_eq!(session.progress().counts.ended(), FILES);
    eprintln!("{:44} {taken:6.2} µs", "three events of a file, sent and folded");
}

/// Sixty-four workers and 64,000 files: a frame with the run beside one with the details.
#[test]
#[ignore = "measures; for a release build"]
fn run_of_64_workers_and_64000_files_is_timed() {
    let mut window = Window::open(settings(Lang::En, 4));
    window.show(Session::replay_timed(long_run(64, 1000), Some(Ok(Summary::default()))), true);
    for tab in ["Details", "Run"] {
        window.click(Role::Tab, tab);
        told(&format!("64 workers, 64,000 files: {tab}"), (0..20).map(|_| frame(&mut window)).collect());
    }
}
