//! What a run is to the world around the window: the computer stays awake, the task bar shows how far it
//! is, its end is told when nobody looks, and the log has it.

use std::time::{Duration, Instant, SystemTime};

use eframe::egui::{Context, UserAttentionType, ViewportCommand};

use super::App;
use crate::engine::{Job, Outcome, RunError};
use crate::session::{FileState, Session};
use crate::settings::{self, Recent, Settings};
use crate::storage::log::Log;
use crate::text::{Explained, Lang, gone_line, journal_line, report_line, run_words, summary_line};
use crate::window::desktop::keep_awake::Awake;
use crate::window::desktop::notification;
use crate::window::desktop::taskbar::{Taskbar, Told};
use crate::window::view::Activity;

/// Problems of one run that the log names; how many more there were, it says.
const PROBLEMS: usize = 100;
/// While the list is made its time is told by the second.
const SECOND: Duration = Duration::from_secs(1);

/// What the world around the window is told.
#[derive(Debug, Default)]
pub(super) struct Around {
    pub awake: Awake,
    taskbar: Taskbar,
    pub log: Option<Log>,
    /// When the run began whose end has not been told yet.
    began: Option<Instant>,
    /// Something was added when it took nothing in any more: it is listed after it.
    pub lists_after: bool,
}

impl Around {
    /// A run begins.
    pub fn begin(&mut self) {
        self.began = Some(Instant::now());
    }
}

impl App {
    /// Called at each wake, also while the window is hidden.
    pub(super) fn watch(&mut self, ctx: &Context, frame: &eframe::Frame) {
        let activity = self.activity();
        self.around.awake.hold(activity == Activity::Running);
        let progress = self.session.as_ref().map(Session::progress);
        let run = progress.filter(|_| activity.is_run());
        let told = run.map(|progress| Told::new(progress.fraction(), activity == Activity::Paused));
        self.around.taskbar.show(told, frame);
        if activity == Activity::Listing {
            ctx.request_repaint_after(SECOND);
        }
        if let Some(began) = self.around.began.take_if(|_| !activity.is_run()) {
            self.run_ended(began.elapsed(), ctx);
            if std::mem::take(&mut self.around.lists_after) {
                self.list(ctx);
            }
        }
    }

    /// `after`: since it began, pauses too; who pauses a run may go away as well.
    fn run_ended(&mut self, after: Duration, ctx: &Context) {
        let Some(progress) = self.session.as_ref().map(Session::progress) else { return };
        let is_looked_at = ctx.input(|input| input.viewport().focused.unwrap_or(true));
        match &progress.ended {
            Some(Ok(summary)) if notification::is_worth_it(after, is_looked_at, self.settings.silent) => {
                let (what, rows) = run_words(self.lang(), summary);
                let text = self.lang().text();
                let head = if summary.stopped > 0 { text.run_stopped } else { text.run_done };
                notification::show(head.to_owned(), format!("{what}\n{rows}"));
                let attention = UserAttentionType::Informational;
                ctx.send_viewport_cmd(ViewportCommand::RequestUserAttention(attention));
            }
            _ => {}
        }
        let journal = progress.ended.as_ref().and_then(|ended| ended.as_ref().ok()?.journal.as_ref());
        let gone = progress.ended.as_ref().and_then(|ended| ended.as_ref().ok()).map_or(0, |summary| summary.gone);
        let report = progress.report.as_ref().and_then(|report| report.as_ref().err());
        let unkept = |lang| {
            let journal = journal.map(|why| journal_line(lang, why));
            let gone = (gone > 0).then(|| gone_line(lang, gone));
            gone.into_iter().chain(journal).chain(report.map(|why| report_line(lang, why))).collect::<Vec<_>>()
        };
        if let Some(log) = &self.around.log {
            for line in unkept(Lang::En) {
                log.line(&line);
            }
        }
        let unkept = unkept(self.lang());
        if !unkept.is_empty() {
            self.message = Some(unkept.join(" "));
        }
        self.log_end();
    }

    /// The present input is the one used last.
    pub(super) fn remember_input(&mut self) {
        let Settings { inputs, added, output, .. } = &self.settings;
        let (inputs, added, output) = (inputs.clone(), added.clone(), output.clone());
        let used = Recent { inputs, added, output, used: settings::seconds(SystemTime::now()) };
        settings::remember(&mut self.settings.recent, used);
    }

    pub(super) fn log_start(&self, job: &Job) {
        let Some(log) = &self.around.log else { return };
        let inputs = job.inputs.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ");
        let (output, workers) = (job.output.display(), job.workers.get());
        log.line(&format!("run: {inputs} -> {output}; {workers} workers, {:?}", job.choices.if_exists));
    }

    fn log_end(&self) {
        let (Some(log), Some(progress)) = (&self.around.log, self.session.as_ref().map(Session::progress)) else {
            return;
        };
        match &progress.ended {
            Some(Ok(summary)) => log.line(&format!("done: {}", summary_line(Lang::En, summary))),
            Some(Err(error)) => {
                let what = if matches!(error, RunError::Panic(_)) { "broke down" } else { "refused" };
                log.line(&format!("{what}: {}", Explained::run_error(Lang::En, error)));
            }
            None => {}
        }
        for (path, why) in progress.passed_over.iter().take(PROBLEMS) {
            log.line(&Explained::unread(Lang::En, path, why));
        }
        let mut problems = progress.files.iter().filter_map(|row| match &row.state {
            FileState::Ended(report) => match &report.outcome {
                Outcome::Failed(error) => Some((&row.source.name, error)),
                _ => None,
            },
            _ => None,
        });
        for (name, error) in problems.by_ref().take(PROBLEMS) {
            log.line(&format!("failed: {}: {}", name.display(), Explained::error(Lang::En, error).short));
        }
        let more = problems.count();
        if more > 0 {
            log.line(&format!("failed: {more} more"));
        }
    }
}
