//! The signal that KDE's task bar, Ubuntu's and GNOME's docks listen to. They know no pause: the bar stands still.

use std::collections::HashMap;
use std::sync::mpsc::Receiver;

use zbus::blocking::Connection;
use zbus::zvariant::Value;

use super::Told;
use crate::storage::background_writer::BackgroundWriter;
use crate::window::desktop::APP_ID;

#[derive(Debug, Default)]
pub struct Button {
    bus: Option<BackgroundWriter<Option<Told>>>,
}

impl Button {
    pub fn tell(&mut self, run: Option<Told>, _: &eframe::Frame) {
        self.bus.get_or_insert_with(|| BackgroundWriter::new("taskbar", |runs| tell_all(&runs))).give(run);
    }
}

/// The newest of what comes, to whoever listens.
fn tell_all(runs: &Receiver<Option<Told>>) {
    let Ok(bus) = Connection::session() else { return };
    while let Ok(run) = runs.recv() {
        let newest = runs.try_iter().last().unwrap_or(run);
        let _ = tell(&bus, newest);
    }
}

fn tell(bus: &Connection, run: Option<Told>) -> zbus::Result<()> {
    let part = f64::from(run.map_or(0, |run| run.percent)) / 100.0;
    let says = HashMap::from([("progress", Value::from(part)), ("progress-visible", Value::from(run.is_some()))]);
    let program = format!("application://{APP_ID}.desktop");
    let to_all: Option<&str> = None;
    bus.emit_signal(to_all, "/dev/sheetmill", "com.canonical.Unity.LauncherEntry", "Update", &(program, says))
}
