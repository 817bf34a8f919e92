//! Keeps settings on the disk while they change: on a thread of its own, the newest only, and at the end what
//! was chosen last, whatever went wrong before.

use std::io;
use std::path::PathBuf;
use std::sync::mpsc::Receiver;

use super::Settings;
use crate::storage::background_writer::BackgroundWriter;

/// Takes settings as often as they may have changed.
#[derive(Debug)]
pub struct Keeper {
    file: PathBuf,
    /// The last ones handed over.
    given: Settings,
    /// Says at its end whether the file holds the last ones.
    background_writer: BackgroundWriter<Settings, bool>,
}

impl Keeper {
    /// `settings` are those that `file` holds.
    #[must_use]
    pub fn new(file: PathBuf, settings: Settings) -> Self {
        let place = file.clone();
        Self::saving(file, settings, move |settings| settings.save(&place))
    }

    fn saving(file: PathBuf, given: Settings, save: impl FnMut(&Settings) -> io::Result<()> + Send + 'static) -> Self {
        let background_writer = BackgroundWriter::new("settings", move |settings| save_newest(&settings, save));
        Self { file, given, background_writer }
    }

    /// Keeps what was chosen, later; how the window stands only at the end. Nothing to do while it stays the same.
    pub fn keep(&mut self, settings: &Settings) {
        let settings = Settings { window: self.given.window, ..settings.clone() };
        if settings != self.given {
            self.given.clone_from(&settings);
            self.background_writer.give(settings);
        }
    }

    /// Returns when the file holds these settings, or cannot: that must not disturb, and the next start has older
    /// choices.
    pub fn close(mut self, settings: &Settings) {
        let holds_given = self.background_writer.close().unwrap_or(false);
        if !holds_given || *settings != self.given {
            let _ = settings.save(&self.file);
        }
    }
}

/// Saves what comes, passing over what is no longer the newest; whether the last one could be saved.
fn save_newest(settings: &Receiver<Settings>, mut save: impl FnMut(&Settings) -> io::Result<()>) -> bool {
    let mut is_saved = true;
    while let Ok(next) = settings.recv() {
        let newest = settings.try_iter().last().unwrap_or(next);
        is_saved = save(&newest).is_ok();
    }
    is_saved
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;
    use crate::settings::Window;

    fn settings(workers: usize) -> Settings {
        Settings { workers: Some(workers), ..Settings::default() }
    }

    #[test]
    fn newest_of_many_changes_is_saved() {
        let (sender, received) = channel();
        (1..=9).for_each(|n| sender.send(settings(n)).expect("received"));
        drop(sender);
        let mut saved = Vec::new();
        assert!(save_newest(&received, |settings| {
            saved.push(settings.workers);
            Ok(())
        }));
        assert_eq!(saved, [Some(9)]);
    }

    #[test]
    fn last_change_is_on_the_disk_at_the_end() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("settings.toml");
        let mut keeper = Keeper::new(file.clone(), Settings::default());
        (1..=300).for_each(|n| keeper.keep(&settings(n)));
        keeper.close(&settings(300));
        assert_eq!(Settings::load(&file), settings(300));
    }

    #[test]
    fn window_size_is_kept_at_the_end_and_not_before() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("settings.toml");
        let mut keeper = Keeper::new(file.clone(), Settings::default());
        let moved = Settings { window: Window { width: 900.0, ..Window::default() }, ..Settings::default() };
        keeper.keep(&moved);
        assert_eq!(keeper.given, Settings::default());
        keeper.close(&moved);
        assert_eq!(Settings::load(&file), moved);
    }

    #[test]
    fn settings_that_could_not_be_saved_are_saved_at_the_end() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("settings.toml");
        let mut keeper = Keeper::saving(file.clone(), Settings::default(), |_| Err(io::ErrorKind::StorageFull.into()));
        keeper.keep(&settings(3));
        keeper.close(&settings(3));
        assert_eq!(Settings::load(&file), settings(3));
    }

    #[test]
    fn settings_that_never_changed_are_not_written() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("settings.toml");
        let mut keeper = Keeper::new(file.clone(), settings(3));
        keeper.keep(&settings(3));
        keeper.close(&settings(3));
        assert!(!file.exists());
    }
}
