//! What files are made, behind one small button; what is chosen for one form alone stands below it.

use eframe::egui::{Align, Button, Frame, Layout, Margin, Popup, Role, Ui, WidgetInfo};

use crate::engine::Form;
use crate::window::command::Command;
use crate::window::view::View;
use crate::window::widgets::controls;

pub fn show(ui: &mut Ui, view: &View, commands: &mut Vec<Command>) {
    let (text, phrases, choices) = (view.text(), view.phrases(), &view.settings.choices);
    let button = controls::menu_button(ui, phrases.form(choices.form), text.save_as, 100.0);
    let button = button.on_hover_text(text.save_as);
    Popup::menu(&button).show(|ui| {
        controls::menu(ui, 264.0);
        Frame::new().inner_margin(Margin { left: 10, ..Margin::ZERO }).show(ui, |ui| controls::group(ui, text.save_as));
        for form in Form::ALL {
            let is_on = form == choices.form;
            let line = ui.add(Button::selectable(is_on, phrases.form_line(form)));
            line.widget_info(|| WidgetInfo::selected(Role::MenuItemRadio, true, is_on, phrases.form_line(form)));
            if controls::picked(ui, &line) {
                commands.push(Command::SetForm(form));
            }
        }
        if choices.form == Form::Csv {
            ui.separator();
            guard(ui, view, commands);
        }
    });
}

fn guard(ui: &mut Ui, view: &View, commands: &mut Vec<Command>) {
    let (text, is_on) = (view.text(), view.settings.choices.guard);
    Frame::new().inner_margin(Margin { left: 10, ..Margin::ZERO }).show(ui, |ui| {
        if controls::check_line(ui, is_on, text.guard) {
            commands.push(Command::SetGuard(!is_on));
        }
    });
    let frame = Frame::new().inner_margin(Margin { left: 34, bottom: 4, ..Margin::ZERO });
    // a menu's own layout spreads words over the line
    frame.show(ui, |ui| ui.with_layout(Layout::top_down(Align::Min), |ui| controls::caption(ui, text.guard_line)));
}
