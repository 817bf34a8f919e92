//! What each stage of a conversion takes, by itself: `cargo bench`, or `cargo bench read` for one of them.
//!
//! Corpora are made, a megabyte each: few long records, many short ones, a tag or an entity in each
//! sentence. `tests/bench/run` measures the whole beside others.

#[path = "tools/corpus/mod.rs"]
mod corpus;

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Duration;

use corpus::{Corpus, Profile};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use sheetmill::engine::{
    Columns, Control, IfExists, Job, Reading, SourceFile, StopToken, Workers, account, inspect, run, scan_only, stages,
};

/// Bytes read at a time, as a run does.
const CHUNK: usize = 256 << 10;

const SHAPES: [(&str, Profile); 3] =
    [("long texts", Profile::Long), ("short records", Profile::Short), ("markup", Profile::Markup)];

fn made(profile: Profile, files: usize, size: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    Corpus::of(profile, folder.path().join("in"), files, size).run().expect("a corpus");
    folder
}

fn only_file(folder: &Path) -> PathBuf {
    folder.join("in/AA/wiki_00")
}

fn scan(criterion: &mut Criterion) {
    let folder = made(Profile::Empty, 10_000, 0);
    let job = Job::new(vec![folder.path().join("in")], folder.path().join("out"));
    let mut group = criterion.benchmark_group("scan");
    group.throughput(Throughput::Elements(10_000));
    group.bench_function("10,000 files", |bencher| {
        bencher.iter(|| scan_only(&job, &Control::default(), &|event| drop(black_box(event))).expect("files").files);
    });
    group.finish();
}

fn of_a_file(criterion: &mut Criterion) {
    let files = SHAPES.map(|(name, profile)| {
        let folder = made(profile, 1, 1_000_000);
        let bytes = fs::metadata(only_file(folder.path())).expect("a file").len();
        let path = only_file(folder.path());
        let source = SourceFile::at(path.clone(), path, bytes);
        let (columns, reading, stop) = (Columns::default(), Reading::default(), StopToken::default());
        let records = inspect(&source, &columns, &reading, usize::MAX, &stop).expect("records").rows;
        let xml = stages::rows(&records, <[u8]>::to_vec);
        (name, bytes, folder, records, xml)
    });
    let mut group = criterion.benchmark_group("read");
    for (name, bytes, folder, ..) in &files {
        let text = fs::read(only_file(folder.path())).expect("a file");
        group.throughput(Throughput::Bytes(*bytes));
        group.bench_function(BenchmarkId::from_parameter(name), |bencher| {
            bencher.iter(|| account(black_box(&text), CHUNK, &Reading::default(), true, &mut |_, _| {}));
        });
    }
    group.finish();
    let mut group = criterion.benchmark_group("rows");
    for (name, bytes, _, records, _) in &files {
        group.throughput(Throughput::Bytes(*bytes));
        group.bench_function(BenchmarkId::from_parameter(name), |bencher| {
            bencher.iter(|| stages::rows(black_box(records), <[u8]>::len));
        });
    }
    group.finish();
    let mut group = criterion.benchmark_group("compress");
    for (name, bytes, _, _, xml) in &files {
        group.throughput(Throughput::Bytes(*bytes));
        group.bench_function(BenchmarkId::from_parameter(name), |bencher| {
            bencher.iter(|| stages::compress(black_box(xml)));
        });
    }
    group.finish();
}

fn whole(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("whole");
    for (name, profile) in SHAPES {
        let folder = made(profile, 1, 1_000_000);
        let mut job = Job::new(vec![folder.path().join("in")], folder.path().join("out"));
        job.workers = Workers::new(1).expect("one worker");
        job.choices.if_exists = IfExists::Overwrite;
        group.throughput(Throughput::Bytes(fs::metadata(only_file(folder.path())).expect("a file").len()));
        group.bench_function(BenchmarkId::from_parameter(name), |bencher| {
            bencher.iter(|| {
                let summary = run(&job, &Control::default(), &|event| drop(black_box(event))).expect("a run");
                assert_eq!(summary.converted, 1);
            });
        });
    }
    group.finish();
}

criterion_group! {
    name = all;
    config = Criterion::default().warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(4)).sample_size(30);
    targets = scan, of_a_file, whole
}
criterion_main!(all);
