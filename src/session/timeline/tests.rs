//! The recording's arithmetic: what is merged and coarsened keeps its sums.

use super::*;

const MS: Duration = Duration::from_millis(1);

/// A timeline, and the moment at which it began.
fn begun() -> (Timeline, Instant) {
    let (mut timeline, began) = (Timeline::default(), Instant::now());
    timeline.begin(began);
    (timeline, began)
}

#[test]
fn file_is_a_span_with_its_times() {
    let (mut timeline, began) = begun();
    timeline.started(1, FileId(0), began + 10 * MS);
    timeline.finished(1, false, began + 40 * MS);
    timeline.started(1, FileId(5), began + 50 * MS);
    timeline.finished(1, true, began + 60 * MS);
    timeline.started(0, FileId(6), began + 60 * MS);
    let lanes: Vec<_> = timeline.lanes().collect();
    let span = |file, failed, from: u32, to: Option<u32>| {
        let busy = to.map_or(Duration::ZERO, |to| (to - from) * MS);
        Span { file: FileId(file), files: 1, failed, from: from * MS, to: to.map(|to| to * MS), busy }
    };
    assert_eq!(lanes[0], [span(6, 0, 60, None)]);
    assert_eq!(lanes[1], [span(0, 0, 10, Some(40)), span(5, 1, 50, Some(60))]);
}

#[test]
fn long_run_keeps_few_spans_and_their_sums() {
    let (mut timeline, began) = begun();
    let files = 100_000_u32;
    for file in 0..files {
        let at = began + file * 10 * MS;
        timeline.started(0, FileId(file), at);
        timeline.finished(0, file % 1000 == 7, at + 8 * MS);
    }
    let spans = timeline.lanes().next().expect("a lane").to_vec();
    assert!((SPANS / 4..=SPANS).contains(&spans.len()), "{}", spans.len());
    assert_eq!(spans.iter().map(|span| span.files).sum::<usize>(), files as usize);
    assert_eq!(spans.iter().map(|span| span.failed).sum::<usize>(), 100);
    assert_eq!(spans.iter().map(|span| span.busy).sum::<Duration>(), files * 8 * MS);
    for pair in spans.windows(2) {
        assert!(pair[0].to.expect("closed") <= pair[1].from, "{pair:?}");
        assert_eq!(pair[0].file.index() + pair[0].files, pair[1].file.index());
    }
    assert!(timeline.lanes[0].spans.capacity() <= 2 * SPANS);
}

#[test]
fn long_file_keeps_a_span_of_its_own_among_short_ones() {
    let (mut timeline, began) = begun();
    let mut now = began;
    for file in 0..2000 {
        timeline.started(0, FileId(file), now);
        now += if file == 1000 { 60_000 * MS } else { 5 * MS };
        timeline.finished(0, false, now);
    }
    let long = timeline.lanes[0].spans.iter().find(|span| span.file == FileId(1000)).expect("it is there");
    assert_eq!((long.files, long.busy), (1, 60_000 * MS));
}

#[test]
fn buckets_made_coarser_hold_the_same_in_sum() {
    let (mut timeline, began) = begun();
    timeline.started(0, FileId(0), began);
    timeline.read(0, 1_000_000, began + 1000 * MS);
    assert_eq!((timeline.width, timeline.buckets.len()), (125 * MS, 9));
    assert!((timeline.buckets[3] - 125_000.0).abs() < 1.0, "{:?}", timeline.buckets);
    timeline.read(0, 4_000_000, began + 100_000 * MS);
    assert_eq!(timeline.width, 500 * MS);
    timeline.read(0, 9_000_000, began + 36_000_000 * MS); // ten hours
    assert_eq!(timeline.width, 256_000 * MS);
    assert!(timeline.buckets.len() <= BUCKETS);
    assert!((timeline.bytes() - 9_000_000.0).abs() < 1.0, "{}", timeline.bytes());
    assert_eq!(timeline.buckets.len(), 141);
}

#[test]
fn bytes_are_counted_once_and_those_taken_back_not_at_all() {
    let (mut timeline, began) = begun();
    timeline.started(0, FileId(0), began);
    for (read, at) in [(10, 100), (30, 200), (20, 300), (100, 300)] {
        timeline.read(0, read, began + at * MS);
    }
    timeline.started(0, FileId(1), began + 300 * MS);
    timeline.read(0, 50, began + 300 * MS); // in no time at all
    assert!((timeline.bytes() - 150.0).abs() < 0.001, "{}", timeline.bytes());
}

#[test]
fn pauses_take_no_time_and_are_remembered() {
    let (mut timeline, began) = begun();
    timeline.started(0, FileId(0), began);
    timeline.pause(began + 100 * MS);
    timeline.finished(0, false, began + 130 * MS); // a worker ended what it was at
    assert_eq!(timeline.now(), 100 * MS);
    timeline.resume(began + 5100 * MS);
    timeline.started(0, FileId(1), began + 5110 * MS);
    timeline.pause(began + 5200 * MS);
    timeline.end(began + 6000 * MS);
    assert_eq!(timeline.now(), 200 * MS);
    let pause = |at, lasted| Pause { at: at * MS, lasted: lasted * MS };
    assert_eq!(timeline.pauses(), [pause(100, 5000), pause(200, 800)]);
    let spans = timeline.lanes[0].spans.clone();
    assert_eq!((spans[0].to, spans[1].from), (Some(100 * MS), 110 * MS));
    for _ in 0..1000 {
        timeline.resume(began);
        timeline.pause(began);
    }
    assert!(timeline.pauses().len() <= PAUSES);
}
