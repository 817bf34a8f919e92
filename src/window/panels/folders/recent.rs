//! Other inputs used lately, in a menu behind the source's caption: the way from one corpus to the next
//! without a dialog.

use eframe::egui::{CornerRadius, Popup, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use crate::window::command::Command;
use crate::window::theme::{self, icon};
use crate::window::view::View;
use crate::window::widgets;
use crate::window::widgets::controls;
use crate::window::widgets::recent_entry::Lately;

const WIDTH: f32 = 440.0;

/// The mark behind the caption drawn at `caption`, where there is another input to go to; both open the menu.
pub fn show(ui: &mut Ui, caption: Rect, view: &View, commands: &mut Vec<Command>) {
    let others: Vec<(usize, Lately)> = view
        .settings
        .recent
        .iter()
        .enumerate()
        .filter(|(_, recent)| recent.inputs != view.settings.inputs)
        .filter_map(|(at, recent)| Some((at, Lately::of(view, recent)?)))
        .collect();
    if others.is_empty() {
        return;
    }
    let palette = theme::palette(ui);
    let at = Rect::from_min_max(caption.min - vec2(4.0, 4.0), caption.max + vec2(22.0, 4.0));
    let mut child = ui.new_child(UiBuilder::new().max_rect(at).id_salt("recent"));
    let response = child.allocate_rect(at, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, view.text().recent));
    let color = if response.hovered() { palette.text } else { palette.dim };
    widgets::paint_icon(ui, pos2(at.right() - 11.0, at.center().y), icon::OPEN, 9.0, color);
    widgets::focus_ring(ui, &response, CornerRadius::same(theme::SMALL_RADIUS), &palette);
    if response.clicked() {
        commands.push(Command::LookForRecent);
    }
    let width = WIDTH.min(ui.content_rect().width() - 48.0);
    Popup::menu(&response).show(|ui| {
        controls::menu(ui, width);
        controls::group(ui, view.text().recent);
        for (at, lately) in &others {
            if entry(ui, lately) {
                commands.push(Command::TakeRecent(*at));
            }
        }
    });
    response.on_hover_text(view.text().recent);
}

/// A line of the menu; true when it is clicked.
fn entry(ui: &mut Ui, lately: &Lately) -> bool {
    let palette = theme::palette(ui);
    let sense = if lately.is_missing { Sense::hover() } else { Sense::click() };
    let (line, response) = ui.allocate_exact_size(vec2(ui.available_width(), theme::ROW), sense);
    response.widget_info(|| WidgetInfo::labeled(Role::MenuItem, !lately.is_missing, lately.label()));
    let radius = CornerRadius::same(theme::CONTROL_RADIUS);
    if response.hovered() && !lately.is_missing {
        ui.painter().rect_filled(line, radius, palette.hovered);
    }
    widgets::focus_ring(ui, &response, radius, &palette);
    lately.paint(ui, line.shrink2(vec2(10.0, 0.0)));
    let is_picked = controls::picked(ui, &response);
    response.on_hover_text(&lately.told);
    is_picked
}
