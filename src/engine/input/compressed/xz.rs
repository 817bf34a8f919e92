//! xz as a stream of what it was, which asks for the memory of its dictionary before it takes it.

use std::io::{self, BufRead, Read};

use lzma_rust2::{Action, Status, XzStream};

use super::memory::Room;

/// All contents of an xz file, also where several stand one behind the other.
pub struct Xz<R> {
    file: R,
    stream: XzStream,
    room: Room,
    has_ended: bool,
}

impl<R: BufRead> Xz<R> {
    pub fn new(file: R, room: Room) -> Self {
        Self { file, stream: XzStream::new_mem_limit(true, 0), room, has_ended: false }
    }
}

impl<R: BufRead> Read for Xz<R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        while !self.has_ended && !bytes.is_empty() {
            let packed = self.file.fill_buf()?;
            let action = if packed.is_empty() { Action::Finish } else { Action::Run };
            let before = self.stream.total_in();
            let done = self.stream.process(packed, bytes, action);
            // also where it stops before a block for want of memory
            let passed = (self.stream.total_in() - before) as usize;
            self.file.consume(passed);
            match done {
                Ok(done) => {
                    self.has_ended = done.status == Status::StreamEnd;
                    if done.bytes_produced > 0 {
                        return Ok(done.bytes_produced);
                    }
                    if action == Action::Finish && !self.has_ended {
                        return Err(io::ErrorKind::UnexpectedEof.into());
                    }
                }
                Err(error) => match self.stream.memory_usage() {
                    Some(kibibytes)
                        if error.kind() == io::ErrorKind::OutOfMemory && kibibytes > self.stream.mem_limit() =>
                    {
                        self.room.need(u64::from(kibibytes) << 10)?;
                        self.stream.set_mem_limit(kibibytes);
                    }
                    _ => return Err(error),
                },
            }
        }
        Ok(0)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use lzma_rust2::{XzOptions, XzWriter};

    use super::super::memory::Asker;
    use super::*;
    use crate::engine::error::ArchiveFault;
    use crate::engine::stop::StopToken;

    fn packed(bytes: &[u8], dictionary: u32) -> Vec<u8> {
        let mut options = XzOptions::with_preset(1);
        options.lzma_options.dict_size = dictionary;
        let mut encoder = XzWriter::new(Vec::new(), options).expect("begun");
        encoder.write_all(bytes).expect("compressed");
        encoder.finish().expect("compressed")
    }

    /// Three bytes at a time, so that every head is cut somewhere.
    fn read(file: &[u8]) -> io::Result<Vec<u8>> {
        let room = Room::new(Asker::File, &StopToken::default());
        let mut contents = Vec::new();
        Xz::new(io::BufReader::with_capacity(3, file), room).read_to_end(&mut contents)?;
        Ok(contents)
    }

    #[test]
    fn streams_with_dictionaries_of_any_size_are_read_one_behind_the_other() {
        let text = "말뭉치 ".repeat(3000).into_bytes();
        let file = [packed(&text, 1 << 16), packed(b" and ", 4 << 20), packed(&text, 1 << 20)].concat();
        assert_eq!(read(&file).expect("whole"), [&text[..], b" and ", &text[..]].concat());
        for cut in [file.len() - 1, file.len() / 2, 13, 5] {
            assert_eq!(read(&file[..cut]).expect_err("cut off").kind(), io::ErrorKind::UnexpectedEof, "{cut}");
        }
        let mut damaged = file.clone();
        damaged[200] ^= 1;
        assert!(read(&damaged).is_err());
    }

    #[test]
    fn dictionary_larger_than_memory_is_named() {
        // the size stands in the head of the block: 2 << 29, a gigabyte
        let mut file = packed(b"x", 1 << 16);
        let at = file.iter().position(|byte| *byte == 0x21).expect("the filter") + 2;
        file[at] = 36;
        let (head, length) = (12, (usize::from(file[12]) + 1) * 4);
        let crc = crc32fast::hash(&file[head..head + length - 4]);
        file[head + length - 4..head + length].copy_from_slice(&crc.to_le_bytes());
        let error = read(&file).expect_err("too large");
        assert_eq!(ArchiveFault::of(&error), Ok(ArchiveFault::Memory(1025)));
    }
}
