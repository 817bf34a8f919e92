//! Lines for a reader: where markup alone tells paragraphs apart, its text would run together once the
//! tags are gone. `<p>a</p><p>b</p>` becomes two lines; where the source has any space between them,
//! that is what stays, so that such a text is HTML's own to the letter.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::LazyLock;

use memchr::{memchr, memmem};

use super::element_names;
use super::outline;
use super::tidy::Rules;

/// Elements inside a line (lower case, without the prefix of a namespace): HTML's, TEI's, and those of
/// journal articles. All others begin and end one.
static INLINE: LazyLock<HashSet<&str>> = LazyLock::new(|| NAMES.split_whitespace().collect());
const NAMES: &str = " a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q samp small \
    span strike strong sub sup time tt u var wbr img c pc m seg hi emph foreign name persname placename orgname \
    forename surname rolename geogname rs ref ptr term num measure expan choice sic corr orig reg gap unclear supplied \
    add mentioned socalled gloss anchor app lem rdg pb cb milestone fw distinct italic bold xref ext-link \
    named-content styled-content sc monospace inline-formula note uri email f w ";

/// The markup with a line for each element that makes one; untouched where no element does.
#[must_use]
pub fn lined(markup: &str, rules: Rules) -> Cow<'_, str> {
    if memchr(b'<', markup.as_bytes()).is_none() {
        return Cow::Borrowed(markup);
    }
    let mut lines = Lines { out: String::with_capacity(markup.len()), ..Lines::default() };
    let (mut at, mut comments_end, mut sections_end) = (0, true, true);
    let skip = |from: usize, end: &str, there: &mut bool| {
        let found = (*there).then(|| memmem::find(&markup.as_bytes()[from..], end.as_bytes())).flatten();
        *there = found.is_some();
        found.map(|found| from + found + end.len())
    };
    while let Some(found) = memchr(b'<', &markup.as_bytes()[at..]) {
        lines.text(&markup[at..at + found]);
        at += found;
        let rest = &markup[at..];
        if rest.starts_with("<!--")
            && let Some(end) = skip(at + 4, "-->", &mut comments_end)
        {
            lines.broke |= lines.gap.contains('\n');
            lines.out.push_str(&markup[at..end]);
            at = end;
        } else if rules == Rules::Xml
            && rest.starts_with("<![CDATA[")
            && let Some(end) = skip(at + 9, "]]>", &mut sections_end)
        {
            lines.text(&markup[at..end]);
            at = end;
        } else {
            let slash = usize::from(rest[1..].starts_with('/'));
            let name = outline::name(&rest[1 + slash..]);
            // a tag that does not end on its line is looked at by whoever takes the tags out
            let end = memchr::memchr3(b'>', b'<', b'\n', &rest.as_bytes()[1..]).map(|end| end + 1);
            let Some(end) = end.filter(|end| !name.is_empty() && rest.as_bytes()[*end] == b'>') else {
                lines.text("<");
                at += 1;
                continue;
            };
            lines.tag(name, slash > 0, rules);
            lines.out.push_str(&rest[..=end]);
            at += end + 1;
        }
    }
    lines.text(&markup[at..]);
    if !lines.any {
        return Cow::Borrowed(markup);
    }
    lines.out.push_str(&lines.gap);
    Cow::Owned(lines.out)
}

/// The text so far, and the spaces that come before what is next.
#[derive(Default)]
#[allow(clippy::struct_excessive_bools)] // each is one thing seen since the last text
struct Lines {
    out: String,
    gap: String,
    /// An element that makes a line began or ended in the gap.
    broke: bool,
    /// One did anywhere.
    any: bool,
    /// There is text before the gap.
    begun: bool,
    /// A word ended, and nothing has come since.
    word_ended: bool,
    /// A cell ended or began since the last text.
    cell: bool,
}

impl Lines {
    fn text(&mut self, text: &str) {
        let inner = text.trim_start();
        self.gap.push_str(&text[..text.len() - inner.len()]);
        self.word_ended &= text.is_empty();
        if inner.is_empty() {
            return;
        }
        let joins = self.begun && self.gap.is_empty();
        self.out.push_str(match (self.broke, self.cell) {
            (true, _) if joins => "\n",
            (false, true) if joins => "\t",
            _ => &self.gap,
        });
        let words = inner.trim_end();
        self.out.push_str(words);
        inner[words.len()..].clone_into(&mut self.gap);
        (self.begun, self.broke, self.cell) = (true, false, false);
    }

    fn tag(&mut self, name: &str, ends: bool, rules: Rules) {
        let name = local(name);
        if element_names::is_cell(&name) {
            self.cell = true;
            self.any = true;
        } else if name == "w" {
            if !ends && self.word_ended && self.gap.is_empty() {
                self.gap.push(' ');
                self.any = true;
            }
            self.word_ended = ends;
        } else if !is_within_line(&name, rules) {
            self.broke = true;
            self.any = true;
        }
    }
}

/// An element that stands inside a line.
#[must_use]
pub fn is_within_line(name: &str, rules: Rules) -> bool {
    let name = local(name);
    // HTML's <s> is struck out, TEI's is a sentence
    INLINE.contains(&*name) || (name == "s" && rules != Rules::Xml)
}

/// Without the prefix of a namespace, in lower case.
fn local(name: &str) -> Cow<'_, str> {
    let name = name.rsplit(':').next().unwrap_or(name);
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) { name.to_ascii_lowercase().into() } else { name.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tags taken out, as whoever reads the lines does.
    fn text(markup: &str, rules: Rules) -> String {
        let lined = lined(markup, rules);
        let mut out = String::new();
        let mut rest = &*lined;
        while let Some((before, tag)) = rest.split_once('<') {
            out += before;
            rest = tag.split_once('>').map_or("", |(_, rest)| rest);
        }
        out + rest
    }

    #[test]
    fn paragraphs_that_only_tags_tell_apart_are_lines() {
        let sgml = |markup| text(markup, Rules::Sgml);
        assert_eq!(sgml("\n<P>\none\ntwo\n</P>\n<P>\nthree\n</P>\n"), "\n\none\ntwo\n\n\nthree\n\n");
        assert_eq!(sgml("<p>하나</p><p>둘</p>"), "하나\n둘");
        assert_eq!(sgml("<table><tr><td>a</td><td>b</td></tr>\n<tr><td>c</td></tr></table>"), "a\tb\nc");
        assert_eq!(sgml("a <b>bold</b><i>er</i> word <s>x</s>y"), "a bolder word xy");
    }

    #[test]
    fn text_without_line_tags_is_left_alone() {
        for plain in
            ["\n   very simple\n   text\n", "\n a <b>b</b>\n\n\n c \n", "a < b\n\n\n", "<unfinished\n\n\nx", ""]
        {
            assert!(matches!(lined(plain, Rules::Sgml), Cow::Borrowed(_)), "{plain}");
        }
    }

    #[test]
    fn sentences_of_xml_are_lines_and_words_stay_apart() {
        let xml = |markup| text(markup, Rules::Xml);
        assert_eq!(xml("<body>\n  <p><s>하나.</s><s>둘.</s></p>\n  <p>셋.</p>\n</body>"), "\n  하나.\n둘.\n  셋.\n");
        assert_eq!(xml("<w>The</w><w>cat</w> <w>sat</w><pc>.</pc>"), "The cat sat.");
        assert_eq!(xml("<tei:lg><tei:l>a</tei:l><tei:l>b</tei:l></tei:lg>"), "a\nb");
    }
}
