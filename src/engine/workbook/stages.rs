//! The stages of a conversion by themselves, for whoever measures one alone (`tests/bench/stages.rs`).

use std::path::Path;

use super::cell::{Field, Value};
use super::deflate::Part;
use super::sheet::{SheetXml, give_back};
use crate::engine::control::Control;
use crate::engine::event::SourceFile;
use crate::engine::job::Compression;
use crate::engine::notes::Notes;
use crate::engine::reading::Reading;
use crate::engine::source::{Ask, Opener, Records};

/// A record's id, title and text.
pub type Three = [String; 3];

/// The records of a source file; `None` where it cannot be read.
#[must_use]
pub fn read(path: &Path) -> Option<Vec<Three>> {
    let bytes = path.metadata().ok()?.len();
    let source = SourceFile { path: path.to_owned(), name: path.to_owned(), bytes, member: None };
    let ask = Ask { reading: &Reading::default(), file: "file", keep_markup: false };
    let control = Control::default();
    let mut records = Records::of(Opener::alone(&source, &control).open().ok()?, ask).ok()?;
    let (mut found, mut notes) = (Vec::new(), Notes::default());
    while let Some(record) = records.next(&control, &mut notes).ok()? {
        found.push(["id", "title", "text"].map(|name| record.get(name).unwrap_or_default().to_owned()));
    }
    Some(found)
}

/// Makes the XML of these rows and shows it.
pub fn rows<T>(records: &[Three], look: impl FnOnce(&[u8]) -> T) -> T {
    let mut sheet = SheetXml::new();
    for (row, record) in (1..).zip(records) {
        let fields = record.each_ref().map(|text| Field::One(Value::from(text.as_str())));
        let widths = fields.each_ref().map(Field::cells);
        sheet.row(row, &fields, &widths);
    }
    let xml = sheet.take();
    let seen = look(&xml);
    give_back(xml);
    seen
}

/// How many bytes are left of a worksheet's XML; `None` where the compressor fails, which it never does.
#[must_use]
pub fn compress(xml: &[u8]) -> Option<usize> {
    Part::last(xml, Compression::default()).map(|part| part.stream.len())
}
