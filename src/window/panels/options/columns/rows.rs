//! The rows of the chooser: the chosen columns in their order, then what else the files offer.

use eframe::egui::{CursorIcon, EventFilter, Id, Key, Modifiers, Rect, Sense, Ui, UiBuilder, pos2, vec2};

use super::{Edit, State, options};
use crate::engine::{Column, Origin, Place};
use crate::window::theme::{self, icon};
use crate::window::view::View;
use crate::window::widgets;
use crate::window::widgets::{controls, value_line};

const NAME: f32 = 140.0;

pub fn chosen(ui: &mut Ui, view: &View, state: &mut State, columns: &[Column], edit: &mut Option<Edit>) {
    let mut rows = Vec::with_capacity(columns.len());
    let mut dragged = None;
    for (at, column) in columns.iter().enumerate() {
        let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), theme::ROW), Sense::hover());
        rows.push(row);
        // the same field may stand twice, under two headers
        let twins = columns[..at].iter().filter(|other| other.from == column.from).count();
        let id = ui.scope_id().with((&column.from, twins));
        if grip(ui, row, id) {
            dragged = Some(at);
        }
        let open = state.open.as_ref() == Some(&column.from);
        let (more, to) = marks(ui, row, id, view, (at, columns.len()), column, open);
        if more {
            state.open = (!open).then(|| column.from.clone());
        }
        let words = row.with_min_x(row.left() + 22.0).with_max_x(row.right() - 92.0);
        let named = name_of(view, column);
        let response = controls::check(ui, words.with_max_x(words.left() + NAME), id.with("on"), true, &named, &named);
        if response.clicked() {
            *edit = Some(Edit::Remove(at));
        }
        let keys = response.has_focus().then(|| keyboard(ui, response.id, at)).flatten();
        if let Some(to) = to.or(keys).filter(|to| *to < columns.len()) {
            *edit = Some(Edit::Move(at, to));
        }
        example(ui, words.with_min_x(words.left() + NAME + theme::GAP), &value_of(view, column));
        if open && let Some(changed) = ui.push_id(id, |ui| options::show(ui, view, column)).inner {
            *edit = Some(Edit::Change(at, changed));
        }
    }
    let pointer = ui.input(|input| input.pointer.interact_pos());
    if let (Some(from), Some(pointer)) = (dragged, pointer) {
        let to = rows.iter().position(|row| row.y_range().contains(pointer.y));
        if let Some(to) = to.filter(|to| *to != from) {
            *edit = Some(Edit::Move(from, to));
        }
    }
}

/// What a row is dragged by.
fn grip(ui: &Ui, row: Rect, id: Id) -> bool {
    let at = Rect::from_min_size(row.min, vec2(18.0, row.height()));
    let response = ui.interact(at, id.with("grip"), Sense::drag()).on_hover_cursor(CursorIcon::Grab);
    let palette = theme::palette(ui);
    let color = if response.hovered() || response.dragged() { palette.text } else { palette.faint };
    widgets::paint_icon(ui, pos2(at.left() + 7.0, at.center().y), icon::GRIP, 13.0, color);
    response.dragged()
}

/// Up, down and options at the end of a row: whether the last was clicked, and where the row is to go.
fn marks(
    ui: &mut Ui,
    row: Rect,
    id: Id,
    view: &View,
    (at, count): (usize, usize),
    column: &Column,
    open: bool,
) -> (bool, Option<usize>) {
    let text = view.text();
    let place = row.with_min_x(row.right() - 86.0);
    let mut child = ui.new_child(UiBuilder::new().max_rect(place).id_salt(id.with("marks")));
    child
        .horizontal_centered(|ui| {
            ui.spacing_mut().item_spacing.x = 1.0;
            let named = |word: &str| format!("{word}: {}", column.header());
            let mut button = |mark, word: &str, enabled: bool| {
                let response =
                    ui.add_enabled_ui(enabled, |ui| widgets::icon_button(ui, mark, &named(word), 10.0)).inner;
                enabled && response.clicked()
            };
            let up = button(icon::UP, text.move_up, at > 0);
            let down = button(icon::DOWN, text.move_down, at + 1 < count);
            let more = button(if open { icon::OPEN } else { icon::CLOSED }, text.column_options, true);
            (more, if up { Some(at - 1) } else { down.then_some(at + 1) })
        })
        .inner
}

/// Alt and an arrow key move the row.
fn keyboard(ui: &Ui, id: Id, at: usize) -> Option<usize> {
    let keys = EventFilter { vertical_arrows: ui.input(|input| input.modifiers.alt), ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, keys));
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::ALT, key));
    if pressed(Key::ArrowUp) { at.checked_sub(1) } else { pressed(Key::ArrowDown).then_some(at + 1) }
}

/// What is not chosen yet: the other fields, then the places.
pub fn offered(ui: &mut Ui, view: &View, columns: &[Column], edit: &mut Option<Edit>) {
    let look = view.preview.look().and_then(|look| look.found.as_ref().ok());
    let fields = view.preview.offers().fields.iter().chain(look.iter().flat_map(|found| &found.fields));
    let mut names: Vec<&str> = columns.iter().map(Column::name).collect();
    let mut offered = Vec::new();
    for field in fields {
        if !names.iter().any(|name| name.eq_ignore_ascii_case(&field.name)) {
            names.push(&field.name);
            offered.push(Column::field(&field.name));
        }
    }
    for column in offered {
        offer(ui, view, column, edit);
    }
    let is_chosen = |place| columns.iter().any(|column| column.from == Origin::Place(place));
    let places: Vec<_> = Place::ALL.into_iter().filter(|place| !is_chosen(*place)).collect();
    if !places.is_empty() {
        ui.add_space(10.0);
        controls::group(ui, view.text().places);
        ui.add_space(2.0);
    }
    for place in places {
        offer(ui, view, Column { from: Origin::Place(place), ..Column::field("") }, edit);
    }
}

fn offer(ui: &mut Ui, view: &View, column: Column, edit: &mut Option<Edit>) {
    let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), theme::ROW), Sense::hover());
    let words = row.with_min_x(row.left() + 22.0).with_max_x(row.right() - 92.0);
    let id = ui.scope_id().with(&column.from).with("on");
    let named = name_of(view, &column);
    let response = controls::check(ui, words.with_max_x(words.left() + NAME), id, false, &named, &named);
    example(ui, words.with_min_x(words.left() + NAME + theme::GAP), &value_of(view, &column));
    if response.clicked() {
        *edit = Some(Edit::Add(column));
    }
}

fn example(ui: &Ui, at: Rect, value: &str) {
    value_line::paint(ui, at, value.trim_start(), &theme::small(), theme::palette(ui).dim);
}

/// The header, and what stands below it where that is something else.
fn name_of(view: &View, column: &Column) -> String {
    let text = view.text();
    let name = match column.from {
        Origin::Place(Place::File) => text.place_file,
        Origin::Place(Place::Folder) => text.place_folder,
        Origin::Place(Place::Source) => text.place_source,
        Origin::Place(Place::Number) => text.place_number,
        Origin::Place(Place::Line) => text.place_line,
        Origin::Field(_) | Origin::Select(_) => column.name(),
    };
    column.header.as_ref().map_or_else(|| name.to_owned(), |header| format!("{header} ({name})"))
}

/// A value that the column has or would have.
fn value_of(view: &View, column: &Column) -> String {
    let look = view.preview.look().and_then(|look| look.found.as_ref().ok().map(|found| (look, found)));
    if let Some((_, found)) = look
        && let Some(at) = found.columns.iter().position(|known| known.from == column.from)
        && let Some(value) = found.rows.iter().filter_map(|row| row.get(at)).find(|value| !value.trim().is_empty())
    {
        return value.chars().take(200).collect();
    }
    match (&column.from, look) {
        (Origin::Place(Place::File), Some((look, _))) => look.source.file_name(),
        (Origin::Place(Place::Folder), Some((look, _))) => {
            look.source.name.parent().map(|folder| folder.display().to_string()).unwrap_or_default()
        }
        (Origin::Place(Place::Source), Some((look, _))) => look.source.name.display().to_string(),
        (Origin::Place(Place::Number | Place::Line), Some(_)) => "1".to_owned(),
        (Origin::Field(name), look) => {
            let offers = view.preview.offers().fields.iter();
            let mut fields = offers.chain(look.iter().flat_map(|(_, found)| &found.fields));
            fields.find(|field| field.name == *name).map(|field| field.example.clone()).unwrap_or_default()
        }
        _ => String::new(),
    }
}
