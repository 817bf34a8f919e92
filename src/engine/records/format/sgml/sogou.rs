//! Sogou news: `<doc>` with `<url>`, `<docno>`, `<contenttitle>`, `<content>`, in GBK, no root.

use std::mem::take;

use crate::engine::error::Halt;
use crate::engine::job::reading::FormatKind;
use crate::engine::records::context::Context;
use crate::engine::records::format::elements::{self, Style};
use crate::engine::records::format::head::next_element;
use crate::engine::records::format::{Format, Head};
use crate::engine::records::markup::tidy::Rules;
use crate::engine::records::record::{Record, Roles};
use crate::engine::records::split::Cut;
use crate::engine::records::split::boundaries::{Boundaries, Inside};
use crate::engine::records::split::raw_record::RawRecord;

pub struct Sogou;

const ROLES: Roles = Roles(&[("id", &["docno"]), ("title", &["contenttitle"]), ("text", &["content"])]);
const STYLE: Style = Style { groups: &[], texts: &["content"], verbatim: &["url"], rules: Rules::Sgml, nested: false };

impl Format for Sogou {
    fn kind(&self) -> FormatKind {
        FormatKind::Sogou
    }

    fn recognise(&self, head: &Head) -> Option<Cut> {
        let mut starts = head.starts("doc", 20).filter(|start| start.attributes.is_empty());
        let is_url = |rest: &str| next_element(rest).eq_ignore_ascii_case("url");
        (starts.any(|start| is_url(start.rest)) && head.starts("contenttitle", 1).next().is_some())
            .then(|| self.cut(head))
            .flatten()
    }

    fn cut(&self, _: &Head) -> Option<Cut> {
        Some(Cut::Tags(Boundaries { element: "doc".into(), inside: Inside::Line }))
    }

    fn read(&self, raw: &mut RawRecord, context: &mut Context) -> Result<Option<Record>, Halt> {
        elements::children(take(raw), STYLE, ROLES, context).map(Some)
    }
}
