//! The window among others: recent folders, what is told of the program, the log, the scan of a slow
//! drive, and input methods; read and used by their accessible names.

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use eframe::egui::accesskit::Role;
use eframe::egui::{Event as Input, ImeEvent, Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use sheetmill::engine::{Choices, Event, IfExists, SourceFile};
use sheetmill::session::Session;
use sheetmill::settings::{Recent, Settings};
use sheetmill::storage::log::Log;
use sheetmill::text::Lang;
use sheetmill::window::App;

use support::folder::Folder;
use support::records::wiki;
use support::window::{Window, settings};

/// The window on these folders, listed.
fn on(inputs: &[&Path], files: usize) -> Window {
    let inputs = inputs.iter().map(|input| input.to_path_buf()).collect();
    let mut window = Window::open(Settings { inputs, ..settings(Lang::En, 2) });
    window.wait_for_files(files);
    window
}

/// The window with a log, on a folder of so many files.
fn logged(settings: Settings, log: &Path, files: usize) -> Window {
    let mut window =
        Window::made(|context| App::new(context, settings, None, Vec::new()).with_log(Log::open(log.to_owned())));
    window.wait_for_files(files);
    window
}

/// A folder with one source file of one record.
fn corpus(home: &Folder, name: &str) -> PathBuf {
    home.put(&format!("{name}/wiki_00"), wiki(1, "t", "body"));
    home.path(name)
}

/// A folder as it was used in earlier starts.
fn recent(inputs: &Path, added: &[PathBuf], output: Option<PathBuf>, used: u64) -> Recent {
    Recent { inputs: vec![inputs.into()], added: added.to_vec(), output, used }
}

#[test]
fn recent_folders_are_offered_taken_and_forgotten() {
    let home = Folder::new();
    let (here, more, gone) = (corpus(&home, "here"), corpus(&home, "more"), home.path("gone"));
    let out = Some(home.path("out"));
    let recent = vec![recent(&gone, &[], out.clone(), 0), recent(&here, std::slice::from_ref(&more), out.clone(), 0)];
    let mut window = Window::open(Settings { recent, ..settings(Lang::En, 2) });
    let place = home.root().display().to_string();
    window.wait("the look for folders", |window| {
        window.starting(Role::Button, "gone, ").is_some_and(|l| l.ends_with("not found"))
    });
    let missing = format!("gone, {place}, not found");
    assert!(!window.is_enabled(&missing));
    let taken = window.starting(Role::Button, "here and 1 more, ").expect("it is offered");
    assert!(taken.starts_with(&format!("here and 1 more, {place}, ")) && taken.ends_with("days ago"), "{taken}");

    window.click(Role::Button, "Remove gone from the list");
    assert_eq!(window.settings().recent.len(), 1);
    window.click(Role::Button, &taken);
    let now = window.settings();
    assert_eq!((&now.inputs, &now.output), (&vec![here.clone()], &out));
    assert_eq!((&now.added, &now.recent[0].added), (&vec![more.clone()], &vec![more]));
    assert!(now.recent[0].used > 1_700_000_000, "used just now");

    window.wait("the list", |window| !window.files().is_empty());
    window.click(Role::Button, "Clear the source");
    window.click(Role::Button, "Clear list");
    assert!(window.settings().recent.is_empty());
    assert!(window.starting(Role::Button, "here and 1 more, ").is_none());
}

#[test]
fn menu_beside_the_source_leads_from_one_recent_input_to_another() {
    let home = Folder::new();
    let [here, there, more] = ["here", "there", "more"].map(|name| corpus(&home, name));
    let gone = home.path("gone");
    let recent = |inputs: &Path, added: &[PathBuf]| recent(inputs, added, None, 1_700_000_000);
    let used = vec![recent(&here, &[]), recent(&there, std::slice::from_ref(&more)), recent(&more, &[gone])];
    let inputs = vec![here.clone()];
    let mut window = Window::open(Settings { inputs, recent: used, ..settings(Lang::En, 2) });
    window.wait_for_files(1);

    // by keys alone: Tab to the button, into the menu and to its first line
    window.tab_to("Recent folders");
    window.key(Key::Enter);
    window.wait("the menu", |window| window.labels(Role::MenuItem).iter().any(|l| l.ends_with("not found")));
    let place = home.root().display().to_string();
    let offered = window.labels(Role::MenuItem);
    assert!(offered[0].starts_with(&format!("there and 1 more, {place}, ")), "{offered:?}");
    assert_eq!(offered[1..], [format!("more and 1 more, {place}, not found")], "what was added is gone");
    let gone = window.get_by_role_and_label(Role::MenuItem, &offered[1]);
    assert!(gone.accesskit_node().is_disabled());
    window.tab_to("there and 1 more");
    window.key(Key::Enter);
    window.wait_for_files(2);
    assert!(window.labels(Role::MenuItem).is_empty(), "the menu is closed");
    let now = window.settings();
    assert_eq!((&now.inputs, &now.added), (&vec![there.clone()], &vec![more]));
    assert_eq!(now.recent.iter().map(|recent| &recent.inputs[0]).collect::<Vec<_>>()[..2], [&there, &here]);

    // and back
    window.press(Modifiers::COMMAND, Key::Z);
    window.wait_for_files(1);
    let now = window.settings();
    assert_eq!((&now.inputs, &now.added, &now.recent[0].inputs), (&vec![here.clone()], &vec![], &vec![here]));
}

#[test]
fn added_folder_is_remembered_and_forgotten_when_taken_back() {
    let home = Folder::new();
    let [here, more] = ["here", "more"].map(|name| corpus(&home, name));
    let mut window = on(&[&here], 1);
    assert!(!window.says("Recent folders"), "there is no other");
    window.paste(more.display().to_string());
    window.wait("the way to add", |window| window.says("Add instead: Source changed"));
    window.click(Role::Button, "Add instead: Source changed");
    window.wait_for_files(2);
    assert_eq!(window.settings().recent[0].added, [more]);
    window.press(Modifiers::COMMAND, Key::Z);
    window.wait_for_files(1);
    assert!(window.settings().recent[0].added.is_empty());
}

#[test]
fn menu_tells_about_the_program_and_switches_the_notification() {
    let mut window = Window::open(settings(Lang::Ko, 2));
    window.click(Role::Button, "설정");
    window.click(Role::CheckBox, "긴 변환이 끝나면 알리기");
    assert!(window.settings().silent);
    assert!(!window.says("로그 폴더 열기"), "there is none");
    if !window.says("Sheetmill 정보") {
        window.click(Role::Button, "설정");
    }
    window.click(Role::MenuItem, "Sheetmill 정보");
    let version = format!("Sheetmill {} ", env!("CARGO_PKG_VERSION"));
    let words: Vec<String> =
        window.query_all_by_role(Role::Label).filter_map(|node| node.accesskit_node().value()).collect();
    assert!(words.iter().any(|words| words.starts_with(&version)), "{words:?}");
    for word in ["버전 복사", "라이선스 복사", "닫기"] {
        assert!(window.has(Role::Button, word), "{word}");
    }
    window.run_steps(10); // it fades in
    window.click(Role::Button, "닫기");
    assert!(!window.has(Role::Button, "버전 복사"));
}

/// `assets/licences.py` writes both files anew.
#[test]
fn crates_are_each_named_with_their_licence_and_its_text() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |name: &str| fs::read_to_string(root.join(name)).expect(name);
    let (lock, named, texts) = (read("Cargo.lock"), read("assets/licences.txt"), read("assets/licence_texts.txt"));
    let value = |line: &str, key: &str| line.strip_prefix(key)?.strip_suffix('"').map(str::to_owned);
    let mut name = String::new();
    let mut missing = Vec::new();
    for line in lock.lines() {
        if let Some(found) = value(line, "name = \"") {
            name = found;
        } else if let Some(version) = value(line, "version = \"")
            && name != env!("CARGO_PKG_NAME")
        {
            let whole = format!("{name} {version}");
            let start = format!("{whole} · ");
            let has_licence = named.lines().any(|line| line.starts_with(&start) && line.len() > start.len() + 2);
            if !has_licence || !texts.lines().any(|line| line == whole || line.starts_with(&start)) {
                missing.push(whole);
            }
        }
    }
    assert!(missing.is_empty(), "run assets/licences.py: {missing:?}");
    let all = sheetmill::text::licences::all("Sheetmill");
    for words in ["Permission is hereby granted", "TERMS AND CONDITIONS FOR USE", "SIL OPEN FONT LICENSE", "Phosphor"] {
        assert!(all.contains(words), "{words}");
    }
    assert!(all.lines().any(|line| line == "scraper 0.29.0"), "whose text it is");
}

#[test]
fn run_stands_in_the_log_with_its_problems_and_nothing_of_its_files() {
    let home = Folder::new();
    let input = corpus(&home, "in");
    home.put("in/bad.pdf", "%PDF-1.7 secret");
    let settings = Settings { inputs: vec![input], ..settings(Lang::Ko, 2) };
    let mut window = logged(settings, &home.path("log"), 2);
    window.click(Role::Button, "변환 시작");
    let file = home.path("log/sheetmill.log");
    window.wait("the end in the log", |_| fs::read_to_string(&file).is_ok_and(|text| text.contains("failed: ")));
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
fn run_refused_at_once_stands_in_the_log_with_why() {
    let home = Folder::new();
    let input = corpus(&home, "in");
    home.put("in-xlsx/wiki_00.xlsx", "mine");
    let choices = Choices { if_exists: IfExists::Stop, ..Choices::default() };
    let settings = Settings { inputs: vec![input], choices, ..settings(Lang::En, 2) };
    let mut window = logged(settings, &home.path("log"), 1);
    window.click(Role::Button, "Start");
    let file = home.path("log/sheetmill.log");
    window.wait("the refusal in the log", |_| {
        fs::read_to_string(&file).is_ok_and(|text| text.contains("refused: 1 workbook is already there"))
    });
}

/// Folders that cannot be read are no rows of the list: they are named behind a button, before and after a run.
#[cfg(unix)]
#[test]
fn folders_that_could_not_be_read_are_named() {
    let home = Folder::new();
    let input = corpus(&home, "in");
    std::os::unix::fs::symlink(&input, input.join("loop")).expect("linked");
    std::os::unix::fs::symlink(home.path("gone"), input.join("dead")).expect("linked");
    let mut window = Window::open(Settings { inputs: vec![input.clone()], ..settings(Lang::Ko, 2) });
    window.wait_for_files(1);
    let place = input.display();
    let named = [
        format!(
            "{place}/dead: 읽을 수 없음: 찾을 수 없음. 제자리에 있는지, 읽기 권한이 있는지 확인한 뒤 다시 시도하세요."
        ),
        format!("{place}/loop: 상위 폴더를 가리키는 링크({place})."),
    ];
    for _ in 0..2 {
        window.click(Role::Button, "읽지 못함 2개");
        for words in &named {
            assert!(window.has(Role::Label, words), "{words}");
        }
        window.escape();
        if !window.says("저장 폴더 열기") {
            window.click(Role::Button, "변환 시작");
            window.wait_for_end();
        }
    }
}

#[test]
fn source_can_be_had_back_in_the_empty_window() {
    let home = Folder::new();
    let input = corpus(&home, "in");
    let mut window = on(&[&input], 1);
    window.click(Role::Button, "Clear the source");
    assert!(window.settings().inputs.is_empty());
    window.click(Role::Button, "Undo: Source changed");
    assert_eq!(window.settings().inputs, [input]);
}

#[test]
fn scan_that_is_slow_says_where_it_is_and_can_be_stopped() {
    let file = |n: u32| SourceFile::at(Path::new(&format!("/slow/AA/{n}")), format!("AA/{n}"), 1);
    let events = vec![
        (Duration::ZERO, Event::Scanning { folder: "/slow/AA".into() }),
        (Duration::from_secs(1), Event::Found((0..1024).map(file).collect())),
        (Duration::from_secs(12), Event::Scanning { folder: "/slow/AB".into() }),
    ];
    let mut window = Window::open(settings(Lang::En, 2));
    window.show(Session::replay_timed(events, None), false);
    let words = "Looking for files… 1,024 so far · 12 s · /slow/AB";
    assert!(window.says(words), "{:?}", window.labels(Role::Label));
    window.click(Role::Button, "Stop");
}

/// Hangul grows syllable by syllable: each field takes what the input method commits, and the keys that
/// end or undo things elsewhere do nothing meanwhile.
#[test]
fn fields_all_take_hangul_from_an_input_method() {
    let home = Folder::new();
    let input = corpus(&home, "in");
    let mut window = on(&[&input], 1);
    type_hangul(&mut window, "From");
    type_hangul(&mut window, "To");
    seek_hangul(&mut window);
    window.key(Key::Escape);
    window.click(Role::ComboBox, "Columns: automatic");
    type_hangul(&mut window, "Add a column by CSS selector");
    window.click(Role::RadioButton, "custom");
    window.click(Role::Button, "Options: text");
    type_hangul(&mut window, "Header: text");
    window.escape();
    window.click(Role::ComboBox, "Reading: automatic");
    type_hangul(&mut window, "Records by selector or path");
    window.escape();
    window.click(Role::Button, "Presets");
    type_hangul(&mut window, "Name");
}

/// The search follows each syllable while it grows, so its list changes.
fn seek_hangul(window: &mut Window) {
    window.focus(Role::TextInput, "Search files");
    ime(window, ImeEvent::Preedit { text: "하".into(), active_range_chars: None });
    ime(window, ImeEvent::Commit("한글".into()));
    assert_eq!(window.value("Search files"), "한글");
    assert!(window.files().is_empty(), "no file is called so");
}

fn type_hangul(window: &mut Window, field: &str) {
    window.focus(Role::TextInput, field);
    window.press(Modifiers::COMMAND, Key::A);
    for preedit in ["ㅎ", "하", "한"] {
        ime(window, ImeEvent::Preedit { text: preedit.into(), active_range_chars: None });
    }
    let files = window.files();
    let inputs = window.settings().inputs.clone();
    for key in [Key::Space, Key::Delete] {
        window.key(key);
    }
    assert_eq!(window.files(), files, "{field}: keys stay in the field while a syllable grows");
    assert_eq!(window.settings().inputs, inputs, "{field}");
    ime(window, ImeEvent::Preedit { text: "한".into(), active_range_chars: None });
    ime(window, ImeEvent::Commit("한글".into()));
    assert!(window.value(field).contains("한글"), "{field}: {:?}", window.value(field));
}

fn ime(window: &mut Window, event: ImeEvent) {
    window.event(Input::Ime(event));
    window.settle();
}
