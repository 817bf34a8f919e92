//! A run in figures, in English.

use super::{English, plural};
use crate::engine::LeftOut;
use crate::text::count;
use crate::text::language::{EndedAs, RunWords};

impl RunWords for English {
    fn left_out(&self, why: LeftOut, number: usize) -> String {
        let plural = |one, many| plural(number as u64, one, many);
        let what = match why {
            LeftOut::Hidden => plural("hidden file or folder", "hidden files or folders"),
            LeftOut::OfficeLock => plural("lock file of an office program", "lock files of office programs"),
            LeftOut::SystemFile => plural("system file", "system files"),
            LeftOut::NotRegular => plural("pipe, socket or device", "pipes, sockets or devices"),
            LeftOut::LinkInArchive => plural("link in an archive", "links in archives"),
            LeftOut::InOutput => {
                let files = plural("file in the output folder", "files in the output folder");
                return format!("{files} left out. To convert them, choose an output folder that holds no sources");
            }
        };
        format!("{what} left out")
    }

    fn made(&self, workbooks: usize) -> String {
        format!("{} made", plural(workbooks as u64, "workbook", "workbooks"))
    }

    fn ended(&self, how: EndedAs, files: usize) -> String {
        let how = match how {
            EndedAs::UpToDate => "up to date",
            EndedAs::Failed => "failed",
            EndedAs::UnknownFormat => "of unknown format",
            EndedAs::Skipped => "skipped",
            EndedAs::Stopped => "stopped",
            EndedAs::Unread => "not readable",
        };
        format!("{} {how}", count(files as u64))
    }

    fn rows(&self, records: u64, rows: u64) -> String {
        format!("{} → {}", self.records(records), plural(rows, "row", "rows"))
    }

    fn records(&self, records: u64) -> String {
        plural(records, "record", "records")
    }

    fn first_of(&self, rows: usize, records: Option<u64>) -> String {
        let first = count(rows as u64);
        match records {
            Some(1) if rows == 1 => "1 record".into(),
            Some(all) if all == rows as u64 => format!("all {first} records"),
            Some(all) => format!("first {first} of {} records", count(all)),
            None => format!("first {first} records"),
        }
    }
}
