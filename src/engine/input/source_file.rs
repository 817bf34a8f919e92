//! A file that goes in. A list may hold a million, so they share what neighbours have in common: their
//! folder, or the archive whose members they are.

use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::archive::Member;

/// A file that goes in.
#[derive(Debug, Clone)]
pub struct SourceFile {
    place: Place,
    /// The path below the input folder (below its parent when a run has several inputs): what
    /// people see, and where the workbook stands below the output folder.
    pub name: PathBuf,
    /// Size in bytes when it was found; of a member of an archive, as unpacked.
    pub bytes: u64,
    /// Where it stands when it is a member of an archive: [`SourceFile::path`] is the archive's then, and
    /// `name` goes on below the archive's.
    pub member: Option<Arc<Member>>,
}

#[derive(Debug, Clone)]
enum Place {
    /// In this folder, under the last part of its name.
    In(Arc<Path>),
    /// Itself, or the archive that it stands in.
    At(Arc<Path>),
}

impl SourceFile {
    /// A file at `path`.
    #[must_use]
    pub fn at(path: impl Into<Arc<Path>>, name: impl Into<PathBuf>, bytes: u64) -> Self {
        Self { place: Place::At(path.into()), name: name.into(), bytes, member: None }
    }

    /// A file in `folder`, where it stands under the last part of `name`.
    #[must_use]
    pub fn in_folder(folder: &Arc<Path>, name: impl Into<PathBuf>, bytes: u64) -> Self {
        Self { place: Place::In(Arc::clone(folder)), name: name.into(), bytes, member: None }
    }

    /// A member of the archive at `path`.
    #[must_use]
    pub fn member(path: &Arc<Path>, name: PathBuf, bytes: u64, member: Arc<Member>) -> Self {
        Self { place: Place::At(Arc::clone(path)), name, bytes, member: Some(member) }
    }

    /// Where it stands on the disk; of a member its archive.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        match (&self.place, self.name.file_name()) {
            (Place::In(folder), Some(name)) => folder.join(name),
            (Place::In(path) | Place::At(path), _) => path.to_path_buf(),
        }
    }

    /// Its size in bytes, by what the system says of it now; of a member of an archive its own, which the archive tells.
    #[must_use]
    pub fn size_by(&self, about: &Metadata) -> u64 {
        if self.member.is_some() { self.bytes } else { about.len() }
    }

    /// The name without folders, as far as it is text.
    #[must_use]
    pub fn file_name(&self) -> String {
        self.name.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }
}

impl PartialEq for SourceFile {
    fn eq(&self, other: &Self) -> bool {
        (&self.name, self.bytes, &self.member) == (&other.name, other.bytes, &other.member)
            && self.path() == other.path()
    }
}

impl Eq for SourceFile {}
