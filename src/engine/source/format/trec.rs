//! TREC, CLEF and NTCIR: `<DOC>` with fields as elements, `<DOCNO>`, `<HEADLINE>`, `<TEXT>`, no root.

use std::mem::take;

use super::super::Ended;
use super::super::boundaries::{Boundaries, Inside};
use super::super::context::Context;
use super::super::cut::{Cut, RawRecord};
use super::super::fields::{self, Style};
use super::super::markup::Rules;
use super::super::record::{Record, Roles};
use super::head::next_element;
use super::{Format, Head, decode, html_page, key};
use crate::engine::job::reading::FormatKind;

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

    fn read(&self, raw: &mut RawRecord, context: &mut Context) -> Result<Option<Record>, Ended> {
        match page(&raw.body) {
            Some(at) => web(take(raw), at, context).map(Some),
            None => children(take(raw), STYLE, ROLES, context).map(Some),
        }
    }
}

/// Where the page begins in a record of the web collections (`WT10g`, GOV2): behind `</DOCHDR>`.
fn page(body: &str) -> Option<usize> {
    const END: &[u8] = b"</dochdr>";
    let beginning = &body.as_bytes()[..body.len().min(64 << 10)];
    let is_end = |at: &usize| beginning[*at..].get(..END.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(END));
    memchr::memchr_iter(b'<', beginning).find(is_end).map(|at| at + END.len())
}

/// A page fetched from the web: what stands before it, its title, and its text as a reader sees it.
fn web(mut raw: RawRecord, at: usize, context: &mut Context) -> Result<Record, Ended> {
    let markup = context.keep_markup.then(|| raw.body.clone());
    let page = raw.body.split_off(at);
    let mut record = children(raw, STYLE, ROLES, context)?;
    let seen = html_page::fields(&page, context)?;
    for (name, value) in seen.iter().filter(|(name, _)| matches!(&**name, "title" | "text")) {
        record.fields.push(name, value);
    }
    Ok(Record { markup, ..record })
}

/// A record whose elements are its fields, named by what they stand for.
pub(super) fn children(raw: RawRecord, style: Style, roles: Roles, context: &mut Context) -> Result<Record, Ended> {
    unnamed(raw, style, roles, context).map(Record::named_by_role)
}

/// A record whose elements are its fields, under their own names.
pub(super) fn unnamed(raw: RawRecord, style: Style, roles: Roles, context: &mut Context) -> Result<Record, Ended> {
    key(&raw.attributes).clone_into(context.id);
    if context.id.is_empty() {
        *context.id = first_of(&raw.body, roles);
    }
    let mut attributes = raw.attributes;
    decode(&mut attributes, context);
    let fields = fields::read(attributes.into(), &raw.body, style, context)?;
    let markup = context.keep_markup.then_some(raw.body);
    Ok(Record { line: raw.line, fields: fields.into(), markup, roles })
}

/// The content of the element that holds the key, for notes.
fn first_of(body: &str, roles: Roles) -> String {
    let names = roles.0.iter().find(|(role, _)| *role == "id").map_or(&[][..], |(_, names)| *names);
    let beginning = &body[..body.floor_char_boundary(1000)];
    let found = memchr::memchr_iter(b'<', beginning.as_bytes()).find_map(|at| {
        let (name, rest) = beginning[at + 1..].split_once('>')?;
        names.iter().any(|known| known.eq_ignore_ascii_case(name.trim())).then_some(rest)
    });
    found.and_then(|rest| rest.split('<').next()).unwrap_or_default().trim().to_owned()
}
