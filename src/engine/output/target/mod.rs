//! Where a finished file goes: its name in the mirrored tree, the temporary file it grows in, and what is
//! done when one is already there.

pub mod folder;
pub mod spool;

use std::collections::HashSet;
use std::fs::{self, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tempfile::NamedTempFile;

use crate::engine::error::{Cause, Halt, writing};
use crate::engine::input::regular;
use crate::engine::job::numbered;
use folder::OutputFolder;

const TEMPORARY_PREFIX: &str = ".sheetmill-";
const TEMPORARY_SUFFIX: &str = ".tmp";
/// How often a temporary file is made anew where something comes between.
const TRIES: u32 = 10;

/// `AA/wiki_00` → `OUTPUT/AA/wiki_00.xlsx`: the whole name is kept, so that `a` and `a.txt` don't meet.
#[must_use]
pub fn path(output: &Path, name: &Path, extension: &str) -> PathBuf {
    let mut path = output.join(name).into_os_string();
    path.push(".");
    path.push(extension);
    path.into()
}

/// `wiki_00.xlsx` → `wiki_00 (2).xlsx`, the first that is free.
#[must_use]
pub fn beside(target: &Path, mut is_free: impl FnMut(&Path) -> bool) -> PathBuf {
    (2..100_000)
        .map(|number| numbered::file(target, number))
        .find(|path| is_free(path))
        .unwrap_or_else(|| target.to_owned())
}

/// The target folders already swept in this run. Each temporary file is locked while it grows, so that
/// what a crash left behind can be told from the work of another Sheetmill.
#[derive(Debug, Default)]
pub struct Sweeper {
    swept: Mutex<HashSet<PathBuf>>,
}

impl Sweeper {
    /// Removes what a crashed run left in `folder`; once a run, and before any of its workers goes on.
    pub fn sweep(&self, folder: &Path) {
        let mut swept = self.swept.lock().unwrap_or_else(PoisonError::into_inner);
        if !swept.insert(folder.to_owned()) {
            return;
        }
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.starts_with(TEMPORARY_PREFIX) && name.ends_with(TEMPORARY_SUFFIX) {
                let Ok(file) = regular::open(&entry.path()) else { continue };
                // locked until it is gone: whoever has just made it sees one or the other
                if file.try_lock().is_ok() {
                    let _ = fs::remove_file(entry.path()); // tried again at the next start
                }
            }
        }
    }
}

/// A new temporary file in `folder`, which is made if it is not there: its name begins with a dot, so that whoever
/// reads the folder knows it for none of its files, and it is as readable as any new file.
///
/// # Errors
/// When the folder or the file cannot be made.
pub fn unlocked(folder: &Path) -> io::Result<NamedTempFile> {
    fs::create_dir_all(folder)?;
    in_folder(folder)
}

fn in_folder(folder: &Path) -> io::Result<NamedTempFile> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true);
    // opened here: temporary files are else their maker's alone, and the system's errors lose their numbers
    tempfile::Builder::new()
        .prefix(TEMPORARY_PREFIX)
        .suffix(TEMPORARY_SUFFIX)
        .make_in(folder, |path| options.open(path))
}

/// A new temporary file in `folder`, in or below the output folder, that other runs know to be in use.
///
/// # Errors
/// When the folder or the file cannot be made, or the output folder is gone.
pub fn temporary(output: &OutputFolder, folder: &Path) -> Result<NamedTempFile, Halt> {
    output.check()?;
    let make = || output.make_below(folder).and_then(|()| in_folder(folder));
    for _ in 1..TRIES {
        match make() {
            Ok(file) if is_ours(&file) => return Ok(file),
            Ok(_) => {}
            // another worker that was stopped may just have taken away the empty folder
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(writing(error)),
        }
    }
    make().map_err(writing)
}

/// Locks a file just made; false where the sweep of another Sheetmill came between.
fn is_ours(file: &NamedTempFile) -> bool {
    match file.as_file().try_lock() {
        Ok(()) => file.path().exists(),
        Err(TryLockError::WouldBlock) => false,
        Err(TryLockError::Error(_)) => true, // a file system without locks: nothing is swept there
    }
}

/// Gives the finished file its final name, where it `replaces` what stood there or nothing stands. What stands in it
/// must be on the disk before, or a power cut leaves an empty file under that name.
///
/// # Errors
/// [`Cause::WorkbookOpen`] when the workbook is held open by another program, [`Cause::AlreadyThere`] when it
/// came to be there meanwhile.
pub fn rename(temporary: NamedTempFile, target: &Path, replaces: bool) -> Result<(), Halt> {
    // a folder, pipe, socket or device is nothing that a person has asked to replace
    if fs::metadata(target).is_ok_and(|there| !there.is_file()) {
        return Err(Cause::AlreadyThere.into());
    }
    // elsewhere it is locked until it has its name: another Sheetmill could sweep it away just before
    if cfg!(windows) {
        temporary.as_file().unlock().ok();
    }
    let persisted = if replaces { temporary.persist(target) } else { temporary.persist_noclobber(target) };
    // not every disk can do that in one step
    let persisted = persisted.or_else(|error| match error.error.kind() {
        io::ErrorKind::AlreadyExists => Err(error),
        _ if replaces || target.exists() => Err(error),
        _ => error.file.persist(target),
    });
    persisted.map(drop).map_err(|error| match error.error.raw_os_error() {
        _ if error.error.kind() == io::ErrorKind::AlreadyExists => Cause::AlreadyThere.into(),
        // ERROR_ACCESS_DENIED, ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
        Some(5 | 32 | 33) if cfg!(windows) && target.exists() => Cause::WorkbookOpen.into(),
        _ => writing(error.error),
    })
}

/// True when Excel (`~$name.xlsx`) or LibreOffice (`.~lock.name.xlsx#`) says that it has the workbook open.
#[must_use]
pub fn is_open_elsewhere(target: &Path) -> bool {
    let (Some(folder), Some(name)) = (target.parent(), target.file_name()) else { return false };
    let name = name.to_string_lossy();
    let short: String = name.chars().skip(2).collect(); // Excel drops two letters of a long name
    [format!("~${name}"), format!("~${short}"), format!(".~lock.{name}#")].iter().any(|lock| folder.join(lock).exists())
}

#[cfg(test)]
mod tests {
    use std::fs::File;

    use super::*;

    fn of(folder: &tempfile::TempDir) -> OutputFolder {
        OutputFolder::at(folder.path()).expect("it is there")
    }

    #[test]
    fn target_keeps_the_whole_name_of_its_source_file() {
        assert_eq!(path(Path::new("/o"), Path::new("AA/wiki_00"), "xlsx"), Path::new("/o/AA/wiki_00.xlsx"));
        assert_eq!(path(Path::new("/o"), Path::new("a.txt"), "xlsx"), Path::new("/o/a.txt.xlsx"));
    }

    #[test]
    fn keeping_both_takes_the_first_free_number() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let target = folder.path().join("a.b.xlsx");
        assert_eq!(beside(&target, |path| !path.exists()), folder.path().join("a.b (2).xlsx"));
        File::create(folder.path().join("a.b (2).xlsx")).expect("made");
        assert_eq!(beside(&target, |path| !path.exists()), folder.path().join("a.b (3).xlsx"));
    }

    #[test]
    fn sweep_takes_what_a_crash_left_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let at = |name: &str| folder.path().join(name);
        for name in [".sheetmill-old.tmp", "sheetmill.tmp", "a.xlsx", ".sheetmill-notes"] {
            File::create(at(name)).expect("made");
        }
        let held = temporary(&of(&folder), folder.path()).expect("made");
        Sweeper::default().sweep(folder.path());
        assert!(!at(".sheetmill-old.tmp").exists());
        assert!(
            held.path().exists()
                && at("sheetmill.tmp").exists()
                && at("a.xlsx").exists()
                && at(".sheetmill-notes").exists()
        );
    }

    /// Other runs begin all the time and sweep the same folder.
    #[cfg(unix)]
    #[test]
    fn sweep_takes_no_file_that_is_just_made_or_just_done() {
        use std::sync::atomic::{AtomicBool, Ordering};
        use std::thread;

        let folder = tempfile::tempdir().expect("a temporary folder");
        let is_done = AtomicBool::new(false);
        thread::scope(|scope| {
            scope.spawn(|| {
                while !is_done.load(Ordering::Relaxed) {
                    Sweeper::default().sweep(folder.path());
                }
            });
            let lost = (0..3000).find(|_| {
                let Ok(file) = temporary(&of(&folder), folder.path()) else { return true };
                !file.path().exists() || rename(file, &folder.path().join("a.xlsx"), true).is_err()
            });
            is_done.store(true, Ordering::Relaxed);
            assert_eq!(lost, None);
        });
    }

    #[cfg(unix)]
    #[test]
    fn workbook_may_be_read_by_whoever_may_read_new_files() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().expect("a temporary folder");
        let at = |name: &str| folder.path().join(name);
        File::create(at("new")).expect("made");
        rename(temporary(&of(&folder), folder.path()).expect("made"), &at("a.xlsx"), false).expect("renamed");
        let mode = |name: &str| fs::metadata(at(name)).expect("it is there").permissions().mode();
        assert_eq!(mode("a.xlsx"), mode("new"));
    }

    #[test]
    fn file_that_came_to_be_there_meanwhile_is_not_replaced() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let target = folder.path().join("a.xlsx");
        fs::write(&target, "mine").expect("written");
        let made = || temporary(&of(&folder), folder.path()).expect("made");
        assert!(matches!(rename(made(), &target, false), Err(Halt::Failed(Cause::AlreadyThere))));
        assert_eq!(fs::read(&target).expect("it is there"), b"mine");
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "nothing half done stays");
        assert!(rename(made(), &target, true).is_ok());
        assert_eq!(fs::read(&target).expect("it is there"), b"");
    }

    #[test]
    fn workbook_open_in_an_office_program_is_seen() {
        for lock in ["~$wiki_00.xlsx", "~$ki_00.xlsx", ".~lock.wiki_00.xlsx#"] {
            let folder = tempfile::tempdir().expect("a temporary folder");
            let target = folder.path().join("wiki_00.xlsx");
            assert!(!is_open_elsewhere(&target));
            File::create(folder.path().join(lock)).expect("made");
            assert!(is_open_elsewhere(&target), "{lock}");
        }
    }
}
