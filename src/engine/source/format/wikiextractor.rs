//! WikiExtractor, all versions: `<doc id="" url="" title="">`, the text, `</doc>`, no root.

use super::super::Ended;
use super::super::context::Context;
use super::super::cut::{Cut, RawRecord};
use super::super::markup::Rules;
use super::super::record::Record;
use super::super::split::{Boundaries, Inside};
use super::{COMMON, Format, Head, decoded, key};
use crate::engine::reading::FormatKind;

pub struct Wikiextractor;

impl Format for Wikiextractor {
    fn kind(&self) -> FormatKind {
        FormatKind::Wikiextractor
    }

    fn recognise(&self, head: &Head) -> Option<Cut> {
        let is_tag = |rest: &str| {
            let name = rest.get(..4).is_some_and(|name| name.eq_ignore_ascii_case("<doc"));
            name && rest[4..].starts_with(|next: char| next.is_ascii_whitespace() || next == '>')
        };
        let begins = memchr::memchr_iter(b'<', head.text.as_bytes()).any(|at| is_tag(&head.text[at..]));
        begins.then(|| self.cut(head)).flatten()
    }

    fn cut(&self, _: &Head) -> Option<Cut> {
        Some(Cut::Tags(Boundaries { element: "doc".into(), inside: Inside::Key("id") }))
    }

    fn read(&self, raw: RawRecord, context: &mut Context) -> Result<Option<Record>, Ended> {
        context.id = key(&raw.attributes);
        let markup = context.keep_markup.then(|| raw.body.clone());
        let mut fields = decoded(raw.attributes, context);
        fields.push(("text".to_owned(), context.text(raw.body, Rules::Html)?));
        Ok(Some(Record { line: raw.line, fields, markup, roles: COMMON }))
    }

    fn columns(&self, _: &[String]) -> Option<&'static [&'static str]> {
        Some(&["id", "title", "text"])
    }
}
