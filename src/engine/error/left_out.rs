//! What stands in an input and is no source file: nothing is passed over in silence, so that whoever counts the files
//! of a folder comes to the same number.

/// Why something is no source file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LeftOut {
    /// A hidden file; a hidden folder counts as one, whatever it holds.
    Hidden,
    /// By which an office program says that it has a document open.
    OfficeLock,
    /// Strewn about by a system: `Thumbs.db`, `desktop.ini`, the folder `__MACOSX`.
    SystemFile,
    /// A pipe, socket or device.
    NotRegular,
    /// A link in an archive.
    LinkInArchive,
    /// A file in the output folder, where that lies below the input, which is none of the form's.
    InOutput,
}

impl LeftOut {
    /// All reasons.
    pub const ALL: [Self; 6] =
        [Self::Hidden, Self::OfficeLock, Self::SystemFile, Self::NotRegular, Self::LinkInArchive, Self::InOutput];

    /// Why a file or folder of this name is left out; `None` where it is not.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        Some(match name {
            "Thumbs.db" | "desktop.ini" | "__MACOSX" => Self::SystemFile,
            _ if name.starts_with("~$") || name.starts_with(".~lock.") => Self::OfficeLock,
            _ if name.starts_with('.') => Self::Hidden,
            _ => return None,
        })
    }
}

/// How much was left out for which reason.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LeftOutCounts([usize; LeftOut::ALL.len()]);

impl LeftOutCounts {
    /// One more.
    pub fn add(&mut self, why: LeftOut) {
        self.0[why as usize] += 1;
    }

    /// So many for this reason.
    #[must_use]
    pub fn of(&self, why: LeftOut) -> usize {
        self.0[why as usize]
    }

    /// The reasons that there are, each with its number.
    pub fn all(&self) -> impl Iterator<Item = (LeftOut, usize)> {
        LeftOut::ALL.into_iter().zip(self.0).filter(|(_, number)| *number > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_counted_each_at_its_place() {
        let mut counts = LeftOutCounts::default();
        for (times, why) in LeftOut::ALL.into_iter().enumerate() {
            (0..times).for_each(|_| counts.add(why));
        }
        let want = LeftOut::ALL.into_iter().enumerate().skip(1).map(|(times, why)| (why, times));
        assert!(counts.all().eq(want), "{counts:?}");
    }
}
