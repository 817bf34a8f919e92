//! JSON: documents of any shape, and an object a line. A record's fields are the same in both.

mod documents;
mod lines;

pub use documents::Json;
pub use lines::{JsonLines, is_object};

use super::COMMON;
use crate::engine::notes::{Note, NoteKind};
use crate::engine::records::context::Context;
use crate::engine::records::json::fields;
use crate::engine::records::record::{Markup, Record};
use crate::engine::records::split::raw_record::RawRecord;

/// The fields of a record whose text is known to be JSON, behind those of what encloses it; of a text that ends too
/// early, which is told already, what stands in it.
fn record(raw: &mut RawRecord, context: &mut Context) -> Record {
    let mut list = std::mem::take(&mut raw.attributes);
    let (changes, _) = fields::read(&raw.body, &raw.tokens, &mut list);
    let mut record = Record { line: raw.line, fields: list, markup: None, roles: COMMON };
    if changes != fields::Changes::default() || context.may_be_bad {
        context.id.clear();
        context.id.extend(record.id().chars().take(200));
    }
    context.note(NoteKind::HalfCharacters, changes.halves);
    context.note(NoteKind::ValuesTogether, changes.in_rest);
    if changes.long_names > 0 {
        let what = record.fields.iter().map(|(name, _)| name).max_by_key(|name| name.len());
        let what = what.map(|name| name.chars().take(60).collect()).unwrap_or_default();
        let note = Note::at(NoteKind::NameCut, context.line, context.id, changes.long_names);
        context.notes.add(Note { what, ..note });
    }
    if context.may_be_bad {
        let bad = |text: &String| text.matches('\u{fffd}').count() as u64;
        let sum: u64 = record.fields.iter().map(|(_, value)| bad(value)).sum();
        context.note(NoteKind::BadBytes, sum.saturating_sub(changes.halves));
    }
    record.markup = context.keep_markup.then(|| Markup::Html(record.get("text").unwrap_or_default().to_owned()));
    record
}

/// WikiExtractor's objects give what its tags give.
fn of_wikiextractor(found: &[String]) -> Option<&'static [&'static str]> {
    let has = |name: &str| found.iter().any(|known| known == name);
    ["id", "url", "title", "text"].into_iter().all(has).then_some(&["id", "title", "text"])
}
