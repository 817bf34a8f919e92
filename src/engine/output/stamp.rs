//! What a finished file remembers of its making, by which a later run knows its own files and whether they are
//! up to date. Where it stands in a file is the form's affair.

use std::fs::Metadata;
use std::time::UNIX_EPOCH;

use crate::engine::input::source_file::SourceFile;
use crate::engine::job::choices::Choices;
use crate::engine::job::reading::Reading;

/// Raised when the same source file and choices give other rows than before.
const READING: u32 = 6;

/// A file's time of change, in nanoseconds since 1970, of any year.
#[must_use]
pub fn changed(about: &Metadata) -> i128 {
    about.modified().map_or(0, |time| match time.duration_since(UNIX_EPOCH) {
        Ok(after) => after.as_nanos().cast_signed(),
        Err(before) => -before.duration().as_nanos().cast_signed(),
    })
}

/// When anything about a file was changed last, its time of change included, in nanoseconds since 1970: who sets that
/// back cannot set this back. `None` where the system doesn't keep it.
#[must_use]
pub fn inode_changed(about: &Metadata) -> Option<i64> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        about.ctime().checked_mul(1_000_000_000)?.checked_add(about.ctime_nsec())
    }
    #[cfg(not(unix))]
    {
        let _ = about;
        None
    }
}

/// Whether two stamps are of one source file: at the same place, or moved with its size and time of change.
#[must_use]
pub fn is_of_same_source(stamp: &str, other: &str) -> bool {
    let of = |stamp: &str| {
        let mut parts = stamp.splitn(5, ' ').skip(1).map(str::to_owned);
        (parts.next(), parts.next(), parts.next())
    };
    let ((size, changed, place), (other_size, other_changed, other_place)) = (of(stamp), of(other));
    place == other_place || (size, changed) == (other_size, other_changed)
}

/// What a stamp says of filters.
fn sifted(sieve: &str) -> String {
    if sieve.is_empty() { String::new() } else { format!(" sieve {sieve}") }
}

/// The stamp of a file that is made of many: their sizes together and a digest of all that tells whether they are the
/// same, a number for their place, and the choices.
#[must_use]
pub fn of_many(
    (bytes, digest): (u64, u64),
    place: u32,
    choices: &Choices,
    own_choice: Option<&str>,
    sieve: &str,
) -> String {
    let chosen = (&choices.merge, &choices.columns, &choices.reading, own_choice);
    let (chosen, wrapped) =
        (serde_json::to_string(&chosen).unwrap_or_default(), if choices.wrap { " wrapped" } else { "" });
    format!("{READING} {bytes} {digest} {place:08x} {chosen}{wrapped}{}", sifted(sieve))
}

/// What a stamp says of the source file, and what of the choices, which other files of a run share.
#[must_use]
pub fn parts(stamp: &str) -> (&str, &str) {
    let choices = stamp.match_indices(' ').nth(3).map_or(stamp.len(), |(at, _)| at);
    stamp.split_at(choices)
}

/// The stamp of a file made now: the reading's version, the source file's size, time of change and place
/// (as a checksum: a finished file goes to others, whom the path does not concern), and the choices, those of the form
/// alone and what is known of the filters (`sieve`, empty where there is none) among them. Equal stamps mean an equal
/// file.
#[must_use]
pub fn of(
    file: &SourceFile,
    source: &Metadata,
    choices: &Choices,
    reading: &Reading,
    own_choice: Option<&str>,
    sieve: &str,
) -> String {
    let path = file.path();
    let path = std::path::absolute(&path).unwrap_or(path);
    let place = crc32fast::hash(format!("{}\n{}", path.display(), file.name.display()).as_bytes());
    let changed = changed(source);
    let chosen = match own_choice {
        None => serde_json::to_string(&(&choices.columns, reading)),
        Some(own) => serde_json::to_string(&(&choices.columns, reading, own)),
    };
    let (chosen, wrapped) = (chosen.unwrap_or_default(), if choices.wrap { " wrapped" } else { "" });
    format!("{READING} {} {} {place:08x} {chosen}{wrapped}{}", source.len(), changed, sifted(sieve))
}
