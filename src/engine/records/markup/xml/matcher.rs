//! Which elements a selector means, as their start tags go by: what is known of an element is kept in a few bits,
//! so that a file of any length needs no tree.

use super::selector::{Compound, How, Relation, Selector, Test};

/// Finds elements by a selector.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matcher {
    selector: Selector,
    /// Letter case of names does not matter.
    is_html: bool,
}

/// What is known of an element that is open: which steps of the selector have been taken, a bit each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Level {
    /// By the element itself.
    own: u64,
    /// By it or one around it.
    around: u64,
    /// By the last element directly inside it, and by any.
    last_child: u64,
    children: u64,
    /// Elements directly inside it so far.
    count: i64,
    depth: u32,
}

/// An element as far as its start tag tells.
pub struct Tag<'a> {
    pub name: &'a str,
    /// Values are decoded.
    pub attributes: &'a [(&'a str, std::borrow::Cow<'a, str>)],
}

impl Matcher {
    #[must_use]
    pub fn new(selector: Selector, is_html: bool) -> Self {
        Self { selector, is_html }
    }

    /// An element begins inside the one of `parent`: what is known of it, and whether it is meant.
    pub fn enter(&self, parent: &mut Level, tag: &Tag) -> (Level, bool) {
        parent.count += 1;
        let at = (parent.count, parent.depth);
        let (mut own, mut bit, mut is_meant) = (0u64, 0u32, false);
        for steps in &self.selector.any {
            for (place, step) in steps.iter().enumerate() {
                let before = match step.relation {
                    _ if place == 0 => u64::MAX,
                    Relation::Inside => parent.around,
                    Relation::DirectlyInside => parent.own,
                    Relation::DirectlyBehind => parent.last_child,
                    Relation::Behind => parent.children,
                };
                let follows = place == 0 || before & (1 << (bit - 1)) != 0;
                if follows && self.is_met(&step.element, tag, at) {
                    own |= 1 << bit;
                    is_meant |= place + 1 == steps.len();
                }
                bit += 1;
            }
        }
        parent.last_child = own;
        parent.children |= own;
        let level = Level { own, around: parent.around | own, depth: parent.depth + 1, ..Level::default() };
        (level, is_meant)
    }

    fn is_met(&self, compound: &Compound, tag: &Tag, at: (i64, u32)) -> bool {
        let is_named = compound.name.as_ref().is_none_or(|name| {
            let own = if compound.any_prefix { tag.name.rsplit(':').next().unwrap_or_default() } else { tag.name };
            own == name || (self.is_html && own.eq_ignore_ascii_case(name))
        });
        is_named && compound.tests.iter().all(|test| self.holds(test, tag, at))
    }

    fn holds(&self, test: &Test, tag: &Tag, at: (i64, u32)) -> bool {
        match test {
            Test::Root => at.1 == 0,
            Test::Child { step: 0, first } => at.0 == *first,
            Test::Child { step, first } => {
                let further = at.0 - first;
                further.checked_rem(*step) == Some(0) && further.checked_div(*step).is_some_and(|n| n >= 0)
            }
            Test::Any(all) => all.iter().any(|compound| self.is_met(compound, tag, at)),
            Test::Not(all) => !all.iter().any(|compound| self.is_met(compound, tag, at)),
            Test::Attribute { name, how, value, ignore_case } => {
                let is_it = |known: &str| known == name || (self.is_html && known.eq_ignore_ascii_case(name));
                let found = tag.attributes.iter().find(|(known, _)| is_it(known));
                found.is_some_and(|(_, known)| {
                    if *ignore_case {
                        compares(&known.to_ascii_lowercase(), *how, &value.to_ascii_lowercase())
                    } else {
                        compares(known, *how, value)
                    }
                })
            }
        }
    }
}

fn compares(known: &str, how: How, value: &str) -> bool {
    match how {
        How::IsThere => true,
        How::Is => known == value,
        How::Word => known.split_whitespace().any(|word| word == value),
        How::Dashed => known.strip_prefix(value).is_some_and(|rest| rest.is_empty() || rest.starts_with('-')),
        How::Begins => !value.is_empty() && known.starts_with(value),
        How::Ends => !value.is_empty() && known.ends_with(value),
        How::Holds => !value.is_empty() && known.contains(value),
    }
}
