//! WikiExtractor, all versions: `<doc id="" url="" title="">`, the text, `</doc>`, no root.

use super::head::{Start, next_element};
use super::{COMMON, Format, Head, decode, key};
use crate::engine::error::Halt;
use crate::engine::job::reading::FormatKind;
use crate::engine::records::context::Context;
use crate::engine::records::markup::tidy::Rules;
use crate::engine::records::record::{Markup, Record};
use crate::engine::records::signs::is_blank;
use crate::engine::records::split::Cut;
use crate::engine::records::split::boundaries::{Boundaries, Inside};
use crate::engine::records::split::raw_record::RawRecord;

pub struct Wikiextractor;

impl Format for Wikiextractor {
    fn kind(&self) -> FormatKind {
        FormatKind::Wikiextractor
    }

    /// `<doc` at the beginning of a line, or with an id; but not where each is full of elements.
    fn recognise(&self, head: &Head) -> Option<Cut> {
        let is_tag = |at: usize| {
            let rest = &head.text[at..];
            let name = rest.get(..4).is_some_and(|name| name.eq_ignore_ascii_case("<doc"));
            name && rest[4..].starts_with(|next: char| next.is_ascii_whitespace() || next == '>')
        };
        let first = memchr::memchr_iter(b'<', head.text.as_bytes()).find(|at| is_tag(*at))?;
        let line = head.text[..first].rsplit('\n').next().unwrap_or_default();
        let begins_line = line.trim_matches(is_blank).is_empty();
        let mut starts = head.starts("doc", 20).peekable();
        let is_record = begins_line || starts.peek().is_some_and(|start| start.has("id"));
        // what says that it is XML is, unless its records are ours to the letter
        let is_ours = |start: &Start| start.has("id") && start.has("title");
        if head.declares_xml() && !starts.peek().is_some_and(is_ours) {
            return None;
        }
        let is_other = |start: Start| !start.has("url") && !start.has("title") && !next_element(start.rest).is_empty();
        let is_xml = starts.peek().is_some() && starts.all(is_other);
        (is_record && !is_xml).then(|| self.cut(head)).flatten()
    }

    fn cut(&self, _: &Head) -> Option<Cut> {
        Some(Cut::Tags(Boundaries { element: "doc".into(), inside: Inside::Key("id") }))
    }

    fn read(&self, raw: &mut RawRecord, context: &mut Context) -> Result<Option<Record>, Halt> {
        key(&raw.attributes).clone_into(context.id);
        let markup = context.keep_markup.then(|| Markup::Html(raw.body.clone()));
        let mut fields = std::mem::take(&mut raw.attributes);
        decode(&mut fields, context);
        context.read(&mut raw.body, Rules::Html)?;
        fields.push_taken("text", &mut raw.body);
        Ok(Some(Record { line: raw.line, fields, markup, roles: COMMON }))
    }

    fn columns(&self, _: &[String]) -> Option<&'static [&'static str]> {
        Some(&["id", "title", "text"])
    }
}
