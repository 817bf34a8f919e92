//! Why a source file has no workbook, and what to do, in English.

use std::io::ErrorKind;

use super::{English, plural};
use crate::engine::{ArchiveFault, Cause, Difference, FileKind};
use crate::text::language::{CauseWords, ErrorWords, KindWords, NoteWords, SystemWords};
use crate::text::{bytes, count};

impl CauseWords for English {
    fn cause(&self, cause: &Cause) -> (String, String) {
        let advice = |text: &str| text.to_owned();
        match cause {
            Cause::Read(error) => (format!("can't be read: {}", self.io_error(error)), advice(self.read_advice(error))),
            Cause::Empty => ("empty file".into(), advice("There is nothing to convert in it.")),
            Cause::Archive(fault) => self.archive_fault(*fault),
            Cause::NotText(kind @ (FileKind::Zip | FileKind::Tar)) => (
                format!("{}, not text", self.file_kind(*kind)),
                advice(
                    "The files of an archive are read when its name ends in .zip, .tar, .tar.gz or the like and it stands in no other archive. Rename it, or unpack it first.",
                ),
            ),
            Cause::NotText(kind) => (
                format!("{}, not text", self.file_kind(*kind)),
                advice(
                    "It holds no records that can be read. No workbook is made of it; other files are not affected.",
                ),
            ),
            Cause::NoRecords => (
                "no records found".into(),
                advice("The file looks like a corpus but holds no record. No workbook was made."),
            ),
            Cause::Refusal(message) => refusal(message),
            Cause::Selector(part) => (
                format!("the record selector can't be used here: {part}"),
                advice(
                    "Records are found as the file goes by: by names, attributes, classes, what stands in or behind what.",
                ),
            ),
            Cause::NotRecognised(look) => (
                format!("unknown format: {}", self.unknown_text(look)),
                advice(
                    "It was left alone; other files are not affected. If it holds records, choose the format or a record selector under Reading.",
                ),
            ),
            Cause::Damaged(fault) => (
                format!("damaged: {}", self.syntax_fault(fault)),
                advice("No record could be read. Mend the file at this place, or get it again, then retry."),
            ),
            Cause::FilterList { path, error } => (
                format!("a filter's list can't be read: {}: {}", path.display(), self.list_error(error)),
                advice("Choose another list under Columns: a text file in UTF-8, a value a line."),
            ),
            Cause::Changed => (
                "changed while it was read".into(),
                advice("Wait until the program that writes it is done, then retry."),
            ),
            Cause::Write(error) if error.kind() == ErrorKind::InvalidFilename => (
                format!("its workbook can't be written: {}", self.write_error(error)),
                advice("Rename the source file, or choose a folder with a shorter path, then retry."),
            ),
            Cause::Write(error) => (
                format!("its workbook can't be written: {}", self.write_error(error)),
                advice("Check the output folder, then retry."),
            ),
            Cause::DiskFull => {
                ("the disk is full".into(), advice("Free some space or choose another output folder, then retry."))
            }
            Cause::WorkbookOpen => {
                ("the workbook is open in another program".into(), advice("Close it there, then retry."))
            }
            Cause::OutputGone => (
                "the output folder is gone or is another now".into(),
                advice("Nothing was written into it. Bring the folder or its disk back, then convert again."),
            ),
            Cause::TargetIsSource | Cause::NotOurs | Cause::OtherSource | Cause::ChangedSince | Cause::AlreadyThere => {
                in_the_way(cause)
            }
            Cause::MergeEnded(name) => (
                format!("not merged, because {name} failed"),
                advice("Mend or leave out that file, or choose that files which fail are left out."),
            ),
            Cause::TooManyColumns(n) => (
                format!("the file needs {} columns or more, Excel has 16,384", count(*n as u64)),
                advice("Choose fewer columns."),
            ),
            Cause::CountsDiffer { records, rows } => (
                format!("{} records but {} rows", count(*records), count(*rows)),
                advice("The workbook was not kept. This is a fault in Sheetmill: please report it with the file."),
            ),
            Cause::NotProven(what) => (
                format!("what was read back is not what was written: {}", self.difference(what)),
                advice("The workbook was not kept. Retry; if it stays, check the disk, and report it with the file."),
            ),
            Cause::Workbook(why) => {
                (format!("the workbook could not be made: {why}"), advice("Retry; if it stays, please report it."))
            }
            Cause::Panic(why) => (
                format!("internal error: {why}"),
                advice("Other files are not affected. Please report it with the file."),
            ),
        }
    }

    fn archive_fault(&self, fault: ArchiveFault) -> (String, String) {
        let whole = "Copy or download it once more, then retry. What could be read of it stands in the list by itself.";
        let again = "Copy or download the archive once more, then retry.";
        let harm = "It may have been made to do harm. If you trust it, unpack it and choose the folder.";
        let unpack = "Unpack it with the program that made it, and choose the folder.";
        let (short, advice) = match fault {
            ArchiveFault::NoFiles => {
                ("the archive holds no files to convert", "Hidden files, folders and links are left out.")
            }
            ArchiveFault::TooManyFiles => {
                ("the archive holds more than a million files", "Unpack it and choose the folder.")
            }
            ArchiveFault::TooLarge => ("it grows far beyond its size when unpacked", harm),
            ArchiveFault::Overlapping => ("the files in the archive lie one over the other", harm),
            ArchiveFault::Split => ("one part of an archive in several", "Put the parts together, or unpack them."),
            ArchiveFault::Encrypted => {
                ("locked with a password", "Unpack it with its password, and choose the folder.")
            }
            ArchiveFault::Method(number) => {
                return (format!("compressed by a method that can't be read (zip method {number})"), unpack.to_owned());
            }
            ArchiveFault::WrongChecksum => ("damaged: its checksum is wrong", again),
            ArchiveFault::WrongSize => ("damaged: it is longer than the archive says", again),
            ArchiveFault::Memory(mebibytes) => {
                let needed = bytes(u64::from(mebibytes) << 20);
                return (format!("it takes {needed} of memory to unpack, too much"), unpack.to_owned());
            }
            ArchiveFault::Sparse => ("stored without its empty parts (sparse)", unpack),
            ArchiveFault::Damaged => ("the archive is cut off or damaged", whole),
        };
        (short.to_owned(), advice.to_owned())
    }

    fn difference(&self, difference: &Difference) -> String {
        match difference {
            Difference::Rows { found, written } => {
                format!("{} instead of {}", plural(*found, "row", "rows"), count(*written))
            }
            Difference::Head { found, written } => format!("the column “{found}” instead of “{written}”"),
            Difference::Columns { found, written } => {
                format!("{} instead of {}", plural(*found as u64, "column", "columns"), count(*written as u64))
            }
            Difference::Cells => "other cells".into(),
            Difference::NoFile => "not a file but a folder or the like".into(),
            Difference::NotWhole(said) => format!("no whole workbook ({said})"),
        }
    }
}

/// Of an answer that holds no data.
fn refusal(message: &str) -> (String, String) {
    let advice =
        "The service refused it. Get this file again; if it is data after all, choose its record under Reading.";
    (format!("an answer without data: {message}"), advice.into())
}

/// What stands under the workbook's name already, and what to do; the last is that it is there.
fn in_the_way(cause: &Cause) -> (String, String) {
    let advice = |text: &str| text.to_owned();
    match cause {
        Cause::TargetIsSource => {
            ("its workbook would replace a source file".into(), advice("Choose another output folder."))
        }
        Cause::NotOurs => (
            "a file that Sheetmill did not make is in the way".into(),
            advice("It was left as it is. Move or rename it, choose another output folder, or choose to overwrite."),
        ),
        Cause::OtherSource => (
            "the workbook of another source is in the way".into(),
            advice("It was left as it is. Choose another output folder, or choose to overwrite."),
        ),
        Cause::ChangedSince => (
            "its workbook was changed since it was made".into(),
            advice("It was left as it is. Move or rename it, or choose to overwrite, which loses the changes."),
        ),
        _ => (
            "its workbook is already there".into(),
            advice(
                "It was there, or another file or program made it meanwhile. Choose another output folder or rename the source file, then retry.",
            ),
        ),
    }
}
