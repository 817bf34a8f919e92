//! Start, where 'overwrite' is chosen: what would be replaced is counted first, elsewhere, and the person is asked where
//! not all of it is known to be Sheetmill's own, made from the same sources and left as it was.

use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::Duration;

use eframe::egui::Context;

use super::App;
use crate::engine::{Choices, IfExists, Job, RunError, StopToken, WouldReplace, would_replace};
use crate::window::view::Question;

/// Counting takes no longer; what was not looked at by then is asked about.
const MOST: Duration = Duration::from_secs(10);
const SECOND: Duration = Duration::from_secs(1);

/// A run that is about to begin.
#[derive(Debug)]
pub struct Starting {
    job: Box<Job>,
    stop: StopToken,
    counts: Receiver<Result<WouldReplace, RunError>>,
    /// What the person is asked about, once it is counted.
    found: Option<WouldReplace>,
}

impl Starting {
    fn count(job: Job, wake: impl Fn() + Send + 'static) -> Self {
        let (sender, counts) = channel();
        let (stop, asked) = (StopToken::default(), job.clone());
        let token = stop.clone();
        let count = move || {
            let _ = sender.send(would_replace(&asked, &token, MOST)); // nobody listens to what was given up
            wake();
        };
        // without a thread nothing is counted, and all of it is asked about
        let _ = std::thread::Builder::new().name("count".into()).spawn(count);
        Self { job: Box::new(job), stop, counts, found: None }
    }

    /// What the window asks, or that it is about to.
    pub fn question(&self) -> Question {
        self.found.map_or(Question::Counting, Question::Replace)
    }
}

impl Drop for Starting {
    fn drop(&mut self) {
        self.stop.stop();
    }
}

impl App {
    /// Asks about these, as Start would: for tests, which script what was found.
    pub fn show_question(&mut self, found: WouldReplace) {
        let (_, counts) = channel();
        let job = self.job().map(Box::new);
        self.starting = job.map(|job| Starting { job, stop: StopToken::default(), counts, found: Some(found) });
    }

    /// Begins a run, or asks first.
    pub(super) fn begin(&mut self, ctx: &Context, job: Job) {
        if job.choices.if_exists == IfExists::Overwrite {
            self.starting = Some(Starting::count(job, Self::wake(ctx)));
        } else {
            self.convert(ctx, job);
        }
    }

    /// Takes in what was counted: where nobody would lose anything, the run begins.
    pub(super) fn counted(&mut self, ctx: &Context) {
        let Some(starting) = self.starting.as_mut().filter(|starting| starting.found.is_none()) else { return };
        let found = match starting.counts.try_recv() {
            Err(TryRecvError::Empty) => return ctx.request_repaint_after(SECOND), // what broke down wakes nobody
            Ok(Ok(found)) => found,
            // the run says what is wrong with its inputs
            Ok(Err(_)) => WouldReplace::default(),
            // what broke down has counted nothing
            Err(TryRecvError::Disconnected) => WouldReplace { is_cut_short: true, ..WouldReplace::default() },
        };
        if found.is_harmless() {
            self.answered(ctx, IfExists::Overwrite);
        } else {
            starting.found = Some(found);
        }
    }

    /// The run begins as it was answered.
    pub(super) fn answered(&mut self, ctx: &Context, if_exists: IfExists) {
        if let Some(starting) = self.starting.take() {
            let job = (*starting.job).clone();
            self.convert(ctx, Job { choices: Choices { if_exists, ..job.choices.clone() }, ..job });
        }
    }
}
