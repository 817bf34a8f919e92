//! Shows a file in the system's file manager, selected where the system can.

use std::io;
use std::path::Path;

/// Waits for the file manager to hear of it: not for the window's thread.
///
/// # Errors
/// When there is neither a file manager that can nor a way to open the folder.
pub fn show(path: &Path) -> io::Result<()> {
    let folder = || open::that_detached(path.parent().unwrap_or(path));
    if selected(path) { Ok(()) } else { folder() }
}

#[cfg(target_os = "linux")]
fn selected(path: &Path) -> bool {
    let ask = || -> zbus::Result<()> {
        let bus = zbus::blocking::Connection::session()?;
        let (name, place) = ("org.freedesktop.FileManager1", "/org/freedesktop/FileManager1");
        bus.call_method(Some(name), place, Some(name), "ShowItems", &(vec![uri(path)], ""))?;
        Ok(())
    };
    ask().is_ok()
}

#[cfg(target_os = "macos")]
fn selected(path: &Path) -> bool {
    std::process::Command::new("open").arg("-R").arg(path).status().is_ok_and(|status| status.success())
}

#[cfg(windows)]
fn selected(path: &Path) -> bool {
    use std::os::windows::process::CommandExt as _;
    // explorer's exit code says nothing
    std::process::Command::new("explorer").raw_arg(select(path)).spawn().is_ok()
}

#[cfg(not(any(target_os = "linux", target_os = "macos", windows)))]
fn selected(_: &Path) -> bool {
    false
}

/// `/select,"C:\a b\x"`: explorer reads its command line by rules of its own. It wants quotes around the path
/// alone, and would take those that stand around the whole, as programs elsewhere are given them, for a part of it.
#[cfg(any(test, windows))]
fn select(path: &Path) -> std::ffi::OsString {
    let mut select = std::ffi::OsString::from("/select,\"");
    select.push(path);
    select.push("\"");
    select
}

/// `file:///a%20b`.
#[cfg(target_os = "linux")]
fn uri(path: &Path) -> String {
    use std::os::unix::ffi::OsStrExt as _;

    use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};

    const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');
    format!("file://{}", percent_encode(path.as_os_str().as_bytes(), ESCAPED))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn explorer_finds_paths_with_spaces() {
        assert_eq!(select(Path::new("C:\\a b\\한글, 1.xlsx")), "/select,\"C:\\a b\\한글, 1.xlsx\"");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn paths_become_uris() {
        assert_eq!(uri(Path::new("/a b/한#.xlsx")), "file:///a%20b/%ED%95%9C%23.xlsx");
        assert_eq!(uri(Path::new("/-._~/50%")), "file:///-._~/50%25");
    }
}
