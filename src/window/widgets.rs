//! Small pieces that several panels draw: cards, buttons, bars, text that ends in `…`.

use std::sync::Arc;

use eframe::egui::{
    self, Align2, Color32, CornerRadius, FontId, Galley, Id, Pos2, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui,
    UiBuilder, Vec2, WidgetInfo, pos2, text::LayoutJob, vec2,
};

use super::theme::{self, Palette, icon};

/// Something to point at in a place that is already laid out.
pub fn sense(ui: &mut Ui, rect: Rect, sense: Sense) -> Response {
    ui.new_child(UiBuilder::new().max_rect(rect)).allocate_rect(rect, sense)
}

/// A card's or pane's ground.
pub fn card(ui: &Ui, rect: Rect) {
    let palette = theme::palette(ui);
    let line = Stroke::new(1.0, palette.line);
    ui.painter().rect(rect, CornerRadius::same(theme::CARD_RADIUS), palette.pane, line, StrokeKind::Inside);
}

/// One line of text no wider than `width`; what does not fit ends in `…`.
pub fn line(ui: &Ui, text: &str, font: FontId, color: Color32, width: f32) -> Arc<Galley> {
    let mut job = LayoutJob::simple_singleline(text.to_owned(), font, color);
    job.wrap = egui::text::TextWrapping::truncate_at_width(width.max(0.0));
    ui.painter().layout_job(job)
}

/// Paints one line within `rect`, centred up and down.
pub fn text_in(ui: &Ui, rect: Rect, align: egui::Align, text: &str, font: FontId, color: Color32) -> Rect {
    if rect.width() < 8.0 {
        return Rect::from_min_size(rect.min, Vec2::ZERO); // no room for a letter
    }
    let galley = line(ui, text, font, color, rect.width());
    let size = galley.size();
    let x = match align {
        egui::Align::Min => rect.left(),
        egui::Align::Center => rect.center().x - size.x / 2.0,
        egui::Align::Max => rect.right() - size.x,
    };
    let at = pos2(x, rect.center().y - size.y / 2.0);
    ui.painter().galley(at, galley, color);
    Rect::from_min_size(at, size)
}

/// A path's end, for folders and their files differ there: `…/AA/wiki_00` where all of it is too wide.
pub fn path_end<'p>(ui: &Ui, path: &'p str, font: &FontId, width: f32) -> std::borrow::Cow<'p, str> {
    let fits = |text: &str| line(ui, text, font.clone(), theme::palette(ui).text, f32::INFINITY).size().x <= width;
    if fits(path) {
        return path.into();
    }
    let end = |at: usize| format!("…{}", &path[at..]);
    let mut ends = path.match_indices(['/', '\\']).map(|(at, _)| end(at));
    let last = path.rfind(['/', '\\']).map(end);
    ends.find(|end| fits(end)).or(last).map_or(path.into(), Into::into)
}

/// Paints an icon with its middle at `center`.
pub fn paint_icon(ui: &Ui, center: Pos2, icon: &str, size: f32, color: Color32) {
    ui.painter().text(center, Align2::CENTER_CENTER, icon, icon::font(size), color);
}

/// The one filled button: the next thing to do.
pub fn filled_button(ui: &mut Ui, rect: Rect, icon: Option<&str>, text: &str, enabled: bool) -> Response {
    let palette = theme::palette(ui);
    let sense = if enabled { Sense::click() } else { Sense::hover() };
    let response = self::sense(ui, rect, sense);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, text));
    let fill = match (enabled, response.is_pointer_button_down_on(), response.hovered()) {
        (false, ..) => palette.bar,
        (true, true, _) => palette.accent.gamma_multiply(0.8),
        (true, false, true) => palette.accent.gamma_multiply(0.92),
        (true, false, false) => palette.accent,
    };
    let color = if enabled { palette.on_accent } else { palette.faint };
    let radius = CornerRadius::same(if rect.height() > 40.0 { theme::CARD_RADIUS } else { theme::CONTROL_RADIUS });
    ui.painter().rect_filled(rect, radius, fill);
    focus_ring(ui, &response, radius, &palette);
    let room = rect.width() - 16.0;
    let galley = line(ui, text, theme::strong(), color, room - if icon.is_some() { 22.0 } else { 0.0 });
    let width = galley.size().x + if icon.is_some() { 22.0 } else { 0.0 };
    let left = rect.center().x - width / 2.0;
    if let Some(icon) = icon {
        paint_icon(ui, pos2(left + 7.0, rect.center().y), icon, 14.0, color);
    }
    let at = pos2(left + width - galley.size().x, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, color);
    response
}

/// Shows where the keyboard is.
pub fn focus_ring(ui: &Ui, response: &Response, radius: CornerRadius, palette: &Palette) {
    if response.has_focus() {
        let ring = Stroke::new(2.0, palette.accent);
        ui.painter().rect_stroke(response.rect.expand(2.0), radius, ring, StrokeKind::Outside);
    }
}

/// A button that shows an icon alone; `name` is its tooltip and accessible name.
pub fn icon_button(ui: &mut Ui, icon: &str, name: &str, size: f32) -> Response {
    let palette = theme::palette(ui);
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(theme::CONTROL), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    let radius = CornerRadius::same(theme::CONTROL_RADIUS);
    if response.hovered() {
        ui.painter().rect_filled(rect, radius, palette.hovered);
    }
    focus_ring(ui, &response, radius, &palette);
    let color = if response.hovered() { palette.text } else { palette.dim };
    paint_icon(ui, rect.center(), icon, size, color);
    response.on_hover_text(name)
}

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
    let radius = CornerRadius::same(4);
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
pub fn group(ui: &mut Ui, words: &str) {
    let palette = theme::palette(ui);
    ui.label(egui::RichText::new(words).font(theme::label()).color(palette.dim));
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

/// A line of choices at least so wide tells each choice behind its caption.
pub const CAPTIONS: f32 = 1000.0;

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

/// A thin bar filled to `fraction` (0 to 1).
pub fn bar(ui: &mut Ui, rect: Rect, fraction: f32, name: &str) {
    let palette = theme::palette(ui);
    let radius = CornerRadius::same((rect.height() / 2.0) as u8);
    ui.painter().rect_filled(rect, radius, palette.bar);
    let fraction = fraction.clamp(0.0, 1.0);
    if fraction > 0.0 {
        let width = (rect.width() * fraction).max(rect.height());
        ui.painter().rect_filled(Rect::from_min_size(rect.min, vec2(width, rect.height())), radius, palette.accent);
    }
    let response = sense(ui, rect, Sense::hover());
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::ProgressIndicator, true, name);
        info.value = Some(f64::from(fraction) * 100.0);
        info
    });
}
