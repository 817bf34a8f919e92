//! The preview and what is chosen by it (columns, reading, presets), on real files and without a
//! display, read and clicked by accessible names.

mod support;

use std::fs;
use std::path::PathBuf;

use eframe::egui::accesskit::{Role, Toggled};
use eframe::egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use sheetmill::engine::{Column, Columns, EncodingName, FormatKind, Kind, Origin, Tags};
use sheetmill::preset::Preset;
use sheetmill::settings::Settings;
use sheetmill::text::Lang;
use sheetmill::window::App;

use support::folder::Folder;
use support::records::{apart, wiki};
use support::window::{WIDE, Window, settings};
use support::workbooks::cells;

/// What is said of columns that cannot be.
const COMPLAINT: &str = "Choose at least one column. Headers can’t be empty or the same.";
/// The rows of [`two`], as they are heard.
const TWO: [&str; 2] = ["5, 지미 카터, 지미 카터 대통령이다.", "9, 수학, 수학 수를 다룬다."];

/// A window whose settings are kept in `settings.toml`.
fn opened(home: &Folder, settings: Settings, size: [f32; 2]) -> Window {
    let file = home.path("settings.toml");
    let builder = Harness::builder().with_size(size).allow_missing_glyphs();
    Window::built(builder, |context| App::new(context, settings, Some(file), Vec::new()))
}

/// A folder with source files in `in`, and a window on it.
fn on(lang: Lang, files: &[(&str, &[u8])], size: [f32; 2]) -> (Folder, Window) {
    let home = Folder::new();
    for (name, bytes) in files {
        home.put(&format!("in/{name}"), bytes);
    }
    let window = opened(&home, Settings { inputs: vec![home.path("in")], ..settings(lang, 2) }, size);
    (home, window)
}

/// A window on [`two`].
fn on_two() -> (Folder, Window) {
    on(Lang::En, &[("a", &two())], WIDE)
}

/// The program closed and started again.
fn again(home: &Folder, window: Window) -> Window {
    let settings = window.settings().clone();
    drop(window);
    opened(home, settings, WIDE)
}

/// Where presets are kept.
fn presets(home: &Folder) -> PathBuf {
    Preset::folder(&home.path("settings.toml"))
}

/// Waits for the preview to be these rows.
fn until_rows(window: &mut Window, rows: &[&str]) {
    window.wait(&format!("{rows:?}"), |window| window.rows() == rows);
}

/// Starts the run and waits for its end.
fn convert(window: &mut Window) {
    window.click(Role::Button, "Start");
    window.wait_for_end();
}

/// In the columns that are open: a header that cannot be.
fn empty_the_header_of_id(window: &mut Window) {
    window.click(Role::Button, "Options: id");
    window.focus(Role::TextInput, "Header: id");
    window.key(Key::Backspace);
    window.key(Key::Backspace);
}

/// What is called so in the columns that were chosen, by `name`.
fn chosen(window: &Window, name: fn(&Column) -> &str) -> Vec<String> {
    let columns = window.settings().choices.columns.as_chosen().unwrap_or_default();
    columns.iter().map(|column| name(column).to_owned()).collect()
}

fn two() -> Vec<u8> {
    (wiki(5, "지미 카터", "대통령이다.") + &wiki(9, "수학", "수를 다룬다.")).into_bytes()
}

#[test]
fn preview_shows_the_first_file_as_it_will_stand_in_the_workbook() {
    let long = (1..=80).map(|n| wiki(n, &format!("t{n}"), "글")).collect::<String>().into_bytes();
    let (_home, mut window) = on(Lang::En, &[("a", &two()), ("b", &long), ("c.pdf", b"%PDF-1.7 \x00\xff\xfe")], WIDE);
    until_rows(&mut window, &TWO);
    let heads = window.labels(Role::ColumnHeader);
    assert_eq!(heads[heads.len() - 3..], ["id", "title", "text"], "behind those of the list");
    assert!(window.has(Role::Label, "a · all 2 records"));
    assert!(window.has(Role::ComboBox, "Encoding of this file: UTF-8"));

    window.key(Key::ArrowDown); // selects the first
    window.key(Key::ArrowDown);
    window.wait("the second file", |window| window.says("b · first 50 records"));
    assert!(window.rows().len() < 30, "only the rows in sight are built: {}", window.rows().len());

    window.key(Key::ArrowDown);
    window.wait("why there is nothing", |window| window.says("a PDF document, not text"));
    assert_eq!(window.rows(), Vec::<String>::new());
}

#[test]
fn records_are_counted_and_details_told_after_a_run() {
    let long = (1..=80).map(|n| wiki(n, &format!("t{n}"), "<b>글</b>")).collect::<String>().into_bytes();
    let (_home, mut window) = on(Lang::Ko, &[("a", &long), ("b.pdf", b"%PDF-1.7")], WIDE);
    window.wait("the preview", |window| window.says("a · 처음 50건"));
    window.click(Role::Button, "변환 시작");
    window.wait_for_end();
    assert!(window.has(Role::Label, "a · 레코드 80건 중 처음 50건"));
    window.click(Role::Tab, "상세 정보");
    for fact in ["파일: a", "형식: WikiExtractor 태그", "인코딩: UTF-8", "레코드: 80", "행: 80"] {
        assert!(window.has(Role::Label, fact), "{fact}: {:?}", window.labels(Role::Label));
    }
    assert!(window.says("1번째 줄, id 1: 태그 2개 제외"));
    window.key(Key::ArrowDown);
    window.key(Key::ArrowDown);
    assert!(window.says("PDF 문서(텍스트 아님)"));
    assert!(window.query_by_label_contains("다른 파일에는 영향이 없습니다").is_some());
}

#[test]
fn columns_are_chosen_renamed_and_ordered_and_reach_the_workbook() {
    let (home, mut window) = on_two();
    until_rows(&mut window, &TWO);
    window.click(Role::ComboBox, "Columns: automatic");
    assert!(window.get_by_role_and_label(Role::CheckBox, "title").accesskit_node().toggled() == Some(Toggled::True));
    window.click(Role::CheckBox, "url");
    window.click(Role::CheckBox, "id");
    window.click(Role::CheckBox, "record number");
    assert_eq!(chosen(&window, Column::name), ["title", "url", ":number", "text"]);
    window.click(Role::Button, "Move up: number");
    assert_eq!(chosen(&window, Column::name), ["title", ":number", "url", "text"]);
    // the same by keyboard
    window.focus(Role::CheckBox, "url");
    window.press(Modifiers::ALT, Key::ArrowUp);
    assert_eq!(chosen(&window, Column::name), ["title", "url", ":number", "text"]);

    window.click(Role::Button, "Options: text");
    window.click(Role::CheckBox, "Leave out a first line that repeats the title");
    window.append("Header: text", " body");
    until_rows(&mut window, &["지미 카터, https://x/5, 1, 대통령이다.", "수학, https://x/9, 2, 수를 다룬다."]);
    window.key(Key::Escape);
    window.key(Key::Escape);
    convert(&mut window);
    assert_eq!(
        cells(&home.path("in-xlsx/a.xlsx")),
        [
            ["title", "url", "number", "text body"],
            ["지미 카터", "https://x/5", "1", "대통령이다.\n"],
            ["수학", "https://x/9", "2", "수를 다룬다.\n"],
        ]
    );
}

#[test]
fn field_may_stand_twice_under_two_headers() {
    let (home, window) = on_two();
    let folder = presets(&home);
    let columns = Columns::parse("id,text=long,text=short").expect("columns");
    Preset { name: "twice".into(), columns, ..Preset::default() }.save_in(&folder).expect("saved");
    let mut window = again(&home, window);
    window.click(Role::Button, "Presets");
    window.wait("the preset", |window| window.says("twice"));
    window.click(Role::MenuItemRadio, "twice");
    window.key(Key::Escape);
    window.click(Role::ComboBox, "Columns: id, long, short");
    window.click(Role::Button, "Move up: short");
    assert_eq!(chosen(&window, Column::header), ["id", "short", "long"]);
    window.click(Role::CheckBox, "long (text)");
    assert_eq!(chosen(&window, Column::header), ["id", "short"]);
}

#[test]
fn columns_that_cannot_be_are_said_so_and_the_last_good_ones_stay() {
    let (_home, mut window) = on_two();
    until_rows(&mut window, &TWO);
    window.click(Role::ComboBox, "Columns: automatic");
    window.click(Role::RadioButton, "custom");
    let good = Columns::parse("id,title,text").expect("columns");
    assert_eq!(window.settings().choices.columns, good);
    empty_the_header_of_id(&mut window);
    assert!(window.says(COMPLAINT));
    window.append("Header: id", "title");
    assert!(window.says(COMPLAINT), "the same header twice");
    assert_ne!(
        window.settings().choices.columns.as_chosen().map(|columns| columns[0].header().to_owned()),
        Some(String::new())
    );
    window.click(Role::RadioButton, "automatic");
    assert!(!window.says(COMPLAINT));
    assert_eq!(window.settings().choices.columns, Columns::AUTO);
}

#[test]
fn columns_taken_back_show_in_the_sheet_that_is_open() {
    let (_home, mut window) = on_two();
    window.wait("the preview", |window| window.rows().len() == 2);
    window.click(Role::ComboBox, "Columns: automatic");
    window.click(Role::RadioButton, "custom");
    empty_the_header_of_id(&mut window);
    assert!(window.says(COMPLAINT));
    window.focus(Role::RadioButton, "custom"); // out of the field
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.settings().choices.columns, Columns::AUTO);
    assert!(!window.says(COMPLAINT));
    assert!(window.says("Each file has the columns of its format."));
}

#[test]
fn kinds_of_values_are_chosen_for_all_columns_and_for_one() {
    let lines = b"{\"id\":\"1\",\"views\":\"120\"}\n{\"id\":\"2\",\"views\":\"x\"}\n";
    let (_home, mut window) = on(Lang::En, &[("a.jsonl", lines)], WIDE);
    until_rows(&mut window, &["1, 120", "2, x"]);
    let kinds = |window: &Window| {
        let columns = window.settings().choices.columns.as_chosen().unwrap_or_default();
        columns.iter().map(|column| column.options.kind).collect::<Vec<_>>()
    };
    window.click(Role::ComboBox, "Columns: automatic");
    window.click(Role::CheckBox, "Save columns of numbers as numbers");
    assert_eq!(window.settings().choices.columns, Columns::NUMBERS);
    window.click(Role::Button, "Options: id");
    // what was found of the columns is what a person begins with
    window.wait("the numbers found", |window| is_chosen(window, "Kind of values: number"));
    window.click(Role::Button, "Options: views");
    assert!(is_chosen(&window, "Kind of values: text"));
    window.click(Role::RadioButton, "Kind of values: number");
    assert_eq!(kinds(&window), [Kind::Number, Kind::Number]);
    window.click(Role::RadioButton, "Kind of values: true or false");
    assert_eq!(kinds(&window), [Kind::Number, Kind::Truth]);
    window.click(Role::RadioButton, "automatic");
    assert_eq!(window.settings().choices.columns, Columns::AUTO);
    window.click(Role::CheckBox, "Save columns of numbers as numbers");
    window.click(Role::CheckBox, "Save columns of numbers as numbers");
    assert_eq!(window.settings().choices.columns, Columns::AUTO);
}

#[test]
fn selector_is_checked_as_it_is_typed_and_becomes_a_column() {
    let page =
        b"<html><head><title>P</title></head><body><h1>Head</h1><a href='/x'>more</a> and much more</body></html>";
    let (_home, mut window) = on(Lang::En, &[("a.html", page)], WIDE);
    window.wait("the page", |window| window.rows().len() == 1);
    window.click(Role::ComboBox, "Columns: automatic");
    let field = "Add a column by CSS selector";
    window.append(field, "a[");
    assert!(window.says("Not a CSS selector. Example: div.post"));
    window.key(Key::Backspace);
    assert!(!window.says("Not a CSS selector. Example: div.post"));
    window.append(field, "@href");
    window.click(Role::Button, "Add");
    let columns = window.settings().choices.columns.as_chosen().unwrap_or_default().to_vec();
    assert!(columns.iter().any(|column| column.from == Origin::Select("a@href".into())), "{columns:?}");
    window.wait("its value", |window| window.rows().iter().any(|row| row.contains("/x")));
}

#[test]
fn reading_is_chosen_for_all_and_the_preview_follows() {
    let (_home, mut window) = on(Lang::En, &[("a", wiki(1, "t", "<b>x</b> y").as_bytes())], WIDE);
    until_rows(&mut window, &["1, t, t x y"]);
    window.click(Role::ComboBox, "Reading: automatic");
    window.click(Role::RadioButton, "Tags in texts: keep as text");
    until_rows(&mut window, &["1, t, t <b>x</b> y"]);
    window.click(Role::RadioButton, "Format: plain text");
    window.wait("the whole file as one record", |window| window.says("a · 1 record"));
    window.click(Role::RadioButton, "Encoding: EUC-KR (CP949)");
    let reading = &window.settings().choices.reading;
    assert_eq!((reading.format, reading.tags), (Some(FormatKind::PlainText), Tags::Keep));
    assert_eq!(reading.encoding, EncodingName::parse("cp949"));
    window.append("Records by selector or path", "b");
    assert_eq!(window.settings().choices.reading.record.as_ref().map(|css| css.as_str().to_owned()), Some("b".into()));
}

/// What is chosen as the record.
fn record(window: &Window) -> Option<String> {
    window.settings().choices.reading.record.as_ref().map(|record| record.as_str().to_owned())
}

/// A radio button that is chosen.
fn is_chosen(window: &Window, name: &str) -> bool {
    window.get_by_role_and_label(Role::RadioButton, name).accesskit_node().toggled() == Some(Toggled::True)
}

#[test]
fn record_is_chosen_from_what_repeats_and_the_preview_follows() {
    let (_home, mut window) = on(Lang::En, &[("a.xml", apart(13, 4).as_bytes())], WIDE);
    window.wait("the records", |window| window.rows().len() == 13);
    window.click(Role::ComboBox, "Reading: automatic");
    let all: Vec<String> =
        window.labels(Role::RadioButton).into_iter().filter(|name| name.starts_with("Records: ")).collect();
    let want = [
        "automatic · root/rec",
        "root/rec, 13",
        "root/list/item, 4",
        "root/list/item/k, 4",
        "root/rec/a, 13",
        "root/rec/b, 13",
    ];
    assert_eq!(all, want.map(|name| format!("Records: {name}")));
    assert!(is_chosen(&window, "Records: automatic · root/rec"));

    window.click(Role::RadioButton, "Records: root/list/item, 4");
    assert_eq!(record(&window).as_deref(), Some("root/list/item"));
    until_rows(&mut window, &["k0", "k1", "k2", "k3"]);
    assert!(is_chosen(&window, "Records: root/list/item, 4") && !is_chosen(&window, "Records: automatic · root/rec"));
    assert_eq!(window.value("Records by selector or path"), "root/list/item");

    // by keyboard, and back
    window.focus(Role::RadioButton, "Records: root/rec, 13");
    window.key(Key::Enter);
    assert_eq!(record(&window).as_deref(), Some("root/rec"));
    window.click(Role::RadioButton, "Records: automatic · root/rec");
    assert_eq!(record(&window), None);
    window.wait("the records again", |window| window.rows().len() == 13);
    assert!(is_chosen(&window, "Records: automatic · root/rec"));

    // what finds nothing leaves the list, for it is the way out
    window.append("Records by selector or path", "nowhere");
    window.wait("no record", |window| window.rows().is_empty());
    assert!(!is_chosen(&window, "Records: automatic · root/rec"));
    window.click(Role::RadioButton, "Records: root/list/item, 4");
    until_rows(&mut window, &["k0", "k1", "k2", "k3"]);
}

#[test]
fn nothing_is_offered_as_a_record_where_nothing_repeats() {
    let (_home, mut window) = on_two();
    until_rows(&mut window, &TWO);
    window.click(Role::ComboBox, "Reading: automatic");
    assert!(window.has(Role::TextInput, "Records by selector or path"));
    assert_eq!(window.starting(Role::RadioButton, "Records: "), None);
    assert!(!window.says("Repeats in this file"));
}

#[test]
fn much_outside_the_records_is_a_warning_that_offers_others() {
    let (_home, mut window) = on(Lang::En, &[("a.xml", apart(13, 4).as_bytes())], WIDE);
    window.wait("the records", |window| window.rows().len() == 13);
    assert!(window.has(Role::Label, "13% of the values are outside the records"), "{:?}", window.labels(Role::Label));
    assert!(!window.has(Role::Label, "4 values outside records left out"), "it is said once");
    let offered = |window: &Window| -> Vec<String> {
        window.labels(Role::Button).into_iter().filter(|name| name.starts_with("Records: ")).collect()
    };
    assert_eq!(offered(&window), ["Records: root/list/item, 4", "Records: root/list/item/k, 4"], "not what is taken");
    assert!(!window.has(Role::Button, "Reading: more…"), "there are no more");

    window.click(Role::Button, "Records: root/list/item, 4");
    assert_eq!(record(&window).as_deref(), Some("root/list/item"));
    until_rows(&mut window, &["k0", "k1", "k2", "k3"]);
    assert!(window.says("87% of the values are outside the records"));
    assert_eq!(offered(&window)[0], "Records: root/rec, 13");
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(record(&window), None);
}

#[test]
fn more_of_what_repeats_opens_reading() {
    let twice = |name: &str| format!("<{name}s>{}</{name}s>", format!("<{name}><x>1</x></{name}>").repeat(2));
    let xml = apart(40, 6).replace("</list>", &format!("</list>{}", ["p", "q", "r"].map(twice).concat()));
    let (_home, mut window) = on(Lang::Ko, &[("a.xml", xml.as_bytes())], WIDE);
    window.wait("the records", |window| window.rows().len() > 10);
    let offered: Vec<String> =
        window.labels(Role::Button).into_iter().filter(|name| name.starts_with("레코드: ")).collect();
    assert_eq!(offered, ["root/list/item, 6", "root/ps/p, 2", "root/qs/q, 2"].map(|name| format!("레코드: {name}")));
    assert_eq!(window.starting(Role::RadioButton, "레코드: "), None);
    window.click(Role::Button, "읽는 방식: 더 보기…");
    assert!(is_chosen(&window, "레코드: 자동 인식 · root/rec"));
    window.focus(Role::RadioButton, "레코드: root/rs/r, 2"); // further down: the list scrolls to it
    window.run_steps(30);
    window.click(Role::RadioButton, "레코드: root/rs/r, 2");
    assert_eq!(record(&window).as_deref(), Some("root/rs/r"));
}

#[test]
fn little_outside_the_records_is_said_calmly() {
    let (_home, mut window) = on(Lang::En, &[("a.xml", apart(40, 4).as_bytes())], WIDE);
    window.wait("the records", |window| window.rows().len() > 10);
    assert!(window.has(Role::Label, "5% of the values are outside the records"), "{:?}", window.labels(Role::Label));
    assert_eq!(window.starting(Role::Button, "Records: "), None);
    let (_home, mut window) = on_two();
    until_rows(&mut window, &TWO);
    assert!(window.query_by_label_contains("outside the records").is_none());
}

#[test]
fn fields_that_no_column_takes_are_counted_beside_columns() {
    let (_home, mut window) = on_two();
    until_rows(&mut window, &TWO);
    assert!(window.has(Role::Label, "3 of 4 fields taken, left out: url"), "{:?}", window.labels(Role::Label));
    window.click(Role::ComboBox, "Columns: automatic");
    window.click(Role::CheckBox, "url");
    window.wait("all taken", |window| !window.labels(Role::Label).iter().any(|label| label.contains(" fields")));
    window.click(Role::CheckBox, "title");
    window.click(Role::CheckBox, "id");
    window.wait("two left out", |window| window.has(Role::Label, "2 of 4 fields taken, left out: id, title"));
}

#[test]
fn encoding_of_one_file_reaches_the_preview_and_the_run() {
    let text = wiki(1, "t", "한국어");
    let korean = in_euc_kr(&text);
    let (home, mut window) = on(Lang::En, &[("a", &korean), ("b", text.as_bytes())], WIDE);
    window.wait("the preview", |window| window.rows().len() == 1);
    window.key(Key::ArrowDown);
    let button = window.starting(Role::ComboBox, "Encoding of this file");
    window.click(Role::ComboBox, &button.expect("the encoding"));
    window.choose("Windows-1252");
    until_rows(&mut window, &["1, t, t ÇÑ±¹¾î"]);
    assert!(window.has(Role::ComboBox, "Encoding of this file: windows-1252 (chosen)"));
    assert_eq!(window.settings().choices.reading.encoding, None, "only this file");
    convert(&mut window);
    assert_eq!(cells(&home.path("in-xlsx/a.xlsx"))[1][2].trim(), "t\n\nÇÑ±¹¾î");
    assert_eq!(cells(&home.path("in-xlsx/b.xlsx"))[1][2].trim(), "t\n\n한국어");
}

/// `한국어` in EUC-KR, all else as it is.
fn in_euc_kr(text: &str) -> Vec<u8> {
    let (before, after) = text.split_once("한국어").expect("the word");
    let word: &[u8] = b"\xc7\xd1\xb1\xb9\xbe\xee";
    [before.as_bytes(), word, after.as_bytes()].concat()
}

#[test]
fn preset_is_saved_chosen_deleted_and_wanted_back() {
    let (home, mut window) = on_two();
    until_rows(&mut window, &TWO);
    window.click(Role::ComboBox, "Columns: automatic");
    window.click(Role::CheckBox, "id");
    window.key(Key::Escape);
    window.click(Role::Button, "Presets");
    window.append("Name", "뉴스");
    window.click(Role::Button, "Save");
    window.wait("the preset", |window| window.has(Role::MenuItemRadio, "뉴스"));
    let folder = presets(&home);
    let want = Columns::chosen(["title", "text"].map(Column::field).into()).expect("columns");
    assert_eq!(Preset::load(&folder.join("뉴스.toml")).expect("the file").columns, want);

    window.key(Key::Escape);
    window.click(Role::ComboBox, "Columns: title, text");
    window.click(Role::RadioButton, "automatic");
    window.key(Key::Escape);
    window.click(Role::Button, "Presets");
    window.click(Role::MenuItemRadio, "뉴스");
    assert_eq!(window.settings().choices.columns, want);
    until_rows(&mut window, &["지미 카터, 지미 카터 대통령이다.", "수학, 수학 수를 다룬다."]);

    window.click(Role::Button, "Delete: 뉴스");
    window.wait("it gone", |window| !window.has(Role::MenuItemRadio, "뉴스"));
    assert!(Preset::all_in(&folder).is_empty());
    window.click(Role::Button, "Undo");
    window.wait("it back", |window| window.has(Role::MenuItemRadio, "뉴스"));
    assert_eq!(Preset::all_in(&folder).len(), 1);
}

#[test]
fn preset_shared_is_replaced_deleted_and_wanted_back_in_its_file() {
    let (home, window) = on_two();
    let folder = presets(&home);
    let (file, twin) = (folder.join("friend.toml"), folder.join("twin.toml"));
    fs::create_dir_all(&folder).expect("made");
    for file in [&file, &twin] {
        fs::write(file, "# shared\nname = \"뉴스\"\n").expect("written");
    }
    let mut window = again(&home, window);
    let entries = |window: &Window| window.query_all_by_role_and_label(Role::MenuItemRadio, "뉴스").count();
    window.click(Role::Button, "Presets");
    window.wait("both", |window| entries(window) == 2);
    window.get_all_by_role_and_label(Role::Button, "Delete: 뉴스").last().expect("two").click();
    window.wait("one gone", |window| entries(window) == 1);
    assert!(file.exists() && !twin.exists());

    window.append("Name", "뉴스");
    window.click(Role::Button, "Replace");
    let replaced = |_: &Window| fs::read_to_string(&file).is_ok_and(|toml| !toml.contains("shared"));
    window.wait("it replaced", replaced);
    window.wait("no more to undo", |window| !window.has(Role::Button, "Undo"));
    assert_eq!((entries(&window), Preset::all_in(&folder).len()), (1, 1));

    let toml = fs::read_to_string(&file).expect("there");
    window.click(Role::Button, "Delete: 뉴스");
    window.wait("it gone", |window| entries(window) == 0);
    assert!(!file.exists());
    window.click(Role::Button, "Undo");
    window.wait("it back", |window| entries(window) == 1);
    assert_eq!(fs::read_to_string(&file).expect("there again"), toml);
}

#[test]
fn preset_that_could_not_be_deleted_is_said_and_not_offered_back() {
    let (home, window) = on_two();
    let folder = presets(&home);
    let file = Preset { name: "kept".into(), ..Preset::default() }.save_in(&folder).expect("saved");
    let mut window = again(&home, window);
    window.click(Role::Button, "Presets");
    window.wait("the preset", |window| window.says("kept"));
    fs::remove_file(&file).expect("removed");
    fs::create_dir_all(file.join("no file")).expect("made");
    window.click(Role::Button, "Delete: kept");
    window.wait("the message", |window| {
        window.query_by_label_contains("The preset kept can't be saved or deleted").is_some()
    });
    assert!(!window.has(Role::Button, "Undo"));
}

#[test]
fn settings_and_presets_asked_for_last_are_kept_when_the_window_goes() {
    let (home, mut window) = on_two();
    let file = home.path("settings.toml");
    window.click(Role::Button, "Presets");
    window.append("Name", "late");
    window.click(Role::Button, "Save");
    window.key(Key::Escape);
    window.click(Role::ComboBox, "Columns: automatic");
    window.click(Role::CheckBox, "id");
    let app = window.state_mut();
    #[cfg(all(unix, not(target_os = "macos")))]
    eframe::App::on_exit(app, None);
    #[cfg(not(all(unix, not(target_os = "macos"))))]
    eframe::App::on_exit(app);
    assert_eq!(&Settings::load(&file), window.settings());
    assert!(window.settings().choices.columns.as_chosen().is_some());
    assert!(Preset::folder(&file).join("late.toml").exists());
}

#[test]
fn files_are_told_by_format_size_and_columns_together() {
    let json = b"{\"id\": 1, \"text\": \"x\", \"topic\": \"t\"}\n{\"id\": 2, \"text\": \"y\"}\n";
    let (small, large) = (two().len(), two().len() + json.len());
    for (lang, one, both) in [
        (Lang::En, "1 file · {} B · WikiExtractor tags · UTF-8", "2 files · {} B · 2 formats · UTF-8"),
        (Lang::Ko, "파일 1개 · {} B · WikiExtractor 태그 · UTF-8", "파일 2개 · {} B · 형식 2가지 · UTF-8"),
    ] {
        let one = &*one.replace("{}", &small.to_string());
        let both = &*both.replace("{}", &large.to_string());
        let (_home, mut window) = on(lang, &[("a", &two())], WIDE);
        window.wait(one, |window| window.says(one));
        let (_home, mut window) = on(lang, &[("a", &two()), ("b.jsonl", json)], WIDE);
        window.wait(both, |window| window.says(both));
        // the first file has no such field
        window.click(Role::ComboBox, if lang == Lang::En { "Columns: automatic" } else { "열: 자동" });
        assert!(window.has(Role::CheckBox, "topic") && window.has(Role::CheckBox, "url"));
    }
}

#[test]
fn narrow_window_shows_list_or_pane() {
    let (_home, mut window) = on(Lang::En, &[("a", &two())], [640.0, 480.0]);
    window.wait_for_files(1);
    assert!(!window.has(Role::Tab, "Preview"));
    window.click(Role::Button, "Show preview");
    until_rows(&mut window, &TWO);
    assert!(window.files().is_empty());
    window.click(Role::Button, "Hide preview");
    assert_eq!(window.files().len(), 1);
}

#[test]
fn pane_is_hidden_and_its_width_kept() {
    let (_home, mut window) = on_two();
    window.wait("the pane", |window| window.has(Role::Tab, "Preview"));
    let split = window.settings().window.split;
    window.focus(Role::Splitter, "Width of the list");
    window.key(Key::ArrowLeft);
    assert!(window.settings().window.split < split - 0.01, "{}", window.settings().window.split);
    window.press(Modifiers::COMMAND, Key::I);
    assert!(!window.has(Role::Tab, "Preview") && !window.settings().window.pane);
}
