//! Everything of a workbook but its rows: what the template of its shape leaves open is filled in.

pub mod heads;
pub mod template;
pub mod zip;

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use super::deflate::Part;
use super::shared::{SharedStrings, has_escape};
use super::sheet::{letters, typed};
use crate::engine::error::Halt;
use crate::engine::job::choices::Compression;
use crate::engine::job::columns::Column;
use template::{Content, LAST_ROW, Member, STAMP, Shape, Template};
use zip::{About, Archive};

/// What the library says of a worksheet's extent; the header is all that it has seen.
const EXTENT: &str = "<dimension ref=\"";

/// A workbook without its rows.
pub struct Package {
    template: Arc<Template>,
    /// Rows below the header of each worksheet.
    rows: Vec<u32>,
    stamp: String,
    /// The last column's letters.
    last: String,
    /// Columns whose heads are shared strings, and the numbers of these.
    shared: Vec<(usize, u32)>,
}

impl Package {
    /// A workbook of these columns, each so many cells wide, with a worksheet for each number of rows, whose cells
    /// share `strings`; heads that read like an escape are added to them. A temporary file of the header may be
    /// written into `folder`.
    ///
    /// # Errors
    /// When the library refuses, or the header cannot be written.
    pub fn new(
        (columns, widths, wraps): (&[Column], &[usize], bool),
        rows: Vec<u32>,
        stamp: &str,
        folder: &Path,
        strings: &mut SharedStrings,
    ) -> Result<Self, Halt> {
        let heads = heads::heads(columns, widths);
        let shared = heads.iter().enumerate().filter(|(_, head)| has_escape(head.as_bytes()));
        let shared = shared.map(|(column, head)| (column, strings.add(head))).collect();
        let shape = Shape {
            heads,
            shares_strings: strings.count() > 0,
            names: columns.iter().map(|column| column.name().to_owned()).collect(),
            widths: widths.to_vec(),
            worksheets: rows.len(),
            wraps,
            kinds: typed::kinds(columns),
        };
        let last = letters(widths.iter().sum::<usize>().max(1) - 1);
        Ok(Self { template: Template::of(shape, folder)?, rows, stamp: escaped(stamp), last, shared })
    }

    /// What stands before and behind the rows of a worksheet, counted from 0.
    #[must_use]
    pub fn around(&self, worksheet: usize) -> Option<(String, String)> {
        let mut worksheets = self.template.members.iter().filter_map(|member| match &member.content {
            Content::Worksheet(before, behind) => Some((before, behind)),
            _ => None,
        });
        let (before, behind) = worksheets.nth(worksheet)?;
        let (head, rest) = before.split_once(EXTENT)?;
        let (_, rest) = rest.split_once('"')?;
        let mut before = format!("{head}{EXTENT}A1:{}{}\"{rest}", self.last, u64::from(*self.rows.get(worksheet)?) + 1);
        for (column, number) in &self.shared {
            let begin = format!("<c r=\"{}1\" s=\"1\" t=\"", letters(*column));
            let at = before.find(&begin)? + begin.len();
            let end = at + before[at..].find("</c>")?;
            before.replace_range(at..end, &format!("s\"><v>{number}</v>"));
        }
        Some((before, self.with_rows(behind)))
    }

    /// Writes the workbook; `large` writes the whole of a worksheet's XML by its number, or where there is none that
    /// of the shared strings, deflated, and says about it.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn write<W: Write>(
        &self,
        out: W,
        mut large: impl FnMut(Option<usize>, &str, &mut Archive<W>) -> std::io::Result<()>,
    ) -> std::io::Result<W> {
        let mut archive = Archive::new(out);
        let mut worksheets = 0;
        for Member { name, content } in &self.template.members {
            match content {
                Content::Worksheet(..) => {
                    large(Some(worksheets), name, &mut archive)?;
                    worksheets += 1;
                }
                Content::SharedStrings => large(None, name, &mut archive)?,
                Content::Packed { crc, length, packed } => {
                    let about = About { name, crc: *crc, packed: packed.len() as u64, length: *length };
                    archive.member(about, |out| out.write_all(packed))?;
                }
                Content::Text(text) => {
                    let text = self.with_rows(text).replace(STAMP, &self.stamp);
                    let part = Part::last(text.as_bytes(), Compression::Normal)
                        .ok_or_else(|| std::io::Error::other("not compressed"))?;
                    let packed = part.stream.len() as u64;
                    let about = About { name, crc: part.crc.finalize(), packed, length: part.length };
                    archive.member(about, |out| out.write_all(&part.stream))?;
                }
            }
        }
        archive.finish()
    }

    fn with_rows(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (at, rows) in (0..).zip(&self.rows) {
            text = text.replace(&(LAST_ROW - at).to_string(), &(rows + 1).to_string());
        }
        text
    }
}

/// As XML's text holds it.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
