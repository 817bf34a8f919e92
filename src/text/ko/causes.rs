//! Why a source file has no workbook, and what to do, in Korean.

use std::io::ErrorKind;

use super::Korean;
use crate::engine::{ArchiveFault, Cause, Difference, FileKind};
use crate::text::language::{CauseWords, ErrorWords, KindWords, NoteWords, SystemWords};
use crate::text::{bytes, count};

impl CauseWords for Korean {
    fn cause(&self, cause: &Cause) -> (String, String) {
        let advice = |text: &str| text.to_owned();
        match cause {
            Cause::Read(error) => (format!("읽을 수 없음: {}", self.io_error(error)), advice(self.read_advice(error))),
            Cause::Empty => ("빈 파일".into(), advice("변환할 내용이 없습니다.")),
            Cause::Archive(fault) => self.archive_fault(*fault),
            Cause::NotText(kind @ (FileKind::Zip | FileKind::Tar)) => (
                format!("{}(텍스트 아님)", self.file_kind(*kind)),
                advice(
                    "이름이 .zip, .tar, .tar.gz 등으로 끝나고 다른 압축 파일 안에 있지 않아야 그 안의 파일을 읽습니다. 이름을 바꾸거나 먼저 압축을 푸세요.",
                ),
            ),
            Cause::NotText(kind) => (
                format!("{}(텍스트 아님)", self.file_kind(*kind)),
                advice(
                    "읽을 수 있는 레코드가 없습니다. 이 파일의 통합 문서는 만들지 않으며, 다른 파일에는 영향이 없습니다.",
                ),
            ),
            Cause::NoRecords => {
                ("레코드 없음".into(), advice("말뭉치로 보이지만 레코드가 없어 통합 문서를 만들지 않았습니다."))
            }
            Cause::Refusal(message) => refusal(message),
            Cause::Selector(part) => (
                format!("여기에는 쓸 수 없는 레코드 선택자: {part}"),
                advice(
                    "파일을 읽어 나가며 찾을 수 있는 것만 됩니다. 요소 이름, 속성, 클래스, 안팎과 앞뒤 관계를 쓸 수 있습니다.",
                ),
            ),
            Cause::NotRecognised(look) => (
                format!("형식 모름: {}", self.unknown_text(look)),
                advice(
                    "이 파일은 그대로 두었고, 다른 파일에는 영향이 없습니다. 레코드가 있다면 ‘읽는 방식’에서 형식이나 레코드 선택자를 지정하세요.",
                ),
            ),
            Cause::Damaged(fault) => (
                format!("손상됨: {}", self.syntax_fault(fault)),
                advice("읽을 수 있는 레코드가 없습니다. 이 위치를 고치거나 파일을 다시 받은 뒤 시도하세요."),
            ),
            Cause::FilterList { path, error } => (
                format!("필터 목록을 읽을 수 없음: {}: {}", path.display(), self.list_error(error)),
                advice("‘열’에서 다른 목록을 고르세요. 한 줄에 값이 하나씩 있는 UTF-8 텍스트 파일이어야 합니다."),
            ),
            Cause::Changed => (
                "읽는 동안 파일이 바뀜".into(),
                advice("이 파일을 저장하는 프로그램이 작업을 마친 뒤 다시 시도하세요."),
            ),
            Cause::Write(error) if error.kind() == ErrorKind::InvalidFilename => (
                format!("통합 문서를 쓸 수 없음: {}", self.write_error(error)),
                advice("원본 파일의 이름을 줄이거나 경로가 더 짧은 폴더를 고른 뒤 다시 시도하세요."),
            ),
            Cause::Write(error) => (
                format!("통합 문서를 쓸 수 없음: {}", self.write_error(error)),
                advice("저장 폴더를 확인한 뒤 다시 시도하세요."),
            ),
            Cause::DiskFull => {
                ("디스크 공간 부족".into(), advice("공간을 확보하거나 다른 저장 폴더를 고른 뒤 다시 시도하세요."))
            }
            Cause::WorkbookOpen => {
                ("통합 문서가 다른 프로그램에서 열려 있음".into(), advice("그 프로그램에서 닫은 뒤 다시 시도하세요."))
            }
            Cause::OutputGone => (
                "저장 폴더가 없어졌거나 다른 폴더로 바뀜".into(),
                advice("그 자리에는 아무것도 쓰지 않았습니다. 폴더나 디스크를 되돌린 뒤 다시 변환하세요."),
            ),
            Cause::TargetIsSource | Cause::NotOurs | Cause::OtherSource | Cause::ChangedSince | Cause::AlreadyThere => {
                in_the_way(cause)
            }
            Cause::MergeEnded(name) => (
                format!("{name} 파일이 실패하여 합치지 않음"),
                advice("그 파일을 고치거나 목록에서 빼세요. 실패한 파일을 빼고 합치도록 선택할 수도 있습니다."),
            ),
            Cause::TooManyColumns(n) => (
                format!("파일에 필요한 열 {}개 이상, Excel 한도는 16,384개", count(*n as u64)),
                advice("열을 줄이세요."),
            ),
            Cause::CountsDiffer { records, rows } => (
                format!("레코드 {}건, 행 {}개로 서로 다름", count(*records), count(*rows)),
                advice("통합 문서를 남기지 않았습니다. Sheetmill의 오류이니 파일과 함께 알려 주세요."),
            ),
            Cause::NotProven(what) => (
                format!("다시 읽은 내용이 기록한 내용과 다름: {}", self.difference(what)),
                advice(
                    "통합 문서를 남기지 않았습니다. 다시 시도하고, 같으면 디스크를 점검한 뒤 파일과 함께 알려 주세요.",
                ),
            ),
            Cause::Workbook(why) => {
                (format!("통합 문서를 만들지 못함: {why}"), advice("다시 시도해도 같으면 알려 주세요."))
            }
            Cause::Panic(why) => {
                (format!("내부 오류: {why}"), advice("다른 파일에는 영향이 없습니다. 파일과 함께 알려 주세요."))
            }
        }
    }

    fn archive_fault(&self, fault: ArchiveFault) -> (String, String) {
        let whole = "다시 복사하거나 내려받은 뒤 다시 시도하세요. 읽을 수 있었던 파일은 목록에 따로 있습니다.";
        let again = "압축 파일을 다시 복사하거나 내려받은 뒤 다시 시도하세요.";
        let harm = "악의적으로 만든 파일일 수 있습니다. 믿을 수 있다면 압축을 푼 폴더를 선택하세요.";
        let unpack = "만든 프로그램으로 압축을 푼 뒤 그 폴더를 선택하세요.";
        let (short, advice) = match fault {
            ArchiveFault::NoFiles => ("압축 파일 안에 변환할 파일이 없음", "숨김 파일, 폴더, 링크는 제외합니다."),
            ArchiveFault::TooManyFiles => {
                ("압축 파일 안의 파일이 100만 개를 넘음", "압축을 푼 뒤 그 폴더를 선택하세요.")
            }
            ArchiveFault::TooLarge => ("압축을 풀면 지나치게 커짐", harm),
            ArchiveFault::Overlapping => ("압축 파일 안의 파일이 서로 겹쳐 있음", harm),
            ArchiveFault::Split => ("분할 압축 파일의 일부", "나뉜 파일을 합치거나 압축을 푸세요."),
            ArchiveFault::Encrypted => ("암호로 잠겨 있음", "암호로 압축을 푼 뒤 그 폴더를 선택하세요."),
            ArchiveFault::Method(number) => {
                return (format!("읽을 수 없는 압축 방식(zip 방식 {number})"), unpack.to_owned());
            }
            ArchiveFault::WrongChecksum => ("손상됨: 체크섬이 맞지 않음", again),
            ArchiveFault::WrongSize => ("손상됨: 기록된 크기보다 큼", again),
            ArchiveFault::Memory(mebibytes) => {
                let needed = bytes(u64::from(mebibytes) << 20);
                return (format!("압축을 푸는 데 메모리가 너무 많이 필요함({needed})"), unpack.to_owned());
            }
            ArchiveFault::Sparse => ("스파스(sparse) 파일로 저장됨", unpack),
            ArchiveFault::Damaged => ("압축 파일이 중간에 끊겼거나 손상됨", whole),
        };
        (short.to_owned(), advice.to_owned())
    }

    fn difference(&self, difference: &Difference) -> String {
        match difference {
            Difference::Rows { found, written } => format!("행 {}개(원래 {}개)", count(*found), count(*written)),
            Difference::Head { found, written } => format!("열 이름 ‘{found}’(원래 ‘{written}’)"),
            Difference::Columns { found, written } => {
                format!("열 {}개(원래 {}개)", count(*found as u64), count(*written as u64))
            }
            Difference::Cells => "셀 내용이 다름".into(),
            Difference::NoFile => "파일이 아님(폴더 등)".into(),
            Difference::NotWhole(said) => format!("온전한 통합 문서가 아님({said})"),
        }
    }
}

/// Of an answer that holds no data.
fn refusal(message: &str) -> (String, String) {
    let advice =
        "서비스가 요청을 거절한 응답입니다. 이 파일을 다시 받으세요. 데이터라면 ‘읽는 방식’에서 레코드를 고르세요.";
    (format!("데이터 없는 응답: {message}"), advice.into())
}

/// What stands under the workbook's name already, and what to do; the last is that it is there.
fn in_the_way(cause: &Cause) -> (String, String) {
    let advice = |text: &str| text.to_owned();
    match cause {
        Cause::TargetIsSource => ("통합 문서가 원본 파일을 덮어쓰게 됨".into(), advice("다른 저장 폴더를 선택하세요.")),
        Cause::NotOurs => (
            "Sheetmill이 만들지 않은 파일이 그 자리에 있음".into(),
            advice("그대로 두었습니다. 파일을 옮기거나 이름을 바꾸거나, 다른 저장 폴더나 ‘덮어쓰기’를 선택하세요."),
        ),
        Cause::OtherSource => (
            "다른 원본으로 만든 통합 문서가 그 자리에 있음".into(),
            advice("그대로 두었습니다. 다른 저장 폴더나 ‘덮어쓰기’를 선택하세요."),
        ),
        Cause::ChangedSince => (
            "만든 뒤에 누군가 고친 통합 문서".into(),
            advice("그대로 두었습니다. 파일을 옮기거나 이름을 바꾸세요. ‘덮어쓰기’를 선택하면 고친 내용이 사라집니다."),
        ),
        _ => (
            "통합 문서가 이미 있음".into(),
            advice(
                "전부터 있었거나, 그 사이에 다른 파일이나 프로그램이 만들었습니다. 다른 저장 폴더를 선택하거나 원본 파일의 이름을 바꾼 뒤 다시 시도하세요.",
            ),
        ),
    }
}
