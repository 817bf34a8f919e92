//! Events as lines for people, with a progress bar while standard error is a terminal.

use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::complain;
use super::printer::Printer;
use crate::engine::{Event, FileId, Form, LeftOut, NoteKind, Outcome, Report, RunError, Summary};
use crate::text::{self, Explained, Lang, note_line};

/// Times a second that the bar is drawn.
const DRAWN: u8 = 10;

/// A sink that prints; shared by all workers.
pub struct Lines<'a> {
    printer: &'a Printer,
    lang: Lang,
    form: Form,
    quiet: bool,
    bar: ProgressBar,
    files: Mutex<Vec<Known>>,
}

/// A source file and how much of it the bar has counted.
struct Known {
    name: PathBuf,
    size: u64,
    counted: u64,
}

impl<'a> Lines<'a> {
    pub fn new(printer: &'a Printer, lang: Lang, form: Form, quiet: bool) -> Self {
        let shown = !quiet && io::stderr().is_terminal();
        let target = if shown { ProgressDrawTarget::stderr_with_hz(DRAWN) } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(0), target);
        let template = "{wide_bar} {percent:>3}%  {binary_bytes_per_sec}  {eta}";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        if shown {
            bar.enable_steady_tick(Duration::from_millis(500));
        }
        Self { printer, lang, form, quiet, bar, files: Mutex::default() }
    }

    /// Words about workbooks, as they are said of the files that are made.
    fn worded(&self, words: String) -> String {
        if self.form == Form::Xlsx { words } else { self.lang.words().of_files(&words) }
    }

    /// Takes one event of the run.
    pub fn event(&self, event: Event) {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        match event {
            Event::Found(found) => {
                self.bar.inc_length(found.iter().map(|file| file.bytes).sum());
                files.extend(found.into_iter().map(|file| Known { name: file.name, size: file.bytes, counted: 0 }));
            }
            Event::PassedOver { path, why } => {
                self.bar.suspend(|| complain(&Explained::unread(self.lang, &path, &why)));
            }
            Event::LeftOut { .. } // counted, and told at the end
            | Event::Scanning { .. }
            | Event::Scanned { .. }
            | Event::Listing
            | Event::Skipped { .. }
            | Event::Waiting { .. } => {}
            Event::Gathered { file, .. } => {
                let size = files[file.index()].size;
                self.count(&mut files, file, size);
            }
            Event::Started { file, .. } => self.say(&format!("Start {}", files[file.index()].name.display())),
            Event::Progress { file, bytes, .. } => self.count(&mut files, file, bytes),
            Event::Finished { file, report } => {
                let size = files[file.index()].size;
                self.count(&mut files, file, size);
                self.bar.suspend(|| self.finished(&files[file.index()].name.display().to_string(), &report));
            }
        }
    }

    /// Closes with what happened, and the elapsed seconds as the last line.
    pub fn end(&self, ended: &Result<Summary, RunError>) {
        self.bar.finish_and_clear();
        let Ok(summary) = ended else { return };
        if let Some(why) = &summary.journal {
            complain(&self.worded(text::journal_line(self.lang, why)));
        }
        if summary.gone > 0 {
            complain(&text::gone_line(self.lang, summary.gone));
        }
        // other than the rest of what is left out, these may be what somebody wants converted
        let in_output = summary.left_out.of(LeftOut::InOutput);
        if in_output > 0 {
            complain(&self.lang.words().left_out(LeftOut::InOutput, in_output));
        }
        if !self.quiet {
            self.printer.say(&self.worded(text::summary_line(self.lang, summary)));
            if let Some(notes) = Explained::notes_but(self.lang, &summary.notes, &[NoteKind::Replaced]) {
                self.printer.say(&notes.long);
            }
            if let Some(left_out) = text::left_out_line(self.lang, &summary.left_out) {
                self.printer.say(&left_out);
            }
            self.printer.say(&format!("{:.2}", summary.elapsed.as_secs_f64()));
        }
    }

    fn count(&self, files: &mut MutexGuard<'_, Vec<Known>>, file: FileId, bytes: u64) {
        let counted = std::mem::replace(&mut files[file.index()].counted, bytes);
        self.bar.inc(bytes.saturating_sub(counted));
    }

    fn say(&self, line: &str) {
        if !self.quiet {
            self.bar.suspend(|| self.printer.say(line));
        }
    }

    fn finished(&self, name: &str, report: &Report) {
        match &report.outcome {
            Outcome::Failed(error) | Outcome::NotRecognised(error) => {
                complain(&self.worded(Explained::error(self.lang, error).long));
            }
            Outcome::Converted { .. } | Outcome::UpToDate { .. } if !self.quiet => {
                self.printer.say(&format!("End {name}"));
            }
            _ => {}
        }
        if report.losses() > 0 {
            complain(&format!("{name}: {}", text::losses_line(self.lang, &report.notes)));
        }
        if !self.quiet && matches!(report.outcome, Outcome::Converted { .. }) {
            for note in report.notes.places().iter().filter(|note| note.kind.is_warning()) {
                complain(&format!("{name}: {}", note_line(self.lang, note)));
            }
        }
    }
}
