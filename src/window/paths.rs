//! Paths as people read, type and paste them.

use std::path::{Path, PathBuf};

use directories::BaseDirs;
use percent_encoding::percent_decode_str;
use unicode_normalization::UnicodeNormalization;

/// A path for the eye: the home folder as `~` where that is known, Hangul composed (macOS stores it
/// decomposed, and few typefaces draw that).
#[must_use]
pub fn shown(path: &Path) -> String {
    let home = home();
    let below = home.as_deref().and_then(|home| path.strip_prefix(home).ok());
    let text = match below {
        Some(below) if below.as_os_str().is_empty() => "~".to_owned(),
        Some(below) => Path::new("~").join(below).display().to_string(),
        None => path.display().to_string(),
    };
    text.nfc().collect()
}

/// A sentence for the eye: paths in it as [`shown`] has them.
#[must_use]
pub fn shown_in(words: &str) -> String {
    let home = home().map(|home| home.join("").display().to_string());
    home.map_or_else(|| words.to_owned(), |home| below_home(words, &home)).nfc().collect()
}

/// The home folder, where people call it `~`: on Windows nobody does.
fn home() -> Option<PathBuf> {
    let home = BaseDirs::new().filter(|_| !cfg!(windows))?.home_dir().to_owned();
    (home != Path::new("/")).then_some(home)
}

/// `home` ends with a separator.
fn below_home(words: &str, home: &str) -> String {
    let (mut shown, mut copied) = (String::with_capacity(words.len()), 0);
    let begins = |at: usize| words[..at].ends_with(|before: char| before.is_whitespace() || before == '(');
    for (at, _) in words.match_indices(home).filter(|(at, _)| *at == 0 || begins(*at)) {
        shown += &words[copied..at];
        shown.push('~');
        copied = at + home.len() - 1;
    }
    shown + &words[copied..]
}

/// A name for the eye.
#[must_use]
pub fn shown_name(name: &Path) -> String {
    name.to_string_lossy().nfc().collect()
}

/// The paths in a text that was typed or pasted: a line each; quotes, `file://` and `~` as file
/// managers and terminals write them. Only absolute paths count, so that pasted prose is none.
#[must_use]
pub fn typed(text: &str) -> Vec<PathBuf> {
    text.lines().filter_map(one).collect()
}

fn one(line: &str) -> Option<PathBuf> {
    let line = line.trim().trim_matches(['"', '\'']);
    let path = match (line.strip_prefix("file://"), line.strip_prefix('~')) {
        (Some(url), _) => of_url(url),
        (None, Some(below)) => BaseDirs::new()?.home_dir().join(below.trim_start_matches(['/', '\\'])),
        (None, None) => PathBuf::from(line),
    };
    path.is_absolute().then_some(path)
}

/// What follows `file://`: a host, or none, and a path (on Windows `/C:/…`, or that of a share of the host).
fn of_url(url: &str) -> PathBuf {
    let url = percent_decode_str(url.strip_prefix("localhost").unwrap_or(url)).decode_utf8_lossy();
    match url.strip_prefix('/') {
        Some(below) if cfg!(windows) => PathBuf::from(below),
        None if cfg!(windows) => PathBuf::from(format!("//{url}")),
        _ => PathBuf::from(&*url),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn paths_are_read_as_they_are_pasted() {
        let paths = typed("/a b/c\n\"/q/r\"\r\nfile:///%ED%95%9C/x%20y\nsome prose\nfile://localhost/l\n'/s'");
        assert_eq!(paths, ["/a b/c", "/q/r", "/한/x y", "/l", "/s"].map(PathBuf::from));
        assert!(typed("~/corpus")[0].is_absolute());
    }

    #[cfg(windows)]
    #[test]
    fn paths_are_read_as_they_are_pasted() {
        let paths = typed("C:\\a b\\c\r\n\"D:\\q\"\r\nfile:///C:/%ED%95%9C/x%20y\nsome prose\nfile://nas/corpora/a");
        assert_eq!(paths, ["C:\\a b\\c", "D:\\q", "C:\\한\\x y", "\\\\nas\\corpora\\a"].map(PathBuf::from));
        assert!(typed("~\\corpus")[0].is_absolute());
        assert!(!shown(&typed("~\\corpus")[0]).contains('~'), "nobody calls it so");
    }

    #[test]
    fn home_folder_is_short_in_sentences_too() {
        let words = "/home/a/x can't be read (첫 번째: /home/a/말뭉치/y), /mnt/home/a/z and /home/ab can.";
        let short = "~/x can't be read (첫 번째: ~/말뭉치/y), /mnt/home/a/z and /home/ab can.";
        assert_eq!(below_home(words, "/home/a/"), short);
        assert_eq!(below_home("(/home/a/y)", "/home/a/"), "(~/y)");
    }

    #[test]
    fn decomposed_hangul_is_composed_for_the_eye() {
        assert_eq!(shown_name(Path::new("\u{1112}\u{1161}\u{11ab}")), "한");
    }
}
