//! The whole story by the keyboard alone: from the window with its list to the workbooks.

mod support;

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use sheetmill::engine::IfExists;
use sheetmill::settings::Settings;
use sheetmill::text::Lang;
use sheetmill::window::App;

use support::folder::Folder;
use support::records::doc_of;
use support::window::{Window, settings};
use support::workbooks::cells;
use support::{LIMIT, wait_every};

/// Three files in their natural order, and one before them that is empty.
fn corpus(home: &Folder) -> PathBuf {
    for n in [1, 2, 10] {
        home.put(&format!("corpus/wiki_{n}"), format!("<doc id=\"{n}\" title=\"title {n}\">text {n}</doc>\n"));
    }
    home.put("corpus/broken", "");
    home.path("corpus")
}

#[test]
fn keyboard_leads_from_a_pasted_path_to_finished_workbooks() {
    let home = Folder::new();
    let input = corpus(&home);
    let mut window = Window::open(settings(Lang::En, 1));

    // what: the path is pasted
    window.paste(input.display().to_string());
    window.wait_for_files(4);
    assert_eq!(window.files(), ["broken, –", "wiki_1, –", "wiki_2, –", "wiki_10, –"]);

    // how: Tab leads to the choices; workbooks shall be made anew, whatever is there
    window.tab_to("If a workbook exists: skip if up to date");
    window.key(Key::Enter);
    window.tab_to("overwrite");
    window.key(Key::Enter);
    assert_eq!(window.settings().choices.if_exists, IfExists::Overwrite);
    assert!(!window.says("keep both"), "the menu has closed");
    // a wrong choice is taken back, and chosen again by nobody
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.settings().choices.if_exists, IfExists::Skip);

    // the list: one file is sought and removed
    window.press(Modifiers::COMMAND, Key::F);
    window.typed("WIKI_2");
    assert_eq!(window.files(), ["wiki_2, –"]);
    window.key(Key::Escape);
    window.key(Key::Escape);
    window.key(Key::Home);
    window.key(Key::ArrowDown);
    window.key(Key::ArrowDown);
    assert_eq!(window.selected(), ["wiki_2, –"]);
    window.key(Key::Delete);
    assert_eq!(window.files(), ["broken, –", "wiki_1, –", "wiki_10, –"]);
    assert_eq!(window.selected(), ["wiki_10, –"]);

    // go
    window.press(Modifiers::COMMAND, Key::Enter);
    let is_done = |window: &Window| window.has(Role::Button, "Open output folder");
    window.wait("the end", is_done);
    assert_eq!(window.files(), ["broken, failed, empty file", "wiki_1, done", "wiki_10, done"]);
    let out = home.path("corpus-xlsx");
    assert_eq!(cells(&out.join("wiki_10.xlsx")), [["id", "title", "text"], ["10", "title 10", "text 10"]]);
    assert!(!out.join("wiki_2.xlsx").exists());

    // all are selected, then those that were made; the failed one is hidden, and shown again
    window.press(Modifiers::COMMAND, Key::A);
    assert_eq!(window.selected().len(), 3);
    window.key(Key::Escape);
    assert_eq!(window.selected(), Vec::<String>::new());
    window.key(Key::Home);
    window.key(Key::Delete);
    assert_eq!(window.files().len(), 2);
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.files().len(), 3);

    // the file is mended, and the run started again: the rest is up to date
    home.put("corpus/broken", doc_of(7, "whole"));
    window.press(Modifiers::COMMAND, Key::Enter);
    window.wait("the second end", |window| {
        is_done(window) && window.files() == ["broken, done", "wiki_1, up to date", "wiki_10, up to date"]
    });
    assert_eq!(cells(&out.join("broken.xlsx"))[1], ["7", "t", "whole"]);
}

/// The next that were opened, in any order.
fn opened(window: &mut Window, told: &Receiver<PathBuf>, count: usize) -> Vec<PathBuf> {
    let mut opened = Vec::new();
    let all = wait_every(Duration::from_millis(5), LIMIT, || {
        window.run_steps(1);
        opened.extend(told.try_iter());
        (opened.len() >= count).then_some(())
    });
    assert!(all.is_some(), "only {opened:?} opened");
    opened.sort();
    opened
}

#[test]
fn enter_opens_the_workbooks_of_what_is_selected() {
    let home = Folder::new();
    let input = corpus(&home);
    let output = home.path("corpus-xlsx");
    let settings = Settings { inputs: vec![input], ..settings(Lang::En, 1) };
    let (tell, told) = channel();
    let mut window = Window::made(move |context| {
        App::new(context, settings, None, Vec::new()).opening_with(move |path| {
            tell.send(path.to_owned()).map_err(std::io::Error::other)?;
            if path.ends_with("wiki_10.xlsx") { Err(std::io::Error::other("no program")) } else { Ok(()) }
        })
    });
    window.wait_for_files(4);
    window.key(Key::End);
    window.key(Key::Enter); // there is no workbook yet
    window.press(Modifiers::COMMAND, Key::Enter);
    window.wait("the end", |window| {
        window.files() == ["broken, failed, empty file", "wiki_1, done", "wiki_2, done", "wiki_10, done"]
    });

    // a failed file has none to open
    window.key(Key::Home);
    window.key(Key::Enter);
    window.key(Key::ArrowDown);
    window.key(Key::Enter);
    assert_eq!(opened(&mut window, &told, 1), [output.join("wiki_1.xlsx")]);
    window.press(Modifiers::SHIFT, Key::ArrowDown);
    window.key(Key::Enter);
    assert_eq!(opened(&mut window, &told, 2), [output.join("wiki_1.xlsx"), output.join("wiki_2.xlsx")]);

    // what cannot be opened is told
    window.key(Key::End);
    window.key(Key::Enter);
    let last = output.join("wiki_10.xlsx");
    assert_eq!(opened(&mut window, &told, 1), std::slice::from_ref(&last));
    let words = format!("{}: no program", last.display());
    window.wait("why", |window| window.query_by_label_contains(&words).is_some());
    assert!(told.try_recv().is_err(), "and nothing else was opened");
}
