//! Inputs used lately, below the place to drop new ones on.

use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use eframe::egui::{Align, CornerRadius, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::super::command::Command;
use super::super::theme::{self, icon};
use super::super::view::View;
use super::super::{paths, widgets};
use crate::settings::Recent;

const WIDTH: f32 = 560.0;
const HEAD: f32 = 26.0;
const LINE: f32 = 34.0;
const TIME: f32 = 92.0;

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
    widgets::focus_ring(ui, &response, CornerRadius::same(4), &palette);
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
    let Some(first) = recent.inputs.first() else { return };
    let is_missing = recent.inputs.iter().any(|input| view.missing.contains(input));
    let name = view.phrases().and_more(&name(first), recent.inputs.len() + recent.added.len() - 1);
    let folder = first.parent().map(paths::shown).unwrap_or_default();
    let when = if is_missing { view.text().missing.to_owned() } else { view.phrases().ago(since(recent.used)) };

    let mut child = ui.new_child(UiBuilder::new().max_rect(line).id_salt(("recent", at)));
    let ui = &mut child;
    let open = line.with_max_x(line.right() - theme::CONTROL - 4.0);
    let sense = if is_missing { Sense::hover() } else { Sense::click() };
    let response = widgets::sense(ui, open, sense);
    let words = format!("{name}, {folder}, {when}");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, !is_missing, &words));
    let is_hovered = ui.rect_contains_pointer(line);
    if is_hovered && !is_missing {
        ui.painter().rect_filled(line, CornerRadius::same(theme::CONTROL_RADIUS), palette.hovered);
    }
    widgets::focus_ring(ui, &response, CornerRadius::same(theme::CONTROL_RADIUS), &palette);
    let (strong, dim) = if is_missing { (palette.faint, palette.faint) } else { (palette.text, palette.dim) };
    widgets::paint_icon(ui, pos2(line.left() + 18.0, line.center().y), icon::FOLDER, 16.0, dim);
    let inner = Rect::from_min_max(pos2(line.left() + 36.0, line.top()), pos2(open.right() - 8.0, line.bottom()));
    let time = inner.with_min_x(inner.right() - TIME);
    widgets::text_in(ui, time, Align::Max, &when, theme::small(), dim);
    let named = inner.with_max_x(inner.left() + (inner.width() - TIME) * 0.5);
    let drawn = widgets::text_in(ui, named, Align::Min, &name, theme::body(), strong);
    let place = Rect::from_min_max(pos2(drawn.right() + 12.0, inner.top()), pos2(time.left() - 8.0, inner.bottom()));
    let end = widgets::path_end(ui, &folder, &theme::small(), place.width());
    widgets::text_in(ui, place, Align::Min, &end, theme::small(), dim);
    if response.clicked() {
        commands.push(Command::TakeRecent(at));
    }
    let told = match &recent.output {
        Some(output) => format!("{} → {}", paths::shown(first), paths::shown(output)),
        None => paths::shown(first),
    };
    response.on_hover_text(told);

    let remove = Rect::from_center_size(
        pos2(line.right() - theme::CONTROL / 2.0 - 2.0, line.center().y),
        vec2(theme::CONTROL, theme::CONTROL),
    );
    let mut corner = ui.new_child(UiBuilder::new().max_rect(remove).id_salt("forget"));
    let forget = view.phrases().forget(&name);
    if widgets::icon_button(&mut corner, icon::REMOVE, &forget, 10.0).clicked() {
        commands.push(Command::ForgetRecent(Some(at)));
    }
}

fn name(path: &Path) -> String {
    paths::shown_name(Path::new(path.file_name().unwrap_or(path.as_os_str())))
}

fn since(used: u64) -> Duration {
    let used = UNIX_EPOCH + Duration::from_secs(used);
    SystemTime::now().duration_since(used).unwrap_or_default()
}
