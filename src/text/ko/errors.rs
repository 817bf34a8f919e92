//! What went wrong with a run, a folder or a preset, in Korean.

use std::io::{Error, ErrorKind};
use std::path::Path;

use super::Korean;
use crate::engine::{RunError, ScanError};
use crate::preset::PresetError;
use crate::text::count;
use crate::text::language::{ErrorWords, SystemWords};
use crate::text::visible;

impl ErrorWords for Korean {
    fn run_error(&self, error: &RunError) -> String {
        match error {
            RunError::Input { path, source } => {
                format!(
                    "{} 경로를 읽을 수 없습니다: {}. 다른 폴더나 파일을 선택하세요.",
                    path.display(),
                    self.io_error(source)
                )
            }
            RunError::NoFiles { path } => {
                format!(
                    "{} 안에 변환할 파일이 없습니다. 숨김 파일과 Sheetmill이 만든 통합 문서는 제외합니다. 다른 폴더를 선택하세요.",
                    path.display()
                )
            }
            RunError::Output { path, source } => {
                format!(
                    "{} 폴더에 쓸 수 없습니다: {}. 다른 저장 폴더를 선택하세요.",
                    path.display(),
                    self.io_error(source)
                )
            }
            RunError::NoJournal { path, source } => format!(
                "{} 폴더에 읽을 수 있는 기록 파일이 없습니다: {}. Sheetmill로 변환한 폴더를 선택하세요.",
                path.display(),
                self.io_error(source)
            ),
            RunError::FilterList { path, source } => format!(
                "필터 목록 {} 파일을 읽을 수 없습니다: {}. 한 줄에 값이 하나씩 있는 UTF-8 텍스트 파일을 고르세요.",
                path.display(),
                self.list_error(source)
            ),
            RunError::OutputGone { path } => format!(
                "저장 폴더 {}가 없어졌거나 다른 폴더로 바뀌었습니다. 거기서 멈추었고 그 자리에는 아무것도 쓰지 않았습니다. 폴더나 디스크를 되돌린 뒤 다시 변환하세요. 최신 통합 문서는 그대로 둡니다.",
                path.display()
            ),
            RunError::OutputInUse { path } => format!(
                "다른 Sheetmill이 {} 폴더로 변환하는 중입니다. 끝난 뒤 다시 시작하거나 다른 저장 폴더를 선택하세요.",
                path.display()
            ),
            RunError::AlreadyThere { count: n, first } => format!(
                "통합 문서 {}개가 이미 있습니다(첫 번째: {}). 변환을 시작하지 않았습니다. 다른 저장 폴더를 선택하거나 ‘이미 있는 통합 문서’ 설정을 바꾸세요.",
                count(*n as u64),
                first.display()
            ),
            RunError::Workers(why) => {
                format!("작업자를 시작하지 못했습니다: {why}. 작업자 수를 줄여 보세요.")
            }
            RunError::Panic(why) => format!(
                "내부 오류로 작업이 중간에 끝났습니다: {why}. 이미 완성한 통합 문서는 온전합니다. 다시 시작해 보고, 같은 오류가 나면 알려 주세요."
            ),
        }
    }

    fn output_lost(&self, error: &Error) -> String {
        format!("표준 출력에 쓸 수 없어 중간에 끝냈습니다: {}. 완성된 통합 문서는 온전합니다.", self.write_error(error))
    }

    fn list_error(&self, error: &Error) -> String {
        match error.kind() {
            ErrorKind::InvalidData => "UTF-8이 아님".into(),
            ErrorKind::FileTooLarge => "256MB보다 큼".into(),
            _ => self.io_error(error),
        }
    }

    fn scan_error(&self, error: &ScanError) -> (String, &'static str) {
        match error {
            ScanError::Loop(above) => (format!("상위 폴더를 가리키는 링크({})", above.display()), ""),
            ScanError::System(error) => (format!("읽을 수 없음: {}", self.io_error(error)), self.read_advice(error)),
        }
    }

    fn preset_error(&self, error: &PresetError) -> String {
        match error {
            PresetError::Read { path, source } => {
                format!("{} 프리셋을 읽을 수 없습니다: {}. 다른 프리셋을 여세요.", shown(path), self.io_error(source))
            }
            PresetError::TooLarge { path } => {
                format!("{} 파일은 프리셋치고 너무 큽니다(1 MB 초과). 다른 프리셋을 여세요.", shown(path))
            }
            PresetError::UnknownKey { path, line, key } => {
                format!("{} {line}행: 프리셋에 없는 키입니다({}). 고치거나 지우세요.", shown(path), visible(key))
            }
            PresetError::Bad { path, why } => {
                format!(
                    "{} 파일은 프리셋으로 쓸 수 없습니다. 파일을 고치거나 다른 프리셋을 여세요:\n{why}",
                    shown(path)
                )
            }
        }
    }

    fn preset_not_kept(&self, name: &str, error: &Error) -> String {
        format!(
            "프리셋을 저장하거나 삭제하지 못했습니다({name}): {}. 프리셋 폴더의 쓰기 권한을 확인하세요.",
            self.io_error(error)
        )
    }
}

/// A path that cannot be taken for further lines.
fn shown(path: &Path) -> String {
    visible(&path.to_string_lossy()).into_owned()
}
