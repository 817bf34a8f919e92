//! The window without a display: opened, drawn step by step until what is waited for is there; used
//! ([`hand`]) and read ([`seen`]) by accessible names, as a person uses and hears it.

mod hand;
pub mod script;
mod seen;

use std::ops::{Deref, DerefMut};
use std::time::Duration;

use eframe::egui::Context;
use eframe::egui::accesskit::Role;
use egui_kittest::{Harness, HarnessBuilder};
use sheetmill::session::Session;
use sheetmill::settings::{Settings, Theme};
use sheetmill::text::Lang;
use sheetmill::window::App;

use super::{LIMIT, wait_every};

/// The size where nothing else is said, in points: list and pane beside each other.
pub const WIDE: [f32; 2] = [1200.0, 780.0];
/// As many as it takes for what was done to show.
const STEPS: usize = 3;
/// What comes in the background takes no longer, but on a busy machine.
const MOMENT: Duration = Duration::from_millis(500);

/// A window under test; all that egui's harness can do can be done with it.
pub struct Window(Harness<'static, App>);

/// What tests begin with: a language, light, so many workers.
pub fn settings(lang: Lang, workers: usize) -> Settings {
    Settings { lang: Some(lang), theme: Theme::Light, workers: Some(workers), ..Settings::default() }
}

impl Window {
    /// [`WIDE`], with settings that are never saved.
    pub fn open(settings: Settings) -> Self {
        Self::sized(settings, WIDE)
    }

    /// Of another size, in points.
    pub fn sized(settings: Settings, size: [f32; 2]) -> Self {
        Self::built(Harness::builder().with_size(size), |context| App::new(context, settings, None, Vec::new()))
    }

    /// [`WIDE`], with an application that is made otherwise.
    pub fn made(make: impl FnOnce(&Context) -> App) -> Self {
        Self::built(Harness::builder().with_size(WIDE), make)
    }

    /// However it is to be.
    pub fn built(builder: HarnessBuilder<App>, make: impl FnOnce(&Context) -> App) -> Self {
        let mut window = Self(builder.build_eframe(|cc| make(&cc.egui_ctx)));
        window.settle();
        window
    }

    /// Draws until what was asked in the background is there, as long as a person would wait before a click: what comes
    /// moves what stands beside it. A list that a test leaves unfinished is not waited for longer.
    pub fn rest(&mut self) {
        let mut quiet = 0;
        let _ = wait_every(Duration::from_millis(2), MOMENT, || {
            quiet = if self.state().is_at_rest() { quiet + 1 } else { 0 };
            self.0.run_steps(1);
            (quiet > 1).then_some(())
        });
    }

    /// Draws what was done.
    pub fn settle(&mut self) {
        self.0.run_steps(STEPS);
    }

    /// Shows what a session tells; `converts` where it is a run and no mere list.
    pub fn show(&mut self, session: Session, converts: bool) {
        self.state_mut().show_session(session, converts);
        self.settle();
    }

    /// What is chosen.
    pub fn settings(&self) -> &Settings {
        self.state().settings()
    }

    /// Draws until so many files are listed.
    pub fn wait_for_files(&mut self, count: usize) {
        self.wait(&format!("a list of {count}"), |window| window.files().len() == count);
    }

    /// Draws until the run is over.
    pub fn wait_for_end(&mut self) {
        let button = self.settings().lang.unwrap_or(Lang::En).text().open_output;
        self.wait("the end of the run", |window| window.has(Role::Button, button));
    }

    /// Draws until what comes from other threads is there.
    pub fn wait(&mut self, what: &str, there: impl Fn(&Self) -> bool) {
        let every = Duration::from_millis(5);
        let come = wait_every(every, LIMIT, || {
            there(self).then_some(()).or_else(|| {
                self.0.run_steps(2);
                None
            })
        });
        assert!(come.is_some(), "{what} did not come; files {:?}, rows {:?}", self.files(), self.rows());
    }
}

impl Deref for Window {
    type Target = Harness<'static, App>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for Window {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}
