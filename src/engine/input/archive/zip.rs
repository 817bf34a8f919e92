//! Members of a zip archive: its central directory is read once, and a member is then opened where it
//! stands.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};

use bzip2::bufread::BzDecoder;
use encoding_rs::Encoding;
use flate2::bufread::DeflateDecoder;
use zip::read::Config;
use zip::result::ZipError;
use zip::unstable::read::ZipIterable;

use super::checked::Checked;
use super::{MOST_MEMBERS, MOST_NAMES, names};
use crate::engine::error::ArchiveFault;
use crate::engine::error::left_out::LeftOut;
use crate::engine::input::compressed::memory::Room;
use crate::engine::input::compressed::{Frames, Xz, is_too_large};
use crate::engine::input::encoding::{Alone, guess};
use crate::engine::stop::StopToken;

/// Where a member of a zip archive stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ZipOffset {
    /// Offset of its local header.
    header: u64,
    packed: u64,
    crc: u32,
}

/// A file in the archive, or what is none.
pub struct ZipMember {
    pub name: String,
    /// As unpacked.
    pub bytes: u64,
    /// Where it stands, or why it is no source file.
    pub at: Result<ZipOffset, LeftOut>,
}

/// A local header without the name and the extra field.
const HEADER: u64 = 30;

/// Names that are looked at to guess their encoding, in bytes.
const NAMES: usize = 64 << 10;

/// All files of an archive; `None` when it is an Office document.
///
/// # Errors
/// [`ArchiveFault`] in an `io::Error` when its directory is broken or made to do harm;
/// [`Stopped`](crate::engine::stop::Stopped).
pub fn list(file: File, stop: &StopToken) -> io::Result<Option<Vec<ZipMember>>> {
    let size = file.metadata()?.len();
    let mut archive = ZipIterable::try_new(BufReader::new(file), Config::default()).map_err(|error| fault(&error))?;
    if archive.len() > MOST_MEMBERS {
        return Err(ArchiveFault::TooManyFiles.into());
    }
    let (mut members, mut foreign, mut extents) = (Vec::new(), Vec::new(), Vec::new());
    let (mut contents, mut named): (u64, u64) = (0, 0);
    for entry in archive.files().map_err(|error| fault(&error))? {
        stop.checkpoint()?;
        let entry = entry.map_err(|error| fault(&error))?;
        let name = entry.name_raw();
        if name == b"[Content_Types].xml" {
            return Ok(None);
        }
        named += name.len() as u64;
        if named > MOST_NAMES {
            return Err(ArchiveFault::needs_memory(named).into());
        }
        let start = entry.header_start();
        let end = start.saturating_add(HEADER + name.len() as u64).saturating_add(entry.compressed_size());
        extents.push((start, end));
        contents = contents.saturating_add(entry.size());
        let kind = entry.unix_mode().unwrap_or(0) & 0o170_000;
        if entry.is_dir() || name.ends_with(b"\\") || kind == 0o040_000 {
            continue; // a folder
        }
        if foreign.len() < NAMES && std::str::from_utf8(name).is_err() {
            foreign.extend_from_slice(name);
            foreign.push(b'\n');
        }
        let place = match kind {
            0 | 0o100_000 => Ok(ZipOffset { header: start, packed: entry.compressed_size(), crc: entry.crc32() }),
            0o120_000 => Err(LeftOut::LinkInArchive),
            _ => Err(LeftOut::NotRegular),
        };
        members.push((name.to_vec(), entry.size(), place));
    }
    extents.sort_unstable();
    if extents.windows(2).any(|pair| pair[0].1 > pair[1].0) {
        return Err(ArchiveFault::Overlapping.into());
    }
    if extents.last().is_some_and(|last| last.1 > size) {
        return Err(ArchiveFault::Damaged.into());
    }
    if is_too_large(contents, size) {
        return Err(ArchiveFault::TooLarge.into());
    }
    let encoding: &'static Encoding = guess(&foreign, None, &Alone).0;
    let found = |(name, bytes, at): (Vec<u8>, _, _)| ZipMember { name: names::text(&name, encoding), bytes, at };
    Ok(Some(members.into_iter().map(found).collect()))
}

fn fault(error: &ZipError) -> io::Error {
    match error {
        ZipError::UnsupportedArchive(_) => ArchiveFault::Split.into(),
        _ => ArchiveFault::Damaged.into(),
    }
}

/// The contents of a member, proven by its size and checksum when they have been read to the end.
///
/// # Errors
/// When it cannot be read, is encrypted, or is packed in an unknown way.
pub fn open(mut file: File, at: ZipOffset, bytes: u64, room: Room) -> io::Result<impl Read + Send + 'static> {
    let mut header = [0; HEADER as usize];
    file.seek(SeekFrom::Start(at.header))?;
    file.read_exact(&mut header)?;
    if !header.starts_with(b"PK\x03\x04") {
        return Err(ArchiveFault::Damaged.into());
    }
    let word = |at: usize| u16::from_le_bytes([header[at], header[at + 1]]);
    let (flags, method) = (word(6), word(8));
    if flags & 1 != 0 {
        return Err(ArchiveFault::Encrypted.into());
    }
    file.seek_relative(i64::from(word(26)) + i64::from(word(28)))?;
    let packed = BufReader::with_capacity(64 << 10, file.take(at.packed));
    let contents: Box<dyn Read + Send> = match method {
        0 => Box::new(packed),
        8 => Box::new(DeflateDecoder::new(packed)),
        12 => Box::new(BzDecoder::new(packed)),
        93 => Box::new(Frames::new(packed, room)),
        95 => Box::new(Xz::new(packed, room)),
        _ => return Err(ArchiveFault::Method(method).into()),
    };
    Ok(Checked::new(contents, bytes, Some(at.crc)))
}
