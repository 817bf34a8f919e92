//! The icons, named for what they mean here (Phosphor Icons, a subset: `assets/fonts/make.py`).

use eframe::egui::FontId;

use super::fonts;

pub const FOLDER: &str = "\u{e24a}";
pub const WORKBOOK: &str = "\u{e476}";
pub const TO: &str = "\u{e06c}";
pub const SETTINGS: &str = "\u{e272}";
pub const PRESETS: &str = "\u{e0ea}";
pub const PANE: &str = "\u{ec24}";
pub const DELETE: &str = "\u{e4a6}";
pub const UP: &str = "\u{e08e}";
pub const DOWN: &str = "\u{e03e}";
pub const CLOSED: &str = "\u{e13a}";
pub const GRIP: &str = "\u{eae2}";
pub const DROP: &str = "\u{e20c}";
pub const DONE: &str = "\u{e182}";
pub const FAILED: &str = "\u{e4f6}";
pub const REMOVE: &str = FAILED;
pub const SEEK: &str = "\u{e30c}";
pub const OPEN: &str = "\u{e136}";
pub const STOPPED: &str = "\u{e32a}";
pub const SKIPPED: &str = STOPPED;
pub const WARNING: &str = "\u{e4e0}";
pub const START: &str = "\u{e3d0}";
pub const PAUSE: &str = "\u{e39e}";

/// Icons at `size` points.
#[must_use]
pub fn font(size: f32) -> FontId {
    FontId::new(size, fonts::icons())
}
