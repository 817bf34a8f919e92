//! The tokens of records, kept until their values are read: so no text is looked at twice.

use crate::engine::records::json::scan::scan;
use crate::engine::records::json::tokenizer::Token;

/// Bytes of a record that is looked at as a whole; what is longer goes by in pieces.
const SHORT: usize = 64 << 10;

/// Tokens of all records that wait.
const MOST_WAITING: usize = 64 << 10;

/// Room that is kept for further records, in tokens; one may be larger.
const SMALL: usize = 256;

/// The tokens of the record at hand, and room for those of others.
#[derive(Debug, Default)]
pub struct Kept {
    tokens: Vec<Token>,
    /// Tokens of the records that wait.
    waiting: usize,
    rooms: Vec<Vec<Token>>,
}

impl Kept {
    /// A record begins: its length, if it is short, without a fault, and all there.
    pub fn begin(&mut self, text: &[u8]) -> Option<usize> {
        self.tokens.clear();
        let length = scan(&text[..text.len().min(SHORT)], &mut self.tokens);
        if length.is_none() || self.waiting > MOST_WAITING {
            self.tokens.clear();
        }
        length
    }

    /// The tokens of the record that ends here; none where it was not short.
    pub fn take(&mut self) -> Vec<Token> {
        if self.tokens.is_empty() {
            return Vec::new();
        }
        self.waiting += self.tokens.len();
        std::mem::replace(&mut self.tokens, self.rooms.pop().unwrap_or_default())
    }

    /// A record with so many tokens is given, and here is room of an earlier one.
    pub fn give_back(&mut self, mut room: Vec<Token>, given: usize) {
        self.waiting -= given;
        if room.capacity() > 0 && (self.rooms.is_empty() || room.capacity() <= SMALL) {
            room.clear();
            self.rooms.push(room);
        }
    }
}
