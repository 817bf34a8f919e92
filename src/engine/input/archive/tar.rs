//! Members of a tar archive, found by walking from header to header.
//!
//! The `tar` crate reads the headers' fields; the walk is ours, because it must be bounded whatever
//! a header says, and go on where archives were joined end to end.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::PathBuf;

use encoding_rs::Encoding;
use tar::{EntryType, Header, PaxExtensions};

use super::{MOST_MEMBERS, MOST_NAMES, names};
use crate::engine::error::ArchiveFault;
use crate::engine::error::left_out::LeftOut;
use crate::engine::input::encoding::{Alone, guess};
use crate::engine::stop::StopToken;

pub const BLOCK: usize = 512;

/// Longest name or list of attributes before a member.
const LONGEST_EXTENSION: u64 = 1 << 20;

/// Bytes skipped between two checkpoints.
const CHUNK: u64 = 1 << 20;

/// What a tar archive is read from, front to back.
pub enum ArchiveStream {
    /// Bytes that are not wanted are passed over without reading them; and those left in the file.
    File(BufReader<File>, u64),
    Stream(Box<dyn Read + Send>),
}

impl ArchiveStream {
    pub fn of_file(file: File) -> io::Result<Self> {
        let left = file.metadata()?.len();
        Ok(Self::File(BufReader::new(file), left))
    }

    /// # Errors
    /// When it ends before, cannot be read, or the run is stopped.
    pub fn skip(&mut self, bytes: u64, stop: &StopToken) -> io::Result<()> {
        let mut left = bytes;
        while left > 0 {
            stop.checkpoint()?;
            let bite = match self {
                Self::File(file, in_file) => {
                    let all = i64::try_from(left).ok().filter(|_| left <= *in_file);
                    file.seek_relative(all.ok_or(io::ErrorKind::UnexpectedEof)?)?;
                    *in_file -= left;
                    left
                }
                Self::Stream(stream) => io::copy(&mut stream.take(left.min(CHUNK)), &mut io::sink())?,
            };
            if bite == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            left -= bite;
        }
        Ok(())
    }
}

impl Read for ArchiveStream {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::File(file, left) => {
                let length = file.read(bytes)?;
                *left = left.saturating_sub(length as u64);
                Ok(length)
            }
            Self::Stream(stream) => stream.read(bytes),
        }
    }
}

/// A file in the archive, or what is none.
#[derive(Debug, PartialEq, Eq)]
pub struct TarMember {
    pub name: String,
    /// Where its contents begin in the archive as unpacked.
    pub offset: u64,
    pub bytes: u64,
    /// Written with its holes left out: its contents are not those of the file.
    pub is_sparse: bool,
    /// Why it is no source file, whatever its name.
    pub left_out: Option<LeftOut>,
}

impl TarMember {
    /// Its path below the archive's name.
    ///
    /// # Errors
    /// Why it is left out.
    pub fn path(&self, names: &mut names::Names) -> Result<PathBuf, LeftOut> {
        self.left_out.map_or_else(|| names.path(&self.name), Err)
    }
}

/// True when an archive begins with this block.
#[must_use]
pub fn is_header(block: &[u8]) -> bool {
    block.len() >= BLOCK && header(block).is_some_and(|header| header.entry_size().is_ok())
}

/// Tells each file of the archive that is whole, and each link and device, in the archive's order.
///
/// # Errors
/// [`ArchiveFault`] in an `io::Error` when the archive is cut off or damaged: what was told before is sound;
/// [`Stopped`](crate::engine::stop::Stopped).
pub fn walk(tape: &mut ArchiveStream, stop: &StopToken, found: &mut dyn FnMut(TarMember)) -> io::Result<()> {
    let mut at: u64 = 0;
    let (mut files, mut named) = (0, 0);
    let mut ended = false;
    let mut next = Extensions::default();
    loop {
        stop.checkpoint()?; // there may be no end of links, folders and empty blocks
        let mut block = [0; BLOCK];
        match read_block(tape, &mut block)? {
            0 if ended => return Ok(()),
            BLOCK => at += BLOCK as u64,
            _ if ended => return Ok(()), // less than a block after the end
            _ => return Err(ArchiveFault::Damaged.into()),
        }
        if block.iter().all(|byte| *byte == 0) {
            ended = true;
            continue;
        }
        let Some(header) = header(&block) else {
            // anything may stand after the end; a further archive is read
            return if ended { drain(tape, stop) } else { Err(ArchiveFault::Damaged.into()) };
        };
        ended = false;
        let size = header.entry_size()?;
        let kind = header.entry_type();
        if let EntryType::GNULongName | EntryType::XHeader | EntryType::GNULongLink | EntryType::XGlobalHeader = kind {
            let bytes = extension(tape, size)?;
            at += padded(size).ok_or(ArchiveFault::Damaged)?;
            next.take(kind, &bytes);
            continue;
        }
        let Extensions { name, bytes, is_sparse } = std::mem::take(&mut next);
        let holds_bytes = !matches!(
            kind,
            EntryType::Directory
                | EntryType::Link
                | EntryType::Symlink
                | EntryType::Char
                | EntryType::Block
                | EntryType::Fifo
        );
        let text = |name: Option<Vec<u8>>| {
            let name = name.unwrap_or_else(|| header.path_bytes().into_owned());
            names::text(&name, encoding(&name))
        };
        if !holds_bytes {
            // their size, where there is one, is that of something else
            let why = match kind {
                EntryType::Directory => continue,
                EntryType::Link | EntryType::Symlink => LeftOut::LinkInArchive,
                _ => LeftOut::NotRegular,
            };
            found(TarMember { name: text(name), offset: at, bytes: 0, is_sparse: false, left_out: Some(why) });
            continue;
        }
        let is_gnu_sparse = kind == EntryType::GNUSparse;
        if is_gnu_sparse {
            at += skip_sparse_headers(tape, &block, stop)?;
        }
        let bytes = bytes.unwrap_or(size);
        let end = padded(bytes).and_then(|bytes| at.checked_add(bytes)).ok_or(ArchiveFault::Damaged)?;
        let offset = at;
        tape.skip(end - at, stop)?;
        at = end;
        let is_file = matches!(kind, EntryType::Regular | EntryType::Continuous | EntryType::GNUSparse);
        let name = text(name);
        if is_file && !name.ends_with('/') {
            files += 1;
            if files > MOST_MEMBERS {
                return Err(ArchiveFault::TooManyFiles.into());
            }
            named += name.len() as u64;
            if named > MOST_NAMES {
                return Err(ArchiveFault::needs_memory(named).into());
            }
            found(TarMember { name, offset, bytes, is_sparse: is_sparse || is_gnu_sparse, left_out: None });
        }
    }
}

/// What stands in headers of its own before a member.
#[derive(Default)]
struct Extensions {
    name: Option<Vec<u8>>,
    bytes: Option<u64>,
    is_sparse: bool,
}

impl Extensions {
    fn take(&mut self, kind: EntryType, bytes: &[u8]) {
        if kind == EntryType::GNULongName {
            self.name = Some(bytes.split(|byte| *byte == 0).next().unwrap_or_default().to_vec());
        }
        if kind != EntryType::XHeader {
            return; // where links point to, and what is said of all members, is nothing we need
        }
        for extension in PaxExtensions::new(bytes).flatten() {
            match extension.key_bytes() {
                b"path" => self.name = Some(extension.value_bytes().to_vec()),
                b"size" => self.bytes = extension.value().ok().and_then(|value| value.parse().ok()),
                b"GNU.sparse.name" => {
                    self.name = Some(extension.value_bytes().to_vec());
                    self.is_sparse = true;
                }
                key if key.starts_with(b"GNU.sparse.") => self.is_sparse = true,
                _ => {}
            }
        }
    }
}

/// The block as a header, if its checksum says that it is one.
fn header(block: &[u8]) -> Option<Header> {
    let block = block.get(..BLOCK)?;
    let sum = |bytes: &[u8]| bytes.iter().map(|byte| u32::from(*byte)).sum::<u32>();
    let mut header = Header::new_old();
    header.as_mut_bytes().copy_from_slice(block);
    let want = sum(&block[..148]) + 8 * u32::from(b' ') + sum(&block[156..]);
    header.cksum().is_ok_and(|found| found == want).then_some(header)
}

/// Fills the block as far as there are bytes.
fn read_block(tape: &mut ArchiveStream, block: &mut [u8; BLOCK]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < BLOCK {
        match tape.read(&mut block[filled..]) {
            Ok(0) => break,
            Ok(length) => filled += length,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

fn extension(tape: &mut ArchiveStream, size: u64) -> io::Result<Vec<u8>> {
    let whole = padded(size).filter(|_| size <= LONGEST_EXTENSION).ok_or(ArchiveFault::Damaged)?;
    let mut bytes = Vec::new();
    tape.take(whole).read_to_end(&mut bytes)?;
    if bytes.len() as u64 != whole {
        return Err(ArchiveFault::Damaged.into());
    }
    bytes.truncate(size as usize);
    Ok(bytes)
}

/// A list of holes that is too long for the header goes on in further blocks; gives their bytes.
fn skip_sparse_headers(tape: &mut ArchiveStream, header: &[u8; BLOCK], stop: &StopToken) -> io::Result<u64> {
    let mut bytes = 0;
    let mut goes_on = header[482] != 0;
    while goes_on {
        stop.checkpoint()?;
        let mut block = [0; BLOCK];
        if read_block(tape, &mut block)? < BLOCK {
            return Err(ArchiveFault::Damaged.into());
        }
        bytes += BLOCK as u64;
        goes_on = block[504] != 0;
    }
    Ok(bytes)
}

/// Reads the rest, so that a checksum at the end of the compressed file is seen.
fn drain(tape: &mut ArchiveStream, stop: &StopToken) -> io::Result<()> {
    loop {
        stop.checkpoint()?;
        if io::copy(&mut tape.take(CHUNK), &mut io::sink())? == 0 {
            return Ok(());
        }
    }
}

fn padded(bytes: u64) -> Option<u64> {
    bytes.checked_next_multiple_of(BLOCK as u64)
}

fn encoding(name: &[u8]) -> &'static Encoding {
    guess(name, None, &Alone).0
}
