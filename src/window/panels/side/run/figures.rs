//! The run in six figures.

use eframe::egui::{Align, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::session::Progress;
use crate::text::{bytes, count, speed};
use crate::window::view::View;
use crate::window::{theme, widgets};

const LINE: f32 = 40.0;
/// A pane at least so wide has three figures side by side, else two.
const THREE: f32 = 380.0;

fn columns(width: f32) -> usize {
    if width >= THREE { 3 } else { 2 }
}

/// What the figures need in a pane of this width.
pub fn height(width: f32) -> f32 {
    6_usize.div_ceil(columns(width)) as f32 * LINE
}

pub fn show(ui: &mut Ui, rect: Rect, view: &View, progress: &Progress) {
    let text = view.text();
    let timeline = &progress.timeline;
    let time = timeline.now();
    let files = format!("{} / {}", count(progress.counts.ended() as u64), count(progress.files.len() as u64));
    let (read, made) = (bytes(timeline.bytes().round() as u64), bytes(progress.bytes_out));
    let cpu = progress.cpu.map_or_else(|| "–".to_owned(), |cpu| view.phrases().cpu(cpu, time));
    let figures = [
        (text.time, view.phrases().duration(time)),
        (text.files, files),
        (text.records, count(progress.records)),
        (&*view.worded(text.read_and_made), format!("{read} → {made}")),
        (text.average, speed(timeline.average())),
        (text.cpu, cpu),
    ];
    let columns = columns(rect.width() + 24.0);
    let width = rect.width() / columns as f32;
    let palette = theme::palette(ui);
    for (at, (caption, value)) in figures.iter().enumerate() {
        let corner = rect.min + vec2((at % columns) as f32 * width, (at / columns) as f32 * LINE);
        let line = |top: f32, height: f32| {
            Rect::from_min_size(pos2(corner.x, corner.y + top), vec2(width - theme::GAP, height))
        };
        let above = widgets::text_in(ui, line(0.0, 16.0), Align::Min, caption, theme::label(), palette.dim);
        let below = widgets::text_in(ui, line(16.0, 18.0), Align::Min, value, theme::strong(), palette.text);
        let words = format!("{caption}: {value}");
        let response = widgets::sense(ui, above.union(below), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
    }
}
