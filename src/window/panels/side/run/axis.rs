//! Round numbers along the edges of the drawings.

use std::time::Duration;

use eframe::egui::Rect;

use crate::text::Lang;

/// Seconds between marks of time that people count in.
const STEPS: [f64; 21] = [
    0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1800.0, 3600.0, 7200.0, 10_800.0,
    21_600.0, 43_200.0, 86_400.0,
];
/// Points of a line, at most.
const POINTS: f64 = 48.0;
/// Points between marks of time, at least.
const APART: f32 = 64.0;

/// Time from left to right.
#[derive(Debug, Clone, Copy)]
pub struct Time {
    /// What has passed, and what there is room for.
    pub now: Duration,
    end: f64,
}

impl Time {
    /// While a run goes on there is some room on the right, so that not everything moves all the time.
    pub fn new(now: Duration, is_run: bool) -> Self {
        let seconds = now.as_secs_f64().max(0.05);
        let mut end = seconds;
        if is_run {
            end = 5.0;
            while end < seconds {
                end *= 1.5;
            }
        }
        Self { now, end }
    }

    pub fn x(&self, plot: Rect, at: Duration) -> f32 {
        plot.left() + plot.width() * (at.as_secs_f64() / self.end).min(1.0) as f32
    }

    /// The time at a place; `None` where nothing has happened yet.
    pub fn at(&self, plot: Rect, x: f32) -> Option<Duration> {
        let part = f64::from((x - plot.left()) / plot.width());
        let at = Duration::try_from_secs_f64(part * self.end).ok()?;
        (at <= self.now).then_some(at)
    }

    /// How many buckets of this width make a point of the line: one each few points of the screen is calm.
    pub fn group(&self, width: Duration) -> usize {
        (self.end / POINTS / width.as_secs_f64()).ceil().max(2.0) as usize
    }

    fn step(&self, width: f32) -> f64 {
        let most = f64::from((width / APART).max(1.0));
        STEPS.into_iter().find(|step| self.end / step <= most).unwrap_or(self.end)
    }

    /// The marks of time for a drawing so wide.
    pub fn ticks(&self, width: f32) -> impl Iterator<Item = Duration> + use<> {
        let (step, end) = (self.step(width), self.end);
        (0..).map(move |n| f64::from(n) * step).take_while(move |at| *at <= end * 1.000_1).map(Duration::from_secs_f64)
    }

    pub fn words(&self, lang: Lang, at: Duration) -> String {
        lang.words().clock(at, Duration::from_secs_f64(self.end))
    }
}

/// The next round number (1, 2 or 5 and noughts) that is at least `value`.
fn round_up(value: f64) -> f64 {
    let power = 10_f64.powf(value.log10().floor());
    [1.0, 2.0, 5.0, 10.0].map(|n| n * power).into_iter().find(|round| *round >= value * 0.999).unwrap_or(value)
}

/// The marks of a speed axis, from 0 to beyond `peak`, in bytes a second.
pub fn speeds(peak: f64) -> Vec<f64> {
    let step = round_up(peak.max(1000.0) / 3.0);
    let count = (peak / step).ceil().max(1.0) as u32;
    (0..=count).map(|n| f64::from(n) * step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(seconds: f64, is_run: bool, width: f32) -> Vec<f64> {
        Time::new(Duration::from_secs_f64(seconds), is_run).ticks(width).map(|at| at.as_secs_f64()).collect()
    }

    #[test]
    fn marks_of_time_are_round_and_apart() {
        assert_eq!(marks(18.4, false, 430.0), [0.0, 5.0, 10.0, 15.0]);
        assert_eq!(marks(3.0, true, 430.0), [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]);
        assert_eq!(marks(7200.0, false, 430.0), [0.0, 1800.0, 3600.0, 5400.0, 7200.0]);
        assert_eq!(marks(1e7, false, 430.0).len(), 2);
    }

    #[test]
    fn place_on_the_axis_is_a_time_and_back() {
        let plot = Rect::from_x_y_ranges(40.0..=440.0, 0.0..=10.0);
        let time = Time::new(Duration::from_secs(10), false);
        assert!((time.x(plot, Duration::from_secs(5)) - 240.0).abs() < 0.01);
        assert_eq!(time.at(plot, 240.0), Some(Duration::from_secs(5)));
        assert_eq!((time.at(plot, 20.0), time.at(plot, 460.0)), (None, None));
        assert_eq!(Time::new(Duration::from_secs(1), true).at(plot, 240.0), None, "not yet");
    }

    #[test]
    fn marks_of_speed_reach_beyond_the_peak() {
        let megabytes =
            |peak: f64| speeds(peak * 1e6).into_iter().map(|speed| (speed / 1e6).round()).collect::<Vec<_>>();
        assert_eq!(megabytes(52.0), [0.0, 20.0, 40.0, 60.0]);
        assert_eq!(megabytes(100.0), [0.0, 50.0, 100.0]);
        assert_eq!(megabytes(7.0), [0.0, 5.0, 10.0]);
        assert_eq!(speeds(0.0).len(), 2);
    }
}
