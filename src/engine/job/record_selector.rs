//! What a person says a record is: one text that is read as a CSS selector, as names joined by `/`, or as both. Which
//! of them counts is for the format at hand to say, since nothing is known of the files where it is typed.

use serde::{Deserialize, Serialize};

use super::css::Css;

/// A selector of records that can be used, as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RecordSelector {
    text: String,
    css: Option<Css>,
    /// Where the path stands in `text`.
    path: Option<(usize, usize)>,
}

/// Signs that a path has only where it begins with `/` or `./`: else it is a selector, perhaps one that is not
/// finished.
const SELECTOR_SIGNS: &[char] = &['[', ']', '{', '}', '(', ')', '<', '>', ',', '=', '*', '+', '~', '"', '\'', '|'];

impl RecordSelector {
    /// `None` where it is neither a CSS selector nor a path.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (css, path) = (Css::parse(text), path(text));
        (css.is_some() || path.is_some()).then(|| Self { text: text.to_owned(), css, path })
    }

    /// The one that means the records at this path (`document/sentence`; the empty path is the root), whatever signs
    /// its names hold.
    #[must_use]
    pub fn of_path(path: &str) -> Option<Self> {
        let is_plain = Self::parse(path).is_some_and(|selector| selector.path() == Some(path));
        Self::parse(&if is_plain { path.to_owned() } else { format!("/{path}") })
    }

    /// As written, without spaces around it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// As a CSS selector, where it is one.
    #[must_use]
    pub fn css(&self) -> Option<&Css> {
        self.css.as_ref()
    }

    /// As names joined by `/`, from the root down, where it can be read so: `document/sentence`, a single name, or
    /// empty (written `.` or `/`) for the root itself. A `/` or `./` at the beginning and a `/` at the end are not part
    /// of it.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        self.path.map(|(start, end)| &self.text[start..end])
    }
}

impl TryFrom<String> for RecordSelector {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("{text} is neither a CSS selector nor a path"))
    }
}

impl From<RecordSelector> for String {
    fn from(selector: RecordSelector) -> Self {
        selector.text
    }
}

/// Where the path stands in `text`.
fn path(text: &str) -> Option<(usize, usize)> {
    let is_root = text == ".";
    let names = text.strip_prefix("./").or_else(|| text.strip_prefix('/'));
    let (names, is_said) = (names.unwrap_or(if is_root { "" } else { text }), names.is_some() || is_root);
    let start = text.len() - names.len();
    let path = names.strip_suffix('/').unwrap_or(names);
    let is_path = if path.is_empty() { is_said } else { path.split('/').all(|name| !name.is_empty()) };
    (is_path && (is_said || !path.contains(SELECTOR_SIGNS))).then_some((start, start + path.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(bool, Option<String>)> {
        let selector = RecordSelector::parse(text)?;
        Some((selector.css().is_some(), selector.path().map(str::to_owned)))
    }

    #[test]
    fn record_selector_is_a_path_a_css_selector_or_both() {
        let path = |path: &str| Some(path.to_owned());
        assert_eq!(read("document/sentence"), Some((false, path("document/sentence"))));
        assert_eq!(read(" /document/sentence/ "), Some((false, path("document/sentence"))));
        assert_eq!(read("./data"), Some((false, path("data"))));
        assert_eq!(read("doc"), Some((true, path("doc"))));
        assert_eq!(read("div.post"), Some((true, path("div.post"))));
        assert_eq!(read("td:document/m:term"), Some((false, path("td:document/m:term"))));
        assert_eq!(read("a > b"), Some((true, None)));
        assert_eq!(read("feat[att=x]"), Some((true, None)));
        assert_eq!([".", "/", "./"].map(read), [const { Some((false, Some(String::new()))) }; 3]);
        assert_eq!(["", " ", "div[", "a//b", "a > /b["].map(read), [const { None }; 5]);
    }

    #[test]
    fn record_selector_of_a_path_means_that_path() {
        for path in ["document/sentence", "data", "", "a[0]", ".", "./x", "쪽/문장", "\"\"/b"] {
            let selector = RecordSelector::of_path(path).expect("a selector");
            assert_eq!(selector.path(), Some(path), "{selector:?}");
            assert_eq!(RecordSelector::parse(selector.as_str()), Some(selector));
        }
    }
}
