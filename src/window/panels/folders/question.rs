//! What Start asks below itself, before files are replaced that are not Sheetmill's own or were changed. What replaces
//! nothing has the keyboard and the filled button; Escape and a click beside it begin nothing.

use eframe::egui::{
    Align, Button, Frame, Layout, Popup, PopupCloseBehavior, RectAlign, Response, RichText, Sense, Ui, vec2,
};

use crate::engine::WouldReplace;
use crate::window::command::Command;
use crate::window::theme::{self, icon};
use crate::window::view::View;
use crate::window::widgets;

const WIDTH: f32 = 380.0;
const BUTTON: f32 = 32.0;

pub fn ask(ui: &Ui, start: &Response, view: &View, found: &WouldReplace, commands: &mut Vec<Command>) {
    let words = view.worded(&view.phrases().would_replace(found));
    let mut open = true;
    Popup::from_response(start)
        .id(start.id.with("question"))
        .open_bool(&mut open)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .align(RectAlign::BOTTOM_END)
        .gap(4.0)
        .frame(Frame::popup(ui.style()).inner_margin(16))
        .accessible_name(&words)
        .show(|ui| {
            ui.set_width(WIDTH.min(ui.content_rect().width() - 64.0));
            sheet(ui, view, &words, commands);
        });
    if !open {
        commands.push(Command::DontStart);
    }
}

fn sheet(ui: &mut Ui, view: &View, words: &str, commands: &mut Vec<Command>) {
    let (text, palette) = (view.text(), theme::palette(ui));
    ui.horizontal_top(|ui| {
        let (mark, _) = ui.allocate_exact_size(vec2(16.0, 20.0), Sense::hover());
        widgets::paint_icon(ui, mark.center(), icon::WARNING, 14.0, palette.note);
        ui.vertical(|ui| {
            ui.label(RichText::new(words).font(theme::body()));
            ui.label(RichText::new(view.worded(text.replaced_line)).font(theme::small()).color(palette.dim));
        });
    });
    ui.add_space(12.0);
    let row = vec2(ui.available_width(), BUTTON);
    ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
        let width = widgets::line(ui, text.keep_them, theme::strong(), palette.text, 160.0).size().x + 32.0;
        let (rect, _) = ui.allocate_exact_size(vec2(width, BUTTON), Sense::hover());
        let keep = widgets::filled_button(ui, rect, None, text.keep_them, true);
        let plain = |ui: &mut Ui, word| ui.add(Button::new(word).min_size(vec2(0.0, BUTTON)));
        let (replace, cancel) = (plain(ui, text.replace), plain(ui, text.cancel));
        for (button, command) in
            [(&keep, Command::StartKeepingBoth), (&replace, Command::StartReplacing), (&cancel, Command::DontStart)]
        {
            if button.clicked() {
                commands.push(command);
            }
        }
        if ![&keep, &replace, &cancel].iter().any(|button| button.has_focus()) {
            keep.request_focus();
        }
    });
}
