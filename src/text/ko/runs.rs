//! A run in figures, in Korean.

use super::Korean;
use crate::engine::LeftOut;
use crate::text::count;
use crate::text::language::{EndedAs, RunWords};

impl RunWords for Korean {
    fn left_out(&self, why: LeftOut, number: usize) -> String {
        let number = count(number as u64);
        match why {
            LeftOut::Hidden => format!("숨김 파일·폴더 {number}개 제외"),
            LeftOut::OfficeLock => format!("오피스 잠금 파일 {number}개 제외"),
            LeftOut::SystemFile => format!("시스템 파일 {number}개 제외"),
            LeftOut::NotRegular => format!("파이프·소켓·장치 {number}개 제외"),
            LeftOut::LinkInArchive => format!("압축 파일 안의 링크 {number}개 제외"),
            LeftOut::InOutput => {
                format!("저장 폴더 안의 파일 {number}개 제외. 변환하려면 원본이 없는 저장 폴더를 고르세요")
            }
        }
    }

    fn made(&self, workbooks: usize) -> String {
        format!("통합 문서 {}개 완성", count(workbooks as u64))
    }

    fn ended(&self, how: EndedAs, files: usize) -> String {
        let how = match how {
            EndedAs::UpToDate => "최신",
            EndedAs::Failed => "실패",
            EndedAs::UnknownFormat => "형식 모름",
            EndedAs::Skipped => "건너뜀",
            EndedAs::Stopped => "중지됨",
            EndedAs::Unread => "읽지 못함",
        };
        format!("{how} {}개", count(files as u64))
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
