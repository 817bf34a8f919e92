//! Columns of numbers, days and truth: what becomes one in a file, and what stays text and is named.

use std::fs::File;
use std::num::NonZeroU64;
use std::path::Path;
use std::sync::Mutex;

use calamine::{Data, Reader, Xlsx, open_workbook};
use parquet::file::reader::{FileReader as _, SerializedFileReader};
use parquet::record::Field;
use sheetmill::engine::NoteKind::{ColumnIsText, ValueIsText};
use sheetmill::engine::{
    Choices, Columns, Form, IfExists, Inspection, Kind, Merge, MergeBy, Reading, StopToken, inspect, verify,
};

use super::support::bench::{Bench, Ran, ran};

fn columns(text: &str) -> Columns {
    Columns::parse(text).expect("columns")
}

/// A file of JSON Lines with one field, `v`, and a number for each record.
fn lines<'v>(values: impl IntoIterator<Item = &'v str>) -> String {
    let line =
        |(number, value): (usize, &str)| format!("{}\n", serde_json::json!({"n": number.to_string(), "v": value}));
    values.into_iter().enumerate().map(line).collect()
}

fn made(bench: &Bench, form: Form, columns: Columns) -> Ran {
    ran(&bench.job_of(Choices { form, columns, ..Choices::default() }))
}

/// A run over one file of these values, and what its workbook's column `v` holds.
fn workbook(values: &[&str], chosen: &str) -> (Ran, Vec<Data>) {
    let bench = Bench::with(&[("a", lines(values.iter().copied()).as_bytes())]);
    let run = made(&bench, Form::Xlsx, columns(chosen));
    assert_eq!(run.outcome("a"), "converted");
    let cells = cells(&bench.output.join("a.xlsx"));
    (run, cells.into_iter().map(|row| row[1].clone()).collect())
}

/// The rows below the header.
fn cells(file: &Path) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = open_workbook(file).expect("a workbook");
    let (_, range) = book.worksheets().remove(0);
    range.rows().skip(1).map(<[Data]>::to_vec).collect()
}

fn text(text: &str) -> Data {
    Data::String(text.to_owned())
}

#[test]
fn number_column_holds_numbers_and_what_would_lose_something_stays_text() {
    let numbers = ["0", "7", "-12", "3.25", "-0.5", "0.00001", "123456789012345", "100", "0.123456789012345"];
    let texts = ["007", "1234567890123456", "1e5", "1.50", "-0", "+1", "1,234", " 1", "x", "=1+1", "１"];
    let all: Vec<&str> = numbers.into_iter().chain(texts).chain([""]).collect();
    let (run, found) = workbook(&all, "n,v#number");
    let want = numbers.map(|number| Data::Float(number.parse().expect("a number"))).into_iter();
    let want: Vec<Data> = want.chain(texts.map(text)).chain([Data::Empty]).collect();
    assert_eq!(found, want);
    assert_eq!(run.notes("a"), [(ValueIsText, texts.len() as u64, texts.len() as u64)]);
    let first = &run.report("a").notes.places()[0];
    assert_eq!((first.line, &*first.what), (numbers.len() as u64 + 1, "v"));
}

#[test]
fn date_column_holds_days_and_moments() {
    let days =
        ["2023-01-05", "2023-01-05T06:30", "2023. 1. 5.", "2023년 1월 5일", "20230105", "1900-03-01", "9999-12-31"];
    let texts = ["1900-02-28", "2023-02-29", "2023-01-05T06:30:00Z", "5. 1. 2023"];
    let (run, found) = workbook(&[&days[..], &texts].concat(), "n,v#date");
    let serial = |data: &Data| match data {
        Data::DateTime(moment) => (moment.is_datetime(), moment.as_f64()),
        other => panic!("{other:?} is no day"),
    };
    let serials: Vec<_> = found[..days.len()].iter().map(serial).collect();
    let want = [44_931.0, 44_931.270_833_333_336, 44_931.0, 44_931.0, 44_931.0, 61.0, 2_958_465.0];
    assert_eq!(serials, want.map(|number| (true, number)));
    assert_eq!(found[days.len()..], texts.map(text));
    assert_eq!(run.notes("a"), [(ValueIsText, 4, 4)]);
}

#[test]
fn truth_column_holds_truth() {
    let values = ["true", "FALSE", "예", "아니요", "1", "0", "참", "거짓", "maybe", ""];
    let (run, found) = workbook(&values, "n,v#truth");
    let truths = [true, false, true, false, true, false, true, false].map(Data::Bool);
    assert_eq!(found, [&truths[..], &[text("maybe"), Data::Empty]].concat());
    assert_eq!(run.notes("a"), [(ValueIsText, 1, 1)]);
}

#[test]
fn late_text_among_numbers_stays_text_and_is_named() {
    let values: Vec<String> = (1..=6_000).map(|n| if n == 5_000 { "없음".into() } else { n.to_string() }).collect();
    let bench = Bench::with(&[("a", lines(values.iter().map(String::as_str)).as_bytes())]);
    for (chosen, is_numbers) in [("n,v#number", false), ("auto#number", true)] {
        let run = made(&bench, Form::Xlsx, columns(chosen));
        assert_eq!(run.notes("a"), [(ValueIsText, 1, 1)], "{chosen}");
        let note = &run.report("a").notes.places()[0];
        assert_eq!((note.line, &*note.what), (5_000, "v"));
        let found = cells(&bench.output.join("a.xlsx"));
        assert_eq!(found[4_999][1], text("없음"));
        assert_eq!((&found[4_998][1], &found[5_999][1]), (&Data::Float(4_999.0), &Data::Float(6_000.0)));
        let number = if is_numbers { Data::Float(4_999.0) } else { text("4999") };
        assert_eq!(found[4_999][0], number, "{chosen}");
        std::fs::remove_dir_all(&bench.output).expect("taken away");
    }
}

#[test]
fn numbers_as_numbers_are_columns_of_nothing_else() {
    let line = |n: usize, code: &str, some: &str| {
        format!("{{\"n\":\"{n}\",\"code\":\"{code}\",\"some\":\"{some}\",\"none\":\"\"}}\n")
    };
    let text_ = [line(1, "001", "1"), line(2, "2", "x"), line(3, "", "3")].concat();
    let bench = Bench::with(&[("a", text_.as_bytes())]);
    let run = made(&bench, Form::Xlsx, Columns::NUMBERS);
    assert_eq!(run.notes("a"), []);
    let found = cells(&bench.output.join("a.xlsx"));
    let want = [
        [Data::Float(1.0), text("001"), text("1")],
        [Data::Float(2.0), text("2"), text("x")],
        [Data::Float(3.0), Data::Empty, text("3")],
    ];
    let found: Vec<Vec<Data>> = found.into_iter().map(|row| row[..3].to_vec()).collect();
    assert_eq!(found, want);
}

#[test]
fn file_is_up_to_date_until_a_kind_is_chosen() {
    let bench = Bench::with(&[("a", lines(["1", "x"]).as_bytes())]);
    for form in [Form::Xlsx, Form::Jsonl, Form::Parquet, Form::Csv] {
        for chosen in ["auto", "auto#number", "n,v", "n,v#number", "n,v#date"] {
            let run = made(&bench, form, columns(chosen));
            assert_eq!(run.outcome("a"), "converted", "{form:?} {chosen}");
            assert_eq!(made(&bench, form, columns(chosen)).outcome("a"), "up to date", "{form:?} {chosen}");
        }
    }
}

#[test]
fn csv_holds_texts_whatever_is_chosen() {
    let bench = Bench::with(&[("a", lines(["1", "x"]).as_bytes())]);
    let run = made(&bench, Form::Csv, columns("n,v#number"));
    assert_eq!(run.notes("a"), []);
    assert_eq!(std::fs::read_to_string(bench.output.join("a.csv")).expect("there"), "\u{feff}n,v\r\n0,1\r\n1,x\r\n");
}

/// The fields of a Parquet file's rows, column by column as its reader finds them.
fn parquet(file: &Path) -> (Vec<String>, Vec<Vec<Field>>) {
    let file = SerializedFileReader::new(File::open(file).expect("there")).expect("Parquet");
    let columns = file.metadata().file_metadata().schema_descr().columns().to_vec();
    let types = columns.iter().map(|column| format!("{:?} {:?}", column.physical_type(), column.converted_type()));
    let rows = file.get_row_iter(None).expect("rows");
    let rows = rows.map(|row| row.expect("a row").get_column_iter().map(|(_, field)| field.clone()).collect());
    (types.collect(), rows.collect())
}

/// A run over one file of these values, and the type and values of its Parquet column `v`.
fn column(values: &[&str], chosen: &str) -> (Ran, String, Vec<Field>) {
    let bench = Bench::with(&[("a", lines(values.iter().copied()).as_bytes())]);
    let run = made(&bench, Form::Parquet, columns(chosen));
    assert_eq!(run.outcome("a"), "converted");
    let (types, rows) = parquet(&bench.output.join("a.parquet"));
    (run, types[1].clone(), rows.into_iter().map(|row| row[1].clone()).collect())
}

#[test]
fn parquet_columns_have_the_types_of_their_values() {
    use Field::{Bool, Date, Double, Long, Null, TimestampMicros};
    let kinds = [
        (&["1", "", "-20"][..], "n,v#number", "INT64 NONE", vec![Long(1), Null, Long(-20)]),
        (&["1", "2.5", ""], "n,v#number", "DOUBLE NONE", vec![Double(1.0), Double(2.5), Null]),
        (&["1970-01-02", "", "1899. 1. 1."], "n,v#date", "INT32 DATE", vec![Date(1), Null, Date(-25_932)]),
        (
            &["1970-01-02", "1970-01-01T00:00:01"],
            "n,v#date",
            "INT64 TIMESTAMP_MICROS",
            vec![TimestampMicros(86_400_000_000), TimestampMicros(1_000_000)],
        ),
        (&["예", "no", ""], "n,v#truth", "BOOLEAN NONE", vec![Bool(true), Bool(false), Null]),
    ];
    for (values, chosen, type_, want) in kinds {
        let (run, found, fields) = column(values, chosen);
        assert_eq!((found.as_str(), fields), (type_, want), "{values:?}");
        assert_eq!(run.notes("a"), [], "{values:?}");
    }
}

#[test]
fn parquet_column_with_a_value_of_another_kind_is_text() {
    for (values, chosen) in [(["1", "007", "2"], "n,v#number"), (["2023-01-05", "soon", ""], "n,v#date")] {
        let (run, type_, fields) = column(&values, chosen);
        let want = values.map(|value| if value.is_empty() { Field::Null } else { Field::Str(value.into()) });
        assert_eq!((type_.as_str(), fields), ("BYTE_ARRAY UTF8", want.to_vec()));
        assert_eq!(run.notes("a"), [(ColumnIsText, 1, 1)]);
        let note = &run.report("a").notes.places()[0];
        assert_eq!((note.line, &*note.what), (2, "v"));
    }
}

/// Behind the first group of rows, which is written by then: the file is begun again.
#[test]
fn parquet_column_changes_whenever_a_value_asks_for_it() {
    const MANY: usize = 100_010;
    let line = |n: usize| match n {
        100_003 => "{\"whole\":\"3\",\"part\":\"0.5\",\"text\":\"x\"}\n".to_owned(),
        100_005 => "{\"whole\":\"5\",\"part\":\"5\",\"text\":\"5\",\"late\":\"5\"}\n".to_owned(),
        _ => format!("{{\"whole\":\"{n}\",\"part\":\"{n}\",\"text\":\"{n}\"}}\n"),
    };
    let bench = Bench::with(&[("a", (1..=MANY).map(line).collect::<String>().as_bytes())]);
    let run = made(&bench, Form::Parquet, Columns::NUMBERS);
    assert_eq!(run.notes("a"), [(ColumnIsText, 1, 1)]);
    assert_eq!(run.report("a").notes.places()[0].line, 100_003);
    let (types, rows) = parquet(&bench.output.join("a.parquet"));
    // `text` is last: it is what a text is called
    assert_eq!(types, ["INT64 NONE", "DOUBLE NONE", "BYTE_ARRAY UTF8", "BYTE_ARRAY UTF8"]);
    assert_eq!(rows.len(), MANY);
    let row = |whole, part, late: Option<&str>, text: &str| {
        let late = late.map_or(Field::Null, |late| Field::Str(late.into()));
        vec![Field::Long(whole), Field::Double(part), late, Field::Str(text.into())]
    };
    assert_eq!(rows[0], row(1, 1.0, None, "1"));
    assert_eq!(rows[100_002], row(3, 0.5, None, "x"));
    assert_eq!(rows[100_004], row(5, 5.0, Some("5"), "5"));
}

#[test]
fn json_lines_hold_numbers_and_truth_until_a_value_is_another() {
    let bench = Bench::with(&[("a", lines(["1.5", "", "20"]).as_bytes()), ("b", lines(["1", "2", "1.50"]).as_bytes())]);
    let run = made(&bench, Form::Jsonl, columns("n#number,v#number"));
    let read = |name: &str| std::fs::read_to_string(bench.output.join(name)).expect("there");
    assert_eq!(read("a.jsonl"), "{\"n\":0,\"v\":1.5}\n{\"n\":1,\"v\":null}\n{\"n\":2,\"v\":20}\n");
    assert_eq!(read("b.jsonl"), "{\"n\":0,\"v\":\"1\"}\n{\"n\":1,\"v\":\"2\"}\n{\"n\":2,\"v\":\"1.50\"}\n");
    assert_eq!((run.notes("a"), run.notes("b")), (vec![], vec![(ColumnIsText, 1, 1)]));
    let bench = Bench::with(&[("a", lines(["yes", "0", ""]).as_bytes())]);
    made(&bench, Form::Jsonl, columns("v#truth"));
    let read = std::fs::read_to_string(bench.output.join("a.jsonl")).expect("there");
    assert_eq!(read, "{\"v\":true}\n{\"v\":false}\n{\"v\":null}\n");
}

#[test]
fn late_text_makes_a_column_of_json_lines_text_from_the_beginning() {
    let values: Vec<String> = (1..=6_000).map(|n| if n == 5_000 { "x".into() } else { n.to_string() }).collect();
    let bench = Bench::with(&[("a", lines(values.iter().map(String::as_str)).as_bytes())]);
    for chosen in ["auto#number", ":number#number=n,v#number"] {
        let run = made(&bench, Form::Jsonl, columns(chosen));
        assert_eq!(run.notes("a"), [(ColumnIsText, 1, 1)], "{chosen}");
        assert_eq!(run.report("a").notes.places()[0].line, 5_000);
        let text = std::fs::read_to_string(bench.output.join("a.jsonl")).expect("there");
        let first = i32::from(!chosen.starts_with("auto"));
        assert_eq!(text.lines().next(), Some(&*format!("{{\"n\":{first},\"v\":\"1\"}}")));
        assert_eq!(text.lines().nth(4_999), Some(&*format!("{{\"n\":{},\"v\":\"x\"}}", first + 4_999)));
        std::fs::remove_dir_all(&bench.output).expect("taken away");
    }
}

#[test]
fn what_a_person_sees_before_is_what_comes() {
    let values: Vec<String> = (1..=300).map(|n| if n == 250 { "x".into() } else { n.to_string() }).collect();
    let bench = Bench::with(&[("a", lines(values.iter().map(String::as_str)).as_bytes())]);
    let source = ran(&bench.job()).found().remove(0);
    let look =
        |chosen| inspect(&source, &columns(chosen), &Reading::default(), 5, &StopToken::default()).expect("JSON");
    let kinds = |look: &Inspection| look.columns.iter().map(|column| column.options.kind).collect::<Vec<_>>();
    // the 250th record is among those that decide, though five are shown
    assert_eq!(kinds(&look("auto#number")), [Kind::Number, Kind::Text]);
    assert_eq!(kinds(&look("auto")), [Kind::Text, Kind::Text]);
    let dates = look("n#date,v#number");
    assert_eq!(kinds(&dates), [Kind::Date, Kind::Number]);
    assert_eq!(dates.notes.counts(), [(ValueIsText, 5, 5)]);
}

#[test]
fn verified_files_of_kinds_are_whole() {
    let bench = Bench::with(&[("a", lines(["1", "2.5", ""]).as_bytes()), ("b", lines(["1", "x"]).as_bytes())]);
    for form in [Form::Xlsx, Form::Jsonl, Form::Parquet] {
        for chosen in ["auto#number", "n#truth,v#number", "n#date,v#date"] {
            let choices =
                Choices { if_exists: IfExists::Overwrite, form, columns: columns(chosen), ..Choices::default() };
            assert_eq!(ran(&bench.job_of(choices)).outcome("b"), "converted");
        }
    }
    let bad = Mutex::new(Vec::new());
    let count = verify(&bench.output, &StopToken::default(), &|found| {
        if found.outcome.is_err() {
            bad.lock().expect("not poisoned").push(found.name);
        }
    });
    assert_eq!((count.expect("a journal"), bad.into_inner().expect("not poisoned")), (6, vec![]));
}

/// A merged file of all, in parts of so many rows.
fn merged(bench: &Bench, form: Form, chosen: &str, most_rows: Option<u64>) -> Ran {
    let merge =
        Merge { by: MergeBy::Run, no_origin: true, most_rows: most_rows.and_then(NonZeroU64::new), ..Merge::default() };
    let run = ran(&bench.job_of(Choices { form, merge, columns: columns(chosen), ..Choices::default() }));
    assert!(run.names().iter().all(|name| run.outcome(name) == "converted"));
    run
}

/// Finished files, in the order of their names.
fn finished(bench: &Bench) -> Vec<std::path::PathBuf> {
    let names = bench.outputs();
    assert!(!names.is_empty());
    names.iter().map(|name| bench.output.join(name)).collect()
}

#[test]
fn merged_columns_are_what_all_files_agree_on() {
    let bench = Bench::with(&[("a", lines(["1", "2"]).as_bytes()), ("b", lines(["3", "x"]).as_bytes())]);
    let run = merged(&bench, Form::Xlsx, "auto#number", None);
    assert_eq!((run.notes("a"), run.notes("b")), (vec![], vec![]), "not all of the sample are numbers");
    let found = cells(&finished(&bench)[0]);
    let want = [(0.0, "1"), (1.0, "2"), (0.0, "3"), (1.0, "x")];
    assert_eq!(found, want.map(|(n, v)| vec![Data::Float(n), text(v)]));
    let bench = Bench::with(&[("a", lines(["1", "2"]).as_bytes()), ("b", lines(["3", "x"]).as_bytes())]);
    let run = merged(&bench, Form::Xlsx, "v#number", None);
    assert_eq!((run.notes("a"), run.notes("b")), (vec![], vec![(ValueIsText, 1, 1)]));
    let found = cells(&finished(&bench)[0]);
    assert_eq!(found.concat(), [Data::Float(1.0), Data::Float(2.0), Data::Float(3.0), text("x")]);
}

/// What the last file holds decides on the first part, which was whole by then.
#[test]
fn merged_parts_have_columns_of_the_same_kinds() {
    let files = [("a", lines(["1", "2", "3"])), ("b", lines(["4", "5", "6"])), ("c", lines(["7", "8.5", "9"]))];
    let late = [&files[..], &[("d", lines(["x"]))]].concat();
    for (files, type_) in [(&files[..2], "INT64 NONE"), (&files[..], "DOUBLE NONE"), (&late[..], "BYTE_ARRAY UTF8")] {
        let bytes: Vec<(&str, &[u8])> = files.iter().map(|(name, lines)| (*name, lines.as_bytes())).collect();
        let bench = Bench::with(&bytes);
        let run = merged(&bench, Form::Parquet, "v#number", Some(2));
        let parts: Vec<_> = finished(&bench).iter().map(|part| parquet(part)).collect();
        assert_eq!(parts.len(), (files.len() * 3).div_ceil(2).min(5));
        assert!(parts.iter().all(|(types, _)| types == &[type_]), "{type_}: {parts:?}");
        let said = if files.len() == 4 { vec![(ColumnIsText, 1, 1)] } else { vec![] };
        assert_eq!(run.notes(files[files.len() - 1].0), said);
        let rows: usize = parts.iter().map(|(_, rows)| rows.len()).sum();
        assert_eq!(rows, files.iter().map(|(_, lines)| lines.lines().count()).sum::<usize>());
    }
}

#[test]
fn merged_lines_of_json_begin_again_with_text() {
    let bench = Bench::with(&[("a", lines(["1", "2"]).as_bytes()), ("b", lines(["3", "x"]).as_bytes())]);
    let run = merged(&bench, Form::Jsonl, "v#number", None);
    assert_eq!((run.notes("a"), run.notes("b")), (vec![], vec![(ColumnIsText, 1, 1)]));
    let read = std::fs::read_to_string(&finished(&bench)[0]).expect("there");
    assert_eq!(read, "{\"v\":\"1\"}\n{\"v\":\"2\"}\n{\"v\":\"3\"}\n{\"v\":\"x\"}\n");
}
