//! The frames of a zstd file one after the other, as the decoder reads a single one: each proven by its checksum
//! where it has one, those that hold no contents read over, and windows larger than memory may hold refused by name.
//!
//! The format: RFC 8878.

use std::error::Error;
use std::io::{self, BufRead, Read};

use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use super::memory::Room;
use crate::engine::error::ArchiveFault;
use crate::engine::stop::Stopped;

/// The largest window, in bytes: what `zstd --long=27` asks for, and all that zstd itself takes without being told to.
const MOST_WINDOW: u64 = 128 << 20;

const MAGIC: &[u8] = b"\x28\xb5\x2f\xfd";
/// The longest head of a frame.
const LONGEST_HEAD: usize = 18;

/// True when a file that begins like this is a zstd file; it may begin with a frame without contents.
#[must_use]
pub fn is_zstd(head: &[u8]) -> bool {
    head.starts_with(MAGIC) || is_skippable(head)
}

fn is_skippable(head: &[u8]) -> bool {
    matches!(head, [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..])
}

/// All contents of a zstd file.
pub struct Frames<R> {
    file: R,
    room: Room,
    frame: Option<FrameDecoder>,
    /// Bytes of a frame without contents that are still to be read over.
    skip: u64,
}

impl<R: BufRead> Frames<R> {
    pub fn new(file: R, room: Room) -> Self {
        Self { file, room, frame: None, skip: 0 }
    }

    /// Reads the head of the next frame; false where there is none.
    fn begin(&mut self) -> io::Result<bool> {
        if self.file.fill_buf()?.is_empty() {
            return Ok(false);
        }
        let mut head = [0; LONGEST_HEAD];
        self.file.read_exact(&mut head[..5])?;
        if is_skippable(&head) {
            self.file.read_exact(&mut head[5..8])?;
            self.skip = u64::from(u32::from_le_bytes([head[4], head[5], head[6], head[7]]));
            return Ok(true);
        }
        if !head.starts_with(MAGIC) {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let length = 5 + rest_of_head(head[4]);
        self.file.read_exact(&mut head[5..length])?;
        let window = window(&head[..length]);
        if window > MOST_WINDOW {
            return Err(ArchiveFault::needs_memory(window).into());
        }
        self.room.need(window.next_power_of_two())?; // as the decoder makes it
        let frame = self.frame.insert(FrameDecoder::new());
        frame.set_max_window_size(MOST_WINDOW);
        frame.init(&head[..length]).map_err(|error| told(&error))?;
        Ok(true)
    }

    /// Reads over what holds no contents. The file below hears a stop.
    fn pass(&mut self) -> io::Result<()> {
        while self.skip > 0 {
            let there = self.file.fill_buf()?.len();
            if there == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            let passed = usize::try_from(self.skip).unwrap_or(usize::MAX).min(there);
            self.file.consume(passed);
            self.skip -= passed as u64;
        }
        Ok(())
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        if bytes.is_empty() {
            return Ok(0);
        }
        loop {
            let Some(frame) = &mut self.frame else {
                if !self.begin()? {
                    return Ok(0);
                }
                self.pass()?;
                continue;
            };
            while frame.can_collect() == 0 && !frame.is_finished() {
                let more = frame.decode_blocks(&mut self.file, BlockDecodingStrategy::UptoBlocks(1));
                more.map_err(|error| told(&error))?;
            }
            let length = frame.read(bytes)?;
            if length > 0 {
                return Ok(length);
            }
            if frame.get_checksum_from_data().is_some_and(|sum| Some(sum) != frame.get_calculated_checksum()) {
                return Err(ArchiveFault::WrongChecksum.into());
            }
            self.frame = None;
        }
    }
}

/// Bytes of a frame's head behind the one that describes it.
fn rest_of_head(descriptor: u8) -> usize {
    let is_single_segment = descriptor & 0x20 != 0;
    let window = usize::from(!is_single_segment);
    let dictionary = [0, 1, 2, 4][usize::from(descriptor & 3)];
    let contents = [usize::from(is_single_segment), 2, 4, 8][usize::from(descriptor >> 6)];
    window + dictionary + contents
}

/// Bytes that a frame with this head may refer back to, which memory has to hold.
fn window(head: &[u8]) -> u64 {
    let descriptor = head[4];
    if descriptor & 0x20 == 0 {
        let base = 1 << (10 + (head[5] >> 3));
        return base + base / 8 * u64::from(head[5] & 7);
    }
    let contents = &head[5 + [0, 1, 2, 4][usize::from(descriptor & 3)]..];
    let size = contents.iter().rev().fold(0, |size, byte| size << 8 | u64::from(*byte));
    if contents.len() == 2 { size + 256 } else { size }
}

/// The decoder's error as what stands behind it: the file below could not be read, was cut off, or is damaged.
fn told(error: &(dyn Error + 'static)) -> io::Error {
    let mut behind = Some(error);
    while let Some(error) = behind {
        if let Some(below) = error.downcast_ref::<io::Error>() {
            return match below.raw_os_error() {
                Some(code) => io::Error::from_raw_os_error(code),
                None if Stopped::is(below) => Stopped.into(),
                None => io::Error::new(below.kind(), below.to_string()),
            };
        }
        behind = error.source();
    }
    io::Error::new(io::ErrorKind::InvalidData, error.to_string())
}

#[cfg(test)]
mod tests {
    use super::super::memory::Asker;
    use super::*;
    use crate::engine::stop::StopToken;

    const SKIPPABLE: &[u8] = b"\x5a\x2a\x4d\x18\x03\0\0\0abc";

    fn read(file: &[u8]) -> io::Result<String> {
        let mut text = String::new();
        Frames::new(file, Room::new(Asker::Look, &StopToken::default())).read_to_string(&mut text).map(|_| text)
    }

    fn frame(text: &str) -> Vec<u8> {
        ruzstd::encoding::compress_to_vec(text.as_bytes(), ruzstd::encoding::CompressionLevel::Fastest)
    }

    /// `printf sheetmill | zstd --check`.
    const CHECKED: &[u8] = b"\x28\xb5\x2f\xfd\x04\x58\x49\0\0sheetmill\x9b\x8d\xd6\x7a";
    /// `yes | head -c 1000 | zstd --long=31 --ultra`, its beginning.
    const LONG: &[u8] = b"\x28\xb5\x2f\xfd\x04\xa8\x4d\0\0";

    #[test]
    fn frames_without_contents_are_read_over() {
        let text = "말뭉치 ".repeat(1000);
        let file = [SKIPPABLE, &frame(&text), SKIPPABLE, SKIPPABLE, &frame("끝"), SKIPPABLE].concat();
        assert!(is_zstd(&file));
        assert_eq!(read(&file).expect("whole"), text + "끝");
        let cut = read(&file[..file.len() - 1]).expect_err("cut off");
        assert_eq!(cut.kind(), io::ErrorKind::UnexpectedEof);
    }

    #[test]
    fn bit_turned_in_a_frame_with_a_checksum_is_damage() {
        let mut file = [CHECKED, &frame(" and more")].concat();
        assert_eq!(read(&file).expect("whole"), "sheetmill and more");
        file[12] ^= 1;
        let error = read(&file).expect_err("damaged");
        assert_eq!(ArchiveFault::of(&error), Ok(ArchiveFault::WrongChecksum));
    }

    #[test]
    fn window_of_two_gigabytes_is_named_and_never_made() {
        let error = read(LONG).expect_err("too large");
        assert_eq!(ArchiveFault::of(&error), Ok(ArchiveFault::Memory(2048)));
    }
}
