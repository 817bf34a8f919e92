//! What a person chose, kept between starts, and validated once into a [`Job`].
//!
//! A readable TOML file in the system's place for settings. Damage never stops the program: what
//! cannot be read is replaced by the default, value by value.

mod keeper;
mod recent;

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::storage::small_file;
use crate::engine::{Choices, Job, Workers, default_output};
use crate::text::{Lang, system_language};

pub use keeper::Keeper;
pub use recent::{Recent, remember, seconds};

/// As typed and clicked; may hold a folder that is gone or more workers than this machine allows.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// `None` follows the system.
    pub lang: Option<Lang>,
    /// Light, dark, or as the system.
    pub theme: Theme,
    /// `None` means all cores.
    pub workers: Option<usize>,
    /// What the workbooks are to be like.
    #[serde(flatten)]
    pub choices: Choices,
    /// The input folders and files last chosen, offered again at the next start.
    pub inputs: Vec<PathBuf>,
    /// Added to them: see [`Job::added`].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub added: Vec<PathBuf>,
    /// `None` means beside the input.
    pub output: Option<PathBuf>,
    /// No notification at the end of a long run.
    pub silent: bool,
    /// Inputs used lately, the last one first.
    pub recent: Vec<Recent>,
    /// The window at its last close.
    pub window: Window,
}

/// The colours of the window.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// As the system has them.
    #[default]
    System,
    /// Dark letters on light ground.
    Light,
    /// Light letters on dark ground.
    Dark,
}

/// The window at its last close: its inner size in points, and how it is divided.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Window {
    /// In points.
    pub width: f32,
    /// In points.
    pub height: f32,
    /// It filled the screen.
    pub maximized: bool,
    /// The list's part of the width, the rest is the pane's beside it.
    pub split: f32,
    /// The pane with preview and details is open.
    pub pane: bool,
}

impl Default for Window {
    fn default() -> Self {
        Self { width: 1200.0, height: 780.0, maximized: false, split: 0.575, pane: true }
    }
}

impl Settings {
    /// Forgets an earlier input, or all of them.
    pub fn forget_recent(&mut self, at: Option<usize>) {
        match at {
            Some(at) if at < self.recent.len() => drop(self.recent.remove(at)),
            Some(_) => {}
            None => self.recent.clear(),
        }
    }

    /// `settings.toml` in the system's folder for settings; `SHEETMILL_SETTINGS` names another file.
    #[must_use]
    pub fn file() -> Option<PathBuf> {
        if let Some(file) = std::env::var_os("SHEETMILL_SETTINGS") {
            return Some(file.into());
        }
        directories::ProjectDirs::from("", "", "sheetmill").map(|dirs| dirs.config_dir().join("settings.toml"))
    }

    /// The settings kept in `file`; defaults for what is not there or cannot be read.
    #[must_use]
    pub fn load(file: &Path) -> Self {
        fs::read_to_string(file).map(|toml| Self::parse(&toml)).unwrap_or_default()
    }

    /// Tables are taken value by value, so that one bad value does not cost the others.
    fn parse(toml: &str) -> Self {
        let mut kept = toml::Table::new();
        for (key, value) in toml.parse::<toml::Table>().unwrap_or_default() {
            let alone = toml::Table::from_iter([(key.clone(), value.clone())]);
            if alone.try_into::<Self>().is_ok() {
                kept.insert(key, value);
            }
        }
        kept.try_into().unwrap_or_default()
    }

    /// Writes the settings, as a whole or not at all, but for paths that are no text.
    ///
    /// # Errors
    /// When the file or its folder cannot be written.
    pub fn save(&self, file: &Path) -> io::Result<()> {
        let toml = toml::to_string_pretty(&self.clone().text_only()).map_err(io::Error::other)?;
        small_file::write(file, toml.as_bytes())
    }

    /// Takes out the paths that are no text (on Linux old Korean names in EUC-KR): TOML cannot hold them, and one
    /// would cost all the rest. An input used lately goes as a whole: half of it is another one.
    fn text_only(mut self) -> Self {
        let is_text = |path: &PathBuf| path.to_str().is_some();
        self.inputs.retain(is_text);
        self.added.retain(is_text);
        self.output = self.output.filter(is_text);
        self.recent.retain(|recent| recent.paths().chain(&recent.output).all(is_text));
        self
    }

    /// The number of workers chosen, as far as this machine allows it.
    #[must_use]
    pub fn workers(&self) -> Workers {
        self.workers.and_then(|count| Workers::new(count.clamp(1, Workers::most()))).unwrap_or_default()
    }

    /// The output folder chosen, or the one beside the input.
    #[must_use]
    pub fn output(&self) -> PathBuf {
        self.output.clone().unwrap_or_else(|| default_output(&self.inputs, self.choices.form))
    }

    /// What the engine is told; `None` while no input is chosen.
    #[must_use]
    pub fn job(&self) -> Option<Job> {
        (!self.inputs.is_empty()).then(|| Job {
            inputs: self.inputs.clone(),
            added: self.added.clone(),
            only: None,
            except: HashSet::new(),
            output: self.output(),
            workers: self.workers(),
            choices: self.choices.clone(),
            encodings: HashMap::new(),
            language: system_language(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Columns, Compression, EncodingName, Filter, Form, IfExists, Merge, MergeBy, Proof, Reading};

    #[test]
    fn settings_saved_come_back() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("deep/settings.toml");
        let settings = Settings {
            lang: Some(Lang::Ko),
            theme: Theme::Dark,
            workers: Some(3),
            choices: Choices {
                form: Form::Csv,
                guard: true,
                merge: Merge {
                    by: MergeBy::Folder,
                    no_origin: true,
                    ends_with_failure: true,
                    ..Merge::default().in_parts(true)
                },
                columns: Columns::parse("id,url=주소").expect("good columns"),
                filters: vec![Filter::parse("keep text contains 한국").expect("a filter")],
                reading: Reading { encoding: EncodingName::parse("cp949"), ..Reading::default() },
                if_exists: IfExists::KeepBoth,
                compression: Compression::Small,
                proof: Proof::Count,
                no_report: true,
                wrap: true,
            },
            inputs: vec!["/말뭉치/위키".into()],
            added: vec!["/말뭉치/더".into()],
            output: Some("/나온 것".into()),
            silent: true,
            recent: vec![Recent {
                inputs: vec!["/말뭉치".into(), "/b".into()],
                added: vec!["/더".into()],
                output: None,
                used: 1_795_602_517,
            }],
            window: Window { width: 900.0, height: 600.5, maximized: true, split: 0.4, pane: false },
        };
        settings.save(&file).expect("saved");
        assert_eq!(Settings::load(&file), settings);
    }

    #[cfg(unix)]
    #[test]
    fn name_that_is_no_text_does_not_cost_the_rest() {
        use std::os::unix::ffi::OsStrExt as _;

        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("settings.toml");
        let old = || PathBuf::from(std::ffi::OsStr::from_bytes(b"/\xb8\xbb\xb9\xb6\xc4\xa1"));
        let recent = |input: PathBuf, output| Recent { inputs: vec![input], added: vec![], output, used: 0 };
        let settings = Settings {
            workers: Some(3),
            inputs: vec![old(), "/말뭉치".into()],
            added: vec!["/더".into(), old()],
            output: Some(old()),
            recent: vec![recent(old(), None), recent("/a".into(), None), recent("/b".into(), Some(old()))],
            ..Settings::default()
        };
        settings.save(&file).expect("saved");
        let kept = Settings {
            inputs: vec!["/말뭉치".into()],
            added: vec!["/더".into()],
            output: None,
            recent: vec![recent("/a".into(), None)],
            ..settings
        };
        assert_eq!(Settings::load(&file), kept);
    }

    #[test]
    fn bad_value_does_not_cost_the_others() {
        let settings = Settings::parse("workers = 'many'\ntheme = 'dark'\nif_exists = 'perhaps'\nunknown = 1\n");
        assert_eq!(settings, Settings { theme: Theme::Dark, ..Settings::default() });
        assert_eq!(Settings::parse("this is no toml ["), Settings::default());
    }

    #[test]
    fn workers_beyond_the_allowed_are_bounded() {
        let settings = Settings { workers: Some(1_000_000), ..Settings::default() };
        assert_eq!(settings.workers().get(), Workers::most());
    }
}
