//! The text of an element: what stands in it, in its order, with line breaks where tags alone tell paragraphs
//! apart. Between words and elements of one line nothing is invented.

use super::tree::{Tree, is_blank};
use crate::engine::records::markup::line_breaks;
use crate::engine::records::markup::tidy::Rules;

/// True where the words of an element are its own, and the elements inside stand in its lines.
#[must_use]
pub fn is_prose(tree: &Tree, of: Option<usize>) -> bool {
    let words = tree.words(of);
    words > 0 && words * 2 >= tree.elements(of).count()
}

/// Elements that are words: between two of them stands a space.
fn is_word(name: &str) -> bool {
    name.rsplit(':').next() == Some("w")
}

/// An element around the place at hand.
struct Around {
    end: usize,
    /// It begins and ends a line.
    is_line: bool,
    is_word: bool,
    /// The words are its own: what stands in it stands in its lines.
    is_prose: bool,
}

/// The text of these nodes, which stand beside each other, and of all that is inside them.
#[must_use]
pub fn text(tree: &Tree, nodes: impl IntoIterator<Item = usize>, in_prose: bool) -> String {
    let mut out = Out { text: String::new(), gap: Gap::None };
    for node in nodes {
        let mut around: Vec<Around> = Vec::new();
        let end = tree.nodes[node].end;
        for at in node..end {
            while around.last().is_some_and(|last| last.end <= at) {
                around.pop().into_iter().for_each(|left| out.leave(&left));
            }
            let is_in_prose = around.last().map_or(in_prose, |last| last.is_prose);
            if !tree.is_element(at) {
                out.text(tree.text(at), is_in_prose);
                continue;
            }
            let name = tree.name(at);
            let entered = Around {
                end: tree.nodes[at].end,
                is_line: !is_in_prose && !line_breaks::is_within_line(name, Rules::Xml) && !is_word(name),
                is_word: !is_in_prose && is_word(name),
                is_prose: is_in_prose || is_prose(tree, Some(at)),
            };
            out.gap = out.gap.max(if entered.is_line { Gap::Line } else { Gap::None });
            if entered.is_word && out.gap == Gap::Word {
                out.gap = Gap::Space;
            }
            around.push(entered);
        }
        while let Some(left) = around.pop() {
            out.leave(&left);
        }
    }
    out.text
}

/// What comes between the text so far and the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    /// A word has ended: a space, if another follows.
    Word,
    Space,
    Line,
}

struct Out {
    text: String,
    gap: Gap,
}

impl Out {
    fn leave(&mut self, left: &Around) {
        let gap = match left {
            Around { is_line: true, .. } => Gap::Line,
            Around { is_word: true, .. } => Gap::Word,
            _ => Gap::None,
        };
        self.gap = self.gap.max(gap);
    }

    fn text(&mut self, text: &str, in_prose: bool) {
        if !in_prose && is_blank(text) {
            self.gap = self.gap.max(Gap::Space);
            return;
        }
        let text = match self.gap {
            Gap::Line => text.trim_start(),
            _ => text,
        };
        if !self.text.is_empty() {
            match self.gap {
                Gap::Line => {
                    self.text.truncate(self.text.trim_end().len());
                    self.text.push('\n');
                }
                Gap::Space if !self.text.ends_with(char::is_whitespace) && !text.starts_with(char::is_whitespace) => {
                    self.text.push(' ');
                }
                _ => {}
            }
        }
        self.text.push_str(text);
        self.gap = Gap::None;
    }
}

/// Without the spaces around it and around its lines, and without blank lines.
#[must_use]
pub fn short(text: &str) -> String {
    if !text.contains('\n') {
        return text.trim().to_owned();
    }
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}
