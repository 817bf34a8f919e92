//! Sentences about what happened: which file, where, why, and what to do.
//!
//! Korean sentences avoid particles after variables, so that they read well whatever stands there.

use std::fmt::Write as _;
use std::path::Path;

use super::causes::{cause_en, cause_ko};
use super::system::{io_en, io_ko, read_advice_en, read_advice_ko};
use super::{Lang, bytes, count, duration};
use crate::engine::{ConvertError, Note, NoteKind, Notes, RunError, ScanError, Summary};
use crate::preset::PresetError;

/// A fact in few words (a table cell) and in full (a details pane, the terminal).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    pub short: String,
    /// The reason in full and what can be done about it.
    pub long: String,
    /// What can be done about it alone, for where the rest is told already.
    pub advice: String,
}

impl Explained {
    /// Why a source file has no workbook.
    #[must_use]
    pub fn error(lang: Lang, error: &ConvertError) -> Self {
        let (short, advice) = match lang {
            Lang::En => cause_en(&error.cause),
            Lang::Ko => cause_ko(&error.cause),
        };
        let place = match (lang, error.line) {
            (_, None) => String::new(),
            (Lang::En, Some(line)) => format!(", line {}", count(line)),
            (Lang::Ko, Some(line)) => format!(", {}번째 줄", count(line)),
        };
        let full = format!("{}{place}: {short}. {advice}", error.path.display());
        let advice = if error.line.is_some() { full.clone() } else { advice };
        Self { short, long: full, advice }
    }

    /// Why a source file has no workbook, in few words alone: for many files at once.
    #[must_use]
    pub fn cause(lang: Lang, error: &ConvertError) -> String {
        match lang {
            Lang::En => cause_en(&error.cause).0,
            Lang::Ko => cause_ko(&error.cause).0,
        }
    }

    /// Why a run could not begin.
    #[must_use]
    pub fn run_error(lang: Lang, error: &RunError) -> String {
        match (lang, error) {
            (Lang::En, RunError::Input { path, source }) => {
                format!("{} can't be read: {}. Choose another folder or file.", path.display(), io_en(source))
            }
            (Lang::Ko, RunError::Input { path, source }) => {
                format!("{} 경로를 읽을 수 없습니다: {}. 다른 폴더나 파일을 선택하세요.", path.display(), io_ko(source))
            }
            (Lang::En, RunError::NoFiles { path }) => {
                format!(
                    "{} holds no files to convert. Hidden files and Sheetmill's own workbooks are left out. Choose another folder.",
                    path.display()
                )
            }
            (Lang::Ko, RunError::NoFiles { path }) => {
                format!(
                    "{} 안에 변환할 파일이 없습니다. 숨김 파일과 Sheetmill이 만든 통합 문서는 제외합니다. 다른 폴더를 선택하세요.",
                    path.display()
                )
            }
            (Lang::En, RunError::Output { path, source }) => {
                format!(
                    "{} can't be written to: {}. Choose another folder for the workbooks.",
                    path.display(),
                    io_en(source)
                )
            }
            (Lang::Ko, RunError::Output { path, source }) => {
                format!("{} 폴더에 쓸 수 없습니다: {}. 다른 저장 폴더를 선택하세요.", path.display(), io_ko(source))
            }
            (Lang::En, RunError::AlreadyThere { count: n, first }) => format!(
                "{} already there, first {}. Nothing was converted. Choose another output folder, or change “If a workbook exists”.",
                if *n == 1 { "1 workbook is".to_owned() } else { format!("{} workbooks are", count(*n as u64)) },
                first.display()
            ),
            (Lang::Ko, RunError::AlreadyThere { count: n, first }) => format!(
                "통합 문서 {}개가 이미 있습니다(첫 번째: {}). 변환을 시작하지 않았습니다. 다른 저장 폴더를 선택하거나 ‘이미 있는 통합 문서’ 설정을 바꾸세요.",
                count(*n as u64),
                first.display()
            ),
            (Lang::En, RunError::Workers(why)) => {
                format!("The workers could not be started: {why}. Try fewer workers.")
            }
            (Lang::Ko, RunError::Workers(why)) => {
                format!("작업자를 시작하지 못했습니다: {why}. 작업자 수를 줄여 보세요.")
            }
            (Lang::En, RunError::Panic(why)) => format!(
                "An internal error ended the run early: {why}. Workbooks that were finished are complete. Start again; if it stays, please report it."
            ),
            (Lang::Ko, RunError::Panic(why)) => format!(
                "내부 오류로 작업이 중간에 끝났습니다: {why}. 이미 완성한 통합 문서는 온전합니다. 다시 시작해 보고, 같은 오류가 나면 알려 주세요."
            ),
        }
    }

    /// Why a folder or link was not looked into: which one, why, what to do.
    #[must_use]
    pub fn unread(lang: Lang, path: &Path, why: &ScanError) -> String {
        let (why, advice) = match (lang, why) {
            (Lang::En, ScanError::Loop(above)) => (format!("a link to a folder above it ({})", above.display()), ""),
            (Lang::Ko, ScanError::Loop(above)) => (format!("상위 폴더를 가리키는 링크({})", above.display()), ""),
            (Lang::En, ScanError::System(error)) => (format!("can't be read: {}", io_en(error)), read_advice_en(error)),
            (Lang::Ko, ScanError::System(error)) => (format!("읽을 수 없음: {}", io_ko(error)), read_advice_ko(error)),
        };
        format!("{}: {why}. {advice}", path.display()).trim_end().to_owned()
    }

    /// Why a preset cannot be used.
    #[must_use]
    pub fn preset_error(lang: Lang, error: &PresetError) -> String {
        match (lang, error) {
            (Lang::En, PresetError::Read { path, source }) => {
                format!("The preset {} can't be read: {}. Open another one.", path.display(), io_en(source))
            }
            (Lang::Ko, PresetError::Read { path, source }) => {
                format!("{} 프리셋을 읽을 수 없습니다: {}. 다른 프리셋을 여세요.", path.display(), io_ko(source))
            }
            (Lang::En, PresetError::Bad { path, why }) => {
                format!(
                    "{} is no preset that Sheetmill can use. Correct the file or open another one:\n{why}",
                    path.display()
                )
            }
            (Lang::Ko, PresetError::Bad { path, why }) => {
                format!(
                    "{} 파일은 프리셋으로 쓸 수 없습니다. 파일을 고치거나 다른 프리셋을 여세요:\n{why}",
                    path.display()
                )
            }
        }
    }

    /// The notes of one file or of a run: the most important kind in few words, all kinds in full.
    /// `None` where there is nothing to tell.
    #[must_use]
    pub fn notes(lang: Lang, notes: &Notes) -> Option<Self> {
        let all: Vec<String> = notes
            .counts()
            .iter()
            .map(|&(kind, places, sum)| match lang {
                Lang::En => kind_en(kind, places, sum),
                Lang::Ko => kind_ko(kind, places, sum),
            })
            .collect();
        Some(Self { short: all.first()?.clone(), long: all.join(" · "), advice: String::new() })
    }
}

/// The run in one line: `22 workbooks made, 18.4 s, 1 failed · 1,327 records → 1,327 rows`.
#[must_use]
pub fn summary_line(lang: Lang, summary: &Summary) -> String {
    let (what, rows) = run_words(lang, summary);
    format!("{what} · {rows}")
}

/// What became of the files, and of the records.
#[must_use]
pub fn run_words(lang: Lang, summary: &Summary) -> (String, String) {
    let n = |number: usize| count(number as u64);
    let time = duration(lang, summary.elapsed);
    let made = match lang {
        Lang::En => format!("{} made", plural(summary.converted as u64, "workbook", "workbooks")),
        Lang::Ko => format!("통합 문서 {}개 완성", n(summary.converted)),
    };
    let others = [
        (summary.up_to_date, "up to date", "최신"),
        (summary.failed, "failed", "실패"),
        (summary.not_recognised, "of unknown format", "형식 모름"),
        (summary.skipped, "skipped", "건너뜀"),
        (summary.stopped, "stopped", "중지됨"),
        (summary.passed_over, "not readable", "읽지 못함"),
    ];
    let others = others.into_iter().filter(|(number, ..)| *number > 0).map(|(number, en, ko)| match lang {
        Lang::En => format!("{} {en}", n(number)),
        Lang::Ko => format!("{ko} {}개", n(number)),
    });
    let what: Vec<String> = [made, time].into_iter().chain(others).collect();
    let rows = match lang {
        Lang::En => {
            let records = plural(summary.records, "record", "records");
            format!("{records} → {}", plural(summary.rows, "row", "rows"))
        }
        Lang::Ko => format!("레코드 {}건 → 행 {}개", count(summary.records), count(summary.rows)),
    };
    (what.join(", "), rows)
}

fn plural(number: u64, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{} {many}", count(number)) }
}

/// One place: `line 12, id 5: a start tag that never ends: <doc id="5`.
#[must_use]
pub fn note_line(lang: Lang, note: &Note) -> String {
    let what = match lang {
        Lang::En => kind_en(note.kind, 1, note.count),
        Lang::Ko => kind_ko(note.kind, 1, note.count),
    };
    let mut out = match lang {
        Lang::En => format!("line {}", count(note.line)),
        Lang::Ko => format!("{}번째 줄", count(note.line)),
    };
    if !note.record.is_empty() {
        let _ = write!(out, ", id {}", note.record);
    }
    out += ": ";
    out += &what;
    if !note.what.is_empty() {
        let _ = write!(out, ": {}", note.what.replace('\n', "↵"));
    }
    out
}

fn kind_en(kind: NoteKind, places: u64, sum: u64) -> String {
    let one =
        |one: &str, many: &str| if places == 1 { format!("1 {one}") } else { format!("{} {many}", count(places)) };
    let total = |one: &str, many: &str| if sum == 1 { format!("1 {one}") } else { format!("{} {many}", count(sum)) };
    match kind {
        NoteKind::RecordTooLong => {
            format!("{}, {} left out", one("record is too long", "records are too long"), bytes(sum))
        }
        NoteKind::StartTagBroken => one("start tag never ends, no row", "start tags never end, no rows"),
        NoteKind::LineUnreadable => one("line is not a JSON object, no row", "lines are not JSON objects, no rows"),
        NoteKind::TextOutside => format!("{} of text outside records left out", bytes(sum)),
        NoteKind::BadBytes => {
            total("unreadable byte sequence became U+FFFD", "unreadable byte sequences became U+FFFD")
        }
        NoteKind::ControlCharacters => {
            format!("{} that Excel can't hold left out", total("control character", "control characters"))
        }
        NoteKind::ProseTags => format!("{} left out, may be text", total("tag", "tags")),
        NoteKind::EndTagMissing => one("record has no end tag", "records have no end tag"),
        NoteKind::EndTagInside => one("text holds an end tag", "texts hold an end tag"),
        NoteKind::EndTagStray => one("end tag without a start", "end tags without a start"),
        NoteKind::StartTagMissing => one("start tag inside a record missing", "start tags inside records missing"),
        NoteKind::StartTagInside => one("start tag inside a text", "start tags inside texts"),
        NoteKind::StartTagRepaired => one("start tag repaired", "start tags repaired"),
        NoteKind::AttributeMissing => one("value missing in the source", "values missing in the source"),
        NoteKind::BrokenMarkup => {
            format!("{} kept as text", total("bit of broken markup", "bits of broken markup"))
        }
        NoteKind::TooMuchMarkup => one(
            "record has too much markup, its tags were taken out",
            "records have too much markup, their tags were taken out",
        ),
        NoteKind::LongField => one("long value split over columns", "long values split over columns"),
        NoteKind::FurtherWorksheet => one("further worksheet", "further worksheets"),
        NoteKind::Tags => format!("{} left out", total("tag", "tags")),
        NoteKind::Comments => format!("{} left out", total("comment", "comments")),
    }
}

fn kind_ko(kind: NoteKind, places: u64, sum: u64) -> String {
    let (n, s) = (count(places), count(sum));
    match kind {
        NoteKind::RecordTooLong => format!("너무 긴 레코드 {n}건, {} 제외", bytes(sum)),
        NoteKind::StartTagBroken => format!("끝나지 않는 시작 태그 {n}개, 행 없음"),
        NoteKind::LineUnreadable => format!("JSON 객체가 아닌 줄 {n}개, 행 없음"),
        NoteKind::TextOutside => format!("레코드 밖의 텍스트 {} 제외", bytes(sum)),
        NoteKind::BadBytes => format!("읽을 수 없는 바이트 {s}곳을 U+FFFD로 바꿈"),
        NoteKind::ControlCharacters => format!("Excel에 담을 수 없는 제어 문자 {s}개 제외"),
        NoteKind::ProseTags => format!("태그 {s}개 제외(본문일 수 있음)"),
        NoteKind::EndTagMissing => format!("끝 태그가 없는 레코드 {n}건"),
        NoteKind::EndTagInside => format!("본문 안에 끝 태그가 있는 레코드 {n}건"),
        NoteKind::EndTagStray => format!("시작 태그가 없는 끝 태그 {n}개"),
        NoteKind::StartTagMissing => format!("시작 태그가 빠진 요소 {n}개"),
        NoteKind::StartTagInside => format!("본문 안의 시작 태그 {n}개"),
        NoteKind::StartTagRepaired => format!("바로잡은 시작 태그 {n}개"),
        NoteKind::AttributeMissing => format!("원본에 없는 값 {n}개"),
        NoteKind::BrokenMarkup => format!("깨진 마크업 {s}곳, 글자 그대로 둠"),
        NoteKind::TooMuchMarkup => format!("마크업이 너무 많아 태그만 제외한 레코드 {n}건"),
        NoteKind::LongField => format!("긴 값 {n}개를 여러 열에 나눠 담음"),
        NoteKind::FurtherWorksheet => format!("이어지는 워크시트 {n}개"),
        NoteKind::Tags => format!("태그 {s}개 제외"),
        NoteKind::Comments => format!("주석 {s}개 제외"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_that_broke_down_says_what_is_left_and_what_to_do() {
        let error = RunError::Panic("at x.rs:7".into());
        let told = [Lang::En, Lang::Ko].map(|lang| Explained::run_error(lang, &error));
        assert!(told.iter().all(|told| told.contains(": at x.rs:7. ")), "{told:?}");
        assert!(told[0].contains("complete. Start again") && told[1].contains("온전합니다. 다시 시작"), "{told:?}");
    }
}
