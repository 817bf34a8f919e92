//! TMX, the exchange of translation memories (<https://www.gala-global.org/tmx-14b>): a `tu` a row, a column a
//! language; what the unit and its variants say besides are fields as well.

use crate::engine::error::Halt;
use crate::engine::job::reading::FormatKind;
use crate::engine::notes::NoteKind;
use crate::engine::records::context::{Context, attribute};
use crate::engine::records::format::{COMMON, Format, Head, decode};
use crate::engine::records::markup::outline::{Element, Outline};
use crate::engine::records::markup::tidy::Rules;
use crate::engine::records::record::{Markup, Record};
use crate::engine::records::split::Cut;
use crate::engine::records::split::boundaries::{Boundaries, Inside};
use crate::engine::records::split::raw_record::RawRecord;

pub struct Tmx;

impl Format for Tmx {
    fn kind(&self) -> FormatKind {
        FormatKind::Tmx
    }

    fn recognise(&self, head: &Head) -> Option<Cut> {
        let is_tmx = head.root().is_some_and(|root| root.name.eq_ignore_ascii_case("tmx"));
        is_tmx.then(|| self.cut(head)).flatten()
    }

    fn cut(&self, _: &Head) -> Option<Cut> {
        Some(Cut::Tags(Boundaries { element: "tu".into(), inside: Inside::Nests }))
    }

    fn read(&self, raw: &mut RawRecord, context: &mut Context) -> Result<Option<Record>, Halt> {
        let mut fields = std::mem::take(&mut raw.attributes);
        decode(&mut fields, context);
        let id = fields.iter().find(|(name, _)| name == "tuid").map_or("", |(_, id)| id.as_str());
        id.clone_into(context.id);
        let outline = Outline::of(&raw.body);
        context.note(NoteKind::TooMuchMarkup, u64::from(outline.too_many));
        let (top, inside) = outline.children();
        let mut unit = Unit { body: &raw.body, outline: &outline, inside: &inside, fields: fields.into(), context };
        unit.all(&top, 0..raw.body.len(), "")?;
        let fields = unit.fields.into();
        let markup = context.keep_markup.then(|| Markup::Html(std::mem::take(&mut raw.body)));
        Ok(Some(Record { line: raw.line, fields, markup, roles: COMMON }))
    }
}

/// A unit as it is read.
struct Unit<'a, 'c, 's> {
    body: &'a str,
    outline: &'a Outline<'a>,
    inside: &'a [Vec<usize>],
    fields: Vec<(String, String)>,
    context: &'c mut Context<'s>,
}

impl Unit<'_, '_, '_> {
    /// The elements in this range of a unit, or of the variant of a language, whose name stands before theirs.
    /// What stands in none of them is a field too.
    fn all(&mut self, elements: &[usize], range: std::ops::Range<usize>, before: &str) -> Result<(), Halt> {
        let mut from = range.start;
        let mut between = String::new();
        for &at in elements {
            let element = &self.outline.elements[at];
            between.push_str(self.body.get(from..element.outer.start).unwrap_or_default());
            from = element.outer.end.max(from);
            let element = element.clone();
            match &*element.name.to_ascii_lowercase() {
                "tuv" => {
                    let language = value(&element, &["xml:lang", "lang"]).unwrap_or_else(|| "tuv".to_owned());
                    self.attributes(&element, &language, &["xml:lang", "lang"]);
                    let inside = &self.inside[at];
                    self.all(inside, element.inner.clone(), &language)?;
                }
                "seg" => {
                    let name = if before.is_empty() { "seg" } else { before };
                    self.attributes(&element, name, &[]);
                    self.text(name, &self.body[element.inner.clone()])?;
                }
                "prop" => {
                    let name = value(&element, &["type"]).unwrap_or_else(|| "prop".to_owned());
                    let name = joined(before, &name);
                    self.attributes(&element, &name, &["type"]);
                    self.text(&name, &self.body[element.inner.clone()])?;
                }
                name => {
                    let name = joined(before, name);
                    self.attributes(&element, &name, &[]);
                    self.text(&name, &self.body[element.inner.clone()])?;
                }
            }
        }
        between.push_str(self.body.get(from..range.end).unwrap_or_default());
        let rest = self.context.text(between, Rules::Xml)?;
        if !rest.trim().is_empty() {
            self.fields.push((joined(before, "rest"), rest.trim().to_owned()));
        }
        Ok(())
    }

    fn attributes(&mut self, element: &Element, name: &str, but: &[&str]) {
        for (key, written) in element.attributes.iter().filter(|(key, _)| !but.contains(&&**key)) {
            self.context.note_bad_bytes(written);
            self.fields.push((format!("{name}@{key}"), attribute(written)));
        }
    }

    fn text(&mut self, name: &str, markup: &str) -> Result<(), Halt> {
        let text = self.context.text(markup, Rules::Xml)?;
        self.fields.push((name.to_owned(), text));
        Ok(())
    }
}

/// The value of the first of these attributes that is there and not blank.
fn value(element: &Element, names: &[&str]) -> Option<String> {
    let find = |name: &&str| element.attributes.iter().find(|(known, _)| known == name);
    let found = names.iter().find_map(find).map(|(_, written)| attribute(written));
    found.filter(|value| !value.trim().is_empty())
}

fn joined(before: &str, name: &str) -> String {
    if before.is_empty() { name.to_owned() } else { format!("{before}/{name}") }
}
