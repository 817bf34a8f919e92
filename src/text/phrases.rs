//! Words around numbers, for the window.

use std::time::Duration;

use super::kinds::{encoding_words, format_name};
use super::system::io_words;
use super::{Lang, bytes, count, duration, duration_short, speed};
use crate::engine::{Certainty, FormatKind};
use crate::session::{Counts, Pause, Span};

/// Short phrases in one language.
#[derive(Debug, Clone, Copy)]
pub struct Phrases(pub Lang);

impl Phrases {
    /// `918 files · 963 MB`.
    #[must_use]
    pub fn files(self, files: usize, size: u64) -> String {
        match self.0 {
            Lang::En if files == 1 => format!("1 file · {}", bytes(size)),
            Lang::En => format!("{} files · {}", count(files as u64), bytes(size)),
            Lang::Ko => format!("파일 {}개 · {}", count(files as u64), bytes(size)),
        }
    }

    /// `Looking for files… 1,024 so far`.
    #[must_use]
    pub fn scanning(self, files: usize) -> String {
        let found = count(files as u64);
        match self.0 {
            Lang::En => format!("{} {found} so far", self.0.text().scanning),
            Lang::Ko => format!("{} 지금까지 {found}개", self.0.text().scanning),
        }
    }

    /// `Looking for files… 1,024 so far · 12 s · ~/corpus/AA`.
    #[must_use]
    pub fn scanning_in(self, files: usize, time: Duration, folder: Option<&str>) -> String {
        let mut words = self.scanning(files);
        if time >= Duration::from_secs(1) {
            words += &format!(" · {}", duration_short(self.0, time));
        }
        if let Some(folder) = folder {
            words += &format!(" · {folder}");
        }
        words
    }

    /// `1,024 files found, then stopped: a run looks for the others`.
    #[must_use]
    pub fn cut_short(self, files: usize) -> String {
        let found = count(files as u64);
        match self.0 {
            Lang::En => format!("{found} found, then stopped · a run finds the rest"),
            Lang::Ko => format!("파일 {found}개까지 찾고 중지함 · 변환을 시작하면 나머지도 찾음"),
        }
    }

    /// `918 workbooks, same folders`.
    #[must_use]
    pub fn workbooks(self, files: usize) -> String {
        let same = self.0.text().same_folders;
        match self.0 {
            Lang::En if files == 1 => format!("1 workbook, {same}"),
            Lang::En => format!("{} workbooks, {same}", count(files as u64)),
            Lang::Ko => format!("통합 문서 {}개, {same}", count(files as u64)),
        }
    }

    /// `on 8 cores` behind the number of workers chosen.
    #[must_use]
    pub fn of_cores(self, cores: usize) -> String {
        match self.0 {
            Lang::En if cores == 1 => "on 1 core".into(),
            Lang::En => format!("on {cores} cores"),
            Lang::Ko => format!("/ 코어 {cores}개"),
        }
    }

    /// `431 of 918 · 1 failed`.
    #[must_use]
    pub fn done_of(self, counts: &Counts, files: usize) -> String {
        let (done, files) = (count(counts.ended() as u64), count(files as u64));
        let mut line = match self.0 {
            Lang::En => format!("{done} of {files}"),
            Lang::Ko => format!("{files}개 중 {done}개"),
        };
        if counts.failed > 0 {
            let failed = count(counts.failed as u64);
            line += &match self.0 {
                Lang::En => format!(" · {failed} failed"),
                Lang::Ko => format!(" · 실패 {failed}개"),
            };
        }
        line
    }

    /// `9 s left`.
    #[must_use]
    pub fn left(self, time: Duration) -> String {
        let time = duration_short(self.0, time);
        match self.0 {
            Lang::En => format!("{time} left"),
            Lang::Ko => format!("남은 시간 {time}"),
        }
    }

    /// `12 s so far`.
    #[must_use]
    pub fn elapsed(self, time: Duration) -> String {
        let time = duration_short(self.0, time);
        match self.0 {
            Lang::En => format!("{time} so far"),
            Lang::Ko => format!("경과 시간 {time}"),
        }
    }

    /// The time a file took.
    #[must_use]
    pub fn took(self, time: Duration) -> String {
        duration(self.0, time)
    }

    /// `~/a and 2 more`.
    #[must_use]
    pub fn and_more(self, first: &str, more: usize) -> String {
        match (self.0, more) {
            (_, 0) => first.to_owned(),
            (Lang::En, _) => format!("{first} and {more} more"),
            (Lang::Ko, _) => format!("{first} 외 {more}개"),
        }
    }

    /// `first 50 of 412 records`; `None` where nobody has counted them.
    #[must_use]
    pub fn first_of(self, rows: usize, records: Option<u64>) -> String {
        let first = count(rows as u64);
        match (self.0, records) {
            (Lang::En, Some(1)) if rows == 1 => "1 record".into(),
            (Lang::En, Some(all)) if all == rows as u64 => format!("all {first} records"),
            (Lang::En, Some(all)) => format!("first {first} of {} records", count(all)),
            (Lang::En, None) => format!("first {first} records"),
            (Lang::Ko, Some(1)) if rows == 1 => "레코드 1건".into(),
            (Lang::Ko, Some(all)) if all == rows as u64 => format!("전체 {first}건"),
            (Lang::Ko, Some(all)) => format!("레코드 {}건 중 처음 {first}건", count(all)),
            (Lang::Ko, None) => format!("처음 {first}건"),
        }
    }

    /// `WikiExtractor tags · UTF-8`, or how many of them.
    #[must_use]
    pub fn found(self, formats: &[FormatKind], encodings: &[&str]) -> String {
        let format = match (self.0, formats) {
            (_, []) => String::new(),
            (_, [one]) => format_name(self.0, *one).to_owned(),
            (Lang::En, more) => format!("{} formats", more.len()),
            (Lang::Ko, more) => format!("형식 {}가지", more.len()),
        };
        let encoding = match (self.0, encodings) {
            (_, []) => String::new(),
            (_, [one]) => encoding_words(self.0, one, Certainty::Certain),
            (Lang::En, more) => format!("{} encodings", more.len()),
            (Lang::Ko, more) => format!("인코딩 {}가지", more.len()),
        };
        [format, encoding].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }

    /// `3 files removed from the list`.
    #[must_use]
    pub fn removed(self, files: usize) -> String {
        match self.0 {
            Lang::En if files == 1 => "1 file removed from the list".into(),
            Lang::En => format!("{} files removed from the list", count(files as u64)),
            Lang::Ko => format!("목록에서 파일 {}개를 뺐습니다", count(files as u64)),
        }
    }

    /// `3 files will be skipped`.
    #[must_use]
    pub fn skipped(self, files: usize) -> String {
        match self.0 {
            Lang::En if files == 1 => "1 file will be skipped".into(),
            Lang::En => format!("{} files will be skipped", count(files as u64)),
            Lang::Ko => format!("파일 {}개를 건너뜁니다", count(files as u64)),
        }
    }

    /// `2 added to the source`.
    #[must_use]
    pub fn added(self, inputs: usize) -> String {
        match self.0 {
            Lang::En => format!("{} added to the source", count(inputs as u64)),
            Lang::Ko => format!("원본 {}개를 추가했습니다", count(inputs as u64)),
        }
    }

    /// `News deleted`.
    #[must_use]
    pub fn deleted(self, name: &str) -> String {
        match self.0 {
            Lang::En => format!("{name} deleted"),
            Lang::Ko => format!("{name}: 삭제함"),
        }
    }

    /// Why a preset could not be kept or deleted.
    #[must_use]
    pub fn preset_not_kept(self, name: &str, error: &std::io::Error) -> String {
        let why = io_words(self.0, error);
        match self.0 {
            Lang::En => format!(
                "The preset {name} can't be saved or deleted: {why}. Check that you may write to the presets’ folder."
            ),
            Lang::Ko => {
                format!("프리셋을 저장하거나 삭제하지 못했습니다({name}): {why}. 프리셋 폴더의 쓰기 권한을 확인하세요.")
            }
        }
    }

    /// `61 records`.
    #[must_use]
    pub fn records(self, records: u64) -> String {
        match self.0 {
            Lang::En if records == 1 => "1 record".into(),
            Lang::En => format!("{} records", count(records)),
            Lang::Ko => format!("{}건", count(records)),
        }
    }

    /// `1 min 12 s · 1.9 cores`.
    #[must_use]
    pub fn cpu(self, cpu: Duration, elapsed: Duration) -> String {
        let cores = cpu.as_secs_f64() / elapsed.as_secs_f64().max(0.001);
        let cpu = duration(self.0, cpu);
        match self.0 {
            Lang::En if format!("{cores:.1}") == "1.0" => format!("{cpu} · 1 core"),
            Lang::En => format!("{cpu} · {cores:.1} cores"),
            Lang::Ko => format!("{cpu} · 코어 {cores:.1}개"),
        }
    }

    /// `peak 63 MB/s`.
    #[must_use]
    pub fn peak(self, peak: f64) -> String {
        match self.0 {
            Lang::En => format!("peak {}", speed(peak)),
            Lang::Ko => format!("최고 {}", speed(peak)),
        }
    }

    /// What the graph of speed shows, for who cannot see it.
    #[must_use]
    pub fn graph(self, time: Duration, average: f64, peak: f64) -> String {
        let (time, average, peak) = (duration(self.0, time), speed(average), speed(peak));
        match self.0 {
            Lang::En => format!("Speed over {time}: {average} on average, {peak} at its peak"),
            Lang::Ko => format!("{time} 동안의 속도: 평균 {average}, 최고 {peak}"),
        }
    }

    /// `paused for 5 s`, `paused 3 times, 20 s in all`; `None` where nothing was paused.
    #[must_use]
    pub fn paused(self, pauses: &[Pause]) -> Option<String> {
        let time = duration(self.0, pauses.iter().map(|pause| pause.lasted).sum());
        match (self.0, pauses.len()) {
            (_, 0) => None,
            (Lang::En, 1) => Some(format!("paused for {time}")),
            (Lang::En, times) => Some(format!("paused {times} times, {time} in all")),
            (Lang::Ko, 1) => Some(format!("일시 정지 {time}")),
            (Lang::Ko, times) => Some(format!("일시 정지 {times}번, 모두 {time}")),
        }
    }

    /// What a worker did, `busy` is the part of its time with work, 0 to 1.
    #[must_use]
    pub fn lane(self, worker: usize, files: usize, busy: f64) -> String {
        let (files_of, percent) = (count(files as u64), (busy * 100.0).round());
        match self.0 {
            Lang::En if files == 1 => format!("Worker {worker}: 1 file, busy {percent}% of the time"),
            Lang::En => format!("Worker {worker}: {files_of} files, busy {percent}% of the time"),
            Lang::Ko => format!("작업자 {worker}: 파일 {files_of}개, 전체 시간의 {percent}% 동안 작업"),
        }
    }

    /// `AA/wiki_04 · started at 1.2 s, took 0.3 s`, `AA/wiki_04 and 12 more · started at 1.2 s, took 4.0 s · 1 failed`.
    #[must_use]
    pub fn span(self, name: &str, span: &Span) -> String {
        let name = self.and_more(name, span.files - 1);
        let from = duration(self.0, span.from);
        let failed = match (self.0, span.failed) {
            (_, 0) => String::new(),
            (Lang::En, failed) => format!(" · {} failed", count(failed as u64)),
            (Lang::Ko, failed) => format!(" · 실패 {}개", count(failed as u64)),
        };
        let lasted = span.to.map(|to| duration(self.0, to.saturating_sub(span.from)));
        match (self.0, lasted) {
            (Lang::En, Some(lasted)) => format!("{name} · started at {from}, took {lasted}{failed}"),
            (Lang::En, None) => format!("{name} · started at {from}, running"),
            (Lang::Ko, Some(lasted)) => format!("{name} · {from}에 시작, {lasted} 걸림{failed}"),
            (Lang::Ko, None) => format!("{name} · {from}에 시작, 진행 중"),
        }
    }

    /// `3 days ago`.
    #[must_use]
    pub fn ago(self, time: Duration) -> String {
        let minutes = time.as_secs() / 60;
        let (hours, days) = (minutes / 60, minutes / 60 / 24);
        let said = |number: u64, one: &str, many: &str| {
            if number == 1 { format!("1 {one} ago") } else { format!("{} {many} ago", count(number)) }
        };
        match (self.0, days, hours, minutes) {
            (Lang::En, 0, 0, 0) => "just now".into(),
            (Lang::En, 0, 0, _) => said(minutes, "minute", "minutes"),
            (Lang::En, 0, ..) => said(hours, "hour", "hours"),
            (Lang::En, ..) => said(days, "day", "days"),
            (Lang::Ko, 0, 0, 0) => "방금 전".into(),
            (Lang::Ko, 0, 0, _) => format!("{minutes}분 전"),
            (Lang::Ko, 0, ..) => format!("{hours}시간 전"),
            (Lang::Ko, ..) => format!("{}일 전", count(days)),
        }
    }

    /// Takes `name` out of the list of inputs used lately.
    #[must_use]
    pub fn forget(self, name: &str) -> String {
        match self.0 {
            Lang::En => format!("Remove {name} from the list"),
            Lang::Ko => format!("{name}: 목록에서 빼기"),
        }
    }

    /// Why there is no window, and what works without one.
    #[must_use]
    pub fn no_window(self, why: &str) -> String {
        match self.0 {
            Lang::En => {
                format!("The window can't be opened ({why}). In the terminal, use: sheetmill convert INPUT OUTPUT")
            }
            Lang::Ko => {
                format!(
                    "창을 열 수 없습니다({why}). 터미널에서 다음 명령을 쓰세요: sheetmill convert <원본 폴더> <저장 폴더>"
                )
            }
        }
    }

    /// `3 not readable`, the folders and links that were passed over.
    #[must_use]
    pub fn unread(self, places: usize) -> String {
        let places = count(places as u64);
        match self.0 {
            Lang::En => format!("{places} not readable"),
            Lang::Ko => format!("읽지 못함 {places}개"),
        }
    }

    /// `520 crates that it is built and tested with`.
    #[must_use]
    pub fn crates(self, number: usize) -> String {
        match self.0 {
            Lang::En => format!("{} crates that it is built and tested with", count(number as u64)),
            Lang::Ko => format!("빌드와 테스트에 쓰는 크레이트 {}개", count(number as u64)),
        }
    }
}
