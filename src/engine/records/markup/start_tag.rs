//! The start tag of a record: where it ends, and its attributes as they stand in the source.
//!
//! HTML5's rules, with one repair: WikiExtractor writes titles raw, so quotes may stand inside a
//! quoted value (`title=""Weird Al" Yankovic"`). A closing quote counts only where a closing quote
//! can stand: before the tag's end, or before a next attribute.

use std::borrow::Cow;

use super::attributes::Attributes;

/// A start tag, from `<` to `>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartTag<'a> {
    /// Names in lower case with their values as written (entities not decoded), in source order.
    pub attributes: Vec<(Cow<'a, str>, &'a str)>,
    pub extent: Extent,
}

/// What is known of a start tag but its attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    /// Bytes from `<` to behind `>`.
    pub length: usize,
    /// Quotes inside a value, or a missing closing quote, were repaired.
    pub repaired: bool,
}

/// Further attributes of a tag are not told apart: looking for doubles costs the square of their number.
const MOST_ATTRIBUTES: usize = 1000;

/// Reads the start tag at the beginning of `text`, which starts with `<` and a name; `None` where the text
/// ends inside the tag.
#[must_use]
pub fn parse(text: &str) -> Option<StartTag<'_>> {
    let mut attributes = Vec::new();
    parse_into(text, &mut attributes).map(|extent| StartTag { attributes, extent })
}

/// As [`parse`]; of a tag that the text ends in, some attributes may be put down.
pub fn parse_into<'a>(text: &'a str, attributes: &mut impl Attributes<'a>) -> Option<Extent> {
    let mut scan = Scan { text, at: 1, repaired: false, foreseen: None };
    scan.skip(|byte| !is(byte, SPACE | SLASH | END));
    loop {
        // most tags have the attributes of the one before
        if let Some((length, quote)) = scan.foreseen.take().or_else(|| scan.foresee(attributes.expected(0))) {
            scan.at += length;
            let value = scan.quoted(quote, attributes.expected(1))?;
            if !attributes.add_expected(value) {
                scan.foreseen = None;
            }
            continue;
        }
        scan.skip(|byte| is(byte, SPACE | SLASH));
        if scan.peek()? == b'>' {
            return Some(Extent { length: scan.at + 1, repaired: scan.repaired });
        }
        let name = scan.name();
        scan.skip(is_space);
        let mut value = "";
        if scan.peek() == Some(b'=') {
            scan.at += 1;
            scan.skip(is_space);
            value = scan.value(attributes.expected(1))?;
        }
        let is_upper = name.bytes().any(|byte| byte.is_ascii_uppercase());
        let name = if is_upper { Cow::Owned(name.to_ascii_lowercase()) } else { Cow::Borrowed(name) };
        if attributes.count() == MOST_ATTRIBUTES {
            scan.repaired = true;
        } else if !attributes.has(&name) {
            attributes.add(name, value);
            continue;
        }
        scan.foreseen = None; // of the attribute behind the one that was not added
    }
}

/// Where the next `>` stands: without one nearby no tag needs to be read to know that it never ends.
#[derive(Debug, Default)]
pub struct Ends(Option<usize>);

impl Ends {
    /// True where a `>` stands in `text` from `at` on, fewer than `most` bytes away. To be asked for
    /// growing places.
    pub fn is_near(&mut self, text: &str, at: usize, most: usize) -> bool {
        if self.0.is_none_or(|end| end < at) {
            self.0 = Some(memchr::memchr(b'>', &text.as_bytes()[at..]).map_or(usize::MAX, |end| at + end));
        }
        self.0.is_some_and(|end| end - at < most)
    }
}

struct Scan<'a> {
    text: &'a str,
    at: usize,
    repaired: bool,
    /// The next attribute's name is as expected: the bytes up to its value, and the value's quote.
    foreseen: Option<(usize, u8)>,
}

impl<'a> Scan<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Passes over what `take` takes.
    fn skip(&mut self, take: impl Fn(u8) -> bool) -> &'a str {
        let from = self.at;
        self.at += self.text.as_bytes()[from..].iter().take_while(|byte| take(**byte)).count();
        &self.text[from..self.at]
    }

    /// A `=` at the beginning belongs to the name, as in HTML5.
    fn name(&mut self) -> &'a str {
        let from = self.at;
        self.at += usize::from(self.peek() == Some(b'='));
        self.skip(|byte| !is(byte, SPACE | SLASH | END | EQUALS));
        &self.text[from..self.at]
    }

    fn foresee(&self, name: Option<&str>) -> Option<(usize, u8)> {
        foreseen(&self.text.as_bytes()[self.at..], name?)
    }

    /// `next` is the attribute's name that is likely to come then.
    fn value(&mut self, next: Option<&str>) -> Option<&'a str> {
        match self.peek()? {
            quote @ (b'"' | b'\'') => {
                self.at += 1;
                self.quoted(quote, next)
            }
            _ => Some(self.skip(|byte| !is(byte, SPACE | END))),
        }
    }

    /// The value up to the quote that closes it; `None` where the text ends before it is decided.
    fn quoted(&mut self, quote: u8, next: Option<&str>) -> Option<&'a str> {
        let bytes = self.text.as_bytes();
        let from = self.at;
        let mut behind = from;
        while let Some(at) = memchr::memchr2(quote, b'\n', &bytes[behind..]).map(|at| behind + at) {
            behind = at + 1;
            if bytes[at] == quote {
                let rest = &bytes[at + 1..];
                // before the tag's end it closes in any case
                self.foreseen = next.and_then(|name| foreseen(rest, name));
                if rest.first() == Some(&b'>') || self.foreseen.is_some() || closes(rest)? {
                    self.at = at + 1;
                    return Some(&self.text[from..at]);
                }
                self.repaired = true;
                continue;
            }
            let line = self.text[from..at].trim_end_matches('\r');
            if line.ends_with('>') {
                // the quote was forgotten: `title="abc>` at the end of a line
                self.repaired = true;
                self.at = from + line.len() - 1;
                return Some(&self.text[from..self.at]);
            }
            if may_be_doc(&bytes[at + 1..]) {
                return None; // no value reaches into the next record
            }
        }
        None
    }
}

/// Where `rest` begins ` name="` and the name is one of letters and the like: the length of that, and the quote.
fn foreseen(rest: &[u8], name: &str) -> Option<(usize, u8)> {
    let (b' ', rest) = rest.split_first()? else { return None };
    let (named, rest) = rest.split_at_checked(name.len())?;
    let is_name = named.iter().zip(name.as_bytes()).all(|(byte, known)| byte == known && is(*byte, WORD));
    match rest {
        [b'=', quote @ (b'"' | b'\''), ..] if is_name => Some((name.len() + 3, *quote)),
        _ => None,
    }
}

/// True where a record's start tag follows, or the text ends before that is clear.
fn may_be_doc(rest: &[u8]) -> bool {
    let rest = rest.trim_ascii_start();
    let name = &rest[..rest.len().min(4)];
    b"<doc"[..name.len()].eq_ignore_ascii_case(name) && rest.get(4).is_none_or(|&next| is_space(next))
}

/// True where a closing quote can stand before `rest`: at the tag's end, before ` name=` (the space
/// may be missing when the next value is quoted), or before bare names up to the tag's end. `None`
/// where `rest` is too short to say.
fn closes(rest: &[u8]) -> Option<bool> {
    let mut next = behind(rest, is_space);
    let mut spaced = next.len() < rest.len();
    loop {
        if *behind(next, |byte| byte == b'/').first()? == b'>' {
            return Some(true);
        }
        let behind_name = behind(next, |byte| is(byte, WORD));
        let after = behind(behind_name, is_space);
        if after.is_empty() {
            return None;
        }
        if behind_name.len() == next.len() {
            return Some(false);
        }
        if after[0] == b'=' {
            return match after.get(1) {
                _ if spaced => Some(true),
                None => None,
                Some(quote) => Some(matches!(quote, b'"' | b'\'')),
            };
        }
        spaced &= after.len() < behind_name.len() || matches!(after[0], b'>' | b'/');
        if !spaced {
            return Some(false);
        }
        next = after;
    }
}

/// What follows the bytes that `take` takes.
fn behind(bytes: &[u8], take: impl Fn(u8) -> bool) -> &[u8] {
    let length = bytes.iter().take_while(|byte| take(**byte)).count();
    &bytes[length..]
}

/// HTML5's ASCII whitespace.
pub fn is_space(byte: u8) -> bool {
    is(byte, SPACE)
}

// Classes of bytes in a tag, in one table: a tag is gone through byte by byte, and there is one a record.
const SPACE: u8 = 1;
const SLASH: u8 = 2;
const END: u8 = 4;
const EQUALS: u8 = 8;
/// Letters, digits and signs of names.
const WORD: u8 = 16;

fn is(byte: u8, classes: u8) -> bool {
    CLASSES[usize::from(byte)] & classes != 0
}

static CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut at = 0;
    while at < 256 {
        classes[at] = match at as u8 {
            b' ' | b'\t' | b'\n' | b'\r' | 0x0c => SPACE,
            b'/' => SLASH,
            b'>' => END,
            b'=' => EQUALS,
            b'-' | b'_' | b':' | b'.' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => WORD,
            _ => 0,
        };
        at += 1;
    }
    classes
};

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::engine::records::field_list::FieldList;

    fn read(text: &str) -> (Vec<(String, String)>, &str, bool) {
        let Some(StartTag { attributes, extent }) = parse(text) else { panic!("incomplete: {text}") };
        (
            attributes.into_iter().map(|(name, value)| (name.into_owned(), value.to_owned())).collect(),
            &text[extent.length..],
            extent.repaired,
        )
    }

    fn title(text: &str) -> (String, bool) {
        let (attributes, _, repaired) = read(text);
        let title = attributes.into_iter().find(|(name, _)| name == "title").expect("a title");
        (title.1, repaired)
    }

    #[test]
    fn attributes_are_read_in_any_order_quoting_and_case() {
        let want = |pairs: &[(&str, &str)]| pairs.iter().map(|(a, b)| ((*a).into(), (*b).into())).collect::<Vec<_>>();
        assert_eq!(
            read("<DOC TITLE='a \"b\"' id=7 url=\"http://x/?a=1\" >rest"),
            (want(&[("title", "a \"b\""), ("id", "7"), ("url", "http://x/?a=1")]), "rest", false)
        );
        assert_eq!(
            read("<doc\n  id = \"1\"\n  title=\"둘\"\n>\n"),
            (want(&[("id", "1"), ("title", "둘")]), "\n", false)
        );
        assert_eq!(read("<doc id=\"1\"title=\"2\"/>x"), (want(&[("id", "1"), ("title", "2")]), "x", false));
        assert_eq!(read("<doc id=\"1\" b c/>x"), (want(&[("id", "1"), ("b", ""), ("c", "")]), "x", false));
        assert_eq!(read("<doc id=1 id=2 hidden>"), (want(&[("id", "1"), ("hidden", "")]), "", false));
        assert_eq!(read("<doc>"), (want(&[]), "", false));
    }

    #[test]
    fn greater_sign_inside_a_value_does_not_end_the_tag() {
        assert_eq!(
            title("<doc id=\"34\" title=\"작거나 <b> & a > b &nbsp\">"),
            ("작거나 <b> & a > b &nbsp".into(), false)
        );
    }

    #[test]
    fn quotes_inside_a_value_are_kept() {
        assert_eq!(
            title("<doc id=\"1\" title=\"\"Weird Al\" Yankovic\" language=\"en\">"),
            ("\"Weird Al\" Yankovic".into(), true)
        );
        assert_eq!(
            title("<doc id=\"12\" title=\"조치를 \"안녕\" 그리고 \"끝\"\">\n"),
            ("조치를 \"안녕\" 그리고 \"끝\"".into(), true)
        );
        assert_eq!(title("<doc id=\"12\" title=\"\">\n"), (String::new(), false));
        assert_eq!(title("<doc title=\"5\" gun\">"), ("5\" gun".into(), true));
    }

    #[test]
    fn forgotten_quote_ends_with_its_line() {
        let (attributes, rest, repaired) = read("<doc id=\"1\" title=\"abc>\nText with \"quotes\">\n</doc>");
        assert_eq!((attributes[1].1.as_str(), rest, repaired), ("abc", "\nText with \"quotes\">\n</doc>", true));
    }

    #[test]
    fn cut_tag_is_incomplete() {
        let whole = "<doc id=\"1990\" url=\"https://ko.wikipedia.org/wiki?curid=1990\" title=\"카를\">";
        for end in (5..whole.len()).filter(|end| whole.is_char_boundary(*end)) {
            assert_eq!(parse(&whole[..end]), None, "{}", &whole[..end]);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// What is expected of a tag after the one before changes nothing about it.
        #[test]
        fn tags_are_read_alike_whatever_stood_before(
            tags in proptest::collection::vec("<doc( {0,2}(id|url|title|Title)( ?= ?)?(\"[a\"> 가]{0,4}\"|'[b\"]{0,2}'|7)?){0,5} ?/?>", 1..6),
        ) {
            let mut fields = FieldList::default();
            for tag in tags {
                fields.clear();
                let extent = parse_into(&tag, &mut fields);
                let alone = parse(&tag);
                prop_assert_eq!(extent, alone.as_ref().map(|alone| alone.extent));
                if let Some(alone) = alone {
                    let same = alone.attributes.into_iter().map(|(name, value)| (name.into_owned(), value.to_owned()));
                    prop_assert_eq!(fields.to_vec(), same.collect::<Vec<_>>());
                }
            }
        }
    }
}
