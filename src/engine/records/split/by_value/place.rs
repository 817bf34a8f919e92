//! Lines and columns of a text that is read in pieces, each byte looked at once.

/// A byte of the text and the place that people call it by.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    byte: u64,
    /// From 1.
    pub line: u64,
    /// Characters of the line before `counted`.
    characters: u64,
    /// At most `byte`.
    counted: u64,
}

impl Default for Place {
    fn default() -> Self {
        Self { byte: 0, line: 1, characters: 0, counted: 0 }
    }
}

impl Place {
    /// Goes on to the byte `to` of a text of which `window` begins at the byte `gone`. Never goes back.
    pub fn advance(&mut self, window: &str, gone: u64, to: u64) {
        self.advance_lines(window, gone, to);
        let passed = between(window, gone, self.counted, self.byte);
        let last = memchr::memrchr(b'\n', passed.as_bytes());
        let of_line = last.map_or(passed, |last| &passed[last + 1..]);
        let characters = of_line.chars().count() as u64;
        self.characters = if last.is_some() { characters } else { self.characters + characters };
        self.counted = self.byte;
    }

    /// As [`Place::advance`], for one who wants the line alone; what the window lets go of must be passed in full.
    pub fn advance_lines(&mut self, window: &str, gone: u64, to: u64) {
        let passed = between(window, gone, self.byte, to);
        if !passed.is_empty() {
            self.line += memchr::memchr_iter(b'\n', passed.as_bytes()).count() as u64;
            self.byte = to;
        }
    }

    /// From 1.
    pub fn column(self) -> u64 {
        self.characters + 1
    }
}

/// What stands between two bytes of the text, as far as the window holds it.
fn between(window: &str, gone: u64, from: u64, to: u64) -> &str {
    let inside = |byte: u64| (byte.saturating_sub(gone) as usize).min(window.len());
    window.get(inside(from)..inside(to)).unwrap_or_default()
}
