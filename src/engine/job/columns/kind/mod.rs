//! What a column's values are: text, or something that a program can reckon with. Every value is text in its source; a
//! column is of another kind only because a person said so, and a value that is not of its column's kind stays text.

mod date;
mod holds;
mod number;

pub use date::Moment;
pub use holds::{Holds, Typed};

use serde::{Deserialize, Serialize};

/// What a column's values are taken for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Whatever they look like, they stay as they are.
    #[default]
    Text,
    /// Numbers, of those spellings from which a number gives the same digits again: see [`Kind::read`].
    Number,
    /// Days, with or without a time, without a zone.
    Date,
    /// True or false.
    Truth,
    /// Numbers that are not all whole: what [`Kind::Number`] becomes where a form keeps these apart.
    Decimal,
    /// Days some of which have a time: what [`Kind::Date`] becomes where a form keeps these apart.
    Moment,
}

impl Kind {
    /// Those that people choose between, in their order.
    pub const CHOICES: [Self; 4] = [Self::Text, Self::Number, Self::Date, Self::Truth];

    /// Its name, as the command line, presets and `--json` say it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Date => "date",
            Self::Truth => "truth",
            Self::Decimal => "decimal",
            Self::Moment => "moment",
        }
    }

    /// The kind of this name, of those that people choose.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::CHOICES.into_iter().find(|kind| kind.name() == name)
    }

    /// Nothing is to be made of the values.
    #[must_use]
    #[allow(clippy::trivially_copy_pass_by_ref)] // serde's signature
    pub fn is_text(&self) -> bool {
        *self == Self::Text
    }

    /// The kind that people chose where a form has made this one of it.
    #[must_use]
    pub fn chosen(self) -> Self {
        match self {
            Self::Decimal => Self::Number,
            Self::Moment => Self::Date,
            other => other,
        }
    }

    /// What holds values of both kinds: the wider of two that are alike, else text.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (one, other) if one == other => one,
            (Self::Number | Self::Decimal, Self::Number | Self::Decimal) => Self::Decimal,
            (Self::Date | Self::Moment, Self::Date | Self::Moment) => Self::Moment,
            _ => Self::Text,
        }
    }

    /// The value as one of this kind; `None` where it is none, and has to stay text.
    ///
    /// Numbers are decimal, at most 15 digits long, and nothing of their spelling would be lost: no zeros before them
    /// nor behind their fraction, no plus, no exponent, no grouping, no `-0`. Dates are `2023-01-05`, `2023.01.05`,
    /// `2023. 1. 5.`, `2023/1/5`, `2023년 1월 5일` and `20230105`, and any of these with `T` or a space and `10:30` or
    /// `10:30:00` behind it. Truth is `true`, `yes`, `y`, `t`, `1`, `예`, `네`, `참` or the opposite, in letters of any
    /// case.
    #[must_use]
    pub fn read(self, value: &str) -> Option<Typed> {
        match self {
            Self::Text => None,
            Self::Number | Self::Decimal => number::read(value).map(|is_whole| Typed::Number { is_whole }),
            Self::Date | Self::Moment => Moment::read(value).map(Typed::Date),
            Self::Truth => truth(value).map(Typed::Truth),
        }
    }
}

fn truth(value: &str) -> Option<bool> {
    const LONGEST: usize = 9; // bytes of the longest word
    if value.len() > LONGEST {
        return None;
    }
    match value.to_ascii_lowercase().as_str() {
        "true" | "yes" | "y" | "t" | "1" | "예" | "네" | "참" => Some(true),
        "false" | "no" | "n" | "f" | "0" | "아니요" | "아니오" | "거짓" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn truth_is_said_in_a_few_words() {
        for yes in ["true", "TRUE", "True", "Y", "yes", "1", "예", "참"] {
            assert_eq!(Kind::Truth.read(yes), Some(Typed::Truth(true)), "{yes}");
        }
        for no in ["false", "No", "N", "f", "0", "아니요", "아니오", "거짓"] {
            assert_eq!(Kind::Truth.read(no), Some(Typed::Truth(false)), "{no}");
        }
        for text in ["", " true", "2", "-1", "maybe", "예예", "trueish true"] {
            assert_eq!(Kind::Truth.read(text), None, "{text}");
        }
    }

    #[test]
    fn kinds_are_called_by_their_names() {
        for kind in Kind::CHOICES {
            assert_eq!(Kind::parse(kind.name()), Some(kind));
            assert_eq!(serde_json::to_value(kind).expect("JSON"), kind.name());
        }
        assert_eq!(Kind::parse("decimal"), None);
    }
}
