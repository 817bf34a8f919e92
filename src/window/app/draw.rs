//! A frame: which panels stand where, and the keys that work everywhere.

use eframe::egui::{self, Key, KeyboardShortcut, Modifiers, Ui};

use super::super::command::Command;
use super::super::view::{Activity, Pane, Question, View};
use super::starting::Starting;
use super::{App, Closing, Over};
use crate::session::Session;
use crate::window::panels::options::{columns, presets, reading};
use crate::window::panels::overlays::{about, confirm_close, drops};
use crate::window::panels::{empty, folders, footer, list, options, side, workers};
use crate::window::theme;

const OPEN: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::O);
const START: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::Enter);
/// From the pane back to the list, where it stands in the list's place.
const BACK: KeyboardShortcut = KeyboardShortcut::new(Modifiers::NONE, Key::Escape);
const PANE: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::I);
const PAUSE: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::P);
const SEEK: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::F);
const UNDO: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::Z);
const MORE: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::O);

impl App {
    /// The keys that work everywhere; true for Start, which comes after all else that a frame brings.
    fn shortcuts(&self, ui: &Ui, is_typing: bool, commands: &mut Vec<Command>) -> bool {
        let pressed = |shortcut| ui.input_mut(|input| input.consume_shortcut(shortcut));
        // the one with more keys first: egui takes Ctrl+O for a part of it
        if pressed(&MORE) && self.session.is_some() {
            commands.push(Command::ChooseMore);
        }
        if pressed(&SEEK) && self.session.is_some() {
            list::focus_search(ui);
        }
        if !is_typing && pressed(&UNDO) {
            commands.push(Command::Undo);
        }
        if pressed(&OPEN) {
            commands.push(Command::ChooseInput);
        }
        let starts = pressed(&START) && self.session.is_some();
        if starts {
            // what is being typed is meant: its field is left before the run begins
            ui.memory_mut(egui::Memory::stop_text_input);
        }
        if self.pane() == Pane::Instead && !is_typing && !egui::Popup::is_any_open(ui) && pressed(&BACK) {
            commands.push(Command::ShowPane(false));
        }
        if self.starting.is_some() && pressed(&BACK) {
            commands.push(Command::DontStart);
        }
        if pressed(&PANE) {
            commands.push(Command::ShowPane(self.pane() == Pane::Hidden));
        }
        if pressed(&PAUSE) {
            match self.activity() {
                Activity::Running => commands.push(Command::Pause),
                Activity::Paused => commands.push(Command::Resume),
                _ => {}
            }
        }
        starts
    }

    pub(super) fn draw(&mut self, ui: &mut Ui) -> Vec<Command> {
        let mut commands = Vec::new();
        self.is_wide = side::fits(ui.max_rect().width());
        let asks = self.starting.as_ref().is_some_and(|starting| starting.question() != Question::Counting);
        let is_covered = self.closing == Closing::Asking || self.over != Over::Nothing || asks;
        let is_typing = self.typing.has_keys(ui);
        let hears_keys = !is_covered && !is_typing && !egui::Popup::is_any_open(ui);
        let starts = !is_covered && self.shortcuts(ui, is_typing, &mut commands);
        let lately = self.undo.lately(self.list, self.activity().is_run());
        if let Some((_, left)) = lately {
            ui.request_repaint_after(left);
        }
        let view = View {
            settings: &self.settings,
            progress: self.session.as_ref().map(Session::progress),
            activity: self.activity(),
            selected: self.selection.cursor(),
            selection: &self.selection,
            order: &self.order,
            undo: self.undo.next(self.list, self.activity().is_run()),
            lately: lately.map(|(what, _)| what),
            preview: &self.preview,
            encodings: &self.encodings,
            presets: self.shelf.presets(),
            deleted: self.shelf.deleted(),
            pane: self.pane(),
            missing: &self.missing,
            hears_keys,
            has_log: self.around.log.is_some(),
            question: self.starting.as_ref().map(Starting::question),
            lang: self.lang(),
        };
        if !is_covered {
            drops::take(ui, &view, &mut commands);
        }
        if view.activity == Activity::Empty {
            let mut child = ui.new_child(egui::UiBuilder::new().max_rect(ui.max_rect().shrink(theme::MARGIN)));
            empty::show(&mut child, &view, self.message.as_deref(), &mut commands);
        } else {
            let inner =
                ui.max_rect().shrink2(egui::vec2(theme::MARGIN, 0.0)).with_min_y(ui.max_rect().top() + theme::MARGIN);
            let footer_top = inner.bottom() - theme::FOOTER;
            let mut top = ui.new_child(egui::UiBuilder::new().max_rect(inner.with_max_y(footer_top)).id_salt("top"));
            top.spacing_mut().item_spacing.y = 0.0;
            folders::show(&mut top, &view, &mut self.fields, &mut commands);
            if view.activity.is_run() {
                top.add_space(theme::PANE_GAP);
                workers::show(&mut top, &view, &mut commands);
                top.add_space(theme::PANE_GAP);
            } else {
                top.add_space(theme::GAP);
                options::show(&mut top, &view, &mut commands, |ui, place, commands| match place {
                    options::Place::Columns => columns::show(ui, &view, &mut self.columns, commands),
                    options::Place::Reading => {
                        reading::show(ui, &view, &mut self.reading, commands);
                        presets::show(ui, &view, &mut self.presets, commands);
                    }
                });
                top.add_space(theme::GAP);
            }
            let space = top.available_rect_before_wrap();
            let (list, pane) = side::divide(space, &view);
            if list.is_none() {
                list::keyboard(&top, &view, &mut self.scroll, &mut commands);
            }
            if let Some(list) = list {
                let mut left = top.new_child(egui::UiBuilder::new().max_rect(list).id_salt("left"));
                list::show(&mut left, &view, &mut self.scroll, &mut commands);
            }
            if let Some(pane) = pane {
                side::show(&mut top, pane, &view, &mut self.pane_state, &mut commands);
            }
            if let (Some(list), Some(_)) = (list, pane) {
                side::splitter(&mut top, space, list, &view, &mut commands);
            }
            let mut bottom =
                ui.new_child(egui::UiBuilder::new().max_rect(inner.with_min_y(footer_top)).id_salt("bottom"));
            footer::show(&mut bottom, &view, self.message.as_deref(), &mut commands);
        }
        if self.closing == Closing::Asking {
            confirm_close::ask(ui, &view, &mut commands);
        }
        if self.over == Over::About {
            about::show(ui, &view, &mut commands);
        }
        drops::overlay(ui, &view);
        self.typing.remember(ui);
        commands.extend(starts.then_some(Command::Start));
        commands
    }
}
