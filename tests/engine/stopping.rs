//! Pause, resume and stop: heard inside of any file, and nothing left behind.

use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use sheetmill::engine::{Control, Event, IfExists, Job, RunError, Summary, Workers, run, scan_only};

use super::support::LIMIT;
use super::support::bench::{Bench, word};
use super::support::packed::bzip2;
use super::support::records::{doc, doc_of, words};
use super::support::steered::steered;

/// Records that may still be read when a stop is asked for: what is in memory by then, a kilobyte each.
const IN_MEMORY: u64 = 1024;

/// 20 MB, enough for seconds of work: records of a kilobyte.
fn large() -> String {
    let words = words(240_000);
    let words: Vec<&str> = words.split_inclusive(' ').collect();
    let records: String = words.chunks(60).map(|words| doc_of(1, &words.concat())).collect();
    records.repeat(5)
}

/// Three files of it.
fn three(file: &str) -> Bench {
    Bench::with(&["AA/a", "AA/b", "AA/c"].map(|name| (name, file.as_bytes())))
}

/// When a stop is asked for.
#[derive(Debug, Clone, Copy)]
enum When {
    /// As soon as a file begins, before it is read.
    Begun,
    /// At the so-manieth word about how far a file is.
    Told(usize),
    /// So long after a file has begun, from elsewhere.
    After(Duration),
}

/// Stops a run on three large files and proves that every file ends as it says, and that a file in work goes no further.
fn stopped(bench: &Bench, when: When) {
    let control = Control::default();
    let told = Mutex::new(Vec::new());
    let (begun, first) = channel();
    let hear = |event: Event| {
        let mut told = told.lock().expect("not poisoned");
        let is_begun = matches!(event, Event::Started { .. });
        told.push(event);
        let is_time = match when {
            When::Begun => is_begun,
            When::Told(last) => words_told(&told).nth(last - 1).is_some(),
            When::After(_) => false,
        };
        if is_time {
            control.stop();
        }
        if is_begun {
            let _ = begun.send(()); // it may be heard no more
        }
    };
    let ((), summary) = steered(&bench.job(), &control, &hear, || {
        if let When::After(time) = when {
            first.recv().expect("a file begins");
            thread::sleep(time);
            control.stop();
        }
    });
    let told = told.into_inner().expect("not poisoned");
    let ended: HashMap<usize, (&str, u64)> = told.iter().filter_map(end).collect();
    let converted = ended.values().filter(|(word, _)| *word == "converted").count();
    assert_eq!((summary.converted, summary.stopped, summary.failed), (converted, 3 - converted, 0), "{when:?}");
    assert_eq!(bench.outputs().len(), converted, "{when:?}: {:?}", bench.outputs());
    assert!(!bench.output.join("AA").exists() || converted > 0, "{when:?}: an empty folder is left");
    match when {
        When::Begun => {
            assert_eq!(converted, 0, "{ended:?}");
            assert!(ended.values().all(|(_, records)| *records <= IN_MEMORY), "{ended:?}");
        }
        When::Told(last) => {
            let (file, then) = words_told(&told).nth(last - 1).expect("the stop was asked for");
            let (word, records) = ended[&file];
            assert!(word == "stopped" && records - then <= IN_MEMORY, "{when:?}: {word} at {records}, told at {then}");
        }
        When::After(_) => {}
    }
}

/// What was told of files in work: which file, and its records so far.
fn words_told(events: &[Event]) -> impl Iterator<Item = (usize, u64)> {
    events.iter().filter_map(|event| match event {
        Event::Progress { file, records, .. } => Some((file.index(), *records)),
        _ => None,
    })
}

/// How a file ended, and with how many records.
fn end(event: &Event) -> Option<(usize, (&'static str, u64))> {
    match event {
        Event::Finished { file, report } => Some((file.index(), (word(&report.outcome), report.records))),
        _ => None,
    }
}

#[test]
fn stop_is_heard_inside_of_files_and_leaves_nothing_behind() {
    let file = large();
    let times = [0, 30, 100, 300].map(|time| When::After(Duration::from_millis(time)));
    for when in [When::Begun, When::Told(1), When::Told(2)].into_iter().chain(times) {
        stopped(&three(&file), when);
    }
}

/// 300 MB of text that stands in one record, one line, or outside of records: what is beyond the bound of
/// a record is left out, and that takes as long.
#[test]
fn stop_is_heard_in_a_record_that_does_not_end() {
    let long = bzip2(words(1_000).repeat(60).as_bytes()).repeat(300);
    let line = "{\"id\": \"1\", \"text\": \"x\"}\n{\"id\": \"2\", \"text\": \"";
    let doc = doc(1);
    for begin in ["", line, &doc, &doc.replace("</doc>\n", "")] {
        let bench = Bench::with(&[("a", &[bzip2(begin.as_bytes()), long.clone()].concat())]);
        let control = Control::default();
        let report = Mutex::new(None);
        let summary = thread::scope(|scope| {
            run(&bench.job(), &control, &|event| match event {
                Event::Started { .. } => drop(scope.spawn(|| {
                    thread::sleep(Duration::from_millis(200));
                    control.stop();
                })),
                Event::Finished { report: told, .. } => *report.lock().expect("not poisoned") = Some(told),
                _ => {}
            })
        });
        assert_eq!(summary.expect("it ran").stopped, 1, "{begin}");
        let report = report.into_inner().expect("not poisoned").expect("it was finished");
        assert_eq!(word(&report.outcome), "stopped", "{begin}");
        assert!(report.notes.is_empty(), "{begin}: read to its end: {:?}", report.notes.counts());
        assert_eq!(bench.outputs(), Vec::<String>::new());
    }
}

#[test]
fn paused_run_does_nothing_until_it_is_resumed() {
    let bench = three(&large());
    let control = Control::default();
    control.pause();
    let seen = Mutex::new(0);
    let hear = |event| {
        if matches!(event, Event::Finished { .. } | Event::Progress { .. }) {
            *seen.lock().expect("not poisoned") += 1;
        }
    };
    let ((), summary) = steered(&bench.job(), &control, &hear, || {
        thread::sleep(Duration::from_millis(300));
        assert_eq!(*seen.lock().expect("not poisoned"), 0);
        assert_eq!(bench.outputs(), Vec::<String>::new());
        control.resume();
    });
    assert_eq!((summary.converted, summary.stopped), (3, 0));
}

#[test]
fn paused_run_lists_what_there_is_to_do() {
    let bench = three(&large());
    let control = Control::default();
    control.pause();
    let (told, listed) = channel();
    let hear = |event| {
        if let Event::Scanned { files, .. } = event {
            told.send(files).expect("it is waited for");
        }
    };
    let (listed, summary) = steered(&bench.job(), &control, &hear, || {
        let listed = listed.recv_timeout(LIMIT);
        control.stop();
        listed
    });
    assert_eq!((listed, summary.files, summary.converted), (Ok(3), 3, 0));
}

#[test]
fn paused_run_can_be_stopped() {
    let bench = three(&large());
    let control = Control::default();
    control.pause();
    let ((), summary) = steered(&bench.job(), &control, &|_| {}, || {
        thread::sleep(Duration::from_millis(100));
        control.stop();
    });
    assert_eq!(summary.converted, 0);
    assert_eq!(bench.outputs(), Vec::<String>::new());
}

/// The look for workbooks that are already there was stopped: it did not find that the run can't begin.
#[test]
fn run_stopped_before_it_began_is_one_that_was_stopped() {
    let bench = Bench::with(&[("a", b"<doc id=\"1\">x</doc>\n")]);
    let mut job = Job::new(vec![bench.input.join("a")], bench.output.clone());
    assert_eq!(run(&job, &Control::default(), &|_| {}).expect("it ran").converted, 1);
    job.choices.if_exists = IfExists::Stop;
    assert!(matches!(run(&job, &Control::default(), &|_| {}), Err(RunError::AlreadyThere { count: 1, .. })));
    let control = Control::default();
    control.stop();
    assert_eq!(run(&job, &control, &|_| {}).expect("nothing is in its way").converted, 0);
}

type Ended = Result<Summary, RunError>;

/// How a run ends whose sink breaks down at the first such event.
fn broken_at(job: Job, run: fn(&Job, &Control, &(dyn Fn(Event) + Sync)) -> Ended, at: fn(&Event) -> bool) -> Ended {
    let (ended, end) = channel();
    thread::spawn(move || {
        let hear = |event| assert!(!at(&event), "out of ears");
        let _ = ended.send(run(&job, &Control::default(), &hear)); // nobody hears what comes too late
    });
    end.recv_timeout(LIMIT).expect("the run ends")
}

#[test]
fn breakdown_outside_of_files_ends_the_run() {
    let events: [fn(&Event) -> bool; 5] = [
        |event| matches!(event, Event::Scanning { .. }),
        |event| matches!(event, Event::Found(_)),
        |event| matches!(event, Event::Scanned { .. }),
        |event| matches!(event, Event::Started { .. }),
        |event| matches!(event, Event::Finished { .. }),
    ];
    for (n, at) in events.into_iter().enumerate() {
        let bench = Bench::with(&[("a", b"<doc id=\"1\">x</doc>\n"), ("b", b"<doc id=\"2\">y</doc>\n")]);
        let job = Job { workers: Workers::new(1).expect("one"), ..bench.job() };
        let listed = broken_at(job.clone(), scan_only, at);
        let is_broken = |ended: &Ended| matches!(ended, Err(RunError::Panic(said)) if said.contains("out of ears"));
        assert_eq!(is_broken(&listed), n < 3, "listing, event {n}: {listed:?}");
        let ran = broken_at(job, run, at);
        assert!(is_broken(&ran), "event {n}: {ran:?}");
        assert!(bench.outputs().iter().all(|file| !file.contains("tmp")), "{:?}", bench.outputs());
    }
}
