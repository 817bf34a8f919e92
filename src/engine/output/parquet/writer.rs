//! The writer: rows are gathered column by column until they are a row group, which is written and forgotten. So memory
//! is bounded by a group, whatever the file.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use parquet::basic::{Compression as Codec, ZstdLevel};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterPropertiesPtr};
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};
use tempfile::SpooledTempFile;

use super::{Parquet, STAMP, typed};
use crate::engine::error::{Halt, writing};
use crate::engine::job::choices::Compression;
use crate::engine::job::columns::Column;
use crate::engine::job::columns::kind::Kind;
use crate::engine::notes::NoteKind;
use crate::engine::output::field::Field;
use crate::engine::output::target::spool;
use crate::engine::output::whole::kinds::{Change, Kinds};
use crate::engine::output::whole::{Digested, Widths};
use crate::engine::output::{NewFile, OutputForm as _, RowError, RowSink, Written};

/// Bytes of a row group's texts, and what is kept beside each of them.
const GROUP_BYTES: usize = 16 << 20;
const BESIDE: usize = 8;
/// Rows of a row group.
const GROUP_ROWS: usize = 100_000;
/// About so much of a text's bytes is left of them in a file.
const PACKED: f64 = 0.4;
/// Values given to the library at a time.
const BATCH: usize = 1024;

/// A file in the making.
pub struct Columns {
    asked: Vec<Column>,
    folder: PathBuf,
    properties: WriterPropertiesPtr,
    widths: Widths,
    kinds: Kinds,
    digest: Digested,
    /// Begun with the first group, when it is known how many cells a row has and of what kinds they are.
    file: Option<SerializedFileWriter<SpooledTempFile>>,
    group: Vec<Texts>,
    rows: usize,
    bytes: usize,
    most_rows: usize,
}

/// One column's texts in the present group, one behind the other.
#[derive(Default)]
struct Texts {
    all: String,
    /// Where each ends.
    ends: Vec<usize>,
}

impl Columns {
    /// Without rows.
    pub fn new(file: NewFile) -> Self {
        let NewFile { folder, columns, widths, stamp, compression, digested, .. } = file;
        Self {
            asked: columns.to_vec(),
            folder: folder.to_owned(),
            properties: properties(stamp, compression).into(),
            widths: Widths::new(widths),
            kinds: Kinds::new(columns, Parquet.holds()),
            digest: Digested::new(digested),
            file: None,
            group: Vec::new(),
            rows: 0,
            bytes: 0,
            most_rows: GROUP_ROWS,
        }
    }

    #[cfg(test)]
    pub fn with_groups_of(file: NewFile, most_rows: usize) -> Self {
        Self { most_rows, ..Self::new(file) }
    }

    fn begin(&mut self) -> Result<()> {
        if self.file.is_none() {
            let heads = Parquet.heads(&self.asked, &self.widths.cells);
            let kinds = self.kinds.of_cells(&self.widths.cells);
            let spool = spool::new(&self.folder);
            self.file = Some(SerializedFileWriter::new(spool, schema(&heads, &kinds)?, Arc::clone(&self.properties))?);
        }
        Ok(())
    }

    fn write_group(&mut self) -> Result<()> {
        self.begin()?;
        let kinds = self.kinds.of_cells(&self.widths.cells);
        if self.rows > 0 && !kinds.is_empty() {
            self.digest_group(&kinds);
        }
        let Some(file) = self.file.as_mut().filter(|_| self.rows > 0) else { return Ok(()) };
        let mut group = file.next_row_group()?;
        for (texts, kind) in self.group.iter_mut().zip(kinds.into_iter().chain(std::iter::repeat(Kind::Text))) {
            if let Some(mut column) = group.next_column()? {
                let texts = std::mem::take(texts);
                match kind {
                    Kind::Text => texts.write::<ByteArrayType>(&mut column, |text| ByteArray::from(text))?,
                    Kind::Number => texts.write::<Int64Type>(&mut column, |text| text.parse().unwrap_or_default())?,
                    Kind::Decimal => texts.write::<DoubleType>(&mut column, |text| text.parse().unwrap_or_default())?,
                    Kind::Date => texts.write::<Int32Type>(&mut column, typed::day)?,
                    Kind::Moment => texts.write::<Int64Type>(&mut column, typed::micros)?,
                    Kind::Truth => texts.write::<BoolType>(&mut column, typed::truth)?,
                }
                column.close()?;
            }
        }
        group.close()?;
        (self.rows, self.bytes) = (0, 0);
        Ok(())
    }

    /// Takes the group's cells into the digest where columns have kinds: until now these might have changed.
    fn digest_group(&mut self, kinds: &[Kind]) {
        let before = self.widths.rows - self.rows as u64;
        for (at, row) in (before + 1..).enumerate().take(self.rows) {
            for ((column, texts), kind) in (0..).zip(&self.group).zip(kinds) {
                let value = texts.of_row(at);
                match self.kinds.typed(*kind, value) {
                    Some(typed) => self.digest.typed(row, column, *kind, &typed.told(value)),
                    None => self.digest.cell(row, column, value),
                }
            }
        }
    }
}

impl Texts {
    fn push(&mut self, text: &str) {
        self.all.push_str(text);
        self.ends.push(self.all.len());
    }

    /// The text of a row, counted in the group from 0.
    fn of_row(&self, row: usize) -> &str {
        let from = row.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.all[from..self.ends[row]]
    }

    /// Writes values that are there, each as `value` makes it of its text, and for each row whether it has one.
    fn write<D: DataType>(self, column: &mut SerializedColumnWriter, value: impl Fn(&str) -> D::T) -> Result<()> {
        let out = column.typed::<D>();
        let (mut values, mut levels, mut from) = (Vec::new(), Vec::new(), 0);
        for ends in self.ends.chunks(BATCH) {
            values.clear();
            levels.clear();
            for &end in ends {
                let text = &self.all[from..end];
                from = end;
                levels.push(i16::from(!text.is_empty()));
                if !text.is_empty() {
                    values.push(value(text));
                }
            }
            out.write_batch(&values, Some(&levels), None)?;
        }
        Ok(())
    }
}

impl RowSink for Columns {
    fn row(&mut self, fields: &[Field], _: &mut dyn FnMut(NoteKind, u64)) -> std::result::Result<(), RowError> {
        self.widths.take(fields)?;
        // in the first group columns may still become others
        if self.kinds.see(fields) != Change::None && self.file.is_some() {
            return Err(RowError::OtherKind);
        }
        if self.group.is_empty() {
            self.group.resize_with(self.widths.cells.iter().sum(), Texts::default);
        }
        let are_texts = self.kinds.are_texts();
        for ((column, value), texts) in self.widths.row(fields).zip(&mut self.group) {
            if are_texts {
                self.digest.cell(self.widths.rows, column, value);
            }
            self.bytes += value.len() + BESIDE;
            texts.push(value);
        }
        self.rows += 1;
        if self.bytes >= GROUP_BYTES || self.rows >= self.most_rows {
            self.write_group().map_err(failed)?;
        }
        Ok(())
    }

    fn widths(&self) -> &[usize] {
        &self.widths.cells
    }

    fn kinds(&self) -> &[Kind] {
        self.kinds.now()
    }

    fn bytes(&mut self) -> std::result::Result<u64, Halt> {
        let written = self.file.as_ref().map_or(0, SerializedFileWriter::bytes_written) as u64;
        Ok(written + (self.bytes as f64 * PACKED) as u64)
    }

    fn finish(mut self: Box<Self>, out: &mut dyn Write) -> std::result::Result<Written, Halt> {
        self.write_group().map_err(failed)?;
        let Self { widths, digest, file, .. } = *self;
        if let Some(file) = file {
            spool::copy(&mut file.into_inner().map_err(failed)?, out).map_err(writing)?;
        }
        Ok(Written { rows: widths.rows, digest: digest.finish(), sheets: 1 })
    }
}

/// An error of the system stays one, so that a full disk is told as such.
fn failed(error: ParquetError) -> Halt {
    match error {
        ParquetError::External(error) => match error.downcast::<std::io::Error>() {
            Ok(error) => writing(*error),
            Err(error) => writing(std::io::Error::other(error)),
        },
        error => writing(std::io::Error::other(error)),
    }
}

fn properties(stamp: &str, compression: Compression) -> WriterProperties {
    let level = match compression {
        Compression::Fast => 1,
        Compression::Normal => 3,
        Compression::Small => 19,
    };
    WriterProperties::builder()
        .set_compression(Codec::ZSTD(ZstdLevel::try_new(level).unwrap_or_default()))
        .set_statistics_enabled(EnabledStatistics::Chunk) // a page's least and greatest text help nobody
        .set_key_value_metadata(Some(vec![KeyValue::new(STAMP.to_owned(), stamp.to_owned())]))
        .build()
}

/// Columns without a kind hold texts.
fn schema(heads: &[String], kinds: &[Kind]) -> Result<TypePtr> {
    let kinds = kinds.iter().copied().chain(std::iter::repeat(Kind::Text));
    let fields =
        heads.iter().zip(kinds).map(|(head, kind)| typed::of_column(head, kind)).collect::<Result<Vec<_>>>()?;
    Type::group_type_builder("schema").with_fields(fields).build().map(Arc::new)
}

#[cfg(test)]
mod tests {
    use std::fs::File;

    use super::*;
    use crate::engine::stop::StopToken;

    #[test]
    fn groups_of_rows_are_read_back_as_one() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let columns = [Column::field("id"), Column::field("text")];
        let made = |most_rows| {
            let (stamp, compression) = ("s", Compression::Fast);
            let file = NewFile {
                folder: folder.path(),
                columns: &columns,
                widths: &[1, 1],
                stamp,
                compression,
                wraps: false,
                digested: true,
            };
            let mut sink = Box::new(Columns::with_groups_of(file, most_rows));
            for n in 0..2500 {
                let text = if n % 3 == 0 { String::new() } else { format!("글 {n}") };
                sink.row(&[n.to_string().into(), text.into()], &mut |_, _| {}).expect("a row");
            }
            let path = folder.path().join("made");
            sink.finish(&mut File::create(&path).expect("made")).expect("written");
            let file = File::open(&path).expect("there");
            let groups = parquet::file::reader::SerializedFileReader::new(file.try_clone().expect("a handle"));
            let groups = parquet::file::reader::FileReader::num_row_groups(&groups.expect("whole"));
            (groups, Parquet.read_back(&file, &StopToken::default()).expect("whole"))
        };
        let ((few, one), (many, other)) = (made(10_000), made(1100));
        assert_eq!((few, many, one.rows), (1, 3, 2500));
        assert_eq!(one, other);
    }
}
