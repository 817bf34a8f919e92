//! A record before it is read: as it stands in the source.

use crate::engine::records::field_list::FieldList;

/// One record as it stands in the source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RawRecord {
    /// Attributes as written: lower-case names, entities not decoded.
    pub attributes: FieldList,
    pub body: String,
    /// The line where it begins, from 1.
    pub line: u64,
}

impl RawRecord {
    /// An attribute's value as written.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}
