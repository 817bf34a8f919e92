//! The stages of writing by themselves, for whoever measures one alone (`tests/bench/stages.rs`).

use super::cell::Fit;
use super::deflate::Part;
use super::sheet::{SheetXml, give_back};
use crate::engine::job::choices::Compression;
use crate::engine::output::field::Field;

/// Makes the XML of these records' values and shows it.
pub fn rows<T>(records: &[Vec<String>], look: impl FnOnce(&[u8]) -> T) -> T {
    let mut sheet = SheetXml::new(false, Vec::new());
    for (row, record) in (1..).zip(records) {
        let fields: Vec<Field> = record.iter().map(|text| text.as_str().into()).collect();
        let fits: Vec<Fit> = record.iter().map(|text| Fit::of(text)).collect();
        let widths: Vec<_> = fits.iter().map(Fit::cells).collect();
        sheet.row(row, &fields, &fits, &widths);
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
