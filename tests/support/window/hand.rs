//! What a person does with the window, and what a desktop does to it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use eframe::egui::accesskit::Role;
use eframe::egui::{DroppedFile, Event, Key, Modifiers, ViewportEvent, ViewportId};
use egui_kittest::kittest::Queryable as _;

use super::Window;

impl Window {
    /// Clicks what has this role and name.
    pub fn click(&mut self, role: Role, label: &str) {
        self.rest();
        self.get_by_role_and_label(role, label).click();
        self.settle();
    }

    /// Clicks what has this name, whatever its role.
    pub fn choose(&mut self, label: &str) {
        self.rest();
        self.get_by_label(label).click();
        self.settle();
    }

    /// Clicks what has these words in its name.
    pub fn choose_containing(&mut self, words: &str) {
        self.rest();
        self.get_by_label_contains(words).click();
        self.settle();
    }

    /// Clicks a file of the list, perhaps with a key held down.
    pub fn click_file(&mut self, name: &str, modifiers: Modifiers) {
        self.rest();
        self.file(name).click_modifiers(modifiers);
        self.settle();
    }

    /// Opens the menu of a file of the list.
    pub fn open_menu(&mut self, name: &str) {
        self.rest();
        self.file(name).click_secondary();
        self.settle();
    }

    /// Gives it the keyboard.
    pub fn focus(&mut self, role: Role, label: &str) {
        self.get_by_role_and_label(role, label).focus();
        self.settle();
    }

    /// Presses a key, with those that are held down.
    pub fn press(&mut self, modifiers: Modifiers, key: Key) {
        self.key_press_modifiers(modifiers, key);
        self.settle();
    }

    /// Presses a key alone.
    pub fn key(&mut self, key: Key) {
        self.press(Modifiers::NONE, key);
    }

    /// Tab until what has the keyboard is called so, or begins so.
    pub fn tab_to(&mut self, start: &str) {
        for _ in 0..60 {
            self.key(Key::Tab);
            if self.focused().starts_with(start) {
                return;
            }
        }
        panic!("Tab never reaches {start}, but {}", self.focused());
    }

    /// Escape as often as it takes: out of a field, out of a sheet.
    pub fn escape(&mut self) {
        for _ in 0..3 {
            self.key(Key::Escape);
        }
    }

    /// Types into whatever has the keyboard.
    pub fn typed(&mut self, text: &str) {
        self.event(Event::Text(text.into()));
        self.settle();
    }

    /// Types at the end of a field.
    pub fn append(&mut self, field: &str, text: &str) {
        self.focus(Role::TextInput, field);
        self.get_by_role_and_label(Role::TextInput, field).type_text(text);
        self.settle();
    }

    /// Types over all that stands in a field.
    pub fn write(&mut self, field: &str, text: &str) {
        self.focus(Role::TextInput, field);
        self.press(Modifiers::COMMAND, Key::A);
        self.get_by_role_and_label(Role::TextInput, field).type_text(text);
        self.settle();
    }

    /// Pastes what was copied elsewhere.
    pub fn paste(&mut self, text: impl Into<String>) {
        self.event(Event::Paste(text.into()));
        self.settle();
    }

    /// A desktop drops these, all at once.
    pub fn drop_files(&mut self, paths: &[&Path]) {
        for path in paths {
            self.input_mut().dropped_files.push(Arc::new(Dropped(path.to_path_buf())));
        }
        self.settle();
    }

    /// A desktop asks the window to close.
    pub fn ask_to_close(&mut self) {
        self.input_mut().viewports.entry(ViewportId::ROOT).or_default().events.push(ViewportEvent::Close);
        self.settle();
    }
}

#[derive(Debug)]
struct Dropped(PathBuf);

impl DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        Err("a folder".into())
    }
}
