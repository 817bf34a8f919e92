//! Corpora to measure with, made here, the same everywhere: documents as `WikiExtractor` writes them, in
//! Korean and English, with the lengths and the markup that were counted in real ones.

mod chance;
mod formats;
mod prose;
mod words;

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use chance::Chance;
use clap::{Args, ValueEnum};
use prose::Prose;

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Profile {
    /// 64 files of 1 MB, records of 1.8 kB and up to 113 kB
    Mixed,
    /// Few long records: 60 kB, many beyond a cell
    Long,
    /// Many short records: 350 bytes
    Short,
    /// A tag or an entity in each sentence
    Markup,
    /// 5,000 files of 10 kB
    Small,
    /// One file of 2 GB, a million records
    Huge,
    /// One record of 200 MB between two others
    Record,
    /// 100,000 files of a record each
    Many,
    /// A JSON document of 2 GB on one line, records in an array
    JsonLine,
    /// The same on many lines
    JsonPretty,
    /// A file of 2 GB, an object a line
    JsonLines,
    /// The same in XML with attributes and nested elements
    Xml,
    /// The same as a `MediaWiki`'s export
    Wiki,
    /// The same as a translation memory
    Tmx,
    /// The same in SGML as TREC has it
    Trec,
    /// The same as texts of a crawl (WET)
    Warc,
    /// The same as sentences with a token a line
    Conllu,
    /// The same as a table with a column of texts
    Csv,
    /// The same as a table of short cells
    CsvShort,
    /// 1,000,000 files without content
    Empty,
}

/// What a profile is made of.
struct Shape {
    files: usize,
    size: usize,
    /// Bytes of a record: half of them below; 68 % within so many 256ths of a doubling; never more.
    median: usize,
    spread: i64,
    most: usize,
}

impl Profile {
    fn shape(self) -> Shape {
        let (files, size, median, spread, most) = match self {
            Self::Mixed | Self::Markup => (64, 1_000_000, 1_760, 535, 113_000),
            Self::Long => (64, 1_000_000, 60_000, 200, 400_000),
            Self::Short => (64, 1_000_000, 350, 580, 20_000),
            Self::Small => (5_000, 10_000, 1_760, 535, 9_000),
            Self::Huge
            | Self::JsonLine
            | Self::JsonPretty
            | Self::JsonLines
            | Self::Xml
            | Self::Wiki
            | Self::Tmx
            | Self::Trec
            | Self::Warc
            | Self::Csv => (1, 2_000_000_000, 1_200, 370, 113_000),
            Self::Conllu => (1, 2_000_000_000, 120, 250, 600),
            Self::CsvShort => (1, 2_000_000_000, 20, 0, 20),
            Self::Record => (1, 200_000_000, 0, 0, usize::MAX),
            Self::Many => (100_000, 300, 300, 0, 300),
            Self::Empty => (1_000_000, 0, 0, 0, 0),
        };
        Shape { files, size, median, spread, most }
    }
}

/// Writes a corpus of its own making.
#[derive(Debug, Args)]
pub struct Corpus {
    profile: Profile,
    /// Folder for the files, made if it is not there
    folder: PathBuf,
    /// How many files [default: the profile's]
    #[arg(long)]
    files: Option<usize>,
    /// Bytes of a file, about [default: the profile's]
    #[arg(long)]
    size: Option<usize>,
    /// The same seed gives the same bytes
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

impl Corpus {
    /// Files of this profile, `size` bytes each.
    #[allow(dead_code, reason = "the benchmarks of stages make theirs so, the tools by arguments")]
    pub fn of(profile: Profile, folder: PathBuf, files: usize, size: usize) -> Self {
        Self { profile, folder, files: Some(files), size: Some(size), seed: 1 }
    }

    /// # Errors
    /// When a file cannot be written.
    pub fn run(&self) -> io::Result<()> {
        let mut shape = self.profile.shape();
        shape.files = self.files.unwrap_or(shape.files);
        shape.size = self.size.unwrap_or(shape.size);
        let mut maker = Maker::new(self.profile, shape, self.seed);
        for file in 0..maker.shape.files {
            // as WikiExtractor names them: AA/wiki_00
            let (folder, name) = (file / 100, file % 100);
            let letters = |n: usize| [b'A' + (n / 26 % 26) as u8, b'A' + (n % 26) as u8].map(char::from);
            let [first, second] = letters(folder);
            let [above, beside] = letters(folder / 676);
            let mut path = self.folder.clone();
            if maker.shape.files > 67_600 {
                path.push(format!("{above}{beside}"));
            }
            path.push(format!("{first}{second}"));
            if name == 0 {
                fs::create_dir_all(&path)?;
            }
            maker.file(&path.join(format!("wiki_{name:02}")))?;
        }
        Ok(())
    }
}

struct Maker {
    profile: Profile,
    shape: Shape,
    chance: Chance,
    prose: Prose,
    id: u64,
    record: String,
}

impl Maker {
    fn new(profile: Profile, shape: Shape, seed: u64) -> Self {
        let mut chance = Chance::new(seed);
        let prose = Prose::new(&mut chance);
        Self { profile, shape, chance, prose, id: 0, record: String::new() }
    }

    fn file(&mut self, path: &Path) -> io::Result<()> {
        let mut out = BufWriter::with_capacity(1 << 16, File::create(path)?);
        if matches!(self.profile, Profile::Record) {
            for bytes in [1_000, self.shape.size, 1_000] {
                self.record(bytes, 0);
                out.write_all(self.record.as_bytes())?;
            }
            return out.flush();
        }
        let around = formats::around(self.profile);
        if let Some((before, _)) = around {
            out.write_all(before.as_bytes())?;
        }
        let mut left = self.shape.size;
        while left > 0 {
            let bytes = self.chance.length(self.shape.median, self.shape.spread).clamp(20, self.shape.most);
            let markup = match self.profile {
                Profile::Markup => 1000,
                // a fifth of the records, two fifths of the bytes
                _ if self.chance.happens((140 + bytes / 70).min(600)) => 250,
                _ => 0,
            };
            if around.is_some() {
                self.of_format(bytes.min(left), left < self.shape.size);
            } else {
                self.record(bytes.min(left), markup);
            }
            out.write_all(self.record.as_bytes())?;
            left = left.saturating_sub(self.record.len());
        }
        if let Some((_, behind)) = around {
            out.write_all(behind.as_bytes())?;
        }
        out.flush()
    }

    fn of_format(&mut self, bytes: usize, follows: bool) {
        self.id += 1;
        let subject = self.prose.subject(&mut self.chance);
        let mut text = String::new();
        self.prose.write(&mut self.chance, &subject, bytes, 0, &mut text);
        self.record =
            formats::record(self.profile, formats::Told { id: self.id, title: &subject.title, text: &text }, follows);
    }

    fn record(&mut self, bytes: usize, markup: prose::Markup) {
        self.id += 1;
        let subject = self.prose.subject(&mut self.chance);
        let (id, title) = (self.id, &subject.title);
        let language = if subject.korean { "ko" } else { "en" };
        self.record.clear();
        self.record.push_str(&format!(
            "<doc id=\"{id}\" url=\"https://{language}.wikipedia.org/wiki?curid={id}\" title=\"{title}\">\n{title}\n\n"
        ));
        self.prose.write(&mut self.chance, &subject, bytes, markup, &mut self.record);
        self.record.push_str("\n\n</doc>\n");
    }
}
