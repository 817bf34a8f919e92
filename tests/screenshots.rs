//! Pictures of the real window for the README and for the eye: every state in both languages, both
//! themes and two sizes, written to `SHEETMILL_SCREENSHOTS` (`target/screenshots` else).
//!
//! `cargo test --test screenshots -- --ignored`; `SHEETMILL_CORPUS` names a folder of real source
//! files to show, else the test writes some.

#![cfg(target_os = "linux")]

mod support;

use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

use support::app::App;
use support::desktop::Desktop;
use support::workbooks::finished;
use support::{handmade, wait};

const LONG: Duration = Duration::from_mins(5);

#[test]
#[ignore = "makes pictures; tests/screenshots runs it"]
fn the_window_in_all_its_states() {
    let folder = std::env::var_os("SHEETMILL_SCREENSHOTS").map_or_else(
        || Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("screenshots"),
        |folder| std::path::absolute(folder).expect("a path"),
    );
    let only = std::env::var("SHEETMILL_SCREENSHOTS_ONLY").unwrap_or_default();
    for lang in ["ko", "en"] {
        for theme in ["light", "dark"] {
            for (width, height) in [(1200, 780), (900, 600)] {
                let name = format!("{lang}-{theme}-{width}x{height}");
                if name.contains(&only) {
                    take(&folder, &name, lang, theme, (width, height));
                }
            }
        }
    }
    eprintln!("pictures in {}", folder.display());
}

fn take(folder: &Path, name: &str, lang: &str, theme: &str, (width, height): (u16, u16)) {
    let settings =
        format!("lang = \"{lang}\"\ntheme = \"{theme}\"\nworkers = 2\n[window]\nwidth = {width}\nheight = {height}\n");
    let save = |app: &App<'_>, state: &str| {
        let picture = app.look().expect("a picture of the window");
        picture.save(&folder.join(format!("{state}-{name}.png"))).expect("a picture can be written");
    };
    let desktop = Desktop::start();
    {
        let app = App::start(&desktop, &settings, &[""; 0]);
        save(&app, "empty");
    }
    let input = corpus(&desktop);
    let output = desktop.home().join("kowiki-xlsx");
    let mut app = App::start(&desktop, &settings, &[&input]);
    save(&app, "ready");
    app.press("ctrl+Return");
    app.wait("some workbooks", |_| (finished(&output) > 2).then_some(()));
    sleep(Duration::from_millis(400));
    save(&app, "running");
    let files = support::workbooks::names(&input).len();
    let done = wait(LONG, || (finished(&output) >= files).then_some(()));
    assert!(done.is_some(), "the run took longer than {LONG:?}");
    app.settle();
    save(&app, "done");
}

/// A folder called `kowiki`: a link to the real one, or some files written for it.
fn corpus(desktop: &Desktop) -> PathBuf {
    let folder = desktop.home().join("kowiki");
    match std::env::var_os("SHEETMILL_CORPUS").map(std::path::absolute) {
        Some(real) => copy(&real.expect("a path"), &folder),
        None => handmade::write_many(&folder, 120, 400),
    }
    folder
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder in the temporary folder");
    for entry in std::fs::read_dir(from).expect("a folder of source files").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a copy in the temporary folder");
        }
    }
}
