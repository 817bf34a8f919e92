//! The signal that KDE's task bar, Ubuntu's and GNOME's docks listen to. They know no pause: the bar stands still.

use std::collections::HashMap;
use std::sync::mpsc::{Sender, channel};

use zbus::blocking::Connection;
use zbus::zvariant::Value;

use super::Told;
use crate::window::APP_ID;

#[derive(Debug, Default)]
pub struct Button {
    bus: Option<Sender<Option<Told>>>,
}

impl Button {
    pub fn tell(&mut self, run: Option<Told>, _: &eframe::Frame) {
        let is_told = self.bus.as_ref().is_some_and(|bus| bus.send(run).is_ok());
        if !is_told && run.is_some() {
            self.bus = start();
            let _ = self.bus.as_ref().map(|bus| bus.send(run));
        }
    }
}

/// A thread that tells the bus; `None` where no thread can be had.
fn start() -> Option<Sender<Option<Told>>> {
    let (sender, runs) = channel::<Option<Told>>();
    let thread = std::thread::Builder::new().name("taskbar".into()).spawn(move || {
        let bus = Connection::session();
        while let Ok(mut run) = runs.recv() {
            while let Ok(newer) = runs.try_recv() {
                run = newer;
            }
            let _ = bus.as_ref().is_ok_and(|bus| tell(bus, run).is_ok());
        }
    });
    thread.is_ok().then_some(sender)
}

fn tell(bus: &Connection, run: Option<Told>) -> zbus::Result<()> {
    let part = f64::from(run.map_or(0, |run| run.percent)) / 100.0;
    let says = HashMap::from([("progress", Value::from(part)), ("progress-visible", Value::from(run.is_some()))]);
    let program = format!("application://{APP_ID}.desktop");
    let to_all: Option<&str> = None;
    bus.emit_signal(to_all, "/dev/sheetmill", "com.canonical.Unity.LauncherEntry", "Update", &(program, says))
}
