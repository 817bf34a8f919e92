//! What a record of a crawl holds: taken out of what it was sent in, and told what it is, by its bytes first.

use std::borrow::Cow;
use std::io::{self, Read};

use encoding_rs::{Encoding, UTF_8};
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use super::http::{Message, put_together};
use crate::engine::input::encoding::{self, Alone};
use crate::engine::input::sniff::{Sniffed, declared, sniff};
use crate::engine::notes::NoteKind;
use crate::engine::records::context::Context;
use crate::engine::records::split::by_tags::LONGEST_BODY;

/// Bytes beyond the bound that are counted, at most.
const MOST_COUNTED: u64 = 1 << 30;
/// Bytes at the beginning on which is judged what it is.
const JUDGED: usize = 64 << 10;

/// What a record holds.
pub enum Payload {
    Page(String),
    Text(String),
    /// No text, but this.
    NoText(String),
}

/// The body of an answer as it was before it was sent.
#[must_use]
pub fn unpacked<'a>(answer: &Message<'a>, context: &mut Context) -> Cow<'a, [u8]> {
    let has = |header: &str, word: &str| answer.header(header).to_ascii_lowercase().contains(word);
    let mut whole = Cow::Borrowed(answer.body);
    if has("transfer-encoding", "chunked")
        && let Some(body) = put_together(answer.body)
    {
        whole = body.into();
    }
    let unpacked = if whole.starts_with(b"\x1f\x8b") && has("content-encoding", "gzip") {
        read(MultiGzDecoder::new(&*whole), context)
    } else if has("content-encoding", "deflate") {
        let is_zlib = whole.first().is_some_and(|first| first & 0x0f == 8);
        if is_zlib { read(ZlibDecoder::new(&*whole), context) } else { read(DeflateDecoder::new(&*whole), context) }
    } else {
        None
    };
    unpacked.map_or(whole, Cow::Owned)
}

/// All that can be unpacked, up to the bound of a record; `None` where nothing can.
fn read(mut from: impl Read, context: &mut Context) -> Option<Vec<u8>> {
    let mut whole = Vec::new();
    let read = from.by_ref().take(LONGEST_BODY as u64).read_to_end(&mut whole);
    if whole.is_empty() {
        return None;
    }
    match read {
        Ok(_) => {
            let beyond = io::copy(&mut from.take(MOST_COUNTED), &mut io::sink()).unwrap_or(0);
            context.note(NoteKind::RecordTooLong, beyond);
        }
        Err(_) => context.note(NoteKind::RecordCutOff, 1),
    }
    Some(whole)
}

impl Payload {
    /// What bytes with this content type are; of others than what a crawl was after (`is_content`) only that they
    /// are text.
    #[must_use]
    pub fn of(bytes: &[u8], content_type: &str, is_content: bool, context: &mut Context) -> Self {
        let (essence, parameters) = content_type.split_once(';').unwrap_or((content_type, ""));
        let essence = essence.trim().to_ascii_lowercase();
        let beginning = &bytes[..bytes.len().min(JUDGED)];
        let looks = sniff(beginning);
        let is_known = !essence.is_empty() && !matches!(&*essence, "application/octet-stream" | "unknown" | "no-type");
        let is_not_text = matches!(looks, Sniffed::NotText(_)) || (is_content && is_known && !is_text(&essence));
        if is_not_text && !bytes.is_empty() {
            return Self::NoText(if essence.is_empty() { "?".to_owned() } else { essence });
        }
        let charset = parameters.split(';').find_map(|parameter| {
            let (name, value) = parameter.split_once('=')?;
            name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']))
        });
        let text = decoded(bytes, charset, context);
        let begins =
            text.trim_start_matches('\u{feff}').trim_start().get(..14).unwrap_or_default().to_ascii_lowercase();
        let is_page = matches!(&*essence, "text/html" | "application/xhtml+xml")
            || (!is_known && (begins.starts_with("<!doctype html") || begins.starts_with("<html")));
        if is_page && is_content { Self::Page(text) } else { Self::Text(text) }
    }
}

fn is_text(essence: &str) -> bool {
    let (kind, name) = essence.split_once('/').unwrap_or((essence, ""));
    kind == "text"
        || name.ends_with("xml")
        || name.ends_with("json")
        || name.ends_with("javascript")
        || matches!(
            name,
            "ecmascript"
                | "x-www-form-urlencoded"
                | "warc-fields"
                | "http"
                | "rfc822"
                | "x-ndjson"
                | "yaml"
                | "rtf"
                | "csv"
        )
}

/// Bytes as text: by a mark, by the server's word, by the page's own, by a person's, or by what they look like.
/// UTF-8 that a server calls Latin-1 is UTF-8.
fn decoded(bytes: &[u8], charset: Option<&str>, context: &mut Context) -> String {
    let said = charset.and_then(|label| Encoding::for_label(label.as_bytes()));
    let beyond = bytes.iter().position(|byte| !byte.is_ascii());
    let is_utf8 = || std::str::from_utf8(bytes).is_ok();
    let encoding = match (Encoding::for_bom(bytes), said) {
        (Some((encoding, _)), _) => encoding,
        (None, Some(said)) if said.is_single_byte() && beyond.is_some() && is_utf8() => UTF_8,
        (None, Some(said)) => said,
        (None, None) => {
            let sample = &bytes[beyond.unwrap_or(0).saturating_sub(64)..];
            let sample = &sample[..sample.len().min(JUDGED)];
            match (declared(bytes), context.encoding) {
                (None, Some(chosen)) if beyond.is_some() && !is_utf8() => chosen,
                (declared, _) => encoding::guess(sample, declared, &Alone).0,
            }
        }
    };
    let (text, _, has_bad) = encoding.decode(bytes);
    context.may_be_bad = has_bad;
    if has_bad {
        context.note_bad_bytes(&text);
        context.may_be_bad = false; // it is told
    }
    text.into_owned()
}
