//! Filters made ready once for all files of a run: the lists that they name are read, and what they ask stands in the
//! order in which it is asked.

use std::collections::HashSet;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use twox_hash::XxHash3_128;

use crate::engine::error::Cause;
use crate::engine::input::regular;
use crate::engine::job::filters::{Filter, Size};

/// The largest list that is read, in bytes; of each line a digest of 16 bytes is kept.
const LARGEST: u64 = 256 << 20;

/// A list of values: a digest a line.
pub type Values = HashSet<u128>;

/// Filters of a run, ready to be asked.
#[derive(Debug)]
pub struct Mesh {
    filters: Vec<Filter>,
    /// Of each filter its list, where it has one.
    lists: Vec<Option<Values>>,
    /// Places of the filters in the order in which they are asked.
    order: Vec<usize>,
    stamp: String,
}

/// A list that can't be read, and why.
#[derive(Debug)]
pub struct BadList {
    pub path: PathBuf,
    pub error: io::Error,
}

impl From<BadList> for Cause {
    fn from(list: BadList) -> Self {
        Self::FilterList { path: list.path, error: Arc::new(list.error) }
    }
}

impl Mesh {
    /// `None` where there is no filter.
    ///
    /// # Errors
    /// When a list is no file, cannot be read, is not UTF-8 or larger than 256 MB.
    pub fn of(filters: &[Filter]) -> Result<Option<Self>, BadList> {
        if filters.is_empty() {
            return Ok(None);
        }
        let mut stamp = XxHash3_128::default();
        let mut lists = Vec::new();
        for filter in filters {
            let read = |path: &Path| read(path).map_err(|error| BadList { path: path.to_owned(), error });
            let list = filter.list().map(read).transpose()?;
            // which file holds a list says nothing; what stands in it does
            let known = list.as_ref().map(|(_, digest)| filter.clone().with_list(format!("{digest:032x}").into()));
            stamp.write(known.as_ref().unwrap_or(filter).to_string().as_bytes());
            stamp.write(b"\n");
            lists.push(list.map(|(values, _)| values));
        }
        let mut order: Vec<usize> = (0..filters.len()).collect();
        order.sort_by_key(|at| filters[*at].rank());
        let stamp = format!("{:032x}", stamp.finish_128());
        Ok(Some(Self { filters: filters.to_vec(), lists, order, stamp }))
    }

    /// The filters as they were chosen.
    #[must_use]
    pub fn filters(&self) -> &[Filter] {
        &self.filters
    }

    /// What a finished file remembers of them: a digest of 32 hexadecimal digits, equal where they and the content of
    /// their lists are.
    #[must_use]
    pub fn stamp(&self) -> &str {
        &self.stamp
    }

    /// How many records there are to draw from has to be known before the first is drawn.
    #[must_use]
    pub fn must_count(&self) -> bool {
        self.filters.iter().any(|filter| matches!(filter, Filter::Sample { size: Size::Records(_), .. }))
    }

    pub(super) fn lists(&self) -> &[Option<Values>] {
        &self.lists
    }

    pub(super) fn order(&self) -> &[usize] {
        &self.order
    }
}

/// The digest by which a value is found in a list.
pub fn digest_of(value: &str) -> u128 {
    XxHash3_128::oneshot(value.trim().as_bytes())
}

/// A value a line, blank lines apart, and a digest of them all.
fn read(path: &Path) -> io::Result<(Values, u128)> {
    let mut text = String::new();
    regular::open(path)?.take(LARGEST + 1).read_to_string(&mut text)?;
    if text.len() as u64 > LARGEST {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    Ok((lines.map(digest_of).collect(), XxHash3_128::oneshot(text.as_bytes())))
}
