//! A MediaWiki's export (`Special:Export`, dumps): a page a row, with its revisions
//! (<https://www.mediawiki.org/xml/export-0.11.xsd>). What the site says of itself is no record.

use std::mem::take;

use crate::engine::error::Halt;
use crate::engine::job::reading::FormatKind;
use crate::engine::records::context::Context;
use crate::engine::records::format::elements::{self, Style};
use crate::engine::records::format::{COMMON, Format, Head};
use crate::engine::records::markup::tidy::Rules;
use crate::engine::records::record::Record;
use crate::engine::records::split::Cut;
use crate::engine::records::split::boundaries::{Boundaries, Inside};
use crate::engine::records::split::raw_record::RawRecord;

pub struct Mediawiki;

const STYLE: Style = Style { groups: &[], texts: &["text"], verbatim: &[], rules: Rules::Xml, nested: true };

impl Format for Mediawiki {
    fn kind(&self) -> FormatKind {
        FormatKind::Mediawiki
    }

    fn recognise(&self, head: &Head) -> Option<Cut> {
        let is_export = head.root().is_some_and(|root| root.name == "mediawiki");
        is_export.then(|| self.cut(head)).flatten()
    }

    /// Pages, or what is logged where the export is of the log.
    fn cut(&self, head: &Head) -> Option<Cut> {
        let has = |element: &'static str| head.starts(element, 1).next().is_some();
        let element = if !has("page") && has("logitem") { "logitem" } else { "page" };
        Some(Cut::Tags(Boundaries { element: element.into(), inside: Inside::Nests }))
    }

    fn read(&self, raw: &mut RawRecord, context: &mut Context) -> Result<Option<Record>, Halt> {
        elements::unnamed(take(raw), STYLE, COMMON, context).map(Some)
    }
}
