//! A source file opened: compressed ones (gzip, bzip2, xz, zstd) are recognised by their first bytes,
//! never by their name, and read as streams.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bzip2::bufread::MultiBzDecoder;
use flate2::bufread::MultiGzDecoder;
use lzma_rust2::XzReader;
use ruzstd::decoding::StreamingDecoder;

use crate::engine::error::Cause;
use crate::engine::event::SourceFile;

/// A compressed file may grow to this size, whatever its ratio…
const HARMLESS: u64 = 1 << 30;
/// …and beyond it only to so many times its own. Text compresses about fourfold, at most twentyfold.
const MOST_TIMES: u64 = 200;

/// The contents of a file as a stream, and how much of the file itself is read.
pub struct Opened {
    contents: Box<dyn Read>,
    read: Arc<AtomicU64>,
    /// Bytes that may still be read.
    left: u64,
}

impl Opened {
    /// Bytes of the file read so far, compressed as they stand on the disk.
    pub fn bytes_read(&self) -> u64 {
        self.read.load(Ordering::Relaxed)
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
        let room = usize::try_from(self.left).unwrap_or(usize::MAX).min(bytes.len());
        let length = self.contents.read(&mut bytes[..room])?;
        self.left -= length as u64;
        Ok(length)
    }
}

/// # Errors
/// [`Cause::Read`] when the file cannot be read, or is compressed and damaged from the start.
pub fn open(source: &SourceFile) -> Result<Opened, Cause> {
    open_path(&source.path)
}

fn open_path(path: &Path) -> Result<Opened, Cause> {
    let failed = |error: io::Error| Cause::Read(error.into());
    let read = Arc::new(AtomicU64::new(0));
    let file = Counted { inner: File::open(path).map_err(failed)?, count: Arc::clone(&read) };
    let mut file = BufReader::with_capacity(64 << 10, file);
    let head = file.fill_buf().map_err(failed)?;
    let contents: Box<dyn Read> = if head.starts_with(b"\x1f\x8b") {
        grown(MultiGzDecoder::new(file), &read)
    } else if head.starts_with(b"BZh") {
        grown(MultiBzDecoder::new(file), &read)
    } else if head.starts_with(b"\xfd7zXZ\0") {
        grown(XzReader::new(file, true), &read)
    } else if head.starts_with(b"\x28\xb5\x2f\xfd") {
        grown(Frames { file: Some(file), frame: None }, &read)
    } else {
        Box::new(file)
    };
    Ok(Opened { contents, read, left: u64::MAX })
}

fn grown(inner: impl Read + 'static, read: &Arc<AtomicU64>) -> Box<dyn Read> {
    Box::new(Grown { inner, out: 0, read: Arc::clone(read) })
}

/// Counts what is read.
struct Counted<R> {
    inner: R,
    count: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(bytes)?;
        self.count.fetch_add(length as u64, Ordering::Relaxed);
        Ok(length)
    }
}

/// Stops a file made to grow without end.
struct Grown<R> {
    inner: R,
    out: u64,
    read: Arc<AtomicU64>,
}

impl<R: Read> Read for Grown<R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(bytes)?;
        self.out += length as u64;
        let most = HARMLESS.max(MOST_TIMES * self.read.load(Ordering::Relaxed));
        if self.out > most { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(length) }
    }
}

type ZstdFrame<R> = StreamingDecoder<R, ruzstd::decoding::FrameDecoder>;

/// The frames of a zstd file one after the other (the decoder reads a single one).
struct Frames<R: BufRead> {
    /// The file between two frames.
    file: Option<R>,
    frame: Option<ZstdFrame<R>>,
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        loop {
            if let Some(mut file) = self.file.take() {
                if file.fill_buf()?.is_empty() {
                    self.file = Some(file);
                    return Ok(0);
                }
                let frame = StreamingDecoder::new(file);
                self.frame =
                    Some(frame.map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.to_string()))?);
            }
            let Some(frame) = &mut self.frame else { return Ok(0) };
            let length = frame.read(bytes)?;
            if length > 0 || bytes.is_empty() {
                return Ok(length);
            }
            self.file = self.frame.take().map(StreamingDecoder::into_inner);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn read(bytes: &[u8]) -> io::Result<Vec<u8>> {
        let mut file = tempfile::NamedTempFile::new().expect("a file");
        file.write_all(bytes).expect("written");
        let mut opened = open_path(file.path()).map_err(|cause| io::Error::other(cause.to_string()))?;
        let mut contents = Vec::new();
        opened.read_to_end(&mut contents)?;
        assert_eq!(opened.bytes_read(), bytes.len() as u64);
        Ok(contents)
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
    fn what_is_compressed_is_read_as_it_was_also_in_several_parts() {
        let text = "한국어 위키백과 ".repeat(10_000).into_bytes();
        assert_eq!(read(&text).expect("plain"), text);
        for compress in [gzip, zstd, bzip2] {
            let parts = [compress(&text), compress(b" and more")].concat();
            assert_eq!(read(&parts).expect("compressed"), [&text[..], b" and more"].concat());
        }
    }

    #[test]
    fn what_is_cut_off_is_an_error() {
        let text = "한국어 위키백과 ".repeat(10_000).into_bytes();
        for compress in [gzip, zstd, bzip2] {
            let whole = compress(&text);
            assert!(read(&whole[..whole.len() / 2]).is_err());
        }
    }

    #[test]
    fn what_grows_without_end_is_stopped() {
        let bomb = gzip(&vec![0; 8 << 20]);
        let read = Arc::new(AtomicU64::new(0));
        let file = Counted { inner: io::repeat(0).take(HARMLESS + (1 << 20)), count: Arc::new(AtomicU64::new(0)) };
        let mut grown = Grown { inner: file, out: 0, read };
        let error = io::copy(&mut grown, &mut io::sink()).expect_err("stopped");
        assert_eq!(error.kind(), io::ErrorKind::FileTooLarge);
        assert!((8 << 20) / bomb.len() > 200, "a real one grows more than a thousandfold");
    }
}
