//! What a run is told: ready to use, valid by construction.

use std::collections::HashSet;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::thread::available_parallelism;

/// Everything one run needs to know.
#[derive(Debug, Clone)]
pub struct Job {
    /// Folders (scanned at any depth) and single files. With more than one, each folder's workbooks
    /// go into a folder of its name below `output`.
    pub inputs: Vec<PathBuf>,
    /// When set, only these of the source files found are converted ("retry failed"), by name.
    pub only: Option<HashSet<PathBuf>>,
    /// Where the mirrored tree of workbooks is written; made if it is not there.
    pub output: PathBuf,
    pub workers: Workers,
    pub columns: Columns,
    pub if_exists: IfExists,
}

impl Job {
    /// A job with the default choices: all cores, `id, title, text`, skip what is up to date.
    #[must_use]
    pub fn new(inputs: Vec<PathBuf>, output: PathBuf) -> Self {
        Self {
            inputs,
            only: None,
            output,
            workers: Workers::default(),
            columns: Columns::default(),
            if_exists: IfExists::default(),
        }
    }
}

/// The folder used when a person names none: `kowiki` → `kowiki-xlsx` beside it; several inputs →
/// `sheetmill-xlsx` beside the first.
#[must_use]
pub fn default_output(inputs: &[PathBuf]) -> PathBuf {
    let Some(first) = inputs.first() else { return PathBuf::from("sheetmill-xlsx") };
    let first = std::path::absolute(first).unwrap_or_else(|_| first.clone());
    let mut name = match first.file_name() {
        Some(name) if inputs.len() == 1 => name.to_owned(),
        _ => "sheetmill".into(),
    };
    name.push("-xlsx");
    first.parent().unwrap_or(Path::new("")).join(name)
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

/// The columns of the worksheet, in order: at least one, no name twice.
///
/// `text` is the record's text; any other name is the record's attribute of that name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns(Vec<String>);

impl Columns {
    pub const TEXT: &str = "text";

    /// Names are trimmed and lower-cased, as HTML does with attribute names. `None` when there is
    /// no name, an empty one, or one twice.
    #[must_use]
    pub fn new<S: AsRef<str>>(names: impl IntoIterator<Item = S>) -> Option<Self> {
        let names: Vec<String> = names.into_iter().map(|name| name.as_ref().trim().to_ascii_lowercase()).collect();
        let twice = names.iter().enumerate().any(|(i, name)| names[..i].contains(name));
        (!names.is_empty() && !twice && names.iter().all(|name| !name.is_empty())).then_some(Self(names))
    }

    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.0
    }
}

impl Default for Columns {
    fn default() -> Self {
        Self(["id", "title", Self::TEXT].map(String::from).into())
    }
}

/// What to do when the workbook is already there; chosen before the start.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IfExists {
    /// Leave it when it was made from the source file as it is now and with the same choices.
    #[default]
    Skip,
    Overwrite,
    /// Write `name (2).xlsx` beside it.
    KeepBoth,
    /// Convert nothing at all.
    Stop,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_trimmed_and_refuse_doubles() {
        assert_eq!(
            Columns::new(["id", " URL ", "text"]).map(|c| c.0),
            Some(vec!["id".into(), "url".into(), "text".into()])
        );
        assert_eq!(Columns::new(["id", "ID"]), None);
        assert_eq!(Columns::new(["id", " "]), None);
        assert_eq!(Columns::new(Vec::<String>::new()), None);
    }

    #[test]
    fn the_output_defaults_to_a_folder_beside_the_input() {
        assert_eq!(default_output(&["/c/kowiki".into()]), Path::new("/c/kowiki-xlsx"));
        assert_eq!(default_output(&["/c/kowiki/".into()]), Path::new("/c/kowiki-xlsx"));
        assert_eq!(default_output(&["/c/a".into(), "/c/b".into()]), Path::new("/c/sheetmill-xlsx"));
    }

    #[test]
    fn workers_are_bounded() {
        assert_eq!(Workers::new(0), None);
        assert_eq!(Workers::new(Workers::most() + 1), None);
        assert_eq!(Workers::new(1).map(Workers::get), Some(1));
    }
}
