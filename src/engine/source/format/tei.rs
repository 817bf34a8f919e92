//! TEI, and Sejong's `<tei.2>`: a header and a text, usually one of them a file. What the header says
//! becomes fields (`fileDesc/titleStmt/title`), the text is one field.

use super::super::Ended;
use super::super::context::Context;
use super::super::cut::{Cut, RawRecord};
use super::super::fields::Style;
use super::super::markup::Rules;
use super::super::record::{Record, Roles};
use super::super::split::{Boundaries, Inside};
use super::{Format, Head, trec};
use crate::engine::reading::FormatKind;

pub struct Tei;

const ROLES: Roles = Roles(&[
    ("id", &["xml:id", "filedesc/publicationstmt/idno", "idno"]),
    ("title", &["filedesc/titlestmt/title"]),
    ("author", &["filedesc/titlestmt/author"]),
]);
const STYLE: Style =
    Style { groups: &["teiheader"], texts: &["text", "title", "p"], verbatim: &[], rules: Rules::Xml, nested: true };

/// The elements that are a record.
const RECORDS: [&str; 2] = ["TEI", "tei.2"];

impl Format for Tei {
    fn kind(&self) -> FormatKind {
        FormatKind::Tei
    }

    fn recognise(&self, head: &Head) -> Option<Cut> {
        let root = head.root()?.name;
        let is_tei = |name: &&str| RECORDS.iter().any(|record| record.eq_ignore_ascii_case(name));
        let is_corpus = ["teiCorpus", "teiCorpus.2"].iter().any(|corpus| corpus.eq_ignore_ascii_case(root));
        let record = if is_corpus { head.tags().map(|start| start.name).find(is_tei)? } else { root };
        is_tei(&record).then(|| Cut::Tags(Boundaries { element: record.to_owned().into(), inside: Inside::Nests }))
    }

    fn read(&self, raw: RawRecord, context: &mut Context) -> Result<Option<Record>, Ended> {
        trec::children(raw, STYLE, ROLES, context).map(Some)
    }
}
