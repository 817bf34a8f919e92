//! Presets: how files are read and which columns they give, kept under a name, shared as a file.

use eframe::egui::{Align, Button, Key, Rect, Role, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use crate::preset::{Preset, StoredPreset};
use crate::window::command::Command;
use crate::window::theme::{self, icon};
use crate::window::view::View;
use crate::window::widgets;
use crate::window::widgets::controls;

/// The name's field while somebody types in it.
#[derive(Debug, Default)]
pub struct State {
    name: String,
}

pub fn show(ui: &mut Ui, view: &View, state: &mut State, commands: &mut Vec<Command>) {
    let text = view.text();
    let button = widgets::icon_button(ui, icon::PRESETS, text.presets, 16.0);
    controls::sheet(ui, &button, text.presets, 300.0, |ui| {
        controls::group(ui, text.presets);
        if view.presets.is_empty() && view.deleted.is_none() {
            controls::caption(ui, text.no_presets);
        }
        let most = (ui.content_rect().height() - 320.0).max(96.0);
        ScrollArea::vertical().auto_shrink([false, true]).max_height(most).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for kept in view.presets {
                entry(ui, view, kept, commands);
            }
        });
        if let Some(deleted) = view.deleted {
            undo(ui, view, deleted, commands);
        }
        controls::rule(ui);
        save(ui, view, state, commands);
        controls::rule(ui);
        for (word, command) in [(text.open_preset, Command::OpenPreset), (text.show_in_folder, Command::ShowPresets)] {
            let button = Button::new(word).frame_when_inactive(false).min_size(vec2(ui.available_width(), 28.0));
            if ui.add(button).clicked() {
                commands.push(command);
                ui.close();
            }
        }
    });
}

/// A preset's line: the whole of it chooses, the mark at its end deletes.
fn entry(ui: &mut Ui, view: &View, kept: &StoredPreset, commands: &mut Vec<Command>) {
    let preset = &kept.preset;
    let palette = theme::palette(ui);
    let (line, _) = ui.allocate_exact_size(vec2(ui.available_width(), theme::ROW), Sense::hover());
    let bin = Rect::from_center_size(pos2(line.right() - 14.0, line.center().y), vec2(28.0, 28.0));
    let choose = line.with_max_x(bin.left() - 4.0);
    let mut choices = view.settings.choices.clone();
    preset.put_into(&mut choices);
    let is_now = choices == view.settings.choices;
    let response = widgets::sense(ui, choose, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::MenuItemRadio, true, is_now, &preset.name));
    let radius = eframe::egui::CornerRadius::same(theme::CONTROL_RADIUS);
    if response.hovered() {
        ui.painter().rect_filled(choose, radius, palette.hovered);
    }
    widgets::focus_ring(ui, &response, radius, &palette);
    if is_now {
        widgets::paint_icon(ui, pos2(choose.left() + 14.0, choose.center().y), icon::DONE, 11.0, palette.accent);
    }
    let words = choose.with_min_x(choose.left() + 28.0).with_max_x(choose.right() - 8.0);
    widgets::text_in(ui, words, Align::Min, &preset.name, theme::body(), palette.text);
    if response.clicked() {
        commands.push(Command::UsePreset(Box::new(preset.clone())));
    }
    let mut child = ui.new_child(UiBuilder::new().max_rect(bin).id_salt(("delete", &kept.file)));
    let name = format!("{}: {}", view.text().delete, preset.name);
    if widgets::icon_button(&mut child, icon::DELETE, &name, 14.0).clicked() {
        commands.push(Command::DeletePreset(Box::new(kept.clone())));
    }
}

fn undo(ui: &mut Ui, view: &View, deleted: &Preset, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        let words = view.phrases().deleted(&deleted.name);
        let (at, _) = ui.allocate_exact_size(vec2(ui.available_width() - 96.0, theme::CONTROL), Sense::hover());
        widgets::text_in(ui, at, Align::Min, &words, theme::small(), theme::palette(ui).dim);
        if ui.add(Button::new(view.text().undo).min_size(vec2(90.0, theme::CONTROL))).clicked() {
            commands.push(Command::RestorePreset);
        }
    });
}

fn save(ui: &mut Ui, view: &View, state: &mut State, commands: &mut Vec<Command>) {
    let text = view.text();
    controls::group(ui, text.preset_line);
    ui.horizontal(|ui| {
        let width = ui.available_width() - 84.0;
        let response = ui.add(controls::field(&mut state.name, text.preset_name).desired_width(width - 20.0));
        let response = response.accessible_name(text.preset_name);
        let name = state.name.trim();
        let is_there = view.presets.iter().any(|kept| kept.preset.name == name);
        let word = if is_there { text.replace } else { text.save };
        let button = Button::new(word).min_size(vec2(ui.available_width(), theme::CONTROL));
        let clicked = ui.add_enabled(!name.is_empty(), button).clicked();
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) && !name.is_empty();
        if clicked || entered {
            commands.push(Command::SavePreset(name.to_owned()));
            state.name.clear();
        }
    });
}
