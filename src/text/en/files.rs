//! The source files of a list, in English.

use super::{English, labels, plural};
use crate::engine::MergeBy;
use crate::text::language::FileWords;
use crate::text::{bytes, count};

impl FileWords for English {
    fn files(&self, files: usize, size: u64) -> String {
        format!("{} · {}", plural(files as u64, "file", "files"), bytes(size))
    }

    fn scanning(&self, files: usize) -> String {
        format!("{} {} so far", labels::TEXT.scanning, count(files as u64))
    }

    fn cut_short(&self, files: usize) -> String {
        format!("{} found, then stopped · a run finds the rest", count(files as u64))
    }

    fn workbooks(&self, files: usize, by: MergeBy) -> String {
        let sources = plural(files as u64, "file", "files");
        match by {
            MergeBy::None => {
                format!("{}, {}", plural(files as u64, "workbook", "workbooks"), labels::TEXT.same_folders)
            }
            MergeBy::Run => format!("1 workbook of {sources}"),
            MergeBy::Folder => format!("a workbook for each folder, {sources}"),
        }
    }

    fn and_more(&self, first: &str, more: usize) -> String {
        if more == 0 { first.to_owned() } else { format!("{first} and {more} more") }
    }

    fn removed(&self, files: usize) -> String {
        format!("{} removed from the list", plural(files as u64, "file", "files"))
    }

    fn skipped(&self, files: usize) -> String {
        format!("{} will be skipped", plural(files as u64, "file", "files"))
    }

    fn added(&self, inputs: usize) -> String {
        format!("{} added to the source", count(inputs as u64))
    }
}
