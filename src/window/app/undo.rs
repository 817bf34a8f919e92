//! Change was changed lately and can be taken back.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::engine::{Choices, EncodingName, FileId};
use crate::window::command::Change;

/// So many changes are remembered.
const MOST: usize = 64;
/// Typing in a header is one change, not one a letter.
const TOGETHER: Duration = Duration::from_millis(1200);
/// So long a change is told with a way back.
const TOLD: Duration = Duration::from_secs(12);

/// All that a run is told and that a person chose, at one moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Snapshot {
    pub inputs: Vec<PathBuf>,
    pub added: Vec<PathBuf>,
    pub output: Option<PathBuf>,
    pub choices: Choices,
    /// Encodings of single files, by name.
    pub encodings: HashMap<PathBuf, EncodingName>,
    /// Removed from the list, by name.
    pub except: Arc<HashSet<PathBuf>>,
}

/// One step back.
#[derive(Debug)]
pub enum Back {
    Snapshot(Box<Snapshot>),
    /// These files of the present list are shown again.
    Show(Vec<FileId>),
    /// These files of the run wait again.
    Unskip(Vec<FileId>),
}

#[derive(Debug)]
struct Step {
    change: Change,
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
    pub fn chose(&mut self, change: Change, before: Snapshot) {
        let now = Instant::now();
        if let Some(last) = self.steps.last_mut()
            && last.change == change
            && matches!(change, Change::Columns | Change::Filters | Change::Reading)
            && now.duration_since(last.at) < TOGETHER
        {
            last.at = now;
            return;
        }
        self.push(Step { change, back: Back::Snapshot(Box::new(before)), list: None, at: now });
    }

    /// Something was done to files of this list.
    pub fn did(&mut self, change: Change, back: Back, list: u64) {
        self.push(Step { change, back, list: Some(list), at: Instant::now() });
    }

    fn push(&mut self, step: Step) {
        if self.steps.len() == MOST {
            self.steps.remove(0);
        }
        self.steps.push(step);
    }

    /// Change would be taken back next. During a run that is what was done to its files.
    #[must_use]
    pub fn next(&self, list: u64, is_run: bool) -> Option<Change> {
        self.place(list, is_run).map(|place| self.steps[place].change)
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

    /// Change was changed a moment ago, and for how long that is still told. The first source of an empty window
    /// is the beginning and no change that anybody would want back.
    #[must_use]
    pub fn lately(&self, list: u64, is_run: bool) -> Option<(Change, Duration)> {
        let step = &self.steps[self.place(list, is_run)?];
        let left = TOLD.checked_sub(step.at.elapsed()).filter(|left| !left.is_zero())?;
        let is_first = matches!(&step.back, Back::Snapshot(before) if before.inputs.is_empty());
        (!is_first).then_some((step.change, left))
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

    fn snapshot(input: &str) -> Snapshot {
        Snapshot {
            inputs: vec![input.into()],
            added: Vec::new(),
            output: None,
            choices: Choices::default(),
            encodings: HashMap::new(),
            except: Arc::default(),
        }
    }

    #[test]
    fn last_change_comes_back_first_and_a_run_takes_back_only_its_own() {
        let mut undo = Undo::default();
        undo.chose(Change::Source, snapshot("/a"));
        undo.did(Change::Removed(2), Back::Show(vec![FileId(1), FileId(2)]), 1);
        undo.did(Change::Skipped(1), Back::Unskip(vec![FileId(7)]), 2);
        assert_eq!(undo.next(2, true), Some(Change::Skipped(1)));
        assert_eq!(undo.next(2, false), Some(Change::Source), "its run is over, the other list is gone");
        assert_eq!(undo.next(1, false), Some(Change::Removed(2)));
        assert!(matches!(undo.take(1, false), Some(Back::Show(files)) if files == [FileId(1), FileId(2)]));
        assert!(matches!(undo.take(1, false), Some(Back::Snapshot(before)) if *before == snapshot("/a")));
        assert!(undo.take(1, false).is_none() && undo.take(1, true).is_none());
    }

    #[test]
    fn first_source_of_an_empty_window_is_no_change_to_tell() {
        let mut undo = Undo::default();
        undo.chose(Change::Source, Snapshot { inputs: Vec::new(), ..snapshot("") });
        assert_eq!((undo.next(0, false), undo.lately(0, false)), (Some(Change::Source), None));
        undo.chose(Change::Output, snapshot("/a"));
        assert_eq!(undo.lately(0, false).map(|(what, _)| what), Some(Change::Output));
    }

    #[test]
    fn changes_typed_together_are_one() {
        let mut undo = Undo::default();
        undo.chose(Change::Columns, snapshot("/a"));
        undo.chose(Change::Columns, snapshot("/b"));
        undo.chose(Change::Output, snapshot("/c"));
        undo.chose(Change::Output, snapshot("/d"));
        assert_eq!(undo.steps.len(), 3);
        assert!(undo.lately(0, false).is_some());
        undo.quiet();
        assert!(undo.lately(0, false).is_none());
    }
}
