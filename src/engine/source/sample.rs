//! The small corpus that the program carries, for whoever has no folder at hand.
use std::path::Path;
/// Writes the sample's source files into `folder`, made if it is not there.
///
/// # Errors
/// When the folder or a file cannot be written.
pub fn write_to(_folder: &Path) -> std::io::Result<()> {
    todo!()
}
