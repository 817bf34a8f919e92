//! The window's state, and what reaches it from outside: events, answers, closing. `apply` carries out
//! commands, `draw` draws.

mod apply;
mod draw;
mod effects;
mod list_edits;
mod starting;
pub mod undo;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use eframe::egui::{CentralPanel, Context, Frame, RawInput, Ui, ViewportCommand, ViewportId, accesskit_root_id};

use super::command::Command;
use super::desktop::file_dialogs::{Dialogs, Purpose};
use super::desktop::preset_store::{Shelf, Told};
use super::desktop::{Answer, Desktop};
use super::panels::options::{columns, presets, reading};
use super::panels::{folders, list, side};
use super::state::order::Order;
use super::state::selection::Selection;
use super::state::text_focus::Typing;
use super::view::{self, Activity, Pane};
use super::{ime, paths, theme};
use crate::engine::{EncodingName, Job, Reading};
use crate::preview::Preview;
use crate::session::Session;
use crate::settings::{Keeper, Settings, Window};
use crate::storage::log::Log;
use crate::text::{Explained, Lang};
use starting::Starting;
use undo::Undo;

/// Events are drawn at most so often: where the processor draws, each frame costs the workers 20 ms.
const WAKE: Duration = Duration::from_millis(100);

/// The desktop face.
#[derive(Debug)]
pub struct App {
    settings: Settings,
    /// `None` keeps nothing.
    keeper: Option<Keeper>,
    session: Option<Session>,
    /// The session converts, rather than lists.
    converts: bool,
    selection: Selection,
    order: Order,
    /// Counts lists and runs: which one the window shows.
    list: u64,
    /// Removed from the list before a run, by name.
    except: Arc<HashSet<PathBuf>>,
    undo: Undo,
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
    pane_state: side::State,
    /// The pane is open in a window that is too narrow for both.
    pane_instead: bool,
    /// The window has room for list and pane.
    is_wide: bool,
    scroll: list::Scroll,
    closing: Closing,
    title: String,
    dialog: Option<Purpose>,
    around: effects::Around,
    over: Over,
    /// A run that is about to begin.
    starting: Option<Starting>,
    typing: Typing,
    /// Of the inputs used lately, those that are not there.
    missing: HashSet<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Closing {
    No,
    Asking,
    WhenStopped,
}

/// What lies over the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Over {
    Nothing,
    /// The words about the program.
    About,
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
            keeper: file.map(|file| Keeper::new(file, settings.clone())),
            settings,
            session: None,
            converts: false,
            selection: Selection::default(),
            order: Order::default(),
            list: 0,
            except: Arc::default(),
            undo: Undo::default(),
            dialogs: Dialogs::default(),
            desktop,
            message: None,
            fields: folders::Fields::default(),
            columns: columns::State::default(),
            reading: reading::State::default(),
            presets: presets::State::default(),
            pane_state: side::State::default(),
            pane_instead: false,
            is_wide: true,
            scroll: list::Scroll::default(),
            closing: Closing::No,
            title: String::new(),
            dialog: None,
            around: effects::Around::default(),
            over: Over::Nothing,
            starting: None,
            typing: Typing::default(),
            missing: HashSet::new(),
        };
        if !inputs.is_empty() {
            app.settings.output = None;
            app.settings.added.clear();
            app.settings.inputs = inputs.into_iter().map(|path| std::path::absolute(&path).unwrap_or(path)).collect();
            app.remember_input();
        }
        app.list(ctx);
        app.desktop.look_for(&app.settings.recent);
        app
    }

    /// Writes down what the program does.
    #[must_use]
    pub fn with_log(mut self, log: Log) -> Self {
        log.line(&format!("start: {}", super::panels::overlays::about::version_line()));
        self.around.log = Some(log);
        self
    }

    /// Opens workbooks and folders so, instead of with the system's programs: for tests, which see what is opened.
    #[must_use]
    pub fn opening_with(mut self, open: impl Fn(&Path) -> io::Result<()> + Send + Sync + 'static) -> Self {
        self.desktop.open_with(open);
        self
    }

    /// Shows this session instead of one of its own: for tests, which script what happens.
    pub fn show_session(&mut self, session: Session, converts: bool) {
        (self.session, self.converts) = (Some(session), converts);
        if converts {
            self.around.begin();
        }
        self.begin_list();
    }

    /// Nothing comes that would move what is shown: the list is there, and the preview. For tests, which click what they
    /// see.
    #[must_use]
    pub fn is_at_rest(&self) -> bool {
        self.activity() != Activity::Listing && self.preview.is_at_rest()
    }

    /// What is chosen now.
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

    /// What a run is told now.
    fn job(&self) -> Option<Job> {
        self.settings.job().map(|job| Job { encodings: self.encodings.clone(), except: (*self.except).clone(), ..job })
    }

    fn pane(&self) -> Pane {
        match self.is_wide {
            true if self.settings.window.pane => Pane::Beside,
            false if self.pane_instead => Pane::Instead,
            _ => Pane::Hidden,
        }
    }

    /// Asks for the looks that the window is to show; nothing to do while they stay the same.
    fn ask_preview(&mut self, ctx: &Context) {
        let Some(progress) = self.session.as_ref().map(Session::progress) else { return };
        let Some(shown) = view::shown(self.selection.cursor(), &self.order, progress) else { return };
        let (settings, encodings) = (&self.settings, &self.encodings);
        let reading = |name: &Path| match encodings.get(name) {
            Some(&encoding) => Cow::Owned(Reading { encoding: Some(encoding), ..settings.choices.reading.clone() }),
            None => Cow::Borrowed(&settings.choices.reading),
        };
        let source = &progress.files[shown.index()].source;
        self.preview.look_at(source, &settings.choices, &reading(&source.name));
        if progress.scanned || progress.is_ended() {
            self.preview.sample(progress.files.len(), |at| &progress.files[at].source, reading);
        }
        if let Some(left) = self.preview.slow_in().filter(|left| !left.is_zero()) {
            ctx.request_repaint_after(left);
        }
    }

    fn answers(&mut self, ctx: &Context) {
        while let Some(answer) = self.desktop.poll() {
            match answer {
                Answer::Sample(folder) => self.apply(Command::SetInputs(vec![folder]), ctx),
                Answer::Failed(path, why) => self.message = Some(format!("{}: {why}", paths::shown(&path))),
                Answer::Missing(paths) => self.missing = paths,
                Answer::IsDark(_) => ctx.set_theme(self.desktop.theme(self.settings.theme)),
            }
        }
        match self.dialogs.poll() {
            Some((Purpose::Input, paths)) => self.apply(Command::SetInputs(paths), ctx),
            Some((Purpose::More, paths)) => self.apply(Command::AddInputs(paths), ctx),
            Some((Purpose::Output, paths)) => self.apply(Command::SetOutput(paths.into_iter().next()), ctx),
            Some((Purpose::Preset, paths)) => paths.into_iter().for_each(|file| self.shelf.open(file)),
            Some((Purpose::List, paths)) => paths.into_iter().for_each(|list| self.columns.take_list(list)),
            None => {}
        }
        while let Some(told) = self.shelf.poll() {
            match told {
                Told::Opened(preset) => self.apply(Command::UsePreset(Box::new(preset)), ctx),
                Told::Unusable(error) => {
                    self.message = Some(paths::shown_in(&Explained::preset_error(self.lang(), &error)));
                }
                Told::NotKept(name, error) => {
                    self.message = Some(self.lang().words().preset_not_kept(&name, &error));
                }
            }
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

    /// Opens the dialog asked for; it needs the window as its parent.
    fn open_dialog(&mut self, ctx: &Context, frame: &eframe::Frame) {
        let Some(purpose) = self.dialog.take() else { return };
        let text = self.lang().text();
        let (title, start) = match purpose {
            Purpose::Input => (text.dialog_input, self.settings.inputs.first().cloned()),
            Purpose::More => (text.dialog_more, self.settings.inputs.first().cloned()),
            Purpose::Output => (text.dialog_output, self.settings.output().parent().map(Path::to_path_buf)),
            Purpose::List => (text.choose_list, self.settings.inputs.first().cloned()),
            Purpose::Preset => (text.dialog_preset, self.shelf.folder().map(Path::to_path_buf)),
        };
        self.dialogs.choose(purpose, title, start, ctx, frame);
    }
}

impl eframe::App for App {
    fn raw_input_hook(&mut self, _: &Context, input: &mut RawInput) {
        ime::keep_text(&mut input.events);
    }

    fn logic(&mut self, ctx: &Context, frame: &mut eframe::Frame) {
        if let Some(session) = &mut self.session {
            session.poll();
        }
        self.follow();
        self.answers(ctx);
        self.counted(ctx);
        self.preview.poll();
        self.ask_preview(ctx);
        self.close(ctx);
        self.tell_title(ctx);
        self.watch(ctx, frame);
    }

    fn ui(&mut self, ui: &mut Ui, frame: &mut eframe::Frame) {
        self.remember_window(ui);
        // whoever hears the window hears its title
        let _ = ui.accesskit_node_builder(accesskit_root_id(), |window| window.set_label(&*self.title));
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
        self.keeper.iter_mut().for_each(|keeper| keeper.keep(&self.settings));
    }

    fn on_exit(&mut self, #[cfg(all(unix, not(target_os = "macos")))] _: Option<&eframe::glow::Context>) {
        self.starting = None;
        self.session = None; // stopped, and waited for
        self.around.awake.hold(false);
        self.shelf.close();
        self.keeper.take().into_iter().for_each(|keeper| keeper.close(&self.settings));
        self.around.log.take().into_iter().for_each(|log| log.last_line("end"));
    }
}
