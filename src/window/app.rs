//! The window's state and what commands do to it.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::time::Duration;

use eframe::egui::{
    self, CentralPanel, Context, Frame, Key, KeyboardShortcut, Modifiers, Ui, ViewportCommand, ViewportId,
};

use super::command::Command;
use super::desktop::{Answer, Desktop};
use super::dialogs::{Dialogs, Purpose};
use super::shelf::{Shelf, Told};
use super::view::{self, Activity, Pane, View};
use super::{
    closing, columns, drops, empty, folders, footer, list, options, pane, paths, presets, reading, row, theme, workers,
};
use crate::engine::{EncodingName, Job, Reading};
use crate::preset::Preset;
use crate::preview::Preview;
use crate::session::Session;
use crate::settings::{Settings, Window};
use crate::text::{Lang, Phrases};

/// Events are drawn at most so often: where the processor draws, each frame costs the workers 20 ms.
const WAKE: Duration = Duration::from_millis(100);

const OPEN: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::O);
const START: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::Enter);
/// From the pane back to the list, where it stands in the list's place.
const BACK: KeyboardShortcut = KeyboardShortcut::new(Modifiers::NONE, Key::Escape);
const PANE: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::I);
const PAUSE: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::P);

/// The desktop face.
#[derive(Debug)]
pub struct App {
    settings: Settings,
    /// As last written to `file`.
    saved: Settings,
    file: Option<PathBuf>,
    session: Option<Session>,
    /// The session converts, rather than lists.
    converts: bool,
    selected: Option<usize>,
    preview: Preview,
    /// Chosen for single files, by name; forgotten with the list.
    encodings: HashMap<PathBuf, EncodingName>,
    shelf: Shelf,
    dialogs: Dialogs,
    desktop: Desktop,
    /// What went wrong outside of a run.
    message: Option<String>,
    fields: folders::Fields,
    columns: columns::State,
    reading: reading::State,
    presets: presets::State,
    tab: pane::Tab,
    /// The pane is open in a window that is too narrow for both.
    pane_instead: bool,
    /// The window has room for list and pane.
    is_wide: bool,
    scroll: list::Scroll,
    closing: Closing,
    title: String,
    dialog: Option<Purpose>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Closing {
    No,
    Asking,
    WhenStopped,
}

impl App {
    /// `file` is where settings are kept, `None` keeps nothing; `inputs` replace the remembered ones.
    #[must_use]
    pub fn new(ctx: &Context, settings: Settings, file: Option<PathBuf>, inputs: Vec<PathBuf>) -> Self {
        theme::install(ctx);
        let mut desktop = Desktop::new(ctx);
        desktop.ask_theme();
        ctx.set_theme(desktop.theme(settings.theme));
        let woken = ctx.clone();
        let mut app = Self {
            preview: Preview::new(move || woken.request_repaint_of(ViewportId::ROOT)),
            encodings: HashMap::new(),
            shelf: Shelf::new(ctx, file.as_deref()),
            saved: settings.clone(),
            settings,
            file,
            session: None,
            converts: false,
            selected: None,
            dialogs: Dialogs::default(),
            desktop,
            message: None,
            fields: folders::Fields::default(),
            columns: columns::State::default(),
            reading: reading::State::default(),
            presets: presets::State::default(),
            tab: pane::Tab::default(),
            pane_instead: false,
            is_wide: true,
            scroll: list::Scroll::default(),
            closing: Closing::No,
            title: String::new(),
            dialog: None,
        };
        if !inputs.is_empty() {
            app.settings.output = None;
            app.settings.inputs = inputs.into_iter().map(|path| std::path::absolute(&path).unwrap_or(path)).collect();
        }
        app.list(ctx);
        app
    }

    /// Shows this session instead of one of its own: for tests, which script what happens.
    pub fn show_session(&mut self, session: Session, converts: bool) {
        (self.session, self.converts) = (Some(session), converts);
    }

    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    fn lang(&self) -> Lang {
        self.settings.lang.unwrap_or_else(Lang::system)
    }

    fn activity(&self) -> Activity {
        Activity::of(self.session.as_ref(), self.converts)
    }

    fn wake(ctx: &Context) -> impl Fn() + Send + Sync + 'static {
        let ctx = ctx.clone();
        move || ctx.request_repaint_after_for(WAKE, ViewportId::ROOT)
    }

    /// Lists the input anew, or shows the empty window where there is none.
    fn list(&mut self, ctx: &Context) {
        self.selected = None;
        self.converts = false;
        self.session = None; // the old one is stopped before a new one begins
        self.preview.clear();
        self.session = self.job().map(|job| Session::list(job, Self::wake(ctx)));
    }

    /// What a run is told now.
    fn job(&self) -> Option<Job> {
        self.settings.job().map(|job| Job { encodings: self.encodings.clone(), ..job })
    }

    fn convert(&mut self, ctx: &Context, job: Job) {
        self.session = None;
        self.converts = true;
        self.message = None;
        self.session = Some(Session::convert(job, Self::wake(ctx)));
    }

    fn start(&mut self, ctx: &Context) {
        if self.activity().is_run() {
            return;
        }
        if let Some(job) = self.job() {
            self.convert(ctx, job);
        }
    }

    fn retry(&mut self, ctx: &Context) {
        let failed: Option<HashSet<_>> =
            self.session.as_ref().map(|s| s.progress().failed().map(Path::to_path_buf).collect());
        if let (Some(job), Some(only)) = (self.job(), failed) {
            self.convert(ctx, Job { only: Some(only), ..job });
            self.selected = None;
        }
    }

    /// The one place where commands act.
    fn apply(&mut self, command: Command, ctx: &Context) {
        match command {
            Command::ChooseInput if !self.activity().is_run() => self.dialog = Some(Purpose::Input),
            Command::ChooseOutput if !self.activity().is_run() => self.dialog = Some(Purpose::Output),
            Command::ChooseInput | Command::ChooseOutput => {}
            Command::SetInputs(inputs) => {
                self.settings.inputs = inputs;
                self.settings.output = None;
                self.message = None;
                self.encodings.clear();
                self.list(ctx);
            }
            Command::SetOutput(output) => {
                self.settings.output = output;
                self.list(ctx);
            }
            Command::ClearInputs => {
                self.settings.inputs.clear();
                self.encodings.clear();
                self.settings.output = None;
                self.list(ctx);
            }
            Command::TrySample => self.desktop.write_sample(),
            Command::SetWorkers(count) => self.settings.workers = Some(count),
            Command::SetColumns(columns) => self.settings.columns = columns,
            Command::SetReading(reading) => self.settings.reading = reading,
            Command::SetEncodingOf(name, Some(encoding)) => drop(self.encodings.insert(name, encoding)),
            Command::SetEncodingOf(name, None) => drop(self.encodings.remove(&name)),
            Command::SavePreset(name) => {
                let (reading, columns) = (self.settings.reading.clone(), self.settings.columns.clone());
                self.shelf.save(Preset { name, reading, columns });
            }
            Command::UsePreset(preset) => self.use_preset(*preset),
            Command::DeletePreset(preset) => self.shelf.delete(*preset),
            Command::RestorePreset => self.shelf.restore(),
            Command::OpenPreset => self.dialog = Some(Purpose::Preset),
            Command::ShowPresets => self.shelf.folder().into_iter().for_each(|folder| self.desktop.open_made(folder)),
            Command::ShowPane(open) if self.is_wide => self.settings.window.pane = open,
            Command::ShowPane(open) => self.pane_instead = open,
            Command::SetSplit(split) => self.settings.window.split = split,
            Command::SetIfExists(choice) => self.settings.if_exists = choice,
            Command::SetLang(lang) => self.settings.lang = lang,
            Command::SetTheme(choice) => {
                self.settings.theme = choice;
                ctx.set_theme(self.desktop.theme(choice));
            }
            Command::Start => self.start(ctx),
            Command::Pause => self.session.iter_mut().for_each(Session::pause),
            Command::Resume => self.session.iter_mut().for_each(Session::resume),
            Command::Stop => self.session.iter().for_each(Session::stop),
            Command::RetryFailed => self.retry(ctx),
            Command::Select(row) => self.selected = row,
            Command::OpenWorkbook(index) => self.with_row(index, |file, desktop| {
                if let Some(workbook) = row::workbook(file) {
                    desktop.open(workbook);
                }
            }),
            Command::ShowInFolder(index) => self.with_row(index, |file, desktop| {
                let shown = row::workbook(file).unwrap_or(&file.source.path);
                desktop.open(shown.parent().unwrap_or(shown));
            }),
            Command::OpenOutput => self.desktop.open(&self.settings.output()),
            Command::Copy(text) => ctx.copy_text(text),
            Command::DismissMessage => self.message = None,
            Command::KeepConverting => self.closing = Closing::No,
            Command::StopAndClose => {
                self.closing = Closing::WhenStopped;
                self.session.iter().for_each(Session::stop);
            }
        }
    }

    fn pane(&self) -> Pane {
        match self.is_wide {
            true if self.settings.window.pane => Pane::Beside,
            false if self.pane_instead => Pane::Instead,
            _ => Pane::Hidden,
        }
    }

    fn use_preset(&mut self, preset: Preset) {
        (self.settings.reading, self.settings.columns) = (preset.reading, preset.columns);
    }

    /// Asks for the looks that the window is to show; nothing to do while they stay the same.
    fn ask_preview(&mut self, ctx: &Context) {
        let Some(progress) = self.session.as_ref().map(Session::progress) else { return };
        let Some(shown) = view::shown(self.selected, progress) else { return };
        let (settings, encodings) = (&self.settings, &self.encodings);
        let reading = |name: &Path| match encodings.get(name) {
            Some(&encoding) => Cow::Owned(Reading { encoding: Some(encoding), ..settings.reading.clone() }),
            None => Cow::Borrowed(&settings.reading),
        };
        let source = &progress.files[shown].source;
        self.preview.look_at(source, &settings.columns, &reading(&source.name));
        if progress.scanned {
            self.preview.sample(progress.files.len(), |at| &progress.files[at].source, reading);
        }
        if let Some(left) = self.preview.slow_in().filter(|left| !left.is_zero()) {
            ctx.request_repaint_after(left);
        }
    }

    fn with_row(&self, index: usize, act: impl FnOnce(&crate::session::FileRow, &Desktop)) {
        let row = self.session.as_ref().and_then(|session| session.progress().files.get(index));
        if let Some(row) = row {
            act(row, &self.desktop);
        }
    }

    fn answers(&mut self, ctx: &Context) {
        while let Some(answer) = self.desktop.poll() {
            match answer {
                Answer::Sample(folder) => self.apply(Command::SetInputs(vec![folder]), ctx),
                Answer::Failed(path, why) => self.message = Some(format!("{}: {why}", paths::shown(&path))),
                Answer::IsDark(_) => ctx.set_theme(self.desktop.theme(self.settings.theme)),
            }
        }
        match self.dialogs.poll() {
            Some((Purpose::Input, paths)) => self.apply(Command::SetInputs(paths), ctx),
            Some((Purpose::Output, paths)) => self.apply(Command::SetOutput(paths.into_iter().next()), ctx),
            Some((Purpose::Preset, paths)) => paths.into_iter().for_each(|file| self.shelf.open(file)),
            None => {}
        }
        match self.shelf.poll() {
            Some(Told::Opened(preset)) if !self.activity().is_run() => self.use_preset(preset),
            Some(Told::Failed(error)) => self.message = Some(Phrases(self.lang()).preset_error(&error)),
            Some(Told::Opened(_)) | None => {}
        }
    }

    /// Closing asks first while a run is under way, and waits until it has stopped.
    fn close(&mut self, ctx: &Context) {
        let is_run = self.activity().is_run();
        if ctx.input(|input| input.viewport().close_requested()) && is_run {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            if self.closing == Closing::No {
                self.closing = Closing::Asking;
                ctx.request_repaint();
            }
        }
        match self.closing {
            Closing::WhenStopped if !is_run => ctx.send_viewport_cmd(ViewportCommand::Close),
            Closing::Asking if !is_run => self.closing = Closing::No, // the run ended meanwhile
            _ => {}
        }
    }

    fn tell_title(&mut self, ctx: &Context) {
        let progress = self.session.as_ref().filter(|_| self.activity().is_run()).map(Session::progress);
        let title = progress.map_or_else(
            || "Sheetmill".to_owned(),
            |progress| format!("{:.0}% – Sheetmill", 100.0 * progress.fraction()),
        );
        if title != self.title {
            self.title.clone_from(&title);
            ctx.send_viewport_cmd(ViewportCommand::Title(title));
        }
    }

    /// Keeps what was chosen; the window's size only at the end.
    fn save(&mut self) {
        let settings = Settings { window: self.saved.window, ..self.settings.clone() };
        let Some(file) = self.file.clone().filter(|_| settings != self.saved) else { return };
        self.saved = settings.clone();
        // a settings file that cannot be written must not disturb: the next start has the old choices
        let _ = std::thread::Builder::new().name("settings".into()).spawn(move || settings.save(&file));
    }

    fn remember_window(&mut self, ctx: &Context) {
        let (size, maximized) = ctx.input(|input| {
            let viewport = input.viewport();
            (viewport.inner_rect.map(|rect| rect.size()), viewport.maximized.unwrap_or(false))
        });
        let mut window = Window { maximized, ..self.settings.window };
        if let (Some(size), false) = (size, maximized) {
            (window.width, window.height) = (size.x, size.y);
        }
        self.settings.window = window;
    }

    fn shortcuts(&self, ui: &Ui, commands: &mut Vec<Command>) {
        let pressed = |shortcut| ui.input_mut(|input| input.consume_shortcut(shortcut));
        if pressed(&OPEN) {
            commands.push(Command::ChooseInput);
        }
        if pressed(&START) && self.session.is_some() {
            commands.push(Command::Start);
        }
        let is_free = !ui.text_edit_focused() && !egui::Popup::is_any_open(ui);
        if self.pane() == Pane::Instead && is_free && pressed(&BACK) {
            commands.push(Command::ShowPane(false));
        }
        if pressed(&PANE) {
            commands.push(Command::ShowPane(self.pane() == Pane::Hidden));
        }
        if pressed(&PAUSE) {
            match self.activity() {
                Activity::Running => commands.push(Command::Pause),
                Activity::Paused => commands.push(Command::Resume),
                _ => {}
            }
        }
    }

    fn draw(&mut self, ui: &mut Ui) -> Vec<Command> {
        let mut commands = Vec::new();
        self.is_wide = pane::fits(ui.max_rect().width());
        self.shortcuts(ui, &mut commands);
        let view = View {
            settings: &self.settings,
            progress: self.session.as_ref().map(Session::progress),
            activity: self.activity(),
            selected: self.selected,
            preview: &self.preview,
            encodings: &self.encodings,
            presets: self.shelf.presets(),
            deleted: self.shelf.deleted(),
            pane: self.pane(),
            lang: self.lang(),
        };
        drops::take(ui, &view, &mut commands);
        if view.activity == Activity::Empty {
            let mut child = ui.new_child(egui::UiBuilder::new().max_rect(ui.max_rect().shrink2(egui::vec2(16.0, 8.0))));
            empty::show(&mut child, &view, self.message.as_deref(), &mut commands);
        } else {
            let inner =
                ui.max_rect().shrink2(egui::vec2(theme::MARGIN, 0.0)).with_min_y(ui.max_rect().top() + theme::MARGIN);
            let footer_top = inner.bottom() - theme::FOOTER;
            let mut top = ui.new_child(egui::UiBuilder::new().max_rect(inner.with_max_y(footer_top)).id_salt("top"));
            top.spacing_mut().item_spacing.y = 0.0;
            folders::show(&mut top, &view, &mut self.fields, &mut commands);
            if view.activity.is_run() {
                top.add_space(theme::PANE_GAP);
                workers::show(&mut top, &view);
                top.add_space(theme::PANE_GAP);
            } else {
                top.add_space(8.0);
                options::show(&mut top, &view, &mut commands, |ui, place, commands| match place {
                    options::Place::Columns => columns::show(ui, &view, &mut self.columns, commands),
                    options::Place::Reading => {
                        reading::show(ui, &view, &mut self.reading, commands);
                        presets::show(ui, &view, &mut self.presets, commands);
                    }
                });
                top.add_space(8.0);
            }
            let space = top.available_rect_before_wrap();
            let (list, pane) = pane::divide(space, &view);
            if list.is_none() {
                list::keyboard(&top, &view, &mut self.scroll, &mut commands);
            }
            if let Some(list) = list {
                let mut left = top.new_child(egui::UiBuilder::new().max_rect(list).id_salt("left"));
                list::show(&mut left, &view, &mut self.scroll, &mut commands);
            }
            if let Some(pane) = pane {
                pane::show(&mut top, pane, &view, &mut self.tab, &mut commands);
            }
            if let (Some(list), Some(_)) = (list, pane) {
                pane::splitter(&mut top, space, list, &view, &mut commands);
            }
            let mut bottom =
                ui.new_child(egui::UiBuilder::new().max_rect(inner.with_min_y(footer_top)).id_salt("bottom"));
            footer::show(&mut bottom, &view, self.message.as_deref(), &mut commands);
        }
        if self.closing == Closing::Asking {
            closing::ask(ui, &view, &mut commands);
        }
        drops::overlay(ui, &view);
        commands
    }

    /// Opens the dialog asked for; it needs the window as its parent.
    fn open_dialog(&mut self, ctx: &Context, frame: &eframe::Frame) {
        let Some(purpose) = self.dialog.take() else { return };
        let text = self.lang().text();
        let (title, start) = match purpose {
            Purpose::Input => (text.dialog_input, self.settings.inputs.first().cloned()),
            Purpose::Output => (text.dialog_output, self.settings.output().parent().map(Path::to_path_buf)),
            Purpose::Preset => (text.dialog_preset, self.shelf.folder().map(Path::to_path_buf)),
        };
        self.dialogs.choose(purpose, title, start, ctx, frame);
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &Context, _: &mut eframe::Frame) {
        if let Some(session) = &mut self.session {
            session.poll();
        }
        self.answers(ctx);
        self.preview.poll();
        self.ask_preview(ctx);
        self.close(ctx);
        self.tell_title(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, frame: &mut eframe::Frame) {
        self.remember_window(ui);
        let background = Frame::new().fill(theme::palette(ui).background);
        let commands = CentralPanel::default().frame(background).show(ui, |ui| self.draw(ui)).inner;
        let ctx = ui.ctx().clone();
        if !commands.is_empty() {
            ctx.request_repaint();
        }
        for command in commands {
            self.apply(command, &ctx);
        }
        self.open_dialog(&ctx, frame);
        self.save();
    }

    fn on_exit(&mut self, #[cfg(all(unix, not(target_os = "macos")))] _: Option<&eframe::glow::Context>) {
        self.session = None; // stopped, and waited for
        if let (Some(file), true) = (&self.file, self.settings != self.saved) {
            let _ = self.settings.save(file);
        }
    }
}
