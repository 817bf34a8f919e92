//! JSON against `serde_json`: of every scalar of a document there are as many fields, or notes count those that lack.
//! Empty strings and `null` hold no value.

use std::collections::HashMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;
use sheetmill::engine::NoteKind::{EnclosingLeftOut, ValuesOutside};

use super::Told;

/// The documents at the beginning of a text, each of which another reader reads, and whether they are all of it.
pub fn documents(text: &str) -> (Vec<&str>, bool) {
    let mut found = Vec::new();
    for document in serde_json::Deserializer::from_str(text).into_iter::<&RawValue>() {
        match document {
            Ok(document) if is_read(document.get()) => found.push(document.get()),
            _ => return (found, false),
        }
    }
    (found, true)
}

/// The lines of a text that are objects for another reader.
pub fn lines(text: &str) -> Vec<&str> {
    let blank = ['\u{feff}', ' ', '\t', '\r'];
    let lines = text.split('\n').map(|line| line.trim_matches(blank));
    lines.filter(|line| line.starts_with('{') && is_read(line)).collect()
}

/// It is JSON, no number is too large for any program and nothing is nested beyond the reader's own bound.
fn is_read(text: &str) -> bool {
    serde_json::from_str::<Value>(text).is_ok()
}

/// The values of these documents are in fields, or counted.
pub fn hold(documents: &[&str], told: &Told) {
    let (lost, noted) = account(documents, told);
    assert!(lost <= noted, "{lost} lost, {noted} noted of {documents:?}: {}", told.said());
}

/// As [`hold`], of documents that are all of a text and whose values are all different: notes count neither more nor
/// less than what lacks.
pub fn hold_exactly(documents: &[&str], told: &Told) {
    let (lost, noted) = account(documents, told);
    // what encloses records is given beside them when all is offered, and counted all the same
    let holds = if told.is_conversion { lost == noted } else { lost <= noted };
    assert!(holds, "{lost} lost, {noted} noted of {documents:?}: {}", told.said());
}

/// Values that stand in no field, and those that notes count.
fn account(documents: &[&str], told: &Told) -> (u64, u64) {
    let (mut owed, mut given) = (HashMap::new(), HashMap::new());
    for document in documents {
        scalars(document, &mut |scalar| *owed.entry(scalar).or_default() += 1);
    }
    for (value, times) in &told.values {
        // what has no column of its own stays JSON in one
        if value.starts_with(['[', '{']) && is_read(value) {
            scalars(value, &mut |scalar| *given.entry(scalar).or_default() += times);
        }
        *given.entry(value.clone()).or_default() += times;
    }
    let lacks = |(value, times): (&String, &u64)| times.saturating_sub(given.get(value).copied().unwrap_or(0));
    (owed.iter().map(lacks).sum(), told.noted(&[ValuesOutside, EnclosingLeftOut]))
}

/// A document of the same shape in which each value is another: texts as long as they were, with and without escapes,
/// and numbers.
pub fn with_other_values(documents: &[&str]) -> String {
    let (mut out, mut count) = (String::new(), 0);
    for document in documents {
        write(document, &mut out, &mut count);
        out.push('\n');
    }
    out
}

fn write(value: &str, out: &mut String, count: &mut usize) {
    let separated = |at: usize, out: &mut String| out.push_str(if at > 0 { ", " } else { "" });
    match Kind::of(value) {
        Kind::Object(members) => {
            out.push('{');
            for (at, (key, value)) in members.into_iter().enumerate() {
                separated(at, out);
                out.push_str(&format!("{}: ", Value::String(key)));
                write(value.get(), out, count);
            }
            out.push('}');
        }
        Kind::Array(elements) => {
            out.push('[');
            for (at, value) in elements.into_iter().enumerate() {
                separated(at, out);
                write(value.get(), out, count);
            }
            out.push(']');
        }
        Kind::Nothing => out.push_str(value),
        Kind::Scalar(scalar) => {
            let number = 10_000 + *count;
            *count += 1;
            if !value.starts_with('"') {
                return out.push_str(&number.to_string());
            }
            let begin = ["값", "\\uac12", "\\\"\\u000a"][number % 3];
            let fill = "x".repeat(scalar.len().saturating_sub(8));
            out.push_str(&format!("\"{begin}{number}{fill}\""));
        }
    }
}

fn scalars(value: &str, see: &mut dyn FnMut(String)) {
    match Kind::of(value) {
        Kind::Object(members) => members.into_iter().for_each(|(_, value)| scalars(value.get(), see)),
        Kind::Array(elements) => elements.into_iter().for_each(|value| scalars(value.get(), see)),
        Kind::Scalar(scalar) => see(scalar),
        Kind::Nothing => {}
    }
}

/// A value that is known to be JSON; its parts as they are written.
enum Kind<'a> {
    Object(Vec<(String, &'a RawValue)>),
    Array(Vec<&'a RawValue>),
    /// A text as it is meant, a number or a word as it is written.
    Scalar(String),
    Nothing,
}

impl<'a> Kind<'a> {
    fn of(value: &'a str) -> Self {
        fn read<'a, T: Deserialize<'a>>(value: &'a str) -> T {
            serde_json::from_str(value).expect("it was read before")
        }
        let value = value.trim();
        match value.as_bytes()[0] {
            b'{' => Self::Object(read::<Members>(value).0),
            b'[' => Self::Array(read(value)),
            b'"' => Some(read(value)).filter(|text: &String| !text.is_empty()).map_or(Self::Nothing, Self::Scalar),
            b'n' => Self::Nothing,
            _ => Self::Scalar(value.to_owned()),
        }
    }
}

/// All members of an object, those of one name too.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct All;
        impl<'de> Visitor<'de> for All {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(All)
    }
}
