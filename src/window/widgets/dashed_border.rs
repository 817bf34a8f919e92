//! The border of a place to drop on.

use eframe::egui::{Color32, Pos2, Rect, Shape, Stroke, Ui, vec2};

use crate::window::theme;

/// Dashes along a rounded rectangle.
pub fn show(ui: &Ui, rect: Rect, color: Color32) {
    let stroke = Stroke::new(2.0, color);
    let outline = rounded(rect.shrink(1.0), f32::from(theme::DROP_RADIUS));
    ui.painter().extend(Shape::dashed_line(&outline, stroke, 8.0, 6.0));
}

/// The outline of a rounded rectangle as a closed line.
fn rounded(rect: Rect, radius: f32) -> Vec<Pos2> {
    let inner = rect.shrink(radius);
    let corners = [inner.right_bottom(), inner.left_bottom(), inner.left_top(), inner.right_top()];
    let mut line = Vec::with_capacity(4 * 9 + 1);
    for (quarter, corner) in corners.into_iter().enumerate() {
        for step in 0..=8 {
            let angle = (quarter as f32 + step as f32 / 8.0) * std::f32::consts::FRAC_PI_2;
            line.push(corner + radius * vec2(angle.cos(), angle.sin()));
        }
    }
    line.push(line[0]);
    line
}
