//! What the pictures show: real source files where they are at hand (`SHEETMILL_CORPUS`), else some written;
//! a few that cannot be converted among them.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::support::folder::{Folder, put};
use super::support::handmade;

/// As many files as a list is long, and a run takes to be seen.
const FILES: usize = 1080;
const FOLDERS: [&str; 6] = ["AA", "AB", "AC", "AD", "AE", "AF"];

pub struct Corpus {
    #[expect(dead_code, reason = "the folder goes when it is dropped")]
    base: Folder,
    /// The files to choose from.
    files: Vec<PathBuf>,
    /// A folder that takes a while to be listed.
    pub large: PathBuf,
}

impl Corpus {
    pub fn make() -> Self {
        let base = Folder::new();
        let real = std::env::var_os("SHEETMILL_CORPUS").map(PathBuf::from).filter(|folder| folder.is_dir());
        let from = real.unwrap_or_else(|| {
            let folder = base.path("written");
            handmade::write_many(&folder, 24, 600);
            folder
        });
        let mut found = Vec::new();
        below(&from, &mut found);
        found.sort();
        assert!(!found.is_empty(), "no files in {}", from.display());
        // copies of one's own, so that they can stand in many places under other names
        let copy =
            |(at, file): (usize, &PathBuf)| base.put(&format!("copies/{at}"), fs::read(file).expect("a source file"));
        let files: Vec<_> = found.iter().enumerate().map(copy).collect();
        let large = large(base.root());
        Self { base, files, large }
    }

    /// A folder `kowiki` in a home folder.
    pub fn lay_into(&self, home: &Path) -> PathBuf {
        let folder = home.join("kowiki");
        let each = FILES / FOLDERS.len();
        for (at, name) in FOLDERS.iter().enumerate() {
            fs::create_dir_all(folder.join(name)).expect("a folder in the temporary folder");
            for file in 0..each {
                let from = &self.files[(at * each + file) % self.files.len()];
                let to = folder.join(name).join(format!("wiki_{file:02}"));
                fs::hard_link(from, &to).or_else(|_| fs::copy(from, &to).map(drop)).expect("a file to show");
            }
        }
        let bad: [(&str, &[u8]); 4] = [
            ("AA/wiki_03.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"),
            ("AB/손상된 압축.zip", b"PK\x03\x04 cut off"),
            ("AB/읽어 주세요.md", b"# kowiki\n\nA dump of 2023.\n"),
            ("AC/wiki_00.empty", b""),
        ];
        for (name, bytes) in bad {
            put(&folder.join(name), bytes);
        }
        folder
    }
}

/// An archive that has to be unpacked to be listed, after some files that are found at once.
fn large(base: &Path) -> PathBuf {
    let folder = base.join("드라이브/신문 1990–2020");
    for file in 0..400 {
        put(&folder.join(format!("1990-{file:03}.xml")), "<doc>…</doc>");
    }
    let out = fs::File::create(folder.join("2020.tar.bz2")).expect("a file in the temporary folder");
    let mut archive = tar::Builder::new(bzip2::write::BzEncoder::new(out, bzip2::Compression::fast()));
    let mut state = 1_u32;
    for member in 0..12 {
        let mut text = Vec::with_capacity(3_000_000);
        while text.len() < 3_000_000 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let _ = write!(text, "{state:x} "); // memory takes all
        }
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        archive.append_data(&mut header, format!("{member}.txt"), text.as_slice()).expect("an archive of one's own");
    }
    archive.into_inner().and_then(bzip2::write::BzEncoder::finish).expect("an archive of one's own");
    folder
}

fn below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of source files").flatten() {
        let path = entry.path();
        if path.is_dir() { below(&path, found) } else { found.push(path) }
    }
}
