//! The release program used as a person uses it: a real window on a real desktop, real keys, a
//! folder dragged from outside, the system's folder dialog. What counts is the files that come out.
//!
//! Slow and in need of an X server, so ignored unless asked for; `tests/run` asks.

#![cfg(target_os = "linux")]

mod support;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use sheetmill::settings::Settings;
use support::desktop::Desktop;
use support::desktop::app::App;
use support::desktop::drag::Drag;
use support::folder::Folder;
use support::workbooks::{cells, finished, names};
use support::{LIMIT, handmade, program, wait};

const ENGLISH: &str = "lang = \"en\"\n";
const NONE: [&str; 0] = [];

#[test]
#[ignore = "needs Xvfb; tests/run runs it"]
fn folder_given_at_the_start_becomes_workbooks() {
    let desktop = Desktop::start();
    let input = corpus(&desktop);
    let app = App::start(&desktop, ENGLISH, &[&input]);
    let settings = app.settings().to_owned();
    converts(app, &input);
    assert_eq!(Settings::load(&settings).inputs, [input], "the folder is offered again at the next start");
}

#[test]
#[ignore = "needs Xvfb; tests/run runs it"]
fn folder_dropped_on_the_window_becomes_workbooks() {
    let desktop = Desktop::start();
    let input = corpus(&desktop);
    let mut app = App::start(&desktop, ENGLISH, &NONE);
    let empty = app.settle();

    let mut drag = Drag::enter(&desktop, app.window, &[&input]);
    drag.rest(Duration::from_millis(500));
    assert!(drag.hover(20, 20), "the window would not take a folder");
    let hovered = app.wait("a sign that the folder may be dropped", |app| {
        app.look().filter(|picture| picture.changed(&empty) > 1000)
    });
    drag.leave();
    app.wait("the window as before the drag", |app| app.look().filter(|picture| picture.changed(&empty) == 0));
    assert_eq!(names(&beside(&input)), NONE, "a drag that left the window started nothing");

    let mut drag = Drag::enter(&desktop, app.window, &[&input]);
    drag.rest(Duration::from_millis(300));
    assert!(drag.release(), "the window did not take the folder");
    app.wait("the folder in the window", |app| {
        app.look().filter(|picture| picture.changed(&empty) > 1000 && picture.changed(&hovered) > 1000)
    });
    app.settle();
    converts(app, &input);
}

#[test]
#[ignore = "needs Xvfb; tests/run runs it"]
fn theme_and_size_are_taken_from_the_settings_and_kept() {
    let desktop = Desktop::start();
    for (theme, is_dark) in [("dark", true), ("light", false)] {
        let settings = format!("{ENGLISH}theme = \"{theme}\"\n[window]\nwidth = 1000\nheight = 700\n");
        let mut app = App::start(&desktop, &settings, &NONE);
        let picture = app.settle();
        assert_eq!((picture.width, picture.height), (1000, 700));
        let corner = picture.pixel(3, 3);
        assert_eq!(corner.iter().all(|part| *part < 100), is_dark, "{theme}: the corner's colour is {corner:?}");
        desktop.resize(app.window, 940, 660);
        app.settle();
        let file = app.settings().to_owned();
        assert!(app.close().success());
        let window = Settings::load(&file).window;
        assert_eq!((window.width, window.height), (940.0, 660.0), "{theme}");
    }
}

/// The system's own dialog: Ctrl+O, then the path by hand.
#[test]
#[ignore = "needs Xvfb and a desktop portal; tests/run runs it"]
fn folder_chosen_in_the_systems_dialog_becomes_workbooks() {
    let portal = ["/usr/libexec/xdg-desktop-portal", "/usr/libexec/xdg-desktop-portal-gtk"];
    if std::env::var_os("SHEETMILL_REQUIRE_PORTAL").is_none() && !portal.iter().all(|file| Path::new(file).exists()) {
        eprintln!("SKIPPED: no desktop portal; apt-get install xdg-desktop-portal xdg-desktop-portal-gtk");
        return;
    }
    let desktop = Desktop::start_with_bus();
    let input = corpus(&desktop);
    let mut app = App::start(&desktop, ENGLISH, &NONE);
    let empty = app.settle();
    app.press("ctrl+o");
    let is_dialog = |desktop: &Desktop, window| desktop.class(window).contains("portal");
    let dialog = app.wait("the system's folder dialog", |app| app.desktop.find(is_dialog));
    app.wait_for_keyboard(dialog);
    // "Recent" chooses nothing, so home first; then the path, without what the dialog adds to it
    for keys in ["alt+Home", "ctrl+l"] {
        sleep(Duration::from_millis(700));
        desktop.press(keys);
    }
    sleep(Duration::from_millis(700));
    desktop.press("ctrl+a");
    desktop.write(&input.to_string_lossy());
    sleep(Duration::from_millis(700));
    desktop.press("Delete");
    desktop.press("Return");
    app.wait("the dialog's end", |app| app.desktop.find(is_dialog).is_none().then_some(()));
    app.wait("the folder in the window", |app| app.look().filter(|picture| picture.changed(&empty) > 1000));
    app.settle();
    app.wait_for_keyboard(app.window);
    converts(app, &input);
}

#[test]
#[ignore = "needs Xvfb; tests/run runs it"]
fn window_at_rest_takes_no_processor_time() {
    let desktop = Desktop::start();
    let input = corpus(&desktop);
    let mut app = App::start(&desktop, ENGLISH, &[&input]);
    rests(&mut app, "with a folder chosen");
    app.press("ctrl+Return");
    wait_for_workbooks(&mut app, &input);
    rests(&mut app, "after a run");
}

/// At most two ticks (20 ms) in five seconds; the best of three, as a machine has other work too.
fn rests(app: &mut App<'_>, when: &str) {
    app.settle();
    let mut taken = Vec::new();
    while taken.len() < 3 && taken.last().is_none_or(|ticks| *ticks > 2) {
        let before = app.ticks();
        sleep(Duration::from_secs(5));
        taken.push(app.ticks() - before);
    }
    assert!(taken.last().is_some_and(|ticks| *ticks <= 2), "{when}, ticks taken in 5 s each: {taken:?}");
}

#[test]
#[ignore = "needs Xvfb; tests/run runs it"]
fn closing_during_a_run_asks_first() {
    let desktop = Desktop::start();
    let input = desktop.home().join("큰 것");
    handmade::write_many(&input, 800, 400);
    let mut app = App::start(&desktop, "lang = \"en\"\nworkers = 1\n", &[&input]);
    app.press("ctrl+Return");
    let output = beside(&input);
    app.wait("the first workbook", |_| (finished(&output) > 0).then_some(()));
    // the question lies on the window like a veil, and Escape, which is "no", takes it away
    let corner = |app: &App<'_>| app.look().map(|picture| picture.pixel(3, 3));
    let plain = app.wait("a picture", corner);
    desktop.ask_to_close(app.window);
    app.wait("a question before the window closes", |app| corner(app).filter(|colour| *colour != plain));
    app.press("Escape");
    app.wait("the question's end", |app| corner(app).filter(|colour| *colour == plain));
    let before = finished(&output);
    app.wait("another workbook after the answer was no", |_| (finished(&output) > before).then_some(()));
    assert!(app.is_running(), "no was taken for yes");
    assert!(finished(&output) < 800, "the run was over too soon to say anything");
}

/// The power fails: nothing half done stays, and the second start does what was left.
#[test]
#[ignore = "takes a while; tests/run runs it"]
fn run_killed_in_the_middle_is_finished_by_the_next() {
    let home = Folder::new();
    let [input, cut, whole] = ["in", "cut", "whole"].map(|name| home.path(name));
    handmade::write_many(&input, 100, 150);

    let mut first = convert(&input, &cut).spawn().expect("the program starts");
    let some = wait(LIMIT, || (finished(&cut) >= 5).then_some(()));
    first.kill().expect("the program can be killed");
    let status = first.wait().expect("an own process can be waited for");
    assert!(some.is_some(), "no workbooks in {LIMIT:?}");
    assert!(!status.success() && finished(&cut) < 100, "the run was over too soon to say anything");

    for output in [&cut, &whole] {
        let status = convert(&input, output).status().expect("the program starts");
        assert!(status.success(), "ended with {status}");
    }
    let expected: Vec<String> = names(&input).iter().map(|name| format!("{name}.xlsx")).collect();
    assert_eq!(names(&cut), expected);
    assert_eq!(names(&whole), expected);
    for name in expected {
        assert!(cells(&cut.join(&name)) == cells(&whole.join(&name)), "{name} differs");
    }
}

fn convert(input: &Path, output: &Path) -> Command {
    let mut command = Command::new(program());
    command.arg("convert").args([input, output]).args(["--workers", "2", "--if-exists", "skip"]);
    command.stdout(Stdio::null()).stdin(Stdio::null());
    command
}

/// The handmade corpus in a folder whose name is Korean and holds a space.
fn corpus(desktop: &Desktop) -> PathBuf {
    let folder = desktop.home().join("한국어 위키");
    handmade::write(&folder);
    folder
}

/// Where workbooks go when nobody says where.
fn beside(input: &Path) -> PathBuf {
    let mut name = input.file_name().expect("a folder has a name").to_owned();
    name.push("-xlsx");
    input.with_file_name(name)
}

/// Starts the run, waits for its end, closes the window, and reads the workbooks.
fn converts(mut app: App<'_>, input: &Path) {
    app.press("ctrl+Return");
    wait_for_workbooks(&mut app, input);
    let status = app.close();
    assert!(status.success(), "closed with {status}");
    handmade::check(&beside(input));
}

fn wait_for_workbooks(app: &mut App<'_>, input: &Path) {
    let output = beside(input);
    app.wait("the workbooks", |_| (finished(&output) == handmade::WORKBOOKS.len()).then_some(()));
    app.settle(); // the window knows it too: closing now asks nothing
}
