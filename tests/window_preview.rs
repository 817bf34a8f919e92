//! The preview and what is chosen by it (columns, reading, presets), on real files and without a
//! display, read and clicked by accessible names.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use calamine::{Reader as _, Xlsx, open_workbook};
use eframe::egui::accesskit::{Role, Toggled};
use eframe::egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use sheetmill::engine::{Column, Columns, EncodingName, FormatKind, Origin, Tags};
use sheetmill::preset::Preset;
use sheetmill::settings::{Settings, Theme};
use sheetmill::text::Lang;
use sheetmill::window::App;
use tempfile::TempDir;

const PATIENCE: Duration = Duration::from_secs(30);

fn opened(home: &Path, settings: Settings, size: [f32; 2]) -> Harness<'static, App> {
    let file = home.join("settings.toml");
    let mut harness = Harness::builder()
        .with_size(size)
        .allow_missing_glyphs()
        .build_eframe(move |cc| App::new(&cc.egui_ctx, settings, Some(file), Vec::new()));
    harness.run_steps(3);
    harness
}

/// A folder of source files, and a window on it.
struct Bench {
    home: TempDir,
    harness: Harness<'static, App>,
}

impl Bench {
    fn new(lang: Lang, files: &[(&str, &[u8])]) -> Self {
        Self::sized(lang, files, [1200.0, 780.0])
    }

    fn sized(lang: Lang, files: &[(&str, &[u8])], size: [f32; 2]) -> Self {
        let home = tempfile::tempdir().expect("a temporary folder");
        for (name, bytes) in files {
            let path = home.path().join("in").join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(path, bytes).expect("written");
        }
        let inputs = vec![home.path().join("in")];
        let settings =
            Settings { lang: Some(lang), theme: Theme::Light, workers: Some(2), inputs, ..Settings::default() };
        let harness = opened(home.path(), settings, size);
        Self { home, harness }
    }

    /// The program closed and started again.
    fn again(self) -> Self {
        let settings = self.settings().clone();
        let harness = opened(self.home.path(), settings, [1200.0, 780.0]);
        Self { home: self.home, harness }
    }

    /// Runs the window until what is asked for is there.
    fn until(&mut self, what: &str, there: impl Fn(&Harness<App>) -> bool) {
        let begun = Instant::now();
        while !there(&self.harness) {
            assert!(begun.elapsed() < PATIENCE, "waited for {what}; rows {:?}", self.rows());
            std::thread::sleep(Duration::from_millis(5));
            self.harness.run_steps(2);
        }
    }

    fn until_rows(&mut self, rows: &[&str]) {
        let begun = Instant::now();
        while self.rows() != rows {
            assert!(begun.elapsed() < PATIENCE, "waited for {rows:?}, there are {:?}", self.rows());
            std::thread::sleep(Duration::from_millis(5));
            self.harness.run_steps(2);
        }
    }

    fn labels(&self, role: Role) -> Vec<String> {
        self.harness.query_all_by_role(role).filter_map(|node| node.accesskit_node().label()).collect()
    }

    fn rows(&self) -> Vec<String> {
        self.labels(Role::Row)
    }

    fn has(&self, role: Role, label: &str) -> bool {
        self.harness.query_by_role_and_label(role, label).is_some()
    }

    fn click(&mut self, role: Role, label: &str) {
        self.harness.get_by_role_and_label(role, label).click();
        self.harness.run_steps(3);
    }

    fn key(&mut self, key: Key) {
        self.harness.key_press(key);
        self.harness.run_steps(3);
    }

    fn typed(&mut self, field: &str, text: &str) {
        self.harness.get_by_role_and_label(Role::TextInput, field).focus();
        self.harness.run_steps(2);
        self.harness.get_by_role_and_label(Role::TextInput, field).type_text(text);
        self.harness.run_steps(3);
    }

    /// Headers and rows of the workbook that a run made.
    /// In the columns that are open: a header that cannot be.
    fn empty_the_header_of_id(&mut self) {
        self.click(Role::Button, "Options: id");
        self.harness.get_by_role_and_label(Role::TextInput, "Header: id").focus();
        self.harness.run_steps(2);
        self.key(Key::Backspace);
        self.key(Key::Backspace);
    }

    fn workbook(&self, name: &str) -> Vec<Vec<String>> {
        let file = self.home.path().join("in-xlsx").join(name);
        let mut workbook: Xlsx<_> = open_workbook(file).expect("a workbook");
        let sheet = workbook.worksheet_range_at(0).expect("a worksheet").expect("its cells");
        sheet.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
    }

    fn settings(&self) -> &Settings {
        self.harness.state().settings()
    }
}

fn wiki(id: u32, title: &str, body: &str) -> String {
    format!("<doc id=\"{id}\" url=\"https://x/{id}\" title=\"{title}\">\n{title}\n\n{body}\n</doc>\n")
}

fn two() -> Vec<u8> {
    (wiki(5, "지미 카터", "대통령이다.") + &wiki(9, "수학", "수를 다룬다.")).into_bytes()
}

#[test]
fn the_first_file_is_shown_as_it_will_stand_in_the_workbook() {
    let long = (1..=80).map(|n| wiki(n, &format!("t{n}"), "글")).collect::<String>().into_bytes();
    let mut bench = Bench::new(Lang::En, &[("a", &two()), ("b", &long), ("c.pdf", b"%PDF-1.7 \x00\xff\xfe")]);
    bench.until_rows(&["5, 지미 카터, 지미 카터 대통령이다.", "9, 수학, 수학 수를 다룬다."]);
    let heads = bench.labels(Role::ColumnHeader);
    assert_eq!(heads[heads.len() - 3..], ["id", "title", "text"], "behind those of the list");
    assert!(bench.has(Role::Label, "a · all 2 records"));
    assert!(bench.has(Role::ComboBox, "Encoding of this file: UTF-8"));

    bench.key(Key::ArrowDown); // selects the first
    bench.key(Key::ArrowDown);
    bench.until("the second file", |harness| harness.query_by_label("b · first 50 records").is_some());
    assert!(bench.rows().len() < 30, "only the rows in sight are built: {}", bench.rows().len());

    bench.key(Key::ArrowDown);
    bench.until("why there is nothing", |harness| harness.query_by_label("a PDF document, not text").is_some());
    assert_eq!(bench.rows(), Vec::<String>::new());
}

#[test]
fn after_a_run_the_records_are_counted_and_the_details_told() {
    let long = (1..=80).map(|n| wiki(n, &format!("t{n}"), "<b>글</b>")).collect::<String>().into_bytes();
    let mut bench = Bench::new(Lang::Ko, &[("a", &long), ("b.pdf", b"%PDF-1.7")]);
    bench.until("the preview", |harness| harness.query_by_label("a · 처음 50건").is_some());
    bench.click(Role::Button, "변환 시작");
    bench.until("the end", |harness| harness.query_by_label("저장 폴더 열기").is_some());
    assert!(bench.has(Role::Label, "a · 레코드 80건 중 처음 50건"));
    bench.click(Role::Tab, "상세 정보");
    for fact in ["파일: a", "형식: WikiExtractor 태그", "인코딩: UTF-8", "레코드: 80", "행: 80"] {
        assert!(bench.has(Role::Label, fact), "{fact}: {:?}", bench.labels(Role::Label));
    }
    assert!(bench.harness.query_by_label("1번째 줄, id 1: 태그 2개 제외").is_some());
    bench.key(Key::ArrowDown);
    bench.key(Key::ArrowDown);
    assert!(bench.harness.query_by_label("PDF 문서(텍스트 아님)").is_some());
    assert!(bench.harness.query_by_label_contains("다른 파일에는 영향이 없습니다").is_some());
}

#[test]
fn columns_are_chosen_renamed_and_ordered_and_reach_the_workbook() {
    let mut bench = Bench::new(Lang::En, &[("a", &two())]);
    bench.until_rows(&["5, 지미 카터, 지미 카터 대통령이다.", "9, 수학, 수학 수를 다룬다."]);
    bench.click(Role::ComboBox, "Columns: automatic");
    assert!(
        bench.harness.get_by_role_and_label(Role::CheckBox, "title").accesskit_node().toggled() == Some(Toggled::True)
    );
    bench.click(Role::CheckBox, "url");
    bench.click(Role::CheckBox, "id");
    bench.click(Role::CheckBox, "record number");
    let names = |bench: &Bench| -> Vec<String> {
        bench.settings().choices.columns.as_chosen().unwrap_or_default().iter().map(|c| c.name().to_owned()).collect()
    };
    assert_eq!(names(&bench), ["title", "url", ":number", "text"]);
    bench.click(Role::Button, "Move up: number");
    assert_eq!(names(&bench), ["title", ":number", "url", "text"]);
    // the same by keyboard
    bench.harness.get_by_role_and_label(Role::CheckBox, "url").focus();
    bench.harness.run_steps(2);
    bench.harness.key_press_modifiers(Modifiers::ALT, Key::ArrowUp);
    bench.harness.run_steps(3);
    assert_eq!(names(&bench), ["title", "url", ":number", "text"]);

    bench.click(Role::Button, "Options: text");
    bench.click(Role::CheckBox, "Leave out a first line that repeats the title");
    bench.typed("Header: text", " body");
    bench.until_rows(&["지미 카터, https://x/5, 1, 대통령이다.", "수학, https://x/9, 2, 수를 다룬다."]);
    bench.key(Key::Escape);
    bench.key(Key::Escape);
    bench.click(Role::Button, "Start");
    bench.until("the end", |harness| harness.query_by_label("Open output folder").is_some());
    assert_eq!(
        bench.workbook("a.xlsx"),
        [
            ["title", "url", "number", "text body"],
            ["지미 카터", "https://x/5", "1", "대통령이다.\n"],
            ["수학", "https://x/9", "2", "수를 다룬다.\n"],
        ]
    );
}

#[test]
fn a_field_may_stand_twice_under_two_headers() {
    let bench = Bench::new(Lang::En, &[("a", &two())]);
    let folder = Preset::folder(&bench.home.path().join("settings.toml"));
    let columns = Columns::parse("id,text=long,text=short").expect("columns");
    Preset { name: "twice".into(), columns, ..Preset::default() }.save_in(&folder).expect("saved");
    let mut bench = bench.again();
    bench.click(Role::Button, "Presets");
    bench.until("the preset", |harness| harness.query_by_label("twice").is_some());
    bench.click(Role::MenuItemRadio, "twice");
    bench.key(Key::Escape);
    bench.click(Role::ComboBox, "Columns: id, long, short");
    bench.click(Role::Button, "Move up: short");
    let headers = |bench: &Bench| -> Vec<String> {
        bench.settings().choices.columns.as_chosen().unwrap_or_default().iter().map(|c| c.header().to_owned()).collect()
    };
    assert_eq!(headers(&bench), ["id", "short", "long"]);
    bench.click(Role::CheckBox, "long (text)");
    assert_eq!(headers(&bench), ["id", "short"]);
}

#[test]
fn columns_that_cannot_be_are_said_so_and_the_last_good_ones_stay() {
    let mut bench = Bench::new(Lang::En, &[("a", &two())]);
    bench.until_rows(&["5, 지미 카터, 지미 카터 대통령이다.", "9, 수학, 수학 수를 다룬다."]);
    bench.click(Role::ComboBox, "Columns: automatic");
    bench.click(Role::RadioButton, "custom");
    let good = Columns::parse("id,title,text").expect("columns");
    assert_eq!(bench.settings().choices.columns, good);
    bench.empty_the_header_of_id();
    let complaint = "Choose at least one column. Headers can’t be empty or the same.";
    assert!(bench.harness.query_by_label(complaint).is_some());
    bench.typed("Header: id", "title");
    assert!(bench.harness.query_by_label(complaint).is_some(), "the same header twice");
    assert_ne!(
        bench.settings().choices.columns.as_chosen().map(|columns| columns[0].header().to_owned()),
        Some(String::new())
    );
    bench.click(Role::RadioButton, "automatic");
    assert!(bench.harness.query_by_label(complaint).is_none());
    assert_eq!(bench.settings().choices.columns, Columns::AUTO);
}

#[test]
fn what_is_taken_back_shows_in_the_sheet_that_is_open() {
    let mut bench = Bench::new(Lang::En, &[("a", &two())]);
    bench.until("the preview", |harness| harness.query_all_by_role(Role::Row).count() == 2);
    bench.click(Role::ComboBox, "Columns: automatic");
    bench.click(Role::RadioButton, "custom");
    bench.empty_the_header_of_id();
    let complaint = "Choose at least one column. Headers can’t be empty or the same.";
    assert!(bench.harness.query_by_label(complaint).is_some());
    bench.harness.get_by_role_and_label(Role::RadioButton, "custom").focus(); // out of the field
    bench.harness.run_steps(2);
    bench.harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    bench.harness.run_steps(3);
    assert_eq!(bench.settings().choices.columns, Columns::AUTO);
    assert!(bench.harness.query_by_label(complaint).is_none());
    assert!(bench.harness.query_by_label("Each file has the columns of its format.").is_some());
}

#[test]
fn a_selector_is_checked_as_it_is_typed_and_becomes_a_column() {
    let page =
        b"<html><head><title>P</title></head><body><h1>Head</h1><a href='/x'>more</a> and much more</body></html>";
    let mut bench = Bench::new(Lang::En, &[("a.html", page)]);
    bench.until("the page", |harness| harness.query_all_by_role(Role::Row).count() == 1);
    bench.click(Role::ComboBox, "Columns: automatic");
    let field = "Add a column by CSS selector";
    bench.typed(field, "a[");
    assert!(bench.harness.query_by_label("Not a CSS selector. Example: div.post").is_some());
    bench.key(Key::Backspace);
    assert!(bench.harness.query_by_label("Not a CSS selector. Example: div.post").is_none());
    bench.typed(field, "@href");
    bench.click(Role::Button, "Add");
    let columns = bench.settings().choices.columns.as_chosen().unwrap_or_default().to_vec();
    assert!(columns.iter().any(|column| column.from == Origin::Select("a@href".into())), "{columns:?}");
    bench.until("its value", |harness| {
        harness
            .query_all_by_role(Role::Row)
            .any(|row| row.accesskit_node().label().is_some_and(|label| label.contains("/x")))
    });
}

#[test]
fn the_reading_is_chosen_for_all_and_the_preview_follows() {
    let mut bench = Bench::new(Lang::En, &[("a", wiki(1, "t", "<b>x</b> y").as_bytes())]);
    bench.until_rows(&["1, t, t x y"]);
    bench.click(Role::ComboBox, "Reading: automatic");
    bench.click(Role::RadioButton, "Tags in texts: keep as text");
    bench.until_rows(&["1, t, t <b>x</b> y"]);
    bench.click(Role::RadioButton, "Format: plain text");
    bench.until("the whole file as one record", |harness| harness.query_by_label("a · 1 record").is_some());
    bench.click(Role::RadioButton, "Encoding: EUC-KR (CP949)");
    let reading = &bench.settings().choices.reading;
    assert_eq!((reading.format, reading.tags), (Some(FormatKind::PlainText), Tags::Keep));
    assert_eq!(reading.encoding, EncodingName::parse("cp949"));
    bench.typed("Records by CSS selector", "b");
    assert_eq!(bench.settings().choices.reading.record.as_ref().map(|css| css.as_str().to_owned()), Some("b".into()));
}

#[test]
fn the_encoding_of_one_file_reaches_the_preview_and_the_run() {
    let text = wiki(1, "t", "한국어");
    let korean = in_euc_kr(&text);
    let mut bench = Bench::new(Lang::En, &[("a", &korean), ("b", text.as_bytes())]);
    bench.until("the preview", |harness| harness.query_all_by_role(Role::Row).count() == 1);
    bench.key(Key::ArrowDown);
    let button = bench.labels(Role::ComboBox).into_iter().find(|label| label.starts_with("Encoding of this file"));
    bench.click(Role::ComboBox, &button.expect("the encoding"));
    bench.harness.get_by_label("Windows-1252").click();
    bench.harness.run_steps(3);
    bench.until_rows(&["1, t, t ÇÑ±¹¾î"]);
    assert!(bench.has(Role::ComboBox, "Encoding of this file: windows-1252 (chosen)"));
    assert_eq!(bench.settings().choices.reading.encoding, None, "only this file");
    bench.click(Role::Button, "Start");
    bench.until("the end", |harness| harness.query_by_label("Open output folder").is_some());
    assert_eq!(bench.workbook("a.xlsx")[1][2].trim(), "t\n\nÇÑ±¹¾î");
    assert_eq!(bench.workbook("b.xlsx")[1][2].trim(), "t\n\n한국어");
}

/// `한국어` in EUC-KR, all else as it is.
fn in_euc_kr(text: &str) -> Vec<u8> {
    let (before, after) = text.split_once("한국어").expect("the word");
    let word: &[u8] = b"\xc7\xd1\xb1\xb9\xbe\xee";
    [before.as_bytes(), word, after.as_bytes()].concat()
}

#[test]
fn a_preset_is_saved_chosen_deleted_and_wanted_back() {
    let mut bench = Bench::new(Lang::En, &[("a", &two())]);
    bench.until_rows(&["5, 지미 카터, 지미 카터 대통령이다.", "9, 수학, 수학 수를 다룬다."]);
    bench.click(Role::ComboBox, "Columns: automatic");
    bench.click(Role::CheckBox, "id");
    bench.key(Key::Escape);
    bench.click(Role::Button, "Presets");
    bench.typed("Name", "뉴스");
    bench.click(Role::Button, "Save");
    bench.until("the preset", |harness| harness.query_by_role_and_label(Role::MenuItemRadio, "뉴스").is_some());
    let folder = Preset::folder(&bench.home.path().join("settings.toml"));
    let want = Columns::chosen(["title", "text"].map(Column::field).into()).expect("columns");
    assert_eq!(Preset::load(&folder.join("뉴스.toml")).expect("the file").columns, want);

    bench.key(Key::Escape);
    bench.click(Role::ComboBox, "Columns: title, text");
    bench.click(Role::RadioButton, "automatic");
    bench.key(Key::Escape);
    bench.click(Role::Button, "Presets");
    bench.click(Role::MenuItemRadio, "뉴스");
    assert_eq!(bench.settings().choices.columns, want);
    bench.until_rows(&["지미 카터, 지미 카터 대통령이다.", "수학, 수학 수를 다룬다."]);

    bench.click(Role::Button, "Delete: 뉴스");
    bench.until("it gone", |harness| harness.query_by_role_and_label(Role::MenuItemRadio, "뉴스").is_none());
    assert!(Preset::all_in(&folder).is_empty());
    bench.click(Role::Button, "Undo");
    bench.until("it back", |harness| harness.query_by_role_and_label(Role::MenuItemRadio, "뉴스").is_some());
    assert_eq!(Preset::all_in(&folder).len(), 1);
}

#[test]
fn a_shared_preset_is_replaced_deleted_and_wanted_back_in_its_own_file() {
    let bench = Bench::new(Lang::En, &[("a", &two())]);
    let folder = Preset::folder(&bench.home.path().join("settings.toml"));
    let (file, twin) = (folder.join("friend.toml"), folder.join("twin.toml"));
    fs::create_dir_all(&folder).expect("made");
    for file in [&file, &twin] {
        fs::write(file, "# shared\nname = \"뉴스\"\n").expect("written");
    }
    let mut bench = bench.again();
    let entries = |harness: &Harness<App>| harness.query_all_by_role_and_label(Role::MenuItemRadio, "뉴스").count();
    bench.click(Role::Button, "Presets");
    bench.until("both", |harness| entries(harness) == 2);
    bench.harness.get_all_by_role_and_label(Role::Button, "Delete: 뉴스").last().expect("two").click();
    bench.until("one gone", |harness| entries(harness) == 1);
    assert!(file.exists() && !twin.exists());

    bench.typed("Name", "뉴스");
    bench.click(Role::Button, "Replace");
    let replaced = |_: &Harness<App>| fs::read_to_string(&file).is_ok_and(|toml| !toml.contains("shared"));
    bench.until("it replaced", replaced);
    bench.until("no more to undo", |harness| harness.query_by_role_and_label(Role::Button, "Undo").is_none());
    assert_eq!((entries(&bench.harness), Preset::all_in(&folder).len()), (1, 1));

    let toml = fs::read_to_string(&file).expect("there");
    bench.click(Role::Button, "Delete: 뉴스");
    bench.until("it gone", |harness| entries(harness) == 0);
    assert!(!file.exists());
    bench.click(Role::Button, "Undo");
    bench.until("it back", |harness| entries(harness) == 1);
    assert_eq!(fs::read_to_string(&file).expect("there again"), toml);
}

#[test]
fn what_could_not_be_deleted_is_said_and_not_offered_back() {
    let bench = Bench::new(Lang::En, &[("a", &two())]);
    let folder = Preset::folder(&bench.home.path().join("settings.toml"));
    let file = Preset { name: "kept".into(), ..Preset::default() }.save_in(&folder).expect("saved");
    let mut bench = bench.again();
    bench.click(Role::Button, "Presets");
    bench.until("the preset", |harness| harness.query_by_label("kept").is_some());
    fs::remove_file(&file).expect("removed");
    fs::create_dir_all(file.join("no file")).expect("made");
    bench.click(Role::Button, "Delete: kept");
    bench.until("the message", |harness| {
        harness.query_by_label_contains("The preset kept can't be saved or deleted").is_some()
    });
    assert!(!bench.has(Role::Button, "Undo"));
}

#[test]
fn what_is_asked_of_the_settings_and_presets_last_is_done_when_the_window_has_gone() {
    let mut bench = Bench::new(Lang::En, &[("a", &two())]);
    let file = bench.home.path().join("settings.toml");
    bench.click(Role::Button, "Presets");
    bench.typed("Name", "late");
    bench.click(Role::Button, "Save");
    bench.key(Key::Escape);
    bench.click(Role::ComboBox, "Columns: automatic");
    bench.click(Role::CheckBox, "id");
    let app = bench.harness.state_mut();
    #[cfg(all(unix, not(target_os = "macos")))]
    eframe::App::on_exit(app, None);
    #[cfg(not(all(unix, not(target_os = "macos"))))]
    eframe::App::on_exit(app);
    assert_eq!(&Settings::load(&file), bench.settings());
    assert!(bench.settings().choices.columns.as_chosen().is_some());
    assert!(Preset::folder(&file).join("late.toml").exists());
}

#[test]
fn what_all_files_are_and_offer_is_told() {
    let json = b"{\"id\": 1, \"text\": \"x\", \"topic\": \"t\"}\n{\"id\": 2, \"text\": \"y\"}\n";
    let (small, large) = (two().len(), two().len() + json.len());
    for (lang, one, both) in [
        (Lang::En, "1 file · {} B · WikiExtractor tags · UTF-8", "2 files · {} B · 2 formats · UTF-8"),
        (Lang::Ko, "파일 1개 · {} B · WikiExtractor 태그 · UTF-8", "파일 2개 · {} B · 형식 2가지 · UTF-8"),
    ] {
        let one = &*one.replace("{}", &small.to_string());
        let both = &*both.replace("{}", &large.to_string());
        let mut bench = Bench::new(lang, &[("a", &two())]);
        bench.until(one, |harness| harness.query_by_label(one).is_some());
        let mut bench = Bench::new(lang, &[("a", &two()), ("b.jsonl", json)]);
        bench.until(both, |harness| harness.query_by_label(both).is_some());
        // the first file has no such field
        bench.click(Role::ComboBox, if lang == Lang::En { "Columns: automatic" } else { "열: 자동" });
        assert!(bench.has(Role::CheckBox, "topic") && bench.has(Role::CheckBox, "url"));
    }
}

#[test]
fn a_narrow_window_shows_list_or_pane() {
    let mut bench = Bench::sized(Lang::En, &[("a", &two())], [640.0, 480.0]);
    bench.until("the list", |harness| harness.query_all_by_role(Role::ListItem).count() == 1);
    assert!(!bench.has(Role::Tab, "Preview"));
    bench.click(Role::Button, "Show preview");
    bench.until_rows(&["5, 지미 카터, 지미 카터 대통령이다.", "9, 수학, 수학 수를 다룬다."]);
    assert!(bench.labels(Role::ListItem).is_empty());
    bench.click(Role::Button, "Hide preview");
    assert_eq!(bench.labels(Role::ListItem).len(), 1);
}

#[test]
fn the_pane_is_hidden_and_its_width_kept() {
    let mut bench = Bench::new(Lang::En, &[("a", &two())]);
    bench.until("the pane", |harness| harness.query_by_role_and_label(Role::Tab, "Preview").is_some());
    let split = bench.settings().window.split;
    bench.harness.get_by_role_and_label(Role::Splitter, "Width of the list").focus();
    bench.harness.run_steps(3);
    bench.key(Key::ArrowLeft);
    assert!(bench.settings().window.split < split - 0.01, "{}", bench.settings().window.split);
    bench.harness.key_press_modifiers(Modifiers::COMMAND, Key::I);
    bench.harness.run_steps(3);
    assert!(!bench.has(Role::Tab, "Preview") && !bench.settings().window.pane);
}
