//! CSV, JSON Lines and Parquet: what was written is what is read back, and what was changed meanwhile is seen.

use std::fs::File;
use std::io::{Read as _, Seek as _, Write as _};

use proptest::prelude::*;

use crate::engine::job::choices::{Choices, Compression};
use crate::engine::job::columns::Column;
use crate::engine::job::columns::kind::Kind;
use crate::engine::job::form::Form;
use crate::engine::notes::NoteKind;
use crate::engine::output::field::Field;
use crate::engine::output::{Alone, NewFile, OutputForm, ReadBack, RowError, Written, of};
use crate::engine::stop::StopToken;

const FORMS: [(Form, bool); 4] = [(Form::Csv, false), (Form::Csv, true), (Form::Jsonl, false), (Form::Parquet, false)];

fn form((form, guard): (Form, bool)) -> &'static dyn OutputForm {
    of(&Choices { form, guard, ..Choices::default() })
}

/// A file of these rows, what its sink says of it, and what its header must be.
fn made(form: &dyn OutputForm, names: &[&str], rows: &[Vec<Field>]) -> (File, Written, Vec<String>) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let columns: Vec<Column> = names.iter().copied().map(Column::field).collect();
    let mut widths = vec![1; columns.len()];
    loop {
        let new = NewFile {
            folder: folder.path(),
            columns: &columns,
            widths: &widths,
            stamp: "a stamp",
            compression: Compression::Normal,
            wraps: false,
            digested: true,
        };
        let mut sink = form.begin(new, &Alone);
        let narrow = rows.iter().any(|row| match sink.row(row, &mut |_, _| {}) {
            Ok(()) => false,
            Err(RowError::TooNarrow) => true,
            Err(RowError::OtherKind) => panic!("all are texts"),
            Err(RowError::Halted(halt)) => panic!("{halt:?}"),
        });
        let needed = sink.widths().to_vec();
        if !narrow {
            let mut file = tempfile::tempfile().expect("a file");
            let written = sink.finish(&mut file).expect("written");
            return (file, written, form.heads(&columns, &needed));
        }
        drop(sink);
        widths = needed;
    }
}

fn read(form: &dyn OutputForm, file: &File) -> Result<ReadBack, String> {
    let said = |halt| format!("{halt:?}");
    let found = form.read_back(file, &StopToken::default()).map_err(said)?;
    assert_eq!(form.read_by_library(file, &StopToken::default()).map_err(said)?, found);
    Ok(found)
}

fn text(file: &File) -> String {
    let (mut file, mut text) = (file, String::new());
    file.rewind().and_then(|()| file.read_to_string(&mut text)).expect("text");
    text
}

fn with(bytes: &[u8]) -> File {
    let mut file = tempfile::tempfile().expect("a file");
    file.write_all(bytes).expect("written");
    file
}

fn row(values: &[&'static str]) -> Vec<Field<'static>> {
    values.iter().map(|value| Field::from(*value)).collect()
}

fn field() -> impl Strategy<Value = Field<'static>> {
    let text = prop_oneof![
        4 => "[ -~가-힣\n\t]{0,20}",
        2 => "[\u{0}-\u{1f}\"',;=+@\u{7f}\u{85}\u{2028}\u{fffe}\u{ffff}\u{feff}\r\n-]{1,8}",
        1 => Just(String::new()),
        1 => (30_000usize..40_000).prop_map(|length| "긴,\"글\"\r\n".repeat(length / 8)),
    ];
    let many = proptest::collection::vec("[a-z\r\n\" ]{0,3}", 0..4);
    let many = many.prop_map(|values| Field::Many(values.into_iter().map(Into::into).collect()));
    prop_oneof![6 => text.prop_map(Field::from), 1 => many]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn rows_of_any_texts_are_read_back_as_they_were(
        rows in proptest::collection::vec((field(), field(), field()), 1..12),
    ) {
        let rows: Vec<Vec<Field<'static>>> = rows.into_iter().map(|(a, b, c)| vec![a, b, c]).collect();
        for of in FORMS {
            let form = form(of);
            let (file, written, header) = made(form, &["id", "a,\"b\"\n=c", "text (2)"], &rows);
            let found = read(form, &file).expect("whole");
            prop_assert_eq!(written.rows, rows.len() as u64);
            let digest = written.digest.expect("asked for");
            prop_assert_eq!(found, ReadBack { header, rows: written.rows, digest });
        }
    }
}

#[test]
fn csv_is_what_rfc_4180_says_behind_a_mark() {
    let rows = [row(&["1", "가,\"나\"", "a\r\nb\u{7}"]), row(&["", "=1+1", "-"])];
    let (file, written, _) = made(form((Form::Csv, false)), &["id", "t,t", "text"], &rows);
    let want = "\u{feff}id,\"t,t\",text\r\n1,\"가,\"\"나\"\"\",\"a\r\nb\u{7}\"\r\n,=1+1,-\r\n";
    assert_eq!((&*text(&file), written.rows, written.sheets), (want, 2, 1));
    let (file, ..) = made(form((Form::Csv, false)), &["only"], &[row(&[""]), row(&["x"])]);
    assert_eq!(text(&file), "\u{feff}only\r\n\"\"\r\nx\r\n", "a row of nothing is a row");
    let (file, ..) = made(form((Form::Csv, false)), &["id", "text"], &[]);
    assert_eq!(text(&file), "\u{feff}id,text\r\n", "no row");
}

#[test]
fn cells_like_formulas_are_guarded_where_that_is_chosen_and_counted() {
    let form = form((Form::Csv, true));
    let rows = [row(&["=1", "+2", "a=b"]), row(&["-3", "@x", "\tx"]), row(&["1", "'=", ""])];
    let (file, ..) = made(form, &["a", "-b", "c"], &rows);
    assert_eq!(text(&file), "\u{feff}a,'-b,c\r\n'=1,'+2,a=b\r\n'-3,'@x,'\tx\r\n1,'=,\r\n");
    assert_eq!((&*form.shown("=1".into()), &*form.shown("1=".into())), ("'=1", "1="));
    let folder = tempfile::tempdir().expect("a temporary folder");
    let columns = [Column::field("a"), Column::field("b")];
    let (stamp, compression) = ("", Compression::Normal);
    let new = NewFile {
        folder: folder.path(),
        columns: &columns,
        widths: &[1, 1],
        stamp,
        compression,
        wraps: false,
        digested: false,
    };
    let mut sink = form.begin(new, &Alone);
    let mut told = Vec::new();
    for values in [["=", "@"], ["x", "y"], ["x", "-"]] {
        sink.row(&row(&values), &mut |kind, count| told.push((kind, count))).expect("a row");
    }
    assert_eq!(told, [(NoteKind::CellsGuarded, 2), (NoteKind::CellsGuarded, 1)]);
}

#[test]
fn json_lines_are_objects_in_the_order_of_columns() {
    let many = vec!["1".into(), Field::Many(vec!["x".into(), "y".into()]), "\u{0}\u{fffe}\"\\\n".into()];
    let (file, ..) = made(form((Form::Jsonl, false)), &["z", "a\"", "text"], &[row(&["가"]), many]);
    let want = "{\"z\":\"가\",\"a\\\"\":\"\",\"a\\\" (2)\":\"\",\"text\":\"\"}\n\
        {\"z\":\"1\",\"a\\\"\":\"x\",\"a\\\" (2)\":\"y\",\"text\":\"\\u0000\u{fffe}\\\"\\\\\\n\"}\n";
    assert_eq!(text(&file), want);
}

/// What is done to a text, in words and in deed.
type Change = (&'static str, fn(&str) -> String);

#[test]
fn texts_that_were_changed_are_no_longer_what_was_written() {
    let rows = [row(&["1", "하나", "x\ny"]), row(&["2", "", "둘"]), row(&["3", "셋", "z"])];
    let line = |text: &str, at: usize| text.split_inclusive('\n').nth(at).expect("a line").to_owned();
    let csv: [Change; 9] = [
        ("a dropped row", |text| text.replace("2,,둘\r\n", "")),
        ("a row twice", |text| text.replace("2,,둘\r\n", "2,,둘\r\n2,,둘\r\n")),
        ("a changed cell", |text| text.replace("하나", "하너")),
        ("two cells exchanged", |text| text.replace("2,,둘", "2,둘,")),
        ("a lost cell", |text| text.replace("2,,둘", "2,둘")),
        ("a renamed head", |text| text.replace("title", "titel")),
        ("no mark", |text| text.replace('\u{feff}', "")),
        ("cut in its last end", |text| text[..text.len() - 1].to_owned()),
        ("cut in a quote", |text| text[..text.find('\n').expect("a line") + 18].to_owned()),
    ];
    let (file, written, header) = made(form((Form::Csv, false)), &["id", "title", "text"], &rows);
    let (whole, of_csv) = (text(&file), form((Form::Csv, false)));
    let want = Ok(ReadBack { header, rows: 3, digest: written.digest.expect("asked for") });
    assert_eq!(read(of_csv, &with(whole.as_bytes())), want);
    for (what, change) in csv {
        assert_ne!(change(&whole), whole, "{what} did nothing");
        assert_ne!(read(of_csv, &with(change(&whole).as_bytes())), want, "{what} was not seen");
    }
    let jsonl: [Change; 7] = [
        ("a dropped row", |text| text.split_inclusive('\n').take(2).collect()),
        ("a changed cell", |text| text.replace("하나", "하너")),
        ("a renamed key", |text| text.replacen("title", "titel", 1)),
        ("renamed keys", |text| text.replace("title", "titel")),
        ("a number for a text", |text| text.replace("\"2\"", "2")),
        ("cut in its last end", |text| text[..text.len() - 1].to_owned()),
        ("cut in a line", |text| text[..text.len() - 9].to_owned()),
    ];
    let of_jsonl = form((Form::Jsonl, false));
    let (file, ..) = made(of_jsonl, &["id", "title", "text"], &rows);
    let whole = text(&file);
    assert_eq!(read(of_jsonl, &with(whole.as_bytes())), want);
    for (what, change) in jsonl {
        assert_ne!(change(&whole), whole, "{what} did nothing");
        assert_ne!(read(of_jsonl, &with(change(&whole).as_bytes())), want, "{what} was not seen");
    }
    let twice = whole.replace(&line(&whole, 1), &(line(&whole, 1) + &line(&whole, 1)));
    assert_ne!(read(of_jsonl, &with(twice.as_bytes())), want, "a row twice was not seen");
}

#[test]
fn parquet_that_was_changed_is_no_longer_what_was_written() {
    let form = form((Form::Parquet, false));
    let text = |n: usize| Field::from(format!("{n} {}", "글 ".repeat(n % 50)));
    let rows: Vec<Vec<Field>> = (0..300).map(|n| vec![text(n), Field::default(), text(n * 7)]).collect();
    let (file, written, header) = made(form, &["id", "title", "text"], &rows);
    let want = Ok(ReadBack { header, rows: 300, digest: written.digest.expect("asked for") });
    assert_eq!(read(form, &file), want);
    let mut fewer = rows.clone();
    fewer.remove(7);
    let mut exchanged = rows.clone();
    exchanged[9].swap(1, 2);
    let mut other = rows.clone();
    other[299][0] = "another".into();
    for (what, rows) in [("a dropped row", fewer), ("two cells exchanged", exchanged), ("a changed cell", other)] {
        let (file, ..) = made(form, &["id", "title", "text"], &rows);
        assert_ne!(read(form, &file), want, "{what} was not seen");
    }
    let mut bytes = Vec::new();
    (&file).rewind().and_then(|()| (&file).read_to_end(&mut bytes)).expect("read");
    for cut in [1, 8, bytes.len() / 2, bytes.len() - 4] {
        assert!(read(form, &with(&bytes[..bytes.len() - cut])).is_err(), "cut by {cut}");
    }
    // in what the columns hold: not every bit of a page's head says something about it
    for at in [bytes.len() / 5, bytes.len() / 4, bytes.len() / 3] {
        let mut turned = bytes.clone();
        turned[at] ^= 0x10;
        assert_ne!(read(form, &with(&turned)), want, "a bit turned at {at}");
    }
}

#[test]
fn parquet_tells_its_stamp_and_who_wrote_it() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let form = form((Form::Parquet, false));
    let (file, ..) = made(form, &["id"], &[row(&["1"])]);
    let mut bytes = Vec::new();
    (&file).rewind().and_then(|()| (&file).read_to_end(&mut bytes)).expect("read");
    let path = folder.path().join("a.parquet");
    let put = |bytes: &[u8]| std::fs::write(&path, bytes).expect("written");
    put(&bytes);
    let told = || (form.stamp_at(&path), form.is_changed(&path), form.is_remnant(&path));
    assert_eq!(told(), (Some("a stamp".to_owned()), false, false));
    let by = bytes.windows(11).position(|name| name == b"parquet-rs ").expect("who wrote it");
    let mut others = bytes.clone();
    others[by..by + 11].copy_from_slice(b"parquet-cp ");
    put(&others);
    assert_eq!(told(), (Some("a stamp".to_owned()), true, false));
    put(&bytes[..bytes.len() - 20]);
    assert_eq!(told(), (None, false, true));
    put(b"PAR1 is how my essay begins");
    assert_eq!(told(), (None, false, true), "nothing tells it from what is left of one");
    put(b"an essay");
    assert_eq!(told(), (None, false, false));
}

/// A file of these rows, whose columns are of these kinds until a value is another.
fn of_kinds(form: &dyn OutputForm, kinds: [Kind; 4], rows: &[[String; 4]]) -> (File, Written, Vec<Kind>) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut columns = ["a", "b", "c", "d"].map(Column::field);
    let held = kinds.map(|kind| form.holds().of(kind));
    columns.iter_mut().zip(held).for_each(|(column, kind)| column.options.kind = kind);
    for _ in 0..=rows.len() {
        let new = NewFile {
            folder: folder.path(),
            columns: &columns,
            widths: &[1; 4],
            stamp: "a stamp",
            compression: Compression::Normal,
            wraps: false,
            digested: true,
        };
        let mut sink = form.begin(new, &Alone);
        let is_taken = rows.iter().all(|row| {
            let row = row.each_ref().map(|value| Field::from(value.as_str()));
            !matches!(sink.row(&row, &mut |_, _| {}), Err(RowError::OtherKind))
        });
        let now = sink.kinds().to_vec();
        if is_taken {
            let mut file = tempfile::tempfile().expect("a file");
            let written = sink.finish(&mut file).expect("written");
            return (file, written, now);
        }
        drop(sink);
        columns.iter_mut().zip(now).for_each(|(column, kind)| column.options.kind = kind);
    }
    panic!("begun again and again")
}

fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "-?(0|[1-9][0-9]{0,7})",
        2 => "-?[0-9]{1,8}\\.[0-9]{1,8}",
        2 => "(19|20)[0-9]{2}-(0[1-9]|1[0-2])-[0-3][0-9]",
        2 => "20[0-9]{2}-0[1-9]-0[1-9][T ][01][0-9]:[0-5][0-9](:[0-5][0-9])?",
        2 => "(true|false|예|아니요|1|0)",
        2 => Just(String::new()),
        1 => "[a-z ]{0,4}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn values_of_kinds_are_read_back_as_they_were_written(
        rows in proptest::collection::vec(proptest::array::uniform4(value()), 0..6),
    ) {
        let kinds = [Kind::Number, Kind::Date, Kind::Truth, Kind::Text];
        for form in [Form::Xlsx, Form::Jsonl, Form::Parquet].map(|to| form((to, false))) {
            let (file, written, now) = of_kinds(form, kinds, &rows);
            let found = read(form, &file).map_err(TestCaseError::fail)?;
            prop_assert_eq!((found.rows, Some(&found.digest)), (written.rows, written.digest.as_ref()));
            for (at, kind) in now.iter().enumerate() {
                let fits = rows.iter().all(|row| row[at].is_empty() || form.holds().typed(kinds[at], &row[at]).is_some());
                prop_assert_eq!(!kind.is_text(), fits && form.holds().of(kinds[at]) != Kind::Text, "column {}", at);
            }
        }
    }
}
