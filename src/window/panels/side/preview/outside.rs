//! How much of a file stands in none of its records. A little is said calmly; much is a warning, with what else
//! repeats there beside it, to be taken as the records by a click.

use std::cmp::Reverse;

use eframe::egui::{Align, Button, Frame, Margin, Rect, RichText, Role, Sense, Ui, UiBuilder, WidgetInfo, vec2};

use crate::engine::{Inspection, NoteKind, RecordSelector, Repeat, is_much};
use crate::text::count;
use crate::window::command::Command;
use crate::window::theme::{self, icon};
use crate::window::view::View;
use crate::window::widgets::{self, record_choice};

/// Notes that say the same, of the whole of a file.
pub const NOTES: [NoteKind; 3] = [NoteKind::MuchOutside, NoteKind::FewOutside, NoteKind::ValuesOutside];

const CALM: f32 = 24.0;
const STRIPE: f32 = 3.0;
/// So many others are offered, and so wide each.
const OFFERED: usize = 3;
const WIDEST: f32 = 120.0;
const CHIP: f32 = 22.0;

/// Draws it at the top of `space`; gives the height that it takes.
pub fn show(ui: &mut Ui, space: Rect, view: &View, found: &Inspection, commands: &mut Vec<Command>) -> f32 {
    let (outside, all) = found.outside;
    if outside == 0 {
        return 0.0;
    }
    let words = view.phrases().share_outside(outside, all);
    let full = view.phrases().values_outside(outside, all);
    if is_much(outside, all) {
        return warn(ui, space, view, found, (&words, &full), commands);
    }
    let line = space.with_max_y(space.top() + CALM).shrink2(vec2(theme::PADDING, 0.0));
    let line = line.translate(vec2(0.0, -4.0)); // close to the line above
    let drawn = widgets::text_in(ui, line, Align::Min, &words, theme::small(), theme::palette(ui).dim);
    let response = widgets::sense(ui, drawn, Sense::hover()).on_hover_text(&full);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
    CALM
}

fn warn(
    ui: &mut Ui,
    space: Rect,
    view: &View,
    found: &Inspection,
    (words, full): (&str, &str),
    commands: &mut Vec<Command>,
) -> f32 {
    let palette = theme::palette(ui);
    let mut ui = ui.new_child(UiBuilder::new().max_rect(space).id_salt("outside"));
    let margin = Margin { left: 14, right: 12, top: 8, bottom: 8 };
    let shown = Frame::new().fill(palette.sunken).inner_margin(margin).show(&mut ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing = vec2(6.0, 4.0);
        ui.horizontal(|ui| {
            ui.label(RichText::new(icon::WARNING).font(icon::font(15.0)).color(palette.note));
            let response = ui.label(RichText::new(words).font(theme::strong()).color(palette.note));
            response.on_hover_text(full).widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
        });
        let others = others(found, view.settings.choices.reading.record.as_ref());
        if !others.is_empty() && !view.activity.is_run() {
            offer(ui, view, &others, commands);
        }
    });
    let rect = shown.response.rect;
    ui.painter().rect_filled(rect.with_max_x(rect.left() + STRIPE), 0, palette.note);
    rect.height()
}

/// The first of what could be the records instead, and the way to the rest.
fn offer(ui: &mut Ui, view: &View, others: &[&Repeat], commands: &mut Vec<Command>) {
    let text = view.text();
    ui.spacing_mut().interact_size.y = CHIP;
    ui.spacing_mut().button_padding = vec2(8.0, 2.0);
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(text.records_instead).font(theme::small()).color(theme::palette(ui).dim));
        for repeat in others.iter().take(OFFERED) {
            let path = record_choice::shown(&repeat.path);
            let seen = widgets::path_end(ui, path, &theme::small(), WIDEST);
            let words = RichText::new(format!("{seen}  {}", count(repeat.count))).font(theme::small());
            let name = record_choice::name(view, repeat);
            let response = ui.add(Button::new(words)).on_hover_text(path);
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
            if response.clicked() {
                commands.push(record_choice::choose(view, record_choice::selector(repeat)));
            }
        }
        if others.len() > OFFERED {
            let words = RichText::new(text.more_repeats).font(theme::small());
            let response = ui.add(Button::new(words).frame_when_inactive(false));
            let name = format!("{}: {}", text.reading, text.more_repeats);
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
            if response.clicked() {
                commands.push(Command::ShowReading);
            }
        }
    });
}

/// What repeats besides the records and not inside of them, for only that holds what they do not: what stands in
/// none of the others first, the most frequent before the rest.
fn others<'a>(found: &'a Inspection, record: Option<&RecordSelector>) -> Vec<&'a Repeat> {
    let said = record.and_then(RecordSelector::path);
    let said = said.filter(|path| found.repeats.iter().any(|repeat| repeat.path == *path));
    let now = said.or(found.taken.as_deref());
    let is_inside = |path: &str, outer: &str| {
        path != outer && (outer.is_empty() || path.strip_prefix(outer).is_some_and(|rest| rest.starts_with('/')))
    };
    let is_other = |repeat: &&Repeat| now.is_none_or(|now| repeat.path != now && !is_inside(&repeat.path, now));
    let mut others: Vec<&Repeat> = found.repeats.iter().filter(is_other).collect();
    let all = others.clone();
    others.sort_by_cached_key(|repeat| {
        let is_nested = all.iter().any(|other| is_inside(&repeat.path, &other.path));
        (is_nested, Reverse(repeat.count))
    });
    others
}
