//! JSON documents: an array of objects, an object with arrays in it, several one after the other. A record is an
//! element of an array, or a document; which, `json::outline` says.

use super::{of_wikiextractor, record};
use crate::engine::error::Halt;
use crate::engine::job::reading::FormatKind;
use crate::engine::records::context::Context;
use crate::engine::records::format::{Format, Head};
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
