//! A value of a workbook as one line: only its beginning is laid out, however long it is, and its line
//! breaks are seen as a faint mark.

use std::sync::Arc;

use eframe::egui::text::{LayoutJob, TextFormat, TextWrapping};
use eframe::egui::{Align, Color32, FontId, Galley, Rect, Ui, pos2};

use crate::window::theme;

const BREAK: &str = "↵";
/// More characters than any screen is wide.
const MOST: usize = 600;

/// The value's beginning, cut at `width` with `…`.
pub fn line(ui: &Ui, value: &str, font: &FontId, color: Color32, width: f32) -> Arc<Galley> {
    let faint = theme::palette(ui).faint;
    let format = |color| TextFormat { font_id: font.clone(), color, valign: Align::Center, ..TextFormat::default() };
    let most = MOST.min((width / 3.0).max(0.0) as usize + 8);
    let end = value.char_indices().nth(most).map_or(value.len(), |(at, _)| at);
    let mut job = LayoutJob { break_on_newline: false, ..LayoutJob::default() };
    job.wrap = TextWrapping::truncate_at_width(width.max(0.0));
    for (number, piece) in value[..end].split('\n').enumerate() {
        if number > 0 {
            job.append(&format!("{BREAK} "), 0.0, format(faint));
        }
        // as in a workbook, which cannot hold control characters
        let piece: String = piece.replace('\t', " ").chars().filter(|char| !char.is_control()).collect();
        if !piece.is_empty() {
            job.append(&format!("{piece} "), 0.0, format(color));
        }
    }
    ui.painter().layout_job(job)
}

/// Paints the value's beginning within `rect`.
pub fn paint(ui: &Ui, rect: Rect, value: &str, font: &FontId, color: Color32) {
    if rect.width() < 8.0 || value.is_empty() {
        return; // no room for a letter
    }
    let galley = line(ui, value, font, color, rect.width());
    let at = pos2(rect.left(), rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, color);
}

/// As [`paint`], at the right of `rect`.
pub fn paint_right(ui: &Ui, rect: Rect, value: &str, font: &FontId, color: Color32) {
    let width = line(ui, value, font, color, rect.width()).size().x;
    paint(ui, rect.with_min_x((rect.right() - width).max(rect.left())), value, font, color);
}

/// The value's beginning as words alone, for those who listen.
pub fn spoken(value: &str) -> String {
    let begin: String = value.trim_start().chars().take(80).collect();
    begin.split_whitespace().collect::<Vec<_>>().join(" ")
}
