//! Paths as people read, type and paste them.

use std::path::{Path, PathBuf};

use directories::BaseDirs;
use unicode_normalization::UnicodeNormalization;

/// A path for the eye: the home folder as `~`, Hangul composed (macOS stores it decomposed, and few
/// typefaces draw that).
#[must_use]
pub fn shown(path: &Path) -> String {
    let home = BaseDirs::new().map(|dirs| dirs.home_dir().to_owned());
    let below = home.as_deref().filter(|home| *home != Path::new("/")).and_then(|home| path.strip_prefix(home).ok());
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
    let home = BaseDirs::new().map(|dirs| dirs.home_dir().join("").display().to_string()).filter(|home| home != "/");
    home.map_or_else(|| words.to_owned(), |home| below_home(words, &home)).nfc().collect()
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
    let decoded = line.strip_prefix("file://").map(decode_percent);
    let line = decoded.as_deref().unwrap_or(line);
    let path = match line.strip_prefix('~') {
        Some(below) => BaseDirs::new()?.home_dir().join(below.trim_start_matches(['/', '\\'])),
        None => PathBuf::from(line),
    };
    path.is_absolute().then_some(path)
}

fn decode_percent(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let code = after.get(..2).and_then(|code| std::str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(code) if byte == b'%' => {
                bytes.push(code);
                rest = &after[2..];
            }
            _ => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn paths_are_read_as_they_are_pasted() {
        let paths = typed("/a b/c\n\"/q/r\"\r\nfile:///%ED%95%9C/x%20y\nsome prose\n\n'/s'");
        assert_eq!(paths, ["/a b/c", "/q/r", "/한/x y", "/s"].map(PathBuf::from));
        assert!(typed("~/corpus")[0].is_absolute());
    }

    #[test]
    fn the_home_folder_is_short_in_sentences_too() {
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
