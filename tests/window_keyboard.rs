//! The whole story by the keyboard alone: from the window with its list to the workbooks.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::thread::sleep;
use std::time::{Duration, Instant};

use calamine::{Reader, Xlsx, open_workbook};
use eframe::egui::accesskit::{Role, Toggled};
use eframe::egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use sheetmill::settings::{Settings, Theme};
use sheetmill::text::Lang;
use sheetmill::window::App;
use tempfile::TempDir;

const LIMIT: Duration = Duration::from_secs(30);

fn rows(harness: &Harness<App>) -> Vec<String> {
    harness.query_all_by_role(Role::ListItem).filter_map(|row| row.accesskit_node().label()).collect()
}

fn selected(harness: &Harness<App>) -> Vec<String> {
    let rows = harness.query_all_by_role(Role::ListItem);
    rows.filter(|row| row.accesskit_node().toggled() == Some(Toggled::True))
        .filter_map(|row| row.accesskit_node().label())
        .collect()
}

fn press(harness: &mut Harness<App>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run_steps(3);
}

fn typed(harness: &mut Harness<App>, text: &str) {
    harness.input_mut().events.push(Event::Text(text.into()));
    harness.run_steps(3);
}

fn wait(harness: &mut Harness<App>, what: &str, is: impl Fn(&Harness<App>) -> bool) {
    let began = Instant::now();
    while !is(harness) {
        assert!(began.elapsed() < LIMIT, "{what} did not come: {:?}", rows(harness));
        sleep(Duration::from_millis(5));
        harness.run_steps(1);
    }
}

/// What has the keyboard, by its name.
fn focused(harness: &Harness<App>) -> String {
    let node = harness
        .query_all(egui_kittest::kittest::By::new().predicate(|node| node.is_focused() && node.role() != Role::Window))
        .next();
    node.and_then(|node| node.accesskit_node().label()).unwrap_or_default()
}

fn cells(workbook: &Path) -> Vec<Vec<String>> {
    let mut workbook: Xlsx<_> =
        open_workbook(workbook).unwrap_or_else(|error| panic!("{}: {error}", workbook.display()));
    let name = workbook.sheet_names()[0].clone();
    let range = workbook.worksheet_range(&name).expect("a worksheet");
    range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
}

#[test]
fn from_a_pasted_path_to_finished_workbooks_without_a_mouse() {
    let folder = TempDir::new().expect("a temporary folder");
    let home = folder.path().canonicalize().expect("it is there");
    let input = home.join("corpus");
    fs::create_dir(&input).expect("made");
    for n in [1, 2, 10] {
        let text = format!("<doc id=\"{n}\" title=\"title {n}\">text {n}</doc>\n");
        fs::write(input.join(format!("wiki_{n}")), text).expect("written");
    }
    fs::write(input.join("broken"), "").expect("written");
    let settings = Settings { lang: Some(Lang::En), theme: Theme::Light, workers: Some(1), ..Settings::default() };
    let mut harness = Harness::builder()
        .with_size([1200.0, 780.0])
        .build_eframe(move |cc| App::new(&cc.egui_ctx, settings, None, Vec::new()));
    harness.run_steps(3);

    // what: the path is pasted
    harness.input_mut().events.push(Event::Paste(input.display().to_string()));
    wait(&mut harness, "the list", |harness| rows(harness).len() == 4);
    assert_eq!(rows(&harness), ["broken, –", "wiki_1, –", "wiki_2, –", "wiki_10, –"]);

    // how: Tab leads to the choices; workbooks shall be made anew, whatever is there
    let choice = "If a workbook exists: skip if up to date";
    let mut steps = 0;
    while focused(&harness) != choice {
        press(&mut harness, Modifiers::NONE, Key::Tab);
        steps += 1;
        assert!(steps < 40, "Tab never reaches the choice");
    }
    press(&mut harness, Modifiers::NONE, Key::Enter);
    steps = 0;
    while focused(&harness) != "overwrite" {
        press(&mut harness, Modifiers::NONE, Key::Tab);
        steps += 1;
        assert!(steps < 60, "Tab never reaches the menu: {}", focused(&harness));
    }
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(harness.state().settings().choices.if_exists, sheetmill::engine::IfExists::Overwrite);
    assert!(harness.query_by_label("keep both").is_none(), "the menu has closed");
    // a wrong choice is taken back, and chosen again by nobody
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(harness.state().settings().choices.if_exists, sheetmill::engine::IfExists::Skip);

    // the list: one file is sought and removed
    press(&mut harness, Modifiers::COMMAND, Key::F);
    typed(&mut harness, "WIKI_2");
    assert_eq!(rows(&harness), ["wiki_2, –"]);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    press(&mut harness, Modifiers::NONE, Key::Home);
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    assert_eq!(selected(&harness), ["wiki_2, –"]);
    press(&mut harness, Modifiers::NONE, Key::Delete);
    assert_eq!(rows(&harness), ["broken, –", "wiki_1, –", "wiki_10, –"]);
    assert_eq!(selected(&harness), ["wiki_10, –"]);

    // go
    press(&mut harness, Modifiers::COMMAND, Key::Enter);
    let is_done =
        |harness: &Harness<App>| harness.query_by_role_and_label(Role::Button, "Open output folder").is_some();
    wait(&mut harness, "the end", is_done);
    assert_eq!(rows(&harness), ["broken, failed, empty file", "wiki_1, done", "wiki_10, done"]);
    let out = home.join("corpus-xlsx");
    assert_eq!(cells(&out.join("wiki_10.xlsx")), [["id", "title", "text"], ["10", "title 10", "text 10"]]);
    assert!(!out.join("wiki_2.xlsx").exists());

    // all are selected, then those that were made; the failed one is hidden, and shown again
    press(&mut harness, Modifiers::COMMAND, Key::A);
    assert_eq!(selected(&harness).len(), 3);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert_eq!(selected(&harness), Vec::<String>::new());
    press(&mut harness, Modifiers::NONE, Key::Home);
    press(&mut harness, Modifiers::NONE, Key::Delete);
    assert_eq!(rows(&harness).len(), 2);
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(rows(&harness).len(), 3);

    // the file is mended, and the run started again: the rest is up to date
    fs::write(input.join("broken"), "<doc id=\"7\" title=\"t\">whole</doc>\n").expect("written");
    press(&mut harness, Modifiers::COMMAND, Key::Enter);
    wait(&mut harness, "the second end", |harness| {
        is_done(harness) && rows(harness) == ["broken, done", "wiki_1, up to date", "wiki_10, up to date"]
    });
    assert_eq!(cells(&out.join("broken.xlsx"))[1], ["7", "t", "whole"]);
}

/// The next that were opened, in any order.
fn opened(harness: &mut Harness<App>, told: &Receiver<PathBuf>, count: usize) -> Vec<PathBuf> {
    let mut opened = Vec::new();
    let began = Instant::now();
    while opened.len() < count {
        assert!(began.elapsed() < LIMIT, "only {opened:?} opened");
        harness.run_steps(1);
        opened.extend(told.recv_timeout(Duration::from_millis(5)));
    }
    opened.sort();
    opened
}

#[test]
fn enter_opens_the_workbooks_of_what_is_selected() {
    let folder = TempDir::new().expect("a temporary folder");
    let input = folder.path().canonicalize().expect("it is there").join("corpus");
    fs::create_dir(&input).expect("made");
    for n in [1, 2, 10] {
        fs::write(input.join(format!("wiki_{n}")), format!("<doc id=\"{n}\" title=\"t\">text</doc>\n"))
            .expect("written");
    }
    fs::write(input.join("broken"), "").expect("written");
    let output = input.with_file_name("corpus-xlsx");
    let inputs = vec![input];
    let settings =
        Settings { lang: Some(Lang::En), theme: Theme::Light, workers: Some(1), inputs, ..Settings::default() };
    let (tell, told) = channel();
    let mut harness = Harness::builder().with_size([1200.0, 780.0]).build_eframe(move |cc| {
        App::new(&cc.egui_ctx, settings, None, Vec::new()).opening_with(move |path| {
            tell.send(path.to_owned()).map_err(std::io::Error::other)?;
            if path.ends_with("wiki_10.xlsx") { Err(std::io::Error::other("no program")) } else { Ok(()) }
        })
    });
    wait(&mut harness, "the list", |harness| rows(harness).len() == 4);
    press(&mut harness, Modifiers::NONE, Key::End);
    press(&mut harness, Modifiers::NONE, Key::Enter); // there is no workbook yet
    press(&mut harness, Modifiers::COMMAND, Key::Enter);
    wait(&mut harness, "the end", |harness| {
        rows(harness) == ["broken, failed, empty file", "wiki_1, done", "wiki_2, done", "wiki_10, done"]
    });

    // a failed file has none to open
    press(&mut harness, Modifiers::NONE, Key::Home);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(opened(&mut harness, &told, 1), [output.join("wiki_1.xlsx")]);
    press(&mut harness, Modifiers::SHIFT, Key::ArrowDown);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(opened(&mut harness, &told, 2), [output.join("wiki_1.xlsx"), output.join("wiki_2.xlsx")]);

    // what cannot be opened is told
    press(&mut harness, Modifiers::NONE, Key::End);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    let last = output.join("wiki_10.xlsx");
    assert_eq!(opened(&mut harness, &told, 1), std::slice::from_ref(&last));
    let words = format!("{}: no program", last.display());
    wait(&mut harness, "why", |harness| harness.query_by_label_contains(&words).is_some());
    assert!(told.try_recv().is_err(), "and nothing else was opened");
}
