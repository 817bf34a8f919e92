//! A folder for a test's own files, gone when it is dropped.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

/// A temporary folder.
pub struct Folder {
    _held: TempDir,
    root: PathBuf,
}

impl Folder {
    /// An empty one.
    pub fn new() -> Self {
        let held = TempDir::new().expect("a temporary folder");
        let root = held.path().to_owned();
        #[cfg(unix)] // macOS keeps temporary folders behind a link
        let root = root.canonicalize().expect("it is there");
        Self { _held: held, root }
    }

    /// With these files: names below it with `/`, and what they hold.
    pub fn with<B: AsRef<[u8]>>(files: &[(&str, B)]) -> Self {
        let folder = Self::new();
        for (name, bytes) in files {
            folder.put(name, bytes);
        }
        folder
    }

    /// Where it is.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A path below it, whether something is there or not.
    pub fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// Writes a file, its folders too, and gives its path.
    pub fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        put(&self.path(name), bytes);
        self.path(name)
    }

    /// Makes a folder below it, those around it too, and gives its path.
    pub fn make(&self, name: &str) -> PathBuf {
        fs::create_dir_all(self.path(name)).expect("a folder in the temporary folder");
        self.path(name)
    }
}

/// Writes a file, its folders too.
pub fn put(path: &Path, bytes: impl AsRef<[u8]>) {
    fs::create_dir_all(path.parent().expect("it has a folder")).expect("a folder in the temporary folder");
    fs::write(path, bytes).expect("a file in the temporary folder");
}
