//! The source files of a list, in Korean.

use super::{Korean, labels};
use crate::engine::MergeBy;
use crate::text::language::FileWords;
use crate::text::{bytes, count};

impl FileWords for Korean {
    fn files(&self, files: usize, size: u64) -> String {
        format!("파일 {}개 · {}", count(files as u64), bytes(size))
    }

    fn scanning(&self, files: usize) -> String {
        format!("{} 지금까지 {}개", labels::TEXT.scanning, count(files as u64))
    }

    fn cut_short(&self, files: usize) -> String {
        format!("파일 {}개까지 찾고 중지함 · 변환을 시작하면 나머지도 찾음", count(files as u64))
    }

    fn workbooks(&self, files: usize, by: MergeBy) -> String {
        let sources = format!("파일 {}개", count(files as u64));
        match by {
            MergeBy::None => format!("통합 문서 {}개, {}", count(files as u64), labels::TEXT.same_folders),
            MergeBy::Run => format!("통합 문서 1개, {sources} 합침"),
            MergeBy::Folder => format!("폴더마다 통합 문서 하나, {sources}"),
        }
    }

    fn and_more(&self, first: &str, more: usize) -> String {
        if more == 0 { first.to_owned() } else { format!("{first} 외 {more}개") }
    }

    fn removed(&self, files: usize) -> String {
        format!("목록에서 파일 {}개를 뺐습니다", count(files as u64))
    }

    fn skipped(&self, files: usize) -> String {
        format!("파일 {}개를 건너뜁니다", count(files as u64))
    }

    fn added(&self, inputs: usize) -> String {
        format!("원본 {}개를 추가했습니다", count(inputs as u64))
    }
}
