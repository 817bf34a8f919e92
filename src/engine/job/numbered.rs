//! Names made unique the way people know from their desktops: `name`, `name (2)`, `name (3)`.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// `a/news.txt` → `a/news (2).txt`.
#[must_use]
pub fn file(path: &Path, number: usize) -> PathBuf {
    before_ending(path, &format!(" ({number})"))
}

/// `a/news.xlsx` → `a/news (2 of 5).xlsx`.
#[must_use]
pub fn part(path: &Path, number: usize, of: usize) -> PathBuf {
    before_ending(path, &format!(" ({number} of {of})"))
}

fn before_ending(path: &Path, words: &str) -> PathBuf {
    let mut name = path.file_stem().unwrap_or_default().to_owned();
    name.push(words);
    if let Some(extension) = path.extension() {
        name.push(".");
        name.push(extension);
    }
    path.with_file_name(name)
}

/// `a/news.2024` → `a/news.2024 (2)`: what stands behind a dot in a folder's name is no ending.
#[must_use]
pub fn folder(path: &Path, number: usize) -> PathBuf {
    let mut name = path.file_name().map(OsStr::to_owned).unwrap_or_default();
    name.push(format!(" ({number})"));
    path.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_stands_before_a_files_ending_and_behind_a_folders_name() {
        assert_eq!(file(Path::new("a/news.2024.txt"), 2), Path::new("a/news.2024 (2).txt"));
        assert_eq!(file(Path::new("news"), 10), Path::new("news (10)"));
        assert_eq!(part(Path::new("a/news.xlsx"), 2, 5), Path::new("a/news (2 of 5).xlsx"));
        assert_eq!(folder(Path::new("a/news.2024"), 2), Path::new("a/news.2024 (2)"));
    }
}
