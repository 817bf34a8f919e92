//! Why a source file has no workbook, and what to do.

use super::archives::{archive_en, archive_ko};
use super::count;
use super::kinds::{kind_name_en, kind_name_ko, look_en, look_ko};
use super::system::{io_en, io_ko, read_advice_en, read_advice_ko, written_en, written_ko};
use crate::engine::{Cause, FileKind};

/// In few words, and what to do.
pub(super) fn cause_en(cause: &Cause) -> (String, String) {
    let advice = |text: &str| text.to_owned();
    match cause {
        Cause::Read(error) => (format!("can't be read: {}", io_en(error)), advice(read_advice_en(error))),
        Cause::Empty => ("empty file".into(), advice("There is nothing to convert in it.")),
        Cause::Archive(fault) => archive_en(*fault),
        Cause::NotText(kind @ (FileKind::Zip | FileKind::Tar)) => (
            format!("{}, not text", kind_name_en(*kind)),
            advice(
                "The files of an archive are read when its name ends in .zip, .tar, .tar.gz or the like and it stands in no other archive. Rename it, or unpack it first.",
            ),
        ),
        Cause::NotText(kind) => (
            format!("{}, not text", kind_name_en(*kind)),
            advice("It holds no records that can be read. No workbook is made of it; other files are not affected."),
        ),
        Cause::NoRecords => (
            "no records found".into(),
            advice("The file looks like a corpus but holds no record. No workbook was made."),
        ),
        Cause::NotRecognised(look) => (
            format!("unknown format: {}", look_en(look)),
            advice(
                "It was left alone; other files are not affected. If it holds records, choose the format or a record selector under Reading.",
            ),
        ),
        Cause::Changed => {
            ("changed while it was read".into(), advice("Wait until the program that writes it is done, then retry."))
        }
        Cause::Write(error) => (
            format!("its workbook can't be written: {}", written_en(error)),
            advice("Check the output folder, then retry."),
        ),
        Cause::DiskFull => {
            ("the disk is full".into(), advice("Free some space or choose another output folder, then retry."))
        }
        Cause::WorkbookOpen => {
            ("the workbook is open in another program".into(), advice("Close it there, then retry."))
        }
        Cause::TargetIsSource => {
            ("its workbook would replace a source file".into(), advice("Choose another output folder."))
        }
        Cause::AlreadyThere => (
            "its workbook is already there".into(),
            advice(
                "It was there, or another file or program made it meanwhile. Choose another output folder or rename the source file, then retry.",
            ),
        ),
        Cause::TooManyColumns(n) => {
            (format!("a record needs {} columns, Excel has 16,384", count(*n as u64)), advice("Choose fewer columns."))
        }
        Cause::CountsDiffer { records, rows } => (
            format!("{} records but {} rows", count(*records), count(*rows)),
            advice("The workbook was not kept. This is a fault in Sheetmill: please report it with the file."),
        ),
        Cause::Workbook(why) => {
            (format!("the workbook could not be made: {why}"), advice("Retry; if it stays, please report it."))
        }
        Cause::Panic(why) => {
            (format!("internal error: {why}"), advice("Other files are not affected. Please report it with the file."))
        }
    }
}

/// In few words, and what to do.
pub(super) fn cause_ko(cause: &Cause) -> (String, String) {
    let advice = |text: &str| text.to_owned();
    match cause {
        Cause::Read(error) => (format!("읽을 수 없음: {}", io_ko(error)), advice(read_advice_ko(error))),
        Cause::Empty => ("빈 파일".into(), advice("변환할 내용이 없습니다.")),
        Cause::Archive(fault) => archive_ko(*fault),
        Cause::NotText(kind @ (FileKind::Zip | FileKind::Tar)) => (
            format!("{}(텍스트 아님)", kind_name_ko(*kind)),
            advice(
                "이름이 .zip, .tar, .tar.gz 등으로 끝나고 다른 압축 파일 안에 있지 않아야 그 안의 파일을 읽습니다. 이름을 바꾸거나 먼저 압축을 푸세요.",
            ),
        ),
        Cause::NotText(kind) => (
            format!("{}(텍스트 아님)", kind_name_ko(*kind)),
            advice(
                "읽을 수 있는 레코드가 없습니다. 이 파일의 통합 문서는 만들지 않으며, 다른 파일에는 영향이 없습니다.",
            ),
        ),
        Cause::NoRecords => {
            ("레코드 없음".into(), advice("말뭉치로 보이지만 레코드가 없어 통합 문서를 만들지 않았습니다."))
        }
        Cause::NotRecognised(look) => (
            format!("형식 모름: {}", look_ko(look)),
            advice(
                "이 파일은 그대로 두었고, 다른 파일에는 영향이 없습니다. 레코드가 있다면 ‘읽는 방식’에서 형식이나 레코드 선택자를 지정하세요.",
            ),
        ),
        Cause::Changed => {
            ("읽는 동안 파일이 바뀜".into(), advice("이 파일을 저장하는 프로그램이 작업을 마친 뒤 다시 시도하세요."))
        }
        Cause::Write(error) => {
            (format!("통합 문서를 쓸 수 없음: {}", written_ko(error)), advice("저장 폴더를 확인한 뒤 다시 시도하세요."))
        }
        Cause::DiskFull => {
            ("디스크 공간 부족".into(), advice("공간을 확보하거나 다른 저장 폴더를 고른 뒤 다시 시도하세요."))
        }
        Cause::WorkbookOpen => {
            ("통합 문서가 다른 프로그램에서 열려 있음".into(), advice("그 프로그램에서 닫은 뒤 다시 시도하세요."))
        }
        Cause::TargetIsSource => ("통합 문서가 원본 파일을 덮어쓰게 됨".into(), advice("다른 저장 폴더를 선택하세요.")),
        Cause::AlreadyThere => (
            "통합 문서가 이미 있음".into(),
            advice(
                "전부터 있었거나, 그 사이에 다른 파일이나 프로그램이 만들었습니다. 다른 저장 폴더를 선택하거나 원본 파일의 이름을 바꾼 뒤 다시 시도하세요.",
            ),
        ),
        Cause::TooManyColumns(n) => {
            (format!("필요한 열 {}개, Excel 한도는 16,384개", count(*n as u64)), advice("열을 줄이세요."))
        }
        Cause::CountsDiffer { records, rows } => (
            format!("레코드 {}건, 행 {}개로 서로 다름", count(*records), count(*rows)),
            advice("통합 문서를 남기지 않았습니다. Sheetmill의 오류이니 파일과 함께 알려 주세요."),
        ),
        Cause::Workbook(why) => {
            (format!("통합 문서를 만들지 못함: {why}"), advice("다시 시도해도 같으면 알려 주세요."))
        }
        Cause::Panic(why) => {
            (format!("내부 오류: {why}"), advice("다른 파일에는 영향이 없습니다. 파일과 함께 알려 주세요."))
        }
    }
}
