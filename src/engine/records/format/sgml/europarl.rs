//! Europarl's protocols: `<CHAPTER ID=1>` with its title behind it, `<SPEAKER ID=1 NAME="…" LANGUAGE="DE">` with
//! what was said, paragraphs that begin with `<P>`, and not an end tag anywhere. A row is what one speaker says.

use std::mem::take;
use std::sync::Arc;

use crate::engine::error::Halt;
use crate::engine::job::reading::FormatKind;
use crate::engine::records::context::Context;
use crate::engine::records::format::{COMMON, Format, Head};
use crate::engine::records::markup::line_breaks::lined;
use crate::engine::records::markup::start_tag;
use crate::engine::records::markup::tidy::Rules;
use crate::engine::records::markup::xml::entities::Entities;
use crate::engine::records::record::{Markup, Record};
use crate::engine::records::split::Cut;
use crate::engine::records::split::by_tree::wanted::{Children, Container, TreeCut, Wanted};
use crate::engine::records::split::raw_record::RawRecord;

pub struct Europarl;

impl Format for Europarl {
    fn kind(&self) -> FormatKind {
        FormatKind::Europarl
    }

    /// A chapter comes first, and no element of these is ever closed.
    fn recognise(&self, head: &Head) -> Option<Cut> {
        let is_chapter = head.root().is_some_and(|root| root.name.eq_ignore_ascii_case("chapter") && root.has("id"));
        let closes = ["</speaker", "</chapter", "</SPEAKER", "</CHAPTER"].iter().any(|end| head.text.contains(end));
        (is_chapter && !closes && head.starts("speaker", 1).next().is_some()).then(|| self.cut(head)).flatten()
    }

    fn cut(&self, head: &Head) -> Option<Cut> {
        let named = |name: &'static str| head.starts(name, 1).next().map(|start| start.name.to_owned());
        let speaker = named("speaker")?;
        let unclosed = [named("chapter"), Some(speaker.clone())].into_iter().flatten().collect();
        let children = Children { of: Container::Any, kinds: vec![speaker], but: None, in_turn: false };
        Some(Cut::Tree(TreeCut {
            wanted: Wanted::Children(children),
            rules: Arc::default(),
            entities: Arc::<Entities>::default(),
            unclosed,
            is_html: false,
        }))
    }

    fn read(&self, raw: &mut RawRecord, context: &mut Context) -> Result<Option<Record>, Halt> {
        let (mut body, around) = (take(&mut raw.body), take(&mut raw.around));
        let mut fields: Vec<(String, String)> = Vec::new();
        for (name, value) in around.fields.iter() {
            // the chapter's own number, and the words behind its tag
            let name = match &*name.to_ascii_lowercase() {
                "../id" => "chapter".to_owned(),
                "../text" => "chapter_title".to_owned(),
                _ => name.clone(),
            };
            fields.push((name, value.trim().to_owned()));
        }
        if let Some(tag) = start_tag::parse(&body) {
            for (name, value) in &tag.attributes {
                fields.push((name.clone().into_owned(), crate::engine::records::context::attribute(value)));
            }
            let length = tag.extent.length;
            body.drain(..length);
        }
        let markup = context.keep_markup.then(|| Markup::Html(body.clone()));
        let text = context.text(lined(&body, Rules::Sgml), Rules::Sgml)?;
        let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        fields.push(("text".to_owned(), lines.join("\n")));
        Ok(Some(Record { line: raw.line, fields: fields.into(), markup, roles: COMMON }))
    }
}
