//! What the program did, in a file that people can send when something went wrong: starts, runs, what
//! failed and why, panics with their place. Never what stands in files.
//!
//! The file is written on a thread of its own. It is put aside at [`MOST`] bytes, and what was put aside
//! before goes: both together never take more than twice that.

use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Receiver;
use std::time::SystemTime;

use super::background_writer::BackgroundWriter;

/// Bytes of one log file.
pub const MOST: u64 = 1_000_000;
/// Longest line, in bytes.
const LINE: usize = 2000;
const NAME: &str = "sheetmill.log";
const OLD: &str = "sheetmill.old.log";

/// Takes lines; what cannot be written is lost, for a log must not disturb.
#[derive(Debug)]
pub struct Log {
    lines: BackgroundWriter<String>,
    folder: PathBuf,
}

impl Log {
    /// The system's place for such files.
    #[must_use]
    pub fn place() -> Option<PathBuf> {
        let dirs = directories::ProjectDirs::from("", "", "sheetmill")?;
        Some(dirs.state_dir().map_or_else(|| dirs.data_local_dir().join("logs"), Path::to_path_buf))
    }

    /// A log in this folder, which is made with the first line.
    #[must_use]
    pub fn open(folder: PathBuf) -> Self {
        let place = folder.clone();
        // without a thread there is no log, and that is nobody's concern
        let lines = BackgroundWriter::new("log", move |lines: Receiver<String>| {
            for line in lines {
                let _ = write(&place, &line, MOST);
            }
        });
        Self { lines, folder }
    }

    /// Where the log's files stand.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Writes a line, later.
    pub fn line(&self, what: &str) {
        self.lines.give(stamped(SystemTime::now(), what));
    }

    /// Writes a line after all others, and waits until it is there: for when the program is about to end.
    pub fn last_line(mut self, what: &str) {
        self.line(what);
        self.lines.close();
    }

    /// From now on a panic of any thread is written down before the thread or the program ends. What is
    /// caught as a file's outcome stands in that outcome.
    pub fn catch_panics(&self) {
        let folder = self.folder.clone();
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            let thread = std::thread::current();
            let what = format!("panic in {}: {info}", thread.name().unwrap_or("a thread"));
            let _ = write(&folder, &stamped(SystemTime::now(), &what), MOST);
            before(info);
        }));
    }
}

/// Appends a line; a file that would grow beyond `most` is put aside first.
fn write(folder: &Path, line: &str, most: u64) -> std::io::Result<()> {
    let file = folder.join(NAME);
    fs::create_dir_all(folder)?;
    let size = fs::metadata(&file).map_or(0, |about| about.len());
    if size > 0 && size + line.len() as u64 > most {
        fs::rename(&file, folder.join(OLD))?;
    }
    let mut file: File = OpenOptions::new().create(true).append(true).open(file)?;
    file.write_all(line.as_bytes())
}

/// `2026-11-25T10:28:37Z what`, on one line of bounded length.
fn stamped(at: SystemTime, what: &str) -> String {
    let mut line =
        format!("{} {}", humantime::format_rfc3339_seconds(at), without_texts(what).replace(['\n', '\r'], " | "));
    if line.len() > LINE {
        line.truncate(line.floor_char_boundary(LINE));
        line.push('…');
    }
    line.push('\n');
    line
}

/// Panics quote the text that they stumbled over between backticks: that stands in somebody's file. What is
/// short and ASCII is the name of a function.
fn without_texts(what: &str) -> String {
    let is_name = |part: &str| part.len() <= 60 && part.is_ascii() && !part.contains(' ');
    let parts = what.split('`').enumerate();
    parts.map(|(at, part)| if at % 2 == 0 || is_name(part) { part } else { "…" }).collect::<Vec<_>>().join("`")
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use super::*;

    #[test]
    fn log_never_grows_beyond_its_bounds() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let place = folder.path().join("made/later");
        for n in 0..1000 {
            write(&place, &format!("line {n}\n"), 500).expect("written");
        }
        let size = |name: &str| fs::metadata(place.join(name)).expect("there").len();
        assert!(size(NAME) <= 500 && size(OLD) <= 500);
        assert!(fs::read_to_string(place.join(NAME)).expect("text").ends_with("line 999\n"));
        assert_eq!(fs::read_dir(&place).expect("a folder").count(), 2);
    }

    #[test]
    fn line_stays_one_line_and_short() {
        let line = stamped(UNIX_EPOCH, &format!("a\nb\r\n{}", "가".repeat(5000)));
        assert!(line.starts_with("1970-01-01T00:00:00Z a | b |  | 가"), "{line}");
        assert!(line.len() < LINE + 10 && line.ends_with("…\n"));
        assert_eq!(line.matches('\n').count(), 1);
    }

    #[test]
    fn panic_message_loses_what_it_quotes_of_a_file() {
        let said = "called `Option::unwrap()` on a value; byte index 1 is inside '한' (bytes 0..3) of `한 사람의 글`";
        assert_eq!(without_texts(said).matches("사람").count(), 0);
        assert!(without_texts(said).starts_with("called `Option::unwrap()` on a value"));
        assert_eq!(without_texts("plain"), "plain");
    }

    #[test]
    fn lines_arrive_in_their_order_and_the_last_one_last() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let log = Log::open(folder.path().to_owned());
        let mut lines: Vec<String> = (0..500).map(|n| format!("line {n}")).collect();
        for line in &lines {
            log.line(line);
        }
        log.last_line("end");
        lines.push("end".into());
        let text = fs::read_to_string(folder.path().join(NAME)).expect("text");
        let ends: Vec<&str> = text.lines().filter_map(|line| line.split_once("Z ")).map(|(_, what)| what).collect();
        assert_eq!(ends, lines);
    }
}
