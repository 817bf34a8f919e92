//! What a source file is, in Korean.

use super::{Korean, labels};
use crate::engine::{Certainty, FileKind, Form, FormatKind, Kind, MergeBy, UnknownText};
use crate::text::count;
use crate::text::language::KindWords;

impl KindWords for Korean {
    fn format(&self, format: FormatKind) -> &'static str {
        match format {
            FormatKind::Wikiextractor => "WikiExtractor 태그",
            FormatKind::JsonLines => "JSON Lines",
            FormatKind::Json => "JSON",
            FormatKind::Csv => "CSV·TSV",
            FormatKind::Conll => "CoNLL",
            FormatKind::Vertical => "세로형 말뭉치",
            FormatKind::Warc => "WARC·WET",
            FormatKind::Mediawiki => "MediaWiki 내보내기",
            FormatKind::Tmx => "TMX",
            FormatKind::Trec => "TREC",
            FormatKind::TrecTopics => "TREC 토픽",
            FormatKind::Gigaword => "Gigaword",
            FormatKind::Reuters => "Reuters-21578",
            FormatKind::Sogou => "Sogou 뉴스",
            FormatKind::Europarl => "Europarl 발언",
            FormatKind::Tei => "TEI·세종",
            FormatKind::Xml => "XML",
            FormatKind::HtmlPage => "HTML 문서",
            FormatKind::PlainText => "일반 텍스트",
            FormatKind::Selected => "선택자로 찾은 레코드",
        }
    }

    fn value_kind(&self, kind: Kind) -> &'static str {
        match kind {
            Kind::Text => "텍스트",
            Kind::Number | Kind::Decimal => "숫자",
            Kind::Date | Kind::Moment => "날짜",
            Kind::Truth => "참/거짓",
        }
    }

    fn form_line(&self, form: Form) -> &'static str {
        match form {
            Form::Xlsx => "Excel 통합 문서",
            Form::Csv => "CSV – Excel 등 어디서나 열림",
            Form::Jsonl => "JSON Lines – 프로그램용",
            Form::Parquet => "Parquet – pandas, DuckDB, 데이터셋용",
        }
    }

    fn merge_line(&self, by: MergeBy) -> &'static str {
        match by {
            MergeBy::None => "원본 파일마다 하나씩",
            MergeBy::Run => "모두 한 파일로",
            MergeBy::Folder => "폴더마다 한 파일로",
        }
    }

    fn merge_word(&self, by: MergeBy) -> &'static str {
        match by {
            MergeBy::None => "",
            MergeBy::Run => "한 파일로",
            MergeBy::Folder => "폴더별로",
        }
    }

    fn becomes(&self, form: Form, by: MergeBy) -> String {
        let file =
            if form == Form::Xlsx { "Excel 통합 문서".to_owned() } else { format!("{} 파일", self.form(form)) };
        match (by, form) {
            (MergeBy::Run, _) => format!("모든 원본 파일이 {file} 하나가 됩니다."),
            (MergeBy::Folder, _) => format!("폴더 하나가 {file} 하나가 됩니다."),
            (MergeBy::None, Form::Xlsx) => labels::TEXT.empty_line.into(),
            (MergeBy::None, _) => format!("원본 파일 하나가 {file} 하나가 됩니다."),
        }
    }

    fn of_files(&self, words: &str) -> String {
        // a particle goes by the sound before it
        let particles = [("가 ", "이 "), ("는 ", "은 "), ("를 ", "을 "), ("와 ", "과 ")];
        let words = words.replace("Excel 통합 문서", "통합 문서");
        let with = |words: String, (open, closed): (&str, &str)| {
            words.replace(&format!("통합 문서{open}"), &format!("파일{closed}"))
        };
        particles.into_iter().fold(words, with).replace("통합 문서", "파일")
    }

    fn file_kind(&self, kind: FileKind) -> &'static str {
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

    fn unknown_text(&self, look: &UnknownText) -> String {
        match look {
            UnknownText::Blank => "비어 있거나 공백뿐임".into(),
            UnknownText::WebArchive => "웹 보관 파일(MHTML): 웹 페이지로 다시 저장해야 함".into(),
            UnknownText::Json => "JSON처럼 보이지만 JSON이 아님".into(),
            UnknownText::Rtf => "서식 있는 텍스트(RTF) 문서".into(),
            UnknownText::Markup(root) if root.is_empty() => "되풀이되는 요소가 없는 마크업".into(),
            UnknownText::Markup(root) => format!("<{root}>: 되풀이되는 요소가 없는 마크업"),
            UnknownText::Unknown => "알 수 없는 텍스트".into(),
        }
    }

    fn certainty(&self, certainty: Certainty) -> Option<&'static str> {
        match certainty {
            Certainty::Certain => None,
            Certainty::Chosen => Some("직접 선택"),
            Certainty::Likely => Some("추정"),
            Certainty::Unsure => Some("불확실"),
        }
    }

    fn fields_taken(&self, taken: usize, all: usize) -> String {
        format!("필드 {}개 중 {}개", count(all as u64), count(taken as u64))
    }

    fn fields_left_out(&self, taken: usize, all: usize, names: &str) -> String {
        format!("{} 사용, 제외: {names}", self.fields_taken(taken, all))
    }

    fn formats(&self, number: usize) -> String {
        format!("형식 {number}가지")
    }

    fn encodings(&self, number: usize) -> String {
        format!("인코딩 {number}가지")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    #[test]
    fn words_about_workbooks_are_said_of_files_with_their_particles() {
        let of = |words| Korean.of_files(words);
        assert_eq!(of("통합 문서 3개 완성"), "파일 3개 완성");
        assert_eq!(of("통합 문서가 열려 있어 통합 문서를 둠"), "파일이 열려 있어 파일을 둠");
        assert_eq!(of("완성된 통합 문서는 그대로 남습니다."), "완성된 파일은 그대로 남습니다.");
        assert_eq!(Lang::En.words().of_files("If a workbook exists"), "If a file exists");
        for lang in Lang::ALL {
            let becomes = Form::ALL.map(|form| lang.words().becomes(form, MergeBy::None));
            assert_eq!(becomes.map(|words| words.contains("Excel")), [true, false, false, false], "{lang:?}");
        }
    }
}
