//! Reads finished files back: before they have their names by the library's columns, a batch of rows at a time; for
//! `sheetmill verify` by its records, as people do who read rows.

use std::fs::File;
use std::str;

use parquet::basic::Type as Physical;
use parquet::column::reader::{ColumnReaderImpl, get_typed_column_reader};
use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::file::reader::{FileReader as _, SerializedFileReader};
use parquet::record::Field;

use crate::engine::error::Halt;
use crate::engine::output::ReadBack;
use crate::engine::output::digest::Digest;
use crate::engine::output::whole::{ROWS, unproven};
use crate::engine::stop::StopToken;

/// Rows read at a time.
const BATCH: usize = 1024;

/// The file, opened, and its header; all its columns are texts.
fn opened(file: &File) -> Result<(SerializedFileReader<File>, Vec<String>), Halt> {
    let file = file.try_clone().map_err(|error| unproven(&error))?;
    let file = SerializedFileReader::new(file).map_err(|error| unproven(&error))?;
    let schema = file.metadata().file_metadata().schema_descr();
    let mut header = Vec::new();
    for column in schema.columns() {
        if column.physical_type() != Physical::BYTE_ARRAY || column.max_def_level() != 1 || column.max_rep_level() != 0
        {
            return Err(unproven(&"a column that holds no texts"));
        }
        header.push(column.name().to_owned());
    }
    Ok((file, header))
}

/// One column of a group, a batch of which is in memory.
struct Batch {
    column: ColumnReaderImpl<ByteArrayType>,
    levels: Vec<i16>,
    values: Vec<ByteArray>,
    /// Values that were taken.
    taken: usize,
}

impl Batch {
    fn read(&mut self, rows: usize) -> Result<(), Halt> {
        self.levels.clear();
        self.values.clear();
        self.taken = 0;
        let read = self.column.read_records(rows, Some(&mut self.levels), None, &mut self.values);
        let (records, ..) = read.map_err(|error| unproven(&error))?;
        if records == rows { Ok(()) } else { Err(unproven(&"a column with fewer rows")) }
    }

    /// The text of a row, if it has one; rows are asked for in their order.
    fn text(&mut self, row: usize) -> Result<Option<&str>, Halt> {
        if self.levels.get(row) != Some(&1) {
            return Ok(None);
        }
        self.taken += 1;
        let value = self.values.get(self.taken - 1).ok_or_else(|| unproven(&"a column with fewer values"))?;
        str::from_utf8(value.data()).map(Some).map_err(|error| unproven(&error))
    }
}

/// All cells, in the order of rows.
///
/// # Errors
/// Where the file is not whole; when the run is stopped.
pub fn by_columns(file: &File, stop: &StopToken) -> Result<ReadBack, Halt> {
    let (file, header) = opened(file)?;
    let (mut digest, mut rows) = (Digest::default(), 0);
    for at in 0..file.num_row_groups() {
        let group = file.get_row_group(at).map_err(|error| unproven(&error))?;
        let mut columns = Vec::with_capacity(header.len());
        for at in 0..header.len() {
            let column = group.get_column_reader(at).map_err(|error| unproven(&error))?;
            let column = get_typed_column_reader(column);
            columns.push(Batch { column, levels: Vec::new(), values: Vec::new(), taken: 0 });
        }
        let mut left = usize::try_from(group.metadata().num_rows()).map_err(|error| unproven(&error))?;
        while left > 0 {
            stop.checkpoint()?;
            let batch = left.min(BATCH);
            columns.iter_mut().try_for_each(|column| column.read(batch))?;
            for row in 0..batch {
                rows += 1;
                for (at, column) in (0..).zip(&mut columns) {
                    if let Some(text) = column.text(row)?.filter(|text| !text.is_empty()) {
                        digest.cell(rows, at, text);
                    }
                }
            }
            left -= batch;
        }
    }
    Ok(ReadBack { header, rows, digest: digest.finish() })
}

/// The same, a record at a time.
///
/// # Errors
/// As there.
pub fn by_rows(file: &File, stop: &StopToken) -> Result<ReadBack, Halt> {
    let (file, header) = opened(file)?;
    let (mut digest, mut rows) = (Digest::default(), 0);
    for row in file.get_row_iter(None).map_err(|error| unproven(&error))? {
        let row = row.map_err(|error| unproven(&error))?;
        rows += 1;
        if rows % ROWS == 0 {
            stop.checkpoint()?;
        }
        for (column, (_, field)) in (0..).zip(row.get_column_iter()) {
            match field {
                Field::Str(text) if !text.is_empty() => digest.cell(rows, column, text),
                Field::Str(_) | Field::Null => {}
                other => return Err(unproven(&format!("{other:?} in a cell"))),
            }
        }
    }
    Ok(ReadBack { header, rows, digest: digest.finish() })
}
