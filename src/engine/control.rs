//! Pause, resume and stop: the only thing that flows down into a run.
//!
//! Workers call [`Control::checkpoint`] at least every few milliseconds of work; it waits while the
//! run is paused and fails once it is stopped, so both act well within a tenth of a second.

use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

const RUNNING: u8 = 0;
const PAUSED: u8 = 1;
const STOPPED: u8 = 2;

/// The run was told to stop; whoever sees this unwinds and leaves nothing behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stopped;

/// A handle on a run; clones steer the same run.
#[derive(Debug, Clone, Default)]
pub struct Control {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    state: AtomicU8,
    gate: Mutex<()>,
    changed: Condvar,
}

impl Control {
    /// Lets workers wait at their next checkpoint. Does nothing to a stopped run.
    pub fn pause(&self) {
        let _ = self.shared.state.compare_exchange(RUNNING, PAUSED, Ordering::SeqCst, Ordering::SeqCst);
    }

    /// Lets paused workers go on.
    pub fn resume(&self) {
        self.change(|shared| {
            let _ = shared.state.compare_exchange(PAUSED, RUNNING, Ordering::SeqCst, Ordering::SeqCst);
        });
    }

    /// Ends the run at the next checkpoint of each worker, paused or not. Final.
    pub fn stop(&self) {
        self.change(|shared| shared.state.store(STOPPED, Ordering::SeqCst));
    }

    #[must_use]
    pub fn is_paused(&self) -> bool {
        self.shared.state.load(Ordering::Relaxed) == PAUSED
    }

    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.shared.state.load(Ordering::Relaxed) == STOPPED
    }

    /// Waits while paused.
    ///
    /// # Errors
    /// [`Stopped`] once the run is stopped.
    pub fn checkpoint(&self) -> Result<(), Stopped> {
        match self.shared.state.load(Ordering::Relaxed) {
            RUNNING => Ok(()),
            STOPPED => Err(Stopped),
            _ => self.wait(),
        }
    }

    fn wait(&self) -> Result<(), Stopped> {
        let gate = self.shared.gate.lock().unwrap_or_else(PoisonError::into_inner);
        let _gate = self.shared.changed.wait_while(gate, |()| self.is_paused()).unwrap_or_else(PoisonError::into_inner);
        if self.is_stopped() { Err(Stopped) } else { Ok(()) }
    }

    /// Changes the state under the gate, so that no waiter misses it.
    fn change(&self, act: impl FnOnce(&Shared)) {
        let _gate = self.shared.gate.lock().unwrap_or_else(PoisonError::into_inner);
        act(&self.shared);
        self.shared.changed.notify_all();
    }
}
