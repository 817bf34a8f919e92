//! Documents whole and broken, by hand and by chance: every value of a document is in a cell or in a note.

use proptest::prelude::*;

use super::{LONGEST_RECORD, MOST_WAITING};
use crate::engine::error::syntax::{Expected, SyntaxFault};
use crate::engine::error::{Cause, Halt};
use crate::engine::input::decode::TextReader;
use crate::engine::job::columns::Columns;
use crate::engine::job::reading::{FormatKind, Reading};
use crate::engine::job::record_selector::RecordSelector;
use crate::engine::notes::{NoteKind, Notes};
use crate::engine::records::reader::{ReadOptions, Records};
use crate::engine::records::record::is_offered;
use crate::engine::stop::StopToken;

type Row = Vec<(String, String)>;

/// The rows that a text gives unless a person chooses columns, and its notes; its fault where it gives none.
fn read_with(
    text: &[u8],
    chunk: usize,
    path: Option<&str>,
    chosen: Option<&str>,
) -> Result<(Vec<Row>, Notes), SyntaxFault> {
    let record = path.map(|path| RecordSelector::of_path(path).expect("a path"));
    let reading = Reading { format: Some(FormatKind::Json), record, ..Reading::default() };
    let columns = chosen.map(|names| Columns::parse(names).expect("columns"));
    let chosen = columns.as_ref().and_then(Columns::as_chosen);
    let ask = ReadOptions { reading: &reading, file: "f", keep_markup: false, chosen, offers: false, beside: None };
    let reader = TextReader::with_chunk(text, None, chunk).expect("text");
    let mut records = Records::new(reader, ask).expect("JSON");
    let (mut rows, mut notes, stop) = (Vec::new(), Notes::default(), StopToken::default());
    loop {
        match records.next(&stop, &mut notes) {
            Ok(Some(record)) => {
                rows.push(
                    record.fields.iter().filter(|(name, _)| is_offered(name, FormatKind::Json)).cloned().collect(),
                );
                records.give_back(record);
            }
            Ok(None) => {
                assert_eq!(records.owed(), rows.len() as u64, "the account");
                return Ok((rows, notes));
            }
            Err(Halt::Failed(Cause::Damaged(fault))) => {
                assert_eq!((records.owed(), rows.len()), (0, 0), "the account");
                return Err(fault);
            }
            Err(halt) => panic!("{halt}"),
        }
    }
}

fn read(text: &str) -> (Vec<Row>, Notes) {
    read_with(text.as_bytes(), 1 << 18, None, None).expect("records")
}

/// `name=value name=value` a row.
fn lines(rows: &[Row]) -> Vec<String> {
    let line = |row: &Row| row.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" ");
    rows.iter().map(line).collect()
}

/// `kind line count what` a note.
fn told(notes: &Notes) -> Vec<String> {
    let one = |note: &crate::engine::notes::Note| format!("{:?} {} {} {}", note.kind, note.line, note.count, note.what);
    notes.places().iter().map(one).collect()
}

const DOCUMENT: &str = "{\n \"id\": \"N1\", \"version\": 2,\n \"document\": [\n  {\"id\": \"a\", \"s\": [{\"f\": 1111111111}, {\"f\": 2222222222}]},\n  {\"id\": \"b\", \"s\": [{\"f\": 3333333333}]}\n ],\n \"metadata\": {\"title\": \"T\", \"by\": {\"x\": 4}},\n \"other\": [5, [6]]\n}\n";

#[test]
fn json_fields_of_what_encloses_come_along_also_from_behind() {
    let (rows, notes) = read(DOCUMENT);
    assert_eq!(
        lines(&rows),
        [
            "../id=N1 ../metadata/title=T id=a s/f=1111111111 s/f=2222222222",
            "../id=N1 ../metadata/title=T id=b s/f=3333333333"
        ]
    );
    assert_eq!(
        told(&notes),
        ["EnclosingLeftOut 2 1 version", "EnclosingLeftOut 7 1 metadata/by/x", "ValuesOutside 8 2 other"]
    );
}

#[test]
fn json_records_are_chosen_by_their_path() {
    let of = |path| read_with(DOCUMENT.as_bytes(), 1 << 18, Some(path), None).expect("records");
    let (rows, notes) = of("document/s");
    let with = |rest: &str| format!("../../id=N1 ../../metadata/title=T {rest}");
    assert_eq!(
        lines(&rows),
        [with("../id=a f=1111111111"), with("../id=a f=2222222222"), with("../id=b f=3333333333")]
    );
    assert_eq!(notes.counts().iter().map(|(kind, ..)| *kind).collect::<Vec<_>>().len(), 2);
    let (rows, notes) = of("");
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].iter().filter(|(name, _)| name == "document/s/f").count(), 3);
    assert!(notes.is_empty(), "{notes:?}");
    let (rows, _) = of("metadata");
    assert_eq!(lines(&rows), ["../id=N1 title=T by/x=4"]);
    let (rows, _) = of("nowhere");
    assert!(rows.is_empty());
}

#[test]
fn json_fields_of_what_encloses_are_given_when_asked_for() {
    let (rows, notes) = read_with(DOCUMENT.as_bytes(), 1 << 18, None, Some("id,../Version")).expect("records");
    assert_eq!(lines(&rows)[1], "id=b s/f=3333333333"); // `is_offered` is for columns that nobody chose
    assert_eq!(told(&notes), ["ValuesOutside 8 2 other"]);
}

#[test]
fn json_documents_one_after_the_other_are_records() {
    let (rows, notes) = read("{\"id\": 1}{\"id\": 2}\n\n{\"id\":\n3}");
    assert_eq!(lines(&rows), ["id=1", "id=2", "id=3"]);
    assert!(notes.is_empty());
    let (rows, _) = read("{\"id\": 1, \"x\": [{\"a\": 1}]}\n{\"x\": [{\"a\": 2}], \"id\": 2}");
    assert_eq!(lines(&rows), ["id=1 x/a=1", "x/a=2 id=2"]);
    let both = "{\"id\": 1, \"x\": [{\"a\": 1}]}\n{\"x\": [{\"a\": 2}], \"id\": 2}";
    let (rows, _) = read_with(both.as_bytes(), 1 << 18, Some("x"), None).expect("records");
    assert_eq!(lines(&rows), ["../id=1 a=1", "../id=2 a=2"]);
}

#[test]
fn json_scalar_behind_a_document_is_told_with_its_place_and_kept() {
    for (text, value) in [("\"x\"", "x"), ("5", "5"), ("true", "true"), ("-1.50", "-1.50")] {
        let (rows, notes) = read(&format!("{{\"a\": 1}}\n {text}{{\"a\": 2}}"));
        assert_eq!(lines(&rows), ["a=1".to_owned(), format!("value={value}"), "a=2".to_owned()]);
        let [note] = notes.places() else { panic!("{notes:?}") };
        let fault = note.fault.expect("a place");
        assert_eq!((note.kind, fault.line, fault.column), (NoteKind::SyntaxRepaired, 2, 2));
    }
    let (rows, notes) = read("{\"a\": 1} oops {\"a\": 2}");
    assert_eq!((lines(&rows), told(&notes).len()), (vec!["a=1".to_owned()], 1));
}

#[test]
fn json_kinds_side_by_side_are_told_apart_by_a_field() {
    let two = |n: u32| format!("[{{\"a\": {n}, \"b\": 2}}, {{\"a\": 3, \"b\": 4}}]");
    let (rows, notes) = read(&format!("{{\"x\": {}, \"y\": {}, \"z\": {}}}", two(1), two(5), two(9)));
    assert_eq!(rows.len(), 6);
    assert_eq!(lines(&rows)[2], "element=y a=5 b=2");
    assert!(notes.is_empty());
}

#[test]
fn json_elements_that_are_no_objects_are_records_too() {
    assert_eq!(
        lines(&read("[1, \"a\", [2, 3], {\"b\": 4}, null]").0),
        ["value=1", "value=a", "value=2 value=3", "b=4", "value="]
    );
}

#[test]
fn json_field_that_comes_too_late_is_named_with_its_place() {
    let many = MOST_WAITING / 10;
    let all: Vec<String> = (0..many).map(|n| format!("{{\"n\":1{n:05}}}")).collect();
    let (rows, notes) = read(&format!("{{\"title\": \"T\", \"x\": [{}],\n\"id\": 7}}", all.join(",")));
    assert_eq!(rows.len(), many);
    assert!(rows.iter().all(|row| row[0].1 == "T" && row.len() == 2));
    assert_eq!(told(&notes), ["ValuesOutside 2 1 id"]);
}

fn fault(line: u64, column: u64, expected: Expected, found: char) -> SyntaxFault {
    SyntaxFault { line, column, expected, found: Some(found) }
}

#[test]
fn json_record_that_is_broken_is_named_and_its_neighbours_are_kept() {
    let (rows, notes) = read(
        "\u{feff}{\"id\": \"N2\", \"u\": [{\"id\": \"1\", \"f\": \"하나\"}, {\"id\": \"2\", \"f\" \"둘\"}, {\"id\": \"3\"}]}",
    );
    assert_eq!(lines(&rows), ["../id=N2 id=1 f=하나", "../id=N2 id=3"]);
    assert_eq!(notes.counts(), [(NoteKind::RecordDamaged, 1, 1)]);
    assert_eq!(notes.places()[0].fault, Some(fault(1, 60, Expected::Colon, '"')));
    assert_eq!(notes.places()[0].what, "{\"id\": \"2\", \"f\" \"둘\"}");
}

#[test]
fn json_record_that_lost_a_quote_or_a_bracket_ends_before_the_next_one_like_it() {
    let next = "{\"id\": \"3\", \"f\": \"c\"},\n{\"id\": \"4\", \"f\": \"d\"}]";
    for broken in [
        "{\"id\": \"2\", \"f\": \"b}",
        "{\"id\": \"2\", \"f\": [\"b\"}",
        "{\"id\": \"2\", \"f\": {\"b\": x}}",
        "{\"id\" \"2\"}",
    ] {
        let (rows, notes) = read(&format!("[{{\"id\": \"1\", \"f\": \"a\"}},\n{broken},\n{next}"));
        assert_eq!(lines(&rows), ["id=1 f=a", "id=3 f=c", "id=4 f=d"], "{broken}: {notes:?}");
        assert_eq!(notes.counts(), [(NoteKind::RecordDamaged, 1, 1)], "{broken}");
    }
}

#[test]
fn json_sign_between_records_that_lacks_or_is_one_too_many_costs_no_record() {
    for text in [
        "[{\"a\": 1} {\"a\": 2}]",
        "[{\"a\": 1},, {\"a\": 2}]",
        "[{\"a\": 1}, {\"a\": 2},]",
        "[,{\"a\": 1}, {\"a\": 2}]",
    ] {
        let (rows, notes) = read(text);
        assert_eq!(lines(&rows), ["a=1", "a=2"], "{text}");
        assert_eq!(notes.counts(), [(NoteKind::SyntaxRepaired, 1, 1)], "{text}");
        assert!(notes.places()[0].fault.is_some());
    }
}

#[test]
fn json_that_ends_too_early_keeps_what_stands_before() {
    let (rows, notes) = read("{\"x\": [{\"a\": 1, \"b\": 2},\n {\"a\": 3, \"b\": \"4");
    assert_eq!(lines(&rows), ["a=1 b=2", "a=3"]);
    assert_eq!(notes.counts(), [(NoteKind::DamagedFromHere, 1, 0)]);
    let end = SyntaxFault { line: 2, column: 18, expected: Expected::Quote, found: None };
    assert_eq!(notes.places()[0].fault, Some(end));
}

#[test]
fn json_that_is_damaged_from_a_place_on_keeps_what_stands_before() {
    let (rows, notes) = read("{\"x\": [{\"a\": 1}, {\"a\": 2}],\n \"y\" 5, \"z\": 6}");
    assert_eq!(lines(&rows), ["a=1", "a=2"]);
    assert_eq!(notes.counts(), [(NoteKind::DamagedFromHere, 1, 10)]);
    assert_eq!(notes.places()[0].fault, Some(fault(2, 6, Expected::Colon, '5')));
}

#[test]
fn json_without_a_record_before_its_fault_is_refused_with_the_place() {
    let refused = |text: &str| read_with(text.as_bytes(), 1 << 18, None, None).expect_err("no record");
    assert_eq!(refused("{\"a\" 1}"), fault(1, 6, Expected::Colon, '1'));
    assert_eq!(refused("\n\nx"), fault(3, 1, Expected::Value, 'x'));
    assert_eq!(refused("[{\"a\" 1}]"), fault(1, 7, Expected::Colon, '1'));
}

#[test]
fn json_record_beyond_the_bound_is_named_and_the_others_are_kept() {
    let long = "x".repeat(LONGEST_RECORD);
    let (rows, notes) = read(&format!("[{{\"a\": 1}},\n{{\"a\": \"{long}\", \"b\": 2}},\n{{\"a\": 3}}]"));
    assert_eq!(lines(&rows), ["a=1", "a=3"]);
    assert_eq!(notes.counts(), [(NoteKind::RecordTooLong, 1, LONGEST_RECORD as u64 + 17)]);
    assert_eq!(notes.places()[0].line, 2);
}

/// A JSON value in the making: scalars get their values when it is written, each its own.
#[derive(Debug, Clone)]
enum Made {
    Text,
    Number,
    Null,
    Array(Vec<Made>),
    Object(Vec<(&'static str, Made)>),
}

fn made() -> impl Strategy<Value = Made> {
    let leaf = prop_oneof![4 => Just(Made::Text), 3 => Just(Made::Number), 1 => Just(Made::Null)];
    leaf.prop_recursive(6, 80, 6, |inner| {
        let key =
            prop::sample::select(&["id", "title", "a", "b", "c", "a/b", "", "text", "../id", "한", "element"][..]);
        prop_oneof![
            1 => prop::collection::vec(inner.clone(), 0..5).prop_map(Made::Array),
            3 => prop::collection::vec((key, inner), 0..5).prop_map(Made::Object),
        ]
    })
}

/// Writes it; gives each value.
struct Writer {
    out: String,
    pretty: bool,
    values: Vec<String>,
}

impl Writer {
    fn gap(&mut self, depth: usize) {
        if self.pretty {
            self.out.push('\n');
            self.out.extend(std::iter::repeat_n(' ', depth));
        }
    }

    fn write(&mut self, made: &Made, depth: usize) {
        let n = 10_000 + self.values.len();
        match made {
            Made::Text => {
                self.values.push(format!("값{n}"));
                self.out.push_str(&if n.is_multiple_of(3) { format!("\"\\uac12{n}\"") } else { format!("\"값{n}\"") });
            }
            Made::Number => {
                self.values.push(n.to_string());
                self.out.push_str(&n.to_string());
            }
            Made::Null => self.out.push_str("null"),
            Made::Array(elements) => {
                self.out.push('[');
                for (at, element) in elements.iter().enumerate() {
                    self.out.push_str(if at > 0 { "," } else { "" });
                    self.gap(depth + 1);
                    self.write(element, depth + 1);
                }
                self.gap(depth);
                self.out.push(']');
            }
            Made::Object(entries) => {
                self.out.push('{');
                for (at, (key, value)) in entries.iter().enumerate() {
                    self.out.push_str(if at > 0 { "," } else { "" });
                    self.gap(depth + 1);
                    self.out.push_str(&format!("\"{key}\":"));
                    self.write(value, depth + 1);
                }
                self.gap(depth);
                self.out.push('}');
            }
        }
    }
}

/// The values in no cell are as many as notes say.
fn account(made: &[Made], pretty: bool, chunk: usize, path: Option<&str>) -> Result<(), TestCaseError> {
    let mut writer = Writer { out: String::new(), pretty, values: Vec::new() };
    for document in made {
        writer.write(document, 0);
        writer.out.push('\n');
    }
    let text = writer.out.as_bytes();
    let (rows, notes) = read_with(text, chunk, path, None).expect("no fault");
    let cells: String = rows.iter().flatten().map(|(_, value)| format!("{value}\n")).collect();
    let missing = writer.values.iter().filter(|value| !cells.contains(value.as_str())).count() as u64;
    let kinds = [NoteKind::ValuesOutside, NoteKind::EnclosingLeftOut];
    let named: u64 = notes.counts().iter().filter(|(kind, ..)| kinds.contains(kind)).map(|(.., sum)| sum).sum();
    prop_assert_eq!(missing, named, "{}\n{:?}\n{:?}", writer.out, rows, notes);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever holds a value in a document is in a cell or counted in a note.
    #[test]
    fn json_values_are_in_cells_or_in_notes(
        made in prop::collection::vec(made(), 1..4), pretty in any::<bool>(), chunk in prop::sample::select(&[1_usize, 7, 64, 1 << 18][..]),
        path in prop::option::of(prop::sample::select(&["", "a", "a/b", "b/c", "a/a", "id", "\"\""][..])),
    ) {
        account(&made, pretty, chunk, path)?;
    }
}
