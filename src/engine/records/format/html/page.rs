//! An HTML page is a record: its title, and the text that a reader sees.

use ego_tree::iter::Edge;
use scraper::{Html, Node, Selector};

use super::{only_tables, repeating};
use crate::engine::error::Halt;
use crate::engine::job::reading::{FormatKind, Tags};
use crate::engine::notes::NoteKind;
use crate::engine::records::context::Context;
use crate::engine::records::format::{COMMON, Format, Head};
use crate::engine::records::markup::element_names;
use crate::engine::records::markup::html;
use crate::engine::records::markup::line_breaks::lined;
use crate::engine::records::markup::newlines::lines_to_lf;
use crate::engine::records::markup::tidy::Rules;
use crate::engine::records::record::{Markup, Record};
use crate::engine::records::split::Cut;
use crate::engine::records::split::raw_record::RawRecord;

pub struct HtmlPage;

/// `<!DOCTYPE html …>`, comments and an XML declaration before it passed over.
fn doctype(mut begin: &str) -> bool {
    loop {
        let behind = match begin {
            _ if begin.starts_with("<!--") => begin.split_once("-->"),
            _ if begin.starts_with("<?xml") => begin.split_once("?>"),
            _ => break,
        };
        let Some((_, rest)) = behind else { break };
        begin = rest.trim_start();
    }
    begin.get(..14).is_some_and(|begin| begin.eq_ignore_ascii_case("<!doctype html"))
}

/// A table without a page around it.
fn is_table(head: &Head) -> bool {
    let is_root =
        |name: &str| ["table", "div", "center", "form", "meta", "style"].contains(&&*name.to_ascii_lowercase());
    !head.declares_xml() && head.root().is_some_and(|root| is_root(root.name)) && only_tables::is_all(head.text)
}

impl Format for HtmlPage {
    fn kind(&self) -> FormatKind {
        FormatKind::HtmlPage
    }

    fn recognise(&self, head: &Head) -> Option<Cut> {
        let doctype = doctype(head.begin());
        let root = head
            .root()
            .is_some_and(|root| ["html", "head", "body"].iter().any(|name| root.name.eq_ignore_ascii_case(name)));
        (doctype || root || is_table(head)).then_some(Cut::Whole)
    }

    fn cut(&self, _: &Head) -> Option<Cut> {
        Some(Cut::Whole)
    }

    fn repeats(&self, head: &Head) -> Vec<(String, u64)> {
        repeating::repeats(head.text)
    }

    fn read(&self, raw: &mut RawRecord, context: &mut Context) -> Result<Option<Record>, Halt> {
        let fields = fields(&raw.body, context)?;
        let markup = context.keep_markup.then(|| Markup::Html(std::mem::take(&mut raw.body)));
        Ok(Some(Record { line: raw.line, fields: fields.into(), markup, roles: COMMON }))
    }

    fn columns(&self, _: &[String]) -> Option<&'static [&'static str]> {
        Some(&[":file", "title", "text"])
    }
}

/// A page's title, what its head says about it, and the text that a reader sees.
///
/// # Errors
/// When the run is stopped meanwhile.
pub fn fields(markup: &str, context: &mut Context) -> Result<Vec<(String, String)>, Halt> {
    context.note_bad_bytes(markup);
    let markup = lines_to_lf(markup);
    let Some(page) = html::document(&markup, context.stop)? else {
        // too large for the parser: its text all the same
        context.note(NoteKind::TooMuchMarkup, 1);
        let text = context.text(lined(&markup, Rules::Sgml), Rules::Sgml)?;
        return Ok(vec![("title".to_owned(), String::new()), ("text".to_owned(), text)]);
    };
    let mut fields = Vec::new();
    let title = first(&page, "title").map(|title| title.split_whitespace().collect::<Vec<_>>().join(" "));
    fields.push(("title".to_owned(), title.unwrap_or_default()));
    for (name, selector, attribute) in [
        ("lang", "html[lang]", "lang"),
        ("url", "link[rel=canonical]", "href"),
        ("author", "meta[name=author]", "content"),
        ("date", "meta[property='article:published_time']", "content"),
        ("description", "meta[name=description]", "content"),
        ("keywords", "meta[name=keywords]", "content"),
    ] {
        let value = select(&page, selector).and_then(|element| element.value().attr(attribute));
        fields.extend(value.map(|value| (name.to_owned(), value.to_owned())));
    }
    let text = if context.tags == Tags::Keep { body_markup(&page) } else { seen(&page) };
    fields.push(("text".to_owned(), text));
    Ok(fields)
}

/// What stands inside `<body>`, tags and all.
fn body_markup(page: &Html) -> String {
    select(page, "body").map(|body| body.inner_html()).unwrap_or_default()
}

fn select<'a>(page: &'a Html, selector: &str) -> Option<scraper::ElementRef<'a>> {
    let selector = Selector::parse(selector).ok()?;
    page.select(&selector).next()
}

fn first(page: &Html, selector: &str) -> Option<String> {
    select(page, selector).map(|element| element.text().collect())
}

/// The text that a reader sees, lines where the page begins them.
pub fn seen(page: &Html) -> String {
    seen_in(*page.root_element())
}

/// The text that a reader sees of one element.
pub fn seen_in(root: ego_tree::NodeRef<'_, Node>) -> String {
    let mut out = String::new();
    let (mut unseen, mut kept) = (0u32, 0u32); // elements around that hide their text, or keep its spaces
    for edge in root.traverse() {
        let (node, opens) = match edge {
            Edge::Open(node) => (node, true),
            Edge::Close(node) => (node, false),
        };
        match node.value() {
            Node::Text(text) if opens && unseen == 0 => push(&mut out, &text.text, kept > 0),
            Node::Element(element) => {
                let name = element.name();
                let count = |count: u32, is: bool| if opens { count + u32::from(is) } else { count - u32::from(is) };
                unseen = count(unseen, element_names::is_unseen(name));
                kept = count(kept, matches!(name, "pre" | "textarea" | "listing"));
                if element_names::begins_line(name) && !out.is_empty() && !out.ends_with('\n') {
                    out.truncate(out.trim_end_matches([' ', '\t']).len());
                    out.push('\n');
                } else if matches!(name, "td" | "th") && !opens && unseen == 0 {
                    out.push('\t');
                }
            }
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
