//! Other people's files stay, and two runs don't meet in one folder.

use std::fs::{self, File};

use std::time::Duration;

use sheetmill::engine::NoteKind::Replaced;
use sheetmill::engine::{Cause, Choices, IfExists, Job, RunError, StopToken, WouldReplace, journal, would_replace};

use super::support::bench::{Bench, ran};
use super::support::records::doc;

fn overwriting() -> Choices {
    Choices { if_exists: IfExists::Overwrite, ..Choices::default() }
}

#[test]
fn workbook_made_by_a_person_stays_unless_overwriting_was_asked_for() {
    let bench = Bench::with(&[("budget", doc(1).as_bytes()), ("other", doc(2).as_bytes())]);
    fs::create_dir(&bench.output).expect("made");
    let mine = bench.output.join("budget.xlsx");
    fs::write(&mine, "a person's own").expect("written");
    let run = bench.run();
    assert!(matches!(run.failure("budget"), Cause::NotOurs));
    assert_eq!(run.outcome("other"), "converted");
    assert_eq!(fs::read(&mine).expect("there"), b"a person's own");
    let run = ran(&bench.job_of(overwriting()));
    assert_eq!(run.sums("budget"), [(Replaced, 1)], "and it is said");
    assert_eq!(bench.cells("budget.xlsx").len(), 2);
}

#[test]
fn workbook_of_another_source_stays() {
    let bench = Bench::with(&[("a", doc(1).as_bytes())]);
    bench.run();
    let other = Bench::with(&[("a", (doc(2) + &doc(3)).as_bytes())]);
    let mut job = other.job();
    job.output.clone_from(&bench.output);
    assert!(matches!(ran(&job).failure("a"), Cause::OtherSource));
    assert_eq!(bench.cells("a.xlsx").len(), 2, "the first source's");
    job.choices = overwriting();
    assert_eq!(ran(&job).outcome("a"), "converted");
    assert_eq!(bench.cells("a.xlsx").len(), 3);
}

#[test]
fn workbook_that_somebody_changed_stays_when_its_source_changes() {
    let bench = Bench::with(&[("a", doc(1).as_bytes())]);
    bench.run();
    let made = bench.output.join("a.xlsx");
    // saved anew by somebody: the same name and stamp, another time
    let bytes = fs::read(&made).expect("there");
    fs::write(&made, &bytes).expect("written");
    assert_eq!(bench.run().outcome("a"), "up to date", "nothing is to be replaced");
    bench.put("a", doc(1) + &doc(2));
    assert!(matches!(bench.run().failure("a"), Cause::ChangedSince));
    assert_eq!(fs::read(&made).expect("there"), bytes);
}

/// Under a name that the journal knows: whatever a person has put there is theirs, what a power cut left is not.
#[test]
fn file_that_took_the_place_of_a_workbook_of_ours_stays() {
    let bench = Bench::with(&[("a", doc(1).as_bytes())]);
    bench.run();
    let made = bench.output.join("a.xlsx");
    let whole = fs::read(&made).expect("there");
    let ole = [b"\xd0\xcf\x11\xe0".as_slice(), &[7; 64]].concat(); // as Excel saves one with a password
    for theirs in [b"a person's own".as_slice(), &ole, b"PK"] {
        fs::write(&made, theirs).expect("written");
        assert!(matches!(bench.run().failure("a"), Cause::ChangedSince), "{theirs:?}");
        assert_eq!(fs::read(&made).expect("there"), theirs);
    }
    for left in [&whole[..whole.len() - 30], &[0; 512][..], b""] {
        fs::write(&made, left).expect("written");
        assert_eq!(bench.run().outcome("a"), "converted", "{} bytes", left.len());
    }
}

#[test]
fn second_run_into_one_folder_is_refused_while_the_first_goes_on() {
    let bench = Bench::with(&[("a", doc(1).as_bytes())]);
    bench.run();
    let held = File::open(bench.output.join(journal::NAME)).expect("a journal");
    held.lock().expect("locked, as a run does");
    assert!(matches!(ran(&bench.job()).summary, Err(RunError::OutputInUse { .. })));
    drop(held);
    assert_eq!(bench.run().outcome("a"), "up to date");
}

#[test]
fn losses_are_told_again_when_the_workbook_is_up_to_date() {
    let bench = Bench::with(&[("a.jsonl", b"{\"id\": 1}\n{\"id\": 2, broken\n{\"id\": 3}\n")]);
    let first = bench.run();
    assert_eq!((first.outcome("a.jsonl"), first.report("a.jsonl").losses()), ("converted", 1));
    let second = bench.run();
    assert_eq!((second.outcome("a.jsonl"), second.report("a.jsonl").losses()), ("up to date", 1));
    assert_eq!(second.summary().with_losses, 1);
}

/// What a run of this job would replace, however long that takes.
fn counted(job: &Job) -> WouldReplace {
    would_replace(job, &StopToken::default(), Duration::MAX).expect("its inputs can be read")
}

#[test]
fn what_overwriting_would_replace_is_counted_by_whose_it_is_and_nothing_is_touched() {
    let bench = Bench::with(&[]);
    for name in ["ours", "changed", "of-another", "new", "AA/mine", "AA/empty"] {
        bench.put(name, doc(1));
    }
    assert_eq!(counted(&bench.job()), WouldReplace::default(), "there is not even a folder");
    let job = Job { only: Some(["ours".into(), "changed".into()].into()), ..bench.job() };
    ran(&job);
    let at = |name: &str| bench.output.join(name);
    let bytes = fs::read(at("changed.xlsx")).expect("there");
    fs::write(at("changed.xlsx"), &bytes).expect("saved anew by somebody");
    let other = Bench::with(&[("of-another", (doc(2) + &doc(3)).as_bytes())]);
    other.run();
    fs::copy(other.output.join("of-another.xlsx"), at("of-another.xlsx")).expect("copied");
    fs::create_dir(at("AA")).expect("made");
    fs::write(at("AA/mine.xlsx"), "a person's own").expect("written");
    fs::write(at("AA/empty.xlsx"), "").expect("what a power cut left");
    fs::create_dir(at("new.xlsx")).expect("a folder, which nothing replaces");
    let before = bench.outputs();

    let job = bench.job_of(overwriting());
    let all = WouldReplace { all: 5, not_ours: 1, of_others: 1, changed: 1, is_cut_short: false };
    assert_eq!((counted(&job), all.of_people(), all.is_harmless()), (all, 3, false));
    let ours = counted(&Job { only: Some(["ours".into(), "AA/empty".into()].into()), ..job.clone() });
    assert_eq!((ours.all, ours.is_harmless()), (2, true));
    assert_eq!(fs::read(at("AA/mine.xlsx")).expect("there"), b"a person's own");
    assert_eq!(bench.outputs(), before);

    // and the run does what was counted
    let run = ran(&job);
    let replaced = run.summary().notes.counts().iter().find(|(kind, ..)| *kind == Replaced).map(|(_, files, _)| *files);
    assert_eq!(replaced, Some(3));
}

#[test]
fn source_file_is_not_counted_since_no_run_replaces_it() {
    let bench = Bench::with(&[("a", doc(1).as_bytes()), ("a.xlsx", b"a person's own")]);
    let job = Job { output: bench.input.clone(), ..bench.job_of(overwriting()) };
    assert_eq!(counted(&job).all, 0);
    assert!(matches!(ran(&job).failure("a"), Cause::TargetIsSource));
}

#[test]
fn counting_ends_when_its_time_is_over_or_when_told_and_says_so() {
    let bench = Bench::with(&[("a", doc(1).as_bytes())]);
    bench.run();
    let job = bench.job_of(overwriting());
    assert!(counted(&job).is_harmless());
    let (stop, long) = (StopToken::default(), Duration::from_mins(10));
    let hurried = would_replace(&job, &stop, Duration::ZERO).expect("readable");
    assert!(hurried.is_cut_short && !hurried.is_harmless(), "what was not looked at may be anybody's");
    assert!(!stop.is_stopped(), "the caller's token is its own");
    stop.stop();
    assert!(would_replace(&job, &stop, long).expect("readable").is_cut_short);
}

/// Its size and time of change as they were, whoever set them.
fn put_back(path: &std::path::Path, bytes: &[u8]) {
    let before = fs::metadata(path).expect("it is there");
    assert_eq!(before.len(), bytes.len() as u64);
    std::thread::sleep(Duration::from_millis(20)); // as fine as some systems' clocks are
    let file = File::options().write(true).truncate(true).open(path).expect("opened");
    std::io::Write::write_all(&mut { &file }, bytes).expect("written");
    file.set_modified(before.modified().expect("a time")).expect("set");
    assert_eq!(fs::metadata(path).expect("there").modified().ok(), before.modified().ok());
}

/// Where the system keeps when anything about a file was changed.
#[cfg(unix)]
#[test]
fn source_changed_with_size_and_time_put_back_is_converted_anew() {
    use super::support::packed;

    let (one, other) = (doc(1), doc(2));
    let [one_gz, other_gz] = [&one, &other].map(|text| packed::gzip(text.as_bytes()));
    assert!(one.len() == other.len() && one_gz.len() == other_gz.len(), "what is to be found is in neither size");
    let bench = Bench::with(&[("a", one.as_bytes()), ("b.gz", &one_gz), ("c", one.as_bytes())]);
    bench.run();
    put_back(&bench.input.join("a"), other.as_bytes());
    put_back(&bench.input.join("b.gz"), &other_gz);
    put_back(&bench.input.join("c"), one.as_bytes()); // touched, and the same
    let again = bench.run();
    let outcomes = ["a", "b.gz", "c"].map(|name| again.outcome(name));
    assert_eq!(outcomes, ["converted", "converted", "up to date"]);
    assert_eq!((&bench.cells("a.xlsx")[1][0], &bench.cells("b.gz.xlsx")[1][0]), (&"2".to_owned(), &"2".to_owned()));
    assert_eq!(bench.run().summary().up_to_date, 3);
    // that c is the same is kept, so that it need not be read a third time
    let mut same = Vec::new();
    journal::read(&bench.output, |entry| {
        if let journal::entry::Entry::Same(entry) = entry {
            same.push(entry.made);
        }
    })
    .expect("a journal");
    assert_eq!(same, [std::path::PathBuf::from("c.xlsx")]);
}

/// By its content, whatever its size and time say.
#[test]
fn verify_names_a_source_that_holds_something_else() {
    use sheetmill::engine::{SourceIs, StopToken, verify};

    let bench = Bench::with(&[("a", doc(1).as_bytes()), ("b", doc(1).as_bytes()), ("c", doc(1).as_bytes())]);
    bench.run();
    put_back(&bench.input.join("a"), doc(2).as_bytes());
    bench.put("b", doc(1)); // the same at another time
    fs::remove_file(bench.input.join("c")).expect("there");
    let told = std::sync::Mutex::new(Vec::new());
    let all = verify(&bench.output, &StopToken::default(), &|found| {
        assert_eq!(found.outcome.as_ref().ok(), Some(&1));
        told.lock().expect("not poisoned").push((found.name, found.source_is));
    });
    assert_eq!(all.expect("verified"), 3);
    let mut told = told.into_inner().expect("not poisoned");
    told.sort_by(|one, other| one.0.cmp(&other.0));
    let told: Vec<SourceIs> = told.into_iter().map(|(_, source_is)| source_is).collect();
    assert_eq!(told, [SourceIs::Changed, SourceIs::Same, SourceIs::Gone]);
}
