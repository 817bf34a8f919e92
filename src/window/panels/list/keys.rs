//! The keyboard in the list, also while the pane stands in the list's place.

use eframe::egui::{Event, Key, Modifiers, Ui};

use super::Scroll;
use crate::window::command::Command;
use crate::window::theme;
use crate::window::view::{Pane, View};

/// Arrows, Page Up and Down, Home and End move, with Shift they select; Space selects one more, Ctrl+A
/// all, Escape none; Enter opens the workbooks, Delete removes.
pub fn keyboard(ui: &Ui, view: &View, scroll: &mut Scroll, commands: &mut Vec<Command>) {
    let rows = view.order.len();
    if rows == 0 || !view.hears_keys {
        return;
    }
    // keys that press what has the keyboard are not the list's then
    let is_free = ui.memory(|memory| memory.focused().is_none());
    let mut at = view.selected.and_then(|file| view.order.place_of(file));
    for event in ui.input(|input| input.events.clone()) {
        let Event::Key { key, pressed: true, modifiers, .. } = event else { continue };
        let selects = modifiers.shift && !modifiers.command && !modifiers.alt;
        if let Some(to) = moved(key, at, rows, page(scroll)).filter(|_| selects || modifiers.is_none()) {
            at = Some(to);
            scroll.reveal = Some(to);
            let file = view.order.at(to);
            commands.extend(match (selects, file) {
                (true, Some(file)) => Some(Command::SelectThrough(file)),
                _ => Some(Command::Select(file)),
            });
            continue;
        }
        let selection = view.selection.shown(view.order);
        match (key, modifiers) {
            (Key::A, Modifiers { command: true, shift: false, alt: false, .. }) => commands.push(Command::SelectAll),
            (_, modifiers) if modifiers.any() => {}
            (Key::Delete, _) if !selection.is_empty() => commands.push(Command::Remove(selection)),
            (Key::Escape, _) if !view.selection.is_empty() && view.pane != Pane::Instead => {
                commands.push(Command::SelectNone);
            }
            (Key::Space, _) if is_free => commands.extend(view.selected.map(Command::Toggle)),
            (Key::Enter, _) if is_free => {
                let made = super::menu::made(view, &selection);
                commands.extend(made.into_iter().flatten().map(Command::OpenWorkbook));
            }
            _ => {}
        }
    }
}

fn page(scroll: &Scroll) -> usize {
    (scroll.height / theme::ROW).max(1.0) as usize
}

/// The place that a key leads to.
fn moved(key: Key, at: Option<usize>, rows: usize, page: usize) -> Option<usize> {
    let last = rows - 1;
    let from = |step: fn(usize, usize) -> usize, by| at.map_or(0, |at| step(at, by)).min(last);
    Some(match key {
        Key::ArrowDown => from(usize::saturating_add, 1),
        Key::ArrowUp => from(usize::saturating_sub, 1),
        Key::PageDown => from(usize::saturating_add, page),
        Key::PageUp => from(usize::saturating_sub, page),
        Key::Home => 0,
        Key::End => last,
        _ => return None,
    })
}
