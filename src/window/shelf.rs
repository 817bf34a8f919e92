//! The presets that a person keeps, in their folder beside the settings. Read and written elsewhere;
//! the window hears of it later.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};

use eframe::egui::Context;

use crate::preset::{Preset, PresetError};

/// What was heard.
#[derive(Debug)]
pub enum Told {
    /// A preset file was read.
    Opened(Preset),
    /// It was none, or could not be read.
    Unusable(PresetError),
    /// The preset of this name could not be kept or deleted.
    NotKept(String, io::Error),
}

#[derive(Debug)]
enum Answer {
    All(Vec<Preset>),
    Told(Told),
}

/// The presets, as last read.
#[derive(Debug)]
pub struct Shelf {
    ctx: Context,
    /// `None` keeps nothing.
    folder: Option<PathBuf>,
    presets: Vec<Preset>,
    deleted: Option<Preset>,
    sender: Sender<Answer>,
    answers: Receiver<Answer>,
}

impl Shelf {
    /// The presets beside the settings' file.
    pub fn new(ctx: &Context, settings: Option<&Path>) -> Self {
        let (sender, answers) = channel();
        let folder = settings.map(Preset::folder);
        let shelf = Self { ctx: ctx.clone(), folder, presets: Vec::new(), deleted: None, sender, answers };
        shelf.change(String::new(), |_| Ok(()));
        shelf
    }

    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    #[must_use]
    pub fn presets(&self) -> &[Preset] {
        &self.presets
    }

    #[must_use]
    pub fn deleted(&self) -> Option<&Preset> {
        self.deleted.as_ref()
    }

    pub fn save(&mut self, preset: Preset) {
        self.deleted = None;
        self.change(preset.name.clone(), move |folder| preset.save_in(folder).map(|_| ()));
    }

    pub fn delete(&mut self, preset: Preset) {
        self.deleted = Some(preset.clone());
        self.change(preset.name.clone(), move |folder| preset.delete_from(folder));
    }

    /// Keeps again what was deleted last.
    pub fn restore(&mut self) {
        if let Some(preset) = self.deleted.take() {
            self.save(preset);
        }
    }

    /// Reads a preset from anywhere; it is told of by [`Shelf::poll`].
    pub fn open(&self, file: PathBuf) {
        self.spawn(move |sender| {
            let told = Preset::load(&file).map_or_else(Told::Unusable, Told::Opened);
            let _ = sender.send(Answer::Told(told)); // the window may be gone by now
        });
    }

    /// The next thing to act on, if one is there.
    pub fn poll(&mut self) -> Option<Told> {
        loop {
            match self.answers.try_recv().ok()? {
                Answer::All(presets) => self.presets = presets,
                Answer::Told(told) => return Some(told),
            }
        }
    }

    /// Changes the folder, then reads all that is in it.
    fn change(&self, name: String, act: impl FnOnce(&Path) -> io::Result<()> + Send + 'static) {
        let Some(folder) = self.folder.clone() else { return };
        self.spawn(move |sender| {
            if let Err(error) = act(&folder) {
                let _ = sender.send(Answer::Told(Told::NotKept(name, error)));
            }
            let _ = sender.send(Answer::All(Preset::all_in(&folder)));
        });
    }

    fn spawn(&self, work: impl FnOnce(&Sender<Answer>) + Send + 'static) {
        let (sender, ctx) = (self.sender.clone(), self.ctx.clone());
        // without a thread the presets stay as they are known
        let _ = std::thread::Builder::new().name("presets".into()).spawn(move || {
            work(&sender);
            ctx.request_repaint();
        });
    }
}
