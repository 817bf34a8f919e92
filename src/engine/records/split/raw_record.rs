//! A record before it is read: as it stands in the source.

use std::sync::Arc;

use crate::engine::records::field_list::FieldList;
use crate::engine::records::json::tokenizer::Token;
use crate::engine::records::markup::xml::entities::Entities;
use crate::engine::records::markup::xml::rules::Rules;

/// One record as it stands in the source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RawRecord {
    /// Attributes as written: lower-case names, entities not decoded.
    pub attributes: FieldList,
    pub body: String,
    /// The tokens of a JSON value whose text is the body, where they are at hand: all of them but its end, or none.
    pub tokens: Vec<Token>,
    /// The line where it begins, from 1.
    pub line: u64,
    /// Of a record that was cut from a tree of elements: then the body holds its own tags.
    pub around: Around,
}

/// What a record cut from a tree of elements has around it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Around {
    /// Fields of the elements around it: `../id`.
    pub fields: Arc<Vec<(String, String)>>,
    /// Its element's name, where records of several kinds stand side by side.
    pub element: Option<String>,
    /// It is several elements that stand side by side.
    pub in_turn: bool,
    pub entities: Arc<Entities>,
    pub rules: Arc<Rules>,
}

impl RawRecord {
    /// An attribute's value as written.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}
