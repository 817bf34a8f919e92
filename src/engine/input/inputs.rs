//! What a person put in, and the names under which it stands: in the list, and below the output
//! folder. No two inputs share one.
//!
//! One folder alone needs no name: its files stand as they do in it. Of several, each folder's files
//! stand below the folder's name. What is added later always gets a name of its own, so that what was
//! placed before stays where it is.

use crate::engine::job::numbered;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};

/// A folder or file to list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    pub path: PathBuf,
    /// Of a file its name; of a folder what its files' names begin with, empty for a folder alone.
    pub name: PathBuf,
}

/// All inputs of a run.
#[derive(Debug)]
pub struct Inputs {
    taken: Vec<Taken>,
    output: Option<PathBuf>,
}

#[derive(Debug)]
struct Taken {
    path: Option<PathBuf>,
    is_folder: bool,
    name: PathBuf,
}

impl Inputs {
    /// The inputs of a job under their names.
    #[must_use]
    pub fn of(inputs: &[PathBuf], output: &Path) -> (Self, Vec<Input>) {
        let mut all = Self { taken: Vec::new(), output: fs::canonicalize(output).ok() };
        let alone = inputs.len() == 1;
        let listed = inputs.iter().map(|path| all.take(path, alone)).collect();
        (all, listed)
    }

    /// One more, under a name of its own. `None` when it is in the list already, by itself or inside
    /// another.
    #[must_use]
    pub fn add(&mut self, path: &Path) -> Option<Input> {
        (!self.holds(path)).then(|| self.take(path, false))
    }

    fn take(&mut self, path: &Path, alone: bool) -> Input {
        let is_folder = path.is_dir();
        let base = match path.file_name() {
            Some(name) => name.to_owned(),
            None if is_folder => OsString::from("root"),
            None => path.as_os_str().to_owned(),
        };
        let name = if is_folder && alone { PathBuf::new() } else { self.free(&base, is_folder) };
        self.taken.push(Taken { path: fs::canonicalize(path).ok(), is_folder, name: name.clone() });
        Input { path: path.to_owned(), name }
    }

    /// `AA`, or the first of `AA (2)`, `AA (3)`, … that no other input's files have; `a (2).txt` of a file.
    fn free(&self, base: &OsStr, is_folder: bool) -> PathBuf {
        let path = Path::new(base);
        let numbered = if is_folder { numbered::folder } else { numbered::file };
        let numbered = (2..).map(|number| numbered(path, number));
        let mut names = std::iter::once(PathBuf::from(base)).chain(numbered);
        names.find(|name| !self.is_taken(name)).unwrap_or_else(|| base.into())
    }

    fn is_taken(&self, name: &Path) -> bool {
        self.taken.iter().any(|taken| {
            let same = folded(&taken.name) == folded(name);
            // the files of a folder alone stand at the top
            let inside = taken.name.as_os_str().is_empty()
                && taken.path.as_ref().is_some_and(|path| path.join(name).symlink_metadata().is_ok());
            same || inside
        })
    }

    fn holds(&self, path: &Path) -> bool {
        let Ok(path) = fs::canonicalize(path) else { return false };
        self.taken.iter().any(|taken| {
            let Some(earlier) = &taken.path else { return false };
            // workbooks in an output folder below the input were left out
            let left_out =
                self.output.as_ref().is_some_and(|output| output.starts_with(earlier) && path.starts_with(output));
            *earlier == path || (taken.is_folder && path.starts_with(earlier) && !left_out)
        })
    }
}

/// Names that meet on a disk that does not tell capitals apart.
fn folded(name: &Path) -> String {
    name.to_string_lossy().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(listed: &[Input]) -> Vec<&str> {
        listed.iter().map(|input| input.name.to_str().expect("plain")).collect()
    }

    #[test]
    fn inputs_never_share_a_name() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = |name: &str| folder.path().join(name);
        for name in ["a/AA", "b/AA", "c/aa", "d"] {
            fs::create_dir_all(path(name)).expect("made");
        }
        fs::write(path("a/x.txt"), "x").expect("written");
        fs::write(path("b/x.txt"), "x").expect("written");
        let inputs = ["a/AA", "b/AA", "c/aa", "d", "a/x.txt", "b/x.txt"].map(path);
        let (_, listed) = Inputs::of(&inputs, &path("out"));
        assert_eq!(names(&listed), ["AA", "AA (2)", "aa (3)", "d", "x.txt", "x (2).txt"]);
        assert_eq!(names(&Inputs::of(&inputs[..1], &path("out")).1), [""], "one alone needs none");
        assert_eq!(names(&Inputs::of(&inputs[4..5], &path("out")).1), ["x.txt"]);
    }

    #[test]
    fn added_inputs_meet_nothing_that_is_there() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = |name: &str| folder.path().join(name);
        for name in ["wiki/AA", "wiki/out", "more/AA", "more/BB"] {
            fs::create_dir_all(path(name)).expect("made");
        }
        fs::write(path("more/x"), "x").expect("written");
        let (mut inputs, listed) = Inputs::of(&[path("wiki")], &path("wiki/out"));
        assert_eq!(names(&listed), [""]);
        let mut add = |name: &str| inputs.add(&path(name)).map(|input| input.name);
        assert_eq!(add("more/AA"), Some("AA (2)".into()), "the first folder has an AA");
        assert_eq!(add("more/BB"), Some("BB".into()));
        assert_eq!(add("more/x"), Some("x".into()));
        for name in ["wiki", "wiki/AA", "more/AA", "more/x"] {
            assert_eq!(add(name), None, "{name} is in the list");
        }
        assert_eq!(add("wiki/out"), Some("out (2)".into()), "the scan left it out");
    }
}
