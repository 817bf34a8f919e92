//! What was changed lately and can be taken back.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::engine::{Columns, EncodingName, IfExists, Reading};
use crate::window::command::Command;

/// So many changes are remembered.
const MOST: usize = 64;
/// Typing in a header is one change, not one a letter.
const TOGETHER: Duration = Duration::from_millis(1200);
/// So long a change is told with a way back.
const TOLD: Duration = Duration::from_secs(12);

/// All that a run is told and that a person chooses.
#[derive(Debug, Clone, PartialEq)]
pub struct Choices {
    pub inputs: Vec<PathBuf>,
    pub added: Vec<PathBuf>,
    pub output: Option<PathBuf>,
    pub columns: Columns,
    pub reading: Reading,
    pub if_exists: IfExists,
    pub encodings: HashMap<PathBuf, EncodingName>,
    /// Removed from the list, by name.
    pub except: Arc<HashSet<PathBuf>>,
}

/// What kind of thing was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    Source,
    /// Folders and files were added: so many.
    Added(usize),
    Output,
    Columns,
    Reading,
    Preset,
    IfExists,
    /// So many files were removed from the list.
    Removed(usize),
    /// So many files that waited were left out.
    Skipped(usize),
}

impl What {
    /// What a command changes, where that can be taken back.
    #[must_use]
    pub fn of(command: &Command) -> Option<Self> {
        Some(match command {
            Command::SetInputs(_) | Command::ClearInputs | Command::TakeRecent(_) => Self::Source,
            Command::AddInputs(paths) => Self::Added(paths.len()),
            Command::SetOutput(_) => Self::Output,
            Command::SetColumns(_) => Self::Columns,
            Command::SetReading(_) | Command::SetEncodingOf(..) => Self::Reading,
            Command::UsePreset(_) => Self::Preset,
            Command::SetIfExists(_) => Self::IfExists,
            _ => return None,
        })
    }
}

/// One step back.
#[derive(Debug)]
pub enum Back {
    Choices(Box<Choices>),
    /// These files of the present list are shown again.
    Show(Vec<usize>),
    /// These files of the run wait again.
    Unskip(Vec<usize>),
}

#[derive(Debug)]
struct Step {
    what: What,
    back: Back,
    /// The list that it belongs to; choices belong to none.
    list: Option<u64>,
    at: Instant,
}

#[derive(Debug, Default)]
pub struct Undo {
    steps: Vec<Step>,
}

impl Undo {
    /// Choices were others before.
    pub fn chose(&mut self, what: What, before: Choices) {
        let now = Instant::now();
        if let Some(last) = self.steps.last_mut()
            && last.what == what
            && matches!(what, What::Columns | What::Reading)
            && now.duration_since(last.at) < TOGETHER
        {
            last.at = now;
            return;
        }
        self.push(Step { what, back: Back::Choices(Box::new(before)), list: None, at: now });
    }

    /// Something was done to files of this list.
    pub fn did(&mut self, what: What, back: Back, list: u64) {
        self.push(Step { what, back, list: Some(list), at: Instant::now() });
    }

    fn push(&mut self, step: Step) {
        if self.steps.len() == MOST {
            self.steps.remove(0);
        }
        self.steps.push(step);
    }

    /// What would be taken back next. During a run that is what was done to its files.
    #[must_use]
    pub fn next(&self, list: u64, is_run: bool) -> Option<What> {
        self.place(list, is_run).map(|place| self.steps[place].what)
    }

    fn place(&self, list: u64, is_run: bool) -> Option<usize> {
        self.steps.iter().rposition(|step| match step.list {
            Some(of) => of == list && (is_run || !matches!(step.back, Back::Unskip(_))),
            None => !is_run,
        })
    }

    /// Takes the last step out.
    pub fn take(&mut self, list: u64, is_run: bool) -> Option<Back> {
        let place = self.place(list, is_run)?;
        Some(self.steps.remove(place).back)
    }

    /// What was changed a moment ago, and for how long that is still told. The first source of an empty window
    /// is the beginning and no change that anybody would want back.
    #[must_use]
    pub fn lately(&self, list: u64, is_run: bool) -> Option<(What, Duration)> {
        let step = &self.steps[self.place(list, is_run)?];
        let left = TOLD.checked_sub(step.at.elapsed()).filter(|left| !left.is_zero())?;
        let is_first = matches!(&step.back, Back::Choices(before) if before.inputs.is_empty());
        (!is_first).then_some((step.what, left))
    }

    /// A run begins: what was changed before is not told any more.
    pub fn quiet(&mut self) {
        if let Some(past) = Instant::now().checked_sub(TOLD) {
            self.steps.iter_mut().for_each(|step| step.at = past);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choices(input: &str) -> Choices {
        Choices {
            inputs: vec![input.into()],
            added: Vec::new(),
            output: None,
            columns: Columns::default(),
            reading: Reading::default(),
            if_exists: IfExists::Skip,
            encodings: HashMap::new(),
            except: Arc::default(),
        }
    }

    #[test]
    fn the_last_change_comes_back_first_and_a_run_takes_back_only_its_own() {
        let mut undo = Undo::default();
        undo.chose(What::Source, choices("/a"));
        undo.did(What::Removed(2), Back::Show(vec![1, 2]), 1);
        undo.did(What::Skipped(1), Back::Unskip(vec![7]), 2);
        assert_eq!(undo.next(2, true), Some(What::Skipped(1)));
        assert_eq!(undo.next(2, false), Some(What::Source), "its run is over, the other list is gone");
        assert_eq!(undo.next(1, false), Some(What::Removed(2)));
        assert!(matches!(undo.take(1, false), Some(Back::Show(files)) if files == [1, 2]));
        assert!(matches!(undo.take(1, false), Some(Back::Choices(before)) if *before == choices("/a")));
        assert!(undo.take(1, false).is_none() && undo.take(1, true).is_none());
    }

    #[test]
    fn the_first_source_of_an_empty_window_is_no_change_to_tell() {
        let mut undo = Undo::default();
        undo.chose(What::Source, Choices { inputs: Vec::new(), ..choices("") });
        assert_eq!((undo.next(0, false), undo.lately(0, false)), (Some(What::Source), None));
        undo.chose(What::Output, choices("/a"));
        assert_eq!(undo.lately(0, false).map(|(what, _)| what), Some(What::Output));
    }

    #[test]
    fn what_is_typed_together_is_one_change() {
        let mut undo = Undo::default();
        undo.chose(What::Columns, choices("/a"));
        undo.chose(What::Columns, choices("/b"));
        undo.chose(What::Output, choices("/c"));
        undo.chose(What::Output, choices("/d"));
        assert_eq!(undo.steps.len(), 3);
        assert!(undo.lately(0, false).is_some());
        undo.quiet();
        assert!(undo.lately(0, false).is_none());
    }
}
