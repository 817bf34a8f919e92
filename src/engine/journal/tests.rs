use super::entry::{Entry, FileEntry, LeftOutEntry, MadeEntry, Verdict};
use super::*;
use crate::engine::notes::NoteKind;

fn file(name: &str, losses: u64) -> FileEntry {
    FileEntry {
        name: name.into(),
        source: name.into(),
        bytes: 7,
        changed: -5,
        inode_changed: None,
        source_digest: None,
        is_member: false,
        merged_into: None,
        verdict: if losses > 0 { Verdict::MadeWithLosses } else { Verdict::Made },
        made: Some(MadeEntry {
            name: format!("{name}.xlsx").into(),
            bytes: 9,
            changed: 11,
            header: Vec::new(),
            digest: None,
            stamp: None,
        }),
        owed: 3,
        records: 3,
        rows: 3,
        left_out_by: Vec::new(),
        took: 1,
        encoding: None,
        format: None,
        notes: if losses > 0 { vec![(NoteKind::LineUnreadable, losses, losses)] } else { Vec::new() },
        cause: None,
        line: None,
        why: None,
    }
}

fn entries(output: &Path) -> Vec<Entry> {
    let mut all = Vec::new();
    read(output, |entry| all.push(entry)).expect("read");
    all
}

#[test]
fn journal_goes_on_behind_a_line_that_a_crash_cut_off() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    assert!(entries(folder.path()).is_empty());
    let journal = Journal::begin(folder.path()).expect("begun");
    journal.file(file("a", 0), &Notes::default(), None);
    journal.sync().expect("on the disk");
    drop(journal);
    let path = folder.path().join(NAME);
    let mut bytes = fs::read(&path).expect("there");
    bytes.extend_from_slice(b"{\"file\":{\"name\":\"cut");
    fs::write(&path, bytes).expect("written");
    let journal = Journal::begin(folder.path()).expect("begun");
    journal.file(file("b", 2), &Notes::default(), None);
    drop(journal);
    let [Entry::File(a), Entry::File(b)] = &entries(folder.path())[..] else { panic!("two files") };
    assert_eq!((**a == file("a", 0), **b == file("b", 2)), (true, true));
    let journal = Journal::begin(folder.path()).expect("begun");
    assert_eq!(journal.made(Path::new("a.xlsx")).map(|made| (made.bytes, made.losses().is_some())), Some((9, false)));
    let losses = journal.made(Path::new("b.xlsx")).and_then(|made| made.losses());
    assert_eq!(losses, Some(&[(NoteKind::LineUnreadable, 2, 2)][..]));
    assert_eq!(journal.made(Path::new("c.xlsx")), None);
}

#[test]
fn second_run_in_one_folder_is_refused_while_the_first_goes_on() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let first = Journal::begin(folder.path()).expect("begun");
    assert!(matches!(Journal::begin(folder.path()), Err(Refused::InUse)));
    drop(first);
    Journal::begin(folder.path()).expect("free again");
}

#[test]
fn places_stand_before_their_file_all_of_them_once() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let journal = Journal::begin(folder.path()).expect("begun");
    let mut notes = Notes::default();
    notes.keep_all(crate::engine::notes::Spool::in_folder(folder.path()));
    for line in 1..=1000 {
        notes.add(Note::at(NoteKind::LineUnreadable, line, "", 1));
        notes.add(Note::at(NoteKind::Tags, line, "", 1)); // nobody need look at all of these
    }
    let further = notes.take_spool().expect("it was given").into_file().expect("read");
    journal.file(file("a", 1000), &notes, further);
    drop(journal);
    let all = entries(folder.path());
    let lines = |wanted: NoteKind| {
        let notes = all.iter().filter_map(|entry| match entry {
            Entry::Note(entry) if entry.note.kind == wanted => Some(entry.note.line),
            _ => None,
        });
        notes.collect::<Vec<_>>()
    };
    assert_eq!(lines(NoteKind::LineUnreadable), (1..=1000).collect::<Vec<_>>());
    assert_eq!(lines(NoteKind::Tags).len(), 20);
    assert!(matches!(all.last(), Some(Entry::File(_))));
}

#[test]
fn compacting_keeps_the_last_entry_of_each_file_with_its_notes() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let journal = Journal::begin(folder.path()).expect("begun");
    let mut notes = Notes::default();
    notes.add(Note::at(NoteKind::LineUnreadable, 1, "", 1));
    journal.file(file("a", 1), &notes, None);
    journal.file(file("b", 1), &notes, None);
    journal.add(&Entry::LeftOut(LeftOutEntry { path: "x".into(), why: None }));
    journal.file(file("a", 0), &Notes::default(), None);
    drop(journal);
    let path = folder.path().join(NAME);
    let kept = compacted(&path, locked(&path).expect("locked"));
    drop(kept);
    let names: Vec<_> = entries(folder.path())
        .iter()
        .map(|entry| match entry {
            Entry::Note(entry) => format!("note {}", entry.file),
            Entry::File(file) => format!("file {} {}", file.name, file.notes.len()),
            other => format!("{other:?}").chars().take(7).collect(),
        })
        .collect();
    assert_eq!(names, ["note b", "file b 1", "LeftOut", "file a 0"]);
}
