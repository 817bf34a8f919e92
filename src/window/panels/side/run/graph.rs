//! How fast source was read, over time.

use std::time::Duration;

use eframe::egui::epaint::Mesh;
use eframe::egui::{Align, Pos2, Rect, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2};

use super::{CAPTION, axis, plot};
use crate::session::Timeline;
use crate::text::{bytes, speed};
use crate::window::view::View;
use crate::window::{theme, widgets};

/// A bucket that is not full yet counts from this part on.
const FULL_ENOUGH: f64 = 0.6;

pub fn show(ui: &mut Ui, rect: Rect, view: &View, timeline: &Timeline, time: &axis::Time) {
    let palette = theme::palette(ui);
    let (head, rect) = rect.split_top_bottom_at_y(rect.top() + CAPTION);
    let plot = plot(rect.with_min_y(rect.top() + 8.0));
    let (width, buckets) = timeline.buckets();
    let (width, speeds) = grouped(width, buckets, time);
    let peak = speeds.iter().copied().fold(0.0, f64::max);
    let marks = axis::speeds(peak);
    let top = marks.last().copied().unwrap_or(1.0);
    let y = |value: f64| plot.bottom() - plot.height() * (value / top).min(1.0) as f32;
    for mark in &marks {
        let at = y(*mark).round() - 0.5;
        ui.painter().hline(plot.x_range(), at, Stroke::new(1.0, palette.line));
        let place = Rect::from_min_max(pos2(rect.left(), at - 8.0), pos2(plot.left() - 6.0, at + 8.0));
        widgets::text_in(ui, place, Align::Max, &number(*mark, top), theme::label(), palette.faint);
    }
    let points = points(&speeds, width, time, |at, value| pos2(time.x(plot, at), y(value)));
    area(ui, &points, plot.bottom());

    let response = widgets::sense(ui, rect, Sense::hover());
    let mut words = view.phrases().graph(time.now, timeline.average(), peak);
    if let Some(paused) = view.phrases().paused(timeline.pauses()) {
        words += &format!(", {paused}");
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &words));
    let caption = format!("{} ({})", view.text().speed, unit(top));
    widgets::text_in(ui, head, Align::Min, &caption, theme::label(), palette.dim);
    let pointed = response.hover_pos().and_then(|at| Some((at.x, time.at(plot, at.x)?)));
    let near = |x: f32| timeline.pauses().iter().find(|pause| (time.x(plot, pause.at) - x).abs() <= 4.0);
    let told = match pointed {
        Some((x, _)) if near(x).is_some() => {
            near(x).and_then(|pause| view.phrases().paused(&[*pause])).unwrap_or_default()
        }
        Some((x, at)) => {
            ui.painter().vline(x.round() - 0.5, plot.y_range(), Stroke::new(1.0, palette.faint));
            let bucket = (at.as_secs_f64() / width.as_secs_f64()) as usize;
            let value = speeds.get(bucket).copied().unwrap_or(0.0);
            ui.painter().circle_filled(pos2(x, y(value)), 3.0, palette.accent);
            format!("{} · {}", time.words(view.lang, at), speed(value))
        }
        None if peak > 0.0 => view.phrases().peak(peak),
        None => String::new(),
    };
    widgets::text_in(ui, head, Align::Max, &told, theme::label(), palette.dim);
}

/// Wider buckets, few enough for the eye. The last one may hold less than its width.
fn grouped(width: Duration, bytes: &[f64], time: &axis::Time) -> (Duration, Vec<f64>) {
    let group = time.group(width);
    let wide = width * group as u32;
    let speed = |(at, bytes): (usize, &[f64])| {
        let filled = time.now.saturating_sub(wide * at as u32).min(wide).max(width / 2);
        bytes.iter().sum::<f64>() / filled.as_secs_f64()
    };
    (wide, bytes.chunks(group).enumerate().map(speed).collect())
}

/// The middle of each bucket; the first and the last reach to the edges of what is known.
fn points(speeds: &[f64], width: Duration, time: &axis::Time, place: impl Fn(Duration, f64) -> Pos2) -> Vec<Pos2> {
    let full = (time.now.as_secs_f64() / width.as_secs_f64() + 1.0 - FULL_ENOUGH).floor().max(1.0) as usize;
    let speeds = &speeds[..speeds.len().min(full)];
    let mut points: Vec<Pos2> = Vec::with_capacity(speeds.len() + 2);
    points.extend(speeds.first().map(|first| place(Duration::ZERO, *first)));
    points.extend(speeds.iter().enumerate().map(|(at, value)| place(width * at as u32 + width / 2, *value)));
    points.extend(speeds.last().map(|last| place((width * speeds.len() as u32).min(time.now), *last)));
    points
}

/// The line, on a soft ground.
fn area(ui: &Ui, points: &[Pos2], bottom: f32) {
    let palette = theme::palette(ui);
    let mut ground = Mesh::default();
    for pair in points.windows(2) {
        let first = ground.vertices.len() as u32;
        for at in [pair[0], pair[1], pos2(pair[1].x, bottom), pos2(pair[0].x, bottom)] {
            ground.colored_vertex(at, palette.accent_soft);
        }
        ground.add_triangle(first, first + 1, first + 2);
        ground.add_triangle(first, first + 2, first + 3);
    }
    ui.painter().add(Shape::mesh(ground));
    ui.painter().add(Shape::line(points.to_vec(), Stroke::new(1.5, palette.accent)));
}

/// The unit of an axis that reaches to `top`.
fn unit(top: f64) -> String {
    let words = bytes(top as u64);
    format!("{}/s", words.rsplit(' ').next().unwrap_or_default())
}

/// A number of the axis, in its unit.
fn number(value: f64, top: f64) -> String {
    let one = match unit(top).as_str() {
        "kB/s" => 1e3,
        "MB/s" => 1e6,
        "GB/s" => 1e9,
        "TB/s" => 1e12,
        _ => 1.0,
    };
    let value = value / one;
    if (value - value.round()).abs() < 0.01 { format!("{value:.0}") } else { format!("{value:.1}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_in_the_unit_of_their_axis() {
        assert_eq!((unit(60e6), number(20e6, 60e6), number(0.0, 60e6)), ("MB/s".into(), "20".into(), "0".into()));
        assert_eq!((unit(1.5e6), number(0.5e6, 1.5e6)), ("MB/s".into(), "0.5".into()));
        assert_eq!((unit(2e3), number(1e3, 2e3)), ("kB/s".into(), "1".into()));
    }
}
