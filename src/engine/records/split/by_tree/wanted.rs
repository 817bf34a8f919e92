//! Which elements of a tree are records.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

use crate::engine::records::markup::xml::entities::Entities;
use crate::engine::records::markup::xml::matcher::Matcher;
use crate::engine::records::markup::xml::rules::Rules;

/// How records are cut from a tree of elements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TreeCut {
    pub wanted: Wanted,
    pub rules: Arc<Rules>,
    /// What the file declares itself.
    pub entities: Arc<Entities>,
    /// Elements that have no end tags: each ends where one of its name begins, or one around it.
    pub unclosed: Vec<String>,
    /// Tags are read by HTML's rules: some elements have no end tag, some have no elements inside.
    pub is_html: bool,
}

/// Which elements are records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// What stands in one place.
    Children(Children),
    /// What a person's selector finds, the outermost; the root only where `root_too`.
    Selected { matcher: Matcher, root_too: bool },
}

/// The children of a container.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Children {
    pub of: Container,
    /// Those that are records by their names…
    pub kinds: Vec<String>,
    /// …or all but these.
    pub but: Option<HashSet<String>>,
    /// The kinds in their order are one record: `date`, `post`, `date`, `post`.
    pub in_turn: bool,
}

/// Where records stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Container {
    /// In the elements at this path from the root; the empty path is the file itself.
    Path(Vec<String>),
    /// In any element of this name.
    Named(String),
    /// Anywhere.
    Any,
}

impl TreeCut {
    /// The names that lead from the root to the records, `/` between; `None` where they are of several kinds, or anywhere.
    #[must_use]
    pub fn path(&self) -> Option<String> {
        let Wanted::Children(Children { of: Container::Path(of), kinds, in_turn: false, .. }) = &self.wanted else {
            return None;
        };
        let [kind] = &kinds[..] else { return None };
        Some([of.join("/"), kind.clone()].join("/").trim_start_matches('/').to_owned())
    }
}

impl Children {
    /// An element of this name in the container is a record.
    #[must_use]
    pub fn admits(&self, name: &str) -> bool {
        match &self.but {
            Some(but) => !but.contains(name),
            None => self.kinds.iter().any(|kind| kind == name),
        }
    }

    /// Records of several kinds: a column tells them apart.
    #[must_use]
    pub fn tells_kind(&self, name: &str) -> bool {
        !self.in_turn && (self.kinds.len() > 1 || self.kinds.first().is_some_and(|kind| kind != name))
    }
}

/// Attributes with their references decoded.
#[must_use]
pub fn decoded<'a>(attributes: Vec<(&'a str, &'a str)>, entities: &Entities) -> Vec<(&'a str, Cow<'a, str>)> {
    let decode = |value| entities.decode(value, &mut crate::engine::records::markup::xml::entities::Amiss::default());
    attributes.into_iter().map(|(name, value)| (name, decode(value))).collect()
}
