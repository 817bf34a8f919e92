//! Reuters-21578: `<REUTERS TOPICS="" … NEWID="">`, topics and places as lists of `<D>`, the story in
//! `<TEXT>` as `<TITLE>`, `<DATELINE>`, `<BODY>`.
//!
//! Source: the collection's README (Lewis, 1997). `TEXT` of TYPE "UNPROC" has no elements inside.

use std::mem::take;

use crate::engine::error::Halt;
use crate::engine::job::reading::FormatKind;
use crate::engine::records::context::Context;
use crate::engine::records::format::elements::{self, Style};
use crate::engine::records::format::{Format, Head};
use crate::engine::records::markup::tidy::Rules;
use crate::engine::records::record::{Record, Roles};
use crate::engine::records::split::Cut;
use crate::engine::records::split::boundaries::{Boundaries, Inside};
use crate::engine::records::split::raw_record::RawRecord;

pub struct Reuters;

const ROLES: Roles = Roles(&[("id", &["newid"]), ("text", &["body"])]);
const STYLE: Style =
    Style { groups: &["text"], texts: &["body", "unknown"], verbatim: &[], rules: Rules::Sgml, nested: false };

impl Format for Reuters {
    fn kind(&self) -> FormatKind {
        FormatKind::Reuters
    }

    fn recognise(&self, head: &Head) -> Option<Cut> {
        head.starts("reuters", 1).next().and_then(|_| self.cut(head))
    }

    fn cut(&self, _: &Head) -> Option<Cut> {
        Some(Cut::Tags(Boundaries { element: "reuters".into(), inside: Inside::Line }))
    }

    fn read(&self, raw: &mut RawRecord, context: &mut Context) -> Result<Option<Record>, Halt> {
        // the marks of transmission around a text: start and end of text
        for mark in ["&#2;", "&#3;", "\u{2}", "\u{3}"] {
            if raw.body.contains(mark) {
                raw.body = raw.body.replace(mark, "");
            }
        }
        // TOPICS="YES" says that somebody looked for topics; <TOPICS> holds them, if there are any
        for (name, _) in raw.attributes.iter_mut().filter(|(name, _)| name == "topics") {
            name.insert(0, '@');
        }
        elements::children(take(raw), STYLE, ROLES, context).map(Some)
    }
}
