//! Everything of a workbook but its rows, made by `rust_xlsxwriter`: the package, styles, properties,
//! and each worksheet with its header, frozen, filterable.

use std::io::{Cursor, Read, Write};

use rust_xlsxwriter::{DocProperties, Format, Workbook, XlsxError};
use zip::ZipArchive;

use super::archive::{About, Archive};
use super::sheet::letters;
use super::stamp;
use crate::engine::columns::Column;
use crate::engine::error::Cause;
use crate::engine::target::writing;

/// Where a worksheet's rows go in its XML.
const ROWS_END: &str = "</sheetData>";
/// What the library says of a worksheet's extent; the header is all that it has seen.
const EXTENT: &str = "<dimension ref=\"";

/// A workbook without its rows.
pub struct Package {
    members: Vec<Member>,
}

struct Member {
    name: String,
    method: u16,
    crc: u32,
    length: u64,
    /// As it stands in the archive.
    packed: Vec<u8>,
    /// For a worksheet, what stands before and behind its rows.
    around: Option<(String, String)>,
}

impl Package {
    /// A workbook of these columns, each so many cells wide, with a worksheet for each number of rows.
    ///
    /// # Errors
    /// When the library refuses; it writes no file.
    pub fn new(columns: &[Column], widths: &[usize], rows: &[u32], stamp: &str) -> Result<Self, Cause> {
        let mut workbook = Workbook::new();
        workbook.set_properties(&DocProperties::new().set_custom_property(stamp::NAME, stamp));
        let bold = Format::new().set_bold();
        let last = widths.iter().sum::<usize>().max(1) as u16 - 1;
        for &rows in rows {
            let worksheet = workbook.add_worksheet();
            worksheet.set_freeze_panes(1, 0).map_err(cause)?;
            let mut column = 0;
            for (about, &width) in columns.iter().zip(widths) {
                for n in 1..=width {
                    // a string in <r>…</r> would be taken for the library's own rich text
                    let guard = if about.header().starts_with("<r>") { " " } else { "" };
                    let number = if n == 1 { String::new() } else { format!("_{n}") };
                    let head = format!("{guard}{}{number}", about.header());
                    worksheet.set_column_width(column, characters(about.name())).map_err(cause)?;
                    worksheet.write_string_with_format(0, column, head, &bold).map_err(cause)?;
                    column += 1;
                }
            }
            worksheet.autofilter(0, 0, rows, last).map_err(cause)?;
        }
        let bytes = workbook.save_to_buffer().map_err(cause)?;
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(unreadable)?;
        let members =
            (0..archive.len()).map(|at| Member::read(&mut archive, at, rows, last)).collect::<Result<_, _>>()?;
        Ok(Self { members })
    }

    /// What stands before and behind the rows of a worksheet, counted from 0.
    #[must_use]
    pub fn around(&self, worksheet: usize) -> Option<(&str, &str)> {
        let mut worksheets = self.members.iter().filter_map(|member| member.around.as_ref());
        worksheets.nth(worksheet).map(|(before, behind)| (before.as_str(), behind.as_str()))
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
        for member in &self.members {
            if member.around.is_some() {
                worksheet(worksheets, &member.name, &mut archive)?;
                worksheets += 1;
                continue;
            }
            let about = About {
                name: &member.name,
                method: member.method,
                crc: member.crc,
                packed: member.packed.len() as u64,
                length: member.length,
            };
            archive.member(about, |out| out.write_all(&member.packed))?;
        }
        archive.finish()
    }
}

impl Member {
    fn read(archive: &mut ZipArchive<Cursor<Vec<u8>>>, at: usize, rows: &[u32], last: u16) -> Result<Self, Cause> {
        let mut member = Self { name: String::new(), method: 0, crc: 0, length: 0, packed: Vec::new(), around: None };
        {
            let mut file = archive.by_index_raw(at).map_err(unreadable)?;
            member.name = file.name().map_err(unreadable)?.into_owned();
            member.method = if file.compression() == zip::CompressionMethod::Stored { 0 } else { 8 };
            (member.crc, member.length) = (file.crc32(), file.size());
            file.read_to_end(&mut member.packed).map_err(writing)?;
        }
        let number = member.name.strip_prefix("xl/worksheets/sheet").and_then(|name| name.strip_suffix(".xml"));
        if let Some(rows) = number.and_then(|n| n.parse::<usize>().ok()).and_then(|n| rows.get(n - 1)) {
            let mut xml = String::new();
            archive.by_index(at).map_err(unreadable)?.read_to_string(&mut xml).map_err(writing)?;
            let extent = format!("A1:{}{}", letters(usize::from(last)), u64::from(*rows) + 1);
            member.around = Some(split(&xml, &extent).ok_or_else(|| Cause::Workbook("no place for rows".into()))?);
            member.packed = Vec::new();
        }
        Ok(member)
    }
}

/// Before and behind the rows, with the extent that they will have.
fn split(xml: &str, extent: &str) -> Option<(String, String)> {
    let (before, behind) = xml.split_once(ROWS_END)?;
    let (head, rest) = before.split_once(EXTENT)?;
    let (_, rest) = rest.split_once('"')?;
    Some((format!("{head}{EXTENT}{extent}\"{rest}"), format!("{ROWS_END}{behind}")))
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

fn unreadable(error: zip::result::ZipError) -> Cause {
    Cause::Workbook(error.to_string())
}
