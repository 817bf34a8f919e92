//! The window itself, in Korean.

use super::Korean;
use crate::text::count;
use crate::text::language::WindowWords;

impl WindowWords for Korean {
    fn deleted(&self, name: &str) -> String {
        format!("{name}: 삭제함")
    }

    fn forget(&self, name: &str) -> String {
        format!("{name}: 목록에서 빼기")
    }

    fn no_window(&self, why: &str) -> String {
        format!("창을 열 수 없습니다({why}). 터미널에서 다음 명령을 쓰세요: sheetmill convert <원본 폴더> <저장 폴더>")
    }

    fn filters(&self, number: usize) -> String {
        format!("필터 {}개", count(number as u64))
    }

    fn crates(&self, number: usize) -> String {
        format!("빌드와 테스트에 쓰는 크레이트 {}개", count(number as u64))
    }
}
