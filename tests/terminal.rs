//! The terminal face, run as people run it: the real binary, its words, its exit codes.

mod support;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use support::folder::Folder;
#[test]
fn inspect_and_note_say_the_same_share_outside_the_records() {
    let folder = Folder::with(&[("in/a.xml", support::records::apart(13, 4))]);
    let told =
        |language: &str| text(&sheetmill(&folder, &["inspect", "in", "--rows", "50", "--lang", language]).stdout);
    for (language, line) in
        [("en", "4 of 30 values (13%) are outside the records"), ("ko", "값 30개 중 4개(13%)가 레코드 밖에 있습니다")]
    {
        let told = told(language);
        assert!(told.lines().any(|known| known == line) && told.lines().any(|line| line.ends_with(": 13%")), "{told}");
    }
}

#[cfg(unix)]
use support::packed::bzip2;
use support::records::{doc_of, words};

const GOOD: &str = "<doc id=\"1\" url=\"u\" title=\"t\">x</doc>\n";

/// The program as somebody starts it in this folder.
fn command(folder: &Folder, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sheetmill"));
    command.args(arguments).current_dir(folder.root()).env("LC_ALL", "en_US.UTF-8").env("LANG", "en_US.UTF-8");
    command
}

/// What it says until it ends.
fn sheetmill(folder: &Folder, arguments: &[&str]) -> Output {
    command(folder, arguments).output().expect("the binary starts")
}

/// It is told to end by Ctrl-C after this line; what it says after that. It ends with 130.
#[cfg(unix)]
fn interrupted_after(folder: &Folder, arguments: &[&str], line: &str) -> Vec<String> {
    use std::io::{BufRead, BufReader};
    use std::process::Stdio;

    let mut child = command(folder, arguments).stdout(Stdio::piped()).spawn().expect("the binary starts");
    let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines().map(|line| line.expect("text"));
    assert!(lines.any(|told| told == line), "{line} was not told");
    let interrupted = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill runs");
    assert!(interrupted.success());
    assert_eq!(child.wait().expect("it ends").code(), Some(130));
    lines.collect()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// A path as this system writes it.
fn native(path: &str) -> String {
    path.replace('/', std::path::MAIN_SEPARATOR_STR)
}

#[test]
fn run_without_failures_is_0_and_prints_start_end_and_seconds() {
    let folder = Folder::with(&[("in/AA/wiki_00", GOOD)]);
    let out = sheetmill(&folder, &["convert", "in"]);
    assert_eq!((out.status.code(), text(&out.stderr)), (Some(0), String::new()));
    let lines: Vec<String> = text(&out.stdout).lines().map(str::to_owned).collect();
    assert_eq!(lines[..2], ["Start AA/wiki_00", "End AA/wiki_00"].map(native));
    assert!(lines[2].starts_with("1 workbook made, ") && lines[2].ends_with(" · 1 record → 1 row"), "{}", lines[2]);
    assert!(lines[3].parse::<f64>().is_ok(), "{}", lines[3]);
    assert_eq!(lines.len(), 4);
    assert!(folder.path("in-xlsx/AA/wiki_00.xlsx").exists());
    let again = sheetmill(&folder, &["convert", "in"]);
    assert_eq!(again.status.code(), Some(0));
    assert!(text(&again.stdout).contains("1 up to date"), "{}", text(&again.stdout));
}

#[test]
fn failed_file_is_1_and_named_with_what_to_do() {
    let folder = Folder::with(&[("in/a.pdf", "%PDF-1.4"), ("in/b", GOOD)]);
    let out = sheetmill(&folder, &["convert", "in", "out", "--quiet"]);
    assert_eq!((out.status.code(), text(&out.stdout)), (Some(1), String::new()));
    let why = "a.pdf: a PDF document, not text. It holds no records that can be read. No workbook is made of it; other files are not affected.\n";
    assert_eq!(text(&out.stderr), why);
    let korean = sheetmill(&folder, &["convert", "in", "out", "--quiet", "--lang", "ko"]);
    assert!(text(&korean.stderr).starts_with("a.pdf: PDF 문서(텍스트 아님). "), "{}", text(&korean.stderr));
    assert!(folder.path("out/b.xlsx").exists());
}

#[test]
fn repairs_are_named_with_file_line_and_record() {
    let folder = Folder::with(&[("in/f", "<doc id=\"7\" title=\"t\">a<title>b</doc>\n")]);
    let out = sheetmill(&folder, &["convert", "in"]);
    assert_eq!(text(&out.stderr), "f: line 1, id 7: 1 bit of broken markup kept as text\n");
}

#[test]
fn command_that_cannot_run_is_2_and_says_why() {
    let folder = Folder::with(&[("in/a", GOOD)]);
    for (arguments, why) in [
        (&["convert", "gone"][..], "gone can't be read: not found."),
        (&["convert", "in", "out", "--workers", "0"], "a whole number from 1 to"),
        (&["convert", "in", "out", "--columns", "id,id"], "none twice"),
        (&["convert", "in", "out", "--if-exists", "perhaps"], "possible values: skip, overwrite, keep-both, stop"),
    ] {
        let out = sheetmill(&folder, arguments);
        assert_eq!(out.status.code(), Some(2), "{arguments:?}");
        assert!(text(&out.stderr).contains(why), "{arguments:?}: {}", text(&out.stderr));
    }
    assert!(!folder.path("out").exists());
    assert_eq!(sheetmill(&folder, &["convert", "in", "out"]).status.code(), Some(0));
    let out = sheetmill(&folder, &["convert", "in", "out", "--if-exists", "stop"]);
    assert_eq!(out.status.code(), Some(2));
    let why = native("1 workbook is already there, first out/a.xlsx.");
    assert!(text(&out.stderr).starts_with(&why), "{}", text(&out.stderr));
}

#[test]
fn folder_called_like_a_command_does_not_open_the_window() {
    let folder = Folder::with(&[("in/a", GOOD), ("convert/b", GOOD)]);
    let out = sheetmill(&folder, &["convert", "in"]);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    assert!(folder.path("in-xlsx/a.xlsx").exists());
}

#[test]
fn sample_is_converted_where_no_input_is_given() {
    let folder = Folder::new();
    let out = sheetmill(&folder, &["convert"]);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    assert!(text(&out.stdout).contains("2 workbooks made"), "{}", text(&out.stdout));
    for name in ["wiki_00.xlsx", "wiki_01.xlsx"] {
        assert!(folder.path("sheetmill-sample/workbooks/AA").join(name).exists());
    }
}

#[test]
fn json_is_one_event_a_line() {
    let folder = Folder::with(&[("in/a", GOOD), ("in/b", "")]);
    let out = sheetmill(&folder, &["convert", "in", "out", "--json", "--workers", "1"]);
    assert_eq!(out.status.code(), Some(1));
    let events: Vec<serde_json::Value> =
        text(&out.stdout).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let names: Vec<&str> = events.iter().map(|event| event["event"].as_str().expect("a name")).collect();
    let mut sorted = names.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, ["finished", "finished", "found", "found", "scanned", "started", "started", "summary"]);
    let mut finished: Vec<_> = events.iter().filter(|event| event["event"] == "finished").collect();
    finished.sort_by_key(|event| event["file"].as_u64()); // a workbook is told when it is on the disk
    assert_eq!((&finished[0]["outcome"], &finished[0]["rows"]), (&"converted".into(), &1.into()));
    assert_eq!((&finished[1]["outcome"], &finished[1]["why"]), (&"failed".into(), &"empty file".into()));
    let summary = events.last().expect("a last one");
    assert_eq!((&summary["converted"], &summary["failed"], &summary["rows"]), (&1.into(), &1.into(), &1.into()));
}

#[test]
fn help_names_every_option_and_version_is_the_packages() {
    let folder = Folder::new();
    let help = sheetmill(&folder, &["convert", "--help"]);
    assert_eq!(help.status.code(), Some(0));
    for word in ["--workers", "--columns", "--if-exists", "--json", "--quiet", "Exit codes", "Examples"] {
        assert!(text(&help.stdout).contains(word), "{word}");
    }
    let version = sheetmill(&folder, &["--version"]);
    assert_eq!(text(&version.stdout), concat!("sheetmill ", env!("CARGO_PKG_VERSION"), "\n"));
}

/// Ctrl-C ends the run cleanly: 130, and no file that was not finished.
#[cfg(unix)]
#[test]
fn ctrl_c_is_130_and_leaves_no_half_workbook() {
    let file = doc_of(1, &words(400_000)).repeat(8);
    let folder = Folder::with(&[("in/a", &file), ("in/b", &file)]);
    interrupted_after(&folder, &["convert", "in", "out", "--workers", "1"], "Start a");
    let left = made(&folder.path("out"));
    assert!(left.is_empty(), "{left:?}");
}

/// What a run has left in its output folder beside its journal and its report.
fn made(output: &Path) -> Vec<String> {
    let names = fs::read_dir(output).expect("made").map(|entry| entry.expect("an entry").file_name());
    let names = names.map(|name| name.into_string().expect("a name"));
    let is_own = |name: &str| matches!(name, ".sheetmill-journal" | "sheetmill-report.xlsx" | "sheetmill-report.jsonl");
    names.filter(|name| !is_own(name)).collect()
}

/// An archive that takes long to list: one member of text that unpacks to 800 MB.
#[cfg(unix)]
fn slow_archive(path: &Path) {
    let words = words(1_000);
    let part = &words.repeat(100).into_bytes()[..1 << 20];
    let parts = 800;
    let mut header = tar::Header::new_gnu();
    header.set_path("large").expect("a good name");
    header.set_size(parts * part.len() as u64);
    header.set_cksum();
    let middle = bzip2(part).repeat(usize::try_from(parts).expect("few"));
    fs::write(path, [bzip2(header.as_bytes()), middle, bzip2(&[0; 1024])].concat()).expect("written");
}

/// All that is listed so far is converted, and the list is not complete.
#[cfg(unix)]
#[test]
fn ctrl_c_is_130_while_files_are_still_looked_for() {
    let folder = Folder::with(&[("in/a", GOOD)]);
    slow_archive(&folder.path("in/b.tar.bz2"));
    let told = interrupted_after(&folder, &["convert", "in", "out"], "End a");
    assert!(told[0].starts_with("1 workbook made, "), "{told:?}");
}

#[cfg(unix)]
#[test]
fn input_that_cannot_be_read_is_1() {
    let folder = Folder::with(&[("in/a", GOOD)]);
    std::os::unix::fs::symlink("gone", folder.path("in/b")).expect("linked");
    let out = sheetmill(&folder, &["convert", "in", "out", "--quiet"]);
    assert_eq!(out.status.code(), Some(1));
    assert!(text(&out.stderr).contains("in/b"), "{}", text(&out.stderr));
    assert!(folder.path("out/a.xlsx").exists());
}

/// Killed in the middle, started again: the same as an undisturbed run, and nothing strays.
#[cfg(unix)]
#[test]
fn killed_run_is_completed_by_the_next() {
    use support::workbooks::{cells, finished, names};
    use support::{LIMIT, wait_every};

    let folder = Folder::new();
    for n in 0..12 {
        folder.put(&format!("in/AA/wiki_{n:02}"), doc_of(n, &words(100_000)));
    }
    let mut child = command(&folder, &["convert", "in", "out", "--workers", "2", "--quiet"]).spawn().expect("starts");
    let output = folder.path("out/AA");
    let some = wait_every(std::time::Duration::from_millis(2), LIMIT, || (finished(&output) > 0).then_some(()));
    assert!(some.is_some(), "no workbook in {LIMIT:?}");
    child.kill().expect("killed"); // SIGKILL
    child.wait().expect("it ended");
    let out = sheetmill(&folder, &["convert", "in", "out"]);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    let undisturbed = sheetmill(&folder, &["convert", "in", "whole", "--quiet"]);
    assert_eq!(undisturbed.status.code(), Some(0));
    let want: Vec<String> = (0..12).map(|n| format!("wiki_{n:02}.xlsx")).collect();
    assert_eq!(names(&output), want);
    for name in &want {
        assert_eq!(cells(&output.join(name)), cells(&folder.path("whole/AA").join(name)), "{name}");
    }
}

/// The library that writes workbooks panics on a full disk; people must read what it is.
#[cfg(target_os = "linux")]
#[test]
fn disk_that_is_full_is_named_and_leaves_no_half_workbook() {
    let large = doc_of(1, &words(100_000)).repeat(4);
    let folder = Folder::with(&[("in/a", GOOD), ("in/b", &large)]);
    let disk = folder.path("disk");
    fs::create_dir(&disk).expect("made");
    let mount = Command::new("mount").args(["-t", "tmpfs", "-o", "size=2m", "tmpfs"]).arg(&disk).output();
    if !mount.is_ok_and(|mount| mount.status.success()) {
        eprintln!("no small disk can be made here: not tested");
        return;
    }
    let out = sheetmill(&folder, &["convert", "in", "disk/out", "--quiet", "--workers", "1"]);
    let left = made(&disk.join("out"));
    Command::new("umount").arg(&disk).status().expect("umount runs");
    assert_eq!(out.status.code(), Some(1));
    let (why, advice) =
        ("b, line ", ": the disk is full. Free some space or choose another output folder, then retry.\n");
    let told = text(&out.stderr);
    assert!(told.starts_with(why) && told.ends_with(advice) && told.lines().count() == 1, "{told}");
    assert_eq!(left, ["a.xlsx"]);
}

const NEWS: &str = "<DOC>\n<DOCNO> AP-1 </DOCNO>\n<HEAD>첫 기사</HEAD>\n<TEXT>\n본문 &amp; 끝\n</TEXT>\n</DOC>\n";

#[test]
fn inspect_shows_the_workbook_before_there_is_one() {
    let folder = Folder::with(&[("in/a/news", NEWS), ("in/b", GOOD)]);
    let out = sheetmill(&folder, &["inspect", "in"]);
    assert_eq!((out.status.code(), text(&out.stderr)), (Some(0), String::new()));
    let want = native("a/news")
        + " · 91 B · TREC · UTF-8\nfields: id, title, text\n\nid    title    text\nAP-1  첫 기사  ↵본문 & 끝↵\n\n";
    assert_eq!(text(&out.stdout), want);
    let first = sheetmill(&folder, &["inspect", "in", "--rows", "1"]);
    assert_eq!(text(&first.stdout), want, "there is no second record");
    let chosen = ["inspect", "in", "--files", "2", "--columns", "text,:file=파일", "--tags", "keep"];
    let out = sheetmill(&folder, &chosen);
    let lines: Vec<String> = text(&out.stdout).lines().map(str::to_owned).collect();
    assert_eq!(lines[2], "1 of 3 fields taken, left out: id, title");
    assert_eq!(lines[4..6], ["text         파일", "↵본문 & 끝↵  news"]);
    assert_eq!(lines[7], "b · 38 B · WikiExtractor tags · UTF-8");
    assert_eq!(fs::read_dir(folder.root()).expect("a folder").count(), 1, "nothing is written");
}

#[cfg(unix)]
#[test]
fn json_names_a_file_whose_name_is_not_unicode() {
    use std::os::unix::ffi::OsStrExt as _;

    let folder = Folder::new();
    fs::create_dir(folder.path("in")).expect("made");
    let name = std::ffi::OsStr::from_bytes(b"\xb0\xa1.txt");
    if fs::write(folder.path("in").join(name), GOOD).is_err() {
        eprintln!("this file system takes no such name: not tested");
        return;
    }
    for arguments in [&["convert", "in", "out", "--json"][..], &["inspect", "in", "--json"]] {
        let out = sheetmill(&folder, arguments);
        assert_eq!((out.status.code(), text(&out.stderr)), (Some(0), String::new()), "{arguments:?}");
        let first = text(&out.stdout).lines().next().map(str::to_owned).expect("a line");
        let first: serde_json::Value = serde_json::from_str(&first).expect("JSON");
        assert_eq!(first["name"], "\u{fffd}\u{fffd}.txt", "{arguments:?}");
        assert_eq!(first["name_percent"], "%B0%A1.txt", "by which it is found again: {arguments:?}");
        assert!(first["path_percent"].as_str().is_some_and(|path| path.ends_with("in/%B0%A1.txt")), "{arguments:?}");
    }
}

#[test]
fn inspect_as_json_gives_whole_values() {
    let folder = Folder::with(&[("in/news", NEWS), ("in/x.pdf", "%PDF-1.4")]);
    let out = sheetmill(&folder, &["inspect", "in", "--files", "9", "--json"]);
    assert_eq!(out.status.code(), Some(1));
    let stdout = text(&out.stdout);
    let lines: Vec<serde_json::Value> = stdout.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines[0]["rows"], serde_json::json!([["AP-1", "첫 기사", "\n본문 & 끝\n"]]));
    assert_eq!((&lines[0]["format"], &lines[0]["certainty"]), (&"trec".into(), &"certain".into()));
    assert_eq!(lines[0]["fields"][1], serde_json::json!({"name": "title", "example": "첫 기사", "values": 1}));
    assert_eq!(lines[1]["why"], "a PDF document, not text");
}

#[test]
fn preset_chooses_and_the_command_line_goes_before_it() {
    let preset = "[reading]\nencoding = \"cp949\"\n[[columns]]\nfield = \"title\"\nheader = \"제목\"\n";
    let folder = Folder::with(&[("in/news", NEWS), ("mine.toml", preset), ("wrong.toml", "colour = 1")]);
    let inspect = |arguments: &[&str]| {
        let all = [&["inspect", "in", "--json"], arguments].concat();
        sheetmill(&folder, &all)
    };
    let json = |out: &Output| serde_json::from_str::<serde_json::Value>(&text(&out.stdout)).expect("JSON");
    let by_preset = json(&inspect(&["--preset", "mine.toml"]));
    assert_eq!((&by_preset["columns"], &by_preset["encoding"]), (&serde_json::json!(["제목"]), &"EUC-KR".into()));
    let over = json(&inspect(&["--preset", "mine.toml", "--encoding", "utf-8", "--columns", "title"]));
    assert_eq!((&over["columns"], &over["rows"]), (&serde_json::json!(["title"]), &serde_json::json!([["첫 기사"]])));
    let wrong = inspect(&["--preset", "wrong.toml"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(text(&wrong.stderr).contains("wrong.toml is no preset that Sheetmill can use"), "{}", text(&wrong.stderr));
    assert!(text(&wrong.stderr).contains("line 1"), "{}", text(&wrong.stderr));
    let gone = sheetmill(&folder, &["convert", "in", "--preset", "gone.toml"]);
    assert_eq!(gone.status.code(), Some(2));
    assert!(text(&gone.stderr).contains("gone.toml can't be read: not found"), "{}", text(&gone.stderr));
}

/// What comes out of a file must not give orders to the terminal, nor look like a line of ours.
#[cfg(unix)]
#[test]
fn names_and_ids_of_files_give_no_orders_to_the_terminal() {
    let record = "<doc id=\"7\u{1b}]0;t\u{7}\" title=\"t\">a<title>b</doc>\n";
    let folder = Folder::with(&[("in/f", record), ("in/a\nEnd fake", GOOD), ("in/\u{202e}gpj\u{1b}[2J", "%PDF-1.4")]);
    let out = sheetmill(&folder, &["convert", "in"]);
    let told = text(&out.stdout) + &text(&out.stderr);
    assert!(!told.contains(|char: char| char != '\n' && char.is_control() || char == '\u{202e}'), "{told:?}");
    assert!(!told.lines().any(|line| line == "End fake"), "{told}");
    assert!(told.contains("End a\\nEnd fake\n") && told.contains("\\u{202e}gpj\\u{1b}[2J: a PDF"), "{told}");
    let seen = sheetmill(&folder, &["inspect", "in", "--files", "9"]);
    let told = text(&seen.stdout) + &text(&seen.stderr);
    assert!(!told.contains(|char: char| char != '\n' && char.is_control() || char == '\u{202e}'), "{told:?}");
}

#[cfg(unix)]
#[test]
fn what_is_left_out_is_told_and_counted() {
    let folder = Folder::with(&[
        ("in/a", GOOD),
        ("in/.hidden", GOOD),
        ("in/.git/config", GOOD),
        ("in/~$a.docx", GOOD),
        ("in/b/Thumbs.db", GOOD),
        ("in/out/c", GOOD),
        ("in/out/d/e", GOOD),
        ("in/out/.f", GOOD),
    ]);
    let made = Command::new("mkfifo").arg(folder.path("in/pipe")).status().expect("mkfifo runs");
    assert!(made.success());
    let mut archive = tar::Builder::new(Vec::new());
    let mut link = tar::Header::new_gnu();
    link.set_entry_type(tar::EntryType::Symlink);
    link.set_size(0);
    archive.append_link(&mut link, "l", "a").expect("added");
    for (name, bytes) in [("._m", ""), ("m", GOOD)] {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        archive.append_data(&mut header, name, bytes.as_bytes()).expect("added");
    }
    folder.put("in/t.tar", archive.into_inner().expect("finished"));
    let run = |arguments: &[&str]| sheetmill(&folder, &[&["convert", "in", "in/out"], arguments].concat());

    let out = run(&[]);
    let want = "3 hidden files or folders left out · 1 lock file of an office program left out · \
        1 system file left out · 1 pipe, socket or device left out · 1 link in an archive left out";
    assert!(text(&out.stdout).lines().any(|line| line == want), "{}", text(&out.stdout));
    let in_output = "2 files in the output folder left out. To convert them, choose an output folder";
    assert!(text(&out.stderr).contains(in_output), "{}", text(&out.stderr));
    let korean = run(&["--quiet", "--lang", "ko"]);
    assert!(text(&korean.stderr).contains("저장 폴더 안의 파일 2개 제외"), "also quietly: {}", text(&korean.stderr));
    let out = run(&["--json"]);
    let events: Vec<serde_json::Value> =
        text(&out.stdout).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let mut left_out: Vec<String> = events
        .iter()
        .filter(|event| event["event"] == "left-out")
        .map(|event| format!("{} {}", event["path"].as_str().expect("a path"), event["why"].as_str().expect("why")))
        .collect();
    left_out.sort_unstable();
    assert_eq!(
        left_out,
        [
            "in/.git hidden",
            "in/.hidden hidden",
            "in/b/Thumbs.db system-file",
            "in/out/c in-output",
            "in/out/d/e in-output",
            "in/pipe not-regular",
            "in/t.tar/._m hidden",
            "in/t.tar/l link-in-archive",
            "in/~$a.docx office-lock",
        ]
    );
    let counts = &events.last().expect("a last one")["left_out"];
    assert_eq!(counts[0], serde_json::json!({"why": "hidden", "number": 3}), "{counts}");
}

/// `/dev/full` is a disk without room.
#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_2_and_said() {
    let folder = Folder::with(&[("in/a", GOOD), ("in/b", GOOD)]);
    let commands: [&[&str]; 4] =
        [&["convert", "in", "--json"], &["convert", "in"], &["inspect", "in"], &["inspect", "in", "--json"]];
    for arguments in commands {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("Linux has it");
        let out = command(&folder, arguments).stdout(full).output().expect("it starts");
        assert_eq!(out.status.code(), Some(2), "{arguments:?}");
        let why = "Standard output can't be written: the disk is full. Sheetmill ended early";
        assert!(text(&out.stderr).starts_with(why), "{arguments:?}: {}", text(&out.stderr));
    }
}

/// Started by `nohup`, or by a shell in the background.
#[cfg(target_os = "linux")]
#[test]
fn signals_that_were_ignored_at_the_start_stay_so() {
    use std::io::{BufRead as _, BufReader};
    use std::process::Stdio;

    let file = doc_of(1, &words(100_000)).repeat(4);
    let folder = Folder::with(&[("in/a", &file), ("in/b", &file)]);
    for (signal, ends_with) in [("HUP", Some(0)), ("INT", Some(0)), ("TERM", Some(130))] {
        let script = format!("trap '' HUP INT; exec \"$0\" convert in {signal} --workers 1");
        let mut shell = Command::new("sh");
        let shell = shell.args(["-c", &script, env!("CARGO_BIN_EXE_sheetmill")]).current_dir(folder.root());
        let mut child = shell.stdout(Stdio::piped()).spawn().expect("sh starts");
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        assert!(lines.any(|line| line.expect("text") == "Start a"));
        let told = Command::new("kill").args([&format!("-{signal}"), &child.id().to_string()]).status();
        assert!(told.expect("kill runs").success());
        lines.for_each(drop);
        assert_eq!(child.wait().expect("it ends").code(), ends_with, "{signal}");
    }
}

/// `ulimit -f`: the system's answer is a signal that ends the process, unless somebody hears it.
#[cfg(target_os = "linux")]
#[test]
fn file_larger_than_the_shell_allows_fails_by_name() {
    let folder = Folder::with(&[("in/a", &doc_of(1, &words(100_000)).repeat(4)), ("in/b", &GOOD.to_owned())]);
    let script = "ulimit -f 100; exec \"$0\" convert in out --quiet"; // in blocks of 512 or 1,024 bytes
    let shell = Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_sheetmill")])
        .current_dir(folder.root())
        .env("LC_ALL", "en_US.UTF-8")
        .output();
    let out = shell.expect("sh starts");
    assert_eq!(out.status.code(), Some(1), "{out:?}");
    let told = text(&out.stderr);
    assert!(told.starts_with('a') && told.contains("too large for this disk") && told.lines().count() == 1, "{told}");
    let left = made(&folder.path("out"));
    assert_eq!(left, ["b.xlsx"]);
}

/// What waits for the disk is open: it must leave files for those in work.
#[cfg(target_os = "linux")]
#[test]
fn run_that_may_have_ten_files_open_makes_every_workbook() {
    let sources: Vec<(String, &str)> = (0..30).map(|n| (format!("in/a_{n:02}"), GOOD)).collect();
    let sources: Vec<(&str, &str)> = sources.iter().map(|(name, source)| (name.as_str(), *source)).collect();
    let folder = Folder::with(&sources);
    let script = "ulimit -n 10; exec \"$0\" convert in out --quiet --workers 2 --no-report";
    let mut shell = Command::new("sh");
    let shell = shell.args(["-c", script, env!("CARGO_BIN_EXE_sheetmill")]).current_dir(folder.root());
    let out = shell.env("LC_ALL", "en_US.UTF-8").output().expect("sh starts");
    assert_eq!((out.status.code(), text(&out.stderr).as_str()), (Some(0), ""));
    assert_eq!(made(&folder.path("out")).len(), 30);
}

/// Said by `--quiet` too, and 1.
#[test]
fn workbook_that_is_taken_away_before_the_end_is_told() {
    let file = doc_of(1, &words(20_000));
    let sources: Vec<(String, &str)> = (0..20).map(|n| (format!("in/a_{n:02}"), &*file)).collect();
    let sources: Vec<(&str, &str)> = sources.iter().map(|(name, source)| (name.as_str(), *source)).collect();
    for (format, told) in [("--quiet", "1 workbook made in this run not there any more"), ("--json", "\"gone\":1")] {
        let folder = Folder::with(&sources);
        let mut command = command(&folder, &["convert", "in", "out", format, "--workers", "1"]);
        let piped = std::process::Stdio::piped;
        let child = command.stdout(piped()).stderr(piped()).spawn().expect("the binary starts");
        let first = folder.path("out/a_00.xlsx");
        let taken =
            support::wait_every(std::time::Duration::from_millis(1), support::LIMIT, || fs::remove_file(&first).ok());
        assert!(taken.is_some(), "it was not made");
        let out = child.wait_with_output().expect("it ends");
        let said = text(&out.stdout) + &text(&out.stderr);
        assert_eq!(out.status.code(), Some(1), "{said}");
        assert!(said.contains(told), "{format}: {said}");
    }
}

#[test]
fn preset_with_a_misspelt_key_is_refused_with_its_line() {
    let folder = Folder::with(&[("in/a", GOOD), ("mine.toml", "[reading]\nencodng = \"cp949\"\n")]);
    for command in ["convert", "inspect"] {
        let out = sheetmill(&folder, &[command, "in", "--preset", "mine.toml"]);
        let why = "mine.toml, line 2: no preset has the key encodng. Correct it, or take it out.\n";
        assert_eq!((out.status.code(), text(&out.stderr)), (Some(2), why.to_owned()), "{command}");
    }
}

#[cfg(unix)]
#[test]
fn preset_without_end_is_refused() {
    let folder = Folder::with(&[("in/a", GOOD)]);
    let out = sheetmill(&folder, &["convert", "in", "--preset", "/dev/zero"]);
    let why = "/dev/zero is larger than any preset (1 MB). Open another one.\n";
    assert_eq!((out.status.code(), text(&out.stderr)), (Some(2), why.to_owned()));
}

/// A workbook's name is five letters longer than its source's, and systems take 255 bytes.
#[cfg(unix)]
#[test]
fn name_too_long_for_a_workbook_fails_by_name() {
    let name = "n".repeat(252);
    let folder = Folder::with(&[(&*format!("in/{name}"), GOOD), ("in/a", GOOD)]);
    let out = sheetmill(&folder, &["convert", "in", "out", "--quiet"]);
    assert_eq!(out.status.code(), Some(1));
    let told = text(&out.stderr);
    assert!(told.starts_with(&name) && told.contains("the name is too long") && told.contains("Rename"), "{told}");
    let left = made(&folder.path("out"));
    assert_eq!(left, ["a.xlsx"]);
}

#[test]
fn losses_are_1_told_by_quiet_and_told_again_when_up_to_date() {
    let folder = Folder::with(&[("in/a.jsonl", "{\"id\": 1}\n{\"id\": 2, broken\n{\"id\": 3}\n")]);
    for _ in 0..2 {
        let out = sheetmill(&folder, &["convert", "in", "out", "--quiet"]);
        assert_eq!(out.status.code(), Some(1));
        let told = text(&out.stderr);
        assert!(told.starts_with("a.jsonl: made, with losses: 1 ") && told.lines().count() == 1, "{told}");
    }
}

#[test]
fn verify_reads_all_back_and_tells_what_is_not_as_it_was_made() {
    let folder = Folder::with(&[("in/a", GOOD), ("in/b", GOOD)]);
    let none = sheetmill(&folder, &["verify", "in"]);
    assert_eq!((none.status.code(), text(&none.stderr).contains("no journal")), (Some(2), true));
    assert_eq!(sheetmill(&folder, &["convert", "in", "out", "--quiet"]).status.code(), Some(0));
    let good = sheetmill(&folder, &["verify", "out"]);
    let told = "2 workbooks read back, all as they were made\n";
    assert_eq!((good.status.code(), &*text(&good.stdout)), (Some(0), told));
    // one is exchanged for the other's, one is gone
    fs::write(folder.path("in/c"), GOOD.replace(">x<", ">y<")).expect("written");
    assert_eq!(sheetmill(&folder, &["convert", "in", "out", "--quiet"]).status.code(), Some(0));
    fs::copy(folder.path("out/c.xlsx"), folder.path("out/a.xlsx")).expect("copied");
    fs::remove_file(folder.path("out/b.xlsx")).expect("removed");
    let bad = sheetmill(&folder, &["verify", "out"]);
    let mut lines: Vec<String> = text(&bad.stderr).lines().map(str::to_owned).collect();
    lines.sort();
    assert_eq!(bad.status.code(), Some(1));
    assert_eq!(lines, ["a.xlsx: it is not as it was made: other cells", "b.xlsx: it is not there any more"]);
    assert_eq!(text(&bad.stdout), "3 workbooks read back, 2 not as made\n");
    // a source of the same size that holds something else
    fs::write(folder.path("in/c"), GOOD.replace(">x<", ">z<")).expect("written");
    let changed = text(&sheetmill(&folder, &["verify", "out"]).stderr);
    let line = format!("c.xlsx: its source changed since: {}\n", folder.path("in/c").display());
    assert!(changed.contains(&line), "{changed}");
}

#[test]
fn overwriting_says_how_many_of_other_peoples_files_it_replaced() {
    let folder = Folder::with(&[("in/a", GOOD), ("in/b", GOOD), ("out/a.xlsx", "a person's own")]);
    let kept = sheetmill(&folder, &["convert", "in", "out"]);
    assert_eq!(kept.status.code(), Some(1));
    assert!(!text(&kept.stdout).contains("replaced"), "{}", text(&kept.stdout));
    let run = sheetmill(&folder, &["convert", "in", "out", "--if-exists", "overwrite"]);
    assert!(text(&run.stdout).contains("2 workbooks made, "), "{}", text(&run.stdout));
    assert!(text(&run.stdout).contains(", 1 other file replaced · "), "{}", text(&run.stdout));
    assert!(text(&run.stderr).contains("a: line 1: a file that was not this source's was replaced"));
    fs::write(folder.path("out/b.xlsx"), "a person's own").expect("written");
    let again = sheetmill(&folder, &["convert", "in", "out", "--if-exists", "overwrite", "--json"]);
    let last = text(&again.stdout).lines().last().map(str::to_owned).expect("a summary");
    let summary: serde_json::Value = serde_json::from_str(&last).expect("JSON");
    assert_eq!(summary["replaced"], 1, "{last}");
}

#[test]
fn verify_says_in_korean_what_differs() {
    let folder = Folder::with(&[("in/a", GOOD), ("in/b", GOOD.replace(">x<", ">y<").as_str())]);
    sheetmill(&folder, &["convert", "in", "out", "--quiet"]);
    fs::copy(folder.path("out/b.xlsx"), folder.path("out/a.xlsx")).expect("copied");
    fs::write(folder.path("out/b.xlsx"), "no workbook").expect("written");
    let told = sheetmill(&folder, &["verify", "out", "--lang", "ko"]);
    let mut lines: Vec<String> = text(&told.stderr).lines().map(str::to_owned).collect();
    lines.sort();
    assert_eq!(lines[0], "a.xlsx: 만들 때와 다름: 셀 내용이 다름");
    assert!(lines[1].starts_with("b.xlsx: 만들 때와 다름: 온전한 통합 문서가 아님("), "{lines:?}");
}

#[test]
fn files_of_another_form_are_made_where_that_is_asked_for() {
    let folder = Folder::with(&[("in/AA/wiki_00", "<doc id=\"1\" url=\"u\" title=\"=t\">x, y</doc>\n")]);
    let out = sheetmill(&folder, &["convert", "in", "--to", "csv", "--guard"]);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    assert!(text(&out.stdout).contains("1 file made, "), "{}", text(&out.stdout));
    let made = fs::read_to_string(folder.path("in-csv/AA/wiki_00.csv")).expect("made");
    assert_eq!(made, "\u{feff}id,title,text\r\n1,'=t,\"x, y\"\r\n");
    let again = sheetmill(&folder, &["convert", "in", "--to", "csv", "--guard", "--lang", "ko"]);
    assert!(text(&again.stdout).contains("최신"), "{}", text(&again.stdout));
    let verified = sheetmill(&folder, &["verify", "in-csv"]);
    assert_eq!(verified.status.code(), Some(0), "{}", text(&verified.stderr));
    fs::write(folder.path("in-csv/AA/wiki_00.csv"), made.replace("x, y", "x; y")).expect("written");
    assert_eq!(sheetmill(&folder, &["verify", "in-csv"]).status.code(), Some(1));
    let seen = sheetmill(&folder, &["inspect", "in", "--to", "csv", "--guard", "--json"]);
    assert!(text(&seen.stdout).contains("\"'=t\""), "{}", text(&seen.stdout));
    let wrong = sheetmill(&folder, &["convert", "in", "--to", "docx"]);
    let said = text(&wrong.stderr);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(["xlsx", "csv", "jsonl", "parquet"].iter().all(|name| said.contains(name)), "{said}");
}

#[test]
fn filters_are_typed_shown_before_and_counted_after() {
    let docs = [(1, "한국 하나"), (2, "둘"), (3, "한국 셋"), (4, "한국 하나")].map(|(id, text)| doc_of(id, text));
    let preset = "filters = [\"drop id in lists/ids.txt\"]\n";
    let folder =
        Folder::with(&[("in/a", docs.concat()), ("p/mine.toml", preset.into()), ("p/lists/ids.txt", "3\n".into())]);
    let filters = ["--keep", "text contains 한국", "--drop", "duplicates:text", "--preset", "p/mine.toml"];
    let with = |arguments: &[&'static str]| sheetmill(&folder, &[arguments, &filters].concat());
    let shown = text(&with(&["inspect", "in"]).stdout);
    assert!(shown.lines().any(|line| line == "3 of 4 records left out by filters"), "{shown}");
    let shown = text(&with(&["inspect", "in", "--lang", "ko"]).stdout);
    assert!(shown.lines().any(|line| line == "레코드 4건 중 3건을 필터로 제외"), "{shown}");
    let out = with(&["convert", "in", "out"]);
    assert_eq!((out.status.code(), text(&out.stderr)), (Some(0), String::new()));
    let lines: Vec<String> = text(&out.stdout).lines().map(str::to_owned).collect();
    assert!(lines[2].ends_with(" · 4 records → 1 row, 3 left out by filters"), "{}", lines[2]);
    let cells = support::workbooks::cells(&folder.path("out/a.xlsx"));
    assert_eq!(cells[1..], support::workbooks::rows(&[&["1", "t", "한국 하나"]]));
    let out = with(&["convert", "in", "again", "--json"]);
    let told = text(&out.stdout);
    let last: serde_json::Value = serde_json::from_str(told.lines().last().expect("a line")).expect("JSON");
    assert_eq!(last["left_out_by"], serde_json::json!([1, 1, 1]), "the preset's first");
    let sampled = sheetmill(&folder, &["convert", "in", "few", "--every", "2", "--sample", "1", "--seed", "5"]);
    assert!(text(&sampled.stdout).contains("4 records → 1 row"), "{}", text(&sampled.stdout));
}

#[test]
fn filter_that_cannot_be_is_refused_by_its_own_words() {
    let folder = Folder::with(&[("in/a", GOOD)]);
    for (arguments, said) in [
        (["--keep", "title matches a("], "unclosed group"),
        (["--keep", "title"], "COLUMN contains TEXT"),
        (["--drop", "empty:"], "names no column"),
        (["--every", "0"], "no whole number from 1 on"),
        (["--sample", "120%"], "neither a number of records nor a share"),
        (["--seed", "1"], "--sample"),
        (["--keep", "id in none.txt"], "none.txt can't be read: "),
    ] {
        let out = sheetmill(&folder, &[&["convert", "in", "--lang", "en"][..], &arguments].concat());
        let told = text(&out.stderr);
        assert!(out.status.code() == Some(2) && told.contains(said), "{arguments:?}: {told}");
    }
    let out = sheetmill(&folder, &["convert", "in", "--lang", "ko", "--keep", "id in none.txt"]);
    assert!(text(&out.stderr).starts_with("필터 목록 "), "{}", text(&out.stderr));
    let out = sheetmill(&folder, &["convert", "in", "--keep", "autor contains x"]);
    assert_eq!(out.status.code(), Some(0), "nothing is lost");
    let said = "a: line 1: 1 column of a filter for which no record has a value: autor";
    assert!(text(&out.stderr).lines().any(|line| line == said), "{}", text(&out.stderr));
}
