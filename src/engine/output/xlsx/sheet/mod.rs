//! Rows → the XML of a worksheet, byte for byte what `rust_xlsxwriter` writes for cells that are strings
//! (a property test compares the two): the flood of rows is most of a workbook, and this is what it
//! costs least to make.

pub mod typed;

use std::cell::Cell;

use super::cell::Fit;
use super::shared::{SharedStrings, entities, escaped, has_escape};
use crate::engine::job::columns::kind::Kind;
use crate::engine::output::field::Field;

const CELL_END: &str = "</t></is></c>";
/// All rows are as high as the default: what isn't said, LibreOffice makes as high as a text has lines.
pub const ROW_BEGIN: &str = "\" ht=\"15\" customHeight=\"1\">";
/// Where texts are wrapped, who opens the workbook makes rows as high as they need.
const WRAPPED_ROW_BEGIN: &str = "\">";

thread_local! {
    /// Room for the next worksheet of this worker, so that not each one's has to be made anew.
    static SPARE: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// Keeps the room of a worksheet that is done for the next.
pub fn give_back(mut xml: Vec<u8>) {
    xml.clear();
    SPARE.set(xml);
}

/// The beginning of a worksheet's XML up to its rows is made by the library; this makes the rows.
#[derive(Debug)]
pub struct SheetXml {
    xml: Vec<u8>,
    row_begin: &'static str,
    /// How a cell of each column seen so far begins behind another: `</t></is></c><c r="B`.
    begins: Vec<String>,
    /// The columns' kinds, where one of them is no text; else empty.
    kinds: Vec<Kind>,
    /// Texts that don't stand in their cells.
    pub shared: SharedStrings,
}

impl SheetXml {
    #[must_use]
    pub fn new(wraps: bool, kinds: Vec<Kind>) -> Self {
        let row_begin = if wraps { WRAPPED_ROW_BEGIN } else { ROW_BEGIN };
        Self { xml: SPARE.take(), row_begin, begins: Vec::new(), kinds, shared: SharedStrings::default() }
    }

    /// What is written and not yet taken.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.xml
    }

    /// Takes what is written; what follows is written into this room.
    pub fn take_into(&mut self, room: Vec<u8>) -> Vec<u8> {
        std::mem::replace(&mut self.xml, room)
    }

    /// Takes what is written.
    pub fn take(&mut self) -> Vec<u8> {
        std::mem::replace(&mut self.xml, SPARE.take())
    }

    /// Writes a row: `row` counts from 0, the header being 0; a field's cells begin where the widths of
    /// those before it end. `fits` has one for each value of the fields. Empty cells are left out.
    pub fn row(&mut self, row: u32, fields: &[Field], fits: &[Fit], widths: &[usize]) {
        let mut digits = itoa::Buffer::new();
        let number = digits.format(row + 1);
        self.push_all(&["<row r=\"", number, self.row_begin]);
        if !self.kinds.is_empty() {
            let is_open = self.typed_cells(number, fields, fits, widths);
            self.end_row(is_open);
            return;
        }
        let mut is_open = false;
        let (mut first, mut fits) = (0, fits.iter());
        for (field, width) in fields.iter().zip(widths) {
            let mut column = first;
            for (value, fit) in field.values().iter().zip(&mut fits) {
                for piece in fit.pieces(value) {
                    if !piece.is_empty() {
                        is_open = self.cell((column, number), is_open, piece, fit.is_verbatim);
                    }
                    column += 1;
                }
            }
            first += width;
        }
        self.end_row(is_open);
    }

    fn end_row(&mut self, is_open: bool) {
        self.push_all(&[if is_open { "</t></is></c></row>" } else { "</row>" }]);
    }

    /// Ends the cell before where it is open, and writes this one but for its end, unless it has none: true where
    /// it is open.
    fn cell(&mut self, (column, row): (usize, &str), is_open: bool, text: &str, is_verbatim: bool) -> bool {
        self.begin_to(column);
        let bytes = text.as_bytes();
        let has_escape = !is_verbatim && has_escape(bytes);
        let is_shared = has_escape && self.shared.has_room();
        let is_space = |byte: Option<&u8>| matches!(byte, Some(b' ' | b'\t' | b'\n'));
        let begin = if is_shared {
            "\" t=\"s\"><v>"
        } else if is_space(bytes.first()) || is_space(bytes.last()) {
            "\" t=\"inlineStr\"><is><t xml:space=\"preserve\">"
        } else {
            "\" t=\"inlineStr\"><is><t>"
        };
        let cell = &self.begins[column];
        for part in [if is_open { cell } else { &cell[CELL_END.len()..] }, row, begin] {
            self.xml.extend_from_slice(part.as_bytes());
        }
        if is_verbatim {
            self.xml.extend_from_slice(bytes);
        } else if is_shared {
            let mut digits = itoa::Buffer::new();
            let number = digits.format(self.shared.add(text));
            self.push_all(&[number, "</v></c>"]);
        } else if has_escape {
            escaped(&mut self.xml, bytes);
        } else {
            entities(&mut self.xml, bytes);
        }
        !is_shared
    }

    /// Knows how cells of the columns up to this one begin.
    fn begin_to(&mut self, column: usize) {
        while self.begins.len() <= column {
            self.begins.push(format!("{CELL_END}<c r=\"{}", letters(self.begins.len())));
        }
    }

    fn push_all(&mut self, parts: &[&str]) {
        for part in parts {
            self.xml.extend_from_slice(part.as_bytes());
        }
    }
}

/// A column's letters, from 0: `A` … `Z`, `AA` …
#[must_use]
pub fn letters(column: usize) -> String {
    let (mut rest, mut letters) = (column + 1, Vec::new());
    while rest > 0 {
        letters.push(b'A' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().map(|&letter| char::from(letter)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_excels_letters() {
        assert_eq!([0, 25, 26, 701, 702, 16_383].map(letters), ["A", "Z", "AA", "ZZ", "AAA", "XFD"]);
    }

    #[test]
    fn cells_are_written_as_strings() {
        let mut sheet = SheetXml::new(false, Vec::new());
        let many = Field::Many(vec!["x".into(), "".into(), " y".into()]);
        let fields = ["007".into(), many, "a<b>& _x41_".into(), "_x0041_".into(), "z".into()];
        let fits: Vec<Fit> = fields.iter().flat_map(Field::values).map(|value| Fit::of(value)).collect();
        sheet.row(1, &fields, &fits, &[1, 4, 1, 1, 1]);
        let cell = |at: &str, text: &str| format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
        let spaced = "<c r=\"D2\" t=\"inlineStr\"><is><t xml:space=\"preserve\"> y</t></is></c>";
        let rest =
            [&cell("F2", "a&lt;b&gt;&amp; _x41_"), "<c r=\"G2\" t=\"s\"><v>0</v></c>", &cell("H2", "z")].concat();
        let cells = [cell("A2", "007"), cell("B2", "x")].concat();
        let row = "<row r=\"2\" ht=\"15\" customHeight=\"1\">";
        assert_eq!(String::from_utf8_lossy(sheet.bytes()), format!("{row}{cells}{spaced}{rest}</row>"));
        assert_eq!(sheet.shared.count(), 1);
    }
}
