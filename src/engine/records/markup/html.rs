//! The text of one record by HTML5's rules: entities decoded once, tags and comments left out, the
//! text inside `script`, `style` and `template` kept. For a well-formed record this is what
//! BeautifulSoup with html5lib gives for that record alone, character for character.
//!
//! A body without `<` needs no parser: its entities are decoded by the HTML Standard's table, and property tests hold
//! that short cut equal to the parser.

use std::borrow::Cow;

use html5ever::driver::{self, ParseOpts, Parser};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tokenizer::TokenizerOpts;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{LocalName, QualName, local_name, ns};
use scraper::{Html, HtmlTreeSink};

use super::tidy::{self, Rules};
use crate::engine::stop::{StopToken, Stopped};

/// Bytes given to the parser at a time; between two of them a stop is heard and the tree's size seen.
const CHUNK: usize = 4 << 10;
/// Nodes that a record's tree may have, some 40 MB: reopened formatting elements can multiply.
const MOST_NODES: usize = 200_000;
/// Elements that may stand inside each other in the tree: twice as many as tags may open, for those that the
/// parser adds. Tags tell the depth only as far as the parser believes them; a stray end tag closes nothing.
const DEEPEST: usize = 1024;
/// The depth of every so many new nodes is looked at.
const LOOK_AT: usize = 8;

/// A record's text, and what it cost to get it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read<'a> {
    pub text: String,
    pub tags: u64,
    pub comments: u64,
    pub broken: u64,
    pub prose: u64,
    pub first_prose: Option<&'a str>,
    /// The parser could not be given this body; the tags were taken out instead.
    pub without_parser: bool,
}

/// The text of a record's `body`, in which lines end with LF and NUL does not occur.
///
/// # Errors
/// [`Stopped`] when the run is stopped meanwhile.
pub fn text<'a>(body: &'a str, rules: Rules, stop: &StopToken) -> Result<Read<'a>, Stopped> {
    if memchr::memchr(b'<', body.as_bytes()).is_none() {
        let mut text = String::with_capacity(body.len());
        push_unescaped(body, &mut text);
        return Ok(Read { text, tags: 0, comments: 0, broken: 0, prose: 0, first_prose: None, without_parser: false });
    }
    let tidied = if rules == Rules::Html { tidy::tidy(body) } else { tidy::stripped(body, rules) };
    let (text, without_parser) = if let Some(text) = inline_text(&tidied.html) {
        (text, false)
    } else {
        let parsed = if tidied.too_deep { None } else { parse(&tidied.html, stop)? };
        match parsed {
            Some(text) => (text, false),
            None => (parse(&tidy::without_tags(body), stop)?.unwrap_or_default(), true),
        }
    };
    Ok(Read {
        text,
        tags: tidied.tags,
        comments: tidied.comments,
        broken: tidied.broken,
        prose: tidied.prose,
        first_prose: tidied.first_prose,
        without_parser,
    })
}

/// True for a body that is its own text.
#[must_use]
pub fn is_plain(body: &str) -> bool {
    memchr::memchr2(b'<', b'&', body.as_bytes()).is_none()
}

/// Entities of an attribute's value as written in the source, decoded once.
#[must_use]
pub fn attribute_value(value: &str) -> Cow<'_, str> {
    htmlize::unescape_attribute(value)
}

/// The text of tidied markup in which nothing but such elements stands as leave the text in its order and
/// its letters alone; `None` where others do. (A property test compares it with the parser's.)
fn inline_text(html: &str) -> Option<String> {
    let mut text = String::with_capacity(html.len());
    let mut copied = 0;
    for tag in tidy::inline_tags(html) {
        let tag = tag?;
        push_unescaped(&html[copied..tag.start], &mut text);
        copied = tag.end;
    }
    push_unescaped(&html[copied..], &mut text);
    Some(text)
}

/// Appends `markup`, which has no tags, with its character references decoded. Each of them is decoded for
/// itself, because the library goes over all it is given several times. (A property test compares the
/// text with the parser's.)
fn push_unescaped(markup: &str, text: &mut String) {
    let bytes = markup.as_bytes();
    let mut copied = 0;
    while let Some(at) = memchr::memchr(b'&', &bytes[copied..]).map(|at| copied + at) {
        text.push_str(&markup[copied..at]);
        let letters = bytes[at + 1..].iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'#').count();
        let end = at + 1 + letters;
        copied = end + usize::from(bytes.get(end) == Some(&b';'));
        text.push_str(&htmlize::unescape(&markup[at..copied]));
    }
    text.push_str(&markup[copied..]);
}

/// `None` when the tree grows too large or too deep.
fn parse(html: &str, stop: &StopToken) -> Result<Option<String>, Stopped> {
    let html = tree(fragment_parser(), html, stop)?;
    let text = |html: Html| html.tree.root().descendants().filter_map(|n| n.value().as_text().map(|t| &**t)).collect();
    Ok(html.map(text))
}

/// A whole page; `None` where it is more than the parser should be given.
///
/// # Errors
/// [`Stopped`] when the run is stopped meanwhile.
pub fn document(page: &str, stop: &StopToken) -> Result<Option<Html>, Stopped> {
    if tidy::tidy(page).too_deep {
        return Ok(None);
    }
    tree(driver::parse_document(HtmlTreeSink::new(Html::new_document()), options()), page, stop)
}

/// A piece of a page, perhaps a part of a table: a row or a cell alone. `None` where it is more than the parser should
/// be given.
///
/// # Errors
/// [`Stopped`] when the run is stopped meanwhile.
pub fn piece(piece: &str, stop: &StopToken) -> Result<Option<Html>, Stopped> {
    let begins = |name: &str| piece.get(1..=name.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(name));
    let around = match () {
        () if begins("tr") && !begins("track") => local_name!("tbody"),
        () if begins("td") || (begins("th") && !begins("thead")) => local_name!("tr"),
        () if begins("thead") || begins("tbody") || begins("tfoot") => local_name!("table"),
        () => local_name!("body"),
    };
    if tidy::tidy(piece).too_deep {
        return Ok(None);
    }
    tree(parser_inside(around), piece, stop)
}

/// Reads what may stand in `<body>`.
fn fragment_parser() -> Parser<HtmlTreeSink> {
    parser_inside(local_name!("body"))
}

fn parser_inside(element: LocalName) -> Parser<HtmlTreeSink> {
    let around = QualName::new(None, ns!(html), element);
    driver::parse_fragment(HtmlTreeSink::new(Html::new_fragment()), options(), around, Vec::new(), false)
}

fn options() -> ParseOpts {
    ParseOpts {
        // as in a browser without scripts, so that the text of <noscript> is read like any other
        tree_builder: TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() },
        // the file's mark is already gone; one inside the text belongs to the text
        tokenizer: TokenizerOpts { discard_bom: false, ..TokenizerOpts::default() },
    }
}

/// Parses bite by bite; `None` when the tree grows too large or too deep.
fn tree(mut parser: Parser<HtmlTreeSink>, html: &str, stop: &StopToken) -> Result<Option<Html>, Stopped> {
    let mut rest = html;
    let mut known = 0; // nodes
    while !rest.is_empty() {
        let (bite, more) = rest.split_at(rest.floor_char_boundary(CHUNK.min(rest.len())));
        parser.process(StrTendril::from(bite));
        rest = more;
        if !rest.is_empty() {
            stop.checkpoint()?;
            let page = parser.tokenizer.sink.sink.0.borrow();
            let nodes = page.tree.nodes();
            let count = nodes.len();
            let mut new = nodes.rev().take(count - known).step_by(LOOK_AT);
            if count > MOST_NODES || new.any(|node| node.ancestors().nth(DEEPEST).is_some()) {
                return Ok(None);
            }
            known = count;
        }
    }
    Ok(Some(parser.finish()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(body: &str) -> String {
        text(body, Rules::Html, &StopToken::default()).expect("not stopped").text
    }

    #[test]
    fn texts_are_those_that_html5_gives() {
        // by hand, after the HTML Standard
        let cases = [
            ("\n지미 카터\n\n글", "\n지미 카터\n\n글"),
            ("a &amp; b &lt;i&gt; &#48;&#x41; &nbsp;&hellip;", "a & b <i> 0A \u{a0}…"),
            ("&amp;amp; &notit; &unknown; &copy", "&amp; ¬it; &unknown; ©"),
            ("a<br>b<b>c</b><!-- d -->e", "abce"),
            ("<script>a<b</script><style>c</style>", "a<bc"),
            ("<template>t<b>u</b></template>v", "tuv"),
            ("<noscript>a<b>c</b></noscript>d", "acd"),
            ("<ruby>漢<rp>(</rp><rt>한</rt><rp>)</rp></ruby>", "漢(한)"),
            ("<table><tr><td>a</td><td>b</td></tr></table>", "ab"),
            ("x<title>raw <b>bold</b></title>y", "xraw <b>bold</b>y"),
            ("<textarea>\nfirst newline goes</textarea>", "first newline goes"),
            ("<math><mi>x</mi></math><svg><text>y</text></svg>", "xy"),
            ("</p></body></html>after<body><html>", "after"),
        ];
        for (body, want) in cases {
            assert_eq!(read(body), want, "{body}");
        }
    }

    #[test]
    fn deep_record_keeps_its_text() {
        let body = format!("{}deep &amp; down{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
        let text = text(&body, Rules::Html, &StopToken::default()).expect("not stopped");
        assert_eq!((&*text.text, text.without_parser), ("deep & down", true));
    }

    #[test]
    fn elements_that_only_seem_closed_are_deep() {
        let cases = ["<span></x>", "<span><p></span></p>"];
        for (piece, end) in cases.iter().flat_map(|piece| [(piece, ""), (piece, "<!-- end -->")]) {
            let body = format!("{}deep{end}", piece.repeat(5_000));
            let text = text(&body, Rules::Html, &StopToken::default()).expect("not stopped");
            assert_eq!((&*text.text, text.without_parser), ("deep", true), "{piece}");
        }
        // in a drawing a title's content is markup
        let title = format!("<svg><title>{}</title>", "<b>".repeat(5_000));
        assert!(text(&title, Rules::Html, &StopToken::default()).expect("not stopped").without_parser);
        let lists = format!("{}deep", "<ul><li>".repeat(500));
        let text = text(&lists, Rules::Html, &StopToken::default()).expect("not stopped");
        assert_eq!((&*text.text, text.without_parser), ("deep", false));
    }

    #[test]
    fn reopened_elements_cannot_take_the_memory() {
        let formatting = (0..500).fold(String::new(), |tags, n| tags + &format!("<b a={n}>"));
        let body = format!("<p>{formatting}</p>{}", "<p>x</p>".repeat(20_000));
        let text = text(&body, Rules::Html, &StopToken::default()).expect("not stopped");
        assert_eq!((text.text.len(), text.without_parser), (20_000, true));
    }

    #[test]
    fn values_are_decoded_once() {
        assert_eq!(attribute_value("R&amp;amp;B \"&quot;\" <b> &nbsp"), "R&amp;B \"\"\" <b> \u{a0}");
        assert_eq!(attribute_value("a=1&copy=2"), "a=1&copy=2");
    }

    /// Text with what are entities, and what only looks like them.
    fn with_entities(text: &'static str) -> impl Strategy<Value = String> {
        let named =
            "&(amp|lt|gt|quot|nbsp|copy|not|notin|hellip|Aacute|ThickSpace|NotEqualTilde|acE|unknown|AMP|lT)[;=a1 ]?";
        let numbered = "&#(0|9|13|38|60|127|128|150|159|160|55296|65534|1114111|1114112|99999999999|x0|xD|x26|X3c|x80|xd800|xfffe|x1F600|x)[;g ]?";
        let piece = prop_oneof![3 => text, 3 => named, 3 => numbered, 1 => "&[a-zA-Z]{1,8};?", 1 => "&#?[;x&]{0,3}"];
        proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
    }

    /// Tags that stand in texts, well made and not.
    fn inline_markup() -> impl Strategy<Value = String> {
        let name = "(b|B|i|a|A|u|s|em|br|BR|sub|sup|code|tt|font|small|strike|span|ref|nowiki|nobr|abc|p)";
        let attributes = "( [a-z]{1,3}(=(\"[^\"<\0\r]{0,6}\"|'[^'<\0\r]{0,6}'|[a-z0-9/]{0,4}))?|/| |\n){0,3}";
        let start = (name, attributes).prop_map(|(name, attributes)| format!("<{name}{attributes}>"));
        let end = (name, "( |/| a=b)?").prop_map(|(name, rest)| format!("</{name}{rest}>"));
        prop_oneof![6 => start, 5 => end, 1 => "<!--[a-z& ]{0,4}-->", 1 => "<[ 0-9!?/<>\"'=a-z-]{0,6}", 1 => Just(String::new())]
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// Bodies without `<` take the short cut; the parser must agree.
        #[test]
        fn short_cut_gives_what_the_parser_gives(body in with_entities("[^<\0\r]{0,20}")) {
            let parsed = parse(&body, &StopToken::default()).expect("not stopped");
            prop_assert_eq!(parsed, Some(read(&body)));
        }

        /// Likewise where elements stand in it that change nothing but the look.
        #[test]
        fn text_between_inline_tags_is_what_the_parser_gives(
            pieces in proptest::collection::vec((inline_markup(), with_entities("[^<\0\r]{0,8}")), 0..12),
        ) {
            let body: String = pieces.into_iter().flat_map(|(markup, text)| [markup, text]).collect();
            let html = tidy::tidy(&body).html;
            if let Some(text) = inline_text(&html) {
                prop_assert_eq!(parse(&html, &StopToken::default()).expect("not stopped"), Some(text));
            }
        }

        /// Likewise the values of attributes.
        #[test]
        fn values_are_what_the_parser_gives(value in with_entities("[^<>\"\0\r]{0,20}")) {
            let page = Html::parse_fragment(&format!("<i v=\"{value}\">"));
            let parsed = page.tree.values().find_map(|node| node.as_element()?.attr("v"));
            prop_assert_eq!(parsed, Some(&*attribute_value(&value)));
        }

        /// Whatever stands in a body, nothing panics and no letter outside of tags is lost.
        #[test]
        fn markup_of_any_kind_never_panics(body in "([a-z]|<|>|/|!|--|\"|=| |\n|&|;|<title>|<b>|<table>|<select>|</b>|<!--|-->|가){0,60}") {
            let _ = read(&body);
        }
    }
}
