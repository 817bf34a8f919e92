//! The bar in a button of Windows' task bar: green, amber while the run is paused.

use std::sync::mpsc::{Receiver, Sender, channel};

use ::windows::Win32::Foundation::HWND;
use raw_window_handle::{HasWindowHandle as _, RawWindowHandle};
use winapi_easy::ui::taskbar::{ProgressState, Taskbar};
use winapi_easy::ui::window::WindowHandle;

use super::Told;

#[derive(Debug, Default)]
pub struct Button {
    taskbar: Option<Sender<Option<Told>>>,
}

impl Button {
    pub fn tell(&mut self, run: Option<Told>, window: &eframe::Frame) {
        if self.taskbar.is_none() && run.is_some() {
            self.taskbar = handle(window).and_then(start);
        }
        let _ = self.taskbar.as_ref().map(|taskbar| taskbar.send(run));
    }
}

fn handle(window: &eframe::Frame) -> Option<WindowHandle> {
    match window.window_handle().ok()?.as_raw() {
        RawWindowHandle::Win32(window) => WindowHandle::try_from(HWND(window.hwnd.get() as *mut _)).ok(),
        _ => None,
    }
}

/// A thread that tells the task bar, which may be slow to answer; `None` where no thread can be had.
fn start(window: WindowHandle) -> Option<Sender<Option<Told>>> {
    let (sender, runs) = channel();
    let thread = std::thread::Builder::new().name("taskbar".into()).spawn(move || {
        let _ = tell(window, &runs);
    });
    thread.is_ok().then_some(sender)
}

/// Ends with the sender, or where there is no task bar.
fn tell(window: WindowHandle, runs: &Receiver<Option<Told>>) -> std::io::Result<()> {
    let taskbar = Taskbar::new()?;
    while let Ok(mut run) = runs.recv() {
        while let Ok(newer) = runs.try_recv() {
            run = newer;
        }
        let state = match run {
            None => ProgressState::NoProgress,
            Some(Told { is_paused: true, .. }) => ProgressState::Paused,
            Some(_) => ProgressState::Normal,
        };
        // one that is not told now is told the next percent
        let _ = taskbar.set_progress_state(window, state);
        if let Some(run) = run {
            let _ = taskbar.set_progress_value(window, u64::from(run.percent), 100);
        }
    }
    Ok(())
}
