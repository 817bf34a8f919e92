//! Each state of the window as a picture, compared with the one that was looked at and found good.
//!
//! `UPDATE_SNAPSHOTS=1 cargo test --test window snapshots` draws anew those that differ: look at them before
//! they are kept. The pictures are drawn by [`super::raster`], alike on every machine.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use egui_kittest::{SnapshotOptions, SnapshotResults};
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder as _};
use sheetmill::settings::Theme;
use sheetmill::text::Lang;

use super::scenes::{SCENES, Scene, window};

const FOLDER: &str = "tests/window/snapshots";
/// Both languages and both themes are there; each state in two of the four, to keep the folder small.
const LOOKS: [(Lang, Theme, &str); 2] = [(Lang::Ko, Theme::Light, "ko-light"), (Lang::En, Theme::Dark, "en-dark")];
const OTHERS: [(Lang, Theme, &str); 2] = [(Lang::Ko, Theme::Dark, "ko-dark"), (Lang::En, Theme::Light, "en-light")];

#[test]
fn states_all_look_as_they_did() {
    let options = SnapshotOptions::new().output_path(FOLDER);
    let mut results = SnapshotResults::new();
    for scene in SCENES {
        let looks = if let Scene::Running = scene { [LOOKS, OTHERS].concat() } else { LOOKS.to_vec() };
        for (lang, theme, look) in looks {
            let mut harness = window(scene, lang, theme);
            let name = format!("{scene:?}-{look}").to_lowercase();
            results.add(harness.try_snapshot_options(&name, &options));
            keep_small(FOLDER, &name);
        }
    }
}

/// A picture that may just have been drawn anew: the same in half the bytes.
pub fn keep_small(folder: &str, name: &str) {
    if std::env::var_os("UPDATE_SNAPSHOTS").is_none() {
        return;
    }
    let file = &Path::new(folder).join(format!("{name}.png"));
    let picture = image::open(file).expect("a picture just written").to_rgb8();
    let out = BufWriter::new(File::create(file).expect("an own file can be written"));
    let encoder = PngEncoder::new_with_quality(out, CompressionType::Best, FilterType::Adaptive);
    let (width, height) = picture.dimensions();
    encoder.write_image(&picture, width, height, ExtendedColorType::Rgb8).expect("an own file can be written");
}
