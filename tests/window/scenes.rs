//! The window's states, each by a script of what has happened: for tests that go through all of them.

use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use eframe::egui::{self, accesskit::Role};
use egui_kittest::Harness;
use sheetmill::engine::{
    ArchiveFault, Cause, Choices, Event, FileKind, Filter, Form, IfExists, Merge, MergeBy, NoteKind, Notes, Outcome,
    Report, RunError, SourceFile, Summary, WouldReplace,
};
use sheetmill::session::Session;
use sheetmill::settings::{Recent, Settings, Theme};
use sheetmill::text::Lang;
use sheetmill::window::App;

use super::raster::Raster;
use super::support::window::script::{self, MS, complete, note, progress, report, started};
use super::support::window::{Window, settings};

pub const SIZE: [f32; 2] = [1000.0, 620.0];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scene {
    Empty,
    Ready,
    /// What files are made is being chosen.
    SaveAs,
    /// Which records become rows is being chosen.
    Filters,
    /// Start asks about what would be replaced.
    Asking,
    Running,
    /// Ended with failures; the details of one of them.
    Failures,
    /// Ended; the run's figures, graph and lanes.
    Run,
    Refused,
}

pub const SCENES: [Scene; 9] = [
    Scene::Empty,
    Scene::Ready,
    Scene::SaveAs,
    Scene::Filters,
    Scene::Asking,
    Scene::Running,
    Scene::Failures,
    Scene::Run,
    Scene::Refused,
];

/// The window in a state, drawn at [`SIZE`] as often as it takes.
pub fn window(scene: Scene, lang: Lang, theme: Theme) -> Window {
    let inputs = if scene == Scene::Empty { vec![] } else { vec!["/말뭉치/kowiki".into()] };
    let recent = if let Scene::Empty | Scene::Ready = scene { recent() } else { vec![] };
    // shown by replayed events: a folder that is not there is never read
    let if_exists = if scene == Scene::Asking { IfExists::Overwrite } else { IfExists::Skip };
    let form = if scene == Scene::SaveAs { Form::Csv } else { Form::Xlsx };
    let by = if scene == Scene::SaveAs { MergeBy::Run } else { MergeBy::None };
    let merge = Merge { by, ..Merge::default() };
    let filters = if scene == Scene::Filters { filters() } else { Vec::new() };
    let choices = Choices { if_exists, form, merge, filters, ..Choices::default() };
    let settings = Settings { theme, inputs, recent, choices, silent: true, ..settings(lang, 3) };
    two_cores();
    let builder = Harness::builder()
        .with_size(SIZE)
        .with_theme(if theme == Theme::Dark { egui::Theme::Dark } else { egui::Theme::Light })
        .with_os(egui::os::OperatingSystem::Nix)
        .renderer(Raster::default());
    let mut window = Window::built(builder, |context| App::new(context, settings, None, Vec::new()));
    let (session, converts) = match scene {
        Scene::Empty => {
            let missing = lang.text().missing;
            window.wait(missing, |window| window.labels(Role::Button).iter().any(|label| label.contains(missing)));
            window.settle();
            return window;
        }
        Scene::Ready | Scene::SaveAs | Scene::Filters | Scene::Asking => {
            (Session::replay_timed(listed(), Some(Ok(Summary::default()))), false)
        }
        Scene::Running => (Session::replay_timed(running(), None), true),
        Scene::Failures | Scene::Run => (Session::replay_timed(ended(), Some(Ok(summary()))), true),
        Scene::Refused => {
            let refusal = RunError::AlreadyThere { count: 2, first: "/말뭉치/kowiki-xlsx/AA/wiki_00.xlsx".into() };
            (Session::replay(vec![], Some(Err(refusal))), true)
        }
    };
    window.show(session, converts);
    if scene == Scene::Refused {
        return window;
    }
    window.wait("the preview", |window| window.rows().len() > 1);
    window.settle();
    if scene == Scene::Asking {
        let found = WouldReplace { all: 1234, not_ours: 3, of_others: 1, changed: 2, is_cut_short: false };
        window.state_mut().show_question(found);
        window.settle();
    }
    if scene == Scene::SaveAs {
        window
            .click(Role::ComboBox, &format!("{}: CSV, {}", lang.text().save_as, lang.words().merge_word(MergeBy::Run)));
        window.settle();
    }
    if scene == Scene::Filters {
        let text = lang.text();
        window.click(Role::ComboBox, &format!("{}: {} · {}", text.columns, text.automatic, lang.words().filters(2)));
        window.click(Role::Button, &format!("{} 1: {}", text.filter, text.column_options));
        window.settle();
    }
    if let Scene::Failures | Scene::Run = scene {
        window.click_file("AB/손상된 압축.zip", egui::Modifiers::NONE);
        window.click(Role::Tab, if scene == Scene::Run { lang.text().run } else { lang.text().details });
    }
    window.event(egui::Event::PointerGone);
    window.run_steps(8); // what fades has faded
    window
}

/// The window names the machine's cores: for this thread there are two, as far as that can be said.
fn two_cores() {
    #[cfg(target_os = "linux")]
    if let Ok(all) = rustix::thread::sched_getaffinity(None) {
        let mut two = rustix::thread::CpuSet::new();
        (0..rustix::thread::CpuSet::MAX_CPU).filter(|cpu| all.is_set(*cpu)).take(2).for_each(|cpu| two.set(cpu));
        let _ = rustix::thread::sched_setaffinity(None, &two);
    }
}

fn filters() -> Vec<Filter> {
    ["drop text contains 세계", "drop duplicates:title"].map(|line| Filter::parse(line).expect("a filter")).into()
}

fn recent() -> Vec<Recent> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    let used = |path: &str, hours: u64| Recent {
        inputs: vec![path.into()],
        added: vec![],
        output: None,
        used: now - hours * 3600,
    };
    // the root is there, the other is not
    vec![used("/", 2), used("/nowhere/말뭉치/kowiki 2023", 80)]
}

const FILES: [(&str, u64); 12] = [
    ("AA/wiki_00", 1_048_213),
    ("AA/wiki_01", 1_048_560),
    ("AA/wiki_02", 5_242_880),
    ("AA/wiki_03", 1_047_998),
    ("AB/나눔 명조로 쓴 아주 긴 이름의 파일 – 대한민국의 역사와 문화, 첫째 권.txt", 310_482),
    ("AB/notes.pdf", 88_213),
    ("AB/손상된 압축.zip", 12_008_114),
    ("AB/wiki_05", 0),
    ("AC/wiki_06", 1_048_001),
    ("AC/wiki_07", 1_048_455),
    ("AC/wiki_08", 1_048_102),
    ("AC/wiki_09", 734_011),
];

fn listed() -> Vec<(Duration, Event)> {
    let file = |(at, (name, bytes)): (usize, &(&str, u64))| {
        // the first can be looked into, the others are names
        let path = if at == 0 { "assets/sample/wiki_00".into() } else { Path::new("/말뭉치/kowiki").join(name) };
        SourceFile::at(path, name, *bytes)
    };
    let files: Vec<SourceFile> = FILES.iter().enumerate().map(file).collect();
    complete(files).into_iter().map(|event| (Duration::ZERO, event)).collect()
}

fn finished(file: usize, outcome: Outcome, notes: Notes) -> Event {
    let (bytes_in, records) = (FILES[file].1, FILES[file].1 / 5120);
    let (bytes_out, elapsed) = (bytes_in / 3, Duration::from_millis(40 + bytes_in / 8000));
    let report = Report { records, rows: records, bytes_in, bytes_out, notes, elapsed, ..report(outcome) };
    script::finished(file, report)
}

fn converted(file: usize) -> Event {
    finished(file, script::converted(format!("/말뭉치/kowiki-xlsx/{}.xlsx", FILES[file].0)), Notes::default())
}

fn failed(file: usize, cause: Cause) -> Event {
    finished(file, script::failed(FILES[file].0, None, cause), Notes::default())
}

/// Three workers; of each outcome one.
fn running() -> Vec<(Duration, Event)> {
    let mut events = listed();
    let mut at = |ms: u32, event: Event| events.push((ms * MS, event));
    let mut notes = Notes::default();
    notes.add(note(NoteKind::EndTagMissing, 812, "1044", 1));
    notes.add(note(NoteKind::LongField, 2210, "1207", 1));
    at(0, started(0, 0));
    at(0, started(1, 1));
    at(0, started(2, 2));
    at(900, converted(0));
    at(900, started(3, 0));
    at(1300, finished(1, script::converted("/말뭉치/kowiki-xlsx/AA/wiki_01.xlsx"), notes));
    at(1300, started(4, 1));
    at(1500, finished(3, Outcome::UpToDate { target: "/말뭉치/kowiki-xlsx/AA/wiki_03.xlsx".into() }, Notes::default()));
    at(1500, started(5, 0));
    at(1550, failed(5, Cause::NotText(FileKind::Pdf)));
    at(1550, started(6, 0));
    at(2400, failed(6, Cause::Archive(ArchiveFault::Damaged)));
    at(2400, started(7, 0));
    at(2420, failed(7, Cause::Empty));
    at(2420, started(9, 0));
    at(3000, progress(2, 3_900_000, 760));
    at(3000, progress(4, 120_000, 44));
    at(3000, progress(9, 700_000, 133));
    events
}

fn ended() -> Vec<(Duration, Event)> {
    let mut events = running();
    let mut at = |ms: u32, event: Event| events.push((ms * MS, event));
    at(3300, converted(9));
    at(3300, started(10, 0));
    at(3600, converted(4));
    at(3600, started(11, 1));
    at(4100, converted(2));
    at(4400, converted(10));
    at(4400, started(8, 0));
    at(5000, converted(8));
    at(5200, converted(11));
    events
}

fn summary() -> Summary {
    Summary {
        files: 12,
        converted: 8,
        up_to_date: 1,
        failed: 3,
        records: 2241,
        rows: 2241,
        bytes_in: 11_500_000,
        bytes_out: 3_800_000,
        elapsed: 5200 * MS,
        ..Summary::default()
    }
}
