//! Every word that people read, in Korean and in English.
//!
//! [`Text`] holds the fixed words of the window, a field a place, so that a missing translation does
//! not compile; `explain` makes sentences of the engine's values.

mod archives;
mod en;
mod explain;
mod ko;
mod numbers;
mod phrases;

use serde::{Deserialize, Serialize};

pub use explain::{Explained, encoding_words, format_name, note_line, run_words, summary_line};
pub use numbers::{bytes, count, duration, duration_short, speed};
pub use phrases::Phrases;

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
    pub stopping: &'static str,
    pub choose_folder: &'static str,
    pub try_sample: &'static str,
    pub empty_head: &'static str,
    pub empty_line: &'static str,
    pub empty_paste: &'static str,
    pub drop_head: &'static str,
    pub drop_line: &'static str,
    pub drop_running: &'static str,
    pub drop_running_line: &'static str,
    pub workers: &'static str,
    pub columns: &'static str,
    pub if_exists: &'static str,
    pub skip: &'static str,
    pub overwrite: &'static str,
    pub keep_both: &'static str,
    pub stop_all: &'static str,
    pub columns_other: &'static str,
    pub columns_bad: &'static str,
    pub file: &'static str,
    pub size: &'static str,
    pub records: &'static str,
    pub progress: &'static str,
    pub time: &'static str,
    pub what_happened: &'static str,
    pub waiting: &'static str,
    pub running: &'static str,
    pub done: &'static str,
    pub up_to_date: &'static str,
    pub failed: &'static str,
    pub stopped: &'static str,
    pub scanning: &'static str,
    pub same_folders: &'static str,
    pub beside_input: &'static str,
    pub back_beside_input: &'static str,
    pub remove_input: &'static str,
    pub paused: &'static str,
    pub open_output: &'static str,
    pub retry_failed: &'static str,
    pub open_workbook: &'static str,
    pub show_in_folder: &'static str,
    pub copy_path: &'static str,
    pub copy_problem: &'static str,
    pub settings: &'static str,
    pub language: &'static str,
    pub theme: &'static str,
    pub system: &'static str,
    pub light: &'static str,
    pub dark: &'static str,
    pub close_head: &'static str,
    pub close_line: &'static str,
    pub keep_converting: &'static str,
    pub stop_and_close: &'static str,
    pub no_display: &'static str,
    pub dialog_input: &'static str,
    pub dialog_output: &'static str,
    pub dismiss: &'static str,
    pub no_path: &'static str,
    pub fields: &'static str,
    pub source_files: &'static str,
}
