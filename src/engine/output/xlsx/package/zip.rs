//! The zip container of a workbook, for members that are compressed already. (The zip libraries compress
//! what they are given, or put sizes behind the data, which not all readers of large files take.)
//!
//! Source: PKWARE's APPNOTE 6.3; ZIP64 only where a size or place needs it.

use std::io::{self, Write};

/// Writes members one after the other, and the directory at the end.
pub struct Archive<W> {
    out: W,
    at: u64,
    directory: Vec<u8>,
    members: u64,
}

/// What a member's header says.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    pub name: &'a str,
    pub crc: u32,
    pub packed: u64,
    pub length: u64,
}

const LOCAL: u32 = 0x0403_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
const END_64: u32 = 0x0606_4b50;
const LOCATOR_64: u32 = 0x0706_4b50;
const DEFLATED: u16 = 8;
/// 2.0: deflate. 4.5: ZIP64.
const VERSION: u16 = 20;
const VERSION_64: u16 = 45;
/// A size or place that stands in the ZIP64 field.
const FULL: u32 = u32::MAX;
/// 1 January 1980, as Excel writes it.
const DATE: u16 = 0x21;

impl<W: Write> Archive<W> {
    pub fn new(out: W) -> Self {
        Self { out, at: 0, directory: Vec::new(), members: 0 }
    }

    /// Writes a member; `data` writes its bytes, `about.packed` of them.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn member(&mut self, about: About, data: impl FnOnce(&mut W) -> io::Result<()>) -> io::Result<()> {
        let large = about.packed >= u64::from(FULL) || about.length >= u64::from(FULL);
        let far = self.at >= u64::from(FULL);
        let sizes = |header: &mut Vec<u8>, large: bool| {
            let size = |size: u64| if large { FULL } else { size as u32 };
            put32(header, &[about.crc, size(about.packed), size(about.length)]);
        };
        let version = |large: bool| if large { VERSION_64 } else { VERSION };
        let name = about.name.as_bytes();

        let mut header = Vec::with_capacity(64 + name.len());
        put32(&mut header, &[LOCAL]);
        put16(&mut header, &[version(large), 0, DEFLATED, 0, DATE]);
        sizes(&mut header, large);
        put16(&mut header, &[name.len() as u16, if large { 20 } else { 0 }]);
        header.extend_from_slice(name);
        if large {
            put16(&mut header, &[1, 16]);
            put64(&mut header, &[about.length, about.packed]);
        }

        let place = self.at;
        let directory = &mut self.directory;
        put32(directory, &[CENTRAL]);
        put16(directory, &[version(large || far), version(large || far), 0, DEFLATED, 0, DATE]);
        sizes(directory, large);
        let extra = 16 * u16::from(large) + 8 * u16::from(far);
        put16(directory, &[name.len() as u16, if extra > 0 { extra + 4 } else { 0 }, 0, 0, 0]);
        put32(directory, &[0, if far { FULL } else { place as u32 }]);
        directory.extend_from_slice(name);
        if extra > 0 {
            put16(directory, &[1, extra]);
        }
        if large {
            put64(directory, &[about.length, about.packed]);
        }
        if far {
            put64(directory, &[place]);
        }

        self.out.write_all(&header)?;
        data(&mut self.out)?;
        self.at += header.len() as u64 + about.packed;
        self.members += 1;
        Ok(())
    }

    /// Writes the directory.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn finish(mut self) -> io::Result<W> {
        let (place, length) = (self.at, self.directory.len() as u64);
        let mut end = std::mem::take(&mut self.directory);
        if place + length >= u64::from(FULL) {
            put32(&mut end, &[END_64]);
            put64(&mut end, &[44]);
            put16(&mut end, &[VERSION_64, VERSION_64]);
            put32(&mut end, &[0, 0]);
            put64(&mut end, &[self.members, self.members, length, place]);
            put32(&mut end, &[LOCATOR_64, 0]);
            put64(&mut end, &[place + length]);
            put32(&mut end, &[1]);
        }
        let members = self.members as u16; // a workbook has a few hundred at most
        put32(&mut end, &[END]);
        put16(&mut end, &[0, 0, members, members]);
        put32(&mut end, &[length as u32, u32::try_from(place).unwrap_or(FULL)]);
        put16(&mut end, &[0]);
        self.out.write_all(&end)?;
        Ok(self.out)
    }
}

fn put16(out: &mut Vec<u8>, values: &[u16]) {
    out.extend(values.iter().flat_map(|value| value.to_le_bytes()));
}

fn put32(out: &mut Vec<u8>, values: &[u32]) {
    out.extend(values.iter().flat_map(|value| value.to_le_bytes()));
}

fn put64(out: &mut Vec<u8>, values: &[u64]) {
    out.extend(values.iter().flat_map(|value| value.to_le_bytes()));
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use super::*;
    use crate::engine::job::choices::Compression;
    use crate::engine::output::xlsx::deflate::Part;

    #[test]
    fn archive_written_is_read_by_the_zip_library() {
        let mut archive = Archive::new(Vec::new());
        for (name, text) in [("a.txt", "one"), ("b/c.txt", "another")] {
            let part = Part::last(text.as_bytes(), Compression::Normal).expect("compressed");
            let about = About { name, crc: part.crc.finalize(), packed: part.stream.len() as u64, length: part.length };
            archive.member(about, |out| out.write_all(&part.stream)).expect("written");
        }
        let bytes = archive.finish().expect("written");
        let mut read = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
        assert_eq!(read.len(), 2);
        let mut text = String::new();
        read.by_name("b/c.txt").expect("there").read_to_string(&mut text).expect("whole");
        assert_eq!(text, "another");
    }

    /// Counts, keeps the end, and where asked the beginning of the second member.
    #[derive(Default)]
    struct Ends {
        written: u64,
        tail: Vec<u8>,
    }

    impl Write for Ends {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.written += bytes.len() as u64;
            self.tail.extend_from_slice(&bytes[bytes.len().saturating_sub(4096)..]);
            let old = self.tail.len().saturating_sub(4096);
            self.tail.drain(..old);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn member_larger_than_4_gb_has_64_bits() {
        let large = u64::from(FULL) + 10;
        let mut archive = Archive::new(Ends::default());
        let zeros = vec![0; 1 << 20];
        let about = About { name: "large", crc: 1, packed: large, length: large };
        let write = |out: &mut Ends| {
            let mut left = large;
            while left > 0 {
                let length = left.min(zeros.len() as u64);
                out.write_all(&zeros[..length as usize])?;
                left -= length;
            }
            Ok(())
        };
        archive.member(about, write).expect("written");
        archive.member(About { name: "far", crc: 2, packed: 0, length: 0 }, |_| Ok(())).expect("written");
        let ends = archive.finish().expect("written");
        let first = 30 + 5 + 20 + large;
        let directory = first + 30 + 3;
        assert_eq!(ends.written, directory + (46 + 5 + 20) + (46 + 3 + 12) + 56 + 20 + 22);
        let tail = &ends.tail;
        let end = tail.len() - 22;
        assert_eq!(tail[end..end + 4], END.to_le_bytes());
        assert_eq!(tail[end + 16..end + 20], FULL.to_le_bytes());
        let end_64 = end - 20 - 56;
        assert_eq!(tail[end_64..end_64 + 4], END_64.to_le_bytes());
        assert_eq!(tail[end_64 + 48..end_64 + 56], directory.to_le_bytes());
        assert_eq!(tail[end_64 - 8..end_64], first.to_le_bytes()); // the place of the second member
    }
}
