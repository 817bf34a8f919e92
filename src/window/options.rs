//! The choices, in one quiet line: workers, columns, what to do with workbooks that are there.

use eframe::egui::{self, Button, Popup, PopupCloseBehavior, Slider, TextEdit, Ui, vec2};

use super::command::Command;
use super::theme;
use super::view::View;
use super::widgets;
use crate::engine::{Columns, IfExists, Workers};

/// The height of the line.
pub const HEIGHT: f32 = 28.0;

/// The columns' field while somebody types in it.
#[derive(Debug, Default)]
pub struct ColumnsField(Option<String>);

pub fn show(ui: &mut Ui, view: &View, field: &mut ColumnsField, commands: &mut Vec<Command>) {
    let size = vec2(ui.available_width(), HEIGHT);
    ui.allocate_ui_with_layout(size, egui::Layout::left_to_right(egui::Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = theme::GAP;
        ui.add_space(2.0);
        workers(ui, view, commands);
        ui.add_space(theme::GAP);
        columns(ui, view, field, commands);
        ui.add_space(theme::GAP);
        if_exists(ui, view, commands);
    });
}

fn caption(ui: &mut Ui, text: &str) {
    let palette = theme::palette(ui);
    ui.label(egui::RichText::new(text).font(theme::small()).color(palette.dim));
}

fn workers(ui: &mut Ui, view: &View, commands: &mut Vec<Command>) {
    let text = view.text();
    let palette = theme::palette(ui);
    caption(ui, text.workers);
    let mut count = view.settings.workers().get();
    ui.spacing_mut().slider_width = 100.0;
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
    caption(ui, &view.phrases().of_cores(Workers::default().get()));
}

fn columns(ui: &mut Ui, view: &View, field: &mut ColumnsField, commands: &mut Vec<Command>) {
    let text = view.text();
    let chosen = &view.settings.columns;
    let typed_as = |columns: &Columns| {
        let names = columns.as_chosen().unwrap_or_default().iter();
        names.map(|column| column.header().to_owned()).collect::<Vec<_>>().join(", ")
    };
    if ui.available_width() > 420.0 {
        caption(ui, text.columns);
    }
    let word = if *chosen == Columns::AUTO { "auto".to_owned() } else { typed_as(chosen) };
    let button = widgets::menu_button(ui, &word, text.columns);
    Popup::menu(&button).close_behavior(PopupCloseBehavior::CloseOnClickOutside).show(|ui| {
        widgets::menu(ui, 240.0);
        let mut typed = field.0.clone().unwrap_or_else(|| typed_as(chosen));
        let edit = TextEdit::singleline(&mut typed).desired_width(f32::INFINITY);
        let response = ui.add(edit).accessible_name(text.columns_other);
        let parsed = Columns::parse(&typed);
        if response.changed() {
            field.0 = Some(typed);
        }
        if response.lost_focus()
            && let Some(columns) = parsed
        {
            field.0 = None;
            commands.push(Command::SetColumns(columns));
        }
    });
}

fn if_exists(ui: &mut Ui, view: &View, commands: &mut Vec<Command>) {
    let text = view.text();
    let choices = [
        (IfExists::Skip, text.skip),
        (IfExists::Overwrite, text.overwrite),
        (IfExists::KeepBoth, text.keep_both),
        (IfExists::Stop, text.stop_all),
    ];
    let chosen = choices.iter().find(|(choice, _)| *choice == view.settings.if_exists).map_or("", |(_, word)| word);
    if ui.available_width() > 300.0 {
        caption(ui, text.if_exists);
    }
    let button = widgets::menu_button(ui, chosen, text.if_exists);
    Popup::menu(&button).show(|ui| {
        widgets::menu(ui, 160.0);
        for (choice, word) in choices {
            if ui.add(Button::selectable(choice == view.settings.if_exists, word)).clicked() {
                commands.push(Command::SetIfExists(choice));
            }
        }
    });
}
