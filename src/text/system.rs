//! Errors of the system, in words.

use std::io::{Error, ErrorKind};

use super::Lang;

pub(super) fn io_en(error: &Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "not found".into(),
        ErrorKind::PermissionDenied => "no permission".into(),
        ErrorKind::NotADirectory => "not a folder".into(),
        ErrorKind::ReadOnlyFilesystem => "the disk is read-only".into(),
        ErrorKind::StorageFull => "the disk is full".into(),
        ErrorKind::FileTooLarge => "it grows far beyond its size when unpacked".into(),
        ErrorKind::UnexpectedEof => "it is cut off".into(),
        ErrorKind::InvalidData => "it is damaged".into(),
        ErrorKind::InvalidFilename => "the name is too long or not allowed".into(),
        _ => error.to_string(),
    }
}

pub(super) fn io_ko(error: &Error) -> String {
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

/// What to do about a file that cannot be read.
pub(super) fn read_advice_en(error: &Error) -> &'static str {
    match error.kind() {
        ErrorKind::UnexpectedEof | ErrorKind::InvalidData => "Copy or download it once more, then retry.",
        ErrorKind::FileTooLarge => {
            "It may have been made to do harm. If you trust it, unpack it and choose the folder."
        }
        _ => "Check that it is there and that you may read it, then retry.",
    }
}

pub(super) fn read_advice_ko(error: &Error) -> &'static str {
    match error.kind() {
        ErrorKind::UnexpectedEof | ErrorKind::InvalidData => "다시 복사하거나 내려받은 뒤 다시 시도하세요.",
        ErrorKind::FileTooLarge => "악의적으로 만든 파일일 수 있습니다. 믿을 수 있다면 압축을 푼 폴더를 선택하세요.",
        _ => "제자리에 있는지, 읽기 권한이 있는지 확인한 뒤 다시 시도하세요.",
    }
}

/// Why a workbook cannot be written.
pub(super) fn written_en(error: &Error) -> String {
    if error.kind() == ErrorKind::FileTooLarge { "too large for this disk".into() } else { io_en(error) }
}

pub(super) fn written_ko(error: &Error) -> String {
    if error.kind() == ErrorKind::FileTooLarge {
        "이 디스크에 담기에는 너무 큼".into()
    } else {
        io_ko(error)
    }
}

/// Why the system refused a file.
#[must_use]
pub fn io_words(lang: Lang, error: &Error) -> String {
    if lang == Lang::Ko { io_ko(error) } else { io_en(error) }
}
