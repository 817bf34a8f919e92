//! Faults made for real, each with the test that holds what is right: the table is `tests/faults/README.md`.

use std::time::{Duration, Instant};

use sheetmill::engine::journal::{self, entry::Entry};
use sheetmill::engine::{ArchiveFault, Cause, Control, Event, Job, Outcome, RunError, Workers, run, scan_only};

use super::support::bench::{Bench, Ran};
use super::support::records::doc;

fn fault(ran: &Ran, name: &str) -> ArchiveFault {
    match ran.failure(name) {
        Cause::Archive(fault) => *fault,
        cause => panic!("{name}: {cause}"),
    }
}

/// What `zstd` makes of it, with these options; `None` where there is no such program.
fn zstd(bytes: &[u8], options: &[&str]) -> Option<Vec<u8>> {
    use std::io::Write as _;
    use std::process::{Command, Stdio};

    let mut command = Command::new("zstd");
    let command = command.args(options).arg("-qc").stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().ok()?;
    child.stdin.take()?.write_all(bytes).ok()?;
    Some(child.wait_with_output().ok()?.stdout)
}

/// A tar archive with one member.
fn tar(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_size(bytes.len() as u64);
    builder.append_data(&mut header, name, bytes).expect("added");
    builder.into_inner().expect("finished")
}

#[test]
fn bit_turned_in_a_zstd_file_with_a_checksum_fails_by_name() {
    let text = (0..200).map(doc).collect::<String>();
    let archive = tar("a", text.as_bytes());
    let (Some(mut alone), Some(mut archive)) = (zstd(text.as_bytes(), &["--check"]), zstd(&archive, &["--check"]))
    else {
        eprintln!("there is no zstd here: not tested");
        return;
    };
    let whole = Bench::with(&[("a.zst", &alone), ("b.tar.zst", &archive)]).run();
    assert_eq!(whole.summary().converted, 2, "as they were");
    // the last byte is the checksum's, and so is what is told where nothing else is wrong
    for file in [&mut alone, &mut archive] {
        *file.last_mut().expect("bytes") ^= 1;
    }
    let ran = Bench::with(&[("a.zst", &alone), ("b.tar.zst", &archive)]).run();
    assert_eq!(fault(&ran, "a.zst"), ArchiveFault::WrongChecksum);
    assert_eq!(fault(&ran, "b.tar.zst"), ArchiveFault::WrongChecksum);
}

#[test]
fn zstd_file_that_begins_with_a_frame_without_contents_is_read() {
    let packed = super::support::packed::zstd(doc(1).as_bytes());
    let bench = Bench::with(&[("a.zst", &[b"\x50\x2a\x4d\x18\x02\0\0\0hi", &packed[..]].concat())]);
    assert_eq!(bench.run().outcome("a.zst"), "converted");
}

#[test]
fn zstd_window_of_two_gigabytes_is_named_for_what_it_is() {
    let packed = b"\x28\xb5\x2f\xfd\x04\xa8\xcd\0\0".as_slice();
    let ran = Bench::with(&[("a.zst", packed), ("b.tar.zst", packed)]).run();
    for name in ["a.zst", "b.tar.zst"] {
        assert_eq!(fault(&ran, name), ArchiveFault::Memory(2048), "{name}");
    }
}

#[cfg(unix)]
fn fifo(path: &std::path::Path) {
    std::fs::create_dir_all(path.parent().expect("it has a folder")).expect("made");
    let made = std::process::Command::new("mkfifo").arg(path).status().expect("mkfifo runs");
    assert!(made.success());
}

/// Whoever opens one waits for a writer, and hears no signal meanwhile.
#[cfg(unix)]
#[test]
fn pipe_where_a_workbook_or_a_temporary_file_should_be_is_left_alone() {
    use sheetmill::engine::{Choices, IfExists};

    for if_exists in [IfExists::Skip, IfExists::Overwrite] {
        let bench = Bench::with(&[("a", doc(1).as_bytes()), ("b", doc(2).as_bytes())]);
        fifo(&bench.output.join("a.xlsx"));
        fifo(&bench.output.join(".sheetmill-left.tmp"));
        let ran = super::support::bench::ran(&bench.job_of(Choices { if_exists, ..Choices::default() }));
        assert_eq!((ran.outcome("a"), ran.outcome("b")), ("failed", "converted"), "{if_exists:?}");
        assert!(!bench.output.join("a.xlsx").is_file(), "the pipe is still there");
    }
}

#[cfg(unix)]
#[test]
fn pipe_in_the_place_of_a_listed_file_or_archive_fails_by_name() {
    use sheetmill::engine::StopToken;

    let bench = Bench::with(&[("a", doc(1).as_bytes()), ("b.tar", &tar("b", doc(1).as_bytes()))]);
    let found = std::sync::Mutex::new(Vec::new());
    let listed = scan_only(&bench.job(), &Control::default(), &|event| {
        if let Event::Found(files) = event {
            found.lock().expect("not poisoned").extend(files);
        }
    });
    assert_eq!(listed.expect("listed").files, 2);
    for name in ["a", "b.tar"] {
        std::fs::remove_file(bench.input.join(name)).expect("gone");
        fifo(&bench.input.join(name));
    }
    for file in found.into_inner().expect("not poisoned") {
        let seen = sheetmill::engine::inspect(
            &file,
            &sheetmill::engine::Columns::default(),
            &sheetmill::engine::Reading::default(),
            5,
            &StopToken::default(),
        );
        let why = seen.map(drop).expect_err("no file").to_string();
        assert_eq!(why, "cannot be read: not a regular file", "{}", file.name.display());
    }
}

/// Forty gigabytes of nothing: no file is found, so that nobody is told anything.
#[test]
fn stop_is_heard_in_an_archive_of_holes() {
    let bench = Bench::with(&[]);
    let holes = std::fs::File::create(bench.input.join("a.tar")).expect("made");
    if holes.set_len(40 << 30).is_err() {
        eprintln!("no file with holes can be made here: not tested");
        return;
    }
    let control = Control::default();
    let stopper = control.clone();
    let began = Instant::now();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            std::thread::sleep(Duration::from_millis(200));
            stopper.stop();
        });
        let listed = scan_only(&bench.job(), &control, &|_| {});
        assert_eq!(listed.expect("stopped").files, 0);
    });
    assert!(began.elapsed() < super::support::LIMIT, "it would take minutes");
}

/// What a person does when so many workbooks are told.
fn ran_with(bench: &Bench, told: usize, act: impl Fn() + Sync) -> Ran {
    let events = std::sync::Mutex::new(Vec::new());
    let job = Job { workers: Workers::new(1).expect("one"), ..bench.job() };
    let is_made = |event: &Event| match event {
        Event::Finished { report, .. } => matches!(report.outcome, Outcome::Converted { .. }),
        _ => false,
    };
    let summary = run(&job, &Control::default(), &|event| {
        let mut events = events.lock().expect("not poisoned");
        events.push(event);
        let made = events.iter().filter(|event| is_made(event)).count();
        if made == told && events.last().is_some_and(is_made) {
            act();
        }
    });
    Ran { summary, events: events.into_inner().expect("not poisoned") }
}

fn many() -> Bench {
    let sources: Vec<(String, String)> = (0..30).map(|n| (format!("AA/a_{n:02}"), doc(n).repeat(200))).collect();
    let sources: Vec<(&str, &[u8])> = sources.iter().map(|(name, text)| (&**name, text.as_bytes())).collect();
    Bench::with(&sources)
}

/// Removed, or removed and made anew by somebody, or its disk taken out: what stands there then is another folder.
#[test]
fn output_folder_that_goes_away_ends_the_run_and_nothing_is_written_there() {
    use std::fs;

    for is_made_anew in [false, true] {
        let bench = many();
        let aside = bench.beside("aside");
        let ran = ran_with(&bench, 3, || {
            fs::rename(&bench.output, &aside).expect("moved away");
            if is_made_anew {
                fs::create_dir(&bench.output).expect("made");
            }
        });
        assert!(
            matches!(&ran.summary, Err(RunError::OutputGone { path }) if *path == bench.output),
            "{:?}",
            ran.summary
        );
        assert_eq!(bench.output.exists(), is_made_anew, "nobody else makes it");
        if is_made_anew {
            assert_eq!(fs::read_dir(&bench.output).expect("there").count(), 0, "nothing is written there");
        }
        let ended = ran.events.iter().filter_map(|event| match event {
            Event::Finished { report, .. } => Some(&report.outcome),
            _ => None,
        });
        let (mut made, mut gone) = (0, 0);
        for outcome in ended {
            match outcome {
                Outcome::Converted { target } => {
                    made += 1;
                    let name = target.strip_prefix(&bench.output).expect("below it");
                    assert!(aside.join(name).is_file(), "what was told was made");
                }
                Outcome::Failed(error) => {
                    gone += 1;
                    assert!(matches!(error.cause, Cause::OutputGone), "{error}");
                }
                Outcome::Stopped => {}
                other => panic!("{other:?}"),
            }
        }
        assert!(made >= 3 && gone >= 1 && made + gone < 30, "{made} made, {gone} failed by name");
    }
}

#[test]
fn workbooks_that_are_not_there_at_the_end_are_told_and_named_in_the_journal() {
    let bench = many();
    let names = ["AA/a_00.xlsx", "AA/a_01.xlsx"];
    let ran = ran_with(&bench, 20, || {
        std::fs::remove_file(bench.output.join(names[0])).expect("it was told");
        std::fs::write(bench.output.join(names[1]), "cut").expect("it was told");
    });
    assert_eq!((ran.summary().converted, ran.summary().gone, ran.summary().failed), (30, 2, 0));
    let (mut gone, mut ended) = (Vec::new(), None);
    journal::read(&bench.output, |entry| match entry {
        Entry::Gone(entry) => gone.push((entry.file, entry.made)),
        Entry::End(end) => ended = Some(end.gone),
        _ => {}
    })
    .expect("a journal");
    let told: Vec<_> = names.map(|name| (name.trim_end_matches(".xlsx").to_owned(), name.into())).into();
    assert_eq!((gone, ended), (told, Some(2)));
    std::fs::remove_file(bench.output.join(names[1])).expect("it is there");
    let again = bench.run();
    assert_eq!((again.summary().converted, again.summary().up_to_date, again.summary().gone), (2, 28, 0));
}
