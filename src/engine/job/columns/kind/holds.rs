//! What a form of output makes of columns that are no text.

use std::borrow::Cow;

use super::{Kind, Moment};

/// What a value is, where it is of its column's kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed {
    /// A number, spelt as programs spell it.
    Number {
        /// It has no fraction.
        is_whole: bool,
    },
    /// A day, or a moment in it.
    Date(Moment),
    /// True or false.
    Truth(bool),
}

impl Typed {
    /// The kind that people chose for it.
    #[must_use]
    pub fn kind(self) -> Kind {
        match self {
            Self::Number { .. } => Kind::Number,
            Self::Date(_) => Kind::Date,
            Self::Truth(_) => Kind::Truth,
        }
    }

    /// What is written and read back are compared by this: a number's digits, a moment's seconds since 1970, `1` or
    /// `0`. `value` is how it is spelt.
    #[must_use]
    pub fn told(self, value: &str) -> Cow<'_, str> {
        match self {
            Self::Number { .. } => value.into(),
            Self::Date(moment) => moment.seconds().to_string().into(),
            Self::Truth(is_true) => (if is_true { "1" } else { "0" }).into(),
        }
    }
}

/// The kinds that files of a form can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holds {
    /// These; what is asked to be another is text.
    pub kinds: &'static [Kind],
    /// All values of a column are of one kind; else each cell has its own.
    pub is_by_column: bool,
    /// The first day that is held as one.
    pub first_day: i32,
}

impl Holds {
    /// Nothing but texts.
    pub const TEXTS: Self = Self { kinds: &[], is_by_column: false, first_day: i32::MIN };

    /// What a column is here that a person made one of this kind.
    #[must_use]
    pub fn of(self, kind: Kind) -> Kind {
        if self.kinds.contains(&kind.chosen()) { kind } else { Kind::Text }
    }

    /// The value in a column of this kind; `None` where it stays text.
    #[must_use]
    pub fn typed(self, kind: Kind, value: &str) -> Option<Typed> {
        let typed = self.of(kind).read(value)?;
        let is_too_early = matches!(typed, Typed::Date(moment) if moment.day < self.first_day);
        (!is_too_early).then_some(typed)
    }

    /// What a column of this kind has to be so that it can hold the value as well.
    #[must_use]
    pub fn with(self, kind: Kind, value: &str) -> Kind {
        if !self.is_by_column || kind == Kind::Text || value.is_empty() {
            return kind;
        }
        match (kind, self.typed(kind, value)) {
            (_, None) => Kind::Text,
            (Kind::Number, Some(Typed::Number { is_whole: false })) => Kind::Decimal,
            (Kind::Date, Some(Typed::Date(Moment { has_time: true, .. }))) => Kind::Moment,
            _ => kind,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: &[Kind] = &[Kind::Number, Kind::Date, Kind::Truth];

    #[test]
    fn columns_become_what_all_their_values_are() {
        let holds = Holds { kinds: ALL, is_by_column: true, first_day: i32::MIN };
        let of = |kind, values: &[&str]| values.iter().fold(kind, |kind, value| holds.with(kind, value));
        assert_eq!(of(Kind::Number, &["1", "", "2"]), Kind::Number);
        assert_eq!(of(Kind::Number, &["1", "2.5", "3"]), Kind::Decimal);
        assert_eq!(of(Kind::Number, &["1", "2.5", "007", "3"]), Kind::Text);
        assert_eq!(of(Kind::Date, &["2023-01-05"]), Kind::Date);
        assert_eq!(of(Kind::Date, &["2023-01-05", "2023-01-05T00:00", "2023-01-06"]), Kind::Moment);
        assert_eq!(of(Kind::Truth, &["yes", "0"]), Kind::Truth);
        assert_eq!(of(Kind::Truth, &["yes", "2"]), Kind::Text);
        let by_cell = Holds { is_by_column: false, ..holds };
        assert_eq!(by_cell.with(Kind::Number, "x"), Kind::Number);
    }

    #[test]
    fn form_may_hold_some_kinds_and_days_alone() {
        let holds = Holds { kinds: &[Kind::Date], is_by_column: false, first_day: 0 };
        assert_eq!(holds.of(Kind::Number), Kind::Text);
        assert_eq!(holds.of(Kind::Moment), Kind::Moment);
        assert_eq!(holds.typed(Kind::Number, "1"), None);
        assert!(holds.typed(Kind::Date, "1970-01-01").is_some());
        assert_eq!(holds.typed(Kind::Date, "1969-12-31"), None);
    }
}
