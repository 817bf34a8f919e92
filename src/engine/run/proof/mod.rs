//! What was read back from a finished file is what was written into it, or the file never gets its name; and
//! is it still, whenever somebody asks ([`verify`]).

pub mod verify;

use std::fs::File;

use crate::engine::error::difference::Difference;
use crate::engine::error::{Cause, Halt};
use crate::engine::job::columns::Column;
use crate::engine::output::{Helpers, OutputForm, ReadBack, Written};
use crate::engine::stop::StopToken;

/// Reads a finished file back, where a digest of it was taken, and compares it with what was written into it: rows of
/// these columns, each so many cells wide.
///
/// # Errors
/// As [`compare`]; when it is not whole, or the run is stopped.
pub fn read_back(
    form: &dyn OutputForm,
    file: &File,
    (columns, widths): (&[Column], &[usize]),
    written: &Written,
    helpers: &dyn Helpers,
    stop: &StopToken,
) -> Result<Option<ReadBack>, Halt> {
    let Some(digest) = &written.digest else { return Ok(None) };
    let found = form.read_back_by(file, helpers, stop)?;
    compare(&found, (written.rows, digest), &heads(form, (columns, widths), written))?;
    Ok(Some(found))
}

/// The words over the cells of a finished file, where it has any.
#[must_use]
pub fn heads(form: &dyn OutputForm, (columns, widths): (&[Column], &[usize]), written: &Written) -> Vec<String> {
    let has_heads = written.rows > 0 || form.has_heads_without_rows();
    if has_heads { form.heads(columns, widths) } else { Vec::new() }
}

/// Compares what was read back with the rows and the digest of what was written, and with the heads that stand over
/// the cells.
///
/// # Errors
/// [`Cause::NotProven`], with what differs.
pub fn compare(found: &ReadBack, (rows, digest): (u64, &str), heads: &[String]) -> Result<(), Cause> {
    let differs = |what| Err(Cause::NotProven(what));
    if found.rows != rows {
        return differs(Difference::Rows { found: found.rows, written: rows });
    }
    let blank = heads.iter().rev().take_while(|head| head.is_empty()).count(); // of these nothing is written
    let written = &heads[..found.header.len().clamp(heads.len() - blank, heads.len())];
    if let Some(other) = Difference::of_heads(&found.header, written) {
        return differs(other);
    }
    if found.digest != digest {
        return differs(Difference::Cells);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::io::{Read as _, Write as _};

    use zip::write::SimpleFileOptions;
    use zip::{ZipArchive, ZipWriter};

    use super::*;
    use crate::engine::error::Halt;
    use crate::engine::job::choices::Compression;
    use crate::engine::job::columns::Columns;
    use crate::engine::output::{Alone, DEFAULT, NewFile, Written};
    use crate::engine::stop::StopToken;

    /// What is done to a worksheet, in words and in deed.
    type Change = (&'static str, Box<dyn Fn(&str) -> String>);

    const SHEET: &str = "xl/worksheets/sheet1.xml";

    /// A workbook of three rows, the last cell of which goes on in two further ones, and what was written.
    fn made(file: &File, folder: &std::path::Path) -> (Written, Vec<usize>) {
        let columns = Columns::parse("id,title,text").expect("columns");
        let columns = columns.as_chosen().expect("chosen");
        let new = NewFile {
            folder,
            columns,
            widths: &[1, 1, 1],
            stamp: "s",
            compression: Compression::Normal,
            wraps: false,
            digested: true,
        };
        let mut sink = DEFAULT.begin(new, &Alone);
        let long = "긴 글 ".repeat(20_000);
        for row in [["1", "가 _x0041_", "하나 <b> &"], ["2", "", "둘\n셋"], ["3", "다", long.as_str()]] {
            sink.row(&row.map(Into::into), &mut |_, _| {}).expect("a row");
        }
        let widths = sink.widths().to_vec();
        (sink.finish(&mut { file }).expect("written"), widths)
    }

    fn proven(file: &File, written: &Written, widths: &[usize]) -> Result<(), String> {
        let columns = Columns::parse("id,title,text").expect("columns");
        let heads = DEFAULT.heads(columns.as_chosen().expect("chosen"), widths);
        let digest = written.digest.as_deref().expect("asked for");
        let found = DEFAULT.read_back(file, &StopToken::default());
        let found = found.map_err(|halt| match halt {
            Halt::Failed(cause) => cause.to_string(),
            Halt::Stopped => "stopped".to_owned(),
        })?;
        compare(&found, (written.rows, digest), &heads).map_err(|cause| cause.to_string())
    }

    /// The workbook with its worksheet made other.
    fn with_sheet(file: &File, change: impl Fn(&str) -> String) -> File {
        with_part(file, SHEET, change)
    }

    /// The workbook with one of its parts made other.
    fn with_part(file: &File, part: &str, change: impl Fn(&str) -> String) -> File {
        let mut old = ZipArchive::new(file).expect("a workbook");
        let new = tempfile::tempfile().expect("a file");
        let mut writer = ZipWriter::new(&new);
        for at in 0..old.len() {
            let mut member = old.by_index(at).expect("a member");
            let name = member.name().expect("a name").into_owned();
            let mut text = String::new();
            member.read_to_string(&mut text).expect("text");
            if name == part {
                let other = change(&text);
                assert_ne!(other, text, "the change changes nothing");
                text = other;
            }
            writer.start_file(name, SimpleFileOptions::default()).expect("begun");
            writer.write_all(text.as_bytes()).expect("written");
        }
        writer.finish().expect("finished");
        new
    }

    fn cell(xml: &str, place: &str) -> String {
        let from = xml.find(&format!("<c r=\"{place}\"")).unwrap_or_else(|| panic!("{place}"));
        let end = xml[from..].find("</c>").expect("its end") + 4;
        xml[from..from + end].to_owned()
    }

    fn row(xml: &str, number: u32) -> String {
        let from = xml.find(&format!("<row r=\"{number}\"")).expect("a row");
        let end = xml[from..].find("</row>").expect("its end") + 6;
        xml[from..from + end].to_owned()
    }

    fn bytes(file: &File) -> Vec<u8> {
        use std::io::Seek as _;
        let mut all = Vec::new();
        let mut file = file;
        file.rewind().and_then(|()| file.read_to_end(&mut all)).expect("read");
        all
    }

    fn with_bytes(bytes: &[u8]) -> File {
        let mut file = tempfile::tempfile().expect("a file");
        file.write_all(bytes).expect("written");
        file
    }

    #[test]
    fn corruptions_of_every_kind_are_caught_before_the_file_gets_its_name() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = tempfile::tempfile().expect("a file");
        let (written, widths) = made(&file, folder.path());
        assert_eq!(widths, [1, 1, 3]);
        assert_eq!(proven(&file, &written, &widths), Ok(()));
        assert_eq!(proven(&with_bytes(&bytes(&file)), &written, &widths), Ok(()));
        let swap = |xml: &str, a: String, b: String| xml.replace(&a, "\0").replace(&b, &a).replace('\0', &b);
        let changes: Vec<Change> = vec![
            ("a dropped row", Box::new(|xml| xml.replace(&row(xml, 3), ""))),
            ("the last row dropped, the extent with it", {
                Box::new(|xml| xml.replace(&row(xml, 4), "").replace("A1:E4\"/>", "A1:E3\"/>"))
            }),
            ("a row twice", Box::new(|xml| xml.replace(&row(xml, 3), &(row(xml, 3) + &row(xml, 3))))),
            ("two cells swapped", {
                Box::new(|xml| {
                    let (a, b) = (cell(xml, "A2"), cell(xml, "B2"));
                    let (x, y) = (a.replace("A2", "B2"), b.replace("B2", "A2"));
                    xml.replace(&a, "\0").replace(&b, &x).replace('\0', &y)
                })
            }),
            ("two rows exchanged", {
                Box::new(move |xml| {
                    let renumbered = |text: &str, from: &str, to: &str| text.replace(from, to);
                    let (a, b) = (row(xml, 2), row(xml, 3));
                    let (x, y) = (renumbered(&a, "2\"", "3\""), renumbered(&b, "3\"", "2\""));
                    swap(xml, a, b).replace(&row(xml, 2), &y).replace(&row(xml, 3), &x)
                })
            }),
            ("a lost continuation cell", Box::new(|xml| xml.replace(&cell(xml, "D4"), ""))),
            ("a letter changed", Box::new(|xml| xml.replace("하나", "하너"))),
            (
                "an empty cell filled",
                Box::new(|xml| {
                    xml.replace(&cell(xml, "C3"), &(cell(xml, "A3").replace("A3", "B3") + &cell(xml, "C3")))
                }),
            ),
            ("a space at the end lost", Box::new(|xml| xml.replace("둘\n셋", "둘 셋"))),
            ("a further head renamed", Box::new(|xml| xml.replace(">text (2)<", ">text (3)<"))),
            ("the number of a shared string", Box::new(|xml| xml.replace("<v>0</v>", "<v>1</v>"))),
            ("a head renamed", Box::new(|xml| xml.replace(">title<", ">titel<"))),
            ("a number for a text", Box::new(|xml| xml.replace(&cell(xml, "A2"), "<c r=\"A2\"><v>1</v></c>"))),
            ("markup cut off", Box::new(|xml| xml[..xml.len() * 2 / 3].to_owned())),
        ];
        for (what, change) in changes {
            let told = proven(&with_sheet(&file, change), &written, &widths);
            assert!(told.is_err(), "{what} was not seen");
        }
        let string = with_part(&file, "xl/sharedStrings.xml", |xml| xml.replace("x0041", "x0042"));
        assert!(proven(&string, &written, &widths).is_err(), "a shared string changed");
        let whole = bytes(&file);
        assert!(proven(&with_bytes(&whole[..whole.len() - 40]), &written, &widths).is_err(), "a cut zip");
        let mut turned = whole.clone();
        let middle = turned.windows(4).rposition(|signature| signature == b"PK\x01\x02").expect("a directory") / 2;
        turned[middle] ^= 0x10;
        assert!(proven(&with_bytes(&turned), &written, &widths).is_err(), "a bit turned");
        let mut wrong = whole;
        let sheet = wrong.windows(SHEET.len()).position(|name| name == SHEET.as_bytes()).expect("a sheet") - 30;
        let directory = wrong.windows(SHEET.len()).rposition(|name| name == SHEET.as_bytes()).expect("a sheet") - 46;
        wrong[sheet + 14] ^= 1;
        wrong[directory + 16] ^= 1;
        assert!(proven(&with_bytes(&wrong), &written, &widths).is_err(), "a wrong checksum");
    }
}
