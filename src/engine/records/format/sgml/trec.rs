//! TREC, CLEF and NTCIR: `<DOC>` with fields as elements, `<DOCNO>`, `<HEADLINE>`, `<TEXT>`, no root.

use std::mem::take;

use crate::engine::error::Halt;
use crate::engine::job::reading::FormatKind;
use crate::engine::records::context::Context;
use crate::engine::records::format::elements::{self, Style};
use crate::engine::records::format::head::next_element;
use crate::engine::records::format::html::page;
use crate::engine::records::format::{Format, Head};
use crate::engine::records::markup::tidy::Rules;
use crate::engine::records::record::{Markup, Record, Roles};
use crate::engine::records::split::Cut;
use crate::engine::records::split::boundaries::{Boundaries, Inside};
use crate::engine::records::split::raw_record::RawRecord;

pub struct Trec;

/// Elements that begin a record of one of TREC's collections.
const FIRST: [&str; 14] = [
    "docno", "docid", "text", "fileid", "headline", "hl", "title", "dochdr", "doctype", "date", "dateline", "html",
    "header", "num",
];

/// After the collections on the TREC disks, and those of CLEF and NTCIR.
pub(super) const ROLES: Roles = Roles(&[
    ("id", &["docno", "docid", "num"]),
    ("title", &["headline", "contenttitle", "head", "title", "hl", "ti", "doctitle", "h3", "st"]),
    ("text", &["content", "body", "html", "tx", "leadpara", "lp"]),
]);

const STYLE: Style = Style {
    groups: &["header"], // FBIS: the title stands in it
    texts: &["text", "body", "content", "html", "dochdr", "tx", "leadpara", "lp"],
    verbatim: &["url", "dochdr"],
    rules: Rules::Sgml,
    nested: false,
};

impl Format for Trec {
    fn kind(&self) -> FormatKind {
        FormatKind::Trec
    }

    fn recognise(&self, head: &Head) -> Option<Cut> {
        let mut starts = head.starts("doc", 20).filter(|start| !start.has("url") && !start.has("title"));
        let is_field = |name: &str| FIRST.iter().any(|known| known.eq_ignore_ascii_case(name));
        starts.any(|start| is_field(next_element(start.rest))).then(|| self.cut(head)).flatten()
    }

    fn cut(&self, _: &Head) -> Option<Cut> {
        Some(Cut::Tags(Boundaries { element: "doc".into(), inside: Inside::Line }))
    }

    fn read(&self, raw: &mut RawRecord, context: &mut Context) -> Result<Option<Record>, Halt> {
        match page_at(&raw.body) {
            Some(at) => web(take(raw), at, context).map(Some),
            None => elements::children(take(raw), STYLE, ROLES, context).map(Some),
        }
    }
}

/// Where the page begins in a record of the web collections (`WT10g`, GOV2): behind `</DOCHDR>`.
fn page_at(body: &str) -> Option<usize> {
    const END: &[u8] = b"</dochdr>";
    let beginning = &body.as_bytes()[..body.len().min(64 << 10)];
    let is_end = |at: &usize| beginning[*at..].get(..END.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(END));
    memchr::memchr_iter(b'<', beginning).find(is_end).map(|at| at + END.len())
}

/// A page fetched from the web: what stands before it, its title, and its text as a reader sees it.
fn web(mut raw: RawRecord, at: usize, context: &mut Context) -> Result<Record, Halt> {
    let markup = context.keep_markup.then(|| Markup::Html(raw.body.clone()));
    let fetched = raw.body.split_off(at);
    let mut record = elements::children(raw, STYLE, ROLES, context)?;
    let seen = page::fields(&fetched, context)?;
    for (name, value) in seen.iter().filter(|(name, _)| matches!(&**name, "title" | "text")) {
        record.fields.push(name, value);
    }
    Ok(Record { markup, ..record })
}
