//! Every word that people read, in Korean and in English.
//!
//! [`Text`] holds the fixed words of the window, a field a place, so that a missing translation does
//! not compile; `explain` makes sentences of the engine's values.

mod en;
mod explain;
mod ko;
mod numbers;

use serde::{Deserialize, Serialize};

pub use explain::{Explained, note_line, summary_line};
pub use numbers::{bytes, count, duration, duration_short, speed};

/// A language of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    En,
    Ko,
}

impl Lang {
    /// The system's language where the program speaks it, else English.
    #[must_use]
    pub fn system() -> Self {
        match sys_locale::get_locale() {
            Some(locale) if locale.to_ascii_lowercase().starts_with("ko") => Self::Ko,
            _ => Self::En,
        }
    }

    #[must_use]
    pub fn text(self) -> &'static Text {
        match self {
            Self::En => &en::TEXT,
            Self::Ko => &ko::TEXT,
        }
    }
}

/// The fixed words of the window.
#[derive(Debug)]
pub struct Text {
    pub from: &'static str,
    pub to: &'static str,
    pub choose: &'static str,
    pub start: &'static str,
    pub pause: &'static str,
    pub resume: &'static str,
    pub stop: &'static str,
}
