//! A record's tree → named values: nothing that holds a value is left out. Elements are fields by their path,
//! attributes too (`sense@n`); several of a name keep their places, so that the third author's name stands beside
//! the third author's address.

use std::collections::{HashMap, HashSet};

use super::names::{NameId, Names, ROOT};
use super::rules::{Rules, label};
use super::text::{is_prose, short, text};
use super::tree::{Kind, Tree, is_blank};

/// Fields inside fields are told apart so deep; what is deeper is the text of the last.
const DEEPEST: u32 = 8;
/// Empty values that are put in so that others keep their places: many kinds of many elements cost the product.
const MOST_PLACES: usize = 50_000;

/// The text of a record that stands in none of its elements.
pub const REST: &str = "rest";
/// What it is called where no element has that name.
const TEXT: &str = "text";

/// The fields of one record.
#[derive(Debug, Default)]
pub struct Found {
    pub names: Names,
    pub values: Vec<(NameId, String)>,
    /// Tags that left no trace in texts.
    pub tags: u64,
}

/// How a record's tree is read.
#[derive(Debug, Clone, Copy)]
pub struct How<'a> {
    pub rules: &'a Rules,
    /// Texts keep the tags inside them: the markup that the tree was made of.
    pub keep_tags: Option<&'a str>,
}

/// The fields of a record that is this element; of `None`, of the elements side by side that are one record.
#[must_use]
pub fn of(tree: &Tree, record: Option<usize>, how: How) -> Found {
    let mut reader = Reader { tree, how, record, found: Found::default() };
    match record {
        Some(record) => {
            reader.group(Some(record), ROOT);
            let own: HashSet<&str> =
                reader.found.values.iter().map(|(name, _)| reader.found.names.get(*name)).collect();
            let named = |name: &str| if own.contains(name) { format!("@{name}") } else { name.to_owned() };
            let attributes: Vec<_> =
                tree.attributes(record).iter().map(|(name, value)| (named(name), value.clone().into_owned())).collect();
            let found = &mut reader.found;
            let fields = attributes.into_iter().map(|(name, value)| (found.names.inside(ROOT, '/', &name), value));
            let fields: Vec<_> = fields.collect();
            reader.found.values.splice(0..0, fields);
            reader.beside(record);
        }
        None => reader.group(None, ROOT),
    }
    reader.found
}

/// How many values a tree holds: attributes, and texts between tags. Names of namespaces are none.
#[must_use]
pub fn count(tree: &Tree) -> u64 {
    let of = |at: usize| match tree.nodes[at].kind {
        Kind::Text(ref text) => u64::from(!is_blank(text)),
        Kind::Element { .. } => tree.attributes(at).iter().filter(|(name, value)| is_value(name, value)).count() as u64,
    };
    (0..tree.nodes.len()).map(of).sum()
}

/// An attribute that holds something of a person's, not a word from one program to another.
#[must_use]
pub fn is_value(name: &str, value: &str) -> bool {
    !is_for_programs(name) && !is_blank(value)
}

/// Where namespaces and schemas are named.
#[must_use]
pub fn is_for_programs(name: &str) -> bool {
    let name = name.rsplit(['@', '/']).next().unwrap_or(name);
    name == "xmlns"
        || name.starts_with("xmlns:")
        || ["xsi:schemaLocation", "xsi:noNamespaceSchemaLocation", "xsi:nil"]
            .iter()
            .any(|word| name.eq_ignore_ascii_case(word))
}

struct Reader<'t, 'a> {
    tree: &'t Tree<'t>,
    how: How<'a>,
    record: Option<usize>,
    found: Found,
}

impl Reader<'_, '_> {
    fn push(&mut self, name: NameId, value: String) {
        self.found.values.push((name, value));
    }

    /// What a broken end leaves beside the record's element is its own all the same.
    fn beside(&mut self, record: usize) {
        let tree = self.tree;
        for at in tree.children(None).filter(|at| *at != record) {
            if tree.is_element(at) {
                let field = self.found.names.inside(ROOT, '/', tree.name(at));
                self.element(at, field, None);
            } else if !is_blank(tree.text(at)) {
                let name = self.found.names.inside(ROOT, '/', REST);
                self.push(name, tree.text(at).trim().to_owned());
            }
        }
    }

    /// What stands in an element that `own` names: each element inside is a field, text between them is the field
    /// `own`; of the record itself, `text`.
    fn group(&mut self, of: Option<usize>, own: NameId) {
        let tree = self.tree;
        if is_prose(tree, of) {
            let value = self.text_of(of);
            let name = self.rest(of, own);
            self.push(name, value);
            return self.inner_attributes(tree.children(of).collect(), own);
        }
        let mut kinds: HashMap<&str, Vec<usize>> = HashMap::new();
        for child in tree.elements(of) {
            kinds.entry(tree.name(child)).or_default().push(child);
        }
        let mut running: Vec<usize> = Vec::new();
        for child in tree.elements(of) {
            let name = tree.name(child);
            if self.runs(child) {
                running.push(child);
            } else if let Some(key) = self.key(child) {
                self.keyed(child, own, &key);
            } else if kinds.get(name).is_none_or(|alike| alike.len() > 1) {
                // all of them where the first stands
                if let Some(alike) = kinds.remove(name) {
                    self.alike(&alike, own);
                }
            } else {
                let field = self.found.names.inside(own, '/', name);
                self.element(child, field, None);
            }
        }
        if !running.is_empty() {
            self.found.tags += running.iter().map(|at| self.tags(*at)).sum::<u64>();
            let value = match self.how.keep_tags {
                Some(_) => running.iter().map(|at| self.markup(*at)).collect::<Vec<_>>().join("\n"),
                None => text(tree, running.iter().copied(), false),
            };
            if !is_blank(&value) {
                let name = self.rest(of, own);
                self.push(name, value.trim().to_owned());
            }
            self.inner_attributes(running, own);
        }
        let words: Vec<&str> = tree.children(of).map(|at| tree.text(at)).filter(|text| !is_blank(text)).collect();
        if !words.is_empty() {
            let name = self.rest(of, own);
            let words: Vec<String> = words.into_iter().map(|text| text.trim_matches(['\n', '\r']).to_owned()).collect();
            self.push(name, words.join("\n"));
        }
    }

    /// The name of what stands in no element of `own`'s.
    fn rest(&mut self, of: Option<usize>, own: NameId) -> NameId {
        if own != ROOT {
            return own;
        }
        let is_taken = self.tree.elements(of).any(|at| self.tree.name(at) == TEXT);
        self.found.names.inside(ROOT, '/', if is_taken { REST } else { TEXT })
    }

    /// An element of running text, such as a sentence.
    fn runs(&self, at: usize) -> bool {
        self.how.rules.running.contains(self.tree.name(at))
    }

    /// The name that an element gives its field, where it does.
    fn key(&self, at: usize) -> Option<String> {
        let keyed = self.how.rules.keyed.get(self.tree.name(at))?;
        let (_, value) = self.tree.attributes(at).iter().find(|(name, _)| *name == keyed.key)?;
        label(value).map(str::to_owned)
    }

    fn keyed(&mut self, at: usize, own: NameId, key: &str) {
        let Some(keyed) = self.how.rules.keyed.get(self.tree.name(at)) else { return };
        let field = self.found.names.inside(own, '/', key);
        self.element(at, field, Some((&keyed.key, keyed.value.as_deref())));
    }

    /// Several elements of one name in one parent: what one of them lacks is empty there, so that values of different
    /// fields that belong together stand in the same place.
    fn alike(&mut self, all: &[usize], own: NameId) {
        let field = self.found.names.inside(own, '/', self.tree.name(all[0]));
        let mut each: Vec<Vec<(NameId, String)>> = Vec::with_capacity(all.len());
        for &at in all {
            let before = self.found.values.len();
            self.element(at, field, None);
            each.push(self.found.values.split_off(before));
        }
        let mut order: Vec<NameId> = Vec::new();
        let mut seen: HashSet<NameId> = HashSet::new();
        for (name, _) in each.iter().flatten() {
            if seen.insert(*name) {
                order.push(*name);
            }
        }
        if order.len() * all.len() > MOST_PLACES || order.len() <= 1 && each.iter().all(|one| one.len() == 1) {
            return self.found.values.extend(each.into_iter().flatten());
        }
        for one in each {
            let has: HashSet<NameId> = one.iter().map(|(name, _)| *name).collect();
            let lacks = order.iter().filter(|name| !has.contains(name)).map(|name| (*name, String::new()));
            let lacks: Vec<_> = lacks.collect();
            self.found.values.extend(one);
            self.found.values.extend(lacks);
        }
    }

    /// An element that is the field `field`; `key` are the attributes that hold its name and its value.
    fn element(&mut self, at: usize, field: NameId, key: Option<(&str, Option<&str>)>) {
        let tree = self.tree;
        let has_elements = tree.elements(Some(at)).next().is_some();
        let is_empty = !has_elements && tree.words(Some(at)) == 0;
        let mut has_value = false;
        for (name, value) in tree.attributes(at) {
            let name = match key {
                Some((key, _)) if key == *name => continue,
                Some((_, Some(known))) if known == *name && is_empty => field,
                _ => self.found.names.inside(field, '@', name),
            };
            has_value |= name == field || !is_for_programs(self.found.names.get(name));
            self.push(name, value.clone().into_owned());
        }
        if is_empty {
            if !has_value {
                self.push(field, String::new());
            }
            return;
        }
        if !has_elements {
            let value = self.text_of(Some(at));
            return self.push(field, value);
        }
        if self.found.names.depth(field) > DEEPEST {
            let value = self.text_of(Some(at));
            self.push(field, value);
            return self.inner_attributes(tree.children(Some(at)).collect(), field);
        }
        let segment = if self.how.rules.is_tmx && key.is_some() { self.segment(at) } else { None };
        if let Some(segment) = segment {
            return self.element(segment, field, None);
        }
        self.group(Some(at), field);
    }

    /// The only element with a text in one that is told apart by its language.
    fn segment(&self, at: usize) -> Option<usize> {
        let mut inside = self.tree.elements(Some(at));
        let segment = inside.next().filter(|at| self.tree.name(*at) == "seg")?;
        inside.next().is_none().then_some(segment)
    }

    /// The text of an element: as it is in what is called `text`, else without the spaces around it.
    fn text_of(&mut self, of: Option<usize>) -> String {
        let tree = self.tree;
        let has_elements = tree.elements(of).next().is_some();
        if has_elements {
            self.found.tags += tree.elements(of).map(|at| self.tags(at)).sum::<u64>();
        }
        let whole = match (of, self.how.keep_tags) {
            (Some(at), Some(_)) if has_elements => self.markup(at),
            _ => text(tree, tree.children(of), is_prose(tree, of)),
        };
        let is_record = of == self.record;
        match of.map(|at| tree.name(at)) {
            Some(TEXT) => whole,
            _ if is_record => without_layout(&whole).to_owned(),
            _ if has_elements => short(&whole),
            _ => whole.trim_matches(|char: char| char.is_whitespace() || char == '\u{feff}').to_owned(),
        }
    }

    /// What stands between an element's tags, its tags kept.
    fn markup(&self, at: usize) -> String {
        match (&self.tree.nodes[at].kind, self.how.keep_tags) {
            (Kind::Element { inner: (from, to), .. }, Some(markup)) => {
                htmlize::unescape(markup.get(*from..*to).unwrap_or_default()).into_owned()
            }
            _ => String::new(),
        }
    }

    /// The tags of an element and of those in it.
    fn tags(&self, at: usize) -> u64 {
        let inside = (at..self.tree.nodes[at].end).filter(|at| self.tree.is_element(*at));
        inside.map(|at| if self.tree.nodes[at].is_empty { 1 } else { 2 }).sum()
    }

    /// The attributes of elements whose text is part of another's: fields by their path, in which each element has
    /// its place.
    fn inner_attributes(&mut self, nodes: Vec<usize>, own: NameId) {
        let tree = self.tree;
        let mut elements: Vec<(usize, NameId)> = Vec::new();
        for node in nodes {
            let mut around: Vec<(usize, NameId)> = Vec::new();
            for at in (node..tree.nodes[node].end).filter(|at| tree.is_element(*at)) {
                while around.last().is_some_and(|(end, _)| *end <= at) {
                    around.pop();
                }
                let inside = around.last().map_or(own, |(_, name)| *name);
                let is_deep = self.found.names.depth(inside) > DEEPEST;
                let name = if is_deep { inside } else { self.found.names.inside(inside, '/', tree.name(at)) };
                elements.push((at, name));
                around.push((tree.nodes[at].end, name));
            }
        }
        // of each kind of element, the attributes that any of it has
        let mut kinds: HashMap<NameId, (usize, Vec<NameId>)> = HashMap::new();
        let mut known: HashSet<NameId> = HashSet::new();
        for (at, name) in &elements {
            let kind = kinds.entry(*name).or_default();
            kind.0 += 1;
            for (key, _) in tree.attributes(*at) {
                let field = self.found.names.inside(*name, '@', key);
                if known.insert(field) {
                    kind.1.push(field);
                }
            }
        }
        for (at, name) in elements {
            let (count, fields) = &kinds[&name];
            let fills = count * fields.len() <= MOST_PLACES;
            let mut has: HashSet<NameId> = HashSet::new();
            for (key, value) in tree.attributes(at) {
                let field = self.found.names.inside(name, '@', key);
                has.insert(field);
                self.found.values.push((field, value.clone().into_owned()));
            }
            if fills {
                let lacks = fields.iter().filter(|field| !has.contains(field));
                self.found.values.extend(lacks.map(|field| (*field, String::new())));
            }
        }
    }
}

/// Without the spaces at its ends that stand there for the sake of the source's lines.
fn without_layout(text: &str) -> &str {
    let begun = text.trim_start();
    let text = if text[..text.len() - begun.len()].contains('\n') { begun } else { text };
    let ended = text.trim_end();
    if text[ended.len()..].contains('\n') { ended } else { text }
}
