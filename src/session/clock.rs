//! How long a run has worked.

use std::time::{Duration, Instant};

/// Time in work, pauses left out.
#[derive(Debug, Default)]
pub struct Clock {
    before: Duration,
    since: Option<Instant>,
}

impl Clock {
    /// Up to now.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.until(Instant::now())
    }

    fn until(&self, at: Instant) -> Duration {
        self.before + self.since.map_or(Duration::ZERO, |since| at.saturating_duration_since(since))
    }

    /// It goes on from here.
    pub fn run(&mut self, at: Instant) {
        self.since.get_or_insert(at);
    }

    /// It stands still from here on.
    pub fn hold(&mut self, at: Instant) {
        self.before = self.until(at);
        self.since = None;
    }
}
