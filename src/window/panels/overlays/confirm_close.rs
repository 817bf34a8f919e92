//! Closing during a run asks first.

use eframe::egui::{self, Id, Modal, RichText, Ui, vec2};

use crate::window::command::Command;
use crate::window::view::View;
use crate::window::{theme, widgets};

pub fn ask(ui: &mut Ui, view: &View, commands: &mut Vec<Command>) {
    let palette = theme::palette(ui);
    let text = view.text();
    let frame = egui::Frame::popup(ui.style()).inner_margin(20).fill(palette.pane);
    let modal = Modal::new(Id::unique("closing")).frame(frame).backdrop_color(palette.veil);
    let response = modal.show(ui, |ui| {
        ui.set_width(360.0);
        ui.label(RichText::new(text.close_head).font(theme::path()));
        ui.label(RichText::new(view.worded(text.close_line)).font(theme::body()).color(palette.dim));
        ui.add_space(12.0);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let (rect, _) = ui.allocate_exact_size(vec2(132.0, 32.0), egui::Sense::hover());
            if widgets::filled_button(ui, rect, None, text.keep_converting, true).clicked() {
                commands.push(Command::KeepConverting);
            }
            if ui.add(egui::Button::new(text.stop_and_close).min_size(vec2(0.0, 32.0))).clicked() {
                commands.push(Command::StopAndClose);
            }
        });
    });
    if response.should_close() {
        commands.push(Command::KeepConverting);
    }
}
