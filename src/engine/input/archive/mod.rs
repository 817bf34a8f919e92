//! Members of zip and tar archives are source files of their own: a scan lists them, and each is opened
//! where it stands. Archives inside archives are not entered.

mod checked;
mod names;
mod shared;
mod tar;
#[cfg(test)]
mod tests;
mod zip;

use std::cell::Cell;
use std::cmp::Ordering;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use checked::Checked;
use names::Names;
pub use names::in_order;
use shared::MemberOffsets;
pub use shared::{Archives, UnpackedMember};
use tar::ArchiveStream;

use crate::engine::error::left_out::LeftOut;
use crate::engine::error::{ArchiveFault, Cause, Halt};
use crate::engine::input::compressed::memory::{Asker, Room};
use crate::engine::input::regular;
use crate::engine::panics;
use crate::engine::stop::StopToken;

/// More members than any corpus has files are an attack on memory.
const MOST_MEMBERS: usize = if cfg!(test) { 2_500 } else { 1_000_000 };

/// Most bytes of all members' names together: a list of them is held while the run goes on.
const MOST_NAMES: u64 = if cfg!(test) { 1 << 20 } else { 128 << 20 };

/// Where a member of an archive is found again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    place: Location,
    archive: Arc<Seen>,
}

/// The archive as it was when it was listed: places in it hold for no other.
#[derive(Debug, PartialEq, Eq)]
struct Seen {
    bytes: u64,
    changed: Option<SystemTime>,
}

#[derive(Debug, Clone)]
enum Location {
    Zip(zip::ZipOffset),
    /// Offset in a tar archive.
    Tar(u64),
    /// A compressed tar archive, and the member's number in it.
    Packed(Arc<MemberOffsets>, usize),
    /// Cannot be read, and why; also what stands for an archive as a whole.
    Broken(ArchiveFault),
    /// Stands for an archive whose list broke down, with what the panic said.
    Unlisted(Arc<str>),
}

impl PartialEq for Location {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Zip(one), Self::Zip(other)) => one == other,
            (Self::Tar(one), Self::Tar(other)) => one == other,
            (Self::Packed(one, n), Self::Packed(other, m)) => Arc::ptr_eq(one, other) && n == m,
            (Self::Broken(one), Self::Broken(other)) => one == other,
            (Self::Unlisted(one), Self::Unlisted(other)) => one == other,
            _ => false,
        }
    }
}

impl Eq for Location {}

/// What the list of an archive tells.
pub enum ArchiveItem {
    /// A source file.
    Member(Listed),
    /// What is none: its path below the archive, and why.
    LeftOut(PathBuf, LeftOut),
}

/// A source file in an archive.
pub struct Listed {
    /// Its path below the archive's name; empty where it stands for the archive itself.
    pub path: PathBuf,
    pub bytes: u64,
    pub member: Arc<Member>,
}

/// True when a file's name says that it may be an archive: opening every file to see would make the scan
/// of a million files slow.
#[must_use]
pub fn is_named_like_one(path: &Path) -> bool {
    const ENDINGS: [&str; 12] = [
        ".zip", ".tar", ".tgz", ".taz", ".tbz", ".tbz2", ".txz", ".tzst", ".tar.gz", ".tar.bz2", ".tar.xz", ".tar.zst",
    ];
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    ENDINGS.iter().any(|ending| name.ends_with(ending))
}

/// Tells the members of the archive at `path`: in natural order, or where nothing can be sought, in the
/// archive's. An archive that cannot be read to its end, or whose list breaks down, is told as a member
/// that fails. False when it is no archive after all (an Office document is none).
///
/// # Errors
/// When the file cannot be read, or listing is stopped.
pub fn list(path: &Path, stop: &StopToken, found: &mut dyn FnMut(ArchiveItem)) -> io::Result<bool> {
    stop.checkpoint()?;
    let about = fs::metadata(path)?;
    let archive = Arc::new(Seen { bytes: about.len(), changed: about.modified().ok() });
    let (is_empty, is_telling) = (Cell::new(true), Cell::new(false));
    let mut tell = |found_in: Found| {
        is_telling.set(true);
        found(match found_in {
            Found::Member(path, bytes, place) => {
                is_empty.set(false);
                let member = Arc::new(Member { place, archive: Arc::clone(&archive) });
                ArchiveItem::Member(Listed { path, bytes, member })
            }
            Found::LeftOut(path, why) => ArchiveItem::LeftOut(path, why),
        });
        is_telling.set(false);
    };
    let place = match panics::attempt(|| members(path, stop, &mut tell)) {
        Ok(listed) => match listed? {
            None => return Ok(false),
            Some(Err(error)) => Location::Broken(ArchiveFault::of(&error)?),
            Some(Ok(())) if is_empty.get() => Location::Broken(ArchiveFault::NoFiles),
            Some(Ok(())) => return Ok(true),
        },
        // who was told broke down, which says nothing of the archive
        Err(said) if is_telling.get() => resume_unwind(Box::new(said)),
        Err(said) => Location::Unlisted(said.into()),
    };
    tell(Found::Member(PathBuf::new(), about.len(), place));
    Ok(true)
}

/// What is found in an archive: a member, its size and its place, or what is left out.
enum Found {
    Member(PathBuf, u64, Location),
    LeftOut(PathBuf, LeftOut),
}

/// `None` when it is no archive.
fn members(path: &Path, stop: &StopToken, tell: &mut dyn FnMut(Found)) -> io::Result<Option<io::Result<()>>> {
    let mut names = Names::default();
    let mut sorted: Vec<(PathBuf, u64, Location)> = Vec::new();
    let mut head = Vec::new();
    regular::open(path)?.take(4).read_to_end(&mut head)?;
    let listed = if matches!(&head[..], b"PK\x03\x04" | b"PK\x05\x06" | b"PK\x07\x08") {
        match zip::list(regular::open(path)?, stop) {
            Ok(None) => return Ok(None),
            Ok(Some(members)) => {
                for zip::ZipMember { name, bytes, at } in members {
                    match at.and_then(|at| Ok((names.path(&name)?, at))) {
                        Ok((path, at)) => sorted.push((path, bytes, Location::Zip(at))),
                        Err(why) => tell(Found::LeftOut(names::told(&name), why)),
                    }
                }
                Ok(())
            }
            Err(error) => Err(error),
        }
    } else if begins_like_tar(regular::open(path)?)? {
        let mut tape = ArchiveStream::of_file(regular::open(path)?)?;
        tar::walk(&mut tape, stop, &mut |file| match file.path(&mut names) {
            Ok(path) => {
                let place =
                    if file.is_sparse { Location::Broken(ArchiveFault::Sparse) } else { Location::Tar(file.offset) };
                sorted.push((path, file.bytes, place));
            }
            Err(why) => tell(Found::LeftOut(names::told(&file.name), why)),
        })
    } else if shared::unpacked(path, stop, Asker::Look).and_then(begins_like_tar).unwrap_or(false) {
        let extents = Arc::new(MemberOffsets::default());
        tar::walk(&mut shared::unpacked(path, stop, Asker::Look)?, stop, &mut |file| match file.path(&mut names) {
            Ok(path) => {
                let place = if file.is_sparse {
                    Location::Broken(ArchiveFault::Sparse)
                } else {
                    Location::Packed(Arc::clone(&extents), extents.add(file.offset, file.bytes))
                };
                tell(Found::Member(path, file.bytes, place));
            }
            Err(why) => tell(Found::LeftOut(names::told(&file.name), why)),
        })
    } else {
        return Ok(None);
    };
    sorted.sort_by(|a, b| natural(&a.0, &b.0));
    for (path, bytes, place) in sorted {
        tell(Found::Member(path, bytes, place));
    }
    Ok(Some(listed))
}

fn begins_like_tar(file: impl Read) -> io::Result<bool> {
    let mut block = Vec::new();
    file.take(tar::BLOCK as u64).read_to_end(&mut block)?;
    let is_empty_archive = block.len() == tar::BLOCK && block.iter().all(|byte| *byte == 0);
    Ok(is_empty_archive || tar::is_header(&block))
}

/// Folder by folder, as a scan of folders goes.
fn natural(a: &Path, b: &Path) -> Ordering {
    let parts = |path: &Path| path.iter().map(OsStr::to_owned).collect::<Vec<_>>();
    let (a, b) = (parts(a), parts(b));
    let unequal = a.iter().zip(&b).map(|(a, b)| in_order(a, b)).find(|order| order.is_ne());
    unequal.unwrap_or_else(|| a.len().cmp(&b.len()))
}

impl Member {
    /// To come to it the archive has to be unpacked from its beginning.
    #[must_use]
    pub fn is_packed(&self) -> bool {
        matches!(self.place, Location::Packed(..))
    }

    /// The member's contents. `archives` is what a run shares; without it the member is opened for a
    /// look at its beginning.
    ///
    /// # Errors
    /// When the member or the archive cannot be read, or is not what was listed.
    pub(super) fn open(
        &self,
        path: &Path,
        bytes: u64,
        stop: &StopToken,
        archives: Option<&Archives>,
        room: Room,
    ) -> Result<Contents, Halt> {
        Ok(match &self.place {
            Location::Broken(fault) => return Err(Cause::Archive(*fault).into()),
            Location::Unlisted(said) => return Err(Cause::Panic(said.to_string()).into()),
            Location::Zip(at) => Contents::Once(Box::new(zip::open(self.as_listed(path)?, *at, bytes, room)?)),
            Location::Tar(offset) => {
                let mut file = self.as_listed(path)?;
                file.seek(SeekFrom::Start(*offset))?;
                Contents::Once(Box::new(Checked::new(file.take(bytes), bytes, None)))
            }
            Location::Packed(extents, number) => {
                self.as_listed(path)?;
                match archives {
                    Some(archives) => Contents::UnpackedMember(archives.member(path, extents, *number, stop)?),
                    None => Contents::Once(Box::new(shared::alone(path, extents, *number, stop)?)),
                }
            }
        })
    }

    /// The archive, where it is still what was listed.
    fn as_listed(&self, path: &Path) -> Result<File, Halt> {
        let file = regular::open(path)?;
        let about = file.metadata()?;
        if (Seen { bytes: about.len(), changed: about.modified().ok() }) != *self.archive {
            return Err(Cause::Changed.into());
        }
        Ok(file)
    }
}

/// What a member holds.
pub(super) enum Contents {
    Once(Box<dyn Read + Send>),
    /// To be read as often as one likes, for opening it was dear.
    UnpackedMember(UnpackedMember),
}
