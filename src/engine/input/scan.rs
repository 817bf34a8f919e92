//! Folder → source files, in natural order (`file_2` before `file_10`), found one by one so that
//! work can begin before the list is complete.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::{DirEntry, WalkDir};

use super::archive::{self, ArchiveItem, Listed};
use super::inputs::Input;
use super::source_file::SourceFile;
use crate::engine::error::left_out::LeftOut;
use crate::engine::error::{RunError, ScanError};
use crate::engine::job::numbered;
use crate::engine::stop::{StopToken, Stopped};

/// What a scan finds.
pub enum ScanItem {
    File(SourceFile),
    /// A folder or link that cannot be read, and why.
    PassedOver(PathBuf, ScanError),
    /// What is no source file, and why.
    LeftOut(PathBuf, LeftOut),
    /// No file: the folder or archive that is looked into next.
    Entered(PathBuf),
}

/// Where finished files go, and how they are known.
pub struct Finished<'a> {
    /// The output folder.
    pub folder: &'a Path,
    /// What their names end with, without the point; `None` where that says little.
    pub extension: Option<&'a str>,
    /// True for a finished file of our own making.
    pub is_ours: &'a dyn Fn(&Path) -> bool,
}

/// Walks all `inputs` at any depth. Left out are hidden files, what systems strew about, the output
/// folder where it lies below an input, and finished files of our own making: all but these are told. Symlinks are
/// followed, loops are passed over.
///
/// # Errors
/// When an input itself cannot be read, or the scan is stopped (`Ok(Err(Stopped))`).
pub fn scan(
    inputs: &[Input],
    finished: &Finished,
    stop: &StopToken,
    mut found: impl FnMut(ScanItem),
) -> Result<Result<(), Stopped>, RunError> {
    let output = fs::canonicalize(finished.folder).ok();
    for Input { path: input, name: prefix } in inputs {
        let about = fs::metadata(input).map_err(|source| RunError::Input { path: input.clone(), source })?;
        if about.is_file() {
            let file = SourceFile::at(input.as_path(), prefix, about.len());
            if file_or_members(file, output.as_deref(), stop, &mut found).is_err() {
                return Ok(Err(Stopped));
            }
            continue;
        }
        found(ScanItem::Entered(input.clone()));
        fs::read_dir(input).map_err(|source| RunError::Input { path: input.clone(), source })?;
        // where people write into the input folder itself, its own workbooks are told by their stamp
        let apart = output.as_deref().filter(|output| fs::canonicalize(input).is_ok_and(|input| input != **output));
        let mut walk = WalkDir::new(input)
            .follow_links(true)
            .min_depth(1)
            .sort_by(|a, b| archive::in_order(a.file_name(), b.file_name()))
            .into_iter();
        let mut folders = Folders::default();
        while let Some(entry) = walk.next() {
            // a pause holds the workers; what there is to do can be seen meanwhile
            if stop.is_stopped() {
                return Ok(Err(Stopped));
            }
            let entry = entry.map_err(|error| (error.path().map(Path::to_path_buf), ScanError::from(error)));
            let item = match entry {
                Ok(entry) if is_output(&entry, apart) => {
                    walk.skip_current_dir();
                    if sources_in_output(entry.path(), finished, stop, &mut found).is_err() {
                        return Ok(Err(Stopped));
                    }
                    None
                }
                Ok(entry) => match left_out(&entry) {
                    Some(why) => {
                        if entry.file_type().is_dir() {
                            walk.skip_current_dir();
                        }
                        Some(ScanItem::LeftOut(entry.into_path(), why))
                    }
                    None if entry.file_type().is_dir() => Some(ScanItem::Entered(entry.into_path())),
                    None => source_file(&entry, input, prefix, finished.is_ours, &mut folders),
                },
                Err((path, why)) => Some(ScanItem::PassedOver(path.unwrap_or_else(|| input.clone()), why)),
            };
            match item {
                Some(ScanItem::File(file)) => {
                    let told = file_or_members(file, output.as_deref(), stop, &mut found);
                    if told.is_err() {
                        return Ok(Err(Stopped));
                    }
                }
                Some(item) => found(item),
                None => {}
            }
        }
    }
    Ok(if stop.is_stopped() { Err(Stopped) } else { Ok(()) })
}

fn source_file(
    entry: &DirEntry,
    input: &Path,
    prefix: &Path,
    is_ours: &dyn Fn(&Path) -> bool,
    folders: &mut Folders,
) -> Option<ScanItem> {
    if is_ours(entry.path()) {
        return None;
    }
    Some(match entry.metadata() {
        Ok(about) => {
            let below = entry.path().strip_prefix(input).unwrap_or(entry.path());
            ScanItem::File(folders.file(entry.path(), prefix.join(below), about.len()))
        }
        Err(error) => ScanItem::PassedOver(entry.path().to_owned(), error.into()),
    })
}

/// The folder that the walk was in last, shared by the files in it.
#[derive(Default)]
struct Folders(Option<Arc<Path>>);

impl Folders {
    fn file(&mut self, path: &Path, name: PathBuf, bytes: u64) -> SourceFile {
        let Some(folder) = path.parent().filter(|_| path.file_name() == name.file_name()) else {
            return SourceFile::at(path, name, bytes);
        };
        let shared = self.0.take().filter(|last| **last == *folder).unwrap_or_else(|| folder.into());
        SourceFile::in_folder(self.0.insert(shared), name, bytes)
    }
}

/// An archive is told member by member, whatever else by itself.
fn file_or_members(
    file: SourceFile,
    output: Option<&Path>,
    stop: &StopToken,
    found: &mut impl FnMut(ScanItem),
) -> Result<(), Stopped> {
    if !archive::is_named_like_one(&file.name) {
        found(ScanItem::File(file));
        return Ok(());
    }
    let archive: Arc<Path> = file.path().into();
    found(ScanItem::Entered(archive.to_path_buf()));
    // written into the input folder itself, its workbooks need a folder of another name
    let is_taken = output.is_some_and(|output| output.join(&file.name).is_file());
    let folder = if is_taken { numbered::folder(&file.name, 2) } else { file.name.clone() };
    let mut tell = |item: ArchiveItem| match item {
        ArchiveItem::Member(Listed { path, bytes, member }) => {
            let name = if path.as_os_str().is_empty() { file.name.clone() } else { folder.join(path) };
            found(ScanItem::File(SourceFile::member(&archive, name, bytes, member)));
        }
        ArchiveItem::LeftOut(path, why) => found(ScanItem::LeftOut(archive.join(path), why)),
    };
    match archive::list(&archive, stop, &mut tell) {
        Ok(true) => Ok(()),
        Err(error) if Stopped::is(&error) => Err(Stopped),
        // no archive, or one that its own conversion will fail to read by name
        Ok(false) | Err(_) => {
            found(ScanItem::File(file));
            Ok(())
        }
    }
}

/// Why something in a folder is no source file, and not looked into.
fn left_out(entry: &DirEntry) -> Option<LeftOut> {
    let kind = entry.file_type();
    let by_name = LeftOut::by_name(&entry.file_name().to_string_lossy());
    by_name
        .or_else(|| has_hidden_mark(entry).then_some(LeftOut::Hidden))
        .or_else(|| (!kind.is_dir() && !kind.is_file()).then_some(LeftOut::NotRegular)) // it would never end
}

/// Tells what in the output folder may be somebody's source files: all but hidden ones and those that are called like
/// finished ones, whose stamps are not looked at, since there may be as many as source files.
fn sources_in_output(
    folder: &Path,
    finished: &Finished,
    stop: &StopToken,
    found: &mut impl FnMut(ScanItem),
) -> Result<(), Stopped> {
    let walk = WalkDir::new(folder).follow_links(true).min_depth(1).into_iter();
    for entry in walk.filter_entry(|entry| left_out(entry).is_none()).flatten() {
        stop.checkpoint()?;
        let is_finished = finished.extension.is_some_and(|ours| entry.path().extension().is_some_and(|of| of == ours));
        if entry.file_type().is_file() && !is_finished && !(finished.is_ours)(entry.path()) {
            found(ScanItem::LeftOut(entry.into_path(), LeftOut::InOutput));
        }
    }
    Ok(())
}

#[cfg(windows)]
fn has_hidden_mark(entry: &DirEntry) -> bool {
    use std::os::windows::fs::MetadataExt;
    const HIDDEN: u32 = 2; // FILE_ATTRIBUTE_HIDDEN
    entry.metadata().is_ok_and(|about| about.file_attributes() & HIDDEN != 0)
}

#[cfg(not(windows))]
fn has_hidden_mark(_: &DirEntry) -> bool {
    false
}

fn is_output(entry: &DirEntry, output: Option<&Path>) -> bool {
    output.is_some_and(|output| {
        entry.file_type().is_dir()
            && entry.file_name() == output.file_name().unwrap_or_default()
            && fs::canonicalize(entry.path()).is_ok_and(|path| path == output)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn into(folder: &Path) -> Finished<'_> {
        Finished { folder, extension: Some("xlsx"), is_ours: &|_| false }
    }

    #[test]
    fn stop_in_the_middle_of_an_archive_is_no_fault_of_it() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let archive = folder.path().join("a.tar");
        fs::write(&archive, [0; 1024]).expect("written");
        let scan = |stop: &StopToken| {
            let mut found = 0;
            let input = Input { path: archive.clone(), name: "a.tar".into() };
            let scanned = scan(&[input], &into(folder.path()), stop, |what| {
                found += u32::from(!matches!(what, ScanItem::Entered(_)));
            });
            (scanned.expect("readable"), found)
        };
        assert_eq!(scan(&StopToken::default()), (Ok(()), 1));
        let stop = StopToken::default();
        stop.stop();
        assert_eq!(scan(&stop), (Err(Stopped), 0));
    }

    #[test]
    fn files_of_a_folder_share_it() {
        let mut folders = Folders::default();
        let files = ["/in/AA/x", "/in/AA/y", "/in/AB/x"].map(|path| folders.file(Path::new(path), path.into(), 1));
        assert_eq!(folders.0.as_ref().map(Arc::strong_count), Some(2), "the last one is alone in its folder");
        let again = [folders.file(Path::new("/in/AB/y"), "AB/y".into(), 1)];
        assert_eq!(folders.0.as_ref().map(Arc::strong_count), Some(3));
        let paths: Vec<PathBuf> = files.iter().chain(&again).map(SourceFile::path).collect();
        assert_eq!(paths, ["/in/AA/x", "/in/AA/y", "/in/AB/x", "/in/AB/y"].map(PathBuf::from));
    }

    #[test]
    fn folder_is_told_before_it_is_looked_into() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir_all(folder.path().join("a/b")).expect("made");
        fs::write(folder.path().join("a/b/file"), "x").expect("written");
        fs::create_dir_all(folder.path().join(".hidden")).expect("made");
        let mut told = Vec::new();
        let output = folder.path().join("out");
        let scanned = scan(
            &[Input { path: folder.path().to_owned(), name: PathBuf::new() }],
            &into(&output),
            &StopToken::default(),
            |found| match found {
                ScanItem::Entered(path) | ScanItem::PassedOver(path, _) | ScanItem::LeftOut(path, _) => told.push(path),
                ScanItem::File(file) => told.push(file.path()),
            },
        );
        assert_eq!(scanned.expect("readable"), Ok(()));
        assert_eq!(
            told,
            ["", ".hidden", "a", "a/b", "a/b/file"].map(|below| folder
                .path()
                .join(below)
                .components()
                .collect::<PathBuf>())
        );
    }
}
