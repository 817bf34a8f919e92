//! What repeats in the file that is shown, each with its count: a click makes it the record.

use eframe::egui::{
    Align, CornerRadius, Frame, Margin, Response, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo, pos2, vec2,
};

use crate::engine::{RecordSelector, Repeat};
use crate::text::count;
use crate::window::command::Command;
use crate::window::theme::{self, icon};
use crate::window::view::View;
use crate::window::widgets::{self, controls, record_choice};

const ROW: f32 = 24.0;
/// So many rows are seen without scrolling; the half one says that there are more.
const ROWS: f32 = 7.5;
/// So many are offered.
const MOST: usize = 200;

/// What was found to repeat in the file shown: it stays while something that was typed finds no records in it.
#[derive(Debug, Default)]
pub struct Known {
    /// The look that found it.
    look: u64,
    repeats: Vec<Repeat>,
    /// Which of it is taken while nobody chooses.
    taken: Option<String>,
}

impl Known {
    /// Takes in what the preview has found.
    pub fn update(&mut self, view: &View) {
        let Some(look) = view.preview.look().filter(|look| look.number != self.look) else { return };
        let chosen = view.settings.choices.reading.record.is_some();
        match &look.found {
            Ok(found) => {
                self.repeats.clone_from(&found.repeats);
                if !chosen {
                    self.taken.clone_from(&found.taken);
                }
            }
            Err(_) if chosen => {}
            Err(_) => *self = Self::default(),
        }
        self.look = look.number;
    }
}

/// The list, `automatic` on top; nothing where nothing repeats.
pub fn show(ui: &mut Ui, view: &View, known: &Known, commands: &mut Vec<Command>) {
    let text = view.text();
    let record = view.settings.choices.reading.record.as_ref();
    if known.repeats.is_empty() {
        return;
    }
    controls::group(ui, text.repeats_here);
    let line = Stroke::new(1.0, theme::palette(ui).line);
    let frame = Frame::new().stroke(line).corner_radius(theme::CONTROL_RADIUS).inner_margin(Margin::same(4));
    frame.show(ui, |ui| {
        let list = ScrollArea::vertical().id_salt("records").auto_shrink([false, true]);
        let list = list.max_height(ROWS * ROW).min_scrolled_height(ROWS * ROW); // the sheet around it scrolls too
        list.show(ui, |ui| {
            ui.set_width(ui.available_width() - 10.0); // beside the scroll bar
            ui.spacing_mut().item_spacing.y = 0.0;
            let taken = known.taken.as_deref().map(record_choice::shown);
            let words =
                taken.map_or_else(|| text.recognised.to_owned(), |path| format!("{} · {path}", text.recognised));
            let name = format!("{}: {words}", text.records);
            if entry(ui, (&words, ""), &name, record.is_none()).clicked() {
                commands.push(record_choice::choose(view, None));
            }
            for repeat in known.repeats.iter().take(MOST) {
                let words = (record_choice::shown(&repeat.path), &*count(repeat.count));
                let is_now = record.is_some_and(|record| record.path() == Some(&*repeat.path));
                if entry(ui, words, &record_choice::name(view, repeat), is_now).clicked() {
                    let selector: Option<RecordSelector> = record_choice::selector(repeat);
                    commands.push(record_choice::choose(view, selector));
                }
            }
        });
    });
}

/// A line of the list: a mark where it is in force, a path, a count.
fn entry(ui: &mut Ui, (path, count): (&str, &str), name: &str, is_now: bool) -> Response {
    let palette = theme::palette(ui);
    let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let response = ui.interact(row, ui.scope_id().with(("record", name)), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, is_now, name));
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    let radius = CornerRadius::same(theme::SMALL_RADIUS);
    if is_now {
        ui.painter().rect_filled(row, radius, palette.accent_soft);
        widgets::paint_icon(ui, pos2(row.left() + 13.0, row.center().y), icon::DONE, 10.0, palette.accent);
    } else if response.hovered() {
        ui.painter().rect_filled(row, radius, palette.hovered);
    }
    if response.has_focus() {
        let ring = Stroke::new(2.0, palette.accent); // inside, for the list cuts off what is not
        ui.painter().rect_stroke(row, radius, ring, eframe::egui::StrokeKind::Inside);
    }
    let font = if is_now { theme::small_strong() } else { theme::small() };
    let room = row.with_min_x(row.left() + 26.0).with_max_x(row.right() - 8.0);
    let counted = widgets::text_in(ui, room, Align::Max, count, theme::small(), palette.dim);
    let room = room.with_max_x(counted.left() - theme::GAP);
    let seen = widgets::path_end(ui, path, &font, room.width());
    let is_cut = seen != path;
    let color = if is_now { palette.accent } else { palette.text };
    widgets::text_in(ui, room, Align::Min, &seen, font, color);
    if is_cut { response.on_hover_text(path) } else { response }
}
