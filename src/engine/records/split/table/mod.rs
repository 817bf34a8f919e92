//! A row a record: tables with a character between their cells (CSV, TSV).

pub mod names;
pub mod row;
#[cfg(test)]
mod tests;

use std::io::Read;

use super::RawRecord;
use super::by_tags::LONGEST_BODY;
use crate::engine::error::Halt;
use crate::engine::input::decode::TextReader;
use crate::engine::notes::{Note, NoteKind, Notes};
use names::ColumnNames;
use row::{Marks, Reached, RowParser, value};

/// After so many quotes that are never closed, none goes on over a line break: to look for the end of each
/// through megabytes would cost the square of a file made of them.
const MOST_UNCLOSED: u32 = 16;

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    /// Between two cells; ASCII.
    pub delimiter: u8,
    /// Rows end with CR alone.
    pub by_cr: bool,
    /// The first row names the columns.
    pub has_header: bool,
    /// The first line says `sep=;`, as Excel wants it.
    pub says_delimiter: bool,
}

/// The rows of a table.
pub struct TableSplitter<R> {
    reader: TextReader<R>,
    dialect: Dialect,
    marks: Marks,
    names: ColumnNames,
    row: RowParser,
    room: String,
    /// The header, where there is one, is read.
    has_begun: bool,
    /// The row at hand goes on behind the text at hand.
    is_cut: bool,
    rows: u64,
    unclosed: u32,
}

impl<R: Read> TableSplitter<R> {
    pub fn new(reader: TextReader<R>, dialect: Dialect) -> Self {
        let end = if dialect.by_cr { b'\r' } else { b'\n' };
        let marks = Marks { delimiter: dialect.delimiter, end, over_lines: true };
        let (names, row, room) = (ColumnNames::default(), RowParser::default(), String::new());
        Self { reader, dialect, marks, names, row, room, has_begun: false, is_cut: false, rows: 0, unclosed: 0 }
    }

    pub fn reader(&self) -> &TextReader<R> {
        &self.reader
    }

    /// Rows that are not blank and name no columns; a record is made of each.
    #[must_use]
    pub fn rows(&self) -> (u64, u64) {
        (self.rows, 0)
    }

    /// Puts the next row that is not blank into `raw`, a field a cell; false at the end of the file.
    ///
    /// # Errors
    /// When the file cannot be read, or the run is stopped.
    pub fn next(&mut self, raw: &mut RawRecord, notes: &mut Notes) -> Result<bool, Halt> {
        if !self.has_begun {
            self.begin(notes)?;
        }
        loop {
            let Some(length) = self.read_row(notes)? else { return Ok(false) };
            if self.is_blank() {
                self.pass(length, notes)?;
                continue;
            }
            raw.line = self.reader.line();
            self.fill(raw, notes);
            self.pass(length, notes)?;
            self.rows += 1;
            return Ok(true);
        }
    }

    /// Passes over what stands before the first record.
    fn begin(&mut self, notes: &mut Notes) -> Result<(), Halt> {
        self.has_begun = true;
        while self.reader.text().len() < '\u{feff}'.len_utf8() && self.reader.more()? {}
        let marks = self.reader.text().len() - self.reader.text().trim_start_matches('\u{feff}').len();
        self.reader.consume(marks);
        if self.dialect.says_delimiter
            && let Some(length) = self.read_row(notes)?
        {
            self.pass(length, notes)?;
        }
        while self.dialect.has_header {
            let Some(length) = self.read_row(notes)? else { break };
            let is_blank = self.is_blank();
            if !is_blank {
                let text = self.reader.text();
                let cells = self.row.cells.iter().map(|cell| value(text, cell, true, &mut self.room).to_owned());
                self.names = ColumnNames::of_header(&cells.collect::<Vec<_>>());
                let line = self.reader.line();
                self.names.tell(line, notes);
            }
            self.pass(length, notes)?;
            if !is_blank {
                break;
            }
        }
        Ok(())
    }

    /// Reads the row at which the text begins: its length, or `None` at the end of the file.
    fn read_row(&mut self, notes: &mut Notes) -> Result<Option<usize>, Halt> {
        self.row.clear();
        let mut is_all = self.reader.is_at_end();
        loop {
            let text = self.reader.text();
            if text.is_empty() && is_all {
                return Ok(None);
            }
            let reached = self.row.go_on(text.as_bytes(), is_all, self.marks);
            let length = text.len();
            match reached {
                Reached::End(length) => {
                    self.tell_fault(notes);
                    return Ok(Some(length));
                }
                Reached::OpenQuote if length > LONGEST_BODY => {
                    self.row.unquote();
                    self.unclosed += 1;
                    self.marks.over_lines = self.unclosed < MOST_UNCLOSED;
                    continue;
                }
                Reached::Open if length > LONGEST_BODY => return Ok(Some(self.cut_row())),
                Reached::Open | Reached::OpenQuote => {}
            }
            self.reader.more()?;
            is_all = self.reader.is_at_end();
        }
    }

    /// A row too long to be kept ends where the text at hand does.
    fn cut_row(&mut self) -> usize {
        let text = self.reader.text();
        let _ = self.row.go_on(text.as_bytes(), true, self.marks);
        self.is_cut = true;
        text.len()
    }

    /// Passes over a row; of one that is cut, also over the rest of its line, which is left out.
    fn pass(&mut self, length: usize, notes: &mut Notes) -> Result<(), Halt> {
        if !std::mem::take(&mut self.is_cut) {
            if self.row.has_quotes || self.marks.end != b'\n' {
                self.reader.consume(length);
            } else {
                let lines = u64::from(self.reader.text().as_bytes()[..length].ends_with(b"\n"));
                self.reader.consume_lines(length, lines);
            }
            return Ok(());
        }
        let line = self.reader.line();
        self.reader.consume(length);
        let mut left_out = 0;
        while self.reader.more()? {
            let text = self.reader.text();
            let end = memchr::memchr(self.marks.end, text.as_bytes());
            let passed = end.map_or(text.len(), |end| end + 1);
            left_out += passed as u64;
            self.reader.consume(passed);
            if end.is_some() {
                break;
            }
        }
        notes.add(Note::at(NoteKind::RecordTooLong, line, "", left_out));
        Ok(())
    }

    fn tell_fault(&mut self, notes: &mut Notes) {
        let Some(fault) = self.row.fault else { return };
        let first = self.reader.line();
        let before = &self.reader.text().as_bytes()[..fault];
        let line = first + memchr::memchr_iter(b'\n', before).count() as u64;
        let around = &self.reader.text()[fault..];
        let what = around.chars().take_while(|char| !matches!(char, '\n' | '\r')).take(60).collect();
        notes.add(Note { what, ..Note::at(NoteKind::QuoteBroken, line, "", 1) });
    }

    /// A row of one cell with nothing in it.
    fn is_blank(&self) -> bool {
        let [only] = &self.row.cells[..] else { return false };
        only.range.start == 0 && self.reader.text()[only.range.clone()].trim().is_empty()
    }

    /// Puts the cells of the row at hand into `raw`.
    fn fill(&mut self, raw: &mut RawRecord, notes: &mut Notes) {
        let text = self.reader.text();
        let cells = &self.row.cells;
        let end = cells.last().map_or(0, |cell| cell.range.end);
        let has_cr = memchr::memchr(b'\r', &text.as_bytes()[..end]).is_some();
        for (name, cell) in self.names.first(cells.len()).iter().zip(cells) {
            raw.attributes.push(name, value(text, cell, has_cr, &mut self.room));
        }
        let named = self.names.named();
        if named > 0 && cells.len() != named {
            let cells_read = cells.len();
            let what = format!("{cells_read} ≠ {named}");
            let count = cells_read.abs_diff(named) as u64;
            let note = Note { what, ..Note::at(NoteKind::CellsUneven, raw.line, "", count) };
            notes.add(note);
        }
    }
}
