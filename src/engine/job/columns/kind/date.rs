//! Days and times as people write them in tables: years first, so that no day is ever taken for a month.

/// A day, and a time in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// Days since 1970-01-01 in the calendar of today, which goes on before its beginning.
    pub day: i32,
    /// Seconds of the day.
    pub second: u32,
    /// A time is written, if only midnight.
    pub has_time: bool,
}

/// Seconds of a day.
const DAY: i64 = 86_400;

impl Moment {
    /// The value as a day or a moment of the years 1 to 9999: see [`super::Kind::read`].
    #[must_use]
    pub fn read(value: &str) -> Option<Self> {
        let mut rest = value;
        let year = digits(&mut rest, 4, 4)?;
        let (month, day) = month_and_day(&mut rest)?;
        let day = day_of(year, month, day)?;
        if rest.is_empty() {
            return Some(Self { day, second: 0, has_time: false });
        }
        let second = time(rest.strip_prefix(['T', ' '])?)?;
        Some(Self { day, second, has_time: true })
    }

    /// Seconds since 1970-01-01 00:00:00.
    #[must_use]
    pub fn seconds(self) -> i64 {
        i64::from(self.day) * DAY + i64::from(self.second)
    }
}

fn month_and_day(rest: &mut &str) -> Option<(u32, u32)> {
    if take(rest, "-") {
        let month = digits(rest, 2, 2)?;
        return if take(rest, "-") { Some((month, digits(rest, 2, 2)?)) } else { None };
    }
    let (behind_year, behind_month, behind_day, is_end_needed) = match rest.chars().next()? {
        '.' => (".", ".", ".", false),
        '/' => ("/", "/", "", false),
        '년' => ("년", "월", "일", true),
        _ => return Some((digits(rest, 2, 2)?, digits(rest, 2, 2)?)),
    };
    take(rest, behind_year);
    take(rest, " ");
    let month = digits(rest, 1, 2)?;
    if !take(rest, behind_month) {
        return None;
    }
    take(rest, " ");
    let day = digits(rest, 1, 2)?;
    let is_ended = take(rest, behind_day);
    (is_ended || !is_end_needed).then_some((month, day))
}

/// `10:30` and `10:30:59` as seconds of the day.
fn time(text: &str) -> Option<u32> {
    let mut rest = text;
    let hour = digits(&mut rest, 2, 2).filter(|hour| *hour < 24)?;
    let minute =
        if take(&mut rest, ":") { digits(&mut rest, 2, 2).filter(|minute| *minute < 60)? } else { return None };
    let second = if take(&mut rest, ":") { digits(&mut rest, 2, 2).filter(|second| *second < 60)? } else { 0 };
    rest.is_empty().then_some(hour * 3600 + minute * 60 + second)
}

fn take(rest: &mut &str, word: &str) -> bool {
    let behind = rest.strip_prefix(word);
    *rest = behind.unwrap_or(rest);
    behind.is_some()
}

/// A number of at least and at most so many digits.
fn digits(rest: &mut &str, least: usize, most: usize) -> Option<u32> {
    let count = rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
    let (number, behind) = rest.split_at_checked(count).filter(|_| count >= least)?;
    *rest = behind;
    number.parse().ok()
}

/// Days since 1970-01-01 (the era of 400 years, as in Howard Hinnant's `days_from_civil`).
fn day_of(year: u32, month: u32, day: u32) -> Option<i32> {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 => 28 + u32::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if year == 0 || day == 0 || day > days {
        return None;
    }
    let year = i32::try_from(year).ok()? - i32::from(month <= 2);
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let from_march = (i32::try_from(month).ok()? + 9) % 12;
    let of_year = (153 * from_march + 2) / 5 + i32::try_from(day).ok()? - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_1970() {
        let known = [
            ("1970-01-01", 0),
            ("1969-12-31", -1),
            ("1900-03-01", -25_508),
            ("2000-02-29", 11_016),
            ("2023-01-05", 19_362),
            ("9999-12-31", 2_932_896),
            ("0001-01-01", -719_162),
        ];
        for (text, day) in known {
            assert_eq!(Moment::read(text), Some(Moment { day, second: 0, has_time: false }), "{text}");
        }
    }

    #[test]
    fn every_day_follows_the_one_before() {
        let mut before = Moment::read("1599-12-31").expect("a day").day;
        for year in 1600..2101 {
            for month in 1..=12 {
                for day in 1..=31 {
                    let Some(found) = Moment::read(&format!("{year}-{month:02}-{day:02}")) else { continue };
                    assert_eq!(found.day, before + 1, "{year}-{month}-{day}");
                    before = found.day;
                }
            }
        }
    }

    #[test]
    fn days_are_written_in_several_ways() {
        let day = Moment::read("2023-01-05");
        assert!(day.is_some());
        for text in ["2023.01.05", "2023.1.5", "2023. 1. 5.", "2023/1/5", "2023년 1월 5일", "2023년1월05일", "20230105"]
        {
            assert_eq!(Moment::read(text), day, "{text}");
        }
        let noon = Some(Moment { second: 45_000, has_time: true, ..day.expect("a day") });
        for text in ["2023-01-05T12:30", "2023-01-05 12:30:00", "2023. 1. 5. 12:30", "2023년 1월 5일 12:30:00"] {
            assert_eq!(Moment::read(text), noon, "{text}");
        }
        assert_eq!(noon.map(Moment::seconds), Some(1_672_921_800));
    }

    #[test]
    fn what_is_no_day_is_none() {
        for text in [
            "",
            "2023",
            "2023-1-5",
            "2023-02-29",
            "1900-02-29",
            "2023-13-01",
            "2023-00-01",
            "2023-04-31",
            "0000-01-01",
            "05-01-2023",
            "2023-01-05Z",
            "2023-01-05T10",
            "2023-01-05T24:00",
            "2023-01-05T10:60",
            "2023-01-05T10:00:60",
            "2023-01-05T10:00:00.5",
            "2023-01-05T10:00:00Z",
            "2023-01-05T10:00+09:00",
            "2023년 1월",
            "2023년 1월 5",
            "2023-01/05",
            "202301051",
            "2023010",
            " 2023-01-05",
            "2023-01-05 ",
            "２０２３-01-05",
            "20230105T1",
            "2023-01-055",
            "2023.01",
            "12023-01-05",
        ] {
            assert_eq!(Moment::read(text), None, "{text}");
        }
    }
}
