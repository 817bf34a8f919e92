//! WARC and WET: a record of a crawl a row. Of a response the page's title and text, of a conversion its text, of
//! other records their block as it stands. Each is decoded by itself: by what its server, its page or its bytes
//! say.

mod head;
mod http;
mod payload;

use std::borrow::Cow;

use encoding_rs::X_USER_DEFINED;

use crate::engine::error::Halt;
use crate::engine::job::reading::FormatKind;
use crate::engine::notes::{Note, NoteKind};
use crate::engine::records::context::Context;
use crate::engine::records::format::html::page;
use crate::engine::records::format::{COMMON, Format, Head};
use crate::engine::records::markup::newlines::lines_to_lf;
use crate::engine::records::record::{Markup, Record};
use crate::engine::records::split::Cut;
use crate::engine::records::split::raw_record::RawRecord;
use head::{Holds, Values};
use http::Message;
use payload::Payload;

pub struct Warc;

impl Format for Warc {
    fn kind(&self) -> FormatKind {
        FormatKind::Warc
    }

    fn recognise(&self, head: &Head) -> Option<Cut> {
        let version = head.begin().strip_prefix("WARC/")?;
        version.starts_with(|digit: char| digit.is_ascii_digit()).then_some(Cut::Warc)
    }

    fn cut(&self, _: &Head) -> Option<Cut> {
        Some(Cut::Warc)
    }

    fn read(&self, raw: &mut RawRecord, context: &mut Context) -> Result<Option<Record>, Halt> {
        let head = Values::of(std::mem::take(&mut raw.attributes).into());
        head.address().clone_into(context.id);
        let block = bytes(&raw.body);
        let holds = head.holds();
        let answer = if holds == Holds::Answer { Message::of(&block) } else { None };
        let content_type = answer.as_ref().map_or(head.content_type(), |answer| answer.header("content-type"));
        let body = match &answer {
            Some(answer) => payload::unpacked(answer, context),
            None => Cow::from(&block),
        };
        let payload = Payload::of(&body, content_type, holds != Holds::Words, context);
        let (found, markup) = match payload {
            Payload::Page(page) => (named_apart(page::fields(&page, context)?), Some(page)),
            Payload::Text(text) => (vec![("text".to_owned(), lines_to_lf(&text).into_owned())], Some(text)),
            Payload::NoText(what) => {
                let count = body.len() as u64;
                context.notes.add(Note { what, ..Note::at(NoteKind::BodyNotText, context.line, context.id, count) });
                (Vec::new(), None)
            }
        };
        let (texts, about): (Vec<_>, Vec<_>) = found.into_iter().partition(|(name, _)| name == "text");
        let mut fields: Vec<(String, String)> = head.named().collect();
        fields.push(("content-type".to_owned(), content_type.to_owned()));
        fields.extend(answer.iter().map(|answer| ("http-status".to_owned(), answer.status.clone())));
        fields.extend(about);
        fields.extend(head.others(answer.is_some()));
        fields.extend(answer.map(|answer| ("http-headers".to_owned(), answer.headers)));
        fields.extend(texts);
        let markup = markup.filter(|_| context.keep_markup).map(Markup::Html);
        Ok(Some(Record { line: raw.line, fields: fields.into(), markup, roles: COMMON }))
    }
}

/// What a page says of itself but its title and text, apart from what the record says of it: `page/url`.
fn named_apart(fields: Vec<(String, String)>) -> Vec<(String, String)> {
    let apart = |name: String| if name == "title" || name == "text" { name } else { format!("page/{name}") };
    fields.into_iter().map(|(name, value)| (apart(name), value)).collect()
}

/// The bytes that a text of [`TextReader::keep_bytes`](crate::engine::input::decode::TextReader::keep_bytes)
/// stands for.
fn bytes(text: &str) -> Vec<u8> {
    X_USER_DEFINED.encode(text).0.into_owned()
}
