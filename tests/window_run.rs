//! Seeing the workers: the lanes above the list, and the run's figures, graph and timeline, read and
//! used by their accessible names.

mod support;

use std::time::Duration;

use eframe::egui::Key;
use eframe::egui::accesskit::{Role, Toggled};
use eframe::egui::epaint::{ClippedPrimitive, Primitive};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use sheetmill::engine::{Cause, Event, FileKind, Report, Summary};
use sheetmill::session::Session;
use sheetmill::text::Lang;

use support::window::script::{self, MS, failed, listed, long_run, progress, started};
use support::window::{Window, settings};

/// Files of two megabytes.
fn found(files: usize) -> Vec<Event> {
    listed("/corpus", (0..files).map(|n| (format!("AA/wiki_{n:02}"), 2_000_000)))
}

fn finished(file: usize, report: Report) -> Event {
    script::finished(file, Report { bytes_in: 2_000_000, bytes_out: 700_000, ..report })
}

fn converted(file: usize) -> Event {
    finished(file, script::report(script::converted(format!("/out/{file}.xlsx"))))
}

/// Two workers: the first makes 0 and 1, and fails at 3; the second has 2 all the time.
fn events() -> Vec<(Duration, Event)> {
    let failed = failed("AA/wiki_03", None, Cause::NotText(FileKind::Pdf));
    let listed = found(5).into_iter().map(|event| (Duration::ZERO, event));
    let then = vec![
        (Duration::ZERO, started(0, 0)),
        (Duration::ZERO, started(2, 1)),
        (400 * MS, converted(0)),
        (400 * MS, started(1, 0)),
        (1000 * MS, converted(1)),
        (1000 * MS, started(3, 0)),
        (1500 * MS, finished(3, script::report(failed))),
        (2000 * MS, progress(2, 1_000_000, 61)),
    ];
    listed.chain(then).collect()
}

fn ended() -> Vec<(Duration, Event)> {
    let mut events = events();
    events.push((2000 * MS, converted(2)));
    events.push((2000 * MS, started(4, 1)));
    events.push((4000 * MS, converted(4)));
    events
}

/// The window after [`ended`].
fn done(lang: Lang) -> Window {
    let mut window = Window::open(settings(lang, 2));
    let summary = Summary { files: 5, converted: 4, failed: 1, ..Summary::default() };
    window.show(Session::replay_timed(ended(), Some(Ok(summary))), true);
    window
}

#[test]
fn workers_have_a_lane_each_and_their_number_can_be_changed() {
    let mut window = Window::open(settings(Lang::En, 2));
    window.show(Session::replay_timed(events(), None), true);
    let bars = window.labels(Role::ProgressIndicator);
    assert!(bars.contains(&"AA/wiki_02".to_owned()), "{bars:?}");
    window.click(Role::Button, "More workers");
    assert_eq!(window.settings().workers, Some(3));
    assert!(window.says("Workers: 3"));
    window.click(Role::Button, "Fewer workers");
    window.click(Role::Button, "Fewer workers");
    assert_eq!(window.settings().workers, Some(1));
    assert!(!window.is_enabled("Fewer workers"));
}

#[test]
fn figures_graph_and_lanes_are_told_in_words_after_the_run() {
    let mut window = done(Lang::En);
    window.click(Role::Tab, "Run");
    for words in [
        "Time: 4.0 s",
        "Files: 5 / 5",
        "Records: 400",
        "Source → workbooks: 8.0 MB → 2.8 MB",
        "Average speed: 2.0 MB/s",
    ] {
        assert!(window.has(Role::Label, words), "{words}");
    }
    let graph = window.labels(Role::Image);
    assert_eq!(graph.len(), 1);
    assert!(graph[0].starts_with("Speed over 4.0 s: 2.0 MB/s on average, "), "{graph:?}");
    let buttons = window.labels(Role::Button);
    for words in ["Worker 1: 3 files, busy 38% of the time", "Worker 2: 2 files, busy 100% of the time"] {
        assert!(buttons.contains(&words.to_owned()), "{words}: {buttons:?}");
    }
}

#[test]
fn keyboard_goes_through_a_lane_and_selects_the_file() {
    let mut window = done(Lang::Ko);
    window.click(Role::Tab, "작업 현황");
    let lane = "작업자 1: 파일 3개, 전체 시간의 38% 동안 작업";
    let told = |window: &Window| window.get_by_role_and_label(Role::Button, lane).accesskit_node().value();
    window.focus(Role::Button, lane);
    assert_eq!(told(&window).as_deref(), Some("AA/wiki_03 · 1.0초에 시작, 0.5초 걸림 · 실패 1개"));
    window.key(Key::ArrowLeft);
    assert_eq!(told(&window).as_deref(), Some("AA/wiki_01 · 0.4초에 시작, 0.6초 걸림"));
    window.key(Key::Enter);
    let selected = window.query_all_by_role(Role::ListItem).find(|row| {
        let node = row.accesskit_node();
        node.toggled() == Some(Toggled::True) || node.is_selected() == Some(true)
    });
    let selected = selected.and_then(|row| row.accesskit_node().label()).unwrap_or_default();
    assert!(selected.starts_with("AA/wiki_01"), "{selected:?}");
}

#[test]
fn pause_takes_no_time_and_is_told() {
    let mut window = Window::open(settings(Lang::En, 2));
    window.show(Session::replay_timed(events(), None), true);
    window.click(Role::Button, "Pause");
    std::thread::sleep(120 * MS);
    window.click(Role::Tab, "Run");
    let time = |window: &Window| window.starting(Role::Label, "Time: ");
    let before = time(&window);
    std::thread::sleep(200 * MS);
    window.settle();
    assert_eq!(time(&window), before);
    window.click(Role::Button, "Resume");
    let graph = window.labels(Role::Image);
    assert!(graph[0].contains(", paused for 0."), "{graph:?}");
}

#[test]
fn run_tab_says_before_a_run_that_there_is_none() {
    let mut window = Window::open(settings(Lang::En, 2));
    window.show(Session::replay(found(5), Some(Ok(Summary::default()))), false);
    window.click(Role::Tab, "Run");
    assert!(window.says("Start a run to see its speed and its workers here."));
    assert!(window.labels(Role::Image).is_empty());
}

/// What is drawn of 64 workers does not grow with their files: those too near each other to be told apart are one.
#[test]
fn run_of_many_files_is_no_more_to_draw_than_one_of_few() {
    let drawn = |files_each: usize| {
        let mut window = Window::open(settings(Lang::En, 4));
        window.show(Session::replay_timed(long_run(64, files_each), Some(Ok(Summary::default()))), true);
        window.click(Role::Tab, "Run");
        assert_eq!(window.labels(Role::Button).iter().filter(|label| label.starts_with("Worker ")).count(), 64);
        window.step();
        let shapes = window.output().shapes.clone();
        let vertices = |drawn: &ClippedPrimitive| match &drawn.primitive {
            Primitive::Mesh(mesh) => mesh.vertices.len(),
            Primitive::Callback(_) => 0,
        };
        window.ctx.tessellate(shapes, 1.0).iter().map(vertices).sum::<usize>()
    };
    let [few, many] = [100, 1000].map(drawn);
    eprintln!("{few} vertices with 100 files a worker, {many} with 1,000");
    assert!(many < few + few / 2, "{few} vertices with 100 files a worker, {many} with 1,000");
}
