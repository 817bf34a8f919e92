//! Nobody meets a nameless control: every one in every state has a name and a role that tells what it does,
//! in Korean and in English.

use std::collections::HashSet;

use eframe::egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use sheetmill::settings::Theme;
use sheetmill::text::Lang;

use super::scenes::{SCENES, Scene, window};
use super::support::window::Window;

/// What a person can act on, and what tells a state.
const TOLD: [Role; 17] = [
    Role::Button,
    Role::CheckBox,
    Role::ComboBox,
    Role::Image,
    Role::Link,
    Role::ListItem,
    Role::MenuItem,
    Role::MenuItemCheckBox,
    Role::MenuItemRadio,
    Role::ProgressIndicator,
    Role::RadioButton,
    Role::Slider,
    Role::SpinButton,
    Role::Splitter,
    Role::Switch,
    Role::Tab,
    Role::TextInput,
];

/// Faults in what is on the screen, and how much there is.
fn faults(window: &Window, lang: Lang) -> (Vec<String>, usize) {
    let (mut faults, mut told) = (window.unnamed_widgets(), 0);
    for node in window.root().children_recursive() {
        let node = node.accesskit_node();
        let (role, label) = (node.role(), node.label().unwrap_or_default());
        if node.is_hidden() {
            continue;
        }
        let can_act = node.data().supports_action(eframe::egui::accesskit::Action::Click);
        if !TOLD.contains(&role) {
            // what can be clicked says what it is
            if can_act && role == Role::Unknown {
                faults.push(format!("{role:?} {label:?} can be clicked and has no role"));
            }
            continue;
        }
        told += 1;
        if label.trim().is_empty() {
            faults.push(format!("a {role:?} has no name"));
        }
        // English has no Hangul but in names of files and of the language itself
        let is_korean = |letter: char| ('가'..='힣').contains(&letter);
        let own = [Role::ListItem, Role::ProgressIndicator].contains(&role)
            || label.contains("한국어")
            || label.contains("말뭉치")
            || label.contains(".txt")
            || label.contains(".zip");
        if lang == Lang::En && !own && label.chars().any(is_korean) {
            faults.push(format!("{role:?} {label:?} is Korean"));
        }
    }
    (faults, told)
}

fn check(window: &Window, lang: Lang, what: &str) {
    let (faults, told) = faults(window, lang);
    assert!(faults.is_empty(), "{what}, {lang:?}:\n{}", faults.join("\n"));
    assert!(told > 3, "{what}, {lang:?}: only {told} controls");
}

#[test]
fn control_has_a_name_and_a_role_in_every_state() {
    for lang in [Lang::Ko, Lang::En] {
        for scene in SCENES {
            let window = window(scene, lang, Theme::Light);
            check(&window, lang, &format!("{scene:?}"));
            let title = window.root().accesskit_node().label();
            assert!(title.is_some_and(|title| title.ends_with("Sheetmill")), "{scene:?}");
        }
    }
}

/// Menus, sheets and questions: whatever opens at a click.
#[test]
fn control_has_a_name_and_a_role_in_whatever_opens() {
    for lang in [Lang::Ko, Lang::En] {
        let openers = |window: &Window| -> Vec<String> {
            let boxes = window.query_all_by_role(Role::ComboBox).filter_map(|node| node.accesskit_node().label());
            let text = lang.text();
            boxes.chain([text.settings, text.about, text.recent].map(str::to_owned)).collect()
        };
        let all = openers(&window(Scene::Ready, lang, Theme::Light));
        assert!(all.len() > 4, "{all:?}");
        for opener in all {
            let mut window = window(Scene::Ready, lang, Theme::Light);
            if opener == lang.text().about {
                window.click(Role::Button, lang.text().settings);
            }
            let labels = |window: &Window| -> HashSet<String> {
                window.root().children_recursive().filter_map(|node| node.accesskit_node().label()).collect()
            };
            let before = labels(&window);
            window.query_all_by_label(&opener).next().expect("what opens it").click();
            window.run_steps(6);
            assert!(labels(&window).difference(&before).count() > 1, "{opener}: nothing opened");
            check(&window, lang, &opener);
        }
    }
}
