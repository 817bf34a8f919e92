//! Whose a key is: what is typed in a field, asked in a question or done to a row goes nowhere else.

#[path = "support/dropped.rs"]
mod dropped;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use eframe::egui::accesskit::{Role, Toggled};
use eframe::egui::{Key, Modifiers, ViewportEvent, ViewportId};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use sheetmill::settings::{Settings, Theme};
use sheetmill::text::Lang;
use sheetmill::window::App;
use tempfile::TempDir;

struct Bench {
    home: TempDir,
    harness: Harness<'static, App>,
    opened: Arc<AtomicUsize>,
}

impl Bench {
    /// Two folders, `one` with three files and `two` with two; the first is the source.
    fn new(size: [f32; 2]) -> Self {
        let home = TempDir::new().expect("a temporary folder");
        for (folder, files) in [("one", 3), ("two", 2)] {
            fs::create_dir(home.path().join(folder)).expect("made");
            for file in 0..files {
                let text = format!("<doc id=\"{file}\" url=\"u\" title=\"t\">\nt\n\nbody\n</doc>\n");
                fs::write(home.path().join(folder).join(format!("wiki_{file}")), text).expect("written");
            }
        }
        let inputs = vec![home.path().join("one")];
        let settings =
            Settings { lang: Some(Lang::En), theme: Theme::Light, workers: Some(1), inputs, ..Settings::default() };
        let opened = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&opened);
        let harness = Harness::builder().with_size(size).build_eframe(move |cc| {
            App::new(&cc.egui_ctx, settings, None, Vec::new()).opening_with(move |_| {
                count.fetch_add(1, Ordering::SeqCst);
                Ok(())
            })
        });
        let mut bench = Self { home, harness, opened };
        bench.until("the list", |bench| bench.rows().len() == 3);
        bench
    }

    fn until(&mut self, what: &str, there: impl Fn(&Self) -> bool) {
        for _ in 0..500 {
            self.harness.run_steps(2);
            if there(self) {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("{what} did not come");
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    fn inputs(&self) -> Vec<PathBuf> {
        self.harness.state().settings().inputs.clone()
    }

    fn rows(&self) -> Vec<String> {
        let rows = self.harness.query_all_by_role(Role::ListItem);
        rows.filter_map(|row| row.accesskit_node().label()).collect()
    }

    fn selected(&self) -> usize {
        let rows = self.harness.query_all_by_role(Role::ListItem);
        rows.filter(|row| row.accesskit_node().toggled() == Some(Toggled::True)).count()
    }

    fn has(&self, role: Role, label: &str) -> bool {
        self.harness.query_by_role_and_label(role, label).is_some()
    }

    fn press(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.harness.run_steps(3);
    }

    fn click(&mut self, role: Role, label: &str) {
        self.harness.get_by_role_and_label(role, label).click();
        self.harness.run_steps(3);
    }

    /// Into the field, all that stands in it is replaced.
    fn write(&mut self, field: &str, text: &str) {
        self.harness.get_by_role_and_label(Role::TextInput, field).focus();
        self.harness.run_steps(3);
        self.press(Modifiers::COMMAND, Key::A);
        self.harness.get_by_role_and_label(Role::TextInput, field).type_text(text);
        self.harness.run_steps(3);
    }

    fn drop(&mut self, path: &Path) {
        dropped::drop_on(&mut self.harness, &[path]);
    }

    fn ask_to_close(&mut self) {
        let root = self.harness.input_mut().viewports.entry(ViewportId::ROOT).or_default();
        root.events.push(ViewportEvent::Close);
        self.harness.run_steps(3);
    }

    fn workbooks(&self, folder: &str) -> usize {
        fs::read_dir(self.path(folder)).map_or(0, Iterator::count)
    }
}

const WIDE: [f32; 2] = [1200.0, 780.0];

#[test]
fn start_takes_the_path_that_is_being_typed() {
    let mut bench = Bench::new(WIDE);
    let two = bench.path("two");
    bench.write("From", &two.display().to_string());
    bench.press(Modifiers::COMMAND, Key::Enter);
    bench.until("the end of the run", |bench| bench.has(Role::Button, "Open output folder"));
    assert_eq!(bench.inputs(), [two]);
    assert_eq!((bench.workbooks("two-xlsx"), bench.workbooks("one-xlsx")), (2, 0));
}

#[test]
fn what_was_chosen_meanwhile_stays_when_a_field_is_left() {
    let mut bench = Bench::new(WIDE);
    let two = bench.path("two");
    bench.write("From", "/half a pa");
    bench.drop(&two);
    bench.until("the other list", |bench| bench.rows().len() == 2);
    bench.click(Role::ListItem, "wiki_0, –");
    bench.press(Modifiers::NONE, Key::Tab);
    assert_eq!(bench.inputs(), [two]);
}

#[test]
fn escape_gives_a_half_typed_path_up_also_where_the_pane_is_in_the_lists_place() {
    let mut bench = Bench::new([640.0, 480.0]);
    bench.press(Modifiers::COMMAND, Key::I);
    let one = bench.path("one");
    bench.write("From", &bench.path("two").display().to_string());
    bench.press(Modifiers::NONE, Key::Escape);
    assert_eq!(bench.inputs(), [one]);
}

#[test]
fn what_is_no_path_changes_nothing_and_is_said_so() {
    let mut bench = Bench::new(WIDE);
    let elsewhere = bench.path("elsewhere");
    bench.write("To", &elsewhere.display().to_string());
    bench.press(Modifiers::NONE, Key::Enter);
    assert_eq!(bench.harness.state().settings().output, Some(elsewhere.clone()));
    for field in ["To", "From"] {
        bench.write(field, "results");
        bench.press(Modifiers::NONE, Key::Enter);
        assert!(bench.has(Role::Button, "Type the whole path. (Dismiss)"), "{field}");
        bench.click(Role::Button, "Type the whole path. (Dismiss)");
    }
    assert_eq!(bench.harness.state().settings().output, Some(elsewhere));
    // emptied, it is beside the source again
    bench.write("To", " ");
    bench.press(Modifiers::NONE, Key::Enter);
    assert_eq!(bench.harness.state().settings().output, None);
}

#[test]
fn enter_in_a_field_opens_no_workbook_and_escape_selects_none_less() {
    let mut bench = Bench::new(WIDE);
    bench.press(Modifiers::COMMAND, Key::Enter);
    bench.until("the end of the run", |bench| bench.has(Role::Button, "Open output folder"));
    bench.press(Modifiers::NONE, Key::ArrowDown);
    bench.press(Modifiers::COMMAND, Key::F);
    bench.press(Modifiers::NONE, Key::Enter);
    bench.press(Modifiers::COMMAND, Key::F);
    bench.press(Modifiers::NONE, Key::Escape);
    assert_eq!((bench.opened.load(Ordering::SeqCst), bench.selected()), (0, 1));
    bench.press(Modifiers::NONE, Key::Enter);
    bench.until("the workbook", |bench| bench.opened.load(Ordering::SeqCst) == 1);
}

#[test]
fn nothing_goes_through_a_question_or_the_words_about_the_program() {
    let mut bench = Bench::new(WIDE);
    bench.press(Modifiers::COMMAND, Key::Enter);
    bench.press(Modifiers::COMMAND, Key::P); // it may be over; then there is no question, and the rest still holds
    bench.ask_to_close();
    bench.press(Modifiers::NONE, Key::Escape);
    bench.until("the end of the run", |bench| {
        bench.has(Role::Button, "Open output folder") || bench.has(Role::Button, "Resume")
    });
    if bench.has(Role::Button, "Resume") {
        bench.click(Role::Button, "Resume");
        bench.until("the end of the run", |bench| bench.has(Role::Button, "Open output folder"));
    }
    bench.press(Modifiers::NONE, Key::ArrowDown);
    bench.click(Role::Button, "Settings");
    bench.harness.get_by_label("About Sheetmill").click();
    bench.harness.run_steps(3);
    let two = bench.path("two");
    bench.drop(&two);
    for key in [Key::Delete, Key::Enter] {
        bench.harness.get_by_role_and_label(Role::Button, "Copy version").focus();
        bench.press(Modifiers::NONE, key);
    }
    bench.press(Modifiers::NONE, Key::Escape);
    assert_eq!(bench.rows().len(), 3);
    assert_eq!((bench.opened.load(Ordering::SeqCst), bench.selected()), (0, 1));
    assert_eq!(bench.inputs(), [bench.path("one")]);
}

#[test]
fn what_a_filter_hides_is_not_acted_on() {
    let mut bench = Bench::new(WIDE);
    fs::write(bench.path("one/bad.pdf"), b"%PDF-1.7").expect("written");
    bench.press(Modifiers::COMMAND, Key::Enter);
    bench.until("the end of the run", |bench| bench.has(Role::Button, "Open output folder"));
    bench.press(Modifiers::COMMAND, Key::A);
    bench.click(Role::RadioButton, "Failed 1");
    bench.press(Modifiers::NONE, Key::Delete);
    assert_eq!(bench.rows(), Vec::<String>::new());
    bench.click(Role::Button, "Show all");
    assert_eq!(bench.rows().len(), 3, "only what was seen is gone");
}

#[test]
fn a_row_is_its_files_wherever_it_stands() {
    let mut bench = Bench::new(WIDE);
    let id = |bench: &Bench, file: &str| {
        let row = bench
            .harness
            .query_all_by_role(Role::ListItem)
            .find(|row| row.accesskit_node().label().is_some_and(|label| label.starts_with(file)));
        row.expect("it is shown").accesskit_node().id()
    };
    let before = id(&bench, "wiki_2");
    bench.click(Role::ListItem, "wiki_0, –");
    bench.press(Modifiers::NONE, Key::Delete);
    assert_eq!(bench.rows().len(), 2);
    assert_eq!(id(&bench, "wiki_2"), before);
}

#[test]
fn a_record_without_fields_takes_nothing_down() {
    let mut bench = Bench::new(WIDE);
    fs::write(bench.path("two/empty.json"), b"{}\n").expect("written");
    let (two, file) = (bench.path("two"), "empty.json, –");
    bench.drop(&two);
    bench.until("the list", |bench| bench.rows().len() == 3);
    bench.click(Role::ListItem, file);
    bench.until("the preview", |bench| bench.has(Role::Label, "empty.json · 1 record"));
    bench.press(Modifiers::COMMAND, Key::Enter);
    bench.until("the end of the run", |bench| bench.has(Role::Button, "Open output folder"));
    assert_eq!(bench.workbooks("two-xlsx"), 3);
}
