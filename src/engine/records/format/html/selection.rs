//! Records by a person's selector: in a page by the library's tree while it is small enough, else, and in XML, by
//! the tags as they go by.

use std::io::Read;

use super::{HtmlPage, repeating, selected};
use crate::engine::error::{Cause, Halt};
use crate::engine::input::decode::TextReader;
use crate::engine::job::css::Css;
use crate::engine::job::reading::FormatKind;
use crate::engine::job::record_selector::RecordSelector;
use crate::engine::records::context::Context;
use crate::engine::records::field_list::FieldList;
use crate::engine::records::format::{Format, Head, Xml, recognise, xml};
use crate::engine::records::markup::xml::entities::Entities;
use crate::engine::records::markup::xml::matcher::{Level, Matcher, Tag};
use crate::engine::records::markup::xml::rules::Rules;
use crate::engine::records::markup::xml::selector::{Refused, Selector};
use crate::engine::records::markup::xml::tree::Tree;
use crate::engine::records::record::Record;
use crate::engine::records::split::Cut;
use crate::engine::records::split::by_tags::LONGEST_BODY;
use crate::engine::records::split::by_tree::TreeSplitter;
use crate::engine::records::split::by_tree::wanted::{TreeCut, Wanted};
use crate::engine::records::split::raw_record::RawRecord;

/// Pages with more tags are read as a stream: a tree of them takes the memory.
const MOST_TAGS: usize = 60_000;

/// Elements of HTML that a page without its head may begin with.
const OF_PAGES: [&str; 14] =
    ["html", "head", "body", "div", "table", "p", "ul", "ol", "center", "form", "span", "article", "section", "main"];

/// The file is read by HTML's rules.
pub fn is_page(head: &Head) -> bool {
    let is_html = recognise(head).is_some_and(|(format, _)| format.kind() == FormatKind::HtmlPage);
    let root = head.root();
    is_html || !head.declares_xml() && root.is_some_and(|root| OF_PAGES.contains(&&*root.name.to_ascii_lowercase()))
}

/// How records are cut from a page.
///
/// # Errors
/// When the file cannot be read, or the run is stopped; [`Cause::Selector`].
pub fn in_page<R: Read>(
    record: &RecordSelector,
    reader: &mut TextReader<R>,
) -> Result<(&'static dyn Format, Cut), Halt> {
    let Some(css) = record.css() else {
        return Ok((&Pieces, Cut::Tree(stream(Selector::of_path(record.path().unwrap_or_default())))));
    };
    while reader.text().len() <= LONGEST_BODY && reader.more()? {}
    let tags = memchr::memchr_iter(b'<', reader.text().as_bytes()).take(MOST_TAGS).count();
    if reader.is_at_end() && reader.text().len() <= LONGEST_BODY && tags < MOST_TAGS {
        return Ok((&HtmlPage, Cut::Whole));
    }
    Ok((&Pieces, Cut::Tree(stream(selector(css)?))))
}

fn selector(css: &Css) -> Result<Selector, Cause> {
    Selector::parse(css.as_str()).map_err(|Refused(part)| Cause::Selector(part))
}

fn stream(selector: Selector) -> TreeCut {
    let wanted = Wanted::Selected { matcher: Matcher::new(selector, true), root_too: true };
    let (rules, entities) = (Rules::default().into(), Entities::default().into());
    TreeCut { wanted, rules, entities, unclosed: Vec::new(), is_html: true }
}

/// How records are cut from XML, or from markup that is no page.
///
/// # Errors
/// [`Cause::Selector`].
pub fn in_xml(record: &RecordSelector, head: &Head) -> Result<(&'static dyn Format, Cut), Cause> {
    let is_path = record.css().is_none() || record.path().is_some_and(|path| path.contains('/'));
    let selector = match (record.path(), record.css()) {
        (Some(path), _) if is_path => Selector::of_path(path),
        (_, Some(css)) => selector(css)?,
        (path, None) => Selector::of_path(path.unwrap_or_default()),
    };
    let names: Option<Vec<&str>> = selector.names();
    let (rules, entities) = xml::meaning(head, &names.unwrap_or_default());
    let matcher = Matcher::new(selector.clone(), false);
    let root_too = !finds_inside_root(&matcher, head, &entities);
    let wanted = Wanted::Selected { matcher, root_too };
    let (rules, entities) = (rules.into(), entities.into());
    Ok((&Xml, Cut::Tree(TreeCut { wanted, rules, entities, unclosed: Vec::new(), is_html: false })))
}

/// The selector finds the root, and elements inside it: these are meant.
fn finds_inside_root(matcher: &Matcher, head: &Head, entities: &Entities) -> bool {
    let tree = Tree::of_beginning(head.text, entities);
    let Some(root) = tree.elements(None).next() else { return false };
    let mut levels: Vec<(usize, Level)> = Vec::new();
    let mut file = Level::default();
    let mut root_is_meant = false;
    for at in (root..tree.nodes[root].end).filter(|at| tree.is_element(*at)) {
        while levels.last().is_some_and(|(end, _)| *end <= at) {
            levels.pop();
        }
        let around = levels.last_mut().map_or(&mut file, |(_, level)| level);
        let (level, is_meant) = matcher.enter(around, &Tag { name: tree.name(at), attributes: tree.attributes(at) });
        levels.push((tree.nodes[at].end, level));
        if at == root {
            root_is_meant = is_meant;
        } else if is_meant {
            return root_is_meant;
        }
    }
    false
}

/// What a selector finds in a page that is all at hand.
///
/// # Errors
/// When the run is stopped meanwhile; [`Cause::Selector`].
pub fn records(page: &str, css: &Css, context: &mut Context) -> Result<Vec<Record>, Halt> {
    if let Some(records) = selected::records(page, css, context)? {
        return Ok(records);
    }
    // more than the parser should be given: piece by piece
    let reader = TextReader::new(page.as_bytes(), Some(encoding_rs::UTF_8))?;
    let mut splitter = TreeSplitter::new(reader, stream(selector(css)?));
    let (mut raw, mut found) = (RawRecord::default(), Vec::new());
    loop {
        raw.body.clear();
        if !splitter.next(&mut raw, context.notes)? {
            return Ok(found);
        }
        found.extend(selected::piece(&raw.body, context)?);
    }
}

/// Elements of a page, each for itself.
struct Pieces;

impl Format for Pieces {
    fn kind(&self) -> FormatKind {
        FormatKind::Selected
    }

    fn recognise(&self, _: &Head) -> Option<Cut> {
        None
    }

    fn repeats(&self, head: &Head) -> Vec<(String, u64)> {
        repeating::repeats(head.text)
    }

    fn read(&self, raw: &mut RawRecord, context: &mut Context) -> Result<Option<Record>, Halt> {
        let record = selected::piece(&raw.body, context)?;
        raw.attributes = FieldList::default();
        Ok(record)
    }
}
