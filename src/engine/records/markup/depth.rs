//! How many elements are open at once, as far as their tags tell.

use super::element_names::closes_itself;

/// Deeper nesting makes the parser's cost grow with the depth; browsers stop at 512 as well.
const DEEPEST: usize = 512;

/// Start tags that end a drawing or a formula that is open (HTML Standard, "the rules for parsing tokens in
/// foreign content"), and elements of these that hold HTML again.
const BACK_IN_HTML: &str = "\
    annotation-xml b big blockquote body br center code dd desc div dl dt em embed font foreignobject h1 h2 h3 h4 h5 \
    h6 head hr i img li listing menu meta mi mn mo ms mtext nobr ol p pre ruby s small span strike strong sub sup \
    table title tt u ul var";

/// Counts elements as their tags go by.
#[derive(Default)]
pub(super) struct Depth {
    open: usize,
    /// `svg` and `math` elements open: inside them no element closes itself but with `/>`.
    foreign: usize,
    /// The parser reads a drawing or a formula for sure, where no element is raw text.
    is_foreign: bool,
    /// Those of `open` that would have closed themselves outside of these.
    kept_open: usize,
}

impl Depth {
    /// A tag goes by, `tag` as it is written.
    pub(super) fn pass(&mut self, name: &str, tag: &str, end: bool) {
        let is_foreign = ["svg", "math"].iter().any(|foreign| name.eq_ignore_ascii_case(foreign));
        if is_foreign {
            self.is_foreign = !end && !tag.ends_with("/>");
        } else if self.is_foreign && BACK_IN_HTML.split(' ').any(|html| name.eq_ignore_ascii_case(html)) {
            self.is_foreign = false;
        }
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

    /// Inside `svg` or `math`, as far as can be said for sure.
    pub(super) fn is_foreign(&self) -> bool {
        self.is_foreign
    }

    /// More elements are open than the parser should be given.
    pub(super) fn is_too_deep(&self) -> bool {
        self.open > DEEPEST
    }
}
