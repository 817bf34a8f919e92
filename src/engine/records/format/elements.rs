//! A record whose fields are elements inside it (TREC, Reuters, TEI, XML): elements → named values.

use std::collections::HashSet;
use std::ops::Range;

use super::{decode, key};
use crate::engine::error::Halt;
use crate::engine::job::reading::Tags;
use crate::engine::notes::NoteKind;
use crate::engine::records::context::Context;
use crate::engine::records::context::attribute;
use crate::engine::records::markup::element_names::{closes_itself, is_named_by_attribute, is_running};
use crate::engine::records::markup::line_breaks::{is_within_line, lined};
use crate::engine::records::markup::outline::{Element, Outline};
use crate::engine::records::markup::tidy::Rules;
use crate::engine::records::record::{Markup, Record, Roles};
use crate::engine::records::signs::is_blank;
use crate::engine::records::split::raw_record::RawRecord;

/// Text of a record that stands in none of its elements.
pub const REST: &str = "rest";

/// How a format's elements are read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Style {
    /// Elements that only group others: what is inside counts as if it stood outside (lower case).
    pub groups: &'static [&'static str],
    /// Elements that are whole texts, whatever is inside (lower case).
    pub texts: &'static [&'static str],
    /// Elements whose content is no markup at all: `&` and `<` are themselves (lower case).
    pub verbatim: &'static [&'static str],
    pub rules: Rules,
    /// Elements inside elements become fields of their own, `head/title`.
    pub nested: bool,
}

/// Fields inside fields are told apart so deep; what is deeper is the text of the last.
const DEEPEST: usize = 8;

/// The fields of a record with these attributes and this body, in the order of the source. What stands
/// in no element is the field [`REST`]; attributes of elements are fields like `author@ref`.
///
/// # Errors
/// When the run is stopped meanwhile.
pub fn read(
    attributes: Vec<(String, String)>,
    body: &str,
    style: Style,
    context: &mut Context,
) -> Result<Vec<(String, String)>, Halt> {
    let mut outline = Outline::of(body);
    if outline.too_many {
        context.note(NoteKind::TooMuchMarkup, 1);
    }
    if !style.nested {
        let lost = close_at_next(&mut outline, body.len(), style);
        context.note(NoteKind::EndTagMissing, lost);
    }
    let (top, inside) = outline.children();
    let mut reader = Reader { body, style, outline: &outline, inside: &inside, fields: Vec::new() };
    let mended = reader.mend(&top, context)?;
    let top = if style.nested { reader.without_running(top) } else { top };
    reader.group(&top, &mended, 0..body.len(), "", REST, context)?;
    let names: HashSet<&str> = reader.fields.iter().map(|(name, _)| name.as_str()).collect();
    let own = |(name, value): (String, String)| {
        let name = if names.contains(&*name) { format!("@{name}") } else { name };
        (name, value)
    };
    let mut fields: Vec<_> = attributes.into_iter().map(own).collect();
    fields.extend(reader.fields);
    Ok(fields)
}

/// A record whose elements are its fields, named by what they stand for.
pub fn children(raw: RawRecord, style: Style, roles: Roles, context: &mut Context) -> Result<Record, Halt> {
    unnamed(raw, style, roles, context).map(Record::named_by_role)
}

/// A record whose elements are its fields, under their own names.
pub fn unnamed(raw: RawRecord, style: Style, roles: Roles, context: &mut Context) -> Result<Record, Halt> {
    key(&raw.attributes).clone_into(context.id);
    if context.id.is_empty() {
        *context.id = first_of(&raw.body, roles);
    }
    let mut attributes = raw.attributes;
    decode(&mut attributes, context);
    let fields = read(attributes.into(), &raw.body, style, context)?;
    let markup = context.keep_markup.then_some(raw.body).map(Markup::Html);
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

/// An element that lost its end tag ends where the next one begins; gives how many did.
fn close_at_next(outline: &mut Outline, end: usize, style: Style) -> u64 {
    let top: Vec<usize> = (0..outline.elements.len()).filter(|at| outline.elements[*at].parent.is_none()).collect();
    let (mut lost, mut next) = (0, 0);
    for (place, &at) in top.iter().enumerate() {
        let element = &outline.elements[at];
        if place < next || element.is_closed || closes_itself(element.name) || is_running(element.name) {
            continue;
        }
        let is_text = style.texts.contains(&&*element.name.to_ascii_lowercase());
        let follows = |other: &usize| !(is_text && is_running(outline.elements[*other].name));
        next = top[place + 1..].iter().position(follows).map_or(top.len(), |after| place + 1 + after);
        let until = top.get(next).map_or(end, |next| outline.elements[*next].outer.start);
        for &inner in &top[place + 1..next] {
            outline.elements[inner].parent = Some(at);
        }
        let element = &mut outline.elements[at];
        (element.inner.end, element.outer.end) = (until, until);
        lost += 1;
    }
    lost
}

struct Reader<'a> {
    body: &'a str,
    style: Style,
    outline: &'a Outline<'a>,
    inside: &'a [Vec<usize>],
    fields: Vec<(String, String)>,
}

impl Reader<'_> {
    /// `WEB-0002 </DOCNO>`: the text before a stray end tag is what its lost start tag began. Gives the
    /// places that were taken.
    fn mend(&mut self, top: &[usize], context: &mut Context) -> Result<Vec<Range<usize>>, Halt> {
        let mut taken: Vec<Range<usize>> = Vec::new();
        let (mut from, mut passed) = (0, 0);
        for (name, tag) in &self.outline.strays {
            while let Some(&at) = top.get(passed)
                && self.outline.elements[at].outer.start < tag.start
            {
                from = from.max(self.outline.elements[at].outer.end);
                passed += 1;
            }
            if from > tag.start {
                continue; // inside an element
            }
            let text = &self.body[from..tag.start];
            if self.style.nested || is_running(name) || closes_itself(name) || text.trim().is_empty() {
                context.note(NoteKind::EndTagStray, 1);
                continue;
            }
            context.note(NoteKind::StartTagMissing, 1);
            let value = self.text(name, text, context)?;
            self.fields.push((self.named("", name), value.trim().to_owned()));
            taken.push(from..tag.end);
            from = tag.end;
        }
        Ok(taken)
    }

    /// The elements of a record that are fields, not running text: paragraphs are not, nor what stands
    /// inside a line where the record has words of its own.
    fn without_running(&self, top: Vec<usize>) -> Vec<usize> {
        let elements = &self.outline.elements;
        let mut from = 0;
        let mut has_words = top.iter().any(|&at| {
            let between = &self.body[from..elements[at].outer.start.max(from)];
            from = elements[at].outer.end.max(from);
            !is_without_words(between)
        });
        has_words |= !is_without_words(&self.body[from..]);
        let is_part = |name: &str| is_running(name) || (has_words && is_within_line(name, self.style.rules));
        top.into_iter().filter(|at| !is_part(elements[*at].name)).collect()
    }

    /// Elements `children` that stand in `range`: each its field; text between them, but for what is
    /// `taken`, is the field `rest`.
    fn group(
        &mut self,
        children: &[usize],
        taken: &[Range<usize>],
        range: Range<usize>,
        prefix: &str,
        rest: &str,
        context: &mut Context,
    ) -> Result<(), Halt> {
        for &child in children {
            self.element(child, prefix, context)?;
        }
        let elements = children.iter().map(|child| self.outline.elements[*child].outer.clone());
        let mut covered: Vec<Range<usize>> = elements.chain(taken.iter().cloned()).collect();
        covered.sort_by_key(|range| range.start);
        covered.push(range.end..range.end);
        let mut between = String::new();
        let mut from = range.start;
        for covered in covered {
            let piece = self.body[from..covered.start.max(from)].trim_matches(['\n', '\r']);
            if !piece.trim().is_empty() {
                between.push_str(if between.is_empty() { "" } else { "\n" });
                between.push_str(piece);
            }
            from = covered.end.max(from);
        }
        if between.is_empty() {
            return Ok(());
        }
        let text = self.text("", &between, context)?;
        // characters that no workbook holds are no text
        if text.chars().any(|char| !is_blank(char) && !char.is_control()) {
            self.fields.push((rest.to_owned(), text));
        }
        Ok(())
    }

    fn element(&mut self, at: usize, prefix: &str, context: &mut Context) -> Result<(), Halt> {
        let element = &self.outline.elements[at];
        let own = element.name.to_ascii_lowercase();
        let children = &self.inside[at];
        if self.style.groups.contains(&&*own) {
            let name = self.named(prefix, element.name);
            self.attributes(element, &name, context);
            return self.group(children, &[], element.inner.clone(), prefix, &name, context);
        }
        let by_name = is_named_by_attribute(&own).then(|| element.attributes.iter().find(|(name, _)| name == "name"));
        let key = by_name.flatten().map(|(_, value)| attribute(value)).filter(|key| !key.trim().is_empty());
        let name = key.map_or_else(|| self.named(prefix, element.name), |key| format!("{prefix}{}", key.trim()));
        self.attributes(element, &name, context);
        if let Some(list) = self.list(element, children).filter(|_| !self.style.nested) {
            for &item in list {
                let item = &self.outline.elements[item];
                self.attributes(item, &name, context);
                let value = self.text(&own, &self.body[item.inner.clone()], context)?;
                self.fields.push((name.clone(), value.trim().to_owned()));
            }
            return Ok(());
        }
        let is_deep = prefix.matches('/').count() >= DEEPEST;
        if self.style.nested && !children.is_empty() && !is_deep && !self.is_text(element, children) {
            return self.group(children, &[], element.inner.clone(), &format!("{name}/"), &name, context);
        }
        self.inner_attributes(at, &name, context);
        let value = self.text(&own, &self.body[element.inner.clone()], context)?;
        let has_tags = !children.is_empty();
        let value = if self.is_whole_text(&own) { value } else { short(&value, has_tags) };
        self.fields.push((name, value));
        Ok(())
    }

    /// An element's name as its field has it: XML's letters are what they are.
    fn named(&self, prefix: &str, name: &str) -> String {
        let name = if self.style.rules == Rules::Xml { name.to_owned() } else { name.to_ascii_lowercase() };
        format!("{prefix}{name}")
    }

    fn attributes(&mut self, element: &Element, name: &str, context: &mut Context) {
        for (key, value) in &element.attributes {
            context.note_bad_bytes(value);
            self.fields.push((format!("{name}@{key}"), attribute(value)));
        }
    }

    /// The attributes of elements inside a text: `text/f@p`.
    fn inner_attributes(&mut self, at: usize, name: &str, context: &mut Context) {
        let end = self.outline.elements[at].outer.end;
        let inside = self.outline.elements[at + 1..].iter().take_while(|inner| inner.outer.start < end);
        for inner in inside.filter(|inner| !inner.attributes.is_empty()) {
            self.attributes(inner, &self.named(&format!("{name}/"), inner.name), context);
        }
    }

    /// The items of an element that holds nothing but elements of one name: `<TOPICS><D>a</D><D>b</D>`.
    fn list<'b>(&self, element: &Element, children: &'b [usize]) -> Option<&'b [usize]> {
        let first = &self.outline.elements[*children.first()?];
        let own = element.name.to_ascii_lowercase();
        if is_running(first.name) || is_running(&own) || self.is_whole_text(&own) {
            return None;
        }
        let mut from = element.inner.start;
        for child in children {
            let child_element = &self.outline.elements[*child];
            let alike = child_element.name.eq_ignore_ascii_case(first.name) && self.inside[*child].is_empty();
            if !alike || !self.body[from..child_element.outer.start].trim().is_empty() {
                return None;
            }
            from = child_element.outer.end;
        }
        self.body[from..element.inner.end].trim().is_empty().then_some(children)
    }

    /// Running text: it has words between its elements, or its elements make up running text.
    fn is_text(&self, own: &Element, children: &[usize]) -> bool {
        if self.is_whole_text(&own.name.to_ascii_lowercase()) || is_running(own.name) {
            return true;
        }
        let mut from = own.inner.start;
        children.iter().any(|&child| {
            let child = &self.outline.elements[child];
            let between = &self.body[from..child.outer.start];
            from = child.outer.end;
            !is_without_words(between) || is_running(child.name)
        }) || !is_without_words(&self.body[from..own.inner.end])
    }

    fn is_whole_text(&self, own: &str) -> bool {
        self.style.texts.contains(&own)
    }

    fn text(&self, own: &str, markup: &str, context: &mut Context) -> Result<String, Halt> {
        if self.style.verbatim.contains(&own) {
            return context.verbatim(markup);
        }
        match context.tags {
            Tags::LeaveOut => context.text(lined(markup, self.style.rules), self.style.rules),
            Tags::Keep => context.text(markup, self.style.rules),
        }
    }
}

/// Nothing but spaces and comments.
fn is_without_words(between: &str) -> bool {
    let between = between.trim();
    between.is_empty() || (between.starts_with("<!--") && between.ends_with("-->") && !between[4..].contains("<!--"))
}

/// A value that is no text of its own: without the spaces around it, and without the blank lines that
/// tags inside it leave behind.
fn short(value: &str, has_tags: bool) -> String {
    if !has_tags {
        return value.trim().to_owned();
    }
    let lines = value.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}
