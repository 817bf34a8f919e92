//! Pause and stop, as every loop hears them: whoever works on a file looks at a [`StopToken`] at least every
//! few milliseconds of work.
//!
//! [`Stopped`] is an error of its own and travels inside `io::Error` through whatever reads or writes, so that a
//! stop is found again at the other end and never told as damage.

use std::io;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

const RUNNING: u8 = 0;
const PAUSED: u8 = 1;
const STOPPED: u8 = 2;

/// The run was told to stop; whoever sees this unwinds and leaves nothing behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("stopped")]
pub struct Stopped;

impl Stopped {
    /// True where this error is a stop, however many layers it came through as an `io::Error`.
    #[must_use]
    pub fn is(error: &io::Error) -> bool {
        let Some(inner) = error.get_ref() else { return false };
        inner.is::<Self>() || inner.downcast_ref::<io::Error>().is_some_and(Self::is)
    }
}

impl From<Stopped> for io::Error {
    fn from(stopped: Stopped) -> Self {
        Self::other(stopped)
    }
}

/// Pauses and stops the work that looks at it; clones act as one.
#[derive(Debug, Clone, Default)]
pub struct StopToken {
    shared: Arc<Shared>,
    /// What stops and pauses this one as well.
    above: Option<Arc<Self>>,
}

#[derive(Debug, Default)]
struct Shared {
    state: AtomicU8,
    lock: Mutex<()>,
    /// No longer paused.
    resumed: Condvar,
}

impl StopToken {
    /// A token that hears all that this one is told, and that can be stopped alone.
    #[must_use]
    pub fn below(&self) -> Self {
        Self { shared: Arc::default(), above: Some(Arc::new(self.clone())) }
    }

    /// Lets work wait at its next checkpoint. Does nothing once stopped.
    pub fn pause(&self) {
        let _ = self.shared.state.compare_exchange(RUNNING, PAUSED, Ordering::SeqCst, Ordering::SeqCst);
    }

    /// Lets paused work go on.
    pub fn resume(&self) {
        let _lock = self.shared.lock.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = self.shared.state.compare_exchange(PAUSED, RUNNING, Ordering::SeqCst, Ordering::SeqCst);
        self.shared.resumed.notify_all();
    }

    /// Ends work at its next checkpoint, paused or not. Final.
    pub fn stop(&self) {
        let _lock = self.shared.lock.lock().unwrap_or_else(PoisonError::into_inner);
        self.shared.state.store(STOPPED, Ordering::SeqCst);
        self.shared.resumed.notify_all();
    }

    /// True between [`StopToken::pause`] and what ends it.
    #[must_use]
    pub fn is_paused(&self) -> bool {
        self.shared.state.load(Ordering::Relaxed) == PAUSED
    }

    /// True once stopped, for ever.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.shared.state.load(Ordering::Relaxed) == STOPPED
            || self.above.as_ref().is_some_and(|above| above.is_stopped())
    }

    /// Waits while paused.
    ///
    /// # Errors
    /// [`Stopped`] once stopped.
    pub fn checkpoint(&self) -> Result<(), Stopped> {
        if let Some(above) = &self.above {
            above.checkpoint()?;
        }
        match self.shared.state.load(Ordering::Relaxed) {
            RUNNING => Ok(()),
            STOPPED => Err(Stopped),
            _ => self.wait(),
        }
    }

    fn wait(&self) -> Result<(), Stopped> {
        let lock = self.shared.lock.lock().unwrap_or_else(PoisonError::into_inner);
        let paused = |(): &mut ()| self.is_paused();
        drop(self.shared.resumed.wait_while(lock, paused).unwrap_or_else(PoisonError::into_inner));
        if self.is_stopped() { Err(Stopped) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn token_below_hears_what_the_one_above_is_told() {
        let above = StopToken::default();
        let (one, other) = (above.below(), above.below());
        one.stop();
        assert!(one.is_stopped() && one.checkpoint().is_err() && other.checkpoint().is_ok() && !above.is_stopped());
        above.stop();
        assert!(other.is_stopped() && other.checkpoint().is_err());
    }

    #[test]
    fn stopped_is_found_again_through_io_errors() {
        let error = io::Error::other(io::Error::from(Stopped));
        assert!(Stopped::is(&error) && Stopped::is(&Stopped.into()));
        for other in [io::Error::other("stopped"), io::ErrorKind::Interrupted.into()] {
            assert!(!Stopped::is(&other), "{other}");
        }
    }
}
