//! What there is to see and to hear in the window.

use eframe::egui::accesskit::{Role, Toggled};
use egui_kittest::Node;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::Window;

impl Window {
    /// The names of everything of this role.
    pub fn labels(&self, role: Role) -> Vec<String> {
        self.query_all_by_role(role).filter_map(|node| node.accesskit_node().label()).collect()
    }

    /// The first of this role whose name begins so.
    pub fn starting(&self, role: Role, start: &str) -> Option<String> {
        self.labels(role).into_iter().find(|label| label.starts_with(start))
    }

    /// There is one of this role and name.
    pub fn has(&self, role: Role, label: &str) -> bool {
        self.query_by_role_and_label(role, label).is_some()
    }

    /// There is one thing with this name.
    pub fn says(&self, label: &str) -> bool {
        self.query_by_label(label).is_some()
    }

    /// The button can be pressed.
    pub fn is_enabled(&self, button: &str) -> bool {
        !self.get_by_role_and_label(Role::Button, button).accesskit_node().is_disabled()
    }

    /// What a field holds.
    pub fn value(&self, field: &str) -> String {
        self.get_by_role_and_label(Role::TextInput, field).accesskit_node().value().unwrap_or_default()
    }

    /// What has the keyboard, by its name.
    pub fn focused(&self) -> String {
        let node = self.query_all_by(|node| node.is_focused() && node.role() != Role::Window).next();
        node.and_then(|node| node.accesskit_node().label()).unwrap_or_default()
    }

    /// The list as it is heard: each file's name and state.
    pub fn files(&self) -> Vec<String> {
        self.labels(Role::ListItem)
    }

    /// The files that are listed, by name alone.
    pub fn names(&self) -> Vec<String> {
        self.files().into_iter().map(name).collect()
    }

    /// The files that are selected, as they are heard.
    pub fn selected(&self) -> Vec<String> {
        let files = self.query_all_by_role(Role::ListItem);
        let selected = files.filter(|file| file.accesskit_node().toggled() == Some(Toggled::True));
        selected.filter_map(|file| file.accesskit_node().label()).collect()
    }

    /// The files that are selected, by name alone.
    pub fn selected_names(&self) -> Vec<String> {
        self.selected().into_iter().map(name).collect()
    }

    /// The file of this name in the list.
    pub fn file(&self, name: &str) -> Node<'_> {
        let starts = format!("{name}, ");
        self.get_by(move |node| {
            node.role() == Role::ListItem && node.label().is_some_and(|label| label.starts_with(&starts))
        })
    }

    /// The rows of the preview, as they are heard.
    pub fn rows(&self) -> Vec<String> {
        self.labels(Role::Row)
    }

    /// The states that the list can be narrowed to, and how many files are in each.
    pub fn chips(&self) -> Vec<String> {
        self.labels(Role::RadioButton)
    }
}

/// A file's name, of what is heard of it.
fn name(label: String) -> String {
    label.split(", ").next().map(str::to_owned).unwrap_or(label)
}
