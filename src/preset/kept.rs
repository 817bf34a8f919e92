//! The presets in a folder, each with the file that holds it: what somebody shared is called as it likes, whatever
//! the name of the preset in it, so only the file says which one is meant.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::Preset;
use crate::engine::numbered;
use crate::storage::small_file;

/// A preset in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPreset {
    /// Where it is kept.
    pub file: PathBuf,
    /// What it holds.
    pub preset: Preset,
}

/// A preset whose file was deleted, and what stood in it, word for word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deleted {
    /// What was deleted.
    pub kept: StoredPreset,
    content: Vec<u8>,
}

impl Preset {
    /// The presets in a folder, by name; files that are none are left out, and so are those that begin with a dot,
    /// as what is still being written does.
    #[must_use]
    pub fn all_in(folder: &Path) -> Vec<StoredPreset> {
        let files = fs::read_dir(folder).into_iter().flatten().flatten();
        let files = files.filter(|entry| !entry.file_name().as_encoded_bytes().starts_with(b".")).map(|e| e.path());
        let kept = |file: PathBuf| Some(StoredPreset { preset: Self::load(&file).ok()?, file });
        let mut presets: Vec<StoredPreset> = files.filter_map(kept).collect();
        presets.sort_by(|a, b| (&a.preset.name, &a.file).cmp(&(&b.preset.name, &b.file)));
        presets
    }

    /// Writes it into `folder`: in place of the one of the same name, in whichever file that is, or into a new file
    /// called after it. Gives the file.
    ///
    /// # Errors
    /// When it cannot be written; then what was there is as it was.
    pub fn save_in(&self, folder: &Path) -> io::Result<PathBuf> {
        let same = Self::all_in(folder).into_iter().find(|kept| kept.preset.name == self.name);
        let file = same.map_or_else(|| free(&folder.join(self.file_name())), |kept| kept.file);
        small_file::write(&file, format!("# Sheetmill preset\n{}", self.to_toml()).as_bytes())?;
        Ok(file)
    }

    /// Its name with what no file system takes replaced.
    fn file_name(&self) -> String {
        let name: String =
            self.name.chars().map(|c| if c.is_alphanumeric() || " -_.()".contains(c) { c } else { '_' }).collect();
        match name.trim_matches([' ', '.']) {
            "" => "preset.toml".to_owned(),
            name => format!("{name}.toml"),
        }
    }
}

impl StoredPreset {
    /// Deletes its file.
    ///
    /// # Errors
    /// When it cannot be deleted, or not be read before: then nobody could have it back.
    pub fn delete(self) -> io::Result<Deleted> {
        let content = fs::read(&self.file)?;
        fs::remove_file(&self.file)?;
        Ok(Deleted { kept: self, content })
    }
}

impl Deleted {
    /// Writes its file again, or one beside it where another has taken its place.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn restore(&self) -> io::Result<()> {
        small_file::write(&free(&self.kept.file), &self.content)
    }
}

/// `news.toml` → `news (2).toml`, where that is taken.
fn free(file: &Path) -> PathBuf {
    let is_taken = |file: &Path| fs::symlink_metadata(file).is_ok();
    let mut names = std::iter::once(file.to_owned()).chain((2..).map(|number| numbered::file(file, number)));
    names.find(|file| !is_taken(file)).unwrap_or_else(|| file.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Columns;

    fn preset(name: &str, columns: &str) -> Preset {
        let columns = Columns::parse(columns).expect("good columns");
        Preset { name: name.into(), columns, ..Preset::default() }
    }

    fn files(folder: &Path) -> Vec<String> {
        let name = |kept: &StoredPreset| kept.file.file_name().map(|name| name.to_string_lossy().into_owned());
        Preset::all_in(folder).iter().filter_map(name).collect()
    }

    const SHARED: &str = "# from a friend\nname = \"뉴스\"\n";

    #[test]
    fn shared_file_is_deleted_and_restored_word_for_word() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("friend.toml");
        fs::write(&file, SHARED).expect("written");
        let kept = Preset::all_in(folder.path()).remove(0);
        assert_eq!((&*kept.preset.name, &kept.file), ("뉴스", &file));
        let deleted = kept.delete().expect("deleted");
        assert!(!file.exists());
        deleted.restore().expect("restored");
        assert_eq!(fs::read_to_string(&file).expect("there again"), SHARED);
        deleted.restore().expect("restored beside it");
        assert_eq!(files(folder.path()), ["friend (2).toml", "friend.toml"]);
    }

    #[test]
    fn preset_of_the_same_name_is_replaced_in_its_own_file() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("friend.toml");
        fs::write(&file, SHARED).expect("written");
        let new = preset("뉴스", "id,text");
        assert_eq!(new.save_in(folder.path()).expect("saved"), file);
        assert_eq!(Preset::all_in(folder.path()), [StoredPreset { file, preset: new }]);
    }

    #[test]
    fn names_that_make_the_same_file_name_stay_two_presets() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (one, other) = (preset("a/b", "id"), preset("a_b", "text"));
        for preset in [&one, &other, &one, &other] {
            preset.save_in(folder.path()).expect("saved");
        }
        assert_eq!(files(folder.path()), ["a_b.toml", "a_b (2).toml"]);
        assert_eq!(Preset::all_in(folder.path()).into_iter().map(|kept| kept.preset).collect::<Vec<_>>(), [one, other]);
    }

    #[test]
    fn file_being_written_is_no_preset_and_a_name_of_dots_makes_one() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::write(folder.path().join(".sheetmill-1.tmp"), SHARED).expect("written");
        preset("..", "id").save_in(folder.path()).expect("saved");
        assert_eq!(files(folder.path()), ["preset.toml"]);
    }
}
