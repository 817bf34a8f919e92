//! What repeats in a file, to be chosen as its records: how it is named, and what choosing it means.

use crate::engine::{Reading, RecordSelector, Repeat};
use crate::text::count;
use crate::window::command::Command;
use crate::window::view::View;

/// A path as people see it; the root is `.`.
pub fn shown(path: &str) -> &str {
    if path.is_empty() { "." } else { path }
}

/// How it is heard: `Records: root/item, 13`.
pub fn name(view: &View, repeat: &Repeat) -> String {
    format!("{}: {}, {}", view.text().records, shown(&repeat.path), count(repeat.count))
}

/// The selector that means it.
pub fn selector(repeat: &Repeat) -> Option<RecordSelector> {
    if repeat.path.is_empty() { RecordSelector::parse(".") } else { RecordSelector::of_path(&repeat.path) }
}

/// All files are read with these records; `None`: as each of them says.
pub fn choose(view: &View, record: Option<RecordSelector>) -> Command {
    Command::SetReading(Reading { record, ..view.settings.choices.reading.clone() })
}
