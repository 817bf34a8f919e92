//! Many source files in one finished file: their rows in the order of the list, none lost, none under a wrong head.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use sheetmill::engine::{
    Cause, Choices, Columns, Control, Event, Form, IfExists, Job, Merge, MergeBy, NoteKind, StopToken, Unproven,
    Workers, verify,
};

use super::support::bench::{Bench, Ran, ran};
use super::support::folder::put;
use super::support::packed::gzip;
use super::support::records::{doc, words};
use super::support::steered::steered;
use super::support::tables::cells;
use super::support::workbooks;

const FORMS: [Form; 4] = Form::ALL;

fn merged(by: MergeBy) -> Choices {
    Choices { merge: Merge { by, ..Merge::default() }, ..Choices::default() }
}

fn to(form: Form) -> Choices {
    Choices { form, ..merged(MergeBy::Run) }
}

/// A wiki file of so many records, whose texts are of several lengths.
fn wiki(first: u64, records: u64) -> String {
    let one = |id: u64| format!("<doc id=\"{id}\" title=\"제목 {id}\">\n{}\n</doc>\n", words(id * 7 % 90));
    (first..first + records).map(one).collect()
}

/// Folders of files of several sizes.
fn corpus(bench: &Bench) -> usize {
    let sizes =
        [("AA/wiki_00", 300), ("AA/wiki_01", 1), ("AA/wiki_02", 2000), ("AB/wiki_00", 40), ("AB/deep/wiki_00", 700)];
    let mut first = 0;
    for (name, records) in sizes {
        bench.put(name, wiki(first, records));
        first += records;
    }
    first as usize
}

fn is_workbook(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension == "xlsx")
}

fn with_workers(job: Job, workers: usize) -> Job {
    Job { workers: Workers::new(workers.min(Workers::most())).expect("as many as there may be"), ..job }
}

/// The rows of each file by itself, with where they come from, in the order of the list.
fn rows_apart(bench: &Bench, ran: &Ran, form: Form) -> Vec<Vec<String>> {
    let output = bench.beside("apart");
    let columns = Columns::parse(":source,:number,id,title,text").expect("columns");
    let choices = Choices { form, columns, ..Choices::default() };
    let apart = self::ran(&Job { choices, ..Job::new(vec![bench.input.clone()], output.clone()) });
    assert_eq!(apart.summary().failed, 0);
    let file = |name: String| cells(&output.join(format!("{name}.{}", form.name())));
    ran.names().into_iter().flat_map(|name| file(name).split_off(1)).collect()
}

#[test]
fn merged_file_has_all_rows_in_the_order_of_the_list_in_every_form() {
    for form in FORMS {
        let bench = Bench::with(&[]);
        let records = corpus(&bench);
        let ran = ran(&bench.job_of(to(form)));
        let summary = ran.summary();
        assert_eq!((summary.converted, summary.merged, summary.rows), (5, 1, records as u64), "{form:?}");
        let mut found = cells(&bench.output.join(format!("in.{}", form.name())));
        assert_eq!(found.remove(0), ["source", "number", "id", "title", "text"]);
        assert_eq!(found.len(), records);
        assert_eq!(found, rows_apart(&bench, &ran, form), "{form:?}");
        assert_eq!(
            bench.outputs().iter().filter(|name| name.ends_with(form.name()) && !name.contains("report")).count(),
            1
        );
    }
}

#[test]
fn merged_file_is_the_same_whatever_the_number_of_workers() {
    for form in FORMS {
        let bench = Bench::with(&[]);
        corpus(&bench);
        bench.put("AC/large", wiki(10_000, 12_000));
        bench.put("AC/small", wiki(30_000, 3));
        let made = [1, 2, 8].map(|workers| {
            let output = bench.beside(&format!("out{workers}"));
            let job = Job { choices: to(form), ..Job::new(vec![bench.input.clone()], output.clone()) };
            let ran = ran(&with_workers(job, workers));
            assert_eq!(ran.summary().converted, 7);
            fs::read(output.join(format!("in.{}", form.name()))).expect("there")
        });
        assert!(made[0] == made[1] && made[1] == made[2], "{form:?}");
    }
}

#[test]
fn folders_have_a_file_each() {
    let bench = Bench::with(&[]);
    corpus(&bench);
    bench.put("top", doc(9));
    let ran = ran(&bench.job_of(merged(MergeBy::Folder)));
    assert_eq!((ran.summary().converted, ran.summary().merged), (6, 4));
    let made: Vec<String> = bench.outputs().into_iter().filter(|name| is_workbook(name)).collect();
    assert_eq!(made, ["AA.xlsx", "AB.xlsx", "AB/deep.xlsx", "in.xlsx"]);
    let rows = |name| bench.cells(name).len() - 1;
    assert_eq!([rows("AA.xlsx"), rows("AB.xlsx"), rows("AB/deep.xlsx"), rows("in.xlsx")], [2301, 40, 700, 1]);
    assert_eq!(bench.cells("AB.xlsx")[1][..3], ["AB/wiki_00", "1", "2301"].map(String::from));
}

#[test]
fn columns_are_the_union_and_no_row_stands_under_a_wrong_head() {
    for form in FORMS {
        let late = |from: u32| -> String {
            // what no beginning shows: a field that comes with the last record alone
            let one = |id: u32| format!("{{\"id\": {id}, \"a\": \"a{id}\"}}\n");
            (from..from + 1500).map(one).collect::<String>() + "{\"id\": 9999, \"late\": \"spät\"}\n"
        };
        let bench = Bench::with(&[
            ("1.jsonl", b"{\"id\": 1, \"b\": \"b1\"}\n{\"id\": 2, \"b\": \"b2\"}\n"),
            ("2.jsonl", late(3).as_bytes()),
            ("3", doc(5).as_bytes()),
            ("4.jsonl", b"{\"c\": \"c1\", \"id\": 4}\n"),
        ]);
        let ran = ran(&bench.job_of(to(form)));
        assert_eq!((ran.summary().converted, ran.summary().rows), (4, 1505), "{form:?}");
        let mut found = cells(&bench.output.join(format!("in.{}", form.name())));
        let head = found.remove(0);
        assert_eq!(head, ["source", "number", "id", "b", "a", "late", "title", "text", "c"], "{form:?}");
        let value =
            |row: &Vec<String>, name: &str| row[head.iter().position(|known| known == name).expect("a column")].clone();
        let mut told = 0;
        for row in &found {
            let id = value(row, "id");
            let (a, b, c) = (value(row, "a"), value(row, "b"), value(row, "c"));
            match &*value(row, "source") {
                "1.jsonl" => assert_eq!((a, b, c), (String::new(), format!("b{id}"), String::new())),
                "2.jsonl" if id == "9999" => assert_eq!((a, value(row, "late")), (String::new(), "spät".to_owned())),
                "2.jsonl" => assert_eq!((a, b), (format!("a{id}"), String::new())),
                "3" => assert_eq!((a, b, c, id), (String::new(), String::new(), String::new(), "5".to_owned())),
                "4.jsonl" => assert_eq!((b, c), (String::new(), "c1".to_owned())),
                other => panic!("{other}"),
            }
            told += 1;
        }
        assert_eq!(told, 1505);
    }
}

#[test]
fn long_text_before_other_columns_begins_the_merged_workbook_again() {
    let long = "가".repeat(40_000);
    let bench = Bench::with(&[
        ("1.jsonl", b"{\"id\": 1, \"text\": \"short\"}\n".as_slice()),
        ("2.jsonl", b"{\"id\": 2, \"more\": \"m\", \"text\": \"x\"}\n"),
        ("3.jsonl", format!("{{\"id\": 3, \"text\": \"{long}\"}}\n").as_bytes()),
    ]);
    let ran = ran(&bench.job_of(merged(MergeBy::Run)));
    assert_eq!(ran.summary().converted, 3);
    assert_eq!(ran.notes("3.jsonl"), [(NoteKind::LongField, 1, 2)]);
    let found = bench.cells("in.xlsx");
    assert_eq!(found[0], ["source", "number", "id", "text", "text (2)", "more"]);
    assert_eq!(found[2], ["2.jsonl", "1", "2", "x", "", "m"]);
    assert_eq!(found[3][3].clone() + &found[3][4], long);
}

/// Unpacks well for some 8 MB of rows, and then breaks off.
fn broken() -> Vec<u8> {
    let text: String =
        (0..4000).map(|id| format!("<doc id=\"{id}\" title=\"t\">{id} {}</doc>\n", words(id * 31 % 700))).collect();
    assert!(text.len() > 6 << 20, "{}", text.len());
    let whole = gzip(text.as_bytes());
    whole[..whole.len() * 9 / 10].to_vec()
}

#[test]
fn file_that_fails_late_is_left_out_by_name_with_all_its_rows() {
    let bench = Bench::with(&[]);
    bench.put("a", wiki(1, 50));
    bench.put("b.gz", broken());
    bench.put("c", wiki(100, 60));
    bench.put("notes", "no records here, but some words\n");
    let ran = ran(&bench.job_of(merged(MergeBy::Run)));
    assert_eq!([ran.outcome("a"), ran.outcome("b.gz"), ran.outcome("c")], ["converted", "failed", "converted"]);
    assert_eq!((ran.summary().failed, ran.summary().rows), (1, 110 + ran.report("notes").rows));
    let found = bench.cells("in.xlsx");
    assert!(found.iter().all(|row| row[0] != "b.gz"));
    let of = |name: &str| found.iter().filter(|row| row[0] == name).count();
    assert_eq!((of("a"), of("c")), (50, 60));
    // the next run tries it again, and once it is mended all are there
    bench.put("b.gz", gzip(wiki(200, 7).as_bytes()));
    let again = self::ran(&bench.job_of(merged(MergeBy::Run)));
    assert_eq!((again.summary().failed, again.outcome("b.gz")), (0, "converted"));
    assert_eq!(bench.cells("in.xlsx").iter().filter(|row| row[0] == "b.gz").count(), 7);
}

#[test]
fn file_that_fails_ends_the_merge_where_that_was_chosen() {
    let bench = Bench::with(&[]);
    bench.put("a", wiki(1, 50));
    bench.put("b.gz", broken());
    bench.put("c", wiki(100, 60));
    let merge = Merge { by: MergeBy::Run, ends_with_failure: true, ..Merge::default() };
    let ran = ran(&bench.job_of(Choices { merge, ..Choices::default() }));
    assert_eq!((ran.summary().converted, ran.summary().failed), (0, 3));
    assert!(matches!(ran.failure("a"), Cause::MergeEnded(name) if name == "b.gz"), "{:?}", ran.failure("a"));
    assert_eq!(bench.outputs(), [""; 0]);
}

#[test]
fn large_merge_goes_on_in_numbered_parts() {
    let bench = Bench::with(&[]);
    let records = corpus(&bench);
    let in_parts = |most| {
        let merge = Merge { by: MergeBy::Run, most_rows: std::num::NonZeroU64::new(most), ..Merge::default() };
        ran(&bench.job_of(Choices { merge, ..Choices::default() }))
    };
    assert_eq!(in_parts(1000).summary().merged, 4);
    let made = || {
        let mut made: Vec<String> = bench.outputs().into_iter().filter(|name| is_workbook(name)).collect();
        made.sort_by_key(|name| name[4..].split(' ').next().and_then(|number| number.parse::<u32>().ok()));
        made
    };
    assert_eq!(made(), ["in (1 of 4).xlsx", "in (2 of 4).xlsx", "in (3 of 4).xlsx", "in (4 of 4).xlsx"]);
    let ids = |names: &[String]| -> Vec<String> {
        names.iter().flat_map(|name| bench.cells(name).split_off(1)).map(|row| row[2].clone()).collect()
    };
    // folders of a folder stand before its files
    let want: Vec<String> = (0..2301).chain(2341..records).chain(2301..2341).map(|id| id.to_string()).collect();
    assert!(ids(&made()) == want);
    assert_eq!(bench.cells("in (1 of 4).xlsx").len(), 1001);
    assert_eq!(in_parts(1000).summary().up_to_date, 5);
    // with larger parts those that were there before go
    assert_eq!(in_parts(2000).summary().converted, 5);
    assert_eq!(made(), ["in (1 of 2).xlsx", "in (2 of 2).xlsx"]);
    assert!(ids(&made()) == want);
    let merge = Merge { by: MergeBy::Run, most_bytes: std::num::NonZeroU64::new(30_000), ..Merge::default() };
    let ran = ran(&bench.job_of(Choices { merge, ..Choices::default() }));
    assert!(ran.summary().merged > 2, "{}", ran.summary().merged);
    assert!(ids(&made()) == want);
}

#[test]
fn merge_is_up_to_date_only_while_all_its_sources_and_choices_are() {
    for form in FORMS {
        let bench = Bench::with(&[]);
        corpus(&bench);
        bench.put("empty", "");
        let run = || ran(&bench.job_of(to(form)));
        assert_eq!((run().summary().converted, run().summary().up_to_date), (5, 5), "{form:?}");
        let again = run();
        assert_eq!((again.outcome("AB/wiki_00"), again.outcome("empty")), ("up to date", "failed"), "{form:?}");
        bench.put("AB/wiki_00", wiki(5000, 41));
        assert_eq!(run().summary().converted, 5);
        fs::remove_file(bench.input.join("AA/wiki_01")).expect("removed");
        assert_eq!(run().summary().converted, 4);
        assert_eq!(run().summary().up_to_date, 4);
    }
}

#[test]
fn file_of_a_person_under_the_merged_name_stays() {
    let bench = Bench::with(&[("a", doc(1).as_bytes()), ("b", doc(2).as_bytes())]);
    put(&bench.output.join("in.xlsx"), "mine");
    let ran = ran(&bench.job_of(merged(MergeBy::Run)));
    assert_eq!((ran.summary().converted, ran.summary().failed), (0, 2));
    assert!(matches!(ran.failure("a"), Cause::NotOurs));
    assert!(!ran.events.iter().any(|event| matches!(event, Event::Gathered { .. })), "told before all is read");
    assert_eq!(fs::read(bench.output.join("in.xlsx")).expect("there"), b"mine");
    let both = Choices { if_exists: IfExists::KeepBoth, ..merged(MergeBy::Run) };
    assert_eq!(self::ran(&bench.job_of(both)).summary().converted, 2);
    assert_eq!(bench.cells("in (2).xlsx").len(), 3);
}

#[test]
fn stopped_merge_leaves_nothing_and_the_next_is_whole() {
    let bench = Bench::with(&[]);
    let records = corpus(&bench);
    bench.put("AC/large", wiki(10_000, 8000));
    let (control, is_stopped) = (Control::default(), AtomicBool::new(false));
    let stopping = control.clone();
    let hear = |event| {
        if matches!(event, Event::Gathered { .. }) && !is_stopped.swap(true, Ordering::SeqCst) {
            stopping.stop();
        }
    };
    let job = with_workers(bench.job_of(merged(MergeBy::Run)), 2);
    let ((), summary) = steered(&job, &control, &hear, || ());
    assert_eq!((summary.converted, summary.stopped), (0, 6));
    assert_eq!(bench.outputs(), [""; 0]);
    let ran = ran(&job);
    assert_eq!((ran.summary().converted, ran.summary().rows), (6, records as u64 + 8000));
}

#[test]
fn files_added_during_a_merge_stand_behind_the_others() {
    let bench = Bench::with(&[]);
    bench.put("AA/one", wiki(1, 3000));
    let more = bench.beside("more");
    put(&more.join("x.jsonl"), "{\"id\": \"new\", \"other\": \"o\"}\n");
    let (control, is_added) = (Control::default(), AtomicBool::new(false));
    let adding = control.clone();
    let hear = |event| {
        if matches!(event, Event::Started { .. }) && !is_added.swap(true, Ordering::SeqCst) {
            assert!(adding.add(vec![more.clone()]));
        }
    };
    let ((), summary) = steered(&bench.job_of(merged(MergeBy::Run)), &control, &hear, || ());
    assert_eq!((summary.converted, summary.merged, summary.rows), (2, 1, 3001));
    let found = bench.cells("in.xlsx");
    assert_eq!(found[0], ["source", "number", "id", "title", "text", "other"]);
    assert_eq!(found[3001], ["more/x.jsonl", "1", "new", "", "", "o"]);
}

/// The run waits for what is about to be added, and goes on where that is nothing.
#[test]
fn empty_folder_added_at_the_end_of_a_merge_does_not_hold_it_up() {
    for round in 0..30 {
        let bench = Bench::with(&[("a", doc(1).as_bytes()), ("b", doc(2).as_bytes())]);
        let empty = bench.beside("empty");
        fs::create_dir(&empty).expect("made");
        let (job, control) = (bench.job_of(merged(MergeBy::Run)), Control::default());
        let (done, ended) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let adding = control.clone();
            let hear = move |event| {
                if matches!(event, Event::Gathered { .. }) {
                    let _ = adding.add(vec![empty.clone()]);
                }
            };
            let _ = done.send(sheetmill::engine::run(&job, &control, &hear));
        });
        let summary = ended.recv_timeout(std::time::Duration::from_mins(1)).expect("it ends").expect("it ran");
        assert_eq!((summary.converted, summary.merged), (2, 1), "round {round}");
    }
}

#[test]
fn merged_files_are_verified_by_themselves_and_by_their_sources() {
    let bench = Bench::with(&[]);
    corpus(&bench);
    assert_eq!(ran(&bench.job_of(merged(MergeBy::Folder))).summary().converted, 5);
    let told = || {
        let all = std::sync::Mutex::new(Vec::new());
        let count = verify(&bench.output, &StopToken::default(), &|one| all.lock().expect("not poisoned").push(one));
        let mut all = all.into_inner().expect("not poisoned");
        all.sort_by(|a, b| a.name.cmp(&b.name));
        assert_eq!(count.expect("verified"), all.len());
        let word = |outcome: &Result<u64, Unproven>| outcome.as_ref().map_or_else(|_| "bad".to_owned(), u64::to_string);
        all.iter()
            .map(|one| format!("{} {} {:?}", one.name.display(), word(&one.outcome), one.source_is))
            .collect::<Vec<_>>()
    };
    assert_eq!(told(), ["AA.xlsx 2301 Same", "AB/deep.xlsx 700 Same", "AB.xlsx 40 Same"]);
    bench.put("AA/wiki_01", doc(77));
    fs::copy(bench.output.join("AB.xlsx"), bench.output.join("AB/deep.xlsx")).expect("copied");
    assert_eq!(told(), ["AA.xlsx 2301 Changed", "AB/deep.xlsx bad Same", "AB.xlsx 40 Same"]);
}

#[test]
fn more_records_than_a_worksheet_has_rows_go_on_in_a_second_one() {
    let bench = Bench::with(&[]);
    for file in 0..3 {
        let lines: String = (0..400_000).map(|at| format!("{{\"i\":{}}}\n", file * 400_000 + at)).collect();
        bench.put(&format!("{file}.jsonl"), lines);
    }
    let choices =
        Choices { merge: Merge { by: MergeBy::Run, no_origin: true, ..Merge::default() }, ..Choices::default() };
    let ran = ran(&bench.job_of(choices));
    assert_eq!((ran.summary().converted, ran.summary().rows), (3, 1_200_000));
    let sheets = workbooks::worksheets(Path::new(&bench.output.join("in.xlsx")));
    let rows: Vec<usize> = sheets.iter().map(|(_, rows)| rows.len()).collect();
    assert_eq!(rows, [1_048_576, 1_200_000 - 1_048_575 + 1]);
    let mut all = sheets.iter().flat_map(|(_, rows)| &rows[1..]);
    assert!((0..1_200_000).all(|at| all.next().is_some_and(|row| row[0] == at.to_string())));
}

#[test]
fn places_of_all_notes_of_a_merge_are_journalled() {
    let bench = Bench::with(&[]);
    for name in ["a", "b", "c"] {
        let one = |id: u32| format!("<doc id=\"{name}{id}\" title=\"t\">x\u{1}y</doc>\n");
        bench.put(name, (0..50).map(one).collect::<String>());
    }
    let ran = ran(&bench.job_of(merged(MergeBy::Run)));
    assert_eq!(ran.notes("b"), [(NoteKind::ControlCharacters, 50, 50)]);
    let journal = fs::read_to_string(bench.output.join(".sheetmill-journal")).expect("a journal");
    for name in ["a", "b", "c"] {
        let notes = journal.lines().filter(|line| line.contains("\"control-characters\",\"line\""));
        let of_file = notes.filter(|line| line.contains(&format!("\"file\":\"{name}\"")));
        let mut ids: Vec<u32> = of_file
            .map(|line| line.split(&format!("\"record\":\"{name}")).nth(1).expect("an id"))
            .map(|rest| rest.split('"').next().and_then(|id| id.parse().ok()).expect("a number"))
            .collect();
        ids.sort_unstable();
        assert_eq!(ids, (0..50).collect::<Vec<u32>>(), "{name}: each place once");
    }
}
