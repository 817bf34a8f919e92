//! How far the run is, on the program's button in the task bar or the Dock: a file a system, each with the
//! same `Button`. A system that has no such thing shows nothing, and nobody is told.

#[cfg(all(unix, not(target_os = "macos")))]
mod linux;
#[cfg(target_os = "macos")]
mod macos;
#[cfg(windows)]
mod windows;

#[cfg(all(unix, not(target_os = "macos")))]
use linux::Button;
#[cfg(target_os = "macos")]
use macos::Button;
#[cfg(windows)]
use windows::Button;

/// What the button says of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// 0 to 100
    pub percent: u8,
    pub is_paused: bool,
}

impl Told {
    /// `fraction`: how far it is, 0 to 1.
    #[must_use]
    pub fn new(fraction: f32, is_paused: bool) -> Self {
        Self { percent: (fraction.clamp(0.0, 1.0) * 100.0) as u8, is_paused }
    }
}

/// The button.
#[derive(Debug, Default)]
pub struct Taskbar {
    told: Option<Told>,
    button: Button,
}

impl Taskbar {
    /// Shows how far the run is on the button of this window, or nothing any more. Nothing to do while it stays
    /// the same.
    pub fn show(&mut self, run: Option<Told>, window: &eframe::Frame) {
        if run != self.told {
            self.told = run;
            self.button.tell(run, window);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn run_is_told_in_whole_percents() {
        assert_eq!(Told::new(0.509, false), Told { percent: 50, is_paused: false });
        assert_eq!(Told::new(7.0, true), Told { percent: 100, is_paused: true });
        assert_eq!(Told::new(f32::NAN, false).percent, 0);
    }
}
