//! One column's header, and what is done to its values on the way: below its row in the chooser.

use eframe::egui::{Align, Frame, Id, Layout, Margin, Ui, vec2};

use super::kinds;
use crate::engine::{Column, Options, Origin};
use crate::window::theme;
use crate::window::view::View;
use crate::window::widgets::controls;

/// Separators that people use, and how they are shown.
const SEPARATORS: [(&str, &str); 3] = [("; ", ";"), (", ", ","), (" | ", "|")];

/// Draws them; gives the column as it was changed.
pub fn show(ui: &mut Ui, view: &View, column: &Column) -> Option<Column> {
    let mut changed = column.clone();
    let frame = Frame::new().fill(theme::palette(ui).sunken).corner_radius(theme::CONTROL_RADIUS);
    frame.inner_margin(Margin::same(12)).outer_margin(Margin { left: 22, right: 8, top: 2, bottom: 8 }).show(
        ui,
        |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 2.0;
            header(ui, view, &mut changed);
            ui.add_space(6.0);
            kinds::choice(ui, view, &mut changed.options);
            if !matches!(column.from, Origin::Place(_)) {
                ui.add_space(6.0);
                ticks(ui, view, &mut changed.options);
                if has_several(view, column) {
                    ui.add_space(6.0);
                    several(ui, view, &mut changed);
                }
            }
        },
    );
    (changed != *column).then_some(changed)
}

fn header(ui: &mut Ui, view: &View, column: &mut Column) {
    let text = view.text();
    ui.allocate_ui_with_layout(vec2(ui.available_width(), 28.0), Layout::left_to_right(Align::Center), |ui| {
        controls::caption(ui, text.header);
        ui.add_space(6.0);
        let own = Column { header: None, ..column.clone() };
        let mut typed = column.header().to_owned();
        ui.visuals_mut().extreme_bg_color = theme::palette(ui).pane;
        let field = controls::field(&mut typed, "").id_salt(("header", &own.from)).desired_width(f32::INFINITY);
        let response = ui.add(field).accessible_name(format!("{}: {}", text.header, own.header()));
        if response.changed() {
            column.header = (typed != own.header()).then_some(typed);
        }
    });
}

fn ticks(ui: &mut Ui, view: &View, options: &mut Options) {
    let text = view.text();
    for (on, words) in [
        (&mut options.trim, text.trim),
        (&mut options.drop_title, text.drop_title),
        (&mut options.collapse_blank_lines, text.collapse_blank_lines),
        (&mut options.decode_again, text.decode_again),
        (&mut options.drop_list_marks, text.drop_list_marks),
    ] {
        if controls::check_line(ui, *on, words) {
            *on = !*on;
        }
    }
}

/// A record has several values of it, or somebody has said what to do with them.
fn has_several(view: &View, column: &Column) -> bool {
    let look = view.preview.look().and_then(|look| look.found.as_ref().ok());
    let mut fields = view.preview.offers().fields.iter().chain(look.iter().flat_map(|found| &found.fields));
    matches!(column.from, Origin::Select(_))
        || column.options.spread
        || column.options.separator.is_some()
        || fields.any(|field| field.values > 1 && field.name == column.name())
}

fn several(ui: &mut Ui, view: &View, column: &mut Column) {
    let text = view.text();
    let now = column.separator().to_owned();
    let spread = column.options.spread;
    controls::group(ui, text.several_values);
    ui.horizontal_wrapped(|ui| {
        for (separator, word) in SEPARATORS.into_iter().chain([("\n", text.line_break)]) {
            let name = format!("{}: {word}", text.several_values);
            if controls::choice(ui, !spread && now == separator, word, &name) {
                column.options.spread = false;
                column.options.separator = Some(separator.to_owned());
            }
        }
        if controls::choice(ui, spread, text.cell_each, &format!("{}: {}", text.several_values, text.cell_each)) {
            column.options.spread = true;
        }
        let is_usual = now == "\n" || SEPARATORS.iter().any(|(usual, _)| *usual == now);
        let id = Id::unique("other separator");
        // on the way to another one it may be a usual one for a moment
        let is_typed = ui.memory(|memory| memory.has_focus(id)) && now != "\n";
        let mut typed = if (is_usual && !is_typed) || spread { String::new() } else { now };
        ui.visuals_mut().extreme_bg_color = theme::palette(ui).pane;
        let field = controls::field(&mut typed, text.separator_other).id(id).desired_width(90.0);
        if ui.add(field).accessible_name(text.separator_other).changed() {
            column.options.spread = false;
            column.options.separator = (!typed.is_empty()).then_some(typed);
        }
    });
}
