//! Places of notes beyond those that are kept in memory: on the disk, a line of JSON each, so that a file of a
//! million broken records is told whole and takes no memory.

use std::fs::File;
use std::io::{self, BufWriter, Seek as _, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::Note;

/// Places of one file that are kept at most; beyond them they are only counted.
const MOST: u64 = 1_000_000;

/// Where the places of one file's notes go that are kept nowhere else. The file behind it is made with the first of
/// them, has no name (Unix) or goes with its handle (Windows): a crash leaves nothing.
#[derive(Debug)]
pub struct Spool {
    folder: PathBuf,
    file: Option<BufWriter<File>>,
    places: u64,
    failed: bool,
}

impl Spool {
    /// Places will stand in a file in this folder.
    #[must_use]
    pub fn in_folder(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), file: None, places: 0, failed: false }
    }

    /// Takes a place. A disk that is full costs the place, not the file: its count stays.
    pub(super) fn push(&mut self, note: &Note) {
        self.places += 1;
        if self.places <= MOST && !self.failed {
            self.failed = self.write(note).is_err();
        }
    }

    fn write(&mut self, note: &Note) -> io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            empty => empty.insert(BufWriter::new(tempfile::tempfile_in(&self.folder)?)),
        };
        serde_json::to_writer(&mut *file, note)?;
        file.write_all(b"\n")
    }

    /// All places, in the order in which they came; `None` where there are none.
    ///
    /// # Errors
    /// When they cannot be read again.
    pub fn into_file(self) -> io::Result<Option<File>> {
        let Some(file) = self.file else { return Ok(None) };
        let mut file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.seek(SeekFrom::Start(0))?;
        Ok(Some(file))
    }
}

/// Copied notes keep their counts and the places in memory.
impl Clone for Spool {
    fn clone(&self) -> Self {
        Self::in_folder(&self.folder)
    }
}

impl PartialEq for Spool {
    fn eq(&self, other: &Self) -> bool {
        self.places == other.places
    }
}

impl Eq for Spool {}
