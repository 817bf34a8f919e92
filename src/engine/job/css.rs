//! CSS selectors as people write them, known to be some.

use scraper::Selector;
use serde::{Deserialize, Serialize};

/// A CSS selector that can be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Css(String);

impl Css {
    /// `None` where it is no selector.
    #[must_use]
    pub fn parse(selector: &str) -> Option<Self> {
        Self::compiled(selector).map(|_| Self(selector.trim().to_owned()))
    }

    /// A selector in which names may have a prefix, `m:rec > d:title`, as XML's have.
    #[must_use]
    pub fn compiled(selector: &str) -> Option<Selector> {
        Selector::parse(selector).or_else(|_| Selector::parse(&with_prefixes(selector))).ok()
    }

    /// As it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The element's name where the selector is nothing else.
    #[must_use]
    pub fn element(&self) -> Option<&str> {
        let is_name = |char: char| char.is_alphanumeric() || "-_".contains(char);
        (self.0.starts_with(char::is_alphabetic) && self.0.chars().all(is_name)).then_some(&self.0)
    }
}

/// `m:rec` as CSS has it, `m\:rec`: where a name stands on both sides, and the second is no pseudo-class.
fn with_prefixes(selector: &str) -> String {
    let mut out = String::with_capacity(selector.len() + 8);
    let mut quote = None;
    let is_name = |char: char| char.is_alphanumeric() || "-_".contains(char);
    for (at, char) in selector.char_indices() {
        match (quote, char) {
            (None, '"' | '\'') => quote = Some(char),
            (Some(known), _) if known == char => quote = None,
            (None, ':') => {
                let behind = &selector[at + 1..];
                let end = behind.find(|char| !is_name(char)).unwrap_or(behind.len());
                let is_prefix = selector[..at].ends_with(is_name) && end > 0 && !behind[end..].starts_with('(');
                let is_class = ["first-child", "last-child", "only-child", "root", "empty"].contains(&&behind[..end]);
                out.push_str(if is_prefix && !is_class { "\\" } else { "" });
            }
            _ => {}
        }
        out.push(char);
    }
    out
}

impl TryFrom<String> for Css {
    type Error = String;

    fn try_from(selector: String) -> Result<Self, String> {
        Self::parse(&selector).ok_or_else(|| format!("{selector} is no CSS selector"))
    }
}

impl From<Css> for String {
    fn from(selector: Css) -> Self {
        selector.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selector_is_one_or_is_refused() {
        assert_eq!(Css::parse("article").and_then(|css| css.element().map(str::to_owned)), Some("article".into()));
        assert_eq!(Css::parse("div.post").map(|css| css.element().is_none()), Some(true));
        assert_eq!(Css::parse("m:rec > d:title:first-child").map(|css| css.element().is_none()), Some(true));
        assert_eq!((Css::parse("div["), Css::parse("a:")), (None, None));
    }
}
