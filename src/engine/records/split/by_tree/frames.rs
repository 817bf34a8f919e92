//! The elements around records: where the place at hand is, and what of them comes along as `../name`.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::wanted::{Container, TreeCut, Wanted};
use crate::engine::records::markup::xml::fields::{self, How, is_for_programs};
use crate::engine::records::markup::xml::matcher::{Level, Tag};
use crate::engine::records::markup::xml::tree::Tree;

/// What stands in an element before its first record is kept up to this length, in bytes.
const LONGEST_AROUND: usize = 64 << 10;
/// …and of all open elements together up to this one.
const MOST_AROUND: usize = 256 << 10;
/// So many fields of an element come along with its records; of one that has more, none but its attributes.
const MOST_FIELDS: usize = 64;
/// Deeper elements are only counted, and of a name so much is compared.
const DEEPEST: usize = 1024;
const LONGEST_NAME: usize = 256;

/// The elements that are open outside of records.
#[derive(Debug)]
pub struct Frames {
    open: Vec<Frame>,
    /// Elements open that are deeper than is told apart.
    beyond: u64,
    file: Level,
    /// How many names of the container's path are open, from the root on.
    path: Vec<String>,
    /// What stands in elements that no record has been found in yet.
    around: String,
    carried: u64,
    /// The fields of all elements around the place at hand, as far as they are known.
    known: Option<Arc<Vec<(String, String)>>>,
}

#[derive(Debug)]
struct Frame {
    name: String,
    length: usize,
    level: Level,
    /// It and all around it are the container's path.
    on_path: bool,
    /// Where it begins in `around`, and where what stands in it does.
    begins: usize,
    inner: usize,
    /// Known since its first record was found.
    fields: Option<Vec<(String, String)>>,
    /// More stood in it than is kept.
    overflows: bool,
}

/// What a start tag begins.
pub struct Entered {
    pub is_record: bool,
    level: Level,
    on_path: bool,
}

impl Frames {
    pub fn new(cut: &TreeCut) -> Self {
        let path = match &cut.wanted {
            Wanted::Children(children) => match &children.of {
                Container::Path(path) => path.clone(),
                Container::Named(_) | Container::Any => Vec::new(),
            },
            Wanted::Selected { .. } => Vec::new(),
        };
        Self {
            open: Vec::new(),
            beyond: 0,
            file: Level::default(),
            path,
            around: String::new(),
            carried: 0,
            known: None,
        }
    }

    pub fn is_empty(&self) -> bool {
        self.open.is_empty()
    }

    /// Values of elements around records that came along with them.
    pub fn carried(&self) -> u64 {
        self.carried
    }

    pub fn innermost(&self) -> Option<&str> {
        self.open.last().map(|frame| frame.name.as_str())
    }

    pub fn has(&self, name: &str) -> bool {
        self.open.iter().rev().any(|frame| frame.is(name))
    }

    /// What an element is that begins at the place at hand.
    pub fn enter(&mut self, wanted: &Wanted, name: &str, attributes: &[(&str, Cow<str>)]) -> Entered {
        let depth = self.open.len();
        let parent_on_path = self.open.last().is_none_or(|frame| frame.on_path);
        let on_path = parent_on_path && self.path.get(depth).is_some_and(|known| known == name);
        match wanted {
            Wanted::Children(children) => {
                let is_here = match &children.of {
                    Container::Path(path) => depth == path.len() && parent_on_path,
                    Container::Named(parent) => self.open.last().is_some_and(|frame| frame.is(parent)),
                    Container::Any => true,
                };
                let is_record = is_here && self.beyond == 0 && children.admits(name);
                Entered { is_record, level: Level::default(), on_path }
            }
            Wanted::Selected { matcher, root_too } => {
                let level = self.open.last_mut().map_or(&mut self.file, |frame| &mut frame.level);
                let (level, is_meant) = matcher.enter(level, &Tag { name, attributes });
                Entered { is_record: is_meant && self.beyond == 0 && (*root_too || depth > 0), level, on_path }
            }
        }
    }

    /// An element that is no record begins, with this tag.
    pub fn push(&mut self, entered: &Entered, name: &str, tag: &str, is_empty: bool) {
        if self.open.len() >= DEEPEST {
            self.beyond += u64::from(!is_empty);
            return self.add(tag);
        }
        let begins = self.around.len();
        let is_kept = self.open.last().is_none_or(|frame| frame.fields.is_none());
        self.add_to_around(tag);
        if is_empty {
            if !is_kept || self.open.is_empty() {
                self.around.truncate(begins);
            }
            return;
        }
        self.open.push(Frame {
            name: name[..name.floor_char_boundary(LONGEST_NAME)].to_owned(),
            length: name.len(),
            level: entered.level,
            on_path: entered.on_path,
            begins,
            inner: self.around.len(),
            fields: None,
            overflows: self.around.len() == begins,
        });
        self.known = None;
    }

    /// An end tag: true where it closes an element.
    pub fn leave(&mut self, name: &str) -> bool {
        if self.beyond > 0 {
            self.beyond -= 1;
            return true;
        }
        if !self.has(name) {
            return false;
        }
        while let Some(is_it) = self.open.last().map(|frame| frame.is(name)) {
            self.leave_innermost();
            if is_it {
                break;
            }
        }
        true
    }

    /// An element of this name begins that has no end tag: the one before it ends, if one is open.
    pub fn leave_up_to(&mut self, name: &str) {
        if self.beyond == 0 && self.has(name) {
            self.leave(name);
        }
    }

    pub fn leave_innermost(&mut self) {
        let Some(frame) = self.open.pop() else { return };
        self.known = None;
        let has_room = |parent: &Frame| self.around.len().saturating_sub(parent.inner) <= LONGEST_AROUND;
        let is_kept = self.open.last().is_some_and(|parent| parent.fields.is_none() && has_room(parent));
        if is_kept && !frame.overflows && frame.fields.is_none() {
            self.around.push_str(&format!("</{}>", frame.name));
        } else {
            self.around.truncate(frame.begins);
        }
    }

    /// Text inside the innermost element.
    pub fn add(&mut self, text: &str) {
        if self.open.last().is_some_and(|frame| frame.fields.is_none()) {
            self.add_to_around(text);
        }
    }

    fn add_to_around(&mut self, text: &str) {
        let begins = self.open.last().map_or(0, |frame| frame.begins);
        let has_room = self.around.len().saturating_sub(begins) + text.len() <= LONGEST_AROUND;
        if has_room && self.around.len() <= MOST_AROUND {
            self.around.push_str(text);
        } else if let Some(frame) = self.open.last_mut() {
            frame.overflows = true;
        }
    }

    /// The fields of all elements around a record that begins here: `../id`, `../../title`.
    pub fn fields(&mut self, cut: &TreeCut) -> Arc<Vec<(String, String)>> {
        if let Some(known) = &self.known {
            return known.clone();
        }
        if cut.is_html {
            return Arc::default();
        }
        let count = self.open.len();
        for at in 0..count {
            if self.open[at].fields.is_some() {
                continue;
            }
            let frame = &self.open[at];
            let end = self.open.get(at + 1).map_or(self.around.len(), |inner| inner.begins);
            let tag = &self.around[frame.begins..frame.inner];
            let inside = if frame.overflows { "" } else { &self.around[frame.inner..end.max(frame.inner)] };
            let (fields, values) = fields_of(tag, inside, &frame.name, cut);
            self.carried += values;
            self.open[at].fields = Some(fields);
        }
        self.around.clear();
        let deep = count.min(MOST_UP);
        let mut all = Vec::new();
        for frame in &mut self.open {
            (frame.begins, frame.inner) = (0, 0);
        }
        for (up, frame) in (1..=deep).rev().zip(&self.open[count - deep..]) {
            let prefix = "../".repeat(up);
            for (name, value) in frame.fields.iter().flatten() {
                all.push((format!("{prefix}{name}"), value.clone()));
            }
        }
        let all = Arc::new(all);
        self.known = Some(all.clone());
        all
    }
}

/// Fields of elements that are further up do not come along.
const MOST_UP: usize = 16;

impl Frame {
    fn is(&self, name: &str) -> bool {
        self.length == name.len() && self.name == name[..name.floor_char_boundary(LONGEST_NAME)]
    }
}

/// What of an element comes along with its records: attributes, and what stands once in it; and how many of the
/// source's values that are.
fn fields_of(tag: &str, inside: &str, name: &str, cut: &TreeCut) -> (Vec<(String, String)>, u64) {
    let whole = if tag.ends_with("/>") { tag.to_owned() } else { format!("{tag}{inside}</{name}>") };
    let tree = Tree::of(&whole, &cut.entities);
    if tree.nodes.is_empty() {
        return (Vec::new(), 0);
    }
    let found = fields::of(&tree, Some(0), How { rules: &cut.rules, keep_tags: None });
    let mut counts: HashMap<u32, usize> = HashMap::new();
    for (name, _) in &found.values {
        *counts.entry(*name).or_default() += 1;
    }
    let attributes: HashSet<&str> = tree.attributes(0).iter().map(|(name, _)| *name).collect();
    let is_few = counts.len() <= MOST_FIELDS;
    let (mut fields, mut is_all) = (Vec::new(), true);
    for (id, value) in found.values {
        let name = found.names.get(id);
        let is_own = attributes.contains(name.trim_start_matches('@'));
        if (is_few && counts[&id] == 1 || is_own) && !is_for_programs(name) {
            if value.is_empty() {
                is_all = false; // its name may be a value
            } else {
                fields.push((name.to_owned(), value));
            }
        } else {
            is_all &= value.is_empty() || is_for_programs(name);
        }
    }
    // a text with elements inside is several values in one field: where any is left out, each field counts once
    let carried = if is_all { fields::count(&tree) } else { fields.len() as u64 };
    (fields, carried)
}
