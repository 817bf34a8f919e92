//! The program's picture: on its window, and where it speaks of itself.

use eframe::egui::{ColorImage, Context, IconData, Id, Image, Sense, TextureHandle, TextureOptions, Ui, vec2};

const LARGE: &[u8] = include_bytes!("../../../assets/icon/sheetmill-256.png");
const SMALL: &[u8] = include_bytes!("../../../assets/icon/sheetmill-96.png");
/// In points: half as many as the small picture has pixels, for screens of twice the density.
const SIZE: f32 = 48.0;

/// For the window's frame, the task bar and the list of windows.
#[must_use]
pub fn icon() -> IconData {
    eframe::icon_data::from_png_bytes(LARGE).unwrap_or_default()
}

/// A picture of [`SIZE`], where the layout goes on. It says nothing that the words beside it do not say.
pub fn show(ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(vec2(SIZE, SIZE), Sense::hover());
    let texture = texture(ui.ctx());
    Image::from_texture((texture.id(), rect.size())).paint_at(ui, rect);
}

/// Read once, when it is first seen.
fn texture(ctx: &Context) -> TextureHandle {
    let id = Id::unique("emblem");
    ctx.data(|data| data.get_temp(id)).unwrap_or_else(|| {
        let picture = eframe::icon_data::from_png_bytes(SMALL).unwrap_or_default();
        let size = [picture.width as usize, picture.height as usize];
        let texture =
            ctx.load_texture("emblem", ColorImage::from_rgba_unmultiplied(size, &picture.rgba), TextureOptions::LINEAR);
        ctx.data_mut(|data| data.insert_temp(id, texture.clone()));
        texture
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_of_the_logo_can_be_read_and_are_square() {
        let small = eframe::icon_data::from_png_bytes(SMALL).expect("a PNG");
        assert_eq!((small.width, small.height), (96, 96));
        let large = icon();
        assert_eq!((large.width, large.height), (256, 256));
        let middle = ((128 * 256 + 128) * 4) as usize;
        assert_eq!(large.rgba[middle..middle + 4], [0x0B, 0x7A, 0x5B, 0xFF], "the hub has the accent");
    }
}
