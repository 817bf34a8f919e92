//! What was changed a moment ago, with the way back.

use eframe::egui::{self, Align, Rect, Sense, Ui, pos2, vec2};

use crate::window::command::Change;
use crate::window::command::Command;
use crate::window::view::{Activity, View};
use crate::window::{theme, widgets};

/// Gives where it ends.
pub fn show(ui: &mut Ui, rect: Rect, view: &View, what: Change, commands: &mut Vec<Command>) -> f32 {
    let palette = theme::palette(ui);
    let text = view.text();
    let words = change_words(view, what);
    let drawn = widgets::text_in(ui, rect, Align::Min, &words, theme::body(), palette.text);
    let response = widgets::sense(ui, drawn, Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &words));
    let mut left = drawn.right() + 14.0;
    let mut links = vec![(text.undo, Command::Undo)];
    if what == Change::Source && view.activity != Activity::Empty {
        links.push((text.add_instead, Command::AddInstead));
    }
    for (word, command) in links {
        let galley = widgets::line(ui, word, theme::strong(), palette.accent, 160.0);
        let at = Rect::from_min_size(pos2(left, rect.center().y - galley.size().y / 2.0), galley.size());
        if at.right() > rect.right() {
            break;
        }
        let response = widgets::sense(ui, at.expand2(vec2(6.0, 6.0)), Sense::click());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, format!("{word}: {words}")));
        if response.hovered() {
            ui.painter().hline(at.x_range(), at.bottom(), egui::Stroke::new(1.0, palette.accent));
        }
        widgets::focus_ring(ui, &response, egui::CornerRadius::same(theme::CONTROL_RADIUS), &palette);
        ui.painter().galley(at.min, galley, palette.accent);
        let response = if command == Command::Undo { response.on_hover_text(undo_key()) } else { response };
        if response.clicked() {
            commands.push(command);
        }
        left = at.right() + 16.0;
    }
    left
}

/// The key that takes back.
#[must_use]
pub fn undo_key() -> &'static str {
    if cfg!(target_os = "macos") { "⌘Z" } else { "Ctrl+Z" }
}

fn change_words(view: &View, what: Change) -> String {
    let text = view.text();
    let word = match what {
        Change::Source => text.changed_source,
        Change::Output => text.changed_output,
        Change::Columns => text.changed_columns,
        Change::Filters => text.changed_filters,
        Change::Reading => text.changed_reading,
        Change::Preset => text.changed_preset,
        Change::IfExists => text.changed_if_exists,
        Change::Form => text.changed_form,
        Change::Merge => text.changed_merge,
        Change::Compression => text.changed_compression,
        Change::Proof => text.changed_proof,
        Change::Report => text.changed_report,
        Change::Wrap => text.changed_wrap,
        Change::Added(count) => return view.phrases().added(count),
        Change::Removed(count) => return view.phrases().removed(count),
        Change::Skipped(count) => return view.phrases().skipped(count),
    };
    view.worded(word)
}
