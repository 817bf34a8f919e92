//! What belongs to one file: its records as they will stand in the workbook, or all that is known of
//! it; and the run as a whole. Beside the list where the window is wide, else in the list's place.

pub mod details;
pub mod preview;
pub mod run;

use eframe::egui::{
    Align, CursorIcon, EventFilter, Key, Rect, Role, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use crate::session::FileRow;
use crate::window::command::Command;
use crate::window::theme::{self, icon};
use crate::window::view::{Pane, View};
use crate::window::{paths, widgets};

/// A window at least so wide has room for both.
const BOTH: f32 = 872.0;
const LEAST_LIST: f32 = 440.0;
const LEAST_PANE: f32 = 300.0;
const HEAD: f32 = 44.0;
/// Where less is left for the name, the number of records is told on hover.
const LEAST_NAME: f32 = 72.0;

/// What the pane shows, kept between frames.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tab {
    #[default]
    Preview,
    Details,
    Run,
}

/// The pane's own state, kept between frames.
#[derive(Debug, Default)]
pub struct State {
    pub tab: Tab,
    run: run::State,
}

/// A window of this width has room for list and pane.
#[must_use]
pub fn fits(width: f32) -> bool {
    width >= BOTH
}

/// The list's and the pane's part of the space below the choices; `None` has none.
#[must_use]
pub fn divide(space: Rect, view: &View) -> (Option<Rect>, Option<Rect>) {
    match view.pane {
        Pane::Hidden => (Some(space), None),
        Pane::Instead => (None, Some(space)),
        Pane::Beside => {
            let split = view.settings.window.split;
            let split = if split.is_finite() { split } else { 0.5 };
            let free = space.width() - theme::PANE_GAP;
            let list = (free * split).clamp(LEAST_LIST, (free - LEAST_PANE).max(LEAST_LIST)).round();
            let pane = space.with_min_x(space.left() + list + theme::PANE_GAP);
            (Some(space.with_max_x(space.left() + list)), Some(pane))
        }
    }
}

/// The gap between list and pane: dragged, or moved by the arrow keys.
pub fn splitter(ui: &mut Ui, space: Rect, list: Rect, view: &View, commands: &mut Vec<Command>) {
    let gap = Rect::from_min_max(pos2(list.right(), list.top()), pos2(list.right() + theme::PANE_GAP, list.bottom()));
    let mut child = ui.new_child(UiBuilder::new().max_rect(gap).id_salt("splitter"));
    let response = child.allocate_rect(gap, Sense::click_and_drag()).on_hover_cursor(CursorIcon::ResizeHorizontal);
    let free = space.width() - theme::PANE_GAP;
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::Splitter, true, view.text().splitter);
        info.value = Some(f64::from(list.width() / free * 100.0).round());
        info
    });
    if response.dragged() || response.has_focus() {
        let color = theme::palette(ui).accent;
        ui.painter().vline(gap.center().x, gap.shrink2(vec2(0.0, 10.0)).y_range(), Stroke::new(2.0, color));
    }
    let to = |width: f32| Command::SetSplit(width.clamp(LEAST_LIST, (free - LEAST_PANE).max(LEAST_LIST)) / free);
    let moved = response.dragged() || response.drag_stopped(); // the last step may come with the release
    if let (true, Some(pointer)) = (moved, response.interact_pointer_pos()) {
        commands.push(to(pointer.x - theme::PANE_GAP / 2.0 - space.left()));
    }
    if response.has_focus() {
        let keys = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, keys));
        for (key, by) in [(Key::ArrowLeft, -24.0), (Key::ArrowRight, 24.0)] {
            if ui.input(|input| input.key_pressed(key)) {
                commands.push(to(list.width() + by));
            }
        }
    }
}

pub fn show(ui: &mut Ui, pane: Rect, view: &View, state: &mut State, commands: &mut Vec<Command>) {
    widgets::card(ui, pane);
    let mut ui = ui.new_child(UiBuilder::new().max_rect(pane).id_salt("pane"));
    ui.set_clip_rect(pane.intersect(ui.clip_rect()));
    let head = pane.with_max_y(pane.top() + HEAD);
    show_head(&mut ui, head, view, &mut state.tab, commands);
    let line = Stroke::new(1.0, theme::palette(&ui).line);
    ui.painter().hline(pane.x_range(), head.bottom(), line);
    let body = Rect::from_min_max(pos2(pane.left() + 1.0, head.bottom()), pane.max - vec2(1.0, 2.0));
    match (view.shown(), state.tab) {
        (_, Tab::Run) => run::show(&mut ui, body, view, &mut state.run, commands),
        (None, _) => {} // no file is listed, and the list says why
        (Some(file), Tab::Preview) => preview::show(&mut ui, body, view, file, commands),
        (Some(file), Tab::Details) => details::show(&mut ui, body, view, file, commands),
    }
}

fn show_head(ui: &mut Ui, head: Rect, view: &View, tab: &mut Tab, commands: &mut Vec<Command>) {
    let text = view.text();
    let mut left = head.left() + 10.0;
    for (which, word) in [(Tab::Preview, text.preview), (Tab::Details, text.details), (Tab::Run, text.run)] {
        let (rect, clicked) = chip(ui, pos2(left, head.center().y), word, *tab == which);
        if clicked {
            *tab = which;
        }
        left = rect.right() + 6.0;
    }
    let close = Rect::from_center_size(pos2(head.right() - 22.0, head.center().y), vec2(28.0, 28.0));
    let mut child = ui.new_child(UiBuilder::new().max_rect(close).id_salt("hide"));
    if widgets::icon_button(&mut child, icon::REMOVE, text.hide_pane, 11.0).clicked() {
        commands.push(Command::ShowPane(false));
    }
    let Some(file) = view.shown().filter(|_| *tab != Tab::Run) else { return };
    let name = paths::shown_name(&file.source.name);
    let counted = if *tab == Tab::Preview { counted(view, file) } else { None };
    let behind = counted.map(|counted| format!(" · {counted}")).unwrap_or_default();
    let words = format!("{name}{behind}");
    let room = Rect::from_min_max(pos2(left + 8.0, head.top()), pos2(close.left() - 2.0, head.bottom()));
    let palette = theme::palette(ui);
    let needs = widgets::line(ui, &behind, theme::small(), palette.dim, room.width()).size().x;
    let behind = if room.width() - needs < LEAST_NAME { "" } else { &behind };
    let count = widgets::text_in(ui, room, Align::Max, behind, theme::small(), palette.dim);
    let room = room.with_max_x(room.right() - count.width());
    let end = widgets::path_end(ui, &name, &theme::small(), room.width());
    let drawn = widgets::text_in(ui, room, Align::Max, &end, theme::small(), palette.dim).union(count);
    let response = widgets::sense(ui, drawn, Sense::hover()).on_hover_text(&words);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
}

/// How many of the file's records are shown.
fn counted(view: &View, file: &FileRow) -> Option<String> {
    let look = view.preview.look().filter(|look| look.source == file.source)?;
    let found = look.found.as_ref().ok()?;
    if found.sifted.is_some() {
        return Some(view.phrases().records(found.rows.len() as u64));
    }
    let in_run = file.state.converted().map(|report| report.records);
    let all = in_run.or(found.is_all.then_some(found.rows.len() as u64));
    Some(view.phrases().first_of(found.rows.len(), all))
}

fn chip(ui: &mut Ui, left: eframe::egui::Pos2, word: &str, chosen: bool) -> (Rect, bool) {
    let palette = theme::palette(ui);
    let color = if chosen { palette.accent } else { palette.dim };
    let font = if chosen { theme::small_strong() } else { theme::small() };
    let galley = widgets::line(ui, word, font, color, 160.0);
    let rect = Rect::from_min_size(pos2(left.x, left.y - 13.0), vec2(galley.size().x + 20.0, 26.0));
    let response = widgets::chip(ui, rect, word, chosen);
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, chosen, word));
    ui.painter().galley(rect.center() - galley.size() / 2.0, galley, color);
    (rect, response.clicked())
}
