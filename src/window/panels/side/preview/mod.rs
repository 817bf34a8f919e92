//! The first records of a file as they will stand in its workbook, and above them what it was
//! recognised as.

mod outside;

use eframe::egui::{
    Align, Button, FontId, Id, Popup, Rect, Role, ScrollArea, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use crate::engine::{Column, ConvertError, Inspection, NoteKind};
use crate::preview::PreviewResult;
use crate::session::FileRow;
use crate::text::Explained;
use crate::window::command::Command;
use crate::window::theme::{self, icon};
use crate::window::view::View;
use crate::window::widgets::{encoding_menu, value_line};
use crate::window::{paths, widgets};

const FACTS: f32 = 34.0;
const SIFTED: f32 = 24.0;
const NARROWEST: f32 = 52.0;
/// A column of short values needs no more, one of texts no less.
const WIDEST: f32 = 260.0;
const TEXT: f32 = 220.0;
/// Where there are many columns, none needs more.
const SHRUNK: f32 = 140.0;

pub fn show(ui: &mut Ui, body: Rect, view: &View, file: &FileRow, commands: &mut Vec<Command>) {
    let Some(look) = view.preview.look() else {
        if view.preview.slow_in().is_some_and(|left| left.is_zero()) {
            say(ui, body, view.text().looking);
        }
        return;
    };
    match &look.found {
        Ok(found) => {
            let facts = body.with_max_y(body.top() + FACTS);
            show_facts(ui, facts, view, file, found, commands);
            let below = body.with_min_y(facts.bottom());
            let taken = outside::show(ui, below, view, found, commands);
            let taken = taken + show_sifted(ui, below.with_min_y(below.top() + taken), view, found);
            table(ui, below.with_min_y(below.top() + taken), look, found);
        }
        Err(error) => explain(ui, body, view, file, error, commands),
    }
}

/// A few quiet words where there is nothing else to show.
fn say(ui: &Ui, body: Rect, words: &str) {
    let line = Rect::from_center_size(body.center(), vec2(body.width() - 32.0, 20.0));
    widgets::text_in(ui, line, Align::Center, words, theme::body(), theme::palette(ui).dim);
}

/// Format and encoding, and what would be left out or repaired.
fn show_facts(ui: &mut Ui, line: Rect, view: &View, file: &FileRow, found: &Inspection, commands: &mut Vec<Command>) {
    let palette = theme::palette(ui);
    let line = line.shrink2(vec2(theme::PADDING, 0.0));
    let format = format!("{} ·", view.phrases().format(found.format));
    let drawn = widgets::text_in(ui, line, Align::Min, &format, theme::small(), palette.dim);
    let words = view.phrases().encoding(found.encoding, found.certainty);
    let rest = line.with_min_x(drawn.right() + 4.0);
    let left = encoding_button(ui, rest, view, file, &words, commands);
    let told: &[NoteKind] = if found.outside.0 > 0 { &outside::NOTES } else { &[] }; // in a line of their own
    let Some(notes) = Explained::notes_but(view.lang, &found.notes, told) else { return };
    let is_warning = found.notes.counts().iter().any(|(kind, ..)| kind.is_warning() && !told.contains(kind));
    let color = if is_warning { palette.note } else { palette.dim };
    let room = line.with_min_x(left + theme::PADDING);
    let drawn = widgets::text_in(ui, room, Align::Max, &notes.long, theme::small(), color);
    let response = widgets::sense(ui, drawn, Sense::hover()).on_hover_text(&notes.long);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &notes.long));
}

/// How many of the records looked at filters left out; gives the height that it takes.
fn show_sifted(ui: &mut Ui, space: Rect, view: &View, found: &Inspection) -> f32 {
    let Some(sifted) = found.sifted else { return 0.0 };
    let words = view.phrases().sifted(&sifted);
    let line = space.with_max_y(space.top() + SIFTED).shrink2(vec2(theme::PADDING, 0.0)).translate(vec2(0.0, -4.0));
    let drawn = widgets::text_in(ui, line, Align::Min, &words, theme::small(), theme::palette(ui).dim);
    let response = widgets::sense(ui, drawn, Sense::hover()).on_hover_text(&words);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
    SIFTED
}

/// The encoding: a word like the others, and a menu that chooses another for this file.
fn encoding_button(
    ui: &mut Ui,
    rest: Rect,
    view: &View,
    file: &FileRow,
    words: &str,
    commands: &mut Vec<Command>,
) -> f32 {
    let palette = theme::palette(ui);
    let galley = widgets::line(ui, words, theme::small(), palette.dim, rest.width().min(220.0));
    let size = vec2(galley.size().x + 20.0, 22.0);
    let at = Rect::from_min_size(pos2(rest.left(), rest.center().y - 11.0), size);
    let enabled = !view.activity.is_run();
    let sense = if enabled { Sense::click() } else { Sense::hover() };
    let mut child = ui.new_child(UiBuilder::new().max_rect(at).id_salt("encoding of file"));
    let response = child.allocate_rect(at, sense);
    let name = format!("{}: {words}", view.text().encoding_of_file);
    response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, enabled, &name));
    let color = if response.hovered() && enabled { palette.text } else { palette.dim };
    let radius = eframe::egui::CornerRadius::same(theme::CONTROL_RADIUS);
    widgets::focus_ring(ui, &response, radius, &palette);
    let text_at = pos2(at.left(), at.center().y - galley.size().y / 2.0);
    ui.painter().galley_with_override_text_color(text_at, galley, color);
    if enabled {
        widgets::paint_icon(ui, pos2(at.right() - 11.0, at.center().y), icon::OPEN, 9.0, color);
        Popup::menu(&response).show(|ui| encoding_menu::of_file(ui, view, file, commands));
    }
    at.right()
}

/// Why there are no records to show, calmly: it is one file of many.
fn explain(ui: &mut Ui, body: Rect, view: &View, file: &FileRow, error: &ConvertError, commands: &mut Vec<Command>) {
    let palette = theme::palette(ui);
    let explained = Explained::error(view.lang, error);
    let width = (body.width() - 48.0).min(380.0);
    let at =
        Rect::from_min_size(pos2(body.center().x - width / 2.0, body.top() + body.height() * 0.22), vec2(width, 0.0));
    widgets::paint_icon(ui, pos2(body.center().x, at.top() - 22.0), icon::WARNING, 22.0, palette.faint);
    let mut child = ui.new_child(UiBuilder::new().max_rect(at.with_max_y(body.bottom())).id_salt("why"));
    child.vertical_centered(|ui| {
        ui.spacing_mut().item_spacing.y = 8.0;
        ui.label(eframe::egui::RichText::new(&explained.short).font(theme::strong()).color(palette.text));
        ui.label(
            eframe::egui::RichText::new(paths::shown_in(&explained.advice)).font(theme::small()).color(palette.dim),
        );
        if view.encodings.contains_key(&file.source.name) {
            ui.add_space(4.0);
            let words = format!("{}: {}", view.text().encoding, view.text().recognised);
            if ui.add(Button::new(words)).clicked() {
                commands.push(Command::SetEncodingOf(file.source.name.clone(), None));
            }
        }
    });
}

fn table(ui: &mut Ui, space: Rect, look: &PreviewResult, found: &Inspection) {
    let palette = theme::palette(ui);
    let head = space.with_max_y(space.top() + theme::HEAD);
    let widths = widths(ui, look, found, space.width());
    let total: f32 = widths.iter().sum();
    let body = space.with_min_y(head.bottom());
    let mut child = ui.new_child(UiBuilder::new().max_rect(body).id_salt(("records", &look.source.name)));
    child.set_clip_rect(body.intersect(ui.clip_rect()));
    let size = vec2(total.max(space.width()), found.rows.len() as f32 * theme::ROW);
    let output = ScrollArea::both().auto_shrink(false).show_viewport(&mut child, |ui, seen| {
        ui.set_min_size(size);
        let origin = ui.min_rect().min;
        let first = (seen.top() / theme::ROW).floor().max(0.0) as usize;
        let last = ((seen.bottom() / theme::ROW).ceil() as usize).min(found.rows.len());
        for index in first..last {
            let row = Rect::from_min_size(origin + vec2(0.0, index as f32 * theme::ROW), vec2(size.x, theme::ROW));
            show_row(ui, row, look, found, index, &widths);
        }
    });
    let ui = &mut ui.new_child(UiBuilder::new().max_rect(head).id_salt("headers"));
    ui.set_clip_rect(head.intersect(ui.clip_rect()));
    let mut left = head.left() - output.state.clamped_offset().x;
    for (column, width) in found.columns.iter().zip(&widths) {
        let at = Rect::from_min_max(pos2(left, head.top()), pos2(left + width, head.bottom()));
        if at.intersects(head) {
            let inner = at.shrink2(vec2(theme::PADDING, 0.0));
            let align = if column.options.kind.is_text() { Align::Min } else { Align::Max };
            widgets::text_in(ui, inner, align, column.header(), theme::label(), palette.dim);
            let response = widgets::sense(ui, at.intersect(head), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, column.header()));
        }
        left += width;
    }
    ui.painter().hline(head.x_range(), head.bottom() - 0.5, Stroke::new(1.0, palette.line));
}

fn show_row(ui: &mut Ui, row: Rect, look: &PreviewResult, found: &Inspection, index: usize, widths: &[f32]) {
    let values = &found.rows[index];
    let palette = theme::palette(ui);
    let seen = ui.clip_rect();
    let response = widgets::sense(ui, row.intersect(seen), Sense::hover());
    response.widget_info(|| {
        let spoken = values.iter().map(|value| value_line::spoken(value)).filter(|words| !words.is_empty());
        WidgetInfo::labeled(Role::Row, true, spoken.collect::<Vec<_>>().join(", "))
    });
    let mut left = row.left();
    let mut pointed = None;
    for (column, (value, width)) in values.iter().zip(widths).enumerate() {
        let at = Rect::from_min_max(pos2(left, row.top()), pos2(left + width, row.bottom()));
        left += width;
        if !at.intersects(seen) {
            continue;
        }
        let mut inner = at.shrink2(vec2(theme::PADDING, 0.0));
        if look.goes_on(index, column) {
            let next = found.columns.get(column).map_or("", Column::header);
            let next = format!("→ {next} (2)");
            let mark = widgets::text_in(ui, inner, Align::Max, &next, theme::label(), palette.note);
            inner.set_right(mark.left() - 8.0);
        }
        let color = if column == 0 || is_text(value) { palette.dim } else { palette.text };
        if is_typed(found, column, value) {
            value_line::paint_right(ui, inner, value, &theme::body(), color);
        } else {
            value_line::paint(ui, inner, value, &theme::body(), color);
        }
        if response.hover_pos().is_some_and(|pointer| at.contains(pointer)) && *width >= 40.0 {
            pointed = Some(value);
        }
    }
    if let Some(value) = pointed.filter(|value| value.len() > 12) {
        let begin: String = value.chars().take(400).collect();
        response.on_hover_text_at_pointer(if begin.len() < value.len() { begin + " …" } else { begin });
    }
}

/// A value that is of its column's kind stands at the right, as programs show it; what stays text does not.
fn is_typed(found: &Inspection, column: usize, value: &str) -> bool {
    found.columns.get(column).is_some_and(|column| column.options.kind.read(value).is_some())
}

/// Long or of several lines.
fn is_text(value: &str) -> bool {
    value.len() > 90 || value.contains('\n')
}

/// What a table's columns would like to be wide, and which hold texts: measured once a look.
#[derive(Debug, Clone, Default)]
struct Wishes {
    look: u64,
    widths: Vec<f32>,
    texts: Vec<usize>,
}

impl Wishes {
    fn of(ui: &Ui, look: &PreviewResult, found: &Inspection) -> Self {
        let id = Id::unique("preview widths");
        let known: Self = ui.data(|data| data.get_temp(id)).unwrap_or_default();
        if known.look == look.number {
            return known;
        }
        let natural =
            |text: &str, font: FontId| value_line::line(ui, text, &font, theme::palette(ui).text, WIDEST).size().x;
        let mut wishes = Self { look: look.number, ..Self::default() };
        for (at, column) in found.columns.iter().enumerate() {
            let values = || found.rows.iter().filter_map(|row| row.get(at));
            let widest = values().map(|value| natural(value, theme::body())).fold(0.0, f32::max);
            let needs = widest.max(natural(column.header(), theme::label())).ceil() + 2.0 * theme::PADDING;
            let mut width = needs.clamp(NARROWEST, WIDEST);
            if values().any(|value| is_text(value)) {
                wishes.texts.push(at);
                width = width.max(TEXT);
            }
            wishes.widths.push(width);
        }
        ui.data_mut(|data| data.insert_temp(id, wishes.clone()));
        wishes
    }
}

/// Short values get what they need; texts share the rest, and a table too wide is scrolled.
fn widths(ui: &Ui, look: &PreviewResult, found: &Inspection, space: f32) -> Vec<f32> {
    let Wishes { mut widths, texts, .. } = Wishes::of(ui, look, found);
    let over = widths.iter().sum::<f32>() - space;
    let give: f32 = widths.iter().map(|width| (width - SHRUNK).max(0.0)).sum();
    if over > 0.0 && give > 0.0 {
        let part = (over / give).min(1.0); // the widest give up what they have beyond the rest
        for width in &mut widths {
            *width -= (*width - SHRUNK).max(0.0) * part;
        }
    }
    let free = space - widths.iter().sum::<f32>();
    if free > 0.0 {
        let last = widths.len().checked_sub(1); // none: records without fields
        let last = last.filter(|&last| found.columns[last].options.kind.is_text()); // numbers stand at the right
        let grow = if texts.is_empty() { last.into_iter().collect() } else { texts };
        for &column in &grow {
            widths[column] += free / grow.len() as f32;
        }
    }
    widths
}
