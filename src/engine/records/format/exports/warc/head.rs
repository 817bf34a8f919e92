//! The named values at the head of a record of a crawl.

use super::bytes;

/// Those that people ask for, by shorter names and in this order.
const NAMES: [(&str, &str); 4] =
    [("url", "warc-target-uri"), ("date", "warc-date"), ("type", "warc-type"), ("id", "warc-record-id")];
const CONTENT_TYPE: &str = "content-type";

/// Names in small letters and values.
pub struct Values(Vec<(String, String)>);

/// What a record holds, by its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// What the crawl was after, behind the head of a server's answer.
    Answer,
    /// What the crawl was after.
    Content,
    /// Words about the crawl.
    Words,
}

impl Values {
    /// As they are cut, a character a byte.
    #[must_use]
    pub fn of(cut: Vec<(String, String)>) -> Self {
        let text = |cut: String| String::from_utf8_lossy(&bytes(&cut)).into_owned();
        Self(cut.into_iter().map(|(name, value)| (text(name), text(value))).collect())
    }

    fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// What a person knows it by, for notes.
    #[must_use]
    pub fn address(&self) -> &str {
        let url = self.get("warc-target-uri");
        if url.is_empty() { self.get("warc-record-id") } else { url }
    }

    /// The type of what follows the head.
    #[must_use]
    pub fn content_type(&self) -> &str {
        self.get(CONTENT_TYPE)
    }

    #[must_use]
    pub fn holds(&self) -> Holds {
        let is_answer = self.content_type().is_empty() || self.content_type().starts_with("application/http");
        match self.get("warc-type") {
            "response" | "revisit" if is_answer => Holds::Answer,
            "response" | "revisit" | "resource" | "conversion" | "continuation" => Holds::Content,
            _ => Holds::Words,
        }
    }

    /// The values that have shorter names, under those.
    pub fn named(&self) -> impl Iterator<Item = (String, String)> {
        NAMES.into_iter().flat_map(|(name, from)| {
            let values = self.0.iter().filter(move |(known, _)| known == from);
            values.map(move |(_, value)| (name.to_owned(), value.clone()))
        })
    }

    /// All others; the type of what follows where that `is_answer` and has another of its own.
    pub fn others(&self, is_answer: bool) -> impl Iterator<Item = (String, String)> {
        let others = self.0.iter().filter(|(name, _)| NAMES.iter().all(|(_, known)| known != name));
        others.filter(move |(name, _)| is_answer || name != CONTENT_TYPE).map(|(name, value)| {
            let name = if name == CONTENT_TYPE { "warc-content-type" } else { name };
            (name.to_owned(), value.clone())
        })
    }
}
