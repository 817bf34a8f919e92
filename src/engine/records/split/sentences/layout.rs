//! How tokens stand in a text.

/// How a text with a token a line is laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentenceLayout {
    pub apart: Apart,
    pub between: Between,
    /// The names of a token's columns, as far as they are known.
    pub columns: Vec<String>,
    /// Columns that tokens have; 0 where they differ.
    pub width: usize,
    /// Ids may be ranges, spaces are told in the tenth column.
    pub is_conllu: bool,
    /// The first column counts the tokens of a sentence; the second is the word.
    pub counts_tokens: bool,
    /// The element that is a sentence, in small letters, where tags stand between sentences.
    pub sentence: String,
    pub row: Row,
}

/// What stands between sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Apart {
    BlankLines,
    Tags,
}

/// What stands between a token's columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Between {
    Tab,
    Spaces,
}

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    Sentence,
    Token,
}

/// The columns of CoNLL-U.
pub const CONLLU: [&str; 10] = ["id", "form", "lemma", "upos", "xpos", "feats", "head", "deprel", "deps", "misc"];

impl SentenceLayout {
    /// A token's columns.
    pub fn cells<'a>(&self, line: &'a str) -> Cells<'a> {
        match self.between {
            Between::Tab => Cells::Tab(line.split('\t')),
            Between::Spaces => Cells::Spaces(line.split_ascii_whitespace()),
        }
    }

    /// A comment: it begins with `#` and is no token that does.
    #[must_use]
    pub fn is_comment(&self, line: &str) -> bool {
        line.starts_with('#') && (self.is_conllu || self.width == 0 || self.cells(line).count() != self.width)
    }
}

/// The columns of a token one by one.
pub enum Cells<'a> {
    Tab(std::str::Split<'a, char>),
    Spaces(std::str::SplitAsciiWhitespace<'a>),
}

impl<'a> Iterator for Cells<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        match self {
            Self::Tab(cells) => cells.next(),
            Self::Spaces(cells) => cells.next(),
        }
    }
}
