//! What the names of a file mean beyond XML's rules, as its beginning shows: which elements make up running text,
//! and which are told apart by an attribute.

use std::collections::{HashMap, HashSet};

/// What names mean in a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rules {
    /// Elements that make up running text: sentences, paragraphs, words.
    pub running: HashSet<String>,
    /// Elements that are fields of the name that one of their attributes holds.
    pub keyed: HashMap<String, Keyed>,
    /// TMX: the segment of a language is named as its language.
    pub is_tmx: bool,
}

/// By which attribute elements are told apart, and which one holds the value, where one does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keyed {
    pub key: String,
    pub value: Option<String>,
}

/// Attributes that hold a field's name, and those that hold its value.
const KEYS: [&str; 7] = ["att", "attr", "attribute", "name", "key", "k", "property"];
const VALUES: [&str; 4] = ["val", "value", "content", "v"];

/// Elements that may be paragraphs, sentences, words or what holds them.
const RUNNING: [&str; 13] = ["p", "s", "w", "seg", "ab", "l", "lg", "div", "pc", "c", "u", "sp", "sec"];

/// The longest name that an attribute gives a field.
pub const LONGEST_LABEL: usize = 80;
/// Names that one kind of element may give: with more it is no field's name that tells them apart.
const MOST_LABELS: usize = 200;

impl Rules {
    /// True for an element that may be running text, whatever its prefix.
    #[must_use]
    pub fn may_run(name: &str) -> bool {
        let local = name.rsplit(':').next().unwrap_or_default();
        RUNNING.iter().any(|known| known.eq_ignore_ascii_case(local))
    }
}

/// A value as the name of a field: words, no numbers.
#[must_use]
pub fn label(value: &str) -> Option<&str> {
    let value = value.trim();
    let begins = value.starts_with(|char: char| char.is_alphabetic() || char == '_');
    let is_label = begins && value.len() <= LONGEST_LABEL && !value.contains(['\n', '@']);
    is_label.then_some(value)
}

/// What the attributes of the elements of one name say, gathered while a file's beginning is looked at.
#[derive(Debug, Clone, Default)]
pub struct KeyCount {
    elements: usize,
    /// Of each attribute: values that may be names with how often they stand, and how many values are none.
    values: HashMap<String, (HashMap<String, usize>, usize)>,
    /// Of each attribute: parents in which a value stands twice.
    doubles: HashMap<String, usize>,
    /// Parents in which several of the name stand.
    several: usize,
    has_text: bool,
    has_elements: bool,
}

/// Elements that are told apart by their name in every dialect that has them (Solr, `MySQL`).
const NAMED: [&str; 5] = ["field", "column", "property", "str", "param"];

impl KeyCount {
    /// All elements of one name inside one parent: the attributes of each, and whether any holds words or elements.
    pub fn add(&mut self, siblings: &[Vec<(&str, &str)>], has_text: bool, has_elements: bool) {
        self.elements += siblings.len();
        self.several += usize::from(siblings.len() > 1);
        self.has_text |= has_text;
        self.has_elements |= has_elements;
        let mut seen: HashSet<(&str, &str)> = HashSet::new();
        let mut doubled: HashSet<&str> = HashSet::new();
        for (name, value) in siblings.iter().flatten() {
            let counted = self.values.entry((*name).to_owned()).or_default();
            match label(value) {
                Some(label) if counted.0.len() <= MOST_LABELS || counted.0.contains_key(label) => {
                    *counted.0.entry(label.to_owned()).or_default() += 1;
                }
                _ => counted.1 += 1,
            }
            if !seen.insert((name, value)) {
                doubled.insert(name);
            }
        }
        for name in doubled {
            *self.doubles.entry(name.to_owned()).or_default() += 1;
        }
    }

    /// The attribute that tells the elements of this name apart, if one does.
    #[must_use]
    pub fn keyed(&self, element: &str) -> Option<Keyed> {
        let is_on_all = |name: &str| {
            self.values.get(name).is_some_and(|(labels, others)| {
                *others == 0 && labels.values().sum::<usize>() == self.elements && labels.len() <= MOST_LABELS
            })
        };
        let mut names: Vec<&str> = self.values.keys().map(String::as_str).collect();
        names.sort_unstable();
        let known = |list: &[&str], name: &str| list.iter().any(|known| known.eq_ignore_ascii_case(name));
        let value = names.iter().find(|name| known(&VALUES, name)).map(|name| (*name).to_owned());
        // names have to come again, or else be few
        let comes_again = |name: &str| {
            let labels = &self.values[name].0;
            let is_few = labels.len() <= 12 && (value.is_some() || !self.has_elements);
            labels.len() * 2 <= self.elements || is_few || NAMED.contains(&element)
        };
        let by_name = KEYS.iter().find_map(|key| names.iter().find(|name| name.eq_ignore_ascii_case(key)));
        if let Some(&key) = by_name.filter(|key| is_on_all(key)) {
            let holds = value.is_some() || self.has_text || self.has_elements || NAMED.contains(&element);
            if holds && comes_again(key) {
                return Some(Keyed { key: key.to_owned(), value });
            }
        }
        // any other attribute that tells all siblings apart, with words that come again
        let tells = |name: &&&str| {
            let labels = &self.values[**name].0;
            !name.starts_with("xmlns")
                && !name.contains("lang")
                && is_on_all(name)
                && !self.doubles.contains_key(**name)
                && labels.len() < self.elements
                && labels.len() > 1
        };
        let key = names.iter().find(tells).filter(|_| self.several > 0 && self.has_text && !self.has_elements)?;
        Some(Keyed { key: (*key).to_owned(), value: None })
    }
}
