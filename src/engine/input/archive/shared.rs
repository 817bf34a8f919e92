//! Members of compressed tar archives. Nothing can be sought in them, so that the workers of a run
//! share one way through each archive: whoever wants a member goes on from where it stands.
//!
//! Members are listed in the archive's order and taken in list order. A member that another worker
//! passed over a moment ago is kept for the worker that is about to ask for it; a straggler finds
//! its member by a way of its own. So an archive is unpacked once, whatever its number of members.

use std::collections::{BTreeMap, VecDeque};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
#[cfg(test)]
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tempfile::SpooledTempFile;

use super::checked::Checked;
use super::tar::ArchiveStream;
use crate::engine::input::compressed::memory::{self, Asker, Room};
use crate::engine::input::{compressed, regular};
use crate::engine::stop::StopToken;

/// Members larger than this are kept in a temporary file without a name, which the system removes
/// when it is closed, also after a crash.
const IN_MEMORY: usize = 256 << 10;

/// Members passed over are kept over this length of the archive as unpacked…
const WINDOW: u64 = 32 << 20;

/// …and so many of them in any case: workers that begin together do so in any order.
const KEPT: usize = 4;

/// Archives open at the same time.
const OPEN: usize = 8;

/// Where the members of one compressed archive stand in it as unpacked, in its order: offset and size.
#[derive(Debug, Default)]
pub struct MemberOffsets(Mutex<Vec<(u64, u64)>>);

impl MemberOffsets {
    /// Gives the member's number.
    pub fn add(&self, offset: u64, bytes: u64) -> usize {
        let mut extents = lock(&self.0);
        extents.push((offset, bytes));
        extents.len() - 1
    }

    fn get(&self, number: usize) -> io::Result<(u64, u64)> {
        lock(&self.0).get(number).copied().ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

/// An archive and the shared way through it.
type Open = (Arc<MemberOffsets>, Arc<Mutex<SharedReader>>);

/// The way through each compressed archive that a run is at.
pub struct Archives {
    /// Where large members are kept.
    folder: PathBuf,
    open: Mutex<VecDeque<Open>>,
    #[cfg(test)]
    begun: AtomicUsize,
}

impl Archives {
    pub fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            open: Mutex::default(),
            #[cfg(test)]
            begun: AtomicUsize::new(0),
        }
    }

    /// The contents of a member, to be read as often as one likes.
    ///
    /// # Errors
    /// When the archive cannot be read so far, the disk is full, or the run is stopped.
    pub fn member(
        &self,
        path: &Path,
        extents: &Arc<MemberOffsets>,
        number: usize,
        stop: &StopToken,
    ) -> io::Result<UnpackedMember> {
        let way = self.way(path, extents, stop)?;
        let mut shared = lock(&way);
        if let Some(kept) = shared.kept.remove(&number) {
            return kept;
        }
        // it is lost as well where a worker broke down on it
        if shared.next <= number && !shared.is_lost {
            return shared.go_to(number, extents, stop);
        }
        drop(shared);
        self.begin(path, stop)?.go_to(number, extents, stop)
    }

    fn way(&self, path: &Path, extents: &Arc<MemberOffsets>, stop: &StopToken) -> io::Result<Arc<Mutex<SharedReader>>> {
        let mut open = lock(&self.open);
        if let Some((_, way)) = open.iter().find(|(of, _)| Arc::ptr_eq(of, extents)) {
            return Ok(Arc::clone(way));
        }
        while open.len() == OPEN || !open.is_empty() && memory::is_full_of_archives() {
            open.pop_front(); // those who are at it hold it
        }
        let way = Arc::new(Mutex::new(self.begin(path, stop)?));
        open.push_back((Arc::clone(extents), Arc::clone(&way)));
        Ok(way)
    }

    fn begin(&self, path: &Path, stop: &StopToken) -> io::Result<SharedReader> {
        #[cfg(test)]
        self.begun.fetch_add(1, Ordering::Relaxed);
        let (tape, folder) = (unpacked(path, stop, Asker::Archive)?, self.folder.clone());
        Ok(SharedReader { tape, folder, at: 0, next: 0, is_lost: false, kept: BTreeMap::new() })
    }
}

/// A compressed archive as unpacked.
pub fn unpacked(path: &Path, stop: &StopToken, asker: Asker) -> io::Result<ArchiveStream> {
    let (file, read, room) = (regular::open(path)?, Arc::default(), Room::new(asker, stop));
    Ok(ArchiveStream::Stream(compressed::unpacked(file, &read, stop, room)?))
}

/// A member by a way of its own, without keeping it: for a look at its beginning.
///
/// # Errors
/// When the archive cannot be read so far, or the run is stopped.
pub fn alone(
    path: &Path,
    extents: &MemberOffsets,
    number: usize,
    stop: &StopToken,
) -> io::Result<impl Read + Send + 'static> {
    let (offset, bytes) = extents.get(number)?;
    let mut tape = unpacked(path, stop, Asker::Look)?;
    tape.skip(offset, stop)?;
    Ok(Checked::new(tape.take(bytes), bytes, None))
}

/// How far an archive is unpacked.
struct SharedReader {
    tape: ArchiveStream,
    /// Where large members are kept.
    folder: PathBuf,
    at: u64,
    /// The first member that is not passed yet.
    next: usize,
    /// It broke off in the middle of a member.
    is_lost: bool,
    /// Members passed over that somebody is probably about to ask for.
    kept: BTreeMap<usize, io::Result<UnpackedMember>>,
}

impl SharedReader {
    fn go_to(&mut self, number: usize, extents: &MemberOffsets, stop: &StopToken) -> io::Result<UnpackedMember> {
        let (wanted, _) = extents.get(number)?;
        while self.next <= number {
            let passing = self.next;
            let (offset, bytes) = extents.get(passing)?;
            self.next += 1;
            if passing + KEPT < number && offset + WINDOW < wanted {
                continue;
            }
            let kept = self.keep(offset, bytes, stop);
            if self.is_lost {
                self.next = usize::MAX; // nobody goes on from here
                return kept;
            }
            self.kept.insert(passing, kept);
            while let Some(oldest) = self.kept.first_entry()
                && oldest.key() + KEPT < passing
                && extents.get(*oldest.key())?.0 + WINDOW < offset
            {
                drop(oldest.remove());
            }
        }
        self.kept.remove(&number).unwrap_or_else(|| Err(io::ErrorKind::NotFound.into()))
    }

    fn keep(&mut self, offset: u64, bytes: u64, stop: &StopToken) -> io::Result<UnpackedMember> {
        self.is_lost = true; // until the end of the member is reached
        self.tape.skip(offset - self.at, stop)?;
        self.at = offset;
        let mut file = tempfile::spooled_tempfile_in(IN_MEMORY, &self.folder);
        let mut written = Ok(());
        let mut buffer = vec![0; 64 << 10];
        let end = offset + bytes;
        while self.at < end {
            stop.checkpoint()?;
            let room = usize::try_from(end - self.at).unwrap_or(usize::MAX).min(buffer.len());
            let length = self.tape.read(&mut buffer[..room])?;
            if length == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            self.at += length as u64;
            // a full disk must not cost the others their place in the archive
            written = written.and_then(|()| file.write_all(&buffer[..length]));
        }
        self.is_lost = false;
        written.map(|()| UnpackedMember { file: Arc::new(Mutex::new(file)) })
    }
}

/// A member unpacked.
#[derive(Clone, Debug)]
pub struct UnpackedMember {
    file: Arc<Mutex<SpooledTempFile>>,
}

impl UnpackedMember {
    /// Its contents from the beginning.
    #[must_use]
    pub fn reader(&self) -> impl Read + Send + 'static {
        UnpackedReader { file: Arc::clone(&self.file), at: 0 }
    }
}

struct UnpackedReader {
    file: Arc<Mutex<SpooledTempFile>>,
    at: u64,
}

impl Read for UnpackedReader {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let mut file = lock(&self.file);
        file.seek(SeekFrom::Start(self.at))?;
        let length = file.read(bytes)?;
        self.at += length as u64;
        Ok(length)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use super::*;
    use crate::engine::input::archive::tests::{gzip, tar};
    use crate::engine::input::archive::{ArchiveItem, Location, list};

    /// An archive of these members, listed.
    fn packed(members: &[(String, Vec<u8>)]) -> (tempfile::NamedTempFile, Arc<MemberOffsets>) {
        let members: Vec<(&str, &[u8])> = members.iter().map(|(name, bytes)| (&**name, &**bytes)).collect();
        let mut file = tempfile::NamedTempFile::new().expect("a file");
        file.write_all(&gzip(&tar(&members))).expect("written");
        let mut found = None;
        let mut hear = |item: ArchiveItem| {
            let ArchiveItem::Member(listed) = item else { return };
            if let Location::Packed(extents, _) = &listed.member.place {
                found = Some(Arc::clone(extents));
            }
        };
        assert!(list(file.path(), &StopToken::default(), &mut hear).expect("readable"));
        (file, found.expect("members"))
    }

    fn read(archives: &Archives, path: &Path, extents: &Arc<MemberOffsets>, number: usize) -> Vec<u8> {
        let kept = archives.member(path, extents, number, &StopToken::default()).expect("there");
        let mut contents = Vec::new();
        kept.reader().read_to_end(&mut contents).expect("readable");
        contents
    }

    /// However many members and workers: the archive is begun once, and nobody goes back.
    #[test]
    fn members_by_the_thousand_are_one_way_through_the_archive() {
        let members: Vec<_> =
            (0..2_000).map(|n| (format!("wiki_{n}"), format!("{n}\n").repeat(300).into_bytes())).collect();
        let (file, extents) = packed(&members);
        let folder = tempfile::tempdir().expect("a temporary folder");
        let archives = Archives::new(folder.path());
        let next = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    loop {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        let Some((_, want)) = members.get(number) else { return };
                        assert_eq!(&read(&archives, file.path(), &extents, number), want);
                    }
                });
            }
        });
        assert_eq!(archives.begun.load(Ordering::Relaxed), 1);
    }

    /// What stands where the way broke off is not what comes next.
    #[test]
    fn way_that_a_worker_broke_down_on_is_not_gone_on() {
        let members: Vec<_> = (0..9).map(|n| (format!("wiki_{n}"), vec![b'0' + n; 700])).collect();
        let (file, extents) = packed(&members);
        let folder = tempfile::tempdir().expect("a temporary folder");
        let archives = Archives::new(folder.path());
        assert_eq!(read(&archives, file.path(), &extents, 0), members[0].1);
        let way = archives.way(file.path(), &extents, &StopToken::default()).expect("open");
        let mut buffer = [0; 1000];
        let broke = crate::engine::panics::attempt(|| {
            let mut way = lock(&way);
            way.is_lost = true; // as while a member is read
            way.tape.read_exact(&mut buffer).expect("long enough");
            panic!("asked for by a test")
        });
        assert_eq!(broke.map_err(|_| ()), Err::<(), ()>(()));
        for number in [1, 5, 8] {
            assert_eq!(read(&archives, file.path(), &extents, number), members[number].1, "member {number}");
        }
    }

    /// Larger than memory may hold: also on the disk, and also out of order.
    #[test]
    fn straggler_finds_its_member_by_a_way_of_its_own() {
        let long = vec![b'x'; WINDOW as usize + 1];
        let members = [b"first".to_vec(), long].into_iter().chain((0..6_u8).map(|n| vec![n; 5]));
        let members: Vec<_> = members.enumerate().map(|(n, bytes)| (format!("wiki_{n}"), bytes)).collect();
        let (file, extents) = packed(&members);
        let folder = tempfile::tempdir().expect("a temporary folder");
        let archives = Archives::new(folder.path());
        for number in [7, 0, 1, 6, 3] {
            assert_eq!(read(&archives, file.path(), &extents, number), members[number].1, "member {number}");
        }
        assert_eq!(archives.begun.load(Ordering::Relaxed), 3, "the shared way, and one each for 0 and 1");
        assert_eq!(std::fs::read_dir(folder.path()).expect("there").count(), 0, "nothing under a name");
    }
}
