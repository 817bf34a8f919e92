//! Seeing the workers: the lanes above the list, and the run's figures, graph and timeline, read and
//! used by their accessible names.

use std::path::Path;
use std::time::{Duration, Instant};

use eframe::egui::Key;
use eframe::egui::accesskit::{Role, Toggled};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use sheetmill::engine::{
    Cause, ConvertError, EncodingName, Event, FileId, FileKind, Notes, Outcome, Report, SourceFile, Summary, WorkerId,
};
use sheetmill::session::Session;
use sheetmill::settings::{Settings, Theme};
use sheetmill::text::Lang;
use sheetmill::window::App;

const MS: Duration = Duration::from_millis(1);

fn window(settings: Settings) -> Harness<'static, App> {
    let mut harness = Harness::builder()
        .with_size([1200.0, 780.0])
        .build_eframe(move |cc| App::new(&cc.egui_ctx, settings, None, Vec::new()));
    harness.run_steps(3);
    harness
}

fn settings(lang: Lang, workers: usize) -> Settings {
    Settings { lang: Some(lang), theme: Theme::Light, workers: Some(workers), ..Settings::default() }
}

fn found(files: usize) -> Event {
    let file = |n| {
        let name = format!("AA/wiki_{n:02}");
        SourceFile::at(Path::new("/corpus").join(&name), name, 2_000_000)
    };
    Event::Found((0..files).map(file).collect())
}

fn finished(file: usize, outcome: Outcome) -> Event {
    let report = Report {
        outcome,
        records: 100,
        rows: 100,
        bytes_in: 2_000_000,
        bytes_out: 700_000,
        format: None,
        encoding: EncodingName::parse("UTF-8"),
        notes: Notes::default(),
        elapsed: 100 * MS,
    };
    Event::Finished { file: FileId::at(file), report: Box::new(report) }
}

fn converted(file: usize) -> Event {
    finished(file, Outcome::Converted { target: format!("/out/{file}.xlsx").into() })
}

/// Two workers: the first makes 0 and 1, and fails at 3; the second has 2 all the time.
fn events() -> Vec<(Duration, Event)> {
    let started = |file, worker| Event::Started { file: FileId(file), worker: WorkerId(worker) };
    let failed = ConvertError { path: "AA/wiki_03".into(), line: None, cause: Cause::NotText(FileKind::Pdf) };
    vec![
        (Duration::ZERO, found(5)),
        (Duration::ZERO, Event::Scanned { files: 5, bytes: 10_000_000 }),
        (Duration::ZERO, started(0, 0)),
        (Duration::ZERO, started(2, 1)),
        (400 * MS, converted(0)),
        (400 * MS, started(1, 0)),
        (1000 * MS, converted(1)),
        (1000 * MS, started(3, 0)),
        (1500 * MS, finished(3, Outcome::Failed(failed.into()))),
        (2000 * MS, Event::Progress { file: FileId::at(2), bytes: 1_000_000, records: 61 }),
    ]
}

fn ended() -> Vec<(Duration, Event)> {
    let mut events = events();
    events.push((2000 * MS, converted(2)));
    events.push((2000 * MS, Event::Started { file: FileId::at(4), worker: WorkerId(1) }));
    events.push((4000 * MS, converted(4)));
    events
}

fn labels(harness: &Harness<App>, role: Role) -> Vec<String> {
    harness.query_all_by_role(role).filter_map(|node| node.accesskit_node().label()).collect()
}

fn click(harness: &mut Harness<App>, role: Role, label: &str) {
    harness.get_by_role_and_label(role, label).click();
    harness.run_steps(3);
}

#[test]
fn each_worker_has_a_lane_and_their_number_can_be_changed_during_the_run() {
    let mut harness = window(settings(Lang::En, 2));
    harness.state_mut().show_session(Session::replay_timed(events(), None), true);
    harness.run_steps(3);
    let bars = labels(&harness, Role::ProgressIndicator);
    assert!(bars.contains(&"AA/wiki_02".to_owned()), "{bars:?}");
    click(&mut harness, Role::Button, "More workers");
    assert_eq!(harness.state().settings().workers, Some(3));
    assert!(harness.query_by_label("Workers: 3").is_some());
    click(&mut harness, Role::Button, "Fewer workers");
    click(&mut harness, Role::Button, "Fewer workers");
    assert_eq!(harness.state().settings().workers, Some(1));
    assert!(harness.get_by_role_and_label(Role::Button, "Fewer workers").accesskit_node().is_disabled());
}

#[test]
fn after_the_run_its_figures_graph_and_lanes_are_told_in_words() {
    let mut harness = window(settings(Lang::En, 2));
    let summary = Summary { files: 5, converted: 4, failed: 1, ..Summary::default() };
    harness.state_mut().show_session(Session::replay_timed(ended(), Some(Ok(summary))), true);
    harness.run_steps(3);
    click(&mut harness, Role::Tab, "Run");
    for words in [
        "Time: 4.0 s",
        "Files: 5 / 5",
        "Records: 400",
        "Source → workbooks: 8.0 MB → 2.8 MB",
        "Average speed: 2.0 MB/s",
    ] {
        assert!(harness.query_by_role_and_label(Role::Label, words).is_some(), "{words}");
    }
    let graph = labels(&harness, Role::Image);
    assert_eq!(graph.len(), 1);
    assert!(graph[0].starts_with("Speed over 4.0 s: 2.0 MB/s on average, "), "{graph:?}");
    let buttons = labels(&harness, Role::Button);
    for words in ["Worker 1: 3 files, busy 38% of the time", "Worker 2: 2 files, busy 100% of the time"] {
        assert!(buttons.contains(&words.to_owned()), "{words}: {buttons:?}");
    }
}

#[test]
fn the_keyboard_goes_through_a_lane_and_selects_the_file() {
    let mut harness = window(settings(Lang::Ko, 2));
    let summary = Summary { files: 5, converted: 4, failed: 1, ..Summary::default() };
    harness.state_mut().show_session(Session::replay_timed(ended(), Some(Ok(summary))), true);
    harness.run_steps(3);
    click(&mut harness, Role::Tab, "작업 현황");
    let lane = "작업자 1: 파일 3개, 전체 시간의 38% 동안 작업";
    let told = |harness: &Harness<App>| harness.get_by_role_and_label(Role::Button, lane).accesskit_node().value();
    harness.get_by_role_and_label(Role::Button, lane).focus();
    harness.run_steps(3);
    assert_eq!(told(&harness).as_deref(), Some("AA/wiki_03 · 1.0초에 시작, 0.5초 걸림 · 실패 1개"));
    harness.key_press(Key::ArrowLeft);
    harness.run_steps(3);
    assert_eq!(told(&harness).as_deref(), Some("AA/wiki_01 · 0.4초에 시작, 0.6초 걸림"));
    harness.key_press(Key::Enter);
    harness.run_steps(3);
    let selected = harness.query_all_by_role(Role::ListItem).find(|row| {
        let node = row.accesskit_node();
        node.toggled() == Some(Toggled::True) || node.is_selected() == Some(true)
    });
    let selected = selected.and_then(|row| row.accesskit_node().label()).unwrap_or_default();
    assert!(selected.starts_with("AA/wiki_01"), "{selected:?}");
}

#[test]
fn a_pause_takes_no_time_and_is_told() {
    let mut harness = window(settings(Lang::En, 2));
    harness.state_mut().show_session(Session::replay_timed(events(), None), true);
    harness.run_steps(3);
    click(&mut harness, Role::Button, "Pause");
    std::thread::sleep(120 * MS);
    click(&mut harness, Role::Tab, "Run");
    let time =
        |harness: &Harness<App>| labels(harness, Role::Label).into_iter().find(|label| label.starts_with("Time: "));
    let before = time(&harness);
    std::thread::sleep(200 * MS);
    harness.run_steps(3);
    assert_eq!(time(&harness), before);
    click(&mut harness, Role::Button, "Resume");
    let graph = labels(&harness, Role::Image);
    assert!(graph[0].contains(", paused for 0."), "{graph:?}");
}

#[test]
fn before_a_run_its_place_says_so() {
    let mut harness = window(settings(Lang::En, 2));
    let listed = vec![found(5), Event::Scanned { files: 5, bytes: 10_000_000 }];
    harness.state_mut().show_session(Session::replay(listed, Some(Ok(Summary::default()))), false);
    harness.run_steps(3);
    click(&mut harness, Role::Tab, "Run");
    assert!(harness.query_by_label("Start a run to see its speed and its workers here.").is_some());
    assert!(labels(&harness, Role::Image).is_empty());
}

/// Sixty-four workers and 64,000 files: what a frame with the run costs beside one with the details.
#[test]
fn a_long_run_of_many_workers_is_cheap_to_draw() {
    let workers = 64;
    let files = 1000 * workers;
    let mut events = vec![(Duration::ZERO, found(files))];
    for file in 0..files {
        let at = (file / workers) as u32 * 50 * MS;
        events.push((at, Event::Started { file: FileId::at(file), worker: WorkerId((file % workers) as u32) }));
        events.push((at + 45 * MS, converted(file)));
    }
    let mut harness = window(settings(Lang::En, 4));
    harness.state_mut().show_session(Session::replay_timed(events, Some(Ok(Summary::default()))), true);
    harness.run_steps(3);
    let mut cost = |tab: &str| {
        click(&mut harness, Role::Tab, tab);
        let frame = |_| {
            let began = Instant::now();
            harness.run_steps(1);
            began.elapsed()
        };
        (0..20).map(frame).min().unwrap_or_default() // the quietest one: others use the machine, too
    };
    let (details, run) = (cost("Details"), cost("Run"));
    eprintln!("{workers} workers, {files} files: details {details:?} a frame, run {run:?}");
    assert!(run < details + 30 * MS, "details {details:?}, run {run:?}"); // unoptimised, all names asked for
}
