//! The window's states, drawn without a display, read and clicked by their accessible names.

#[path = "support/dropped.rs"]
mod dropped;

use std::path::{Path, PathBuf};
use std::time::Duration;

use dropped::drop_on;
use eframe::egui::accesskit::{Role, Toggled};
use eframe::egui::{self, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use sheetmill::engine::{
    Cause, ConvertError, EncodingName, Event, FileId, FileKind, IfExists, Note, NoteKind, Notes, Outcome, Report,
    RunError, SourceFile, Summary, WorkerId,
};
use sheetmill::session::Session;
use sheetmill::settings::{Settings, Theme};
use sheetmill::text::Lang;
use sheetmill::window::App;

/// The one way to a window under test: 1200 × 780, settings that are never saved.
fn harness(settings: Settings) -> Harness<'static, App> {
    let mut harness = Harness::builder()
        .with_size([1200.0, 780.0])
        .build_eframe(move |cc| App::new(&cc.egui_ctx, settings, None, Vec::new()));
    harness.run_steps(3);
    harness
}

fn english() -> Settings {
    Settings { lang: Some(Lang::En), theme: Theme::Light, workers: Some(2), ..Settings::default() }
}

fn korean() -> Settings {
    Settings { lang: Some(Lang::Ko), theme: Theme::Dark, workers: Some(2), ..Settings::default() }
}

/// A window on four files, of which these things have happened.
fn showing(
    settings: Settings,
    events: Vec<Event>,
    ended: Option<Result<Summary, RunError>>,
    converts: bool,
) -> Harness<'static, App> {
    let mut harness = harness(settings);
    let names = ["AA/wiki_00", "AA/wiki_01", "AA/notes.pdf", "AA/wiki_02"];
    let files = names.map(|name| SourceFile::at(Path::new("/corpus").join(name), name, 1_000_000));
    let listed = vec![Event::Found(files.to_vec()), Event::Scanned { files: 4, bytes: 4_000_000 }];
    let session = Session::replay(listed.into_iter().chain(events).collect(), ended);
    harness.state_mut().show_session(session, converts);
    harness.run_steps(3);
    harness
}

fn report(outcome: Outcome, notes: Notes) -> Report {
    let elapsed = Duration::from_millis(100);
    Report {
        outcome,
        records: 412,
        rows: 412,
        bytes_in: 1_000_000,
        bytes_out: 400_000,
        format: None,
        encoding: EncodingName::parse("UTF-8"),
        notes,
        elapsed,
    }
}

/// 0 done, 1 done with long texts, 2 failed, 3 in work.
fn events() -> Vec<Event> {
    let mut notes = Notes::default();
    for line in 1..=3 {
        notes.add(Note { kind: NoteKind::LongField, line, record: String::new(), count: 2, what: String::new() });
    }
    let converted = |n: u32| Outcome::Converted { target: format!("/out/AA/wiki_0{n}.xlsx").into() };
    let failed = ConvertError { path: "AA/notes.pdf".into(), line: None, cause: Cause::NotText(FileKind::Pdf) };
    let started = |file| Event::Started { file: FileId(file), worker: WorkerId(file % 2) };
    vec![
        started(0),
        Event::Finished { file: FileId::at(0), report: report(converted(0), Notes::default()).into() },
        started(1),
        Event::Finished { file: FileId::at(1), report: report(converted(1), notes).into() },
        started(2),
        Event::Finished {
            file: FileId::at(2),
            report: report(Outcome::Failed(failed.into()), Notes::default()).into(),
        },
        started(3),
        Event::Progress { file: FileId::at(3), bytes: 250_000, records: 61 },
    ]
}

fn finished() -> (Vec<Event>, Summary) {
    let mut events = events();
    let outcome = Outcome::Converted { target: "/out/AA/wiki_02.xlsx".into() };
    events.push(Event::Finished { file: FileId::at(3), report: report(outcome, Notes::default()).into() });
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

fn has(harness: &Harness<App>, role: Role, label: &str) -> bool {
    harness.query_by_role_and_label(role, label).is_some()
}

fn is_enabled(harness: &Harness<App>, label: &str) -> bool {
    !harness.get_by_role_and_label(Role::Button, label).accesskit_node().is_disabled()
}

#[test]
fn the_empty_window_offers_a_folder_and_the_sample() {
    let harness = harness(english());
    for label in ["Choose folder…", "Try the sample", "Settings"] {
        assert!(is_enabled(&harness, label), "{label}");
    }
    assert!(!has(&harness, Role::Button, "Start"));
}

#[test]
fn ready_lists_the_files_and_offers_start() {
    let settings = Settings { inputs: vec!["/corpus".into()], ..english() };
    let harness = showing(settings, vec![], Some(Ok(Summary { files: 4, ..Summary::default() })), false);
    assert!(is_enabled(&harness, "Start"));
    assert!(!has(&harness, Role::Button, "Stop"));
    assert!(has(&harness, Role::ComboBox, "Columns: automatic"));
    assert!(has(&harness, Role::ComboBox, "If a workbook exists: skip if up to date"));
    let rows: Vec<String> =
        harness.query_all_by_role(Role::ListItem).filter_map(|row| row.accesskit_node().label()).collect();
    assert_eq!(rows, ["AA/wiki_00, –", "AA/wiki_01, –", "AA/notes.pdf, –", "AA/wiki_02, –"]);
    let from = harness.get_by_role_and_label(Role::TextInput, "From");
    assert_eq!(from.accesskit_node().value().as_deref(), Some("/corpus"));
    let to = harness.get_by_role_and_label(Role::TextInput, "To");
    let beside = std::path::absolute("/corpus-xlsx").expect("a working folder"); // Windows adds a drive
    assert_eq!(to.accesskit_node().value(), Some(beside.display().to_string()));
}

#[test]
fn running_shows_each_state_in_words_and_pauses_and_stops() {
    let mut harness = showing(english(), events(), None, true);
    let rows: Vec<String> =
        harness.query_all_by_role(Role::ListItem).filter_map(|row| row.accesskit_node().label()).collect();
    assert_eq!(
        rows,
        [
            "AA/wiki_00, done",
            "AA/wiki_01, done, 3 long values split over columns",
            "AA/notes.pdf, failed, a PDF document, not text",
            "AA/wiki_02, running",
        ]
    );
    let bar = harness.get_by_role_and_label(Role::ProgressIndicator, "Progress");
    assert_eq!(bar.accesskit_node().numeric_value(), Some(81.25));
    let of_file = harness.query_all_by_role_and_label(Role::ProgressIndicator, "AA/wiki_02").next().expect("its bar");
    assert_eq!(of_file.accesskit_node().numeric_value(), Some(25.0));
    assert!(!is_enabled(&harness, "From Choose…"), "what a run was told cannot be changed");
    assert!(!has(&harness, Role::ComboBox, "Columns: automatic"));

    harness.get_by_role_and_label(Role::Button, "Pause").click();
    harness.run_steps(3);
    assert!(is_enabled(&harness, "Resume"));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::P);
    harness.run_steps(3);
    assert!(is_enabled(&harness, "Pause"));
    harness.get_by_role_and_label(Role::Button, "Stop").click();
    harness.run_steps(3);
    assert!(!is_enabled(&harness, "Stopping…"));
}

#[test]
fn finished_with_failures_says_so_and_offers_what_is_next() {
    let (events, summary) = finished();
    let harness = showing(english(), events, Some(Ok(summary)), true);
    for label in ["Retry failed files", "Open output folder", "Start"] {
        assert!(is_enabled(&harness, label), "{label}");
    }
    assert!(!has(&harness, Role::Button, "Stop"));
}

#[test]
fn nothing_to_retry_where_nothing_failed() {
    let harness = showing(english(), vec![], Some(Ok(Summary { files: 4, ..Summary::default() })), true);
    assert!(has(&harness, Role::Button, "Open output folder"));
    assert!(!has(&harness, Role::Button, "Retry failed files"));
}

#[test]
fn korean_throughout() {
    let (events, summary) = finished();
    let mut harness = showing(korean(), events, Some(Ok(summary)), true);
    for label in ["변환 시작", "실패한 파일 다시 시도", "저장 폴더 열기", "설정", "원본 폴더 선택…", "저장 폴더 선택…"]
    {
        assert!(is_enabled(&harness, label), "{label}");
    }
    let rows: Vec<String> =
        harness.query_all_by_role(Role::ListItem).filter_map(|row| row.accesskit_node().label()).collect();
    assert_eq!(rows[1], "AA/wiki_01, 완료, 긴 값 3개를 여러 열에 나눠 담음");
    assert_eq!(rows[2], "AA/notes.pdf, 실패, PDF 문서(텍스트 아님)");
    assert!(has(&harness, Role::ComboBox, "이미 있는 통합 문서: 최신이면 건너뛰기"));
    // and back to English without a restart
    harness.get_by_role_and_label(Role::Button, "설정").click();
    harness.run_steps(3);
    harness.get_by_label("English").click();
    harness.run_steps(3);
    assert!(is_enabled(&harness, "Start"));
    assert_eq!(harness.state().settings().lang, Some(Lang::En));
}

#[test]
fn a_refused_run_says_why() {
    let there = RunError::AlreadyThere { count: 2, first: "/out/a.xlsx".into() };
    let harness = showing(english(), vec![], Some(Err(there)), true);
    assert!(is_enabled(&harness, "Start"), "after another choice it can be tried again");
    assert!(!has(&harness, Role::Button, "Open output folder"));
}

#[cfg(not(windows))]
const SHORT: &str = "~/말뭉치/AA/notes.pdf, line 7: a PDF document, not text.";

/// Whatever the window says of a path, it says in the same short way.
#[cfg(not(windows))] // where nobody writes ~
#[test]
fn the_home_folder_is_short_wherever_a_path_is_told() {
    let home = directories::BaseDirs::new().expect("a home").home_dir().to_owned();
    let path = home.join("말뭉치/AA/notes.pdf");
    let failed = ConvertError { path: path.clone(), line: Some(7), cause: Cause::NotText(FileKind::Pdf) };
    let failed = Event::Finished {
        file: FileId::at(2),
        report: report(Outcome::Failed(failed.into()), Notes::default()).into(),
    };
    let settings = Settings { inputs: vec![home.join("말뭉치")], ..english() };
    let mut harness = showing(
        settings,
        vec![Event::Started { file: FileId::at(2), worker: WorkerId(0) }, failed],
        Some(Ok(Summary { failed: 1, ..Summary::default() })),
        true,
    );
    harness.query_all_by_role(Role::ListItem).nth(2).expect("the failed file").click();
    harness.run_steps(3);
    harness.get_by_role_and_label(Role::Tab, "Details").click();
    harness.run_steps(3);
    let told = |harness: &Harness<App>| {
        let says = |node: &egui_kittest::kittest::AccessKitNode<'_>| {
            [node.value(), node.label()].into_iter().flatten().any(|words| words.starts_with(SHORT))
        };
        harness.query_all_by(says).count()
    };
    let before = told(&harness);
    assert!(before > 0, "the details");
    harness.query_all_by_role(Role::ListItem).nth(2).expect("the failed file").hover();
    harness.run_steps(60); // it takes a moment to be told
    assert!(told(&harness) > before, "the words at the pointer");
    let whole = path.display().to_string();
    let long = |harness: &Harness<App>| {
        harness
            .root()
            .children_recursive()
            .filter_map(|node| {
                [node.accesskit_node().label(), node.accesskit_node().value()].into_iter().flatten().next()
            })
            .find(|words| words.contains(&whole))
    };
    assert_eq!(long(&harness), None);

    let there = RunError::AlreadyThere { count: 1, first: path };
    let settings = Settings { inputs: vec![home.join("말뭉치")], ..english() };
    let harness = showing(settings, vec![], Some(Err(there)), true);
    assert_eq!(long(&harness), None);
}

#[test]
fn choices_are_kept_in_the_settings() {
    let mut harness = showing(english(), vec![], Some(Ok(Summary { files: 4, ..Summary::default() })), false);
    harness.get_by_role_and_label(Role::ComboBox, "If a workbook exists: skip if up to date").click();
    harness.run_steps(3);
    harness.get_by_label("keep both").click();
    harness.run_steps(3);
    assert_eq!(harness.state().settings().choices.if_exists, IfExists::KeepBoth);
}

#[test]
fn dropped_folders_become_the_input_and_are_added_during_a_run() {
    let mut idle = harness(english());
    let dropped = ["/dropped/one", "/dropped/two"].map(Path::new);
    drop_on(&mut idle, &dropped);
    assert_eq!(idle.state().settings().inputs, ["/dropped/one", "/dropped/two"].map(PathBuf::from));
    let settings = Settings { inputs: vec!["/corpus".into()], ..english() };
    let mut running = showing(settings, events(), None, true);
    drop_on(&mut running, &dropped);
    assert_eq!(running.state().settings().inputs, [PathBuf::from("/corpus")]);
    assert_eq!(running.state().settings().added, ["/dropped/one", "/dropped/two"].map(PathBuf::from));
}

#[test]
fn a_pasted_path_becomes_the_input_and_prose_does_not() {
    let mut harness = harness(english());
    let paste = |harness: &mut Harness<App>, text: &str| {
        harness.input_mut().events.push(egui::Event::Paste(text.into()));
        harness.run_steps(3);
    };
    paste(&mut harness, "not a path");
    assert_eq!(harness.state().settings().inputs, Vec::<PathBuf>::new());
    let path = if cfg!(windows) { "D:\\말뭉치\\위키 백과" } else { "/말뭉치/위키 백과" };
    paste(&mut harness, &format!("\"{path}\"\n"));
    assert_eq!(harness.state().settings().inputs, [PathBuf::from(path)]);
}

#[test]
fn the_keyboard_moves_through_the_list() {
    let mut harness = showing(english(), events(), None, true);
    let selected = |harness: &Harness<App>| -> Vec<String> {
        let rows = harness.query_all_by_role(Role::ListItem);
        rows.filter(|row| row.accesskit_node().toggled() == Some(Toggled::True))
            .filter_map(|row| row.accesskit_node().label())
            .collect()
    };
    assert_eq!(selected(&harness), Vec::<String>::new());
    for (key, want) in [
        (Key::ArrowDown, "AA/wiki_00, done"),
        (Key::End, "AA/wiki_02, running"),
        (Key::ArrowUp, "AA/notes.pdf, failed, a PDF document, not text"),
    ] {
        harness.key_press(key);
        harness.run_steps(3);
        assert_eq!(selected(&harness), [want], "{key:?}");
    }
}

/// Only the rows in sight are built, however many there are.
#[test]
fn a_hundred_thousand_files_cost_no_more_rows_than_are_in_sight() {
    let mut harness = harness(english());
    let files = (0..100_000).map(|n| SourceFile::at(Path::new(&format!("/c/{n}")), n.to_string(), 1));
    let session = Session::replay(vec![Event::Found(files.collect())], Some(Ok(Summary::default())));
    harness.state_mut().show_session(session, false);
    harness.run_steps(3);
    let rows = |harness: &Harness<App>| harness.query_all_by_role(Role::ListItem).count();
    assert!((15..40).contains(&rows(&harness)), "{}", rows(&harness));
    harness.key_press(Key::End);
    harness.run_steps(3);
    assert!(harness.query_by_label("99999, –").is_some());
    assert!((15..40).contains(&rows(&harness)), "{}", rows(&harness));
}
