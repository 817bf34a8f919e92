//! Which columns the workbooks get: automatic, or a person's own choice of all that the files offer, in
//! any order and under any name; and below them which records become rows.
//!
//! A choice acts at once. One that cannot be (an empty header, the same one twice) is kept as a draft
//! and said so, and the last good one stays in force.

mod kinds;
mod lines;
mod options;
mod records;
mod rows;

use std::path::PathBuf;

use eframe::egui::{Key, RichText, Role, ScrollArea, Ui, WidgetInfo, vec2};

use crate::engine::{Column, Columns, Css, Origin};
use crate::text::Explained;
use crate::window::command::Command;
use crate::window::theme;
use crate::window::view::View;
use crate::window::widgets::controls;

/// Narrow enough to leave the preview beside it in sight.
const WIDTH: f32 = 392.0;

/// A line of choices at least so wide has room for how many fields are taken.
const COUNTED: f32 = 700.0;

/// The chooser between frames.
#[derive(Debug, Default)]
pub struct State {
    /// Columns that cannot be, while somebody is on the way to others, and those in force meanwhile.
    draft: Option<(Vec<Column>, Columns)>,
    /// The column whose options are open.
    open: Option<Origin>,
    selector: String,
    records: records::State,
}

impl State {
    /// A filter's list was chosen in the system's dialog.
    pub fn take_list(&mut self, list: PathBuf) {
        self.records.take_list(list);
    }
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
    let value = view.settings.choices.columns.as_chosen().map_or_else(|| text.automatic.to_owned(), headers);
    let filters = view.settings.choices.filters.len();
    let value = if filters == 0 { value } else { format!("{value} · {}", view.phrases().filters(filters)) };
    let room = (ui.max_rect().width() - 940.0).clamp(90.0, 240.0);
    let button = controls::named_button(ui, text.columns, &value, room);
    taken(ui, view);
    let open = controls::sheet(ui, &button, text.columns, WIDTH, |ui| chooser(ui, view, state, commands));
    if !open {
        *state = State::default();
    }
}

/// How many of the fields that the shown file offers are taken, unless all are.
fn taken(ui: &mut Ui, view: &View) {
    let found = view.preview.look().and_then(|look| look.found.as_ref().ok());
    let fields = found.and_then(|found| Explained::fields(view.lang, found));
    let Some(fields) = fields.filter(|_| ui.max_rect().width() > COUNTED) else {
        ui.skip_ahead_auto_ids(1); // what stands behind it stays the same, and open
        return;
    };
    let words = RichText::new(&fields.short).font(theme::small()).color(theme::palette(ui).dim);
    let response = ui.label(words).on_hover_text(&fields.long);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &fields.long));
}

fn headers(columns: &[Column]) -> String {
    columns.iter().map(Column::header).collect::<Vec<_>>().join(", ")
}

fn chooser(ui: &mut Ui, view: &View, state: &mut State, commands: &mut Vec<Command>) {
    let text = view.text();
    // others are in force now: somebody took them back, or took a preset
    state.draft.take_if(|(_, before)| *before != view.settings.choices.columns);
    let is_auto = view.settings.choices.columns.as_chosen().is_none() && state.draft.is_none();
    let mut columns = current(view, state);
    ui.horizontal(|ui| {
        if controls::choice(ui, is_auto, text.automatic, text.automatic) && !is_auto {
            state.draft = None;
            commands.push(Command::SetColumns(Columns::AUTO));
        }
        if controls::choice(ui, !is_auto, text.own_choice, text.own_choice) && is_auto {
            commit(columns.clone(), view, state, commands);
        }
        if is_auto {
            ui.add_space(4.0);
            controls::caption(ui, text.automatic_line);
        }
    });
    controls::rule(ui);
    let most = (ui.content_rect().height() - 350.0 - state.records.height).clamp(96.0, 460.0);
    let mut edit = None;
    ScrollArea::vertical().auto_shrink([false, true]).max_height(most).show(ui, |ui| {
        ui.set_width(ui.available_width() - 10.0); // beside the scroll bar
        ui.spacing_mut().item_spacing.y = 0.0;
        if is_auto {
            kinds::numbers(ui, view, commands);
        }
        rows::chosen(ui, view, state, &columns, &mut edit);
        rows::offered(ui, view, &columns, &mut edit);
    });
    controls::rule(ui);
    add_selector(ui, view, state, &mut edit);
    if Columns::chosen(columns.clone()).is_err() {
        let words = if columns.is_empty() && state.draft.is_none() { text.no_fields } else { text.columns_bad };
        let color = if state.draft.is_some() { theme::palette(ui).failed } else { theme::palette(ui).dim };
        ui.label(RichText::new(words).font(theme::small()).color(color));
    }
    if let Some(edit) = edit {
        apply(edit, &mut columns);
        commit(columns, view, state, commands);
    }
    controls::rule(ui);
    records::show(ui, view, &mut state.records, commands);
}

/// The columns in force, or on the way.
fn current(view: &View, state: &State) -> Vec<Column> {
    let found = view.preview.look().and_then(|look| look.found.as_ref().ok());
    let draft = state.draft.as_ref().map(|(draft, _)| &draft[..]);
    let chosen = draft.or(view.settings.choices.columns.as_chosen());
    chosen.or(found.map(|found| &found.columns[..])).unwrap_or_default().to_vec()
}

fn commit(columns: Vec<Column>, view: &View, state: &mut State, commands: &mut Vec<Command>) {
    match Columns::chosen(columns.clone()) {
        Ok(good) => {
            state.draft = None;
            commands.push(Command::SetColumns(good));
        }
        Err(_) => state.draft = Some((columns, view.settings.choices.columns.clone())),
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

fn add_selector(ui: &mut Ui, view: &View, state: &mut State, edit: &mut Option<Edit>) {
    let text = view.text();
    controls::group(ui, text.add_selector);
    let good = is_selector(&state.selector);
    ui.horizontal(|ui| {
        let width = ui.available_width() - 84.0;
        let field = controls::field(&mut state.selector, text.selector_hint).desired_width(width - 20.0);
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
    fn selector_may_end_in_an_attribute() {
        for good in ["h1", "div.body > p", "a@href", "a[rel] @href"] {
            assert!(is_selector(good), "{good}");
        }
        for bad in ["", "h1[", "@href", "a@", ">"] {
            assert!(!is_selector(bad), "{bad}");
        }
    }
}
