//! Events → what a face shows of them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::progress::MOST_PLACES;
use super::*;
use crate::engine::{
    Cause, ConvertError, FileId, Form, Note, NoteKind, Notes, Outcome, Report, SourceFile, UnknownText, WorkerId,
    default_output,
};

fn file(name: &str, bytes: u64) -> SourceFile {
    SourceFile::at(PathBuf::from("/in").join(name), name, bytes)
}

fn finished(file: u32, outcome: Outcome, records: u64) -> Event {
    Event::Finished { file: FileId(file), report: Box::new(Report { records, rows: records, ..report(outcome) }) }
}

fn report(outcome: Outcome) -> Report {
    Report {
        outcome,
        records: 0,
        rows: 0,
        bytes_in: 0,
        bytes_out: 0,
        format: None,
        encoding: None,
        notes: Notes::default(),
        elapsed: Duration::ZERO,
    }
}

fn problem(cause: Cause) -> Outcome {
    Outcome::Failed(ConvertError { path: "x".into(), line: None, cause }.into())
}

#[test]
fn file_is_counted_in_one_state_and_all_its_bytes_when_it_ends() {
    let found = vec![file("a", 100), file("b", 200), file("c", 300), file("d", 400), file("e", 500)];
    let mut events = vec![Event::Found(found), Event::Scanned { files: 5, bytes: 1500 }];
    let start = |file, worker| Event::Started { file: FileId(file), worker: WorkerId(worker) };
    events.extend([start(0, 0), start(1, 1), Event::Progress { file: FileId(0), bytes: 40, records: 3 }]);
    let progress = |events: &[Event]| Session::replay(events.to_vec(), None);

    let running = progress(&events);
    let seen = running.progress();
    assert_eq!(seen.counts, Counts { waiting: 3, running: 2, ..Counts::default() });
    assert_eq!(
        (seen.bytes, seen.bytes_done, seen.records, &seen.workers[..]),
        (1500, 40, 3, &[Some(FileId(0)), Some(FileId(1))][..])
    );

    events.push(finished(0, Outcome::Converted { target: "/out/a.xlsx".into() }, 5));
    events.push(finished(1, problem(Cause::Empty), 0));
    events.extend([start(2, 0), start(3, 1)]);
    events.push(finished(
        2,
        Outcome::NotRecognised(
            ConvertError { path: "x".into(), line: None, cause: Cause::NotRecognised(UnknownText::Rtf) }.into(),
        ),
        0,
    ));
    events.push(finished(3, Outcome::Stopped, 2));
    let ended = progress(&events);
    let seen = ended.progress();
    let counts = Counts { waiting: 1, converted: 1, failed: 1, not_recognised: 1, stopped: 1, ..Counts::default() };
    assert_eq!((seen.counts, seen.counts.ended()), (counts, 4));
    assert_eq!((seen.records, seen.rows), (5, 5), "what was given up has no records");
    assert_eq!(seen.failed().collect::<Vec<_>>(), [Path::new("b")], "only what failed can be tried again");
    assert!(seen.bytes_done >= 600, "{}", seen.bytes_done);
    assert_eq!(seen.workers, [None, None]);
}

#[test]
fn skipped_and_retried_files_move_between_counts_and_none_is_lost() {
    let mut progress = Progress::default();
    let fold = |progress: &mut Progress, event| progress.fold(Message::Event(event, Instant::now()));
    fold(&mut progress, Event::Found(vec![file("a", 100), file("b", 200), file("c", 300)]));
    assert_eq!(progress.take_changes(), Changes::Rows([0, 1, 2].map(FileId).into()));
    fold(&mut progress, Event::Skipped { file: FileId(1) });
    assert_eq!((progress.bytes, progress.counts.skipped, progress.counts.waiting), (400, 1, 2));
    assert!(progress.is_skipped(FileId(1)) && progress.files[1].state.is_skipped() && !progress.waits(FileId(1)));
    fold(&mut progress, Event::Waiting { file: FileId(1) });
    assert_eq!((progress.bytes, progress.counts.skipped, progress.counts.waiting), (600, 0, 3));
    fold(&mut progress, Event::Started { file: FileId(0), worker: WorkerId(0) });
    fold(&mut progress, finished(0, problem(Cause::Empty), 0));
    assert!(progress.may_be_retried(FileId(0)) && !progress.may_be_retried(FileId(2)));
    assert_eq!((progress.bytes_done, progress.counts.failed), (100, 1));
    fold(&mut progress, Event::Waiting { file: FileId(0) });
    assert_eq!((progress.bytes_done, progress.bytes, progress.counts.failed), (0, 600, 0));
    fold(&mut progress, Event::Started { file: FileId(0), worker: WorkerId(0) });
    fold(&mut progress, finished(0, Outcome::Converted { target: "/out/a.xlsx".into() }, 5));
    fold(&mut progress, Event::Skipped { file: FileId(2) });
    fold(&mut progress, Event::Finished { file: FileId(2), report: Box::new(report(Outcome::Skipped)) });
    let counts = Counts { waiting: 1, converted: 1, skipped: 1, ..Counts::default() };
    assert_eq!((progress.counts, progress.bytes, progress.bytes_done, progress.records), (counts, 300, 100, 5));
    assert!(progress.files[2].state.is_skipped() && !progress.is_skipped(FileId(2)), "for good now");
}

#[test]
fn retry_still_waiting_when_the_run_ends_is_as_it_was() {
    let mut progress = Progress::default();
    let fold = |progress: &mut Progress, event| progress.fold(Message::Event(event, Instant::now()));
    fold(&mut progress, Event::Found(["a", "b", "c", "d"].map(|name| file(name, 100)).into()));
    for n in 0..4 {
        fold(&mut progress, Event::Started { file: FileId(n), worker: WorkerId(0) });
        fold(&mut progress, finished(n, problem(Cause::Empty), 0));
        fold(&mut progress, Event::Waiting { file: FileId(n) });
    }
    fold(&mut progress, Event::Started { file: FileId(1), worker: WorkerId(0) });
    fold(&mut progress, finished(1, Outcome::Stopped, 0));
    fold(&mut progress, Event::Skipped { file: FileId(2) });
    fold(&mut progress, Event::Skipped { file: FileId(3) });
    fold(&mut progress, Event::Waiting { file: FileId(3) });
    progress.take_changes();
    progress.fold(Message::Ended(Ok(Summary::default()), Instant::now()));
    assert_eq!(progress.counts, Counts { failed: 2, stopped: 1, skipped: 1, ..Counts::default() });
    assert_eq!((progress.bytes, progress.bytes_done), (300, 200));
    for n in [0, 3] {
        assert!(progress.may_be_retried(FileId(n)), "the reason of {n} is kept");
    }
    assert!(progress.files[2].state.is_skipped());
    let Changes::Rows(mut changed) = progress.take_changes() else { panic!("only two") };
    changed.sort_unstable();
    assert_eq!(changed, [0, 3].map(FileId));
}

/// A folder with these source files, and what converts it with one worker.
fn folder(files: &[(&str, &str)]) -> (tempfile::TempDir, Job) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let inputs = vec![folder.path().join("in")];
    std::fs::create_dir(&inputs[0]).expect("made");
    for (name, text) in files {
        std::fs::write(inputs[0].join(name), text).expect("written");
    }
    let output = default_output(&inputs, Form::default());
    (folder, Job { workers: Workers::new(1).expect("one"), ..Job::new(inputs, output) })
}

fn wait(session: &mut Session, until: impl Fn(&Progress) -> bool) {
    let began = Instant::now();
    while !until(session.progress()) {
        assert!(began.elapsed() < Duration::from_mins(1), "{:?}", session.progress().counts);
        session.wait(Duration::from_millis(5));
    }
}

#[test]
fn stop_before_another_try_keeps_the_reason_as_the_summary_does() {
    let long = "<doc id=\"1\" title=\"t\">a few words of text</doc>\n".repeat(400_000);
    let (_folder, job) = folder(&[("a", ""), ("b", ""), ("c", &long), ("d", ""), ("e", "")]);
    let mut session = Session::convert(job, Lang::En, || {});
    wait(&mut session, |progress| progress.counts.failed == 2 && progress.counts.running == 1);
    session.pause();
    assert!(session.skip(FileId(3)) && session.retry(FileId(0)));
    session.stop();
    assert!(!session.retry(FileId(1)) && !session.unskip(FileId(3)), "the run takes nothing back");
    wait(&mut session, Progress::is_ended);
    let seen = session.progress();
    let Some(Ok(summary)) = &seen.ended else { panic!("{:?}", seen.ended) };
    assert_eq!((summary.failed, summary.skipped, summary.stopped), (2, 1, 2));
    let counts = Counts { failed: 2, skipped: 1, stopped: 1, waiting: 1, ..Counts::default() };
    assert_eq!(seen.counts, counts);
    assert_eq!(seen.failed().collect::<Vec<_>>(), [Path::new("a"), Path::new("b")]);
}

#[test]
fn run_whose_thread_breaks_down_has_ended() {
    let mut session = Session::play(|sink| {
        sink(Event::Found(vec![file("a", 1)]));
        sink(Event::Started { file: FileId(0), worker: WorkerId(0) });
        panic!("out of luck")
    });
    wait(&mut session, Progress::is_ended);
    let seen = session.progress();
    assert!(matches!(&seen.ended, Some(Err(RunError::Panic(why))) if why == "out of luck"), "{:?}", seen.ended);
    assert_eq!(seen.counts, Counts { waiting: 1, ..Counts::default() });
    assert!(!session.poll(), "it is told once");
}

/// As on a share that sleeps.
#[test]
fn list_that_hangs_is_not_waited_for() {
    let (_folder, job) = folder(&[("a", "")]);
    let (hangs, heard) = channel();
    let (release, held) = channel::<()>();
    let held = std::sync::Mutex::new(held);
    let wake = move || {
        let _ = hangs.send(());
        let _ = held.lock().expect("not poisoned").recv_timeout(Duration::from_secs(20));
    };
    let session = Session::list(job, wake);
    heard.recv_timeout(Duration::from_secs(20)).expect("something happens");
    let control = session.control();
    let began = Instant::now();
    drop(session);
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    assert!(control.is_stopped());
    drop(release);
}

#[test]
fn conversion_is_waited_for() {
    let (_folder, job) = folder(&[("a", "<doc id=\"1\" title=\"t\">x</doc>\n")]);
    let held = Arc::new(());
    let holds = Arc::clone(&held);
    let session = Session::convert(job, Lang::En, move || {
        let _ = &holds;
        std::thread::sleep(Duration::from_millis(50));
    });
    drop(session);
    assert_eq!(Arc::strong_count(&held), 1, "its thread is gone");
}

#[test]
fn changes_too_many_to_name_are_all_rows() {
    let mut progress = Progress::default();
    progress.fold(Message::Event(Event::Found((0..10_000).map(|n| file(&n.to_string(), 1)).collect()), Instant::now()));
    assert_eq!(progress.take_changes(), Changes::All);
    assert_eq!(progress.take_changes(), Changes::Rows(vec![]));
}

/// What a file of a long list costs, its heap with the allocator's own words (16 bytes a piece, rounded). Its
/// folder is the neighbours' as well.
#[test]
fn file_in_the_list_is_small() {
    let heap = |bytes: usize| (bytes + 8).next_multiple_of(16);
    let (name, target) = ("AA/wiki_00", "/home/somebody/corpora/kowiki-xlsx/AA/wiki_00.xlsx");
    let waiting = size_of::<FileRow>() + heap(name.len());
    let ended = waiting + heap(size_of::<Report>()) + heap(target.len());
    let most = if cfg!(windows) { (128, 320) } else { (120, 296) }; // paths are a word longer there
    assert!(waiting <= most.0 && ended <= most.1, "{waiting} bytes while it waits, {ended} when it has ended");
}

#[test]
fn files_of_a_folder_share_it() {
    let folder = Arc::<Path>::from(Path::new("/in/AA"));
    let files = [1, 2].map(|n| SourceFile::in_folder(&folder, format!("AA/wiki_{n}"), 1));
    assert_eq!(files.each_ref().map(SourceFile::path), ["/in/AA/wiki_1", "/in/AA/wiki_2"].map(PathBuf::from));
    assert_eq!(Arc::strong_count(&folder), 3);
    assert_eq!(files[0], SourceFile::at(Path::new("/in/AA/wiki_1"), "AA/wiki_1", 1));
}

/// A hundred thousand files with twenty notes each would take half a gigabyte.
#[test]
fn places_of_notes_are_bounded_over_the_list_and_counts_are_not() {
    let mut progress = Progress::default();
    let files = MOST_PLACES / 20 + 10;
    let mut notes = Notes::default();
    for line in 1..=20 {
        notes.add(Note::at(NoteKind::BrokenMarkup, line, "7", 1));
    }
    let found = (0..files).map(|n| file(&n.to_string(), 1)).collect();
    progress.fold(Message::Event(Event::Found(found), Instant::now()));
    for n in (0..files).map(|n| n as u32) {
        progress.fold(Message::Event(Event::Started { file: FileId(n), worker: WorkerId(0) }, Instant::now()));
        let outcome = Outcome::Converted { target: "/t".into() };
        let report = Box::new(Report { notes: notes.clone(), ..report(outcome) });
        progress.fold(Message::Event(Event::Finished { file: FileId(n), report }, Instant::now()));
    }
    let notes = |n: usize| match &progress.files[n].state {
        FileState::Ended(report) => (report.notes.counts().to_vec(), report.notes.places().len()),
        other => panic!("{other:?}"),
    };
    assert_eq!(notes(0), (vec![(NoteKind::BrokenMarkup, 20, 20)], 20));
    assert_eq!(notes(files - 1), (vec![(NoteKind::BrokenMarkup, 20, 20)], 0));
}

#[test]
fn pauses_are_no_part_of_what_a_run_took() {
    let mut progress = Progress::default();
    progress.fold(Message::Began(Instant::now()));
    std::thread::sleep(Duration::from_millis(2));
    progress.fold(Message::Paused(Instant::now()));
    let worked = progress.elapsed();
    let summary = Summary { elapsed: Duration::from_secs(5), ..Summary::default() };
    progress.fold(Message::Ended(Ok(summary), Instant::now()));
    assert_eq!(progress.elapsed(), worked);
}
