//! The elements and texts of one record, as XML has them: in the order of the source, each with who is around it.

use std::borrow::Cow;
use std::collections::HashMap;

use super::entities::{Amiss, Entities};
use super::token::{self, Start, Token, Unended};
use crate::engine::records::markup::line_breaks;
use crate::engine::records::markup::newlines::lines_to_lf;
use crate::engine::records::markup::tidy::Rules;

/// Elements and texts of one record that are told apart; what follows is text of the last. Some 10 MB.
const MOST_NODES: usize = 200_000;

/// A record's tree. A node's descendants stand right behind it.
#[derive(Debug, Default)]
pub struct Tree<'a> {
    pub nodes: Vec<Node<'a>>,
    /// Attributes of all elements, in their order.
    attributes: Vec<(&'a str, Cow<'a, str>)>,
    pub seen: Seen,
}

/// An element or a text.
#[derive(Debug)]
pub struct Node<'a> {
    pub kind: Kind<'a>,
    /// The element around it.
    pub parent: Option<usize>,
    /// Behind its last descendant.
    pub end: usize,
    /// `<a/>`
    pub is_empty: bool,
    /// Where it begins in the source.
    from: usize,
    /// Its end tag was seen, or none was due.
    is_closed: bool,
}

/// What a node is.
#[derive(Debug)]
pub enum Kind<'a> {
    Element {
        /// As written.
        name: &'a str,
        /// Where its attributes stand in the list of all.
        attributes: (usize, usize),
        /// What stands between its tags, in the source.
        inner: (usize, usize),
    },
    /// Without its references.
    Text(Cow<'a, str>),
}

/// What was passed over, mended or not understood.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Seen {
    pub comments: u64,
    pub broken: u64,
    pub repaired: u64,
    /// Elements that were never closed.
    pub unclosed: u64,
    /// End tags that close nothing.
    pub strays: u64,
    pub too_many: bool,
    pub amiss: Amiss,
}

impl<'a> Tree<'a> {
    /// The tree of a whole piece of markup.
    #[must_use]
    pub fn of(markup: &'a str, entities: &Entities) -> Self {
        Self::build(markup, entities, true)
    }

    /// As [`Tree::of`], of a text that goes on: what is open at its end is no fault.
    #[must_use]
    pub fn of_beginning(markup: &'a str, entities: &Entities) -> Self {
        Self::build(markup, entities, false)
    }

    fn build(markup: &'a str, entities: &Entities, is_all: bool) -> Self {
        let mut builder = Builder { tree: Self::default(), open: Vec::new(), names: HashMap::new(), entities, markup };
        let (mut at, mut unended) = (0, Unended::default());
        while let Some((token, length)) = token::next(&markup[at..], true, &mut unended) {
            if builder.tree.nodes.len() >= MOST_NODES {
                builder.rest(at);
                at = markup.len();
                break;
            }
            builder.take(token, at, at + length);
            at += length;
        }
        while let Some(open) = builder.open.pop() {
            builder.close(open, at, !is_all);
        }
        if builder.tree.seen.unclosed > 0 {
            builder.tree.settle();
        }
        builder.tree
    }

    /// An element without an end tag ends where its next sibling begins: at the first element inside it that is
    /// not part of a line of text. What follows stands beside it.
    fn settle(&mut self) {
        // of an element that has ended so, the next one around it that has not
        let mut around: Vec<Option<Option<usize>>> = vec![None; self.nodes.len()];
        for at in 0..self.nodes.len() {
            let is_sibling = self.is_element(at) && !line_breaks::is_within_line(self.name(at), Rules::Sgml);
            let (mut parent, mut passed) = (self.nodes[at].parent, Vec::new());
            while let Some(of) = parent {
                match around[of] {
                    Some(further) => parent = further,
                    None if is_sibling && !self.nodes[of].is_closed => {
                        let from = self.nodes[at].from;
                        if let Kind::Element { inner, .. } = &mut self.nodes[of].kind {
                            inner.1 = from.max(inner.0);
                        }
                        parent = self.nodes[of].parent;
                    }
                    None => break,
                }
                passed.push(of);
            }
            for of in passed {
                around[of] = Some(parent);
            }
            self.nodes[at].parent = parent;
            self.nodes[at].end = at + 1;
        }
        for at in (0..self.nodes.len()).rev() {
            if let Some(parent) = self.nodes[at].parent {
                self.nodes[parent].end = self.nodes[parent].end.max(self.nodes[at].end);
            }
        }
    }

    /// An element's attributes, entities decoded.
    #[must_use]
    pub fn attributes(&self, at: usize) -> &[(&'a str, Cow<'a, str>)] {
        match self.nodes[at].kind {
            Kind::Element { attributes: (from, to), .. } => &self.attributes[from..to],
            Kind::Text(_) => &[],
        }
    }

    /// An element's name; empty for a text.
    #[must_use]
    pub fn name(&self, at: usize) -> &'a str {
        match self.nodes[at].kind {
            Kind::Element { name, .. } => name,
            Kind::Text(_) => "",
        }
    }

    /// The nodes directly inside this one; of `None`, those in nothing.
    pub fn children(&self, of: Option<usize>) -> impl Iterator<Item = usize> {
        let (mut at, end) = of.map_or((0, self.nodes.len()), |of| (of + 1, self.nodes[of].end));
        std::iter::from_fn(move || {
            let child = (at < end).then_some(at)?;
            at = self.nodes[child].end;
            Some(child)
        })
    }

    /// The elements directly inside this one.
    pub fn elements(&self, of: Option<usize>) -> impl Iterator<Item = usize> {
        self.children(of).filter(|at| self.is_element(*at))
    }

    #[must_use]
    pub fn is_element(&self, at: usize) -> bool {
        matches!(self.nodes[at].kind, Kind::Element { .. })
    }

    /// Its end tag was seen, or it is `<a/>`.
    #[must_use]
    pub fn is_closed(&self, at: usize) -> bool {
        self.nodes[at].is_closed
    }

    /// A text's characters; empty for an element.
    #[must_use]
    pub fn text(&self, at: usize) -> &str {
        match &self.nodes[at].kind {
            Kind::Text(text) => text,
            Kind::Element { .. } => "",
        }
    }

    /// The texts directly inside that are not blank.
    #[must_use]
    pub fn words(&self, of: Option<usize>) -> usize {
        self.children(of).filter(|at| !is_blank(self.text(*at))).count()
    }
}

/// Nothing but spaces, or characters that no file of output holds.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|char| char.is_whitespace() || char.is_control() || char == '\u{feff}')
}

struct Builder<'a, 'e> {
    tree: Tree<'a>,
    /// Elements that are open, by their nodes.
    open: Vec<usize>,
    /// How many of a name are open.
    names: HashMap<&'a str, usize>,
    entities: &'e Entities,
    markup: &'a str,
}

impl<'a> Builder<'a, '_> {
    fn take(&mut self, token: Token<'a>, from: usize, to: usize) {
        match token {
            Token::Start(start) => self.start(&start, from, to),
            Token::End(name) => self.end(name, from),
            Token::Text(text) => {
                let text = self.entities.decode(text, &mut self.tree.seen.amiss);
                self.text(text, from);
            }
            Token::Cdata(text) => self.text(lines_to_lf(text), from),
            Token::Broken => {
                self.tree.seen.broken += 1;
                self.text(Cow::Borrowed("<"), from);
            }
            Token::Comment | Token::Instruction => self.tree.seen.comments += 1,
            Token::Doctype(_) => {}
        }
    }

    fn start(&mut self, start: &Start<'a>, begins: usize, to: usize) {
        let from = self.tree.attributes.len();
        for (name, value) in start.attributes() {
            let value = self.entities.decode(value, &mut self.tree.seen.amiss);
            self.tree.attributes.push((name, value));
        }
        self.tree.seen.repaired += u64::from(start.repaired);
        let attributes = (from, self.tree.attributes.len());
        let kind = Kind::Element { name: start.name, attributes, inner: (to, to) };
        let at = self.node(kind, begins, start.is_empty);
        if !start.is_empty {
            self.open.push(at);
            *self.names.entry(start.name).or_default() += 1;
        }
    }

    /// Closes the innermost element of this name; those inside it were never closed.
    fn end(&mut self, name: &str, from: usize) {
        if self.names.get(name).is_none_or(|open| *open == 0) {
            let alike = self.open.iter().rev().take(32).find(|at| self.tree.name(**at).eq_ignore_ascii_case(name));
            match alike.map(|at| self.tree.name(*at)) {
                Some(name) => self.end(name, from),
                None => self.tree.seen.strays += 1,
            }
            return;
        }
        while let Some(at) = self.open.pop() {
            let is_it = self.tree.name(at) == name;
            self.close(at, from, is_it);
            if is_it {
                return;
            }
        }
    }

    fn close(&mut self, at: usize, from: usize, is_closed: bool) {
        let end = self.tree.nodes.len();
        let node = &mut self.tree.nodes[at];
        (node.end, node.is_closed) = (end, is_closed);
        self.tree.seen.unclosed += u64::from(!is_closed);
        if let Kind::Element { name, inner, .. } = &mut node.kind {
            inner.1 = from;
            if let Some(open) = self.names.get_mut(*name) {
                *open -= 1;
            }
        }
    }

    fn text(&mut self, text: Cow<'a, str>, from: usize) {
        if text.is_empty() {
            return;
        }
        let parent = self.open.last().copied();
        if let Some(last) = self.tree.nodes.last_mut()
            && last.parent == parent
            && let Kind::Text(known) = &mut last.kind
        {
            known.to_mut().push_str(&text);
            return;
        }
        self.node(Kind::Text(text), from, true);
    }

    fn node(&mut self, kind: Kind<'a>, from: usize, is_closed: bool) -> usize {
        let at = self.tree.nodes.len();
        let parent = self.open.last().copied();
        self.tree.nodes.push(Node { kind, parent, end: at + 1, is_empty: is_closed, from, is_closed });
        at
    }

    /// What follows `at` without its tags is text of the element that is open.
    fn rest(&mut self, at: usize) {
        self.tree.seen.too_many = true;
        let mut rest = String::new();
        let (mut at, mut unended) = (at, Unended::default());
        while let Some((token, length)) = token::next(&self.markup[at..], true, &mut unended) {
            match token {
                Token::Text(text) => rest += &self.entities.decode(text, &mut self.tree.seen.amiss),
                Token::Cdata(text) => rest += text,
                Token::Broken => rest.push('<'),
                Token::Start(start) => {
                    for (_, value) in start.attributes() {
                        rest.push(' ');
                        rest += &self.entities.decode(value, &mut self.tree.seen.amiss);
                    }
                    rest.push(' ');
                }
                _ => {}
            }
            at += length;
        }
        self.text(Cow::Owned(rest), self.markup.len());
    }
}
