//! Errors of the system, in words.

use std::io::ErrorKind;

use super::Lang;

pub(super) fn io_en(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "not found".into(),
        ErrorKind::PermissionDenied => "no permission".into(),
        ErrorKind::NotADirectory => "not a folder".into(),
        ErrorKind::ReadOnlyFilesystem => "the disk is read-only".into(),
        ErrorKind::StorageFull => "the disk is full".into(),
        ErrorKind::FileTooLarge => "it grows far beyond its size when unpacked".into(),
        ErrorKind::UnexpectedEof => "it is cut off".into(),
        ErrorKind::InvalidFilename => "the name is too long or not allowed".into(),
        _ => error.to_string(),
    }
}

pub(super) fn io_ko(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "찾을 수 없음".into(),
        ErrorKind::PermissionDenied => "권한 없음".into(),
        ErrorKind::NotADirectory => "폴더가 아님".into(),
        ErrorKind::ReadOnlyFilesystem => "읽기 전용 디스크".into(),
        ErrorKind::StorageFull => "디스크 공간 부족".into(),
        ErrorKind::FileTooLarge => "압축을 풀면 지나치게 커짐".into(),
        ErrorKind::UnexpectedEof => "파일이 중간에 끊김".into(),
        ErrorKind::InvalidFilename => "이름이 너무 길거나 쓸 수 없는 글자가 있음".into(),
        _ => error.to_string(),
    }
}

/// Why the system refused a file.
#[must_use]
pub fn io_words(lang: Lang, error: &std::io::Error) -> String {
    if lang == Lang::Ko { io_ko(error) } else { io_en(error) }
}
