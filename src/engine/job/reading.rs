//! How source files are read: what is recognised unless a person says otherwise.

use std::fmt;

use encoding_rs::Encoding;
use serde::{Deserialize, Serialize};

pub use super::format_kind::FormatKind;
use super::record_selector::RecordSelector;

/// What a person says about the source files; nothing said means: look inside.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Reading {
    /// How records stand in the files; `None`: recognised for each file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<FormatKind>,
    /// The files' encoding; `None`: found out for each file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<EncodingName>,
    /// Records are what this selector finds, or what stands at this path.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<RecordSelector>,
    /// What becomes of tags inside texts.
    pub tags: Tags,
}

/// What becomes of tags inside texts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tags {
    /// Only their content stays.
    #[default]
    LeaveOut,
    /// They stay as the characters that they are; entities are decoded all the same.
    Keep,
}

/// A character encoding, by any label of the WHATWG Encoding Standard (`cp949`, `euc-kr`, `utf-8`, …).
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EncodingName(pub &'static Encoding);

impl EncodingName {
    /// `None` where no encoding has this label. `cp949` is what Windows calls EUC-KR's superset, which
    /// is what the standard means by EUC-KR.
    #[must_use]
    pub fn parse(label: &str) -> Option<Self> {
        let label = label.trim().to_ascii_lowercase();
        let label = match &*label {
            "cp949" | "uhc" | "ms949" => "euc-kr",
            "cp932" => "shift_jis",
            "cp936" => "gbk",
            "cp950" => "big5",
            "utf-16" => "utf-16le",
            label => label,
        };
        Encoding::for_label(label.as_bytes()).filter(|encoding| *encoding != encoding_rs::REPLACEMENT).map(Self)
    }
}

impl fmt::Debug for EncodingName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.name())
    }
}

impl TryFrom<String> for EncodingName {
    type Error = String;

    fn try_from(label: String) -> Result<Self, String> {
        Self::parse(&label).ok_or_else(|| format!("no encoding is called {label}"))
    }
}

impl From<EncodingName> for String {
    fn from(encoding: EncodingName) -> Self {
        encoding.0.name().to_owned()
    }
}

/// How the encoding of a file is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    /// A person said so.
    Chosen,
    /// By a byte order mark, or because the bytes are that and nothing else.
    Certain,
    /// A guess that explains every byte looked at.
    Likely,
    /// A guess, with bytes that it does not explain, or too few to go by.
    Unsure,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_have_the_names_that_people_use() {
        let name = |label| EncodingName::parse(label).map(|encoding| encoding.0.name());
        assert_eq!(
            ["cp949", "EUC-KR", "utf8", "GBK", "latin1"].map(name),
            [Some("EUC-KR"), Some("EUC-KR"), Some("UTF-8"), Some("GBK"), Some("windows-1252")]
        );
        assert_eq!((name("klingon"), name("hz-gb-2312")), (None, None));
    }
}
