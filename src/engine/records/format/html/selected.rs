//! Records by a person's CSS selector: whatever it finds in a page is a record.

use std::collections::HashSet;
use std::ops::Not;

use scraper::{ElementRef, Html, Selector};

use super::page::seen_in;
use crate::engine::error::Halt;
use crate::engine::job::css::Css;
use crate::engine::notes::NoteKind;
use crate::engine::records::context::Context;
use crate::engine::records::format::COMMON;
use crate::engine::records::markup::html;
use crate::engine::records::markup::newlines::lines_to_lf;
use crate::engine::records::record::Record;
use crate::engine::records::split::raw_record::RawRecord;
use crate::engine::stop::StopToken;

/// The elements of a page that the selector finds, in their order: attributes, and the text that a
/// reader sees.
///
/// # Errors
/// When the run is stopped meanwhile.
pub fn records(raw: &RawRecord, css: &Css, context: &mut Context) -> Result<Vec<Record>, Halt> {
    let markup = lines_to_lf(&raw.body);
    let (Some(page), Ok(selector)) = (html::document(&markup, context.stop)?, Selector::parse(css.as_str())) else {
        context.note(NoteKind::TooMuchMarkup, 1);
        return Ok(Vec::new());
    };
    Ok(outermost(page.select(&selector)).map(|element| record(element, context.keep_markup)).collect())
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
    Record { line: 1, fields: fields.into(), markup: keep_markup.then(|| element.html()), roles: COMMON }
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
            Some((selector, attribute)) => (selector, Some(attribute.trim().to_ascii_lowercase())),
            None => (css, None),
        };
        Some(Self { selector: Selector::parse(selector.trim()).ok()?, attribute })
    }

    /// All that it finds in a piece of markup.
    #[must_use]
    pub fn find(&self, markup: &Html) -> Vec<String> {
        let found = markup.select(&self.selector);
        match &self.attribute {
            Some(attribute) => found.filter_map(|element| element.value().attr(attribute).map(str::to_owned)).collect(),
            None => outermost(found).map(|element| seen_in(*element)).collect(),
        }
    }
}

/// A record's markup, as finders look into it; `None` where it is more than the parser should be given
/// (so much takes no time in which anybody would stop it).
#[must_use]
pub fn fragment(markup: &str) -> Option<Html> {
    html::fragment(markup, &StopToken::default()).ok().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::records::format::html::page::seen;

    #[test]
    fn texts_and_attributes_are_found() {
        let page = fragment("<div><h1>제목</h1><p>하나 <b>둘</b></p><p>셋</p><a href='/x?a=1&amp;b=2'>more</a></div>");
        let page = page.expect("not too large");
        let find = |css| Finder::new(css).expect("a selector").find(&page);
        assert_eq!(find("h1"), ["제목"]);
        assert_eq!(find("div p"), ["하나 둘", "셋"]);
        assert_eq!(find("a @href"), ["/x?a=1&b=2"]);
        assert_eq!(seen(&page), "제목\n하나 둘\n셋\nmore");
        assert!(Finder::new("p[").is_none());
    }
}
