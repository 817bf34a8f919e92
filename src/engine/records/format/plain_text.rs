//! Plain text: the source file is a record, its name and its text. The last to be asked: what looks
//! like some other format is not taken for it.

use super::{Format, Head};
use crate::engine::error::Halt;
use crate::engine::job::reading::FormatKind;
use crate::engine::records::context::Context;
use crate::engine::records::markup::newlines::lines_to_lf;
use crate::engine::records::record::{Markup, Record, Roles};
use crate::engine::records::signs::BYTE_ORDER_MARK;
use crate::engine::records::split::Cut;
use crate::engine::records::split::raw_record::RawRecord;

pub struct PlainText;

const ROLES: Roles = Roles(&[("id", &["name"]), ("title", &["name"])]);

impl Format for PlainText {
    fn kind(&self) -> FormatKind {
        FormatKind::PlainText
    }

    fn recognise(&self, head: &Head) -> Option<Cut> {
        let begin = head.begin();
        let first = begin.chars().next()?;
        let is_other = super::is_web_archive(begin)
            || begin.starts_with("{\\rtf")
            || begin.starts_with("%!PS")
            || is_markup(begin)
            || is_json(first, begin);
        (!is_other && !begin.contains('\0')).then_some(Cut::Whole)
    }

    fn cut(&self, _: &Head) -> Option<Cut> {
        Some(Cut::Whole)
    }

    fn read(&self, raw: &mut RawRecord, context: &mut Context) -> Result<Option<Record>, Halt> {
        context.note_bad_bytes(&raw.body);
        let text = lines_to_lf(raw.body.trim_start_matches(BYTE_ORDER_MARK)).into_owned();
        let fields = vec![("name".to_owned(), context.file.to_owned()), ("text".to_owned(), text)];
        let markup = context.keep_markup.then(|| Markup::Html(raw.body.clone()));
        Ok(Some(Record { line: raw.line, fields: fields.into(), markup, roles: ROLES }))
    }
}

/// It begins with a tag.
fn is_markup(begin: &str) -> bool {
    begin
        .strip_prefix('<')
        .is_some_and(|rest| rest.starts_with(|next: char| next.is_alphabetic() || "!?/".contains(next)))
}

/// It begins as JSON does.
fn is_json(first: char, begin: &str) -> bool {
    let next = begin[first.len_utf8()..].trim_start().chars().next();
    match first {
        '{' => matches!(next, Some('"' | '}')),
        '[' => matches!(next, Some('{' | '"')),
        _ => false,
    }
}
