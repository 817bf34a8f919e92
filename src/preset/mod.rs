//! A preset: how files are read and which columns they give, under a name, as a readable TOML file that
//! people share and give to the terminal.

mod kept;
mod keys;

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::engine::{Choices, Columns, Filter, Reading};

pub use kept::{Deleted, StoredPreset};

/// The largest file that is read, in bytes: a line a column, and a workbook has 16,384 of them.
const LARGEST: u64 = 1 << 20;

/// All that a preset holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub struct Preset {
    /// What people call it.
    pub name: String,
    /// Which records become rows, a line each: `keep text contains 한국`. A list's path that is not whole is taken from
    /// the preset's folder on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<Filter>,
    /// How files are read.
    pub reading: Reading,
    /// Which columns they give.
    #[serde(skip_serializing_if = "Columns::is_auto")]
    pub columns: Columns,
}

/// Why a preset cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PresetError {
    /// The file is not there or cannot be read.
    #[error("{}: {source}", path.display())]
    Read {
        /// The preset's file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// It is larger than any preset, and was not read to its end, where it has one.
    #[error("{}: larger than any preset", path.display())]
    TooLarge {
        /// The preset's file.
        path: PathBuf,
    },
    /// It says something that no preset says: a misspelt key.
    #[error("{}, line {line}: no preset has the key {key}", path.display())]
    UnknownKey {
        /// The preset's file.
        path: PathBuf,
        /// Where, from 1.
        line: usize,
        /// The key.
        key: String,
    },
    /// It is no preset.
    #[error("{}: {why}", path.display())]
    Bad {
        /// The preset's file.
        path: PathBuf,
        /// What is wrong, with its line.
        why: String,
    },
}

impl Preset {
    /// What of these choices a preset holds, under a name.
    #[must_use]
    pub fn of(name: String, choices: &Choices) -> Self {
        let Choices { reading, columns, filters, .. } = choices.clone();
        Self { name, filters, reading, columns }
    }

    /// Puts what the preset holds in the place of what was chosen.
    pub fn put_into(&self, choices: &mut Choices) {
        choices.reading.clone_from(&self.reading);
        choices.columns.clone_from(&self.columns);
        choices.filters.clone_from(&self.filters);
    }

    /// The folder where the window keeps presets, beside the settings.
    #[must_use]
    pub fn folder(settings: &Path) -> PathBuf {
        settings.with_file_name("presets")
    }

    /// Reads one; its name is the file's where it has none.
    ///
    /// # Errors
    /// When the file cannot be read or is no preset.
    pub fn load(file: &Path) -> Result<Self, PresetError> {
        let path = file.to_owned();
        let mut toml = String::new();
        let read = File::open(file).and_then(|file| file.take(LARGEST + 1).read_to_string(&mut toml));
        if read.is_ok() && toml.len() as u64 > LARGEST {
            return Err(PresetError::TooLarge { path });
        }
        read.map_err(|source| PresetError::Read { path: path.clone(), source })?;
        let mut preset: Self = toml::from_str(&toml)
            .map_err(|error| PresetError::Bad { path: path.clone(), why: error.to_string().trim().to_owned() })?;
        if let Some((line, key)) = keys::unknown(&toml) {
            return Err(PresetError::UnknownKey { path, line, key });
        }
        let folder = std::path::absolute(file).unwrap_or_default();
        let folder = folder.parent().unwrap_or(Path::new(""));
        preset.filters = preset.filters.into_iter().map(|filter| filter.from_folder(folder)).collect();
        if preset.name.is_empty() {
            preset.name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        }
        Ok(preset)
    }

    /// The preset as the text of its file.
    #[must_use]
    pub fn to_toml(&self) -> String {
        toml::to_string_pretty(self).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::engine::{Column, EncodingName, FormatKind, Options, Origin, RecordSelector, Tags};

    #[test]
    fn preset_saved_is_read_as_it_was() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let column = |from, options| Column { from, header: Some("제목".into()), options };
        let preset = Preset {
            name: "뉴스/2024".into(),
            filters: ["keep text contains \"한국\"", "drop duplicates:id", "sample 10% seed 7"]
                .map(|line| Filter::parse(line).expect("a filter"))
                .into(),
            reading: Reading {
                format: Some(FormatKind::Trec),
                encoding: EncodingName::parse("cp949"),
                record: RecordSelector::parse("div.post"),
                tags: Tags::Keep,
            },
            columns: Columns::chosen(vec![
                Column::field("id"),
                column(Origin::Select("h1 a@href".into()), Options { trim: true, ..Options::default() }),
            ])
            .expect("good columns"),
        };
        let file = preset.save_in(folder.path()).expect("saved");
        assert_eq!(file.file_name().and_then(|name| name.to_str()), Some("뉴스_2024.toml"));
        assert_eq!(Preset::load(&file).expect("read"), preset);
        assert_eq!(Preset::all_in(folder.path()), [StoredPreset { file, preset }]);
    }

    #[test]
    fn preset_by_hand_is_read_and_a_wrong_one_refused_with_its_line() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("mine.toml");
        let write = |toml: &str| fs::write(&file, toml).expect("written");
        write("[[columns]]\nfield = \"title\"\nheader = \"T\"\ntrim = true\n\n[[columns]]\nplace = \"file\"\n");
        let preset = Preset::load(&file).expect("read");
        let headers: Vec<_> = preset.columns.as_chosen().expect("chosen").iter().map(Column::header).collect();
        assert_eq!((preset.name.as_str(), headers), ("mine", vec!["T", "file"]));
        write("filters = [\"keep id in ids.txt\"]");
        let lists = Preset::load(&file).expect("read").filters;
        assert_eq!(lists[0].list(), Some(&*folder.path().join("ids.txt")), "beside the preset");
        for wrong in [
            "colums = 1",
            "[reading]\nencoding = \"klingon\"",
            "[reading]\nrecord = \"div[\"",
            "[[columns]]\nheader = \"x\"",
            "filters = [\"keep text contanis x\"]",
            "filters = [\"keep text matches a(\"]",
        ] {
            write(wrong);
            assert!(matches!(Preset::load(&file), Err(PresetError::Bad { .. })), "{wrong}");
        }
        write("[reading]\nencodng = \"cp949\"");
        assert!(matches!(Preset::load(&file), Err(PresetError::UnknownKey { line: 2, .. })));
    }

    /// 56 MB took 3.3 GB, and `/dev/zero` has no end.
    #[test]
    fn preset_larger_than_any_is_not_read_to_its_end() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("large.toml");
        fs::write(&file, "# x\n".repeat(300_000)).expect("written");
        assert!(matches!(Preset::load(&file), Err(PresetError::TooLarge { .. })));
        if cfg!(unix) {
            assert!(matches!(Preset::load(Path::new("/dev/zero")), Err(PresetError::TooLarge { .. })));
        }
    }
}
