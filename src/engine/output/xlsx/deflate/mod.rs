//! XML → deflate, a large part at a time, by libdeflate: the strongest of the free compressors for its
//! time. It takes whole buffers only, so parts are made
//! one by one, also by different workers, and joined here.

pub mod blocks;
pub mod parts;

use std::cell::RefCell;

use libdeflater::{CompressionLvl, Compressor};

use crate::engine::job::choices::Compression;

thread_local! {
    /// A compressor takes a megabyte and some time to make, its room as well; each worker keeps its own.
    static KEPT: RefCell<Option<(Compression, Compressor, Vec<u8>)>> = const { RefCell::new(None) };
}

/// libdeflate's level. Measured on Korean Wikipedia, beside level 5 (about as small as zlib-rs at 6, in half
/// its time): 1 takes half the time for 9 % more bytes; 10 ten times the time for 7 % less. Between 5 and 10
/// nothing is won that anybody would wait for.
fn level(compression: Compression) -> i32 {
    match compression {
        Compression::Fast => 1,
        Compression::Normal => 5,
        Compression::Small => 10,
    }
}

/// Compresses a whole stream, or the last piece of one, and hands it on where it lies; `None` if the
/// compressor fails, which it never does.
pub fn compress<T>(data: &[u8], compression: Compression, take: impl FnOnce(&[u8]) -> T) -> Option<T> {
    KEPT.with_borrow_mut(|kept| {
        if kept.as_ref().is_none_or(|(known, ..)| *known != compression) {
            let compressor = Compressor::new(CompressionLvl::new(level(compression)).ok()?);
            *kept = Some((compression, compressor, Vec::new()));
        }
        let (_, compressor, room) = kept.as_mut()?;
        let most = compressor.deflate_compress_bound(data.len());
        if room.len() < most {
            *room = vec![0; most]; // of which no more is touched than is filled
        }
        let length = compressor.deflate_compress(data, room).ok()?;
        Some(take(&room[..length]))
    })
}

/// A piece of a deflate stream.
#[derive(Debug)]
pub struct Part {
    pub stream: Vec<u8>,
    /// Of the bytes that went in.
    pub crc: crc32fast::Hasher,
    pub length: u64,
}

impl Part {
    /// The last piece of a stream, or a whole one. `None` if the compressor fails, which it never does.
    #[must_use]
    pub fn last(data: &[u8], compression: Compression) -> Option<Self> {
        let mut crc = crc32fast::Hasher::new();
        crc.update(data);
        let stream = compress(data, compression, <[u8]>::to_vec)?;
        Some(Self { stream, crc, length: data.len() as u64 })
    }

    /// A piece that others follow: its last block is not marked as the last, and it ends with a byte.
    #[must_use]
    pub fn inner(data: &[u8], compression: Compression) -> Option<Self> {
        let mut part = Self::last(data, compression)?;
        let last = blocks::last_block(&part.stream)?;
        part.stream[last.header / 8] &= !(1 << (last.header % 8));
        // an empty stored block fills the byte: three zero bits, then a length of 0 and its complement
        if last.end % 8 == 0 || last.end % 8 > 5 {
            part.stream.push(0);
        }
        part.stream.extend_from_slice(&[0, 0, 0xff, 0xff]);
        Some(part)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

        #[test]
        fn joined_parts_are_one_stream(
            compression in proptest::sample::select(vec![Compression::Fast, Compression::Normal, Compression::Small]),
            texts in proptest::collection::vec(("([a-z가-힣 ]{0,40}<row>){0,30}", 1usize..200), 1..6),
        ) {
            let parts: Vec<Vec<u8>> = texts.iter().map(|(text, times)| text.repeat(*times).into_bytes()).collect();
            let (last, inner) = parts.split_last().expect("one at least");
            let mut stream = Vec::new();
            let mut crc = crc32fast::Hasher::new();
            for data in inner {
                let part = Part::inner(data, compression).expect("compressed");
                stream.extend(part.stream);
                crc.combine(&part.crc);
            }
            let part = Part::last(last, compression).expect("compressed");
            stream.extend(part.stream);
            crc.combine(&part.crc);
            let mut out = Vec::new();
            let mut decoder = flate2::read::DeflateDecoder::new(&stream[..]);
            decoder.read_to_end(&mut out).expect("a stream");
            prop_assert_eq!(decoder.total_in(), stream.len() as u64);
            prop_assert_eq!(crc.finalize(), crc32fast::hash(&out));
            prop_assert_eq!(out, parts.concat());
        }
    }
}
