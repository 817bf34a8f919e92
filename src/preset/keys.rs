//! Misspelt keys of a preset: what nobody reads would have no effect, and nobody would see it.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

const READING: [&str; 4] = ["format", "encoding", "record", "tags"];
const COLUMN: [&str; 12] = [
    "field",
    "select",
    "place",
    "header",
    "trim",
    "drop-title",
    "decode-again",
    "collapse-blank-lines",
    "drop-list-marks",
    "spread",
    "separator",
    "kind",
];

/// The first key below `[reading]` and `[[columns]]` that nobody reads, and its line, from 1. Keys above them are
/// refused where the preset is read.
pub fn unknown(toml: &str) -> Option<(usize, String)> {
    let whole = DeTable::parse(toml).ok()?;
    let mut first: Option<(Range<usize>, String)> = None;
    for (key, value) in whole.get_ref() {
        let known = if &**key.get_ref() == "reading" { &READING[..] } else { &COLUMN[..] };
        for table in tables(value) {
            for key in table.keys().filter(|key| !known.contains(&&**key.get_ref())) {
                if first.as_ref().is_none_or(|(at, _)| key.span().start < at.start) {
                    first = Some((key.span(), key.get_ref().to_string()));
                }
            }
        }
    }
    let (at, key) = first?;
    Some((1 + toml[..at.start].matches('\n').count(), key))
}

fn tables<'a, 'toml>(value: &'a Spanned<DeValue<'toml>>) -> Vec<&'a DeTable<'toml>> {
    match value.get_ref() {
        DeValue::Table(table) => vec![table],
        DeValue::Array(array) => array.iter().flat_map(tables).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Column, Columns, Options, Origin, Reading};
    use crate::preset::Preset;

    #[test]
    fn misspelt_key_is_found_with_its_line() {
        let toml = "name = \"x\"\n[reading]\nencoding = \"cp949\"\n\n[[columns]]\nfield = \"id\"\nheadr = \"T\"\n";
        assert_eq!(unknown(toml), Some((7, "headr".into())));
        assert_eq!(unknown("[[columns]]\nfield = 1\n\n[reading]\nencodng = 1\n"), Some((5, "encodng".into())));
        assert_eq!(unknown("columns = [{ field = \"id\", trimm = true }]"), Some((1, "trimm".into())));
    }

    #[test]
    fn every_key_that_is_written_is_known() {
        let options = Options {
            trim: true,
            drop_title: true,
            decode_again: true,
            collapse_blank_lines: true,
            drop_list_marks: true,
            spread: true,
            separator: Some("; ".into()),
            kind: crate::engine::Kind::Date,
        };
        let column = |header: &str, from| Column { from, header: Some(header.into()), options: options.clone() };
        let columns = vec![
            Column::field("id"),
            column("S", Origin::Select("h1".into())),
            column("P", Origin::Place(crate::engine::Place::File)),
        ];
        let toml = toml::to_string(&Preset {
            name: "x".into(),
            filters: vec![crate::engine::Filter::parse("every 2").expect("a filter")],
            reading: Reading {
                format: Some(crate::engine::FormatKind::Trec),
                encoding: crate::engine::EncodingName::parse("cp949"),
                record: crate::engine::RecordSelector::parse("div.post"),
                ..Reading::default()
            },
            columns: Columns::chosen(columns).expect("good columns"),
        });
        assert_eq!(unknown(&toml.expect("written")), None);
    }
}
