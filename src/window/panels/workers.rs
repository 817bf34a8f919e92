//! The workers at work, where the choices stood before the run: a lane each, with the file in its
//! hands and how far it is; behind them how many there are to be.

use eframe::egui::{
    Align, CornerRadius, Pos2, Rect, Response, Role, Sense, Stroke, Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2,
};

use crate::engine::Workers;
use crate::session::{FileRow, FileState, Progress};
use crate::window::command::Command;
use crate::window::view::{Activity, View};
use crate::window::{paths, theme, widgets};

/// The height of a line of lanes.
pub const HEIGHT: f32 = 32.0;
const BETWEEN: f32 = 6.0;
/// A lane with a name, a lane with its number and bar alone.
const NAMED: f32 = 150.0;
const NARROWEST: f32 = 52.0;
/// A lane at least so wide tells its records, too.
const COUNTED: f32 = 260.0;
const NUMBER: f32 = 26.0;
const STEPPER: f32 = 96.0;

/// How lanes stand: so many a line, in so many lines, so many shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Plan {
    columns: usize,
    lines: usize,
    shown: usize,
}

impl Plan {
    /// One line, then two, then lanes without names; what has no place then is counted in the last one.
    #[allow(clippy::similar_names, reason = "lanes stand in lines")]
    fn of(lanes: usize, width: f32) -> Self {
        let fit = |least: f32| ((width + theme::GAP) / (least + theme::GAP)).floor().max(1.0) as usize;
        let (named, narrow) = (fit(NAMED), fit(NARROWEST));
        let columns = match lanes {
            _ if lanes <= named => lanes.max(1),
            _ if lanes <= 2 * named => lanes.div_ceil(2),
            _ => lanes.div_ceil(2).min(narrow),
        };
        let lines = 1 + usize::from(columns < lanes);
        Self { columns, lines, shown: lanes.min(columns * lines) }
    }
}

pub fn show(ui: &mut Ui, view: &View, commands: &mut Vec<Command>) {
    let Some(progress) = view.progress else { return };
    let busy = progress.workers.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
    let lanes = view.settings.workers().get().max(busy);
    let room = ui.available_width() - STEPPER - theme::PANE_GAP;
    let plan = Plan::of(lanes, room);
    let height = plan.lines as f32 * (HEIGHT + BETWEEN) - BETWEEN;
    let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let width = (room - theme::GAP * (plan.columns as f32 - 1.0)) / plan.columns as f32;
    for lane in 0..plan.shown {
        let (column, line) = (lane % plan.columns, lane / plan.columns);
        let at = vec2(column as f32 * (width + theme::GAP), line as f32 * (HEIGHT + BETWEEN));
        let rect = Rect::from_min_size(place.min + at, vec2(width, HEIGHT));
        widgets::card(ui, rect);
        if lane + 1 == plan.shown && plan.shown < lanes {
            let more = format!("+{}", lanes - lane);
            widgets::text_in(ui, rect, Align::Center, &more, theme::small(), theme::palette(ui).dim);
        } else {
            show_lane(ui, rect, view, progress, lane);
        }
    }
    let stepper = Rect::from_min_size(pos2(place.right() - STEPPER, place.top()), vec2(STEPPER, HEIGHT));
    show_stepper(ui, stepper, view, commands);
}

fn show_lane(ui: &mut Ui, rect: Rect, view: &View, progress: &Progress, lane: usize) {
    let palette = theme::palette(ui);
    let number = Rect::from_min_size(rect.min, vec2(NUMBER, HEIGHT)).shrink2(vec2(4.0, 0.0));
    widgets::text_in(ui, number, Align::Center, &(lane + 1).to_string(), theme::small(), palette.faint);
    let Some(file) = progress.workers.get(lane).copied().flatten() else { return };
    let file = &progress.files[file.index()];
    let name = paths::shown_name(&file.source.name);
    let inner = Rect::from_min_max(pos2(rect.left() + NUMBER + 4.0, rect.top()), rect.max - vec2(10.0, 0.0));
    let (done, records) = match file.state {
        FileState::Running { bytes, records } => (bytes as f32 / file.source.bytes.max(1) as f32, records),
        _ => (0.0, 0),
    };
    if rect.width() < NAMED {
        let bar = Rect::from_center_size(inner.center(), vec2(inner.width(), 4.0));
        widgets::bar(ui, bar, done, &name);
    } else {
        let bar_width = (rect.width() * 0.25).clamp(24.0, 64.0);
        let bar = Rect::from_center_size(pos2(inner.right() - bar_width / 2.0, rect.center().y), vec2(bar_width, 4.0));
        let mut text = inner.with_max_x(bar.left() - 10.0);
        if rect.width() >= COUNTED && records > 0 {
            let words = view.phrases().records(records);
            let drawn = widgets::text_in(ui, text, Align::Max, &words, theme::small(), palette.dim);
            text.max.x = drawn.left() - 10.0;
        }
        let end = widgets::path_end(ui, &name, &theme::small(), text.width());
        widgets::text_in(ui, text, Align::Min, &end, theme::small(), palette.text);
        widgets::bar(ui, bar, done, &name);
    }
    told(ui, rect, view, file, records);
}

/// What has no room in a lane.
fn told(ui: &mut Ui, rect: Rect, view: &View, file: &FileRow, records: u64) {
    let size = crate::text::bytes(file.source.bytes);
    let name = paths::shown_name(&file.source.name);
    let words = match records {
        0 => format!("{name} · {size}"),
        _ => format!("{name} · {size} · {}", view.phrases().records(records)),
    };
    widgets::sense(ui, rect, Sense::hover()).on_hover_text(words);
}

/// − 4 +: how many workers there are to be, also in the middle of a run.
fn show_stepper(ui: &mut Ui, rect: Rect, view: &View, commands: &mut Vec<Command>) {
    let palette = theme::palette(ui);
    let text = view.text();
    let workers = view.settings.workers().get();
    let is_free = matches!(view.activity, Activity::Running | Activity::Paused);
    let mut ui = ui.new_child(UiBuilder::new().max_rect(rect).id_salt("stepper"));
    let middle = |x: f32| pos2(x + theme::CONTROL / 2.0, rect.center().y);
    let steps = [
        (false, text.fewer_workers, workers.saturating_sub(1), middle(rect.left())),
        (true, text.more_workers, workers + 1, middle(rect.right() - theme::CONTROL)),
    ];
    for (is_more, name, to, at) in steps {
        let enabled = is_free && (1..=Workers::most()).contains(&to);
        if step(&mut ui, at, is_more, name, enabled).clicked() {
            commands.push(Command::SetWorkers(to));
        }
    }
    let number = Rect::from_center_size(rect.center(), vec2(rect.width() - 2.0 * theme::CONTROL, HEIGHT));
    widgets::text_in(&ui, number, Align::Center, &workers.to_string(), theme::strong(), palette.text);
    let response = widgets::sense(&mut ui, number, Sense::hover()).on_hover_text(text.workers);
    let words = format!("{}: {workers}", text.workers);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
}

fn step(ui: &mut Ui, at: Pos2, is_more: bool, name: &str, enabled: bool) -> Response {
    let palette = theme::palette(ui);
    let rect = Rect::from_center_size(at, Vec2::splat(theme::CONTROL));
    let response = widgets::sense(ui, rect, if enabled { Sense::click() } else { Sense::hover() });
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name));
    let radius = CornerRadius::same(theme::CONTROL_RADIUS);
    if enabled && response.hovered() {
        ui.painter().rect_filled(rect, radius, palette.hovered);
    }
    widgets::focus_ring(ui, &response, radius, &palette);
    let line = Stroke::new(1.5, if enabled { palette.dim } else { palette.line });
    ui.painter().hline(at.x - 5.0..=at.x + 5.0, at.y, line);
    if is_more {
        ui.painter().vline(at.x, at.y - 5.0..=at.y + 5.0, line);
    }
    response.on_hover_text(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lanes_find_a_place_however_many() {
        let plan = |lanes, width| {
            let Plan { columns, lines, shown } = Plan::of(lanes, width);
            (columns, lines, shown)
        };
        assert_eq!(plan(1, 1000.0), (1, 1, 1));
        assert_eq!(plan(6, 1000.0), (6, 1, 6));
        assert_eq!(plan(8, 1000.0), (4, 2, 8));
        assert_eq!(plan(32, 1060.0), (16, 2, 32), "without names");
        assert_eq!(plan(64, 1060.0), (17, 2, 34), "the last one tells how many there are besides");
        assert_eq!(plan(4, 100.0), (1, 2, 2));
    }
}
