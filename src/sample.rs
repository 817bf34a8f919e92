//! The small corpus that the program carries, for whoever has no folder at hand: Korean and English
//! records that show what is hard about such files (a long text, entities, a raw tag, a lost end
//! tag).

use std::fs;
use std::io;
use std::path::Path;

const FILES: [(&str, &str); 2] = [
    ("AA/wiki_00", include_str!("../assets/sample/wiki_00")),
    ("AA/wiki_01", include_str!("../assets/sample/wiki_01")),
];

/// Stands in the sample for a text that does not fit into one cell; repeated it would only make the
/// program larger.
const LONG: &str = "{{LONG}}";

/// Writes the sample's source files into `folder`, made if it is not there.
///
/// # Errors
/// When the folder or a file cannot be written.
pub fn write_to(folder: &Path) -> io::Result<()> {
    for (name, text) in FILES {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(path, text.replace(LONG, &long_text()))?;
    }
    Ok(())
}

/// A little more than one cell holds.
fn long_text() -> String {
    let line = |n: usize| format!("{n}번째 줄: 긴 글은 잘리지 않고 text (2) 열로 이어집니다.\n");
    (1..=1000).map(line).collect::<Vec<_>>().concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Columns, NoteKind, Notes, Reading, SourceFile, StopToken, inspect};

    /// The rows (id, title, text) of one of the sample's files, and what was noted.
    fn read(folder: &Path, name: &str) -> (Vec<Vec<String>>, Notes) {
        let path = folder.join(name);
        let bytes = fs::metadata(&path).expect("written").len();
        let source = SourceFile::at(path, name, bytes);
        let look = inspect(&source, &Columns::AUTO, &Reading::default(), 100, &StopToken::default());
        let look = look.expect("readable");
        (look.rows, look.notes)
    }

    #[test]
    fn sample_is_read_to_the_letter() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        write_to(folder.path()).expect("written");
        let (korean, notes) = read(folder.path(), "AA/wiki_00");
        let titles: Vec<&str> = korean.iter().map(|row| &*row[1]).collect();
        assert_eq!(titles, ["한글", "Q&A", "=LOVE", "HTML 제목 태그", "긴 글"]);
        assert_eq!(korean[2][0], "0010");
        assert!(korean[3][2].contains("닫지 않은  태그가 있어도") && korean[3][2].contains("1 <2 도"));
        assert!(korean[4][2].encode_utf16().count() > 32_767);
        assert_eq!(notes.counts(), [(NoteKind::BrokenMarkup, 1, 1), (NoteKind::Tags, 1, 1)]);
        let (english, notes) = read(folder.path(), "AA/wiki_01");
        let titles: Vec<&str> = english.iter().map(|row| &*row[1]).collect();
        assert_eq!(titles, ["Spreadsheet", "\"Weird Al\" Yankovic", "Corpus linguistics", "Concordance"]);
        let kinds: Vec<NoteKind> = notes.counts().iter().map(|count| count.0).collect();
        assert_eq!(kinds, [NoteKind::EndTagMissing, NoteKind::StartTagRepaired, NoteKind::Tags, NoteKind::Comments]);
    }
}
