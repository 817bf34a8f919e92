//! `rust_xlsxwriter` by itself, in constant memory at its level 6: the same cells as finished workbooks
//! hold, written again. Its output is the measure of ours; its time has neither reading nor tags in it.

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use clap::Args;
use rust_xlsxwriter::{DocProperties, Format, Workbook, XlsxError};
use serde_json::{Value, json};

use super::{cells, limit, timed};

/// Writes the cells of all workbooks of a folder again, by the library alone.
#[derive(Debug, Args)]
pub struct Library {
    folder: PathBuf,
    output: PathBuf,
    #[arg(long, default_value_t = 6)]
    level: u8,
}

impl Library {
    /// Processor seconds of writing, on one thread; bytes of the workbooks.
    ///
    /// # Errors
    /// When a workbook cannot be read or written.
    pub fn run(&self) -> Result<Value, Box<dyn Error>> {
        let (mut taken, mut written) = (0.0, 0);
        fs::create_dir_all(&self.output)?;
        for (number, book) in limit::workbooks(&self.folder).iter().enumerate() {
            let sheets = cells::read(book)?;
            let target = self.output.join(format!("{number}.xlsx"));
            let began = timed::cpu();
            let mut workbook = again(&sheets, self.level)?;
            workbook.save_to_writer(std::io::BufWriter::new(fs::File::create(&target)?))?;
            taken += timed::cpu() - began;
            written += fs::metadata(&target)?.len();
        }
        Ok(json!({ "cpu": taken, "written": written }))
    }
}

/// The same workbook as ours: its header, widths, filter and property as well.
fn again(sheets: &[Vec<Vec<String>>], level: u8) -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_zip_compression_level(level);
    let stamp = "1 0000000000000000 1000000 1795000000.000000000 0000000000000000";
    workbook.set_properties(&DocProperties::new().set_custom_property("Stamp", stamp));
    for rows in sheets {
        let sheet = workbook.add_worksheet_with_constant_memory()?;
        let columns = rows.first().map_or(1, Vec::len).max(1) as u16;
        sheet.set_freeze_panes(1, 0)?;
        sheet.autofilter(0, 0, rows.len().saturating_sub(1) as u32, columns - 1)?;
        for column in 0..columns {
            sheet.set_column_width(column, 30)?;
        }
        for (row, values) in (0u32..).zip(rows) {
            for (column, value) in (0u16..).zip(values).filter(|(_, value)| !value.is_empty()) {
                if row == 0 {
                    sheet.write_string_with_format(row, column, value, &Format::new().set_bold())?;
                } else {
                    sheet.write_string(row, column, value)?;
                }
            }
        }
    }
    Ok(workbook)
}
