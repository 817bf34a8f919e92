//! What an input method commits is text. On X11 the key that ends a composition comes with it: winit hands
//! over Escape and Tab as the control signs of the same name, and a field would take them in.

use eframe::egui::{Event, ImeEvent};

/// Leaves text only. Ends of lines stay, which egui leaves out itself.
pub fn keep_text(events: &mut [Event]) {
    for event in events {
        if let Event::Ime(ImeEvent::Commit(text)) = event {
            text.retain(|letter| !letter.is_control() || matches!(letter, '\n' | '\r'));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_taken_out_of_what_is_committed_and_nothing_else() {
        let commit = |text: &str| Event::Ime(ImeEvent::Commit(text.into()));
        let key = Event::Text("\u{1b}".into());
        let mut events = [commit("\u{1b}"), commit("일"), commit("한\t글"), commit("\r"), key.clone()];
        keep_text(&mut events);
        assert_eq!(events, [commit(""), commit("일"), commit("한글"), commit("\r"), key]);
    }
}
