//! Under which licences the program is and all that it is made of, in words that no translation may change.

use std::fmt::Write as _;

/// Every crate in the program with its version and licence, a line each.
pub const CRATES: &str = include_str!("../../assets/licences.txt");
/// The licence texts that the crates bring, each with the names of those that bring it.
const TEXTS: &str = include_str!("../../assets/licence_texts.txt");
/// The program's own.
const OWN: [&str; 2] = [include_str!("../../LICENSE-MIT"), include_str!("../../LICENSE-APACHE")];

/// What is bundled beside crates.
#[derive(Debug, Clone, Copy)]
pub struct Bundled {
    /// What its makers call it.
    pub name: &'static str,
    /// Its licence in a few words.
    pub licence: &'static str,
    /// Where it comes from.
    pub link: &'static str,
    text: &'static str,
}

/// Typeface and icons.
pub const BUNDLED: [Bundled; 2] = [
    Bundled {
        name: "Pretendard",
        licence: "SIL Open Font License 1.1",
        link: "https://github.com/orioncactus/pretendard",
        text: include_str!("../../assets/fonts/LICENSE-Pretendard.txt"),
    },
    Bundled {
        name: "Phosphor Icons",
        licence: "MIT",
        link: "https://github.com/phosphor-icons/core",
        text: include_str!("../../assets/fonts/LICENSE-Phosphor.txt"),
    },
];

/// All licences as one text, of a program that calls itself so.
#[must_use]
pub fn all(program: &str) -> String {
    let mut all = format!("{program}\nMIT OR Apache-2.0\n\n{}\n", OWN.join("\n"));
    for Bundled { name, licence, link, text } in BUNDLED {
        let _ = write!(all, "{:=<80}\n{name} · {licence} · {link}\n\n{text}\n", "");
    }
    let _ = write!(all, "{:=<80}\n{CRATES}\n{TEXTS}", "");
    all
}
