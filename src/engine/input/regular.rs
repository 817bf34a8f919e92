//! Files opened for reading, and nothing else: a pipe would wait for somebody to write into it, a device may have
//! no end. What stood there when a folder was listed may be another thing by now.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;

use crate::engine::error::NotRegular;

/// Opens a regular file, or a link to one; never waits for what may stand there instead.
///
/// # Errors
/// Those of the system, and [`NotRegular`] where it is a folder, pipe, socket or device.
pub fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
    let file = options.open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(io::Error::other(NotRegular)) }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::net::UnixListener;
    use std::process::Command;

    use super::*;

    #[test]
    fn pipe_socket_device_and_folder_are_refused_at_once() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let at = |name: &str| folder.path().join(name);
        let made = Command::new("mkfifo").arg(at("pipe")).status().expect("mkfifo runs");
        assert!(made.success());
        let _socket = UnixListener::bind(at("socket")).expect("bound");
        std::fs::write(at("file"), "x").expect("written");
        std::os::unix::fs::symlink("file", at("link")).expect("linked");
        for name in ["file", "link"] {
            assert!(open(&at(name)).is_ok(), "{name}");
        }
        for name in ["pipe", "socket", ".", "/dev/null", "gone"] {
            assert!(open(&at(name)).is_err(), "{name}");
        }
        let error = open(&at("pipe")).expect_err("refused");
        assert!(NotRegular::is(&error), "{error:?}");
    }
}
