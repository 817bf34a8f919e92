//! The elements inside a record, as they stand: names, places, who is inside whom. One pass, linear,
//! and forgiving: an element that is never closed is an empty one, a stray end tag closes nothing.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use memchr::{memchr, memmem};

use super::start_tag::{self, Ends};

/// More elements in a record are not told apart.
const MOST_ELEMENTS: usize = 100_000;
/// A start tag is no longer than this…
const LONGEST_TAG: usize = 16 << 10;
/// …and after many that never end, than this.
const SHORT_TAG: usize = 512;
const MANY_BROKEN: u32 = 100;

/// One element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element<'a> {
    /// As written.
    pub name: &'a str,
    /// Names in lower case, values as written.
    pub attributes: Vec<(Cow<'a, str>, &'a str)>,
    /// Between its tags.
    pub inner: Range<usize>,
    /// From `<` of its start tag to behind `>` of its end tag.
    pub outer: Range<usize>,
    /// The element around it, by its place in the list.
    pub parent: Option<usize>,
    /// Its end tag was seen, or it is `<empty/>`.
    pub is_closed: bool,
}

/// The elements of a text, in the order of their start tags.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outline<'a> {
    pub elements: Vec<Element<'a>>,
    /// End tags that close nothing: names, and where they stand.
    pub strays: Vec<(&'a str, Range<usize>)>,
    /// Not all elements were told apart.
    pub too_many: bool,
}

impl<'a> Outline<'a> {
    #[must_use]
    pub fn of(text: &'a str) -> Self {
        let mut outline = Self::unsettled(text);
        outline.move_up();
        outline
    }

    fn unsettled(text: &'a str) -> Self {
        let mut outline = Self::default();
        let mut open = Open::default();
        let (mut at, mut broken, mut missing, mut ends) = (0, 0, Missing::default(), Ends::default());
        while let Some(found) = memchr(b'<', &text.as_bytes()[at..]) {
            let start = at + found;
            let rest = &text[start..];
            at = match kind(rest, &mut missing) {
                Kind::Text => start + 1,
                Kind::Skip(length) => start + length,
                Kind::End(name, length) => {
                    let end = start..start + length;
                    match open.close(name) {
                        Some(at) => {
                            outline.elements[at].inner.end = end.start;
                            outline.elements[at].outer.end = end.end;
                            outline.elements[at].is_closed = true;
                        }
                        None => outline.strays.push((name, end)),
                    }
                    start + length
                }
                Kind::Start(_) if outline.elements.len() == MOST_ELEMENTS => {
                    outline.too_many = true;
                    break;
                }
                Kind::Start(name) => {
                    let most = if broken < MANY_BROKEN { LONGEST_TAG } else { SHORT_TAG };
                    let near = ends.is_near(text, start, most);
                    let parsed = near.then(|| start_tag::parse(&rest[..rest.floor_char_boundary(most)]));
                    let Some(tag) = parsed.flatten() else {
                        broken += u32::from(near);
                        at = start + 1;
                        continue;
                    };
                    let end = start + tag.extent.length;
                    let (attributes, parent) = (tag.attributes, open.innermost());
                    let is_closed = text[..end].ends_with("/>");
                    outline.elements.push(Element {
                        name,
                        attributes,
                        inner: end..end,
                        outer: start..end,
                        parent,
                        is_closed,
                    });
                    open.push(name, is_closed);
                    end
                }
            };
        }
        outline
    }

    /// What stands inside elements that were never closed belongs to whom they stand in.
    fn move_up(&mut self) {
        for at in 0..self.elements.len() {
            if let Some(parent) = self.elements[at].parent.filter(|parent| !self.elements[*parent].is_closed) {
                self.elements[at].parent = self.elements[parent].parent; // settled, for it stands before
            }
        }
    }

    /// The elements that stand directly in the text, and in each of the elements.
    #[must_use]
    pub fn children(&self) -> (Vec<usize>, Vec<Vec<usize>>) {
        let (mut top, mut inside) = (Vec::new(), vec![Vec::new(); self.elements.len()]);
        for (at, element) in self.elements.iter().enumerate() {
            element.parent.map_or(&mut top, |parent| &mut inside[parent]).push(at);
        }
        (top, inside)
    }
}

/// The elements that are open while a text is gone through.
#[derive(Default)]
struct Open {
    stack: Vec<(usize, String)>,
    /// How many of a name are open.
    names: HashMap<String, usize>,
    /// Elements so far.
    count: usize,
}

impl Open {
    fn innermost(&self) -> Option<usize> {
        self.stack.last().map(|(at, _)| *at)
    }

    fn push(&mut self, name: &str, is_empty: bool) {
        if !is_empty {
            let name = name.to_ascii_lowercase();
            self.stack.push((self.count, name.clone()));
            *self.names.entry(name).or_default() += 1;
        }
        self.count += 1;
    }

    /// Closes the innermost of this name; those inside it were never closed.
    fn close(&mut self, name: &str) -> Option<usize> {
        let name = name.to_ascii_lowercase();
        if self.names.get(&name).is_none_or(|open| *open == 0) {
            return None;
        }
        while let Some((at, open)) = self.stack.pop() {
            if let Some(count) = self.names.get_mut(&open) {
                *count -= 1;
            }
            if open == name {
                return Some(at);
            }
        }
        None
    }
}

/// Ends that are looked for but nowhere to be found, so that each is looked for once.
#[derive(Default)]
struct Missing {
    comment: bool,
    cdata: bool,
    instruction: bool,
}

enum Kind<'a> {
    Start(&'a str),
    End(&'a str, usize),
    /// A comment, CDATA section, declaration or instruction, so many bytes long.
    Skip(usize),
    Text,
}

fn kind<'a>(rest: &'a str, missing: &mut Missing) -> Kind<'a> {
    let skip = |end: &str, from: usize, missing: &mut bool| {
        let found = (!*missing).then(|| memmem::find(&rest.as_bytes()[from..], end.as_bytes())).flatten();
        *missing = found.is_none();
        found.map_or(Kind::Text, |at| Kind::Skip(at + from + end.len()))
    };
    match rest.as_bytes().get(1) {
        Some(b'!') if rest.starts_with("<!--") => skip("-->", 4, &mut missing.comment),
        Some(b'!') if rest.starts_with("<![CDATA[") => skip("]]>", 9, &mut missing.cdata),
        Some(b'?') => skip("?>", 2, &mut missing.instruction),
        Some(b'/') => {
            let name = name(&rest[2..]);
            match rest[2 + name.len()..].trim_start().strip_prefix('>') {
                Some(behind) if !name.is_empty() => Kind::End(name, rest.len() - behind.len()),
                _ => Kind::Text,
            }
        }
        _ => match name(&rest[1..]) {
            "" => Kind::Text,
            name => Kind::Start(name),
        },
    }
}

/// The element's name at the beginning of `text`, empty where there is none.
#[must_use]
pub fn name(text: &str) -> &str {
    let is_first = |char: char| char.is_alphabetic() || char == '_';
    if !text.starts_with(is_first) {
        return "";
    }
    let end = text.find(|char: char| !(char.is_alphanumeric() || "_-.:".contains(char))).unwrap_or(text.len());
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(text: &str) -> Vec<(&str, &str, Option<usize>)> {
        let outline = Outline::of(text);
        outline.elements.iter().map(|e| (e.name, &text[e.inner.clone()], e.parent)).collect()
    }

    #[test]
    fn elements_know_their_content_and_who_is_around_them() {
        assert_eq!(
            tree("<A x=1>t<b>u</B><c/></a><!-- <d> --><E>v</E >"),
            [("A", "t<b>u</B><c/>", None), ("b", "u", Some(0)), ("c", "", Some(0)), ("E", "v", None)]
        );
    }

    #[test]
    fn element_never_closed_is_empty() {
        assert_eq!(
            tree("<p>a<q>b</q><r><s>c</s>"),
            [("p", "", None), ("q", "b", None), ("r", "", None), ("s", "c", None)]
        );
        assert_eq!(
            tree("<a><p>x<b>y</b></a><c></c>"),
            [("a", "<p>x<b>y</b>", None), ("p", "", Some(0)), ("b", "y", Some(0)), ("c", "", None)]
        );
    }

    #[test]
    fn stray_end_tag_closes_nothing() {
        let outline = Outline::of("x </DOCNO><a>y</b></a>");
        assert_eq!(outline.strays, [("DOCNO", 2..10), ("b", 14..18)]);
        assert_eq!(outline.elements.len(), 1);
    }

    /// Were the work to grow with the square of the length, this would not end.
    #[test]
    fn hostile_markup_is_told_apart_up_to_the_most_elements() {
        const TIMES: usize = 200_000;
        let cases = [
            ("<a ", 0, 0),
            ("<a b=\"", 0, 0),
            ("<a>", MOST_ELEMENTS, 0),
            ("<a></b>", MOST_ELEMENTS, MOST_ELEMENTS),
            ("</a>", 0, TIMES),
            ("<a><b></a>", MOST_ELEMENTS, 0),
            ("<!--", 0, 0),
            ("<![CDATA[", 0, 0),
            ("<?", 0, 0),
        ];
        for (piece, elements, strays) in cases {
            let text = piece.repeat(TIMES);
            let outline = Outline::of(&text);
            assert_eq!((outline.elements.len(), outline.strays.len()), (elements, strays), "{piece}");
            assert_eq!(outline.too_many, elements == MOST_ELEMENTS, "{piece}");
            let last = outline.elements.last().map_or("", |element| &text[element.inner.clone()]);
            assert_eq!(last, "", "{piece}: the last one is never closed");
        }
    }
}
