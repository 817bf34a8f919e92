//! Reads a finished workbook by the library that people would use, a cell at a time.

use std::fs::File;
use std::io::{BufReader, Seek as _};

use calamine::{DataRef, Reader, Xlsx, XlsxError};

use super::super::sheet::typed;
use super::unproven;
use crate::engine::error::Halt;
use crate::engine::job::columns::kind::Kind;
use crate::engine::output::ReadBack;
use crate::engine::output::digest::Digest;
use crate::engine::stop::StopToken;

/// A stop is heard after so many cells.
const CELLS: u32 = 4096;

/// All cells of all worksheets, which go on where the one before ends, each below the same header.
///
/// # Errors
/// [`Cause::NotProven`] where the workbook is not whole; when the run is stopped.
pub fn read_back(mut file: &File, stop: &StopToken) -> Result<ReadBack, Halt> {
    file.rewind().map_err(|error| unproven(&error))?;
    let mut book: Xlsx<_> = Xlsx::new(BufReader::with_capacity(256 << 10, file)).map_err(|error| unproven(&error))?;
    let mut digest = Digest::default();
    let (mut rows, mut header) = (0, None);
    for name in book.sheet_names() {
        rows += sheet(&mut book, &name, rows, (&mut digest, &mut header), stop)?;
    }
    Ok(ReadBack { header: header.unwrap_or_default(), rows, digest: digest.finish() })
}

fn sheet(
    book: &mut Xlsx<BufReader<&File>>,
    name: &str,
    before: u64,
    (digest, header): (&mut Digest, &mut Option<Vec<String>>),
    stop: &StopToken,
) -> Result<u64, Halt> {
    let failed = |error: XlsxError| unproven(&error);
    let mut cells = book.worksheet_cells_reader(name).map_err(failed)?;
    let rows = u64::from(cells.dimensions().end.0);
    let mut head: Vec<String> = Vec::new();
    let mut seen = 0;
    while let Some(cell) = cells.next_cell().map_err(failed)? {
        seen += 1;
        if seen % CELLS == 0 {
            stop.checkpoint()?;
        }
        let (row, column) = cell.get_position();
        let text = match cell.get_value() {
            DataRef::String(text) => text.as_str(),
            DataRef::SharedString(text) => text,
            DataRef::Empty => continue,
            value if row > 0 => {
                let place = (before + u64::from(row), column);
                let is_taken = match value {
                    DataRef::Float(number) => typed::take_number(digest, place, Kind::Number, *number),
                    DataRef::Int(number) => typed::take_number(digest, place, Kind::Number, *number as f64),
                    DataRef::DateTime(moment) => typed::take_number(digest, place, Kind::Date, moment.as_f64()),
                    DataRef::Bool(is_true) => {
                        typed::take_truth(digest, place, *is_true);
                        true
                    }
                    _ => false,
                };
                if is_taken {
                    continue;
                }
                return Err(unproven(&format!("{value:?} in a cell")));
            }
            other => return Err(unproven(&format!("{other:?} in a cell"))),
        };
        if row > 0 {
            digest.cell(before + u64::from(row), column, text);
            continue;
        }
        head.resize(column as usize, String::new());
        head.push(text.to_owned());
    }
    match header {
        None => *header = Some(head),
        Some(first) if *first != head => return Err(unproven(&"a worksheet with another header")),
        Some(_) => {}
    }
    Ok(rows)
}
