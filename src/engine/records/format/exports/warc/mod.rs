//! WARC and WET: a record of a crawl a row. Of a response the page's title and text, of a conversion its text, of
//! other records their block as it stands. Each is decoded by itself: by what its server, its page or its bytes
//! say.

mod http;
mod payload;

use encoding_rs::X_USER_DEFINED;

use crate::engine::error::Halt;
use crate::engine::job::reading::FormatKind;
use crate::engine::notes::{Note, NoteKind};
use crate::engine::records::context::Context;
use crate::engine::records::format::html::page;
use crate::engine::records::format::{COMMON, Format, Head};
use crate::engine::records::markup::newlines::lines_to_lf;
use crate::engine::records::record::Record;
use crate::engine::records::split::Cut;
use crate::engine::records::split::raw_record::RawRecord;
use http::Message;
use payload::Payload;

pub struct Warc;

/// The values of a head that people ask for, by shorter names and in this order.
const NAMES: [(&str, &str); 4] =
    [("url", "warc-target-uri"), ("date", "warc-date"), ("type", "warc-type"), ("id", "warc-record-id")];

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
        let head: Vec<(String, String)> = std::mem::take(&mut raw.attributes).into();
        let head: Vec<(String, String)> = head
            .into_iter()
            .map(|(name, value)| [name, value].map(|text| String::from_utf8_lossy(&bytes(&text)).into_owned()).into())
            .collect();
        let get = |name: &str| head.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str());
        let named = |name: &str| NAMES.iter().any(|(_, known)| *known == name);
        let mut fields: Vec<(String, String)> = Vec::new();
        for (name, from) in NAMES {
            let values = head.iter().filter(|(known, _)| known == from);
            fields.extend(values.map(|(_, value)| (name.to_owned(), value.clone())));
        }
        let id = [get("warc-target-uri"), get("warc-record-id")].into_iter().find(|id| !id.is_empty());
        id.unwrap_or_default().clone_into(context.id);

        let block = bytes(&raw.body);
        let content_type = get("content-type");
        let (is_message, is_payload) = match get("warc-type") {
            "response" | "revisit" => (content_type.is_empty() || content_type.starts_with("application/http"), true),
            "resource" | "conversion" | "continuation" => (false, true),
            _ => (false, false),
        };
        let message = if is_message { Message::of(&block) } else { None };
        let others = head.iter().filter(|(name, _)| !named(name) && !(message.is_none() && name == "content-type"));
        let others: Vec<(String, String)> = others
            .map(|(name, value)| {
                (if name == "content-type" { "warc-content-type" } else { name }.to_owned(), value.clone())
            })
            .collect();
        let own = message.as_ref().map_or(content_type, |message| message.header("content-type"));
        fields.push(("content-type".to_owned(), own.to_owned()));
        if let Some(message) = &message {
            fields.push(("http-status".to_owned(), message.status.clone()));
        }
        let body = message.as_ref().map_or(&block[..], |message| message.body);
        let payload = match &message {
            Some(message) => payload::unpacked(body, message, context),
            None => body.into(),
        };
        let (content, markup) = match Payload::of(&payload, own, is_payload, context) {
            Payload::Page(page) => (named_apart(page::fields(&page, context)?), Some(page)),
            Payload::Text(text) => (vec![("text".to_owned(), lines_to_lf(&text).into_owned())], Some(text)),
            Payload::NoText(what) => {
                let count = payload.len() as u64;
                context.notes.add(Note { what, ..Note::at(NoteKind::BodyNotText, context.line, context.id, count) });
                (Vec::new(), None)
            }
        };
        let (texts, about): (Vec<_>, Vec<_>) = content.into_iter().partition(|(name, _)| name == "text");
        fields.extend(about);
        fields.extend(others);
        if let Some(message) = message {
            fields.push(("http-headers".to_owned(), message.headers));
        }
        fields.extend(texts);
        let markup = markup.filter(|_| context.keep_markup);
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
