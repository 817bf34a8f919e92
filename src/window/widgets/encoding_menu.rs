//! The encodings that people meet, by the names under which they know them, and the menu that chooses
//! one for a single file.

use eframe::egui::{Button, Ui};

use super::controls;
use crate::engine::EncodingName;
use crate::session::FileRow;
use crate::window::command::Command;
use crate::window::view::View;

/// Label of the WHATWG Encoding Standard, and the name shown.
const USUAL: [(&str, &str); 9] = [
    ("utf-8", "UTF-8"),
    ("euc-kr", "EUC-KR (CP949)"),
    ("utf-16le", "UTF-16LE"),
    ("utf-16be", "UTF-16BE"),
    ("gbk", "GBK (GB2312)"),
    ("gb18030", "GB18030"),
    ("big5", "Big5"),
    ("shift_jis", "Shift_JIS"),
    ("windows-1252", "Windows-1252"),
];

/// The usual ones, and `chosen` where it is none of them.
pub fn all(chosen: Option<EncodingName>) -> Vec<(EncodingName, &'static str)> {
    let usual = USUAL.iter().filter_map(|(label, name)| Some((EncodingName::parse(label)?, *name)));
    let mut all: Vec<_> = usual.collect();
    if let Some(chosen) = chosen.filter(|chosen| all.iter().all(|(known, _)| known != chosen)) {
        all.push((chosen, chosen.0.name()));
    }
    all
}

/// The name under which people know it.
pub fn shown(encoding: EncodingName) -> &'static str {
    all(Some(encoding)).into_iter().find(|(known, _)| *known == encoding).map_or("", |(_, name)| name)
}

/// The entries of the menu that chooses the encoding of one file.
pub fn of_file(ui: &mut Ui, view: &View, file: &FileRow, commands: &mut Vec<Command>) {
    controls::menu(ui, 180.0);
    let name = &file.source.name;
    let chosen = view.encodings.get(name).copied();
    let entries = all(chosen).into_iter().map(|(encoding, word)| (Some(encoding), word));
    for (encoding, word) in std::iter::once((None, view.text().recognised)).chain(entries) {
        let line = ui.add(Button::selectable(chosen == encoding, word));
        if controls::picked(ui, &line) {
            commands.push(Command::SetEncodingOf(name.clone(), encoding));
        }
    }
}
