//! Whether somebody types in a field. The key that leaves a field (Enter, Escape) is the field's own, though
//! the field has lost the keyboard by the time the list and the window's shortcuts look.

use eframe::egui::Context;

/// As it was at the end of the last frame.
#[derive(Debug, Default)]
pub struct Typing {
    before: bool,
}

impl Typing {
    /// At the beginning of a frame: its keys are a field's.
    #[must_use]
    pub fn has_keys(&self, ctx: &Context) -> bool {
        self.before || ctx.text_edit_focused()
    }

    /// At the end of a frame.
    pub fn remember(&mut self, ctx: &Context) {
        self.before = ctx.text_edit_focused();
    }
}
