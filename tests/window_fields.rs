//! Whose a key is: what is typed in a field, asked in a question or done to a row goes nowhere else.

mod support;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use sheetmill::engine::{Choices, Filter, Form, MergeBy, Summary};
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

/// The filters that are chosen, a line each.
fn filters(window: &Window) -> Vec<String> {
    window.settings().choices.filters.iter().map(Filter::to_string).collect()
}

/// A window on one file of three records, its columns open.
fn on_three(lang: Lang) -> (Folder, Window) {
    let home = Folder::new();
    let texts = [(1, "한국 하나"), (2, "둘"), (3, "한국 셋")];
    home.put("one/a", texts.map(|(id, text)| wiki(id, &format!("t{id}"), text)).concat());
    let mut window = Window::open(Settings { inputs: vec![home.path("one")], ..settings(lang, 1) });
    window.wait("the preview", |window| window.rows().len() == 3);
    let text = lang.text();
    window.click(Role::ComboBox, &format!("{}: {}", text.columns, text.automatic));
    (home, window)
}

#[test]
fn filter_acts_as_it_is_typed_and_is_taken_back() {
    for (lang, left_out, first) in [
        (Lang::En, "1 of 3 records left out by filters", "text · contains: 한국"),
        (Lang::Ko, "레코드 3건 중 1건을 필터로 제외", "text · 포함: 한국"),
    ] {
        let (home, mut window) = on_three(lang);
        let text = lang.text();
        let control = |number: u32, what: &str| format!("{} {number}: {what}", text.filter);
        window.click(Role::Button, text.add_filter);
        assert_eq!(filters(&window), Vec::<String>::new(), "nothing is asked yet");
        window.append(&control(1, text.filter_value), "한국");
        assert_eq!(filters(&window), ["keep text contains 한국"]);
        window.wait("the rows that are left", |window| window.rows().len() == 2);
        assert!(window.says(left_out) && window.has(Role::Label, first), "{:?}", window.labels(Role::Label));
        window.click(Role::RadioButton, &control(1, text.filter_kinds[1]));
        assert_eq!(filters(&window), ["drop text contains 한국"]);
        window.wait("the other row", |window| window.rows().len() == 1);
        window.click(Role::RadioButton, &control(1, "title"));
        assert_eq!(filters(&window), ["drop title contains 한국"]);
        window.click(Role::Button, text.add_filter);
        window.click(Role::RadioButton, &control(2, text.filter_kinds[11]));
        window.append(&control(2, text.filter_value), "50%");
        window.write(&control(2, text.filter_seed), "7");
        assert_eq!(filters(&window)[1], "sample 50% seed 7");
        window.click(Role::Button, &control(1, text.delete));
        assert_eq!(filters(&window), ["sample 50% seed 7"]);
        window.escape();
        assert!(
            window.has(Role::ComboBox, &format!("{}: {} · {}", text.columns, text.automatic, lang.words().filters(1)))
        );
        window.press(Modifiers::COMMAND, Key::Z);
        while !filters(&window).is_empty() {
            window.press(Modifiers::COMMAND, Key::Z);
        }
        window.wait("all rows", |window| window.rows().len() == 3);
        drop(home);
    }
}

#[test]
fn pattern_that_cannot_be_is_said_so_and_the_last_good_filters_stay() {
    let (_home, mut window) = on_three(Lang::En);
    window.click(Role::Button, "Add filter");
    window.click(Role::RadioButton, "Filter 1: matches");
    let (value, complaint) = ("Filter 1: Value", "Not a regular expression. Example: ^Chapter [0-9]+");
    window.append(value, "한국 .$");
    assert_eq!(filters(&window), ["keep text matches 한국 .$"]);
    window.append(value, "(");
    assert!(window.says(complaint));
    window.append(value, "|)");
    assert!(!window.says(complaint));
    window.click(Role::RadioButton, "Filter 1: longer than");
    window.append(value, "many");
    assert!(window.says("Type a whole number from 1 on."));
    assert_eq!(filters(&window), Vec::<String>::new(), "what cannot be used does nothing");
    window.write(value, "4");
    assert_eq!(filters(&window), ["keep text longer 4"]);
}

#[test]
fn list_of_a_filter_that_is_not_there_is_said_where_the_records_would_be() {
    let (home, mut window) = on_three(Lang::En);
    window.click(Role::Button, "Add filter");
    window.click(Role::RadioButton, "Filter 1: in list");
    window.click(Role::RadioButton, "Filter 1: id");
    let list = home.path("ids.txt");
    window.append("Filter 1: Value", &list.display().to_string());
    window.wait("why there is nothing", |window| {
        window.query_by_label_contains("a filter's list can't be read").is_some()
    });
    home.put("ids.txt", "2\n");
    window.append("Filter 1: Value", "x");
    window.key(Key::Backspace);
    window.wait("the row of the list", |window| window.rows().len() == 1);
}
