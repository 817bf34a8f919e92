//! What can be done with the row that was clicked, or with all that are selected.

use eframe::egui::{Button, Ui};

use crate::engine::{FileId, Outcome};
use crate::session::{FileRow, FileState};
use crate::window::command::Command;
use crate::window::facts;
use crate::window::view::{Activity, View};
use crate::window::widgets::{change_bar, controls, encoding_menu};

/// More workbooks than these are not opened at once.
const AT_ONCE: usize = 12;

/// Those of these files that have a workbook; `None` where there is none, or too many to open.
pub fn made(view: &View, files: &[FileId]) -> Option<Vec<FileId>> {
    let has = |file: &FileId| view.file(*file).is_some_and(|file| facts::workbook(file).is_some());
    let made: Vec<FileId> = files.iter().copied().filter(has).collect();
    (1..=AT_ONCE).contains(&made.len()).then_some(made)
}

pub fn show(ui: &mut Ui, view: &View, file: FileId, commands: &mut Vec<Command>) {
    controls::menu(ui, 220.0);
    let text = view.text();
    let chosen = if view.selection.holds(file) { view.selection.shown(view.order) } else { vec![file] };
    let files: Vec<(FileId, &FileRow)> = chosen.iter().filter_map(|file| Some((*file, view.file(*file)?))).collect();
    let Some((_, first)) = files.first() else { return };
    let several = files.len() > 1;
    let those = |is: &dyn Fn(&FileRow) -> bool| -> Vec<FileId> {
        files.iter().filter(|(_, file)| is(file)).map(|(file, _)| *file).collect()
    };

    let made = made(view, &chosen);
    let open = if several { text.open_workbooks } else { text.open_workbook };
    if entry(ui, &view.worded(open), "Enter", made.is_some()) {
        commands.extend(made.into_iter().flatten().map(Command::OpenWorkbook));
    }
    if entry(ui, text.show_in_folder, "", true) {
        commands.push(Command::ShowInFolder(file));
    }
    ui.separator();

    let is_run = view.activity.is_run();
    // nothing comes back into a run that ends
    let may_wait_again = view.activity != Activity::Stopping;
    let retried = those(&|file| match file.state.outcome() {
        Some(Outcome::Stopped) => !is_run,
        Some(outcome) => outcome.problem().is_some(),
        None => false,
    });
    // what is merged takes nothing back in before it ends
    let is_merging = is_run && view.settings.choices.merge.is_on();
    if entry(ui, text.retry, "", may_wait_again && !is_merging && !retried.is_empty()) {
        commands.push(Command::Retry(retried));
    }
    if is_run {
        let waiting = those(&|file| matches!(file.state, FileState::Waiting));
        let skipped = those(&|file| matches!(file.state, FileState::Skipped));
        if waiting.is_empty() && !skipped.is_empty() {
            if entry(ui, text.unskip, "", may_wait_again) {
                commands.push(Command::Unskip(skipped));
            }
        } else if entry(ui, text.skip_file, delete(), !waiting.is_empty()) {
            commands.push(Command::Skip(waiting));
        }
    } else {
        if entry(ui, text.remove_from_list, delete(), true) {
            commands.push(Command::Remove(chosen.clone()));
        }
        if !several {
            ui.menu_button(text.encoding_of_file, |ui| encoding_menu::of_file(ui, view, first, commands));
        }
    }
    ui.separator();

    if entry(ui, if several { text.copy_paths } else { text.copy_path }, "", true) {
        let paths: Vec<String> = files.iter().map(|(_, file)| file.source.path().display().to_string()).collect();
        commands.push(Command::Copy(paths.join("\n")));
    }
    let has_problem = files.iter().any(|(_, file)| facts::has_problem(file));
    if entry(ui, if several { text.copy_problems } else { text.copy_problem }, "", has_problem) {
        let problems: Vec<String> = files.iter().filter_map(|(_, file)| facts::problem(view, file)).collect();
        commands.push(Command::Copy(problems.join("\n")));
    }
    undo(ui, view, commands);
}

/// The last change, where there is one to take back.
fn undo(ui: &mut Ui, view: &View, commands: &mut Vec<Command>) {
    if view.undo.is_some() {
        ui.separator();
        if entry(ui, view.text().undo, change_bar::undo_key(), true) {
            commands.push(Command::Undo);
        }
    }
}

/// A line of the menu, with the key that does the same.
fn entry(ui: &mut Ui, words: &str, key: &str, enabled: bool) -> bool {
    let line = ui.add_enabled(enabled, Button::new(words).shortcut_text(key));
    controls::picked(ui, &line)
}

fn delete() -> &'static str {
    if cfg!(target_os = "macos") { "⌦" } else { "Delete" }
}
