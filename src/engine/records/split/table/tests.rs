//! Rows against the `csv` crate, and faults against what must stay of them.

use proptest::prelude::*;
use proptest::sample::select;

use super::row::{Marks, Reached, RowParser, value};
use super::{Dialect, TableSplitter};
use crate::engine::input::decode::TextReader;
use crate::engine::notes::{NoteKind, Notes};
use crate::engine::records::split::by_tags::LONGEST_BODY;
use crate::engine::records::split::raw_record::RawRecord;

type Rows = Vec<Vec<(String, String)>>;

const COMMA: Dialect = Dialect { delimiter: b',', by_cr: false, has_header: false, says_delimiter: false };

/// All rows, read `chunk` bytes at a time.
fn rows(text: &[u8], chunk: usize, dialect: Dialect) -> (Rows, Vec<u64>, Notes) {
    let reader = TextReader::with_chunk(text, None, chunk).expect("text");
    let mut splitter = TableSplitter::new(reader, dialect);
    let (mut raw, mut notes, mut rows, mut lines) = (RawRecord::default(), Notes::default(), Vec::new(), Vec::new());
    while splitter.next(&mut raw, &mut notes).expect("readable") {
        rows.push(raw.attributes.to_vec());
        lines.push(raw.line);
        raw.attributes.clear();
    }
    assert_eq!(splitter.rows(), (rows.len() as u64, 0));
    (rows, lines, notes)
}

fn values(rows: &Rows) -> Vec<Vec<&str>> {
    rows.iter().map(|row| row.iter().map(|(_, value)| value.as_str()).collect()).collect()
}

fn faults(notes: &Notes) -> Vec<(u64, &str)> {
    notes.places().iter().map(|note| (note.line, note.what.as_str())).collect()
}

#[test]
fn faulty_quotes_stay_and_are_named_with_their_lines() {
    for (text, want, at) in [
        ("a,\"5\" disk,\"x\"\nb,c,d\n", vec![vec!["a", "\"5\" disk", "x"], vec!["b", "c", "d"]], (1, "\" disk,\"x\"")),
        (
            "\"He said \"no\" to me\",b\nc,d\n",
            vec![vec!["He said \"no\" to me", "b"], vec!["c", "d"]],
            (1, "\"no\" to me\",b"),
        ),
        (
            "a,b\n1,\"never closed\n2,c\n3,d\n",
            vec![vec!["a", "b"], vec!["1", "\"never closed"], vec!["2", "c"], vec!["3", "d"]],
            (2, "\"never closed"),
        ),
        ("a,\"x\ny\",\"z\n", vec![vec!["a", "x\ny", "\"z"]], (2, "\"z")),
    ] {
        for chunk in [1, 2, 7, 1000] {
            let (found, _, notes) = rows(text.as_bytes(), chunk, COMMA);
            assert_eq!((values(&found), faults(&notes)), (want.clone(), vec![at]), "{text}");
        }
    }
}

#[test]
fn quotes_inside_plain_cells_are_characters() {
    let (found, _, notes) = rows(b"37 36'37.8\"N,5\" disk,\"\"\n", 9, COMMA);
    assert_eq!(values(&found), [["37 36'37.8\"N", "5\" disk", ""]]);
    assert!(notes.is_empty(), "{notes:?}");
}

#[test]
fn rows_with_more_cells_get_further_names_and_are_named() {
    let header = Dialect { has_header: true, ..COMMA };
    let (found, lines, notes) = rows("\u{feff}id,,id\n\n1,2,3\n4,5,6,7\n8\n".as_bytes(), 5, header);
    let row = |cells: &[(&str, &str)]| cells.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
    let want: Rows = vec![
        row(&[("id", "1"), ("column_2", "2"), ("id_2", "3")]),
        row(&[("id", "4"), ("column_2", "5"), ("id_2", "6"), ("column_4", "7")]),
        row(&[("id", "8")]),
    ];
    assert_eq!((found, lines), (want, vec![3, 4, 5]));
    assert_eq!(notes.counts(), [(NoteKind::CellsUneven, 2, 3)]);
    assert_eq!(faults(&notes), [(4, "4 ≠ 3"), (5, "1 ≠ 3")]);
}

#[test]
fn row_beyond_the_bound_costs_itself_alone() {
    let long = "긴".repeat(LONGEST_BODY / 3 + 200_000);
    let text = format!("a,b\n1,{long}\n2,c\n");
    let (found, _, notes) = rows(text.as_bytes(), 1 << 16, COMMA);
    assert_eq!((found.len(), &found[2][1].1[..]), (3, "c"));
    let kept = found[1][1].1.len();
    assert!(kept >= LONGEST_BODY - 2, "{kept}");
    assert_eq!(notes.counts(), [(NoteKind::RecordTooLong, 1, (long.len() - kept) as u64 + 1)]);
}

#[test]
fn quote_that_is_never_closed_costs_no_memory_and_no_row() {
    let text = format!("a,b\n1,\"open\n{}", "2,c\n".repeat(LONGEST_BODY / 3));
    let (rest, _, notes) = rows(text.as_bytes(), 1 << 16, COMMA);
    assert_eq!((rest.len(), &rest[1][1].1[..]), (2 + LONGEST_BODY / 3, "\"open"));
    assert_eq!(faults(&notes), [(2, "\"open")]);
}

#[test]
fn tables_end_their_rows_as_they_do() {
    let by_cr = Dialect { by_cr: true, ..COMMA };
    assert_eq!(values(&rows(b"a,b\r1,\"x\ry\"\r", 3, by_cr).0), [["a", "b"], ["1", "x\ny"]]);
    assert_eq!(
        values(&rows(b"a,b\r\n1,\"x\r\ny\"\r\n2,\"z\"\r\n3,w\r", 4, COMMA).0),
        [["a", "b"], ["1", "x\ny"], ["2", "z"], ["3", "w"]]
    );
}

#[test]
fn cells_beyond_a_worksheets_columns_stay_in_the_last() {
    let (found, _, notes) = rows("x,".repeat(20_000).as_bytes(), 1 << 16, COMMA);
    assert_eq!(found[0].len(), super::row::MOST_CELLS);
    assert_eq!(found[0].last().expect("a cell").1.len(), 2 * (20_000 - super::row::MOST_CELLS + 1));
    assert!(notes.is_empty());
}

/// Any text, in pieces that make trouble.
fn soup() -> impl Strategy<Value = String> {
    let piece = select(vec!["\"", "\"\"", ",", "\n", "\r\n", "\r", "a", "가", " ", "x y", ";", "\"a\"", ",\"", "\","]);
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 256, ..ProptestConfig::default() })]

    /// What a writer quotes as it should comes back as the `csv` crate reads it, however it arrives.
    #[test]
    fn well_formed_tables_are_what_the_csv_crate_reads(
        table in proptest::collection::vec(proptest::collection::vec("[a-c\",\n가 ]{0,6}", 3), 1..12),
        delimiter in select(vec![b',', b'\t', b';', b'|']), chunk in 1usize..40,
    ) {
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
        for row in &table {
            writer.write_record(row).expect("written");
        }
        let text = writer.into_inner().expect("written");
        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).from_reader(&text[..]);
        let want: Vec<Vec<String>> = reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect();
        let (found, _, notes) = rows(&text, chunk, Dialect { delimiter, ..COMMA });
        prop_assert_eq!(values(&found), want);
        prop_assert!(notes.is_empty(), "{:?}", notes);
    }

    /// Whatever the quotes, no character of a cell is lost, and it does not matter how the bytes arrive.
    #[test]
    fn words_of_a_table_are_never_lost(soup in soup(), chunk in 1usize..9) {
        let mut words = 0;
        let text: String = soup.chars().flat_map(|char| match char {
            'a' => { words += 1; format!("w{words}w").chars().collect::<Vec<_>>() }
            char => vec![char],
        }).collect();
        let (found, lines, notes) = rows(text.as_bytes(), chunk, COMMA);
        let all = rows(text.as_bytes(), 1 << 20, COMMA);
        prop_assert_eq!((&found, &lines, &notes), (&all.0, &all.1, &all.2));
        let cells = values(&found).concat().join("\n");
        for word in 1..=words {
            prop_assert!(cells.contains(&format!("w{word}w")), "w{}w of {:?} is not in {:?}", word, text, found);
        }
    }

    /// A row's length never leads beyond its text, and it moves on.
    #[test]
    fn row_ends_within_its_text(soup in soup(), over_lines in any::<bool>()) {
        let marks = Marks { delimiter: b',', end: b'\n', over_lines };
        let mut parser = RowParser::default();
        let reached = parser.go_on(soup.as_bytes(), true, marks);
        let Reached::End(length) = reached else { return Err(TestCaseError::fail("a text that is all there has an end")) };
        prop_assert!(length <= soup.len() && (length > 0 || soup.is_empty()));
        let mut room = String::new();
        for cell in &parser.cells {
            let _ = value(&soup, cell, true, &mut room);
        }
    }
}
