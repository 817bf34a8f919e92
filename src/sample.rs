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
    let line = |n: usize| format!("{n}번째 줄: 긴 글은 잘리지 않고 text_2 열로 이어집니다.\n");
    (1..=1000).map(line).collect::<Vec<_>>().concat()
}
