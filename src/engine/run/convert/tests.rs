//! What breaks down in one file is its outcome.

use std::fs;
use std::path::Path;
use std::sync::Mutex;

use crate::engine::error::{Cause, ConvertError};
use crate::engine::job::Job;
use crate::engine::run::control::Control;
use crate::engine::run::event::Event;
use crate::engine::run::run;

/// A record with this id panics while it is converted.
pub const PANIC: &str = "panic, please";

#[test]
fn panic_in_one_file_is_its_outcome_and_the_others_go_on() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let input = folder.path().join("in");
    fs::create_dir(&input).expect("made");
    fs::write(input.join("a"), format!("<doc id=\"1\">x</doc>\n\n<doc id=\"{PANIC}\">y</doc>\n")).expect("written");
    fs::write(input.join("b"), "<doc id=\"2\" title=\"t\">z</doc>\n").expect("written");
    let output = folder.path().join("out");
    let outcomes = Mutex::new(Vec::new());
    let summary = run(&Job::new(vec![input], output.clone()), &Control::default(), &|event| {
        if let Event::Finished { file, report } = event {
            outcomes.lock().expect("not poisoned").push((file, report.outcome));
        }
    });
    let summary = summary.expect("it ran");
    assert_eq!((summary.converted, summary.failed), (1, 1));
    let outcomes = outcomes.into_inner().expect("not poisoned");
    let (_, outcome) = outcomes.iter().find(|(file, _)| file.index() == 0).expect("a's outcome");
    match outcome.problem() {
        Some(ConvertError { path, line: Some(3), cause: Cause::Panic(why) }) => {
            assert_eq!(path, Path::new("a"));
            assert!(why.contains("asked for by a test"), "{why}");
        }
        other => panic!("{other:?}"),
    }
    let left: Vec<_> = fs::read_dir(&output).expect("made").map(|entry| entry.expect("an entry").file_name()).collect();
    let left: Vec<_> = left.into_iter().filter(|name| name != crate::engine::journal::NAME).collect();
    assert_eq!(left, ["b.xlsx"]);
}
