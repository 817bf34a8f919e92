//! The house stands: no file below `src` imports from a floor above its own.
//!
//! Floors are told by the first folder or file name below `src`. Paths are read from the code with
//! comments and strings taken out, groups (`use crate::{a, b}`) and `super` chains followed. The
//! second half keeps foreign names in their rooms: egui in the window, the workbook writer's crate
//! in `engine/workbook`, colours in the theme.

use std::fs;
use std::path::{Path, PathBuf};

/// Modules at the crate's root and the floor each stands on.
const FLOORS: [(&str, u8); 6] =
    [("engine", 0), ("session", 1), ("settings", 1), ("text", 1), ("cli", 2), ("window", 2)];
/// Neighbours on this floor may know each other; on all others they may not.
const OPEN_FLOOR: u8 = 1;

/// Crates that only one room may name.
const ROOMS: [(&str, &str); 8] = [
    ("egui", "window"),
    ("eframe", "window"),
    ("egui_extras", "window"),
    ("winit", "window"),
    ("rfd", "window"),
    ("rust_xlsxwriter", "engine/workbook"),
    ("clap", "cli"),
    ("indicatif", "cli"),
];

#[test]
fn no_file_imports_from_a_higher_floor() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = rust_files(&src);
    assert!(files.len() > 10, "only {} files found below {}", files.len(), src.display());
    let found: Vec<String> = files
        .iter()
        .flat_map(|file| {
            let name = file.strip_prefix(&src).expect("found below src").to_string_lossy().replace('\\', "/");
            breaches(&name, &fs::read_to_string(file).expect("a readable source file"))
        })
        .collect();
    assert!(found.is_empty(), "{} breaches:\n{}", found.len(), found.join("\n"));
}

/// Everything in one file (`name` is below `src`, with `/`) that breaks the rules, a line each.
fn breaches(name: &str, source: &str) -> Vec<String> {
    let code = Code::of(source);
    let mut found = imports(name, &code.tokens);
    found.extend(foreign_crates(name, &code.tokens));
    found.extend(colours(name, &code));
    found
}

fn imports(name: &str, tokens: &[Token]) -> Vec<String> {
    let mut path: Vec<&str> = name.trim_end_matches(".rs").split('/').collect();
    if path.last() == Some(&"mod") {
        path.pop();
    }
    let own = path[0];
    if matches!(own, "main" | "lib") {
        return Vec::new(); // the top floor sees everything
    }
    let Some(own_floor) = floor(own) else {
        return vec![format!("src/{name}: module `{own}` has no floor; give it one in tests/layers.rs")];
    };
    root_modules(tokens, path.len())
        .into_iter()
        .filter_map(|Token { line, text }| {
            let why = match floor(&text) {
                _ if text == own => return None,
                Some(floor) if floor < own_floor || (floor == own_floor && floor == OPEN_FLOOR) => return None,
                Some(floor) if floor == own_floor => "is a neighbour that must stay unknown".to_owned(),
                Some(floor) => format!("is on floor {floor}, above floor {own_floor}"),
                None if text.starts_with(char::is_lowercase) => "has no floor in tests/layers.rs".to_owned(),
                None => return None,
            };
            Some(format!("src/{name}:{line}: `{own}` imports `crate::{text}`, which {why}"))
        })
        .collect()
}

fn floor(module: &str) -> Option<u8> {
    FLOORS.iter().find(|(name, _)| *name == module).map(|(_, floor)| *floor)
}

/// The first names below the crate's root of all paths that begin with `crate` or `super`, in a
/// file whose module lies `depth` names below the root.
fn root_modules(tokens: &[Token], depth: usize) -> Vec<Token> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let begins = matches!(tokens[at].text.as_str(), "crate" | "super")
            && tokens.get(at + 1).is_some_and(|next| next.text == "::")
            && (at == 0 || tokens[at - 1].text != "::");
        at = if begins { follow(tokens, at, depth, &mut found) } else { at + 1 };
    }
    found
}

/// Follows one path (or group of paths) from `at`; gives the place after it.
fn follow(tokens: &[Token], mut at: usize, mut depth: usize, found: &mut Vec<Token>) -> usize {
    while let Some(token) = tokens.get(at) {
        match token.text.as_str() {
            "::" | "self" => at += 1,
            "crate" => (at, depth) = (at + 1, 0),
            "super" => (at, depth) = (at + 1, depth.saturating_sub(1)),
            "{" => {
                at += 1;
                while tokens.get(at).is_some_and(|token| token.text != "}") {
                    at = if tokens[at].text == "," { at + 1 } else { follow(tokens, at, depth, found) };
                }
                return at + 1;
            }
            name => {
                if depth == 0 && is_name(name) {
                    found.push(token.clone());
                }
                // the rest of the path says nothing more about floors
                at += 1;
                while tokens.get(at).is_some_and(|token| token.text == "::") {
                    at = match tokens.get(at + 1) {
                        Some(next) if next.text == "{" => follow(tokens, at + 1, usize::MAX, found),
                        _ => at + 2,
                    };
                }
                if tokens.get(at).is_some_and(|token| token.text == "as") {
                    at += 2;
                }
                return at;
            }
        }
    }
    at
}

fn foreign_crates(name: &str, tokens: &[Token]) -> Vec<String> {
    tokens
        .iter()
        .filter_map(|token| {
            let (used, room) = ROOMS.iter().find(|(used, _)| *used == token.text)?;
            let at_home = name.strip_prefix(room).is_some_and(|rest| rest.starts_with(['/', '.']));
            (!at_home).then(|| format!("src/{name}:{}: `{used}` may be named only in src/{room}", token.line))
        })
        .collect()
}

/// Colours written outside the theme: `Color32::…` made or named, and hex colours in strings.
fn colours(name: &str, code: &Code) -> Vec<String> {
    if name.starts_with("window/theme") {
        return Vec::new();
    }
    let made = code.tokens.windows(3).filter_map(|three| {
        let [kind, colons, item] = three else { return None };
        (matches!(kind.text.as_str(), "Color32" | "Rgba") && colons.text == "::")
            .then(|| format!("src/{name}:{}: `{}::{}` belongs in src/window/theme", kind.line, kind.text, item.text))
    });
    let hex = code
        .strings
        .iter()
        .filter(|text| is_hex_colour(&text.text))
        .map(|text| format!("src/{name}:{}: the colour \"{}\" belongs in src/window/theme", text.line, text.text));
    made.chain(hex).collect()
}

fn is_hex_colour(text: &str) -> bool {
    text.strip_prefix('#')
        .is_some_and(|hex| matches!(hex.len(), 6 | 8) && hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// A piece of code and the line it stands on, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Token {
    line: usize,
    text: String,
}

/// A file taken apart as far as the rules need it: names, `::`, single signs; strings apart;
/// comments gone.
struct Code {
    tokens: Vec<Token>,
    strings: Vec<Token>,
}

impl Code {
    fn of(source: &str) -> Self {
        let mut code = Self { tokens: Vec::new(), strings: Vec::new() };
        let (mut rest, mut line) = (source, 1);
        while let Some(first) = rest.chars().next() {
            let (length, kind) = piece(rest, first);
            let text = rest[..length].to_owned();
            let next_line = line + text.matches('\n').count();
            match kind {
                Kind::Gap => {}
                Kind::Token => code.tokens.push(Token { line, text }),
                Kind::String => {
                    let inner = text.trim_start_matches(['r', 'b', 'c', '#']).trim_end_matches('#').trim_matches('"');
                    code.strings.push(Token { line, text: inner.to_owned() });
                }
            }
            (rest, line) = (&rest[length..], next_line);
        }
        code
    }
}

enum Kind {
    Gap,
    Token,
    String,
}

/// Length in bytes and kind of the piece of code that `rest` begins with.
fn piece(rest: &str, first: char) -> (usize, Kind) {
    if rest.starts_with("//") {
        return (rest.find('\n').unwrap_or(rest.len()), Kind::Gap);
    }
    if rest.starts_with("/*") {
        return (block_comment(rest), Kind::Gap);
    }
    if let Some(length) = string(rest) {
        return (length, Kind::String);
    }
    if first == '\'' {
        return (quoted_char(rest), Kind::Gap);
    }
    if first.is_alphanumeric() || first == '_' {
        return (rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len()), Kind::Token);
    }
    if rest.starts_with("::") {
        return (2, Kind::Token);
    }
    (first.len_utf8(), if first.is_whitespace() { Kind::Gap } else { Kind::Token })
}

fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        let (step, change) = match &rest.as_bytes()[at..] {
            [b'/', b'*', ..] => (2, 1),
            [b'*', b'/', ..] => (2, -1),
            _ => (1, 0),
        };
        (at, depth) = (at + step, depth + change);
        if depth == 0 {
            return at;
        }
    }
    rest.len()
}

/// Length of the string literal that `rest` begins with: `"…"`, `r#"…"#`, `b"…"`.
fn string(rest: &str) -> Option<usize> {
    let marks = rest.len() - rest.trim_start_matches(['b', 'c']).len();
    let raw = rest[marks..].starts_with('r');
    let open = marks + usize::from(raw);
    let hashes = if raw { rest[open..].len() - rest[open..].trim_start_matches('#').len() } else { 0 };
    let start = open + hashes;
    if marks > 1 || !rest[start..].starts_with('"') {
        return None;
    }
    if raw {
        let close = format!("\"{}", "#".repeat(hashes));
        return Some(rest[start + 1..].find(&close).map_or(rest.len(), |at| start + 1 + at + close.len()));
    }
    let mut escaped = false;
    let end = rest[start + 1..].bytes().position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    });
    Some(end.map_or(rest.len(), |at| start + 1 + at + 1))
}

/// Length of the character literal that `rest` begins with, or 1 for a lifetime's mark.
fn quoted_char(rest: &str) -> usize {
    let mut chars = rest.char_indices().skip(1);
    match (chars.next(), chars.next()) {
        (Some((_, '\\')), Some(_)) => chars.find(|(_, c)| *c == '\'').map_or(1, |(at, _)| at + 1),
        (Some(_), Some((at, '\''))) => at + 1,
        _ => 1,
    }
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

#[test]
fn a_planted_import_from_above_is_found() {
    let planted = "use std::fs;\n\nuse crate::session::Session;\n";
    assert_eq!(
        breaches("engine/scan.rs", planted),
        ["src/engine/scan.rs:3: `engine` imports `crate::session`, which is on floor 1, above floor 0"]
    );
    for planted in [
        "use crate::{engine::Job, window::App};",
        "fn f() -> crate::window::App { todo!() }",
        "use super::window;",
        "use crate::{\n    engine::{self, Job as _},\n    cli,\n};",
    ] {
        assert_eq!(breaches("session.rs", planted).len(), 1, "{planted}");
    }
    assert_eq!(breaches("engine/source/sgml.rs", "use super::super::super::text::Lang;").len(), 1);
    assert_eq!(breaches("cli.rs", "use crate::window::run;").len(), 1, "neighbours on floor 2");
    assert_eq!(breaches("extra.rs", "").len(), 1, "a module without a floor");
}

#[test]
fn what_is_allowed_is_let_through() {
    for (name, allowed) in [
        ("engine/source/mod.rs", "use super::super::engine;\nuse super::{error::ConvertError, job::{Columns, Job}};"),
        ("session.rs", "use crate::{engine::{self, Job}, settings, text::Lang};"),
        ("engine/pool.rs", "// use crate::session::Session;\n/* crate::window /* nested */ crate::cli */"),
        ("engine/mod.rs", "const WORDS: &str = \"crate::window \\\" egui\"; const MARK: char = '\"';"),
        ("engine/mod.rs", "const WORDS: &str = r#\"use \"crate::window::App\" egui\"#;"),
        ("window/files/row.rs", "use crate::session::Progress; use egui::Ui; fn f<'a>(x: &'a Color32) {}"),
        ("window/theme.rs", "const LINE: Color32 = Color32::from_rgb(1, 2, 3); const HEX: &str = \"#E1E4E8\";"),
        ("main.rs", "use sheetmill::{cli, window};"),
    ] {
        assert_eq!(breaches(name, allowed), Vec::<String>::new(), "{name}: {allowed}");
    }
}

#[test]
fn foreign_crates_and_colours_stay_in_their_rooms() {
    for (name, planted) in [
        ("engine/mod.rs", "pub struct Sink(egui::Context);"),
        ("session.rs", "use eframe::egui_glow;"),
        ("cli.rs", "use rfd::FileDialog;"),
        ("engine/convert.rs", "use rust_xlsxwriter::Workbook;"),
        ("window/footer.rs", "let red = Color32::RED;"),
        ("window/footer.rs", "let red = egui::Color32::from_rgb(255, 0, 0);"),
        ("window/footer.rs", "let red = colour(\"#B42318\");"),
    ] {
        assert_eq!(breaches(name, planted).len(), 1, "{name}: {planted}");
    }
}
