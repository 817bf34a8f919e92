//! The list: a row a source file. Only the rows in sight are drawn, so that a hundred thousand cost
//! no more than twenty.

use eframe::egui::{
    Align, CornerRadius, Event, Key, Rect, Response, Role, ScrollArea, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2,
    vec2,
};

use super::command::Command;
use super::theme::{self, icon};
use super::view::{Activity, Pane, View};
use super::{controls, encodings, row, widgets};

/// Where the list stands, kept between frames.
#[derive(Debug, Default)]
pub struct Scroll {
    offset: f32,
    height: f32,
    /// The row that the keyboard went to and that must come into sight.
    reveal: Option<usize>,
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
    let head = Rect::from_min_size(pane.min, vec2(pane.width(), theme::HEAD + 4.0));
    let places = Places::of(pane.width() - 2.0, !matches!(view.activity, Activity::Listing | Activity::Ready));
    show_head(ui, head, view, &places);
    if view.pane == Pane::Hidden {
        pane_button(ui, head, view, commands);
    }
    let Some(progress) = view.progress else { return };
    let rows = progress.files.len();
    keyboard(ui, view, scroll, commands);

    let body = Rect::from_min_max(pos2(pane.left() + 1.0, head.bottom()), pane.max - vec2(1.0, 2.0));
    let mut child = ui.new_child(UiBuilder::new().max_rect(body).id_salt("list"));
    child.spacing_mut().item_spacing.y = 0.0;
    child.set_clip_rect(body.intersect(ui.clip_rect()));
    let mut area = ScrollArea::vertical().auto_shrink(false).id_salt("files");
    if let Some(row) = scroll.reveal.take() {
        area = area.vertical_scroll_offset(offset_for(row, scroll));
    }
    let output = area.show_rows(&mut child, theme::ROW, rows, |ui, range| {
        for index in range {
            let response = one_row(ui, view, index, &places);
            act(&response, view, index, commands);
        }
    });
    (scroll.offset, scroll.height) = (output.state.clamped_offset().y, output.inner_rect.height());
}

fn show_head(ui: &mut Ui, head: Rect, view: &View, places: &Places) {
    let palette = theme::palette(ui);
    let text = view.text();
    let columns = [
        (places.name, text.file, Align::Min),
        (places.size, text.size, Align::Max),
        (places.records, text.records, Align::Max),
        (places.state, text.progress, Align::Min),
        (places.time, text.time, Align::Max),
        (places.outcome, text.what_happened, Align::Min),
    ];
    // the button that brings the pane back stands at the end of the line
    let right = if view.pane == Pane::Hidden { head.right() - 36.0 } else { head.right() };
    for (at, word, align) in columns {
        let rect = row::inset(place(head.translate(vec2(1.0, 0.0)), at), at, places);
        let rect = rect.with_max_x(rect.right().min(right));
        widgets::text_in(ui, rect, align, word, theme::label(), palette.dim);
    }
    let line = Stroke::new(1.0, palette.line);
    ui.painter().hline(head.x_range(), head.bottom() - 0.5, line);
}

/// Brings the pane back, where it is hidden.
fn pane_button(ui: &mut Ui, head: Rect, view: &View, commands: &mut Vec<Command>) {
    let at = Rect::from_center_size(pos2(head.right() - 19.0, head.center().y), vec2(28.0, 28.0));
    let mut child = ui.new_child(UiBuilder::new().max_rect(at).id_salt("show pane"));
    if widgets::icon_button(&mut child, icon::PANE, view.text().show_pane, 16.0).clicked() {
        commands.push(Command::ShowPane(true));
    }
}

fn one_row(ui: &mut Ui, view: &View, index: usize, places: &Places) -> Response {
    let palette = theme::palette(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), theme::ROW), Sense::click());
    let selected = view.selected == Some(index);
    let is_shown = view.pane == Pane::Beside && view.shown_index() == Some(index);
    if selected || is_shown {
        ui.painter().rect_filled(rect, CornerRadius::ZERO, palette.selected);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, CornerRadius::ZERO, palette.hovered);
    }
    let Some(file) = view.progress.and_then(|progress| progress.files.get(index)) else { return response };
    let told = row::show(ui, rect, view, file, places);
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, selected, &told.name));
    if told.details.is_empty() { response } else { response.on_hover_text_at_pointer(&told.details) }
}

fn act(response: &Response, view: &View, index: usize, commands: &mut Vec<Command>) {
    if response.clicked() || response.secondary_clicked() {
        commands.push(Command::Select(Some(index)));
    }
    if response.double_clicked() {
        commands.push(Command::OpenWorkbook(index));
    }
    let text = view.text();
    response.context_menu(|ui| {
        controls::menu(ui, 160.0);
        let Some(file) = view.progress.and_then(|progress| progress.files.get(index)) else { return };
        if ui.add_enabled(row::workbook(file).is_some(), eframe::egui::Button::new(text.open_workbook)).clicked() {
            commands.push(Command::OpenWorkbook(index));
        }
        if ui.button(text.show_in_folder).clicked() {
            commands.push(Command::ShowInFolder(index));
        }
        if ui.button(text.copy_path).clicked() {
            commands.push(Command::Copy(file.source.path.display().to_string()));
        }
        if !view.activity.is_run() {
            ui.menu_button(text.encoding_of_file, |ui| encodings::of_file(ui, view, file, commands));
        }
        let problem = row::problem(view, file);
        if ui.add_enabled(problem.is_some(), eframe::egui::Button::new(text.copy_problem)).clicked() {
            commands.extend(problem.map(Command::Copy));
        }
    });
}

/// Arrows, Page Up and Down, Home and End move the selection, even while the pane stands in the list's
/// place; Enter opens the workbook.
pub fn keyboard(ui: &Ui, view: &View, scroll: &mut Scroll, commands: &mut Vec<Command>) {
    let rows = view.progress.map_or(0, |progress| progress.files.len());
    if rows == 0 || ui.text_edit_focused() || eframe::egui::Popup::is_any_open(ui) {
        return;
    }
    let page = (scroll.height / theme::ROW).max(1.0) as usize;
    let last = rows - 1;
    let from = |step: fn(usize, usize) -> usize, by| view.selected.map_or(0, |at| step(at, by));
    for event in ui.input(|input| input.events.clone()) {
        let Event::Key { key, pressed: true, modifiers, .. } = event else { continue };
        if modifiers.any() {
            continue;
        }
        let to = match key {
            Key::ArrowDown => from(usize::saturating_add, 1),
            Key::ArrowUp => from(usize::saturating_sub, 1),
            Key::PageDown => from(usize::saturating_add, page),
            Key::PageUp => from(usize::saturating_sub, page),
            Key::Home => 0,
            Key::End => last,
            Key::Enter if ui.memory(|memory| memory.focused().is_none()) => {
                commands.extend(view.selected.map(Command::OpenWorkbook));
                continue;
            }
            _ => continue,
        };
        let to = to.min(last);
        scroll.reveal = Some(to);
        commands.push(Command::Select(Some(to)));
    }
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
    fn a_row_comes_into_sight_with_the_least_scrolling() {
        let scroll = |offset| Scroll { offset, height: 300.0, reveal: None };
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
