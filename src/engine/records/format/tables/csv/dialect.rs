//! Which character stands between the cells of a table, and whether a text is a table at all: by its first rows.
//!
//! Prose has commas, logs have them in every line: a text is a table only where its rows have equally many cells
//! and something speaks for it besides (a header, quotes, figures below a word). Who knows better says
//! `--format csv`.

use super::evidence::{Evidence, is_apart, is_prose};
use crate::engine::records::format::Head;
use crate::engine::records::split::table::Dialect;
use crate::engine::records::split::table::row::{Marks, Reached, RowParser, value};

/// So much of a text is looked at, and so many rows.
const LOOKED_AT: usize = 64 << 10;
const MOST_ROWS: usize = 200;
/// Cells of a row that are looked at.
const MOST_CELLS: usize = 1000;

/// In the order in which they are preferred.
const DELIMITERS: [u8; 4] = [b'\t', b',', b';', b'|'];

/// The dialect of a text that is a table beyond doubt.
#[must_use]
pub fn recognise(head: &Head) -> Option<Dialect> {
    let begin = head.begin();
    if begin.starts_with(['<', '{', '[', '%']) || begin.contains('\0') {
        return None;
    }
    let (text, frame) = frame(head);
    if frame.says_delimiter {
        return Some(with_header(text, head.is_all, frame));
    }
    let tables = DELIMITERS.into_iter().filter(|delimiter| may_be(text, *delimiter)).filter_map(|delimiter| {
        let dialect = Dialect { delimiter, ..frame };
        let sample = Sample::of(text, head.is_all, dialect);
        let evidence = sample.is_table(delimiter)?;
        Some((evidence, Dialect { has_header: evidence.has_header(), ..dialect }))
    });
    tables.reduce(|best, other| if other.0.fits() > best.0.fits() { other } else { best }).map(|(_, dialect)| dialect)
}

/// The dialect of a text of which a person says that it is a table.
#[must_use]
pub fn of(head: &Head) -> Dialect {
    let (text, frame) = frame(head);
    if frame.says_delimiter {
        return with_header(text, head.is_all, frame);
    }
    let fits = |delimiter: u8| {
        let sample = Sample::of(text, head.is_all, Dialect { delimiter, ..frame });
        Evidence::of(&sample.rows).map_or(0, |evidence| if evidence.columns > 1 { evidence.fits() } else { 0 })
    };
    let scored = DELIMITERS.map(|delimiter| (fits(delimiter), delimiter));
    let best = scored.into_iter().reduce(|best, other| if other.0 > best.0 { other } else { best });
    let delimiter = best.filter(|(fits, _)| *fits > 0).map_or(b',', |(_, delimiter)| delimiter);
    with_header(text, head.is_all, Dialect { delimiter, ..frame })
}

fn with_header(text: &str, is_all: bool, dialect: Dialect) -> Dialect {
    let rows = Sample::of(text, is_all, dialect).rows;
    let has_header = Evidence::of(&rows).is_some_and(|evidence| evidence.has_header());
    Dialect { has_header, ..dialect }
}

/// The rows' text, and what shows of the dialect before any cell is looked at.
fn frame<'a>(head: &Head<'a>) -> (&'a str, Dialect) {
    let text = &head.text[..head.text.floor_char_boundary(LOOKED_AT)];
    let by_cr = !text.contains('\n') && text.contains('\r');
    let line = text.split(['\n', '\r']).next().unwrap_or_default();
    let said = line.strip_prefix("sep=").or_else(|| line.strip_prefix("\"sep=")?.strip_suffix('"'));
    let said = said.and_then(|said| (said.len() == 1).then(|| said.as_bytes()[0]));
    let said = said.filter(|said| !said.is_ascii_alphanumeric() && *said != b'"');
    let dialect = Dialect { delimiter: said.unwrap_or(b','), by_cr, has_header: false, says_delimiter: said.is_some() };
    let rest = if said.is_some() { text[line.len()..].trim_start_matches(['\r', '\n']) } else { text };
    (rest, dialect)
}

/// It stands in the first two lines, or in quotes nobody knows yet.
fn may_be(text: &str, delimiter: u8) -> bool {
    let mut lines = text.split(['\n', '\r']).filter(|line| !line.trim().is_empty()).take(2);
    lines.all(|line| line.as_bytes().contains(&delimiter) || line.contains('"'))
}

/// The first rows of a table.
struct Sample {
    rows: Vec<Vec<String>>,
    faults: usize,
    quoted: bool,
}

impl Sample {
    fn of(text: &str, is_all: bool, dialect: Dialect) -> Self {
        let end = if dialect.by_cr { b'\r' } else { b'\n' };
        let marks = Marks { delimiter: dialect.delimiter, end, over_lines: true };
        let is_all = is_all && text.len() < LOOKED_AT;
        let mut sample = Self { rows: Vec::new(), faults: 0, quoted: false };
        let (mut parser, mut rest, mut room) = (RowParser::default(), text, String::new());
        while sample.rows.len() < MOST_ROWS && !rest.is_empty() {
            parser.clear();
            let Reached::End(length) = parser.go_on(rest.as_bytes(), is_all, marks) else { break };
            sample.faults += usize::from(parser.fault.is_some());
            sample.quoted |= parser.fault.is_none() && parser.cells.iter().any(|cell| cell.is_quoted(rest));
            let cells = parser.cells.iter().take(MOST_CELLS);
            let row: Vec<String> = cells.map(|cell| value(rest, cell, true, &mut room).to_owned()).collect();
            if row.len() > 1 || row.iter().any(|cell| !cell.trim().is_empty()) {
                sample.rows.push(row);
            }
            rest = &rest[length..];
        }
        sample
    }

    /// What speaks for a table, where it is enough.
    fn is_table(&self, delimiter: u8) -> Option<Evidence> {
        let evidence = Evidence::of(&self.rows)?;
        let (rows, uneven) = (self.rows.len(), self.rows.len() - evidence.even);
        let is_sure = delimiter == b'\t' || self.quoted || (evidence.contrast && evidence.columns > 2);
        let may_be_faulty = if is_sure { rows / 2 } else { rows / 10 };
        let may_be_uneven = if is_sure { (rows - 1) / 2 } else { rows / 20 };
        if evidence.columns < 2
            || rows < 2
            || self.faults > may_be_faulty
            || uneven > may_be_uneven
            || is_apart(&self.rows)
        {
            return None;
        }
        let speaks = match delimiter {
            b'\t' => true,
            _ if is_prose(&self.rows) => self.quoted || (evidence.columns > 2 && rows > 3 && evidence.has_header()),
            _ if self.quoted || evidence.contrast => evidence.has_header() || evidence.columns > 2,
            _ if evidence.columns > 2 => evidence.has_header() || (rows > 2 && evidence.figures),
            _ => rows > 2 && evidence.has_header() && evidence.short_header,
        };
        speaks.then_some(evidence)
    }
}
