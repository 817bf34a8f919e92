//! What a source file is: its format, its encoding, or what it is instead of text; and what is made of it.

use crate::engine::{Certainty, FileKind, Form, FormatKind, Kind, MergeBy, UnknownText};

/// Words about what files are.
pub trait KindWords {
    /// A format's name.
    fn format(&self, format: FormatKind) -> &'static str;

    /// What a column's values are taken for, of [`Kind::CHOICES`].
    fn value_kind(&self, kind: Kind) -> &'static str;

    /// What a form of finished files is called, in a word.
    fn form(&self, form: Form) -> &'static str {
        match form {
            Form::Xlsx => "Excel",
            Form::Csv => "CSV",
            Form::Jsonl => "JSON Lines",
            Form::Parquet => "Parquet",
        }
    }

    /// The same, and what it is for: `CSV – opens in Excel and everywhere`.
    fn form_line(&self, form: Form) -> &'static str;

    /// Which source files share a finished file, in a line of a menu.
    fn merge_line(&self, by: MergeBy) -> &'static str;

    /// The same in a word behind a form's name; empty where each has its own.
    fn merge_word(&self, by: MergeBy) -> &'static str;

    /// What each file becomes, in a sentence; [`Form::Xlsx`] is said by the window's fixed words.
    fn becomes(&self, form: Form, by: MergeBy) -> String;

    /// Words about workbooks, as they are said where the finished files are of another form.
    fn of_files(&self, words: &str) -> String;

    /// What a file is that is no text: `a PDF document`.
    fn file_kind(&self, kind: FileKind) -> &'static str;

    /// What a text in no known format looks like.
    fn unknown_text(&self, look: &UnknownText) -> String;

    /// How an encoding is known, `None` where there is no doubt about it.
    fn certainty(&self, certainty: Certainty) -> Option<&'static str>;

    /// `3 of 5 fields`, those that become columns.
    fn fields_taken(&self, taken: usize, all: usize) -> String;

    /// `3 of 5 fields taken, left out: url, revid`; `names` as they are to stand there.
    fn fields_left_out(&self, taken: usize, all: usize, names: &str) -> String;

    /// `3 formats`, never said of one.
    fn formats(&self, number: usize) -> String;

    /// `2 encodings`, never said of one.
    fn encodings(&self, number: usize) -> String;

    /// An encoding and how it is known: `EUC-KR (likely)`.
    fn encoding(&self, encoding: &str, certainty: Certainty) -> String {
        match self.certainty(certainty) {
            Some(how) => format!("{encoding} ({how})"),
            None => encoding.to_owned(),
        }
    }

    /// `WikiExtractor tags · UTF-8`, or how many of them; empty where nothing was found.
    fn found(&self, formats: &[FormatKind], encodings: &[&str]) -> String {
        let format = match formats {
            [] => String::new(),
            [one] => self.format(*one).to_owned(),
            more => self.formats(more.len()),
        };
        let encoding = match encodings {
            [] => String::new(),
            [one] => self.encoding(one, Certainty::Certain),
            more => self.encodings(more.len()),
        };
        [format, encoding].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }
}
