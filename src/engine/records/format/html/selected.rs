//! Records by a person's CSS selector: whatever it finds in a page is a record.

use std::collections::HashSet;
use std::ops::Not;

use scraper::{ElementRef, Html, Selector};

use super::page::seen_in;
use super::tables;
use crate::engine::error::Halt;
use crate::engine::job::css::Css;
use crate::engine::notes::NoteKind;
use crate::engine::records::context::Context;
use crate::engine::records::format::COMMON;
use crate::engine::records::markup::html;
use crate::engine::records::markup::line_breaks::lined;
use crate::engine::records::markup::newlines::lines_to_lf;
use crate::engine::records::markup::tidy::Rules;
use crate::engine::records::record::{Markup, Record};

/// The elements of a page that the selector finds, in their order: attributes, and the text that a reader sees; of
/// the rows of a table, and of tables, the cells. `None` where the page is more than the parser should be given.
///
/// # Errors
/// When the run is stopped meanwhile.
pub fn records(page: &str, css: &Css, context: &mut Context) -> Result<Option<Vec<Record>>, Halt> {
    let markup = lines_to_lf(page);
    let (Some(page), Some(selector)) = (html::document(&markup, context.stop)?, Css::compiled(css.as_str())) else {
        return Ok(None);
    };
    let found: Vec<ElementRef> = outermost(page.select(&selector)).collect();
    if context.may_be_bad {
        context.note(NoteKind::BadBytes, markup.matches('\u{fffd}').count() as u64);
    }
    if !found.is_empty() && found.iter().all(|element| matches!(element.value().name(), "tr" | "table")) {
        return Ok(Some(tables::rows(&found, context.keep_markup)));
    }
    Ok(Some(found.into_iter().map(|element| record(element, context.keep_markup)).collect()))
}

/// Elements that the parser puts around a piece of a table.
const AROUND: [&str; 1] = ["html"];

/// A piece of a page that is one element, as a record; an element of a table in a table of its own.
///
/// # Errors
/// When the run is stopped meanwhile.
pub fn piece(body: &str, context: &mut Context) -> Result<Option<Record>, Halt> {
    let markup = lines_to_lf(body);
    if context.may_be_bad {
        context.note(NoteKind::BadBytes, markup.matches('\u{fffd}').count() as u64);
    }
    let page = html::piece(&markup, context.stop)?;
    let element = page.as_ref().and_then(|page| {
        page.tree
            .root()
            .descendants()
            .filter_map(ElementRef::wrap)
            .find(|element| !AROUND.contains(&element.value().name()))
    });
    let Some(element) = element else {
        context.note(NoteKind::TooMuchMarkup, 1);
        let text = context.text(lined(&markup, Rules::Sgml), Rules::Sgml)?;
        let fields = vec![("text".to_owned(), text)].into();
        return Ok(Some(Record { line: context.line, fields, markup: None, roles: COMMON }));
    };
    if matches!(element.value().name(), "tr" | "table") {
        return Ok(tables::rows(&[element], context.keep_markup).into_iter().next());
    }
    Ok(Some(Record { line: context.line, ..record(element, context.keep_markup) }))
}

/// What stands inside another that is found is part of it: else a page of nested elements would be told
/// again and again.
fn outermost<'a>(found: impl Iterator<Item = ElementRef<'a>>) -> impl Iterator<Item = ElementRef<'a>> {
    let mut behind = HashSet::new();
    found.filter(move |element| {
        let is_inside = element.ancestors().any(|around| behind.contains(&around.id()));
        is_inside.not() && behind.insert(element.id())
    })
}

fn record(element: ElementRef, keep_markup: bool) -> Record {
    let attributes = element.value().attrs().map(|(name, value)| (name.to_owned(), value.to_owned()));
    let mut fields: Vec<_> = attributes.collect();
    fields.push(("text".to_owned(), seen_in(*element)));
    Record { line: 1, fields: fields.into(), markup: keep_markup.then(|| Markup::Html(element.html())), roles: COMMON }
}

/// The text that a reader sees of HTML; of XML all of it.
fn text(element: ElementRef) -> String {
    if element.value().name.ns.is_empty() {
        return element.text().collect::<String>().trim().to_owned();
    }
    seen_in(*element)
}

/// A column's selector, ready to use: `h1`, `div.body p`, or with an attribute, `a@href`.
pub struct Finder {
    selector: Selector,
    attribute: Option<String>,
}

impl Finder {
    /// `None` where it is no selector.
    #[must_use]
    pub fn new(css: &str) -> Option<Self> {
        let (selector, attribute) = match css.rsplit_once('@') {
            Some((selector, attribute)) => (selector, Some(attribute.trim().to_owned())),
            None => (css, None),
        };
        Some(Self { selector: Css::compiled(selector.trim())?, attribute })
    }

    /// All that it finds in a piece of markup.
    #[must_use]
    pub fn find(&self, markup: &Html) -> Vec<String> {
        let found = markup.select(&self.selector);
        match &self.attribute {
            Some(attribute) => {
                let lower = attribute.to_ascii_lowercase();
                let value = |element: ElementRef| {
                    let element = element.value();
                    let own = element.attrs().find(|(name, _)| name == attribute).map(|(_, value)| value);
                    own.or_else(|| element.attr(&lower)).map(str::to_owned)
                };
                found.filter_map(value).collect()
            }
            None => outermost(found).map(text).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::records::format::html::page::seen;
    use crate::engine::stop::StopToken;

    #[test]
    fn texts_and_attributes_are_found() {
        let markup = "<div><h1>제목</h1><p>하나 <b>둘</b></p><p>셋</p><a href='/x?a=1&amp;b=2'>more</a></div>";
        let page = html::piece(markup, &StopToken::default()).expect("not stopped").expect("not too large");
        let find = |css| Finder::new(css).expect("a selector").find(&page);
        assert_eq!(find("h1"), ["제목"]);
        assert_eq!(find("div p"), ["하나 둘", "셋"]);
        assert_eq!(find("a @href"), ["/x?a=1&b=2"]);
        assert_eq!(seen(&page), "제목\n하나 둘\n셋\nmore");
        assert!(Finder::new("p[").is_none());
    }
}
