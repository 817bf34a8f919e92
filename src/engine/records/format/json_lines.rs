//! JSON lines: one object a line, as WikiExtractor writes with `--json`. Strings are taken as they
//! are, other values as they are written.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::{COMMON, Format, Head};
use crate::engine::error::Halt;
use crate::engine::job::reading::FormatKind;
use crate::engine::notes::{Note, NoteKind};
use crate::engine::records::blank::BYTE_ORDER_MARK;
use crate::engine::records::context::Context;
use crate::engine::records::record::Record;
use crate::engine::records::split::Cut;
use crate::engine::records::split::raw_record::RawRecord;

pub struct JsonLines;

impl Format for JsonLines {
    fn kind(&self) -> FormatKind {
        FormatKind::JsonLines
    }

    /// One of the first lines is an object.
    fn recognise(&self, head: &Head) -> Option<Cut> {
        let is_object = |line: &str| {
            let line = line.trim_start_matches(BYTE_ORDER_MARK);
            let is_cut = !head.is_all && line.len() + 1 >= head.text.len(); // the first line is longer than the head
            object(line).is_some() || (is_cut && is_key(line))
        };
        let is_json = head.begin().starts_with('{') && head.begin().lines().take(3).any(is_object);
        is_json.then_some(Cut::Lines)
    }

    fn cut(&self, _: &Head) -> Option<Cut> {
        Some(Cut::Lines)
    }

    fn read(&self, raw: &mut RawRecord, context: &mut Context) -> Result<Option<Record>, Halt> {
        let Some(fields) = object(&raw.body) else {
            let what = raw.body.chars().take(60).collect();
            context.notes.add(Note { what, ..Note::at(NoteKind::LineUnreadable, raw.line, "", 1) });
            return Ok(None);
        };
        let mut record = Record { line: raw.line, fields: fields.into(), markup: None, roles: COMMON };
        record.id().clone_into(context.id);
        context.note_bad_bytes_of(record.fields.iter().map(|(_, value)| value.as_str()));
        record.markup = context.keep_markup.then(|| record.get("text").unwrap_or_default().to_owned());
        Ok(Some(record))
    }

    /// WikiExtractor's objects give what its tags give.
    fn columns(&self, found: &[String]) -> Option<&'static [&'static str]> {
        let has = |name: &str| found.iter().any(|known| known == name);
        ["id", "url", "title", "text"].into_iter().all(has).then_some(&["id", "title", "text"])
    }
}

/// It begins with a key in quotes and a colon.
fn is_key(text: &str) -> bool {
    let inside = text.trim_start().strip_prefix('{').map(str::trim_start).and_then(|text| text.strip_prefix('"'));
    inside.and_then(|text| text.split_once('"')).is_some_and(|(_, rest)| rest.trim_start().starts_with(':'))
}

/// An object's values in their order; a key that stands twice has two.
struct Object<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Object<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Values;
        impl<'de> Visitor<'de> for Values {
            type Value = Object<'de>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object<'de>, A::Error> {
                let mut values = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    values.push(entry);
                }
                Ok(Object(values))
            }
        }
        deserializer.deserialize_map(Values)
    }
}

fn object(text: &str) -> Option<Vec<(String, String)>> {
    let read = |text: &str| {
        let object: Object = serde_json::from_str(text).ok()?;
        Some(object.0.into_iter().flat_map(|(name, value)| values(&name, value.get())).collect())
    };
    // half of a surrogate pair, as other programs write it, is no reason to lose a record
    read(text).or_else(|| text.contains("\\u").then(|| read(&mend_surrogates(text))).flatten())
}

/// A field's values: each of a list of strings is one, and what `MongoDB` wraps is unwrapped.
fn values(name: &str, value: &str) -> Vec<(String, String)> {
    let list = value.starts_with('[').then(|| serde_json::from_str::<Vec<&RawValue>>(value).ok()).flatten();
    match list {
        Some(list) if list.iter().all(|item| item.get().starts_with('"')) => {
            let values: Vec<_> = list.into_iter().map(|item| (name.to_owned(), plain(item.get()))).collect();
            if values.is_empty() { vec![(name.to_owned(), String::new())] } else { values }
        }
        _ => vec![(name.to_owned(), plain(wrapped(value).map_or(value, RawValue::get)))],
    }
}

/// `{"$oid": "…"}` → `"…"`, as `MongoDB`'s export writes values that JSON has no type for.
fn wrapped(value: &str) -> Option<&RawValue> {
    let inside = value.strip_prefix('{')?.trim_start().strip_prefix("\"$")?;
    let known = ["oid", "date", "numberLong", "numberInt", "numberDouble", "numberDecimal"];
    if !known.iter().any(|known| inside.strip_prefix(known).is_some_and(|rest| rest.starts_with('"'))) {
        return None;
    }
    let object: Object = serde_json::from_str(value).ok()?;
    match object.0.as_slice() {
        [(_, value)] => Some(*value),
        _ => None,
    }
}

fn plain(value: &str) -> String {
    if value == "null" {
        return String::new();
    }
    match serde_json::from_str(value) {
        Ok(serde_json::Value::String(text)) => text,
        Err(_) => serde_json::from_str(&mend_surrogates(value)).unwrap_or_else(|_| value.to_owned()),
        Ok(_) => value.to_owned(),
    }
}

/// Escapes of lone surrogates become U+FFFD.
fn mend_surrogates(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = match surrogate(rest) {
            Some(true) if rest.get(6..).and_then(surrogate) == Some(false) => 12,
            Some(_) => {
                out.push_str("\\ufffd");
                rest = &rest[6..];
                continue;
            }
            None => rest.chars().take(2).map(char::len_utf8).sum(),
        };
        out.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    out + rest
}

/// Whether an escape of a high (true) or low surrogate begins here.
fn surrogate(text: &str) -> Option<bool> {
    let code = u16::from_str_radix(text.strip_prefix("\\u")?.get(..4)?, 16).ok()?;
    match code {
        0xd800..=0xdbff => Some(true),
        0xdc00..=0xdfff => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(text: &str) -> Option<Vec<(String, String)>> {
        object(text)
    }

    fn owned(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn strings_are_decoded_and_other_values_kept_as_written() {
        assert_eq!(
            pairs("{\"id\": 12345678901234567890, \"title\": \"R\\u0026amp;B\", \"x\": [1, 2.50], \"n\": null}"),
            Some(owned(&[("id", "12345678901234567890"), ("title", "R&amp;B"), ("x", "[1, 2.50]"), ("n", "")]))
        );
        assert_eq!(pairs("{\"text\": \"\\ud55c\\uae00\\n\\\"\"}"), Some(owned(&[("text", "한글\n\"")])));
        assert_eq!(
            pairs("{\"_id\": {\"$oid\": \"5f\"}, \"tags\": [\"가\", \"b\"], \"none\": [], \"meta\": {\"a\": [\"b\"]}}"),
            Some(owned(&[("_id", "5f"), ("tags", "가"), ("tags", "b"), ("none", ""), ("meta", "{\"a\": [\"b\"]}")]))
        );
        assert_eq!((pairs("[3]"), pairs("{\"id\": \"2")), (None, None));
    }

    #[test]
    fn surrogate_without_its_other_half_costs_no_record() {
        assert_eq!(
            pairs("{\"id\": \"\\ud83d\\ude00 \\ud83d x \\ude00 \\\\ud83d\"}"),
            Some(owned(&[("id", "😀 \u{fffd} x \u{fffd} \\ud83d")]))
        );
    }

    #[test]
    fn first_line_longer_than_the_head_is_known_by_its_key() {
        let long = format!("{{\"text\": \"{}", "x".repeat(300 << 10));
        assert_eq!(JsonLines.recognise(&Head::new(&long, false)), Some(Cut::Lines));
        assert_eq!(JsonLines.recognise(&Head::new(&long, true)), Some(Cut::Lines));
        for other in ["", "{", "{{cite}}\n<doc id=\"1\">", "[{\"id\": 1}]", "<doc>{\"id\": 1}"] {
            assert_eq!(JsonLines.recognise(&Head::new(other, true)), None, "{other}");
        }
    }
}
