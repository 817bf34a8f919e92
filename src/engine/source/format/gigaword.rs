//! Gigaword: `<DOC id="" type="">` with `<HEADLINE>`, `<DATELINE>` and `<TEXT>` of paragraphs, no root.

use std::mem::take;

use super::super::Ended;
use super::super::boundaries::{Boundaries, Inside};
use super::super::context::Context;
use super::super::cut::{Cut, RawRecord};
use super::super::fields::Style;
use super::super::markup::Rules;
use super::super::record::{Record, Roles};
use super::{Format, Head, trec};
use crate::engine::job::reading::FormatKind;

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

    fn read(&self, raw: &mut RawRecord, context: &mut Context) -> Result<Option<Record>, Ended> {
        trec::children(take(raw), STYLE, ROLES, context).map(Some)
    }
}
