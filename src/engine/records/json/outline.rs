//! What the beginning of a JSON text shows of its structure: every array of objects with its path and count, and which
//! of them are the records unless a person says so.
//!
//! Records are the objects of one array, or of several side by side. From the root down the first array is gone into
//! that holds most of what stands there, and on into one inside it that holds most again while its objects have three
//! values of their own or more: less is a list that belongs to its record.

use std::collections::HashMap;

use super::name_of;
use super::strings;
use super::tokenizer::{Kind, Pause, Token, Tokenizer};
use crate::engine::records::record::identifies;

/// Paths that are told apart; the values of further ones count for what encloses them.
const MOST_NODES: usize = 20_000;
/// Names inside names that are told apart.
const DEEPEST: usize = 32;
/// Values of their own that objects need to be records inside others.
const OWN_VALUES: usize = 3;
/// What a value weighs besides its length, as it takes a cell.
const CELL: u64 = 8;
/// Of several arrays side by side, one that holds so many hundredths of them is taken alone.
const ALONE: u64 = 80;

/// The structure of a text, as far as it was looked at.
#[derive(Debug)]
pub struct Outline {
    nodes: Vec<Node>,
    known: HashMap<(usize, String), usize>,
    open: Vec<Open>,
    tokens: Tokenizer,
    /// Where the next value belongs, behind a key.
    next: usize,
    documents: u64,
}

/// A place that values have, by the names on the way; arrays have none.
#[derive(Debug, Default)]
struct Node {
    name: String,
    parent: usize,
    depth: usize,
    /// Objects that are elements of an array here.
    objects: u64,
    /// Values that stand right here, and what they weigh with all inside.
    values: u64,
    weight: u64,
    children: Vec<usize>,
}

#[derive(Debug, Clone, Copy)]
struct Open {
    node: usize,
    is_array: bool,
}

/// Which values of a text are its records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    /// Their paths, one or several with the same parent; empty for the root.
    pub paths: Vec<String>,
}

impl Default for Outline {
    fn default() -> Self {
        let (nodes, known, open) = (vec![Node::default()], HashMap::new(), Vec::new());
        Self { nodes, known, open, tokens: Tokenizer::default(), next: 0, documents: 0 }
    }
}

impl Outline {
    /// Looks on at `text`, which begins where it began before and has grown meanwhile; true at a fault or at the end.
    pub fn look(&mut self, text: &str, is_last: bool) -> bool {
        loop {
            match self.tokens.next(text.as_bytes(), is_last) {
                Ok(token) if token.kind == Kind::End => return true,
                Ok(token) => self.take(token, text),
                Err(Pause::More) => return false,
                Err(Pause::Fault(..)) => return true,
            }
        }
    }

    fn take(&mut self, token: Token, text: &str) {
        let around = self.open.last().copied();
        let here = match around {
            None => 0,
            Some(open) if open.is_array => open.node,
            Some(_) => self.next,
        };
        match token.kind {
            Kind::Key => {
                let parent = around.map_or(0, |open| open.node);
                self.next = self.child(parent, &text[token.start + 1..token.end - 1], token.escaped);
            }
            Kind::OpenObject | Kind::OpenArray => {
                let is_array = token.kind == Kind::OpenArray;
                self.documents += u64::from(around.is_none());
                self.nodes[here].objects += u64::from(!is_array && around.is_some_and(|open| open.is_array));
                self.open.push(Open { node: here, is_array });
            }
            Kind::CloseObject | Kind::CloseArray => {
                self.open.pop();
            }
            Kind::Null | Kind::End => {}
            Kind::String | Kind::Number | Kind::Word => {
                let node = &mut self.nodes[here];
                node.values += 1;
                node.weight += (token.end - token.start) as u64 + CELL;
            }
        }
    }

    fn child(&mut self, parent: usize, key: &str, escaped: bool) -> usize {
        let mut decoded = String::new();
        let name = if escaped {
            strings::decode(key, &mut decoded);
            decoded.as_str()
        } else {
            name_of(key)
        };
        if let Some(&node) = self.known.get(&(parent, name.to_owned())) {
            return node;
        }
        let depth = self.nodes[parent].depth + 1;
        if self.nodes.len() >= MOST_NODES || depth > DEEPEST || name.len() > 1000 {
            return parent;
        }
        let node = self.nodes.len();
        self.nodes.push(Node { name: name.to_owned(), parent, depth, ..Node::default() });
        self.nodes[parent].children.push(node);
        self.known.insert((parent, name.to_owned()), node);
        node
    }

    /// Every array of objects: its path and how many there are, in the order of the text. Several documents are one.
    #[must_use]
    pub fn repeats(&self) -> Vec<(String, u64)> {
        let several = (self.documents > 1 && self.nodes[0].objects == 0).then(|| (String::new(), self.documents));
        let arrays = (0..self.nodes.len()).filter(|node| self.nodes[*node].objects > 0);
        several.into_iter().chain(arrays.map(|node| (self.path(node), self.nodes[node].objects))).collect()
    }

    /// Something repeats in what was looked at.
    #[must_use]
    pub fn has_repeats(&self) -> bool {
        self.documents > 1 || self.nodes.iter().any(|node| node.objects > 0)
    }

    /// How many of how many values stand neither in these records nor beside each of them.
    #[must_use]
    pub fn outside(&self, selection: &Selection) -> (u64, u64) {
        let encloses = |node: usize| {
            let path = self.path(node);
            let below = |known: &String| known.strip_prefix(&*path).is_some_and(|rest| rest.starts_with('/'));
            selection.paths.iter().any(|known| path.is_empty() || below(known))
        };
        let is_beside = |node: usize| {
            let mut around = node;
            while around > 0 && self.nodes[around].objects == 0 && !encloses(around) {
                around = self.nodes[around].parent;
            }
            identifies(&self.nodes[node].name) && self.nodes[node].objects == 0 && encloses(around)
        };
        let mut inside = vec![false; self.nodes.len()];
        let (mut out, mut all) = (0, 0);
        for (at, node) in self.nodes.iter().enumerate() {
            inside[at] = (at > 0 && inside[node.parent]) || selection.paths.contains(&self.path(at));
            all += node.values;
            out += if node.values == 0 || inside[at] || is_beside(at) { 0 } else { node.values };
        }
        (out, all)
    }

    /// The records, by what repeats.
    #[must_use]
    pub fn records(&self) -> Selection {
        let weights = self.weights();
        let path = |node| self.path(node);
        if self.documents == 1 && self.nodes[0].objects == 0 && self.nodes[0].values == 0 {
            let kinds = self.first_kinds(&weights);
            let all: u64 = kinds.iter().map(|kind| weights[*kind]).sum();
            if all * 2 < weights[0] || kinds.is_empty() {
                return Selection { paths: vec![String::new()] };
            }
            let first = kinds.iter().copied().max_by_key(|kind| (weights[*kind], std::cmp::Reverse(*kind)));
            return match first {
                Some(first) if weights[first] * 100 >= all * ALONE => {
                    Selection { paths: vec![path(self.deeper(first, &weights))] }
                }
                _ => Selection { paths: kinds.into_iter().map(path).collect() },
            };
        }
        Selection { paths: vec![path(self.deeper(0, &weights))] }
    }

    /// The arrays that are reached from the root without another one and stand in the same object, where these weigh
    /// most.
    fn first_kinds(&self, weights: &[u64]) -> Vec<usize> {
        let mut groups: Vec<(u64, Vec<usize>)> = Vec::new();
        let mut places: HashMap<usize, usize> = HashMap::new();
        for node in self.arrays_below(0) {
            let at = *places.entry(self.nodes[node].parent).or_insert_with(|| {
                groups.push((0, Vec::new()));
                groups.len() - 1
            });
            groups[at].0 += weights[node];
            groups[at].1.push(node);
        }
        let heaviest = groups.into_iter().rev().max_by_key(|(weight, _)| *weight);
        heaviest.map(|(_, kinds)| kinds).unwrap_or_default()
    }

    /// On into an array inside this one, as long as it holds most and its objects have values of their own.
    fn deeper(&self, mut node: usize, weights: &[u64]) -> usize {
        while let Some(next) = self.arrays_below(node).into_iter().rev().max_by_key(|next| weights[*next])
            && weights[next] * 2 > weights[node]
            && self.own_values(next) >= OWN_VALUES
        {
            node = next;
        }
        node
    }

    /// The arrays of objects that are reached from here without another one.
    fn arrays_below(&self, node: usize) -> Vec<usize> {
        let mut found = Vec::new();
        let mut to_do: Vec<usize> = self.nodes[node].children.iter().rev().copied().collect();
        while let Some(node) = to_do.pop() {
            if self.nodes[node].objects > 0 {
                found.push(node);
            } else {
                to_do.extend(self.nodes[node].children.iter().rev());
            }
        }
        found
    }

    /// Different values of their own that the objects here have.
    fn own_values(&self, node: usize) -> usize {
        let mut count = 0;
        let mut to_do = self.nodes[node].children.clone();
        while let Some(node) = to_do.pop() {
            count += usize::from(self.nodes[node].values > 0);
            if self.nodes[node].objects == 0 {
                to_do.extend(&self.nodes[node].children);
            }
        }
        count
    }

    /// What each node weighs with all inside.
    fn weights(&self) -> Vec<u64> {
        let mut weights: Vec<u64> = self.nodes.iter().map(|node| node.weight).collect();
        for node in (1..self.nodes.len()).rev() {
            weights[self.nodes[node].parent] += weights[node];
        }
        weights
    }

    fn path(&self, mut node: usize) -> String {
        let mut names = Vec::new();
        while node > 0 {
            names.push(self.nodes[node].name.as_str());
            node = self.nodes[node].parent;
        }
        names.reverse();
        names.join("/")
    }
}

impl Selection {
    /// The records that a person asks for.
    #[must_use]
    pub fn at(path: &str) -> Self {
        Self { paths: vec![path.to_owned()] }
    }
}
