//! A row's values as records have them, before a form makes them fit.

use std::borrow::Cow;

/// A column's values in one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Field<'a> {
    /// One value, which may be empty.
    One(Cow<'a, str>),
    /// Values that have cells of their own.
    Many(Vec<Cow<'a, str>>),
}

impl<'a> Field<'a> {
    /// Its values, at least one unless it is an empty [`Field::Many`].
    #[must_use]
    pub fn values(&self) -> &[Cow<'a, str>] {
        match self {
            Self::One(value) => std::slice::from_ref(value),
            Self::Many(values) => values,
        }
    }

    /// All in one, as a person reads it, each value made what `shown` makes of it.
    #[must_use]
    pub fn into_joined(self, shown: impl Fn(Cow<'a, str>) -> Cow<'a, str>) -> String {
        match self {
            Self::One(value) => shown(value).into_owned(),
            Self::Many(values) => values.into_iter().map(shown).collect::<Vec<_>>().join(" · "),
        }
    }
}

impl Default for Field<'_> {
    fn default() -> Self {
        Self::One(Cow::Borrowed(""))
    }
}

impl<'a> From<&'a str> for Field<'a> {
    fn from(value: &'a str) -> Self {
        Self::One(value.into())
    }
}

impl From<String> for Field<'_> {
    fn from(value: String) -> Self {
        Self::One(value.into())
    }
}
