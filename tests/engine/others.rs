//! Other people's files stay, and two runs don't meet in one folder.

use std::fs::{self, File};

use sheetmill::engine::NoteKind::Replaced;
use sheetmill::engine::{Cause, Choices, IfExists, RunError, journal};

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
