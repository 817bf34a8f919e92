//! Whether two programs wrote the same cells, record by record; where not, what in the source made them
//! read it differently.

use std::collections::HashMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use memchr::memmem;
use serde_json::{Value, json};

use super::{cells, limit};

/// Compares the workbooks of two folders by their names.
#[derive(Debug, Args)]
pub struct Compare {
    ours: PathBuf,
    theirs: PathBuf,
    /// The source files, side by side
    source: PathBuf,
}

/// A record as a workbook holds it.
struct Row {
    id: String,
    title: String,
    /// Of all its cells.
    text: String,
}

#[derive(Default)]
struct Counted {
    books: usize,
    rows: usize,
    same: usize,
    /// The same up to the end of the other's only cell.
    cut: usize,
    /// Not in the other's workbook; in the other's alone.
    missing: usize,
    extra: usize,
    /// The source holds `<` or `>`; references beyond the five that everyone knows; control characters.
    tags: usize,
    references: usize,
    controls: usize,
    /// `_x0000_`, which a workbook's reader takes for a character unless the writer says otherwise.
    escapes: usize,
    unexplained: usize,
    example: Option<String>,
}

impl Compare {
    /// Counts of records.
    ///
    /// # Errors
    /// When a workbook or source file cannot be read.
    pub fn run(&self) -> Result<Value, Box<dyn Error>> {
        let mut counted = Counted::default();
        for book in limit::workbooks(&self.ours) {
            let name = book.file_name().ok_or("no name")?;
            let source = fs::read(self.source.join(Path::new(name).with_extension("")))?;
            counted.books += 1;
            counted.compare(records(&book)?, records(&self.theirs.join(name))?, &source);
        }
        let Counted {
            books,
            rows,
            same,
            cut,
            missing,
            extra,
            tags,
            references,
            controls,
            escapes,
            unexplained,
            example,
        } = counted;
        Ok(json!({
            "books": books, "rows": rows, "same": same, "cut": cut, "missing": missing, "extra": extra, "tags": tags,
            "references": references, "controls": controls, "escapes": escapes, "unexplained": unexplained, "example": example,
        }))
    }
}

impl Counted {
    fn compare(&mut self, ours: Vec<Row>, theirs: Vec<Row>, source: &[u8]) {
        // records of one id pair up in their order
        let mut others: HashMap<String, Vec<Row>> = HashMap::new();
        for row in theirs.into_iter().rev() {
            others.entry(row.id.clone()).or_default().push(row);
        }
        let mut from = 0;
        for row in ours {
            self.rows += 1;
            let body = body(source, &row.id, &mut from);
            let Some(other) = others.get_mut(&row.id).and_then(Vec::pop) else {
                self.missing += 1;
                continue;
            };
            let (own, their) = (row.text.as_str(), other.text.as_str());
            let is_cut = their.encode_utf16().take(32_767).count() >= 32_766 && own.starts_with(their);
            if row.title == other.title && (own == their || is_cut) {
                *(if own == their { &mut self.same } else { &mut self.cut }) += 1;
                continue;
            }
            let reason = match body {
                Some(body) if body.contains(&b'<') || body.contains(&b'>') => &mut self.tags,
                Some(body) if refers(body) => &mut self.references,
                Some(body) if body.iter().any(|&byte| byte < b' ' && byte != b'\n' && byte != b'\t') => {
                    &mut self.controls
                }
                Some(body) if escapes(body) => &mut self.escapes,
                _ => &mut self.unexplained,
            };
            *reason += 1;
            if self.example.is_none() || (self.unexplained == 1 && matches!(body, Some(body) if !body.contains(&b'<')))
            {
                self.example = Some(difference(&row, &other));
            }
        }
        self.extra += others.values().map(Vec::len).sum::<usize>();
    }
}

/// The source of the next record with this id: the rest of its start tag, and its body.
fn body<'a>(source: &'a [u8], id: &str, from: &mut usize) -> Option<&'a [u8]> {
    let tag = format!("<doc id=\"{id}\"");
    let start = *from + memmem::find(&source[*from..], tag.as_bytes())? + tag.len();
    let attributes = memchr::memchr(b'>', &source[start..])?;
    let body = start + attributes + 1;
    let end = body + memmem::find(&source[body..], b"</doc>").unwrap_or(source.len() - body);
    *from = end;
    Some(&source[body..end])
}

/// Whether there is an `&` that does not begin one of five references.
fn refers(body: &[u8]) -> bool {
    const KNOWN: [&[u8]; 5] = [b"&lt;", b"&gt;", b"&amp;", b"&quot;", b"&#39;"];
    memchr::memchr_iter(b'&', body).any(|at| !KNOWN.iter().any(|known| body[at..].starts_with(known)))
}

fn escapes(body: &[u8]) -> bool {
    memmem::find_iter(body, b"_x").any(|at| {
        matches!(&body[at + 2..], [a, b, c, d, b'_', ..] if [a, b, c, d].iter().all(|byte| byte.is_ascii_hexdigit()))
    })
}

fn records(book: &Path) -> Result<Vec<Row>, Box<dyn Error>> {
    let mut rows = Vec::new();
    for sheet in cells::read(book)? {
        for mut cells in sheet.into_iter().skip(1) {
            cells.resize(cells.len().max(3), String::new());
            let text = cells.split_off(2).concat();
            let (title, id) = (cells.pop().unwrap_or_default(), cells.pop().unwrap_or_default());
            rows.push(Row { id, title, text });
        }
    }
    Ok(rows)
}

fn difference(ours: &Row, theirs: &Row) -> String {
    if ours.title != theirs.title {
        return format!("record {}: titles {:?} and {:?}", ours.id, ours.title, theirs.title);
    }
    let (own, their) = (ours.text.as_str(), theirs.text.as_str());
    let at = own.chars().zip(their.chars()).take_while(|(own, their)| own == their).count();
    let part = |text: &str| text.chars().skip(at.saturating_sub(10)).take(40).collect::<String>();
    format!("record {}, character {at}: {:?} and {:?}", ours.id, part(own), part(their))
}
