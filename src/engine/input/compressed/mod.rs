//! What is compressed (gzip, bzip2, xz, zstd) as a stream of what it was: recognised by its first
//! bytes, never by its name, and stopped when it grows without end.

pub mod memory;
mod xz;
mod zstd;

use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bzip2::bufread::MultiBzDecoder;
use flate2::bufread::MultiGzDecoder;

use crate::engine::stop::{StopToken, Stopped};
use memory::Room;
pub use xz::Xz;
pub use zstd::{Frames, is_zstd};

/// A compressed file may grow to this size, whatever its ratio…
const HARMLESS: u64 = 1 << 30;
/// …and beyond it only to so many times its own. Text compresses about fourfold, at most twentyfold.
const MOST_TIMES: u64 = 200;

/// True when so many bytes are more than honest contents of a packed file of `packed` bytes.
#[must_use]
pub fn is_too_large(contents: u64, packed: u64) -> bool {
    contents > HARMLESS.max(packed.saturating_mul(MOST_TIMES))
}

/// What `packed` holds when it is compressed, and else itself. `read` counts what is read of it; a stop is heard
/// there, since much may be read of which nothing comes. The memory that it takes is of `room`.
///
/// # Errors
/// When nothing can be read.
pub fn unpacked(
    packed: impl Read + Send + 'static,
    read: &Arc<AtomicU64>,
    stop: &StopToken,
    room: Room,
) -> io::Result<Box<dyn Read + Send>> {
    let packed = Counted { inner: packed, count: Arc::clone(read), stop: stop.clone() };
    let grown = Growth { read, stop };
    let mut packed = BufReader::with_capacity(64 << 10, packed);
    let head = packed.fill_buf()?;
    Ok(if head.starts_with(b"\x1f\x8b") {
        grown.of(MultiGzDecoder::new(packed))
    } else if head.starts_with(b"BZh") {
        grown.of(MultiBzDecoder::new(packed))
    } else if head.starts_with(b"\xfd7zXZ\0") {
        grown.of(Xz::new(packed, room))
    } else if is_zstd(head) {
        grown.of(Frames::new(packed, room))
    } else {
        Box::new(packed)
    })
}

/// Counts what is read, and hears a stop.
struct Counted<R> {
    inner: R,
    count: Arc<AtomicU64>,
    stop: StopToken,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        self.stop.checkpoint()?;
        let length = self.inner.read(bytes)?;
        self.count.fetch_add(length as u64, Ordering::Relaxed);
        Ok(length)
    }
}

/// What is told of a file while it is unpacked.
struct Growth<'a> {
    read: &'a Arc<AtomicU64>,
    stop: &'a StopToken,
}

impl Growth<'_> {
    fn of(&self, inner: impl Read + Send + 'static) -> Box<dyn Read + Send> {
        Box::new(Grown { inner, out: 0, read: Arc::clone(self.read), stop: self.stop.clone() })
    }
}

/// Stops a file made to grow without end.
struct Grown<R> {
    inner: R,
    out: u64,
    read: Arc<AtomicU64>,
    stop: StopToken,
}

impl<R: Read> Read for Grown<R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(bytes).map_err(|error| match error.kind() {
            // whatever the decoder made of it
            _ if self.stop.is_stopped() => Stopped.into(),
            _ => error,
        })?;
        self.out += length as u64;
        let too_large = is_too_large(self.out, self.read.load(Ordering::Relaxed));
        if too_large { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(length) }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn read(bytes: &[u8]) -> io::Result<Vec<u8>> {
        let count = Arc::new(AtomicU64::new(0));
        let mut contents = Vec::new();
        unpacked(io::Cursor::new(bytes.to_vec()), &count, &StopToken::default(), look())?.read_to_end(&mut contents)?;
        assert_eq!(count.load(Ordering::Relaxed), bytes.len() as u64);
        Ok(contents)
    }

    fn look() -> Room {
        Room::new(memory::Asker::Look, &StopToken::default())
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(bytes).expect("compressed");
        encoder.finish().expect("compressed")
    }

    fn zstd(bytes: &[u8]) -> Vec<u8> {
        ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
    }

    fn bzip2(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::default());
        encoder.write_all(bytes).expect("compressed");
        encoder.finish().expect("compressed")
    }

    #[test]
    fn compressed_file_is_read_as_it_was_also_in_several_parts() {
        let text = "한국어 위키백과 ".repeat(10_000).into_bytes();
        assert_eq!(read(&text).expect("plain"), text);
        for compress in [gzip, zstd, bzip2] {
            let parts = [compress(&text), compress(b" and more")].concat();
            assert_eq!(read(&parts).expect("compressed"), [&text[..], b" and more"].concat());
        }
    }

    #[test]
    fn compressed_file_cut_off_is_an_error() {
        let text = "한국어 위키백과 ".repeat(10_000).into_bytes();
        for compress in [gzip, zstd, bzip2] {
            let whole = compress(&text);
            assert!(read(&whole[..whole.len() / 2]).is_err());
        }
    }

    #[test]
    fn compressed_file_that_grows_without_end_is_stopped() {
        let bomb = gzip(&vec![0; 8 << 20]);
        let endless = io::repeat(0).take(HARMLESS + (1 << 20));
        let mut grown = Grown { inner: endless, out: 0, read: Arc::default(), stop: StopToken::default() };
        let error = io::copy(&mut grown, &mut io::sink()).expect_err("stopped");
        assert_eq!(error.kind(), io::ErrorKind::FileTooLarge);
        assert!((8 << 20) / bomb.len() > 200, "a real one grows more than a thousandfold");
    }
}
