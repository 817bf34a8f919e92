//! The bundled typeface, so that Korean is legible on every machine; other scripts come from the
//! system's fonts.

use std::sync::Arc;

use eframe::egui::{Context, FontData, FontDefinitions, FontFamily};

const FACES: [(&str, &[u8]); 5] = [
    ("regular", include_bytes!("../../../assets/fonts/sheetmill-sans-regular.otf")),
    ("semibold", include_bytes!("../../../assets/fonts/sheetmill-sans-semibold.otf")),
    ("icons-regular", include_bytes!("../../../assets/fonts/icons-regular.ttf")),
    ("icons-bold", include_bytes!("../../../assets/fonts/icons-bold.ttf")),
    ("icons-fill", include_bytes!("../../../assets/fonts/icons-fill.ttf")),
];

/// The family of words that stand out.
pub fn semibold() -> FontFamily {
    FontFamily::Name("semibold".into())
}

/// The family of icons alone, whose metrics don't depend on the text face.
pub fn icons() -> FontFamily {
    FontFamily::Name("icons".into())
}

pub fn install(ctx: &Context) {
    let mut fonts = FontDefinitions::default();
    for (name, bytes) in FACES {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    let builtin = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    let family = |first: &[&str]| first.iter().map(|name| (*name).to_owned()).chain(builtin.iter().cloned()).collect();
    fonts.families.insert(FontFamily::Proportional, family(&["regular"]));
    fonts.families.insert(semibold(), family(&["semibold", "regular"]));
    fonts.families.insert(icons(), family(&["icons-regular", "icons-bold", "icons-fill"]));
    ctx.set_fonts(fonts);
}
