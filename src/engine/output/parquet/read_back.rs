//! Reads finished files back: before they have their names by the library's columns, a batch of rows at a time; for
//! `sheetmill verify` by its records, as people do who read rows.

use std::fs::File;

use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::DataType;
use parquet::file::reader::{FileReader as _, SerializedFileReader};
use parquet::record::Field;

use super::typed::{self, Tell};
use crate::engine::error::Halt;
use crate::engine::job::columns::kind::Kind;
use crate::engine::output::ReadBack;
use crate::engine::output::digest::Digest;
use crate::engine::output::whole::{ROWS, unproven};
use crate::engine::stop::StopToken;

/// Rows read at a time.
const BATCH: usize = 1024;

/// A file, opened.
struct Opened {
    file: SerializedFileReader<File>,
    header: Vec<String>,
    /// What its columns hold.
    kinds: Vec<Kind>,
}

fn opened(file: &File) -> Result<Opened, Halt> {
    let file = file.try_clone().map_err(|error| unproven(&error))?;
    let file = SerializedFileReader::new(file).map_err(|error| unproven(&error))?;
    let schema = file.metadata().file_metadata().schema_descr();
    let (mut header, mut kinds) = (Vec::new(), Vec::new());
    for column in schema.columns() {
        kinds.push(typed::kind(column).ok_or_else(|| unproven(&"a column of another type"))?);
        header.push(column.name().to_owned());
    }
    Ok(Opened { file, header, kinds })
}

/// One column of a group, a batch of which is in memory.
struct Batch<D: DataType> {
    column: ColumnReaderImpl<D>,
    kind: Kind,
    levels: Vec<i16>,
    values: Vec<D::T>,
    /// Values that were taken.
    taken: usize,
}

/// A column of whatever type.
trait Cells {
    /// Reads the next batch, of so many rows.
    fn read(&mut self, rows: usize) -> Result<(), Halt>;

    /// Takes the cell of a row of the batch into the digest, if there is one; rows are asked for in their order.
    fn take(&mut self, row: usize, digest: &mut Digest, place: (u64, u32)) -> Result<(), Halt>;
}

/// What reads this column.
fn cells(column: ColumnReader, kind: Kind) -> Option<Box<dyn Cells>> {
    fn of<D: DataType<T: Tell>>(column: ColumnReaderImpl<D>, kind: Kind) -> Box<dyn Cells> {
        Box::new(Batch { column, kind, levels: Vec::new(), values: Vec::new(), taken: 0 })
    }
    Some(match column {
        ColumnReader::ByteArrayColumnReader(column) => of(column, kind),
        ColumnReader::Int64ColumnReader(column) => of(column, kind),
        ColumnReader::Int32ColumnReader(column) => of(column, kind),
        ColumnReader::DoubleColumnReader(column) => of(column, kind),
        ColumnReader::BoolColumnReader(column) => of(column, kind),
        _ => return None,
    })
}

impl<D: DataType<T: Tell>> Cells for Batch<D> {
    fn read(&mut self, rows: usize) -> Result<(), Halt> {
        self.levels.clear();
        self.values.clear();
        self.taken = 0;
        let read = self.column.read_records(rows, Some(&mut self.levels), None, &mut self.values);
        let (records, ..) = read.map_err(|error| unproven(&error))?;
        if records == rows { Ok(()) } else { Err(unproven(&"a column with fewer rows")) }
    }

    fn take(&mut self, row: usize, digest: &mut Digest, place: (u64, u32)) -> Result<(), Halt> {
        if self.levels.get(row) != Some(&1) {
            return Ok(());
        }
        self.taken += 1;
        let value = self.values.get(self.taken - 1).ok_or_else(|| unproven(&"a column with fewer values"))?;
        value.tell(digest, place, self.kind)
    }
}

/// All cells, in the order of rows.
///
/// # Errors
/// Where the file is not whole; when the run is stopped.
pub fn by_columns(file: &File, stop: &StopToken) -> Result<ReadBack, Halt> {
    let Opened { file, header, kinds } = opened(file)?;
    let (mut digest, mut rows) = (Digest::default(), 0);
    for at in 0..file.num_row_groups() {
        let group = file.get_row_group(at).map_err(|error| unproven(&error))?;
        let mut columns = Vec::with_capacity(header.len());
        for (at, kind) in kinds.iter().enumerate() {
            let column = group.get_column_reader(at).map_err(|error| unproven(&error))?;
            columns.push(cells(column, *kind).ok_or_else(|| unproven(&"a column of another type"))?);
        }
        let mut left = usize::try_from(group.metadata().num_rows()).map_err(|error| unproven(&error))?;
        while left > 0 {
            stop.checkpoint()?;
            let batch = left.min(BATCH);
            columns.iter_mut().try_for_each(|column| column.read(batch))?;
            for row in 0..batch {
                rows += 1;
                for (at, column) in (0..).zip(&mut columns) {
                    column.take(row, &mut digest, (rows, at))?;
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
    let Opened { file, header, kinds } = opened(file)?;
    let (mut digest, mut rows) = (Digest::default(), 0);
    for row in file.get_row_iter(None).map_err(|error| unproven(&error))? {
        let row = row.map_err(|error| unproven(&error))?;
        rows += 1;
        if rows % ROWS == 0 {
            stop.checkpoint()?;
        }
        for ((column, (_, field)), kind) in (0..).zip(row.get_column_iter()).zip(&kinds) {
            let place = (rows, column);
            match field {
                Field::Str(text) if !text.is_empty() => digest.cell(rows, column, text),
                Field::Str(_) | Field::Null => {}
                Field::Long(number) | Field::TimestampMicros(number) => number.tell(&mut digest, place, *kind)?,
                Field::Double(number) => number.tell(&mut digest, place, *kind)?,
                Field::Date(day) => day.tell(&mut digest, place, *kind)?,
                Field::Bool(is_true) => is_true.tell(&mut digest, place, *kind)?,
                other => return Err(unproven(&format!("{other:?} in a cell"))),
            }
        }
    }
    Ok(ReadBack { header, rows, digest: digest.finish() })
}
