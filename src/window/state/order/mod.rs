//! Which files the list shows, and in which order: what is filtered, sought, sorted and removed.
//!
//! Kept up to date with what changes, so that a hundred thousand files cost a frame next to nothing:
//! the rows that have changed are taken out and put back where they belong, in one pass.

pub mod filter;
mod hangul;
mod search;
mod sort_keys;

use std::collections::HashSet;

use crate::engine::FileId;
use crate::session::{Changes, FileRow, Progress};
use crate::text::Lang;
use filter::{Filter, SortBy};
use search::Seeker;
use sort_keys::Keys;

/// What is shown of the list.
#[derive(Debug, Default)]
pub struct Order {
    filter: Filter,
    sought: String,
    by: SortBy,
    descending: bool,
    removed: HashSet<FileId>,
    /// How many of those removed are in which state.
    removed_counts: Vec<usize>,
    seeker: Seeker,
    lang: Option<Lang>,
    keys: Keys,
    /// `None`: all of them, as they were found.
    rows: Option<Vec<FileId>>,
    known: usize,
    is_stale: bool,
    marks: Vec<bool>,
}

impl Order {
    #[must_use]
    pub fn filter(&self) -> Filter {
        self.filter
    }

    #[must_use]
    pub fn sought(&self) -> &str {
        &self.sought
    }

    /// What the list is sorted by, and whether the largest comes first.
    #[must_use]
    pub fn sorted(&self) -> (SortBy, bool) {
        (self.by, self.descending)
    }

    /// Something is filtered or sought: perhaps not all files are shown.
    #[must_use]
    pub fn narrows(&self) -> bool {
        self.filter != Filter::All || !self.seeker.is_empty()
    }

    pub fn set_filter(&mut self, filter: Filter) {
        self.filter = filter;
        self.is_stale = true;
    }

    pub fn seek(&mut self, words: String) {
        self.seeker = Seeker::new(&words);
        self.sought = words;
        self.is_stale = true;
    }

    /// A click on a column's head: upwards, downwards, as they were found.
    pub fn sort(&mut self, by: SortBy) {
        (self.by, self.descending) = match (self.by == by, self.descending) {
            (false, _) => (by, false),
            (true, false) => (by, true),
            (true, true) => (SortBy::List, false),
        };
        self.is_stale = true;
    }

    /// Another list: filters and words stay, what was removed is forgotten.
    pub fn begin(&mut self) {
        self.removed.clear();
        self.keys = Keys::default();
        self.is_stale = true;
    }

    /// A filter whose files are gone would show an empty list for no reason.
    pub fn show_all(&mut self) {
        self.seek(String::new());
        self.set_filter(Filter::All);
    }

    pub fn remove(&mut self, files: impl IntoIterator<Item = FileId>) {
        self.removed.extend(files);
        self.is_stale = true;
    }

    pub fn restore(&mut self, files: &[FileId]) {
        for file in files {
            self.removed.remove(file);
        }
        self.is_stale = true;
    }

    pub fn restore_all(&mut self) {
        self.removed.clear();
        self.is_stale = true;
    }

    #[must_use]
    pub fn is_removed(&self, file: FileId) -> bool {
        self.removed.contains(&file)
    }

    /// How many files are shown.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.as_ref().map_or(self.known, Vec::len)
    }

    /// The file that stands at this place.
    #[must_use]
    pub fn at(&self, place: usize) -> Option<FileId> {
        match &self.rows {
            Some(rows) => rows.get(place).copied(),
            None => (place < self.known).then(|| FileId::at(place)),
        }
    }

    /// The place at which the file stands, if it is shown.
    #[must_use]
    pub fn place_of(&self, file: FileId) -> Option<usize> {
        match &self.rows {
            Some(rows) => rows.iter().position(|row| *row == file),
            None => Some(file.index()).filter(|place| *place < self.known),
        }
    }

    /// All files shown, in order.
    pub fn files(&self) -> impl Iterator<Item = FileId> + '_ {
        (0..self.len()).filter_map(|place| self.at(place))
    }

    /// How many files of the list are in a state, those that were removed left out.
    #[must_use]
    pub fn count(&self, filter: Filter, progress: &Progress) -> usize {
        let all = filter.of(&progress.counts, progress.files.len());
        let place = Filter::EACH.iter().position(|each| *each == filter);
        let removed = place.and_then(|place| self.removed_counts.get(place)).copied().unwrap_or(0);
        all.saturating_sub(removed)
    }

    /// Takes in what has changed. `lang` is what problems are sought in.
    pub fn update(&mut self, progress: &Progress, changes: Changes, lang: Lang) {
        let files = &progress.files;
        let has_changed = !matches!(&changes, Changes::Rows(rows) if rows.is_empty());
        self.is_stale |= self.lang.replace(lang) != Some(lang) || files.len() < self.known;
        let is_complete = progress.scanned || progress.is_ended();
        let lags = self.by == SortBy::Name && is_complete && self.keys.ranked() != files.len();
        if !has_changed && !self.is_stale && !lags && self.known == files.len() {
            return;
        }
        if !self.removed.is_empty() || !self.removed_counts.is_empty() {
            self.count_removed(files);
        }
        let plain = self.filter == Filter::All && self.seeker.is_empty() && self.by == SortBy::List;
        if plain && self.removed.is_empty() {
            (self.rows, self.known, self.is_stale) = (None, files.len(), false);
            return;
        }
        if self.by == SortBy::Name {
            self.is_stale |= self.keys.rank(files, is_complete);
        }
        match (changes, self.rows.take()) {
            (Changes::Rows(some), Some(rows)) if !self.is_stale && some.len() * 4 < files.len() + 64 => {
                self.rows = Some(self.merged(files, rows, some));
            }
            _ => self.rows = Some(self.made(files)),
        }
        (self.known, self.is_stale) = (files.len(), false);
    }

    fn count_removed(&mut self, files: &[FileRow]) {
        let rows: Vec<&FileRow> = self.removed.iter().filter_map(|file| files.get(file.index())).collect();
        let count = |filter: &Filter| rows.iter().filter(|row| filter.takes(&row.state)).count();
        self.removed_counts = Filter::EACH.iter().map(count).collect();
    }

    fn shows(&mut self, file: FileId, row: &FileRow) -> bool {
        self.filter.takes(&row.state)
            && !self.removed.contains(&file)
            && (self.seeker.is_empty() || self.seeker.finds(row, self.lang.unwrap_or(Lang::En)))
    }

    fn made(&mut self, files: &[FileRow]) -> Vec<FileId> {
        let mut rows = Vec::with_capacity(files.len());
        for (file, row) in (0..).map(FileId).zip(files) {
            if self.shows(file, row) {
                rows.push(file);
            }
        }
        self.sort_rows(files, &mut rows);
        rows
    }

    fn sort_rows(&self, files: &[FileRow], rows: &mut [FileId]) {
        if self.by == SortBy::List {
            return;
        }
        let mut keyed: Vec<(u64, FileId)> = rows.iter().map(|file| (self.key(files, *file), *file)).collect();
        keyed.sort_unstable();
        for (row, (_, file)) in rows.iter_mut().zip(keyed) {
            *row = file;
        }
    }

    /// Files of one key stand as they were found, whichever way the keys go.
    fn key(&self, files: &[FileRow], file: FileId) -> u64 {
        let key = self.keys.of(self.by, files, file);
        if self.descending { u64::MAX - key } else { key }
    }

    /// `rows` with the changed ones taken out and put in again where they belong now.
    fn merged(&mut self, files: &[FileRow], mut rows: Vec<FileId>, mut changed: Vec<FileId>) -> Vec<FileId> {
        changed.sort_unstable();
        changed.dedup();
        self.marks.resize(files.len(), false);
        for file in &changed {
            self.marks[file.index()] = true;
        }
        rows.retain(|file| !self.marks[file.index()]);
        for file in &changed {
            self.marks[file.index()] = false;
        }
        changed.retain(|file| self.shows(*file, &files[file.index()]));
        self.sort_rows(files, &mut changed);
        let key = |file: FileId| match self.by {
            SortBy::List => (0, file),
            _ => (self.key(files, file), file),
        };
        let mut merged = Vec::with_capacity(rows.len() + changed.len());
        let mut rest = &rows[..];
        for file in changed {
            let at = key(file);
            let (before, after) = rest.split_at(rest.partition_point(|row| key(*row) < at));
            merged.extend_from_slice(before);
            merged.push(file);
            rest = after;
        }
        merged.extend_from_slice(rest);
        merged
    }
}

#[cfg(test)]
mod tests;
