//! Formats with a line a row: cells between delimiters, tokens with their columns.

pub mod conll;
pub mod csv;
pub mod vertical;

use std::mem::take;

use crate::engine::records::context::Context;
use crate::engine::records::record::{Markup, Record, Roles};
use crate::engine::records::split::raw_record::RawRecord;

/// A record whose fields are at hand as they are cut.
fn of_fields(raw: &mut RawRecord, roles: Roles, context: &mut Context) -> Record {
    let mut record = Record { line: raw.line, fields: take(&mut raw.attributes), markup: None, roles };
    if context.may_be_bad {
        record.id().clone_into(context.id);
        for (_, value) in record.fields.iter() {
            context.note_bad_bytes(value);
        }
    }
    record.markup = context.keep_markup.then(|| Markup::Html(record.get("text").unwrap_or_default().to_owned()));
    record
}
