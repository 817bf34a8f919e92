//! Whether a file is one that somebody looks for: by its name, or by what is told of it.

use unicode_normalization::UnicodeNormalization;

use super::hangul;
use crate::session::{FileRow, FileState};
use crate::text::{Explained, Lang};

/// Words sought, whatever their capitals, however Hangul is stored and how far it has been typed.
#[derive(Debug, Default)]
pub struct Seeker {
    needle: String,
    /// What they become when their last letter begins a syllable.
    soon: Option<String>,
    /// Room for a name's letters, kept from one to the next.
    folded: String,
}

impl Seeker {
    #[must_use]
    pub fn new(words: &str) -> Self {
        let mut needle = String::new();
        fold(words.trim(), &mut needle);
        Self { soon: hangul::moved_on(&needle), needle, folded: String::new() }
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.needle.is_empty()
    }

    /// The file's name, or its problem in few words, holds them.
    pub fn finds(&mut self, row: &FileRow, lang: Lang) -> bool {
        self.holds(&row.source.name.to_string_lossy()) || told(row, lang).is_some_and(|told| self.holds(&told))
    }

    fn holds(&mut self, text: &str) -> bool {
        if text.is_ascii() {
            if !self.needle.is_ascii() {
                return false;
            }
            let (text, needle) = (text.as_bytes(), self.needle.as_bytes());
            let first = needle.first().copied().unwrap_or_default();
            let mut starts = memchr::memchr2_iter(first, first.to_ascii_uppercase(), text);
            return starts
                .any(|at| text.get(at..at + needle.len()).is_some_and(|part| part.eq_ignore_ascii_case(needle)));
        }
        self.folded.clear();
        fold(text, &mut self.folded);
        self.folded.contains(&self.needle) || self.soon.as_ref().is_some_and(|soon| self.folded.contains(soon))
    }
}

/// Letter by letter, also those of Hangul, into an empty string. Most names are nothing but ASCII and Hangul,
/// for which no table is needed.
fn fold(text: &str, into: &mut String) {
    for char in text.chars() {
        match char {
            '\0'..='\x7f' => into.push(char.to_ascii_lowercase()),
            'ᄀ'..='ᇿ' => into.push(char),
            _ if hangul::push_letters(char, into) => {}
            _ => {
                into.clear();
                into.extend(text.nfkd().flat_map(char::to_lowercase));
                return;
            }
        }
    }
}

/// What the list tells of a file that has a problem or a note.
fn told(row: &FileRow, lang: Lang) -> Option<String> {
    let FileState::Ended(report) = &row.state else { return None };
    match report.outcome.problem() {
        Some(error) => Some(Explained::cause(lang, error)),
        None if report.notes.is_empty() => None,
        None => Explained::notes(lang, &report.notes).map(|notes| notes.short),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::SourceFile;

    #[test]
    fn capitals_and_decomposed_hangul_do_not_matter() {
        let row = |name: &str| FileRow {
            source: SourceFile::at(std::path::Path::new(name), name, 1),
            state: FileState::Waiting,
        };
        let finds = |words: &str, name: &str| Seeker::new(words).finds(&row(name), Lang::En);
        assert!(finds("WIKI_0", "AA/wiki_01") && finds(" aa/W ", "AA/wiki_01") && !finds("ab", "AA/wiki_01"));
        assert!(finds("한글", "\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}.txt"));
        assert!(finds("É", "re\u{301}sume\u{301}") && !finds("한", "ascii"));
        for typed in
            ["ㅎ", "하", "한", "한ㄱ", "한그", "한글", "한글 ㅍ", "한글 파", "한글 팡", "한글 파이", "한글 파일"]
        {
            assert!(finds(typed, "AA/한글 파일"), "{typed}");
        }
        assert!(finds("간", "가나") && !finds("간", "가라") && !finds("글한", "한글"));
        assert!(!finds("wiki_011", "AA/wiki_01") && finds("1", "AA/wiki_01"));
        assert!(Seeker::new("  ").is_empty());
    }
}
