//! The state of the whole run in one line, at the bottom.

mod unread;

use eframe::egui::{self, Align, Button, Layout, Rect, RichText, Sense, Ui, UiBuilder, pos2, vec2};

use crate::engine::Summary;
use crate::session::Progress;
use crate::text::{Explained, run_words, speed};
use crate::window::command::Command;
use crate::window::theme::{self, icon};
use crate::window::view::{Activity, Pane, View};
use crate::window::widgets;
use crate::window::widgets::{change_bar, settings_menu};

/// A line at least so wide has room for the report's button beside that of failed files.
const REPORT: f32 = 720.0;

pub fn show(ui: &mut Ui, view: &View, message: Option<&str>, commands: &mut Vec<Command>) {
    let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), theme::FOOTER), Sense::hover());
    let mut right = ui.new_child(
        UiBuilder::new().max_rect(row).layout(Layout::right_to_left(Align::Center)).id_salt("footer actions"),
    );
    settings_menu::show(&mut right, view, commands);
    actions(&mut right, view, commands);
    let Some(progress) = view.progress else { return };
    if view.activity.is_run() {
        figures(&mut right, view, progress);
    } else {
        unread::show(&mut right, view, progress, commands);
    }
    let free =
        Rect::from_min_max(row.min + vec2(2.0, 0.0), pos2(right.min_rect().left() - theme::PADDING, row.bottom()));
    if let Some(message) = message {
        told(ui, free, message, commands, view);
    } else if let Some(what) = view.lately {
        let used = change_bar::show(ui, free, view, what, commands);
        let free = free.with_min_x(used + 20.0);
        if view.activity.is_run() && free.width() > 80.0 {
            running(ui, free, view, progress);
        }
    } else {
        match (view.activity, progress.ended.as_ref().and_then(|ended| ended.as_ref().ok())) {
            (Activity::Done, Some(summary)) => done(ui, free, view, summary),
            _ if view.activity.is_run() => running(ui, free, view, progress),
            _ => ready(ui, free, view, progress),
        }
    }
}

/// Something that went wrong outside of the run; goes away at a click.
fn told(ui: &mut Ui, rect: Rect, message: &str, commands: &mut Vec<Command>, view: &View) {
    let palette = theme::palette(ui);
    widgets::paint_icon(ui, pos2(rect.left() + 8.0, rect.center().y), icon::WARNING, 14.0, palette.failed);
    let text = rect.with_min_x(rect.left() + 24.0);
    widgets::text_in(ui, text, Align::Min, message, theme::body(), palette.failed);
    let response = widgets::sense(ui, rect, Sense::click()).on_hover_text(message);
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::Button, true, format!("{message} ({})", view.text().dismiss))
    });
    if response.clicked() {
        commands.push(Command::DismissMessage);
    }
}

fn actions(ui: &mut Ui, view: &View, commands: &mut Vec<Command>) {
    let text = view.text();
    match view.activity {
        Activity::Listing | Activity::Running | Activity::Paused if ui.button(text.stop).clicked() => {
            commands.push(Command::Stop);
        }
        Activity::Done => {
            if ui.button(text.open_output).clicked() {
                commands.push(Command::OpenOutput);
            }
            let failed = view.progress.map_or(0, |progress| progress.counts.failed);
            let report = view.progress.and_then(|progress| progress.report.as_ref());
            // in the smallest window what failed is told before the report is offered, which lies in that folder
            let has_room = failed == 0 || ui.max_rect().width() > REPORT;
            if has_room && report.is_some_and(Result::is_ok) && ui.button(text.open_report).clicked() {
                commands.push(Command::OpenReport);
            }
            if failed > 0 && ui.add(Button::new(text.retry_failed)).clicked() {
                commands.push(Command::RetryFailed);
            }
        }
        _ => {}
    }
}

/// Right of the bar, from right to left: time left, speed, how many.
fn figures(ui: &mut Ui, view: &View, progress: &Progress) {
    let palette = theme::palette(ui);
    ui.add_space(10.0);
    ui.spacing_mut().item_spacing.x = 18.0;
    let dim = |ui: &mut Ui, text: String| ui.label(RichText::new(text).font(theme::body()).color(palette.dim));
    let phrases = view.phrases();
    if view.activity == Activity::Running
        && let Some(left) = progress.remaining()
    {
        dim(ui, phrases.left(left));
    }
    if ui.available_width() > 360.0 {
        dim(ui, phrases.elapsed(progress.elapsed()));
    }
    dim(ui, speed(progress.speed()));
    let done = phrases.done_of(&progress.counts, progress.files.len());
    ui.label(RichText::new(done).font(theme::strong()));
    if view.activity == Activity::Paused {
        ui.label(RichText::new(view.text().paused).font(theme::strong()).color(palette.note));
    }
}

fn running(ui: &mut Ui, rect: Rect, view: &View, progress: &Progress) {
    let bar = Rect::from_center_size(rect.center(), vec2(rect.width(), 8.0));
    if bar.width() > 24.0 {
        widgets::bar(ui, bar, progress.fraction(), view.text().progress);
    }
}

fn ready(ui: &mut Ui, rect: Rect, view: &View, progress: &Progress) {
    let palette = theme::palette(ui);
    let files = progress.files.len();
    let mut words = match view.activity {
        Activity::Listing => {
            let folder = progress.scanning.as_deref().map(crate::window::paths::shown);
            view.phrases().scanning_in(files, progress.timeline.now(), folder.as_deref())
        }
        // where there is no list, its place says why
        Activity::Refused if view.is_refused_whole() && view.pane != Pane::Instead => return,
        Activity::Refused => return refused(ui, rect, view),
        _ if view.is_cut_short() => view.phrases().cut_short(files),
        _ => view.phrases().files(files, progress.bytes),
    };
    let offers = view.preview.offers();
    let found = view.phrases().found(&offers.formats, &offers.encodings);
    if !found.is_empty() {
        words += &format!("     {found}");
    }
    let drawn = widgets::text_in(ui, rect, Align::Min, &words, theme::body(), palette.dim);
    let response = widgets::sense(ui, drawn, Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &words));
}

fn refused(ui: &Ui, rect: Rect, view: &View) {
    let Some(error) = view.refusal() else { return };
    let palette = theme::palette(ui);
    widgets::paint_icon(ui, pos2(rect.left() + 8.0, rect.center().y), icon::WARNING, 14.0, palette.failed);
    let words = crate::window::paths::shown_in(&view.worded(&Explained::run_error(view.lang, error)));
    widgets::text_in(ui, rect.with_min_x(rect.left() + 24.0), Align::Min, &words, theme::body(), palette.failed);
}

fn done(ui: &Ui, rect: Rect, view: &View, summary: &Summary) {
    let palette = theme::palette(ui);
    let (mark, color) = match summary {
        Summary { failed: 1.., .. } | Summary { gone: 1.., .. } => (icon::FAILED, palette.failed),
        Summary { passed_over: 1.., .. } => (icon::WARNING, palette.note),
        Summary { stopped: 1.., .. } => (icon::STOPPED, palette.faint),
        _ => (icon::DONE, palette.accent),
    };
    widgets::paint_icon(ui, pos2(rect.left() + 6.0, rect.center().y), mark, 13.0, color);
    let free = rect.with_min_x(rect.left() + 28.0);
    // what could not be read has a button of its own
    let (what, rows) = run_words(view.lang, &Summary { passed_over: 0, ..summary.clone() });
    let used = widgets::text_in(ui, free, Align::Min, &view.worded(&what), theme::strong(), palette.text);
    let free = free.with_min_x(used.right() + 18.0);
    let wide = widgets::line(ui, &rows, theme::body(), palette.dim, f32::INFINITY).size().x;
    if free.width() > wide && summary.records > 0 {
        widgets::text_in(ui, free, Align::Min, &rows, theme::body(), palette.dim);
    }
}
