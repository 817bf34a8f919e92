//! Numbers as people read them; the same digits in both languages, other words for time.

use std::time::Duration;

use super::Lang;

/// `1,327,014`.
#[must_use]
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Decimal units, as file managers and disks count: `963 MB`, `1.0 MB`, `12 kB`, `340 B`.
#[must_use]
pub fn bytes(number: u64) -> String {
    let mut value = number as f64;
    let mut unit = "B";
    for next in ["kB", "MB", "GB", "TB"] {
        if value < 999.5 {
            break;
        }
        value /= 1000.0;
        unit = next;
    }
    if unit == "B" || value >= 9.95 { format!("{value:.0} {unit}") } else { format!("{value:.1} {unit}") }
}

/// `52 MB/s`.
#[must_use]
pub fn speed(bytes_a_second: f64) -> String {
    format!("{}/s", bytes(bytes_a_second.max(0.0) as u64))
}

/// `0.04 s`, `18.4 s`, `2 min 5 s`, `1 h 2 min`; in Korean `0.1초`, `2분 5초`, `1시간 2분`.
#[must_use]
pub fn duration(lang: Lang, time: Duration) -> String {
    let seconds = time.as_secs_f64();
    if seconds < 59.95 {
        let digits = if seconds < 0.095 { 2 } else { 1 };
        return match lang {
            Lang::En => format!("{seconds:.digits$} s"),
            Lang::Ko => format!("{seconds:.digits$}초"),
        };
    }
    duration_short(lang, time)
}

/// Whole seconds and above: `9 s`, `2 min 5 s`; in Korean `9초`, `2분 5초`.
#[must_use]
pub fn duration_short(lang: Lang, time: Duration) -> String {
    let seconds = time.as_secs_f64().round() as u64;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match (lang, hours, minutes) {
        (Lang::En, 0, 0) => format!("{seconds} s"),
        (Lang::En, 0, _) => format!("{minutes} min {seconds} s"),
        (Lang::En, ..) => format!("{hours} h {minutes} min"),
        (Lang::Ko, 0, 0) => format!("{seconds}초"),
        (Lang::Ko, 0, _) => format!("{minutes}분 {seconds}초"),
        (Lang::Ko, ..) => format!("{hours}시간 {minutes}분"),
    }
}

/// A mark on an axis of time that reaches to `end`: `5 s`, in Korean `5초`; `1:30` and `1:05:00` on a longer one.
#[must_use]
pub fn clock(lang: Lang, at: Duration, end: Duration) -> String {
    let seconds = at.as_secs_f64();
    if end.as_secs() < 60 {
        let digits = usize::from((seconds * 10.0).round() % 10.0 > 0.5);
        return match lang {
            Lang::En => format!("{seconds:.digits$} s"),
            Lang::Ko => format!("{seconds:.digits$}초"),
        };
    }
    let whole = seconds.round() as u64;
    let (hours, minutes, seconds) = (whole / 3600, whole / 60 % 60, whole % 60);
    if end.as_secs() < 3600 { format!("{minutes}:{seconds:02}") } else { format!("{hours}:{minutes:02}:{seconds:02}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_people_write_them() {
        assert_eq!([0, 999, 1000, 1_327_014].map(count), ["0", "999", "1,000", "1,327,014"]);
        assert_eq!(
            [0, 999, 1000, 9_960, 1_048_576, 963_000_000, 999_600_000, 2_000_000_000].map(bytes),
            ["0 B", "999 B", "1.0 kB", "10 kB", "1.0 MB", "963 MB", "1.0 GB", "2.0 GB"]
        );
    }

    #[test]
    fn times_read_as_people_say_them() {
        let say = |lang, seconds: f64| duration(lang, Duration::from_secs_f64(seconds));
        assert_eq!(
            [0.044, 18.4, 59.96, 125.0, 3720.0].map(|s| say(Lang::En, s)),
            ["0.04 s", "18.4 s", "1 min 0 s", "2 min 5 s", "1 h 2 min"]
        );
        assert_eq!([0.14, 125.0, 3720.0].map(|s| say(Lang::Ko, s)), ["0.1초", "2분 5초", "1시간 2분"]);
        let mark = |at: f64, end| clock(Lang::Ko, Duration::from_secs_f64(at), Duration::from_secs(end));
        assert_eq!(
            [(5.0, 20), (0.5, 3), (90.0, 300), (3900.0, 7200)].map(|(at, end)| mark(at, end)),
            ["5초", "0.5초", "1:30", "1:05:00"]
        );
    }
}
