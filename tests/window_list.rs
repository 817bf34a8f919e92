//! The list of files: filtered, sought, sorted, selected; what can be done with what is selected, and
//! what can be taken back. Read and clicked by accessible names, without a display.

mod support;

use std::path::{Path, PathBuf};

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers, OutputCommand};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use sheetmill::engine::{Cause, Event, FileKind, NoteKind, Notes, Outcome, Report, RunError, Summary};
use sheetmill::session::Session;
use sheetmill::settings::Settings;
use sheetmill::text::Lang;

use support::folder::Folder;
use support::records::doc_of;
use support::window::script::{self, MS, converted, failed, listed, note, progress, report, started};
use support::window::{WIDE, Window, settings};
use support::workbooks;

const NAMES: [&str; 6] = ["AA/wiki_10", "AA/wiki_9", "AA/notes.pdf", "AB/한글", "AB/wiki_1", "AB/wiki_2"];

fn found() -> Vec<Event> {
    listed("/corpus", NAMES.into_iter().zip([500, 400, 300, 200, 100, 600]))
}

/// A file from its beginning to its end.
fn finished(file: usize, outcome: Outcome, records: u64, notes: Notes) -> Vec<Event> {
    let elapsed = 10 * MS * (1 + records) as u32;
    let report = Report { records, rows: records, notes, elapsed, ..report(outcome) };
    vec![started(file, 0), script::finished(file, report)]
}

/// 0 done with 9 records and a note, 1 done with 10, 2 failed, 3 in work, 4 and 5 wait.
fn events() -> Vec<Event> {
    let mut notes = Notes::default();
    notes.add(note(NoteKind::LongField, 1, "", 2));
    let made = || converted("/out/x.xlsx");
    let failed = failed(NAMES[2], None, Cause::NotText(FileKind::Pdf));
    let mut events = found();
    events.extend(finished(0, made(), 9, notes));
    events.extend(finished(1, made(), 10, Notes::default()));
    events.extend(finished(2, failed, 0, Notes::default()));
    events.extend([started(3, 0), progress(3, 50, 3)]);
    events
}

/// A window in which these things have happened.
fn showing(events: Vec<Event>, ended: Option<Result<Summary, RunError>>, converts: bool, size: [f32; 2]) -> Window {
    let mut window = Window::sized(Settings { inputs: vec!["/nowhere/corpus".into()], ..settings(Lang::En, 1) }, size);
    window.show(Session::replay(events, ended), converts);
    window
}

/// A window on real files, listed.
fn on(input: PathBuf, files: usize) -> Window {
    let mut window = Window::open(Settings { inputs: vec![input], ..settings(Lang::En, 1) });
    window.wait_for_files(files);
    window
}

fn running() -> Window {
    showing(events(), None, true, WIDE)
}

fn done() -> Window {
    let mut events = events();
    for file in 3..6 {
        let started = usize::from(file == 3); // it began before
        events.extend(finished(file, converted("/out/y.xlsx"), 1, Notes::default()).into_iter().skip(started));
    }
    showing(events, Some(Ok(Summary { files: 6, converted: 5, failed: 1, ..Summary::default() })), true, WIDE)
}

fn ready() -> Window {
    showing(found(), Some(Ok(Summary { files: 6, ..Summary::default() })), false, WIDE)
}

#[test]
fn chips_count_the_states_that_occur_and_show_one_of_them() {
    let mut window = running();
    assert_eq!(window.chips(), ["All 6", "Running 1", "Waiting 2", "Done 2", "Notes 1", "Failed 1"]);
    window.click(Role::RadioButton, "Done 2");
    assert_eq!(window.names(), ["AA/wiki_10", "AA/wiki_9"]);
    window.click(Role::RadioButton, "Failed 1");
    assert_eq!(window.names(), ["AA/notes.pdf"]);
    window.click(Role::RadioButton, "Notes 1");
    assert_eq!(window.names(), ["AA/wiki_10"]);
    window.click(Role::RadioButton, "Notes 1");
    assert_eq!(window.names(), NAMES, "a second click shows all again");
    assert_eq!(ready().chips(), ["All 6"], "before a run there is nothing to tell apart");
}

#[test]
fn chips_that_find_no_room_stand_in_a_menu() {
    let mut window = showing(events(), None, true, [880.0, 600.0]);
    assert!(window.chips().len() < 6, "{:?}", window.chips());
    window.click(Role::Button, "More states");
    window.choose("Failed 1");
    assert_eq!(window.names(), ["AA/notes.pdf"]);
}

#[test]
fn search_finds_names_and_problems() {
    let mut window = running();
    window.press(Modifiers::COMMAND, Key::F);
    assert_eq!(window.focused(), "Search files");
    window.append("Search files", "WIKI_1");
    assert_eq!(window.names(), ["AA/wiki_10", "AB/wiki_1"]);
    // Escape empties the field, then leaves it
    window.key(Key::Escape);
    assert_eq!(window.names().len(), 6);
    assert_eq!(window.focused(), "Search files");
    window.key(Key::Escape);
    assert_ne!(window.focused(), "Search files");

    window.press(Modifiers::COMMAND, Key::F);
    // as macOS stores it
    let decomposed = "\u{1112}\u{1161}\u{11ab}";
    window.typed(decomposed);
    assert_eq!(window.names(), ["AB/한글"]);
    window.click(Role::Button, "Clear the search");
    window.press(Modifiers::COMMAND, Key::F);
    window.typed("pdf document");
    assert_eq!(window.names(), ["AA/notes.pdf"], "by its problem");
    window.typed("!");
    assert_eq!(window.names(), Vec::<String>::new());
    assert!(window.has(Role::Label, "No file matches."));
    window.click(Role::Button, "Show all");
    assert_eq!(window.names(), NAMES);
}

#[test]
fn heads_sort_upwards_downwards_and_not_at_all() {
    let mut window = running();
    window.click(Role::ColumnHeader, "File");
    let by_name = ["AA/notes.pdf", "AA/wiki_9", "AA/wiki_10", "AB/wiki_1", "AB/wiki_2", "AB/한글"];
    assert_eq!(window.names(), by_name, "9 comes before 10");
    window.click(Role::ColumnHeader, "File, ascending");
    assert_eq!(window.names(), by_name.iter().rev().copied().collect::<Vec<_>>());
    window.click(Role::ColumnHeader, "File, descending");
    assert_eq!(window.names(), NAMES);
    window.click(Role::ColumnHeader, "Size");
    assert_eq!(window.names()[0], "AB/wiki_1");
    window.click(Role::ColumnHeader, "Records");
    window.click(Role::ColumnHeader, "Records, ascending");
    assert_eq!(window.names()[..3], ["AA/wiki_9", "AA/wiki_10", "AB/한글"]);
    window.click(Role::ColumnHeader, "Result");
    assert_eq!(window.names()[..2], ["AA/notes.pdf", "AA/wiki_10"], "what matters comes first");
    window.click(Role::ColumnHeader, "Progress");
    assert_eq!(window.names()[0], "AB/한글", "what is in work");
}

#[test]
fn rows_are_selected_by_clicks() {
    let mut window = running();
    window.click_file("AA/wiki_9", Modifiers::NONE);
    assert_eq!(window.selected_names(), ["AA/wiki_9"]);
    window.click_file("AB/wiki_1", Modifiers::SHIFT);
    assert_eq!(window.selected_names(), ["AA/wiki_9", "AA/notes.pdf", "AB/한글", "AB/wiki_1"]);
    window.click_file("AA/notes.pdf", Modifiers::COMMAND);
    assert_eq!(window.selected_names(), ["AA/wiki_9", "AB/한글", "AB/wiki_1"]);
    window.click_file("AA/wiki_10", Modifiers::SHIFT);
    assert_eq!(window.selected_names(), ["AA/wiki_10", "AA/wiki_9", "AA/notes.pdf"], "from the one clicked last");
    window.click_file("AB/wiki_2", Modifiers::NONE);
    assert_eq!(window.selected_names(), ["AB/wiki_2"]);
}

#[test]
fn rows_are_selected_by_keys() {
    let mut window = running();
    window.key(Key::ArrowDown);
    window.press(Modifiers::SHIFT, Key::ArrowDown);
    window.press(Modifiers::SHIFT, Key::ArrowDown);
    assert_eq!(window.selected_names(), ["AA/wiki_10", "AA/wiki_9", "AA/notes.pdf"]);
    window.press(Modifiers::SHIFT, Key::ArrowUp);
    assert_eq!(window.selected_names(), ["AA/wiki_10", "AA/wiki_9"]);
    window.press(Modifiers::SHIFT, Key::End);
    assert_eq!(window.selected_names(), NAMES);
    window.key(Key::Space);
    assert_eq!(window.selected_names(), NAMES[..5], "the one that the keyboard stands on");
    window.key(Key::Space);
    window.key(Key::Escape);
    assert_eq!(window.selected_names(), Vec::<String>::new());
    window.press(Modifiers::COMMAND, Key::A);
    assert_eq!(window.selected_names(), NAMES);
    // of what is shown alone
    window.key(Key::Escape);
    window.click(Role::RadioButton, "Done 2");
    window.press(Modifiers::COMMAND, Key::A);
    assert_eq!(window.selected_names(), ["AA/wiki_10", "AA/wiki_9"]);
}

#[test]
fn removed_files_are_merely_not_shown_after_a_run() {
    let mut window = done();
    window.key(Key::Home);
    window.press(Modifiers::SHIFT, Key::ArrowDown);
    window.key(Key::Delete);
    assert_eq!(window.names(), NAMES[2..]);
    assert_eq!(window.selected_names(), ["AA/notes.pdf"], "the keyboard goes on with the next one");
    assert_eq!(window.chips(), ["All 4", "Done 3", "Failed 1"]);
    assert!(window.has(Role::Label, "2 files removed from the list"));
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.names(), NAMES);
    assert!(!window.has(Role::Label, "2 files removed from the list"));
}

#[test]
fn removed_files_come_back_one_step_at_a_time_before_a_run() {
    let mut window = ready();
    window.click_file("AB/wiki_1", Modifiers::NONE);
    window.key(Key::Delete);
    window.click_file("AA/wiki_9", Modifiers::NONE);
    window.key(Key::Delete);
    assert_eq!(window.names(), ["AA/wiki_10", "AA/notes.pdf", "AB/한글", "AB/wiki_2"]);
    window.click(Role::Button, "Undo: 1 file removed from the list");
    assert_eq!(window.names(), ["AA/wiki_10", "AA/wiki_9", "AA/notes.pdf", "AB/한글", "AB/wiki_2"]);
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.names(), NAMES);
}

/// A line of the menu; their labels end with a key.
fn is_disabled(window: &Window, label: &str) -> bool {
    let entry = window.get_by(|node| {
        let label_of = node.label().unwrap_or_default();
        node.role() == Role::Button && label_of.starts_with(label) && label_of != "Retry failed files"
    });
    entry.accesskit_node().is_disabled()
}

#[test]
fn retry_is_not_offered_in_a_run_that_is_stopping() {
    let mut window = running();
    window.click(Role::Button, "Stop");
    window.open_menu("AA/notes.pdf");
    assert!(is_disabled(&window, "Retry") && !is_disabled(&window, "Copy problem"));
}

#[test]
fn menu_is_about_all_files_that_are_selected() {
    let mut window = done();
    window.press(Modifiers::COMMAND, Key::A);
    window.open_menu("AA/wiki_9");
    assert_eq!(window.selected_names().len(), 6);
    window.get_by_label_contains("Copy paths").click();
    window.step();
    let copied = window.output().platform_output.commands.iter().find_map(|command| match command {
        OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    window.settle();
    let copied = copied.unwrap_or_default();
    assert_eq!(copied.lines().count(), 6, "{copied:?}");
    assert_eq!(copied.lines().next().map(Path::new), Some(Path::new("/corpus/AA/wiki_10")));
    // a click beside the selection is about that row alone
    window.key(Key::Escape);
    window.open_menu("AA/notes.pdf");
    assert_eq!(window.selected_names(), ["AA/notes.pdf"]);
    assert!(is_disabled(&window, "Open workbook") && !is_disabled(&window, "Retry"));
    assert!(!is_disabled(&window, "Copy problem") && !is_disabled(&window, "Show in folder"));
    window.choose_containing("Remove from the list");
    assert_eq!(window.names().len(), 5);
}

/// So many files of some 30 kB, each so often over.
fn corpus(home: &Folder, name: &str, files: usize, repeat: usize) -> PathBuf {
    for n in 0..files {
        let text = doc_of(n, &"some words of text ".repeat(1500)).repeat(repeat);
        home.put(&format!("{name}/wiki_{n}"), text);
    }
    home.path(name)
}

#[test]
fn drop_replaces_and_may_add_instead_and_can_be_taken_back() {
    let home = Folder::new();
    let (one, two) = (corpus(&home, "one", 3, 1), corpus(&home, "two", 2, 1));
    let mut window = on(one.clone(), 3);
    window.drop_files(&[&two]);
    window.wait_for_files(2);
    assert_eq!(window.settings().inputs, std::slice::from_ref(&two));
    assert!(window.has(Role::Label, "Source changed"));
    window.click(Role::Button, "Add instead: Source changed");
    window.wait_for_files(5);
    assert_eq!(Path::new(&window.names()[3]), Path::new("two/wiki_0"), "the first ones stand where they were");
    let inputs = |window: &Window| {
        let settings = window.settings();
        (settings.inputs.clone(), settings.added.clone())
    };
    assert_eq!(inputs(&window), (vec![one.clone()], vec![two]));
    window.press(Modifiers::COMMAND, Key::Z);
    window.wait_for_files(3);
    assert_eq!(inputs(&window), (vec![one], vec![]));
}

/// What replaced it may have been more than one: all of it is added.
#[test]
fn folders_dropped_at_once_may_all_be_added_instead() {
    let home = Folder::new();
    let [one, two, three] = ["one", "two", "three"].map(|name| corpus(&home, name, 1, 1));
    let mut window = on(one.clone(), 1);
    window.drop_files(&[&two, &three]);
    window.wait_for_files(2);
    window.click(Role::Button, "Add instead: Source changed");
    window.wait_for_files(3);
    assert_eq!(window.settings().added, [two, three]);
    assert!(window.has(Role::Label, "2 added to the source"));
}

#[test]
fn drop_during_a_run_is_converted_as_well() {
    let home = Folder::new();
    let (one, two) = (corpus(&home, "one", 6, 60), corpus(&home, "two", 2, 1));
    let mut window = on(one.clone(), 6);
    window.press(Modifiers::COMMAND, Key::Enter);
    window.wait("a run", |window| window.has(Role::Button, "Pause"));
    window.click(Role::Button, "Pause");
    window.drop_files(&[&two]);
    assert_eq!(window.settings().added, [two]);
    // leave out one that waits, by its menu, and another by the keyboard; want that one back
    window.wait("files that wait", |window| window.chips().iter().any(|chip| chip.starts_with("Waiting")));
    window.open_menu("wiki_5");
    window.choose_containing("Skip");
    assert!(window.has(Role::ListItem, "wiki_5, skipped"));
    window.click_file("wiki_4", Modifiers::NONE);
    window.key(Key::Delete);
    assert!(window.has(Role::ListItem, "wiki_4, skipped"));
    assert!(window.has(Role::Label, "1 file will be skipped"));
    window.press(Modifiers::COMMAND, Key::Z);
    assert!(window.has(Role::ListItem, "wiki_4, waiting"));
    window.click(Role::Button, "Resume");
    window.wait_for_end();
    window.wait_for_files(8);
    assert_eq!(window.chips(), ["All 8", "Done 7", "Skipped 1"]);
    let out = home.path("one-xlsx");
    assert!(out.join("two/wiki_1.xlsx").is_file() && out.join("wiki_4.xlsx").is_file());
    assert!(!out.join("wiki_5.xlsx").exists());
    // started again, the same inputs give the same names: all is up to date but the one left out
    window.press(Modifiers::COMMAND, Key::Enter);
    window.wait("the second end", |window| {
        window.chips().iter().any(|chip| chip == "Up to date 7") && window.has(Role::Button, "Open output folder")
    });
    assert!(out.join("wiki_5.xlsx").is_file());
}

#[test]
fn files_removed_before_the_start_are_not_converted() {
    let home = Folder::new();
    let mut window = on(corpus(&home, "in", 4, 1), 4);
    window.click_file("wiki_2", Modifiers::NONE);
    window.key(Key::Delete);
    window.press(Modifiers::COMMAND, Key::Enter);
    window.wait_for_end();
    let made = workbooks::names(&home.path("in-xlsx"));
    assert_eq!(made, ["wiki_0.xlsx", "wiki_1.xlsx", "wiki_3.xlsx"]);
    window.press(Modifiers::COMMAND, Key::Z);
    window.press(Modifiers::COMMAND, Key::Enter);
    window.wait("the fourth", |_| home.path("in-xlsx/wiki_2.xlsx").is_file());
}
