//! The bar in a button of Windows' task bar: green, amber while the run is paused.

use std::sync::mpsc::Receiver;

use ::windows::Win32::Foundation::HWND;
use raw_window_handle::{HasWindowHandle as _, RawWindowHandle};
use winapi_easy::ui::taskbar::{ProgressState, Taskbar};
use winapi_easy::ui::window::WindowHandle;

use super::Told;
use crate::storage::background_writer::BackgroundWriter;

#[derive(Debug, Default)]
pub struct Button {
    taskbar: Option<BackgroundWriter<Option<Told>>>,
}

impl Button {
    pub fn tell(&mut self, run: Option<Told>, window: &eframe::Frame) {
        if self.taskbar.is_none() {
            // on a thread of its own: the task bar may be slow to answer
            let told = |window| BackgroundWriter::new("taskbar", move |runs| drop(tell(window, &runs)));
            self.taskbar = handle(window).map(told);
        }
        if let Some(taskbar) = &self.taskbar {
            taskbar.give(run);
        }
    }
}

fn handle(window: &eframe::Frame) -> Option<WindowHandle> {
    match window.window_handle().ok()?.as_raw() {
        RawWindowHandle::Win32(window) => WindowHandle::try_from(HWND(window.hwnd.get() as *mut _)).ok(),
        _ => None,
    }
}

/// Ends with the sender, or where there is no task bar.
fn tell(window: WindowHandle, runs: &Receiver<Option<Told>>) -> std::io::Result<()> {
    let taskbar = Taskbar::new()?;
    while let Ok(run) = runs.recv() {
        let run = runs.try_iter().last().unwrap_or(run);
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
