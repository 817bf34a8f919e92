//! TEI, and Sejong's `<tei.2>`: a header and a text, usually one of them a file. Of what the header says
//! the commonest become fields, and all of it is one more, a line each; the text is one field.

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

pub struct Tei;

const ROLES: Roles = Roles(&[("id", &["xml:id", "n"])]);
const STYLE: Style =
    Style { groups: &[], texts: &["text", "tei:text"], verbatim: &[], rules: Rules::Xml, nested: true };

/// The elements that are a record, and those that hold several.
const RECORDS: [&str; 2] = ["tei", "tei.2"];
const CORPORA: [&str; 2] = ["teicorpus", "teicorpus.2"];

/// What of a header is a field of its own, by the ends of the paths where it stands; the first that is
/// there is it. Source: the TEI Guidelines, chapter 2, and the headers of the Sejong corpus.
const FROM_HEADER: [(&str, &[&str]); 5] = [
    ("id", &["/publicationstmt/idno", "/idno"]),
    ("title", &["/filedesc/titlestmt/title", "/titlestmt/title", "/title"]),
    ("author", &["/filedesc/titlestmt/author", "/author"]),
    ("date", &["/publicationstmt/date", "/creation/date", "/creation", "/date", "/date@when"]),
    ("publisher", &["/publicationstmt/publisher", "/publicationstmt/distributor", "/publisher"]),
];

impl Format for Tei {
    fn kind(&self) -> FormatKind {
        FormatKind::Tei
    }

    fn recognise(&self, head: &Head) -> Option<Cut> {
        let root = head.root()?.name;
        let is = |names: &[&str], name: &str| names.contains(&&*local(name));
        let is_corpus = is(&CORPORA, root);
        let record =
            if is_corpus { head.tags().map(|start| start.name).find(|name| is(&RECORDS, name))? } else { root };
        is(&RECORDS, record).then(|| Cut::Tags(Boundaries { element: record.to_owned().into(), inside: Inside::Nests }))
    }

    fn read(&self, raw: &mut RawRecord, context: &mut Context) -> Result<Option<Record>, Halt> {
        let mut record = elements::unnamed(take(raw), STYLE, ROLES, context)?;
        let mut header = String::new();
        let mut others = Vec::new();
        let mut found: [Option<(usize, String)>; FROM_HEADER.len()] = Default::default();
        for (name, value) in take(&mut record.fields) {
            let path: String = name.split('/').map(local).collect::<Vec<_>>().join("/");
            if let Some(inside) = path.strip_prefix("teiheader") {
                if !value.is_empty() && !path.contains("@xmlns") {
                    header += &format!("{}: {}\n", shown(&name), value.replace('\n', " "));
                    for (place, (_, ends)) in FROM_HEADER.iter().enumerate() {
                        take_better(&mut found[place], ends, inside, &value);
                    }
                }
            } else {
                let name = match &*path {
                    "text" => path,
                    "version" | "lang" => format!("TEI@{name}"), // says little about the text
                    _ => name,
                };
                others.push((name, value));
            }
        }
        let mut fields: Vec<(String, String)> = Vec::new();
        let has_id = others.iter().any(|(name, _)| name == "xml:id");
        for ((name, _), found) in FROM_HEADER.iter().zip(found).filter(|((name, _), _)| !(has_id && *name == "id")) {
            fields.extend(found.map(|(_, value)| ((*name).to_owned(), value)));
        }
        if !header.is_empty() {
            fields.push(("header".to_owned(), header.trim_end().to_owned()));
        }
        fields.extend(others);
        record.fields = fields.into();
        Ok(Some(record.named_by_role()))
    }
}

/// Without the prefix of a namespace, in lower case.
fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase()
}

/// A path in the header as people see it: without the header itself.
fn shown(name: &str) -> &str {
    name.split_once('/').map_or(name, |(_, inside)| inside)
}

/// Takes a value whose path ends better than the one at hand; as good a one is added to it.
fn take_better(found: &mut Option<(usize, String)>, ends: &[&str], path: &str, value: &str) {
    let Some(rank) = ends.iter().position(|end| path.ends_with(end)) else { return };
    match found {
        Some((known, known_value)) if *known == rank => {
            if rank == 0 && known_value != value {
                *known_value += "; ";
                *known_value += value;
            }
        }
        Some((known, _)) if *known < rank => {}
        _ => *found = Some((rank, value.to_owned())),
    }
}
