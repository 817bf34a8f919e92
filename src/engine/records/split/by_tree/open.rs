//! Elements that are open while a file goes by, however many and however long their names are.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use super::html_rules::ends_at;

/// Names of elements, the innermost last, in one piece of memory.
#[derive(Debug, Default)]
pub struct OpenNames {
    text: String,
    /// Where each ends in the text; and how long it is in truth.
    ends: Vec<(usize, usize)>,
    /// How many of a name are open, by its hash.
    counts: HashMap<u64, u32>,
    hasher: RandomState,
    /// Elements that are deeper than is told apart.
    beyond: u64,
}

/// Deeper elements are only counted.
const DEEPEST: usize = 4096;
/// Of a name so much is compared, and its length.
const LONGEST: usize = 256;

impl OpenNames {
    pub fn push(&mut self, name: &str) {
        if self.ends.len() >= DEEPEST {
            self.beyond += 1;
            return;
        }
        let kept = &name[..name.floor_char_boundary(LONGEST)];
        self.text.push_str(kept);
        self.ends.push((self.text.len(), name.len()));
        *self.counts.entry(self.hash(kept)).or_default() += 1;
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// The innermost is one of HTML's that ends where this one begins.
    #[must_use]
    pub fn innermost_ends_at(&self, next: &str) -> bool {
        self.beyond == 0 && self.last().is_some_and(|(name, _)| ends_at(name, next))
    }

    /// Closes the innermost element of this name, whatever its letters' case, and those inside it: how many those
    /// were; `None` where none is open.
    pub fn close(&mut self, name: &str) -> Option<u64> {
        let kept = &name[..name.floor_char_boundary(LONGEST)];
        if self.beyond > 0 {
            self.beyond -= 1;
            return Some(0);
        }
        self.counts.get(&self.hash(kept)).filter(|count| **count > 0)?;
        let mut passed = 0;
        while let Some((known, length)) = self.last() {
            let is_it = length == name.len() && known.eq_ignore_ascii_case(kept);
            self.pop();
            if is_it {
                return Some(passed);
            }
            passed += 1;
        }
        None
    }

    pub fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
        self.counts.clear();
        self.beyond = 0;
    }

    fn last(&self) -> Option<(&str, usize)> {
        let (end, length) = *self.ends.last()?;
        let start = self.ends.len().checked_sub(2).map_or(0, |before| self.ends[before].0);
        Some((&self.text[start..end], length))
    }

    /// Closes the innermost element.
    pub fn pop(&mut self) {
        let Some((name, _)) = self.last() else { return };
        let (hash, start) = (self.hash(name), self.text.len() - name.len());
        if let Some(count) = self.counts.get_mut(&hash) {
            *count = count.saturating_sub(1);
        }
        self.text.truncate(start);
        self.ends.pop();
    }

    fn hash(&self, name: &str) -> u64 {
        self.hasher.hash_one(name.to_ascii_lowercase())
    }
}
