//! What may be changed while a run is under way: how many workers, which files, what else is put in.
//! Whatever is asked for, every file that was found ends in exactly one outcome, and the counts add up.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use sheetmill::engine::{Control, Event, FileId, Job, Outcome, Summary, Workers, run};

use super::support::bench::{self, Bench, ran, word};
use super::support::folder::put;
use super::support::records::{doc, doc_of, words};
use super::support::{LIMIT, steered, wait_every};

/// Files that take some time each.
fn slow(files: usize, repeat: usize) -> Bench {
    let file = doc_of(1, &words(40_000)).repeat(repeat);
    let bench = Bench::with(&[]);
    (0..files).for_each(|n| bench.put(&format!("f_{n}"), &file));
    bench
}

/// Events as they come, and what may be asked of them from another thread.
#[derive(Default)]
struct Heard {
    events: Mutex<Vec<Event>>,
    /// By its worker; a worker that takes another is done with the one before, whenever that is told.
    in_hand: Mutex<BTreeMap<usize, FileId>>,
    most: AtomicUsize,
    ended: AtomicUsize,
}

impl Heard {
    fn hear(&self, event: Event) {
        match &event {
            Event::Started { file, worker } => {
                let mut in_hand = self.in_hand.lock().expect("not poisoned");
                in_hand.insert(worker.index(), *file);
                self.most.fetch_max(in_hand.len(), Ordering::SeqCst);
            }
            Event::Finished { file, report } if !matches!(report.outcome, Outcome::Skipped) => {
                self.in_hand.lock().expect("not poisoned").retain(|_, held| held != file);
                self.ended.fetch_add(1, Ordering::SeqCst);
            }
            _ => {}
        }
        self.events.lock().expect("not poisoned").push(event);
    }

    /// The workers that have a file in hand.
    fn at_work(&self) -> BTreeSet<usize> {
        self.in_hand.lock().expect("not poisoned").keys().copied().collect()
    }

    fn wait(&self, what: &str, is: impl Fn(&Self) -> bool) {
        let come = wait_every(Duration::from_millis(1), LIMIT, || is(self).then_some(()));
        assert!(come.is_some(), "{what} did not come");
    }

    fn names(&self) -> Vec<String> {
        bench::names(&self.events.lock().expect("not poisoned"))
    }

    /// The last outcome of each file; every one that began has one.
    fn outcomes(&self) -> BTreeMap<usize, &'static str> {
        let mut outcomes = BTreeMap::new();
        let mut in_work = BTreeSet::new();
        for event in self.events.lock().expect("not poisoned").iter() {
            match event {
                Event::Started { file, .. } => assert!(in_work.insert(*file), "{file:?} began twice at a time"),
                Event::Finished { file, report } => {
                    let word = word(&report.outcome);
                    assert_eq!(in_work.remove(file), word != "skipped", "{file:?} {word}");
                    let before = outcomes.insert(file.index(), word);
                    assert!(matches!(before, None | Some("failed" | "not recognised")), "{file:?} {before:?} {word}");
                }
                _ => {}
            }
        }
        assert_eq!(in_work, BTreeSet::new());
        outcomes
    }

    /// What the summary says is what happened.
    fn prove(&self, summary: &Summary) {
        let outcomes = self.outcomes();
        let count = |word: &str| outcomes.values().filter(|outcome| **outcome == word).count();
        assert_eq!(summary.files, self.names().len());
        let told = (summary.converted, summary.up_to_date, summary.failed, summary.not_recognised, summary.skipped);
        let seen =
            (count("converted"), count("up to date"), count("failed"), count("not recognised"), count("skipped"));
        assert_eq!(told, seen);
        let sum = told.0 + told.1 + told.2 + told.3 + told.4 + summary.stopped;
        assert_eq!(sum, summary.files);
        if summary.stopped == 0 {
            assert_eq!(outcomes.len(), summary.files, "each ends in one outcome");
        }
    }
}

/// Runs the job while `steer` steers it; every claim about outcomes is proved.
fn steered(job: &Job, control: &Control, steer: impl FnOnce(&Heard)) -> (Heard, Summary) {
    let heard = Heard::default();
    let ((), summary) = steered::steered(job, control, &|event| heard.hear(event), || steer(&heard));
    heard.prove(&summary);
    (heard, summary)
}

fn workers(count: usize) -> Workers {
    Workers::new(count).expect("not more than allowed")
}

#[test]
fn files_in_work_are_as_many_as_there_are_workers_now() {
    let bench = slow(60, 2);
    let job = Job { workers: workers(1), ..bench.job() };
    let control = Control::default();
    let (heard, summary) = steered(&job, &control, |heard| {
        heard.wait("some files", |heard| heard.ended.load(Ordering::SeqCst) >= 3);
        assert_eq!(heard.most.load(Ordering::SeqCst), 1);
        control.set_workers(workers(4));
        heard.wait("four at once", |heard| heard.at_work().len() == 4);
        control.set_workers(workers(2));
        // two may be done at the same moment though all four have files to come: it is those too many that count
        // and one may have taken a file that is not told yet
        let at_rest = |heard: &Heard| heard.at_work().iter().all(|worker| *worker < 2);
        let then = heard.ended.load(Ordering::SeqCst);
        heard.wait("the others at rest", |heard| heard.ended.load(Ordering::SeqCst) >= then + 8 && at_rest(heard));
        heard.most.store(0, Ordering::SeqCst);
        let before = heard.ended.load(Ordering::SeqCst);
        heard.wait("some more files", |heard| heard.ended.load(Ordering::SeqCst) >= before + 6);
        assert!(heard.most.load(Ordering::SeqCst) <= 2, "those too many rest");
        control.set_workers(workers(Workers::most()));
    });
    assert_eq!((summary.converted, bench.outputs().len()), (60, 60));
    let indexes: BTreeSet<usize> = heard.events.lock().expect("not poisoned").iter().filter_map(started_by).collect();
    assert!(indexes.iter().all(|worker| *worker < Workers::most()), "{indexes:?}");
}

fn started_by(event: &Event) -> Option<usize> {
    if let Event::Started { worker, .. } = event { Some(worker.index()) } else { None }
}

#[test]
fn workers_said_before_the_start_are_the_ones_that_begin() {
    let bench = slow(6, 1);
    let control = Control::default();
    control.set_workers(workers(1));
    let (heard, _) = steered(&Job { workers: workers(4), ..bench.job() }, &control, |_| {});
    assert_eq!(heard.most.load(Ordering::SeqCst), 1);
}

/// A change while one huge file is all there is: its parts go to more workers, and the run ends.
#[test]
fn workers_may_change_while_a_huge_file_is_the_only_one() {
    let bench = slow(1, 60);
    let control = Control::default();
    let (_, summary) = steered(&Job { workers: workers(2), ..bench.job() }, &control, |heard| {
        heard.wait("the file", |heard| heard.at_work().len() == 1);
        for count in [1, 4, 2, Workers::most(), 1] {
            thread::sleep(Duration::from_millis(40));
            control.set_workers(workers(count));
        }
    });
    assert_eq!(summary.converted, 1);
}

#[test]
fn file_left_out_is_named_counted_and_may_come_back() {
    let bench = slow(12, 1);
    let job = Job { workers: workers(1), ..bench.job() };
    let control = Control::default();
    let (heard, summary) = steered(&job, &control, |heard| {
        heard.wait("a file that waits", |heard| heard.at_work().len() == 1);
        control.pause();
        assert!(!control.skip(FileId::at(0)), "it is in work");
        assert!(
            !control.skip(FileId::at(99)) && !control.unskip(FileId::at(5)) && !control.retry(FileId::at(5)),
            "nothing of the kind"
        );
        assert!(
            control.skip(FileId::at(3))
                && control.skip(FileId::at(4))
                && control.skip(FileId::at(11))
                && !control.skip(FileId::at(4))
        );
        assert!(control.unskip(FileId::at(4)));
        control.resume();
    });
    assert!(!control.unskip(FileId::at(3)) && !control.skip(FileId::at(5)), "the run is over");
    assert_eq!((summary.skipped, summary.converted, summary.stopped), (2, 10, 0));
    let outcomes = heard.outcomes();
    assert_eq!([outcomes[&3], outcomes[&4], outcomes[&11]], ["skipped", "converted", "skipped"]);
    assert!(!bench.outputs().contains(&"f_3.xlsx".to_owned()) && bench.outputs().len() == 10);
}

#[test]
fn files_may_all_be_left_out() {
    let bench = slow(4, 1);
    let control = Control::default();
    let (_, summary) = steered(&Job { workers: workers(1), ..bench.job() }, &control, |heard| {
        heard.wait("a file in work", |heard| heard.at_work().len() == 1);
        control.pause();
        (1..4).for_each(|file| assert!(control.skip(FileId::at(file))));
        control.resume();
    });
    assert_eq!((summary.skipped, summary.converted), (3, 1));
}

#[test]
fn stop_counts_what_was_left_out_as_that() {
    let bench = slow(8, 1);
    let control = Control::default();
    let (_, summary) = steered(&Job { workers: workers(1), ..bench.job() }, &control, |heard| {
        heard.wait("a file in work", |heard| heard.at_work().len() == 1);
        control.pause();
        assert!(control.skip(FileId::at(7)));
        control.stop();
        assert!(!control.add(vec!["/".into()]) && !control.unskip(FileId::at(7)), "a stopped run takes nothing more");
    });
    assert_eq!((summary.skipped, summary.converted, summary.stopped), (1, 0, 7));
}

#[test]
fn failed_file_may_be_tried_again_during_the_run() {
    let bench = slow(10, 1);
    bench.put("a_empty", b"");
    let job = Job { workers: workers(1), ..bench.job() };
    let control = Control::default();
    let (heard, summary) = steered(&job, &control, |heard| {
        heard.wait("a failure", |heard| heard.ended.load(Ordering::SeqCst) >= 1);
        control.pause();
        bench.put("a_empty", doc(1));
        assert!(control.retry(FileId::at(0)) && !control.retry(FileId::at(0)), "it waits now");
        control.resume();
        heard.wait("the second try", |heard| {
            let events = heard.events.lock().expect("not poisoned");
            events.iter().filter(|event| matches!(event, Event::Finished { file: FileId(0), .. })).count() == 2
        });
        assert!(!control.retry(FileId::at(0)), "there is nothing to try again");
    });
    assert_eq!((summary.failed, summary.converted, heard.outcomes()[&0]), (0, 11, "converted"));
    assert_eq!(bench.cells("a_empty.xlsx")[1][0], "1");
}

#[test]
fn added_files_stand_behind_the_others_and_below_their_own_name() {
    let bench = slow(5, 1);
    let beside = |name: &str| bench.beside(name);
    for path in ["more/x/a", "other/more/b", "single"] {
        put(&beside(path), doc(7));
    }
    let job = Job { workers: workers(1), ..bench.job() };
    let control = Control::default();
    let (heard, summary) = steered(&job, &control, |heard| {
        heard.wait("a file in work", |heard| heard.at_work().len() == 1);
        let gone = beside("gone");
        assert!(control.add(vec![beside("more"), gone, beside("other/more"), beside("single"), bench.input.clone()]));
        assert!(control.add(vec![bench.input.join("f_1"), beside("more/x")]), "taken, and found to be there already");
    });
    assert_eq!((summary.files, summary.converted, summary.passed_over), (8, 8, 1));
    assert_eq!(
        heard.names(),
        ["f_0", "f_1", "f_2", "f_3", "f_4", "more/x/a", "more (2)/b", "single"],
        "what was there stays where it is"
    );
    assert!(bench.outputs().contains(&"more (2)/b.xlsx".to_owned()), "{:?}", bench.outputs());
    let scanned = heard.events.lock().expect("not poisoned");
    let totals: Vec<usize> = scanned
        .iter()
        .filter_map(|event| if let Event::Scanned { files, .. } = event { Some(*files) } else { None })
        .collect();
    assert_eq!(totals.first(), Some(&5));
    assert_eq!(totals.last(), Some(&8));
    drop(scanned);
    // a later run of the same finds everything where it is
    let added = ["more", "other/more", "single"].map(beside).to_vec();
    let again = ran(&Job { added, ..bench.job() });
    assert_eq!((again.summary().files, again.summary().up_to_date), (8, 8));
}

#[test]
fn run_that_is_over_takes_no_more_files() {
    let bench = Bench::with(&[("a", doc(1).as_bytes())]);
    let control = Control::default();
    run(&bench.job(), &control, &|_| {}).expect("it ran");
    assert!(!control.add(vec![bench.input.clone()]));
    let refused = Control::default();
    run(&Job::new(vec![PathBuf::from("/gone")], bench.output.clone()), &refused, &|_| {}).expect_err("nothing there");
    assert!(!refused.add(vec![bench.input.clone()]), "also when it could not begin");
}

#[test]
fn excepted_file_is_not_in_the_list() {
    let bench = Bench::with(&[("a", doc(1).as_bytes()), ("b", doc(2).as_bytes())]);
    let ran = ran(&Job { except: [PathBuf::from("a")].into(), ..bench.job() });
    assert_eq!((ran.summary().files, bench.outputs()), (1, vec!["b.xlsx".to_owned()]));
}

/// Many hands at once: whatever comes when, every file ends once.
#[test]
fn steering_of_any_kind_leaves_every_file_with_one_outcome() {
    for seed in 0..6u64 {
        let bench = Bench::with(&[]);
        for n in 0..80 {
            bench.put(&format!("f_{n}"), if n % 7 == 0 { String::new() } else { doc(n) });
        }
        let more = bench.beside("more");
        (0..30).for_each(|n| put(&more.join(format!("m_{n}")), doc(n)));
        let control = Control::default();
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let mut random = move |below: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state % below as u64) as usize
        };
        let (_, summary) = steered(&Job { workers: workers(2), ..bench.job() }, &control, |heard| {
            for step in 0..400 {
                let file = random(110);
                match random(5) {
                    0 => control.set_workers(workers(1 + random(Workers::most()))),
                    1 => drop(control.skip(FileId::at(file))),
                    2 => drop(control.unskip(FileId::at(file))),
                    3 => drop(control.retry(FileId::at(file))),
                    _ => thread::sleep(Duration::from_micros(200)),
                }
                if step == 50 {
                    let _ = control.add(vec![more.clone()]);
                }
                if step == 300 && seed % 3 == 0 {
                    heard.wait("the list", |heard| heard.names().len() >= 80);
                    control.stop();
                }
            }
        });
        assert!(summary.files >= 80, "{seed}: {summary:?}");
    }
}
