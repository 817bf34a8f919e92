//! An HTML page is a record: its title, and the text that a reader sees.

use scraper::{Html, Node, Selector};

use super::super::context::Context;
use super::super::cut::{Cut, RawRecord};
use super::super::record::Record;
use super::super::{Ended, html, lines_to_lf};
use super::{COMMON, Format, Head};
use crate::engine::notes::NoteKind;
use crate::engine::reading::FormatKind;

pub struct HtmlPage;

/// What no reader sees.
const UNSEEN: [&str; 6] = ["script", "style", "template", "noscript", "head", "svg"];
/// Elements that begin and end a line.
const LINES: [&str; 34] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "br",
    "dd",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tr",
    "ul",
    "option",
    "caption",
];

impl Format for HtmlPage {
    fn kind(&self) -> FormatKind {
        FormatKind::HtmlPage
    }

    fn recognise(&self, head: &Head) -> Option<Cut> {
        let begin = head.begin();
        let doctype = begin.get(..14).is_some_and(|begin| begin.eq_ignore_ascii_case("<!doctype html"));
        let root = head
            .root()
            .is_some_and(|root| ["html", "head", "body"].iter().any(|name| root.name.eq_ignore_ascii_case(name)));
        (doctype || root).then_some(Cut::Whole)
    }

    fn cut(&self, _: &Head) -> Option<Cut> {
        Some(Cut::Whole)
    }

    fn read(&self, raw: RawRecord, context: &mut Context) -> Result<Option<Record>, Ended> {
        let markup = lines_to_lf(&raw.body);
        let Some(page) = html::document(&markup, context.control)? else {
            // too large for the parser: its text all the same
            context.note(NoteKind::TooMuchMarkup, 1);
            let text = context.text(raw.body, super::super::markup::Rules::Xml)?;
            let fields = vec![("title".to_owned(), String::new()), ("text".to_owned(), text)];
            return Ok(Some(Record { line: raw.line, fields, markup: None, roles: COMMON }));
        };
        let mut fields = Vec::new();
        let title = first(&page, "title").map(|title| title.split_whitespace().collect::<Vec<_>>().join(" "));
        fields.push(("title".to_owned(), title.unwrap_or_default()));
        for (name, selector) in [
            ("lang", "html[lang]"),
            ("url", "link[rel=canonical]"),
            ("author", "meta[name=author]"),
            ("description", "meta[name=description]"),
            ("keywords", "meta[name=keywords]"),
        ] {
            let value = select(&page, selector).and_then(|element| {
                ["lang", "href", "content"].iter().find_map(|attribute| element.value().attr(attribute))
            });
            fields.extend(value.map(|value| (name.to_owned(), value.to_owned())));
        }
        fields.push(("text".to_owned(), seen(&page)));
        let markup = context.keep_markup.then(|| markup.into_owned());
        Ok(Some(Record { line: raw.line, fields, markup, roles: COMMON }))
    }

    fn columns(&self, _: &[String]) -> Option<&'static [&'static str]> {
        Some(&[":file", "title", "text"])
    }
}

fn select<'a>(page: &'a Html, selector: &str) -> Option<scraper::ElementRef<'a>> {
    let selector = Selector::parse(selector).ok()?;
    page.select(&selector).next()
}

fn first(page: &Html, selector: &str) -> Option<String> {
    select(page, selector).map(|element| element.text().collect())
}

/// The text that a reader sees, lines where the page begins them.
pub(super) fn seen(page: &Html) -> String {
    seen_in(*page.root_element())
}

/// The text that a reader sees of one element.
pub(super) fn seen_in(root: ego_tree::NodeRef<'_, Node>) -> String {
    let mut out = String::new();
    for edge in root.traverse() {
        let (node, opens) = match edge {
            ego_tree::iter::Edge::Open(node) => (node, true),
            ego_tree::iter::Edge::Close(node) => (node, false),
        };
        match node.value() {
            Node::Text(text) if opens => {
                let unseen = |node: ego_tree::NodeRef<'_, Node>| match node.value() {
                    Node::Element(element) => UNSEEN.contains(&element.name()),
                    _ => false,
                };
                if !node.ancestors().any(unseen) {
                    let keep =
                        node.ancestors().any(|node| node.value().as_element().is_some_and(|e| e.name() == "pre"));
                    push(&mut out, &text.text, keep);
                }
            }
            Node::Element(element) if LINES.contains(&element.name()) => {
                if !out.is_empty() && !out.ends_with('\n') {
                    out.truncate(out.trim_end_matches(' ').len());
                    out.push('\n');
                }
            }
            Node::Element(element) if matches!(element.name(), "td" | "th") && !opens => out.push('\t'),
            _ => {}
        }
    }
    out.trim().to_owned()
}

/// Spaces count as one, as a browser shows them.
fn push(out: &mut String, text: &str, keep: bool) {
    if keep {
        out.push_str(text);
        return;
    }
    for char in text.chars() {
        if !matches!(char, ' ' | '\t' | '\n' | '\r' | '\x0c') {
            out.push(char);
        } else if !out.is_empty() && !out.ends_with([' ', '\n', '\t']) {
            out.push(' ');
        }
    }
}
