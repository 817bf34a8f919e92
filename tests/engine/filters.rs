//! Filters: which records become rows, counted by what left them out, and told before as it will be.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use sheetmill::engine::NoteKind::FilterColumnEmpty;
use sheetmill::engine::{
    Choices, Columns, Filter, Form, IfExists, Job, Merge, MergeBy, Neighbours, Options, Reading, RunError, Sifted,
    StopToken, Workers, inspect_chosen, verify,
};
use sheetmill::session::report;
use sheetmill::text::Lang;
use twox_hash::XxHash3_128;

use super::support::bench::{Bench, Ran, ran};
use super::support::workbooks;

fn choices(lines: &[&str]) -> Choices {
    let filters = lines.iter().map(|line| Filter::parse(line).unwrap_or_else(|error| panic!("{line}: {error}")));
    Choices { filters: filters.collect(), ..Choices::default() }
}

/// Eight records; the fifth repeats the first but for its id, the seventh has an empty text, the eighth none at all.
const SOURCE: &str = r#"{"id": 1, "title": "Apfel", "text": "한국의 사과", "tags": ["a", "b"]}
{"id": 2, "title": "Birne", "text": "배", "tags": ["b"]}
{"id": 3, "title": "Ananas", "text": "파인애플 한국", "tags": []}
{"id": 4, "title": "Banane", "text": "바나나와 긴 글이 여기에 있다"}
{"id": 5, "title": "Apfel", "text": "한국의 사과", "tags": ["a", "b"]}
{"id": 6, "title": "apfel", "text": "Korea", "url": "https://x/6"}
{"id": 7, "title": "leer", "text": "  ", "url": "https://x/6"}
{"id": 8, "title": "ohne"}
"#;

/// The ids of the rows, and what each filter left out.
fn kept(lines: &[&str]) -> (String, Vec<u64>) {
    kept_of(&Bench::with(&[("f.jsonl", SOURCE.as_bytes())]), lines)
}

fn kept_of(bench: &Bench, lines: &[&str]) -> (String, Vec<u64>) {
    let ran = ran(&bench.job_of(choices(lines)));
    let ids: Vec<String> = ids(bench, "f.jsonl.xlsx");
    let report = ran.report("f.jsonl");
    assert_eq!((ran.outcome("f.jsonl"), report.rows), ("converted", ids.len() as u64));
    assert_eq!(report.records, report.rows + report.notes.filtered(), "{lines:?}");
    assert_eq!(report.losses(), 0, "what a person leaves out is no loss");
    (ids.join(" "), report.notes.left_out_by().to_vec())
}

/// The first column without its header.
fn ids(bench: &Bench, name: &str) -> Vec<String> {
    bench.cells(name)[1..].iter().map(|row| row[0].clone()).collect()
}

#[test]
fn each_filter_leaves_out_what_it_says_and_counts_it() {
    let told = |line: &str| kept(&[line]).0;
    assert_eq!(kept(&["keep text contains 한국"]), ("1 3 5".into(), vec![5]));
    assert_eq!(kept(&["drop text contains 한국"]), ("2 4 6 7 8".into(), vec![3]));
    assert_eq!(told("keep title matches ^A"), "1 3 5");
    assert_eq!(told("keep title matches (?i)^a"), "1 3 5 6");
    assert_eq!(told("keep text longer 6"), "3 4", "of six characters and of sixteen; five are not more than six");
    assert_eq!(told("drop text longer 1"), "2 8");
    assert_eq!(told("drop empty:text"), "1 2 3 4 5 6");
    assert_eq!(told("drop empty:text,url"), "1 2 3 4 5 6 7", "empty is what has nothing in all of them");
    assert_eq!(told("drop empty"), "1 2 3 4 5 6 7 8");
    assert_eq!(kept(&["drop duplicates:title,text"]), ("1 2 3 4 6 7 8".into(), vec![1]));
    assert_eq!(told("drop duplicates:url"), "1 2 3 4 5 6 8", "what has no address is nobody's duplicate");
    assert_eq!(told("drop duplicates"), "1 2 3 4 5 6 7 8");
    assert_eq!(told("every 3"), "1 4 7");
    assert_eq!(told("keep tags matches ^b$"), "1 2 5", "each value of a field is asked");
    assert_eq!(told("keep TITLE contains Apfel"), "1 5", "names in any letter case");
    assert_eq!(told("keep :file matches jsonl$"), "1 2 3 4 5 6 7 8");
    assert_eq!(told("keep :number matches ^[28]$"), "2 8");
    assert_eq!(kept(&["keep text contains nowhere"]), (String::new(), vec![8]));
}

#[test]
fn filters_together_count_each_record_once_and_the_sample_comes_last() {
    let two = ["keep text contains 한국", "drop duplicates:text"];
    assert_eq!(kept(&two), ("1 3".into(), vec![5, 1]));
    // whatever the order of the lines: the duplicate is not the second of two
    assert_eq!(kept(&["every 2", "drop duplicates:text", "keep text contains 한국"]), ("1".into(), vec![1, 1, 5]));
    let (ids, left_out) = kept(&["sample 2", "keep title matches (?i)^a"]);
    assert_eq!((ids.split(' ').count(), left_out), (2, vec![2, 4]));
    assert!(ids.split(' ').all(|id| ["1", "3", "5", "6"].contains(&id)), "{ids}");
}

#[test]
fn list_is_a_value_a_line_and_a_changed_list_makes_the_workbook_anew() {
    let bench = Bench::with(&[("f.jsonl", SOURCE.as_bytes())]);
    let list = bench.beside("ids.txt");
    let line = format!("keep id in {}", list.display());
    fs::write(&list, "\u{feff}3\r\n\r\n 8 \r\n44\r\n").expect("written");
    assert_eq!(kept_of(&bench, &[&line]), ("3 8".into(), vec![6]));
    assert_eq!(ran(&bench.job_of(choices(&[&line]))).outcome("f.jsonl"), "up to date");
    fs::write(&list, "1\n").expect("written");
    assert_eq!(kept_of(&bench, &[&line]), ("1".into(), vec![7]));
    assert_eq!(kept_of(&bench, &[&line.replace("keep", "drop")]).0, "2 3 4 5 6 7 8");
    // without the filter it is another workbook again, and one of all records
    assert_eq!(ran(&bench.job()).outcome("f.jsonl"), "converted");
    assert_eq!(ids(&bench, "f.jsonl.xlsx").len(), 8);
}

#[test]
fn list_that_cannot_be_read_ends_the_run_before_it_begins() {
    let bench = Bench::with(&[("f.jsonl", SOURCE.as_bytes())]);
    let ends = |path: &Path| match ran(&bench.job_of(choices(&[&format!("keep id in {}", path.display())]))).summary {
        Err(RunError::FilterList { path: named, source }) if named == path => source.kind(),
        other => panic!("{other:?}"),
    };
    assert_eq!(ends(&bench.beside("none.txt")), std::io::ErrorKind::NotFound);
    assert_eq!(ends(&bench.input), std::io::ErrorKind::Other, "a folder");
    fs::write(bench.beside("bad.txt"), b"\xff\xfe").expect("written");
    assert_eq!(ends(&bench.beside("bad.txt")), std::io::ErrorKind::InvalidData);
    assert!(!bench.output.exists());
}

#[test]
fn column_of_the_workbook_is_asked_as_its_cells_are_and_another_field_as_it_stands() {
    let source = "<doc id=\"1\" url=\"u1\" title=\"T\">\nT\n\nSeoul\n</doc>\n<doc id=\"2\" url=\"u2\" title=\"T\">\nT\n\n\n</doc>\n";
    let bench = Bench::with(&[("f", source.as_bytes())]);
    let with = |filter: &str| {
        let mut columns = Columns::parse("id,text=본문").expect("columns").as_chosen().expect("chosen").to_vec();
        columns[1].options = Options { trim: true, drop_title: true, ..Options::default() };
        let columns = Columns::chosen(columns).expect("columns");
        let ran = ran(&bench.job_of(Choices { columns, ..choices(&[filter]) }));
        assert_eq!(ran.outcome("f"), "converted");
        ids(&bench, "f.xlsx").join(" ")
    };
    assert_eq!(with("keep text matches ^Seoul$"), "1", "by the field's name");
    assert_eq!(with("keep 본문 matches ^Seoul$"), "1", "by the header");
    assert_eq!(with("drop empty:본문"), "1", "nothing is left but the title");
    assert_eq!(with("keep url contains u2"), "2", "a field that is no column");
    assert_eq!(with("keep docno contains 2"), "2", "another word for the same");
    assert_eq!(with("keep nothing contains 2"), "");
}

#[test]
fn selector_column_is_asked_by_its_header() {
    let page = |n: u32| format!("<div class=\"post\"><h2>T{n}</h2><p>{}</p></div>\n", n * 11);
    let pages: String = (1..=4).map(page).collect();
    let bench = Bench::with(&[("f.html", format!("<html><body>{pages}</body></html>").as_bytes())]);
    let mut job = bench.job_of(choices(&["keep head matches T[23]"]));
    job.choices.columns =
        serde_json::from_str(r#"[{"select": "h2", "header": "head"}, {"select": "p"}]"#).expect("columns");
    job.choices.reading.record = sheetmill::engine::RecordSelector::parse("div.post");
    assert_eq!(ran(&job).outcome("f.html"), "converted");
    assert_eq!(bench.cells("f.html.xlsx"), workbooks::rows(&[&["head", "p"], &["T2", "22"], &["T3", "33"]]));
}

#[test]
fn column_that_no_record_has_is_told_once_a_file() {
    let bench =
        Bench::with(&[("a.jsonl", SOURCE.as_bytes()), ("b.jsonl", b"{\"id\": 1, \"autor\": \"x\"}\n{\"id\": 2}\n")]);
    let ran = ran(&bench.job_of(choices(&["drop autor contains y", "drop empty:id,autor"])));
    let told = |name: &str| {
        let places = ran.report(name).notes.places().iter();
        places.filter(|note| note.kind == FilterColumnEmpty).map(|note| note.what.clone()).collect::<Vec<_>>()
    };
    assert_eq!((told("a.jsonl"), told("b.jsonl")), (vec!["autor".to_owned()], Vec::new()));
}

/// The digests of 100,000 records are all kept: 1,000 of them come twice, far from their firsts.
#[test]
fn duplicates_are_found_over_a_hundred_thousand_records() {
    let mut source = String::new();
    for n in 0..100_000_u32 {
        let key = if n % 100 == 99 { n / 200 * 100 } else { n };
        source += &format!("{{\"key\": {key}, \"n\": {n}}}\n");
    }
    let mut seen = HashSet::new();
    let repeats =
        (0..100_000_u32).map(|n| if n % 100 == 99 { n / 200 * 100 } else { n }).filter(|key| !seen.insert(*key));
    let repeats = repeats.count() as u64;
    assert_eq!(repeats, 1_000);
    let bench = Bench::with(&[("f.jsonl", source.as_bytes())]);
    let ran = ran(&bench.job_of(choices(&["drop duplicates:key"])));
    assert_eq!(ran.report("f.jsonl").notes.left_out_by(), [repeats]);
    let rows = bench.cells("f.jsonl.xlsx");
    let keys: HashSet<&str> = rows[1..].iter().map(|row| row[0].as_str()).collect();
    assert_eq!((keys.len(), rows.len() - 1), (seen.len(), seen.len()), "each key once, and none lost");
}

/// Sixteen files of different lengths.
fn many() -> (Bench, Vec<(String, u64)>) {
    let files: Vec<(String, u64)> = (0..16).map(|n| (format!("d{}/f{n}.jsonl", n % 3), 1 + n * n * 7)).collect();
    let bench = Bench::with(&[]);
    for (name, records) in &files {
        bench.put(
            name,
            (1..=*records).map(|id| format!("{{\"id\": {id}, \"t\": \"x{}\"}}\n", id % 5)).collect::<String>(),
        );
    }
    (bench, files)
}

fn rows_of(bench: &Bench, files: &[(String, u64)], choices: Choices, workers: usize) -> Vec<Vec<u64>> {
    let output = bench.beside(&format!("out{workers}"));
    let choices = Choices { if_exists: IfExists::Overwrite, ..choices };
    let workers = Workers::new(workers).expect("workers");
    let ran = ran(&Job { workers, output: output.clone(), ..bench.job_of(choices) });
    assert_eq!(ran.summary().converted, files.len());
    let ids = |name: &str| {
        let rows = workbooks::cells(&output.join(format!("{name}.xlsx")));
        rows[1..].iter().map(|row| row[0].parse().expect("a number")).collect()
    };
    files.iter().map(|(name, _)| ids(name)).collect()
}

/// The lot of a record, as it is said in the documentation.
fn lot(seed: u64, name: &str, number: u64) -> u64 {
    let key = XxHash3_128::oneshot_with_seed(seed, name.as_bytes()) as u64;
    XxHash3_128::oneshot_with_seed(key, &number.to_le_bytes()) as u64
}

#[test]
fn share_is_the_same_whatever_the_workers_and_is_drawn_by_its_rule() {
    let (bench, files) = many();
    let share = || choices(&["sample 12.5% seed 7"]);
    let found = rows_of(&bench, &files, share(), 1);
    assert_eq!(found, rows_of(&bench, &files, share(), 4.min(Workers::most())));
    for ((name, records), found) in files.iter().zip(&found) {
        let want: Vec<u64> = (1..=*records).filter(|n| lot(7, name, *n) < u64::MAX / 8 + 1).collect();
        assert_eq!(*found, want, "{name}");
    }
    let (all, drawn): (u64, usize) = (files.iter().map(|file| file.1).sum(), found.iter().map(Vec::len).sum());
    assert!((drawn as f64 - all as f64 / 8.0).abs() < 100.0, "{drawn} of {all}");
    assert_ne!(found, rows_of(&bench, &files, choices(&["sample 12.5% seed 8"]), 1));
}

#[test]
fn sample_of_so_many_is_that_many_of_each_file_and_drawn_by_its_rule() {
    let (bench, files) = many();
    // the sample is drawn from what another filter leaves: four of five
    let sample = || choices(&["sample 20 seed 3", "drop t contains x0"]);
    let found = rows_of(&bench, &files, sample(), 1);
    assert_eq!(found, rows_of(&bench, &files, sample(), 4.min(Workers::most())));
    for ((name, records), found) in files.iter().zip(&found) {
        let reached: Vec<u64> = (1..=*records).filter(|id| id % 5 != 0).collect();
        let (mut wanted, mut left) = (20.min(reached.len()), reached.len());
        let mut want = Vec::new();
        for (number, id) in (1..).zip(&reached) {
            // with the chance of what is wanted in what is left
            if u128::from(lot(3, name, number)) * (left as u128) < (wanted as u128) << 64 {
                want.push(*id);
                wanted -= 1;
            }
            left -= 1;
        }
        assert_eq!(*found, want, "{name}");
        assert_eq!(found.len(), 20.min(reached.len()));
    }
}

#[test]
fn late_columns_and_long_texts_of_records_left_out_make_no_columns() {
    let long = "가".repeat(40_000);
    let mut source = String::new();
    for id in 1..=1_200 {
        source += &format!("{{\"id\": {id}, \"text\": \"kurz\"}}\n");
    }
    source +=
        &format!("{{\"id\": 1201, \"text\": \"weg\", \"late\": 1}}\n{{\"id\": 1202, \"text\": \"weg {long}\"}}\n");
    let bench = Bench::with(&[("f.jsonl", source.as_bytes())]);
    let heads = |lines: &[&str]| {
        let (_, left_out) = kept_of(&bench, lines);
        (bench.cells("f.jsonl.xlsx")[0].join(" "), left_out)
    };
    assert_eq!(heads(&["drop text contains weg"]), ("id text".into(), vec![2]));
    assert_eq!(heads(&["drop text contains wax"]), ("id late text text (2)".into(), vec![0]));
    // the file is begun again for the late column, and what was counted as well
    assert_eq!(heads(&["drop duplicates:text"]), ("id late text text (2)".into(), vec![1_199]));
    assert_eq!(heads(&["drop text longer 1000", "drop duplicates:text"]), ("id late text".into(), vec![1, 1_199]));
}

#[test]
fn filters_hold_for_every_form_of_output() {
    for form in Form::ALL {
        let bench = Bench::with(&[("f.jsonl", SOURCE.as_bytes())]);
        for lines in [&["keep title matches ^A"][..], &["keep text contains nowhere"]] {
            let ran = ran(&bench.job_of(Choices { form, if_exists: IfExists::Overwrite, ..choices(lines) }));
            let report = ran.report("f.jsonl");
            assert_eq!(ran.outcome("f.jsonl"), "converted", "{form:?}: {:?}", report.outcome);
            assert_eq!(report.rows + report.notes.filtered(), 8, "{form:?}");
        }
    }
}

#[test]
fn report_counts_what_each_filter_left_out_and_in_is_out() {
    let (bench, files) = many();
    let lines = ["drop t contains x0", "every 2"];
    let first = ran(&bench.job_of(choices(&lines)));
    let all: u64 = files.iter().map(|file| file.1).sum();
    let fifths: u64 = files.iter().map(|(_, records)| records / 5).sum();
    let left: u64 = files.iter().map(|(_, records)| (records - records / 5) / 2).sum();
    assert_eq!(first.summary().notes.left_out_by(), [fifths, left]);
    let totals = |ran: &Ran| {
        assert!(ran.summary.is_ok());
        let path = report::write(&bench.output, Lang::En).expect("written");
        let tables = workbook(&path);
        let number = |cell: &str| cell.parse::<u64>().expect("a number");
        for row in &tables[0][1..] {
            assert_eq!(number(&row[3]), number(&row[5]) + number(&row[6]), "{row:?}");
        }
        let of = |column: usize| tables[0][1..].iter().map(|row| number(&row[column])).sum::<u64>();
        assert_eq!((of(3), of(6)), (all, fifths + left));
        let told = tables[3].iter().filter(|row| row[0].contains("left out by a filter"));
        told.map(|row| (row[0].clone(), number(&row[1]))).collect::<Vec<_>>()
    };
    let word = |line: &str| format!("Records left out by a filter: {line}");
    let want = [(word(lines[0]), fifths), (word(lines[1]), left)];
    assert_eq!(totals(&first), want);
    // nothing is converted the second time, and the report tells of the same
    let again = ran(&bench.job_of(choices(&lines)));
    assert_eq!(again.summary().up_to_date, files.len());
    assert_eq!(totals(&again), want);
}

/// The cells of a report's tables, numbers as text.
fn workbook(path: &Path) -> Vec<Vec<Vec<String>>> {
    use calamine::Reader as _;
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(path).expect("a workbook");
    let sheets = book.worksheets();
    sheets
        .iter()
        .map(|(_, range)| range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect())
        .collect()
}

#[test]
fn preview_shows_the_rows_of_the_workbook_and_how_many_were_left_out() {
    let bench = Bench::with(&[("f.jsonl", SOURCE.as_bytes())]);
    let seen = |choices: &Choices, most| {
        let source = bench.run().found().remove(0);
        let neighbours = Neighbours::new(None);
        inspect_chosen(&source, choices, &Reading::default(), most, &StopToken::default(), &neighbours).expect("seen")
    };
    for lines in [
        &["keep text contains 한국"][..],
        &["drop duplicates:text", "every 2"],
        &["sample 3 seed 5"],
        &["sample 40%"],
        &["sample 2", "drop empty:text"],
        &["keep text contains nowhere"],
    ] {
        let choices = Choices { if_exists: IfExists::Overwrite, ..choices(lines) };
        let shown = seen(&choices, 50);
        ran(&bench.job_of(choices));
        let rows = bench.cells("f.jsonl.xlsx");
        assert_eq!(shown.rows, rows[1..], "{lines:?}");
        let left_out = 9 - rows.len() as u64;
        assert_eq!(shown.sifted, Some(Sifted { looked_at: 8, left_out, is_undrawn: false }));
        assert!(shown.is_all);
    }
    let first = seen(&choices(&["keep title matches (?i)^a"]), 2);
    assert_eq!(first.rows.iter().map(|row| row[0].as_str()).collect::<Vec<_>>(), ["1", "3"]);
    assert_eq!((first.sifted, first.is_all), (Some(Sifted { looked_at: 3, left_out: 1, is_undrawn: false }), false));
    let source = bench.run().found().remove(0);
    let rows = first.with_origin(&source).rows;
    assert_eq!(rows.iter().map(|row| row[1].as_str()).collect::<Vec<_>>(), ["1", "3"], "records' own numbers");
    assert_eq!(seen(&Choices::default(), 50).sifted, None);
}

#[test]
fn preview_of_a_long_file_says_that_its_sample_is_not_drawn() {
    let source: String = (1..=3_000).map(|id| format!("{{\"id\": {id}}}\n")).collect();
    let bench = Bench::with(&[("f.jsonl", source.as_bytes())]);
    let file = bench.run().found().remove(0);
    let seen = |lines: &[&str]| {
        let (reading, neighbours) = (Reading::default(), Neighbours::new(None));
        inspect_chosen(&file, &choices(lines), &reading, 50, &StopToken::default(), &neighbours).expect("seen")
    };
    let sampled = seen(&["sample 10"]);
    assert_eq!(sampled.sifted, Some(Sifted { looked_at: 50, left_out: 0, is_undrawn: true }));
    let rare = seen(&["keep id matches 00$"]);
    assert_eq!(rare.rows.len(), 10, "it looks further where filters leave out much");
    assert_eq!(rare.sifted, Some(Sifted { looked_at: 1_000, left_out: 990, is_undrawn: false }));
}

/// Rows by their source files and numbers.
type Rows = Vec<(String, u64)>;

/// The numbers of the rows of one merged file of all, by their source files; and what each filter left out.
fn merged(bench: &Bench, lines: &[&str], workers: usize) -> (Rows, Vec<u64>, Vec<u8>) {
    let merge = Merge { by: MergeBy::Run, ..Merge::default() };
    let choices = Choices { merge, if_exists: IfExists::Overwrite, ..choices(lines) };
    let output = bench.beside(&format!("merged{workers}"));
    let workers = Workers::new(workers.min(Workers::most())).expect("workers");
    let ran = ran(&Job { workers, output: output.clone(), ..bench.job_of(choices) });
    let summary = ran.summary();
    assert_eq!((summary.merged, summary.failed, summary.with_losses), (1, 0, 0), "{lines:?}");
    assert_eq!(summary.records, summary.rows + summary.notes.filtered(), "{lines:?}");
    for name in ran.names() {
        let report = ran.report(&name);
        assert_eq!(report.records, report.rows + report.notes.filtered(), "{lines:?}: {name}");
    }
    let file = output.join("in.xlsx");
    let cells = workbooks::cells(&file);
    let rows = cells[1..].iter().map(|row| (row[0].clone(), row[1].parse().expect("a number"))).collect::<Vec<_>>();
    assert_eq!(summary.rows, rows.len() as u64);
    assert!(verify(&output, &StopToken::default(), &|found| assert!(found.outcome.is_ok(), "{found:?}")).is_ok());
    (rows, summary.notes.left_out_by().to_vec(), fs::read(file).expect("there"))
}

#[test]
fn filters_of_a_merged_file_hold_over_all_of_its_rows_whatever_the_workers() {
    let (bench, files) = many();
    let order = ran(&bench.job()).names();
    let all: Vec<(String, u64)> = order
        .iter()
        .flat_map(|name| {
            let records = files.iter().find(|file| file.0 == *name).expect("known").1;
            (1..=records).map(move |number| (name.clone(), number))
        })
        .collect();
    let kept = |keeps: &mut dyn FnMut(&(String, u64)) -> bool| -> Vec<(String, u64)> {
        all.iter().filter(|row| keeps(row)).cloned().collect()
    };
    let mut seen = HashSet::new();
    let mut count = 0;
    let fifths = all.iter().filter(|row| row.1 % 5 == 0).count();
    let draw = |reached: &[(String, u64)], most: usize, seed: u64| {
        let (mut wanted, mut left, mut drawn) = (most.min(reached.len()), reached.len(), Vec::new());
        for (number, row) in (1..).zip(reached) {
            if u128::from(lot(seed, "in", number)) * (left as u128) < (wanted as u128) << 64 {
                drawn.push(row.clone());
                wanted -= 1;
            }
            left -= 1;
        }
        drawn
    };
    let cases: [(&[&str], Rows, Vec<u64>); 6] = [
        (&["drop t contains x0"], kept(&mut |row| row.1 % 5 != 0), vec![fifths as u64]),
        (&["drop duplicates:id"], kept(&mut |row| seen.insert(row.1)), vec![all.len() as u64 - 1576]),
        (
            &["every 7"],
            kept(&mut |_| {
                count += 1;
                (count - 1) % 7 == 0
            }),
            vec![(all.len() - all.len().div_ceil(7)) as u64],
        ),
        (&["sample 100 seed 9"], draw(&all, 100, 9), vec![all.len() as u64 - 100]),
        (&["keep t contains nowhere"], Vec::new(), vec![all.len() as u64]),
        (
            &["sample 50", "drop t contains x0"],
            draw(&kept(&mut |row| row.1 % 5 != 0), 50, 0),
            vec![(all.len() - fifths - 50) as u64, fifths as u64],
        ),
    ];
    for (lines, rows, left_out) in cases {
        let one = merged(&bench, lines, 1);
        assert_eq!((&one.0, &one.1), (&rows, &left_out), "{lines:?}");
        assert!(one == merged(&bench, lines, 4), "{lines:?}: byte for byte, whatever the workers");
    }
    let share = merged(&bench, &["sample 12.5% seed 7"], 1).0;
    let mut number = 0;
    assert_eq!(
        share,
        kept(&mut |_| {
            number += 1;
            lot(7, "in", number) < u64::MAX / 8 + 1
        })
    );
}

#[test]
fn merged_file_is_up_to_date_until_its_filters_or_their_list_change() {
    let (bench, files) = many();
    let list = bench.beside("ids.txt");
    fs::write(&list, "1\n2\n").expect("written");
    let in_list = format!("keep id in {}", list.display());
    let run = |line: &str| {
        let ran =
            ran(&bench.job_of(Choices { merge: Merge { by: MergeBy::Run, ..Merge::default() }, ..choices(&[line]) }));
        (ran.summary().converted, ran.summary().up_to_date)
    };
    assert_eq!(run(&in_list), (files.len(), 0));
    assert_eq!(run(&in_list), (0, files.len()));
    fs::write(&list, "1\n").expect("written");
    assert_eq!(run(&in_list), (files.len(), 0));
    assert_eq!(run("every 2"), (files.len(), 0));
}

#[test]
fn late_columns_of_records_left_out_make_none_in_a_merged_file() {
    let mut source = String::new();
    for id in 1..=1_200 {
        source += &format!("{{\"id\": {id}, \"kind\": \"a\"}}\n");
    }
    source += "{\"id\": 1201, \"kind\": \"b\", \"late\": 1}\n";
    let bench = Bench::with(&[
        ("a.jsonl", source.as_bytes()),
        ("b.jsonl", b"{\"id\": 5, \"kind\": \"a\"}\n{\"id\": 6, \"kind\": \"c\", \"more\": 1}\n"),
    ]);
    let heads = |line: &str| {
        merged(&bench, &[line], 2);
        workbooks::cells(&bench.beside("merged2").join("in.xlsx"))[0].join(" ")
    };
    assert_eq!(heads("drop kind contains b"), "source number id kind more");
    assert_eq!(heads("drop kind contains x"), "source number id kind late more");
}
