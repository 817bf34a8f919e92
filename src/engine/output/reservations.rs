//! Which workbooks a run makes: no two source files make the same one, also on a disk for which `Wiki.xlsx`
//! and `wiki.xlsx` are one.

use std::collections::HashSet;
use std::fs;
use std::hash::{BuildHasher as _, RandomState};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use unicode_normalization::UnicodeNormalization as _;

/// All that are reserved, by what is the same on every disk: a number each, for there may be a million.
#[derive(Debug, Default)]
pub struct TargetReservations {
    hashes: RandomState,
    taken: Mutex<HashSet<u64>>,
}

impl TargetReservations {
    /// Reserves a name; false where another source file makes one that some disks take for the same.
    pub fn reserve(&self, target: &Path) -> bool {
        self.taken().insert(self.number(target))
    }

    /// It was not made after all.
    pub fn release(&self, target: &Path) {
        self.taken().remove(&self.number(target));
    }

    fn number(&self, target: &Path) -> u64 {
        let name: String = target.to_string_lossy().nfc().collect();
        self.hashes.hash_one(name.to_lowercase())
    }

    fn taken(&self) -> MutexGuard<'_, HashSet<u64>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The folder holds a file of exactly this name, rather than one that the disk takes for it.
#[must_use]
pub fn is_named_so(target: &Path) -> bool {
    let Some(entries) = target.parent().and_then(|folder| fs::read_dir(folder).ok()) else { return false };
    entries.flatten().any(|entry| Some(&*entry.file_name()) == target.file_name())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reservation_of_one_name_in_two_spellings_is_refused() {
        let reservations = TargetReservations::default();
        assert!(reservations.reserve(Path::new("/o/wiki.xlsx")) && reservations.reserve(Path::new("/o/wiki_2.xlsx")));
        assert!(!reservations.reserve(Path::new("/o/Wiki.xlsx")) && !reservations.reserve(Path::new("/o/wiki.xlsx")));
        assert!(
            reservations.reserve(Path::new("/o/한.xlsx"))
                && !reservations.reserve(Path::new("/o/\u{1112}\u{1161}\u{11ab}.xlsx"))
        );
        reservations.release(Path::new("/o/WIKI.xlsx"));
        assert!(reservations.reserve(Path::new("/o/wiki.xlsx")));
    }

    #[test]
    fn file_of_another_letter_case_is_not_named_so() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::write(folder.path().join("wiki.xlsx"), "").expect("written");
        assert!(is_named_so(&folder.path().join("wiki.xlsx")));
        assert!(!is_named_so(&folder.path().join("Wiki.xlsx")));
    }
}
