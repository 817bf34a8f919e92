//! Places of notes for which there is no room in memory, of all members in one file: nothing of a merge is journalled
//! before it ends, and a file for each member would stay open until then.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader, BufWriter, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use crate::engine::journal::entry::{Entry, NoteEntry};
use crate::engine::notes::Spool;

/// Lines of a journal that are not in it yet.
#[derive(Debug, Default)]
pub struct Places(Option<BufWriter<File>>);

impl Places {
    /// Takes the further places of a source file, by its name in the list. A disk that is full costs the places: their
    /// counts stay.
    pub fn add(&mut self, name: &Path, spool: Option<Spool>, folder: &Path) {
        if let Some(lines) = spool.and_then(|spool| spool.into_file().ok().flatten()) {
            let _ = self.write(name, lines, folder);
        }
    }

    fn write(&mut self, name: &Path, lines: File, folder: &Path) -> io::Result<()> {
        let file = match &mut self.0 {
            Some(file) => file,
            empty => empty.insert(BufWriter::new(tempfile::tempfile_in(folder)?)),
        };
        let name = name.display().to_string();
        for line in BufReader::new(lines).lines() {
            let Ok(note) = serde_json::from_str(&line?) else { continue };
            serde_json::to_writer(&mut *file, &Entry::Note(NoteEntry { file: name.clone(), note }))?;
            file.write_all(b"\n")?;
        }
        Ok(())
    }

    /// All lines, in the order in which they came; `None` where there are none.
    pub fn take(&mut self) -> Option<File> {
        let mut file = self.0.take()?.into_inner().ok()?;
        file.seek(SeekFrom::Start(0)).ok()?;
        Some(file)
    }
}
