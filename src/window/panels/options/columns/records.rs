//! Which records become rows: a line a filter below the columns, of which one at a time is open. A line that cannot be
//! used yet is kept while the sheet is open, and does nothing.

use std::path::PathBuf;

use eframe::egui::{
    Align, Button, Frame, Label, Layout, Margin, RichText, Role, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, vec2,
};

use super::lines::{Fault, Kind, Line};
use crate::engine::{Column, Filter, Place};
use crate::window::command::Command;
use crate::window::theme::{self, icon};
use crate::window::view::View;
use crate::window::widgets::{self, controls};

/// So many columns are offered by a click; others are typed.
const OFFERED: usize = 16;

/// The lines between frames.
#[derive(Debug, Default)]
pub struct State {
    lines: Vec<Line>,
    /// The filters in force that these lines stand for.
    stands_for: Vec<Filter>,
    open: Option<usize>,
    /// It has just opened.
    scrolls: bool,
    /// The list that was chosen in the system's dialog, for the open line.
    list: Option<PathBuf>,
    /// How high the lines were in the last frame.
    pub height: f32,
}

impl State {
    /// A list was chosen in the system's dialog.
    pub fn take_list(&mut self, list: PathBuf) {
        self.list = Some(list);
    }
}

/// What a person does to a line.
enum Edit {
    Remove(usize),
    Open(usize),
    Change(usize, Line),
}

pub fn show(ui: &mut Ui, view: &View, state: &mut State, commands: &mut Vec<Command>) {
    let (text, chosen) = (view.text(), &view.settings.choices.filters);
    if state.stands_for != *chosen {
        // others are in force now: somebody took them back, or took a preset
        state.lines = chosen.iter().map(Line::of).collect();
        state.stands_for.clone_from(chosen);
        state.open = state.open.filter(|at| *at < state.lines.len());
    }
    let mut edit = None;
    if let (Some(list), Some(at)) = (state.list.take(), state.open)
        && let Some(line) = state.lines.get(at)
    {
        edit = Some(Edit::Change(at, Line { value: list.display().to_string(), ..line.clone() }));
    }
    let mut is_added = false;
    ui.horizontal(|ui| {
        controls::group(ui, text.records).on_hover_text(text.filters_hint);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            is_added = ui.add(Button::new(text.add_filter).min_size(vec2(84.0, 26.0))).clicked();
        });
    });
    let most = (ui.content_rect().height() - 370.0).clamp(96.0, 340.0);
    state.height = 0.0;
    if !state.lines.is_empty() {
        let area = ScrollArea::vertical().id_salt("filters").auto_shrink([false, true]).max_height(most);
        let scrolls = &mut state.scrolls;
        let shown = area.show(ui, |ui| {
            ui.set_width(ui.available_width() - 10.0); // beside the scroll bar
            ui.spacing_mut().item_spacing.y = 0.0;
            for (at, line) in state.lines.iter().enumerate() {
                let is_open = state.open == Some(at);
                row(ui, view, (at, line), is_open, &mut edit);
                if is_open
                    && let Some(changed) =
                        ui.push_id(("filter", at), |ui| form(ui, view, (at, line), scrolls, commands)).inner
                {
                    edit = Some(Edit::Change(at, changed));
                }
            }
        });
        state.height = shown.inner_rect.height();
    }
    if is_added {
        (state.open, state.scrolls) = (Some(state.lines.len()), true);
        state.lines.push(Line::new());
        state.height = most; // what stands above makes room before it is there, so that nothing jumps
    }
    if let Some(edit) = edit {
        apply(edit, state);
        let filters: Vec<Filter> = state.lines.iter().filter_map(|line| line.filter().ok()).collect();
        if filters != *chosen {
            state.stands_for.clone_from(&filters);
            commands.push(Command::SetFilters(filters));
        }
    }
}

fn apply(edit: Edit, state: &mut State) {
    match edit {
        Edit::Remove(at) => {
            state.lines.remove(at);
            state.open = match state.open {
                Some(open) if open == at => None,
                Some(open) if open > at => Some(open - 1),
                open => open,
            };
        }
        Edit::Open(at) => {
            state.open = (state.open != Some(at)).then_some(at);
            state.scrolls = state.open.is_some();
        }
        Edit::Change(at, line) => state.lines[at] = line,
    }
}

/// What a line says, as one reads it: `text · contains: 한국`.
fn words(view: &View, line: &Line) -> String {
    let text = view.text();
    let kind = word(view, line.kind);
    let asked = match line.columns.trim().is_empty() {
        _ if !line.kind.has_column() && !line.kind.has_columns() => String::new(),
        true if line.kind.has_columns() => format!("{} · ", text.whole_record),
        _ => format!("{} · ", line.columns.trim()),
    };
    if line.kind.has_value() { format!("{asked}{kind}: {}", line.value) } else { format!("{asked}{kind}") }
}

fn word(view: &View, kind: Kind) -> &'static str {
    let at = Kind::ALL.iter().position(|known| *known == kind).unwrap_or_default();
    view.text().filter_kinds[at]
}

/// The name of a line's control for those who listen.
fn named(view: &View, at: usize, what: &str) -> String {
    format!("{} {}: {what}", view.text().filter, at + 1)
}

fn row(ui: &mut Ui, view: &View, (at, line): (usize, &Line), is_open: bool, edit: &mut Option<Edit>) {
    let (text, palette) = (view.text(), theme::palette(ui));
    let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), theme::ROW), Sense::hover());
    let place = row.with_min_x(row.right() - 2.0 * theme::CONTROL - 2.0);
    let said = words(view, line);
    let color = if line.filter().is_ok() { palette.text } else { palette.dim };
    let drawn = widgets::text_in(ui, row.with_max_x(place.left() - 6.0), Align::Min, &said, theme::body(), color);
    let response = widgets::sense(ui, drawn, Sense::hover()).on_hover_text(&said);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &said));
    let mut child = ui.new_child(UiBuilder::new().max_rect(place).id_salt(("filter marks", at)));
    child.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = 1.0;
        let mark = if is_open { icon::OPEN } else { icon::CLOSED };
        if widgets::icon_button(ui, mark, &named(view, at, text.column_options), 10.0).clicked() {
            *edit = Some(Edit::Open(at));
        }
        if widgets::icon_button(ui, icon::DELETE, &named(view, at, text.delete), 13.0).clicked() {
            *edit = Some(Edit::Remove(at));
        }
    });
}

/// The open line; gives it as it was changed. It is scrolled to once it opens.
fn form(
    ui: &mut Ui,
    view: &View,
    (at, line): (usize, &Line),
    scrolls: &mut bool,
    commands: &mut Vec<Command>,
) -> Option<Line> {
    let text = view.text();
    let mut changed = line.clone();
    let frame = Frame::new().fill(theme::palette(ui).sunken).corner_radius(theme::CONTROL_RADIUS);
    let frame =
        frame.inner_margin(Margin::same(10)).outer_margin(Margin { right: 4, top: 2, bottom: 8, ..Margin::ZERO });
    let shown = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
        ui.visuals_mut().extreme_bg_color = theme::palette(ui).pane;
        ui.horizontal_wrapped(|ui| {
            for kind in Kind::ALL {
                let word = word(view, kind);
                if controls::choice(ui, line.kind == kind, word, &named(view, at, word)) {
                    changed.become_kind(kind);
                }
            }
        });
        if line.kind.has_column() || line.kind.has_columns() {
            ui.add_space(4.0);
            columns(ui, view, at, &mut changed);
        }
        if line.kind.has_value() {
            ui.add_space(4.0);
            value(ui, view, at, &mut changed, commands);
        }
        let hint = RichText::new(text.filters_hint).font(theme::small()).color(theme::palette(ui).dim);
        ui.add(Label::new(hint).wrap());
    });
    if std::mem::take(scrolls) {
        shown.response.scroll_to_me(None);
    }
    (changed != *line).then_some(changed)
}

fn columns(ui: &mut Ui, view: &View, at: usize, line: &mut Line) {
    let text = view.text();
    let hint = if line.kind.has_columns() { text.whole_record } else { text.columns };
    let field = controls::field(&mut line.columns, hint).id_salt("columns").desired_width(f32::INFINITY);
    ui.add(field).accessible_name(named(view, at, text.columns));
    let names = line.names().unwrap_or_default();
    ui.horizontal_wrapped(|ui| {
        for name in offered(view) {
            let is_on = names.contains(&name);
            if controls::choice(ui, is_on, &name, &named(view, at, &name)) {
                line.toggle(&name);
            }
        }
    });
}

fn value(ui: &mut Ui, view: &View, at: usize, line: &mut Line, commands: &mut Vec<Command>) {
    let text = view.text();
    let hint = match line.kind {
        Kind::Matches | Kind::MatchesNot => text.filter_hint_pattern,
        Kind::Sample => "1000, 10%",
        Kind::Longer | Kind::NotLonger => "200",
        Kind::Every => "10",
        _ if line.kind.has_list() => text.filter_hint_list,
        _ => text.filter_value,
    };
    ui.horizontal(|ui| {
        let beside = if line.kind.has_list() || line.kind == Kind::Sample { 104.0 } else { 0.0 };
        let width = if beside > 0.0 { ui.available_width() - beside - 22.0 } else { f32::INFINITY };
        let field = controls::field(&mut line.value, hint).id_salt("value").desired_width(width);
        ui.add(field).accessible_name(named(view, at, text.filter_value));
        if line.kind.has_list() {
            let button = Button::new(text.choose).min_size(vec2(ui.available_width(), theme::CONTROL));
            let response = ui.add(button);
            let name = named(view, at, text.choose_list);
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
            if response.clicked() {
                commands.push(Command::ChooseList);
            }
        }
        if line.kind == Kind::Sample {
            controls::caption(ui, text.filter_seed);
            let mut typed = line.seed.to_string();
            let field = controls::field(&mut typed, "0").id_salt("seed").desired_width(ui.available_width() - 22.0);
            if ui.add(field).accessible_name(named(view, at, text.filter_seed)).changed() {
                line.seed = typed.trim().parse().unwrap_or(if typed.trim().is_empty() { 0 } else { line.seed });
            }
        }
    });
    let wrong = match line.filter() {
        Err(Fault::Pattern) => text.filter_bad_pattern,
        Err(Fault::Number) => text.filter_bad_number,
        Err(Fault::Size) => text.filter_bad_size,
        Ok(_) | Err(Fault::Unfinished) => return,
    };
    let response = ui.label(RichText::new(wrong).font(theme::small()).color(theme::palette(ui).failed));
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, wrong));
}

/// Columns that a filter may ask: those of the workbook by their headers, then other fields, then places.
fn offered(view: &View) -> Vec<String> {
    let look = view.preview.look().and_then(|look| look.found.as_ref().ok());
    let chosen = view.settings.choices.columns.as_chosen().or(look.map(|found| &found.columns[..])).unwrap_or_default();
    let mut names: Vec<String> = chosen.iter().map(|column| column.header().to_owned()).collect();
    let fields = view.preview.offers().fields.iter().chain(look.iter().flat_map(|found| &found.fields));
    for field in fields {
        let is_known = chosen.iter().any(|column| column.name().eq_ignore_ascii_case(&field.name));
        if !is_known && !names.contains(&field.name) {
            names.push(field.name.clone());
        }
    }
    let text = names.iter().position(|name| name == Column::TEXT);
    if let Some(text) = text.filter(|at| *at >= OFFERED - 1) {
        names.swap(text, 0); // it is asked most
    }
    names.truncate(OFFERED);
    names.push(Place::File.name().to_owned());
    names
}
