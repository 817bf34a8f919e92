//! Lines and columns of a text that is read in pieces, each byte looked at once.

/// A byte of the text and the place that people call it by.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    byte: u64,
    /// From 1.
    pub line: u64,
    /// Characters of the line before it.
    characters: u64,
}

impl Default for Place {
    fn default() -> Self {
        Self { byte: 0, line: 1, characters: 0 }
    }
}

impl Place {
    /// Goes on to the byte `to` of a text of which `window` begins at the byte `gone`. Never goes back.
    pub fn advance(&mut self, window: &str, gone: u64, to: u64) {
        let inside = |byte: u64| (byte.saturating_sub(gone) as usize).min(window.len());
        let (from, end) = (inside(self.byte), inside(to));
        if from >= end {
            return;
        }
        let passed = &window.as_bytes()[from..end];
        self.line += memchr::memchr_iter(b'\n', passed).count() as u64;
        let last = memchr::memrchr(b'\n', passed);
        let of_line = last.map_or(passed, |last| &passed[last + 1..]);
        let characters = of_line.iter().filter(|byte| !matches!(byte, 0x80..=0xbf)).count() as u64;
        self.characters = if last.is_some() { characters } else { self.characters + characters };
        self.byte = to;
    }

    /// From 1.
    pub fn column(self) -> u64 {
        self.characters + 1
    }
}
