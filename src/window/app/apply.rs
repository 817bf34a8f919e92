//! The one place where commands act.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use eframe::egui::Context;

use super::super::command::{Change, Command};
use super::super::desktop::Desktop;
use super::super::facts;
use super::{App, Closing, Over};
use crate::engine::{FileId, IfExists, Job};
use crate::preset::Preset;
use crate::session::{FileRow, Session};
use crate::window::desktop::file_dialogs::Purpose;

impl App {
    /// Lists the input anew, or shows the empty window where there is none.
    pub(super) fn list(&mut self, ctx: &Context) {
        self.converts = false;
        self.session = None; // the old one is stopped before a new one begins
        self.preview.clear();
        // what was removed is listed and not shown, so that it can be shown again
        let job = self.job().map(|job| Job { except: HashSet::new(), ..job });
        self.session = job.map(|job| Session::list(job, Self::wake(ctx)));
        self.begin_list();
    }

    /// These are the input now, and these what was added to it; the workbooks go there.
    fn take(&mut self, ctx: &Context, inputs: Vec<PathBuf>, added: Vec<PathBuf>, output: Option<PathBuf>) {
        (self.settings.inputs, self.settings.added, self.settings.output) = (inputs, added, output);
        self.except = Arc::default();
        self.message = None;
        self.encodings.clear();
        self.remember_input();
        self.list(ctx);
    }

    pub(super) fn convert(&mut self, ctx: &Context, job: Job) {
        self.remember_input();
        self.log_start(&job);
        self.session = None;
        self.around.begin();
        self.converts = true;
        self.message = None;
        self.session = Some(Session::convert(job, self.lang(), Self::wake(ctx)));
        self.begin_list();
        self.undo.quiet();
    }

    fn start(&mut self, ctx: &Context) {
        if let Some(job) = self.job().filter(|_| self.waits()) {
            self.begin(ctx, job);
        }
    }

    fn retry(&mut self, ctx: &Context) {
        let failed = self.session.as_ref().map(|session| session.progress().failed().map(Path::to_path_buf).collect());
        self.convert_only(ctx, failed.unwrap_or_default());
    }

    /// A run of these source files of the list alone, by name.
    pub(super) fn convert_only(&mut self, ctx: &Context, only: HashSet<PathBuf>) {
        if let Some(job) = self.job() {
            // what is merged is made of all files, those that were read before among them
            let only = Some(only).filter(|_| !job.choices.merge.is_on());
            self.begin(ctx, Job { only, ..job });
        }
    }

    /// The one place where commands act.
    pub(super) fn apply(&mut self, command: Command, ctx: &Context) {
        if command.blocked_during_run() && self.activity().is_run() {
            return;
        }
        let makes_other = matches!(command, Command::Undo | Command::Remove(_));
        if makes_other || command.blocked_during_run() || Change::of(&command).is_some() {
            self.starting = None; // it would be another run than the one that was to begin
        }
        let changes = Change::of(&command).map(|what| (what, self.snapshot()));
        self.act(command, ctx);
        if let Some((what, before)) = changes.filter(|(_, before)| *before != self.snapshot()) {
            self.undo.chose(what, before);
        }
    }

    fn act(&mut self, command: Command, ctx: &Context) {
        match command {
            Command::ChooseInput => self.dialog = Some(Purpose::Input),
            Command::ChooseOutput => self.dialog = Some(Purpose::Output),
            Command::TakeRecent(at) => {
                if let Some(recent) = self.settings.recent.get(at).cloned() {
                    self.take(ctx, recent.inputs, recent.added, recent.output);
                }
            }
            Command::LookForRecent => self.desktop.look_for(&self.settings.recent),
            Command::ForgetRecent(at) => self.settings.forget_recent(at),
            Command::SetInputs(inputs) => self.take(ctx, inputs, Vec::new(), None),
            Command::ChooseMore => self.dialog = Some(Purpose::More),
            Command::AddInputs(paths) => self.add(ctx, paths),
            Command::AddInstead => self.add_instead(ctx),
            Command::SetOutput(output) => {
                self.settings.output = output;
                self.remember_input();
                self.list(ctx);
            }
            Command::NoPath => self.message = Some(self.lang().text().no_path.to_owned()),
            Command::ClearInputs => self.clear(ctx),
            Command::TrySample => self.desktop.write_sample(),
            Command::SetWorkers(count) => {
                self.settings.workers = Some(count);
                self.session.iter_mut().for_each(|session| session.set_workers(self.settings.workers()));
            }
            Command::SetColumns(columns) => self.settings.choices.columns = columns,
            Command::SetFilters(filters) => self.settings.choices.filters = filters,
            Command::ChooseList => self.dialog = Some(Purpose::List),
            Command::SetReading(reading) => self.settings.choices.reading = reading,
            Command::ShowReading => self.reading.open(),
            Command::SetEncodingOf(name, Some(encoding)) => drop(self.encodings.insert(name, encoding)),
            Command::SetEncodingOf(name, None) => drop(self.encodings.remove(&name)),
            Command::SavePreset(name) => self.shelf.save(Preset::of(name, &self.settings.choices)),
            Command::UsePreset(preset) => preset.put_into(&mut self.settings.choices),
            Command::DeletePreset(preset) => self.shelf.delete(*preset),
            Command::RestorePreset => self.shelf.restore(),
            Command::OpenPreset => self.dialog = Some(Purpose::Preset),
            Command::ShowPresets => self.shelf.folder().into_iter().for_each(|folder| self.desktop.open_made(folder)),
            Command::ShowPane(open) if self.is_wide => self.settings.window.pane = open,
            Command::ShowPane(open) => self.pane_instead = open,
            Command::SetSplit(split) => self.settings.window.split = split,
            Command::SetIfExists(choice) => self.settings.choices.if_exists = choice,
            Command::SetForm(form) => self.settings.choices.form = form,
            Command::SetMerge(merge) => self.settings.choices.merge = merge,
            Command::SetGuard(guard) => self.settings.choices.guard = guard,
            Command::SetCompression(choice) => self.settings.choices.compression = choice,
            Command::SetProof(proof) => self.settings.choices.proof = proof,
            Command::SetWrap(wrap) => self.settings.choices.wrap = wrap,
            Command::SetReport(report) => self.settings.choices.no_report = !report,
            Command::SetLang(lang) => self.settings.lang = lang,
            Command::SetTheme(choice) => {
                self.settings.theme = choice;
                ctx.set_theme(self.desktop.theme(choice));
            }
            Command::SetSilent(silent) => self.settings.silent = silent,
            Command::ShowAbout(about) => self.over = if about { Over::About } else { Over::Nothing },
            Command::ShowLog => self.around.log.iter().for_each(|log| self.desktop.open_made(log.folder())),
            Command::Start => self.start(ctx),
            Command::StartReplacing => self.answered(ctx, IfExists::Overwrite),
            Command::StartKeepingBoth => self.answered(ctx, IfExists::KeepBoth),
            Command::DontStart => self.starting = None,
            Command::Pause => self.session.iter_mut().for_each(Session::pause),
            Command::Resume => self.session.iter_mut().for_each(Session::resume),
            Command::Stop => self.session.iter().for_each(Session::stop),
            Command::RetryFailed => self.retry(ctx),
            Command::Retry(files) => self.retry_these(ctx, files),
            Command::Skip(files) => self.skip(&files),
            Command::Unskip(files) => self.unskip(&files),
            Command::Remove(files) => self.remove(&files),
            Command::Undo => self.take_back(ctx),
            Command::Filter(filter) => self.order.set_filter(filter),
            Command::Seek(words) => self.order.seek(words),
            Command::Sort(by) => self.order.sort(by),
            Command::ShowAll => self.order.show_all(),
            Command::Select(row) => self.selection.only(row),
            Command::Toggle(row) => self.selection.toggle(row),
            Command::SelectThrough(row) => self.selection.through(row, &self.order),
            Command::SelectAll => self.selection.all(&self.order),
            Command::SelectNone => self.selection.clear(),
            Command::OpenWorkbook(index) => self.with_row(index, |file, desktop| {
                if let Some(workbook) = facts::workbook(file) {
                    desktop.open(workbook);
                }
            }),
            Command::ShowInFolder(index) => self.with_row(index, |file, desktop| match facts::workbook(file) {
                Some(workbook) => desktop.reveal(workbook),
                None => desktop.reveal(&file.source.path()),
            }),
            Command::OpenOutput => self.desktop.open(&self.settings.output()),
            Command::OpenReport => self.open_report(),
            Command::Copy(text) => ctx.copy_text(text),
            Command::DismissMessage => self.message = None,
            Command::KeepConverting => self.closing = Closing::No,
            Command::StopAndClose => {
                self.closing = Closing::WhenStopped;
                self.session.iter().for_each(Session::stop);
            }
        }
    }

    fn clear(&mut self, ctx: &Context) {
        self.settings.inputs.clear();
        self.settings.added.clear();
        self.except = Arc::default();
        self.encodings.clear();
        self.settings.output = None;
        self.list(ctx);
        self.desktop.look_for(&self.settings.recent);
    }

    fn open_report(&self) {
        let report = self.session.as_ref().and_then(|session| session.progress().report.as_ref());
        report.into_iter().flatten().for_each(|report| self.desktop.open(report));
    }

    fn with_row(&self, file: FileId, act: impl FnOnce(&FileRow, &Desktop)) {
        let row = self.session.as_ref().and_then(|session| session.progress().file(file));
        if let Some(row) = row {
            act(row, &self.desktop);
        }
    }
}
