//! A run in figures, in Korean.

use super::Korean;
use crate::engine::{Cause, LeftOut, Sifted, Unproven, WouldReplace};
use crate::text::count;
use crate::text::language::{CauseWords, EndedAs, ReportText, RunWords, SystemWords};

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

    fn merged(&self, files: usize, workbooks: usize) -> String {
        format!("파일 {}개를 통합 문서 {}개로 합침", count(files as u64), count(workbooks as u64))
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
            EndedAs::Replacing => "다른 파일 덮어씀",
            EndedAs::Gone => "만든 뒤 없어짐",
        };
        format!("{how} {}개", count(files as u64))
    }

    fn with_losses(&self, what: &str) -> String {
        format!("완성, 일부 손실: {what}")
    }

    fn unproven(&self, why: &Unproven) -> String {
        match why {
            Unproven::Gone => "파일이 없어짐".into(),
            Unproven::Differs(what) => format!("만들 때와 다름: {}", self.difference(what)),
            Unproven::Failed(cause) => self.cause(cause).0,
        }
    }

    fn source_changed(&self, source: &str) -> String {
        format!("원본이 그 뒤에 바뀜: {source}")
    }

    fn verified(&self, all: usize, differing: usize, changed: usize) -> String {
        let mut out = format!("통합 문서 {}개를 다시 읽음, ", count(all as u64));
        out += &match differing {
            0 => "모두 만들 때와 같음".to_owned(),
            some => format!("{}개가 만들 때와 다름", count(some as u64)),
        };
        if changed > 0 {
            out += &format!(", 그 뒤에 바뀐 원본 {}개", count(changed as u64));
        }
        out
    }

    fn report(&self) -> &'static ReportText {
        &REPORT
    }

    fn journal_failed(&self, why: &str) -> String {
        format!(
            "저장 폴더의 기록 파일을 쓰지 못했습니다: {why}. 통합 문서는 온전하지만, 여기 표시한 내용은 다른 곳에 남지 않습니다."
        )
    }

    fn report_failed(&self, why: &Cause) -> String {
        let (why, advice) = match why {
            Cause::NotOurs => ("같은 이름의 다른 파일이 있음".into(), "그 파일을 옮기거나 이름을 바꾸세요."),
            Cause::WorkbookOpen => ("다른 프로그램에서 열려 있음".into(), "그 프로그램에서 닫으세요."),
            Cause::DiskFull => ("디스크 공간 부족".into(), "공간을 확보하세요."),
            Cause::Read(error) | Cause::Write(error) => (self.write_error(error), "저장 폴더를 확인하세요."),
            other => (self.cause(other).0, "Sheetmill의 오류이니 알려 주세요."),
        };
        format!("보고서를 만들지 못했습니다: {why}. 통합 문서는 온전합니다. {advice}")
    }

    fn would_replace(&self, found: &WouldReplace) -> String {
        let kinds = [
            (found.not_ours, "Sheetmill이 만들지 않은 파일"),
            (found.of_others, "다른 원본으로 만든 파일"),
            (found.changed, "만든 뒤에 고친 파일"),
        ];
        let kinds = kinds.into_iter().filter(|(files, _)| *files > 0);
        let kinds: Vec<String> = kinds.map(|(files, how)| format!("{how} {}개", count(files as u64))).collect();
        let (all, least) = (count(found.all as u64), if found.is_cut_short { " 이상을" } else { "를" });
        match &kinds[..] {
            _ if found.all == 0 => "통합 문서를 덮어쓸 수 있지만 시간이 부족해 확인하지 못했습니다.".into(),
            [] => format!("통합 문서 {all}개{least} 덮어쓰게 됩니다. 나머지는 시간이 부족해 확인하지 못했습니다."),
            kinds => format!("통합 문서 {all}개{least} 덮어쓰게 됩니다. 그중 {}가 있습니다.", kinds.join(", ")),
        }
    }

    fn gone(&self, workbooks: usize) -> String {
        format!(
            "이번에 만든 통합 문서 {}개가 없어졌거나 그 뒤에 바뀌었습니다. 이름은 보고서에 있습니다. 다시 변환하면 새로 만듭니다.",
            count(workbooks as u64)
        )
    }

    fn sifted(&self, sifted: &Sifted) -> String {
        let (all, out) = (count(sifted.looked_at), count(sifted.left_out));
        let drawn = if sifted.is_undrawn { " (표본은 변환할 때 뽑습니다)" } else { "" };
        format!("레코드 {all}건 중 {out}건을 필터로 제외{drawn}")
    }

    fn left_out_by_filters(&self, records: u64) -> String {
        format!("필터로 {}건 제외", count(records))
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

static REPORT: ReportText = ReportText {
    tables: [
        (
            "파일",
            &[
                ("파일", 40),
                ("결과", 18),
                ("통합 문서", 40),
                ("원본 레코드", 14),
                ("읽은 레코드", 14),
                ("기록한 행", 14),
                ("필터로 제외", 14),
                ("손실", 9),
                ("참고", 9),
                ("원본 크기(바이트)", 18),
                ("통합 문서 크기(바이트)", 22),
                ("초", 9),
                ("인코딩", 12),
                ("형식", 16),
                ("검증", 14),
                ("이유", 50),
                ("해결 방법", 60),
            ],
        ),
        (
            "손실과 참고",
            &[
                ("파일", 40),
                ("구분", 8),
                ("레코드", 16),
                ("줄", 10),
                ("칸", 10),
                ("처리 내용", 50),
                ("규칙에 어긋난 곳", 36),
                ("해당 내용", 50),
            ],
        ),
        ("제외한 항목", &[("경로", 70), ("이유", 40)]),
        ("합계와 설정", &[("항목", 24), ("값", 70)]),
    ],
    made: "완성",
    made_with_losses: "완성, 일부 손실",
    gone: "만든 뒤 없어짐",
    failed: "실패",
    not_recognised: "레코드 없음·형식 모름",
    up_to_date: "최신",
    stopped: "중지됨",
    skipped: "건너뜀",
    read_back: "다시 읽어 확인",
    with_others: "합친 파일에서 확인",
    merged: "행 수:",
    counted: "개수만 확인",
    loss: "손실",
    note: "참고",
    unreadable: "읽지 못함",
    began: "시작한 때",
    version: "Sheetmill",
    input: "원본",
    choices: "설정",
    left_out_by: "필터로 제외한 레코드",
    files: "파일",
    seconds: "초",
    ended_early: "작업이 끝까지 가지 못함",
    missing: "100만 행을 넘어 뺀 행",
};
