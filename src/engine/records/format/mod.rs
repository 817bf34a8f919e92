//! The formats: one small file each, the same four questions each. A new one is a file here and a line
//! in [`FORMATS`].

pub mod elements;
mod exports;
mod head;
pub mod html;
mod json;
mod plain_text;
mod sgml;
pub mod tables;
#[cfg(test)]
mod tests;
mod wikiextractor;
pub mod xml;

pub use head::{Head, LENGTH as HEAD};
pub use html::HtmlPage;
pub use json::is_object;
pub use xml::Xml;

use super::context::{Context, attribute};
use super::field_list::FieldList;
use super::record::{Record, Roles};
use super::split::Cut;
use super::split::raw_record::RawRecord;
use crate::engine::error::Halt;
use crate::engine::job::reading::FormatKind;

/// How records stand in a source file, and what a record's fields are.
pub trait Format: Sync {
    fn kind(&self) -> FormatKind;

    /// How records are cut from a text that begins like this; `None` where it is not this format.
    fn recognise(&self, head: &Head) -> Option<Cut>;

    /// How records are cut when a person says that it is this format.
    fn cut(&self, head: &Head) -> Option<Cut> {
        self.recognise(head)
    }

    /// How records are cut when a person asks for others by a word of the format's own (`token`); `None` where
    /// the format has none of that name.
    fn cut_by(&self, _head: &Head, _record: &str) -> Option<Cut> {
        None
    }

    /// What repeats in a text that begins like this: selectors by which a person may choose the records, and how
    /// many elements each finds there.
    fn repeats(&self, _head: &Head) -> Vec<(String, u64)> {
        Vec::new()
    }

    /// The fields of a record; `None` where it can't be made out, which is noted.
    ///
    /// # Errors
    /// When the run is stopped meanwhile.
    fn read(&self, raw: &mut RawRecord, context: &mut Context) -> Result<Option<Record>, Halt>;

    /// The fields that are columns unless a person chooses others; `None`: all that are found.
    fn columns(&self, _found: &[String]) -> Option<&'static [&'static str]> {
        None
    }
}

/// In the order in which they are asked whether they recognise a file.
const FORMATS: [&dyn Format; FormatKind::RECOGNISED.len()] = [
    &json::JsonLines,
    &json::Json,
    &exports::warc::Warc,
    &exports::mediawiki::Mediawiki,
    &exports::tmx::Tmx,
    &sgml::reuters::Reuters,
    &sgml::sogou::Sogou,
    &sgml::gigaword::Gigaword,
    &sgml::trec::Trec,
    &sgml::topics::Topics,
    &sgml::europarl::Europarl,
    &tables::vertical::Vertical,
    &wikiextractor::Wikiextractor,
    &xml::tei::Tei,
    &HtmlPage,
    &Xml,
    &tables::conll::Conll,
    &tables::csv::Csv,
    &plain_text::PlainText,
];

/// Those among which is what says of itself that it is XML.
const DECLARED: &[&dyn Format] = &[
    &exports::mediawiki::Mediawiki,
    &exports::tmx::Tmx,
    &wikiextractor::Wikiextractor,
    &xml::tei::Tei,
    &HtmlPage,
    &Xml,
];

/// The first format that recognises the text, and how its records are cut.
#[must_use]
pub fn recognise(head: &Head) -> Option<(&'static dyn Format, Cut)> {
    // what says of itself that it is XML is read by XML's rules, whatever its tags are called
    let formats: &[&dyn Format] = if head.declares_xml() { DECLARED } else { &FORMATS };
    formats.iter().find_map(|format| Some((*format, format.recognise(head)?)))
}

/// The format that a person asks for; `None` where the text cannot be cut that way.
#[must_use]
pub fn chosen(kind: FormatKind, head: &Head) -> Option<(&'static dyn Format, Cut)> {
    let format = FORMATS.into_iter().find(|format| format.kind() == kind)?;
    Some((format, format.cut(head)?))
}

/// The format that a person asks for, or that is recognised, where it knows records by this word.
#[must_use]
pub fn by_word(kind: Option<FormatKind>, head: &Head, record: &str) -> Option<(&'static dyn Format, Cut)> {
    let (format, _) = kind.map_or_else(|| recognise(head), |kind| chosen(kind, head))?;
    Some((format, format.cut_by(head, record)?))
}

/// What the common names of fields stand for, where a format doesn't say more.
const COMMON: Roles = Roles(&[
    ("id", &["docno", "docid", "doc_id", "_id", "key", "no", "num", "number", "idno", "uid", "guid", "pmid"]),
    ("title", &["headline", "subject", "name", "head"]),
    ("text", &["body", "content", "contents", "article", "document", "sentence", "abstract"]),
]);

/// A page with all that belongs to it in one file (MHTML).
#[must_use]
pub fn is_web_archive(begin: &str) -> bool {
    let near = &begin[..begin.floor_char_boundary(1000)];
    near.starts_with("MIME-Version:") && near.contains("multipart/related")
}

/// A note about a record is about the key that these attributes hold.
fn key(attributes: &[(String, String)]) -> &str {
    attributes.iter().find(|(name, _)| name == "id").map(|(_, value)| value.as_str()).unwrap_or_default()
}

/// Decodes the entities in attributes.
fn decode(attributes: &mut FieldList, context: &mut Context) {
    for (_, value) in attributes.iter_mut() {
        context.note_bad_bytes(value);
        if memchr::memchr2(b'&', b'\r', value.as_bytes()).is_some() {
            *value = attribute(value);
        }
    }
}
