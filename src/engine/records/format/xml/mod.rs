//! Any XML, or markup without a root, with an element that repeats: that element is the record. Which
//! one it is shows in the beginning of the file.

pub mod tei;

use std::collections::BTreeMap;
use std::mem::take;

use super::elements::{self, REST, Style, is_running};
use super::{COMMON, Format, Head};
use crate::engine::error::Halt;
use crate::engine::job::reading::FormatKind;
use crate::engine::records::context::Context;
use crate::engine::records::markup::outline::Outline;
use crate::engine::records::markup::tidy::Rules;
use crate::engine::records::record::Record;
use crate::engine::records::split::Cut;
use crate::engine::records::split::boundaries::{Boundaries, Inside};
use crate::engine::records::split::raw_record::RawRecord;

pub struct Xml;

const STYLE: Style = Style { groups: &[], texts: &["text"], verbatim: &[], rules: Rules::Xml, nested: true };

impl Format for Xml {
    fn kind(&self) -> FormatKind {
        FormatKind::Xml
    }

    fn recognise(&self, head: &Head) -> Option<Cut> {
        head.root()?;
        repeating(head).map(records)
    }

    /// Where no element repeats, all is one record.
    fn cut(&self, head: &Head) -> Option<Cut> {
        self.recognise(head).or_else(|| head.root().map(|root| records(root.name)))
    }

    fn read(&self, raw: &mut RawRecord, context: &mut Context) -> Result<Option<Record>, Halt> {
        let mut record = elements::unnamed(take(raw), STYLE, COMMON, context)?;
        let has_text = record.fields.iter().any(|(name, _)| name == "text");
        for (name, _) in record.fields.iter_mut() {
            if name == REST && !has_text {
                "text".clone_into(name); // an element with nothing inside but its text
            }
        }
        Ok(Some(record))
    }
}

/// Cut by the tags of this element.
fn records(element: &str) -> Cut {
    Cut::Tags(Boundaries { element: element.to_owned().into(), inside: Inside::Nests })
}

/// Elements that are alike: their depth, parent and name. Of each: how many, the bytes that they take, and
/// the name as written.
type Kind = (usize, Option<usize>, String);

/// The element that repeats below one parent and takes up most of the text.
fn repeating<'a>(head: &Head<'a>) -> Option<&'a str> {
    let outline = if head.is_all { Outline::of(head.text) } else { Outline::of_beginning(head.text) };
    let mut groups: BTreeMap<Kind, (usize, usize, &str)> = BTreeMap::new();
    let mut depths: Vec<usize> = Vec::with_capacity(outline.elements.len());
    for element in &outline.elements {
        let depth = element.parent.map_or(0, |parent| depths[parent] + 1);
        depths.push(depth);
        let length = element.outer.len();
        let entry = groups.entry((depth, element.parent, element.name.to_ascii_lowercase()));
        let group = entry.or_insert((0, 0, element.name));
        group.0 += 1;
        group.1 += length;
    }
    let most = groups.values().filter(|group| group.0 > 1).map(|group| group.1).max()?;
    // of those that take up about as much, the outermost
    let enough = |group: &&(usize, usize, &str)| group.0 > 1 && group.1 * 10 >= most * 8;
    let (key, group) = groups.iter().find(|(_, group)| enough(group))?;
    if !is_running(group.2) {
        return Some(group.2);
    }
    // sentences and paragraphs are no records: what holds them is. Where the head ends inside it, and
    // it is the first in the root, more of its kind may follow; else it is the whole document
    let mut around = Vec::new();
    let mut parent = key.1;
    while let Some(at) = parent {
        around.push(at);
        parent = outline.elements[at].parent;
    }
    let is_first = |at: &usize| outline.elements[*at].parent.is_some_and(|parent| parent + 1 == *at);
    let below_root = around.len().checked_sub(2).map(|at| around[at]).filter(is_first);
    match (below_root, around.last()) {
        (Some(at), _) if !head.is_all => Some(outline.elements[at].name),
        (_, Some(&root)) => Some(outline.elements[root].name),
        _ => Some(group.2),
    }
}
