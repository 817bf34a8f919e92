//! Controls by themselves, in each of the states that a hand or the keyboard gives them: resting, under the
//! pointer, with the keyboard, chosen. Cut out of the window where their names say that they are.

use eframe::egui::accesskit::Role;
use eframe::egui::{Event, Rect};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use egui_kittest::{SnapshotOptions, SnapshotResults, try_image_snapshot_options};
use image::RgbaImage;
use image::imageops::crop_imm;
use sheetmill::settings::Theme;
use sheetmill::text::Lang;

use super::scenes::{Scene, window};
use super::snapshots::keep_small;
use super::support::window::Window;

const FOLDER: &str = "tests/window/snapshots/components";
/// Drawn around a control, where its focus ring may be.
const MARGIN: f32 = 4.0;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Resting,
    Hovered,
    Focused,
    Chosen,
}
use State::{Chosen, Focused, Hovered, Resting};

/// A name for the pictures, where it is to be seen, what it is, and how its name begins.
type Control = (&'static str, Scene, Role, &'static str, &'static [State]);

const CONTROLS: [Control; 8] = [
    ("start", Scene::Ready, Role::Button, "변환 시작", &[Resting, Hovered, Focused]),
    ("stop", Scene::Running, Role::Button, "중지", &[Resting, Hovered, Focused]),
    ("row-waiting", Scene::Ready, Role::ListItem, "AA/wiki_01", &[Resting, Hovered, Chosen]),
    ("row-running", Scene::Running, Role::ListItem, "AA/wiki_02", &[Resting, Hovered, Chosen]),
    ("row-failed", Scene::Failures, Role::ListItem, "AB/notes.pdf", &[Resting, Hovered, Chosen]),
    ("chip", Scene::Failures, Role::RadioButton, "실패", &[Resting, Hovered, Focused, Chosen]),
    ("head", Scene::Failures, Role::ColumnHeader, "크기", &[Resting, Hovered, Chosen]),
    ("tab", Scene::Ready, Role::Tab, "상세 정보", &[Resting, Hovered, Focused, Chosen]),
];

#[test]
fn controls_look_as_they_did_in_each_of_their_states() {
    let options = SnapshotOptions::new().output_path(FOLDER);
    let mut results = SnapshotResults::new();
    for (theme, look) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
        for (name, scene, role, label, states) in CONTROLS {
            let mut seen: Vec<RgbaImage> = Vec::new();
            for state in states {
                let picture = picture(&mut window(scene, Lang::Ko, theme), role, label, *state);
                assert!(!seen.contains(&picture), "{name}, {look}: {state:?} cannot be told from another state");
                let name = format!("{name}-{state:?}-{look}").to_lowercase();
                results.add(try_image_snapshot_options(&picture, &name, &options));
                keep_small(FOLDER, &name);
                seen.push(picture);
            }
        }
    }
}

fn picture(window: &mut Window, role: Role, label: &str, state: State) -> RgbaImage {
    let begins =
        |node: &egui_kittest::Node<'_>| node.accesskit_node().label().is_some_and(|name| name.starts_with(label));
    let rect = |window: &Window| -> Rect {
        let node = window.query_all_by_role(role).find(begins);
        node.unwrap_or_else(|| panic!("no {role:?} begins with {label}")).rect()
    };
    match state {
        Resting => {}
        Hovered => window.hover_at(rect(window).center()),
        Focused => window.query_all_by_role(role).find(begins).expect("it was there").focus(),
        Chosen => {
            window.query_all_by_role(role).find(begins).expect("it was there").click();
            window.settle();
            window.event(Event::PointerGone);
        }
    }
    window.run_steps(12); // what fades has faded
    let around = rect(window).expand(MARGIN);
    let picture = window.render().expect("drawn");
    let [left, top] = [around.left(), around.top()].map(|place| place.max(0.0).round() as u32);
    crop_imm(&picture, left, top, around.width().round() as u32, around.height().round() as u32).to_image()
}
