//! What the window costs before anybody uses it: the time to the first picture, memory and where it goes,
//! and the processor time of a window at rest. Figures of the machine it runs on, so it prints and does not
//! judge. `tests/window/measure` runs it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::support::desktop::Desktop;
use super::support::desktop::app::ticks;
use super::support::desktop::picture::Picture;
use super::support::folder::put;
use super::support::{LIMIT, handmade, program, wait};

const REST: Duration = Duration::from_secs(10);

#[test]
#[ignore = "prints figures; tests/window/measure runs it alone"]
fn start_is_measured_by_first_picture_memory_and_rest() {
    for (name, files) in [("nothing chosen", 0), ("300 files", 300), ("100,000 files", 100_000)] {
        for again in 0..3 {
            measure(name, files, again == 2);
        }
    }
}

fn measure(name: &str, files: usize, with_places: bool) {
    let desktop = Desktop::start();
    let settings = desktop.home().join("settings.toml");
    let mut command = desktop.command(&program().to_string_lossy(), "cargo build --release");
    if files > 0 {
        let corpus = desktop.home().join("corpus");
        if files <= 1000 {
            handmade::write_many(&corpus, files, 3);
        } else {
            write_small(&corpus, files);
        }
        command.arg(corpus);
    }
    command.env("SHEETMILL_SETTINGS", &settings).stdout(Stdio::null()).stderr(Stdio::null());
    let began = Instant::now();
    let mut process = command.spawn().expect("the program starts");
    let id = process.id();
    let window = wait(LIMIT, || desktop.find(|desktop, window| desktop.owner(window) == Some(id))).expect("a window");
    let opened = began.elapsed();
    wait(LIMIT, || desktop.picture(window).filter(Picture::has_many_colours)).expect("a picture");
    let drawn = began.elapsed();
    let taken = ticks(id);
    sleep(Duration::from_secs(5)); // the list is complete, the first file looked at
    let before = ticks(id);
    sleep(REST);
    let rest = ticks(id) - before;
    eprintln!(
        "{name}: window {opened:.0?}, picture {drawn:.0?} ({taken} ticks of processor time); \
         at rest {rest} ticks in {REST:?}; {}",
        memory(id)
    );
    if with_places {
        for (place, kilobytes) in places(id) {
            eprintln!("    {:>6.1} MB  {place}", f64::from(kilobytes) / 1024.0);
        }
    }
    let _ = process.kill();
    let _ = process.wait();
}

/// Files of a record each, a thousand a folder.
fn write_small(folder: &Path, files: usize) {
    for n in 0..files {
        let name = folder.join(format!("{:03}/wiki_{n:06}.txt", n / 1000));
        put(&name, format!("<doc id=\"{n}\" title=\"{n}\">\n{n}\n</doc>\n"));
    }
}

/// Resident memory: of its own, and of files that it maps (mostly the graphics driver's).
fn memory(id: u32) -> String {
    let status = fs::read_to_string(format!("/proc/{id}/status")).expect("the process is there");
    let lines = status.lines().filter(|line| ["VmRSS", "RssAnon", "RssFile"].iter().any(|name| line.starts_with(name)));
    lines.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect::<Vec<_>>().join(", ")
}

/// Where resident memory goes, in kB, by what is mapped there: the largest ten and the rest.
fn places(id: u32) -> Vec<(String, u32)> {
    let maps = fs::read_to_string(format!("/proc/{id}/smaps")).unwrap_or_default();
    let mut sums: BTreeMap<String, u32> = BTreeMap::new();
    let mut place = String::new();
    for line in maps.lines() {
        let mut words = line.split_whitespace();
        match words.next() {
            Some("Rss:") => {
                let kilobytes: u32 = words.next().and_then(|word| word.parse().ok()).unwrap_or_default();
                *sums.entry(place.clone()).or_default() += kilobytes;
            }
            Some(first) if !first.ends_with(':') => {
                let file = words.nth(4).unwrap_or("memory of its own, and threads'");
                place = Path::new(file).file_name().unwrap_or_default().to_string_lossy().into_owned();
                if file.starts_with("[heap]") {
                    place = "[heap]".into();
                }
            }
            _ => {}
        }
    }
    let mut sums: Vec<_> = sums.into_iter().collect();
    sums.sort_by_key(|(_, kilobytes)| std::cmp::Reverse(*kilobytes));
    let rest: u32 = sums.iter().skip(10).map(|(_, kilobytes)| kilobytes).sum();
    sums.truncate(10);
    sums.push(("all others".into(), rest));
    sums
}
