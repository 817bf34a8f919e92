//! What the values of columns are taken for: of one column, and of all whose values are numbers.

use eframe::egui::Ui;

use crate::engine::{Columns, Kind, Options};
use crate::window::command::Command;
use crate::window::view::View;
use crate::window::widgets::controls;

/// The choice of one column's kind.
pub fn choice(ui: &mut Ui, view: &View, options: &mut Options) {
    let text = view.text();
    controls::group(ui, text.value_kind);
    ui.horizontal_wrapped(|ui| {
        for kind in Kind::CHOICES {
            let word = view.lang.words().value_kind(kind);
            if controls::choice(ui, options.kind == kind, word, &format!("{}: {word}", text.value_kind)) {
                options.kind = kind;
            }
        }
    });
}

/// Whether automatic columns of nothing but numbers are numbers.
pub fn numbers(ui: &mut Ui, view: &View, commands: &mut Vec<Command>) {
    let are_numbers = view.settings.choices.columns.are_numbers();
    if controls::check_line(ui, are_numbers, view.text().numbers_as_numbers) {
        commands.push(Command::SetColumns(if are_numbers { Columns::AUTO } else { Columns::NUMBERS }));
    }
}
