//! Bytes → text: a source file read in chunks into one growing and shrinking piece of UTF-8.

use std::cell::Cell;
use std::io::Read;
use std::sync::Arc;

use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8, X_USER_DEFINED};

use super::encoding::{self, Alone, SAMPLE, Surroundings};
use super::sniff::{self, Sniffed};
use crate::engine::error::{Cause, FileKind, Halt};
use crate::engine::job::reading::Certainty;

/// Bytes read at a time.
const CHUNK: usize = 256 << 10;

/// Room that is kept for the next file is no larger.
const MOST_ROOM: usize = 4 * CHUNK;

thread_local! {
    /// Room of the file that this thread has read last: for each of many files to make its own takes longer
    /// than to decode it.
    static SPARE: Cell<(Vec<u8>, String)> = const { Cell::new((Vec::new(), String::new())) };
}

/// The window on a source file's text: `text()` is what is read and not yet consumed.
pub struct TextReader<R> {
    bytes: R,
    /// Bytes read at a time.
    chunk: usize,
    raw: Vec<u8>,
    decoder: Option<Decoder>,
    encoding: Option<&'static Encoding>,
    /// What the text says of itself.
    declared: Option<&'static Encoding>,
    certainty: Certainty,
    /// What helps where the bytes alone are not enough.
    around: Option<Arc<dyn Surroundings>>,
    text: String,
    /// Bytes of `text` already consumed, taken away at the next read.
    consumed: usize,
    /// The line at which the bytes behind `counted` begin.
    line: u64,
    /// Bytes of `text` whose lines are counted: at most those consumed.
    counted: usize,
    bad: u64,
    ended: bool,
}

impl<R> Drop for TextReader<R> {
    fn drop(&mut self) {
        let (mut raw, mut text) = (std::mem::take(&mut self.raw), std::mem::take(&mut self.text));
        raw.clear();
        text.clear();
        raw.shrink_to(MOST_ROOM);
        text.shrink_to(MOST_ROOM);
        SPARE.set((raw, text));
    }
}

impl<R: Read> TextReader<R> {
    /// Reads the first chunk and settles what can be settled; a `chosen` encoding is taken as it is.
    ///
    /// # Errors
    /// [`Cause::Read`], [`Cause::NotText`]; or the run is stopped.
    pub fn new(bytes: R, chosen: Option<&'static Encoding>) -> Result<Self, Halt> {
        Self::with_chunk(bytes, chosen, CHUNK)
    }

    /// As [`TextReader::new`], reading `chunk` bytes at a time.
    ///
    /// # Errors
    /// As there.
    pub fn with_chunk(bytes: R, chosen: Option<&'static Encoding>, chunk: usize) -> Result<Self, Halt> {
        let (raw, text) = SPARE.take();
        let mut reader = Self {
            bytes,
            chunk,
            raw,
            decoder: None,
            encoding: None,
            declared: None,
            certainty: Certainty::Certain,
            around: None,
            text,
            consumed: 0,
            line: 1,
            counted: 0,
            bad: 0,
            ended: false,
        };
        while !reader.ended && reader.raw.len() < SAMPLE {
            reader.read_chunk()?;
        }
        reader.declared = sniff::declared(&reader.raw);
        match (sniff::sniff(&reader.raw[..reader.raw.len().min(SAMPLE)]), chosen) {
            (Sniffed::NotText(kind), chosen) if chosen.is_none() || kind != FileKind::Unknown => {
                return Err(Cause::NotText(kind).into());
            }
            (Sniffed::Bytes, _) => reader.keep_bytes(),
            (sniffed, Some(encoding)) => {
                if let Sniffed::Text(marked, mark) = sniffed
                    && marked == encoding
                {
                    reader.raw.drain(..mark);
                }
                reader.settle(encoding, Certainty::Chosen);
            }
            (Sniffed::Text(encoding, mark), None) => {
                reader.raw.drain(..mark);
                reader.settle(encoding, if mark > 0 { Certainty::Certain } else { Certainty::Likely });
            }
            _ => {}
        }
        Ok(reader)
    }

    /// What helps where the bytes alone are not enough to tell their encoding.
    #[must_use]
    pub fn beside(mut self, around: Option<Arc<dyn Surroundings>>) -> Self {
        self.around = around;
        self
    }

    #[must_use]
    pub fn text(&self) -> &str {
        &self.text[self.consumed..]
    }

    /// The line of the source file at which `text()` begins, from 1.
    #[must_use]
    pub fn line(&mut self) -> u64 {
        if self.counted == self.consumed {
            return self.line;
        }
        let passed = &self.text.as_bytes()[self.counted..self.consumed];
        self.line += memchr::memchr_iter(b'\n', passed).count() as u64;
        self.counted = self.consumed;
        self.line
    }

    /// The most that `text()` has held, or a little more.
    #[cfg(test)]
    pub fn room(&self) -> usize {
        self.text.capacity()
    }

    /// Where the bytes come from.
    pub fn source(&self) -> &R {
        &self.bytes
    }

    /// Byte sequences so far that are no text in the file's encoding; each became U+FFFD.
    #[must_use]
    pub fn bad_sequences(&self) -> u64 {
        self.bad
    }

    /// From the beginning, `text()` has a character for each byte: ASCII is itself, others lie in Unicode's
    /// private area (`x-user-defined`). Whoever takes records out of it decodes each by itself.
    pub fn keep_bytes(&mut self) {
        self.settle(X_USER_DEFINED, Certainty::Certain);
    }

    /// What was taken for records of bytes is text: in the `chosen` encoding, or one that shows.
    pub fn keep_no_bytes(&mut self, chosen: Option<&'static Encoding>) {
        if self.encoding == Some(X_USER_DEFINED) {
            (self.encoding, self.decoder) = (None, None);
            if let Some(encoding) = chosen {
                self.settle(encoding, Certainty::Chosen);
            }
        }
    }

    /// UTF-8 while nothing but ASCII has been seen, and where each record has an encoding of its own.
    #[must_use]
    pub fn encoding(&self) -> &'static Encoding {
        self.encoding.filter(|encoding| *encoding != X_USER_DEFINED).unwrap_or(UTF_8)
    }

    /// How the encoding is known.
    #[must_use]
    pub fn certainty(&self) -> Certainty {
        self.certainty
    }

    /// True when `text()` is all that is left.
    #[must_use]
    pub fn is_at_end(&self) -> bool {
        self.ended && self.raw.is_empty()
    }

    /// Moves the window on by `length` bytes of text.
    pub fn consume(&mut self, length: usize) {
        debug_assert!(self.text.is_char_boundary(self.consumed + length), "a character is consumed whole");
        self.consumed += length;
    }

    /// As [`TextReader::consume`], of a text in which so many lines are known to end.
    pub fn consume_lines(&mut self, length: usize, lines: u64) {
        let _ = self.line(); // all before is counted, most often already
        self.consume(length);
        debug_assert_eq!(
            lines,
            memchr::memchr_iter(b'\n', &self.text.as_bytes()[self.counted..self.consumed]).count() as u64
        );
        self.line += lines;
        self.counted = self.consumed;
    }

    /// Adds the next chunk to `text()`; false at the end of the file.
    ///
    /// # Errors
    /// [`Cause::Read`]; or the run is stopped.
    pub fn more(&mut self) -> Result<bool, Halt> {
        if self.ended && self.raw.is_empty() {
            return Ok(false);
        }
        let _ = self.line(); // counted while the text is still there
        self.text.drain(..self.consumed);
        (self.consumed, self.counted) = (0, 0);
        if self.raw.is_empty() {
            self.read_chunk()?;
        }
        if self.decoder.is_none() {
            self.decide()?;
        }
        let encoding = self.encoding.unwrap_or(UTF_8);
        let decoder = self.decoder.get_or_insert_with(|| encoding.new_decoder_without_bom_handling());
        self.bad += decode(decoder, &self.raw, &mut self.text, self.ended);
        if self.encoding.is_none() {
            self.decoder = None; // still nothing but ASCII
        }
        self.raw.clear();
        Ok(true)
    }

    fn settle(&mut self, encoding: &'static Encoding, certainty: Certainty) {
        self.encoding = Some(encoding);
        self.certainty = certainty;
        self.decoder = Some(encoding.new_decoder_without_bom_handling());
    }

    /// Settles the encoding once a byte that is not ASCII is at hand.
    fn decide(&mut self) -> Result<(), Halt> {
        let Some(first) = self.raw.iter().position(|byte| !byte.is_ascii()) else { return Ok(()) };
        while !self.ended && self.raw.len() - first < SAMPLE {
            self.read_chunk()?;
        }
        let sample = &self.raw[first.saturating_sub(64)..self.raw.len().min(first + SAMPLE)];
        let around = self.around.as_deref().unwrap_or(&Alone);
        let (encoding, certainty) = encoding::guess(sample, self.declared, around);
        self.settle(encoding, certainty);
        Ok(())
    }

    /// Adds the next bytes to `raw`.
    fn read_chunk(&mut self) -> Result<(), Halt> {
        let read = (&mut self.bytes).take(self.chunk as u64).read_to_end(&mut self.raw);
        let length = read?;
        self.ended = length < self.chunk;
        Ok(())
    }
}

/// Decodes all of `raw` onto `text`; gives the number of sequences that became U+FFFD.
fn decode(decoder: &mut Decoder, mut raw: &[u8], text: &mut String, last: bool) -> u64 {
    let mut bad = 0;
    loop {
        text.reserve(decoder.max_utf8_buffer_length_without_replacement(raw.len()).unwrap_or(raw.len()).max(16));
        let (result, read) = decoder.decode_to_string_without_replacement(raw, text, last);
        raw = &raw[read..];
        match result {
            DecoderResult::InputEmpty => return bad,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(..) => {
                bad += 1;
                text.push('\u{fffd}');
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use encoding_rs::{EUC_KR, UTF_16LE};

    use super::*;

    fn all(bytes: &[u8]) -> (String, &'static Encoding, u64) {
        let mut reader = TextReader::new(bytes, None).expect("text");
        while reader.more().expect("readable") {}
        (reader.text().to_owned(), reader.encoding(), reader.bad_sequences())
    }

    #[test]
    fn encoding_is_settled_after_a_long_ascii_beginning() {
        let ascii = "x".repeat(CHUNK + 10);
        let (korean, ..) = EUC_KR.encode("한국어 위키백과, 우리 모두의 백과사전");
        let bytes = [ascii.as_bytes(), &korean].concat();
        let (text, encoding, bad) = all(&bytes);
        assert_eq!((&text[ascii.len()..], encoding, bad), ("한국어 위키백과, 우리 모두의 백과사전", EUC_KR, 0));
    }

    #[test]
    fn characters_cut_by_a_chunk_are_whole() {
        let text = "가".repeat(CHUNK);
        assert_eq!(all(text.as_bytes()), (text.clone(), UTF_8, 0));
        let utf16: Vec<u8> = "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        assert_eq!(all(&utf16), (text, UTF_16LE, 0));
    }

    #[test]
    fn bad_bytes_are_counted_and_lines_too() {
        let mut reader = TextReader::new(&"가나\n다\n".as_bytes()[..9], None).expect("text");
        reader.more().expect("readable");
        assert_eq!((reader.text(), reader.bad_sequences()), ("가나\n\u{fffd}", 1));
        reader.consume("가나\n".len());
        assert_eq!((reader.line(), reader.text()), (2, "\u{fffd}"));
        assert!(!reader.more().expect("readable"));
    }
}
