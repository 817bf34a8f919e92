//! Which worker held which file when: a lane a worker.

use eframe::egui::epaint::Mesh;
use eframe::egui::{
    Align, CornerRadius, CursorIcon, EventFilter, Key, Rect, Response, Role, Sense, Shape, Stroke, StrokeKind, Ui,
    UiBuilder, WidgetInfo, pos2,
};

use super::blocks::{Block, blocks};
use super::{CAPTION, State, axis, plot};
use crate::session::{Span, Timeline};
use crate::window::command::Command;
use crate::window::view::View;
use crate::window::{paths, theme, widgets};

/// Heights of a lane.
pub const LEAST: f32 = 6.0;
pub const WANTED: f32 = 20.0;
pub const MOST: f32 = 26.0;
/// Lanes at least so high tell their number.
const NUMBERED: f32 = 14.0;
/// Blocks at least so wide have round corners, in lanes that have numbers.
const ROUND: f32 = 8.0;
/// A failure can be seen among thousands of files.
const LEAST_FAILED: f32 = 3.0;

pub fn show(
    ui: &mut Ui,
    rect: Rect,
    view: &View,
    (timeline, time): (&Timeline, &axis::Time),
    state: &mut State,
    commands: &mut Vec<Command>,
) {
    let palette = theme::palette(ui);
    let (head, rect) = rect.split_top_bottom_at_y(rect.top() + CAPTION);
    let height = rect.height() / timeline.lanes().len().max(1) as f32;
    let mut told = None;
    for (number, spans) in timeline.lanes().enumerate() {
        let top = rect.top() + number as f32 * height;
        let row = Rect::from_min_max(pos2(rect.left(), top), pos2(rect.right(), top + height));
        let plot = plot(row);
        let lane = plot.shrink2(eframe::egui::vec2(0.0, if height >= NUMBERED { 3.0 } else { 1.0 }));
        if height >= NUMBERED {
            let place = row.with_max_x(plot.left() - 6.0);
            widgets::text_in(ui, place, Align::Max, &(number + 1).to_string(), theme::label(), palette.faint);
        }
        ui.painter().rect_filled(lane, CornerRadius::same(theme::BAR_RADIUS), palette.sunken);
        paint(ui, lane, &blocks(spans, time.now, |at| time.x(plot, at)), height >= NUMBERED);

        let mut child = ui.new_child(UiBuilder::new().max_rect(row).id_salt(("lane", number)));
        let response = child.allocate_rect(plot, Sense::click());
        let at = pointed(&response, plot, spans, time);
        let at = at.or_else(|| keyboard(&child, &response, number, spans, state));
        response.widget_info(|| {
            let files = spans.iter().map(|span| span.files).sum();
            let words = view.phrases().lane(number + 1, files, busy(spans, time));
            let mut info = WidgetInfo::labeled(Role::Button, true, &words);
            info.current_text_value = at.map(|at| span_words(view, &spans[at]));
            info
        });
        let Some(span) = at.map(|at| &spans[at]) else { continue };
        let marked = Rect::from_x_y_ranges(time.x(plot, span.from)..=time.x(plot, span.end(time.now)), lane.y_range());
        let ring = Stroke::new(1.0, palette.text);
        child.painter().rect_stroke(
            marked.expand(1.0),
            CornerRadius::same(theme::BAR_RADIUS),
            ring,
            StrokeKind::Outside,
        );
        told = Some(span);
        let entered = response.has_focus() && child.input(|input| input.key_pressed(Key::Enter));
        if response.clicked() || entered {
            commands.push(Command::Select(Some(span.file)));
        }
        if response.hovered() {
            child.set_cursor_icon(CursorIcon::PointingHand);
        }
    }
    let caption = widgets::text_in(ui, head, Align::Min, view.text().lanes, theme::label(), palette.dim);
    if let Some(span) = told {
        let room = head.with_min_x(caption.right() + theme::PADDING);
        let color = if span.failed > 0 { palette.failed } else { palette.dim };
        widgets::text_in(ui, room, Align::Max, &span_words(view, span), theme::label(), color);
    }
}

fn paint(ui: &Ui, lane: Rect, blocks: &[Block], round: bool) {
    let palette = theme::palette(ui);
    let mut narrow = Mesh::default();
    // failures last, so that nothing covers them
    let (failed, others): (Vec<&Block>, Vec<&Block>) = blocks.iter().partition(|block| block.failed);
    let mut above = Mesh::default();
    for block in others.into_iter().chain(failed) {
        let color = match block {
            Block { failed: true, .. } => palette.failed,
            Block { is_open: true, .. } => palette.span_open,
            _ => palette.span,
        };
        let (from, mut to) = (block.from.round(), block.to.round());
        if to - from > 2.0 {
            to -= 1.0; // a line of light between two files
        }
        to = to.max(from + if block.failed { LEAST_FAILED } else { 1.0 });
        let rect = Rect::from_x_y_ranges(from..=to, lane.y_range());
        if round && to - from >= ROUND {
            ui.painter().rect_filled(rect, CornerRadius::same(theme::BAR_RADIUS), color);
        } else {
            if block.failed { &mut above } else { &mut narrow }.add_colored_rect(rect, color);
        }
    }
    ui.painter().add(Shape::mesh(narrow));
    ui.painter().add(Shape::mesh(above));
}

/// Part of the time so far in which the worker had work, 0 to 1.
fn busy(spans: &[Span], time: &axis::Time) -> f64 {
    let open = |span: &Span| if span.to.is_none() { time.now.saturating_sub(span.from) } else { span.busy };
    let busy: f64 = spans.iter().map(|span| open(span).as_secs_f64()).sum();
    (busy / time.now.as_secs_f64().max(0.001)).min(1.0)
}

/// The span below the pointer, or the nearest one where spans are narrow.
fn pointed(response: &Response, plot: Rect, spans: &[Span], time: &axis::Time) -> Option<usize> {
    let x = response.hover_pos()?.x;
    let distance = |span: &Span| {
        let (from, to) = (time.x(plot, span.from), time.x(plot, span.end(time.now)));
        (from - x).max(x - to).max(0.0)
    };
    // spans stand in order: only the neighbours of the place can be the nearest
    let after = spans.partition_point(|span| time.x(plot, span.from) <= x);
    let near = [after.checked_sub(1), Some(after)].into_iter().flatten().filter(|at| *at < spans.len());
    near.map(|at| (at, distance(&spans[at])))
        .filter(|(_, distance)| *distance <= 2.0)
        .min_by(|one, other| one.1.total_cmp(&other.1))
        .map(|(at, _)| at)
}

/// The span that the arrow keys reached.
fn keyboard(ui: &Ui, response: &Response, lane: usize, spans: &[Span], state: &mut State) -> Option<usize> {
    if !response.has_focus() {
        return None;
    }
    let keys = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, keys));
    let last = spans.len().checked_sub(1)?;
    let mut at = state.chosen.filter(|(chosen, _)| *chosen == lane).map_or(last, |(_, at)| at.min(last));
    if ui.input(|input| input.key_pressed(Key::ArrowLeft)) {
        at = at.saturating_sub(1);
    }
    if ui.input(|input| input.key_pressed(Key::ArrowRight)) {
        at = (at + 1).min(last);
    }
    state.chosen = Some((lane, at));
    Some(at)
}

/// `AA/wiki_04 · 0.3 s from 1.2 s`.
fn span_words(view: &View, span: &Span) -> String {
    let file = view.progress.and_then(|progress| progress.file(span.file));
    let name = file.map(|file| paths::shown_name(&file.source.name)).unwrap_or_default();
    view.phrases().span(&name, span)
}
