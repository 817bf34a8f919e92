//! The beginning of a source file, as formats look at it to recognise their own.

use std::borrow::Cow;

use crate::engine::records::markup::outline::name;
use crate::engine::records::markup::start_tag::{self, Ends};
use crate::engine::records::signs::{BYTE_ORDER_MARK, is_blank};

/// So much of a file's beginning is looked at.
pub const LENGTH: usize = 256 << 10;
/// The longest start tag that is looked at…
const LONGEST_TAG: usize = 16 << 10;
/// …and after many that never end, the longest from there on.
const SHORT_TAG: usize = 512;
const MANY_BROKEN: u32 = 20;

/// The decoded beginning of a source file.
#[derive(Debug, Clone, Copy)]
pub struct Head<'a> {
    pub text: &'a str,
    /// Nothing follows.
    pub is_all: bool,
}

/// A start tag in it.
pub struct Start<'a> {
    pub name: &'a str,
    pub attributes: Vec<(Cow<'a, str>, &'a str)>,
    /// What follows it.
    pub rest: &'a str,
}

impl Start<'_> {
    #[must_use]
    pub fn has(&self, attribute: &str) -> bool {
        self.attributes.iter().any(|(name, _)| name == attribute)
    }
}

impl<'a> Head<'a> {
    #[must_use]
    pub fn new(text: &'a str, is_all: bool) -> Self {
        let is_all = is_all && text.len() <= LENGTH;
        let text = text.trim_start_matches(BYTE_ORDER_MARK);
        Self { text: &text[..text.floor_char_boundary(LENGTH)], is_all }
    }

    /// The text from its first character that is no space.
    #[must_use]
    pub fn begin(&self) -> &'a str {
        self.text.trim_start_matches(is_blank)
    }

    /// The start tags of this element, the first `most`.
    pub fn starts(&self, element: &'static str, most: usize) -> impl Iterator<Item = Start<'a>> {
        let most = if self.mentions(element) { most } else { 0 };
        self.tags().filter(move |start| start.name.eq_ignore_ascii_case(element)).take(most)
    }

    /// The element's name stands behind a `<`: where it does not, no tag has to be read to know it.
    fn mentions(&self, element: &str) -> bool {
        let bytes = self.text.as_bytes();
        memchr::memchr_iter(b'<', bytes).any(|at| {
            let name = bytes.get(at + 1..at + 1 + element.len());
            name.is_some_and(|name| name.eq_ignore_ascii_case(element.as_bytes()))
        })
    }

    /// All start tags, comments passed over.
    pub fn tags(&self) -> impl Iterator<Item = Start<'a>> {
        let (mut rest, mut broken, mut comments_end, mut ends) = (self.text, 0, true, Ends::default());
        std::iter::from_fn(move || {
            loop {
                rest = &rest[memchr::memchr(b'<', rest.as_bytes())?..];
                if let Some(comment) = rest.strip_prefix("<!--") {
                    let behind = comments_end.then(|| comment.split_once("-->")).flatten();
                    comments_end &= behind.is_some();
                    rest = behind.map_or(comment, |(_, rest)| rest);
                    continue;
                }
                let (found, from) = (name(&rest[1..]), &rest[1..]);
                let most = if broken < MANY_BROKEN { LONGEST_TAG } else { SHORT_TAG };
                let tag = &rest[..rest.floor_char_boundary(most)];
                rest = from;
                let at = self.text.len() - from.len() - 1;
                if found.is_empty() || !ends.is_near(self.text, at, most) {
                    continue;
                }
                if let Some(tag) = start_tag::parse(tag) {
                    rest = &from[tag.extent.length - 1..];
                    return Some(Start { name: found, attributes: tag.attributes, rest });
                }
                broken += 1;
            }
        })
    }

    /// The file says that it is XML: at its beginning, or behind a few lines that something has put before it.
    #[must_use]
    pub fn declares_xml(&self) -> bool {
        let begin = self.begin();
        let near = &begin[..begin.floor_char_boundary(4 << 10)];
        let is_declaration = |at: usize| near[at..].starts_with("<?xml ") || near[at..].starts_with("<?xml\t");
        if begin.starts_with('<') {
            return is_declaration(0);
        }
        let mut places = memchr::memmem::find_iter(near.as_bytes(), b"<?xml");
        places.any(|at| is_declaration(at) && near[..at].ends_with('\n') && !near[..at].contains('<'))
    }

    /// The first element, prolog and comments passed over: the root, where there is one.
    #[must_use]
    pub fn root(&self) -> Option<Start<'a>> {
        (self.begin().starts_with('<') || self.declares_xml()).then(|| self.tags().next()).flatten()
    }
}

/// The name of the element that begins at once, spaces apart; empty where none does.
#[must_use]
pub fn next_element(text: &str) -> &str {
    text.trim_start().strip_prefix('<').map_or("", name)
}
