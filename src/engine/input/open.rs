//! A source file opened: one of the disk or a member of an archive, compressed or not, it is a stream of
//! bytes. While a run reads it, a digest is taken over its bytes as they stand on the disk (of a member as they come out
//! of its archive), by which a later run knows it again where size and time say nothing.

use std::cell::OnceCell;
use std::io::{self, Read};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use twox_hash::XxHash3_128;

use super::archive::{Archives, Contents, UnpackedMember};
use super::compressed;
use super::compressed::memory::{Asker, Room};
use super::encoding::Surroundings;
use super::regular;
use super::source_file::SourceFile;
use crate::engine::error::Halt;
use crate::engine::stop::StopToken;

/// The contents of a file as a stream, and how much of the file itself is read.
pub struct Opened {
    contents: Box<dyn Read>,
    read: Arc<AtomicU64>,
    /// Bytes that may still be read.
    left: u64,
    stop: StopToken,
    around: Option<Arc<dyn Surroundings>>,
    digest: SourceDigest,
}

/// A digest over the bytes of a source file, as far as they are read.
#[derive(Clone, Default)]
pub struct SourceDigest(Arc<Mutex<Taken>>);

#[derive(Default)]
struct Taken {
    hash: XxHash3_128,
    bytes: u64,
    is_ended: bool,
}

impl SourceDigest {
    fn take(&self, bytes: &[u8]) {
        let mut taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        taken.is_ended |= bytes.is_empty();
        taken.bytes += bytes.len() as u64;
        taken.hash.write(bytes);
    }

    /// 32 hexadecimal digits; `None` unless all of a file of this size was read.
    #[must_use]
    pub fn of_all(&self, size: u64) -> Option<String> {
        let taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // who unpacks a file need not ask what comes behind its last byte
        (taken.is_ended || taken.bytes == size).then(|| format!("{:032x}", taken.hash.finish_128()))
    }
}

/// Bytes on their way through a digest.
struct Digested<R> {
    bytes: R,
    digest: SourceDigest,
}

impl<R: Read> Read for Digested<R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let length = self.bytes.read(bytes)?;
        if !bytes.is_empty() {
            self.digest.take(&bytes[..length]);
        }
        Ok(length)
    }
}

/// The digest of a file of the disk as it is now.
///
/// # Errors
/// When it cannot be read, or `stop` says so.
pub fn digest_of(path: &Path, stop: &StopToken) -> Result<String, Halt> {
    digested(regular::open(path)?, stop)
}

fn digested(bytes: impl Read, stop: &StopToken) -> Result<String, Halt> {
    let mut hash = XxHash3_128::default();
    let (mut bytes, mut room) = (bytes, vec![0; 256 << 10]);
    loop {
        stop.checkpoint()?;
        match bytes.read(&mut room) {
            Ok(0) => return Ok(format!("{:032x}", hash.finish_128())),
            Ok(length) => hash.write(&room[..length]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
}

impl Opened {
    /// Bytes of the source file read so far; of a compressed one as they stand on the disk.
    pub fn bytes_read(&self) -> u64 {
        self.read.load(Ordering::Relaxed)
    }

    /// What stands around the file, where somebody knows.
    #[must_use]
    pub fn around(&self) -> Option<Arc<dyn Surroundings>> {
        self.around.clone()
    }

    /// What is taken of the source file while it is read.
    #[must_use]
    pub fn digest(&self) -> SourceDigest {
        self.digest.clone()
    }

    /// The first `most` bytes of the contents alone.
    #[must_use]
    pub fn limited(self, most: u64) -> Self {
        Self { left: most, ..self }
    }

    /// True when all that may be read is read: there may be more.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.left == 0
    }
}

impl Read for Opened {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        // a record, or what is left out of one, may be as long as the file
        self.stop.checkpoint()?;
        let room = usize::try_from(self.left).unwrap_or(usize::MAX).min(bytes.len());
        let length = self.contents.read(&mut bytes[..room])?;
        self.left -= length as u64;
        Ok(length)
    }
}

/// Opens one source file, as often as it takes.
pub struct Opener<'a> {
    source: &'a SourceFile,
    stop: &'a StopToken,
    archives: Option<&'a Archives>,
    /// A member that is not unpacked twice.
    kept: OnceCell<UnpackedMember>,
    around: Option<Arc<dyn Surroundings>>,
    /// What unpacking it takes of the run's memory, however often it is opened.
    room: OnceCell<Room>,
}

impl<'a> Opener<'a> {
    /// For a look at the beginning of `source`.
    #[must_use]
    pub fn alone(source: &'a SourceFile, stop: &'a StopToken) -> Self {
        Self { source, stop, archives: None, kept: OnceCell::new(), around: None, room: OnceCell::new() }
    }

    /// For one of the source files of a run, which opens the archives together.
    #[must_use]
    pub fn of_run(source: &'a SourceFile, stop: &'a StopToken, archives: &'a Archives) -> Self {
        Self { archives: Some(archives), ..Self::alone(source, stop) }
    }

    /// With what stands around the file, which helps to tell its encoding.
    #[must_use]
    pub fn beside(self, around: Arc<dyn Surroundings>) -> Self {
        Self { around: Some(around), ..self }
    }

    #[must_use]
    pub fn source(&self) -> &'a SourceFile {
        self.source
    }

    /// The contents from the beginning. To read them waits while the run is paused, and fails once it is
    /// stopped.
    ///
    /// # Errors
    /// [`Cause::Read`](crate::engine::Cause::Read) and [`Cause::Archive`](crate::engine::Cause::Archive) when the file cannot be read, or is damaged from the start.
    pub fn open(&self) -> Result<Opened, Halt> {
        let read = Arc::new(AtomicU64::new(0));
        let digest = SourceDigest::default();
        let bytes = self.bytes()?;
        // a look at the beginning is none at the file
        let bytes = match self.archives {
            Some(_) => Box::new(Digested { bytes, digest: digest.clone() }),
            None => bytes,
        };
        let contents = compressed::unpacked(bytes, &read, self.stop, self.room())?;
        Ok(Opened { contents, read, left: u64::MAX, stop: self.stop.clone(), around: self.around.clone(), digest })
    }

    /// The digest of the file as it is now: it is read to its end and not unpacked.
    ///
    /// # Errors
    /// As [`Opener::open`].
    pub fn digest(&self) -> Result<String, Halt> {
        digested(self.bytes()?, self.stop)
    }

    fn room(&self) -> Room {
        let asker = if self.archives.is_some() { Asker::File } else { Asker::Look };
        self.room.get_or_init(|| Room::new(asker, self.stop)).clone()
    }

    /// The file as it stands on the disk or in its archive.
    fn bytes(&self) -> Result<Box<dyn Read + Send>, Halt> {
        let (path, bytes) = (self.source.path(), self.source.bytes);
        let Some(member) = &self.source.member else { return Ok(Box::new(regular::open(&path)?)) };
        if let Some(kept) = self.kept.get() {
            return Ok(Box::new(kept.reader()));
        }
        Ok(match member.open(&path, bytes, self.stop, self.archives, self.room())? {
            Contents::Once(contents) => contents,
            Contents::UnpackedMember(kept) => Box::new(self.kept.get_or_init(|| kept).reader()),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicBool;
    use std::thread;
    use std::time::Duration;

    use super::*;

    #[test]
    fn pause_and_stop_are_heard_between_two_chunks() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("a");
        std::fs::write(&path, "x".repeat(100)).expect("written");
        let source = SourceFile::at(path, "a", 100);
        let stop = StopToken::default();
        let mut opened = Opener::alone(&source, &stop).open().expect("it is there");
        let mut bytes = [0; 10];
        assert_eq!(opened.read(&mut bytes).expect("read"), 10);
        stop.pause();
        let resumed = AtomicBool::new(false);
        thread::scope(|scope| {
            scope.spawn(|| {
                thread::sleep(Duration::from_millis(50));
                resumed.store(true, Ordering::SeqCst);
                stop.resume();
            });
            assert_eq!(opened.read(&mut bytes).expect("read"), 10);
            assert!(resumed.load(Ordering::SeqCst), "it has waited");
        });
        stop.stop();
        assert!(opened.read(&mut bytes).is_err());
    }

    #[test]
    fn digest_is_of_all_bytes_as_they_stand_on_the_disk_or_there_is_none() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("a");
        std::fs::write(&path, "x".repeat(1000)).expect("written");
        let (source, stop) = (SourceFile::at(path.clone(), "a", 1000), StopToken::default());
        let archives = Archives::new(folder.path());
        let opener = Opener::of_run(&source, &stop, &archives);
        let whole = digest_of(&path, &stop).expect("read");
        assert_eq!(whole, format!("{:032x}", XxHash3_128::oneshot("x".repeat(1000).as_bytes())));
        assert_eq!(opener.digest().expect("read"), whole);
        let mut stream = opener.open().expect("there");
        let digest = stream.digest();
        stream.read_to_end(&mut Vec::new()).expect("read");
        assert_eq!(digest.of_all(1000), Some(whole));
        // one that was read in part, as it is where a row needs other columns
        std::fs::write(&path, "y".repeat(10 << 20)).expect("written");
        let mut stream = opener.open().expect("there");
        let digest = stream.digest();
        stream.read_exact(&mut [0; 10]).expect("read");
        assert_eq!(digest.of_all(10 << 20), None);
    }
}
