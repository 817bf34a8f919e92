//! What committing asks of the disk: a seam, so that tests hear in which order.

use std::fs::File;
use std::io;
use std::path::Path;

use tempfile::NamedTempFile;

use crate::engine::error::Halt;
use crate::engine::output::target;

/// A disk, or what stands for one.
pub trait Disk: Sync {
    /// How many files the process may have open.
    fn most_open(&self) -> usize;

    /// What stands in these files is on the disk, each of them, or why not.
    fn sync(&self, files: &[&NamedTempFile]) -> Vec<io::Result<()>>;

    /// Gives a finished file its name: see [`target::rename`].
    ///
    /// # Errors
    /// As there.
    fn rename(&self, temporary: NamedTempFile, target: &Path, replaces: bool) -> Result<(), Halt>;

    /// The names in these folders are on the disk, or why not.
    fn sync_folders(&self, folders: &[&Path]) -> Vec<io::Result<()>>;
}

/// The disks of this machine.
#[derive(Debug)]
pub struct System;

impl Disk for System {
    #[cfg(unix)]
    fn most_open(&self) -> usize {
        let most = rustix::process::getrlimit(rustix::process::Resource::Nofile).current;
        most.map_or(usize::MAX, |most| usize::try_from(most).unwrap_or(usize::MAX))
    }

    #[cfg(not(unix))]
    fn most_open(&self) -> usize {
        usize::MAX
    }

    fn sync(&self, files: &[&NamedTempFile]) -> Vec<io::Result<()>> {
        let files: Vec<&File> = files.iter().map(|file| file.as_file()).collect();
        if whole::is_synced(&files) {
            return files.iter().map(|_| Ok(())).collect();
        }
        files.iter().map(|file| file.sync_data()).collect()
    }

    fn rename(&self, temporary: NamedTempFile, target: &Path, replaces: bool) -> Result<(), Halt> {
        target::rename(temporary, target, replaces)
    }

    #[cfg(unix)]
    fn sync_folders(&self, folders: &[&Path]) -> Vec<io::Result<()>> {
        let here =
            |folder: &Path| if folder.as_os_str().is_empty() { Path::new(".").into() } else { folder.to_owned() };
        folders.iter().map(|folder| sync_folder(&here(folder))).collect()
    }

    /// Where folders cannot be opened like files, the system brings names to the disk in its own time, and in order.
    #[cfg(not(unix))]
    fn sync_folders(&self, folders: &[&Path]) -> Vec<io::Result<()>> {
        folders.iter().map(|_| Ok(())).collect()
    }
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    use std::thread;
    use std::time::Duration;

    use rustix::io::Errno;

    /// How often, and how long apart, a folder is opened again while others have all files open that may be.
    const TRIES: u32 = 500;
    const PAUSE: Duration = Duration::from_millis(2);

    let is =
        |error: &io::Error, kinds: &[Errno]| kinds.iter().any(|kind| error.raw_os_error() == Some(kind.raw_os_error()));
    let mut opened = File::open(folder);
    for _ in 0..TRIES {
        match &opened {
            Err(error) if is(error, &[Errno::MFILE, Errno::NFILE]) => thread::sleep(PAUSE),
            _ => break,
        }
        opened = File::open(folder);
    }
    match opened.and_then(|folder| folder.sync_all()) {
        // a folder above the output that only others may read, a file system that knows no such thing
        Err(error) if is(&error, &[Errno::ACCESS, Errno::PERM, Errno::INVAL, Errno::NOTSUP, Errno::BADF]) => Ok(()),
        synced => synced,
    }
}

/// Many files at once: a whole file system takes as long as one file, where each alone takes a turn of the disk.
#[cfg(target_os = "linux")]
mod whole {
    use std::fs::File;
    use std::os::unix::fs::MetadataExt as _;
    use std::sync::OnceLock;

    use rustix::fs::{fstatfs, syncfs};

    /// Fewer files are synced one by one: other programs' files are left alone.
    const FROM: usize = 6;
    /// ext2 to ext4, XFS, Btrfs, F2FS: those of which it is known that this is as good as each by itself.
    const KNOWN: [u32; 4] = [0xef53, 0x5846_5342, 0x9123_683e, 0xf2f5_2010];

    /// True where all these files are on the disk now. Where it is not so, or not known, each tells by itself.
    pub fn is_synced(files: &[&File]) -> bool {
        let [first, ..] = files else { return false };
        let device = |file: &File| file.metadata().ok().map(|about| about.dev());
        files.len() >= FROM
            && tells_errors()
            && fstatfs(first).is_ok_and(|about| KNOWN.contains(&(about.f_type as u32)))
            && device(first).is_some_and(|here| files.iter().all(|file| device(file) == Some(here)))
            && syncfs(first).is_ok()
    }

    /// Before Linux 5.8 nothing is heard of what could not be written.
    fn tells_errors() -> bool {
        static TELLS: OnceLock<bool> = OnceLock::new();
        *TELLS.get_or_init(|| {
            let system = rustix::system::uname();
            let release = system.release().to_string_lossy().into_owned();
            let mut numbers = release.split(|char: char| !char.is_ascii_digit()).map(|part| part.parse().unwrap_or(0));
            (numbers.next().unwrap_or(0_u32), numbers.next().unwrap_or(0_u32)) >= (5, 8)
        })
    }
}

#[cfg(not(target_os = "linux"))]
mod whole {
    use std::fs::File;

    /// There is no such thing here.
    pub fn is_synced(_: &[&File]) -> bool {
        false
    }
}
