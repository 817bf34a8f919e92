//! All that is known of one file: what went wrong with it, its facts, and every note with its place.

use eframe::egui::{
    Align, Frame, Label, Link, Margin, Rect, RichText, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use crate::engine::{Certainty, Inspection, Notes, Outcome, Report};
use crate::session::{FileRow, FileState};
use crate::text::{Explained, bytes, count, note_line};
use crate::window::command::Command;
use crate::window::view::View;
use crate::window::widgets::controls;
use crate::window::{facts, paths, theme, widgets};

const CAPTION: f32 = 104.0;
const LINE: f32 = 24.0;
/// Sentences wider than this are hard to read, however wide the pane is.
const MEASURE: f32 = 640.0;

pub fn show(ui: &mut Ui, body: Rect, view: &View, file: &FileRow, commands: &mut Vec<Command>) {
    let mut child = ui.new_child(UiBuilder::new().max_rect(body).id_salt(("details", &file.source.name)));
    child.set_clip_rect(body.intersect(ui.clip_rect()));
    ScrollArea::vertical().auto_shrink(false).show(&mut child, |ui| {
        Frame::new().inner_margin(Margin::same(12)).show(ui, |ui| {
            ui.set_max_width(MEASURE.min(ui.available_width()));
            ui.spacing_mut().item_spacing.y = 0.0;
            let report = match &file.state {
                FileState::Ended(report) => Some(&**report),
                _ => None,
            };
            problem(ui, view, file, report);
            facts(ui, view, file, report, commands);
            let look = view.preview.look().filter(|look| look.source == file.source);
            let seen = look.and_then(|look| look.found.as_ref().ok()).map(|found| &found.notes);
            if let Some(found) = report.map(|report| &report.notes).filter(|notes| !notes.is_empty()).or(seen) {
                notes(ui, view, found);
            }
        });
    });
}

fn problem(ui: &mut Ui, view: &View, file: &FileRow, report: Option<&Report>) {
    let palette = theme::palette(ui);
    let look = view.preview.look().filter(|look| look.source == file.source);
    let seen = look.and_then(|look| look.found.as_ref().err());
    let (explained, has_failed) = match report.map(|report| &report.outcome) {
        Some(Outcome::Failed(error)) => (Explained::error(view.lang, error), true),
        Some(Outcome::NotRecognised(error)) => (Explained::error(view.lang, error), false),
        Some(_) => return,
        None => match seen {
            Some(error) => (Explained::error(view.lang, error), false),
            None => return,
        },
    };
    // red is for what failed; what a look found beforehand is said calmly
    let (ground, color) =
        if has_failed { (palette.failed_soft, palette.failed) } else { (palette.sunken, palette.text) };
    Frame::new().fill(ground).corner_radius(theme::CARD_RADIUS).inner_margin(Margin::same(12)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 6.0;
        ui.add(Label::new(RichText::new(view.worded(&explained.short)).font(theme::strong()).color(color)).wrap());
        let long =
            RichText::new(paths::shown_in(&view.worded(&explained.advice))).font(theme::small()).color(palette.text);
        ui.add(Label::new(long).wrap().selectable(true));
    });
    ui.add_space(12.0);
}

fn facts(ui: &mut Ui, view: &View, file: &FileRow, report: Option<&Report>, commands: &mut Vec<Command>) {
    let text = view.text();
    let look = view.preview.look().filter(|look| look.source == file.source);
    let found = look.and_then(|look| look.found.as_ref().ok());
    fact(ui, text.file, &paths::shown_name(&file.source.name));
    fact(ui, text.size, &bytes(file.source.bytes));
    let format = report.and_then(|report| report.format).or(found.map(|found| found.format));
    if let Some(format) = format {
        fact(ui, text.format, view.phrases().format(format));
    }
    let read = report.and_then(|report| report.encoding).map(|encoding| (encoding.0.name(), Certainty::Certain));
    if let Some((name, certainty)) = found.map(|found| (found.encoding, found.certainty)).or(read) {
        fact(ui, text.encoding, &view.phrases().encoding(name, certainty));
    }
    let converted = file.state.converted();
    let looked_at = |found: &Inspection| found.sifted.map_or(found.rows.len() as u64, |sifted| sifted.looked_at);
    let all = found.filter(|found| found.is_all).map(looked_at);
    let records = converted.map(|report| report.records).or(all).map_or_else(|| "–".to_owned(), count);
    fact(ui, text.records, &records);
    if let Some(report) = converted {
        fact(ui, text.rows, &count(report.rows));
        if report.notes.filtered() > 0 {
            fact(ui, text.filtered, &count(report.notes.filtered()));
        }
        fact(ui, text.time, &view.phrases().duration(report.elapsed));
    }
    if let Some(workbook) = facts::workbook(file) {
        let at = caption(ui, &view.worded(text.workbook));
        let words = paths::shown(workbook);
        let shown = widgets::line(ui, &words, theme::body(), theme::palette(ui).accent, at.width());
        let mut child = ui.new_child(UiBuilder::new().max_rect(at).id_salt("workbook"));
        let link = child.put(
            Rect::from_min_size(pos2(at.left(), at.center().y - shown.size().y / 2.0), shown.size()),
            Link::new(shown),
        );
        link.widget_info(|| WidgetInfo::labeled(eframe::egui::Role::Link, true, &words));
        if link.on_hover_text(&words).clicked() {
            commands.extend(view.shown_index().map(Command::OpenWorkbook));
        }
        let size = report.map_or(0, |report| report.bytes_out);
        if size > 0 {
            fact(ui, "", &bytes(size));
        }
    }
}

/// A line's caption; gives the place of its value.
fn caption(ui: &mut Ui, word: &str) -> Rect {
    let (line, _) = ui.allocate_exact_size(vec2(ui.available_width(), LINE), Sense::hover());
    let at = line.with_max_x(line.left() + CAPTION - 8.0);
    widgets::text_in(ui, at, Align::Min, word, theme::body(), theme::palette(ui).dim);
    line.with_min_x(line.left() + CAPTION)
}

fn fact(ui: &mut Ui, word: &str, value: &str) {
    let at = caption(ui, word);
    let drawn = widgets::text_in(ui, at, Align::Min, value, theme::body(), theme::palette(ui).text);
    let response = widgets::sense(ui, drawn, Sense::hover()).on_hover_text(value);
    let name = if word.is_empty() { value.to_owned() } else { format!("{word}: {value}") };
    response.widget_info(|| WidgetInfo::labeled(eframe::egui::Role::Label, true, &name));
}

fn notes(ui: &mut Ui, view: &View, notes: &Notes) {
    let palette = theme::palette(ui);
    let Some(explained) = Explained::notes(view.lang, notes) else { return };
    ui.add_space(16.0);
    ui.spacing_mut().item_spacing.y = 4.0;
    controls::group(ui, view.text().notes);
    ui.add(Label::new(RichText::new(&explained.long).font(theme::body()).color(palette.text)).wrap());
    ui.add_space(4.0);
    if notes.places().is_empty() {
        let words = RichText::new(view.text().no_places).font(theme::small()).color(palette.dim);
        ui.add(Label::new(words).wrap());
    }
    for note in notes.places() {
        let color = if note.kind.is_warning() { palette.note } else { palette.dim };
        let line = RichText::new(note_line(view.lang, note)).font(theme::small()).color(color);
        ui.add(Label::new(line).wrap().selectable(true));
    }
}
