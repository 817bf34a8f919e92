//! The cells of a workbook, by a reader that knows neither Sheetmill nor its peers.

use std::error::Error;
use std::path::Path;

use calamine::{Data, Reader, Xlsx, open_workbook};

/// All worksheets' cells as texts, the header first.
///
/// # Errors
/// When the workbook cannot be read.
pub fn read(book: &Path) -> Result<Vec<Vec<Vec<String>>>, Box<dyn Error>> {
    let mut workbook: Xlsx<_> = open_workbook(book)?;
    let mut sheets = Vec::new();
    for (_, range) in workbook.worksheets() {
        sheets.push(range.rows().map(|row| row.iter().map(text).collect()).collect());
    }
    Ok(sheets)
}

fn text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        other => other.to_string(),
    }
}
