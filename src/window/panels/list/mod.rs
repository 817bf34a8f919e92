//! The list: a row a source file. Only the rows in sight are drawn, so that a hundred thousand cost
//! no more than twenty. Above them what is filtered and sought, and by what it is sorted.

mod head;
mod keys;
mod menu;
mod row;

use eframe::egui::text::LayoutJob;
use eframe::egui::{
    Align, CornerRadius, Id, Modifiers, Rect, Response, Role, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use crate::engine::FileId;
use crate::text::Explained;
use crate::window::command::Command;
use crate::window::theme::{self, icon};
use crate::window::view::{Activity, Pane, View};
use crate::window::{paths, widgets};
pub use head::focus_search;
pub use keys::keyboard;

/// Where the list stands, kept between frames.
#[derive(Debug, Default)]
pub struct Scroll {
    offset: f32,
    height: f32,
    /// The place that the keyboard went to and that must come into sight.
    reveal: Option<usize>,
    /// What is being sought, while somebody types.
    sought: String,
}

/// The columns' places within a row, from its left edge.
#[derive(Debug, Clone, Copy)]
pub struct Places {
    pub name: (f32, f32),
    pub size: (f32, f32),
    pub records: (f32, f32),
    pub state: (f32, f32),
    pub time: (f32, f32),
    pub outcome: (f32, f32),
}

impl Places {
    /// Numbers get what they need, names and outcomes share the rest; what does not fit a narrow
    /// window is left out from the least needed on.
    fn of(width: f32, has_outcomes: bool) -> Self {
        let pad = theme::PADDING / 2.0; // the other half is each column's own
        let (size, records, state, time) = match width {
            620.0.. => (72.0, 76.0, 116.0, 72.0),
            540.0.. => (72.0, 76.0, 116.0, 0.0),
            _ => (66.0, 66.0, 92.0, 0.0),
        };
        let rest = (width - size - records - state - time - 2.0 * pad).max(160.0);
        let name = rest
            * match (has_outcomes, width > 900.0) {
                (false, _) => 0.66,
                (true, true) => 0.4,
                (true, false) => 0.48,
            };
        let mut at = pad;
        let mut next = |width: f32| {
            let place = (at, at + width);
            at += width;
            place
        };
        Self {
            name: next(name),
            size: next(size),
            records: next(records),
            state: next(state),
            time: next(time),
            outcome: next(rest - name),
        }
    }
}

/// The part of `row` in a column, with the space between columns left free.
pub fn place(row: Rect, (from, to): (f32, f32)) -> Rect {
    let gap = theme::PADDING / 2.0;
    Rect::from_min_max(
        pos2(row.left() + from + gap, row.top()),
        pos2((row.left() + to - gap).max(row.left() + from + gap), row.bottom()),
    )
}

pub fn show(ui: &mut Ui, view: &View, scroll: &mut Scroll, commands: &mut Vec<Command>) {
    let pane = ui.available_rect_before_wrap();
    widgets::card(ui, pane);
    ui.allocate_rect(pane, Sense::hover());
    let line = pane.with_max_y(pane.top() + head::LINE);
    head::line(ui, line, view, &mut scroll.sought, commands);
    let head = Rect::from_min_size(line.left_bottom(), vec2(pane.width(), theme::HEAD));
    let places = Places::of(pane.width() - 2.0, !matches!(view.activity, Activity::Listing | Activity::Ready));
    head::columns(ui, head, view, &places, commands);
    let body = Rect::from_min_max(pos2(pane.left() + 1.0, head.bottom()), pane.max - vec2(1.0, 2.0));
    if view.progress.is_none() {
        return;
    }
    if view.is_refused_whole() {
        refused(ui, body, view);
        return;
    }
    keyboard(ui, view, scroll, commands);
    let rows = view.order.len();
    if rows == 0 && view.order.narrows() {
        nothing(ui, body, view, commands);
        return;
    }
    let mut child = ui.new_child(UiBuilder::new().max_rect(body).id_salt("list"));
    child.spacing_mut().item_spacing.y = 0.0;
    child.set_clip_rect(body.intersect(ui.clip_rect()));
    let mut area = ScrollArea::vertical().auto_shrink(false).id_salt("files");
    if let Some(place) = scroll.reveal.take() {
        area = area.vertical_scroll_offset(offset_for(place, scroll));
    }
    let output = area.show_rows(&mut child, theme::ROW, rows, |ui, range| {
        for file in range.filter_map(|place| view.order.at(place)) {
            let response = one_row(ui, view, file, &places);
            act(&response, view, file, commands);
        }
    });
    (scroll.offset, scroll.height) = (output.state.clamped_offset().y, output.inner_rect.height());
}

/// No file is what was sought: says so, and leads back.
fn nothing(ui: &mut Ui, body: Rect, view: &View, commands: &mut Vec<Command>) {
    let palette = theme::palette(ui);
    let text = view.text();
    let at = |dy: f32| Rect::from_center_size(pos2(body.center().x, body.top() + dy), vec2(body.width() - 32.0, 20.0));
    let drawn = widgets::text_in(ui, at(72.0), Align::Center, text.nothing_found, theme::body(), palette.dim);
    let response = widgets::sense(ui, drawn, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text.nothing_found));
    let width = widgets::line(ui, text.show_all, theme::body(), palette.text, 200.0).size().x + 28.0;
    let rect = Rect::from_center_size(at(108.0).center(), vec2(width, theme::CONTROL));
    if ui.put(rect, eframe::egui::Button::new(text.show_all).min_size(rect.size())).clicked() {
        commands.push(Command::ShowAll);
    }
}

/// Nothing was listed or converted: says why, in full.
fn refused(ui: &mut Ui, body: Rect, view: &View) {
    let Some(error) = view.refusal() else { return };
    let palette = theme::palette(ui);
    let words = paths::shown_in(&view.worded(&Explained::run_error(view.lang, error)));
    let mut job =
        LayoutJob::simple(words.clone(), theme::body(), palette.text, (body.width() - 48.0).clamp(80.0, 440.0));
    job.halign = Align::Center;
    let galley = ui.painter().layout_job(job);
    let top = pos2(body.center().x, body.top() + (body.height() * 0.4 - galley.size().y).clamp(56.0, 160.0));
    widgets::paint_icon(ui, top - vec2(0.0, 28.0), icon::WARNING, 26.0, palette.failed);
    let drawn = galley.rect.translate(top.to_vec2());
    ui.painter().galley(top, galley, palette.text);
    let response = widgets::sense(ui, drawn, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
}

fn one_row(ui: &mut Ui, view: &View, file: FileId, places: &Places) -> Response {
    let palette = theme::palette(ui);
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), theme::ROW));
    // the file's own, wherever it stands: rows move during a run, and an open menu must stay with its file.
    // Keys go through the list as a whole, so Tab passes by
    let response = ui.interact(rect, Id::unique(("file", file.index())), Sense::CLICK);
    let selected = view.selection.holds(file);
    // with nothing selected the pane shows the first file
    let is_shown = view.selection.is_empty() && view.pane == Pane::Beside && view.shown_index() == Some(file);
    if selected || is_shown {
        ui.painter().rect_filled(rect, CornerRadius::ZERO, palette.selected);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, CornerRadius::ZERO, palette.hovered);
    }
    // of several the one that the keyboard stands on and the pane shows
    if view.selection.len() > 1 && view.selected == Some(file) {
        let mark = rect.with_max_x(rect.left() + 3.0);
        ui.painter().rect_filled(mark, CornerRadius::ZERO, palette.accent);
    }
    let Some(row) = view.file(file) else { return response };
    let told = row::show(ui, rect, view, row, places);
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, selected, &told.name));
    if told.details.is_empty() { response } else { response.on_hover_text_at_pointer(paths::shown_in(&told.details)) }
}

fn act(response: &Response, view: &View, file: FileId, commands: &mut Vec<Command>) {
    let modifiers = response.ctx.input(|input| input.modifiers);
    if response.clicked() {
        commands.push(match modifiers {
            Modifiers { shift: true, .. } => Command::SelectThrough(file),
            Modifiers { command: true, .. } => Command::Toggle(file),
            _ => Command::Select(Some(file)),
        });
    }
    // a menu is about what is selected, or about the row that was not
    if response.secondary_clicked() && !view.selection.holds(file) {
        commands.push(Command::Select(Some(file)));
    }
    if response.double_clicked() && !modifiers.any() {
        commands.push(Command::OpenWorkbook(file));
    }
    response.context_menu(|ui| menu::show(ui, view, file, commands));
}

/// The offset nearest to the present one at which the row is in sight.
fn offset_for(row: usize, scroll: &Scroll) -> f32 {
    let top = row as f32 * theme::ROW;
    let lowest = (top + theme::ROW - scroll.height).max(0.0);
    scroll.offset.clamp(lowest.min(top), top)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn row_comes_into_sight_with_the_least_scrolling() {
        let scroll = |offset| Scroll { offset, height: 300.0, reveal: None, sought: String::new() };
        assert!((offset_for(5, &scroll(0.0)) - 0.0).abs() < 0.1);
        assert!((offset_for(10, &scroll(0.0)) - 30.0).abs() < 0.1);
        assert!((offset_for(2, &scroll(300.0)) - 60.0).abs() < 0.1);
    }

    #[test]
    fn columns_never_overlap_and_end_with_the_row() {
        for width in [440.0, 600.0, 640.0, 900.0, 1200.0, 3800.0] {
            let Places { name, size, records, state, time, outcome } = Places::of(width, true);
            let all = [name, size, records, state, time, outcome];
            assert!(all.windows(2).all(|pair| (pair[0].1 - pair[1].0).abs() < 0.1), "{width}: {all:?}");
            assert!(outcome.1 <= width && outcome.1 - outcome.0 > 80.0, "{width}: {all:?}");
        }
    }
}
