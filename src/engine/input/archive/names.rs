//! The names of an archive's members as paths below the output folder: they never lead outside it,
//! no two are the same, and every system takes them.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ffi::OsStr;
use std::path::PathBuf;

use encoding_rs::Encoding;

use crate::engine::error::left_out::LeftOut;

/// What Windows allows in no name.
const FORBIDDEN: [char; 7] = ['<', '>', ':', '"', '|', '?', '*'];
/// What Windows takes for devices, whatever follows the first point.
const RESERVED: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1", "lpt2",
    "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];
/// Most bytes of a folder's or file's name; systems take 255, and ` (2).xlsx` must still fit behind it.
const LONGEST: usize = 240;
/// Most folders one below the other; no path of a real corpus comes near.
const DEEPEST: usize = 64;

/// `file_2` before `file_10`; equal up to digits and letter case: by bytes, so that the order is total.
#[must_use]
pub fn in_order(a: &OsStr, b: &OsStr) -> Ordering {
    alphanumeric_sort::compare_os_str(a, b).then_with(|| a.cmp(b))
}

/// Gives each member of an archive a name of its own.
#[derive(Debug, Default)]
pub struct Names {
    /// Names given, in small letters (systems differ on whether letter case counts), and the number
    /// that the next of the same name gets.
    given: HashMap<String, u32>,
}

impl Names {
    /// The member's path below the archive's name.
    ///
    /// # Errors
    /// Why it is left out.
    pub fn path(&mut self, name: &str) -> Result<PathBuf, LeftOut> {
        #[cfg(test)]
        assert_ne!(name, super::tests::PANIC, "asked for by a test");
        let parts: Vec<&str> = parts(name).collect();
        if let Some(why) = parts.iter().find_map(|part| LeftOut::by_name(part)) {
            return Err(why);
        }
        let drive = |part: &&str| part.len() == 2 && part.ends_with(':');
        let parts = parts.iter().filter(|part| !drive(part)).map(|part| harmless(part));
        let mut parts: Vec<String> = parts.collect();
        parts.drain(..parts.len().saturating_sub(DEEPEST));
        if parts.is_empty() {
            parts.push("_".to_owned());
        }
        Ok(self.unique(parts.join("/")).split('/').collect())
    }

    fn unique(&mut self, name: String) -> String {
        let key = name.to_lowercase();
        let Some(&first) = self.given.get(&key) else {
            self.given.insert(key, 2);
            return name;
        };
        let mut next = first;
        loop {
            let numbered = format!("{name} ({next})");
            next += 1;
            if let Entry::Vacant(free) = self.given.entry(numbered.to_lowercase()) {
                free.insert(2);
                self.given.insert(key, next);
                return numbered;
            }
        }
    }
}

/// The path of a member that is left out, as it is told: below the archive.
#[must_use]
pub fn told(name: &str) -> PathBuf {
    parts(name).collect()
}

fn parts(name: &str) -> impl Iterator<Item = &str> {
    name.split(['/', '\\']).filter(|part| !matches!(*part, "" | "." | ".."))
}

/// One part of a path as every system takes it.
fn harmless(part: &str) -> String {
    let clean: String =
        part.chars().map(|char| if char.is_control() || FORBIDDEN.contains(&char) { '_' } else { char }).collect();
    let clean = clean[..clean.floor_char_boundary(LONGEST)].trim_end_matches(['.', ' ']);
    let stem = clean.split('.').next().unwrap_or_default().trim_end();
    if clean.is_empty() || RESERVED.contains(&&*stem.to_lowercase()) { format!("_{clean}") } else { clean.to_owned() }
}

/// A name as text: archives made on Korean Windows hold theirs in CP949 and don't say so.
/// `guess` is the encoding of the archive's names that are not UTF-8.
#[must_use]
pub fn text(name: &[u8], guess: &'static Encoding) -> String {
    match std::str::from_utf8(name) {
        Ok(name) => name.to_owned(),
        Err(_) => guess.decode_without_bom_handling(name).0.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn path(name: &str) -> Option<PathBuf> {
        Names::default().path(name).ok()
    }

    #[test]
    fn names_never_lead_outside() {
        let paths = [
            ("../../etc/passwd", "etc/passwd"),
            ("/etc/passwd", "etc/passwd"),
            ("..\\..\\windows\\win.ini", "windows/win.ini"),
            ("C:\\corpus\\a.txt", "corpus/a.txt"),
            ("a/./b/../c", "a/b/c"),
            ("//server/share/x", "server/share/x"),
            ("..", "_"),
            ("", "_"),
        ];
        for (name, want) in paths {
            assert_eq!(path(name).as_deref(), Some(Path::new(want)), "{name}");
        }
    }

    #[test]
    fn names_are_such_as_every_system_takes() {
        let paths = [
            ("AA/wiki: 1?.txt", "AA/wiki_ 1_.txt"),
            ("aux/COM1.txt", "_aux/_COM1.txt"),
            ("folder. /name.", "folder/name"),
            ("a\0b\nc", "a_b_c"),
            ("console/위키 백과", "console/위키 백과"),
        ];
        for (name, want) in paths {
            assert_eq!(path(name).as_deref(), Some(Path::new(want)), "{name}");
        }
        assert_eq!(path(&"가".repeat(100)), Some("가".repeat(80).into()));
        assert_eq!(path(&"a/".repeat(10_000)).map(|path| path.as_os_str().len()), Some(2 * DEEPEST - 1));
    }

    #[test]
    fn names_are_never_the_same_also_where_100000_members_share_one() {
        let mut names = Names::default();
        let mut next = |name: &str| names.path(name).expect("not hidden").to_string_lossy().into_owned();
        assert_eq!(next("a (2)"), "a (2)");
        assert_eq!(["a", "a", "A", "../a", "a"].map(&mut next), ["a", "a (3)", "A (4)", "a (5)", "a (6)"]);
        let many: std::collections::HashSet<String> = (0..100_000).map(|_| next("same")).collect();
        assert_eq!(many.len(), 100_000);
    }

    #[test]
    fn files_that_systems_strew_about_are_left_out() {
        for (name, why) in [
            ("__MACOSX/AA/._wiki_00", LeftOut::SystemFile),
            (".git/config", LeftOut::Hidden),
            ("AA/.DS_Store", LeftOut::Hidden),
            ("Thumbs.db", LeftOut::SystemFile),
            ("AA/~$a.docx", LeftOut::OfficeLock),
            ("AA/.~lock.a.odt#", LeftOut::OfficeLock),
        ] {
            assert_eq!(Names::default().path(name), Err(why), "{name}");
        }
    }

    #[test]
    fn numbers_in_names_are_counted_not_spelt() {
        let mut names = ["wiki_10", "wiki_2", "Wiki_3", "wiki_02", "AA", "가_10", "가_9"].map(OsStr::new);
        names.sort_by(|a, b| in_order(a, b));
        let at = |name: &str| names.iter().position(|n| *n == name).expect("it is there");
        assert!(at("wiki_2") < at("wiki_10") && at("가_9") < at("가_10"), "{names:?}");
    }

    #[test]
    fn names_that_are_not_utf8_are_read_as_the_archive_writes_them() {
        let (cp949, ..) = encoding_rs::EUC_KR.encode("뉴스/기사.txt");
        assert_eq!(text(&cp949, encoding_rs::EUC_KR), "뉴스/기사.txt");
        assert_eq!(text("뉴스".as_bytes(), encoding_rs::EUC_KR), "뉴스");
    }
}
