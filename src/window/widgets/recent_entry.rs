//! What is told of an input used lately: in the empty window, and in the menu beside the source.

use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use eframe::egui::{Align, Color32, Rect, Ui, pos2};

use crate::settings::Recent;
use crate::window::view::View;
use crate::window::{paths, theme, widgets};

const TIME: f32 = 92.0;

/// An input used lately, in words.
pub struct Lately {
    pub name: String,
    /// Where it stands.
    folder: String,
    /// When it was used, or that it is not there.
    when: String,
    /// From where to where, for whoever points at it.
    pub told: String,
    pub is_missing: bool,
}

impl Lately {
    #[must_use]
    pub fn of(view: &View, recent: &Recent) -> Option<Self> {
        let first = recent.inputs.first()?;
        let is_missing = recent.paths().any(|path| view.missing.contains(path));
        let told = match &recent.output {
            Some(output) => format!("{} → {}", paths::shown(first), paths::shown(output)),
            None => paths::shown(first),
        };
        Some(Self {
            name: view.phrases().and_more(&name(first), recent.paths().count() - 1),
            folder: first.parent().map(paths::shown).unwrap_or_default(),
            when: if is_missing { view.text().missing.to_owned() } else { view.phrases().ago(since(recent.used)) },
            told,
            is_missing,
        })
    }

    /// Its accessible name.
    #[must_use]
    pub fn label(&self) -> String {
        format!("{}, {}, {}", self.name, self.folder, self.when)
    }

    /// Its line, within `rect`: the name first, then as much of the folder as there is room for.
    pub fn paint(&self, ui: &Ui, rect: Rect) {
        let palette = theme::palette(ui);
        let (strong, dim) = if self.is_missing { (palette.faint, palette.faint) } else { (palette.text, palette.dim) };
        let time = rect.with_min_x(rect.right() - TIME);
        widgets::text_in(ui, time, Align::Max, &self.when, theme::small(), dim);
        let named = rect.with_max_x(rect.left() + (rect.width() - TIME) * 0.5);
        let drawn = widgets::text_in(ui, named, Align::Min, &self.name, theme::body(), strong);
        let place = Rect::from_min_max(pos2(drawn.right() + 12.0, rect.top()), pos2(time.left() - 8.0, rect.bottom()));
        let end = widgets::path_end(ui, &self.folder, &theme::small(), place.width());
        widgets::text_in(ui, place, Align::Min, &end, theme::small(), dim);
    }

    /// The colour of the mark before it.
    #[must_use]
    pub fn mark(&self, ui: &Ui) -> Color32 {
        let palette = theme::palette(ui);
        if self.is_missing { palette.faint } else { palette.dim }
    }
}

fn name(path: &Path) -> String {
    paths::shown_name(Path::new(path.file_name().unwrap_or(path.as_os_str())))
}

fn since(used: u64) -> Duration {
    let used = UNIX_EPOCH + Duration::from_secs(used);
    SystemTime::now().duration_since(used).unwrap_or_default()
}
