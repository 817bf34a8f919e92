//! Small files are there as a whole or as they were: written under a temporary name in the same folder, then
//! renamed into place.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use crate::engine::new_temporary;

/// Makes `file`, and its folder, or replaces what stands in it.
///
/// # Errors
/// When the file or its folder cannot be written; then it is as it was.
pub fn write(file: &Path, content: &[u8]) -> io::Result<()> {
    // a link stays one: it is the file behind it that is replaced
    let file = fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
    let folder = file.parent().unwrap_or(Path::new("."));
    let mut temporary = new_temporary(folder)?;
    // what was there stays as readable as it was; where that cannot be said the content matters more
    #[cfg(unix)]
    if let Ok(about) = fs::metadata(&file) {
        let _ = temporary.as_file().set_permissions(about.permissions());
    }
    temporary.write_all(content)?;
    temporary.persist(&file).map_err(|error| error.error)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let names = fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.file_name());
        names.map(|name| name.to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn file_is_made_and_replaced_and_nothing_stays_beside_it() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("deep/한글.toml");
        for content in ["long, long ago", "short"] {
            write(&file, content.as_bytes()).expect("written");
            assert_eq!(fs::read_to_string(&file).expect("read"), content);
        }
        assert_eq!(names(&folder.path().join("deep")), ["한글.toml"]);
    }

    #[test]
    fn folder_in_the_way_stays_and_nothing_beside_it() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("taken");
        fs::create_dir_all(file.join("by a folder")).expect("made");
        write(&file, b"x").expect_err("a folder is not replaced");
        assert_eq!(names(folder.path()), ["taken"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_and_permissions_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};

        let folder = tempfile::tempdir().expect("a temporary folder");
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        write(&file, b"old").expect("written");
        fs::set_permissions(&file, PermissionsExt::from_mode(0o640)).expect("set");
        symlink(&file, &link).expect("linked");
        write(&link, b"new").expect("written");
        assert!(fs::symlink_metadata(&link).expect("there").is_symlink());
        assert_eq!(fs::read(&file).expect("read"), b"new");
        assert_eq!(fs::metadata(&file).expect("there").permissions().mode() & 0o777, 0o640);
    }
}
