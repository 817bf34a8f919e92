//! The desktop face; the only place that names egui, eframe or rfd.
//!
//! One way round: panels read a [`view::View`] and push [`command::Command`]s; [`app::App`] carries
//! them out and drains the run's events. Nothing here waits: scanning, converting, dialogs and the
//! desktop are asked elsewhere and answer later.

mod app;
mod command;
mod desktop;
mod facts;
mod ime;
mod panels;
mod paths;
mod state;
mod theme;
mod view;
mod widgets;

use std::path::PathBuf;

use eframe::NativeOptions;
use eframe::egui::ViewportBuilder;

pub use app::App;

use super::storage::log::Log;
use crate::settings::Settings;
use desktop::APP_ID;
use widgets::logo;

const SMALLEST: [f32; 2] = [640.0, 480.0];

/// Opens the window and returns when it is closed. `inputs` are folders dropped on the icon.
///
/// # Errors
/// When there is no display, or no way to draw on it.
pub fn run(inputs: Vec<PathBuf>) -> Result<(), String> {
    if cfg!(all(unix, not(target_os = "macos"))) && !has("DISPLAY") && !has("WAYLAND_DISPLAY") {
        return Err("no DISPLAY".into());
    }
    let file = Settings::file();
    let settings = file.as_deref().map(Settings::load).unwrap_or_default();
    let size = [settings.window.width.max(SMALLEST[0]), settings.window.height.max(SMALLEST[1])];
    let viewport = ViewportBuilder::default()
        .with_app_id(APP_ID)
        .with_title("Sheetmill")
        .with_icon(logo::icon())
        .with_inner_size(size)
        .with_min_inner_size(SMALLEST)
        .with_maximized(settings.window.maximized);
    let mut options = NativeOptions { viewport, ..NativeOptions::default() };
    prefer_x11(&mut options);
    eframe::run_native(
        APP_ID,
        options,
        Box::new(move |cc| {
            let app = App::new(&cc.egui_ctx, settings, file, inputs);
            let Some(log) = Log::place().map(Log::open) else { return Ok(Box::new(app)) };
            log.catch_panics();
            Ok(Box::new(app.with_log(log)))
        }),
    )
    .map_err(|error| error.to_string())
}

/// A box of the system's own, which needs nothing of what a window needs.
pub fn say(words: &str) {
    rfd::MessageDialog::new().set_level(rfd::MessageLevel::Error).set_title("Sheetmill").set_description(words).show();
}

fn has(variable: &str) -> bool {
    std::env::var_os(variable).is_some_and(|value| !value.is_empty())
}

/// winit has no drag and drop on Wayland; through X11, where it is there, dropping works.
#[cfg(all(unix, not(target_os = "macos")))]
fn prefer_x11(options: &mut NativeOptions) {
    use winit::platform::x11::EventLoopBuilderExtX11;
    if has("DISPLAY") {
        options.event_loop_builder = Some(Box::new(|builder| {
            builder.with_x11();
        }));
    }
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
fn prefer_x11(_: &mut NativeOptions) {}
