//! A run at work, in Korean.

use std::time::Duration;

use super::Korean;
use crate::text::language::{ProgressWords, TimeWords};
use crate::text::{count, speed};

impl ProgressWords for Korean {
    fn of_cores(&self, cores: usize) -> String {
        format!("/ 코어 {cores}개")
    }

    fn out_of(&self, done: &str, files: &str) -> String {
        format!("{files}개 중 {done}개")
    }

    fn left(&self, time: Duration) -> String {
        format!("남은 시간 {}", self.duration_short(time))
    }

    fn elapsed(&self, time: Duration) -> String {
        format!("경과 시간 {}", self.duration_short(time))
    }

    fn busy_cores(&self, cores: f64) -> String {
        format!("코어 {cores:.1}개")
    }

    fn peak(&self, peak: f64) -> String {
        format!("최고 {}", speed(peak))
    }

    fn graph(&self, time: Duration, average: f64, peak: f64) -> String {
        let (time, average, peak) = (self.duration(time), speed(average), speed(peak));
        format!("{time} 동안의 속도: 평균 {average}, 최고 {peak}")
    }

    fn paused_for(&self, times: usize, time: &str) -> String {
        if times == 1 { format!("일시 정지 {time}") } else { format!("일시 정지 {times}번, 모두 {time}") }
    }

    fn lane(&self, worker: usize, files: usize, busy: f64) -> String {
        let (files, percent) = (count(files as u64), (busy * 100.0).round());
        format!("작업자 {worker}: 파일 {files}개, 전체 시간의 {percent}% 동안 작업")
    }

    fn began(&self, from: &str, lasted: Option<&str>) -> String {
        match lasted {
            Some(lasted) => format!("{from}에 시작, {lasted} 걸림"),
            None => format!("{from}에 시작, 진행 중"),
        }
    }
}
