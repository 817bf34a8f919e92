//! What the system tells the process: to end, as a stop of the run; that a file grows too large, as an error of
//! writing.

use crate::engine::Control;

/// Stops the run when the process is told to end. Where signals cannot be caught, Ctrl-C still ends the process, and
/// the next start sweeps up.
#[cfg(unix)]
pub fn stop_when_told(control: &Control) {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;

    let ignored = ignored(&std::fs::read_to_string("/proc/self/status").unwrap_or_default());
    // `nohup`, and shells for what runs in the background, ask for a signal not to be heard
    let heard = [SIGHUP, SIGINT, SIGTERM].into_iter().filter(|signal| ignored >> (signal - 1) & 1 == 0);
    let Ok(mut signals) = Signals::new(heard) else { return };
    let control = control.clone();
    let hear = move || signals.forever().for_each(|_| control.stop());
    let _ = std::thread::Builder::new().name("signals".into()).spawn(hear);
}

/// As on Unix; there is nothing that could be ignored.
#[cfg(not(unix))]
pub fn stop_when_told(control: &Control) {
    let control = control.clone();
    let _ = ctrlc::set_handler(move || control.stop());
}

/// A file larger than the shell allows (`ulimit -f`) shall fail by name and not end the process.
#[cfg(unix)]
pub fn let_large_files_fail() {
    let heard = std::sync::Arc::default();
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, heard);
}

/// As on Unix, where the system knows nothing of the kind.
#[cfg(not(unix))]
pub fn let_large_files_fail() {}

/// The signals that were ignored when the process began, a bit each, where the system tells (Linux).
#[cfg(unix)]
fn ignored(status: &str) -> u64 {
    let line = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    line.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or_default()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn signals_that_were_ignored_are_known() {
        assert_eq!(ignored("Name:\tsheetmill\nSigBlk:\t0000000000000004\nSigIgn:\t0000000000001003\n"), 0x1003);
        assert_eq!(ignored("SigIgn:\tnone\n"), 0);
        assert_eq!(ignored(""), 0);
    }
}
