//! How many elements are open at once, as far as their tags tell.

use crate::engine::source::names::closes_itself;

/// Deeper nesting makes the parser's cost grow with the depth; browsers stop at 512 as well.
const DEEPEST: usize = 512;

/// Counts elements as their tags go by.
#[derive(Default)]
pub(super) struct Depth {
    open: usize,
    /// `svg` and `math` elements open: inside them no element closes itself but with `/>`.
    foreign: usize,
    /// Those of `open` that would have closed themselves outside of these.
    kept_open: usize,
}

impl Depth {
    /// A tag goes by, `tag` as it is written.
    pub(super) fn pass(&mut self, name: &str, tag: &str, end: bool) {
        let is_foreign = ["svg", "math"].iter().any(|foreign| name.eq_ignore_ascii_case(foreign));
        if closes_itself(name) {
            if end && self.kept_open > 0 {
                self.kept_open -= 1;
                self.open = self.open.saturating_sub(1);
            } else if !end && self.foreign > 0 && !tag.ends_with("/>") {
                self.kept_open += 1;
                self.open += 1;
            }
        } else if end {
            self.open = self.open.saturating_sub(1);
            self.foreign = self.foreign.saturating_sub(usize::from(is_foreign));
        } else {
            self.open += 1;
            self.foreign += usize::from(is_foreign && !tag.ends_with("/>"));
        }
    }

    /// More elements are open than the parser should be given.
    pub(super) fn is_too_deep(&self) -> bool {
        self.open > DEEPEST
    }
}
