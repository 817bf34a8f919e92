//! JSON documents: an array of objects, an object with arrays in it, several one after the other. A record is an
//! element of an array, or a document; which, `json::outline` says.

use super::{COMMON, Format, Head};
use crate::engine::error::Halt;
use crate::engine::job::reading::FormatKind;
use crate::engine::notes::{Note, NoteKind};
use crate::engine::records::context::Context;
use crate::engine::records::json::fields;
use crate::engine::records::json::tokenizer::{Kind, Pause, Tokenizer};
use crate::engine::records::record::Record;
use crate::engine::records::split::Cut;
use crate::engine::records::split::raw_record::RawRecord;

pub struct Json;

/// Tokens without a fault that make a text JSON whatever follows.
const ENOUGH: usize = 8;

impl Format for Json {
    fn kind(&self) -> FormatKind {
        FormatKind::Json
    }

    /// It begins as JSON does, and not by chance: `[1] Note` and `{{cite}}` are prose.
    fn recognise(&self, head: &Head) -> Option<Cut> {
        let text = head.begin();
        if !text.starts_with(['{', '[']) {
            return None;
        }
        let mut tokens = Tokenizer::default();
        let mut has_key = false;
        for count in 0.. {
            match tokens.next(text.as_bytes(), head.is_all) {
                Ok(token) if token.kind == Kind::End => break,
                Ok(_) if count >= ENOUGH => break,
                Ok(token) => has_key |= token.kind == Kind::Key,
                Err(Pause::More) => break,
                Err(Pause::Fault(at, _)) if has_key || at >= text.len() => break,
                Err(Pause::Fault(..)) => return None,
            }
        }
        Some(Cut::Values)
    }

    fn cut(&self, _: &Head) -> Option<Cut> {
        Some(Cut::Values)
    }

    fn read(&self, raw: &mut RawRecord, context: &mut Context) -> Result<Option<Record>, Halt> {
        Ok(Some(record(raw, context)))
    }

    fn columns(&self, found: &[String]) -> Option<&'static [&'static str]> {
        of_wikiextractor(found)
    }
}

/// WikiExtractor's objects give what its tags give.
pub(super) fn of_wikiextractor(found: &[String]) -> Option<&'static [&'static str]> {
    let has = |name: &str| found.iter().any(|known| known == name);
    ["id", "url", "title", "text"].into_iter().all(has).then_some(&["id", "title", "text"])
}

/// The fields of a record whose text is known to be JSON, behind those of what encloses it; of a text that ends too
/// early, which is told already, what stands in it.
pub(super) fn record(raw: &mut RawRecord, context: &mut Context) -> Record {
    let mut list = std::mem::take(&mut raw.attributes);
    let (changes, _) = fields::read(&raw.body, &mut list);
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
    record.markup = context.keep_markup.then(|| record.get("text").unwrap_or_default().to_owned());
    record
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_known_by_how_it_begins() {
        let is_json = |text: &str| Json.recognise(&Head::new(text, true)).is_some();
        for text in [
            "[]",
            "{}",
            "\u{feff} [\n {\"id\": 1}]",
            "{\"id\" 1}",
            "[1, 2",
            "{\"a\": {\"b\": [1, 2",
            "{\"a\": 1} {\"a\": 2}",
            "[[1, 2], [3, 4]]",
            "[\"a\", \"b\"]",
        ] {
            assert!(is_json(text), "{text}");
        }
        for text in
            ["", "[1] Note", "{{cite}}", "[[Link]] and text", "{\\rtf1", "{a: 1}", "[link](to)", "[...] so", "\"a\""]
        {
            assert!(!is_json(text), "{text}");
        }
    }
}
