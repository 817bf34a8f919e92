//! What a desktop drops on a window, for windows that are not real.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use eframe::egui::DroppedFile;
use egui_kittest::Harness;

#[derive(Debug)]
struct Dropped(PathBuf);

impl DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        Err("a folder".into())
    }
}

/// All of them at once.
pub fn drop_on<App>(harness: &mut Harness<'_, App>, paths: &[&Path]) {
    for path in paths {
        harness.input_mut().dropped_files.push(Arc::new(Dropped(path.to_path_buf())));
    }
    harness.run_steps(3);
}
