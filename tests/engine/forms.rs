//! Files of the other forms: the same rows as workbooks have, under the same rules about whose a file is.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use sheetmill::engine::{
    Cause, Choices, Form, IfExists, Job, NoteKind, StopToken, Unproven, Workers, WouldReplace, verify, would_replace,
};

use super::support::bench::{Bench, ran};
use super::support::folder::Folder;
use super::support::records::doc;
use super::support::tables::cells;
use super::support::workbooks;

const OTHERS: [Form; 3] = [Form::Csv, Form::Jsonl, Form::Parquet];

fn to(form: Form) -> Choices {
    Choices { form, ..Choices::default() }
}

/// As a workbook's cell holds it.
fn cleaned(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{b}', '\u{c}'], "\n");
    text.replace(|char: char| matches!(char, '\0'..' ' | '\u{fffe}' | '\u{ffff}') && !['\t', '\n'].contains(&char), "")
}

#[test]
fn every_form_has_the_rows_of_the_workbook() {
    let home = Folder::new();
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files");
    let made = |form: Form, output: PathBuf| {
        let ran = ran(&Job { choices: to(form), ..Job::new(vec![samples.clone()], output) });
        let mut told: Vec<_> = ran.names().into_iter().map(|name| (ran.outcome(&name), name)).collect();
        told.sort();
        told
    };
    let workbooks = home.path("xlsx");
    let told = made(Form::Xlsx, workbooks.clone());
    let mut compared = 0;
    for form in OTHERS {
        let output = home.path(form.name());
        assert_eq!(made(form, output.clone()), told, "{form:?}");
        for name in told.iter().filter(|(outcome, _)| *outcome == "converted").map(|(_, name)| name) {
            let want = cells(&workbooks.join(format!("{name}.xlsx")));
            let found = cells(&output.join(format!("{name}.{}", form.name())));
            if found[0].len() < want[0].len() {
                continue; // a text that a workbook divides
            }
            let found: Vec<Vec<String>> =
                found.iter().map(|row| row.iter().map(|text| cleaned(text)).collect()).collect();
            assert_eq!(found, want, "{name} as {form:?}");
            compared += 1;
        }
    }
    assert!(compared > 150, "{compared}");
}

#[test]
fn files_are_the_same_whatever_the_number_of_workers() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files/formats");
    for form in OTHERS {
        let made = [1, 2, 8].map(|workers| {
            let home = Folder::new();
            let workers = Workers::new(workers.min(Workers::most())).expect("allowed");
            let job = Job::new(vec![samples.clone()], home.path("out"));
            ran(&Job { choices: to(form), workers, ..job });
            let names = workbooks::names(&home.path("out"));
            let bytes = |name: &String| fs::read(home.path("out").join(name)).expect("there");
            names.iter().map(|name| (name.clone(), bytes(name))).collect::<Vec<_>>()
        });
        assert!(made[0].len() > 30, "{}", made[0].len());
        assert!(made[0] == made[1] && made[1] == made[2], "{form:?}");
    }
}

#[test]
fn text_of_any_length_and_every_character_stands_in_one_cell() {
    let long = format!("{}\u{1}\u{fffe}\u{c}", "가나 ".repeat(30_000));
    let line = format!("{}\n", serde_json::json!({"id": "1", "text": long}));
    for form in OTHERS {
        let bench = Bench::with(&[("a", line.as_bytes())]);
        let run = ran(&bench.job_of(to(form)));
        assert_eq!(run.notes("a"), [], "{form:?}: nothing is lost or divided");
        let found = cells(&bench.output.join(format!("a.{}", form.name())));
        assert_eq!(found, [["id", "text"], ["1", &*long]], "{form:?}");
    }
}

#[test]
fn file_is_up_to_date_until_its_source_or_a_choice_changes() {
    for form in OTHERS {
        let bench = Bench::with(&[("a", doc(1).as_bytes())]);
        let job = bench.job_of(to(form));
        let made = bench.output.join(format!("a.{}", form.name()));
        assert_eq!(ran(&job).outcome("a"), "converted", "{form:?}");
        assert_eq!(ran(&job).outcome("a"), "up to date", "{form:?}");
        // copied, or on a disk of coarser times
        let file = File::options().write(true).open(&made).expect("there");
        file.set_modified(SystemTime::now() - Duration::from_hours(5)).expect("set");
        drop(file);
        assert_eq!(ran(&job).outcome("a"), "up to date", "{form:?}");
        bench.put("a", doc(1) + &doc(2));
        let found = ran(&job);
        if form == Form::Parquet {
            // as for a workbook, its time says that somebody has it in hand
            assert!(matches!(found.failure("a"), Cause::ChangedSince));
            continue;
        }
        assert_eq!(found.outcome("a"), "converted", "{form:?}");
        assert_eq!(cells(&made).len(), 3, "{form:?}");
    }
}

#[test]
fn guard_is_a_choice_that_files_remember() {
    let bench = Bench::with(&[("a", b"{\"id\": \"=1\", \"text\": \"-\"}\n")]);
    let guarded = Choices { guard: true, ..to(Form::Csv) };
    ran(&bench.job_of(to(Form::Csv)));
    assert_eq!(fs::read_to_string(bench.output.join("a.csv")).expect("there"), "\u{feff}id,text\r\n=1,-\r\n");
    let run = ran(&bench.job_of(guarded.clone()));
    assert_eq!((run.outcome("a"), run.sums("a")), ("converted", vec![(NoteKind::CellsGuarded, 2)]));
    assert_eq!(fs::read_to_string(bench.output.join("a.csv")).expect("there"), "\u{feff}id,text\r\n'=1,'-\r\n");
    assert_eq!(ran(&bench.job_of(guarded)).outcome("a"), "up to date");
}

#[test]
fn file_that_is_not_ours_or_was_changed_stays_unless_overwriting_was_asked_for() {
    for form in OTHERS {
        let bench = Bench::with(&[("mine", doc(1).as_bytes()), ("a", doc(2).as_bytes())]);
        fs::create_dir(&bench.output).expect("made");
        let at = |name: &str| bench.output.join(format!("{name}.{}", form.name()));
        fs::write(at("mine"), "a person's own").expect("written");
        let run = ran(&bench.job_of(to(form)));
        assert!(matches!(run.failure("mine"), Cause::NotOurs), "{form:?}");
        assert_eq!(run.outcome("a"), "converted", "{form:?}");
        let theirs = "id,title,text\r\n1,mine,mine\r\n";
        fs::write(at("a"), theirs).expect("written");
        let run = ran(&bench.job_of(to(form)));
        assert!(matches!(run.failure("a"), Cause::ChangedSince), "{form:?}");
        assert_eq!(fs::read(at("a")).expect("there"), theirs.as_bytes(), "{form:?}");
        let overwriting = Choices { if_exists: IfExists::Overwrite, ..to(form) };
        let job = bench.job_of(overwriting);
        let most = Duration::from_mins(1);
        let found = would_replace(&job, &StopToken::default(), most).expect("counted");
        let want = WouldReplace { all: 2, not_ours: 1, of_others: 0, changed: 1, is_cut_short: false };
        assert_eq!(found, want, "{form:?}");
        let run = ran(&job);
        assert_eq!(run.sums("mine"), [(NoteKind::Replaced, 1)], "{form:?}");
        assert_eq!(run.sums("a"), [(NoteKind::Replaced, 1)], "{form:?}");
        // a power cut left nothing of it
        fs::write(at("a"), [0; 16]).expect("written");
        assert_eq!(ran(&bench.job_of(to(form))).outcome("a"), "converted", "{form:?}");
    }
}

#[test]
fn file_of_another_source_stays() {
    for form in OTHERS {
        let bench = Bench::with(&[("a", doc(1).as_bytes())]);
        ran(&bench.job_of(to(form)));
        let other = Bench::with(&[("a", (doc(2) + &doc(3)).as_bytes())]);
        let mut job = other.job_of(to(form));
        job.output.clone_from(&bench.output);
        assert!(matches!(ran(&job).failure("a"), Cause::OtherSource), "{form:?}");
    }
}

/// Written into the input folder itself, and into one below it, by runs of every form; a person's own tables are sources.
#[test]
fn finished_files_are_no_sources_and_tables_of_people_are() {
    let table = b"id,text\n1,a\n";
    let bench =
        Bench::with(&[("table.csv", table), ("lines.jsonl", b"{\"id\": \"1\"}\n"), ("deep/a", doc(1).as_bytes())]);
    let inputs = vec![bench.input.clone()];
    for output in [bench.input.clone(), bench.input.join("made")] {
        for form in Form::ALL {
            let job = Job { choices: to(form), ..Job::new(inputs.clone(), output.clone()) };
            for outcome in ["converted", "up to date"] {
                let run = ran(&job);
                assert_eq!(run.names(), ["deep/a", "lines.jsonl", "table.csv"], "{form:?}");
                assert_eq!(run.outcome("table.csv"), outcome, "{form:?}");
            }
        }
    }
    // one that somebody changed is theirs
    fs::write(bench.input.join("deep/a.csv"), table).expect("written");
    let run = ran(&Job::new(inputs, bench.beside("elsewhere")));
    assert_eq!(run.names(), ["deep/a", "deep/a.csv", "lines.jsonl", "table.csv"]);
    assert_eq!(fs::read(bench.input.join("table.csv")).expect("there"), table, "as it was");
}

#[test]
fn verify_knows_the_form_of_each_run() {
    let bench = Bench::with(&[("a", doc(1).as_bytes()), ("b", doc(2).as_bytes())]);
    for form in Form::ALL {
        ran(&bench.job_of(to(form)));
    }
    let verified = || {
        let all = std::sync::Mutex::new(Vec::new());
        let count = verify(&bench.output, &StopToken::default(), &|found| {
            let why = found.outcome.err().map(|why| matches!(why, Unproven::Differs(_)));
            all.lock().expect("not poisoned").push((found.name.display().to_string(), why));
        });
        let mut all = all.into_inner().expect("not poisoned");
        all.sort();
        (count.expect("a journal"), all.into_iter().filter(|(_, why)| why.is_some()).collect::<Vec<_>>())
    };
    assert_eq!(verified(), (8, vec![]));
    for form in Form::ALL {
        let path = bench.output.join(format!("a.{}", form.name()));
        let other = fs::read(bench.output.join(format!("b.{}", form.name()))).expect("there");
        fs::write(path, other).expect("written");
    }
    let want = ["a.csv", "a.jsonl", "a.parquet", "a.xlsx"].map(|name| (name.to_owned(), Some(true)));
    assert_eq!(verified(), (8, want.to_vec()));
}

/// Killed between a file's getting its name and the journal's line that says so: the file is known for ours.
#[test]
fn file_of_a_run_that_was_killed_is_made_anew() {
    for form in [Form::Csv, Form::Jsonl] {
        let bench = Bench::with(&[("a", doc(1).as_bytes())]);
        let job = bench.job_of(to(form));
        let journal = bench.output.join(sheetmill::engine::journal::NAME);
        let killed = || {
            let lines = fs::read_to_string(&journal).expect("a journal");
            let last = lines.rfind("{\"file\":").expect("a file");
            fs::write(&journal, &lines[..last]).expect("written");
        };
        ran(&job);
        killed();
        assert_eq!(ran(&job).outcome("a"), "converted", "{form:?}: just named");
        assert_eq!(ran(&job).outcome("a"), "up to date", "{form:?}");
        // killed before it got its name: what had that before stands there still
        let made = bench.output.join(format!("a.{}", form.name()));
        let (before, about) = (fs::read(&made).expect("there"), fs::metadata(&made).expect("there"));
        bench.put("a", doc(1) + &doc(2));
        ran(&job);
        killed();
        fs::write(&made, before).expect("written");
        let file = File::options().write(true).open(&made).expect("there");
        file.set_modified(about.modified().expect("a time")).expect("set");
        assert_eq!(ran(&job).outcome("a"), "converted", "{form:?}: not named yet");
        assert_eq!(cells(&made).len(), 3, "{form:?}");
        fs::write(&made, "a person's own").expect("written");
        killed();
        assert!(matches!(ran(&job).failure("a"), Cause::ChangedSince), "{form:?}");
    }
}
