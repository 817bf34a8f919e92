//! Notes in Korean.

use super::Korean;
use crate::engine::{Expected, NoteKind, SyntaxFault, share};
use crate::text::language::{NoteWords, sign};
use crate::text::{bytes, count};

impl NoteWords for Korean {
    fn note_kind(&self, kind: NoteKind, places: u64, sum: u64) -> String {
        let (n, s) = (count(places), count(sum));
        match kind {
            NoteKind::RecordTooLong => format!("너무 긴 레코드 {n}건, {} 제외", bytes(sum)),
            NoteKind::StartTagBroken => format!("끝나지 않는 시작 태그 {n}개, 행 없음"),
            NoteKind::LineUnreadable => format!("JSON 객체가 아닌 줄 {n}개, 행 없음"),
            NoteKind::DamagedFromHere if sum == 0 => format!("도중에 끝난 파일 {n}개"),
            NoteKind::DamagedFromHere => format!("손상되어 {} 읽지 못함", bytes(sum)),
            NoteKind::RecordDamaged => format!("손상된 레코드 {n}건, 행 없음"),
            NoteKind::SyntaxRepaired => format!("레코드 사이 기호 {n}곳 바로잡음"),
            NoteKind::EntityUnknown => format!("알 수 없는 엔티티 {s}개, 적힌 그대로 둠"),
            NoteKind::MuchOutside | NoteKind::FewOutside | NoteKind::ValuesOutside => {
                format!("레코드 밖의 값 {s}개 제외")
            }
            NoteKind::HalfCharacters => format!("반쪽 문자 {s}개를 U+FFFD로 바꿈"),
            NoteKind::NameCut => format!("열 이름으로 너무 긴 이름 {s}개 줄임"),
            NoteKind::NameCleaned => format!("Excel에 담을 수 없는 문자를 뺀 열 이름 {s}개"),
            NoteKind::ValuesTogether => format!("필드가 너무 많아 값 {s}개를 ‘rest’에 모음"),
            NoteKind::ValueIsText => format!("열의 값 종류에 맞지 않는 값 {s}개, 글자 그대로 둠"),
            NoteKind::ColumnIsText => format!("값 {s}개가 값 종류에 맞지 않아 열 전체를 텍스트로 둠"),
            NoteKind::EnclosingLeftOut => format!("레코드를 감싼 값 {s}개, 열에 없음"),
            NoteKind::BodyNotText => format!("텍스트가 아닌 내용 {n}건, {} 제외", bytes(sum)),
            NoteKind::RecordCutOff => format!("잘린 레코드 {n}건, {} 부족", bytes(sum)),
            NoteKind::LengthWrong => format!("적힌 길이가 맞지 않는 레코드 {n}건"),
            NoteKind::QuoteBroken => format!("따옴표가 잘못된 행 {n}개, 글자 그대로 둠"),
            NoteKind::CellsUneven => format!("셀 수가 열 수와 다른 행 {n}개"),
            NoteKind::RecordDivided => format!("긴 문장 {n}개를 여러 행에 나눠 담음"),
            NoteKind::TextOutside => format!("레코드 밖의 텍스트 {} 제외", bytes(sum)),
            NoteKind::EncodingUnsure => format!("불확실한 인코딩 {n}건"),
            NoteKind::BadBytes => format!("읽을 수 없는 바이트 {s}곳을 U+FFFD로 바꿈"),
            NoteKind::ControlCharacters => format!("Excel에 담을 수 없는 제어 문자 {s}개 제외"),
            NoteKind::NoCharacters => format!("문자가 아닌 코드(U+FFFE, U+FFFF) {s}개 제외"),
            NoteKind::BreaksReplaced => format!("쪽 나누기 문자 {s}개를 줄 바꿈으로 바꿈"),
            NoteKind::RecordEmpty => format!("필드가 없는 레코드 {n}건, 빈 행"),
            NoteKind::ProseTags => format!("태그 {s}개 제외(본문일 수 있음)"),
            NoteKind::EndTagMissing => format!("끝 태그가 없는 레코드 {n}건"),
            NoteKind::EndTagInside => format!("본문 안에 끝 태그가 있는 레코드 {n}건"),
            NoteKind::EndTagStray => format!("시작 태그가 없는 끝 태그 {n}개"),
            NoteKind::StartTagMissing => format!("시작 태그가 빠진 요소 {n}개"),
            NoteKind::StartTagInside => format!("본문 안의 시작 태그 {n}개"),
            NoteKind::StartTagRepaired => format!("바로잡은 시작 태그 {n}개"),
            NoteKind::FilterColumnEmpty => format!("모든 레코드에 값이 없는 필터 열 {n}개"),
            NoteKind::AttributeMissing => format!("원본에 없는 값 {n}개"),
            NoteKind::BrokenMarkup => format!("깨진 마크업 {s}곳, 글자 그대로 둠"),
            NoteKind::TooMuchMarkup => format!("마크업이 너무 많아 태그만 제외한 레코드 {n}건"),
            NoteKind::CellsGuarded => format!("수식이 되지 않도록 앞에 작은따옴표를 붙인 셀 {s}개"),
            NoteKind::LongField => format!("긴 값 {n}개를 여러 열에 나눠 담음"),
            NoteKind::Replaced => "이 원본의 것이 아닌 파일을 덮어씀".into(),
            NoteKind::FurtherWorksheet => format!("이어지는 워크시트 {n}개"),
            NoteKind::Tags => format!("태그 {s}개 제외"),
            NoteKind::Comments => format!("주석 {s}개 제외"),
        }
    }

    fn syntax_fault(&self, fault: &SyntaxFault) -> String {
        let found = fault.found.map_or_else(|| "파일이 끝남".to_owned(), |found| format!("있는 것: {}", sign(found)));
        let (line, column) = (count(fault.line), count(fault.column));
        format!("{line}번째 줄 {column}번째 글자, 와야 할 것: {}, {found}", self.expected(fault.expected))
    }

    fn expected(&self, expected: Expected) -> &'static str {
        match expected {
            Expected::Value => "값",
            Expected::Object => "객체",
            Expected::ValueOrArrayEnd => "값 또는 ]",
            Expected::Key => "따옴표로 감싼 키",
            Expected::KeyOrObjectEnd => "따옴표로 감싼 키 또는 }",
            Expected::Colon => "‘:’",
            Expected::CommaOrArrayEnd => "‘,’ 또는 ]",
            Expected::CommaOrObjectEnd => "‘,’ 또는 }",
            Expected::Digit => "숫자",
            Expected::Escape => "\"\\/bfnrtu 중 하나",
            Expected::HexDigits => "16진수 네 자리",
            Expected::Quote => "닫는 따옴표",
            Expected::End => "파일의 끝 또는 다음 문서",
            Expected::LessNesting => "더 얕은 중첩",
        }
    }

    fn values_outside(&self, outside: u64, all: u64) -> String {
        let share = share(outside, all);
        format!("값 {}개 중 {}개({share})가 레코드 밖에 있습니다", count(all), count(outside))
    }

    fn share_outside(&self, outside: u64, all: u64) -> String {
        format!("값의 {}가 레코드 밖에 있습니다", share(outside, all))
    }

    fn line(&self, line: u64) -> String {
        format!("{}번째 줄", count(line))
    }
}
