//! What files are made, and how many, behind one small button; what is chosen for one form or for merged files alone
//! stands below it.

use eframe::egui::{Align, Button, Frame, Layout, Margin, Popup, PopupCloseBehavior, Role, Ui, WidgetInfo};

use crate::engine::{Form, Merge, MergeBy};
use crate::window::command::Command;
use crate::window::view::View;
use crate::window::widgets::controls;

pub fn show(ui: &mut Ui, view: &View, commands: &mut Vec<Command>) {
    let (text, phrases, choices) = (view.text(), view.phrases(), &view.settings.choices);
    let word = match phrases.merge_word(choices.merge.by) {
        "" => phrases.form(choices.form).to_owned(),
        merged => format!("{}, {merged}", phrases.form(choices.form)),
    };
    let button = controls::menu_button(ui, &word, text.save_as, 100.0);
    let button = button.on_hover_text(text.save_as);
    // several things are chosen one after the other
    Popup::menu(&button).close_behavior(PopupCloseBehavior::CloseOnClickOutside).show(|ui| {
        controls::menu(ui, 296.0);
        heading(ui, text.save_as);
        for form in Form::ALL {
            if line(ui, form == choices.form, phrases.form_line(form)) {
                commands.push(Command::SetForm(form));
                ui.close();
            }
        }
        if choices.form == Form::Csv {
            let is_on = choices.guard;
            if check(ui, is_on, text.guard, Some(text.guard_line)) {
                commands.push(Command::SetGuard(!is_on));
            }
        }
        ui.separator();
        merge(ui, view, choices.merge, commands);
    });
}

/// Which source files share a finished file; the menu stays open where that brings further choices.
fn merge(ui: &mut Ui, view: &View, chosen: Merge, commands: &mut Vec<Command>) {
    let (text, phrases) = (view.text(), view.phrases());
    heading(ui, text.merge);
    for by in MergeBy::ALL {
        if line(ui, by == chosen.by, phrases.merge_line(by)) {
            commands.push(Command::SetMerge(Merge { by, ..chosen }));
            if by == MergeBy::None {
                ui.close();
            }
        }
    }
    if !chosen.is_on() {
        return;
    }
    let is_in_parts = chosen.most_rows.is_some() || chosen.most_bytes.is_some();
    let changes = [
        (!chosen.no_origin, text.merge_origin, None, Merge { no_origin: !chosen.no_origin, ..chosen }),
        (is_in_parts, text.merge_parts, Some(text.merge_parts_line), chosen.in_parts(!is_in_parts)),
        (
            chosen.ends_with_failure,
            text.merge_all,
            Some(text.merge_all_line),
            Merge { ends_with_failure: !chosen.ends_with_failure, ..chosen },
        ),
    ];
    for (is_on, words, why, then) in changes {
        if check(ui, is_on, words, why) {
            commands.push(Command::SetMerge(then));
        }
    }
}

fn heading(ui: &mut Ui, words: &str) {
    Frame::new().inner_margin(Margin { left: 10, ..Margin::ZERO }).show(ui, |ui| controls::group(ui, words));
}

/// One of several.
fn line(ui: &mut Ui, is_on: bool, words: &str) -> bool {
    let line = ui.add(Button::selectable(is_on, words));
    line.widget_info(|| WidgetInfo::selected(Role::MenuItemRadio, true, is_on, words));
    line.clicked()
}

/// A ticked choice, and what it means.
fn check(ui: &mut Ui, is_on: bool, words: &str, why: Option<&str>) -> bool {
    let frame = Frame::new().inner_margin(Margin { left: 10, ..Margin::ZERO });
    let is_clicked = frame.show(ui, |ui| controls::check_line(ui, is_on, words)).inner;
    if let Some(why) = why {
        let frame = Frame::new().inner_margin(Margin { left: 34, bottom: 4, ..Margin::ZERO });
        // a menu's own layout spreads words over the line
        frame.show(ui, |ui| ui.with_layout(Layout::top_down(Align::Min), |ui| controls::caption(ui, why)));
    }
    is_clicked
}
