//! What is compressed (gzip, bzip2, xz, zstd) as a stream of what it was: recognised by its first
//! bytes, never by its name, and stopped when it grows without end.

use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bzip2::bufread::MultiBzDecoder;
use flate2::bufread::MultiGzDecoder;
use lzma_rust2::XzReader;
use ruzstd::decoding::StreamingDecoder;

/// A compressed file may grow to this size, whatever its ratio…
const HARMLESS: u64 = 1 << 30;
/// …and beyond it only to so many times its own. Text compresses about fourfold, at most twentyfold.
const MOST_TIMES: u64 = 200;

/// Memory that unpacking xz may ask for, in kB; `xz -9` takes 65 MB.
pub const MOST_XZ_MEMORY: u32 = 256 << 10;

/// True when so many bytes are more than honest contents of a packed file of `packed` bytes.
#[must_use]
pub fn is_too_large(contents: u64, packed: u64) -> bool {
    contents > HARMLESS.max(packed.saturating_mul(MOST_TIMES))
}

/// What `packed` holds when it is compressed, and else itself. `read` counts what is read of it.
///
/// # Errors
/// When nothing can be read.
pub fn unpacked(packed: impl Read + Send + 'static, read: &Arc<AtomicU64>) -> io::Result<Box<dyn Read + Send>> {
    let packed = Counted { inner: packed, count: Arc::clone(read) };
    let mut packed = BufReader::with_capacity(64 << 10, packed);
    let head = packed.fill_buf()?;
    Ok(if head.starts_with(b"\x1f\x8b") {
        grown(MultiGzDecoder::new(packed), read)
    } else if head.starts_with(b"BZh") {
        grown(MultiBzDecoder::new(packed), read)
    } else if head.starts_with(b"\xfd7zXZ\0") {
        grown(XzReader::new_mem_limit(packed, true, MOST_XZ_MEMORY), read)
    } else if head.starts_with(b"\x28\xb5\x2f\xfd") {
        grown(Frames::new(packed), read)
    } else {
        Box::new(packed)
    })
}

fn grown(inner: impl Read + Send + 'static, read: &Arc<AtomicU64>) -> Box<dyn Read + Send> {
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
        let too_large = is_too_large(self.out, self.read.load(Ordering::Relaxed));
        if too_large { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(length) }
    }
}

type ZstdFrame<R> = StreamingDecoder<R, ruzstd::decoding::FrameDecoder>;

/// The frames of a zstd file one after the other (the decoder reads a single one).
pub struct Frames<R: BufRead> {
    /// The file between two frames.
    file: Option<R>,
    frame: Option<ZstdFrame<R>>,
}

impl<R: BufRead> Frames<R> {
    pub fn new(file: R) -> Self {
        Self { file: Some(file), frame: None }
    }
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
        let count = Arc::new(AtomicU64::new(0));
        let mut contents = Vec::new();
        unpacked(io::Cursor::new(bytes.to_vec()), &count)?.read_to_end(&mut contents)?;
        assert_eq!(count.load(Ordering::Relaxed), bytes.len() as u64);
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
        let mut grown = Grown { inner: endless, out: 0, read: Arc::default() };
        let error = io::copy(&mut grown, &mut io::sink()).expect_err("stopped");
        assert_eq!(error.kind(), io::ErrorKind::FileTooLarge);
        assert!((8 << 20) / bomb.len() > 200, "a real one grows more than a thousandfold");
    }
}
