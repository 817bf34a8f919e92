//! Pictures of the real window in all its states, for the eye and for the README: both languages, both
//! themes, several sizes and scales. `tests/window/screenshots` runs it.
//!
//! A journey through all states takes two starts of the program; what is clicked is found by its accessible
//! name and clicked with a pointer.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

use sheetmill::text::{Lang, Text};

use super::corpus::Corpus;
use super::support::desktop::Desktop;
use super::support::desktop::app::App;
use super::support::desktop::clip;
use super::support::desktop::drag::Drag;
use super::support::desktop::reader::{Listener, Reader, Role, Thing};
use super::support::wait;

const MOMENT: Duration = Duration::from_millis(250);
const LONG: Duration = Duration::from_mins(3);

#[derive(Debug, Clone, Copy)]
struct Look {
    lang: Lang,
    theme: &'static str,
    /// In points.
    size: (u16, u16),
    /// Pixels of a point, in a hundred.
    percent: u16,
}

fn looks() -> Vec<Look> {
    let all = |size, percent| {
        let themed = move |lang| ["light", "dark"].map(|theme| Look { lang, theme, size, percent });
        [Lang::Ko, Lang::En].into_iter().flat_map(themed)
    };
    let mut looks: Vec<_> =
        [(900, 600), (1600, 1000), (1200, 780)].into_iter().flat_map(|size| all(size, 100)).collect();
    // the smallest window, screens of fine pixels, and the largest: each language and each theme once
    let others = [((640, 480), 100), ((900, 600), 150), ((900, 600), 200), ((3840, 2160), 100), ((1920, 1080), 200)];
    for (size, percent) in others {
        looks.extend(all(size, percent).filter(|look| (look.lang == Lang::Ko) == (look.theme == "light")));
    }
    looks
}

fn scale(percent: u16) -> f32 {
    f32::from(percent) / 100.0
}

#[test]
#[ignore = "makes pictures; tests/window/screenshots runs it"]
fn pictures_are_taken_of_all_states() {
    let folder = std::env::var_os("SHEETMILL_SCREENSHOTS").map_or_else(
        || Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("screenshots"),
        |folder| std::path::absolute(folder).expect("a path"),
    );
    let only = std::env::var("SHEETMILL_SCREENSHOTS_ONLY").unwrap_or_default();
    let corpus = Corpus::make();
    for look in looks() {
        let Look { lang, theme, size: (width, height), percent } = look;
        let lang = if lang == Lang::Ko { "ko" } else { "en" };
        let at = if percent == 100 { String::new() } else { format!("@{}", scale(percent)) };
        let name = format!("{lang}-{theme}-{width}x{height}{at}");
        if name.contains(&only) {
            let began = std::time::Instant::now();
            journey(&corpus, look, lang, &|state| folder.join(format!("{state}--{name}.png")));
            eprintln!("{name}: {:.0?}", began.elapsed());
        }
    }
    eprintln!("pictures in {}", folder.display());
}

/// One started program, and the ways to use it.
struct Stage<'a> {
    app: App<'a>,
    reader: Reader,
    text: &'static Text,
    file: &'a dyn Fn(&str) -> PathBuf,
}

impl Stage<'_> {
    fn click(&self, thing: &Thing) {
        self.click_with(1, thing);
        self.app.desktop.point_away();
        sleep(MOMENT);
    }

    fn click_with(&self, button: u8, thing: &Thing) {
        let at = self.reader.extents(thing);
        self.app.desktop.click_with(button, self.app.window, at.x + at.width / 2, at.y + at.height / 2);
    }

    fn press(&self, keys: &str) {
        self.app.press(keys);
        sleep(MOMENT);
    }

    /// As it is now.
    fn snap(&self, state: &str) {
        let picture = self.app.look().expect("a picture of the window");
        picture.save(&(self.file)(state)).expect("a picture can be written");
    }

    /// When it has come to rest.
    fn take(&mut self, state: &str) {
        self.app.settle_for(Duration::from_millis(200));
        self.snap(state);
    }

    /// Opens the pane, beside the list or in its place, at this tab.
    fn show_tab(&self, tab: &str) {
        if self.reader.find(Role::Tab, tab).is_none() {
            self.press("ctrl+i");
        }
        self.click(&self.reader.wait(Role::Tab, tab));
    }

    /// Shows the files in a state only: by its chip, or by the menu of those that found no room.
    fn filter(&self, state: &str) {
        let is = |name: &str| name.to_lowercase().starts_with(state);
        if let Some(chip) = self.reader.find_where(Role::RadioButton, is) {
            self.click(&chip);
        } else {
            self.click(&self.reader.wait(Role::Button, self.text.more_states));
            self.click(&self.reader.wait_where(Role::RadioMenuItem, state, is));
        }
    }

    /// Back to the list, where the pane stands in its place.
    fn show_list(&self) {
        if self.reader.find_where(Role::ListItem, |_| true).is_none() {
            self.press("ctrl+i");
        }
    }
}

fn journey(corpus: &Corpus, look: Look, lang: &str, file: &dyn Fn(&str) -> PathBuf) {
    let Look { theme, size: (width, height), percent, .. } = look;
    let pixels = |points: u16| (f32::from(points) * scale(percent)).round() as u16;
    let desktop = Desktop::start_for_readers((pixels(width) + 120, pixels(height) + 120));
    desktop.put("xdg-open", "true");
    let listener = Listener::announce(&desktop);
    let input = corpus.lay_into(desktop.home());
    let choices = format!("lang = \"{lang}\"\ntheme = \"{theme}\"\nworkers = 2\nsilent = true\n");
    let window = format!("[window]\nwidth = {width}\nheight = {height}\n");
    let stage = |settings: &str| {
        let mut app = App::start_scaled(&desktop, settings, &[""; 0], scale(percent));
        let reader = listener.meet();
        let place = desktop.place(app.window).expect("the window is there");
        assert_eq!((place.width, place.height), (pixels(width), pixels(height)), "{settings}");
        app.settle_for(MOMENT);
        Stage { app, reader, text: look.lang.text(), file }
    };
    before(stage(&format!("{choices}{window}")), &input, &corpus.large);
    run(stage(&format!("{choices}{}{window}", recent(desktop.home()))), &input);
}

/// Two folders that are there, one that has gone.
fn recent(home: &Path) -> String {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default().as_secs();
    let used = [("kowiki", 3 * 3600), ("신문 2019", 30 * 3600), ("Books/Gutenberg English", 400 * 3600)];
    let entry = |(at, (name, ago)): (usize, &(&str, u64))| {
        let folder = home.join(name);
        if at < 2 {
            fs::create_dir_all(&folder).expect("a folder in the temporary folder");
        }
        format!("[[recent]]\ninputs = [{:?}]\nused = {}\n", folder.display().to_string(), now - ago)
    };
    used.iter().enumerate().map(entry).collect()
}

/// Nothing is chosen yet.
fn before(mut stage: Stage<'_>, input: &Path, large: &Path) {
    let text = stage.text;
    stage.take("empty");
    let mut drag = Drag::enter(stage.app.desktop, stage.app.window, &[input]);
    drag.rest(MOMENT * 2);
    stage.snap("empty-drop");
    drag.leave();
    stage.click(&stage.reader.wait(Role::Button, text.settings));
    stage.take("settings");
    stage.click(&stage.reader.wait(Role::MenuItem, text.about));
    stage.take("about");
    stage.press("Escape");
    clip::paste(stage.app.desktop, &large.display().to_string(), || stage.app.press("ctrl+v"));
    sleep(MOMENT * 2);
    stage.snap("listing");
}

/// From the list to the end of a run and what can be seen of it.
fn run(mut stage: Stage<'_>, input: &Path) {
    let text = stage.text;
    stage.take("empty-recent");
    clip::paste(stage.app.desktop, &input.display().to_string(), || stage.app.press("ctrl+v"));
    stage.reader.wait(Role::Button, text.start);
    stage.take("ready");
    stage.click(&stage.reader.wait(Role::Button, text.recent));
    stage.take("recent");
    stage.press("Escape");
    let mut drag = Drag::enter(stage.app.desktop, stage.app.window, &[input]);
    drag.rest(MOMENT * 2);
    stage.snap("ready-drop");
    drag.leave();
    for (caption, state) in [(text.columns, "columns"), (text.reading, "reading")] {
        let opens = |name: &str| name.strip_prefix(caption).is_some_and(|rest| rest.starts_with(':'));
        stage.click(&stage.reader.wait_where(Role::ComboBox, caption, opens));
        stage.take(state);
        stage.press("Escape");
    }
    stage.press("ctrl+Return");
    stage.reader.wait(Role::Button, text.pause);
    sleep(MOMENT * 3);
    stage.snap("running");
    stage.show_tab(text.run);
    stage.snap("running-run");
    stage.press("ctrl+p");
    stage.take("paused-run");
    stage.show_tab(text.preview);
    stage.show_list();
    stage.take("paused");
    stage.app.desktop.ask_to_close(stage.app.window);
    sleep(MOMENT);
    stage.take("closing");
    stage.press("Escape");
    stage.press("ctrl+p");
    let done = wait(LONG, || stage.reader.find(Role::Button, text.open_output));
    assert!(done.is_some(), "the run took longer than {LONG:?}");
    stage.take("done");
    after(&mut stage);
}

/// The run has ended.
fn after(stage: &mut Stage<'_>) {
    let text = stage.text;
    stage.show_tab(text.run);
    stage.take("run");
    stage.show_list();
    stage.filter(text.failed);
    stage.take("failed-only");
    stage.click(&stage.reader.wait_where(Role::ListItem, "a failed file", |name| name.contains(text.failed)));
    stage.show_tab(text.details);
    stage.take("details");
    stage.show_list();
    stage.filter(text.all);
    for (typed, state) in [("AB/", "search"), ("zz", "nothing-found")] {
        stage.press("ctrl+f");
        stage.app.desktop.write(typed);
        sleep(MOMENT);
        stage.take(state);
    }
    stage.press("Escape");
    stage.press("Escape");
    let rows: Vec<Thing> =
        stage.reader.all().into_iter().filter(|thing| thing.role == Role::ListItem as u32).take(4).collect();
    stage.click(&rows[0]);
    for _ in 0..3 {
        stage.press("shift+Down");
    }
    stage.click_with(3, &rows[2]);
    sleep(MOMENT);
    stage.take("menu");
    stage.press("Escape");
    stage.take("selected");
    let opens = |name: &str| name.starts_with(text.if_exists);
    stage.click(&stage.reader.wait_where(Role::ComboBox, text.if_exists, opens));
    let choice = || stage.reader.all().into_iter().find(|thing| thing.name.ends_with(text.stop_all));
    let refuse = wait(LONG, choice); // a frame of a large screen takes its time
    stage.click(&refuse.expect("a choice to refuse"));
    stage.press("ctrl+Return");
    stage.take("refused");
}
