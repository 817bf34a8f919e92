//! Every colour, typeface and radius of the window, and the spaces and sizes that panels share: a panel has its own
//! proportions with itself, and nothing of this kind.

mod fonts;
pub mod icon;

use eframe::egui::{
    self, Color32, CornerRadius, FontFamily, FontId, Margin, Shadow, Stroke, Style, TextStyle, Theme, Vec2, Visuals,
    style::ScrollStyle,
};

/// Drawn by nobody: a text that something else stands for.
pub const CLEAR: Color32 = Color32::TRANSPARENT;

/// Spaces, in points: multiples of 4.
pub const GAP: f32 = 8.0;
pub const PANE_GAP: f32 = 12.0;
pub const MARGIN: f32 = 16.0;
pub const PADDING: f32 = 12.0;
pub const ROW: f32 = 30.0;
pub const HEAD: f32 = 28.0;
pub const CARD: f32 = 74.0;
pub const CONTROL: f32 = 28.0;
pub const FOOTER: f32 = 48.0;

/// Corners.
pub const BAR_RADIUS: u8 = 2;
pub const SMALL_RADIUS: u8 = 4;
pub const CONTROL_RADIUS: u8 = 7;
pub const CARD_RADIUS: u8 = 10;
pub const DROP_RADIUS: u8 = 16;

/// Colour roles.
#[derive(Debug, Clone, Copy)]
pub struct Palette {
    pub background: Color32,
    pub pane: Color32,
    pub sunken: Color32,
    pub line: Color32,
    pub text: Color32,
    pub dim: Color32,
    pub faint: Color32,
    pub accent: Color32,
    pub on_accent: Color32,
    pub accent_soft: Color32,
    pub failed: Color32,
    pub failed_soft: Color32,
    pub note: Color32,
    /// Work done, in the timeline; work that goes on.
    pub span: Color32,
    pub span_open: Color32,
    pub bar: Color32,
    pub selected: Color32,
    pub hovered: Color32,
    pub veil: Color32,
}

const LIGHT: Palette = Palette {
    background: hex(0x00F6_F7F8),
    pane: hex(0x00FF_FFFF),
    sunken: hex(0x00EE_F0F2),
    line: hex(0x00E1_E4E8),
    text: hex(0x001B_1F24),
    dim: hex(0x0059_636E),
    faint: hex(0x0066_6E78),
    accent: hex(0x000B_7A5B),
    on_accent: hex(0x00FF_FFFF),
    accent_soft: hex(0x00DD_F3EA),
    failed: hex(0x00B4_2318),
    failed_soft: hex(0x00FD_ECEA),
    note: hex(0x008A_5A00),
    span: hex(0x0058_AE91),
    span_open: hex(0x00B5_DECE),
    bar: hex(0x00E4_E8EB),
    selected: hex(0x00E6_F4EE),
    hovered: hex(0x00F1_F4F6),
    veil: Color32::from_rgba_premultiplied(0, 0, 0, 96),
};

const DARK: Palette = Palette {
    background: hex(0x0016_181B),
    pane: hex(0x001E_2125),
    sunken: hex(0x0012_1416),
    line: hex(0x002E_3238),
    text: hex(0x00E7_EAED),
    dim: hex(0x00A3_ABB4),
    faint: hex(0x008F_98A2),
    accent: hex(0x003C_C79A),
    on_accent: hex(0x000C_1512),
    accent_soft: hex(0x0017_3A2E),
    failed: hex(0x00FF_8A7A),
    failed_soft: hex(0x003A_1D1A),
    note: hex(0x00E3_B341),
    span: hex(0x002C_8869),
    span_open: hex(0x001D_4F3F),
    bar: hex(0x002B_3036),
    selected: hex(0x001C_332A),
    hovered: hex(0x0024_282D),
    veil: Color32::from_rgba_premultiplied(0, 0, 0, 150),
};

const fn hex(rgb: u32) -> Color32 {
    let [_, red, green, blue] = rgb.to_be_bytes();
    Color32::from_rgb(red, green, blue)
}

/// The colours of the theme in use.
#[must_use]
pub fn palette(ctx: &egui::Context) -> Palette {
    match ctx.theme() {
        Theme::Light => LIGHT,
        Theme::Dark => DARK,
    }
}

/// Sizes of type: labels and table heads, secondary, body and table, paths, headlines.
#[must_use]
pub fn label() -> FontId {
    FontId::new(11.0, FontFamily::Proportional)
}

#[must_use]
pub fn small() -> FontId {
    FontId::new(12.0, FontFamily::Proportional)
}

#[must_use]
pub fn small_strong() -> FontId {
    FontId::new(12.0, fonts::semibold())
}

#[must_use]
pub fn body() -> FontId {
    FontId::new(13.0, FontFamily::Proportional)
}

#[must_use]
pub fn strong() -> FontId {
    FontId::new(13.0, fonts::semibold())
}

#[must_use]
pub fn path() -> FontId {
    FontId::new(14.0, fonts::semibold())
}

#[must_use]
pub fn headline() -> FontId {
    FontId::new(22.0, fonts::semibold())
}

/// Installs fonts and both themes' styles.
pub fn install(ctx: &egui::Context) {
    fonts::install(ctx);
    ctx.set_style_of(Theme::Light, style(&LIGHT, Visuals::light()));
    ctx.set_style_of(Theme::Dark, style(&DARK, Visuals::dark()));
}

fn style(palette: &Palette, mut visuals: Visuals) -> Style {
    let line = Stroke::new(1.0, palette.line);
    let radius = CornerRadius::same(CONTROL_RADIUS);
    visuals.panel_fill = palette.background;
    visuals.window_fill = palette.pane;
    visuals.window_stroke = line;
    visuals.window_corner_radius = CornerRadius::same(CARD_RADIUS);
    visuals.menu_corner_radius = CornerRadius::same(CARD_RADIUS);
    visuals.window_shadow = Shadow::NONE;
    visuals.popup_shadow = Shadow::NONE;
    visuals.extreme_bg_color = palette.sunken;
    visuals.faint_bg_color = palette.hovered;
    visuals.weak_text_color = Some(palette.dim);
    visuals.hyperlink_color = palette.accent;
    visuals.warn_fg_color = palette.note;
    visuals.error_fg_color = palette.failed;
    visuals.selection.bg_fill = palette.accent_soft;
    visuals.selection.stroke = Stroke::new(1.0, palette.accent);
    visuals.striped = false;
    let widgets = &mut visuals.widgets;
    for (widget, fill) in [
        (&mut widgets.noninteractive, palette.pane),
        (&mut widgets.inactive, palette.pane),
        (&mut widgets.hovered, palette.hovered),
        (&mut widgets.active, palette.sunken),
        (&mut widgets.open, palette.hovered),
    ] {
        widget.bg_fill = fill;
        widget.weak_bg_fill = fill;
        widget.bg_stroke = line;
        widget.corner_radius = radius;
        widget.fg_stroke = Stroke::new(1.0, palette.text);
        widget.expansion = 0.0;
    }
    // pressed, or with the keyboard: the ring that our own controls have
    widgets.active.bg_stroke = Stroke::new(2.0, palette.accent);
    let mut style = Style { visuals, ..Style::default() };
    style.spacing.item_spacing = Vec2::splat(GAP);
    style.spacing.button_padding = Vec2::new(12.0, 4.0);
    style.spacing.interact_size = Vec2::new(32.0, CONTROL);
    style.spacing.menu_margin = Margin::same(8);
    style.spacing.scroll = ScrollStyle {
        dormant_handle_opacity: 0.2,
        active_handle_opacity: 0.35,
        interact_handle_opacity: 0.6,
        ..ScrollStyle::floating()
    };
    style.interaction.selectable_labels = false;
    style.text_styles = [
        (TextStyle::Small, small()),
        (TextStyle::Body, body()),
        (TextStyle::Monospace, body()),
        (TextStyle::Button, body()),
        (TextStyle::Heading, headline()),
    ]
    .into();
    style
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance and contrast: WCAG 2.2, "relative luminance" and "contrast ratio".
    fn contrast(one: Color32, other: Color32) -> f64 {
        let part = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        let luminance = |c: Color32| 0.2126 * part(c.r()) + 0.7152 * part(c.g()) + 0.0722 * part(c.b());
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn inks_can_be_read_on_every_ground_by_wcag_aa() {
        for (name, p) in [("light", LIGHT), ("dark", DARK)] {
            let inks = [p.text, p.dim, p.faint, p.accent, p.failed, p.note];
            let grounds = [p.background, p.pane, p.sunken, p.selected, p.hovered];
            let pairs = inks.into_iter().flat_map(|ink| grounds.map(|ground| (ink, ground)));
            let alone = [(p.on_accent, p.accent), (p.accent, p.accent_soft), (p.failed, p.failed_soft)];
            for (ink, ground) in pairs.chain(alone) {
                let found = contrast(ink, ground);
                assert!(found >= 4.5, "{name}: {ink:?} on {ground:?} has {found:.2}");
            }
        }
    }
}
