//! The window among others: recent folders, what is told of the program, the log, the scan of a slow
//! drive, and input methods; read and used by their accessible names.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use eframe::egui::accesskit::Role;
use eframe::egui::{Event as Input, ImeEvent, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use sheetmill::engine::{Choices, Event, IfExists, SourceFile};
use sheetmill::session::Session;
use sheetmill::settings::{Recent, Settings, Theme};
use sheetmill::storage::log::Log;
use sheetmill::text::Lang;
use sheetmill::window::App;
use tempfile::TempDir;

fn window(settings: Settings, log: Option<PathBuf>) -> Harness<'static, App> {
    let mut harness = Harness::builder().with_size([1200.0, 780.0]).build_eframe(move |cc| {
        let app = App::new(&cc.egui_ctx, settings, None, Vec::new());
        match log {
            Some(folder) => app.with_log(Log::open(folder)),
            None => app,
        }
    });
    harness.run_steps(3);
    harness
}

fn settings(lang: Lang) -> Settings {
    Settings { lang: Some(lang), theme: Theme::Light, workers: Some(2), ..Settings::default() }
}

fn wait(harness: &mut Harness<'static, App>, what: &str, there: impl Fn(&Harness<App>) -> bool) {
    for _ in 0..500 {
        if there(harness) {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
        harness.run_steps(2);
    }
    panic!("{what} did not come");
}

fn labels(harness: &Harness<App>, role: Role) -> Vec<String> {
    harness.query_all_by_role(role).filter_map(|node| node.accesskit_node().label()).collect()
}

fn click(harness: &mut Harness<App>, role: Role, label: &str) {
    harness.get_by_role_and_label(role, label).click();
    harness.run_steps(3);
}

fn corpus(home: &Path, name: &str) -> PathBuf {
    let folder = home.join(name);
    fs::create_dir_all(&folder).expect("made");
    fs::write(folder.join("wiki_00"), "<doc id=\"1\" url=\"u\" title=\"t\">\nt\n\nbody\n</doc>\n").expect("written");
    folder
}

#[test]
fn recent_folders_are_offered_taken_and_forgotten() {
    let home = TempDir::new().expect("a temporary folder");
    let (here, more, gone) = (corpus(home.path(), "here"), corpus(home.path(), "more"), home.path().join("gone"));
    let recent = |path: &Path, added: &[PathBuf]| Recent {
        inputs: vec![path.into()],
        added: added.to_vec(),
        output: Some(home.path().join("out")),
        used: 0,
    };
    let recent = vec![recent(&gone, &[]), recent(&here, std::slice::from_ref(&more))];
    let settings = Settings { recent, ..settings(Lang::En) };
    let mut harness = window(settings, None);
    let place = home.path().display().to_string();
    let starts = |harness: &Harness<App>, start: &str| {
        labels(harness, Role::Button).into_iter().find(|label| label.starts_with(start))
    };
    wait(&mut harness, "the look for folders", |harness| {
        starts(harness, "gone, ").is_some_and(|l| l.ends_with("not found"))
    });
    let missing = format!("gone, {place}, not found");
    assert!(harness.get_by_role_and_label(Role::Button, &missing).accesskit_node().is_disabled());
    let taken = starts(&harness, "here and 1 more, ").expect("it is offered");
    assert!(taken.starts_with(&format!("here and 1 more, {place}, ")) && taken.ends_with("days ago"), "{taken}");

    click(&mut harness, Role::Button, "Remove gone from the list");
    assert_eq!(harness.state().settings().recent.len(), 1);
    click(&mut harness, Role::Button, &taken);
    let now = harness.state().settings();
    assert_eq!((&now.inputs, &now.output), (&vec![here.clone()], &Some(home.path().join("out"))));
    assert_eq!((&now.added, &now.recent[0].added), (&vec![more.clone()], &vec![more]));
    assert!(now.recent[0].used > 1_700_000_000, "used just now");

    wait(&mut harness, "the list", |harness| !labels(harness, Role::ListItem).is_empty());
    click(&mut harness, Role::Button, "Clear the source");
    click(&mut harness, Role::Button, "Clear list");
    assert!(harness.state().settings().recent.is_empty());
    assert!(starts(&harness, "here and 1 more, ").is_none());
}

#[test]
fn from_one_input_to_another_used_lately_by_the_menu_beside_the_source() {
    let home = TempDir::new().expect("a temporary folder");
    let [here, there, more] = ["here", "there", "more"].map(|name| corpus(home.path(), name));
    let gone = home.path().join("gone");
    let recent = |inputs: &Path, added: &[PathBuf]| Recent {
        inputs: vec![inputs.into()],
        added: added.to_vec(),
        output: None,
        used: 1_700_000_000,
    };
    let used = vec![recent(&here, &[]), recent(&there, std::slice::from_ref(&more)), recent(&more, &[gone])];
    let settings = Settings { inputs: vec![here.clone()], recent: used, ..settings(Lang::En) };
    let mut harness = window(settings, None);
    wait(&mut harness, "the list", |harness| labels(harness, Role::ListItem).len() == 1);

    // by keys alone: Tab to the button, into the menu and to its first line
    let tab_to = |harness: &mut Harness<'static, App>, starts: &str| {
        for _ in 0..60 {
            harness.key_press(Key::Tab);
            harness.run_steps(3);
            let focused = harness.query_all_by(|node| node.is_focused() && node.role() != Role::Window).next();
            if focused.and_then(|node| node.accesskit_node().label()).is_some_and(|label| label.starts_with(starts)) {
                return;
            }
        }
        panic!("Tab never reaches {starts}");
    };
    tab_to(&mut harness, "Recent folders");
    harness.key_press(Key::Enter);
    wait(&mut harness, "the menu", |harness| labels(harness, Role::MenuItem).iter().any(|l| l.ends_with("not found")));
    let place = home.path().display().to_string();
    let offered = labels(&harness, Role::MenuItem);
    assert!(offered[0].starts_with(&format!("there and 1 more, {place}, ")), "{offered:?}");
    assert_eq!(offered[1..], [format!("more and 1 more, {place}, not found")], "what was added is gone");
    let gone = harness.get_by_role_and_label(Role::MenuItem, &offered[1]);
    assert!(gone.accesskit_node().is_disabled());
    tab_to(&mut harness, "there and 1 more");
    harness.key_press(Key::Enter);
    wait(&mut harness, "both folders", |harness| labels(harness, Role::ListItem).len() == 2);
    assert!(labels(&harness, Role::MenuItem).is_empty(), "the menu is closed");
    let now = harness.state().settings();
    assert_eq!((&now.inputs, &now.added), (&vec![there.clone()], &vec![more]));
    assert_eq!(now.recent.iter().map(|recent| &recent.inputs[0]).collect::<Vec<_>>()[..2], [&there, &here]);

    // and back
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    wait(&mut harness, "the first folder", |harness| labels(harness, Role::ListItem).len() == 1);
    let now = harness.state().settings();
    assert_eq!((&now.inputs, &now.added, &now.recent[0].inputs), (&vec![here.clone()], &vec![], &vec![here]));
}

#[test]
fn what_is_added_is_remembered_and_what_is_taken_back_is_not() {
    let home = TempDir::new().expect("a temporary folder");
    let [here, more] = ["here", "more"].map(|name| corpus(home.path(), name));
    let mut harness = window(Settings { inputs: vec![here], ..settings(Lang::En) }, None);
    wait(&mut harness, "the list", |harness| labels(harness, Role::ListItem).len() == 1);
    assert!(harness.query_by_label("Recent folders").is_none(), "there is no other");
    harness.input_mut().events.push(Input::Paste(more.display().to_string()));
    wait(&mut harness, "the way to add", |harness| harness.query_by_label("Add instead: Source changed").is_some());
    click(&mut harness, Role::Button, "Add instead: Source changed");
    wait(&mut harness, "both", |harness| labels(harness, Role::ListItem).len() == 2);
    assert_eq!(harness.state().settings().recent[0].added, [more]);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    wait(&mut harness, "one", |harness| labels(harness, Role::ListItem).len() == 1);
    assert!(harness.state().settings().recent[0].added.is_empty());
}

#[test]
fn the_menu_tells_about_the_program_and_switches_the_notification() {
    let mut harness = window(settings(Lang::Ko), None);
    click(&mut harness, Role::Button, "설정");
    click(&mut harness, Role::CheckBox, "긴 변환이 끝나면 알리기");
    assert!(harness.state().settings().silent);
    assert!(harness.query_by_label("로그 폴더 열기").is_none(), "there is none");
    if harness.query_by_label("Sheetmill 정보").is_none() {
        click(&mut harness, Role::Button, "설정");
    }
    click(&mut harness, Role::MenuItem, "Sheetmill 정보");
    let version = format!("Sheetmill {} ", env!("CARGO_PKG_VERSION"));
    let words: Vec<String> =
        harness.query_all_by_role(Role::Label).filter_map(|node| node.accesskit_node().value()).collect();
    assert!(words.iter().any(|words| words.starts_with(&version)), "{words:?}");
    for word in ["버전 복사", "라이선스 복사", "닫기"] {
        assert!(harness.query_by_role_and_label(Role::Button, word).is_some(), "{word}");
    }
    harness.run_steps(10); // it fades in
    click(&mut harness, Role::Button, "닫기");
    assert!(harness.query_by_role_and_label(Role::Button, "버전 복사").is_none());
}

/// `assets/licences.py` writes the list anew.
#[test]
fn each_crate_is_named_with_its_licence() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let lock = fs::read_to_string(root.join("Cargo.lock")).expect("the lock file");
    let named = fs::read_to_string(root.join("assets/licences.txt")).expect("the list");
    let value = |line: &str, key: &str| line.strip_prefix(key)?.strip_suffix('"').map(str::to_owned);
    let mut name = String::new();
    let mut missing = Vec::new();
    for line in lock.lines() {
        if let Some(found) = value(line, "name = \"") {
            name = found;
        } else if let Some(version) = value(line, "version = \"")
            && name != env!("CARGO_PKG_NAME")
        {
            let start = format!("{name} {version} · ");
            if !named.lines().any(|line| line.starts_with(&start) && line.len() > start.len() + 2) {
                missing.push(start);
            }
        }
    }
    assert!(missing.is_empty(), "run assets/licences.py: {missing:?}");
}

#[test]
fn a_run_stands_in_the_log_with_its_problems_and_nothing_of_its_files() {
    let home = TempDir::new().expect("a temporary folder");
    let input = corpus(home.path(), "in");
    fs::write(input.join("bad.pdf"), "%PDF-1.7 secret").expect("written");
    let settings = Settings { inputs: vec![input], ..settings(Lang::Ko) };
    let mut harness = window(settings, Some(home.path().join("log")));
    wait(&mut harness, "the list", |harness| labels(harness, Role::ListItem).len() == 2);
    click(&mut harness, Role::Button, "변환 시작");
    let file = home.path().join("log/sheetmill.log");
    wait(&mut harness, "the end in the log", |_| fs::read_to_string(&file).is_ok_and(|text| text.contains("failed: ")));
    let text = fs::read_to_string(&file).expect("text");
    let lines: Vec<&str> = text.lines().filter_map(|line| line.split_once("Z ")).map(|(_, what)| what).collect();
    assert!(lines[0].starts_with("start: Sheetmill "), "{lines:?}");
    assert!(lines[1].starts_with("run: ") && lines[1].contains("2 workers"), "{lines:?}");
    assert!(lines[2].starts_with("done: 1 workbook made, "), "{lines:?}");
    assert_eq!(lines[3], "failed: bad.pdf: a PDF document, not text");
    assert!(!text.contains("secret") && !text.contains("body"));
}

/// It is over before the window has looked at it once.
#[test]
fn a_run_refused_at_once_stands_in_the_log_with_why() {
    let home = TempDir::new().expect("a temporary folder");
    let input = corpus(home.path(), "in");
    fs::create_dir(home.path().join("in-xlsx")).expect("made");
    fs::write(home.path().join("in-xlsx/wiki_00.xlsx"), "mine").expect("written");
    let settings = Settings {
        inputs: vec![input],
        choices: Choices { if_exists: IfExists::Stop, ..Choices::default() },
        ..settings(Lang::En)
    };
    let mut harness = window(settings, Some(home.path().join("log")));
    wait(&mut harness, "the list", |harness| labels(harness, Role::ListItem).len() == 1);
    click(&mut harness, Role::Button, "Start");
    let file = home.path().join("log/sheetmill.log");
    wait(&mut harness, "the refusal in the log", |_| {
        fs::read_to_string(&file).is_ok_and(|text| text.contains("refused: 1 workbook is already there"))
    });
}

/// Folders that cannot be read are no rows of the list: they are named behind a button, before and after a run.
#[cfg(unix)]
#[test]
fn what_could_not_be_read_is_named() {
    let home = TempDir::new().expect("a temporary folder");
    let input = corpus(home.path(), "in");
    std::os::unix::fs::symlink(&input, input.join("loop")).expect("linked");
    std::os::unix::fs::symlink(home.path().join("gone"), input.join("dead")).expect("linked");
    let settings = Settings { inputs: vec![input.clone()], ..settings(Lang::Ko) };
    let mut harness = window(settings, None);
    wait(&mut harness, "the list", |harness| labels(harness, Role::ListItem).len() == 1);
    let place = input.display();
    let named = [
        format!(
            "{place}/dead: 읽을 수 없음: 찾을 수 없음. 제자리에 있는지, 읽기 권한이 있는지 확인한 뒤 다시 시도하세요."
        ),
        format!("{place}/loop: 상위 폴더를 가리키는 링크({place})."),
    ];
    for _ in 0..2 {
        click(&mut harness, Role::Button, "읽지 못함 2개");
        for words in &named {
            assert!(harness.query_by_role_and_label(Role::Label, words).is_some(), "{words}");
        }
        escape(&mut harness);
        if harness.query_by_label("저장 폴더 열기").is_none() {
            click(&mut harness, Role::Button, "변환 시작");
            wait(&mut harness, "the end", |harness| harness.query_by_label("저장 폴더 열기").is_some());
        }
    }
}

#[test]
fn the_source_can_be_had_back_in_the_empty_window() {
    let home = TempDir::new().expect("a temporary folder");
    let input = corpus(home.path(), "in");
    let settings = Settings { inputs: vec![input.clone()], ..settings(Lang::En) };
    let mut harness = window(settings, None);
    wait(&mut harness, "the list", |harness| labels(harness, Role::ListItem).len() == 1);
    click(&mut harness, Role::Button, "Clear the source");
    assert!(harness.state().settings().inputs.is_empty());
    click(&mut harness, Role::Button, "Undo: Source changed");
    assert_eq!(harness.state().settings().inputs, [input]);
}

#[test]
fn a_slow_scan_says_where_it_is_and_can_be_stopped() {
    let file = |n: u32| SourceFile::at(Path::new(&format!("/slow/AA/{n}")), format!("AA/{n}"), 1);
    let events = vec![
        (Duration::ZERO, Event::Scanning { folder: "/slow/AA".into() }),
        (Duration::from_secs(1), Event::Found((0..1024).map(file).collect())),
        (Duration::from_secs(12), Event::Scanning { folder: "/slow/AB".into() }),
    ];
    let mut harness = window(settings(Lang::En), None);
    harness.state_mut().show_session(Session::replay_timed(events, None), false);
    harness.run_steps(3);
    let words = "Looking for files… 1,024 so far · 12 s · /slow/AB";
    assert!(harness.query_by_label(words).is_some(), "{:?}", labels(&harness, Role::Label));
    click(&mut harness, Role::Button, "Stop");
}

/// Hangul grows syllable by syllable: each field takes what the input method commits, and the keys that
/// end or undo things elsewhere do nothing meanwhile.
#[test]
fn each_field_takes_hangul_from_an_input_method() {
    let home = TempDir::new().expect("a temporary folder");
    let input = corpus(home.path(), "in");
    let settings = Settings { inputs: vec![input], ..settings(Lang::En) };
    let mut harness = window(settings, None);
    wait(&mut harness, "the list", |harness| labels(harness, Role::ListItem).len() == 1);
    type_hangul(&mut harness, "From");
    type_hangul(&mut harness, "To");
    seek_hangul(&mut harness);
    harness.key_press(Key::Escape);
    harness.run_steps(3);
    click(&mut harness, Role::ComboBox, "Columns: automatic");
    type_hangul(&mut harness, "Add a column by CSS selector");
    click(&mut harness, Role::RadioButton, "custom");
    click(&mut harness, Role::Button, "Options: text");
    type_hangul(&mut harness, "Header: text");
    escape(&mut harness);
    click(&mut harness, Role::ComboBox, "Reading: automatic");
    type_hangul(&mut harness, "Records by CSS selector");
    escape(&mut harness);
    click(&mut harness, Role::Button, "Presets");
    type_hangul(&mut harness, "Name");
}

/// The search follows each syllable while it grows, so its list changes.
fn seek_hangul(harness: &mut Harness<'static, App>) {
    harness.get_by_role_and_label(Role::TextInput, "Search files").focus();
    harness.run_steps(3);
    ime(harness, ImeEvent::Preedit { text: "하".into(), active_range_chars: None });
    ime(harness, ImeEvent::Commit("한글".into()));
    let field = harness.get_by_role_and_label(Role::TextInput, "Search files");
    assert_eq!(field.accesskit_node().value().as_deref(), Some("한글"));
    assert!(labels(harness, Role::ListItem).is_empty(), "no file is called so");
}

/// Out of a field, out of a sheet.
fn escape(harness: &mut Harness<'static, App>) {
    for _ in 0..3 {
        harness.key_press(Key::Escape);
        harness.run_steps(3);
    }
}

fn type_hangul(harness: &mut Harness<'static, App>, field: &str) {
    let value = |harness: &Harness<App>| {
        harness.get_by_role_and_label(Role::TextInput, field).accesskit_node().value().unwrap_or_default()
    };
    harness.get_by_role_and_label(Role::TextInput, field).focus();
    harness.run_steps(3);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.run_steps(2);
    for preedit in ["ㅎ", "하", "한"] {
        ime(harness, ImeEvent::Preedit { text: preedit.into(), active_range_chars: None });
    }
    let files = labels(harness, Role::ListItem);
    let inputs = harness.state().settings().inputs.clone();
    for key in [Key::Space, Key::Delete] {
        harness.key_press(key);
        harness.run_steps(2);
    }
    assert_eq!(labels(harness, Role::ListItem), files, "{field}: keys stay in the field while a syllable grows");
    assert_eq!(harness.state().settings().inputs, inputs, "{field}");
    ime(harness, ImeEvent::Preedit { text: "한".into(), active_range_chars: None });
    ime(harness, ImeEvent::Commit("한글".into()));
    assert!(value(harness).contains("한글"), "{field}: {:?}", value(harness));
}

fn ime(harness: &mut Harness<'static, App>, event: ImeEvent) {
    harness.input_mut().events.push(Input::Ime(event));
    harness.run_steps(2);
}
