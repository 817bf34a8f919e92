//! A filter as a line of text, and back: `keep text contains 한국`, `drop duplicates:id`, `sample 10% seed 7`.
//!
//! A column's name that has spaces, commas or quotes in it stands in quotes, a quote in it twice.

use std::fmt;
use std::num::NonZeroU64;
use std::path::PathBuf;

use super::{Filter, Pattern, Share, Size, Test};

/// Why a line is no filter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadFilter {
    /// It begins with no word that a filter begins with.
    #[error(
        "“{0}” is no filter: write keep or drop and what is asked, drop empty, drop duplicates, every N or sample N|P%"
    )]
    Unknown(String),
    /// What is asked of the column is not said.
    #[error("“{0}” asks nothing: write COLUMN contains TEXT, COLUMN matches REGEX, COLUMN longer N or COLUMN in FILE")]
    NothingAsked(String),
    /// A column without a name, or a quote that is never closed.
    #[error("“{0}” names no column")]
    NoColumn(String),
    /// Nothing stands behind the word that asks.
    #[error("nothing stands behind “{0}”")]
    NoValue(&'static str),
    /// Not a whole number from 1 on.
    #[error("“{0}” is no whole number from 1 on")]
    Number(String),
    /// Neither a number nor a share.
    #[error("“{0}” is neither a number of records nor a share from 0.0001% to 100%")]
    Size(String),
    /// Not a whole number.
    #[error("“{0}” is no seed: write a whole number")]
    Seed(String),
    /// Not a regular expression that can be used, and why.
    #[error("“{pattern}” is no regular expression that can be used: {why}")]
    Pattern {
        /// What was written.
        pattern: String,
        /// What is wrong with it.
        why: String,
    },
}

/// What stands between a column and what is asked of it.
const CONTAINS: &str = "contains";
const MATCHES: &str = "matches";
const LONGER: &str = "longer";
const IN: &str = "in";

const EMPTY: &str = "empty";
const DUPLICATES: &str = "duplicates";

impl Filter {
    /// Reads a line.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(line: &str) -> Result<Self, BadFilter> {
        let line = line.trim_start();
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        match word {
            "keep" => column(true, rest),
            "drop" => match (columns(rest, EMPTY), columns(rest, DUPLICATES)) {
                (Some(columns), _) => columns.map(Self::Empty),
                (_, Some(columns)) => columns.map(Self::Duplicates),
                _ => column(false, rest),
            },
            "every" => Ok(Self::Every(number(rest)?)),
            "sample" => sample(rest),
            _ => Err(BadFilter::Unknown(line.trim_end().to_owned())),
        }
    }
}

/// `text contains 한국`.
fn column(keeps: bool, rest: &str) -> Result<Filter, BadFilter> {
    let nothing_asked = || BadFilter::NothingAsked(rest.trim().to_owned());
    let (column, asked) = if let Some(quoted) = rest.trim_start().strip_prefix('"') {
        let (column, asked) = unquoted(quoted).ok_or_else(|| BadFilter::NoColumn(rest.trim().to_owned()))?;
        (column, asked.trim_start())
    } else {
        let words = [CONTAINS, MATCHES, LONGER, IN].into_iter();
        let at = words.filter_map(|word| find(rest, word)).min().ok_or_else(nothing_asked)?;
        (rest[..at].trim().to_owned(), &rest[at..])
    };
    if column.is_empty() {
        return Err(BadFilter::NoColumn(rest.trim().to_owned()));
    }
    // all behind the one space counts: a text may begin or end with spaces
    let (word, value) = asked.split_once(char::is_whitespace).unwrap_or((asked, ""));
    let some = |word: &'static str| if value.is_empty() { Err(BadFilter::NoValue(word)) } else { Ok(value.to_owned()) };
    let test = match word {
        CONTAINS => Test::Contains(some(CONTAINS)?),
        MATCHES => {
            let pattern = some(MATCHES)?;
            Test::Matches(Pattern::parse(&pattern).map_err(|why| BadFilter::Pattern { pattern, why })?)
        }
        LONGER => Test::Longer(number(value)?.get()),
        IN if value.trim().is_empty() => return Err(BadFilter::NoValue(IN)),
        IN => Test::In(PathBuf::from(value.trim())),
        _ => return Err(nothing_asked()),
    };
    Ok(Filter::Column { keeps, column, test })
}

/// Where this word stands by itself, behind something.
fn find(text: &str, word: &str) -> Option<usize> {
    let is_space = |char: Option<char>| char.is_none_or(char::is_whitespace);
    let mut places = text.match_indices(word).map(|(at, _)| at);
    places.find(|at| is_space(text[..*at].chars().next_back()) && is_space(text[at + word.len()..].chars().next()))
}

/// What stands before the closing quote, and behind it.
fn unquoted(text: &str) -> Option<(String, &str)> {
    let mut name = String::new();
    let mut rest = text;
    loop {
        let (part, behind) = rest.split_once('"')?;
        name.push_str(part);
        match behind.strip_prefix('"') {
            Some(further) => {
                name.push('"');
                rest = further;
            }
            None => return Some((name, behind)),
        }
    }
}

/// The columns behind `empty` or `duplicates`; `None` where the line says neither.
fn columns(rest: &str, word: &str) -> Option<Result<Vec<String>, BadFilter>> {
    let behind = rest.trim().strip_prefix(word)?;
    if behind.is_empty() {
        return Some(Ok(Vec::new()));
    }
    let mut names = behind.strip_prefix(':')?;
    let mut all = Vec::new();
    let bad = || BadFilter::NoColumn(rest.trim().to_owned());
    loop {
        let (name, further) = match names.trim_start().strip_prefix('"') {
            Some(quoted) => match unquoted(quoted) {
                Some((name, behind)) if behind.trim().is_empty() => (name, None),
                Some((name, behind)) => match behind.trim_start().strip_prefix(',') {
                    Some(further) => (name, Some(further)),
                    None => return Some(Err(bad())),
                },
                None => return Some(Err(bad())),
            },
            None => match names.split_once(',') {
                Some((name, further)) => (name.trim().to_owned(), Some(further)),
                None => (names.trim().to_owned(), None),
            },
        };
        if name.is_empty() {
            return Some(Err(bad()));
        }
        all.push(name);
        match further {
            Some(further) => names = further,
            None => return Some(Ok(all)),
        }
    }
}

fn number(text: &str) -> Result<NonZeroU64, BadFilter> {
    text.trim().parse().map_err(|_| BadFilter::Number(text.trim().to_owned()))
}

/// `1000`, `10%`, either with `seed 7`.
fn sample(rest: &str) -> Result<Filter, BadFilter> {
    let (size, seed) = match rest.split_once("seed") {
        Some((size, seed)) => (size.trim(), seed.trim().parse().map_err(|_| BadFilter::Seed(seed.trim().to_owned()))?),
        None => (rest.trim(), 0),
    };
    let records = size.parse().ok().map(Size::Records);
    let size = records.or_else(|| Share::parse(size).map(Size::Share));
    let size = size.ok_or_else(|| BadFilter::Size(rest.trim().to_owned()))?;
    Ok(Filter::Sample { size, seed })
}

/// A column's name as a line holds it.
struct Name<'a>(&'a str);

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let needs_quotes = self.0.contains(|char: char| char.is_whitespace() || matches!(char, '"' | ','));
        if needs_quotes || [EMPTY, DUPLICATES].iter().any(|word| self.0.starts_with(word)) {
            write!(f, "\"{}\"", self.0.replace('"', "\"\""))
        } else {
            f.write_str(self.0)
        }
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let listed = |f: &mut fmt::Formatter<'_>, word: &str, columns: &[String]| {
            write!(f, "drop {word}")?;
            for (at, column) in columns.iter().enumerate() {
                write!(f, "{}{}", if at == 0 { ":" } else { "," }, Name(column))?;
            }
            Ok(())
        };
        match self {
            Self::Column { keeps, column, test } => {
                write!(f, "{} {} ", if *keeps { "keep" } else { "drop" }, Name(column))?;
                match test {
                    Test::Contains(text) => write!(f, "{CONTAINS} {text}"),
                    Test::Matches(pattern) => write!(f, "{MATCHES} {}", pattern.as_str()),
                    Test::Longer(most) => write!(f, "{LONGER} {most}"),
                    Test::In(list) => write!(f, "{IN} {}", list.display()),
                }
            }
            Self::Empty(columns) => listed(f, EMPTY, columns),
            Self::Duplicates(columns) => listed(f, DUPLICATES, columns),
            Self::Every(n) => write!(f, "every {n}"),
            Self::Sample { size, seed } => {
                match size {
                    Size::Records(records) => write!(f, "sample {records}")?,
                    Size::Share(share) => write!(f, "sample {share}")?,
                }
                if *seed == 0 { Ok(()) } else { write!(f, " seed {seed}") }
            }
        }
    }
}

impl TryFrom<String> for Filter {
    type Error = BadFilter;

    fn try_from(line: String) -> Result<Self, BadFilter> {
        Self::parse(&line)
    }
}

impl From<Filter> for String {
    fn from(filter: Filter) -> Self {
        filter.to_string()
    }
}
