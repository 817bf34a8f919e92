//! Inputs used lately, below the place to drop new ones on.

use eframe::egui::{Align, CornerRadius, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use crate::settings::Recent;
use crate::window::command::Command;
use crate::window::theme::{self, icon};
use crate::window::view::View;
use crate::window::widgets;
use crate::window::widgets::recent_entry::Lately;

const WIDTH: f32 = 560.0;
const HEAD: f32 = 26.0;
const LINE: f32 = 34.0;

/// How high it is in a window of this height; the place to drop on comes first.
#[must_use]
pub fn height(view: &View, room: f32) -> f32 {
    match shown(view, room) {
        0 => 0.0,
        lines => HEAD + lines as f32 * LINE + theme::PANE_GAP,
    }
}

fn shown(view: &View, room: f32) -> usize {
    let fit = ((room * 0.5 - HEAD - theme::PANE_GAP) / LINE).max(0.0) as usize;
    view.settings.recent.len().min(fit)
}

pub fn show(ui: &mut Ui, rect: Rect, view: &View, room: f32, commands: &mut Vec<Command>) {
    let palette = theme::palette(ui);
    let lines = shown(view, room);
    let width = WIDTH.min(rect.width());
    let left = (rect.center().x - width / 2.0).round();
    let head = Rect::from_min_size(pos2(left, rect.top() + theme::PANE_GAP), vec2(width, HEAD));
    let inner = head.shrink2(vec2(10.0, 0.0));
    widgets::text_in(ui, inner, Align::Min, view.text().recent, theme::label(), palette.dim);
    let clear = widgets::text_in(ui, inner, Align::Max, view.text().clear_recent, theme::label(), palette.dim);
    let response = widgets::sense(ui, clear.expand(4.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, view.text().clear_recent));
    widgets::focus_ring(ui, &response, CornerRadius::same(theme::SMALL_RADIUS), &palette);
    if response.clicked() {
        commands.push(Command::ForgetRecent(None));
    }
    for (at, recent) in view.settings.recent.iter().take(lines).enumerate() {
        let line = Rect::from_min_size(pos2(left, head.bottom() + at as f32 * LINE), vec2(width, LINE));
        show_line(ui, line, view, at, recent, commands);
    }
}

fn show_line(ui: &mut Ui, line: Rect, view: &View, at: usize, recent: &Recent, commands: &mut Vec<Command>) {
    let palette = theme::palette(ui);
    let Some(lately) = Lately::of(view, recent) else { return };
    let is_missing = lately.is_missing;

    let mut child = ui.new_child(UiBuilder::new().max_rect(line).id_salt(("recent", at)));
    let ui = &mut child;
    let open = line.with_max_x(line.right() - theme::CONTROL - 4.0);
    let sense = if is_missing { Sense::hover() } else { Sense::click() };
    let response = widgets::sense(ui, open, sense);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, !is_missing, lately.label()));
    let is_hovered = ui.rect_contains_pointer(line);
    if is_hovered && !is_missing {
        ui.painter().rect_filled(line, CornerRadius::same(theme::CONTROL_RADIUS), palette.hovered);
    }
    widgets::focus_ring(ui, &response, CornerRadius::same(theme::CONTROL_RADIUS), &palette);
    let mark = pos2(line.left() + 18.0, line.center().y);
    widgets::paint_icon(ui, mark, icon::FOLDER, 16.0, lately.mark(ui));
    let inner = Rect::from_min_max(pos2(line.left() + 36.0, line.top()), pos2(open.right() - 8.0, line.bottom()));
    lately.paint(ui, inner);
    if response.clicked() {
        commands.push(Command::TakeRecent(at));
    }
    response.on_hover_text(&lately.told);

    let remove = Rect::from_center_size(
        pos2(line.right() - theme::CONTROL / 2.0 - 2.0, line.center().y),
        vec2(theme::CONTROL, theme::CONTROL),
    );
    let mut corner = ui.new_child(UiBuilder::new().max_rect(remove).id_salt("forget"));
    let forget = view.phrases().forget(&lately.name);
    if widgets::icon_button(&mut corner, icon::REMOVE, &forget, 10.0).clicked() {
        commands.push(Command::ForgetRecent(Some(at)));
    }
}
