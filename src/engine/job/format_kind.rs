//! The formats' names: one table, from which presets, JSON and the command line take them.

use serde::{Deserialize, Serialize};

/// Makes [`FormatKind`] of the table below; what stands behind the `;` is recognised by nobody.
macro_rules! format_kinds {
    ($($(#[$doc:meta])* $kind:ident = $name:literal,)+; $(#[$asked_doc:meta])* $asked:ident = $asked_name:literal,) => {
        /// How records stand in a source file.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum FormatKind {
            $($(#[$doc])* #[serde(rename = $name)] $kind,)+
            $(#[$asked_doc])* #[serde(rename = $asked_name)] $asked,
        }

        impl FormatKind {
            /// Those that are recognised, or asked for by name.
            pub const RECOGNISED: [Self; [$($name),+].len()] = [$(Self::$kind),+];

            /// The name in presets, in JSON and on the command line.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$kind => $name,)+
                    Self::$asked => $asked_name,
                }
            }
        }
    };
}

// A further format is a line here, before the `;`: variant and name. The order is that of menus and of `--help`.
format_kinds! {
    /// `WikiExtractor`'s `<doc>` elements.
    Wikiextractor = "wikiextractor",
    /// A JSON object a line.
    JsonLines = "json-lines",
    /// JSON documents: arrays, objects with arrays in them, several one after the other.
    Json = "json",
    /// Tables with a character between their cells: CSV, TSV.
    Csv = "csv",
    /// Annotated sentences, a token a line with its columns: CoNLL-U and its relatives.
    Conll = "conll",
    /// A token a line, with tags on lines of their own.
    Vertical = "vertical",
    /// Records of a crawl: WARC, WET.
    Warc = "warc",
    /// A MediaWiki's export: `<page>` with its revisions.
    Mediawiki = "mediawiki",
    /// Translation memories: `<tu>` with a text a language.
    Tmx = "tmx",
    /// TREC collections: `<DOC>` with `<DOCNO>`.
    Trec = "trec",
    /// TREC's topics: what was asked for.
    TrecTopics = "trec-topics",
    /// Gigaword: `<DOC>` with attributes.
    Gigaword = "gigaword",
    /// Reuters-21578.
    Reuters = "reuters",
    /// Sogou's news: `<doc>` with `<contenttitle>`.
    Sogou = "sogou",
    /// Europarl's protocols by speaker.
    Europarl = "europarl",
    /// TEI, and the Sejong corpus, which is built like it.
    Tei = "tei",
    /// Any XML (or rootless markup) with an element that repeats.
    Xml = "xml",
    /// An HTML page, one record.
    HtmlPage = "html-page",
    /// A text without markup, one record.
    PlainText = "plain-text",
    ;
    /// Records found by a person's CSS selector.
    Selected = "selected",
}

impl FormatKind {
    /// The format of [`Self::RECOGNISED`] with this name; `None` where none is called so.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::RECOGNISED.into_iter().find(|kind| kind.name() == name)
    }

    /// Its records' fields have the names that people gave them in the file: each is offered as a column,
    /// whatever it is called.
    #[must_use]
    pub fn has_given_names(self) -> bool {
        matches!(
            self,
            Self::JsonLines | Self::Csv | Self::Conll | Self::Vertical | Self::Warc | Self::Mediawiki | Self::Tmx
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn format_names_stay_what_presets_call_them() {
        let kept = [
            ("wikiextractor", FormatKind::Wikiextractor),
            ("json-lines", FormatKind::JsonLines),
            ("json", FormatKind::Json),
            ("trec", FormatKind::Trec),
            ("trec-topics", FormatKind::TrecTopics),
            ("gigaword", FormatKind::Gigaword),
            ("reuters", FormatKind::Reuters),
            ("sogou", FormatKind::Sogou),
            ("europarl", FormatKind::Europarl),
            ("tei", FormatKind::Tei),
            ("xml", FormatKind::Xml),
            ("html-page", FormatKind::HtmlPage),
            ("plain-text", FormatKind::PlainText),
        ];
        for (name, kind) in kept {
            assert_eq!(FormatKind::parse(name), Some(kind));
        }
    }

    #[test]
    fn format_is_known_by_one_name_everywhere() {
        for kind in FormatKind::RECOGNISED.into_iter().chain([FormatKind::Selected]) {
            assert_eq!(serde_json::to_value(kind).expect("a name"), kind.name());
            assert_eq!(serde_json::from_value::<FormatKind>(kind.name().into()).expect("a format"), kind);
        }
        for kind in FormatKind::RECOGNISED {
            assert_eq!(FormatKind::parse(kind.name()), Some(kind));
        }
        assert_eq!([FormatKind::parse("selected"), FormatKind::parse("klingon")], [None, None]);
    }
}
