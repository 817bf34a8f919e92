//! What a source file is, in words: its format, its encoding, or what it is instead of text.

use super::Lang;
use crate::engine::{Certainty, FileKind, FormatKind, UnknownText};

pub(super) fn look_en(look: &UnknownText) -> String {
    match look {
        UnknownText::Blank => "empty, or nothing but spaces".into(),
        UnknownText::Json => "JSON, but not an object a line".into(),
        UnknownText::Rtf => "a rich-text (RTF) document".into(),
        UnknownText::Markup(root) if root.is_empty() => "markup in which no element repeats".into(),
        UnknownText::Markup(root) => format!("markup that begins with <{root}>, in which no element repeats"),
        _ => "text of an unknown kind".into(),
    }
}

pub(super) fn look_ko(look: &UnknownText) -> String {
    match look {
        UnknownText::Blank => "비어 있거나 공백뿐임".into(),
        UnknownText::Json => "JSON이지만 한 줄에 객체 하나가 아님".into(),
        UnknownText::Rtf => "서식 있는 텍스트(RTF) 문서".into(),
        UnknownText::Markup(root) if root.is_empty() => "되풀이되는 요소가 없는 마크업".into(),
        UnknownText::Markup(root) => format!("<{root}>: 되풀이되는 요소가 없는 마크업"),
        _ => "알 수 없는 텍스트".into(),
    }
}

/// A format's name.
#[must_use]
pub fn format_name(lang: Lang, format: FormatKind) -> &'static str {
    let (en, ko) = match format {
        FormatKind::Wikiextractor => ("WikiExtractor tags", "WikiExtractor 태그"),
        FormatKind::JsonLines => ("JSON lines", "JSON Lines"),
        FormatKind::Trec => ("TREC", "TREC"),
        FormatKind::Gigaword => ("Gigaword", "Gigaword"),
        FormatKind::Reuters => ("Reuters-21578", "Reuters-21578"),
        FormatKind::Sogou => ("Sogou news", "Sogou 뉴스"),
        FormatKind::Tei => ("TEI or Sejong", "TEI·세종"),
        FormatKind::Xml => ("XML", "XML"),
        FormatKind::HtmlPage => ("HTML page", "HTML 문서"),
        FormatKind::PlainText => ("plain text", "일반 텍스트"),
        FormatKind::Selected => ("records by selector", "선택자로 찾은 레코드"),
    };
    if lang == Lang::Ko { ko } else { en }
}

/// An encoding and how it is known: `EUC-KR (likely)`.
#[must_use]
pub fn encoding_words(lang: Lang, encoding: &str, certainty: Certainty) -> String {
    let (en, ko) = match certainty {
        Certainty::Certain => return encoding.to_owned(),
        Certainty::Chosen => ("chosen", "직접 선택"),
        Certainty::Likely => ("likely", "추정"),
        Certainty::Unsure => ("unsure", "불확실"),
    };
    format!("{encoding} ({})", if lang == Lang::Ko { ko } else { en })
}

pub(super) fn kind_name_en(kind: FileKind) -> &'static str {
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

pub(super) fn kind_name_ko(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Pdf => "PDF 문서",
        FileKind::Zip => "zip 압축 파일",
        FileKind::Tar => "tar 묶음 파일",
        FileKind::Office => "Office 문서",
        FileKind::OldOffice => "옛 Office 문서",
        FileKind::Hwp => "한글(HWP) 문서",
        FileKind::Gzip => "gzip 압축 파일",
        FileKind::Bzip2 => "bzip2 압축 파일",
        FileKind::Xz => "xz 압축 파일",
        FileKind::Zstd => "zstd 압축 파일",
        FileKind::SevenZip => "7z 압축 파일",
        FileKind::Image => "그림",
        FileKind::Sound => "오디오나 동영상",
        FileKind::Program => "실행 파일",
        FileKind::Unknown => "알 수 없는 데이터",
    }
}
