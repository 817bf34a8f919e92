//! TREC's topics: `<top>` with `<num>`, `<title>`, `<desc>`, `<narr>`, none of them with an end tag, each with a label
//! of its own before the words.

use std::mem::take;

use crate::engine::error::Halt;
use crate::engine::job::reading::FormatKind;
use crate::engine::records::context::Context;
use crate::engine::records::format::head::next_element;
use crate::engine::records::format::{Format, Head};
use crate::engine::records::markup::xml::entities::Entities;
use crate::engine::records::markup::xml::fields::{self, How};
use crate::engine::records::markup::xml::rules::Rules;
use crate::engine::records::markup::xml::tree::Tree;
use crate::engine::records::record::{Markup, Record, Roles};
use crate::engine::records::split::Cut;
use crate::engine::records::split::boundaries::{Boundaries, Inside};
use crate::engine::records::split::raw_record::RawRecord;

pub struct Topics;

const ROLES: Roles = Roles(&[("id", &["num"]), ("text", &["desc"])]);

/// The words that stand before a field's own, after the topics of TREC 1 to 8 and of the later tracks.
const LABELS: [&str; 12] = [
    "Number:",
    "Domain:",
    "Topic:",
    "Description:",
    "Summary:",
    "Narrative:",
    "Concept(s):",
    "Concepts:",
    "Factor(s):",
    "Factors:",
    "Definition(s):",
    "Nationality:",
];

impl Format for Topics {
    fn kind(&self) -> FormatKind {
        FormatKind::TrecTopics
    }

    fn recognise(&self, head: &Head) -> Option<Cut> {
        let mut starts = head.starts("top", 5);
        let is_topic = |name: &str| ["num", "head"].iter().any(|known| known.eq_ignore_ascii_case(name));
        (starts.any(|start| is_topic(next_element(start.rest))) && head.starts("num", 1).next().is_some())
            .then(|| self.cut(head))
            .flatten()
    }

    fn cut(&self, _: &Head) -> Option<Cut> {
        Some(Cut::Tags(Boundaries { element: "top".into(), inside: Inside::Line }))
    }

    fn read(&self, raw: &mut RawRecord, context: &mut Context) -> Result<Option<Record>, Halt> {
        let body = take(&mut raw.body);
        let tree = Tree::of(&body, &Entities::default());
        let found = fields::of(&tree, None, How { rules: &Rules::default(), keep_tags: None });
        let mut fields: Vec<(String, String)> = take(&mut raw.attributes).into();
        for (name, value) in found.values {
            context.note_bad_bytes(&value);
            fields.push((found.names.get(name).to_ascii_lowercase(), without_label(&value).to_owned()));
        }
        context.note(crate::engine::notes::NoteKind::Comments, tree.seen.comments);
        context.note(crate::engine::notes::NoteKind::BrokenMarkup, tree.seen.broken);
        context.note(crate::engine::notes::NoteKind::EndTagStray, tree.seen.strays);
        context.note(crate::engine::notes::NoteKind::TooMuchMarkup, u64::from(tree.seen.too_many));
        let mut record = Record { line: raw.line, fields: fields.into(), markup: None, roles: ROLES };
        record.id().clone_into(context.id);
        record.markup = context.keep_markup.then_some(Markup::Html(body));
        Ok(Some(record))
    }
}

/// A value without the label at its beginning.
fn without_label(value: &str) -> &str {
    let begun = value.trim_start();
    let label =
        LABELS.iter().find(|label| begun.get(..label.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(label)));
    label.map_or(value, |label| begun[label.len()..].trim_start())
}
