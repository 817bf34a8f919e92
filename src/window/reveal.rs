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
    let mut select = std::ffi::OsString::from("/select,");
    select.push(path);
    // explorer's exit code says nothing
    std::process::Command::new("explorer").arg(select).spawn().is_ok()
}

#[cfg(not(any(target_os = "linux", target_os = "macos", windows)))]
fn selected(_: &Path) -> bool {
    false
}

/// `file:///a%20b`.
#[cfg(target_os = "linux")]
fn uri(path: &Path) -> String {
    use std::os::unix::ffi::OsStrExt;
    let mut uri = String::from("file://");
    for &byte in path.as_os_str().as_bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uris() {
        assert_eq!(uri(Path::new("/a b/한#.xlsx")), "file:///a%20b/%ED%95%9C%23.xlsx");
    }
}
