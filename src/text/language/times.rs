//! Lengths of time.

use std::time::Duration;

/// Words about time.
pub trait TimeWords {
    /// `18.4 s`, with so many digits behind the point.
    fn seconds(&self, seconds: f64, digits: usize) -> String;

    /// `2 min 5 s`.
    fn minutes(&self, minutes: u64, seconds: u64) -> String;

    /// `1 h 2 min`.
    fn hours(&self, hours: u64, minutes: u64) -> String;

    /// `3 days ago`.
    fn ago(&self, time: Duration) -> String;

    /// `0.04 s`, `18.4 s`, `2 min 5 s`, `1 h 2 min`.
    fn duration(&self, time: Duration) -> String {
        let seconds = time.as_secs_f64();
        if seconds < 59.95 {
            return self.seconds(seconds, if seconds < 0.095 { 2 } else { 1 });
        }
        self.duration_short(time)
    }

    /// Whole seconds and above: `9 s`, `2 min 5 s`.
    fn duration_short(&self, time: Duration) -> String {
        let all = time.as_secs_f64().round();
        let whole = all as u64;
        let (hours, minutes, seconds) = (whole / 3600, whole / 60 % 60, whole % 60);
        match (hours, minutes) {
            (0, 0) => self.seconds(all, 0),
            (0, _) => self.minutes(minutes, seconds),
            (_, _) => self.hours(hours, minutes),
        }
    }

    /// A mark on an axis of time that reaches to `end`: `5 s`; `1:30` and `1:05:00` on a longer one.
    fn clock(&self, at: Duration, end: Duration) -> String {
        let seconds = at.as_secs_f64();
        if end.as_secs() < 60 {
            return self.seconds(seconds, usize::from((seconds * 10.0).round() % 10.0 > 0.5));
        }
        let whole = seconds.round() as u64;
        let (hours, minutes, seconds) = (whole / 3600, whole / 60 % 60, whole % 60);
        if end.as_secs() < 3600 {
            format!("{minutes}:{seconds:02}")
        } else {
            format!("{hours}:{minutes:02}:{seconds:02}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    #[test]
    fn times_read_as_people_say_them() {
        let say = |lang: Lang, seconds: f64| lang.words().duration(Duration::from_secs_f64(seconds));
        assert_eq!(
            [0.044, 18.4, 59.96, 125.0, 3720.0].map(|s| say(Lang::En, s)),
            ["0.04 s", "18.4 s", "1 min 0 s", "2 min 5 s", "1 h 2 min"]
        );
        assert_eq!([0.14, 125.0, 3720.0].map(|s| say(Lang::Ko, s)), ["0.1초", "2분 5초", "1시간 2분"]);
        let mark = |at: f64, end| Lang::Ko.words().clock(Duration::from_secs_f64(at), Duration::from_secs(end));
        assert_eq!(
            [(5.0, 20), (0.5, 3), (90.0, 300), (3900.0, 7200)].map(|(at, end)| mark(at, end)),
            ["5초", "0.5초", "1:30", "1:05:00"]
        );
    }
}
