//! Every word that people read, in Korean and in English.
//!
//! [`Text`] holds the fixed words of the window, a field a place, so that a missing translation does
//! not compile; `explain` makes sentences of the engine's values.

mod archives;
mod causes;
mod en;
mod explain;
mod kinds;
mod ko;
mod numbers;
mod phrases;
mod system;

use serde::{Deserialize, Serialize};

pub use explain::{Explained, note_line, run_words, summary_line};
pub use kinds::{encoding_words, format_name};
pub use numbers::{bytes, clock, count, duration, duration_short, speed};
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
    pub compression: &'static str,
    pub compression_fast: &'static str,
    pub compression_normal: &'static str,
    pub compression_small: &'static str,
    pub automatic: &'static str,
    pub automatic_line: &'static str,
    pub own_choice: &'static str,
    pub places: &'static str,
    pub place_file: &'static str,
    pub place_folder: &'static str,
    pub place_number: &'static str,
    pub place_line: &'static str,
    pub add_selector: &'static str,
    pub selector_hint: &'static str,
    pub selector_bad: &'static str,
    pub add: &'static str,
    pub columns_bad: &'static str,
    pub no_fields: &'static str,
    pub move_up: &'static str,
    pub move_down: &'static str,
    pub column_options: &'static str,
    pub header: &'static str,
    pub trim: &'static str,
    pub drop_title: &'static str,
    pub decode_again: &'static str,
    pub collapse_blank_lines: &'static str,
    pub drop_list_marks: &'static str,
    pub several_values: &'static str,
    pub line_break: &'static str,
    pub cell_each: &'static str,
    pub separator_other: &'static str,
    pub reading: &'static str,
    pub recognised: &'static str,
    pub format: &'static str,
    pub encoding: &'static str,
    pub encoding_of_file: &'static str,
    pub records_by: &'static str,
    pub records_hint: &'static str,
    pub tags: &'static str,
    pub tags_leave_out: &'static str,
    pub tags_keep: &'static str,
    pub presets: &'static str,
    pub no_presets: &'static str,
    pub preset_line: &'static str,
    pub preset_name: &'static str,
    pub save: &'static str,
    pub replace: &'static str,
    pub delete: &'static str,
    pub undo: &'static str,
    pub open_preset: &'static str,
    pub dialog_preset: &'static str,
    pub preview: &'static str,
    pub details: &'static str,
    pub run: &'static str,
    pub no_run: &'static str,
    pub files: &'static str,
    pub read_and_made: &'static str,
    pub speed: &'static str,
    pub average: &'static str,
    pub cpu: &'static str,
    pub lanes: &'static str,
    pub fewer_workers: &'static str,
    pub more_workers: &'static str,
    pub show_pane: &'static str,
    pub hide_pane: &'static str,
    pub splitter: &'static str,
    pub looking: &'static str,
    pub rows: &'static str,
    pub workbook: &'static str,
    pub notes: &'static str,
    pub no_places: &'static str,
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
    pub not_recognised: &'static str,
    pub stopped: &'static str,
    pub skipped: &'static str,
    pub scanning: &'static str,
    pub same_folders: &'static str,
    pub no_path: &'static str,
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
    pub recent: &'static str,
    pub clear_recent: &'static str,
    pub missing: &'static str,
    pub notify: &'static str,
    pub show_log: &'static str,
    pub about: &'static str,
    pub about_line: &'static str,
    pub licence_line: &'static str,
    pub fonts_and_icons: &'static str,
    pub close: &'static str,
    pub copy_version: &'static str,
    pub copy_licences: &'static str,
    pub run_done: &'static str,
    pub run_stopped: &'static str,
    pub close_head: &'static str,
    pub close_line: &'static str,
    pub keep_converting: &'static str,
    pub stop_and_close: &'static str,
    pub dialog_input: &'static str,
    pub dialog_output: &'static str,
    pub dismiss: &'static str,
    pub fields: &'static str,
    pub all: &'static str,
    pub not_begun: &'static str,
    pub more_states: &'static str,
    pub seek: &'static str,
    pub clear_search: &'static str,
    pub nothing_found: &'static str,
    pub show_all: &'static str,
    pub ascending: &'static str,
    pub descending: &'static str,
    pub open_workbooks: &'static str,
    pub retry: &'static str,
    pub skip_file: &'static str,
    pub unskip: &'static str,
    pub remove_from_list: &'static str,
    pub copy_paths: &'static str,
    pub copy_problems: &'static str,
    pub add_input: &'static str,
    pub dialog_more: &'static str,
    pub drop_replaces: &'static str,
    pub add_instead: &'static str,
    pub changed_source: &'static str,
    pub changed_output: &'static str,
    pub changed_columns: &'static str,
    pub changed_reading: &'static str,
    pub changed_preset: &'static str,
    pub changed_if_exists: &'static str,
    pub changed_compression: &'static str,
}
