//! The terminal face, run as people run it: the real binary, its words, its exit codes.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

const GOOD: &str = "<doc id=\"1\" url=\"u\" title=\"t\">x</doc>\n";

fn sheetmill(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sheetmill"))
        .args(arguments)
        .current_dir(folder)
        .env("LC_ALL", "en_US.UTF-8")
        .env("LANG", "en_US.UTF-8")
        .output()
        .expect("the binary starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// A path as this system writes it.
fn native(path: &str) -> String {
    path.replace('/', std::path::MAIN_SEPARATOR_STR)
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, contents) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("made");
        fs::write(path, contents).expect("written");
    }
    folder
}

#[test]
fn all_converted_is_0_and_prints_start_end_and_seconds() {
    let folder = folder(&[("in/AA/wiki_00", GOOD)]);
    let out = sheetmill(folder.path(), &["convert", "in"]);
    assert_eq!((out.status.code(), text(&out.stderr)), (Some(0), String::new()));
    let lines: Vec<String> = text(&out.stdout).lines().map(str::to_owned).collect();
    assert_eq!(lines[..2], ["Start AA/wiki_00", "End AA/wiki_00"].map(native));
    assert!(lines[2].starts_with("1 workbook made, ") && lines[2].ends_with(" · 1 record → 1 row"), "{}", lines[2]);
    assert!(lines[3].parse::<f64>().is_ok(), "{}", lines[3]);
    assert_eq!(lines.len(), 4);
    assert!(folder.path().join("in-xlsx/AA/wiki_00.xlsx").exists());
    let again = sheetmill(folder.path(), &["convert", "in"]);
    assert_eq!(again.status.code(), Some(0));
    assert!(text(&again.stdout).contains("1 up to date"), "{}", text(&again.stdout));
}

#[test]
fn a_failed_file_is_1_and_named_with_what_to_do() {
    let folder = folder(&[("in/a.pdf", "%PDF-1.4"), ("in/b", GOOD)]);
    let out = sheetmill(folder.path(), &["convert", "in", "out", "--quiet"]);
    assert_eq!((out.status.code(), text(&out.stdout)), (Some(1), String::new()));
    let why = "a.pdf: a PDF document, not text. It holds no records that can be read. No workbook is made of it; other files are not affected.\n";
    assert_eq!(text(&out.stderr), why);
    let korean = sheetmill(folder.path(), &["convert", "in", "out", "--quiet", "--lang", "ko"]);
    assert!(text(&korean.stderr).starts_with("a.pdf: PDF 문서(텍스트 아님). "), "{}", text(&korean.stderr));
    assert!(folder.path().join("out/b.xlsx").exists());
}

#[test]
fn what_was_repaired_is_named_with_file_line_and_record() {
    let folder = folder(&[("in/f", "<doc id=\"7\" title=\"t\">a<title>b</doc>\n")]);
    let out = sheetmill(folder.path(), &["convert", "in"]);
    assert_eq!(text(&out.stderr), "f: line 1, id 7: 1 bit of broken markup kept as text\n");
}

#[test]
fn what_cannot_run_is_2_and_says_why() {
    let folder = folder(&[("in/a", GOOD)]);
    for (arguments, why) in [
        (&["convert", "gone"][..], "gone can't be read: not found."),
        (&["convert", "in", "out", "--workers", "0"], "a whole number from 1 to"),
        (&["convert", "in", "out", "--columns", "id,id"], "none twice"),
        (&["convert", "in", "out", "--if-exists", "perhaps"], "possible values: skip, overwrite, keep-both, stop"),
    ] {
        let out = sheetmill(folder.path(), arguments);
        assert_eq!(out.status.code(), Some(2), "{arguments:?}");
        assert!(text(&out.stderr).contains(why), "{arguments:?}: {}", text(&out.stderr));
    }
    assert!(!folder.path().join("out").exists());
    assert_eq!(sheetmill(folder.path(), &["convert", "in", "out"]).status.code(), Some(0));
    let out = sheetmill(folder.path(), &["convert", "in", "out", "--if-exists", "stop"]);
    assert_eq!(out.status.code(), Some(2));
    let why = native("1 workbook is already there, first out/a.xlsx.");
    assert!(text(&out.stderr).starts_with(&why), "{}", text(&out.stderr));
}

#[test]
fn a_folder_called_like_a_command_does_not_open_the_window() {
    let folder = folder(&[("in/a", GOOD), ("convert/b", GOOD)]);
    let out = sheetmill(folder.path(), &["convert", "in"]);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    assert!(folder.path().join("in-xlsx/a.xlsx").exists());
}

#[test]
fn without_an_input_the_sample_is_converted() {
    let folder = folder(&[]);
    let out = sheetmill(folder.path(), &["convert"]);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    assert!(text(&out.stdout).contains("2 workbooks made"), "{}", text(&out.stdout));
    for name in ["wiki_00.xlsx", "wiki_01.xlsx"] {
        assert!(folder.path().join("sheetmill-sample/workbooks/AA").join(name).exists());
    }
}

#[test]
fn json_is_one_event_a_line() {
    let folder = folder(&[("in/a", GOOD), ("in/b", "")]);
    let out = sheetmill(folder.path(), &["convert", "in", "out", "--json", "--workers", "1"]);
    assert_eq!(out.status.code(), Some(1));
    let events: Vec<serde_json::Value> =
        text(&out.stdout).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let names: Vec<&str> = events.iter().map(|event| event["event"].as_str().expect("a name")).collect();
    let mut sorted = names.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, ["finished", "finished", "found", "found", "scanned", "started", "started", "summary"]);
    let finished: Vec<_> = events.iter().filter(|event| event["event"] == "finished").collect();
    assert_eq!((&finished[0]["outcome"], &finished[0]["rows"]), (&"converted".into(), &1.into()));
    assert_eq!((&finished[1]["outcome"], &finished[1]["why"]), (&"failed".into(), &"empty file".into()));
    let summary = events.last().expect("a last one");
    assert_eq!((&summary["converted"], &summary["failed"], &summary["rows"]), (&1.into(), &1.into(), &1.into()));
}

#[test]
fn help_and_version() {
    let folder = folder(&[]);
    let help = sheetmill(folder.path(), &["convert", "--help"]);
    assert_eq!(help.status.code(), Some(0));
    for word in ["--workers", "--columns", "--if-exists", "--json", "--quiet", "Exit codes", "Examples"] {
        assert!(text(&help.stdout).contains(word), "{word}");
    }
    let version = sheetmill(folder.path(), &["--version"]);
    assert_eq!(text(&version.stdout), concat!("sheetmill ", env!("CARGO_PKG_VERSION"), "\n"));
}

/// Ctrl-C ends the run cleanly: 130, and no file that was not finished.
#[cfg(unix)]
#[test]
fn ctrl_c_is_130_and_leaves_no_half_workbook() {
    use std::io::{BufRead, BufReader};
    use std::process::Stdio;

    let words: String = (0..400_000u64).map(|n| format!("{:x} ", n.wrapping_mul(0x9e37_79b9_7f4a_7c15))).collect();
    let file = format!("<doc id=\"1\" title=\"t\">{words}</doc>\n").repeat(8);
    let folder = folder(&[("in/a", &file), ("in/b", &file)]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_sheetmill"))
        .args(["convert", "in", "out", "--workers", "1"])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
    assert_eq!(lines.next().expect("a line").expect("text"), "Start a");
    let interrupted = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill runs");
    assert!(interrupted.success());
    assert_eq!(child.wait().expect("it ends").code(), Some(130));
    let left: Vec<_> = fs::read_dir(folder.path().join("out")).expect("made").collect();
    assert!(left.is_empty(), "{left:?}");
}

/// An archive that takes long to list: one member of text that unpacks to 800 MB.
#[cfg(unix)]
fn slow_archive(path: &Path) {
    use std::io::Write as _;

    let packed = |bytes: &[u8]| {
        let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::default());
        encoder.write_all(bytes).expect("packed");
        encoder.finish().expect("packed")
    };
    let words: String = (0..1_000u64).map(|n| format!("{:x} ", n.wrapping_mul(0x9e37_79b9_7f4a_7c15))).collect();
    let part = &words.repeat(100).into_bytes()[..1 << 20];
    let parts = 800;
    let mut header = tar::Header::new_gnu();
    header.set_path("large").expect("a good name");
    header.set_size(parts * part.len() as u64);
    header.set_cksum();
    let middle = packed(part).repeat(usize::try_from(parts).expect("few"));
    fs::write(path, [packed(header.as_bytes()), middle, packed(&[0; 1024])].concat()).expect("written");
}

/// All that is listed so far is converted, and the list is not complete.
#[cfg(unix)]
#[test]
fn ctrl_c_is_130_while_files_are_still_looked_for() {
    use std::io::{BufRead, BufReader};
    use std::process::Stdio;

    let folder = folder(&[("in/a", GOOD)]);
    slow_archive(&folder.path().join("in/b.tar.bz2"));
    let mut child = Command::new(env!("CARGO_BIN_EXE_sheetmill"))
        .args(["convert", "in", "out"])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
    assert!(lines.any(|line| line.expect("text") == "End a"));
    let interrupted = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill runs");
    assert!(interrupted.success());
    assert_eq!(child.wait().expect("it ends").code(), Some(130));
    let told: Vec<String> = lines.map(|line| line.expect("text")).collect();
    assert!(told[0].starts_with("1 workbook made, "), "{told:?}");
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_is_1() {
    let folder = folder(&[("in/a", GOOD)]);
    std::os::unix::fs::symlink("gone", folder.path().join("in/b")).expect("linked");
    let out = sheetmill(folder.path(), &["convert", "in", "out", "--quiet"]);
    assert_eq!(out.status.code(), Some(1));
    assert!(text(&out.stderr).contains("in/b"), "{}", text(&out.stderr));
    assert!(folder.path().join("out/a.xlsx").exists());
}

/// Killed in the middle, started again: the same as an undisturbed run, and nothing strays.
#[cfg(unix)]
#[test]
fn a_killed_run_is_completed_by_the_next() {
    use std::time::{Duration, Instant};

    let words: String = (0..100_000u64).map(|n| format!("{:x} ", n.wrapping_mul(0x9e37_79b9_7f4a_7c15))).collect();
    let files: Vec<(String, String)> = (0..12)
        .map(|n| (format!("in/AA/wiki_{n:02}"), format!("<doc id=\"{n}\" title=\"t\">{words}</doc>\n")))
        .collect();
    let folder = folder(&files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect::<Vec<_>>());
    let arguments = ["convert", "in", "out", "--workers", "2", "--quiet"];
    let mut child = Command::new(env!("CARGO_BIN_EXE_sheetmill"))
        .args(arguments)
        .current_dir(folder.path())
        .spawn()
        .expect("starts");
    let output = folder.path().join("out/AA");
    let began = Instant::now();
    let names = || -> Vec<String> {
        let entries = fs::read_dir(&output).into_iter().flatten().flatten();
        let mut names: Vec<_> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    };
    while !names().iter().any(|name| Path::new(name).extension().is_some_and(|extension| extension == "xlsx")) {
        assert!(began.elapsed() < Duration::from_mins(1), "no workbook within a minute");
        std::thread::sleep(Duration::from_millis(2));
    }
    child.kill().expect("killed"); // SIGKILL
    child.wait().expect("it ended");
    let out = sheetmill(folder.path(), &["convert", "in", "out"]);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    let undisturbed = sheetmill(folder.path(), &["convert", "in", "whole", "--quiet"]);
    assert_eq!(undisturbed.status.code(), Some(0));
    let want: Vec<String> = (0..12).map(|n| format!("wiki_{n:02}.xlsx")).collect();
    assert_eq!(names(), want);
    for name in &want {
        let cells = |folder: &Path| {
            let mut workbook: calamine::Xlsx<_> = calamine::open_workbook(folder.join("AA").join(name)).expect("whole");
            let range = calamine::Reader::worksheet_range(&mut workbook, "Sheet1").expect("a worksheet");
            range.rows().map(<[calamine::Data]>::to_vec).collect::<Vec<_>>()
        };
        assert_eq!(cells(&folder.path().join("out")), cells(&folder.path().join("whole")), "{name}");
    }
}

/// The library that writes workbooks panics on a full disk; people must read what it is.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_named_and_leaves_no_half_workbook() {
    let words: String = (0..100_000u64).map(|n| format!("{:x} ", n.wrapping_mul(0x9e37_79b9_7f4a_7c15))).collect();
    let large = format!("<doc id=\"1\" title=\"t\">{words}</doc>\n").repeat(4);
    let folder = folder(&[("in/a", GOOD), ("in/b", &large)]);
    let disk = folder.path().join("disk");
    fs::create_dir(&disk).expect("made");
    let mount = Command::new("mount").args(["-t", "tmpfs", "-o", "size=2m", "tmpfs"]).arg(&disk).output();
    if !mount.is_ok_and(|mount| mount.status.success()) {
        eprintln!("no small disk can be made here: not tested");
        return;
    }
    let out = sheetmill(folder.path(), &["convert", "in", "disk/out", "--quiet", "--workers", "1"]);
    let left: Vec<_> = fs::read_dir(disk.join("out")).expect("made").flatten().map(|entry| entry.file_name()).collect();
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
    let folder = folder(&[("in/a/news", NEWS), ("in/b", GOOD)]);
    let out = sheetmill(folder.path(), &["inspect", "in"]);
    assert_eq!((out.status.code(), text(&out.stderr)), (Some(0), String::new()));
    let want = native("a/news")
        + " · 91 B · TREC · UTF-8\nfields: id, title, text\n\nid    title    text\nAP-1  첫 기사  ↵본문 & 끝↵\n\n";
    assert_eq!(text(&out.stdout), want);
    let first = sheetmill(folder.path(), &["inspect", "in", "--rows", "1"]);
    assert_eq!(text(&first.stdout), want, "there is no second record");
    let chosen = ["inspect", "in", "--files", "2", "--columns", "text,:file=파일", "--tags", "keep"];
    let out = sheetmill(folder.path(), &chosen);
    let lines: Vec<String> = text(&out.stdout).lines().map(str::to_owned).collect();
    assert_eq!(lines[3..5], ["text         파일", "↵본문 & 끝↵  news"]);
    assert_eq!(lines[6], "b · 38 B · WikiExtractor tags · UTF-8");
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "nothing is written");
}

#[cfg(unix)]
#[test]
fn json_names_a_file_whose_name_is_not_unicode() {
    use std::os::unix::ffi::OsStrExt as _;

    let folder = folder(&[]);
    fs::create_dir(folder.path().join("in")).expect("made");
    let name = std::ffi::OsStr::from_bytes(b"\xb0\xa1.txt");
    if fs::write(folder.path().join("in").join(name), GOOD).is_err() {
        eprintln!("this file system takes no such name: not tested");
        return;
    }
    for arguments in [&["convert", "in", "out", "--json"][..], &["inspect", "in", "--json"]] {
        let out = sheetmill(folder.path(), arguments);
        assert_eq!((out.status.code(), text(&out.stderr)), (Some(0), String::new()), "{arguments:?}");
        let first = text(&out.stdout).lines().next().map(str::to_owned).expect("a line");
        let first: serde_json::Value = serde_json::from_str(&first).expect("JSON");
        assert_eq!(first["name"], "\u{fffd}\u{fffd}.txt", "{arguments:?}");
    }
}

#[test]
fn inspect_as_json_gives_whole_values() {
    let folder = folder(&[("in/news", NEWS), ("in/x.pdf", "%PDF-1.4")]);
    let out = sheetmill(folder.path(), &["inspect", "in", "--files", "9", "--json"]);
    assert_eq!(out.status.code(), Some(1));
    let stdout = text(&out.stdout);
    let lines: Vec<serde_json::Value> = stdout.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines[0]["rows"], serde_json::json!([["AP-1", "첫 기사", "\n본문 & 끝\n"]]));
    assert_eq!((&lines[0]["format"], &lines[0]["certainty"]), (&"trec".into(), &"certain".into()));
    assert_eq!(lines[0]["fields"][1], serde_json::json!({"name": "title", "example": "첫 기사", "values": 1}));
    assert_eq!(lines[1]["why"], "a PDF document, not text");
}

#[test]
fn a_preset_chooses_and_the_command_line_goes_before_it() {
    let preset = "[reading]\nencoding = \"cp949\"\n[[columns]]\nfield = \"title\"\nheader = \"제목\"\n";
    let folder = folder(&[("in/news", NEWS), ("mine.toml", preset), ("wrong.toml", "colour = 1")]);
    let inspect = |arguments: &[&str]| {
        let all = [&["inspect", "in", "--json"], arguments].concat();
        sheetmill(folder.path(), &all)
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
    let gone = sheetmill(folder.path(), &["convert", "in", "--preset", "gone.toml"]);
    assert_eq!(gone.status.code(), Some(2));
    assert!(text(&gone.stderr).contains("gone.toml can't be read: not found"), "{}", text(&gone.stderr));
}
