//! Small pieces that several panels draw: cards, buttons, bars, text that ends in `…`.

pub mod change_bar;
pub mod controls;
pub mod dashed_border;
pub mod encoding_menu;
pub mod logo;
pub mod recent_entry;
pub mod record_choice;
pub mod settings_menu;
pub mod value_line;

use std::fmt::Debug;
use std::hash::Hash;
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

/// A tab or a filter: its ground, which shows whether it is chosen. Its words and its name are the caller's;
/// what it stands for is its own, for others come and go beside it.
pub fn chip(ui: &Ui, rect: Rect, what: impl Hash + Debug, chosen: bool) -> Response {
    let palette = theme::palette(ui);
    let response = ui.interact(rect, Id::unique(("chip", what)), Sense::click());
    let radius = CornerRadius::same(theme::CONTROL_RADIUS);
    if chosen {
        ui.painter().rect_filled(rect, radius, palette.accent_soft);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, radius, palette.hovered);
    }
    focus_ring(ui, &response, radius, &palette);
    response
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

/// A plus of two lines.
pub fn plus(ui: &Ui, at: Pos2, color: Color32) {
    let line = Stroke::new(1.5, color);
    ui.painter().hline(at.x - 5.5..=at.x + 5.5, at.y, line);
    ui.painter().vline(at.x, at.y - 5.5..=at.y + 5.5, line);
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
