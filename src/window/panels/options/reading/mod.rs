//! How files are read, behind one quiet control: by looking inside, unless a person knows better.

mod records;

use eframe::egui::{Align, Popup, RichText, ScrollArea, Ui};

use crate::engine::{FormatKind, Reading, RecordSelector, Tags};
use crate::window::command::Command;
use crate::window::theme;
use crate::window::view::View;
use crate::window::widgets::{controls, encoding_menu};

/// The sheet between frames.
#[derive(Debug, Default)]
pub struct State {
    /// The selector's field while somebody types in it.
    selector: Option<String>,
    known: records::Known,
    /// It is to open, where records are chosen.
    opens: bool,
    /// It has opened so, and is not scrolled there yet.
    scrolls: bool,
}

impl State {
    /// Opens the sheet in the next frame, where records are chosen.
    pub fn open(&mut self) {
        self.opens = true;
    }
}

pub fn show(ui: &mut Ui, view: &View, state: &mut State, commands: &mut Vec<Command>) {
    let text = view.text();
    let value = value(view);
    let button = controls::named_button(ui, text.reading, &value, 150.0);
    state.known.update(view);
    if std::mem::take(&mut state.opens) {
        Popup::open_id(ui.ctx(), Popup::default_response_id(&button));
        state.scrolls = true;
    }
    let open = controls::sheet(ui, &button, text.reading, 420.0, |ui| {
        let most = (ui.content_rect().height() - 190.0).max(160.0);
        ScrollArea::vertical().auto_shrink([false, true]).max_height(most).show(ui, |ui| {
            ui.set_width(ui.available_width() - 10.0); // beside the scroll bar
            choices(ui, view, state, commands);
        });
    });
    if !open {
        state.selector = None;
    }
}

/// The choices that are not the usual ones, in words.
fn value(view: &View) -> String {
    let reading = &view.settings.choices.reading;
    let format = reading.format.map(|format| view.phrases().format(format).to_owned());
    let record = reading.record.as_ref().map(|record| record.as_str().to_owned());
    let encoding = reading.encoding.map(|encoding| encoding_menu::shown(encoding).to_owned());
    let tags = (reading.tags == Tags::Keep).then(|| format!("{}: {}", view.text().tags, view.text().tags_keep));
    let words: Vec<String> = [record.or(format), encoding, tags].into_iter().flatten().collect();
    if words.is_empty() { view.text().recognised.to_owned() } else { words.join(", ") }
}

fn choices(ui: &mut Ui, view: &View, state: &mut State, commands: &mut Vec<Command>) {
    let text = view.text();
    let reading = &view.settings.choices.reading;
    let chosen = |reading: Reading, commands: &mut Vec<Command>| commands.push(Command::SetReading(reading));

    controls::group(ui, text.format);
    ui.horizontal_wrapped(|ui| {
        let all = FormatKind::RECOGNISED.map(|format| (Some(format), view.phrases().format(format)));
        for (format, word) in std::iter::once((None, text.recognised)).chain(all) {
            let name = format!("{}: {word}", text.format);
            if controls::choice(ui, reading.format == format && reading.record.is_none(), word, &name) {
                state.selector = None;
                chosen(Reading { format, record: None, ..reading.clone() }, commands);
            }
        }
    });
    ui.add_space(6.0);
    controls::group(ui, text.encoding);
    ui.horizontal_wrapped(|ui| {
        let all = encoding_menu::all(reading.encoding).into_iter().map(|(encoding, word)| (Some(encoding), word));
        for (encoding, word) in std::iter::once((None, text.recognised)).chain(all) {
            let name = format!("{}: {word}", text.encoding);
            if controls::choice(ui, reading.encoding == encoding, word, &name) {
                chosen(Reading { encoding, ..reading.clone() }, commands);
            }
        }
    });
    ui.add_space(6.0);
    let head = controls::group(ui, text.records_by);
    if std::mem::take(&mut state.scrolls) {
        head.scroll_to_me(Some(Align::TOP));
    }
    let kept = reading.record.as_ref().map_or("", RecordSelector::as_str);
    let mut typed = state.selector.clone().unwrap_or_else(|| kept.to_owned());
    let response = ui.add(controls::field(&mut typed, text.records_hint).desired_width(f32::INFINITY));
    let response = response.accessible_name(text.records_by);
    let record = RecordSelector::parse(&typed);
    if response.changed() {
        if typed.trim().is_empty() {
            chosen(Reading { record: None, ..reading.clone() }, commands);
        } else if record.is_some() {
            chosen(Reading { record: record.clone(), ..reading.clone() }, commands);
        }
        state.selector = Some(typed.clone());
    }
    let is_bad = record.is_none() && !typed.trim().is_empty();
    if !response.has_focus() && !is_bad {
        state.selector = None; // what counts now is shown, whoever chose it
    }
    if is_bad {
        ui.label(RichText::new(text.record_bad).font(theme::small()).color(theme::palette(ui).failed));
    }
    records::show(ui, view, &state.known, commands);
    ui.add_space(6.0);
    controls::group(ui, text.tags);
    ui.horizontal(|ui| {
        for (tags, word) in [(Tags::LeaveOut, text.tags_leave_out), (Tags::Keep, text.tags_keep)] {
            if controls::choice(ui, reading.tags == tags, word, &format!("{}: {word}", text.tags)) {
                chosen(Reading { tags, ..reading.clone() }, commands);
            }
        }
    });
}
