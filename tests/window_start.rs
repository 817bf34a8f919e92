//! Before a run and after it: what is chosen about proof and report, what Start asks, and what the end leaves to open;
//! read and used by accessible names, on real folders.

mod support;

use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use eframe::egui::accesskit::{Role, Toggled};
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use sheetmill::engine::{Choices, IfExists, Proof, WouldReplace, journal};
use sheetmill::settings::Settings;
use sheetmill::text::Lang;
use sheetmill::window::App;

use support::folder::Folder;
use support::records::doc;
use support::window::{Window, settings};

/// What a person saved under a workbook's name.
const MINE: &[u8] = b"a person's own";
const ASKED: &str = "2 workbooks would be replaced, 1 of them changed since.";

/// A folder of two source files, `a` and `b`, and a place for their workbooks.
struct Place {
    home: Folder,
    output: PathBuf,
}

impl Place {
    fn new() -> Self {
        let home = Folder::with(&[("in/a", doc(1)), ("in/b", doc(2))]);
        Self { output: home.path("out"), home }
    }

    /// The window on it, with these choices.
    fn window(&self, lang: Lang, choices: Choices) -> Window {
        let inputs = vec![self.home.path("in")];
        let settings = Settings { inputs, output: Some(self.output.clone()), choices, ..settings(lang, 2) };
        let mut window = Window::open(settings);
        window.wait_for_files(2);
        window
    }

    /// The same, where 'overwrite' is chosen, `a` and `b` were made, and somebody saved another `b`.
    fn overwriting(&self, lang: Lang) -> Window {
        let mut window = self.window(lang, Choices::default());
        window.click(Role::Button, lang.text().start);
        window.wait_for_end();
        fs::write(self.output.join("b.xlsx"), MINE).expect("written");
        self.window(lang, Choices { if_exists: IfExists::Overwrite, ..Choices::default() })
    }

    fn is_mine_there(&self) -> bool {
        fs::read(self.output.join("b.xlsx")).is_ok_and(|bytes| bytes == MINE)
    }

    fn report(&self) -> PathBuf {
        self.output.join(journal::REPORT_NAME)
    }
}

fn is_ticked(window: &Window, label: &str) -> bool {
    window.get_by_role_and_label(Role::CheckBox, label).accesskit_node().toggled() == Some(Toggled::True)
}

/// The menu of settings, which a click in it may have closed.
fn open_settings(window: &mut Window, lang: Lang) {
    if !window.has(Role::CheckBox, lang.text().write_report) {
        window.click(Role::Button, lang.text().settings);
    }
}

#[test]
fn proof_and_report_are_switched_in_the_settings_and_taken_back() {
    for lang in Lang::ALL {
        let text = lang.text();
        let mut window = Window::open(settings(lang, 2));
        let chosen = |window: &Window| {
            let choices = &window.settings().choices;
            (choices.proof, choices.no_report)
        };
        assert_eq!(chosen(&window), (Proof::ReadBack, false));
        open_settings(&mut window, lang);
        for line in [text.check_line, text.report_line] {
            assert!(window.query_by_value(line).is_some() || window.says(line), "{line}");
        }
        for switch in [text.check_workbooks, text.write_report] {
            open_settings(&mut window, lang);
            assert!(is_ticked(&window, switch), "{switch}");
            window.click(Role::CheckBox, switch);
            open_settings(&mut window, lang);
            assert!(!is_ticked(&window, switch), "{switch}");
        }
        assert_eq!(chosen(&window), (Proof::Count, true));
        window.escape();
        window.press(Modifiers::COMMAND, Key::Z);
        assert_eq!(chosen(&window), (Proof::Count, false));
        window.press(Modifiers::COMMAND, Key::Z);
        assert_eq!(chosen(&window), (Proof::ReadBack, false));
    }
}

#[test]
fn report_is_opened_where_the_end_of_the_run_is_told() {
    let place = Place::new();
    let opened: Arc<Mutex<Vec<PathBuf>>> = Arc::default();
    let (inputs, output, hears) = (vec![place.home.path("in")], Some(place.output.clone()), Arc::clone(&opened));
    let mut window = Window::made(move |context| {
        let settings = Settings { inputs, output, ..settings(Lang::Ko, 2) };
        App::new(context, settings, None, Vec::new()).opening_with(move |path| {
            hears.lock().expect("not poisoned").push(path.to_owned());
            Ok(())
        })
    });
    window.wait_for_files(2);
    window.click(Role::Button, "변환 시작");
    window.wait_for_end();
    assert!(place.report().is_file());
    window.tab_to("보고서 열기");
    window.key(Key::Enter);
    window.wait("the report", |_| !opened.lock().expect("not poisoned").is_empty());
    assert_eq!(*opened.lock().expect("not poisoned"), [place.report()]);
}

#[test]
fn smallest_window_tells_what_failed_before_it_offers_the_report() {
    let place = Place::new();
    for (failed, offers) in [(false, true), (true, false)] {
        if failed {
            place.home.put("in/c", "");
        }
        let (inputs, output) = (vec![place.home.path("in")], Some(place.output.clone()));
        let mut window = Window::sized(Settings { inputs, output, ..settings(Lang::En, 2) }, [640.0, 480.0]);
        window.wait_for_files(2 + usize::from(failed));
        window.click(Role::Button, "Start");
        window.wait_for_end();
        assert_eq!(window.has(Role::Button, "Open report"), offers, "{failed}");
        assert_eq!(window.has(Role::Button, "Retry failed files"), failed);
    }
}

#[test]
fn run_without_a_report_leaves_none_and_offers_none() {
    let place = Place::new();
    let mut window = place.window(Lang::En, Choices { no_report: true, ..Choices::default() });
    window.click(Role::Button, "Start");
    window.wait_for_end();
    assert!(!window.has(Role::Button, "Open report") && !place.report().exists());
    assert!(place.output.join("b.xlsx").is_file());
}

#[test]
fn report_that_cannot_be_made_is_told_in_words_of_its_own() {
    let place = Place::new();
    fs::create_dir(&place.output).expect("made");
    fs::write(place.report(), "mine").expect("written");
    for (lang, begins) in [(Lang::En, "No report was made: "), (Lang::Ko, "보고서를 만들지 못했습니다: ")] {
        let mut window = place.window(lang, Choices::default());
        window.click(Role::Button, lang.text().start);
        window.wait_for_end();
        let told = window.starting(Role::Button, begins).unwrap_or_else(|| panic!("{:?}", window.labels(Role::Button)));
        assert!(!told.contains("journal") && !told.contains("기록 파일"), "{told}");
        assert!(!window.has(Role::Button, lang.text().open_report));
        assert_eq!(fs::read(place.report()).expect("there"), b"mine");
    }
}

/// Presses Start and waits until it is asked.
fn ask(window: &mut Window, lang: Lang) {
    window.click(Role::Button, lang.text().start);
    window.wait("the question", |window| window.has(Role::Button, lang.text().keep_them));
    window.settle();
}

#[test]
fn start_asks_with_the_number_before_it_replaces_what_is_not_its_own() {
    let place = Place::new();
    let mut window = place.overwriting(Lang::En);
    ask(&mut window, Lang::En);
    assert!(window.query_by_value(ASKED).is_some() || window.says(ASKED), "{:?}", window.labels(Role::Label));
    assert_eq!(window.focused(), "Keep both", "what replaces nothing has the keyboard");
    assert!(!window.is_enabled("Start"), "one filled button at a time");
    window.click(Role::Button, "Replace");
    window.wait_for_end();
    assert!(!place.is_mine_there());
    assert!(!place.output.join("b (2).xlsx").exists());
}

#[test]
fn enter_keeps_both_for_this_run_alone() {
    let place = Place::new();
    let mut window = place.overwriting(Lang::Ko);
    ask(&mut window, Lang::Ko);
    window.key(Key::Enter);
    window.wait_for_end();
    assert!(place.is_mine_there() && place.output.join("b (2).xlsx").is_file());
    assert_eq!(window.settings().choices.if_exists, IfExists::Overwrite, "what is chosen stays");
}

#[test]
fn cancel_escape_and_a_click_beside_it_begin_nothing() {
    let place = Place::new();
    let mut window = place.overwriting(Lang::En);
    let made = fs::metadata(place.output.join("a.xlsx")).and_then(|about| about.modified()).expect("made");
    for way in ["Cancel", "Escape", "beside"] {
        ask(&mut window, Lang::En);
        match way {
            "Escape" => window.key(Key::Escape),
            "beside" => window.click_file("a", Modifiers::NONE),
            button => window.click(Role::Button, button),
        }
        window.settle();
        assert!(!window.has(Role::Button, "Keep both"), "{way}");
        assert!(window.is_enabled("Start"), "{way}");
        assert!(window.files().iter().all(|file| file.ends_with(", –")), "{way}: {:?}", window.files());
    }
    assert!(place.is_mine_there());
    let now = fs::metadata(place.output.join("a.xlsx")).and_then(|about| about.modified()).expect("there");
    assert_eq!(now, made, "nothing was made anew");
}

#[test]
fn nothing_is_asked_where_only_its_own_would_be_replaced_or_nothing_is_overwritten() {
    let place = Place::new();
    drop(place.overwriting(Lang::En));
    let mut window = place.window(Lang::En, Choices::default());
    window.click(Role::Button, "Start");
    window.wait_for_end();
    assert!(place.is_mine_there(), "left as it is, and told");
    fs::remove_file(place.output.join("b.xlsx")).expect("removed");
    let mut window = place.window(Lang::En, Choices { if_exists: IfExists::Overwrite, ..Choices::default() });
    window.click(Role::Button, "Start");
    window.wait_for_end();
    assert!(window.files().iter().all(|file| file.ends_with(", done")), "{:?}", window.files());
}

#[test]
fn other_choice_takes_the_question_away() {
    let place = Place::new();
    let mut window = place.overwriting(Lang::En);
    ask(&mut window, Lang::En);
    window.click(Role::ComboBox, "If a workbook exists: overwrite");
    window.settle();
    assert!(!window.has(Role::Button, "Keep both"));
    assert!(place.is_mine_there());
}

#[test]
fn question_is_said_in_both_languages_whatever_was_found() {
    let found = WouldReplace { all: 1234, not_ours: 3, of_others: 1, changed: 2, is_cut_short: false };
    let said = |lang: Lang, found: &WouldReplace| lang.words().would_replace(found);
    assert_eq!(
        said(Lang::En, &found),
        "1,234 workbooks would be replaced, 3 of them not made by Sheetmill, 1 made from another source, 2 changed since."
    );
    assert_eq!(
        said(Lang::Ko, &found),
        "통합 문서 1,234개를 덮어쓰게 됩니다. 그중 Sheetmill이 만들지 않은 파일 3개, 다른 원본으로 만든 파일 1개, 만든 뒤에 고친 파일 2개가 있습니다."
    );
    let cut = WouldReplace { all: 12, not_ours: 0, of_others: 0, changed: 0, is_cut_short: true };
    assert!(said(Lang::En, &cut).starts_with("At least 12 workbooks"), "{}", said(Lang::En, &cut));
    assert!(said(Lang::Ko, &cut).starts_with("통합 문서 12개 이상을"), "{}", said(Lang::Ko, &cut));
}
