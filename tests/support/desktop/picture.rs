//! A picture of a window: pixels to compare, a file to look at.

use std::fs;
use std::io::BufWriter;
use std::path::Path;

/// 8-bit RGB, row by row from the top left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    pub width: u16,
    pub height: u16,
    rgb: Vec<u8>,
}

impl Picture {
    /// From what X calls a Z pixmap of depth 24: blue, green, red, unused.
    pub fn from_z_pixmap(width: u16, height: u16, data: &[u8]) -> Self {
        let rgb = data.chunks_exact(4).flat_map(|pixel| [pixel[2], pixel[1], pixel[0]]).collect();
        Self { width, height, rgb }
    }

    pub fn pixel(&self, x: u16, y: u16) -> [u8; 3] {
        let at = 3 * (usize::from(y) * usize::from(self.width) + usize::from(x));
        [self.rgb[at], self.rgb[at + 1], self.rgb[at + 2]]
    }

    /// How many pixels are not the same; all of them when the sizes differ.
    pub fn changed(&self, other: &Self) -> usize {
        if (self.width, self.height) != (other.width, other.height) {
            return self.rgb.len().max(other.rgb.len()) / 3;
        }
        self.rgb.chunks_exact(3).zip(other.rgb.chunks_exact(3)).filter(|(one, two)| one != two).count()
    }

    /// A window not drawn yet has one colour.
    pub fn has_many_colours(&self) -> bool {
        let mut seen: Vec<&[u8]> = Vec::new();
        self.rgb.chunks_exact(3).any(|colour| {
            if !seen.contains(&colour) {
                seen.push(colour);
            }
            seen.len() > 4
        })
    }

    /// Writes a PNG, its folder too.
    pub fn save(&self, file: &Path) -> std::io::Result<()> {
        fs::create_dir_all(file.parent().unwrap_or(Path::new(".")))?;
        let out = BufWriter::new(fs::File::create(file)?);
        let mut encoder = png::Encoder::new(out, self.width.into(), self.height.into());
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::High);
        encoder.write_header()?.write_image_data(&self.rgb)?;
        Ok(())
    }
}
