//! The house stands: no file below `src` imports from a floor above its own, no room of the engine or the window
//! from one that comes later, and nowhere do imports run in a circle.
//!
//! Floors and rooms are told by the folder or file names below `src`. Paths are read from the code with
//! comments and strings taken out, groups (`use crate::{a, b}`) and `super` chains followed. The
//! last part keeps foreign names in their rooms: egui in the window, the workbook writer's crate
//! in `engine/output/xlsx`, colours in the theme.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Modules at the crate's root and the floor each stands on.
const FLOORS: [(&str, u8); 10] = [
    ("engine", 0),
    ("preset", 1),
    ("preview", 1),
    ("sample", 1),
    ("session", 1),
    ("settings", 1),
    ("storage", 1),
    ("text", 1),
    ("cli", 2),
    ("window", 2),
];
/// Neighbours on this floor may know each other; on all others they may not.
const OPEN_FLOOR: u8 = 1;

/// The rooms of a floor, in the order in which imports may run: from a later one to an earlier one. Those of the
/// first step know each other; those of a later step do not.
type Rooms = (&'static str, &'static [&'static [&'static str]]);
const ROOMS: [Rooms; 2] = [
    (
        "engine",
        &[
            &["error", "notes", "panics", "stop"],
            &["job"],
            &["input"],
            &["records", "output"],
            &["rows"],
            &["journal"],
            &["run"],
        ],
    ),
    (
        "window",
        &[
            &["desktop", "ime", "paths", "state", "theme"],
            &["command"],
            &["view"],
            &["facts"],
            &["widgets"],
            &["panels"],
            &["app"],
        ],
    ),
];

/// Folders whose modules show a part of the window each: they read, and return commands. Those of one folder never
/// meet, unless it is the folder's own `mod.rs` that puts them together.
const PANELS: [&str; 4] = ["window/panels", "window/panels/options", "window/panels/overlays", "window/panels/side"];

/// Entries of a folder that can be taken in at a glance.
const MOST_ENTRIES: usize = 12;

/// Crates that only one room may name.
const CRATES: [(&str, &str); 11] = [
    ("keepawake", "window"),
    ("notify_rust", "window"),
    ("zbus", "window"),
    ("egui", "window"),
    ("eframe", "window"),
    ("egui_extras", "window"),
    ("winit", "window"),
    ("rfd", "window"),
    ("rust_xlsxwriter", "engine/output/xlsx"),
    ("clap", "cli"),
    ("indicatif", "cli"),
];

#[test]
fn imports_run_down_the_floors_and_one_way_through_the_rooms() {
    let found: Vec<String> = sources().iter().flat_map(|(name, source)| breaches(name, source)).collect();
    assert!(found.is_empty(), "{} breaches:\n{}", found.len(), found.join("\n"));
}

#[test]
fn imports_run_in_no_circle() {
    assert_eq!(circles(&sources()), Vec::<BTreeSet<String>>::new());
}

/// No folder so full that it is no map any more.
#[test]
fn folders_have_no_more_than_a_dozen_entries() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![src.clone()];
    while let Some(folder) = folders.pop() {
        let entries: Vec<PathBuf> = entries(&folder);
        assert!(entries.len() <= MOST_ENTRIES, "{}: {} entries", folder.display(), entries.len());
        folders.extend(entries.into_iter().filter(|entry| entry.is_dir()));
    }
}

/// The files below `src` by their names, with `/`.
fn sources() -> Vec<(String, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = rust_files(&src);
    assert!(files.len() > 10, "only {} files found below {}", files.len(), src.display());
    let read = |file: PathBuf| {
        let name = file.strip_prefix(&src).expect("found below src").to_string_lossy().replace('\\', "/");
        (name, fs::read_to_string(&file).expect("a readable source file"))
    };
    files.into_iter().map(read).collect()
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
    let mut module: Vec<&str> = name.trim_end_matches(".rs").split('/').collect();
    if module.last() == Some(&"mod") {
        module.pop();
    }
    let own = module[0];
    if matches!(own, "main" | "lib") {
        return Vec::new(); // the top floor sees everything
    }
    let Some(own_floor) = floor(own) else {
        return vec![format!("src/{name}: module `{own}` has no floor; give it one in tests/layers.rs")];
    };
    let breach = |path: &[&str]| match floor(path[0]) {
        _ if path[0] == own => meeting(&module, path).or_else(|| wrong_way(&module, path)),
        Some(floor) if floor < own_floor || (floor == own_floor && floor == OPEN_FLOOR) => None,
        Some(floor) if floor == own_floor => Some(format!("`{}` is a neighbour that must stay unknown", path[0])),
        Some(floor) => Some(format!("`{}` is on floor {floor}, above `{own}` on floor {own_floor}", path[0])),
        None if path[0].starts_with(char::is_lowercase) => {
            Some(format!("`{}` has no floor in tests/layers.rs", path[0]))
        }
        None => None,
    };
    paths(tokens, &module)
        .into_iter()
        .filter_map(|(line, path)| Some(format!("src/{name}:{line}: crate::{}: {}", path.join("::"), breach(&path)?)))
        .collect()
}

fn floor(module: &str) -> Option<u8> {
    FLOORS.iter().find(|(name, _)| *name == module).map(|(_, floor)| *floor)
}

/// Two panels of one folder that know each other.
fn meeting(module: &[&str], path: &[&str]) -> Option<String> {
    PANELS.iter().find_map(|folder| {
        let folder: Vec<&str> = folder.split('/').collect();
        let panel =
            |path: &[&str]| path.strip_prefix(&*folder).and_then(|rest| rest.first().map(|&name| name.to_owned()));
        let (one, other) = (panel(module)?, panel(path)?);
        (one != other).then(|| format!("`{one}` and `{other}` are panels, which never meet"))
    })
}

/// A room that knows one which comes later, or its neighbour. The floor's own `mod.rs` stands at the door of all.
fn wrong_way(module: &[&str], path: &[&str]) -> Option<String> {
    let (floor, steps) = ROOMS.iter().find(|(floor, _)| *floor == module[0])?;
    let (own, other) = (module.get(1)?, path.get(1)?);
    let step = |room: &str| steps.iter().position(|rooms| rooms.contains(&room));
    let Some(own_step) = step(own) else {
        return Some(format!("`{floor}/{own}` is no room in tests/layers.rs"));
    };
    match step(other) {
        _ if own == other => None,
        Some(other_step) if other_step < own_step || (other_step == own_step && own_step == 0) => None,
        Some(_) => Some(format!("`{floor}/{other}` does not come before `{floor}/{own}`")),
        None => Some(format!("`{other}` is taken at the door of `{floor}`, not from its room")),
    }
}

/// All paths that begin with `crate`, `super` or `self`, from the crate's root on, groups opened,
/// with the line each ends on. `module` is the file's own place.
fn paths<'a>(tokens: &'a [Token], module: &[&'a str]) -> Vec<(usize, Vec<&'a str>)> {
    let mut found = Vec::new();
    let (mut at, mut depth) = (0, 0_usize);
    let mut inner: Vec<(usize, &str)> = Vec::new(); // modules written inside the file, with their depth in braces
    while let Some(token) = tokens.get(at) {
        let next = tokens.get(at + 1).map_or("", |next| next.text.as_str());
        match token.text.as_str() {
            "crate" | "super" | "self" if next == "::" && (at == 0 || tokens[at - 1].text != "::") => {
                let place = module.iter().copied().chain(inner.iter().map(|(_, name)| *name)).collect();
                at = follow(tokens, at, place, &mut found);
                continue;
            }
            "mod" if tokens.get(at + 2).is_some_and(|token| token.text == "{") => inner.push((depth, next)),
            "{" => depth += 1,
            "}" => {
                depth = depth.saturating_sub(1);
                inner.pop_if(|(outside, _)| *outside == depth);
            }
            _ => {}
        }
        at += 1;
    }
    found.retain(|(_, path)| !path.is_empty());
    found
}

/// Follows one path, or each path of a group, on from `path`; gives the place after it.
fn follow<'a>(
    tokens: &'a [Token],
    mut at: usize,
    mut path: Vec<&'a str>,
    found: &mut Vec<(usize, Vec<&'a str>)>,
) -> usize {
    loop {
        let Some(Token { line, text }) = tokens.get(at) else { return at };
        at += 1;
        match text.as_str() {
            "crate" => path.clear(),
            "super" => drop(path.pop()),
            "self" => {}
            "{" => {
                while tokens.get(at).is_some_and(|token| token.text != "}") {
                    at = if tokens[at].text == "," { at + 1 } else { follow(tokens, at, path.clone(), found) };
                }
                return at + 1;
            }
            name => path.push(name),
        }
        if tokens.get(at).is_none_or(|token| token.text != "::") {
            found.push((*line, path));
            let renamed = tokens.get(at).is_some_and(|token| token.text == "as");
            return if renamed { at + 2 } else { at };
        }
        at += 1;
    }
}

/// Imports that run in a circle, each told once; `sources` are the files of `src` with their text. A folder's `mod.rs`
/// may name what is in its folder, and that what stands in its `mod.rs`. Tests are left out.
fn circles(sources: &[(String, String)]) -> Vec<BTreeSet<String>> {
    let module = |name: &str| name.trim_end_matches(".rs").trim_end_matches("/mod").to_owned();
    let modules: BTreeSet<String> = sources.iter().map(|(name, _)| module(name)).collect();
    let mut imports: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (name, source) in sources {
        let own = module(name);
        if matches!(&*own, "lib" | "main") || own.ends_with("/tests") {
            continue;
        }
        let code = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or(source);
        let (code, place) = (Code::of(code), own.clone());
        let place: Vec<&str> = place.split('/').collect();
        let below = format!("{own}/");
        let others = paths(&code.tokens, &place).into_iter().filter_map(|(_, path)| {
            let known = (1..=path.len()).rev().map(|length| path[..length].join("/"));
            known.into_iter().find(|path| modules.contains(path))
        });
        let others = others.filter(|other| *other != own && !other.starts_with(&below)).collect();
        imports.insert(own, others);
    }
    let reached = |from: &String| {
        let (mut seen, mut next) = (BTreeSet::new(), vec![from]);
        while let Some(at) = next.pop() {
            next.extend(imports.get(at).into_iter().flatten().filter(|other| seen.insert((*other).clone())));
        }
        seen
    };
    let reach: BTreeMap<&String, BTreeSet<String>> = imports.keys().map(|module| (module, reached(module))).collect();
    let mut found: Vec<BTreeSet<String>> = Vec::new();
    for (module, seen) in reach.iter().filter(|(module, seen)| seen.contains(**module)) {
        let circle: BTreeSet<String> =
            seen.iter().filter(|other| reach.get(other).is_some_and(|back| back.contains(*module))).cloned().collect();
        if !found.contains(&circle) {
            found.push(circle);
        }
    }
    found
}

fn foreign_crates(name: &str, tokens: &[Token]) -> Vec<String> {
    tokens
        .iter()
        .filter_map(|token| {
            let (used, room) = CRATES.iter().find(|(used, _)| *used == token.text)?;
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

fn entries(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).expect("a readable folder").map(|entry| entry.expect("a readable entry").path()).collect()
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for path in entries(folder) {
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
fn import_from_above_is_found_when_planted() {
    let planted = "use std::fs;\n\nuse crate::session::Session;\n";
    assert_eq!(
        breaches("engine/input/scan.rs", planted),
        ["src/engine/input/scan.rs:3: crate::session::Session: `session` is on floor 1, above `engine` on floor 0"]
    );
    for planted in [
        "use crate::{engine::Job, window::App};",
        "fn f() -> crate::window::App { todo!() }",
        "use super::window;",
        "use crate::{\n    engine::{self, Job as _},\n    cli,\n};",
    ] {
        assert_eq!(breaches("session.rs", planted).len(), 1, "{planted}");
    }
    assert_eq!(breaches("engine/records/record.rs", "use super::super::super::text::Lang;").len(), 1);
    assert_eq!(breaches("cli.rs", "use crate::window::run;").len(), 1, "neighbours on floor 2");
    assert_eq!(breaches("extra.rs", "").len(), 1, "a module without a floor");
    for planted in ["use super::{preview::Preview};", "use crate::window::panels::side::preview;"] {
        assert_eq!(breaches("window/panels/side/details.rs", planted).len(), 1, "{planted}");
    }
}

#[test]
fn import_against_the_rooms_is_found_when_planted() {
    for (name, planted) in [
        ("engine/input/scan.rs", "use crate::engine::output::target;"),
        ("engine/records/reader.rs", "use crate::engine::output::Limits;"),
        ("engine/error.rs", "use super::job::Job;"),
        ("engine/rows/plan.rs", "use crate::engine::Control;"),
        ("engine/attic.rs", "use super::job::Job;"),
        ("window/view.rs", "use super::app::undo::Undo;"),
        ("window/widgets/logo.rs", "use crate::window::panels::footer;"),
    ] {
        assert_eq!(breaches(name, planted).len(), 1, "{name}: {planted}");
    }
}

#[test]
fn circle_is_found_when_planted() {
    let source = |name: &str, code: &str| (name.to_owned(), code.to_owned());
    let mut sources = vec![
        source("engine/mod.rs", "mod a; mod b; pub use a::A;"),
        source("engine/a.rs", "use super::b::B;"),
        source("engine/b/mod.rs", "mod c; use c::C; use crate::text::Lang;"),
        source("engine/b/c.rs", "use super::D;\n#[cfg(test)]\nmod tests { use crate::engine::a::A; }"),
        source("text.rs", ""),
    ];
    assert_eq!(circles(&sources), Vec::<BTreeSet<String>>::new());
    sources[4].1 = "use crate::engine::a::A;".to_owned();
    assert_eq!(circles(&sources), [["engine/a", "engine/b", "text"].map(str::to_owned).into()]);
}

#[test]
fn imports_that_are_allowed_are_let_through() {
    for (name, allowed) in [
        ("engine/input/mod.rs", "use super::super::engine;\nuse super::{error::ConvertError, job::{Columns, Job}};"),
        ("session.rs", "use crate::{engine::{self, Job}, settings, text::Lang};"),
        ("engine/run/mod.rs", "// use crate::session::Session;\n/* crate::window /* nested */ crate::cli */"),
        ("engine/mod.rs", "const WORDS: &str = \"crate::window \\\" egui\"; const MARK: char = '\"';"),
        ("engine/mod.rs", "const WORDS: &str = r#\"use \"crate::window::App\" egui\"#;"),
        ("window/panels/list/row.rs", "use crate::session::Progress; use egui::Ui; fn f<'a>(x: &'a Color32) {}"),
        ("session.rs", "fn f() {} mod tests { use super::f; fn g() {} use super::super::text; } use super::engine;"),
        ("window/panels/side/details.rs", "use crate::window::{command::Command, theme}; use self::row::{self, Row};"),
        ("window/panels/side/mod.rs", "mod preview; use self::{details, preview::Preview}; use crate::session::{*};"),
        ("window/theme/mod.rs", "const LINE: Color32 = Color32::from_rgb(1, 2, 3); const HEX: &str = \"#E1E4E8\";"),
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
        ("engine/run/convert/mod.rs", "use rust_xlsxwriter::Workbook;"),
        ("window/footer.rs", "let red = Color32::RED;"),
        ("window/footer.rs", "let red = egui::Color32::from_rgb(255, 0, 0);"),
        ("window/footer.rs", "let red = colour(\"#B42318\");"),
    ] {
        assert_eq!(breaches(name, planted).len(), 1, "{name}: {planted}");
    }
}
