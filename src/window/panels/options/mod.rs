//! The choices, in one quiet line: workers, columns, what files are made, what to do with those that are there, how
//! files are read. A narrow line names the choices instead of telling them.

pub mod columns;
mod form;
pub mod presets;
pub mod reading;

use eframe::egui::{self, Button, Popup, Slider, Ui, vec2};

use crate::engine::{IfExists, Workers};
use crate::window::command::Command;
use crate::window::theme;
use crate::window::view::View;
use crate::window::widgets::controls;

/// The height of the line.
pub const HEIGHT: f32 = 28.0;

/// Draws the line; `more` draws the controls that other panels have in it: what comes before the
/// question about workbooks, and what comes after.
pub fn show<M: FnMut(&mut Ui, Place, &mut Vec<Command>)>(
    ui: &mut Ui,
    view: &View,
    commands: &mut Vec<Command>,
    mut more: M,
) {
    let size = vec2(ui.available_width(), HEIGHT);
    let gap = if size.x > 760.0 { theme::GAP } else { 0.0 };
    ui.allocate_ui_with_layout(size, egui::Layout::left_to_right(egui::Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = theme::GAP;
        ui.add_space(2.0);
        workers(ui, view, size.x, commands);
        ui.add_space(gap);
        more(ui, Place::Columns, commands);
        ui.add_space(gap);
        form::show(ui, view, commands);
        ui.add_space(gap);
        if_exists(ui, view, size.x, commands);
        ui.add_space(gap);
        more(ui, Place::Reading, commands);
    });
}

/// What stands between this panel's own controls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Columns,
    Reading,
}

fn workers(ui: &mut Ui, view: &View, line: f32, commands: &mut Vec<Command>) {
    let text = view.text();
    let palette = theme::palette(ui);
    controls::caption(ui, text.workers);
    let mut count = view.settings.workers().get();
    ui.spacing_mut().slider_width = if line > 760.0 { 100.0 } else { 64.0 };
    ui.spacing_mut().slider_rail_height = 4.0;
    let visuals = &mut ui.visuals_mut().widgets;
    visuals.inactive.bg_fill = palette.bar;
    for widget in [&mut visuals.inactive, &mut visuals.hovered, &mut visuals.active] {
        widget.fg_stroke = egui::Stroke::new(2.0, palette.accent);
    }
    ui.visuals_mut().selection.bg_fill = palette.accent;
    let slider = Slider::new(&mut count, 1..=Workers::most()).show_value(false).trailing_fill(true);
    let response = ui.add(slider).accessible_name(text.workers);
    if response.changed() {
        commands.push(Command::SetWorkers(count));
    }
    ui.label(egui::RichText::new(count.to_string()).font(theme::strong()));
    if line > 760.0 {
        controls::caption(ui, &view.phrases().of_cores(Workers::default().get()));
    }
}

fn if_exists(ui: &mut Ui, view: &View, line: f32, commands: &mut Vec<Command>) {
    let text = view.text();
    let choices = [
        (IfExists::Skip, text.skip),
        (IfExists::Overwrite, text.overwrite),
        (IfExists::KeepBoth, text.keep_both),
        (IfExists::Stop, text.stop_all),
    ];
    let chosen =
        choices.iter().find(|(choice, _)| *choice == view.settings.choices.if_exists).map_or("", |(_, word)| word);
    let caption = view.worded(text.if_exists);
    if line > controls::CAPTIONS {
        controls::caption(ui, &caption);
    }
    let button = controls::menu_button(ui, chosen, &caption, 160.0);
    let button = if line > controls::CAPTIONS { button } else { button.on_hover_text(&caption) };
    Popup::menu(&button).show(|ui| {
        controls::menu(ui, 160.0);
        for (choice, word) in choices {
            let line = ui.add(Button::selectable(choice == view.settings.choices.if_exists, word));
            if controls::picked(ui, &line) {
                commands.push(Command::SetIfExists(choice));
            }
        }
    });
}
