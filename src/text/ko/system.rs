//! Errors of the system in Korean.

use std::io::{Error, ErrorKind};

use super::Korean;
use crate::engine::NotRegular;
use crate::text::language::SystemWords;

impl SystemWords for Korean {
    fn io_error(&self, error: &Error) -> String {
        if NotRegular::is(error) {
            return "파일이 아님(폴더, 파이프, 소켓 또는 장치)".into();
        }
        match error.kind() {
            ErrorKind::NotFound => "찾을 수 없음".into(),
            ErrorKind::PermissionDenied => "권한 없음".into(),
            ErrorKind::NotADirectory => "폴더가 아님".into(),
            ErrorKind::ReadOnlyFilesystem => "읽기 전용 디스크".into(),
            ErrorKind::StorageFull => "디스크 공간 부족".into(),
            ErrorKind::FileTooLarge => "압축을 풀면 지나치게 커짐".into(),
            ErrorKind::UnexpectedEof => "파일이 중간에 끊김".into(),
            ErrorKind::InvalidData => "손상됨".into(),
            ErrorKind::InvalidFilename => "이름이 너무 길거나 쓸 수 없는 글자가 있음".into(),
            _ => error.to_string(),
        }
    }

    fn read_advice(&self, error: &Error) -> &'static str {
        match error.kind() {
            ErrorKind::UnexpectedEof | ErrorKind::InvalidData => "다시 복사하거나 내려받은 뒤 다시 시도하세요.",
            ErrorKind::FileTooLarge => {
                "악의적으로 만든 파일일 수 있습니다. 믿을 수 있다면 압축을 푼 폴더를 선택하세요."
            }
            _ => "제자리에 있는지, 읽기 권한이 있는지 확인한 뒤 다시 시도하세요.",
        }
    }

    fn write_error(&self, error: &Error) -> String {
        if error.kind() == ErrorKind::FileTooLarge {
            "이 디스크에 담기에는 너무 큼".into()
        } else {
            self.io_error(error)
        }
    }
}
