//! JSON documents, as corpora and APIs give them, and lines as Python writes them.

use std::fs;
use std::path::Path;

use sheetmill::engine::{
    Cause, Columns, Expected, FormatKind, NoteKind, Outcome, Reading, RecordSelector, Repeat, SourceFile, StopToken,
    inspect,
};

use super::super::support::bench::{Bench, ran};
use super::super::support::workbooks::rows;
use super::{convert, file};

/// The cells of one file whose records stand at this path.
fn convert_at(bytes: &[u8], path: &str) -> Vec<Vec<String>> {
    let bench = Bench::with(&[("f", bytes)]);
    let mut job = bench.job();
    job.choices.reading.record = RecordSelector::parse(path);
    ran(&job);
    bench.cells("f.xlsx")
}

#[test]
fn json_array_gives_a_row_an_element() {
    let (format, cells, notes) = convert(&file("array.json"));
    assert_eq!((format, notes), (FormatKind::Json, vec![]));
    let want: [&[&str]; 3] =
        [&["paper", "words"], &["p-7", "첫 논문의 초록입니다."], &["p-8", "둘째 논문의 초록입니다."]];
    assert_eq!(cells, rows(&want));
}

#[test]
fn json_document_gives_a_row_an_element_of_what_repeats_in_it() {
    let (format, cells, notes) = convert(&file("document.json"));
    assert_eq!(format, FormatKind::Json);
    let want: [&[&str]; 3] = [
        &["../id", "../metadata/title", "id", "sentence/id", "sentence/form"],
        &["NWRW01", "신문 말뭉치", "NWRW01.1", "NWRW01.1.1; NWRW01.1.2", "강물이 불었다.; 다리를 막았다."],
        &["NWRW01", "신문 말뭉치", "NWRW01.2", "NWRW01.2.1", "장이 섰다."],
    ];
    assert_eq!(cells, rows(&want));
    assert_eq!(notes, [(NoteKind::EnclosingLeftOut, 1)]); // the year
}

#[test]
fn json_records_are_chosen_by_path_and_enclosing_fields_by_name() {
    let want: [&[&str]; 4] = [
        &["../../id", "../../metadata/title", "../id", "id", "form"],
        &["NWRW01", "신문 말뭉치", "NWRW01.1", "NWRW01.1.1", "강물이 불었다."],
        &["NWRW01", "신문 말뭉치", "NWRW01.1", "NWRW01.1.2", "다리를 막았다."],
        &["NWRW01", "신문 말뭉치", "NWRW01.2", "NWRW01.2.1", "장이 섰다."],
    ];
    assert_eq!(convert_at(&file("document.json"), "document/sentence"), rows(&want));
    let bench = Bench::with(&[("f", &file("document.json"))]);
    let mut job = bench.job();
    job.choices.columns = Columns::parse("id,../metadata/year=year").expect("columns");
    let ran = ran(&job);
    assert_eq!(bench.cells("f.xlsx"), rows(&[&["id", "year"], &["NWRW01.1", "2024"], &["NWRW01.2", "2024"]]));
    assert_eq!(ran.notes("f"), []);
    let whole = convert_at(&file("document.json"), ".");
    assert_eq!(whole.len(), 2);
    assert_eq!(whole[1].last().map(String::as_str), Some("강물이 불었다.; 다리를 막았다.; 장이 섰다."));
}

#[test]
fn json_look_offers_what_repeats_and_what_encloses() {
    let bytes = file("document.json");
    let bench = Bench::with(&[("f", &bytes)]);
    let source = SourceFile::at(bench.input.join("f"), "f", bytes.len() as u64);
    let look = inspect(&source, &Columns::AUTO, &Reading::default(), 5, &StopToken::default()).expect("JSON");
    let repeat = |path: &str, count| Repeat { path: path.into(), count };
    assert_eq!(look.repeats, [repeat("document", 2), repeat("document/sentence", 3)]);
    assert_eq!(look.outside, (1, 11));
    let fields: Vec<&str> = look.fields.iter().map(|field| field.name.as_str()).collect();
    let want = ["../id", "../metadata/title", "../metadata/year", "id", "sentence/id", "sentence/form"];
    assert_eq!(fields, want);
    assert_eq!(look.columns.len(), want.len() - 1);
    assert!(look.is_all);
}

#[test]
fn json_element_that_is_broken_is_named_by_line_and_column_and_the_others_are_kept() {
    let bench = Bench::with(&[("f", &file("broken.json"))]);
    let ran = bench.run();
    assert_eq!(
        bench.cells("f.xlsx"),
        rows(&[&["../id", "id", "said"], &["D7", "a", "안녕하세요"], &["D7", "c", "그럼요"]])
    );
    let report = ran.report("f");
    let fault = report.notes.places()[0].fault.expect("a fault");
    assert_eq!((fault.line, fault.column, fault.expected, fault.found), (1, 72, Expected::Colon, Some('"')));
    assert_eq!(report.notes.counts(), [(NoteKind::RecordDamaged, 1, 1)]);
}

#[test]
fn json_values_inside_are_named_by_their_way_and_numbers_stay_as_written() {
    let (format, cells, notes) = convert(&file("nested.json"));
    assert_eq!((format, notes), (FormatKind::Json, vec![]));
    let want: [&[&str]; 3] = [
        &["id", "who", "labels", "home/town", "home/code", "size", "rate"],
        &["7", "바", "물; 불", "부산", "00812", "", ""],
        &["8", "사", "", "", "", "98765432109876543210", "2.50"],
    ];
    assert_eq!(cells, rows(&want));
}

#[test]
fn json_lines_as_python_writes_them_are_all_rows() {
    let (format, cells, notes) = convert(&file("python.jsonl"));
    assert_eq!((format, notes), (FormatKind::JsonLines, vec![(NoteKind::HalfCharacters, 1)]));
    let want: [&[&str]; 6] = [
        &["id", "p", "q", "t"],
        &["a", "1.5", "", ""],
        &["b", "NaN", "-Infinity", ""],
        &["c", "", "", "칸\t사이"],
        &["d", "", "", "반\u{fffd}쪽"],
        &["e", "", "", "끝"],
    ];
    assert_eq!(cells, rows(&want));
}

/// The size of a line says nothing about records.
#[test]
fn json_on_one_long_line_gives_the_rows_of_the_same_json_on_many() {
    let data: Vec<_> = (0..9_000)
        .map(|n| serde_json::json!({"title": format!("글 {n}"), "context": "강물이 불었다. ".repeat(30)}))
        .collect();
    let json = serde_json::json!({"version": "x", "data": data});
    let line = serde_json::to_string(&json).expect("JSON");
    assert!(line.len() > 4 << 20);
    let (format, cells, _) = convert(line.as_bytes());
    assert_eq!((format, cells.len()), (FormatKind::Json, 9_001));
    assert_eq!(cells[9_000], ["강물이 불었다. ".repeat(30), "글 8999".to_owned()]);
    let (_, pretty, _) = convert(serde_json::to_string_pretty(&json).expect("JSON").as_bytes());
    assert!(cells == pretty);
}

#[test]
fn json_lines_are_documents_where_a_path_is_chosen() {
    let lines = b"{\"id\": 1, \"x\": [{\"a\": 1}, {\"a\": 2}]}\n{\"id\": 2, \"x\": [{\"a\": 3}]}\n";
    assert_eq!(convert_at(lines, "x"), rows(&[&["../id", "a"], &["1", "1"], &["1", "2"], &["2", "3"]]));
}

#[test]
fn json_without_any_record_is_refused_by_line_and_column() {
    let bench = Bench::with(&[("f", b"{\n \"id\" 1\n}\n"), ("none", b"{\"data\": []}\n")]);
    let ran = bench.run();
    match &ran.report("f").outcome {
        Outcome::Failed(error) => match &error.cause {
            Cause::Damaged(fault) => assert_eq!((fault.line, fault.column, fault.expected), (2, 7, Expected::Colon)),
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

/// Hostile or only large: a key of 40,000 letters, 400,000 keys, much nesting.
#[test]
fn json_bounds_strike_a_value_never_the_file() {
    let long = format!("[{{\"id\": 1, \"{}\": \"x\"}}, {{\"id\": 2}}]", "k".repeat(40_000));
    let (_, cells, notes) = convert(long.as_bytes());
    assert_eq!((cells.len(), notes), (3, vec![(NoteKind::NameCut, 1)]));
    assert_eq!(cells[1], ["1", "x"]);
    let keys: Vec<String> = (0..400_000).map(|n| format!("\"k{n}\":{n}")).collect();
    let (_, cells, notes) = convert(format!("{{{}}}", keys.join(",")).as_bytes());
    assert_eq!(
        notes.iter().find(|(kind, _)| *kind == NoteKind::ValuesTogether),
        Some(&(NoteKind::ValuesTogether, 390_000))
    );
    let all = cells[1].concat();
    assert!((0..400_000).step_by(9_999).all(|n| all.contains(&format!("{n}"))));
    let deep = format!("[{{\"id\": 1}}, {{\"x\": {}1{}}}, {{\"id\": 3}}]", "[".repeat(4000), "]".repeat(4000));
    let (_, cells, notes) = convert(deep.as_bytes());
    assert_eq!((cells.len(), notes), (4, vec![]));
    let deeper = format!("[{{\"id\": 1}}, {{\"x\": {}1{}}}, {{\"id\": 3}}]", "[".repeat(9000), "]".repeat(9000));
    let (_, cells, notes) = convert(deeper.as_bytes());
    assert_eq!((cells.len(), notes), (3, vec![(NoteKind::RecordDamaged, 1)]));
}

/// More names than a worksheet has columns, which no single record has: those that come first are columns.
#[test]
fn json_with_more_names_than_columns_keeps_each_value() {
    let member = |n: usize, m: usize| format!("\"k{}\": \"v{n}.{m}\"", 1000 * n + m);
    let record = |n| format!("{{\"id\": {n}, {}}}", (0..1000).map(|m| member(n, m)).collect::<Vec<_>>().join(", "));
    let text = format!("[{}]", (0..18).map(record).collect::<Vec<_>>().join(",\n"));
    let (_, cells, notes) = convert(text.as_bytes());
    let own = 16_384 - 1024 - 1;
    assert_eq!(
        (cells.len(), cells[0].len(), notes),
        (19, own + 2, vec![(NoteKind::ValuesTogether, 18_000 - own as u64)])
    );
    assert_eq!([&cells[0][0], &cells[0][own], &cells[0][own + 1]], ["id", &format!("k{}", own - 1), "rest"]);
    assert_eq!([&cells[1][1], &cells[1][1000], &cells[1][1001], &cells[1][own + 1]], ["v0.0", "v0.999", "", ""]);
    let rest = |n: usize, from| (from..1000).map(|m| member(n, m).replace('"', "")).collect::<Vec<_>>().join("; ");
    assert_eq!([&cells[16][own + 1], &cells[18][own + 1]], [&rest(15, own % 1000), &rest(17, 0)]);
}

/// What Python's `json` takes, and several documents in one file, which is what `[][]` is.
const TAKEN: [&str; 9] = [
    "n_number_NaN.json",
    "n_number_infinity.json",
    "n_number_minus_infinity.json",
    "n_string_unescaped_ctrl_char.json",
    "n_string_unescaped_newline.json",
    "n_string_unescaped_tab.json",
    "n_structure_double_array.json",
    "n_structure_UTF8_BOM_no_data.json", // nothing but a mark: no record, no fault
    "n_single_space.json",               // blank likewise
];

/// `JSONTestSuite`, where it is at hand: each `y_` is read, each `n_` is refused with line and column, no `i_` harms.
#[test]
fn json_test_suite_is_read_and_refused_as_it_asks() {
    let shared = std::env::var("SHEETMILL_SHARED").map_or_else(
        |_| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        |shared| Path::new(&shared).to_owned(),
    );
    let folder = shared.join("suites/json/test_parsing");
    let Ok(files) = fs::read_dir(&folder) else {
        eprintln!("skipped: JSONTestSuite is not at {}", folder.display());
        return;
    };
    let mut names: Vec<String> = files
        .map(|file| file.expect("an entry").file_name().into_string().expect("a name"))
        .filter(|name| Path::new(name).extension().is_some())
        .collect();
    names.sort();
    let bench = Bench::with(&[]);
    for name in &names {
        bench.put(name, fs::read(folder.join(name)).expect("readable"));
    }
    let mut job = bench.job();
    job.choices.reading.format = Some(FormatKind::Json);
    let ran = ran(&job);
    let mut counts = [0; 4];
    for name in &names {
        let report = ran.report(name);
        let is_named = report.notes.places().iter().any(|note| note.fault.is_some());
        let (is_read, is_refused) = match &report.outcome {
            Outcome::Converted { .. } => (!is_named, is_named),
            Outcome::Failed(error) => match &error.cause {
                Cause::NoRecords => (!is_named, is_named), // an empty array
                // of the last two there is no place to name
                Cause::Damaged(_) | Cause::Empty | Cause::NotText(_) => (false, true),
                other => panic!("{name}: {other:?}"),
            },
            Outcome::NotRecognised(error) if matches!(error.cause, Cause::NoRecords) => (true, false), // blank
            other => panic!("{name}: {other:?}"),
        };
        match &name[..2] {
            "y_" => assert!(is_read, "{name}: {report:?}"),
            "n_" if TAKEN.contains(&name.as_str()) => {
                assert!(is_read, "{name}: {report:?}");
                counts[3] += 1;
            }
            "n_" => assert!(is_refused, "{name}: {report:?}"),
            _ => {}
        }
        counts[["y_", "n_", "i_"].iter().position(|kind| name.starts_with(kind)).expect("a kind")] += 1;
    }
    let [read, refused, either, taken] = counts;
    eprintln!(
        "JSONTestSuite: {read} read, {} refused, {taken} taken as Python does, {either} without harm",
        refused - taken
    );
    assert!(read > 90 && refused > 180 && either > 30);
}
