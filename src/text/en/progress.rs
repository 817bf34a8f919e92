//! A run at work, in English.

use std::time::Duration;

use super::{English, plural};
use crate::text::language::{ProgressWords, TimeWords};
use crate::text::speed;

impl ProgressWords for English {
    fn of_cores(&self, cores: usize) -> String {
        if cores == 1 { "on 1 core".into() } else { format!("on {cores} cores") }
    }

    fn out_of(&self, done: &str, files: &str) -> String {
        format!("{done} of {files}")
    }

    fn left(&self, time: Duration) -> String {
        format!("{} left", self.duration_short(time))
    }

    fn elapsed(&self, time: Duration) -> String {
        format!("{} so far", self.duration_short(time))
    }

    fn busy_cores(&self, cores: f64) -> String {
        let cores = format!("{cores:.1}");
        if cores == "1.0" { "1 core".into() } else { format!("{cores} cores") }
    }

    fn peak(&self, peak: f64) -> String {
        format!("peak {}", speed(peak))
    }

    fn graph(&self, time: Duration, average: f64, peak: f64) -> String {
        let (time, average, peak) = (self.duration(time), speed(average), speed(peak));
        format!("Speed over {time}: {average} on average, {peak} at its peak")
    }

    fn paused_for(&self, times: usize, time: &str) -> String {
        if times == 1 { format!("paused for {time}") } else { format!("paused {times} times, {time} in all") }
    }

    fn lane(&self, worker: usize, files: usize, busy: f64) -> String {
        let (files, percent) = (plural(files as u64, "file", "files"), (busy * 100.0).round());
        format!("Worker {worker}: {files}, busy {percent}% of the time")
    }

    fn began(&self, from: &str, lasted: Option<&str>) -> String {
        match lasted {
            Some(lasted) => format!("started at {from}, took {lasted}"),
            None => format!("started at {from}, running"),
        }
    }
}
