//! Lengths of time, in English.

use std::time::Duration;

use super::{English, plural};
use crate::text::language::TimeWords;

impl TimeWords for English {
    fn seconds(&self, seconds: f64, digits: usize) -> String {
        format!("{seconds:.digits$} s")
    }

    fn minutes(&self, minutes: u64, seconds: u64) -> String {
        format!("{minutes} min {seconds} s")
    }

    fn hours(&self, hours: u64, minutes: u64) -> String {
        format!("{hours} h {minutes} min")
    }

    fn ago(&self, time: Duration) -> String {
        let minutes = time.as_secs() / 60;
        let (hours, days) = (minutes / 60, minutes / 60 / 24);
        let ago = match (days, hours, minutes) {
            (0, 0, 0) => return "just now".into(),
            (0, 0, _) => plural(minutes, "minute", "minutes"),
            (0, ..) => plural(hours, "hour", "hours"),
            _ => plural(days, "day", "days"),
        };
        format!("{ago} ago")
    }
}
