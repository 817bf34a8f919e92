//! The files beside the one that is read: a folder's files have one shape, and a file that holds one record says
//! nothing about it. Their beginnings are looked at once for a run.

use std::collections::HashMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::survey::Survey;
use crate::engine::input::decode::TextReader;
use crate::engine::input::open::Opener;
use crate::engine::input::source_file::SourceFile;
use crate::engine::records::format::Head;
use crate::engine::stop::StopToken;

/// So many files of a folder are looked at, the first by name of so many, and so much of each.
const MOST_FILES: usize = 12;
const MOST_NAMES: usize = 4096;
const BEGINNING: u64 = 64 << 10;
/// Folders that are remembered at the same time.
const MOST_FOLDERS: usize = 256;

/// What stands in the folders of a run, as far as it has been looked at.
#[derive(Debug, Default)]
pub struct Folders(Mutex<HashMap<(PathBuf, String), Arc<Folder>>>);

/// What the first files of a folder hold whose roots have one name, and which these are.
#[derive(Debug, Default)]
pub struct Folder {
    pub survey: Survey,
    files: Vec<PathBuf>,
    /// So many were looked at, those with other roots too.
    looked_at: usize,
}

impl Folder {
    /// The file has been looked at with the others.
    #[must_use]
    pub fn has(&self, beside: &Beside) -> bool {
        self.files.contains(&beside.source.path())
    }
}

/// The files beside one.
#[derive(Clone, Copy)]
pub struct Beside<'a> {
    source: &'a SourceFile,
    stop: &'a StopToken,
    known: Option<&'a Folders>,
}

impl<'a> Beside<'a> {
    /// Those of this file; `known` remembers what others have looked at.
    #[must_use]
    pub fn of(source: &'a SourceFile, stop: &'a StopToken, known: Option<&'a Folders>) -> Self {
        Self { source, stop, known }
    }

    /// Those whose root has this name; `None` where there is no other.
    #[must_use]
    pub fn folder(&self, root: &str) -> Option<Arc<Folder>> {
        if self.source.member.is_some() {
            return None; // to look into an archive takes as long as to read it
        }
        let path = self.source.path();
        let folder = path.parent()?;
        let key = (folder.join(path.extension().unwrap_or_default()), root.to_owned());
        let known =
            self.known.and_then(|known| known.0.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned());
        let found = known.unwrap_or_else(|| {
            let found = Arc::new(self.look(folder, &path, root));
            if let Some(known) = self.known {
                let mut known = known.0.lock().unwrap_or_else(PoisonError::into_inner);
                if known.len() >= MOST_FOLDERS {
                    known.clear();
                }
                known.insert(key, found.clone());
            }
            found
        });
        let is_alone = found.files.is_empty() || (found.files.len() == 1 && found.has(self));
        (!is_alone).then_some(found)
    }

    /// Whether most files of the folder, as far as they were looked at, have a root of this name.
    #[must_use]
    pub fn is_of_most(&self, root: &str) -> bool {
        self.folder(root).is_some_and(|folder| folder.files.len() * 2 > folder.looked_at)
    }

    fn look(&self, folder: &Path, own: &Path, root: &str) -> Folder {
        let mut found = Folder::default();
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().take(MOST_NAMES);
        let alike = entries.map(|entry| entry.path()).filter(|path| path.extension() == own.extension());
        let mut paths: Vec<PathBuf> = alike.collect();
        paths.sort();
        for path in paths.into_iter().filter(|path| path.is_file()).take(MOST_FILES) {
            let Ok(about) = std::fs::metadata(&path) else { continue };
            let source = SourceFile::at(path.as_path(), path.file_name().unwrap_or_default(), about.len());
            found.looked_at += 1;
            let Some((text, is_all)) = self.beginning(&source) else { continue };
            let head = Head::new(&text, is_all);
            if head.root().is_some_and(|start| start.name == root) {
                super::look(&head, &mut found.survey);
                found.files.push(path);
            }
        }
        found
    }

    fn beginning(&self, source: &SourceFile) -> Option<(String, bool)> {
        let opened = Opener::alone(source, self.stop).open().ok()?.limited(BEGINNING);
        let mut reader = TextReader::new(opened, None).ok()?;
        while reader.more().ok()? {}
        Some((reader.text().to_owned(), !reader.source().is_cut()))
    }
}

impl fmt::Debug for Beside<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Beside").field(&self.source.name).finish()
    }
}
