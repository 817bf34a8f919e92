//! The run: which files, in which order, under which names, and what is done about workbooks that are
//! already there.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, SystemTime};

use sheetmill::engine::{Cause, Choices, Columns, Control, Event, IfExists, Job, RunError, Workers};

use super::support::bench::{Bench, ran};
use super::support::folder::{Folder, put};
use super::support::records::{doc, doc_of, words};
use super::support::steered::steered;

/// What is chosen about workbooks that are already there.
fn if_exists(if_exists: IfExists) -> Choices {
    Choices { if_exists, ..Choices::default() }
}

#[test]
fn scan_tells_its_folder_at_a_bounded_rate() {
    let home = Folder::with(&[("in/299/file", "x")]);
    (0..300).for_each(|n| drop(home.make(&format!("in/{n}"))));
    let job = Job::new(vec![home.path("in")], home.path("out"));
    let told = std::sync::Mutex::new(Vec::new());
    let began = std::time::Instant::now();
    sheetmill::engine::scan_only(&job, &Control::default(), &|event| {
        if let Event::Scanning { folder } = event {
            told.lock().expect("not poisoned").push(folder);
        }
    })
    .expect("readable");
    let told = told.into_inner().expect("not poisoned");
    assert_eq!(told[0], home.path("in"));
    assert!(told.len() as u128 <= 1 + began.elapsed().as_millis() / 100, "{}", told.len());
}

#[test]
fn files_before_an_archive_are_told_before_that_is_listed() {
    let bench = Bench::with(&[("a", doc("1").as_bytes()), ("b.tar", doc("2").as_bytes())]);
    let told: Vec<Vec<String>> = (ran(&bench.job()).events.iter())
        .filter_map(|event| match event {
            Event::Found(files) => Some(files.iter().map(|file| file.name.to_string_lossy().into_owned()).collect()),
            _ => None,
        })
        .collect();
    assert_eq!(told, [["a"], ["b.tar"]]);
}

#[test]
fn files_are_found_at_any_depth_in_natural_order_and_started_in_it() {
    let names = ["AA/wiki_2", "AA/wiki_10", "AB/x/y/z", "b.txt", "b", ".hidden", ".git/x", "Thumbs.db", "~$b.xlsx"];
    let file = doc("1");
    let bench = Bench::with(&names.map(|name| (name, file.as_bytes())));
    let mut job = bench.job();
    job.workers = Workers::new(1).expect("one");
    let ran = ran(&job);
    assert_eq!(ran.names(), ["AA/wiki_2", "AA/wiki_10", "AB/x/y/z", "b", "b.txt"]);
    let started: Vec<usize> = ran
        .events
        .iter()
        .filter_map(|e| if let Event::Started { file, .. } = e { Some(file.index()) } else { None })
        .collect();
    assert_eq!(started, [0, 1, 2, 3, 4]);
    assert_eq!(bench.outputs(), ["AA/wiki_10.xlsx", "AA/wiki_2.xlsx", "AB/x/y/z.xlsx", "b.txt.xlsx", "b.xlsx"]);
}

#[cfg(unix)]
#[test]
fn loops_and_dead_links_are_passed_over_and_named() {
    use std::os::unix::fs::symlink;
    let bench = Bench::with(&[("AA/a", doc("1").as_bytes())]);
    symlink(&bench.input, bench.input.join("AA/loop")).expect("linked");
    symlink(bench.input.join("gone"), bench.input.join("dead")).expect("linked");
    let ran = bench.run();
    assert_eq!((ran.summary().converted, ran.summary().passed_over), (1, 2));
    assert_eq!(bench.outputs(), ["AA/a.xlsx"]);
}

#[test]
fn single_file_is_an_input_too() {
    let bench = Bench::with(&[("a.txt", doc("1").as_bytes()), ("b", doc("2").as_bytes())]);
    let job = Job::new(vec![bench.input.join("a.txt")], bench.output.clone());
    assert_eq!(ran(&job).summary().files, 1);
    assert_eq!(bench.outputs(), ["a.txt.xlsx"]);
}

#[test]
fn inputs_stand_below_their_names_where_there_are_several() {
    let bench = Bench::with(&[("one/a", doc("1").as_bytes()), ("two/a", doc("2").as_bytes())]);
    let inputs = vec![bench.input.join("one"), bench.input.join("two")];
    assert_eq!(ran(&Job::new(inputs, bench.output.clone())).summary().converted, 2);
    assert_eq!(bench.outputs(), ["one/a.xlsx", "two/a.xlsx"]);
    assert_eq!(bench.cells("two/a.xlsx")[1][0], "2");
}

#[test]
fn output_folder_inside_the_input_is_not_read() {
    let bench = Bench::with(&[("a", doc("1").as_bytes())]);
    let job = Job::new(vec![bench.input.clone()], bench.input.join("out"));
    assert_eq!(ran(&job).summary().files, 1);
    assert_eq!(ran(&job).summary().files, 1);
    assert!(bench.input.join("out/a.xlsx").exists());
}

#[test]
fn workbooks_beside_sources_are_not_read_and_replace_no_persons_file() {
    let bench =
        Bench::with(&[("a", doc("1").as_bytes()), ("b", doc("2").as_bytes()), ("b.xlsx", doc("mine").as_bytes())]);
    let job = Job { output: bench.input.clone(), ..bench.job_of(if_exists(IfExists::Overwrite)) };
    let first = ran(&job);
    assert_eq!(first.names(), ["a", "b", "b.xlsx"]);
    assert!(matches!(first.failure("b"), Cause::TargetIsSource), "{}", first.failure("b"));
    assert_eq!(fs::read_to_string(bench.input.join("b.xlsx")).expect("still there"), doc("mine"));
    assert_eq!(ran(&job).names(), ["a", "b", "b.xlsx"], "a.xlsx and b.xlsx.xlsx are ours");
}

#[test]
fn skip_leaves_what_is_up_to_date_and_makes_anew_what_is_not() {
    let bench = Bench::with(&[("a", doc("1").as_bytes())]);
    assert_eq!(bench.run().outcome("a"), "converted");
    assert_eq!(bench.run().outcome("a"), "up to date");
    let mut other = bench.job();
    other.choices.columns = Columns::parse("id").expect("columns");
    assert_eq!(ran(&other).outcome("a"), "converted", "other choices");
    assert_eq!(bench.run().outcome("a"), "converted", "other choices");
    bench.put("a", doc("22").as_bytes());
    assert_eq!(bench.run().outcome("a"), "converted", "another source");
    let later = SystemTime::now() + Duration::from_mins(1);
    fs::File::options()
        .append(true)
        .open(bench.input.join("a"))
        .and_then(|file| file.set_modified(later))
        .expect("touched");
    assert_eq!(bench.run().outcome("a"), "converted", "a newer source");
    let workbook = bench.output.join("a.xlsx");
    let bytes = fs::read(&workbook).expect("it is there");
    fs::write(&workbook, &bytes[..bytes.len() / 2]).expect("cut");
    assert_eq!(bench.run().outcome("a"), "converted", "a damaged workbook");
    assert_eq!(bench.cells("a.xlsx")[1][0], "22");
}

#[test]
fn workbooks_already_there_are_overwritten_kept_or_stop_the_run() {
    let bench = Bench::with(&[("a", doc("1").as_bytes()), ("b", doc("1").as_bytes())]);
    bench.run();
    let run = |if_exists| ran(&bench.job_of(self::if_exists(if_exists)));
    assert_eq!(run(IfExists::Overwrite).outcome("a"), "converted");
    assert_eq!(run(IfExists::KeepBoth).outcome("a"), "converted");
    assert_eq!(bench.outputs(), ["a (2).xlsx", "a.xlsx", "b (2).xlsx", "b.xlsx"]);
    bench.put("c", doc("1").as_bytes());
    match run(IfExists::Stop).summary {
        Err(RunError::AlreadyThere { count: 2, first }) => assert_eq!(first, bench.output.join("a.xlsx")),
        other => panic!("{other:?}"),
    }
    assert!(!bench.output.join("c.xlsx").exists());
}

#[test]
fn workbook_open_in_another_program_fails_and_can_be_retried() {
    let bench = Bench::with(&[("a", doc("1").as_bytes()), ("b", doc("2").as_bytes())]);
    bench.run();
    let lock = bench.output.join("~$a.xlsx");
    fs::write(&lock, "somebody").expect("written");
    let mut job = bench.job_of(if_exists(IfExists::Overwrite));
    let ran_once = ran(&job);
    assert!(matches!(ran_once.failure("a"), Cause::WorkbookOpen), "{}", ran_once.failure("a"));
    assert_eq!(ran_once.outcome("b"), "converted");
    fs::remove_file(lock).expect("closed");
    job.only = Some(["a".into()].into());
    let again = ran(&job);
    assert_eq!((again.summary().files, again.outcome("a")), (1, "converted"));
}

#[test]
fn run_that_cannot_begin_says_why() {
    let bench = Bench::with(&[]);
    assert!(matches!(bench.run().summary, Err(RunError::NoFiles { .. })));
    let gone = Job::new(vec![bench.input.join("gone")], bench.output.clone());
    assert!(matches!(ran(&gone).summary, Err(RunError::Input { path, .. }) if path.ends_with("gone")));
    bench.put("a", doc("1").as_bytes());
    let under_a_file = Job::new(vec![bench.input.clone()], bench.input.join("a/out"));
    assert!(matches!(ran(&under_a_file).summary, Err(RunError::Output { .. })));
}

#[test]
fn crash_leftovers_are_swept_up_at_the_next_start() {
    let bench = Bench::with(&[("AA/a", doc("1").as_bytes())]);
    put(&bench.output.join("AA/.sheetmill-x7.tmp"), "half a workbook");
    bench.run();
    assert_eq!(bench.outputs(), ["AA/a.xlsx"]);
}

#[test]
fn name_that_grows_too_long_fails_by_name() {
    let name = "n".repeat(253); // with .xlsx more than 255 bytes
    let bench = Bench::with(&[(&name, doc("1").as_bytes()), ("b", doc("2").as_bytes())]);
    let ran = bench.run();
    assert_eq!((ran.outcome(&name), ran.outcome("b")), ("failed", "converted"));
    assert_eq!(bench.outputs(), ["b.xlsx"]);
}

#[test]
fn summary_adds_up() {
    let bench = Bench::with(&[("a", doc("1").repeat(3).as_bytes()), ("b", b""), ("c", doc("1").as_bytes())]);
    let ran = bench.run();
    let summary = ran.summary();
    assert_eq!((summary.files, summary.converted, summary.failed), (3, 2, 1));
    assert_eq!((summary.records, summary.rows), (4, 4));
    let size = |name: &str| fs::metadata(Path::new(&bench.output).join(name)).expect("there").len();
    assert_eq!(summary.bytes_out, size("a.xlsx") + size("c.xlsx"));
    assert_eq!(summary.bytes_in, 4 * doc("1").len() as u64);
}

#[test]
fn progress_only_grows_and_never_passes_the_files_size() {
    let file = doc_of(1, &words(150_000)).repeat(8);
    let bench = Bench::with(&[("f", file.as_bytes())]);
    let ran = bench.run();
    let told: Vec<(u64, u64)> = (ran.events.iter())
        .filter_map(|event| match event {
            Event::Progress { bytes, records, .. } => Some((*bytes, *records)),
            _ => None,
        })
        .collect();
    assert!(told.len() >= 3, "{told:?}");
    assert!(told.windows(2).all(|pair| pair[0] <= pair[1]), "{told:?}");
    let last = told[told.len() - 1];
    assert!(last.0 > file.len() as u64 / 3 && last.0 <= file.len() as u64 && last.1 == 8, "{told:?}");
}

/// `a` made `a (2).xlsx` beside what was there, which is the workbook of the source file `a (2)`: one of the two
/// was lost, and both were said to be converted.
#[test]
fn workbook_is_made_by_one_source_file_only() {
    let record = |text: &str| doc_of(1, text).repeat(4000);
    let (a, two) = (record("a"), record("a (2)"));
    let bench = Bench::with(&[("a", a.as_bytes()), ("a (2)", two.as_bytes())]);
    bench.run();
    fs::remove_file(bench.job().output.join("a (2).xlsx")).expect("it was made");
    let workers = Workers::new(2).expect("two");
    let again = ran(&Job { workers, ..bench.job_of(if_exists(IfExists::KeepBoth)) });
    assert_eq!(again.summary().converted, 2);
    let mut texts: Vec<String> = bench.outputs().iter().map(|name| bench.cells(name)[4000][2].clone()).collect();
    texts.sort();
    assert_eq!(texts, ["a", "a", "a (2)"], "{:?}", bench.outputs());
}

/// What is added to a run that replaces nothing is held to that as well.
#[test]
fn added_files_replace_nothing_either() {
    let bench = Bench::with(&[("in/a", doc("1").as_bytes()), ("more/b", doc("2").as_bytes())]);
    let (input, more) = (bench.job().inputs[0].join("in"), bench.job().inputs[0].join("more"));
    let output = bench.job().output;
    put(&output.join("more/b.xlsx"), "mine");
    let control = Control::default();
    control.pause();
    let job = Job { inputs: vec![input], ..bench.job_of(if_exists(IfExists::Stop)) };
    let ((), summary) = steered(&job, &control, &|_| {}, || {
        while !control.add(vec![more.clone()]) {
            thread::yield_now();
        }
        control.resume();
    });
    assert_eq!((summary.converted, summary.failed), (1, 1));
    assert_eq!(fs::read(output.join("more/b.xlsx")).expect("it is there"), b"mine");
}

/// Archives are unpacked with fixed times: another file of the same size and time was taken for the one that the
/// workbook was made of.
#[test]
fn workbook_of_another_source_file_is_not_up_to_date() {
    let bench = Bench::with(&[("s1/x", doc("1").as_bytes()), ("s2/x", doc("2").as_bytes())]);
    let input = bench.job().inputs[0].clone();
    for folder in ["s1", "s2"] {
        let file = fs::File::options().write(true).open(input.join(folder).join("x")).expect("it is there");
        file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000)).expect("set");
    }
    let job = |folder: &str| Job::new(vec![input.join(folder)], bench.job().output);
    for (folder, id) in [("s1", "1"), ("s2", "2")] {
        assert_eq!(ran(&job(folder)).summary().converted, 1);
        assert_eq!(bench.cells("x.xlsx")[1][0], id);
        assert_eq!(ran(&job(folder)).summary().up_to_date, 1);
    }
}
