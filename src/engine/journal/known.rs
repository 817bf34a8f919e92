//! What a journal knows of the finished files in its folder, and whose the file is that stands under a name.

use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::hash::{BuildHasher as _, RandomState};
use std::io;
use std::num::{NonZeroI64, NonZeroU64};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::entry::{Entry, FileEntry, MadeEntry, MergedEntry, Verdict};
use crate::engine::error::Cause;
use crate::engine::notes::NoteKind;
use crate::engine::output::OutputForm;
use crate::engine::output::stamp::{self, changed};
use crate::engine::stop::StopToken;

/// What was noted where something was lost: `(kind, places, sum)`.
type Losses = Box<[(NoteKind, u64, u64)]>;

/// What is known of a finished file from an earlier run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Its size, in bytes.
    pub bytes: u64,
    /// Its time of change, in nanoseconds since 1970.
    pub changed: i128,
    /// When anything about its source was changed last, where that is known.
    pub inode_changed: Option<NonZeroI64>,
    /// The first half of its source's digest, where that is known: there may be a million of these.
    source_digest: Option<NonZeroU64>,
    /// What was noted when it was made, where something was lost.
    losses: Option<Losses>,
    /// What it remembers of its making, where its form has no place for that.
    remembers: Option<Box<Remembered>>,
    /// Only that it was about to get its name is known of it; this is what had that name before.
    before: Option<Box<Option<Self>>>,
}

/// What is known of the finished files of a merge.
#[derive(Debug, Clone)]
pub struct Merged {
    /// By what they are known again.
    pub stamp: String,
    /// Names of the parts below the output folder, in their order.
    pub parts: Vec<PathBuf>,
    /// Source files could not be read to their ends.
    pub has_failures: bool,
    /// Names of source files that are left out for what they are.
    pub without_records: HashSet<String>,
}

/// A stamp, the choices of which all files of a run share, and what tells whether the file is still the one it is of.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Remembered {
    source: Box<str>,
    choices: Arc<str>,
    /// A checksum of the header and the digest of all cells, where they were read back.
    holds: Option<(u32, Box<str>)>,
}

fn checksum(header: &[String]) -> u32 {
    crc32fast::hash(header.join("\0").as_bytes())
}

impl Made {
    /// The file stands there as it was made.
    #[must_use]
    pub fn is_as_made(&self, about: &fs::Metadata) -> bool {
        self.bytes == about.len() && self.changed == changed(about)
    }

    /// Whether its source held what a file of this digest holds; `None` where that was not kept.
    #[must_use]
    pub fn is_of(&self, digest: &str) -> Option<bool> {
        self.source_digest.map(|kept| Some(kept) == half(digest))
    }

    fn before(&self) -> Option<&Self> {
        self.before.as_deref().and_then(Option::as_ref)
    }

    /// What was noted when the file that stands there was made, where something was lost.
    #[must_use]
    pub fn losses(&self) -> Option<&[(NoteKind, u64, u64)]> {
        self.losses.as_deref().or_else(|| self.before()?.losses.as_deref())
    }

    /// It holds what it held, though its time is another: it was copied, or lies on a disk of coarser times.
    fn holds_the_same(&self, form: &dyn OutputForm, target: &Path, about: &fs::Metadata) -> bool {
        let Some((header, digest)) = self.remembers.as_ref().and_then(|remembered| remembered.holds.as_ref()) else {
            return false;
        };
        let read = || form.read_back(&File::open(target).ok()?, &StopToken::default()).ok();
        about.is_file()
            && self.bytes == about.len()
            && read().is_some_and(|found| checksum(&found.header) == *header && *found.digest == **digest)
    }
}

/// The stamp of the finished file at `target`, wherever its form keeps it; `made` is what the journal knows of it. A
/// journal's stamp is that of the file which was made: of one that somebody has changed since there is none.
#[must_use]
pub fn stamp_at(form: &dyn OutputForm, made: Option<&Made>, target: &Path) -> Option<String> {
    if form.keeps_stamp() {
        return form.stamp_at(target);
    }
    let (made, about) = (made?, fs::metadata(target).ok()?);
    let kept = |made: &Made| {
        let Remembered { source, choices, .. } = &**made.remembers.as_ref()?;
        let is_it = made.is_as_made(&about) || made.holds_the_same(form, target, &about);
        is_it.then(|| format!("{source}{choices}"))
    };
    kept(made).or_else(|| kept(made.before()?))
}

/// What is known of all finished files of a folder, each by a number that its name gives.
#[derive(Debug, Default)]
pub struct Known {
    made: HashMap<u64, Made>,
    /// What many source files were merged into.
    merged: HashMap<u64, Merged>,
    /// What was lost of source files whose rows stand in such a file, by their names.
    lost: HashMap<u64, Losses>,
    /// The choices of the file before: most have the same.
    choices: Arc<str>,
    hashes: RandomState,
}

impl Known {
    /// What the journal of this folder knows, which nobody need have locked; nothing where there is none.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn of(output: &Path) -> io::Result<Self> {
        let mut known = Self::default();
        super::read(output, |entry| known.take(entry))?;
        Ok(known)
    }

    /// Takes in an entry that is newer than those before.
    pub(super) fn take(&mut self, entry: Entry) {
        let mut of_source = (None, None);
        let (made, losses, is_coming) = match entry {
            Entry::Coming(made) => (made, None, true),
            Entry::Merged(merged) => {
                self.take_merged(merged);
                return;
            }
            Entry::File(file) => {
                if file.merged_into.is_some() {
                    let name = self.hashes.hash_one(file.name.as_str());
                    if file.verdict == Verdict::MadeWithLosses {
                        self.lost.insert(name, file.notes.into());
                    } else {
                        self.lost.remove(&name);
                    }
                    return;
                }
                of_source = (file.inode_changed, file.source_digest.as_deref().and_then(half));
                let FileEntry { made: Some(made), verdict, notes, .. } = *file else { return };
                (made, (verdict == Verdict::MadeWithLosses).then(|| notes.into()), false)
            }
            Entry::Same(same) => {
                if let Some(made) = self.made.get_mut(&self.hashes.hash_one(same.made.as_path())) {
                    made.inode_changed = NonZeroI64::new(same.inode_changed);
                }
                return;
            }
            _ => return,
        };
        self.take_made(made, losses, is_coming, of_source);
    }

    fn take_made(
        &mut self,
        made: MadeEntry,
        losses: Option<Losses>,
        is_coming: bool,
        of_source: (Option<i64>, Option<NonZeroU64>),
    ) {
        let MadeEntry { name, bytes, changed, header, digest, stamp } = made;
        let remembers = stamp.map(|stamp| {
            let (source, choices) = stamp::parts(&stamp);
            let choices = if is_coming { "" } else { choices }; // no choices are these: it is made anew
            if *self.choices != *choices {
                self.choices = choices.into();
            }
            let holds = digest.map(|digest| (checksum(&header), digest.into()));
            Box::new(Remembered { source: source.into(), choices: Arc::clone(&self.choices), holds })
        });
        let name = self.hashes.hash_one(name.as_path());
        let before = is_coming.then(|| {
            let known = self.made.remove(&name);
            match known {
                Some(Made { before: Some(before), .. }) => before,
                known => Box::new(known),
            }
        });
        let (inode_changed, source_digest) = (of_source.0.and_then(NonZeroI64::new), of_source.1);
        let made = Made { bytes, changed, inode_changed, source_digest, losses, remembers, before };
        self.made.insert(name, made);
    }

    fn take_merged(&mut self, merged: MergedEntry) {
        let MergedEntry { name, stamp, parts, without_records, failures, .. } = merged;
        let names = parts.iter().map(|part| part.made.name.clone()).collect();
        for part in parts {
            self.take_made(part.made, None, false, (None, None));
        }
        let without_records = without_records.into_iter().collect();
        let merged = Merged { stamp, parts: names, has_failures: failures > 0, without_records };
        self.merged.insert(self.hashes.hash_one(name.as_path()), merged);
    }

    /// What was merged under this name below the output folder.
    #[must_use]
    pub fn merged(&self, name: &Path) -> Option<&Merged> {
        self.merged.get(&self.hashes.hash_one(name))
    }

    /// What was lost of the source file of this name in the list, whose rows stand in a merged file.
    #[must_use]
    pub fn lost(&self, name: &str) -> Option<&[(NoteKind, u64, u64)]> {
        self.lost.get(&self.hashes.hash_one(name)).map(|lost| &**lost)
    }

    /// The finished file of this name below the output folder.
    #[must_use]
    pub fn made(&self, name: &Path) -> Option<&Made> {
        self.made.get(&self.hashes.hash_one(name))
    }
}

/// The first half of a digest, which is never 0 but for one in 2⁶⁴.
fn half(digest: &str) -> Option<NonZeroU64> {
    digest.get(..16).and_then(|digits| u64::from_str_radix(digits, 16).ok()).and_then(NonZeroU64::new)
}

/// Whose file stands at `target`, where it must not be replaced without being asked: one that is not ours, that was
/// made from another source, or that somebody has changed. `made` is what the journal knows of it, `old` its stamp,
/// `stamp` that of the file which would replace it.
#[must_use]
pub fn whose(
    form: &dyn OutputForm,
    made: Option<&Made>,
    target: &Path,
    old: Option<&str>,
    stamp: &str,
) -> Option<Cause> {
    let about = fs::metadata(target).ok()?;
    // a stamp that the journal keeps says that as well
    let is_as_made = !form.keeps_stamp() || made.is_none_or(|made| made.is_as_made(&about));
    match (old, made) {
        (None, _) if about.is_file() && about.len() == 0 => None, // what a power cut left of one
        (None, None) => Some(Cause::NotOurs),
        // no person has anything in what is left of a workbook of ours
        (None, Some(made)) if about.len() <= made.bytes && form.is_remnant(target) => None,
        (None, Some(_)) => Some(Cause::ChangedSince),
        (Some(old), _) if !stamp::is_of_same_source(old, stamp) => Some(Cause::OtherSource),
        (Some(_), _) if !is_as_made || form.is_changed(target) => Some(Cause::ChangedSince),
        (Some(_), _) => None,
    }
}
