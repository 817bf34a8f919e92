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
        Selector::parse(selector).is_ok().then(|| Self(selector.trim().to_owned()))
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
        assert_eq!(Css::parse("div["), None);
    }
}
