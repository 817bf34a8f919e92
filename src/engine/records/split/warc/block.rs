//! Bytes counted in a text that has a character for each.

/// The beginning of a text that has been counted.
#[derive(Debug, Default)]
pub struct Counted {
    /// Characters, each a byte of the source.
    pub chars: u64,
    /// Bytes of the text that they take.
    pub length: usize,
}

/// Bytes of text that are counted at once.
const STEP: usize = 4096;

impl Counted {
    /// Goes on counting up to `most` characters; true where the text has so many.
    pub fn has(&mut self, text: &str, most: u64) -> bool {
        while self.chars < most && self.length < text.len() {
            let end = text.floor_char_boundary((self.length + STEP).min(text.len()));
            let piece = &text[self.length..end];
            let chars = piece.bytes().map(|byte| u64::from(byte & 0xc0 != 0x80)).sum::<u64>();
            if self.chars + chars <= most {
                (self.chars, self.length) = (self.chars + chars, end);
                continue;
            }
            let left = usize::try_from(most - self.chars).unwrap_or(usize::MAX);
            self.length += piece.char_indices().nth(left).map_or(piece.len(), |(at, _)| at);
            self.chars = most;
        }
        self.chars == most
    }
}
