//! Where a text breaks the rules of its notation, in Korean.

use super::Korean;
use crate::engine::{Expected, SyntaxFault};
use crate::text::count;
use crate::text::language::{FaultWords, sign};

impl FaultWords for Korean {
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
        let share = (outside * 100).div_ceil(all.max(1));
        format!("값 {}개 중 {}개({share}%)가 레코드 밖에 있습니다", count(all), count(outside))
    }
}
