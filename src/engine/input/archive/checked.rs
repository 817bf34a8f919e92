//! A member read to its declared size and no further, and proven at its end.

use std::io::{self, Read};

use flate2::Crc;

use crate::engine::error::ArchiveFault;

/// `inner` must hold `left` more bytes, no more and no fewer, with this checksum where there is one.
pub struct Checked<R> {
    inner: R,
    left: u64,
    crc: Crc,
    want: Option<u32>,
}

impl<R: Read> Checked<R> {
    pub fn new(inner: R, bytes: u64, want: Option<u32>) -> Self {
        Self { inner, left: bytes, crc: Crc::new(), want }
    }

    fn end(&mut self) -> io::Result<usize> {
        if self.inner.read(&mut [0])? > 0 {
            return Err(ArchiveFault::WrongSize.into());
        }
        if self.want.is_some_and(|want| want != self.crc.sum()) {
            return Err(ArchiveFault::WrongChecksum.into());
        }
        Ok(0)
    }
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        if bytes.is_empty() {
            return Ok(0);
        }
        if self.left == 0 {
            return self.end();
        }
        let room = usize::try_from(self.left).unwrap_or(usize::MAX).min(bytes.len());
        let length = self.inner.read(&mut bytes[..room])?;
        if length == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if self.want.is_some() {
            self.crc.update(&bytes[..length]);
        }
        self.left -= length as u64;
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], size: u64, want: Option<u32>) -> io::Result<String> {
        let mut text = String::new();
        Checked::new(bytes, size, want).read_to_string(&mut text).map(|_| text)
    }

    #[test]
    fn size_and_checksum_are_proven() {
        assert_eq!(read(b"123456789", 9, Some(0xcbf4_3926)).expect("right"), "123456789");
        assert_eq!(read(b"123456789", 9, None).expect("right"), "123456789");
        let error = |size, want| ArchiveFault::of(&read(b"123456789", size, want).expect_err("wrong"));
        assert_eq!(error(9, Some(1)), Ok(ArchiveFault::WrongChecksum));
        assert_eq!(error(8, None), Ok(ArchiveFault::WrongSize));
        let short = read(b"123456789", 10, None).expect_err("too short");
        assert_eq!(short.kind(), io::ErrorKind::UnexpectedEof);
    }
}
