//! The output folder as it was when the run began: where it is removed, or its disk taken out, in the middle of a run,
//! nothing may be written into what stands under its name then.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::engine::error::Cause;

/// The output folder of a run.
#[derive(Debug)]
pub struct OutputFolder {
    path: PathBuf,
    identity: Identity,
    is_gone: AtomicBool,
}

/// Device, number and time of making: a number may be given again to a new folder. Nothing is held open for it.
#[cfg(unix)]
type Identity = (u64, u64, Option<std::time::SystemTime>);

#[cfg(unix)]
fn identity(path: &Path) -> io::Result<Identity> {
    use std::os::unix::fs::MetadataExt as _;
    let about = fs::metadata(path)?;
    Ok((about.dev(), about.ino(), about.created().ok()))
}

#[cfg(not(unix))]
type Identity = same_file::Handle;

#[cfg(not(unix))]
fn identity(path: &Path) -> io::Result<Identity> {
    same_file::Handle::from_path(path)
}

impl OutputFolder {
    /// The folder that is there now.
    ///
    /// # Errors
    /// When it cannot be looked at.
    pub fn at(path: &Path) -> io::Result<Self> {
        Ok(Self { path: path.to_owned(), identity: identity(path)?, is_gone: AtomicBool::new(false) })
    }

    /// It is still the same.
    ///
    /// # Errors
    /// [`Cause::OutputGone`], from the first time on for ever: what was made before is not where the rest would go.
    pub fn check(&self) -> Result<(), Cause> {
        if !self.is_gone() && !identity(&self.path).is_ok_and(|now| now == self.identity) {
            self.is_gone.store(true, Ordering::SeqCst);
        }
        if self.is_gone() { Err(Cause::OutputGone) } else { Ok(()) }
    }

    /// Somebody has found that it is not there any more.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        self.is_gone.load(Ordering::SeqCst)
    }

    /// Makes a folder below it, with those between; never itself.
    ///
    /// # Errors
    /// When one cannot be made.
    pub fn make_below(&self, folder: &Path) -> io::Result<()> {
        if folder == self.path || !folder.starts_with(&self.path) {
            return Ok(());
        }
        let make = || match fs::create_dir(folder) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
            _ => Ok(()),
        };
        match (make(), folder.parent()) {
            (Err(error), Some(above)) if error.kind() == io::ErrorKind::NotFound => {
                self.make_below(above)?;
                make()
            }
            (ended, _) => ended,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folder_that_was_made_anew_is_another_and_stays_so() {
        let home = tempfile::tempdir().expect("a temporary folder");
        let (path, aside) = (home.path().join("out"), home.path().join("aside"));
        fs::create_dir(&path).expect("made");
        let folder = OutputFolder::at(&path).expect("there");
        fs::write(path.join("a"), "").expect("written");
        assert!(folder.check().is_ok(), "what stands in it is nothing to it");
        fs::rename(&path, &aside).expect("renamed");
        let other = OutputFolder::at(&aside).expect("there");
        fs::create_dir(&path).expect("made anew");
        assert!(matches!(folder.check(), Err(Cause::OutputGone)));
        fs::remove_dir(&path).expect("removed");
        fs::rename(&aside, &path).expect("renamed back");
        assert!(folder.is_gone() && folder.check().is_err(), "for ever");
        assert!(other.check().is_err(), "its name is another's");
    }

    #[test]
    fn folders_are_made_below_it_and_never_itself() {
        let home = tempfile::tempdir().expect("a temporary folder");
        let path = home.path().join("out");
        fs::create_dir(&path).expect("made");
        let folder = OutputFolder::at(&path).expect("there");
        let deep = path.join("a/b/c");
        folder.make_below(&deep).and_then(|()| folder.make_below(&deep)).expect("made");
        assert!(deep.is_dir());
        fs::remove_dir_all(&path).expect("removed");
        assert!(folder.make_below(&deep).is_err() && !path.exists());
    }
}
