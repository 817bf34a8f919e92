//! The system's dialogs for folders and files, on a thread of its own, one at a time.
//!
//! A blocking dialog inside `ui` would freeze the window. The dialog is built on the window's thread
//! (so that it can be its child), and waited for elsewhere.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use eframe::egui::Context;
use rfd::AsyncFileDialog;

/// What a dialog is to choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    Input,
    /// What is added to the input.
    More,
    Output,
    /// A preset file.
    Preset,
    /// A filter's list.
    List,
}

/// The dialog that is open, if one is.
#[derive(Debug, Default)]
pub struct Dialogs {
    open: Option<(Purpose, Receiver<Vec<PathBuf>>)>,
}

impl Dialogs {
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Opens a dialog that begins in `start`.
    pub fn choose(
        &mut self,
        purpose: Purpose,
        title: &str,
        start: Option<PathBuf>,
        ctx: &Context,
        frame: &eframe::Frame,
    ) {
        if self.is_open() {
            return;
        }
        let mut dialog = AsyncFileDialog::new().set_title(title).set_parent(frame);
        if let Some(start) = start {
            dialog = dialog.set_directory(start);
        }
        let (sender, chosen) = channel();
        let ctx = ctx.clone();
        let wait = move |paths: Vec<PathBuf>| {
            let _ = sender.send(paths); // the window may be gone by now
            ctx.request_repaint();
        };
        let path = |handle: rfd::FileHandle| handle.path().to_owned();
        let spawned = match purpose {
            Purpose::Input | Purpose::More => {
                let chosen = dialog.pick_folders();
                spawn(move || wait(pollster::block_on(chosen).unwrap_or_default().into_iter().map(path).collect()))
            }
            Purpose::Preset => {
                let chosen = dialog.add_filter("Sheetmill", &["toml"]).pick_file();
                spawn(move || wait(pollster::block_on(chosen).into_iter().map(path).collect()))
            }
            Purpose::List => {
                let chosen = dialog.pick_file();
                spawn(move || wait(pollster::block_on(chosen).into_iter().map(path).collect()))
            }
            Purpose::Output => {
                let chosen = dialog.pick_folder();
                spawn(move || wait(pollster::block_on(chosen).into_iter().map(path).collect()))
            }
        };
        self.open = spawned.then_some((purpose, chosen));
    }

    /// What was chosen, once the dialog is closed; nothing where it was cancelled.
    pub fn poll(&mut self) -> Option<(Purpose, Vec<PathBuf>)> {
        let (purpose, chosen) = self.open.as_ref()?;
        let answer = match chosen.try_recv() {
            Ok(paths) => Some((*purpose, paths)),
            Err(TryRecvError::Empty) => return None,
            Err(TryRecvError::Disconnected) => None,
        };
        self.open = None;
        answer.filter(|(_, paths)| !paths.is_empty())
    }
}

fn spawn(wait: impl FnOnce() + Send + 'static) -> bool {
    std::thread::Builder::new().name("dialog".into()).spawn(wait).is_ok()
}
