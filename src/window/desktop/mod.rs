//! What is asked of the desktop around the window: opening a workbook or a folder, light or dark,
//! writing the sample. None of it is waited for.

pub mod file_dialogs;
pub mod keep_awake;
pub mod notification;
pub mod preset_store;
pub mod reveal;
pub mod taskbar;

use std::collections::HashSet;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use directories::UserDirs;
use eframe::egui::{Context, ThemePreference};

use crate::sample;
use crate::settings::{Recent, Theme};

/// The name by which desktops know the window.
pub const APP_ID: &str = "sheetmill";

/// Something that the desktop answered later.
#[derive(Debug)]
pub enum Answer {
    /// The sample stands in this folder.
    Sample(PathBuf),
    /// A thing could not be opened or written: path and why.
    Failed(PathBuf, String),
    /// The system's theme is dark, or not.
    IsDark(bool),
    /// Of the inputs used lately, those that are not there.
    Missing(HashSet<PathBuf>),
}

/// Opens a file or folder with the program that there is for it, and does not wait for that.
type Open = dyn Fn(&Path) -> io::Result<()> + Send + Sync;

#[derive(Clone)]
struct Opener(Arc<Open>);

impl fmt::Debug for Opener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Opener")
    }
}

/// Asks the desktop, hears its answers.
#[derive(Debug)]
pub struct Desktop {
    ctx: Context,
    opener: Opener,
    sender: Sender<Answer>,
    answers: Receiver<Answer>,
    is_dark: Option<bool>,
}

impl Desktop {
    pub fn new(ctx: &Context) -> Self {
        let (sender, answers) = channel();
        let opener = Opener(Arc::new(|path| open::that_detached(path)));
        Self { ctx: ctx.clone(), opener, sender, answers, is_dark: None }
    }

    /// Files and folders are opened so from now on.
    pub fn open_with(&mut self, open: impl Fn(&Path) -> io::Result<()> + Send + Sync + 'static) {
        self.opener = Opener(Arc::new(open));
    }

    /// The next answer, if one is there.
    pub fn poll(&mut self) -> Option<Answer> {
        let answer = self.answers.try_recv().ok()?;
        if let Answer::IsDark(is_dark) = answer {
            self.is_dark = Some(is_dark);
        }
        Some(answer)
    }

    /// Opens a file or folder with the program that the system has for it.
    pub fn open(&self, path: &Path) {
        let (path, Opener(open)) = (path.to_owned(), self.opener.clone());
        self.spawn(move || open(&path).err().map(|error| Answer::Failed(path, error.to_string())));
    }

    /// Shows a file in the file manager, selected where that is possible.
    pub fn reveal(&self, path: &Path) {
        let path = path.to_owned();
        self.spawn(move || reveal::show(&path).err().map(|error| Answer::Failed(path, error.to_string())));
    }

    /// Opens a folder that may have to be made first.
    pub fn open_made(&self, folder: &Path) {
        let (path, Opener(open)) = (folder.to_owned(), self.opener.clone());
        self.spawn(move || {
            let opened = std::fs::create_dir_all(&path).and_then(|()| open(&path));
            opened.err().map(|error| Answer::Failed(path, error.to_string()))
        });
    }

    /// Looks which of these inputs are there; a drive that is away may take its time.
    pub fn look_for(&self, recent: &[Recent]) {
        let paths: Vec<PathBuf> = recent.iter().flat_map(Recent::paths).cloned().collect();
        if !paths.is_empty() {
            self.spawn(move || Some(Answer::Missing(paths.into_iter().filter(|path| !path.exists()).collect())));
        }
    }

    /// Writes the sample into the person's documents (or home) and tells where.
    pub fn write_sample(&self) {
        self.spawn(|| {
            let dirs = UserDirs::new();
            let home = dirs.as_ref().map(|dirs| dirs.document_dir().unwrap_or(dirs.home_dir()).to_owned());
            let folder = home.unwrap_or_else(std::env::temp_dir).join("sheetmill-sample");
            Some(match sample::write_to(&folder) {
                Ok(()) => Answer::Sample(folder),
                Err(error) => Answer::Failed(folder, error.to_string()),
            })
        });
    }

    /// Asks whether the system is dark where egui doesn't know (X11 and Wayland); waits a moment for
    /// the answer, so that the first frame has the right colours.
    pub fn ask_theme(&mut self) {
        if !cfg!(all(unix, not(target_os = "macos"))) {
            return;
        }
        self.spawn(|| Some(Answer::IsDark(system_is_dark())));
        // nothing else has been asked yet
        if let Ok(Answer::IsDark(is_dark)) = self.answers.recv_timeout(Duration::from_millis(80)) {
            self.is_dark = Some(is_dark);
        }
    }

    /// The theme for a choice.
    #[must_use]
    pub fn theme(&self, choice: Theme) -> ThemePreference {
        let egui_knows = !cfg!(all(unix, not(target_os = "macos")));
        match (choice, self.is_dark) {
            (Theme::System, None) if egui_knows => ThemePreference::System,
            (Theme::Dark, _) | (Theme::System, Some(true)) => ThemePreference::Dark,
            (Theme::Light | Theme::System, _) => ThemePreference::Light,
        }
    }

    fn spawn(&self, ask: impl FnOnce() -> Option<Answer> + Send + 'static) {
        let (sender, ctx) = (self.sender.clone(), self.ctx.clone());
        let asked = std::thread::Builder::new().name("desktop".into()).spawn(move || {
            if let Some(answer) = ask() {
                let _ = sender.send(answer); // the window may be gone by now
                ctx.request_repaint();
            }
        });
        if let Err(error) = asked {
            let _ = self.sender.send(Answer::Failed(PathBuf::new(), error.to_string()));
        }
    }
}

#[cfg(all(unix, not(target_os = "macos")))]
fn system_is_dark() -> bool {
    matches!(dark_light::detect(), Ok(dark_light::Mode::Dark))
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
fn system_is_dark() -> bool {
    false
}
