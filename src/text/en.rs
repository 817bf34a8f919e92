//! The words in English.

use super::Text;

pub static TEXT: Text =
    Text {
        from: "From", to: "To", choose: "Choose…", start: "Start", pause: "Pause", resume: "Resume", stop: "Stop"
    };
