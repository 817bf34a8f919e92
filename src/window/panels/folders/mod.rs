//! From → To → Start: the first line of the window.

mod question;
mod recent;

use std::path::Path;

use eframe::egui::{self, Align, Frame, Key, Rect, TextEdit, Ui, UiBuilder, pos2, vec2};

use crate::engine::RunError;
use crate::text::Explained;
use crate::window::command::Command;
use crate::window::theme::{self, icon};
use crate::window::view::{Activity, Question, View};
use crate::window::{paths, widgets};

/// The two path fields while somebody types in them.
#[derive(Debug, Default)]
pub struct Fields {
    from: Option<Typed>,
    to: Option<Typed>,
}

/// A path being typed, and what stood there before.
#[derive(Debug)]
struct Typed {
    before: String,
    text: String,
}

/// What a card shows besides its path field.
struct Card<'a> {
    icon: &'a str,
    label: &'a str,
    line: String,
    is_bad: bool,
    choose: Command,
}

pub fn show(ui: &mut Ui, view: &View, fields: &mut Fields, commands: &mut Vec<Command>) {
    let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), theme::CARD), egui::Sense::hover());
    let ui = &mut ui.new_child(UiBuilder::new().max_rect(row).id_salt("folders"));
    let wide = row.width() > 800.0;
    let start_width = if wide { 124.0 } else { 104.0 };
    let arrow = if wide { 52.0 } else { 28.0 };
    let card_width = ((row.width() - start_width - theme::PANE_GAP - arrow) / 2.0).floor();
    let from = Rect::from_min_size(row.min, vec2(card_width, theme::CARD));
    let to = Rect::from_min_size(pos2(from.right() + arrow, row.top()), from.size());
    let start = Rect::from_min_max(pos2(to.right() + theme::PANE_GAP, row.top()), row.max);

    from_card(ui, from, view, &mut fields.from, commands);
    let middle = pos2(f32::midpoint(from.right(), to.left()), row.center().y);
    widgets::paint_icon(ui, middle, icon::TO, if wide { 18.0 } else { 14.0 }, theme::palette(ui).faint);
    to_card(ui, to, view, &mut fields.to, commands);
    start_button(ui, start, view, commands);
}

fn from_card(ui: &mut Ui, rect: Rect, view: &View, field: &mut Option<Typed>, commands: &mut Vec<Command>) {
    let text = view.text();
    let inputs = &view.settings.inputs;
    let first = inputs.first().map(|path| paths::shown(path)).unwrap_or_default();
    let more = (inputs.len() + view.settings.added.len()).saturating_sub(1);
    let shown = view.phrases().and_more(&first, more);
    let files = view.progress.map_or(0, |progress| progress.files.len());
    let (line, is_bad) = match (view.activity, view.refusal()) {
        (_, Some(error @ (RunError::Input { .. } | RunError::NoFiles { .. }))) => {
            (paths::shown_in(&view.worded(&Explained::run_error(view.lang, error))), true)
        }
        // the list says why
        (Activity::Refused, _) if files == 0 => (String::new(), false),
        (Activity::Listing, _) => (view.phrases().scanning(files), false),
        _ if view.is_cut_short() => (view.phrases().cut_short(files), false),
        _ => (view.phrases().files(files, view.progress.map_or(0, |progress| progress.bytes)) + &found(view), false),
    };
    let card = Card { icon: icon::FOLDER, label: text.from, line, is_bad, choose: Command::ChooseInput };
    if let Some(typed) = draw(ui, rect, view, &card, &shown, field, commands) {
        let paths = paths::typed(&typed);
        if paths.is_empty() && !typed.trim().is_empty() {
            commands.push(Command::NoPath);
        } else if !paths.is_empty() && paths != *inputs {
            commands.push(Command::SetInputs(paths));
        }
    }
}

/// What the files were recognised as, behind their number and size.
fn found(view: &View) -> String {
    let offers = view.preview.offers();
    let words = view.phrases().found(&offers.formats, &offers.encodings);
    if words.is_empty() { words } else { format!(" · {words}") }
}

fn to_card(ui: &mut Ui, rect: Rect, view: &View, field: &mut Option<Typed>, commands: &mut Vec<Command>) {
    let text = view.text();
    let output = view.settings.output();
    let files = view.progress.map_or(0, |progress| progress.files.len());
    let line = match view.activity {
        Activity::Listing | Activity::Refused => String::new(),
        _ => view.worded(&view.phrases().workbooks(files, view.settings.choices.merge.by)),
    };
    let card = Card { icon: icon::WORKBOOK, label: text.to, line, is_bad: false, choose: Command::ChooseOutput };
    if let Some(typed) = draw(ui, rect, view, &card, &paths::shown(&output), field, commands) {
        let path = paths::typed(&typed).into_iter().next();
        if path.is_none() && !typed.trim().is_empty() {
            commands.push(Command::NoPath);
        } else if path.as_deref() != Some(Path::new(&output)) {
            commands.push(Command::SetOutput(path)); // an emptied field means beside the input
        }
    }
}

/// Draws a card; gives the path text when somebody finished typing.
fn draw(
    ui: &mut Ui,
    rect: Rect,
    view: &View,
    card: &Card,
    shown: &str,
    field: &mut Option<Typed>,
    commands: &mut Vec<Command>,
) -> Option<String> {
    let palette = theme::palette(ui);
    widgets::card(ui, rect);
    let narrow = rect.width() < 300.0;
    let left = rect.left() + if narrow { 12.0 } else { 48.0 };
    if !narrow {
        widgets::paint_icon(ui, pos2(rect.left() + 26.0, rect.center().y), card.icon, 22.0, palette.accent);
    }
    let enabled = !view.activity.is_run();
    let mut button = choose_button(ui, rect, view, card, enabled, commands);
    if card.choose == Command::ChooseInput && !narrow {
        let at = Rect::from_min_size(pos2(button.left() - 34.0, rect.center().y - 14.0), vec2(28.0, 28.0));
        let mut child = ui.new_child(UiBuilder::new().max_rect(at).id_salt("more"));
        let response = widgets::icon_button(&mut child, "", view.text().add_input, 13.0);
        widgets::plus(ui, at.center(), if response.hovered() { palette.text } else { palette.dim });
        if response.clicked() {
            commands.push(Command::ChooseMore);
        }
        button = at;
    }
    if card.choose == Command::ChooseInput && enabled && !narrow {
        let at = Rect::from_min_size(pos2(button.left() - 30.0, rect.center().y - 14.0), vec2(28.0, 28.0));
        let mut child = ui.new_child(UiBuilder::new().max_rect(at).id_salt("remove"));
        if widgets::icon_button(&mut child, icon::REMOVE, view.text().remove_input, 12.0).clicked() {
            commands.push(Command::ClearInputs);
        }
        button = at;
    }
    let column = |top: f32, height: f32| {
        Rect::from_min_max(pos2(left, rect.top() + top), pos2(button.left() - 8.0, rect.top() + top + height))
    };
    let caption = widgets::text_in(ui, column(10.0, 16.0), Align::Min, card.label, theme::label(), palette.dim);
    if card.choose == Command::ChooseInput && enabled {
        recent::show(ui, caption, view, commands);
    }
    let color = if card.is_bad { palette.failed } else { palette.dim };
    let line = column(47.0, 16.0);
    widgets::text_in(ui, line, Align::Min, &card.line, theme::small(), color);
    if !card.line.is_empty() {
        let response = widgets::sense(ui, line, egui::Sense::hover()).on_hover_text(&card.line);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &card.line));
    }
    path_field(ui, column(26.0, 20.0), card.label, shown, field, enabled)
}

fn choose_button(
    ui: &mut Ui,
    rect: Rect,
    view: &View,
    card: &Card,
    enabled: bool,
    commands: &mut Vec<Command>,
) -> Rect {
    let galley = widgets::line(ui, view.text().choose, theme::body(), theme::palette(ui).text, 120.0);
    let size = vec2(galley.size().x + 24.0, theme::CONTROL + 2.0);
    let at = Rect::from_min_size(pos2(rect.right() - 12.0 - size.x, rect.center().y - size.y / 2.0), size);
    let mut child = ui.new_child(UiBuilder::new().max_rect(at).id_salt(("choose", card.label)));
    let button = egui::Button::new(view.text().choose).min_size(size);
    let response = child.add_enabled(enabled, button);
    let name = format!("{} {}", card.label, view.text().choose);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, enabled, &name));
    if response.clicked() {
        commands.push(card.choose.clone());
    }
    at
}

/// The path: a text like any other until it is clicked or reached by Tab, then a field. Gives what was typed
/// when the field is left, unless by Escape.
fn path_field(
    ui: &mut Ui,
    rect: Rect,
    name: &str,
    shown: &str,
    field: &mut Option<Typed>,
    enabled: bool,
) -> Option<String> {
    // what was chosen meanwhile (a dialog, a drop) is newer than what is being typed
    let typed = field.take().filter(|typed| typed.before == shown);
    let is_typed = typed.is_some();
    let mut typed = typed.unwrap_or_else(|| Typed { before: shown.to_owned(), text: shown.to_owned() });
    // at rest the path's end is shown, which tells more than its beginning
    let end = widgets::path_end(ui, shown, &theme::path(), rect.width());
    let is_cut = !is_typed && end != shown;
    let color = if is_cut { theme::CLEAR } else { theme::palette(ui).text };
    if is_cut {
        widgets::text_in(ui, rect, Align::Min, &end, theme::path(), theme::palette(ui).text);
    }
    let edit = TextEdit::singleline(&mut typed.text)
        .text_color(color)
        .id_salt(("path", name))
        .font(theme::path())
        .frame(Frame::NONE)
        .margin(egui::Margin::ZERO)
        .clip_text(true)
        .interactive(enabled)
        .desired_width(rect.width());
    let response = ui.put(rect, edit).accessible_name(name);
    let response = if shown.is_empty() { response } else { response.on_hover_text(shown) };
    if response.has_focus() {
        *field = Some(typed);
        return None;
    }
    let is_given_up = ui.input(|input| input.key_pressed(Key::Escape));
    (response.lost_focus() && !is_given_up && typed.text != typed.before).then_some(typed.text)
}

fn start_button(ui: &mut Ui, rect: Rect, view: &View, commands: &mut Vec<Command>) {
    let text = view.text();
    let (icon, word, command, enabled) = match view.activity {
        Activity::Running => (icon::PAUSE, text.pause, Command::Pause, true),
        Activity::Paused => (icon::START, text.resume, Command::Resume, true),
        Activity::Stopping => (icon::START, text.stopping, Command::Stop, false),
        _ if view.question == Some(Question::Counting) => (icon::START, text.counting, Command::DontStart, false),
        _ => (icon::START, text.start, Command::Start, view.question.is_none()),
    };
    let button = widgets::filled_button(ui, rect, Some(icon), word, enabled);
    if button.clicked() {
        commands.push(command);
    }
    if let Some(Question::Replace(found)) = &view.question {
        question::ask(ui, &button, view, found, commands);
    }
}
