//! A record: named values in the order of the source, and how a column finds its own among them.

use std::collections::{HashMap, HashSet};

use std::sync::Arc;

use scraper::Html;

use super::field_list::FieldList;
use super::markup::html;
use super::markup::xml::entities::Entities;
use super::markup::xml::fields::is_for_programs;
use super::markup::xml::scraped;
use crate::engine::job::reading::FormatKind;
use crate::engine::stop::StopToken;

/// One record of a source file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// The line of the source file where it begins, from 1.
    pub line: u64,
    /// Names and values, entities decoded; a name may stand several times.
    pub fields: FieldList,
    /// Its markup as it stands in the source, where a column's selector will look into it.
    pub markup: Option<Markup>,
    pub roles: Roles,
}

/// A record's markup, and whose rules it follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Markup {
    Html(String),
    /// With what its file declares.
    Xml(String, Arc<Entities>),
}

impl Markup {
    /// As columns' selectors look into it; `None` where it is more than the parser should be given (so much takes no
    /// time in which anybody would stop it).
    #[must_use]
    pub fn tree(&self) -> Option<Html> {
        match self {
            Self::Html(markup) => html::piece(markup, &StopToken::default()).ok().flatten(),
            Self::Xml(markup, entities) => Some(scraped::tree(markup, entities)),
        }
    }
}

/// Names that mean the same in different formats: which of a record's fields is its `id`, its
/// `title`, its `text`. The first name that a record has is the one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Roles(pub &'static [(&'static str, &'static [&'static str])]);

impl Roles {
    fn names(self, role: &str) -> &'static [&'static str] {
        self.0.iter().find(|(known, _)| known.eq_ignore_ascii_case(role)).map_or(&[], |(_, names)| *names)
    }

    /// What `find` finds by this name, by one that stands for it, or by the role that it stands for.
    fn meant<T>(self, name: &str, find: impl Fn(&str) -> Option<T>) -> Option<T> {
        find(name)
            .or_else(|| self.names(name).iter().find_map(|name| find(name)))
            .or_else(|| self.role_of(name).and_then(&find))
    }

    fn role_of(self, name: &str) -> Option<&'static str> {
        let known = |names: &[&str]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
        self.0.iter().find(|(_, names)| known(names)).map(|(role, _)| *role)
    }
}

impl Record {
    /// The first value of the field that this name means.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.resolve(name).map(|at| self.fields[at].1.as_str())
    }

    /// The record's key, as far as it has one.
    #[must_use]
    pub fn id(&self) -> &str {
        self.get("id").unwrap_or_default()
    }

    /// Fields whose names stand for a role get the role's name: `docno` → `id`.
    #[must_use]
    pub fn named_by_role(mut self) -> Self {
        for (role, names) in self.roles.0 {
            let has = |name: &str| self.fields.iter().any(|(known, _)| known == name);
            if has(role) {
                continue;
            }
            if let Some(name) = names.iter().find(|name| has(name)) {
                for (known, _) in self.fields.iter_mut() {
                    if known == name {
                        (*role).clone_into(known);
                    }
                }
            }
        }
        self
    }

    /// Where the record's field stands (first) that is asked for: by its own name, in any letter case, or
    /// by what it stands for.
    #[must_use]
    pub fn resolve(&self, name: &str) -> Option<usize> {
        let find = |name: &str| {
            let mut names = self.fields.iter().map(|(known, _)| known);
            names
                .clone()
                .position(|known| *known == name)
                .or_else(|| names.position(|known| known.eq_ignore_ascii_case(name)))
        };
        self.roles.meant(name, find)
    }

    /// For many questions about the same record, of whose fields some are `owned`: found by name alone.
    #[must_use]
    pub fn resolver<'r>(&'r self, owned: &'r HashSet<&str>) -> Resolver<'r> {
        let mut names = HashMap::new();
        for (name, _) in self.fields.iter() {
            names.entry(name.to_ascii_lowercase()).or_insert(name.as_str());
        }
        Resolver { names, owned, roles: self.roles }
    }
}

/// True for the name of a field by which an object is known from others: `id`, `doc_id`, `documentId`, `title`. Only
/// such ones of what encloses records are columns unless a person asks for more.
#[must_use]
pub fn identifies(name: &str) -> bool {
    const NAMES: [&str; 12] =
        ["id", "title", "name", "docid", "docno", "uid", "guid", "uuid", "pmid", "doi", "isbn", "headline"];
    let name = name.rsplit('/').next().unwrap_or(name);
    NAMES.iter().any(|known| known.eq_ignore_ascii_case(name))
        || ["_id", "-id", "Id", "ID", "_title"].iter().any(|end| name.ends_with(end))
}

/// A column of its own unless a person chooses: all that holds values. Words from one program to another (names of
/// namespaces, places of schemas) are none, except as keys of JSON, which are what they are.
#[must_use]
pub fn is_offered(name: &str, format: FormatKind) -> bool {
    if matches!(format, FormatKind::JsonLines | FormatKind::Json) {
        return !name.starts_with("../") || identifies(name);
    }
    format.has_given_names() || !is_for_programs(name)
}

/// What names mean in one record.
#[derive(Debug)]
pub struct Resolver<'r> {
    /// The first of those that differ in letter case alone, by small letters.
    names: HashMap<String, &'r str>,
    owned: &'r HashSet<&'r str>,
    roles: Roles,
}

impl<'r> Resolver<'r> {
    /// The field of this name in another letter case, or one that is not owned and that the name stands for.
    #[must_use]
    pub fn meant(&self, name: &str) -> Option<&'r str> {
        let alike = |name: &str| self.names.get(&name.to_ascii_lowercase()).copied();
        alike(name).or_else(|| self.roles.meant(name, |name| alike(name).filter(|found| !self.owned.contains(found))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROLES: Roles = Roles(&[("id", &["docno"]), ("title", &["headline", "head"])]);

    fn record(fields: &[(&str, &str)]) -> Record {
        let fields: Vec<_> = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Record { fields: fields.into(), roles: ROLES, ..Record::default() }
    }

    #[test]
    fn field_is_found_by_its_name_or_by_what_it_stands_for() {
        let record = record(&[("docno", "1"), ("Head", "a"), ("head", "b")]);
        assert_eq!(
            ["id", "DOCNO", "title", "Head", "text"].map(|name| record.get(name)),
            [Some("1"), Some("1"), Some("b"), Some("a"), None]
        );
    }

    #[test]
    fn roles_give_their_names_and_the_old_ones_still_work() {
        let record = record(&[("docno", "1"), ("head", "b"), ("headline", "c")]).named_by_role();
        let names: Vec<_> = record.fields.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["id", "head", "title"]);
        assert_eq!(
            (record.get("docno"), record.get("head"), record.get("headline")),
            (Some("1"), Some("b"), Some("c"))
        );
    }
}
