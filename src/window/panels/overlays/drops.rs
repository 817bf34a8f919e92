//! What comes in from outside: files dragged over the window or dropped on it, paths pasted.

use eframe::egui::{self, Align, Event, Id, LayerId, Order, Rect, Ui, pos2, vec2};

use crate::window::command::Command;
use crate::window::theme::{self, icon};
use crate::window::view::{Activity, View};
use crate::window::widgets::dashed_border;
use crate::window::{paths, widgets};

/// Takes drops and pastes of this frame.
pub fn take(ui: &Ui, view: &View, commands: &mut Vec<Command>) {
    let dropped: Vec<_> = ui.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect());
    let pasted = if view.hears_keys { pasted(ui) } else { Vec::new() };
    for found in [dropped, pasted] {
        let found: Vec<_> = found.into_iter().filter(|path| !path.as_os_str().is_empty()).collect();
        if found.is_empty() {
            continue;
        }
        commands.push(if view.activity.is_run() { Command::AddInputs(found) } else { Command::SetInputs(found) });
    }
}

fn pasted(ui: &Ui) -> Vec<std::path::PathBuf> {
    ui.input(|input| {
        let texts = input.events.iter().filter_map(|event| match event {
            Event::Paste(text) => Some(text),
            _ => None,
        });
        texts.flat_map(|text| paths::typed(text)).collect()
    })
}

/// Says what a drop will do while something is dragged over the window.
pub fn overlay(ui: &mut Ui, view: &View) {
    if ui.input(|input| input.raw.hovered_files.is_empty()) {
        return;
    }
    let palette = theme::palette(ui);
    let text = view.text();
    let screen = ui.content_rect();
    let layer = LayerId::new(Order::Foreground, Id::unique("drop overlay"));
    let ui = ui.new_child(egui::UiBuilder::new().layer_id(layer).max_rect(screen));
    ui.painter().rect_filled(screen, 0, palette.background);
    let zone = screen.shrink(theme::MARGIN);
    let (head, line) = match view.activity {
        activity if activity.is_run() => (text.drop_running, text.drop_running_line),
        Activity::Empty => (text.drop_head, text.drop_line),
        _ => (text.drop_head, text.drop_replaces),
    };
    let color = palette.accent;
    dashed_border::show(&ui, zone, color);
    let middle = zone.center();
    let place = |dy: f32| Rect::from_center_size(pos2(middle.x, middle.y + dy), vec2(zone.width() - 32.0, 30.0));
    widgets::paint_icon(&ui, pos2(middle.x, middle.y - 54.0), icon::DROP, 48.0, color);
    widgets::text_in(&ui, place(0.0), Align::Center, head, theme::headline(), palette.text);
    widgets::text_in(&ui, place(30.0), Align::Center, line, theme::body(), palette.dim);
}
