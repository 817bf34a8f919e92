//! Tables against the csv crate: every cell is in a field or a column's name, by one of the characters that may stand
//! between cells. Where quotes are at fault, of which the crate makes what it likes, the words between any of a table's
//! signs are, whatever the quotes.

use csv::Terminator;
use sheetmill::engine::NoteKind::{CellsUneven, QuoteBroken};

use super::Told;

/// Between cells, where a table does not say itself what does.
const DELIMITERS: [u8; 4] = [b'\t', b',', b';', b'|'];

/// A table's rows as far as they hold values.
pub struct Table<'a> {
    rows: &'a str,
    delimiters: Vec<u8>,
}

impl<'a> Table<'a> {
    pub fn of(text: &'a str) -> Self {
        let line = text.split(['\n', '\r']).next().unwrap_or_default();
        let said = line.strip_prefix("sep=").or_else(|| line.strip_prefix("\"sep=")?.strip_suffix('"'));
        let said =
            said.filter(|said| said.len() == 1 && !said.contains(|char: char| char.is_alphanumeric() || char == '"'));
        match said {
            Some(said) => Self { rows: &text[line.len()..], delimiters: vec![said.as_bytes()[0]] },
            None => Self { rows: text, delimiters: DELIMITERS.to_vec() },
        }
    }

    /// The rows as the crate reads them by this delimiter.
    fn cells(&self, delimiter: u8) -> Vec<Vec<String>> {
        let end = if self.rows.contains('\n') { b'\n' } else { b'\r' };
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .terminator(Terminator::Any(end))
            .from_reader(self.rows.as_bytes());
        let rows = reader.records().map(|row| row.expect("text").iter().map(as_meant).collect());
        rows.collect()
    }

    /// The cells of the table are in fields, or counted.
    pub fn hold(&self, told: &Told) {
        let all = all(told);
        let lost_words: Vec<&str> = self.words().filter(|word| !all.contains(word)).collect();
        let uneven = told.noted(&[CellsUneven]);
        // a header may name columns that no row has
        assert!(lost_words.is_empty() || uneven > 0, "{lost_words:?} of {:?}: {}", self.rows, told.said());
        if told.noted(&[QuoteBroken]) > 0 {
            return;
        }
        let lost = |delimiter: &u8| {
            let rows = self.cells(*delimiter);
            let cells = rows.iter().flatten();
            cells.filter(|cell| !all.contains(cell.trim())).count() as u64
        };
        let least = self.delimiters.iter().map(lost).min().unwrap_or_default();
        assert!(least <= uneven, "{least} lost of {:?}: {}", self.rows, told.said());
    }

    /// What stands between signs of any kind.
    fn words(&self) -> impl Iterator<Item = &str> {
        let is_sign =
            |char: char| "\"\r\n".contains(char) || self.delimiters.iter().any(|sign| char == char::from(*sign));
        self.rows.split(is_sign).map(str::trim).filter(|word| !word.is_empty())
    }

    /// A table with as many rows and cells in which each value is another, by each delimiter.
    pub fn with_other_values(&self) -> Vec<String> {
        let by = |delimiter: &u8| {
            let mut count = 0;
            let mut out = format!("sep={}\n", char::from(*delimiter));
            for row in self.cells(*delimiter) {
                for (at, cell) in row.iter().enumerate() {
                    if at > 0 {
                        out.push(char::from(*delimiter));
                    }
                    if cell.trim().is_empty() {
                        continue;
                    }
                    count += 1;
                    let kind = if cell.bytes().all(|byte| byte.is_ascii_digit()) { 4 } else { cell.len() % 4 };
                    out.push_str(&match kind {
                        0 => format!("\"v{count}\nz\""),
                        1 => format!("\"v{count}\"\"z\""),
                        2 => format!("\"v{count}{}z\"", char::from(*delimiter)),
                        3 => format!("v{count} z"),
                        _ => format!("7{count}0{count}7"),
                    });
                }
                out.push('\n');
            }
            out
        };
        let may_write = |sign: &&u8| !matches!(**sign, b'\n' | b'\r' | b'"' | b' ') && !sign.is_ascii_alphanumeric();
        self.delimiters.iter().filter(may_write).map(by).collect()
    }
}

/// Ends of lines as the reader writes them, and none behind a row's last cell.
fn as_meant(cell: &str) -> String {
    let cell = cell.strip_suffix('\r').unwrap_or(cell);
    cell.replace("\r\n", "\n").replace('\r', "\n")
}

/// All that was told, values and names.
fn all(told: &Told) -> String {
    let mut all = String::new();
    for text in told.values.keys().chain(&told.names) {
        all.push_str(text);
        all.push('\u{1}');
    }
    all
}
