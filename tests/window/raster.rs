//! Draws egui's triangles into a picture, in plain arithmetic: the same pixels on every machine, with no
//! graphics driver to install and none to differ. For image snapshots.

use std::collections::HashMap;

use eframe::egui::epaint::{ImageData, Mesh, Primitive, TextureId, Vertex, textures::TexturesDelta};
use eframe::egui::{Color32, ColorImage, Context, FullOutput, Rect};
use egui_kittest::TestRenderer;
use image::{Rgba, RgbaImage};

/// Corners are placed in steps of 1/256 of a pixel, so that neighbours share their edge exactly.
const STEPS: f32 = 256.0;

#[derive(Default)]
pub struct Raster {
    textures: HashMap<TextureId, ColorImage>,
}

impl TestRenderer for Raster {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        for (id, parts) in delta.set.drain() {
            for part in parts {
                let ImageData::Color(image) = &part.image;
                match part.pos {
                    None => drop(self.textures.insert(id, image.as_ref().clone())),
                    Some([left, top]) => {
                        let texture = self.textures.get_mut(&id).expect("a part of a texture that is there");
                        for (y, row) in image.pixels.chunks_exact(image.size[0]).enumerate() {
                            let at = (top + y) * texture.size[0] + left;
                            texture.pixels[at..at + row.len()].copy_from_slice(row);
                        }
                    }
                }
            }
        }
        for id in delta.free.drain() {
            self.textures.remove(&id);
        }
    }

    fn render(&mut self, ctx: &Context, output: &FullOutput) -> Result<RgbaImage, String> {
        let scale = ctx.pixels_per_point();
        let size = ctx.content_rect().size() * scale;
        let mut picture = RgbaImage::new(size.x.round() as u32, size.y.round() as u32);
        for clipped in ctx.tessellate(output.shapes.clone(), scale) {
            let Primitive::Mesh(mesh) = &clipped.primitive else { return Err("a callback can't be drawn".into()) };
            let texture = self.textures.get(&mesh.texture_id).ok_or("a texture that was never set")?;
            draw(&mut picture, mesh, texture, clipped.clip_rect, scale);
        }
        Ok(picture)
    }
}

fn draw(picture: &mut RgbaImage, mesh: &Mesh, texture: &ColorImage, clip: Rect, scale: f32) {
    let bound = |value: f32, most: u32| (value * scale).round().clamp(0.0, most as f32) as i64;
    let (width, height) = picture.dimensions();
    let clip =
        [bound(clip.min.x, width), bound(clip.min.y, height), bound(clip.max.x, width), bound(clip.max.y, height)];
    for corners in mesh.indices.chunks_exact(3) {
        let corners = [0, 1, 2].map(|at| mesh.vertices[corners[at] as usize]);
        triangle(picture, corners, texture, clip, scale);
    }
}

fn triangle(
    picture: &mut RgbaImage,
    mut corners: [Vertex; 3],
    texture: &ColorImage,
    [left, top, right, bottom]: [i64; 4],
    scale: f32,
) {
    let step = STEPS as i64;
    let fixed = |vertex: &Vertex| {
        ((vertex.pos.x * scale * STEPS).round() as i64, (vertex.pos.y * scale * STEPS).round() as i64)
    };
    // twice the area of a triangle, positive when its corners go round as the screen's do
    let area = |a: (i64, i64), b: (i64, i64), c: (i64, i64)| (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0);
    let mut at = [fixed(&corners[0]), fixed(&corners[1]), fixed(&corners[2])];
    let mut whole = area(at[0], at[1], at[2]);
    if whole == 0 {
        return;
    }
    if whole < 0 {
        corners.swap(1, 2);
        at.swap(1, 2);
        whole = -whole;
    }
    // a pixel on an edge that two triangles share belongs to one of them
    let owns = |a: (i64, i64), b: (i64, i64)| i64::from(!(b.1 < a.1 || (b.1 == a.1 && b.0 > a.0)));
    let bias = [owns(at[1], at[2]), owns(at[2], at[0]), owns(at[0], at[1])];
    let low = |values: [i64; 3]| values.into_iter().min().unwrap_or_default().div_euclid(step);
    let high = |values: [i64; 3]| values.into_iter().max().unwrap_or_default().div_euclid(step) + 1;
    let (xs, ys) = (at.map(|at| at.0), at.map(|at| at.1));
    let uv = corners.map(|corner| [corner.uv.x, corner.uv.y]);
    let tint = corners.map(|corner| corner.color.to_array().map(f32::from));
    let is_plain = corners.iter().all(|corner| corner.uv == corners[0].uv); // most of what is drawn: one texel, one colour
    let one = sample(texture, uv[0]);
    let is_even = is_plain && corners.iter().all(|corner| corner.color == corners[0].color);
    let mixed = |texel: [f32; 4], tint: [f32; 4]| -> [f32; 4] { std::array::from_fn(|n| texel[n] * tint[n] / 255.0) };
    let even = mixed(one, tint[0]);
    let first = low(xs).max(left);
    // how the three parts of the area change from a pixel to the next
    let right_by = [at[1].1 - at[2].1, at[2].1 - at[0].1, at[0].1 - at[1].1].map(|by| by * step);
    for y in low(ys).max(top)..high(ys).min(bottom) {
        let middle = (first * step + step / 2, y * step + step / 2);
        let mut parts = [area(at[1], at[2], middle), area(at[2], at[0], middle), area(at[0], at[1], middle)];
        for x in first..high(xs).min(right) {
            if parts[0] >= bias[0] && parts[1] >= bias[1] && parts[2] >= bias[2] {
                let color = if is_even {
                    even
                } else {
                    let share = parts.map(|part| part as f32 / whole as f32);
                    mixed(if is_plain { one } else { sample(texture, blend(uv, share)) }, blend(tint, share))
                };
                let pixel = picture.get_pixel_mut(x as u32, y as u32);
                *pixel = over(color, *pixel);
            }
            parts = [parts[0] + right_by[0], parts[1] + right_by[1], parts[2] + right_by[2]];
        }
    }
}

fn blend<const N: usize>(values: [[f32; N]; 3], share: [f32; 3]) -> [f32; N] {
    std::array::from_fn(|n| (0..3).map(|corner| values[corner][n] * share[corner]).sum())
}

/// The texture's colour at a place (0 to 1), between its four nearest texels.
fn sample(texture: &ColorImage, [u, v]: [f32; 2]) -> [f32; 4] {
    let [width, height] = texture.size;
    let (x, y) = (u * width as f32 - 0.5, v * height as f32 - 0.5);
    let texel = |x: f32, y: f32| -> [f32; 4] {
        let (x, y) = (x.clamp(0.0, width as f32 - 1.0), y.clamp(0.0, height as f32 - 1.0));
        let color: Color32 = texture.pixels[y as usize * width + x as usize];
        color.to_array().map(f32::from)
    };
    let (left, top) = (x.floor(), y.floor());
    let (right, down) = (x - left, y - top);
    let (one, two) = (texel(left, top), texel(left + 1.0, top));
    let (three, four) = (texel(left, top + 1.0), texel(left + 1.0, top + 1.0));
    std::array::from_fn(|n| {
        let (upper, lower) = (one[n] + (two[n] - one[n]) * right, three[n] + (four[n] - three[n]) * right);
        upper + (lower - upper) * down
    })
}

/// Colours are premultiplied, blended as they stand, as egui's own painters do.
fn over(color: [f32; 4], below: Rgba<u8>) -> Rgba<u8> {
    if color[3] <= 0.0 && color[0] <= 0.0 {
        return below;
    }
    let free = 1.0 - color[3] / 255.0;
    Rgba(std::array::from_fn(|n| (color[n] + f32::from(below.0[n]) * free).round().clamp(0.0, 255.0) as u8))
}
