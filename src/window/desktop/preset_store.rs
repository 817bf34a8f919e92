//! The presets that a person keeps, in their folder beside the settings. Changed in the order in which that was
//! asked for, and read, elsewhere; the window hears of it later.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};

use eframe::egui::Context;

use crate::preset::{Deleted, Preset, PresetError, StoredPreset};
use crate::storage::background_writer::BackgroundWriter;

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

/// What is to be done in the folder, before all that is in it is read.
#[derive(Debug)]
enum Task {
    Look,
    Save(Preset),
    Delete(StoredPreset),
    Restore(Deleted),
}

#[derive(Debug)]
enum Answer {
    All(Vec<StoredPreset>),
    /// May be wanted back; `None`: there is nothing any more that could be.
    Deleted(Option<Deleted>),
    Told(Told),
}

/// The presets, as last read.
#[derive(Debug)]
pub struct Shelf {
    ctx: Context,
    /// `None` keeps nothing.
    folder: Option<PathBuf>,
    presets: Vec<StoredPreset>,
    deleted: Option<Deleted>,
    tasks: Option<BackgroundWriter<Task>>,
    sender: Sender<Answer>,
    answers: Receiver<Answer>,
}

impl Shelf {
    /// The presets beside the settings' file.
    pub fn new(ctx: &Context, settings: Option<&Path>) -> Self {
        let (sender, answers) = channel();
        let folder = settings.map(Preset::folder);
        let tasks = folder.clone().map(|folder| {
            let (ctx, sender) = (ctx.clone(), sender.clone());
            BackgroundWriter::new("presets", move |tasks| {
                for task in tasks {
                    act(task, &folder, &sender);
                    ctx.request_repaint();
                }
            })
        });
        let shelf = Self { ctx: ctx.clone(), folder, presets: Vec::new(), deleted: None, tasks, sender, answers };
        shelf.give(Task::Look);
        shelf
    }

    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    #[must_use]
    pub fn presets(&self) -> &[StoredPreset] {
        &self.presets
    }

    /// What was deleted last, and may be wanted back.
    #[must_use]
    pub fn deleted(&self) -> Option<&Preset> {
        self.deleted.as_ref().map(|deleted| &deleted.kept.preset)
    }

    pub fn save(&self, preset: Preset) {
        self.give(Task::Save(preset));
    }

    pub fn delete(&self, kept: StoredPreset) {
        self.give(Task::Delete(kept));
    }

    /// Keeps again what was deleted last.
    pub fn restore(&mut self) {
        if let Some(deleted) = self.deleted.take() {
            self.give(Task::Restore(deleted));
        }
    }

    /// Reads a preset from anywhere, which may take its time; it is told of by [`Shelf::poll`].
    pub fn open(&self, file: PathBuf) {
        let (ctx, sender) = (self.ctx.clone(), self.sender.clone());
        // without a thread nothing is opened
        let _ = std::thread::Builder::new().name("preset".into()).spawn(move || {
            let told = Preset::load(&file).map_or_else(Told::Unusable, Told::Opened);
            let _ = sender.send(Answer::Told(told)); // the window may be gone by now
            ctx.request_repaint();
        });
    }

    /// The next thing to act on, if one is there.
    pub fn poll(&mut self) -> Option<Told> {
        loop {
            match self.answers.try_recv().ok()? {
                Answer::All(presets) => self.presets = presets,
                Answer::Deleted(deleted) => self.deleted = deleted,
                Answer::Told(told) => return Some(told),
            }
        }
    }

    /// Waits until all is done that was asked for.
    pub fn close(&mut self) {
        if let Some(tasks) = &mut self.tasks {
            tasks.close();
        }
    }

    fn give(&self, task: Task) {
        if let Some(tasks) = &self.tasks {
            tasks.give(task);
        }
    }
}

/// Does it, then reads all that is in the folder.
fn act(task: Task, folder: &Path, sender: &Sender<Answer>) {
    let answer = |answer| {
        let _ = sender.send(answer); // the window may be gone by now
    };
    let not_kept = |name: String, error| answer(Answer::Told(Told::NotKept(name, error)));
    match task {
        Task::Look => {}
        Task::Save(preset) => match preset.save_in(folder) {
            Ok(_) => answer(Answer::Deleted(None)),
            Err(error) => not_kept(preset.name, error),
        },
        Task::Delete(kept) => {
            let name = kept.preset.name.clone();
            match kept.delete() {
                Ok(deleted) => answer(Answer::Deleted(Some(deleted))),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {} // as wanted
                Err(error) => not_kept(name, error),
            }
        }
        Task::Restore(deleted) => {
            if let Err(error) = deleted.restore() {
                let name = deleted.kept.preset.name.clone();
                answer(Answer::Deleted(Some(deleted)));
                not_kept(name, error);
            }
        }
    }
    answer(Answer::All(Preset::all_in(folder)));
}
