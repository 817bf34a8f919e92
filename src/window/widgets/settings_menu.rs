//! Language, theme, compression, proof and report, notification, log and the words about the program, behind one quiet button.

use eframe::egui::{Align, Button, Frame, Layout, Margin, Popup, Role, ScrollArea, Ui, WidgetInfo};

use super::controls;
use crate::engine::{Compression, Form, Proof};
use crate::settings::Theme;
use crate::text::Lang;
use crate::window::command::Command;
use crate::window::theme::icon;
use crate::window::view::View;
use crate::window::widgets;

pub fn show(ui: &mut Ui, view: &View, commands: &mut Vec<Command>) {
    let text = view.text();
    let button = widgets::icon_button(ui, icon::SETTINGS, text.settings, 16.0);
    let room = ui.content_rect().height() - 64.0;
    Popup::menu(&button).show(|ui| {
        controls::menu(ui, 264.0);
        ui.set_max_height(room); // an area is 400 high unless it is told more
        // the smallest window is lower than the menu
        ScrollArea::vertical().max_height(room).show(ui, |ui| entries(ui, view, commands));
    });
}

fn entries(ui: &mut Ui, view: &View, commands: &mut Vec<Command>) {
    let text = view.text();
    head(ui, text.language);
    // a language is named in itself, so that whoever needs it can read it
    let languages = Lang::ALL.map(|lang| (Some(lang), lang.words().own_name()));
    for (lang, word) in [(None, text.system)].into_iter().chain(languages) {
        if radio(ui, word, word, view.settings.lang == lang) {
            commands.push(Command::SetLang(lang));
        }
    }
    ui.separator();
    head(ui, text.theme);
    for (choice, word) in [(Theme::System, text.system), (Theme::Light, text.light), (Theme::Dark, text.dark)] {
        if choice_line(ui, text.theme, word, view.settings.theme == choice) {
            commands.push(Command::SetTheme(choice));
        }
    }
    ui.separator();
    head(ui, &view.worded(text.compression));
    for (choice, word) in [
        (Compression::Fast, text.compression_fast),
        (Compression::Normal, text.compression_normal),
        (Compression::Small, text.compression_small),
    ] {
        if choice_line(ui, &view.worded(text.compression), word, view.settings.choices.compression == choice) {
            commands.push(Command::SetCompression(choice));
        }
    }
    ui.separator();
    head(ui, &view.worded(text.workbooks));
    let choices = &view.settings.choices;
    let is_proven = choices.proof == Proof::ReadBack;
    if choices.form == Form::Xlsx && switch(ui, choices.wrap, text.wrap_text, text.wrap_line) {
        commands.push(Command::SetWrap(!choices.wrap));
    }
    if switch(ui, is_proven, &view.worded(text.check_workbooks), text.check_line) {
        commands.push(Command::SetProof(if is_proven { Proof::Count } else { Proof::ReadBack }));
    }
    if switch(ui, !choices.no_report, text.write_report, text.report_line) {
        commands.push(Command::SetReport(choices.no_report));
    }
    ui.separator();
    let is_on = !view.settings.silent;
    if indented(ui, |ui| controls::check_line(ui, is_on, text.notify)) {
        commands.push(Command::SetSilent(is_on));
    }
    ui.separator();
    if view.has_log && entry(ui, text.show_log) {
        commands.push(Command::ShowLog);
    }
    if entry(ui, text.about) {
        commands.push(Command::ShowAbout(true));
    }
}

fn head(ui: &mut Ui, word: &str) {
    indented(ui, |ui| controls::group(ui, word));
}

/// A choice to tick, and what it means in a line below.
fn switch(ui: &mut Ui, is_on: bool, words: &str, line: &str) -> bool {
    let is_clicked = indented(ui, |ui| controls::check_line(ui, is_on, words));
    let frame = Frame::new().inner_margin(Margin { left: 34, bottom: 4, ..Margin::ZERO });
    // a menu's own layout spreads words over the line
    frame.show(ui, |ui| ui.with_layout(Layout::top_down(Align::Min), |ui| controls::caption(ui, line)));
    is_clicked
}

/// What is no entry begins where the words of the entries do.
fn indented<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    Frame::new().inner_margin(Margin { left: 10, ..Margin::ZERO }).show(ui, add).inner
}

/// A choice of several below a head, whose words make up its accessible name; true when it is clicked.
fn choice_line(ui: &mut Ui, head: &str, word: &str, is_on: bool) -> bool {
    radio(ui, word, &format!("{head}: {word}"), is_on)
}

fn radio(ui: &mut Ui, word: &str, name: &str, is_on: bool) -> bool {
    let response = ui.add(Button::selectable(is_on, word));
    response.widget_info(|| WidgetInfo::selected(Role::MenuItemRadio, true, is_on, name));
    controls::picked(ui, &response)
}

/// Something to do, rather than to choose.
fn entry(ui: &mut Ui, word: &str) -> bool {
    let response = ui.add(Button::selectable(false, word));
    response.widget_info(|| WidgetInfo::labeled(Role::MenuItem, true, word));
    controls::picked(ui, &response)
}
