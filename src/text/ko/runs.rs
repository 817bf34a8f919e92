//! A run in figures, in Korean.

use super::Korean;
use crate::text::count;
use crate::text::language::{EndedAs, RunWords};

impl RunWords for Korean {
    fn made(&self, workbooks: usize) -> String {
        format!("통합 문서 {}개 완성", count(workbooks as u64))
    }

    fn ended(&self, how: EndedAs, files: usize) -> String {
        let how = match how {
            EndedAs::WithLosses => "일부 손실",
            EndedAs::UpToDate => "최신",
            EndedAs::Failed => "실패",
            EndedAs::UnknownFormat => "형식 모름",
            EndedAs::Skipped => "건너뜀",
            EndedAs::Stopped => "중지됨",
            EndedAs::Unread => "읽지 못함",
        };
        format!("{how} {}개", count(files as u64))
    }

    fn with_losses(&self, what: &str) -> String {
        format!("완성, 일부 손실: {what}")
    }

    fn journal_failed(&self, why: &str) -> String {
        format!(
            "저장 폴더의 기록 파일을 쓰지 못했습니다: {why}. 통합 문서는 온전하지만, 여기 표시한 내용은 다른 곳에 남지 않습니다."
        )
    }

    fn rows(&self, records: u64, rows: u64) -> String {
        format!("레코드 {}건 → 행 {}개", count(records), count(rows))
    }

    fn records(&self, records: u64) -> String {
        format!("{}건", count(records))
    }

    fn first_of(&self, rows: usize, records: Option<u64>) -> String {
        let first = count(rows as u64);
        match records {
            Some(1) if rows == 1 => "레코드 1건".into(),
            Some(all) if all == rows as u64 => format!("전체 {first}건"),
            Some(all) => format!("레코드 {}건 중 처음 {first}건", count(all)),
            None => format!("처음 {first}건"),
        }
    }
}
