//! The encodings of the files beside a file: a few of its folder, or of its folder in an archive, decide once
//! for all unsure files in it.
//!
//! Which of them are asked depends on their names alone, never on which worker comes first, so that the same
//! folder is read in the same way whatever the number of workers.

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::fs::{self, DirEntry};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::SystemTime;

use super::archive::{self, ArchiveItem, Listed};
use super::encoding::{Shares, Surroundings, Voice, Voices};
use super::open::Opener;
use super::sniff::{self, Sniffed};
use super::source_file::SourceFile;
use crate::engine::error::Halt;
use crate::engine::error::left_out::LeftOut;
use crate::engine::job::system_language::SystemLanguage;
use crate::engine::stop::StopToken;

/// So many neighbours are asked.
const ASKED: usize = 16;
/// Names kept of a folder, for some may be no files, or new.
const NAMES: usize = 4 * ASKED;
/// Bytes looked at of each.
const HEAD: u64 = 16 << 10;
/// Folders of which is known what their neighbours say; beyond that they are asked again.
const FOLDERS: usize = 4096;
/// A compressed archive is looked into no further than this.
const PACKED: u64 = 4 << 20;

/// What the files of a run know of each other; shared by all workers.
#[derive(Clone)]
pub struct Neighbours(Arc<Known>);

struct Known {
    language: Option<SystemLanguage>,
    /// Files that are newer are what a run has written.
    since: SystemTime,
    folders: Cache<Voices>,
    archives: Cache<HashMap<PathBuf, Vec<SourceFile>>>,
}

type Cache<T> = Mutex<HashMap<PathBuf, Arc<OnceLock<Arc<T>>>>>;

impl fmt::Debug for Neighbours {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "Neighbours({:?})", self.0.language)
    }
}

impl Neighbours {
    /// Nothing known yet, on a system of this language.
    #[must_use]
    pub fn new(language: Option<SystemLanguage>) -> Self {
        let (folders, archives) = (Mutex::default(), Mutex::default());
        Self(Arc::new(Known { language, since: SystemTime::now(), folders, archives }))
    }

    /// The surroundings of `source`.
    #[must_use]
    pub fn of(&self, source: &SourceFile, stop: &StopToken) -> Arc<dyn Surroundings> {
        Arc::new(Beside { neighbours: self.clone(), source: source.clone(), stop: stop.clone() })
    }

    /// What the files beside `source` say.
    fn shares(&self, source: &SourceFile, stop: &StopToken) -> Shares {
        let path = source.path();
        let above = |path: &Path| path.parent().unwrap_or(path).to_owned();
        let folder = if source.member.is_some() { path.join(above(&source.name)) } else { above(&path) };
        let voices = cached(&self.0.folders, folder.clone(), || {
            let files = match source.member {
                Some(_) => self.members(&path, &above(&source.name), source, stop),
                None => self.files(&folder),
            };
            let voices = files.iter().filter_map(|file| Some((file.file_name(), voice(file, stop)?)));
            Voices::new(voices.collect(), self.0.language)
        });
        voices.shares_without(&source.file_name())
    }

    /// Some files of a folder.
    fn files(&self, folder: &Path) -> Vec<SourceFile> {
        let mut some = Sample::default();
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let path = Path::new(&name);
            let is_none = LeftOut::by_name(&name.to_string_lossy()).is_some()
                || archive::is_named_like_one(path)
                || path.extension().is_some_and(|extension| extension == "xlsx" || extension == "parquet")
                || entry.file_type().is_ok_and(|kind| kind.is_dir());
            if !is_none {
                some.add(&name.to_string_lossy(), NAMES, || entry);
            }
        }
        let folder: Arc<Path> = folder.into();
        let file = |entry: DirEntry| {
            let about = fs::metadata(entry.path()).ok().filter(fs::Metadata::is_file)?;
            let is_old = about.modified().map_or(true, |time| time <= self.0.since);
            is_old.then(|| SourceFile::in_folder(&folder, PathBuf::from(entry.file_name()), about.len()))
        };
        some.into_iter().filter_map(file).take(ASKED).collect()
    }

    /// Some members of a folder of the archive at `path`, in which `source` stands.
    fn members(&self, path: &Path, folder: &Path, source: &SourceFile, stop: &StopToken) -> Vec<SourceFile> {
        let all = cached(&self.0.archives, path.to_owned(), || {
            let archive: Arc<Path> = path.into();
            let mut folders: HashMap<PathBuf, Sample<SourceFile>> = HashMap::new();
            let enough = stop.below();
            let is_packed = source.member.as_ref().is_some_and(|member| member.is_packed());
            let mut passed = 0;
            let listed = archive::list(path, &enough, &mut |item| {
                let ArchiveItem::Member(Listed { path, bytes, member }) = item else { return };
                // to come to a packed member takes all before it: those at the beginning speak for all
                let folder = path.parent().filter(|_| !is_packed).map(Path::to_owned).unwrap_or_default();
                if folders.len() < FOLDERS || folders.contains_key(&folder) {
                    let name = path.to_string_lossy().into_owned();
                    let file = || SourceFile::member(&archive, path, bytes, member);
                    folders.entry(folder).or_default().add(&name, ASKED, file);
                }
                passed += bytes;
                if is_packed && passed > PACKED {
                    enough.stop();
                }
            });
            drop(listed); // what was found till then is enough; its own conversion names what is wrong
            folders.into_iter().map(|(folder, some)| (folder, some.into_iter().collect())).collect()
        });
        // names in a list go on below the archive's
        let is_it = |of: &&PathBuf| folder.ends_with(of.as_path());
        let longest = all.keys().filter(is_it).max_by_key(|folder| folder.as_os_str().len());
        longest.and_then(|folder| all.get(folder)).cloned().unwrap_or_default()
    }
}

fn cached<T>(cache: &Cache<T>, key: PathBuf, make: impl FnOnce() -> T) -> Arc<T> {
    let cell = {
        let mut known = cache.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= FOLDERS && !known.contains_key(&key) {
            known.clear();
        }
        Arc::clone(known.entry(key).or_default())
    };
    Arc::clone(cell.get_or_init(|| Arc::new(make()))) // others of the folder wait for the first
}

/// Those of many whose names have the lowest checksums: the same ones in whatever order they come, and spread
/// over all.
struct Sample<T> {
    order: BTreeSet<(u32, String)>,
    kept: HashMap<String, T>,
}

impl<T> Default for Sample<T> {
    fn default() -> Self {
        Self { order: BTreeSet::new(), kept: HashMap::new() }
    }
}

impl<T> Sample<T> {
    fn add(&mut self, name: &str, most: usize, item: impl FnOnce() -> T) {
        let checksum = crc32fast::hash(name.as_bytes());
        if self.order.len() >= most && self.order.last().is_some_and(|(last, _)| *last < checksum) {
            return;
        }
        self.order.insert((checksum, name.to_owned()));
        self.kept.insert(name.to_owned(), item());
        if self.order.len() > most
            && let Some((_, last)) = self.order.pop_last()
        {
            self.kept.remove(&last);
        }
    }

    fn into_iter(mut self) -> impl Iterator<Item = T> {
        self.order.into_iter().filter_map(move |(_, name)| self.kept.remove(&name))
    }
}

/// What the first bytes of a neighbour say; what cannot be read says nothing, and has its own outcome.
fn voice(file: &SourceFile, stop: &StopToken) -> Option<Voice> {
    let read = || -> Result<Vec<u8>, Halt> {
        let mut head = Vec::new();
        Opener::alone(file, stop).open()?.limited(HEAD).read_to_end(&mut head)?;
        Ok(head)
    };
    let head = read().ok()?;
    let is_open = sniff::sniff(&head) == Sniffed::Undecided;
    is_open.then(|| Voice::of(&head, sniff::declared(&head)))?
}

/// The surroundings of one file.
struct Beside {
    neighbours: Neighbours,
    source: SourceFile,
    stop: StopToken,
}

impl Surroundings for Beside {
    fn language(&self) -> Option<SystemLanguage> {
        self.neighbours.0.language
    }

    fn shares(&self) -> Shares {
        self.neighbours.shares(&self.source, &self.stop)
    }
}
