//! Filters, searches and sorting: from anew, and kept up to date.

use std::path::Path;
use std::time::{Duration, Instant};

use super::*;
use crate::engine::{Cause, ConvertError, Event, Outcome, Report, SourceFile, WorkerId};
use crate::session::Session;

fn report(outcome: Outcome, records: u64) -> Report {
    Report {
        outcome,
        records,
        rows: records,
        bytes_in: 0,
        bytes_out: 0,
        encoding: None,
        format: None,
        notes: crate::engine::Notes::default(),
        elapsed: Duration::from_millis(records),
    }
}

fn files(count: usize) -> Vec<SourceFile> {
    let file = |n: usize| {
        let name = format!("{}/wiki_{n}", ["AA", "AB", "AC"][n % 3]);
        SourceFile::at(Path::new("/corpus").join(&name), name, (n as u64).wrapping_mul(7919) % 1000)
    };
    (0..count).map(file).collect()
}

/// What happens to the nth file.
fn end(n: usize) -> Vec<Event> {
    let outcome = match n % 5 {
        0 => Outcome::Failed(ConvertError { path: "x".into(), line: None, cause: Cause::Empty }.into()),
        1 => Outcome::UpToDate { target: "/out".into() },
        _ => Outcome::Converted { target: "/out".into() },
    };
    let finished = Event::Finished { file: FileId::at(n), report: report(outcome, (n as u64 * 31) % 97).into() };
    vec![Event::Started { file: FileId::at(n), worker: WorkerId(0) }, finished]
}

fn shown(order: &Order) -> Vec<FileId> {
    order.files().collect()
}

#[test]
fn order_kept_up_to_date_is_what_it_would_be_made_anew() {
    let sorts =
        [SortBy::List, SortBy::Name, SortBy::Size, SortBy::Records, SortBy::State, SortBy::Time, SortBy::Outcome];
    for (n, (by, filter)) in sorts.iter().flat_map(|by| Filter::EACH.map(|filter| (*by, filter))).enumerate() {
        let prepare = || {
            let mut order = Order::default();
            order.set_filter(filter);
            if by != SortBy::List {
                order.sort(by);
            }
            if n % 2 == 1 && by != SortBy::List {
                order.sort(by);
            }
            if n % 3 == 0 {
                order.seek("a/WIKI_1".into());
            }
            order.remove([3, 30].map(FileId));
            order
        };
        let (mut kept, mut events) = (prepare(), Vec::new());
        for step in 0..4 {
            let mut found = files(160);
            events.push(Event::Found(found.drain(step * 40..(step + 1) * 40).collect()));
            let mut session = Session::replay(events.clone(), None);
            let before = session.progress().files.len() - 40;
            let _ = session.take_changes();
            let rows = (before..before + 40).map(FileId::at).collect();
            kept.update(session.progress(), Changes::Rows(rows), Lang::En);
            let more: Vec<Event> = (step * 20..step * 20 + 20).flat_map(end).collect();
            events.extend(more);
            let session = Session::replay(events.clone(), None);
            let rows = (step * 20..step * 20 + 20).map(FileId::at).collect();
            kept.update(session.progress(), Changes::Rows(rows), Lang::En);
            let mut anew = prepare();
            anew.update(session.progress(), Changes::All, Lang::En);
            if by != SortBy::Name {
                assert_eq!(shown(&kept), shown(&anew), "{by:?} {filter:?} {step}");
            }
            assert_eq!(kept.len(), anew.len());
            assert!(!shown(&kept).contains(&FileId(3)), "what was removed is not shown");
        }
    }
}

#[test]
fn head_sorts_upwards_downwards_and_not_at_all() {
    let session = Session::replay(vec![Event::Found(files(12))], None);
    let mut order = Order::default();
    let sort = |order: &mut Order| {
        order.sort(SortBy::Name);
        order.update(session.progress(), Changes::default(), Lang::En);
        shown(order)
    };
    let upwards = sort(&mut order);
    assert_eq!(upwards, [0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11].map(FileId));
    assert_eq!(sort(&mut order), upwards.iter().rev().copied().collect::<Vec<_>>());
    assert_eq!(sort(&mut order), (0..12).map(FileId).collect::<Vec<_>>());
    assert_eq!(order.sorted(), (SortBy::List, false));
}

#[test]
fn counts_leave_out_what_was_removed() {
    let mut events = vec![Event::Found(files(10))];
    events.extend((0..5).flat_map(end));
    let session = Session::replay(events, None);
    let mut order = Order::default();
    order.remove([0, 1, 9].map(FileId));
    order.update(session.progress(), Changes::All, Lang::En);
    let count = |filter| order.count(filter, session.progress());
    assert_eq!(
        [Filter::All, Filter::Failed, Filter::UpToDate, Filter::Done, Filter::Waiting].map(count),
        [7, 0, 0, 3, 4]
    );
    assert_eq!((order.len(), order.place_of(FileId(2)), order.place_of(FileId(0))), (7, Some(0), None));
}

/// `cargo test --release order -- --ignored --nocapture` prints what 100,000 rows cost.
#[test]
#[ignore = "measures; for a release build"]
fn order_of_100000_rows_is_timed() {
    let mut events = vec![Event::Found(files(100_000))];
    events.extend((0..50_000).flat_map(end));
    let session = Session::replay(events, None);
    let progress = session.progress();
    let took = |what: &str, order: &mut Order, changes: Changes| {
        let began = Instant::now();
        order.update(progress, changes, Lang::En);
        eprintln!("{what:32} {:8.2} ms, {} rows", began.elapsed().as_secs_f64() * 1000.0, order.len());
    };
    for by in [SortBy::Name, SortBy::Size, SortBy::Records, SortBy::State, SortBy::Time, SortBy::Outcome] {
        let mut order = Order::default();
        order.sort(by);
        took(&format!("sort {by:?}"), &mut order, Changes::All);
        took("  100 changed", &mut order, Changes::Rows((0..100).map(|n| FileId(n * 997)).collect()));
    }
    for (filter, words) in [(Filter::Failed, ""), (Filter::Done, ""), (Filter::All, "wiki_99"), (Filter::All, "empty")]
    {
        let mut order = Order::default();
        order.set_filter(filter);
        order.seek(words.into());
        took(&format!("filter {filter:?} {words}"), &mut order, Changes::All);
        took("  100 changed", &mut order, Changes::Rows((0..100).map(|n| FileId(n * 997)).collect()));
    }
    // names of Hangul, as macOS stores them
    let hangul = |n: usize| {
        use unicode_normalization::UnicodeNormalization as _;
        let name: String = format!("말뭉치/대한민국의 역사와 문화 {n}.txt").nfd().collect();
        SourceFile::at(Path::new(&name), name.as_str(), 1)
    };
    let session = Session::replay(vec![Event::Found((0..100_000).map(hangul).collect())], None);
    for words in ["문화 99", "없는 이름", "wiki"] {
        let mut order = Order::default();
        order.seek(words.into());
        let began = Instant::now();
        order.update(session.progress(), Changes::All, Lang::En);
        eprintln!("{words:32} {:8.2} ms, {} rows", began.elapsed().as_secs_f64() * 1000.0, order.len());
    }
}
