//! Gigaword: `<DOC id="" type="">` with `<HEADLINE>`, `<DATELINE>` and `<TEXT>` of paragraphs, no root.

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

pub struct Gigaword;

const ROLES: Roles = Roles(&[("title", &["headline"])]);
const STYLE: Style = Style { groups: &[], texts: &["text"], verbatim: &[], rules: Rules::Sgml, nested: false };

impl Format for Gigaword {
    fn kind(&self) -> FormatKind {
        FormatKind::Gigaword
    }

    fn recognise(&self, head: &Head) -> Option<Cut> {
        let mut starts = head.starts("doc", 20);
        starts.any(|start| start.has("id") && start.has("type")).then(|| self.cut(head)).flatten()
    }

    fn cut(&self, _: &Head) -> Option<Cut> {
        Some(Cut::Tags(Boundaries { element: "doc".into(), inside: Inside::Key("id") }))
    }

    fn read(&self, raw: &mut RawRecord, context: &mut Context) -> Result<Option<Record>, Halt> {
        elements::children(take(raw), STYLE, ROLES, context).map(Some)
    }
}
