//! Before a run and after it: what is chosen about proof and report, what Start asks, and what the end leaves to open;
//! read and used by accessible names, on real folders.

mod support;

use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use eframe::egui::accesskit::{Role, Toggled};
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use sheetmill::engine::{Choices, Proof, journal};
use sheetmill::settings::Settings;
use sheetmill::text::Lang;
use sheetmill::window::App;

use support::folder::Folder;
use support::records::doc;
use support::window::{Window, settings};

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
