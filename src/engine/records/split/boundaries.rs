//! What a format says of its records' tags; [`super::by_tags`] cuts by it.

use std::borrow::Cow;

/// By which tags records are told apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Boundaries {
    /// The element's name; letter case does not matter.
    pub element: Cow<'static, str>,
    pub inside: Inside,
}

/// What another start tag means while a record is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inside {
    /// With this attribute, at the beginning of a line, it begins the next record: the open one lost
    /// its end tag. Else it is markup.
    Key(&'static str),
    /// At the beginning of a line it begins the next record.
    Line,
    /// Elements of this name may stand inside each other; what stands in comments and CDATA sections is
    /// no tag.
    Nests,
}
