use std::sync::Arc;

use calamine::{Data, Reader as _, Xlsx, open_workbook};

use super::*;
use crate::engine::journal::entry::FileEntry;
use crate::engine::{
    ArchiveFault, Control, Difference, Event, Expected, FileKind, Job, NotRegular, Outcome, SyntaxFault, UnknownText,
    run,
};

fn cells(path: &Path) -> Vec<(String, Vec<Vec<String>>)> {
    let mut book: Xlsx<_> = open_workbook(path).expect("a workbook");
    let names = book.sheet_names();
    let text = |cell: &Data| cell.to_string();
    let sheet = |book: &mut Xlsx<_>, name: &String| {
        let range = book.worksheet_range(name).expect("a worksheet");
        (name.clone(), range.rows().map(|row| row.iter().map(text).collect()).collect())
    };
    names.iter().map(|name| sheet(&mut book, name)).collect()
}

#[test]
fn report_tells_of_every_file_and_of_every_loss_and_is_no_source() {
    let folder = tempfile::tempdir().expect("a folder");
    let (input, output) = (folder.path().join("in"), folder.path().join("out"));
    fs::create_dir(&input).expect("made");
    let broken: String = (1..=30).map(|number| format!("{{\"id\": {number}, broken\n")).collect();
    fs::write(input.join("a.jsonl"), format!("{{\"id\": 1}}\n{broken}{{\"id\": 2}}\n")).expect("written");
    fs::write(input.join("b"), "<doc id=\"1\" title=\"t\">x</doc>\n").expect("written");
    fs::write(input.join("c"), "").expect("written");
    let job = Job::new(vec![input.clone()], output.clone());
    let summary = run(&job, &Control::default(), &|_| {}).expect("it ran");
    assert_eq!((summary.converted, summary.with_losses, summary.failed), (2, 1, 1));
    let path = write(&output, Lang::En).expect("written");
    let tables = cells(&path);
    let names: Vec<&str> = tables.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["Files", "Losses and notes", "Left out", "Totals and choices"]);
    let files = &tables[FILES].1;
    let mut told: Vec<String> =
        files[1..].iter().map(|row| format!("{} {} {} {}", row[0], row[1], row[5], row[7])).collect();
    told.sort();
    assert_eq!(told, ["a.jsonl made, with losses 2 30", "b made 1 0", "c failed 0 0"]);
    let lines: Vec<&str> = tables[NOTES].1[1..].iter().map(|row| row[3].as_str()).collect();
    assert_eq!(lines, (2..=31).map(|line| line.to_string()).collect::<Vec<_>>(), "all places, each once");

    // mended and run again: the report tells of the new state alone, and in another language
    fs::write(input.join("a.jsonl"), "{\"id\": 1}\n").expect("written");
    let summary = run(&job, &Control::default(), &|_| {}).expect("it ran");
    assert_eq!((summary.converted, summary.up_to_date, summary.with_losses), (1, 1, 0));
    let tables = cells(&write(&output, Lang::Ko).expect("written"));
    assert_eq!(tables[FILES].0, "파일");
    assert_eq!((tables[FILES].1.len(), tables[NOTES].1.len()), (4, 1));
    let lines = fs::read_to_string(output.join(LINES_NAME)).expect("there");
    assert_eq!(lines.matches("{\"file\":").count(), 3);

    // the output folder put in as an input holds nothing
    let again = run(&Job::new(vec![output.clone()], folder.path().join("again")), &Control::default(), &|_| {});
    assert!(matches!(again, Err(crate::engine::RunError::NoFiles { .. })), "{again:?}");

    // a file of somebody else's under the report's name stays
    fs::write(output.join(REPORT_NAME), "mine").expect("written");
    assert!(matches!(write(&output, Lang::En), Err(Halt::Failed(Cause::NotOurs))));
    assert_eq!(fs::read(output.join(REPORT_NAME)).expect("there"), b"mine");
}

/// A cause of each kind, and of each a number; a new one has to be given its own.
fn every_cause() -> Vec<Cause> {
    let refused = || Arc::new(io::Error::from_raw_os_error(13));
    let expected = Expected::KeyOrObjectEnd;
    let mut all = vec![
        Cause::Read(refused()),
        Cause::Read(Arc::new(io::ErrorKind::InvalidData.into())),
        Cause::Read(Arc::new(io::Error::other(NotRegular))),
        Cause::Empty,
        Cause::NotText(FileKind::Pdf),
        Cause::NoRecords,
        Cause::NotRecognised(UnknownText::WebArchive),
        Cause::NotRecognised(UnknownText::Markup("뿌리".into())),
        Cause::Selector(":has".into()),
        Cause::Archive(ArchiveFault::Encrypted),
        Cause::Archive(ArchiveFault::Memory(512)),
        Cause::Damaged(SyntaxFault { line: 3, column: 7, expected, found: Some('가') }),
        Cause::Changed,
        Cause::Write(refused()),
        Cause::DiskFull,
        Cause::WorkbookOpen,
        Cause::TargetIsSource,
        Cause::NotOurs,
        Cause::OtherSource,
        Cause::ChangedSince,
        Cause::AlreadyThere,
        Cause::TooManyColumns(16_385),
        Cause::CountsDiffer { records: 3, rows: 4 },
        Cause::Workbook("said".into()),
        Cause::Panic("at x.rs:7".into()),
    ];
    let differences = [
        Difference::Rows { found: 3, written: 4 },
        Difference::Head { found: "titel".into(), written: "title".into() },
        Difference::Columns { found: 2, written: 3 },
        Difference::Cells,
        Difference::NoFile,
        Difference::NotWhole("cut off".into()),
    ];
    all.extend(differences.map(Cause::NotProven));
    let list = Cause::FilterList { path: "/ids.txt".into(), error: refused() };
    all.extend([Cause::Refusal("LIMIT (22)".into()), Cause::OutputGone, list, Cause::MergeEnded("AA/a".into())]);
    let mut kinds: Vec<usize> = all.iter().map(kind).collect();
    kinds.dedup();
    assert_eq!(kinds, (0..KINDS).collect::<Vec<_>>(), "a cause of each kind, in this order");
    all
}

const KINDS: usize = 26;

/// Without a wildcard: a new cause does not compile until it stands here, and fails above until it is tried.
fn kind(cause: &Cause) -> usize {
    match cause {
        Cause::Read(_) => 0,
        Cause::Empty => 1,
        Cause::NotText(_) => 2,
        Cause::NoRecords => 3,
        Cause::NotRecognised(_) => 4,
        Cause::Selector(_) => 5,
        Cause::Archive(_) => 6,
        Cause::Damaged(_) => 7,
        Cause::Changed => 8,
        Cause::Write(_) => 9,
        Cause::DiskFull => 10,
        Cause::WorkbookOpen => 11,
        Cause::TargetIsSource => 12,
        Cause::NotOurs => 13,
        Cause::OtherSource => 14,
        Cause::ChangedSince => 15,
        Cause::AlreadyThere => 16,
        Cause::TooManyColumns(_) => 17,
        Cause::CountsDiffer { .. } => 18,
        Cause::Workbook(_) => 19,
        Cause::Panic(_) => 20,
        Cause::NotProven(_) => 21,
        Cause::Refusal(_) => 22,
        Cause::OutputGone => 23,
        Cause::FilterList { .. } => 24,
        Cause::MergeEnded(_) => 25,
    }
}

/// A file that failed, as a journal's line holds it.
fn failed(cause: &Cause) -> serde_json::Value {
    let cause = serde_json::to_value(cause).expect("every cause can be kept");
    serde_json::json!({
        "name": "a", "source": "/in/a", "bytes": 1, "changed": 0, "verdict": "failed", "owed": 0, "records": 0,
        "rows": 0, "took": 0, "cause": cause, "why": "in English",
    })
}

#[test]
fn every_cause_comes_back_from_the_journal_and_is_said_as_elsewhere() {
    for cause in every_cause() {
        let line = failed(&cause).to_string();
        let entry: FileEntry = serde_json::from_str(&line).expect("an entry");
        let back = entry.cause().unwrap_or_else(|| panic!("{line}"));
        assert_eq!(serde_json::to_value(&back).ok(), entry.cause, "{line}");
        for lang in Lang::ALL {
            let (why, advice) = lang.words().cause(&cause);
            let row = rows::file(lang, &entry, false);
            assert_eq!(row[row.len() - 2..], [why.into(), advice.into()], "{line}");
        }
    }
}

#[test]
fn entries_of_other_versions_keep_their_own_words() {
    let old = |cause: serde_json::Value| {
        let mut line = failed(&Cause::Empty);
        line["cause"] = cause;
        let entry: FileEntry = serde_json::from_value(line).expect("an entry");
        let row = rows::file(Lang::Ko, &entry, false);
        assert_eq!(row[row.len() - 2..], ["in English".into(), "".into()]);
    };
    old(serde_json::Value::Null);
    old("of-a-later-version".into());
    old(serde_json::json!({"not-text": "of-a-later-version"}));
}

#[test]
fn korean_report_of_a_failed_file_says_why_in_korean() {
    let folder = tempfile::tempdir().expect("a folder");
    let (input, output) = (folder.path().join("in"), folder.path().join("out"));
    fs::create_dir(&input).expect("made");
    fs::write(input.join("a"), "").expect("written");
    fs::write(input.join("b.pdf"), "%PDF-1.7\n\0").expect("written");
    run(&Job::new(vec![input], output.clone()), &Control::default(), &|_| {}).expect("it ran");
    let tables = cells(&write(&output, Lang::Ko).expect("written"));
    let mut told: Vec<(&str, &str)> =
        tables[FILES].1.iter().map(|row| (&*row[row.len() - 2], &*row[row.len() - 1])).collect();
    told[1..].sort_unstable();
    assert_eq!(told[0], ("이유", "해결 방법"));
    assert_eq!(told[1], ("PDF 문서(텍스트 아님)", Lang::Ko.words().cause(&Cause::NotText(FileKind::Pdf)).1.as_str()));
    assert_eq!(told[2], ("빈 파일", "변환할 내용이 없습니다."));
}

#[test]
fn workbook_that_was_gone_at_the_end_is_told_until_it_is_made_anew() {
    let folder = tempfile::tempdir().expect("a folder");
    let (input, output) = (folder.path().join("in"), folder.path().join("out"));
    fs::create_dir(&input).expect("made");
    for name in ["a", "b"] {
        fs::write(input.join(name), "<doc id=\"1\" title=\"t\">x</doc>\n").expect("written");
    }
    let job = Job { workers: crate::engine::Workers::new(1).expect("one"), ..Job::new(vec![input], output.clone()) };
    let remove = |event| {
        if let Event::Finished { report, .. } = event
            && let Outcome::Converted { target } = report.outcome
            && target.ends_with("a.xlsx")
        {
            fs::remove_file(target).expect("it is told");
        }
    };
    let outcomes = || {
        let tables = cells(&write(&output, Lang::En).expect("written"));
        let mut told: Vec<String> = tables[FILES].1[1..].iter().map(|row| format!("{} {}", row[0], row[1])).collect();
        told.sort();
        told
    };
    assert_eq!(run(&job, &Control::default(), &remove).expect("it ran").gone, 1);
    assert_eq!(outcomes(), ["a not there any more", "b made"]);
    let lines = fs::read_to_string(output.join(LINES_NAME)).expect("there");
    assert_eq!(lines.matches("{\"gone\":").count(), 1);
    assert_eq!(run(&job, &Control::default(), &|_| {}).expect("it ran").converted, 1);
    assert_eq!(outcomes(), ["a made", "b made"]);
}
