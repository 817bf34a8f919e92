//! The window's states, drawn without a display, read and clicked by their accessible names.

mod support;

use std::path::{Path, PathBuf};
use std::time::Duration;

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use sheetmill::engine::{
    Cause, Event, FileKind, IfExists, NoteKind, Notes, Outcome, Report, RunError, SourceFile, Summary,
};
use sheetmill::session::Session;
use sheetmill::settings::{Settings, Theme};
use sheetmill::text::Lang;

use support::window::script::{self, complete, converted, failed, finished as ends, listed, note, progress, started};
use support::window::{Window, settings};

fn english() -> Settings {
    settings(Lang::En, 2)
}

fn korean() -> Settings {
    Settings { theme: Theme::Dark, ..settings(Lang::Ko, 2) }
}

/// A window on four files, of which these things have happened.
fn showing(settings: Settings, events: Vec<Event>, ended: Option<Result<Summary, RunError>>, converts: bool) -> Window {
    let mut window = Window::open(settings);
    let names = ["AA/wiki_00", "AA/wiki_01", "AA/notes.pdf", "AA/wiki_02"];
    let listed = listed("/corpus", names.map(|name| (name, 1_000_000)));
    window.show(Session::replay(listed.into_iter().chain(events).collect(), ended), converts);
    window
}

fn report(outcome: Outcome, notes: Notes) -> Report {
    Report { records: 412, rows: 412, notes, ..script::report(outcome) }
}

/// 0 done, 1 done with long texts, 2 failed, 3 in work.
fn events() -> Vec<Event> {
    let mut notes = Notes::default();
    for line in 1..=3 {
        notes.add(note(NoteKind::LongField, line, "", 2));
    }
    let converted = |n: u32| converted(format!("/out/AA/wiki_0{n}.xlsx"));
    let failed = failed("AA/notes.pdf", None, Cause::NotText(FileKind::Pdf));
    let started = |file: u32| started(file as usize, file % 2);
    vec![
        started(0),
        ends(0, report(converted(0), Notes::default())),
        started(1),
        ends(1, report(converted(1), notes)),
        started(2),
        ends(2, report(failed, Notes::default())),
        started(3),
        progress(3, 250_000, 61),
    ]
}

fn finished() -> (Vec<Event>, Summary) {
    let mut events = events();
    events.push(ends(3, report(converted("/out/AA/wiki_02.xlsx"), Notes::default())));
    let summary = Summary {
        files: 4,
        converted: 3,
        failed: 1,
        records: 1236,
        rows: 1236,
        elapsed: Duration::from_millis(18_400),
        ..Summary::default()
    };
    (events, summary)
}

#[test]
fn empty_window_offers_a_folder_and_the_sample() {
    let window = Window::open(english());
    for label in ["Choose folder…", "Try the sample", "Settings"] {
        assert!(window.is_enabled(label), "{label}");
    }
    assert!(!window.has(Role::Button, "Start"));
}

#[test]
fn ready_window_lists_the_files_and_offers_start() {
    let settings = Settings { inputs: vec!["/corpus".into()], ..english() };
    let window = showing(settings, vec![], Some(Ok(Summary { files: 4, ..Summary::default() })), false);
    assert!(window.is_enabled("Start"));
    assert!(!window.has(Role::Button, "Stop"));
    assert!(window.has(Role::ComboBox, "Columns: automatic"));
    assert!(window.has(Role::ComboBox, "If a workbook exists: skip if up to date"));
    let rows = window.files();
    assert_eq!(rows, ["AA/wiki_00, –", "AA/wiki_01, –", "AA/notes.pdf, –", "AA/wiki_02, –"]);
    assert_eq!(window.value("From"), "/corpus");
    let beside = std::path::absolute("/corpus-xlsx").expect("a working folder"); // Windows adds a drive
    assert_eq!(window.value("To"), beside.display().to_string());
}

#[test]
fn running_window_shows_each_state_in_words_and_pauses_and_stops() {
    let mut window = showing(english(), events(), None, true);
    let rows = window.files();
    assert_eq!(
        rows,
        [
            "AA/wiki_00, done",
            "AA/wiki_01, done, 3 long values split over columns",
            "AA/notes.pdf, failed, a PDF document, not text",
            "AA/wiki_02, running",
        ]
    );
    let bar = window.get_by_role_and_label(Role::ProgressIndicator, "Progress");
    assert_eq!(bar.accesskit_node().numeric_value(), Some(81.25));
    let of_file = window.query_all_by_role_and_label(Role::ProgressIndicator, "AA/wiki_02").next().expect("its bar");
    assert_eq!(of_file.accesskit_node().numeric_value(), Some(25.0));
    assert!(!window.is_enabled("From Choose…"), "what a run was told cannot be changed");
    assert!(!window.has(Role::ComboBox, "Columns: automatic"));

    window.click(Role::Button, "Pause");
    assert!(window.is_enabled("Resume"));
    window.press(Modifiers::COMMAND, Key::P);
    assert!(window.is_enabled("Pause"));
    window.click(Role::Button, "Stop");
    assert!(!window.is_enabled("Stopping…"));
}

#[test]
fn finished_window_with_failures_offers_what_is_next() {
    let (events, summary) = finished();
    let window = showing(english(), events, Some(Ok(summary)), true);
    for label in ["Retry failed files", "Open output folder", "Start"] {
        assert!(window.is_enabled(label), "{label}");
    }
    assert!(!window.has(Role::Button, "Stop"));
}

#[test]
fn retry_is_not_offered_where_nothing_failed() {
    let window = showing(english(), vec![], Some(Ok(Summary { files: 4, ..Summary::default() })), true);
    assert!(window.has(Role::Button, "Open output folder"));
    assert!(!window.has(Role::Button, "Retry failed files"));
}

#[test]
fn window_is_korean_throughout_and_english_without_a_restart() {
    let (events, summary) = finished();
    let mut window = showing(korean(), events, Some(Ok(summary)), true);
    for label in ["변환 시작", "실패한 파일 다시 시도", "저장 폴더 열기", "설정", "원본 폴더 선택…", "저장 폴더 선택…"]
    {
        assert!(window.is_enabled(label), "{label}");
    }
    let rows = window.files();
    assert_eq!(rows[1], "AA/wiki_01, 완료, 긴 값 3개를 여러 열에 나눠 담음");
    assert_eq!(rows[2], "AA/notes.pdf, 실패, PDF 문서(텍스트 아님)");
    assert!(window.has(Role::ComboBox, "이미 있는 통합 문서: 최신이면 건너뛰기"));
    // and back to English without a restart
    window.click(Role::Button, "설정");
    window.choose("English");
    assert!(window.is_enabled("Start"));
    assert_eq!(window.settings().lang, Some(Lang::En));
}

#[test]
fn refused_run_can_be_tried_again_and_has_no_folder_to_open() {
    let there = RunError::AlreadyThere { count: 2, first: "/out/a.xlsx".into() };
    let window = showing(english(), vec![], Some(Err(there)), true);
    assert!(window.is_enabled("Start"), "after another choice it can be tried again");
    assert!(!window.has(Role::Button, "Open output folder"));
}

#[cfg(not(windows))]
const SHORT: &str = "~/말뭉치/AA/notes.pdf, line 7: a PDF document, not text.";

/// Whatever the window says of a path, it says in the same short way.
#[cfg(not(windows))] // where nobody writes ~
#[test]
fn home_folder_is_short_wherever_a_path_is_told() {
    let home = directories::BaseDirs::new().expect("a home").home_dir().to_owned();
    let path = home.join("말뭉치/AA/notes.pdf");
    let failed = ends(2, report(failed(&path, Some(7), Cause::NotText(FileKind::Pdf)), Notes::default()));
    let settings = Settings { inputs: vec![home.join("말뭉치")], ..english() };
    let mut window =
        showing(settings, vec![started(2, 0), failed], Some(Ok(Summary { failed: 1, ..Summary::default() })), true);
    window.query_all_by_role(Role::ListItem).nth(2).expect("the failed file").click();
    window.run_steps(3);
    window.click(Role::Tab, "Details");
    let told = |window: &Window| {
        let says = |node: &egui_kittest::kittest::AccessKitNode<'_>| {
            [node.value(), node.label()].into_iter().flatten().any(|words| words.starts_with(SHORT))
        };
        window.query_all_by(says).count()
    };
    let before = told(&window);
    assert!(before > 0, "the details");
    window.query_all_by_role(Role::ListItem).nth(2).expect("the failed file").hover();
    window.run_steps(60); // it takes a moment to be told
    assert!(told(&window) > before, "the words at the pointer");
    let whole = path.display().to_string();
    let long = |window: &Window| {
        window
            .root()
            .children_recursive()
            .filter_map(|node| {
                [node.accesskit_node().label(), node.accesskit_node().value()].into_iter().flatten().next()
            })
            .find(|words| words.contains(&whole))
    };
    assert_eq!(long(&window), None);

    let there = RunError::AlreadyThere { count: 1, first: path };
    let settings = Settings { inputs: vec![home.join("말뭉치")], ..english() };
    let window = showing(settings, vec![], Some(Err(there)), true);
    assert_eq!(long(&window), None);
}

#[test]
fn choices_are_kept_in_the_settings() {
    let mut window = showing(english(), vec![], Some(Ok(Summary { files: 4, ..Summary::default() })), false);
    window.click(Role::ComboBox, "If a workbook exists: skip if up to date");
    window.choose("keep both");
    assert_eq!(window.settings().choices.if_exists, IfExists::KeepBoth);
}

#[test]
fn dropped_folders_become_the_input_and_are_added_during_a_run() {
    let mut idle = Window::open(english());
    let dropped = ["/dropped/one", "/dropped/two"].map(Path::new);
    idle.drop_files(&dropped);
    assert_eq!(idle.settings().inputs, ["/dropped/one", "/dropped/two"].map(PathBuf::from));
    let settings = Settings { inputs: vec!["/corpus".into()], ..english() };
    let mut running = showing(settings, events(), None, true);
    running.drop_files(&dropped);
    assert_eq!(running.settings().inputs, [PathBuf::from("/corpus")]);
    assert_eq!(running.settings().added, ["/dropped/one", "/dropped/two"].map(PathBuf::from));
}

#[test]
fn pasted_path_becomes_the_input_and_prose_does_not() {
    let mut window = Window::open(english());
    window.paste("not a path");
    assert_eq!(window.settings().inputs, Vec::<PathBuf>::new());
    let path = if cfg!(windows) { "D:\\말뭉치\\위키 백과" } else { "/말뭉치/위키 백과" };
    window.paste(format!("\"{path}\"\n"));
    assert_eq!(window.settings().inputs, [PathBuf::from(path)]);
}

#[test]
fn keyboard_moves_through_the_list() {
    let mut window = showing(english(), events(), None, true);
    assert_eq!(window.selected(), Vec::<String>::new());
    for (key, want) in [
        (Key::ArrowDown, "AA/wiki_00, done"),
        (Key::End, "AA/wiki_02, running"),
        (Key::ArrowUp, "AA/notes.pdf, failed, a PDF document, not text"),
    ] {
        window.key(key);
        assert_eq!(window.selected(), [want], "{key:?}");
    }
}

/// Only the rows in sight are built, however many there are.
#[test]
fn list_of_100000_files_builds_no_more_rows_than_are_in_sight() {
    let mut window = Window::open(english());
    let files = (0..100_000).map(|n| SourceFile::at(Path::new(&format!("/c/{n}")), n.to_string(), 1));
    window.show(Session::replay(complete(files.collect()), Some(Ok(Summary::default()))), false);
    let rows = |window: &Window| window.files().len();
    assert!((15..40).contains(&rows(&window)), "{}", rows(&window));
    window.key(Key::End);
    assert!(window.says("99999, –"));
    assert!((15..40).contains(&rows(&window)), "{}", rows(&window));
}
