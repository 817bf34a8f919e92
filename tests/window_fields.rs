//! Whose a key is: what is typed in a field, asked in a question or done to a row goes nowhere else.

mod support;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use sheetmill::engine::{Choices, Form, MergeBy, Summary};
use sheetmill::session::Session;
use sheetmill::settings::Settings;
use sheetmill::text::Lang;
use sheetmill::window::App;

use support::folder::Folder;
use support::records::wiki;
use support::window::script::listed;
use support::window::{WIDE, Window, settings};
use support::workbooks::names;

/// A window on one of two folders; what it opens is counted.
struct Bench {
    home: Folder,
    window: Window,
    opened: Arc<AtomicUsize>,
}

impl Bench {
    /// Two folders, `one` with three files and `two` with two; the first is the source.
    fn new(size: [f32; 2]) -> Self {
        let home = Folder::new();
        for file in ["one/wiki_0", "one/wiki_1", "one/wiki_2", "two/wiki_0", "two/wiki_1"] {
            home.put(file, wiki(0, "t", "body"));
        }
        let settings = Settings { inputs: vec![home.path("one")], ..settings(Lang::En, 1) };
        let opened = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&opened);
        let mut window = Window::built(Harness::builder().with_size(size), move |context| {
            App::new(context, settings, None, Vec::new()).opening_with(move |_| {
                count.fetch_add(1, Ordering::SeqCst);
                Ok(())
            })
        });
        window.wait_for_files(3);
        Self { home, window, opened }
    }

    fn inputs(&self) -> Vec<PathBuf> {
        self.window.settings().inputs.clone()
    }

    /// How many files a folder beside the two holds.
    fn workbooks(&self, folder: &str) -> usize {
        names(&self.home.path(folder)).len()
    }

    /// Starts the run and waits for its end.
    fn convert(&mut self) {
        self.window.press(Modifiers::COMMAND, Key::Enter);
        self.window.wait_for_end();
    }
}

#[test]
fn start_takes_the_path_that_is_being_typed() {
    let mut bench = Bench::new(WIDE);
    let two = bench.home.path("two");
    bench.window.write("From", &two.display().to_string());
    bench.convert();
    assert_eq!(bench.inputs(), [two]);
    assert_eq!((bench.workbooks("two-xlsx"), bench.workbooks("one-xlsx")), (2, 0));
}

#[test]
fn source_chosen_meanwhile_stays_when_a_field_is_left() {
    let mut bench = Bench::new(WIDE);
    let two = bench.home.path("two");
    bench.window.write("From", "/half a pa");
    bench.window.drop_files(&[&two]);
    bench.window.wait_for_files(2);
    bench.window.click(Role::ListItem, "wiki_0, –");
    bench.window.key(Key::Tab);
    assert_eq!(bench.inputs(), [two]);
}

#[test]
fn escape_gives_up_a_half_typed_path_also_where_the_pane_hides_the_list() {
    let mut bench = Bench::new([640.0, 480.0]);
    bench.window.press(Modifiers::COMMAND, Key::I);
    let one = bench.home.path("one");
    bench.window.write("From", &bench.home.path("two").display().to_string());
    bench.window.key(Key::Escape);
    assert_eq!(bench.inputs(), [one]);
}

#[test]
fn words_that_are_no_path_change_nothing_and_are_said_so() {
    let mut bench = Bench::new(WIDE);
    let elsewhere = bench.home.path("elsewhere");
    bench.window.write("To", &elsewhere.display().to_string());
    bench.window.key(Key::Enter);
    assert_eq!(bench.window.settings().output, Some(elsewhere.clone()));
    for field in ["To", "From"] {
        bench.window.write(field, "results");
        bench.window.key(Key::Enter);
        assert!(bench.window.has(Role::Button, "Type the whole path. (Dismiss)"), "{field}");
        bench.window.click(Role::Button, "Type the whole path. (Dismiss)");
    }
    assert_eq!(bench.window.settings().output, Some(elsewhere));
    // emptied, it is beside the source again
    bench.window.write("To", " ");
    bench.window.key(Key::Enter);
    assert_eq!(bench.window.settings().output, None);
}

#[test]
fn enter_in_a_field_opens_no_workbook_and_escape_selects_none_less() {
    let mut bench = Bench::new(WIDE);
    bench.convert();
    bench.window.key(Key::ArrowDown);
    bench.window.press(Modifiers::COMMAND, Key::F);
    bench.window.key(Key::Enter);
    bench.window.press(Modifiers::COMMAND, Key::F);
    bench.window.key(Key::Escape);
    assert_eq!((bench.opened.load(Ordering::SeqCst), bench.window.selected().len()), (0, 1));
    bench.window.key(Key::Enter);
    let opened = Arc::clone(&bench.opened);
    bench.window.wait("the workbook", |_| opened.load(Ordering::SeqCst) == 1);
}

#[test]
fn question_and_words_about_the_program_let_nothing_through() {
    let mut bench = Bench::new(WIDE);
    bench.window.press(Modifiers::COMMAND, Key::Enter);
    bench.window.press(Modifiers::COMMAND, Key::P); // it may be over; then there is no question, and the rest still holds
    bench.window.ask_to_close();
    bench.window.key(Key::Escape);
    bench.window.wait("the end of the run", |window| {
        window.has(Role::Button, "Open output folder") || window.has(Role::Button, "Resume")
    });
    if bench.window.has(Role::Button, "Resume") {
        bench.window.click(Role::Button, "Resume");
        bench.window.wait_for_end();
    }
    bench.window.key(Key::ArrowDown);
    bench.window.click(Role::Button, "Settings");
    bench.window.choose("About Sheetmill");
    let two = bench.home.path("two");
    bench.window.drop_files(&[&two]);
    for key in [Key::Delete, Key::Enter] {
        bench.window.focus(Role::Button, "Copy version");
        bench.window.key(key);
    }
    bench.window.key(Key::Escape);
    assert_eq!(bench.window.files().len(), 3);
    assert_eq!((bench.opened.load(Ordering::SeqCst), bench.window.selected().len()), (0, 1));
    assert_eq!(bench.inputs(), [bench.home.path("one")]);
}

#[test]
fn files_that_a_filter_hides_are_not_acted_on() {
    let mut bench = Bench::new(WIDE);
    bench.home.put("one/bad.pdf", "%PDF-1.7");
    bench.convert();
    bench.window.press(Modifiers::COMMAND, Key::A);
    bench.window.click(Role::RadioButton, "Failed 1");
    bench.window.key(Key::Delete);
    assert_eq!(bench.window.files(), Vec::<String>::new());
    bench.window.click(Role::Button, "Show all");
    assert_eq!(bench.window.files().len(), 3, "only what was seen is gone");
}

#[test]
fn row_is_its_files_wherever_it_stands() {
    let mut bench = Bench::new(WIDE);
    let id = |bench: &Bench, file: &str| bench.window.file(file).accesskit_node().id();
    let before = id(&bench, "wiki_2");
    bench.window.click(Role::ListItem, "wiki_0, –");
    bench.window.key(Key::Delete);
    assert_eq!(bench.window.files().len(), 2);
    assert_eq!(id(&bench, "wiki_2"), before);
}

#[test]
fn record_without_fields_takes_nothing_down() {
    let mut bench = Bench::new(WIDE);
    bench.home.put("two/empty.json", "{}\n");
    let (two, file) = (bench.home.path("two"), "empty.json, –");
    bench.window.drop_files(&[&two]);
    bench.window.wait_for_files(3);
    bench.window.click(Role::ListItem, file);
    bench.window.wait("the preview", |window| window.has(Role::Label, "empty.json · 1 record"));
    bench.convert();
    assert_eq!(bench.workbooks("two-xlsx"), 3);
}

#[test]
fn form_of_the_files_is_chosen_beside_the_columns_and_taken_back() {
    for (lang, workbooks, files) in [(Lang::En, "1 workbook,", "1 file,"), (Lang::Ko, "통합 문서 1개,", "파일 1개,")]
    {
        let mut window = Window::open(Settings { inputs: vec!["/nowhere/corpus".into()], ..settings(lang, 1) });
        window.show(Session::replay(listed("/nowhere/corpus", [("a", 7)]), Some(Ok(Summary::default()))), false);
        let text = lang.text();
        let holds = |window: &Window, words: &str| {
            window.root().children_recursive().any(|node| {
                node.accesskit_node().label().is_some_and(|label| label.contains(words))
                    || node.accesskit_node().value().is_some_and(|value| value.contains(words))
            })
        };
        let button = |form| format!("{}: {}", text.save_as, lang.words().form(form));
        let choose = |window: &mut Window, from, to| {
            window.click(Role::ComboBox, &button(from));
            window.run_steps(4);
            assert!(!holds(window, text.guard) || from == Form::Csv, "only CSV is guarded");
            window.click(Role::MenuItemRadio, lang.words().form_line(to));
            window.run_steps(4);
        };
        assert!(holds(&window, workbooks), "{lang:?}");
        choose(&mut window, Form::Xlsx, Form::Csv);
        assert_eq!(window.settings().choices.form, Form::Csv);
        assert!(holds(&window, files) && !holds(&window, workbooks), "{lang:?}");
        assert!(holds(&window, "/corpus-csv"), "{lang:?}: the folder is called after it");
        assert!(holds(&window, text.changed_form), "{lang:?}: it can be taken back");
        window.click(Role::ComboBox, &button(Form::Csv));
        window.run_steps(4);
        window.click(Role::CheckBox, text.guard);
        window.run_steps(4);
        assert!(window.settings().choices.guard, "{lang:?}");
        window.key(Key::Escape);
        window.press(Modifiers::COMMAND, Key::Z);
        assert_eq!(window.settings().choices, Choices { form: Form::Csv, ..Choices::default() });
        window.press(Modifiers::COMMAND, Key::Z);
        assert_eq!(window.settings().choices, Choices::default());
        assert!(holds(&window, workbooks), "{lang:?}");
    }
}

#[test]
fn files_are_merged_by_a_choice_below_their_form_and_taken_back() {
    for lang in [Lang::En, Lang::Ko] {
        let mut window = Window::open(Settings { inputs: vec!["/nowhere/corpus".into()], ..settings(lang, 1) });
        window.show(
            Session::replay(listed("/nowhere/corpus", [("a", 7), ("b", 8)]), Some(Ok(Summary::default()))),
            false,
        );
        let (text, words) = (lang.text(), lang.words());
        let button = |by| match words.merge_word(by) {
            "" => format!("{}: Excel", text.save_as),
            merged => format!("{}: Excel, {merged}", text.save_as),
        };
        let open = |window: &mut Window, by| {
            window.click(Role::ComboBox, &button(by));
            window.run_steps(4);
        };
        open(&mut window, MergeBy::None);
        window.click(Role::MenuItemRadio, words.merge_line(MergeBy::Run));
        window.run_steps(4);
        assert_eq!(window.settings().choices.merge.by, MergeBy::Run, "{lang:?}");
        let line = words.workbooks(2, MergeBy::Run);
        assert!(
            window.root().children_recursive().any(|node| node
                .accesskit_node()
                .label()
                .is_some_and(|label| label.contains(&line))
                || node.accesskit_node().value().is_some_and(|value| value.contains(&line))),
            "{lang:?}: {line}"
        );
        for (words, is_on) in [(text.merge_origin, true), (text.merge_parts, false), (text.merge_all, false)] {
            let toggled = window.settings().choices.merge;
            window.click(Role::CheckBox, words);
            window.run_steps(4);
            assert_ne!(window.settings().choices.merge, toggled, "{lang:?}: {words} was {is_on}");
        }
        let chosen = window.settings().choices.merge;
        assert_eq!((chosen.no_origin, chosen.ends_with_failure), (true, true));
        assert_eq!(chosen.most_rows.map(std::num::NonZeroU64::get), Some(300_000));
        assert_eq!(chosen.most_bytes.map(std::num::NonZeroU64::get), Some(200_000_000));
        window.key(Key::Escape);
        for _ in 0..4 {
            window.press(Modifiers::COMMAND, Key::Z);
        }
        assert_eq!(window.settings().choices, Choices::default(), "{lang:?}");
    }
}

#[test]
fn line_of_choices_has_room_in_every_width() {
    for (lang, width) in
        [Lang::En, Lang::Ko].into_iter().flat_map(|lang| [760.0, 900.0, 1200.0].map(|width| (lang, width)))
    {
        let inputs = vec!["/nowhere/corpus".into()];
        let choices = Choices { form: Form::Jsonl, ..Choices::default() };
        let mut window = Window::sized(Settings { inputs, choices, ..settings(lang, 1) }, [width, 780.0]);
        window.show(Session::replay(listed("/nowhere/corpus", [("a", 7)]), Some(Ok(Summary::default()))), false);
        let last = window.get_by_role_and_label(Role::Button, lang.text().presets).rect().right();
        assert!(last < width - 8.0, "{lang:?} {width}: {last}");
    }
}
