//! What workbooks of one shape have in common, made by `rust_xlsxwriter`: the package, styles, properties,
//! and each worksheet with its header, frozen, filterable.
//!
//! The library is asked once for workbooks of the same shape: what differs from one to the next (the
//! numbers of rows, the stamp) stands in the template under placeholders. What nothing needs is left out of
//! its package, for it would be a fourth of a small workbook: the theme, a palette (the default font must
//! then name no colour of one, or Excel finds the workbook damaged), and the application's properties,
//! which say that Excel 2007 made it. The header's words stand in their cells, so that there is no table
//! of shared strings but for what can't stand there (`shared.rs`).

use std::collections::VecDeque;
use std::io::{Cursor, Read};
use std::iter::{repeat, repeat_n};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use libdeflater::{CompressionLvl, Compressor};
use rust_xlsxwriter::{Color, DocProperties, Format, FormatAlign, IgnoreError, Workbook, XlsxError};
use zip::ZipArchive;

use crate::engine::error::{Cause, Halt, writing};
use crate::engine::job::columns::Column;
use crate::engine::job::columns::kind::Kind;
use crate::engine::output::xlsx::shared::{STRINGS, STRINGS_PLACE, STRINGS_TYPE};
use crate::engine::output::xlsx::sheet::ROW_BEGIN;
use crate::engine::output::xlsx::sheet::typed::FORMATS;
use crate::engine::output::xlsx::stamp;
use crate::engine::panics;

/// Where a worksheet's rows go in its XML.
const ROWS_END: &str = "</sheetData>";
/// What is left out, as it is named where it is told about.
const LEFT_OUT: [&str; 2] = ["theme/theme1.xml", "docProps/app.xml"];
/// When a workbook was made: the same sources and choices give the same bytes, whenever and wherever.
const TIMES: [&str; 2] = ["dcterms:created", "dcterms:modified"];
/// The library's default height and width, in pixels.
const ROW_HEIGHT: u32 = 20;
const COLUMN_WIDTH: u32 = 64;
/// libdeflate's level for what is made once and written often: the last that begins without delay.
const SMALL: i32 = 9;
/// Stands for the stamp.
pub const STAMP: &str = "the stamp of this workbook";
/// Stands for the last row of the first worksheet, counted from 1; one less for each further one. (Not
/// Excel's last, which the library leaves away: `$A:$C`.)
pub const LAST_ROW: u32 = 1_000_003;

/// Templates used last, the latest first: most workbooks of a run have one of a few shapes.
static KEPT: Mutex<VecDeque<(Shape, Arc<Template>)>> = Mutex::new(VecDeque::new());
const MOST_KEPT: usize = 32;

/// What workbooks have in common that share a template.
#[derive(PartialEq)]
pub struct Shape {
    /// The words above the columns, one a cell.
    pub heads: Vec<String>,
    /// The columns' names, and how many cells each takes.
    pub names: Vec<String>,
    pub widths: Vec<usize>,
    pub worksheets: usize,
    /// Texts are wrapped in their cells.
    pub wraps: bool,
    /// There is a table of shared strings.
    pub shares_strings: bool,
    /// The columns' kinds, where one of them is no text; else none.
    pub kinds: Vec<Kind>,
}

pub struct Template {
    pub members: Vec<Member>,
}

pub struct Member {
    pub name: String,
    pub content: Content,
}

pub enum Content {
    /// The same in all workbooks, deflated.
    Packed { crc: u32, length: u64, packed: Vec<u8> },
    /// With placeholders.
    Text(String),
    /// A worksheet: what stands before and behind its rows.
    Worksheet(String, String),
    /// The table of shared strings.
    SharedStrings,
}

impl Template {
    /// The template of this shape, made if it is not kept; the header's cells are written into `folder` meanwhile.
    ///
    /// # Errors
    /// When the library refuses, or cannot write there.
    pub fn of(shape: Shape, folder: &Path) -> Result<Arc<Self>, Halt> {
        let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
        let known = kept.iter().position(|(known, _)| *known == shape).and_then(|at| kept.remove(at));
        let (shape, template) = if let Some(known) = known {
            known
        } else {
            // the library panics where it cannot write its temporary data
            let made = panics::attempt(|| Self::new(&shape, folder));
            let template = Arc::new(made.unwrap_or_else(|said| Err(behind_panic(said)))?);
            (shape, template)
        };
        kept.push_front((shape, Arc::clone(&template)));
        kept.truncate(MOST_KEPT);
        Ok(template)
    }

    fn new(shape: &Shape, folder: &Path) -> Result<Self, Halt> {
        let mut workbook = Workbook::new();
        workbook.set_zip_compression_level(1); // it is compressed again
        workbook.set_tempdir(folder).map_err(halt)?;
        let plain = Format::new().set_font_color(Color::Automatic);
        let plain = if shape.wraps { plain.set_text_wrap().set_align(FormatAlign::Top) } else { plain };
        workbook.set_default_format(&plain, ROW_HEIGHT, COLUMN_WIDTH).map_err(halt)?;
        workbook.set_properties(&DocProperties::new().set_custom_property(stamp::NAME, STAMP));
        let bold = plain.clone().set_bold();
        if !shape.kinds.is_empty() {
            workbook.register_format(&bold); // as the header's is without them
            for format in FORMATS {
                workbook.register_format(&plain.clone().set_num_format(format));
            }
        }
        let last = shape.heads.len().max(1) as u16 - 1;
        for at in 0..shape.worksheets {
            let worksheet = workbook.add_worksheet_with_constant_memory().map_err(halt)?;
            worksheet.set_freeze_panes(1, 0).map_err(halt)?;
            let kinds = shape.kinds.iter().copied().chain(repeat(Kind::Text));
            let columns = shape.names.iter().zip(kinds).zip(&shape.widths);
            let columns = columns.flat_map(|(about, &width)| repeat_n(about, width));
            for ((column, head), (name, kind)) in (0..).zip(&shape.heads).zip(columns) {
                worksheet.set_column_width(column, characters(name, kind)).map_err(halt)?;
                worksheet.write_string_with_format(0, column, head, &bold).map_err(halt)?;
            }
            if !shape.heads.is_empty() {
                let last_row = LAST_ROW - 1 - at as u32;
                worksheet.autofilter(0, 0, last_row, last).map_err(halt)?;
                worksheet.ignore_error_range(0, 0, last_row, last, IgnoreError::NumberStoredAsText).map_err(halt)?;
            }
        }
        let bytes = workbook.save_to_buffer().map_err(halt)?;
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| unreadable(&error))?;
        let level = CompressionLvl::new(SMALL).map_err(|_| not_compressed())?;
        let mut compressor = Compressor::new(level);
        let members = (0..archive.len()).map(|at| Member::read(&mut archive, at, shape, &mut compressor));
        let mut members = members.filter_map(Result::transpose).collect::<Result<Vec<_>, _>>()?;
        if shape.shares_strings {
            members.push(Member { name: STRINGS.to_owned(), content: Content::SharedStrings });
        }
        Ok(Self { members })
    }
}

impl Member {
    /// `None` for what is left out.
    fn read(
        archive: &mut ZipArchive<Cursor<Vec<u8>>>,
        at: usize,
        shape: &Shape,
        compressor: &mut Compressor,
    ) -> Result<Option<Self>, Halt> {
        let mut file = archive.by_index(at).map_err(|error| unreadable(&error))?;
        let name = file.name().map_err(|error| unreadable(&error))?.into_owned();
        if LEFT_OUT.iter().any(|left_out| name.ends_with(left_out)) {
            return Ok(None);
        }
        let mut xml = String::new();
        file.read_to_string(&mut xml).map_err(writing)?;
        let mut packed = |xml: &str| Content::packed(xml, compressor);
        let with_strings = |xml: String, element: &str, end: &str| {
            if shape.shares_strings { xml.replace(end, &format!("{element}{end}")) } else { xml }
        };
        if name.starts_with("xl/worksheets/") {
            xml = xml.replace("<sheetData/>", "<sheetData></sheetData>"); // without a column
            xml = xml.replacen("<row r=\"1\">", &format!("<row r=\"1{ROW_BEGIN}"), 1);
        }
        let content = match (&*name, xml.split_once(ROWS_END)) {
            (_, Some((before, behind))) => Content::Worksheet(before.to_owned(), format!("{ROWS_END}{behind}")),
            // formulas to calculate there are none
            ("xl/workbook.xml", None) => Content::Text(without(&xml, "calcPr")?),
            ("docProps/custom.xml", None) => Content::Text(xml),
            ("[Content_Types].xml", None) => {
                let xml = LEFT_OUT.iter().try_fold(xml, |xml, member| without(&xml, member))?;
                packed(&with_strings(xml, STRINGS_TYPE, "</Types>"))?
            }
            ("xl/_rels/workbook.xml.rels", None) => {
                packed(&with_strings(without(&xml, LEFT_OUT[0])?, STRINGS_PLACE, "</Relationships>"))?
            }
            ("docProps/core.xml", None) => {
                packed(&TIMES.into_iter().fold(xml, |xml, name| without_element(&xml, name)))?
            }
            ("_rels/.rels", None) => packed(&without(&xml, LEFT_OUT[1])?)?,
            (_, None) => packed(&xml)?,
        };
        Ok(Some(Self { name, content }))
    }
}

/// Without the element that tells about `member`.
fn without(xml: &str, member: &str) -> Result<String, Halt> {
    let unknown = || Halt::from(Cause::Workbook(format!("{member} has another name")));
    let at = xml.find(member).ok_or_else(unknown)?;
    let begin = xml[..at].rfind('<').ok_or_else(unknown)?;
    let (_, behind) = xml[at..].split_once("/>").ok_or_else(unknown)?;
    Ok(format!("{}{behind}", &xml[..begin]))
}

/// Without this element, which has an end tag, wherever it stands.
fn without_element(xml: &str, name: &str) -> String {
    let (begin, end) = (format!("<{name}"), format!("</{name}>"));
    let parts = xml.split_once(&begin).and_then(|(before, rest)| Some((before, rest.split_once(&end)?.1)));
    parts.map_or_else(|| xml.to_owned(), |(before, behind)| format!("{before}{behind}"))
}

impl Content {
    fn packed(xml: &str, compressor: &mut Compressor) -> Result<Self, Halt> {
        let mut packed = vec![0; compressor.deflate_compress_bound(xml.len())];
        let length = compressor.deflate_compress(xml.as_bytes(), &mut packed).map_err(|_| not_compressed())?;
        packed.truncate(length);
        Ok(Self::Packed { crc: crc32fast::hash(xml.as_bytes()), length: xml.len() as u64, packed })
    }
}

/// The compressor never fails.
fn not_compressed() -> Halt {
    Cause::Workbook("not compressed".into()).into()
}

/// A column's width in characters: enough to read ids and titles, and the beginning of a text.
fn characters(name: &str, kind: Kind) -> f64 {
    match name {
        _ if kind != Kind::Text => 20.0, // what does not fit is no number but a row of signs

        Column::TEXT => 90.0,
        "title" => 32.0,
        "url" => 44.0,
        _ => 14.0,
    }
}

fn halt(error: XlsxError) -> Halt {
    match error {
        XlsxError::IoError(error) | XlsxError::TempFileError(_, error) => writing(error),
        other => Cause::Workbook(other.to_string()).into(),
    }
}

fn unreadable(error: &zip::result::ZipError) -> Halt {
    Cause::Workbook(error.to_string()).into()
}

/// A full disk is no fault of ours, though the library panics of it.
fn behind_panic(message: String) -> Halt {
    if !message.contains("Couldn't write to xml file") {
        return Cause::Panic(message).into();
    }
    if message.contains("StorageFull") || message.contains("QuotaExceeded") {
        return Cause::DiskFull.into();
    }
    let (_, why) = message.rsplit_once("message: ").unwrap_or(("", &message));
    writing(std::io::Error::other(why.trim_matches(['"', ' ', '}']).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panic_of_a_full_disk_is_called_so() {
        let full = "panicked at x.rs:1:\nCouldn't write to xml file: Os { code: 28, kind: StorageFull, message: \"No space\" }";
        assert!(matches!(behind_panic(full.to_owned()), Halt::Failed(Cause::DiskFull)));
        let other = "Couldn't write to xml file: Os { code: 5, kind: Other, message: \"I/O error\" }";
        let found = behind_panic(other.to_owned());
        assert!(matches!(found, Halt::Failed(Cause::Write(error)) if error.to_string() == "I/O error"));
    }
}
