//! Folders and links that could not be looked into: how many there are, and each by name behind that.

use eframe::egui::{Align, Button, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo, vec2};

use crate::session::Progress;
use crate::text::Explained;
use crate::window::command::Command;
use crate::window::view::View;
use crate::window::widgets::controls;
use crate::window::{paths, theme, widgets};

const WIDTH: f32 = 460.0;
const LINE: f32 = 20.0;
const MOST: f32 = 10.0 * LINE;

/// The button, where there are some.
pub fn show(ui: &mut Ui, view: &View, progress: &Progress, commands: &mut Vec<Command>) {
    let unread = &progress.passed_over;
    if unread.is_empty() {
        return;
    }
    let palette = theme::palette(ui);
    let words = view.phrases().unread(unread.len());
    let button = ui.add(Button::new(RichText::new(&words).color(palette.note)));
    let width = WIDTH.min(ui.content_rect().width() - 48.0);
    controls::sheet(ui, &button, &words, width, |ui| {
        let line = |at: usize| paths::shown_in(&Explained::unread(view.lang, &unread[at].0, &unread[at].1));
        controls::group(ui, &words);
        ui.spacing_mut().item_spacing.y = 0.0;
        ScrollArea::vertical().max_height(MOST).auto_shrink([false, true]).show_rows(
            ui,
            LINE,
            unread.len(),
            |ui, rows| {
                for words in rows.map(line) {
                    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), LINE), Sense::hover());
                    widgets::text_in(ui, rect, Align::Min, &words, theme::small(), palette.text);
                    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
                    response.on_hover_text(&words);
                }
            },
        );
        ui.add_space(theme::GAP);
        if ui.button(view.text().copy_problems).clicked() {
            let lines: Vec<String> = unread.iter().map(|(path, why)| Explained::unread(view.lang, path, why)).collect();
            commands.push(Command::Copy(lines.join("\n")));
            ui.close();
        }
    });
}
