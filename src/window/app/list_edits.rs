//! What a person changes about the list: added, removed, left out, tried again; and what is taken back.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

use eframe::egui::Context;

use super::App;
use super::undo::{Back, Snapshot};
use crate::engine::FileId;
use crate::session::{Changes, FileState, Session};
use crate::window::command::Change;

impl App {
    /// The list or run shown is another one now.
    pub(super) fn begin_list(&mut self) {
        self.list += 1;
        self.selection.only(None);
        self.order.begin();
        self.follow();
    }

    /// Takes in what has changed in the list.
    pub(super) fn follow(&mut self) {
        let lang = self.lang();
        let Some(session) = &mut self.session else { return };
        let changes = session.take_changes();
        let progress = session.progress();
        if !self.converts && !self.except.is_empty() {
            let names = |file: &FileId| self.except.contains(&progress.files[file.index()].source.name);
            match &changes {
                Changes::Rows(rows) => {
                    let there: Vec<FileId> = rows.iter().copied().filter(names).collect();
                    if !there.is_empty() {
                        self.order.remove(there);
                    }
                }
                Changes::All => self.order.remove(progress.ids().filter(names)),
            }
        }
        self.order.update(progress, changes, lang);
    }

    pub(super) fn snapshot(&self) -> Snapshot {
        let settings = &self.settings;
        Snapshot {
            inputs: settings.inputs.clone(),
            added: settings.added.clone(),
            output: settings.output.clone(),
            choices: settings.choices.clone(),
            encodings: self.encodings.clone(),
            except: Arc::clone(&self.except),
        }
    }

    /// Adds to the input; a run under way takes it in.
    pub(super) fn add(&mut self, ctx: &Context, paths: Vec<PathBuf>) {
        let known = |path: &PathBuf| self.settings.inputs.contains(path) || self.settings.added.contains(path);
        let mut new: Vec<PathBuf> = Vec::new();
        for path in paths {
            if !known(&path) && !new.contains(&path) {
                new.push(path);
            }
        }
        if new.is_empty() {
            return;
        }
        let in_run = self.activity().is_run() && self.session.as_mut().is_some_and(|session| session.add(new.clone()));
        if self.settings.inputs.is_empty() {
            self.settings.inputs = new;
        } else {
            self.settings.added.extend(new);
        }
        self.remember_input();
        if self.activity().is_run() {
            self.around.lists_after |= !in_run;
        } else {
            self.message = None;
            self.list(ctx);
        }
    }

    /// The input that has just replaced another is added to it instead.
    pub(super) fn add_instead(&mut self, ctx: &Context) {
        let new = [&self.settings.inputs[..], &self.settings.added].concat();
        if self.undo.next(self.list, self.activity().is_run()) != Some(Change::Source) {
            return;
        }
        if let Some(Back::Snapshot(before)) = self.undo.take(self.list, false) {
            self.put_back(ctx, *before);
            let before = self.snapshot();
            self.add(ctx, new);
            let count = self.settings.added.len() - before.added.len();
            if count > 0 {
                self.undo.chose(Change::Added(count), before);
            }
        }
    }

    pub(super) fn retry_these(&mut self, ctx: &Context, files: Vec<FileId>) {
        let Some(session) = &mut self.session else { return };
        if !session.progress().is_ended() {
            for file in files {
                session.retry(file);
            }
            return;
        }
        let progress = session.progress();
        let only: HashSet<PathBuf> =
            files.iter().filter_map(|file| Some(progress.file(*file)?.source.name.clone())).collect();
        if self.converts {
            self.convert_only(ctx, only);
        }
    }

    pub(super) fn skip(&mut self, files: &[FileId]) {
        let Some(session) = &mut self.session else { return };
        let skipped: Vec<FileId> = files.iter().copied().filter(|file| session.skip(*file)).collect();
        if !skipped.is_empty() {
            self.undo.did(Change::Skipped(skipped.len()), Back::Unskip(skipped), self.list);
        }
    }

    pub(super) fn unskip(&mut self, files: &[FileId]) {
        let Some(session) = &mut self.session else { return };
        for file in files {
            session.unskip(*file);
        }
    }

    pub(super) fn remove(&mut self, files: &[FileId]) {
        if self.activity().is_run() {
            return self.skip(files);
        }
        let Some(progress) = self.session.as_ref().map(Session::progress) else { return };
        let files: Vec<FileId> = files.iter().copied().filter(|file| !self.order.is_removed(*file)).collect();
        if files.is_empty() {
            return;
        }
        let what = Change::Removed(files.len());
        let names: Vec<PathBuf> =
            files.iter().filter_map(|file| Some(progress.file(*file)?.source.name.clone())).collect();
        self.selection.leave(&files, &self.order);
        self.order.remove(files.iter().copied());
        if self.converts {
            self.undo.did(what, Back::Show(files), self.list);
        } else {
            let before = self.snapshot();
            Arc::make_mut(&mut self.except).extend(names);
            self.undo.chose(what, before);
        }
    }

    /// Takes back the last change.
    pub(super) fn take_back(&mut self, ctx: &Context) {
        match self.undo.take(self.list, self.activity().is_run()) {
            Some(Back::Snapshot(before)) => self.put_back(ctx, *before),
            Some(Back::Show(files)) => self.order.restore(&files),
            Some(Back::Unskip(files)) => self.unskip(&files),
            None => {}
        }
    }

    fn put_back(&mut self, ctx: &Context, before: Snapshot) {
        let now = self.snapshot();
        let settings = &mut self.settings;
        (settings.inputs, settings.added, settings.output) = (before.inputs, before.added, before.output);
        settings.choices = before.choices;
        (self.encodings, self.except) = (before.encodings, before.except);
        let after = self.snapshot();
        if (&after.inputs, &after.added, &after.output) != (&now.inputs, &now.added, &now.output) {
            self.message = None;
            self.remember_input();
            self.list(ctx);
        } else if after.except != now.except && !self.converts {
            self.order.restore_all();
            let Some(progress) = self.session.as_ref().map(Session::progress) else { return };
            let names = |file: &FileId| self.except.contains(&progress.files[file.index()].source.name);
            self.order.remove(progress.ids().filter(names));
        }
    }

    /// Whether Start would convert anything.
    pub(super) fn waits(&self) -> bool {
        let Some(progress) = self.session.as_ref().map(Session::progress) else { return false };
        self.converts
            || self.except.is_empty()
            || progress.files.is_empty()
            || progress
                .files
                .iter()
                .enumerate()
                .any(|(file, row)| matches!(row.state, FileState::Waiting) && !self.order.is_removed(FileId::at(file)))
    }
}
