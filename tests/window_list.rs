//! The list of files: filtered, sought, sorted, selected; what can be done with what is selected, and
//! what can be taken back. Read and clicked by accessible names, without a display.

#[path = "support/dropped.rs"]
mod dropped;

use std::fs;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

use dropped::drop_on;
use eframe::egui::accesskit::{Role, Toggled};
use eframe::egui::{Key, Modifiers, OutputCommand};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use sheetmill::engine::{
    Cause, ConvertError, Event, FileId, FileKind, Note, NoteKind, Notes, Outcome, Report, RunError, SourceFile,
    Summary, WorkerId,
};
use sheetmill::session::Session;
use sheetmill::settings::{Settings, Theme};
use sheetmill::text::Lang;
use sheetmill::window::App;
use tempfile::TempDir;

const LIMIT: Duration = Duration::from_secs(30);

fn english() -> Settings {
    Settings { lang: Some(Lang::En), theme: Theme::Light, workers: Some(1), ..Settings::default() }
}

fn window(settings: Settings, size: [f32; 2]) -> Harness<'static, App> {
    let mut harness =
        Harness::builder().with_size(size).build_eframe(move |cc| App::new(&cc.egui_ctx, settings, None, Vec::new()));
    harness.run_steps(3);
    harness
}

const NAMES: [&str; 6] = ["AA/wiki_10", "AA/wiki_9", "AA/notes.pdf", "AB/한글", "AB/wiki_1", "AB/wiki_2"];

fn found() -> Vec<Event> {
    let sizes = [500, 400, 300, 200, 100, 600];
    let file = |(name, bytes): (&str, u64)| SourceFile::at(Path::new("/corpus").join(name), name, bytes);
    let files: Vec<SourceFile> = NAMES.into_iter().zip(sizes).map(file).collect();
    vec![Event::Found(files), Event::Scanned { files: 6, bytes: 2100 }]
}

fn finished(file: usize, outcome: Outcome, records: u64, notes: Notes) -> Vec<Event> {
    let report = Report {
        outcome,
        records,
        rows: records,
        bytes_in: 1,
        bytes_out: 1,
        format: None,
        encoding: None,
        notes,
        elapsed: Duration::from_millis(10 * (1 + records)),
    };
    vec![
        Event::Started { file: FileId::at(file), worker: WorkerId(0) },
        Event::Finished { file: FileId::at(file), report: Box::new(report) },
    ]
}

/// 0 done with 9 records and a note, 1 done with 10, 2 failed, 3 in work, 4 and 5 wait.
fn events() -> Vec<Event> {
    let mut notes = Notes::default();
    notes.add(Note { kind: NoteKind::LongField, line: 1, record: String::new(), count: 2, what: String::new() });
    let made = || Outcome::Converted { target: "/out/x.xlsx".into() };
    let failed = ConvertError { path: NAMES[2].into(), line: None, cause: Cause::NotText(FileKind::Pdf) };
    let mut events = found();
    events.extend(finished(0, made(), 9, notes));
    events.extend(finished(1, made(), 10, Notes::default()));
    events.extend(finished(2, Outcome::Failed(failed.into()), 0, Notes::default()));
    events.extend([
        Event::Started { file: FileId::at(3), worker: WorkerId(0) },
        Event::Progress { file: FileId::at(3), bytes: 50, records: 3 },
    ]);
    events
}

fn showing(events: Vec<Event>, ended: Option<Result<Summary, RunError>>, converts: bool) -> Harness<'static, App> {
    let settings = Settings { inputs: vec!["/nowhere/corpus".into()], ..english() };
    let mut harness = window(settings, [1200.0, 780.0]);
    harness.state_mut().show_session(Session::replay(events, ended), converts);
    harness.run_steps(3);
    harness
}

fn running() -> Harness<'static, App> {
    showing(events(), None, true)
}

fn done() -> Harness<'static, App> {
    let mut events = events();
    for file in 3..6 {
        let started = usize::from(file == 3); // it began before
        let made = Outcome::Converted { target: "/out/y.xlsx".into() };
        events.extend(finished(file, made, 1, Notes::default()).into_iter().skip(started));
    }
    showing(events, Some(Ok(Summary { files: 6, converted: 5, failed: 1, ..Summary::default() })), true)
}

fn ready() -> Harness<'static, App> {
    showing(found(), Some(Ok(Summary { files: 6, ..Summary::default() })), false)
}

/// The files that are shown, by name.
fn rows(harness: &Harness<App>) -> Vec<String> {
    let labels = harness.query_all_by_role(Role::ListItem).filter_map(|row| row.accesskit_node().label());
    labels.map(|label| label.split(", ").next().unwrap_or_default().to_owned()).collect()
}

fn selected(harness: &Harness<App>) -> Vec<String> {
    let rows = harness.query_all_by_role(Role::ListItem);
    rows.filter(|row| row.accesskit_node().toggled() == Some(Toggled::True))
        .filter_map(|row| row.accesskit_node().label())
        .map(|label| label.split(", ").next().unwrap_or_default().to_owned())
        .collect()
}

fn chips(harness: &Harness<App>) -> Vec<String> {
    harness.query_all_by_role(Role::RadioButton).filter_map(|chip| chip.accesskit_node().label()).collect()
}

fn click(harness: &mut Harness<App>, role: Role, label: &str) {
    harness.get_by_role_and_label(role, label).click();
    harness.run_steps(3);
}

fn press(harness: &mut Harness<App>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run_steps(3);
}

fn has(harness: &Harness<App>, role: Role, label: &str) -> bool {
    harness.query_by_role_and_label(role, label).is_some()
}

fn row<'h>(harness: &'h Harness<App>, name: &str) -> egui_kittest::Node<'h> {
    let starts = format!("{name}, ");
    harness.get_by(move |node| {
        node.role() == Role::ListItem && node.label().is_some_and(|label| label.starts_with(&starts))
    })
}

#[test]
fn chips_count_the_states_that_occur_and_show_one_of_them() {
    let mut harness = running();
    assert_eq!(chips(&harness), ["All 6", "Running 1", "Waiting 2", "Done 2", "Notes 1", "Failed 1"]);
    click(&mut harness, Role::RadioButton, "Done 2");
    assert_eq!(rows(&harness), ["AA/wiki_10", "AA/wiki_9"]);
    click(&mut harness, Role::RadioButton, "Failed 1");
    assert_eq!(rows(&harness), ["AA/notes.pdf"]);
    click(&mut harness, Role::RadioButton, "Notes 1");
    assert_eq!(rows(&harness), ["AA/wiki_10"]);
    click(&mut harness, Role::RadioButton, "Notes 1");
    assert_eq!(rows(&harness), NAMES, "a second click shows all again");
    assert_eq!(chips(&ready()), ["All 6"], "before a run there is nothing to tell apart");
}

#[test]
fn chips_that_find_no_room_stand_in_a_menu() {
    let mut harness = window(Settings { inputs: vec!["/nowhere".into()], ..english() }, [880.0, 600.0]);
    harness.state_mut().show_session(Session::replay(events(), None), true);
    harness.run_steps(3);
    assert!(chips(&harness).len() < 6, "{:?}", chips(&harness));
    click(&mut harness, Role::Button, "More states");
    harness.get_by_label("Failed 1").click();
    harness.run_steps(3);
    assert_eq!(rows(&harness), ["AA/notes.pdf"]);
}

#[test]
fn names_and_problems_are_sought() {
    let mut harness = running();
    press(&mut harness, Modifiers::COMMAND, Key::F);
    let field = harness.get_by_role_and_label(Role::TextInput, "Search files");
    assert!(field.accesskit_node().is_focused());
    field.type_text("WIKI_1");
    harness.run_steps(3);
    assert_eq!(rows(&harness), ["AA/wiki_10", "AB/wiki_1"]);
    // Escape empties the field, then leaves it
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert_eq!(rows(&harness).len(), 6);
    let is_focused = |harness: &Harness<App>| {
        harness.get_by_role_and_label(Role::TextInput, "Search files").accesskit_node().is_focused()
    };
    assert!(is_focused(&harness));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(!is_focused(&harness));

    press(&mut harness, Modifiers::COMMAND, Key::F);
    // as macOS stores it
    let decomposed = "\u{1112}\u{1161}\u{11ab}";
    harness.get_by_role_and_label(Role::TextInput, "Search files").type_text(decomposed);
    harness.run_steps(3);
    assert_eq!(rows(&harness), ["AB/한글"]);
    click(&mut harness, Role::Button, "Clear the search");
    press(&mut harness, Modifiers::COMMAND, Key::F);
    harness.get_by_role_and_label(Role::TextInput, "Search files").type_text("pdf document");
    harness.run_steps(3);
    assert_eq!(rows(&harness), ["AA/notes.pdf"], "by its problem");
    harness.get_by_role_and_label(Role::TextInput, "Search files").type_text("!");
    harness.run_steps(3);
    assert_eq!(rows(&harness), Vec::<String>::new());
    assert!(has(&harness, Role::Label, "No file matches."));
    click(&mut harness, Role::Button, "Show all");
    assert_eq!(rows(&harness), NAMES);
}

#[test]
fn heads_sort_upwards_downwards_and_not_at_all() {
    let mut harness = running();
    click(&mut harness, Role::ColumnHeader, "File");
    let by_name = ["AA/notes.pdf", "AA/wiki_9", "AA/wiki_10", "AB/wiki_1", "AB/wiki_2", "AB/한글"];
    assert_eq!(rows(&harness), by_name, "9 comes before 10");
    click(&mut harness, Role::ColumnHeader, "File, ascending");
    assert_eq!(rows(&harness), by_name.iter().rev().copied().collect::<Vec<_>>());
    click(&mut harness, Role::ColumnHeader, "File, descending");
    assert_eq!(rows(&harness), NAMES);
    click(&mut harness, Role::ColumnHeader, "Size");
    assert_eq!(rows(&harness)[0], "AB/wiki_1");
    click(&mut harness, Role::ColumnHeader, "Records");
    click(&mut harness, Role::ColumnHeader, "Records, ascending");
    assert_eq!(rows(&harness)[..3], ["AA/wiki_9", "AA/wiki_10", "AB/한글"]);
    click(&mut harness, Role::ColumnHeader, "Result");
    assert_eq!(rows(&harness)[..2], ["AA/notes.pdf", "AA/wiki_10"], "what matters comes first");
    click(&mut harness, Role::ColumnHeader, "Progress");
    assert_eq!(rows(&harness)[0], "AB/한글", "what is in work");
}

#[test]
fn rows_are_selected_by_clicks() {
    let mut harness = running();
    let click_with = |harness: &mut Harness<App>, name: &str, modifiers: Modifiers| {
        row(harness, name).click_modifiers(modifiers);
        harness.run_steps(3);
    };
    click_with(&mut harness, "AA/wiki_9", Modifiers::NONE);
    assert_eq!(selected(&harness), ["AA/wiki_9"]);
    click_with(&mut harness, "AB/wiki_1", Modifiers::SHIFT);
    assert_eq!(selected(&harness), ["AA/wiki_9", "AA/notes.pdf", "AB/한글", "AB/wiki_1"]);
    click_with(&mut harness, "AA/notes.pdf", Modifiers::COMMAND);
    assert_eq!(selected(&harness), ["AA/wiki_9", "AB/한글", "AB/wiki_1"]);
    click_with(&mut harness, "AA/wiki_10", Modifiers::SHIFT);
    assert_eq!(selected(&harness), ["AA/wiki_10", "AA/wiki_9", "AA/notes.pdf"], "from the one clicked last");
    click_with(&mut harness, "AB/wiki_2", Modifiers::NONE);
    assert_eq!(selected(&harness), ["AB/wiki_2"]);
}

#[test]
fn rows_are_selected_by_keys() {
    let mut harness = running();
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    press(&mut harness, Modifiers::SHIFT, Key::ArrowDown);
    press(&mut harness, Modifiers::SHIFT, Key::ArrowDown);
    assert_eq!(selected(&harness), ["AA/wiki_10", "AA/wiki_9", "AA/notes.pdf"]);
    press(&mut harness, Modifiers::SHIFT, Key::ArrowUp);
    assert_eq!(selected(&harness), ["AA/wiki_10", "AA/wiki_9"]);
    press(&mut harness, Modifiers::SHIFT, Key::End);
    assert_eq!(selected(&harness), NAMES);
    press(&mut harness, Modifiers::NONE, Key::Space);
    assert_eq!(selected(&harness), NAMES[..5], "the one that the keyboard stands on");
    press(&mut harness, Modifiers::NONE, Key::Space);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert_eq!(selected(&harness), Vec::<String>::new());
    press(&mut harness, Modifiers::COMMAND, Key::A);
    assert_eq!(selected(&harness), NAMES);
    // of what is shown alone
    press(&mut harness, Modifiers::NONE, Key::Escape);
    click(&mut harness, Role::RadioButton, "Done 2");
    press(&mut harness, Modifiers::COMMAND, Key::A);
    assert_eq!(selected(&harness), ["AA/wiki_10", "AA/wiki_9"]);
}

#[test]
fn after_a_run_removed_files_are_merely_not_shown() {
    let mut harness = done();
    press(&mut harness, Modifiers::NONE, Key::Home);
    press(&mut harness, Modifiers::SHIFT, Key::ArrowDown);
    press(&mut harness, Modifiers::NONE, Key::Delete);
    assert_eq!(rows(&harness), NAMES[2..]);
    assert_eq!(selected(&harness), ["AA/notes.pdf"], "the keyboard goes on with the next one");
    assert_eq!(chips(&harness), ["All 4", "Done 3", "Failed 1"]);
    assert!(has(&harness, Role::Label, "2 files removed from the list"));
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(rows(&harness), NAMES);
    assert!(!has(&harness, Role::Label, "2 files removed from the list"));
}

#[test]
fn before_a_run_removed_files_will_not_be_converted_until_they_are_wanted_back() {
    let mut harness = ready();
    row(&harness, "AB/wiki_1").click();
    harness.run_steps(3);
    press(&mut harness, Modifiers::NONE, Key::Delete);
    row(&harness, "AA/wiki_9").click();
    harness.run_steps(3);
    press(&mut harness, Modifiers::NONE, Key::Delete);
    assert_eq!(rows(&harness), ["AA/wiki_10", "AA/notes.pdf", "AB/한글", "AB/wiki_2"]);
    click(&mut harness, Role::Button, "Undo: 1 file removed from the list");
    assert_eq!(rows(&harness), ["AA/wiki_10", "AA/wiki_9", "AA/notes.pdf", "AB/한글", "AB/wiki_2"]);
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(rows(&harness), NAMES);
}

/// A line of the menu; their labels end with a key.
fn is_disabled(harness: &Harness<App>, label: &str) -> bool {
    let entry = harness.get_by(|node| {
        let label_of = node.label().unwrap_or_default();
        node.role() == Role::Button && label_of.starts_with(label) && label_of != "Retry failed files"
    });
    entry.accesskit_node().is_disabled()
}

#[test]
fn nothing_is_tried_again_in_a_run_that_is_stopping() {
    let mut harness = running();
    click(&mut harness, Role::Button, "Stop");
    row(&harness, "AA/notes.pdf").click_secondary();
    harness.run_steps(3);
    assert!(is_disabled(&harness, "Retry") && !is_disabled(&harness, "Copy problem"));
}

#[test]
fn the_menu_is_about_all_that_are_selected() {
    let mut harness = done();
    press(&mut harness, Modifiers::COMMAND, Key::A);
    row(&harness, "AA/wiki_9").click_secondary();
    harness.run_steps(3);
    assert_eq!(selected(&harness).len(), 6);
    harness.get_by_label_contains("Copy paths").click();
    harness.step();
    let copied = harness.output().platform_output.commands.iter().find_map(|command| match command {
        OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    harness.run_steps(3);
    let copied = copied.unwrap_or_default();
    assert_eq!(copied.lines().count(), 6, "{copied:?}");
    assert_eq!(copied.lines().next().map(Path::new), Some(Path::new("/corpus/AA/wiki_10")));
    // a click beside the selection is about that row alone
    press(&mut harness, Modifiers::NONE, Key::Escape);
    row(&harness, "AA/notes.pdf").click_secondary();
    harness.run_steps(3);
    assert_eq!(selected(&harness), ["AA/notes.pdf"]);
    assert!(is_disabled(&harness, "Open workbook") && !is_disabled(&harness, "Retry"));
    assert!(!is_disabled(&harness, "Copy problem") && !is_disabled(&harness, "Show in folder"));
    harness.get_by_label_contains("Remove from the list").click();
    harness.run_steps(3);
    assert_eq!(rows(&harness).len(), 5);
}

fn corpus(folder: &Path, files: usize, repeat: usize) {
    fs::create_dir_all(folder).expect("made");
    for n in 0..files {
        let text = format!("<doc id=\"{n}\" title=\"t\">{}</doc>\n", "some words of text ".repeat(1500));
        fs::write(folder.join(format!("wiki_{n}")), text.repeat(repeat)).expect("written");
    }
}

fn wait(harness: &mut Harness<App>, what: &str, is: impl Fn(&Harness<App>) -> bool) {
    let began = Instant::now();
    while !is(harness) {
        assert!(began.elapsed() < LIMIT, "{what} did not come: {:?}", chips(harness));
        sleep(Duration::from_millis(5));
        harness.run_steps(1);
    }
}

fn temporary() -> (TempDir, PathBuf) {
    let folder = TempDir::new().expect("a temporary folder");
    let path = folder.path().canonicalize().expect("it is there");
    (folder, path)
}

#[test]
fn a_drop_replaces_and_may_add_instead_and_all_of_it_can_be_taken_back() {
    let (_folder, home) = temporary();
    corpus(&home.join("one"), 3, 1);
    corpus(&home.join("two"), 2, 1);
    let mut harness = window(Settings { inputs: vec![home.join("one")], ..english() }, [1200.0, 780.0]);
    wait(&mut harness, "the list", |harness| rows(harness).len() == 3);
    drop_on(&mut harness, &[&home.join("two")]);
    wait(&mut harness, "the other list", |harness| rows(harness).len() == 2);
    assert_eq!(harness.state().settings().inputs, [home.join("two")]);
    assert!(has(&harness, Role::Label, "Source changed"));
    click(&mut harness, Role::Button, "Add instead: Source changed");
    wait(&mut harness, "both", |harness| rows(harness).len() == 5);
    assert_eq!(Path::new(&rows(&harness)[3]), Path::new("two/wiki_0"), "the first ones stand where they were");
    let inputs = |harness: &Harness<App>| {
        let settings = harness.state().settings();
        (settings.inputs.clone(), settings.added.clone())
    };
    assert_eq!(inputs(&harness), (vec![home.join("one")], vec![home.join("two")]));
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    wait(&mut harness, "the first list", |harness| rows(harness).len() == 3);
    assert_eq!(inputs(&harness), (vec![home.join("one")], vec![]));
}

/// What replaced it may have been more than one: all of it is added.
#[test]
fn several_dropped_at_once_may_all_be_added_instead() {
    let (_home, home) = temporary();
    for name in ["one", "two", "three"] {
        corpus(&home.join(name), 1, 1);
    }
    let mut harness = window(Settings { inputs: vec![home.join("one")], ..english() }, [1200.0, 780.0]);
    wait(&mut harness, "the list", |harness| rows(harness).len() == 1);
    drop_on(&mut harness, &[&home.join("two"), &home.join("three")]);
    wait(&mut harness, "the other list", |harness| rows(harness).len() == 2);
    click(&mut harness, Role::Button, "Add instead: Source changed");
    wait(&mut harness, "all of them", |harness| rows(harness).len() == 3);
    assert_eq!(harness.state().settings().added, [home.join("two"), home.join("three")]);
    assert!(has(&harness, Role::Label, "2 added to the source"));
}

#[test]
fn a_drop_during_a_run_is_converted_as_well() {
    let (_folder, home) = temporary();
    corpus(&home.join("one"), 6, 60);
    corpus(&home.join("two"), 2, 1);
    let mut harness = window(Settings { inputs: vec![home.join("one")], ..english() }, [1200.0, 780.0]);
    wait(&mut harness, "the list", |harness| rows(harness).len() == 6);
    press(&mut harness, Modifiers::COMMAND, Key::Enter);
    wait(&mut harness, "a run", |harness| has(harness, Role::Button, "Pause"));
    click(&mut harness, Role::Button, "Pause");
    drop_on(&mut harness, &[&home.join("two")]);
    assert_eq!(harness.state().settings().added, [home.join("two")]);
    // leave out one that waits, by its menu, and another by the keyboard; want that one back
    wait(&mut harness, "files that wait", |harness| chips(harness).iter().any(|chip| chip.starts_with("Waiting")));
    row(&harness, "wiki_5").click_secondary();
    harness.run_steps(3);
    harness.get_by_label_contains("Skip").click();
    harness.run_steps(3);
    assert!(has(&harness, Role::ListItem, "wiki_5, skipped"));
    row(&harness, "wiki_4").click();
    harness.run_steps(3);
    press(&mut harness, Modifiers::NONE, Key::Delete);
    assert!(has(&harness, Role::ListItem, "wiki_4, skipped"));
    assert!(has(&harness, Role::Label, "1 file will be skipped"));
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert!(has(&harness, Role::ListItem, "wiki_4, waiting"));
    click(&mut harness, Role::Button, "Resume");
    wait(&mut harness, "the end", |harness| has(harness, Role::Button, "Open output folder"));
    wait(&mut harness, "all rows", |harness| rows(harness).len() == 8);
    assert_eq!(chips(&harness), ["All 8", "Done 7", "Skipped 1"]);
    let out = home.join("one-xlsx");
    assert!(out.join("two/wiki_1.xlsx").is_file() && out.join("wiki_4.xlsx").is_file());
    assert!(!out.join("wiki_5.xlsx").exists());
    // started again, the same inputs give the same names: all is up to date but the one left out
    press(&mut harness, Modifiers::COMMAND, Key::Enter);
    wait(&mut harness, "the second end", |harness| {
        chips(harness).iter().any(|chip| chip == "Up to date 7") && has(harness, Role::Button, "Open output folder")
    });
    assert!(out.join("wiki_5.xlsx").is_file());
}

#[test]
fn what_was_removed_before_the_start_is_not_converted() {
    let (_folder, home) = temporary();
    corpus(&home.join("in"), 4, 1);
    let mut harness = window(Settings { inputs: vec![home.join("in")], ..english() }, [1200.0, 780.0]);
    wait(&mut harness, "the list", |harness| rows(harness).len() == 4);
    row(&harness, "wiki_2").click();
    harness.run_steps(3);
    press(&mut harness, Modifiers::NONE, Key::Delete);
    press(&mut harness, Modifiers::COMMAND, Key::Enter);
    wait(&mut harness, "the end", |harness| has(harness, Role::Button, "Open output folder"));
    let mut made: Vec<String> = fs::read_dir(home.join("in-xlsx"))
        .expect("made")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    made.sort();
    assert_eq!(made, ["wiki_0.xlsx", "wiki_1.xlsx", "wiki_3.xlsx"]);
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    press(&mut harness, Modifiers::COMMAND, Key::Enter);
    wait(&mut harness, "the fourth", |_| home.join("in-xlsx/wiki_2.xlsx").is_file());
}
