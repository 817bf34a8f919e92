//! What a run is told: ready to use, valid by construction.

pub mod choices;
pub mod columns;
pub mod css;
pub mod filters;
pub mod form;
mod format_kind;
pub mod merge;
pub mod numbered;
pub mod reading;
pub mod record_selector;
pub mod system_language;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::thread::available_parallelism;

use choices::Choices;
use form::Form;
use reading::{EncodingName, Reading};
use system_language::SystemLanguage;

/// Everything one run needs to know.
#[derive(Debug, Clone)]
pub struct Job {
    /// Folders (scanned at any depth) and single files. With more than one, each folder's workbooks
    /// go into a folder of its name below `output`.
    pub inputs: Vec<PathBuf>,
    /// Folders and files that were added later. Each folder's workbooks go into a folder of its name
    /// below `output`, made unique where the name is taken, so that nothing that was placed before has
    /// to move; what lies inside an earlier input is in the list already.
    pub added: Vec<PathBuf>,
    /// When set, only these of the source files found are converted ("retry failed"), by name.
    pub only: Option<HashSet<PathBuf>>,
    /// These of the source files found are left out, by name.
    pub except: HashSet<PathBuf>,
    /// Where the mirrored tree of workbooks is written; made if it is not there.
    pub output: PathBuf,
    /// How many files are converted at a time, at the beginning.
    pub workers: Workers,
    /// What the workbooks are to be like.
    pub choices: Choices,
    /// Encodings that a person chose for single source files, by name.
    pub encodings: HashMap<PathBuf, EncodingName>,
    /// The system's language, which decides with where an encoding is not sure.
    pub language: Option<SystemLanguage>,
}

impl Job {
    /// A job with the default choices: all cores, the columns of each format, skip what is up to date.
    #[must_use]
    pub fn new(inputs: Vec<PathBuf>, output: PathBuf) -> Self {
        Self {
            inputs,
            added: Vec::new(),
            only: None,
            except: HashSet::new(),
            output,
            workers: Workers::default(),
            choices: Choices::default(),
            encodings: HashMap::new(),
            language: None,
        }
    }

    /// The source file of this name is one of those to convert.
    #[must_use]
    pub fn takes(&self, name: &Path) -> bool {
        self.only.as_ref().is_none_or(|only| only.contains(name)) && !self.except.contains(name)
    }

    /// How the source file of this name is read.
    #[must_use]
    pub fn reading_of(&self, name: &Path) -> Cow<'_, Reading> {
        match self.encodings.get(name) {
            Some(&encoding) => Cow::Owned(Reading { encoding: Some(encoding), ..self.choices.reading.clone() }),
            None => Cow::Borrowed(&self.choices.reading),
        }
    }
}

/// The folder used when a person names none, called after the form: `kowiki` → `kowiki-xlsx` beside it; several
/// inputs → `sheetmill-xlsx` beside the first; a whole drive → `sheetmill-xlsx` on it.
#[must_use]
pub fn default_output(inputs: &[PathBuf], form: Form) -> PathBuf {
    let form = form.name();
    let Some(first) = inputs.first() else { return PathBuf::from(format!("sheetmill-{form}")) };
    let first = std::path::absolute(first).unwrap_or_else(|_| first.clone());
    let mut name = match first.file_name() {
        Some(name) if inputs.len() == 1 => name.to_owned(),
        _ => "sheetmill".into(),
    };
    name.push(format!("-{form}"));
    first.parent().unwrap_or(&first).join(name)
}

/// How many source files are converted at the same time: 1 to 4 × cores.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Workers(NonZeroUsize);

impl Workers {
    /// The largest number of workers on this machine.
    #[must_use]
    pub fn most() -> usize {
        4 * cores().get()
    }

    /// `None` unless 1 ≤ `count` ≤ [`Workers::most`].
    #[must_use]
    pub fn new(count: usize) -> Option<Self> {
        NonZeroUsize::new(count).filter(|count| count.get() <= Self::most()).map(Self)
    }

    /// The number itself.
    #[must_use]
    pub fn get(self) -> usize {
        self.0.get()
    }
}

impl Default for Workers {
    fn default() -> Self {
        Self(cores())
    }
}

fn cores() -> NonZeroUsize {
    available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn output_defaults_to_a_folder_beside_the_input() {
        let whole = |path: &str| std::path::absolute(path).expect("a working folder"); // Windows adds a drive
        assert_eq!(default_output(&["/c/kowiki".into()], Form::Xlsx), whole("/c/kowiki-xlsx"));
        assert_eq!(default_output(&["/c/kowiki/".into()], Form::Xlsx), whole("/c/kowiki-xlsx"));
        assert_eq!(default_output(&["/c/a".into(), "/c/b".into()], Form::Xlsx), whole("/c/sheetmill-xlsx"));
        assert_eq!(default_output(&["/".into()], Form::Xlsx), whole("/sheetmill-xlsx"));
        assert_eq!(default_output(&["/c/kowiki".into()], Form::Parquet), whole("/c/kowiki-parquet"));
    }

    #[test]
    fn workers_are_bounded() {
        assert_eq!(Workers::new(0), None);
        assert_eq!(Workers::new(Workers::most() + 1), None);
        assert_eq!(Workers::new(1).map(Workers::get), Some(1));
    }
}
