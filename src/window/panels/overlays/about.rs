//! What this program is, whose work stands in it, and under which licences.

use eframe::egui::{self, Id, Label, Modal, RichText, ScrollArea, Ui, vec2};

use crate::text::licences::{self, BUNDLED, CRATES};
use crate::window::command::Command;
use crate::window::view::View;
use crate::window::widgets::{controls, logo};
use crate::window::{theme, widgets};

const VERSION: &str = env!("CARGO_PKG_VERSION");
/// The program, its version and the system, as a report of a problem needs them.
#[must_use]
pub fn version_line() -> String {
    format!("Sheetmill {VERSION} ({} {})", std::env::consts::OS, std::env::consts::ARCH)
}

pub fn show(ui: &mut Ui, view: &View, commands: &mut Vec<Command>) {
    let palette = theme::palette(ui);
    let text = view.text();
    let room = ui.content_rect().size();
    let frame = egui::Frame::popup(ui.style()).inner_margin(20).fill(palette.pane);
    let modal = Modal::new(Id::unique("about")).frame(frame).backdrop_color(palette.veil);
    let response = modal.show(ui, |ui| {
        ui.set_width((room.x - 96.0).min(460.0));
        ui.spacing_mut().item_spacing.y = 4.0;
        ui.horizontal(|ui| {
            logo::show(ui);
            ui.add_space(4.0);
            ui.vertical(|ui| {
                ui.label(RichText::new("Sheetmill").font(theme::headline()).color(palette.text));
                ui.label(RichText::new(text.about_line).font(theme::body()).color(palette.dim));
            });
        });
        ui.add_space(8.0);
        ui.label(RichText::new(version_line()).font(theme::strong()).color(palette.text));
        ui.label(RichText::new(text.licence_line).font(theme::body()).color(palette.dim));
        ui.add_space(12.0);
        controls::group(ui, text.fonts_and_icons);
        for bundled in BUNDLED {
            let words = format!("{} · {}\n{}", bundled.name, bundled.licence, bundled.link);
            ui.add(Label::new(RichText::new(words).font(theme::small()).color(palette.text)).wrap().selectable(true));
        }
        ui.add_space(12.0);
        controls::group(ui, &view.phrases().crates(CRATES.lines().count()));
        egui::Frame::new().fill(palette.sunken).corner_radius(theme::CONTROL_RADIUS).inner_margin(10).show(ui, |ui| {
            let height = (room.y - 400.0).clamp(72.0, 168.0);
            ScrollArea::vertical().max_height(height).auto_shrink([false, false]).show_rows(
                ui,
                16.0,
                CRATES.lines().count(),
                |ui, rows| {
                    for line in CRATES.lines().skip(rows.start).take(rows.len()) {
                        let line = RichText::new(line).font(theme::small()).color(palette.dim);
                        ui.add(Label::new(line).truncate());
                    }
                },
            );
        });
        ui.add_space(16.0);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let (rect, _) = ui.allocate_exact_size(vec2(92.0, 32.0), egui::Sense::hover());
            if widgets::filled_button(ui, rect, None, text.close, true).clicked() {
                commands.push(Command::ShowAbout(false));
            }
            let licences = || licences::all(&version_line());
            for (word, copied) in
                [(text.copy_licences, &licences as &dyn Fn() -> String), (text.copy_version, &version_line)]
            {
                if ui.add(egui::Button::new(word).min_size(vec2(0.0, 32.0))).clicked() {
                    commands.push(Command::Copy(copied()));
                }
            }
        });
    });
    if response.should_close() {
        commands.push(Command::ShowAbout(false));
    }
}
