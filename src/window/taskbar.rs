//! How far the run is, on the program's button in the task bar, where the desktop has such a thing.
//!
//! Linux: the signal that Unity, KDE's and GNOME's docks listen to. Windows and macOS have it only behind
//! calls that need unsafe code and no kept crate wraps; there the title tells.

/// The button.
#[derive(Debug, Default)]
pub struct Taskbar {
    shown: Option<u8>,
    #[cfg(target_os = "linux")]
    bus: Option<std::sync::mpsc::Sender<Option<u8>>>,
}

impl Taskbar {
    /// Shows how far it is (0 to 1), or nothing any more. Nothing to do while the percent stays the same.
    pub fn show(&mut self, fraction: Option<f32>) {
        let percent = fraction.map(|fraction| (fraction.clamp(0.0, 1.0) * 100.0) as u8);
        if percent != self.shown {
            self.shown = percent;
            self.tell(percent);
        }
    }

    #[cfg(target_os = "linux")]
    fn tell(&mut self, percent: Option<u8>) {
        let told = self.bus.as_ref().is_some_and(|bus| bus.send(percent).is_ok());
        if !told && percent.is_some() {
            self.bus = launcher::start();
            if let Some(bus) = &self.bus {
                let _ = bus.send(percent);
            }
        }
    }

    #[cfg(not(target_os = "linux"))]
    fn tell(&mut self, _: Option<u8>) {}
}

#[cfg(target_os = "linux")]
mod launcher {
    use std::collections::HashMap;
    use std::sync::mpsc::{Sender, channel};

    use zbus::zvariant::Value;

    /// A thread that tells the bus; `None` where no thread can be had.
    pub fn start() -> Option<Sender<Option<u8>>> {
        let (sender, percents) = channel::<Option<u8>>();
        let thread = std::thread::Builder::new().name("taskbar".into()).spawn(move || {
            let Ok(bus) = zbus::blocking::Connection::session() else {
                while percents.recv().is_ok() {} // nobody to tell
                return;
            };
            while let Ok(mut percent) = percents.recv() {
                while let Ok(newer) = percents.try_recv() {
                    percent = newer;
                }
                let _ = tell(&bus, percent);
            }
        });
        thread.is_ok().then_some(sender)
    }

    fn tell(bus: &zbus::blocking::Connection, percent: Option<u8>) -> zbus::Result<()> {
        let part = f64::from(percent.unwrap_or(0)) / 100.0;
        let says =
            HashMap::from([("progress", Value::from(part)), ("progress-visible", Value::from(percent.is_some()))]);
        let program = format!("application://{}.desktop", super::super::APP_ID);
        let none: Option<&str> = None;
        bus.emit_signal(none, "/dev/sheetmill", "com.canonical.Unity.LauncherEntry", "Update", &(program, says))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_another_percent_is_told() {
        let mut taskbar = Taskbar::default();
        taskbar.show(Some(0.501));
        assert_eq!(taskbar.shown, Some(50));
        taskbar.show(Some(7.0));
        assert_eq!(taskbar.shown, Some(100));
        taskbar.show(None);
        assert_eq!(taskbar.shown, None);
    }
}
