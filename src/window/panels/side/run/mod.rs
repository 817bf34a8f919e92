//! The run as a whole: its figures, how fast it was over time, and which worker held which file when.
//! Live during the run, and still there after it.

mod axis;
mod blocks;
mod figures;
mod graph;
mod lanes;

use std::time::Duration;

use eframe::egui::{Align, Rect, ScrollArea, Sense, Ui, UiBuilder, pos2, vec2};

use crate::session::Timeline;
use crate::window::command::Command;
use crate::window::view::View;
use crate::window::{theme, widgets};

/// Left of both drawings: their numbers.
const GUTTER: f32 = 38.0;
const PADDING: f32 = 12.0;
const CAPTION: f32 = 24.0;
const GRAPH: f32 = 196.0;
/// In a tall window the graph grows with it.
const GRAPH_SHARE: f32 = 0.25;
const LEAST_GRAPH: f32 = 84.0;
const AXIS: f32 = 20.0;
const GAP: f32 = 12.0;

/// Where the keyboard is, kept between frames.
#[derive(Debug, Clone, Copy, Default)]
pub struct State {
    /// The lane and the span in it, counted from the oldest.
    chosen: Option<(usize, usize)>,
}

pub fn show(ui: &mut Ui, body: Rect, view: &View, state: &mut State, commands: &mut Vec<Command>) {
    let timeline = view.progress.map(|progress| &progress.timeline).filter(|timeline| !timeline.is_empty());
    let (Some(progress), Some(timeline)) = (view.progress, timeline) else {
        let words = view.text().no_run;
        let place = Rect::from_center_size(body.center(), vec2(body.width() - 2.0 * PADDING, 20.0));
        let drawn = widgets::text_in(ui, place, Align::Center, words, theme::body(), theme::palette(ui).faint);
        let response = widgets::sense(ui, drawn, Sense::hover());
        response.widget_info(|| eframe::egui::WidgetInfo::labeled(eframe::egui::Role::Label, true, words));
        return;
    };
    let lanes = timeline.lanes().len();
    let mut child = ui.new_child(UiBuilder::new().max_rect(body).id_salt("run"));
    child.set_clip_rect(body.intersect(ui.clip_rect()));
    ScrollArea::vertical().auto_shrink(false).show(&mut child, |ui| {
        let width = ui.available_width();
        let figures = figures::height(width);
        let fixed = 2.0 * PADDING + figures + 2.0 * GAP + 2.0 * CAPTION + AXIS;
        // what is left is shared: the graph takes its fill, the lanes the rest
        let left = body.height() - fixed;
        let graph = (left - lanes as f32 * lanes::WANTED).clamp(LEAST_GRAPH, GRAPH.max(body.height() * GRAPH_SHARE));
        let lane = ((left - graph) / lanes as f32).floor().clamp(lanes::LEAST, lanes::MOST);
        let height = fixed + graph + lane * lanes as f32;
        let (place, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
        let place = place.shrink(PADDING);
        let part = |top: f32, height: f32| {
            Rect::from_min_max(pos2(place.left(), place.top() + top), pos2(place.right(), place.top() + top + height))
        };
        figures::show(ui, part(0.0, figures), view, progress);
        let time = axis::Time::new(timeline.now(), view.activity.is_run());
        let top = figures + GAP;
        graph::show(ui, part(top, CAPTION + graph), view, timeline, &time);
        let top = top + CAPTION + graph + GAP;
        let rows = part(top, CAPTION + lane * lanes as f32);
        lanes::show(ui, rows, view, (timeline, &time), state, commands);
        ticks(ui, part(top + rows.height(), AXIS), view, &time);
        pauses(ui, part(figures + GAP + CAPTION, top + rows.height() - figures - GAP - CAPTION), timeline, &time);
    });
}

/// The part of a drawing that is time.
fn plot(rect: Rect) -> Rect {
    rect.with_min_x(rect.left() + GUTTER).with_max_x(rect.right() - 2.0)
}

/// The times below both drawings.
fn ticks(ui: &Ui, rect: Rect, view: &View, time: &axis::Time) {
    let palette = theme::palette(ui);
    let plot = plot(rect);
    for at in time.ticks(plot.width()) {
        let x = time.x(plot, at);
        let words = time.words(view.lang, at);
        let galley = widgets::line(ui, &words, theme::label(), palette.faint, 80.0);
        let left = (x - galley.size().x / 2.0).clamp(rect.left(), rect.right() - galley.size().x);
        ui.painter().galley(pos2(left, rect.bottom() - galley.size().y), galley, palette.faint);
    }
}

/// Where the clock stood still, a dotted line across both drawings.
fn pauses(ui: &Ui, rect: Rect, timeline: &Timeline, time: &axis::Time) {
    let color = theme::palette(ui).faint;
    let plot = plot(rect);
    let mut last = f32::NEG_INFINITY;
    for pause in timeline.pauses().iter().filter(|pause| pause.lasted >= Duration::from_millis(500)) {
        let x = time.x(plot, pause.at).round();
        if x - last < 3.0 {
            continue;
        }
        last = x;
        let line = [pos2(x, plot.top()), pos2(x, plot.bottom())];
        ui.painter().extend(eframe::egui::Shape::dotted_line(&line, color, 4.0, 0.75));
    }
}
