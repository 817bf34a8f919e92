//! What grows beside a finished file and is copied into it: in memory while it is small.

use std::io::{self, Read as _, Seek as _, Write};
use std::path::Path;

use tempfile::SpooledTempFile;

/// Bytes kept in memory before they go to the disk.
const IN_MEMORY: usize = 4 << 20;
/// Bytes copied at a time.
const CHUNK: usize = 256 << 10;

/// A new one. On the disk it has no name (Unix) or goes with its handle (Windows): a crash leaves nothing.
#[must_use]
pub fn new(folder: &Path) -> SpooledTempFile {
    tempfile::spooled_tempfile_in(IN_MEMORY, folder)
}

/// Copies all of it, from its beginning.
///
/// # Errors
/// When it cannot be read, or `out` not be written.
pub fn copy(spool: &mut SpooledTempFile, out: &mut (impl Write + ?Sized)) -> io::Result<()> {
    spool.rewind()?;
    let mut bytes = vec![0; CHUNK];
    loop {
        match spool.read(&mut bytes) {
            Ok(0) => return Ok(()),
            Ok(length) => out.write_all(&bytes[..length])?,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}
