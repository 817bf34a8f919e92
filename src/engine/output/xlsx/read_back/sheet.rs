//! The cells of a worksheet's XML, as it goes by.

use std::io::Read;
use std::str;

use memchr::{memchr, memmem};

use super::strings::{Strings, decoded};
use super::typed::{self, attribute};
use super::unproven;
use crate::engine::error::Halt;
use crate::engine::job::columns::kind::Kind;
use crate::engine::output::digest::Digest;
use crate::engine::stop::StopToken;

/// So much is read at a time.
const ROOM: usize = 256 << 10;
/// What stands between two tags is no longer: a cell's text with every character written as a reference.
const LONGEST: usize = 4 << 20;

/// What worksheets hold, one after the other.
#[derive(Default)]
pub struct Sheet {
    /// The cells of the first row, which all worksheets have alike.
    pub header: Option<Vec<String>>,
    /// Rows below the headers.
    pub rows: u64,
    pub digest: Digest,
    /// Rows of the worksheets before.
    before: u64,
    /// What the worksheet says of its extent: its last row.
    extent: Option<u64>,
    /// The row at hand, from 1; 0 before the first.
    row: u64,
    head: Vec<String>,
    cell: Option<Cell>,
    in_text: bool,
    /// Room for the next cell's text, and for the worksheet as it goes by.
    room: String,
    xml: Vec<u8>,
    /// Texts that cells name by number.
    pub strings: Strings,
}

/// A cell between its tags.
struct Cell {
    column: u32,
    /// Its text, or the number of a shared one.
    text: String,
    is_shared: bool,
    /// What it holds where that is no text.
    kind: Kind,
}

impl Sheet {
    /// Reads a worksheet to its end.
    ///
    /// # Errors
    /// Where it is not as ours are; when the run is stopped.
    pub fn read(&mut self, part: &mut impl Read, stop: &StopToken) -> Result<(), Halt> {
        self.begin();
        let mut xml = std::mem::take(&mut self.xml);
        xml.resize(xml.len().max(ROOM), 0);
        let mut filled = 0;
        loop {
            stop.checkpoint()?;
            if filled == xml.len() {
                if filled >= LONGEST {
                    return Err(unproven(&"a tag without an end"));
                }
                xml.resize(2 * filled, 0);
            }
            let length = part.read(&mut xml[filled..]).map_err(|error| unproven(&error))?;
            if length == 0 {
                break;
            }
            filled += length;
            let done = self.tags(&xml[..filled])?;
            xml.copy_within(done..filled, 0);
            filled -= done;
        }
        self.xml = xml;
        self.end(filled)
    }

    /// Reads a worksheet that is all at hand.
    ///
    /// # Errors
    /// Where it is not as ours are.
    pub fn whole(&mut self, xml: &[u8]) -> Result<(), Halt> {
        self.begin();
        let done = self.tags(xml)?;
        self.end(xml.len() - done)
    }

    fn begin(&mut self) {
        (self.before, self.extent, self.row) = (self.rows, None, 0);
        self.head.clear();
    }

    fn end(&mut self, left: usize) -> Result<(), Halt> {
        if left > 0 || self.cell.is_some() {
            return Err(unproven(&"a worksheet that is cut off"));
        }
        if self.extent != Some(self.row.max(1)) {
            return Err(unproven(&format!("{} rows, an extent of {:?}", self.row, self.extent)));
        }
        match &self.header {
            None => self.header = Some(std::mem::take(&mut self.head)),
            Some(header) if *header != self.head => return Err(unproven(&"a worksheet with another header")),
            Some(_) => {}
        }
        Ok(())
    }

    /// Takes all whole tags, each with the text before it; gives how many bytes these are.
    fn tags(&mut self, xml: &[u8]) -> Result<usize, Halt> {
        let mut done = 0;
        while let Some(begin) = memchr(b'<', &xml[done..]).map(|at| done + at) {
            let Some(end) = memchr(b'>', &xml[begin..]).map(|at| begin + at) else { return Ok(done) };
            if self.in_text && begin > done {
                self.text(&xml[done..begin])?;
            }
            let tag = &xml[begin + 1..end];
            match tag.first() {
                Some(b'c') if is(tag, b"c") => {
                    if let Some(length) = self.plain_cell(tag, &xml[end + 1..])? {
                        done = end + 1 + length;
                        continue;
                    }
                    self.begin_cell(tag)?;
                }
                Some(b't') if is(tag, b"t") => self.in_text = !tag.ends_with(b"/"),
                Some(b'v') if tag == b"v" => self.in_text = true,
                Some(b'/') => match tag {
                    b"/t" | b"/v" => self.in_text = false,
                    b"/c" => self.end_cell()?,
                    _ => {}
                },
                Some(b'r') if is(tag, b"row") => self.begin_row(tag)?,
                Some(b'd') if is(tag, b"dimension") => {
                    let extent = attribute(tag, b" ref=\"").and_then(|place| place.rsplit(':').next());
                    self.extent = extent.and_then(place).map(|(_, row)| row);
                }
                _ => {}
            }
            done = end + 1;
        }
        Ok(done) // a text that goes on is taken with the tag behind it
    }

    fn begin_row(&mut self, tag: &[u8]) -> Result<(), Halt> {
        let number = attribute(tag, b" r=\"").and_then(|number| number.parse().ok());
        // where there are no columns, there is no header
        let is_next = number == Some(self.row + 1) || (self.row == 0 && number == Some(2));
        let Some(number) = number.filter(|_| is_next) else {
            return Err(unproven(&format!("row {number:?} behind row {}", self.row)));
        };
        self.row = number;
        self.rows += u64::from(self.row > 1);
        Ok(())
    }

    /// A cell as nearly all are, its text in one piece: taken at once, with all of its tags. Gives how long it is
    /// behind its first; `None` where it is another.
    fn plain_cell(&mut self, tag: &[u8], behind: &[u8]) -> Result<Option<usize>, Halt> {
        const BEGINS: [&[u8]; 2] = [b"<is><t>", b"<is><t xml:space=\"preserve\">"];
        const END: &[u8] = b"</t></is></c>";
        let Some(at) = tag.strip_prefix(b"c r=\"").and_then(|tag| tag.strip_suffix(b"\" t=\"inlineStr\"")) else {
            return Ok(None);
        };
        let Some(begin) = BEGINS.iter().find(|begin| behind.starts_with(begin)).map(|begin| begin.len()) else {
            return Ok(None);
        };
        let Some(length) = memchr(b'<', &behind[begin..]) else { return Ok(None) };
        let text = &behind[begin..begin + length];
        if self.row < 2 || self.cell.is_some() || !behind[begin + length..].starts_with(END) {
            return Ok(None);
        }
        let found = str::from_utf8(at).ok().and_then(place).filter(|(_, row)| *row == self.row);
        let Some((column, row)) = found else {
            return Err(unproven(&format!("a cell of another row in row {}", self.row)));
        };
        let text = str::from_utf8(text).map_err(|error| unproven(&error))?;
        let text = decoded(text).ok_or_else(|| unproven(&format!("an unknown reference in row {row}")))?;
        if !text.is_empty() {
            self.digest.cell(self.before + row - 1, column, &text);
        }
        Ok(Some(begin + length + END.len()))
    }

    fn begin_cell(&mut self, tag: &[u8]) -> Result<(), Halt> {
        let found = attribute(tag, b" r=\"").and_then(place);
        let Some((column, row)) = found.filter(|(_, row)| *row == self.row) else {
            return Err(unproven(&format!("a cell of another row in row {}", self.row)));
        };
        if self.cell.is_some() || row == 0 {
            return Err(unproven(&format!("a cell in a cell in row {row}")));
        }
        let is_shared = memmem::find(tag, b" t=\"s\"").is_some();
        let is_text = is_shared || memmem::find(tag, b" t=\"inlineStr\"").is_some();
        let kind = if is_text { Some(Kind::Text) } else { typed::kind(tag).filter(|_| self.row > 1) };
        let Some(kind) = kind else {
            // (the library writes a cell of a header that has no words without one)
            return if tag.ends_with(b"/") { Ok(()) } else { Err(unproven(&format!("no text in row {row}"))) };
        };
        self.cell = Some(Cell { column, text: std::mem::take(&mut self.room), is_shared, kind });
        Ok(())
    }

    fn text(&mut self, bytes: &[u8]) -> Result<(), Halt> {
        let row = self.row;
        let text = str::from_utf8(bytes).map_err(|error| unproven(&error))?;
        let text = decoded(text).ok_or_else(|| unproven(&format!("an unknown reference in row {row}")))?;
        let Some(cell) = &mut self.cell else { return Err(unproven(&format!("text outside of cells in row {row}"))) };
        cell.text.push_str(&text);
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), Halt> {
        let Some(mut cell) = self.cell.take() else { return Ok(()) };
        if cell.is_shared {
            let text = self.strings.get(&cell.text).ok_or_else(|| unproven(&"a shared string that is not there"))?;
            cell.text = text.into_owned();
        }
        if cell.kind != Kind::Text {
            let place = (self.before + self.row - 1, cell.column);
            let is_taken = typed::take(&mut self.digest, place, cell.kind, &cell.text);
            return is_taken.then_some(()).ok_or_else(|| unproven(&format!("{:?} in row {}", cell.text, self.row)));
        }
        if cell.text.is_empty() {
            return Ok(());
        }
        if self.row > 1 {
            self.digest.cell(self.before + self.row - 1, cell.column, &cell.text);
            self.room = cell.text;
            self.room.clear();
            return Ok(());
        }
        if self.head.len() > cell.column as usize {
            return Err(unproven(&"a header out of order"));
        }
        self.head.resize(cell.column as usize, String::new());
        self.head.push(cell.text);
        Ok(())
    }
}

/// The tag is of this name.
fn is(tag: &[u8], name: &[u8]) -> bool {
    tag.strip_prefix(name).is_some_and(|rest| matches!(rest.first(), None | Some(b' ' | b'/')))
}

/// `AB7` as its column, from 0, and its row, from 1.
fn place(text: &str) -> Option<(u32, u64)> {
    let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
    let column = text.bytes().take(letters).fold(0, |sum, letter| sum * 26 + u32::from(letter - b'A') + 1);
    Some((column.checked_sub(1)?, text[letters..].parse().ok()?))
}
