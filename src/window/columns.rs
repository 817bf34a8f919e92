//! Which columns the workbooks get: automatic, or a person's own choice of all that the files offer, in
//! any order and under any name.
//!
//! A choice acts at once. One that cannot be (an empty header, the same one twice) is kept as a draft
//! and said so, and the last good one stays in force.

use eframe::egui::{
    CursorIcon, EventFilter, Id, Key, Modifiers, Rect, RichText, Role, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo,
    pos2, vec2,
};

use super::command::Command;
use super::theme::{self, icon};
use super::view::View;
use super::{cell, column_options, widgets};
use crate::engine::{Column, Columns, Css, Origin, Place};

/// Narrow enough to leave the preview beside it in sight.
const WIDTH: f32 = 392.0;
const NAME: f32 = 140.0;

/// The chooser between frames.
#[derive(Debug, Default)]
pub struct State {
    /// Columns that cannot be, while somebody is on the way to others.
    draft: Option<Vec<Column>>,
    /// The column whose options are open.
    open: Option<Origin>,
    selector: String,
}

/// What a person does to the list of columns.
enum Edit {
    Add(Column),
    Remove(usize),
    Move(usize, usize),
    Change(usize, Column),
}

pub fn show(ui: &mut Ui, view: &View, state: &mut State, commands: &mut Vec<Command>) {
    let text = view.text();
    let value = view.settings.columns.as_chosen().map_or_else(|| text.automatic.to_owned(), headers);
    let room = (ui.max_rect().width() - 940.0).clamp(90.0, 240.0);
    let button = widgets::named_button(ui, text.columns, &value, room);
    let open = widgets::sheet(ui, &button, text.columns, WIDTH, |ui| chooser(ui, view, state, commands));
    if !open {
        *state = State::default();
    }
}

fn headers(columns: &[Column]) -> String {
    columns.iter().map(Column::header).collect::<Vec<_>>().join(", ")
}

fn chooser(ui: &mut Ui, view: &View, state: &mut State, commands: &mut Vec<Command>) {
    let text = view.text();
    let is_auto = view.settings.columns == Columns::AUTO && state.draft.is_none();
    let mut columns = current(view, state);
    ui.horizontal(|ui| {
        if widgets::choice(ui, is_auto, text.automatic, text.automatic) {
            state.draft = None;
            commands.push(Command::SetColumns(Columns::AUTO));
        }
        if widgets::choice(ui, !is_auto, text.own_choice, text.own_choice) && is_auto {
            commit(columns.clone(), state, commands);
        }
        if is_auto {
            ui.add_space(4.0);
            widgets::caption(ui, text.automatic_line);
        }
    });
    widgets::rule(ui);
    let most = (ui.content_rect().height() - 300.0).clamp(120.0, 460.0);
    let mut edit = None;
    ScrollArea::vertical().auto_shrink([false, true]).max_height(most).show(ui, |ui| {
        ui.set_width(ui.available_width() - 10.0); // beside the scroll bar
        ui.spacing_mut().item_spacing.y = 0.0;
        chosen_rows(ui, view, state, &columns, &mut edit);
        offered_rows(ui, view, &columns, &mut edit);
    });
    widgets::rule(ui);
    add_selector(ui, view, state, &mut edit);
    if Columns::chosen(columns.clone()).is_err() {
        let words = if columns.is_empty() && state.draft.is_none() { text.no_fields } else { text.columns_bad };
        let color = if state.draft.is_some() { theme::palette(ui).failed } else { theme::palette(ui).dim };
        ui.label(RichText::new(words).font(theme::small()).color(color));
    }
    if let Some(edit) = edit {
        apply(edit, &mut columns);
        commit(columns, state, commands);
    }
}

/// The columns in force, or on the way.
fn current(view: &View, state: &State) -> Vec<Column> {
    let found = view.preview.look().and_then(|look| look.found.as_ref().ok());
    let chosen = state.draft.as_deref().or(view.settings.columns.as_chosen());
    chosen.or(found.map(|found| &found.columns[..])).unwrap_or_default().to_vec()
}

fn commit(columns: Vec<Column>, state: &mut State, commands: &mut Vec<Command>) {
    match Columns::chosen(columns.clone()) {
        Ok(good) => {
            state.draft = None;
            commands.push(Command::SetColumns(good));
        }
        Err(_) => state.draft = Some(columns),
    }
}

fn apply(edit: Edit, columns: &mut Vec<Column>) {
    match edit {
        // the text may take several cells, so it stays last until somebody moves it
        Edit::Add(column) if columns.last().is_some_and(|last| last.name() == Column::TEXT) => {
            columns.insert(columns.len() - 1, column);
        }
        Edit::Add(column) => columns.push(column),
        Edit::Remove(at) => drop(columns.remove(at)),
        Edit::Move(from, to) => {
            let column = columns.remove(from);
            columns.insert(to.min(columns.len()), column);
        }
        Edit::Change(at, column) => columns[at] = column,
    }
}

fn chosen_rows(ui: &mut Ui, view: &View, state: &mut State, columns: &[Column], edit: &mut Option<Edit>) {
    let mut rows = Vec::with_capacity(columns.len());
    let mut dragged = None;
    for (at, column) in columns.iter().enumerate() {
        let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), theme::ROW), Sense::hover());
        rows.push(row);
        let id = ui.scope_id().with(&column.from);
        if grip(ui, row, id) {
            dragged = Some(at);
        }
        let open = state.open.as_ref() == Some(&column.from);
        let (more, to) = marks(ui, row, view, (at, columns.len()), column, open);
        if more {
            state.open = (!open).then(|| column.from.clone());
        }
        let words = row.with_min_x(row.left() + 22.0).with_max_x(row.right() - 92.0);
        let named = name_of(view, column);
        let response = widgets::check(ui, words.with_max_x(words.left() + NAME), id.with("on"), true, &named, &named);
        if response.clicked() {
            *edit = Some(Edit::Remove(at));
        }
        let keys = response.has_focus().then(|| keyboard(ui, response.id, at)).flatten();
        if let Some(to) = to.or(keys).filter(|to| *to < columns.len()) {
            *edit = Some(Edit::Move(at, to));
        }
        example(ui, words.with_min_x(words.left() + NAME + theme::GAP), &value_of(view, column));
        if open && let Some(changed) = column_options::show(ui, view, column) {
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
    view: &View,
    (at, count): (usize, usize),
    column: &Column,
    open: bool,
) -> (bool, Option<usize>) {
    let text = view.text();
    let place = row.with_min_x(row.right() - 86.0);
    let mut child = ui.new_child(UiBuilder::new().max_rect(place).id_salt(("marks", &column.from)));
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
fn offered_rows(ui: &mut Ui, view: &View, columns: &[Column], edit: &mut Option<Edit>) {
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
        widgets::group(ui, view.text().places);
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
    let response = widgets::check(ui, words.with_max_x(words.left() + NAME), id, false, &named, &named);
    example(ui, words.with_min_x(words.left() + NAME + theme::GAP), &value_of(view, &column));
    if response.clicked() {
        *edit = Some(Edit::Add(column));
    }
}

fn example(ui: &Ui, at: Rect, value: &str) {
    cell::paint(ui, at, value.trim_start(), &theme::small(), theme::palette(ui).dim);
}

/// The header, and what stands below it where that is something else.
fn name_of(view: &View, column: &Column) -> String {
    let text = view.text();
    let name = match column.from {
        Origin::Place(Place::File) => text.place_file,
        Origin::Place(Place::Folder) => text.place_folder,
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
        (Origin::Place(Place::Number | Place::Line), Some(_)) => "1".to_owned(),
        (Origin::Field(name), look) => {
            let offers = view.preview.offers().fields.iter();
            let mut fields = offers.chain(look.iter().flat_map(|(_, found)| &found.fields));
            fields.find(|field| field.name == *name).map(|field| field.example.clone()).unwrap_or_default()
        }
        _ => String::new(),
    }
}

fn add_selector(ui: &mut Ui, view: &View, state: &mut State, edit: &mut Option<Edit>) {
    let text = view.text();
    widgets::group(ui, text.add_selector);
    let good = is_selector(&state.selector);
    ui.horizontal(|ui| {
        let width = ui.available_width() - 84.0;
        let field = widgets::field(&mut state.selector, text.selector_hint).desired_width(width - 20.0);
        let response = ui.add(field).accessible_name(text.add_selector);
        let button = eframe::egui::Button::new(text.add).min_size(vec2(ui.available_width(), theme::CONTROL));
        let clicked = ui.add_enabled(good, button).clicked();
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) && good;
        if clicked || entered {
            let from = Origin::Select(state.selector.trim().to_owned());
            *edit = Some(Edit::Add(Column { from, ..Column::field("") }));
            state.selector.clear();
        }
    });
    if !good && !state.selector.trim().is_empty() {
        let response = ui.label(RichText::new(text.selector_bad).font(theme::small()).color(theme::palette(ui).failed));
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text.selector_bad));
    }
}

/// A CSS selector, with or without an attribute behind `@`.
fn is_selector(typed: &str) -> bool {
    let (selector, attribute) = typed.rsplit_once('@').unwrap_or((typed, "any"));
    Css::parse(selector.trim()).is_some() && !attribute.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(edit: Edit) -> String {
        let mut columns = ["id", "title", "text"].map(Column::field).to_vec();
        apply(edit, &mut columns);
        headers(&columns)
    }

    #[test]
    fn columns_are_added_before_the_text_taken_out_and_moved() {
        assert_eq!(after(Edit::Add(Column::field("url"))), "id, title, url, text");
        assert_eq!(after(Edit::Remove(1)), "id, text");
        assert_eq!(after(Edit::Move(2, 0)), "text, id, title");
        assert_eq!(after(Edit::Move(0, 2)), "title, text, id");
    }

    #[test]
    fn a_selector_may_end_in_an_attribute() {
        for good in ["h1", "div.body > p", "a@href", "a[rel] @href"] {
            assert!(is_selector(good), "{good}");
        }
        for bad in ["", "h1[", "@href", "a@", ">"] {
            assert!(!is_selector(bad), "{bad}");
        }
    }
}
