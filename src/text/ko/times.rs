//! Lengths of time, in Korean.

use std::time::Duration;

use super::Korean;
use crate::text::count;
use crate::text::language::TimeWords;

impl TimeWords for Korean {
    fn seconds(&self, seconds: f64, digits: usize) -> String {
        format!("{seconds:.digits$}초")
    }

    fn minutes(&self, minutes: u64, seconds: u64) -> String {
        format!("{minutes}분 {seconds}초")
    }

    fn hours(&self, hours: u64, minutes: u64) -> String {
        format!("{hours}시간 {minutes}분")
    }

    fn ago(&self, time: Duration) -> String {
        let minutes = time.as_secs() / 60;
        let (hours, days) = (minutes / 60, minutes / 60 / 24);
        match (days, hours, minutes) {
            (0, 0, 0) => "방금 전".into(),
            (0, 0, _) => format!("{minutes}분 전"),
            (0, ..) => format!("{hours}시간 전"),
            _ => format!("{}일 전", count(days)),
        }
    }
}
