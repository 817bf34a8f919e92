//! Any XML, or markup without a root: which elements are records shows in the beginning of the file
//! ([`decide`]), and each is read by XML's own rules.

pub mod beside;
mod decide;
mod refusal;
pub mod survey;
pub mod tei;
#[cfg(test)]
mod tests;

use std::mem::take;
use std::sync::Arc;

use super::{COMMON, Format, Head};
use crate::engine::error::Halt;
use crate::engine::job::reading::{FormatKind, Tags};
use crate::engine::notes::{Note, NoteKind};
use crate::engine::records::context::Context;
use crate::engine::records::field_list::FieldList;
use crate::engine::records::markup::xml::entities::Entities;
use crate::engine::records::markup::xml::fields::{self, Found, How};
use crate::engine::records::markup::xml::rules::Rules;
use crate::engine::records::markup::xml::tree::{Seen, Tree};
use crate::engine::records::record::{Markup, Record};
use crate::engine::records::split::Cut;
use crate::engine::records::split::by_tree::wanted::{Children, Container, TreeCut, Wanted};
use crate::engine::records::split::raw_record::RawRecord;
use beside::Beside;
use survey::Survey;

pub struct Xml;

/// So many kinds of what repeats are offered.
const MOST_REPEATS: usize = 200;

/// The column that tells records of several kinds apart.
const ELEMENT: &str = "element";

impl Format for Xml {
    fn kind(&self) -> FormatKind {
        FormatKind::Xml
    }

    fn recognise(&self, head: &Head) -> Option<Cut> {
        head.root()?;
        let beginning = Beginning::of(head);
        beginning.is_xml(head).then(|| beginning.cut()).flatten()
    }

    fn cut(&self, head: &Head) -> Option<Cut> {
        Beginning::of(head).cut()
    }

    fn repeats(&self, head: &Head) -> Vec<(String, u64)> {
        let survey = Beginning::of(head).survey();
        let kinds = (1..survey.kinds.len()).filter(|kind| survey.kinds[*kind].count > 1);
        let repeats = kinds.map(|kind| (survey.path(kind).join("/"), survey.kinds[kind].count as u64));
        repeats.take(MOST_REPEATS).collect()
    }

    fn read(&self, raw: &mut RawRecord, context: &mut Context) -> Result<Option<Record>, Halt> {
        let body = take(&mut raw.body);
        let around = take(&mut raw.around);
        let tree = Tree::of(&body, &around.entities);
        let root = (!around.in_turn).then(|| tree.elements(None).next()).flatten();
        let keep_tags = (context.tags == Tags::Keep).then_some(&*body);
        let found = fields::of(&tree, root, How { rules: &around.rules, keep_tags });
        let mut list = take(&mut raw.attributes);
        list.clear();
        for (name, value) in around.fields.iter() {
            list.push(name, value);
        }
        if let Some(element) = &around.element {
            list.push(ELEMENT, element);
        }
        tell(&tree.seen, &found, context);
        push(found, &mut list, context);
        context.stop.checkpoint()?;
        let mut record = Record { line: raw.line, fields: list, markup: None, roles: COMMON };
        record.id().clone_into(context.id);
        record.markup = context.keep_markup.then_some(Markup::Xml(body, around.entities));
        Ok(Some(record))
    }
}

fn push(found: Found, list: &mut FieldList, context: &mut Context) {
    for (name, mut value) in found.values {
        context.note_bad_bytes(&value);
        list.push_taken(found.names.get(name), &mut value);
    }
}

/// Tells what a record cost.
fn tell(seen: &Seen, found: &Found, context: &mut Context) {
    for (kind, count) in [
        (NoteKind::Tags, found.tags),
        (NoteKind::Comments, seen.comments),
        (NoteKind::BrokenMarkup, seen.broken),
        (NoteKind::StartTagRepaired, seen.repaired),
        (NoteKind::EndTagMissing, seen.unclosed),
        (NoteKind::EndTagStray, seen.strays),
        (NoteKind::TooMuchMarkup, u64::from(seen.too_many)),
        (NoteKind::HalfCharacters, seen.amiss.halves),
        (NoteKind::NameCut, found.names.shortened),
    ] {
        context.note(kind, count);
    }
    if seen.amiss.unknown > 0 {
        let what = seen.amiss.first.clone();
        context
            .notes
            .add(Note { what, ..Note::at(NoteKind::EntityUnknown, context.line, context.id, seen.amiss.unknown) });
    }
}

/// Adds the elements of a file's beginning to those of others.
pub fn look(head: &Head, survey: &mut Survey) {
    let beginning = Beginning::of(head);
    survey.add(&beginning.tree, beginning.is_cut);
    survey.is_glued |= beginning.is_glued;
}

/// How records are cut from a file in a folder: all its files have one shape. `None` where it is alone there, or
/// says for itself that it is of another.
#[must_use]
pub fn in_folder(head: &Head, beside: &Beside) -> Option<Cut> {
    Beginning::of(head).cut_beside(beside)
}

/// What a document says that is an answer without data; `None` for any other.
#[must_use]
pub fn refusal(head: &Head, beside: Option<&Beside>) -> Option<String> {
    // they are short: of any other file the beginning need not be taken apart once more
    let is_short = head.is_all && head.text.len() <= refusal::LONGEST_DOCUMENT;
    is_short.then(|| refusal::message(&Beginning::of(head), beside)).flatten()
}

/// What names mean in a file in which elements of these names are records, and what it declares.
#[must_use]
pub fn meaning(head: &Head, records: &[&str]) -> (Rules, Entities) {
    let beginning = Beginning::of(head);
    let mut survey = Survey::default();
    survey.add(&beginning.tree, beginning.is_cut);
    let is_tmx = survey.kinds.get(1).is_some_and(|root| root.name == "tmx");
    (survey.rules(records, is_tmx), beginning.entities)
}

/// The beginning of a file, as far as it is markup.
struct Beginning<'a> {
    tree: Tree<'a>,
    entities: Entities,
    is_cut: bool,
    is_glued: bool,
}

impl<'a> Beginning<'a> {
    fn of(head: &Head<'a>) -> Self {
        let entities = doctype(head.text).map(Entities::of).unwrap_or_default();
        let tree = if head.is_all { Tree::of(head.text, &entities) } else { Tree::of_beginning(head.text, &entities) };
        let is_glued = memchr::memmem::find_iter(head.text.as_bytes(), b"<?xml ").nth(1).is_some();
        Self { tree, entities, is_cut: !head.is_all, is_glued }
    }

    /// The file says that it is XML, or it has one root and nothing else, or elements that repeat.
    fn is_xml(&self, head: &Head) -> bool {
        let tree = &self.tree;
        let roots: Vec<usize> = tree.elements(None).collect();
        let Some(&first) = roots.first() else { return false };
        let has_words = tree.words(None) > 0;
        let closes = self.is_cut || tree.is_closed(first);
        if head.declares_xml() {
            return true;
        }
        let alike = roots.iter().filter(|root| tree.name(**root) == tree.name(first)).count();
        head.begin().starts_with('<') && closes && (!has_words || (alike > 1 && alike * 2 > roots.len()))
    }

    fn survey(&self) -> Survey {
        let mut survey = Survey::default();
        survey.is_glued = self.is_glued;
        survey.add(&self.tree, self.is_cut);
        survey
    }

    fn cut(&self) -> Option<Cut> {
        let survey = self.survey();
        let decision = decide::decide(&survey)?;
        Some(self.cut_by(&survey, decision.children))
    }

    /// As the files beside it are cut, as far as this one has what they have.
    fn cut_beside(&self, beside: &Beside) -> Option<Cut> {
        let own = self.survey();
        let root = &own.kinds[*own.kinds[survey::FILE].children.first()?].name;
        let folder = beside.folder(root)?;
        let mut all = folder.survey.clone();
        if !folder.has(beside) {
            all.add(&self.tree, self.is_cut);
        }
        let decision = decide::decide(&all)?;
        let has_container = match &decision.children.of {
            Container::Path(path) => own.is_there(path),
            Container::Named(name) => own.named(name).is_some(),
            Container::Any => true,
        };
        let alone = decide::decide(&own)?;
        (has_container || !alone.repeats).then(|| self.cut_by(&all, decision.children))
    }

    fn cut_by(&self, survey: &Survey, children: Children) -> Cut {
        let root = survey.kinds[survey::FILE].children.first().map(|root| survey.kinds[*root].name.as_str());
        let records: Vec<&str> = children.kinds.iter().map(String::as_str).collect();
        let rules = survey.rules(&records, root == Some("tmx"));
        let unclosed = survey.unclosed(&records);
        Cut::Tree(TreeCut {
            wanted: Wanted::Children(children),
            rules: Arc::new(rules),
            entities: Arc::new(self.entities.clone()),
            unclosed,
            is_html: false,
        })
    }
}

/// The document type declaration, where one stands before the root.
fn doctype(text: &str) -> Option<&str> {
    use crate::engine::records::markup::xml::token::{self, Token, Unended};
    let (mut at, mut unended) = (0, Unended::default());
    while let Some((token, length)) = token::next(&text[at..], true, &mut unended) {
        match token {
            Token::Doctype(doctype) => return Some(doctype),
            Token::Start(_) => return None,
            _ => at += length,
        }
    }
    None
}
