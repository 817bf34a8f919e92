//! CSV and TSV: a row a record, its fields named by the header.

mod dialect;
mod evidence;
#[cfg(test)]
mod tests;

use crate::engine::error::Halt;
use crate::engine::job::reading::FormatKind;
use crate::engine::records::context::Context;
use crate::engine::records::format::tables::of_fields;
use crate::engine::records::format::{COMMON, Format, Head};
use crate::engine::records::record::Record;
use crate::engine::records::split::Cut;
use crate::engine::records::split::raw_record::RawRecord;

pub struct Csv;

impl Format for Csv {
    fn kind(&self) -> FormatKind {
        FormatKind::Csv
    }

    fn recognise(&self, head: &Head) -> Option<Cut> {
        dialect::recognise(head).map(Cut::Table)
    }

    /// Any text is a table, of one column at least.
    fn cut(&self, head: &Head) -> Option<Cut> {
        Some(Cut::Table(dialect::of(head)))
    }

    fn read(&self, raw: &mut RawRecord, context: &mut Context) -> Result<Option<Record>, Halt> {
        Ok(Some(of_fields(raw, COMMON, context)))
    }
}
