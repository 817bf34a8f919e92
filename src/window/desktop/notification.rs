//! Tells of the end of a long run when nobody looks at the window.

use std::time::Duration;

/// Runs shorter than this are not worth a word.
const LONG: Duration = Duration::from_secs(10);

/// Whether the end of a run is to be told of.
#[must_use]
pub fn is_worth_it(took: Duration, is_looked_at: bool, is_silent: bool) -> bool {
    took >= LONG && !is_looked_at && !is_silent
}

/// Shows it, on a thread of its own; a desktop without notifications shows nothing.
pub fn show(head: String, line: String) {
    let _ = std::thread::Builder::new().name("notify".into()).spawn(move || {
        let mut notification = notify_rust::Notification::new();
        notification.appname("Sheetmill").summary(&head).body(&line);
        #[cfg(all(unix, not(target_os = "macos")))]
        notification
            .icon(crate::window::desktop::APP_ID)
            .hint(notify_rust::Hint::DesktopEntry(crate::window::desktop::APP_ID.into()));
        let _ = notification.show();
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notification_is_for_long_runs_that_nobody_watches() {
        let (short, long) = (Duration::from_secs(9), Duration::from_secs(11));
        assert!(is_worth_it(long, false, false));
        assert!(!is_worth_it(short, false, false));
        assert!(!is_worth_it(long, true, false));
        assert!(!is_worth_it(long, false, true));
    }
}
