//! Finished files that have no place for a stamp, known again while a folder is scanned: by the journal of the output
//! folder that they lie in, whichever that is.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::known::{Known, Made, stamp_at};
use super::{Journal, NAME};
use crate::engine::output::OutputForm;

/// The journals in folders and above them, each read once.
#[derive(Debug, Default)]
pub struct Journals<'a> {
    /// That of the run that is under way, and its folder: nobody else may read it.
    own: Option<(PathBuf, &'a Journal)>,
    folders: Mutex<HashMap<PathBuf, Option<Arc<Above>>>>,
}

#[derive(Debug)]
struct Above {
    folder: PathBuf,
    known: Known,
}

impl<'a> Journals<'a> {
    /// Of a run that writes this journal into this folder.
    #[must_use]
    pub fn of_run(output: &Path, journal: &'a Journal) -> Self {
        let output = std::path::absolute(output).unwrap_or_else(|_| output.to_owned());
        Self { own: Some((output, journal)), ..Self::default() }
    }

    /// The file at `path` is a finished one of this form, as it was made.
    #[must_use]
    pub fn know(&self, form: &dyn OutputForm, path: &Path) -> bool {
        let Ok(path) = std::path::absolute(path) else { return false };
        let is_made = |made: Option<&Made>| made.is_some() && stamp_at(form, made, &path).is_some();
        if let Some((output, journal)) = &self.own
            && let Ok(name) = path.strip_prefix(output)
        {
            return is_made(journal.made(name));
        }
        let above = path.parent().and_then(|folder| self.above(folder));
        above.is_some_and(|above| path.strip_prefix(&above.folder).is_ok_and(|name| is_made(above.known.made(name))))
    }

    /// The nearest journal that lies in this folder or above it; one that can't be read knows nothing.
    fn above(&self, folder: &Path) -> Option<Arc<Above>> {
        let folders = || self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = folders().get(folder) {
            return known.clone();
        }
        let found = if folder.join(NAME).is_file() {
            Some(Arc::new(Above { folder: folder.to_owned(), known: Known::of(folder).unwrap_or_default() }))
        } else {
            folder.parent().and_then(|parent| self.above(parent))
        };
        folders().insert(folder.to_owned(), found.clone());
        found
    }
}
