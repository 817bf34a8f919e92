//! What kinds of elements stand in the beginning of a file, or of several files of a folder: how many of each,
//! inside what, and how much they hold. From this follows which are records.

use std::collections::{BTreeSet, HashMap};

use crate::engine::records::markup::xml::fields::is_value;
use crate::engine::records::markup::xml::rules::{KeyCount, Keyed, Rules};
use crate::engine::records::markup::xml::text::is_prose;
use crate::engine::records::markup::xml::tree::{Kind as Node, Tree, is_blank};

/// The file itself, in which roots stand.
pub const FILE: usize = 0;

/// Kinds that are told apart; further ones count for those around them.
const MOST_KINDS: usize = 5_000;
/// Kinds stand no deeper.
const DEEPEST: usize = 64;

/// Elements of one name in one place. A name inside itself is the same kind.
#[derive(Debug, Clone, Default)]
pub struct Kind {
    pub name: String,
    pub parent: usize,
    pub children: Vec<usize>,
    pub count: usize,
    /// The most that one parent has of it.
    pub most: usize,
    /// Values in all of them, and their bytes: attributes and texts.
    pub values: usize,
    pub bytes: usize,
    /// Names of attributes, and of elements inside.
    pub attributes: BTreeSet<String>,
    /// Of all of its kind, so many hold elements.
    pub with_elements: usize,
    /// One stands inside another.
    pub is_recursive: bool,
    /// The head ends inside one.
    pub is_open: bool,
    /// So many have no end tag.
    pub unclosed: usize,
    /// Its words are its own in one of them.
    pub is_prose: bool,
    /// Where the first and the last of it stand, among all elements.
    pub first: usize,
    pub last: usize,
}

/// The kinds of elements of a text.
#[derive(Debug, Clone)]
pub struct Survey {
    pub kinds: Vec<Kind>,
    places: HashMap<(usize, String), usize>,
    keys: HashMap<String, KeyCount>,
    /// Children of each kind in their order, of the first element that has several.
    pub orders: HashMap<usize, Vec<usize>>,
    elements: usize,
    /// One of the texts goes on.
    pub is_cut: bool,
    /// A text holds several documents, each with a declaration of its own.
    pub is_glued: bool,
}

impl Default for Survey {
    fn default() -> Self {
        Self {
            kinds: vec![Kind::default()],
            places: HashMap::new(),
            keys: HashMap::new(),
            orders: HashMap::new(),
            elements: 0,
            is_cut: false,
            is_glued: false,
        }
    }
}

impl Survey {
    /// Adds the elements of a text; `is_cut` where it goes on.
    pub fn add(&mut self, tree: &Tree, is_cut: bool) {
        self.is_cut |= is_cut;
        let mut kinds: Vec<usize> = vec![FILE; tree.nodes.len()];
        self.siblings(tree, None, FILE, &mut kinds);
        for at in 0..tree.nodes.len() {
            if tree.is_element(at) {
                self.siblings(tree, Some(at), kinds[at], &mut kinds);
            }
        }
        let end = tree.nodes.len();
        for (at, node) in tree.nodes.iter().enumerate() {
            let (values, bytes) = match &node.kind {
                Node::Text(text) if is_blank(text) => continue,
                Node::Text(text) => (1, text.trim().len()),
                Node::Element { .. } => {
                    let values = tree.attributes(at).iter().filter(|(name, value)| is_value(name, value));
                    values.fold((0, 0), |sum, (_, value)| (sum.0 + 1, sum.1 + value.len()))
                }
            };
            let own = if tree.is_element(at) { kinds[at] } else { node.parent.map_or(FILE, |parent| kinds[parent]) };
            // for all kinds around it, each once
            let mut kind = own;
            loop {
                self.kinds[kind].values += values;
                self.kinds[kind].bytes += bytes;
                if kind == FILE {
                    break;
                }
                kind = self.kinds[kind].parent;
            }
            if is_cut && tree.is_element(at) && node.end == end && !node.is_empty {
                self.kinds[own].is_open = true;
            }
        }
    }

    /// The elements directly inside one of kind `parent`.
    fn siblings(&mut self, tree: &Tree, of: Option<usize>, parent: usize, kinds: &mut [usize]) {
        let mut counts: HashMap<usize, Vec<usize>> = HashMap::new();
        let mut order = Vec::new();
        for at in tree.elements(of) {
            let kind = self.kind(parent, tree.name(at));
            kinds[at] = kind;
            if kind == FILE {
                continue;
            }
            self.elements += 1;
            let has_elements = tree.elements(Some(at)).next().is_some();
            let is_prose = has_elements && is_prose(tree, Some(at));
            let place = self.elements;
            let known = &mut self.kinds[kind];
            known.count += 1;
            known.unclosed += usize::from(!tree.is_closed(at));
            known.with_elements += usize::from(has_elements);
            known.is_prose |= is_prose;
            known.first = if known.count == 1 { place } else { known.first };
            known.last = place;
            for (name, _) in tree.attributes(at) {
                if !known.attributes.contains(*name) && known.attributes.len() < 64 {
                    known.attributes.insert((*name).to_owned());
                }
            }
            order.push(kind);
            counts.entry(kind).or_default().push(at);
        }
        if order.len() > 1 {
            let longest = self.orders.entry(parent).or_default();
            if order.len() > longest.len() {
                *longest = order;
            }
        }
        for (kind, all) in counts {
            self.kinds[kind].most = self.kinds[kind].most.max(all.len());
            let attributes = |at: &usize| -> Vec<(&str, &str)> {
                tree.attributes(*at).iter().map(|(name, value)| (*name, &**value)).take(16).collect()
            };
            let siblings: Vec<_> = all.iter().map(attributes).collect();
            if siblings.iter().any(|attributes| !attributes.is_empty()) {
                let has_text = all.iter().any(|at| tree.words(Some(*at)) > 0);
                let has_elements = all.iter().any(|at| tree.elements(Some(*at)).next().is_some());
                let name = self.kinds[kind].name.clone();
                self.keys.entry(name).or_default().add(&siblings, has_text, has_elements);
            }
        }
    }

    /// The kind of an element of this name inside one of kind `parent`; [`FILE`] where there are too many.
    fn kind(&mut self, parent: usize, name: &str) -> usize {
        if let Some(&known) = self.places.get(&(parent, name.to_owned())) {
            return known;
        }
        let mut around = parent;
        let mut depth = 0;
        while around != FILE {
            if self.kinds[around].name == name {
                self.kinds[around].is_recursive = true;
                self.places.insert((parent, name.to_owned()), around);
                return around;
            }
            around = self.kinds[around].parent;
            depth += 1;
        }
        if self.kinds.len() >= MOST_KINDS || depth >= DEEPEST || name.len() > 1024 {
            return FILE;
        }
        let kind = self.kinds.len();
        self.kinds.push(Kind { name: name.to_owned(), parent, ..Kind::default() });
        self.kinds[parent].children.push(kind);
        self.places.insert((parent, name.to_owned()), kind);
        kind
    }

    /// The names from the root down to this kind.
    #[must_use]
    pub fn path(&self, kind: usize) -> Vec<String> {
        let mut path = Vec::new();
        let mut at = kind;
        while at != FILE {
            path.push(self.kinds[at].name.clone());
            at = self.kinds[at].parent;
        }
        path.reverse();
        path
    }

    /// Elements stand at this path.
    #[must_use]
    pub fn is_there(&self, path: &[String]) -> bool {
        let mut at = FILE;
        path.iter().all(|name| {
            let next = self.places.get(&(at, name.clone()));
            at = next.copied().unwrap_or(FILE);
            next.is_some()
        })
    }

    /// A kind of this name, the outermost.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<usize> {
        (1..self.kinds.len()).find(|kind| self.kinds[*kind].name == name)
    }

    /// Values that one of a kind holds, about.
    #[must_use]
    pub fn values_each(&self, kind: usize) -> f64 {
        let kind = &self.kinds[kind];
        if kind.is_recursive { f64::INFINITY } else { kind.values as f64 / kind.count.max(1) as f64 }
    }

    /// Those of the records that most often have no end tag.
    #[must_use]
    pub fn unclosed(&self, records: &[&str]) -> Vec<String> {
        let kinds = self.kinds[1..].iter().filter(|kind| records.contains(&kind.name.as_str()));
        kinds.filter(|kind| kind.unclosed > 1 && kind.unclosed * 2 > kind.count).map(|kind| kind.name.clone()).collect()
    }

    /// Elements of this kind are fields of the name that one of their attributes holds.
    #[must_use]
    pub fn is_told_apart(&self, kind: usize) -> bool {
        let name = &self.kinds[kind].name;
        self.keys.get(name).is_some_and(|count| count.keyed(name).is_some())
    }

    /// What names mean, where these kinds are records.
    #[must_use]
    pub fn rules(&self, records: &[&str], is_tmx: bool) -> Rules {
        let mut rules = Rules { is_tmx, ..Rules::default() };
        for kind in &self.kinds[1..] {
            let repeats = kind.most > 1 && kind.attributes.is_empty() || kind.most > 2;
            if Rules::may_run(&kind.name) && (repeats || kind.is_prose || kind.most > 1) {
                rules.running.insert(kind.name.clone());
            }
        }
        // what holds nothing but running text is that, too
        loop {
            let is_running = |kind: &usize| rules.running.contains(&self.kinds[*kind].name);
            let more: Vec<&str> = self.kinds[1..]
                .iter()
                .filter(|kind| Rules::may_run(&kind.name) && !rules.running.contains(&kind.name))
                .filter(|kind| !kind.children.is_empty() && kind.children.iter().all(is_running))
                .map(|kind| kind.name.as_str())
                .collect();
            if more.is_empty() {
                break;
            }
            rules.running.extend(more.into_iter().map(str::to_owned));
        }
        for name in records {
            rules.running.remove(*name);
        }
        for (name, count) in &self.keys {
            let is_other = !records.contains(&name.as_str()) && !rules.running.contains(name);
            if let Some(keyed) = count.keyed(name).filter(|_| is_other) {
                rules.keyed.insert(name.clone(), keyed);
            }
        }
        if is_tmx {
            rules.running.remove("seg");
            rules.keyed.insert("tuv".into(), Keyed { key: "xml:lang".into(), value: None });
        }
        rules
    }
}
