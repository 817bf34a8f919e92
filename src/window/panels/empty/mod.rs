//! The empty window: what a stranger can do first.

mod recent;

use eframe::egui::{Align, Button, Rect, Ui, UiBuilder, pos2, vec2};

use crate::window::command::Command;
use crate::window::theme::{self, icon};
use crate::window::view::View;
use crate::window::widgets;
use crate::window::widgets::{change_bar, dashed_border, settings_menu};

pub fn show(ui: &mut Ui, view: &View, message: Option<&str>, commands: &mut Vec<Command>) {
    let palette = theme::palette(ui);
    let text = view.text();
    let all = ui.available_rect_before_wrap();
    let lately = recent::height(view, all.height());
    let zone = all.with_max_y(all.bottom() - lately);
    dashed_border::show(ui, zone, palette.line);
    let middle = zone.center();
    let line =
        |dy: f32, height: f32| Rect::from_center_size(pos2(middle.x, middle.y + dy), vec2(zone.width() - 48.0, height));
    widgets::paint_icon(ui, pos2(middle.x, middle.y - 84.0), icon::FOLDER, 56.0, palette.accent);
    widgets::text_in(ui, line(-30.0, 30.0), Align::Center, text.empty_head, theme::headline(), palette.text);
    widgets::text_in(
        ui,
        line(2.0, 20.0),
        Align::Center,
        &view.phrases().becomes(view.settings.choices.form, view.settings.choices.merge.by),
        theme::body(),
        palette.dim,
    );

    let width = |word: &str, least: f32| {
        (widgets::line(ui, word, theme::strong(), palette.text, 400.0).size().x + 44.0).max(least)
    };
    let (choose, sample) = (width(text.choose_folder, 124.0), width(text.try_sample, 118.0));
    let top = middle.y + 32.0;
    let left = middle.x - (choose + 10.0 + sample) / 2.0;
    let rect = Rect::from_min_size(pos2(left, top), vec2(choose, 38.0));
    if widgets::filled_button(ui, rect, None, text.choose_folder, true).clicked() {
        commands.push(Command::ChooseInput);
    }
    let rect = Rect::from_min_size(pos2(left + choose + 10.0, top), vec2(sample, 38.0));
    if ui.put(rect, Button::new(text.try_sample).min_size(rect.size())).clicked() {
        commands.push(Command::TrySample);
    }
    match message {
        Some(message) => widgets::text_in(ui, line(96.0, 16.0), Align::Center, message, theme::small(), palette.failed),
        None => widgets::text_in(ui, line(96.0, 16.0), Align::Center, text.empty_paste, theme::small(), palette.faint),
    };
    if let Some(what) = view.lately {
        let line = Rect::from_min_max(zone.left_bottom() + vec2(20.0, -40.0), zone.max - vec2(60.0, 12.0));
        change_bar::show(ui, line, view, what, commands);
    }
    if lately > 0.0 {
        recent::show(ui, all.with_min_y(zone.bottom()), view, all.height(), commands);
    }
    let corner = Rect::from_min_size(zone.max - vec2(40.0, 40.0), vec2(28.0, 28.0));
    let mut child = ui.new_child(UiBuilder::new().max_rect(corner).id_salt("corner"));
    settings_menu::show(&mut child, view, commands);
}
