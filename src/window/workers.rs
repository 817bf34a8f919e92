//! The workers at work, where the choices stood before the run: a lane each, with the file in its
//! hands and how far it is.

use eframe::egui::{Align, Rect, Sense, Ui, pos2, vec2};

use super::theme;
use super::view::View;
use super::{paths, widgets};
use crate::session::FileState;

/// The height of a lane.
pub const HEIGHT: f32 = 32.0;
const NARROWEST: f32 = 150.0;

pub fn show(ui: &mut Ui, view: &View) {
    let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    let Some(progress) = view.progress else { return };
    let workers = view.settings.workers().get();
    let fit = ((row.width() + theme::GAP) / (NARROWEST + theme::GAP)).floor().max(1.0) as usize;
    let lanes = workers.min(fit);
    let width = (row.width() - theme::GAP * (lanes as f32 - 1.0)) / lanes as f32;
    let palette = theme::palette(ui);
    for lane in 0..lanes {
        let left = row.left() + lane as f32 * (width + theme::GAP);
        let rect = Rect::from_min_size(pos2(left, row.top()), vec2(width, HEIGHT));
        widgets::card(ui, rect);
        let number = Rect::from_min_size(rect.min, vec2(28.0, HEIGHT));
        // more workers than lanes: the last lane says how many are not shown
        let more = if lane + 1 == lanes { workers - lanes } else { 0 };
        let word = if more > 0 { format!("+{more}") } else { (lane + 1).to_string() };
        widgets::text_in(ui, number.shrink2(vec2(6.0, 0.0)), Align::Center, &word, theme::small(), palette.faint);
        let Some(file) = progress.workers.get(lane).copied().flatten() else { continue };
        let row = &progress.files[file];
        let name = paths::shown_name(&row.source.name);
        let bar_width = (width * 0.25).clamp(24.0, 64.0);
        let text = Rect::from_min_max(
            pos2(rect.left() + 30.0, rect.top()),
            pos2(rect.right() - bar_width - 20.0, rect.bottom()),
        );
        widgets::text_in(ui, text, Align::Min, &name, theme::small(), palette.text);
        let done = match row.state {
            FileState::Running { bytes, .. } => bytes as f32 / row.source.bytes.max(1) as f32,
            _ => 0.0,
        };
        let bar =
            Rect::from_center_size(pos2(rect.right() - 10.0 - bar_width / 2.0, rect.center().y), vec2(bar_width, 4.0));
        widgets::bar(ui, bar, done, &name);
    }
}
