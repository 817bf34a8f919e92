//! The head of the list: which states are shown, what is sought, by what it is sorted.

use std::fmt::Debug;
use std::hash::Hash;

use eframe::egui::{
    self, Align, CornerRadius, Id, Key, Popup, Rect, Response, Role, Sense, Stroke, TextEdit, Ui, UiBuilder,
    WidgetInfo, pos2, vec2,
};

use super::{Places, place, row};
use crate::session::Progress;
use crate::text::count;
use crate::window::command::Command;
use crate::window::state::order::filter::{Filter, SortBy};
use crate::window::theme::{self, icon};
use crate::window::view::{Activity, Pane, View};
use crate::window::widgets;
use crate::window::widgets::controls;

/// The height of the line with filters and search.
pub const LINE: f32 = 44.0;
const CHIP: f32 = 26.0;
/// What stands for the chips that find no room.
const MORE: f32 = 30.0;
const ARROW: f32 = 12.0;
/// The search field, where there is room and where there is little.
const FIELD: (f32, f32) = (180.0, 104.0);

fn search_id() -> Id {
    Id::unique("search in the list")
}

/// The keyboard goes to the search field.
pub fn focus_search(ui: &Ui) {
    ui.memory_mut(|memory| memory.request_focus(search_id()));
}

pub fn line(ui: &mut Ui, line: Rect, view: &View, sought: &mut String, commands: &mut Vec<Command>) {
    let palette = theme::palette(ui);
    ui.painter().hline(line.x_range(), line.bottom() - 0.5, Stroke::new(1.0, palette.line));
    let mut right = line.right() - 10.0;
    if view.pane == Pane::Hidden {
        pane_button(ui, pos2(line.right() - 20.0, line.center().y), view, commands);
        right -= 34.0;
    }
    let Some(progress) = view.progress else { return };
    let chips = chips(view, progress);
    let (field, least) = FIELD;
    let needs: f32 = chips.iter().map(|chip| width(ui, chip) + 4.0).sum();
    let field = (right - line.left() - 10.0 - needs - 8.0).clamp(least, field);
    let field = Rect::from_min_max(pos2(right - field, line.center().y - 14.0), pos2(right, line.center().y + 14.0));
    show_chips(ui, line.with_max_x(field.left() - 8.0), view, &chips, commands);
    search(ui, field, view, sought, commands);
}

struct Chip {
    filter: Filter,
    words: String,
}

/// The states that occur, each with how many.
fn chips(view: &View, progress: &Progress) -> Vec<Chip> {
    let text = view.text();
    let of = |filter| match filter {
        Filter::All => text.all,
        Filter::Running => text.running,
        Filter::Waiting if view.activity.is_run() => text.waiting,
        Filter::Waiting => text.not_begun,
        Filter::Done => text.done,
        Filter::UpToDate => text.up_to_date,
        Filter::Noted => text.notes,
        Filter::Failed => text.failed,
        Filter::NotRecognised => text.not_recognised,
        Filter::Skipped => text.skipped,
        Filter::Stopped => text.stopped,
    };
    let chip = |filter| {
        let number = view.order.count(filter, progress);
        // before a run all of them wait
        let tells = match filter {
            Filter::All => true,
            Filter::Waiting => number > 0 && !matches!(view.activity, Activity::Ready | Activity::Listing),
            _ => number > 0,
        };
        let words = format!("{} {}", capital(of(filter)), count(number as u64));
        (tells || view.order.filter() == filter).then_some(Chip { filter, words })
    };
    Filter::EACH.into_iter().filter_map(chip).collect()
}

/// States are in small letters in rows, and begin with a capital on buttons.
fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn width(ui: &Ui, chip: &Chip) -> f32 {
    let palette = theme::palette(ui);
    widgets::line(ui, &chip.words, theme::small_strong(), palette.text, 200.0).size().x.ceil() + 20.0
}

fn show_chips(ui: &mut Ui, room: Rect, view: &View, chips: &[Chip], commands: &mut Vec<Command>) {
    let mut left = room.left() + 10.0;
    let all: f32 = chips.iter().map(|chip| width(ui, chip) + 4.0).sum();
    let right = if left + all > room.right() { room.right() - MORE } else { room.right() };
    let mut hidden = Vec::new();
    for chip in chips {
        let wide = width(ui, chip);
        let chosen = view.order.filter() == chip.filter;
        if left + wide > right && chip.filter != Filter::All {
            hidden.push(chip);
            continue;
        }
        let rect = Rect::from_min_size(pos2(left, room.center().y - CHIP / 2.0), vec2(wide, CHIP));
        let response = one_chip(ui, rect, chip.filter, &chip.words, chosen);
        response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, chosen, &chip.words));
        if response.clicked() {
            commands.push(Command::Filter(if chosen { Filter::All } else { chip.filter }));
        }
        left = rect.right() + 4.0;
    }
    if hidden.is_empty() {
        return;
    }
    let chosen = hidden.iter().any(|chip| view.order.filter() == chip.filter);
    let rect = Rect::from_min_size(pos2(left, room.center().y - CHIP / 2.0), vec2(MORE, CHIP));
    let response = one_chip(ui, rect, "more chips", "…", chosen);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, view.text().more_states));
    Popup::menu(&response).show(|ui| {
        controls::menu(ui, 150.0);
        for chip in hidden {
            let chosen = view.order.filter() == chip.filter;
            let response = ui.add(egui::Button::selectable(chosen, &chip.words));
            response.widget_info(|| WidgetInfo::selected(Role::MenuItemRadio, true, chosen, &chip.words));
            if controls::picked(ui, &response) {
                commands.push(Command::Filter(if chosen { Filter::All } else { chip.filter }));
            }
        }
    });
}

fn one_chip(ui: &Ui, rect: Rect, what: impl Hash + Debug, words: &str, chosen: bool) -> Response {
    let palette = theme::palette(ui);
    let response = widgets::chip(ui, rect, what, chosen);
    let (font, color) = if chosen { (theme::small_strong(), palette.accent) } else { (theme::small(), palette.dim) };
    widgets::text_in(ui, rect, Align::Center, words, font, color);
    response
}

/// Escape empties the field, then leaves it; the arrow down leads to the first row found.
fn search(ui: &mut Ui, rect: Rect, view: &View, sought: &mut String, commands: &mut Vec<Command>) {
    let palette = theme::palette(ui);
    let text = view.text();
    let has_focus = ui.memory(|memory| memory.has_focus(search_id()));
    if !has_focus {
        sought.clear();
        sought.push_str(view.order.sought()); // it may have been cleared elsewhere
    }
    let radius = CornerRadius::same(theme::CONTROL_RADIUS);
    ui.painter().rect_filled(rect, radius, palette.sunken);
    if has_focus {
        ui.painter().rect_stroke(rect, radius, Stroke::new(1.0, palette.accent), egui::StrokeKind::Inside);
    }
    widgets::paint_icon(ui, pos2(rect.left() + 14.0, rect.center().y), icon::SEEK, 13.0, palette.faint);
    let clear = Rect::from_center_size(pos2(rect.right() - 13.0, rect.center().y), vec2(22.0, 22.0));
    let room = Rect::from_min_max(
        pos2(rect.left() + 26.0, rect.center().y - 8.0),
        pos2(clear.left() - 2.0, rect.center().y + 8.0),
    );
    let edit = TextEdit::singleline(sought)
        .id(search_id())
        .font(theme::small())
        .hint_text(egui::RichText::new(text.seek).font(theme::small()))
        .frame(egui::Frame::NONE)
        .margin(egui::Margin::ZERO)
        .desired_width(room.width());
    let response = ui.put(room, edit).accessible_name(text.seek);
    let mut changed = response.changed();
    if has_focus && ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, Key::ArrowDown)) {
        response.surrender_focus();
        commands.extend(view.order.at(0).map(|first| Command::Select(Some(first))));
    }
    if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape)) && !sought.is_empty() {
        sought.clear();
        changed = true;
        response.request_focus();
    }
    if !sought.is_empty() {
        let mut child = ui.new_child(UiBuilder::new().max_rect(clear).id_salt("clear search"));
        let button = child.allocate_rect(clear, Sense::click()).on_hover_text(text.clear_search);
        button.widget_info(|| WidgetInfo::labeled(Role::Button, true, text.clear_search));
        let color = if button.hovered() { palette.text } else { palette.faint };
        widgets::paint_icon(ui, clear.center(), icon::REMOVE, 9.0, color);
        widgets::focus_ring(ui, &button, radius, &palette);
        if button.clicked() {
            sought.clear();
            changed = true;
        }
    }
    if changed {
        commands.push(Command::Seek(sought.clone()));
    }
}

/// Brings the pane back, where it is hidden.
fn pane_button(ui: &mut Ui, middle: egui::Pos2, view: &View, commands: &mut Vec<Command>) {
    let at = Rect::from_center_size(middle, vec2(28.0, 28.0));
    let mut child = ui.new_child(UiBuilder::new().max_rect(at).id_salt("show pane"));
    if widgets::icon_button(&mut child, icon::PANE, view.text().show_pane, 16.0).clicked() {
        commands.push(Command::ShowPane(true));
    }
}

/// The columns' heads: a click sorts upwards, another downwards, a third not at all.
pub fn columns(ui: &mut Ui, head: Rect, view: &View, places: &Places, commands: &mut Vec<Command>) {
    let palette = theme::palette(ui);
    let text = view.text();
    let columns = [
        (places.name, text.file, Align::Min, SortBy::Name),
        (places.size, text.size, Align::Max, SortBy::Size),
        (places.records, text.records, Align::Max, SortBy::Records),
        (places.state, text.progress, Align::Min, SortBy::State),
        (places.time, text.time, Align::Max, SortBy::Time),
        (places.outcome, text.what_happened, Align::Min, SortBy::Outcome),
    ];
    for (at, word, align, by) in columns {
        let rect = row::inset(place(head.translate(vec2(1.0, 0.0)), at), at, places);
        if rect.width() < 8.0 {
            continue;
        }
        one_head(ui, rect, view, (word, align, by), commands);
    }
    let line = Stroke::new(1.0, palette.line);
    ui.painter().hline(head.x_range(), head.bottom() - 0.5, line);
}

fn one_head(
    ui: &mut Ui,
    rect: Rect,
    view: &View,
    (word, align, by): (&str, Align, SortBy),
    commands: &mut Vec<Command>,
) {
    let palette = theme::palette(ui);
    let text = view.text();
    let (sorted, descending) = view.order.sorted();
    let response = widgets::sense(ui, rect.expand2(vec2(6.0, 0.0)), Sense::click());
    let is_sorted = sorted == by;
    let name = match (is_sorted, descending) {
        (false, _) => word.to_owned(),
        (true, false) => format!("{word}, {}", text.ascending),
        (true, true) => format!("{word}, {}", text.descending),
    };
    response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, &name));
    let color = if is_sorted || response.hovered() { palette.text } else { palette.dim };
    // numbers stand at the right, and so does the word above them: the arrow goes before it
    let room = match (is_sorted, align) {
        (true, Align::Min) => rect.with_max_x(rect.right() - ARROW),
        _ => rect,
    };
    let drawn = widgets::text_in(ui, room, align, word, theme::label(), color);
    if is_sorted {
        let x = if align == Align::Max { drawn.left() - ARROW / 2.0 - 1.0 } else { drawn.right() + ARROW / 2.0 + 1.0 };
        let mark = if descending { icon::DOWN } else { icon::UP };
        widgets::paint_icon(ui, pos2(x, rect.center().y), mark, 9.0, palette.accent);
    }
    widgets::focus_ring(ui, &response, CornerRadius::same(theme::SMALL_RADIUS), &palette);
    if response.clicked() {
        commands.push(Command::Sort(by));
    }
}
