//! What people choose with: boxes to tick, choices side by side, fields, and the buttons, menus and sheets
//! that hold them.

use eframe::egui::{
    self, CornerRadius, Id, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use super::{focus_ring, line, paint_icon, text_in};
use crate::window::theme::{self, icon};

/// A line of choices at least so wide tells each choice behind its caption.
pub const CAPTIONS: f32 = 1000.0;

/// The dim words before a control.
pub fn caption(ui: &mut Ui, text: &str) {
    let palette = theme::palette(ui);
    ui.label(egui::RichText::new(text).font(theme::small()).color(palette.dim));
}

/// A box to tick, with or without words behind it; `name` is its accessible name.
pub fn check(ui: &Ui, rect: Rect, id: Id, on: bool, words: &str, name: &str) -> Response {
    let palette = theme::palette(ui);
    let response = ui.interact(rect, id, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, on, name));
    let square = Rect::from_center_size(pos2(rect.left() + 8.0, rect.center().y), Vec2::splat(16.0));
    let radius = CornerRadius::same(theme::SMALL_RADIUS);
    if on {
        ui.painter().rect_filled(square, radius, palette.accent);
        paint_icon(ui, square.center(), icon::DONE, 10.0, palette.on_accent);
    } else {
        let fill = if response.hovered() { palette.hovered } else { palette.pane };
        ui.painter().rect(square, radius, fill, Stroke::new(1.0, palette.faint), StrokeKind::Inside);
    }
    if response.has_focus() {
        ui.painter().rect_stroke(square.expand(2.0), radius, Stroke::new(2.0, palette.accent), StrokeKind::Outside);
    }
    text_in(ui, rect.with_min_x(square.right() + 8.0), egui::Align::Min, words, theme::body(), palette.text);
    response
}

/// A ticked choice on a line of its own.
pub fn check_line(ui: &mut Ui, on: bool, words: &str) -> bool {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::hover());
    let width = line(ui, words, theme::body(), theme::palette(ui).text, rect.width() - 24.0).size().x + 28.0;
    let rect = rect.with_max_x(rect.left() + width.min(rect.width()));
    check(ui, rect, ui.scope_id().with(words), on, words, words).clicked()
}

/// One of several choices that stand side by side.
pub fn choice(ui: &mut Ui, chosen: bool, words: &str, name: &str) -> bool {
    let palette = theme::palette(ui);
    let color = if chosen { palette.accent } else { palette.text };
    let font = if chosen { theme::small_strong() } else { theme::small() };
    let galley = line(ui, words, font, color, 240.0);
    let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x + 20.0, 26.0), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, chosen, name));
    let radius = CornerRadius::same(theme::CONTROL_RADIUS);
    let fill = match (chosen, response.hovered()) {
        (true, _) => palette.accent_soft,
        (false, true) => palette.hovered,
        (false, false) => palette.pane,
    };
    let edge = if chosen { palette.accent_soft } else { palette.line };
    ui.painter().rect(rect, radius, fill, Stroke::new(1.0, edge), StrokeKind::Inside);
    focus_ring(ui, &response, radius, &palette);
    ui.painter().galley(rect.center() - galley.size() / 2.0, galley, color);
    response.clicked()
}

/// The head of a group of choices.
pub fn group(ui: &mut Ui, words: &str) -> Response {
    let palette = theme::palette(ui);
    ui.label(egui::RichText::new(words).font(theme::label()).color(palette.dim))
}

/// A thin line across.
pub fn rule(ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 9.0), Sense::hover());
    ui.painter().hline(rect.x_range(), rect.center().y, Stroke::new(1.0, theme::palette(ui).line));
}

/// A field of one line on a sunken ground.
pub fn field<'t>(text: &'t mut String, hint: &'t str) -> egui::TextEdit<'t> {
    egui::TextEdit::singleline(text).hint_text(hint).margin(egui::Margin::symmetric(10, 5)).font(theme::body())
}

/// A button that opens a menu: a text and a small mark. What is wider than `most` ends in `…`.
pub fn menu_button(ui: &mut Ui, text: &str, name: &str, most: f32) -> Response {
    let palette = theme::palette(ui);
    let galley = line(ui, text, theme::small(), palette.text, most);
    let size = vec2(galley.size().x + 36.0, 26.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, format!("{name}: {text}")));
    let radius = CornerRadius::same(theme::CONTROL_RADIUS);
    let fill = if response.hovered() { palette.hovered } else { palette.pane };
    ui.painter().rect(rect, radius, fill, Stroke::new(1.0, palette.line), StrokeKind::Inside);
    focus_ring(ui, &response, radius, &palette);
    let at = pos2(rect.left() + 10.0, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, palette.text);
    paint_icon(ui, pos2(rect.right() - 13.0, rect.center().y), icon::OPEN, 10.0, palette.dim);
    response
}

/// A button that opens a sheet, in the line of choices: caption and value where there is room, else the
/// caption alone.
pub fn named_button(ui: &mut Ui, caption: &str, value: &str, most: f32) -> Response {
    let name = format!("{caption}: {value}");
    if ui.max_rect().width() > CAPTIONS {
        self::caption(ui, caption);
        return menu_button(ui, value, caption, most).on_hover_text(name);
    }
    let response = menu_button(ui, caption, caption, most).on_hover_text(&name);
    response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, &name));
    response
}

/// Room for the words of a menu's entries, of which egui gives them little.
pub fn menu(ui: &mut Ui, width: f32) {
    ui.set_width(width);
    ui.spacing_mut().button_padding = vec2(10.0, 4.0);
    ui.spacing_mut().item_spacing.y = 2.0;
}

/// Whether this line of a menu was chosen. A click closes the menu by itself, a key does not.
pub fn picked(ui: &Ui, line: &Response) -> bool {
    let is_picked = line.clicked();
    if is_picked {
        ui.close();
    }
    is_picked
}

/// A sheet of controls below a button; it stays open while somebody works in it.
pub fn sheet(ui: &Ui, button: &Response, name: &str, width: f32, add: impl FnOnce(&mut Ui)) -> bool {
    let frame = egui::Frame::popup(ui.style()).inner_margin(12);
    let popup = egui::Popup::from_toggle_button_response(button)
        .close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside)
        .gap(4.0)
        .frame(frame)
        .accessible_name(name);
    let room = ui.content_rect();
    let shown = popup.show(|ui| {
        ui.set_width(width.min(room.width() - 48.0));
        ui.set_max_height(room.height() - 48.0); // an area is 400 high unless it is told more
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        add(ui);
    });
    shown.is_some()
}
