//! XML against roxmltree: of a document that is well-formed, each text between two tags and each value of an attribute
//! is in a field, is a field's name, or notes count as many as lack. Spaces make no difference here, and names of
//! namespaces and schemas are no values.

use roxmltree::{Document, Node, ParsingOptions};
use sheetmill::engine::NoteKind::{FewOutside, MuchOutside, TooMuchMarkup};

use super::Told;

/// Who tells programs where a schema is.
const SCHEMAS: [&str; 3] = ["xsi:schemalocation", "xsi:nonamespaceschemalocation", "xsi:nil"];

/// A document as another reader reads it, if it is one.
pub fn document(text: &str) -> Option<Document<'_>> {
    Document::parse_with_options(text, ParsingOptions { allow_dtd: true, ..ParsingOptions::default() }).ok()
}

/// The values of the document are in fields, or counted.
pub fn hold(document: &Document, told: &Told) {
    if told.noted(&[TooMuchMarkup]) > 0 {
        return; // its tags are simply taken out
    }
    let all = all(told);
    let mut places = Places::default();
    places.walk(document);
    let lost = places.values.iter().filter(|(value, _)| !all.contains(value));
    let mut lost: Vec<(usize, &str)> = lost.map(|(value, place)| (*place, value.as_str())).collect();
    lost.dedup_by_key(|(place, _)| *place);
    let noted = told.noted(&[MuchOutside, FewOutside]);
    assert!(lost.len() as u64 <= noted, "{lost:?}, {noted} noted of {}: {}", document.input_text(), told.said());
}

/// Values without their spaces, and a number for where each stands: texts that only a comment stands between have one.
#[derive(Default)]
struct Places {
    values: Vec<(String, usize)>,
    place: usize,
}

impl Places {
    fn walk(&mut self, document: &Document) {
        each(document, &mut |seen| match seen {
            Seen::Start(element) => {
                for attribute in element.attributes() {
                    let name = &document.input_text()[attribute.range_qname()];
                    if !SCHEMAS.iter().any(|known| name.eq_ignore_ascii_case(known)) {
                        self.place += 1;
                        self.add(attribute.value());
                    }
                }
                self.place += 1;
            }
            Seen::Text(text) => self.add(text),
            Seen::End(_) => self.place += 1,
        });
    }

    fn add(&mut self, value: &str) {
        let value = bare(value);
        if !value.is_empty() {
            self.values.push((value, self.place));
        }
    }
}

/// A document of the same elements in which each text is another, with `attributes` each attribute's value too.
pub fn with_other_values(document: &Document, attributes: bool) -> String {
    let (mut out, mut count) = (String::new(), 0);
    let source = document.input_text();
    let name = |element: Node| {
        let tag = &source[element.range().start + 1..];
        tag[..tag.find(|char: char| char.is_whitespace() || "/>".contains(char)).unwrap_or(tag.len())].to_owned()
    };
    let mut value = || {
        count += 1;
        format!("{}{count}z", ["v", "나", "V ", "7"][count % 4])
    };
    each(document, &mut |seen| match seen {
        Seen::Start(element) => {
            out.push_str(&format!("<{}", name(element)));
            for attribute in element.attributes() {
                let known = attribute.value();
                let made = if attributes && !bare(known).is_empty() { value() } else { escaped(known) };
                out.push_str(&format!(" {}=\"{made}\"", &source[attribute.range_qname()]));
            }
            out.push_str(if element.has_children() { ">" } else { "/>" });
        }
        Seen::Text(text) if bare(text).is_empty() => out.push_str(&escaped(text)),
        Seen::Text(text) => out.push_str(&match text.len() % 3 {
            0 => format!("<![CDATA[{}]]>", value()),
            1 => format!("\n  {}\n", value()),
            _ => value(),
        }),
        Seen::End(element) => {
            if element.has_children() {
                out.push_str(&format!("</{}>", name(element)));
            }
        }
    });
    out
}

/// What stands in a document, in its order.
enum Seen<'a> {
    Start(Node<'a, 'a>),
    Text(&'a str),
    End(Node<'a, 'a>),
}

fn each<'a>(document: &'a Document, see: &mut dyn FnMut(Seen<'a>)) {
    let mut open: Vec<Node> = Vec::new();
    for node in document.root_element().descendants() {
        while open.last().is_some_and(|last| node.parent() != Some(*last)) {
            open.pop().into_iter().for_each(|ended| see(Seen::End(ended)));
        }
        if node.is_element() {
            see(Seen::Start(node));
            open.push(node);
        } else if let Some(text) = node.text().filter(|_| node.is_text()) {
            see(Seen::Text(text));
        }
    }
    while let Some(ended) = open.pop() {
        see(Seen::End(ended));
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// What HTML, and the reader with it, takes `&#128;` to `&#159;` for.
const AS_WINDOWS: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";

/// Without spaces.
fn bare(text: &str) -> String {
    let meant = |char: char| match char {
        '\u{80}'..='\u{9f}' => AS_WINDOWS.chars().nth(char as usize - 0x80).unwrap_or(char),
        _ => char,
    };
    text.chars().map(meant).filter(|char| !char.is_whitespace() && *char != '\u{feff}').collect()
}

/// All that was told, values and names.
fn all(told: &Told) -> String {
    let mut all = String::new();
    for text in told.values.keys().chain(&told.names) {
        all.push_str(&bare(text));
        all.push('\u{1}');
    }
    all
}
