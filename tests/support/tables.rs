//! Finished files of the other forms, read back by what programs read them with.

use std::fs::{self, File};
use std::path::Path;

use parquet::file::reader::{FileReader as _, SerializedFileReader};
use parquet::record::Field;

use super::workbooks;

/// The cells of a finished file of whatever form, header first; an empty cell is an empty string.
pub fn cells(file: &Path) -> Vec<Vec<String>> {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("csv") => csv(file),
        Some("jsonl") => jsonl(file),
        Some("parquet") => parquet(file),
        _ => workbooks::cells(file),
    }
}

fn csv(file: &Path) -> Vec<Vec<String>> {
    let mut table = csv::ReaderBuilder::new().has_headers(false).from_path(file).expect("a table");
    table.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect()
}

/// The header in the order of the first line, where each key stands behind the one before it.
fn jsonl(file: &Path) -> Vec<Vec<String>> {
    let text = fs::read_to_string(file).expect("text");
    let object = |line: &str| serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(line).expect("JSON");
    let first = text.lines().next().expect("a line");
    let mut header: Vec<String> = object(first).keys().cloned().collect();
    header.sort_by_key(|key| first.find(&format!("{}:", serde_json::to_string(key).expect("a key"))));
    let value = |row: &serde_json::Map<String, serde_json::Value>, key: &String| {
        row[key].as_str().expect("a string").to_owned()
    };
    let rows = text.split_terminator('\n').map(object).map(|row| {
        assert_eq!(row.len(), header.len());
        header.iter().map(|key| value(&row, key)).collect()
    });
    let rows: Vec<Vec<String>> = rows.collect();
    [vec![header.clone()], rows].concat()
}

fn parquet(file: &Path) -> Vec<Vec<String>> {
    let file = SerializedFileReader::new(File::open(file).expect("there")).expect("Parquet");
    let columns = file.metadata().file_metadata().schema_descr().columns().to_vec();
    let text = |field: &Field| match field {
        Field::Str(text) => text.clone(),
        Field::Null => String::new(),
        other => panic!("{other:?} in a cell"),
    };
    let rows = file.get_row_iter(None).expect("rows");
    let rows = rows.map(|row| row.expect("a row").get_column_iter().map(|(_, field)| text(field)).collect());
    std::iter::once(columns.iter().map(|column| column.name().to_owned()).collect()).chain(rows).collect()
}
