//! A record whose fields are elements inside it (TREC, Reuters, TEI, XML): elements → named values.

use super::markup::Rules;
use super::outline::{Element, Outline};
use super::{Context, Ended};
use crate::engine::notes::NoteKind;

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

/// Elements that make up running text.
const RUNNING: [&str; 36] = [
    "p", "s", "w", "c", "seg", "ab", "l", "lg", "lb", "pb", "div", "br", "b", "i", "u", "em", "strong", "span", "sup",
    "sub", "ul", "ol", "li", "table", "tr", "td", "th", "hi", "a", "font", "q", "quote", "note", "foreign", "name",
    "ref",
];

/// The fields of a record with these attributes and this body, in the order of the source. What stands
/// in no element is the field [`REST`].
///
/// # Errors
/// When the run is stopped meanwhile.
pub fn read(
    attributes: Vec<(String, String)>,
    body: &str,
    style: Style,
    context: &mut Context,
) -> Result<Vec<(String, String)>, Ended> {
    let outline = Outline::of(body);
    if outline.too_many {
        context.note(NoteKind::TooMuchMarkup, 1);
    }
    let (top, inside) = outline.children();
    let mut reader = Reader { body, style, outline: &outline, inside: &inside, fields: Vec::new() };
    reader.mend(context)?;
    reader.group(&top, 0..body.len(), "", REST, context)?;
    let mut fields = attributes;
    for (name, _) in &mut fields {
        if reader.fields.iter().any(|(known, _)| known == name) {
            name.insert(0, '@');
        }
    }
    fields.extend(reader.fields);
    Ok(fields)
}

struct Reader<'a> {
    body: &'a str,
    style: Style,
    outline: &'a Outline<'a>,
    inside: &'a [Vec<usize>],
    fields: Vec<(String, String)>,
}

impl Reader<'_> {
    /// `WEB-0002 </DOCNO>`: the text before a stray end tag is what its lost start tag began.
    fn mend(&mut self, context: &mut Context) -> Result<(), Ended> {
        let mut from = 0;
        for (name, tag) in &self.outline.strays {
            let before = self.outline.elements.iter().filter(|e| e.parent.is_none() && e.outer.start < tag.start);
            let around = before.last();
            if around.is_some_and(|element| element.outer.end > tag.end) {
                continue; // inside an element
            }
            let start = around.map_or(0, |element| element.outer.end).max(from).min(tag.start);
            let text = &self.body[start..tag.start];
            if !text.trim().is_empty() && self.style.nested {
                context.note(NoteKind::EndTagStray, 1);
            } else if !text.trim().is_empty() {
                context.note(NoteKind::StartTagMissing, 1);
                let value = self.text(name, text, context)?;
                self.fields.push((name.to_ascii_lowercase(), value));
            }
            from = tag.end;
            if self.fields.len() > 100 {
                break;
            }
        }
        Ok(())
    }

    /// Elements `children` that stand in `range`: each its field; text between them is the field `rest`.
    fn group(
        &mut self,
        children: &[usize],
        range: std::ops::Range<usize>,
        prefix: &str,
        rest: &str,
        context: &mut Context,
    ) -> Result<(), Ended> {
        let mended = self.fields.len();
        for &child in children {
            self.element(child, prefix, context)?;
        }
        let mut between = String::new();
        let mut from = range.start;
        for &child in children {
            let outer = &self.outline.elements[child].outer;
            between.push_str(&self.body[from..outer.start.max(from)]);
            from = outer.end.max(from);
        }
        between.push_str(&self.body[from..range.end.max(from)]);
        if between.trim().is_empty() || (prefix.is_empty() && mended > 0) {
            return Ok(());
        }
        let text = self.text("", &between, context)?;
        // characters that no workbook holds are no text
        if text.chars().any(|char| !char.is_whitespace() && !char.is_control() && char != '\u{feff}') {
            self.fields.push((rest.to_owned(), text));
        }
        Ok(())
    }

    fn element(&mut self, at: usize, prefix: &str, context: &mut Context) -> Result<(), Ended> {
        let element = &self.outline.elements[at];
        let own = element.name.to_ascii_lowercase();
        let name = format!("{prefix}{own}");
        let children = &self.inside[at];
        if self.style.groups.contains(&&*own) {
            return self.group(children, element.inner.clone(), prefix, &name, context);
        }
        if let Some(list) = self.list(element, children) {
            for &item in list {
                let inner = self.body[self.outline.elements[item].inner.clone()].to_owned();
                let value = self.text(&own, &inner, context)?;
                self.fields.push((name.clone(), value.trim().to_owned()));
            }
            return Ok(());
        }
        if self.style.nested {
            for (attribute, value) in &element.attributes {
                self.fields.push((format!("{name}@{attribute}"), context.attribute(value)));
            }
            if !children.is_empty() && !self.is_text(&own, children) {
                return self.group(children, element.inner.clone(), &format!("{name}/"), &name, context);
            }
        }
        let value = self.text(&own, &self.body[element.inner.clone()], context)?;
        let value = if self.is_whole_text(&own) { value } else { value.trim().to_owned() };
        self.fields.push((name, value));
        Ok(())
    }

    /// The items of an element that holds nothing but elements of one name: `<TOPICS><D>a</D><D>b</D>`.
    fn list<'b>(&self, element: &Element, children: &'b [usize]) -> Option<&'b [usize]> {
        let first = &self.outline.elements[*children.first()?];
        let name = first.name.to_ascii_lowercase();
        let own = element.name.to_ascii_lowercase();
        if RUNNING.contains(&&*name) || self.is_whole_text(&own) {
            return None;
        }
        let mut from = element.inner.start;
        for child in children {
            let child_element = &self.outline.elements[*child];
            let alike = child_element.name.eq_ignore_ascii_case(&name) && self.inside[*child].is_empty();
            if !alike || !self.body[from..child_element.outer.start].trim().is_empty() {
                return None;
            }
            from = child_element.outer.end;
        }
        self.body[from..element.inner.end].trim().is_empty().then_some(children)
    }

    /// Running text: it has words between its elements, or its elements make up running text.
    fn is_text(&self, own: &str, children: &[usize]) -> bool {
        if self.is_whole_text(own) {
            return true;
        }
        let element = |at: usize| &self.outline.elements[at];
        let Some(parent) = children.first().and_then(|at| element(*at).parent) else { return true };
        let mut from = element(parent).inner.start;
        children.iter().any(|&child| {
            let between = &self.body[from..element(child).outer.start];
            from = element(child).outer.end;
            !between.trim().is_empty() || RUNNING.contains(&&*element(child).name.to_ascii_lowercase())
        }) || !self.body[from..element(parent).inner.end].trim().is_empty()
    }

    fn is_whole_text(&self, own: &str) -> bool {
        self.style.texts.contains(&own)
    }

    fn text(&self, own: &str, markup: &str, context: &mut Context) -> Result<String, Ended> {
        if self.style.verbatim.contains(&own) {
            return Ok(markup.to_owned());
        }
        context.text(markup, self.style.rules)
    }
}
