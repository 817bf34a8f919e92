//! The whole story by keyboard alone, in the real window: from a copied path to an opened workbook.

use std::fs;
use std::thread::sleep;
use std::time::Duration;

use super::support::desktop::Desktop;
use super::support::desktop::app::App;
use super::support::desktop::clip;
use super::support::handmade;
use super::support::workbooks::{cells, finished};

const MOMENT: Duration = Duration::from_millis(250);

#[test]
#[ignore = "needs Xvfb; tests/run runs it"]
fn story_is_told_by_keyboard_alone() {
    let desktop = Desktop::start();
    let input = desktop.home().join("한국어 위키");
    handmade::write(&input);
    let opened = desktop.home().join("opened");
    desktop.put("xdg-open", "echo \"$1\" >> \"$HOME/opened\"");
    let mut app = App::start(&desktop, "lang = \"en\"\nworkers = 2\n", &[""; 0]);
    let empty = app.settle();

    clip::paste(&desktop, &format!("{}\n", input.display()), || app.press("ctrl+v"));
    app.wait("the folder in the window", |app| app.look().filter(|picture| picture.changed(&empty) > 1000));
    app.settle();

    // the first file leaves the list and comes back, else its workbook would be missing
    let listed = app.settle();
    press(&app, &["Down", "Delete"]);
    app.wait("a shorter list", |app| app.look().filter(|picture| picture.changed(&listed) > 1000));
    press(&app, &["ctrl+z"]);
    app.settle();
    press(&app, &["ctrl+Return"]);
    let output = desktop.home().join("한국어 위키-xlsx");
    app.wait("the workbooks", |_| (finished(&output) == handmade::WORKBOOKS.len()).then_some(()));
    handmade::check(&output);
    app.settle();

    // the second row's workbook, then the one found by a word
    press(&app, &["Escape", "Down", "Down", "Return"]);
    let lines = |count: usize| {
        let lines: Vec<String> = fs::read_to_string(&opened).ok()?.lines().map(str::to_owned).collect();
        (lines.len() == count).then_some(lines)
    };
    let first = app.wait("a workbook opened", |_| lines(1));
    assert_eq!(first, [output.join(handmade::WORKBOOKS[1]).to_string_lossy()]);
    assert_eq!(cells(first[0].as_ref()).len(), 4);
    press(&app, &["ctrl+f"]);
    desktop.write("긴 글");
    press(&app, &["Down", "Return"]);
    let both = app.wait("another workbook opened", |_| lines(2));
    assert_eq!(both[1], output.join(handmade::WORKBOOKS[2]).to_string_lossy());
    assert!(app.close().success());
}

fn press(app: &App<'_>, keys: &[&str]) {
    for keys in keys {
        app.press(keys);
        sleep(MOMENT);
    }
}
