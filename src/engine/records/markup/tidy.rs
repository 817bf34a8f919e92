//! What in a record's body is markup and what only looks like it.
//!
//! An HTML parser believes every `<`: one that opens no complete tag, an unclosed comment or an
//! unclosed `<title>` would take the rest of the text with it. [`tidy`] goes through the body once,
//! in linear time, makes broken markup plain text, takes out start tags of raw-text elements that
//! are never closed, and counts what the parser will leave out.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memchr_iter, memmem};

use super::depth::Depth;
use super::element_names::{RAW_TEXT, is_bare_attribute, is_inline, is_markup_name};
use super::start_tag::is_space;

/// Tags with more attributes are taken for text: the parser's cost grows with their square.
const MOST_ATTRIBUTES: usize = 256;

/// The body made safe for the parser, and what was seen on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tidied<'a> {
    pub html: Cow<'a, str>,
    /// Tags and doctypes that leave no trace in the text.
    pub tags: u64,
    pub comments: u64,
    /// Pieces of broken markup that became text.
    pub broken: u64,
    /// Tags that the parser leaves out though they may well be prose (`<Head over Heels>`): how
    /// many, and the first.
    pub prose: u64,
    pub first_prose: Option<&'a str>,
    /// More elements are open at once than the parser should be given.
    pub too_deep: bool,
}

/// See the module.
#[must_use]
pub fn tidy(body: &str) -> Tidied<'_> {
    walk(body, false, Rules::Html)
}

/// A body of SGML or XML without its tags and comments, entities left as they are, CDATA sections of
/// XML escaped: no element has a meaning of its own there, at any depth.
#[must_use]
pub fn stripped(body: &str, rules: Rules) -> Tidied<'_> {
    Tidied { too_deep: false, ..walk(body, true, rules) }
}

/// The body without its tags and comments, entities left as they are: what remains for a body that
/// is too much for the parser. The order of text in tables may differ from HTML's.
#[must_use]
pub fn without_tags(body: &str) -> String {
    walk(body, true, Rules::Html).html.into_owned()
}

/// Where the tags and comments of a tidied text stand. `None` stands for an element that may move text or
/// change it (a table, a paragraph inside a link, a `<pre>`), and for what [`tidy`] leaves nowhere.
pub fn inline_tags(html: &str) -> impl Iterator<Item = Option<Range<usize>>> {
    let mut unclosed = Unclosed::default();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let from = at + memchr(b'<', &html.as_bytes()[at..])?;
            let length = match piece(html, from, &mut unclosed) {
                Piece::Text => {
                    at = from + 1;
                    continue;
                }
                Piece::Tag { length, name, .. } if is_inline(name) => Some(length),
                Piece::Comment(length) => Some(length),
                Piece::Tag { .. } | Piece::Broken => None,
            };
            at = from + length.unwrap_or(1);
            return Some(length.map(|length| from..from + length));
        }
    })
}

/// Whose rules a piece of markup follows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Rules {
    #[default]
    Html,
    /// No element has a meaning of its own; tags are simply taken out. What looks like prose may be.
    Sgml,
    /// Any name is markup, and there are CDATA sections.
    Xml,
}

/// What stands at a `<`.
enum Piece<'a> {
    /// A start or end tag, doctype: so many bytes long.
    Tag {
        length: usize,
        name: &'a str,
        end: bool,
        prose: bool,
    },
    Comment(usize),
    /// No markup, though it looks like the beginning of some.
    Broken,
    /// A `<` that HTML takes for text, too.
    Text,
}

fn walk(body: &str, strip: bool, rules: Rules) -> Tidied<'_> {
    let bytes = body.as_bytes();
    let mut seen = Tidied {
        html: Cow::Borrowed(body),
        tags: 0,
        comments: 0,
        broken: 0,
        prose: 0,
        first_prose: None,
        too_deep: false,
    };
    let mut out = String::new();
    let mut copied = 0; // bytes of the body that `out` accounts for
    let mut at = 0;
    let mut depth = Depth::default();
    let mut unclosed = Unclosed::default();
    let mut docs = 0; // record tags inside the text, open
    while let Some(offset) = memchr(b'<', &bytes[at..]) {
        at += offset;
        if rules == Rules::Xml
            && let Some(section) = unclosed.cdata(&body[at..])
        {
            out.push_str(&body[copied..at]);
            out.push_str(&section.replace('&', "&amp;").replace('<', "&lt;"));
            at += CDATA.len() + section.len() + 3;
            copied = at;
            continue;
        }
        let mut piece = piece(body, at, &mut unclosed);
        if let Piece::Tag { name, end, .. } = piece
            && rules == Rules::Html
            && name.eq_ignore_ascii_case("doc")
        {
            docs += if end { -1 } else { 1 };
            if docs < 0 {
                // the text speaks of the tag that ends records
                docs = 0;
                piece = Piece::Broken;
            }
        }
        match piece {
            Piece::Text => at += 1,
            Piece::Broken => {
                out.push_str(&body[copied..at]);
                out.push_str("&lt;");
                at += 1;
                copied = at;
                seen.broken += 1;
            }
            Piece::Comment(length) => {
                seen.comments += 1;
                if strip {
                    out.push_str(&body[copied..at]);
                    copied = at + length;
                }
                at += length;
            }
            Piece::Tag { length, name, end, prose } => {
                let tag = &body[at..at + length];
                seen.tags += 1;
                // each collection has names of its own
                let prose = match rules {
                    Rules::Html => prose,
                    Rules::Sgml => prose && !end && tag.contains(' ') && !tag.contains('='),
                    Rules::Xml => false,
                };
                if prose {
                    seen.prose += 1;
                    seen.first_prose.get_or_insert(tag);
                }
                // a drawing has styles and titles that hold elements, and comments
                let may_be_raw = !end && rules == Rules::Html && !depth.is_foreign();
                let raw = may_be_raw.then(|| raw_text(name)).flatten();
                let content = raw.map(|name| unclosed.content(body, at + length, name));
                let never_closed = content == Some(None);
                seen.broken += u64::from(never_closed);
                if strip || never_closed {
                    out.push_str(&body[copied..at]);
                    copied = at + length;
                }
                at += length;
                if let Some(Some(content)) = content {
                    if strip {
                        out.push_str(&content.replace('&', "&amp;").replace('<', "&lt;"));
                        copied = at + content.len();
                    }
                    at += content.len();
                } else {
                    depth.pass(name, tag, end);
                    seen.too_deep |= depth.is_too_deep();
                }
            }
        }
    }
    if copied > 0 {
        out.push_str(&body[copied..]);
        seen.html = Cow::Owned(out);
    }
    seen
}

const CDATA: &str = "<![CDATA[";

fn piece<'a>(body: &'a str, at: usize, unclosed: &mut Unclosed) -> Piece<'a> {
    let rest = &body.as_bytes()[at + 1..];
    match rest.first() {
        Some(b'!') if rest.starts_with(b"!--") => match unclosed.comment(body, at) {
            Some(length) => Piece::Comment(length),
            None => Piece::Broken,
        },
        Some(b'!') if rest.get(1..8).is_some_and(|word| word.eq_ignore_ascii_case(b"doctype")) => {
            match memchr::memchr3(b'>', b'\n', b'<', rest) {
                Some(length) if rest[length] == b'>' => {
                    Piece::Tag { length: length + 2, name: "br", end: false, prose: false }
                }
                _ => Piece::Broken,
            }
        }
        Some(b'!' | b'?') => Piece::Broken,
        Some(b'/') => match rest.get(1) {
            Some(letter) if letter.is_ascii_alphabetic() => tag(body, at, 2),
            Some(_) => Piece::Broken,
            None => Piece::Text,
        },
        Some(letter) if letter.is_ascii_alphabetic() => tag(body, at, 1),
        _ => Piece::Text,
    }
}

/// Reads the tag at `at`, whose name begins `skip` bytes later. Complete is what ends on its line; or
/// on a later one, where all attributes beyond the first line have values.
fn tag(body: &str, at: usize, skip: usize) -> Piece<'_> {
    let bytes = body.as_bytes();
    let name_from = at + skip;
    let mut i = name_from;
    while i < bytes.len() && !is_space(bytes[i]) && !matches!(bytes[i], b'/' | b'>' | b'<') {
        i += 1;
    }
    let name = &body[name_from..i];
    let (mut bare, mut attributes, mut lines, mut bare_later) = (false, 0, false, false);
    loop {
        while i < bytes.len() && (is_space(bytes[i]) || bytes[i] == b'/') {
            lines |= bytes[i] == b'\n';
            i += 1;
        }
        match bytes.get(i) {
            None | Some(b'<') => return Piece::Broken,
            Some(b'>') if lines && bare_later => return Piece::Broken,
            Some(b'>') => {
                let end = skip == 2;
                let prose = !is_markup_name(name) || (bare && !end);
                return Piece::Tag { length: i + 1 - at, name, end, prose };
            }
            Some(_) => {}
        }
        attributes += 1;
        if attributes > MOST_ATTRIBUTES {
            return Piece::Broken;
        }
        let from = i;
        i += 1; // a name may begin with anything, even `=`
        while i < bytes.len() && !is_space(bytes[i]) && !matches!(bytes[i], b'=' | b'/' | b'>' | b'<') {
            i += 1;
        }
        let attribute = &bytes[from..i];
        let mut after = i;
        while after < bytes.len() && is_space(bytes[after]) {
            after += 1;
        }
        if bytes.get(after) != Some(&b'=') {
            let known = is_bare_attribute(attribute);
            bare |= !known;
            bare_later |= lines && !known;
            continue;
        }
        i = after + 1;
        while i < bytes.len() && is_space(bytes[i]) {
            i += 1;
        }
        match bytes.get(i) {
            Some(&quote @ (b'"' | b'\'')) => match memchr(quote, &bytes[i + 1..]) {
                Some(length) => {
                    lines |= memchr(b'\n', &bytes[i + 1..i + 1 + length]).is_some();
                    i += length + 2;
                }
                None => return Piece::Broken,
            },
            _ => {
                while i < bytes.len() && !is_space(bytes[i]) && !matches!(bytes[i], b'>' | b'<') {
                    i += 1;
                }
            }
        }
    }
}

fn raw_text(name: &str) -> Option<usize> {
    RAW_TEXT.iter().position(|raw| name.eq_ignore_ascii_case(raw))
}

/// Remembers what is never closed, so that each is looked for once.
#[derive(Default)]
struct Unclosed {
    comment: bool,
    cdata: bool,
    raw: [bool; RAW_TEXT.len()],
}

impl Unclosed {
    /// The length of the comment at `at`, by HTML5's ends of a comment.
    fn comment(&mut self, body: &str, at: usize) -> Option<usize> {
        if self.comment {
            return None;
        }
        let inner = &body.as_bytes()[at + 4..];
        for (short, length) in [(&b">"[..], 5), (b"->", 6)] {
            if inner.starts_with(short) {
                return Some(length);
            }
        }
        // one search for both ends: to look for each in turn costs the whole body where the other never stands
        let closes = |at: &usize| inner[..*at].ends_with(b"--") || inner[..*at].ends_with(b"--!");
        let end = memchr_iter(b'>', inner).find(closes);
        self.comment = end.is_none();
        end.map(|end| end + 5)
    }

    /// The content of the CDATA section that begins `text`.
    fn cdata<'a>(&mut self, text: &'a str) -> Option<&'a str> {
        let inner = text.strip_prefix(CDATA).filter(|_| !self.cdata)?;
        let end = memmem::find(inner.as_bytes(), b"]]>");
        self.cdata = end.is_none();
        end.map(|end| &inner[..end])
    }

    /// The content of a raw-text element that begins at `from`; `None` where it is never closed.
    fn content<'a>(&mut self, body: &'a str, from: usize, raw: usize) -> Option<&'a str> {
        let name = RAW_TEXT[raw].as_bytes();
        if self.raw[raw] || name == b"plaintext" {
            return None;
        }
        let bytes = body.as_bytes();
        let end = memmem::find_iter(&bytes[from..], b"</").map(|at| from + at).find(|at| {
            let rest = &bytes[at + 2..];
            rest.get(..name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name))
                && rest.get(name.len()).is_some_and(|&next| is_space(next) || matches!(next, b'/' | b'>'))
        });
        self.raw[raw] = end.is_none();
        end.map(|end| &body[from..end])
    }
}
