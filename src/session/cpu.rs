//! The processor time that the program has taken, where the system tells without much ado.

use std::time::Duration;

/// Of all threads, since the program's start.
#[cfg(unix)]
pub fn taken() -> Option<Duration> {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Some(Duration::new(time.tv_sec.try_into().ok()?, time.tv_nsec.try_into().ok()?))
}

#[cfg(not(unix))]
pub fn taken() -> Option<Duration> {
    None
}
