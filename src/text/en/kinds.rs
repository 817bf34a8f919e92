//! What a source file is, in English.

use super::{English, labels, plural};
use crate::engine::{Certainty, FileKind, Form, FormatKind, Kind, MergeBy, UnknownText};
use crate::text::count;
use crate::text::language::KindWords;

impl KindWords for English {
    fn format(&self, format: FormatKind) -> &'static str {
        match format {
            FormatKind::Wikiextractor => "WikiExtractor tags",
            FormatKind::JsonLines => "JSON lines",
            FormatKind::Json => "JSON",
            FormatKind::Csv => "CSV or TSV",
            FormatKind::Conll => "CoNLL",
            FormatKind::Vertical => "vertical text",
            FormatKind::Warc => "WARC or WET",
            FormatKind::Mediawiki => "MediaWiki export",
            FormatKind::Tmx => "TMX",
            FormatKind::Trec => "TREC",
            FormatKind::TrecTopics => "TREC topics",
            FormatKind::Gigaword => "Gigaword",
            FormatKind::Reuters => "Reuters-21578",
            FormatKind::Sogou => "Sogou news",
            FormatKind::Europarl => "Europarl speakers",
            FormatKind::Tei => "TEI or Sejong",
            FormatKind::Xml => "XML",
            FormatKind::HtmlPage => "HTML page",
            FormatKind::PlainText => "plain text",
            FormatKind::Selected => "records by selector",
        }
    }

    fn value_kind(&self, kind: Kind) -> &'static str {
        match kind {
            Kind::Text => "text",
            Kind::Number | Kind::Decimal => "number",
            Kind::Date | Kind::Moment => "date",
            Kind::Truth => "true or false",
        }
    }

    fn form_line(&self, form: Form) -> &'static str {
        match form {
            Form::Xlsx => "Excel workbook",
            Form::Csv => "CSV – opens in Excel and everywhere",
            Form::Jsonl => "JSON Lines – for programs",
            Form::Parquet => "Parquet – for pandas, DuckDB, datasets",
        }
    }

    fn merge_line(&self, by: MergeBy) -> &'static str {
        match by {
            MergeBy::None => "One for each source file",
            MergeBy::Run => "One for all source files",
            MergeBy::Folder => "One for each folder",
        }
    }

    fn merge_word(&self, by: MergeBy) -> &'static str {
        match by {
            MergeBy::None => "",
            MergeBy::Run => "one for all",
            MergeBy::Folder => "one a folder",
        }
    }

    fn becomes(&self, form: Form, by: MergeBy) -> String {
        let file = if form == Form::Xlsx { "Excel workbook".to_owned() } else { format!("{} file", self.form(form)) };
        match (by, form) {
            (MergeBy::Run, _) => format!("All files together become one {file}."),
            (MergeBy::Folder, _) => format!("Each folder becomes one {file}."),
            (MergeBy::None, Form::Xlsx) => labels::TEXT.empty_line.into(),
            (MergeBy::None, _) => format!("Each file becomes one {file}."),
        }
    }

    fn of_files(&self, words: &str) -> String {
        words.replace("Excel workbook", "file").replace("workbook", "file").replace("Workbook", "File")
    }

    fn file_kind(&self, kind: FileKind) -> &'static str {
        match kind {
            FileKind::Pdf => "a PDF document",
            FileKind::Zip => "a zip archive",
            FileKind::Tar => "a tar archive",
            FileKind::Office => "an Office document",
            FileKind::OldOffice => "an old Office document",
            FileKind::Hwp => "a Hangul (HWP) document",
            FileKind::Gzip => "compressed with gzip",
            FileKind::Bzip2 => "compressed with bzip2",
            FileKind::Xz => "compressed with xz",
            FileKind::Zstd => "compressed with zstd",
            FileKind::SevenZip => "a 7z archive",
            FileKind::Image => "an image",
            FileKind::Sound => "sound or video",
            FileKind::Program => "a program",
            FileKind::Unknown => "unknown data",
        }
    }

    fn unknown_text(&self, look: &UnknownText) -> String {
        match look {
            UnknownText::Blank => "empty, or nothing but spaces".into(),
            UnknownText::WebArchive => "a web archive (MHTML): save it as a web page".into(),
            UnknownText::Json => "like JSON at first sight, but not JSON".into(),
            UnknownText::Rtf => "a rich-text (RTF) document".into(),
            UnknownText::Markup(root) if root.is_empty() => "markup in which no element repeats".into(),
            UnknownText::Markup(root) => format!("markup that begins with <{root}>, in which no element repeats"),
            UnknownText::Unknown => "text of an unknown kind".into(),
        }
    }

    fn certainty(&self, certainty: Certainty) -> Option<&'static str> {
        match certainty {
            Certainty::Certain => None,
            Certainty::Chosen => Some("chosen"),
            Certainty::Likely => Some("likely"),
            Certainty::Unsure => Some("unsure"),
        }
    }

    fn fields_taken(&self, taken: usize, all: usize) -> String {
        format!("{} of {}", count(taken as u64), plural(all as u64, "field", "fields"))
    }

    fn fields_left_out(&self, taken: usize, all: usize, names: &str) -> String {
        format!("{} taken, left out: {names}", self.fields_taken(taken, all))
    }

    fn formats(&self, number: usize) -> String {
        format!("{number} formats")
    }

    fn encodings(&self, number: usize) -> String {
        format!("{number} encodings")
    }
}
