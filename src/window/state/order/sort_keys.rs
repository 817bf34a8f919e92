//! What rows are sorted by, as numbers.

use std::path::Path;

use super::SortBy;
use crate::engine::{FileId, Outcome};
use crate::session::{FileRow, FileState};

/// The numbers that take time to find.
#[derive(Debug, Default)]
pub struct Keys {
    /// The place of each file among all names.
    ranks: Vec<u32>,
}

impl Keys {
    /// How many files have a place in the order of names.
    pub fn ranked(&self) -> usize {
        self.ranks.len()
    }

    /// Brings the order of names up to date. While the list grows only now and then: what is not in it
    /// yet stands at the end. True when anything changed.
    pub fn rank(&mut self, files: &[FileRow], is_complete: bool) -> bool {
        let (known, now) = (self.ranks.len(), files.len());
        let little = known > 0 && now > known && now - known < known / 4 + 1000;
        if known == now || (!is_complete && little) {
            return false;
        }
        // one buffer for all keys: a hundred thousand little ones take longer than the sorting
        let mut bytes = Vec::with_capacity(32 * now);
        let mut ends = Vec::with_capacity(now + 1);
        ends.push(0);
        for file in files {
            natural(&file.source.name, &mut bytes);
            ends.push(bytes.len());
        }
        let key = |file: FileId| &bytes[ends[file.index()]..ends[file.index() + 1]];
        let mut order: Vec<FileId> = (0..now).map(FileId::at).collect();
        order.sort_by(|a, b| key(*a).cmp(key(*b))); // stable: quick where folders were found in order
        self.ranks.clear();
        self.ranks.resize(now, 0);
        for (rank, file) in order.into_iter().enumerate() {
            self.ranks[file.index()] = rank as u32;
        }
        true
    }

    pub fn of(&self, by: SortBy, files: &[FileRow], file: FileId) -> u64 {
        let row = &files[file.index()];
        match by {
            SortBy::List => 0,
            SortBy::Name => self.ranks.get(file.index()).map_or(u64::from(u32::MAX), |rank| u64::from(*rank)),
            SortBy::Size => row.source.bytes,
            SortBy::Records => match (&row.state, row.state.converted()) {
                (FileState::Running { records, .. } | FileState::Gathered { records, .. }, _) => 1 + records,
                (_, Some(report)) => 1 + report.records,
                _ => 0,
            },
            SortBy::State => state(&row.state),
            SortBy::Time => row.state.converted().map_or(0, |report| 1 + report.elapsed.as_micros() as u64),
            SortBy::Outcome => outcome(&row.state),
        }
    }
}

fn state(state: &FileState) -> u64 {
    match state {
        FileState::Running { .. } | FileState::Gathered { .. } => 0,
        FileState::Waiting => 1,
        FileState::Skipped => 6,
        FileState::Ended(report) => match report.outcome {
            Outcome::Converted { .. } => 2,
            Outcome::UpToDate { .. } => 3,
            Outcome::NotRecognised(_) => 4,
            Outcome::Failed(_) => 5,
            Outcome::Skipped => 6,
            Outcome::Stopped => 7,
        },
    }
}

/// What matters most comes first: failures, what was not recognised, notes by kind and number, nothing.
fn outcome(state: &FileState) -> u64 {
    const NOTHING: u64 = u64::MAX;
    let FileState::Ended(report) = state else { return NOTHING };
    match &report.outcome {
        Outcome::Failed(_) => 0,
        Outcome::NotRecognised(_) => 1,
        _ => match report.notes.counts().first() {
            Some((kind, places, _)) => ((2 + *kind as u64) << 32) + (u64::from(u32::MAX) - (*places).min(1 << 31)),
            None => NOTHING,
        },
    }
}

/// Bytes that sort as people do: folder by folder, `file_2` before `file_10`, capitals as small letters.
fn natural(name: &Path, key: &mut Vec<u8>) {
    let text = name.to_string_lossy();
    let mut bytes = text.as_bytes();
    while let Some(&byte) = bytes.first() {
        if byte.is_ascii_digit() {
            let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
            let zeros = bytes[..digits].iter().take_while(|byte| **byte == b'0').count().min(digits - 1);
            // longer numbers are larger ones
            key.extend([b'0', (digits - zeros).min(255) as u8]);
            key.extend(&bytes[zeros..digits]);
            bytes = &bytes[digits..];
            continue;
        }
        key.push(if matches!(byte, b'/' | b'\\') { 1 } else { byte.to_ascii_lowercase() });
        bytes = &bytes[1..];
    }
    key.push(0);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_sort_as_people_count() {
        let mut names = ["b", "a_10", "A_2", "a/x", "a_2/z", "a_02", "a 1", "가_2", "가_10", "a_100"];
        names.sort_by_key(|name| {
            let mut key = Vec::new();
            natural(Path::new(name), &mut key);
            key
        });
        assert_eq!(names, ["a/x", "a 1", "A_2", "a_02", "a_2/z", "a_10", "a_100", "b", "가_2", "가_10"]);
    }
}
