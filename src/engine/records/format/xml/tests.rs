//! The account: whatever holds a value in a document is in a field of a record, is a field's name, or is counted by a
//! note. Documents are made by chance, with a different value in every place.

use std::collections::BTreeMap;

use proptest::prelude::*;

use crate::engine::input::decode::TextReader;
use crate::engine::job::reading::Reading;
use crate::engine::notes::{NoteKind, Notes};
use crate::engine::records::reader::{ReadOptions, Records};
use crate::engine::stop::StopToken;

/// Documents in a run of the tests; more by `PROPTEST_CASES`.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(400)
}

/// Makes a document by bytes of chance.
struct Maker<'a> {
    chance: std::iter::Cycle<std::slice::Iter<'a, u8>>,
    out: String,
    /// Values, and the text between two tags that each stands in.
    values: Vec<(String, usize)>,
    texts: usize,
    left: usize,
}

const NAMES: [&str; 22] = [
    "rec", "item", "name", "title", "b", "i", "s", "p", "w", "text", "x:key", "Rec", "feat", "value", "list", "sec",
    "author", "last", "first", "tu", "head", "note",
];
const ATTRIBUTES: [&str; 12] =
    ["id", "ID", "name", "att", "val", "value", "key", "xml:lang", "n", "type", "x:ref", "k"];

impl Maker<'_> {
    fn next(&mut self, most: usize) -> usize {
        usize::from(*self.chance.next().expect("a cycle of some bytes")) % most
    }

    /// A value that stands nowhere else.
    fn value(&mut self) -> String {
        let begin = ["v", "7", "나", "V "][self.next(4)];
        let value = format!("{begin}{}z", self.values.len());
        self.values.push((value.clone(), self.texts));
        value
    }

    /// A value in a place of its own.
    fn attribute(&mut self) -> String {
        self.texts += 1;
        let value = self.value();
        self.texts += 1;
        value
    }

    fn xml(&mut self, depth: usize) {
        self.left = self.left.saturating_sub(1);
        let name = NAMES[self.next(NAMES.len())];
        self.out += &format!("<{name}");
        let first = self.next(ATTRIBUTES.len());
        for at in 0..[0, 0, 1, 1, 2, 3][self.next(6)] {
            let value = self.attribute();
            let quote = ["\"", "'"][self.next(2)];
            self.out += &format!(" {}={quote}{value}{quote}", ATTRIBUTES[(first + at) % ATTRIBUTES.len()]);
        }
        self.texts += 1;
        if self.next(8) == 0 {
            self.out += "/>";
            return;
        }
        self.out += ">";
        for _ in 0..self.next(5) {
            match self.next(8) {
                0 | 1 => {
                    let value = self.value();
                    self.out += &value;
                }
                2 => {
                    let value = self.value();
                    self.out += &format!("<![CDATA[{value}]]>");
                }
                3 => {
                    let piece = ["\n  ", "<!-- c -->", "&#32;"][self.next(3)];
                    self.out += piece;
                }
                _ if depth < 9 && self.left > 0 => self.xml(depth + 1),
                _ => {}
            }
        }
        if self.next(6) == 0 && depth < 8 && self.left > 0 {
            // several alike
            for _ in 0..3 {
                self.xml(depth + 2);
            }
        }
        self.out += &format!("</{name}>");
        self.texts += 1;
    }

    fn sgml(&mut self, depth: usize) {
        const FIELDS: [&str; 8] = ["TITLE", "HEAD", "TEXT", "P", "F", "DATE", "B", "TOPICS"];
        let name = FIELDS[self.next(FIELDS.len())];
        self.out += &format!("<{name}");
        if self.next(3) == 0 {
            let value = self.attribute().replace(' ', "");
            let at = self.values.len() - 1;
            self.values[at].0.clone_from(&value);
            self.out += &format!(" P={value}");
        }
        self.out += ">";
        for _ in 0..self.next(4) {
            match self.next(3) {
                0 if depth < 4 => self.sgml(depth + 1),
                _ => {
                    let value = self.value();
                    self.out += &value;
                }
            }
        }
        if self.next(4) > 0 {
            self.out += &format!("</{name}>\n");
        }
    }
}

/// All that a reading of the document says, and how many values its notes count.
fn told(document: &str) -> Option<(String, u64)> {
    let reading = Reading::default();
    let reader = TextReader::with_chunk(document.as_bytes(), None, 1 << 16).ok()?;
    let ask =
        ReadOptions { reading: &reading, file: "f", keep_markup: false, chosen: None, offers: true, beside: None };
    let mut records = Records::new(reader, ask).ok()?;
    let (mut notes, mut all) = (Notes::default(), String::new());
    while let Some(record) = records.next(&StopToken::default(), &mut notes).expect("readable and not stopped") {
        for (name, value) in record.fields.iter() {
            all += &format!("\u{1}{name}\u{1}{value}\u{1}");
        }
    }
    let outside = |kind: &NoteKind| matches!(kind, NoteKind::MuchOutside | NoteKind::FewOutside);
    let counted = notes.counts().iter().filter(|(kind, ..)| outside(kind)).map(|(_, _, sum)| *sum).sum();
    for note in notes.places() {
        all += &note.what;
    }
    Some((all, counted))
}

fn check(maker: &Maker) -> Result<(), TestCaseError> {
    let Some((all, counted)) = told(&maker.out) else { return Ok(()) };
    let lost: BTreeMap<usize, &str> = maker
        .values
        .iter()
        .filter(|(value, _)| !all.contains(value.trim()))
        .map(|(value, text)| (*text, value.as_str()))
        .collect();
    prop_assert!(lost.len() as u64 <= counted, "{lost:?}, {counted} counted, of {}: {all}", maker.out);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn account_of_xml_holds(chance in proptest::collection::vec(any::<u8>(), 20..400)) {
        let mut maker = Maker { chance: chance.iter().cycle(), out: String::new(), values: Vec::new(), texts: 0, left: 150 };
        if maker.next(2) == 0 {
            maker.out += "<?xml version=\"1.0\"?>\n";
        }
        maker.out += "<root>";
        for _ in 0..=maker.next(6) {
            maker.xml(1);
        }
        maker.out += "</root>";
        check(&maker)?;
    }

    #[test]
    fn account_of_sgml_holds(chance in proptest::collection::vec(any::<u8>(), 20..300)) {
        let mut maker = Maker { chance: chance.iter().cycle(), out: String::new(), values: Vec::new(), texts: 0, left: 150 };
        for _ in 0..=maker.next(3) {
            let number = maker.value();
            maker.out += &format!("<DOC>\n<DOCNO>{number}</DOCNO>\n");
            for _ in 0..=maker.next(4) {
                maker.sgml(0);
            }
            maker.out += "</DOC>\n";
        }
        check(&maker)?;
    }
}
