//! Documents without a fault, made by a fuzzer's bytes: it hardly ever writes one itself. What is made need not be
//! odd in its values, since texts with other values are made of it, but in its shape.

const KEYS: [&str; 20] = [
    "id",
    "title",
    "a",
    "b",
    "c",
    "a/b",
    "",
    "text",
    "../id",
    "한",
    "element",
    "document",
    "sentence",
    "value",
    "rest",
    "$oid",
    "$date",
    "$numberLong",
    "x\\u0020y",
    "doc_id",
];
const SCALARS: [&str; 12] = [
    "true",
    "false",
    "null",
    "\"\"",
    "7",
    "-1.50",
    "12e3",
    "\"a\"",
    "\"b c\"",
    "\"\\ud83d\\ude00\\n\"",
    "\"가\"",
    "\"[1]\"",
];

/// JSON documents, each on a line of its own.
pub fn json(recipe: &[u8]) -> String {
    let (mut out, mut open, mut chance) = (String::new(), Vec::new(), recipe.iter().take(MOST).copied());
    // whether a sign is due before the next value
    let mut follows = false;
    while let Some(choice) = chance.next() {
        let is_end = matches!(choice % 16, 0..=3);
        if is_end && let Some(close) = open.pop() {
            out.push(close);
            follows = true;
        } else {
            if follows {
                out.push(',');
            }
            if open.last() == Some(&'}') {
                out.push_str(&format!("\"{}\":", one_of(&KEYS, choice / 16, &mut chance)));
            }
            follows = false;
            match choice % 16 {
                4..=8 if open.len() < DEEPEST => {
                    out.push('{');
                    open.push('}');
                }
                9..=11 if open.len() < DEEPEST => {
                    out.push('[');
                    open.push(']');
                }
                12 => {
                    out.push_str(&format!("\"{}\"", "길".repeat(choice.into())));
                    follows = true;
                }
                _ => {
                    out.push_str(one_of(&SCALARS, choice / 16, &mut chance));
                    follows = true;
                }
            }
        }
        if open.is_empty() {
            out.push('\n');
            follows = false;
        }
    }
    out.extend(open.into_iter().rev());
    out
}

const NAMES: [&str; 28] = [
    "rec", "item", "name", "title", "b", "i", "s", "p", "w", "text", "x:key", "Rec", "feat", "value", "list", "sec",
    "author", "last", "first", "tu", "head", "note", "field", "row", "entry", "br", "page", "tuv",
];
const ATTRIBUTES: [&str; 14] =
    ["id", "ID", "name", "att", "val", "value", "key", "xml:lang", "n", "type", "x:ref", "k", "xsi:nil", "xmlns:y"];
const VALUES: [&str; 8] = ["one", "two", "3", "ko", "http://a/b", " ", "a &amp; b", "&e;"];
const TEXTS: [&str; 12] = [
    "word",
    "&lt;",
    "\n  ",
    " ",
    "<!-- c -->",
    "<![CDATA[a < b]]>",
    "<![CDATA[]]>",
    "&#32;",
    "&e;",
    "<?p i?>",
    "가 나",
    "&#150;",
];

/// A document of elements, well-formed but for what is said twice in one tag.
pub fn xml(recipe: &[u8]) -> String {
    let (mut open, mut chance) = (vec!["root"], recipe.iter().take(MOST).copied());
    let mut out = match chance.next().unwrap_or(0) % 3 {
        0 => "<?xml version=\"1.0\"?>\n".to_owned(),
        1 => "<!DOCTYPE root [<!ENTITY e \"entity\">]>".to_owned(),
        _ => String::new(),
    };
    let has_entity = out.contains("ENTITY");
    let known = |piece: &'static str| if piece == "&e;" && !has_entity { "e" } else { piece };
    out.push_str("<root xmlns:x=\"x\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">");
    while let Some(choice) = chance.next() {
        let further = usize::from(choice / 8);
        match choice % 8 {
            0..=2 if open.len() < DEEPEST => {
                let name = one_of(&NAMES, choice / 8, &mut chance);
                out.push_str(&format!("<{name}"));
                let how = chance.next().unwrap_or(0);
                for at in 0..usize::from(how % 4) {
                    let key = ATTRIBUTES[(further + at) % ATTRIBUTES.len()];
                    let value = known(one_of(&VALUES, 0, &mut chance));
                    out.push_str(&format!(" {key}='{value}'"));
                }
                if how % 16 >= 12 {
                    out.push_str("/>");
                } else {
                    out.push('>');
                    open.push(name);
                }
            }
            3 | 4 if open.len() > 1 => {
                let name = open.pop().unwrap_or_default();
                out.push_str(&format!("</{name}>"));
            }
            _ => out.push_str(known(TEXTS[further % TEXTS.len()])),
        }
    }
    for name in open.into_iter().rev() {
        out.push_str(&format!("</{name}>"));
    }
    out
}

/// What the next byte of the recipe chooses.
fn one_of(all: &[&'static str], first: u8, chance: &mut impl Iterator<Item = u8>) -> &'static str {
    all[(usize::from(first) + usize::from(chance.next().unwrap_or(0))) % all.len()]
}

/// So much of a recipe is followed, and so deep.
const MOST: usize = 2_000;
const DEEPEST: usize = 60;
