//! Pause, resume and stop: heard within a tenth of a second on any file, and nothing left behind.

use std::io::Write;
use std::sync::Mutex;
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use sheetmill::engine::{Control, Event, IfExists, Job, Outcome, RunError, Summary, Workers, run, scan_only};

use super::support::Bench;

/// Enough text for seconds of work.
fn large() -> Bench {
    let words: String = (0..200_000u64).map(|n| format!("{:x} ", n.wrapping_mul(0x9e37_79b9_7f4a_7c15))).collect();
    let file = format!("<doc id=\"1\" title=\"t\">{words}</doc>\n").repeat(6);
    Bench::with(&[("AA/a", file.as_bytes()), ("AA/b", file.as_bytes()), ("AA/c", file.as_bytes())])
}

/// Stops after `delay` of work; gives the time from the stop to the end of the run.
fn stop_after(bench: &Bench, delay: Duration) -> Duration {
    let control = Control::default();
    let stopper = control.clone();
    let (started, first) = channel();
    let started = Mutex::new(started);
    let watch = thread::spawn(move || {
        first.recv().expect("a file starts");
        thread::sleep(delay);
        stopper.stop();
        Instant::now()
    });
    let outcomes = Mutex::new(Vec::new());
    let summary = run(&bench.job(), &control, &|event| match event {
        Event::Started { .. } => drop(started.lock().expect("not poisoned").send(())),
        Event::Finished { report, .. } => outcomes.lock().expect("not poisoned").push(report.outcome),
        _ => {}
    });
    let ended = Instant::now();
    let summary = summary.expect("it ran");
    let waited = ended - watch.join().expect("no panic");
    let outcomes = outcomes.into_inner().expect("not poisoned");
    let converted = outcomes.iter().filter(|outcome| matches!(outcome, Outcome::Converted { .. })).count();
    assert_eq!((summary.converted, summary.stopped, summary.failed), (converted, 3 - converted, 0));
    assert_eq!(bench.outputs().len(), converted, "{:?}", bench.outputs());
    waited
}

#[test]
fn a_stop_is_heard_at_once_and_leaves_nothing_behind() {
    let bench = large();
    for delay in [0, 30, 100, 300] {
        let waited = stop_after(&bench, Duration::from_millis(delay));
        // a bound on the wiring, far above the tenth of a second that is measured on a quiet machine
        assert!(waited < Duration::from_secs(5), "stopped only after {waited:?}");
    }
    assert!(!bench.output.join("AA").exists() || !bench.outputs().is_empty(), "no empty folder is left");
}

/// 300 MB of text that stands in one record, one line, or outside of records: what is beyond the bound of
/// a record is left out, and that takes as long.
#[test]
fn a_stop_is_heard_in_a_record_that_does_not_end() {
    let packed = |bytes: &[u8]| {
        let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::default());
        encoder.write_all(bytes).expect("packed");
        encoder.finish().expect("packed")
    };
    let words: String = (0..1_000u64).map(|n| format!("{:x} ", n.wrapping_mul(0x9e37_79b9_7f4a_7c15))).collect();
    let long = packed(words.repeat(60).as_bytes()).repeat(300);
    let line = "{\"id\": \"1\", \"text\": \"x\"}\n{\"id\": \"2\", \"text\": \"";
    let doc = "<doc id=\"1\" title=\"t\">x</doc>\n";
    for begin in ["", line, doc, &doc.replace("</doc>\n", "")] {
        let bench = Bench::with(&[("a", &[packed(begin.as_bytes()), long.clone()].concat())]);
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
        assert!(matches!(report.outcome, Outcome::Stopped), "{begin}: {:?}", report.outcome);
        assert!(report.notes.is_empty(), "{begin}: read to its end: {:?}", report.notes.counts());
        assert_eq!(bench.outputs(), Vec::<String>::new());
    }
}

#[test]
fn a_paused_run_does_nothing_until_it_is_resumed() {
    let bench = large();
    let control = Control::default();
    control.pause();
    let seen = Mutex::new(0);
    thread::scope(|scope| {
        let runner = scope.spawn(|| {
            run(&bench.job(), &control, &|event| {
                if matches!(event, Event::Finished { .. } | Event::Progress { .. }) {
                    *seen.lock().expect("not poisoned") += 1;
                }
            })
        });
        thread::sleep(Duration::from_millis(300));
        assert_eq!(*seen.lock().expect("not poisoned"), 0);
        assert_eq!(bench.outputs(), Vec::<String>::new());
        control.resume();
        let summary = runner.join().expect("no panic").expect("it ran");
        assert_eq!((summary.converted, summary.stopped), (3, 0));
    });
}

#[test]
fn a_paused_run_lists_what_there_is_to_do() {
    let bench = large();
    let control = Control::default();
    control.pause();
    let (told, listed) = channel();
    thread::scope(|scope| {
        let runner = scope.spawn(|| {
            run(&bench.job(), &control, &|event| {
                if let Event::Scanned { files, .. } = event {
                    told.send(files).expect("it is waited for");
                }
            })
        });
        let listed = listed.recv_timeout(Duration::from_secs(30));
        control.stop();
        let summary = runner.join().expect("no panic").expect("it ran");
        assert_eq!((listed, summary.files, summary.converted), (Ok(3), 3, 0));
    });
}

#[test]
fn a_paused_run_can_be_stopped() {
    let bench = large();
    let control = Control::default();
    control.pause();
    thread::scope(|scope| {
        let runner = scope.spawn(|| run(&bench.job(), &control, &|_| {}));
        thread::sleep(Duration::from_millis(100));
        control.stop();
        let summary = runner.join().expect("no panic").expect("it ran");
        assert_eq!(summary.converted, 0);
    });
    assert_eq!(bench.outputs(), Vec::<String>::new());
}

/// The look for workbooks that are already there was stopped: it did not find that the run can't begin.
#[test]
fn a_run_stopped_before_it_began_is_one_that_was_stopped() {
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
    end.recv_timeout(Duration::from_mins(1)).expect("the run ends")
}

#[test]
fn what_breaks_down_outside_of_files_ends_the_run() {
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
