//! Everything of a workbook but its rows, made by `rust_xlsxwriter`: the package, styles, properties,
//! and each worksheet with its header, frozen, filterable.
//!
//! The library is asked once for workbooks of the same shape: what differs from one to the next (the
//! numbers of rows, the stamp) stands in the template under placeholders.

use std::collections::VecDeque;
use std::io::{Cursor, Read, Write};
use std::sync::{Arc, Mutex, PoisonError};

use rust_xlsxwriter::{DocProperties, Format, Workbook, XlsxError};
use zip::ZipArchive;

use super::archive::{About, Archive};
use super::deflate::Part;
use super::sheet::letters;
use super::stamp;
use crate::engine::columns::Column;
use crate::engine::error::Cause;
use crate::engine::job::Compression;
use crate::engine::target::writing;

/// Where a worksheet's rows go in its XML.
const ROWS_END: &str = "</sheetData>";
/// What the library says of a worksheet's extent; the header is all that it has seen.
const EXTENT: &str = "<dimension ref=\"";
/// Stands for the stamp.
const STAMP: &str = "the stamp of this workbook";
/// Stands for the last row of the first worksheet, counted from 1; one less for each further one. (Not
/// Excel's last, which the library leaves away: `$A:$C`.)
const LAST_ROW: u32 = 1_000_003;

/// Templates used last, the latest first: most workbooks of a run have one of a few shapes.
static KEPT: Mutex<VecDeque<(Shape, Arc<Template>)>> = Mutex::new(VecDeque::new());
const MOST_KEPT: usize = 32;

/// What workbooks have in common that share a template.
#[derive(PartialEq)]
struct Shape {
    headers: Vec<String>,
    names: Vec<String>,
    widths: Vec<usize>,
    worksheets: usize,
}

struct Template {
    members: Vec<Member>,
}

struct Member {
    name: String,
    content: Content,
}

enum Content {
    /// As it stands in the archive.
    Packed { method: u16, crc: u32, length: u64, packed: Vec<u8> },
    /// With placeholders.
    Text(String),
    /// A worksheet: what stands before and behind its rows.
    Worksheet(String, String),
}

/// A workbook without its rows.
pub struct Package {
    template: Arc<Template>,
    /// Rows below the header of each worksheet.
    rows: Vec<u32>,
    stamp: String,
    /// The last column's letters.
    last: String,
}

impl Package {
    /// A workbook of these columns, each so many cells wide, with a worksheet for each number of rows.
    ///
    /// # Errors
    /// When the library refuses; it writes no file.
    pub fn new(columns: &[Column], widths: &[usize], rows: Vec<u32>, stamp: &str) -> Result<Self, Cause> {
        let shape = Shape {
            headers: columns.iter().map(|column| column.header().to_owned()).collect(),
            names: columns.iter().map(|column| column.name().to_owned()).collect(),
            widths: widths.to_vec(),
            worksheets: rows.len(),
        };
        let last = letters(widths.iter().sum::<usize>().max(1) - 1);
        Ok(Self { template: Template::of(shape)?, rows, stamp: escaped(stamp), last })
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
        let before = format!("{head}{EXTENT}A1:{}{}\"{rest}", self.last, u64::from(*self.rows.get(worksheet)?) + 1);
        Some((before, self.with_rows(behind)))
    }

    /// Writes the workbook; `worksheet` writes the whole of a worksheet's XML, deflated, and says about it.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn write<W: Write>(
        &self,
        out: W,
        mut worksheet: impl FnMut(usize, &str, &mut Archive<W>) -> std::io::Result<()>,
    ) -> std::io::Result<W> {
        let mut archive = Archive::new(out);
        let mut worksheets = 0;
        for Member { name, content } in &self.template.members {
            match content {
                Content::Worksheet(..) => {
                    worksheet(worksheets, name, &mut archive)?;
                    worksheets += 1;
                }
                Content::Packed { method, crc, length, packed } => {
                    let packed_length = packed.len() as u64;
                    let about = About { name, method: *method, crc: *crc, packed: packed_length, length: *length };
                    archive.member(about, |out| out.write_all(packed))?;
                }
                Content::Text(text) => {
                    let text = self.with_rows(text).replace(STAMP, &self.stamp);
                    let part = Part::last(text.as_bytes(), Compression::Normal)
                        .ok_or_else(|| std::io::Error::other("not compressed"))?;
                    let packed = part.stream.len() as u64;
                    let about = About { name, method: 8, crc: part.crc.finalize(), packed, length: part.length };
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

impl Template {
    /// The template of this shape, made if it is not kept.
    fn of(shape: Shape) -> Result<Arc<Self>, Cause> {
        let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
        let known = kept.iter().position(|(known, _)| *known == shape).and_then(|at| kept.remove(at));
        let (shape, template) = if let Some(known) = known {
            known
        } else {
            let template = Arc::new(Self::new(&shape)?);
            (shape, template)
        };
        kept.push_front((shape, Arc::clone(&template)));
        kept.truncate(MOST_KEPT);
        Ok(template)
    }

    fn new(shape: &Shape) -> Result<Self, Cause> {
        let mut workbook = Workbook::new();
        workbook.set_properties(&DocProperties::new().set_custom_property(stamp::NAME, STAMP));
        let bold = Format::new().set_bold();
        let last = shape.widths.iter().sum::<usize>().max(1) as u16 - 1;
        for at in 0..shape.worksheets {
            let worksheet = workbook.add_worksheet();
            worksheet.set_freeze_panes(1, 0).map_err(cause)?;
            let mut column = 0;
            for ((header, name), &width) in shape.headers.iter().zip(&shape.names).zip(&shape.widths) {
                for n in 1..=width {
                    // a string in <r>…</r> would be taken for the library's own rich text
                    let guard = if header.starts_with("<r>") { " " } else { "" };
                    let number = if n == 1 { String::new() } else { format!("_{n}") };
                    let head = format!("{guard}{header}{number}");
                    worksheet.set_column_width(column, characters(name)).map_err(cause)?;
                    worksheet.write_string_with_format(0, column, head, &bold).map_err(cause)?;
                    column += 1;
                }
            }
            worksheet.autofilter(0, 0, LAST_ROW - 1 - at as u32, last).map_err(cause)?;
        }
        let bytes = workbook.save_to_buffer().map_err(cause)?;
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| unreadable(&error))?;
        let members = (0..archive.len()).map(|at| Member::read(&mut archive, at)).collect::<Result<_, _>>()?;
        Ok(Self { members })
    }
}

impl Member {
    fn read(archive: &mut ZipArchive<Cursor<Vec<u8>>>, at: usize) -> Result<Self, Cause> {
        let mut file = archive.by_index(at).map_err(|error| unreadable(&error))?;
        let name = file.name().map_err(|error| unreadable(&error))?.into_owned();
        let is_worksheet = name.starts_with("xl/worksheets/sheet");
        if is_worksheet || matches!(&*name, "xl/workbook.xml" | "docProps/custom.xml") {
            let mut xml = String::new();
            file.read_to_string(&mut xml).map_err(writing)?;
            let content = match xml.split_once(ROWS_END) {
                Some((before, behind)) if is_worksheet => {
                    Content::Worksheet(before.to_owned(), format!("{ROWS_END}{behind}"))
                }
                _ => Content::Text(xml),
            };
            return Ok(Self { name, content });
        }
        drop(file);
        let mut file = archive.by_index_raw(at).map_err(|error| unreadable(&error))?;
        let method = if file.compression() == zip::CompressionMethod::Stored { 0 } else { 8 };
        let (crc, length, mut packed) = (file.crc32(), file.size(), Vec::new());
        file.read_to_end(&mut packed).map_err(writing)?;
        Ok(Self { name, content: Content::Packed { method, crc, length, packed } })
    }
}

/// As XML's text holds it.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A column's width in characters: enough to read ids and titles, and the beginning of a text.
fn characters(name: &str) -> f64 {
    match name {
        Column::TEXT => 90.0,
        "title" => 32.0,
        "url" => 44.0,
        _ => 14.0,
    }
}

fn cause(error: XlsxError) -> Cause {
    match error {
        XlsxError::IoError(error) | XlsxError::TempFileError(_, error) => writing(error),
        other => Cause::Workbook(other.to_string()),
    }
}

fn unreadable(error: &zip::result::ZipError) -> Cause {
    Cause::Workbook(error.to_string())
}
