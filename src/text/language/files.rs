//! The source files of a list, counted and named.

use std::time::Duration;

use super::{EndedAs, RunWords, TimeWords};
use crate::engine::MergeBy;

/// Words about the list of source files.
pub trait FileWords: RunWords + TimeWords {
    /// `918 files · 963 MB`; `size` in bytes.
    fn files(&self, files: usize, size: u64) -> String;

    /// `Looking for files… 1,024 so far`.
    fn scanning(&self, files: usize) -> String;

    /// `Looking for files… 1,024 so far · 12 s · ~/corpus/AA`; no time within the first second.
    fn scanning_in(&self, files: usize, time: Duration, folder: Option<&str>) -> String {
        let mut words = self.scanning(files);
        if time >= Duration::from_secs(1) {
            words += &format!(" · {}", self.duration_short(time));
        }
        if let Some(folder) = folder {
            words += &format!(" · {folder}");
        }
        words
    }

    /// `1,024 found, then stopped · a run finds the rest`.
    fn cut_short(&self, files: usize) -> String;

    /// `918 workbooks, same folders`, or what so many files are merged into.
    fn workbooks(&self, files: usize, by: MergeBy) -> String;

    /// `~/a and 2 more`.
    fn and_more(&self, first: &str, more: usize) -> String;

    /// `3 files removed from the list`.
    fn removed(&self, files: usize) -> String;

    /// `3 files will be skipped`.
    fn skipped(&self, files: usize) -> String;

    /// `2 added to the source`.
    fn added(&self, inputs: usize) -> String;

    /// `3 not readable`, the folders and links that were passed over.
    fn unread(&self, places: usize) -> String {
        self.ended(EndedAs::Unread, places)
    }
}
