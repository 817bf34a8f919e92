//! Which rows are selected: one that the keyboard stands on, and those that go with it.

use std::collections::HashSet;

use super::order::Order;
use crate::engine::FileId;

#[derive(Debug, Default)]
pub struct Selection {
    cursor: Option<FileId>,
    /// Where a range begins.
    anchor: Option<FileId>,
    files: HashSet<FileId>,
}

impl Selection {
    /// The file that the keyboard stands on: the one whose records are shown.
    #[must_use]
    pub fn cursor(&self) -> Option<FileId> {
        self.cursor
    }

    #[must_use]
    pub fn holds(&self, file: FileId) -> bool {
        self.files.contains(&file)
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.files.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Those selected that can be seen, as they stand in the list: a filter must not hide what is acted on.
    #[must_use]
    pub fn shown(&self, order: &Order) -> Vec<FileId> {
        order.files().filter(|file| self.holds(*file)).collect()
    }

    /// This one alone, or none.
    pub fn only(&mut self, file: Option<FileId>) {
        self.files.clear();
        self.files.extend(file);
        (self.cursor, self.anchor) = (file, file);
    }

    /// None, but the keyboard stays where it is.
    pub fn clear(&mut self) {
        self.files.clear();
        self.anchor = self.cursor;
    }

    /// This one as well, or no more.
    pub fn toggle(&mut self, file: FileId) {
        if !self.files.remove(&file) {
            self.files.insert(file);
        }
        (self.cursor, self.anchor) = (Some(file), Some(file));
    }

    /// All from where the range begins to this one, as they stand in the list.
    pub fn through(&mut self, file: FileId, order: &Order) {
        let Some(to) = order.place_of(file) else { return };
        let from = self.anchor.and_then(|anchor| order.place_of(anchor)).unwrap_or(to);
        self.anchor = order.at(from);
        self.files = (from.min(to)..=from.max(to)).filter_map(|place| order.at(place)).collect();
        self.cursor = Some(file);
    }

    pub fn all(&mut self, order: &Order) {
        self.files = order.files().collect();
        if self.cursor.is_none() {
            self.cursor = order.at(0);
        }
        self.anchor = self.cursor;
    }

    /// These are not shown any more; the keyboard goes on with the next one.
    pub fn leave(&mut self, files: &[FileId], order: &Order) {
        let gone: HashSet<FileId> = files.iter().copied().collect();
        self.files.retain(|file| !gone.contains(file));
        if let Some(cursor) = self.cursor.filter(|cursor| gone.contains(cursor)) {
            let place = order.place_of(cursor).unwrap_or(0);
            let stays = |place: &usize| order.at(*place).is_some_and(|file| !gone.contains(&file));
            let next = (place..order.len()).find(stays).or_else(|| (0..place).rev().find(stays));
            self.only(next.and_then(|place| order.at(place)));
        }
    }
}
