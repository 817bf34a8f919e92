//! Listing as a whole: whatever an archive holds or lacks, nothing panics, and what is told can be read.

use std::io::Write;

use ::tar::{Builder, EntryType, Header};
use proptest::prelude::*;

use super::*;
use crate::engine::stop::Stopped;

/// The name of a member at which listing breaks down.
pub const PANIC: &str = "panic, please";

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).expect("compressed");
    encoder.finish().expect("compressed")
}

pub fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = Header::new_gnu();
        header.set_size(bytes.len() as u64);
        builder.append_data(&mut header, name, *bytes).expect("added");
    }
    builder.into_inner().expect("finished")
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ::zip::ZipWriter::new(io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, ::zip::write::SimpleFileOptions::default()).expect("begun");
        writer.write_all(bytes).expect("added");
    }
    writer.finish().expect("finished").into_inner()
}

/// A member as told and read: its path, and its contents or what kept them back.
type Read1 = (String, Result<Vec<u8>, String>);

fn read(archive: &[u8]) -> Option<Vec<Read1>> {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(archive).expect("written");
    let stop = StopToken::default();
    let mut found = Vec::new();
    let mut hear = |item: ArchiveItem| {
        let ArchiveItem::Member(listed) = item else { return };
        let read = || -> Result<Vec<u8>, Halt> {
            let mut contents = Vec::new();
            match listed.member.open(file.path(), listed.bytes, &stop, None, Room::new(Asker::Look, &stop))? {
                Contents::Once(mut once) => once.read_to_end(&mut contents)?,
                Contents::UnpackedMember(kept) => kept.reader().read_to_end(&mut contents)?,
            };
            assert_eq!(contents.len() as u64, listed.bytes);
            Ok(contents)
        };
        let name = listed.path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
        found.push((name, read().map_err(|halt| halt.to_string())));
    };
    list(file.path(), &stop, &mut hear).expect("readable").then_some(found)
}

fn names(archive: &[u8]) -> Vec<String> {
    read(archive).expect("an archive").into_iter().map(|(name, _)| name).collect()
}

/// The archive's own row comes last, when there is one.
fn fault(archive: &[u8]) -> Option<String> {
    read(archive).expect("an archive").into_iter().find_map(|(name, read)| read.err().filter(|_| name.is_empty()))
}

#[test]
fn archive_lists_in_natural_order_and_a_stream_in_its_own() {
    let members: Vec<(&str, &[u8])> = vec![("b/x_10", b"1"), ("b/x_9", b"22"), ("a", b"333"), ("b.txt", b"4444")];
    for archive in [tar(&members), zip(&members)] {
        assert_eq!(names(&archive), ["a", "b/x_9", "b/x_10", "b.txt"]);
    }
    assert_eq!(names(&gzip(&tar(&members))), ["b/x_10", "b/x_9", "a", "b.txt"]);
}

#[test]
fn panic_in_a_list_is_its_archives_own_row() {
    let members: Vec<(&str, &[u8])> = vec![("a", b"1"), (PANIC, b"2"), ("b", b"3")];
    for (archive, whole) in [(tar(&members), 0), (zip(&members), 0), (gzip(&tar(&members)), 1)] {
        let read = read(&archive).expect("an archive");
        let (own, told) = read.split_last().expect("a row of its own");
        assert_eq!(told.len(), whole, "what a stream has told stands");
        let (name, why) = (&own.0, own.1.as_ref().expect_err("nothing to read"));
        assert!(name.is_empty() && why.contains("asked for by a test") && why.contains("names.rs"), "{why}");
    }
}

/// Folders and links without end: no file is found, so that nobody is told anything.
#[test]
fn stop_is_heard_in_an_archive_of_links_without_end() {
    struct Endless(Vec<u8>, usize, StopToken);
    impl Read for Endless {
        fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
            self.1 += 1;
            if self.1 == 1000 {
                self.2.stop();
            }
            assert!(self.1 < 1002, "it is read on");
            bytes.copy_from_slice(&self.0[..bytes.len()]);
            Ok(bytes.len())
        }
    }
    for kind in [EntryType::Symlink, EntryType::Directory, EntryType::XGlobalHeader] {
        let mut header = Header::new_gnu();
        header.set_entry_type(kind);
        header.set_size(0);
        header.set_cksum();
        let stop = StopToken::default();
        let endless = Endless(header.as_bytes().to_vec(), 0, stop.clone());
        let walked = tar::walk(&mut ArchiveStream::Stream(Box::new(endless)), &stop, &mut |_| {});
        assert!(Stopped::is(&walked.expect_err("stopped")), "{kind:?}");
    }
}

#[test]
fn names_longer_than_memory_fail_by_name() {
    let names: Vec<String> = (0..300).map(|n| format!("{n}/{}", "folder/".repeat(600))).collect();
    let members: Vec<(&str, &[u8])> = names.iter().map(|name| (name.trim_end_matches('/'), &b"x"[..])).collect();
    let want = "is an archive or a member of one that cannot be read: takes 2 MiB of memory to unpack";
    for archive in [tar(&members), zip(&members), gzip(&tar(&members))] {
        assert_eq!(fault(&archive).as_deref(), Some(want));
    }
}

#[test]
fn links_in_archives_are_told_as_left_out() {
    let mut in_tar = Builder::new(Vec::new());
    for (kind, name) in [(EntryType::Symlink, "a/s"), (EntryType::Link, "a/h"), (EntryType::Fifo, "p")] {
        let mut header = Header::new_gnu();
        header.set_entry_type(kind);
        header.set_size(0);
        in_tar.append_link(&mut header, name, "x").expect("added");
    }
    let mut in_zip = ::zip::ZipWriter::new(io::Cursor::new(Vec::new()));
    let options = ::zip::write::SimpleFileOptions::default();
    in_zip.add_symlink("a/s", "x", options).expect("added");
    in_zip.start_file(".hidden", options).expect("begun");
    let left_out = |archive: &[u8]| {
        let mut file = tempfile::NamedTempFile::new().expect("a file");
        file.write_all(archive).expect("written");
        let mut told = Vec::new();
        let listed = list(file.path(), &StopToken::default(), &mut |item| {
            if let ArchiveItem::LeftOut(path, why) = item {
                told.push((path, why));
            }
        });
        assert!(listed.expect("readable"));
        told
    };
    let link = |name: &str| (PathBuf::from(name), LeftOut::LinkInArchive);
    let in_tar = in_tar.into_inner().expect("finished");
    for archive in [&in_tar, &gzip(&in_tar)] {
        assert_eq!(left_out(archive), [link("a/s"), link("a/h"), ("p".into(), LeftOut::NotRegular)]);
    }
    let in_zip = in_zip.finish().expect("finished").into_inner();
    assert_eq!(left_out(&in_zip), [link("a/s"), (".hidden".into(), LeftOut::Hidden)]);
}

/// The list of a run would miss what was being told.
#[test]
fn panic_of_the_listener_is_not_the_archives() {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(&gzip(&tar(&[("a", b"1"), ("b", b"2")]))).expect("written");
    let mut told = 0;
    let said = panics::attempt(|| {
        list(file.path(), &StopToken::default(), &mut |_| {
            told += 1;
            panic!("out of ears");
        })
    });
    assert!(said.is_err_and(|said| said.contains("out of ears") && said.contains("tests.rs")));
    assert_eq!(told, 1);
}

#[test]
fn files_alone_are_listed_and_long_names_are_whole() {
    let long = format!("{}/wiki_00", "folder".repeat(30));
    let mut builder = Builder::new(Vec::new());
    let mut add = |kind: EntryType, name: &str, bytes: &[u8]| {
        let mut header = Header::new_gnu();
        header.set_entry_type(kind);
        header.set_size(bytes.len() as u64);
        if matches!(kind, EntryType::Symlink | EntryType::Link) {
            builder.append_link(&mut header, name, "elsewhere").expect("added");
        } else {
            builder.append_data(&mut header, name, bytes).expect("added");
        }
    };
    add(EntryType::Directory, "AA", b"");
    add(EntryType::Symlink, "AA/link", b"");
    add(EntryType::Link, "AA/hard", b"");
    add(EntryType::Fifo, "AA/pipe", b"");
    add(EntryType::Regular, &long, b"long");
    add(EntryType::Regular, "AA/last", b"last");
    let archive = builder.into_inner().expect("finished");
    let want = [("AA/last".to_owned(), Ok(b"last".to_vec())), (long, Ok(b"long".to_vec()))];
    assert_eq!(read(&archive).expect("an archive"), want);
}

/// As Python's tarfile writes: a name in Korean, and a size that does not fit, in a header of its own.
#[test]
fn attributes_before_a_member_count() {
    let mut builder = Builder::new(Vec::new());
    builder.append_pax_extensions([("path", "뉴스/기사".as_bytes()), ("size", b"5")]).expect("added");
    let mut header = Header::new_ustar();
    header.set_path("news").expect("short");
    header.set_size(0);
    header.set_cksum();
    builder.append(&header, io::empty()).expect("added");
    let mut archive = builder.into_inner().expect("finished");
    archive.truncate(archive.len() - 2 * tar::BLOCK);
    archive.extend(b"hello");
    archive.resize(archive.len().next_multiple_of(tar::BLOCK) + 2 * tar::BLOCK, 0);
    assert_eq!(read(&archive), Some(vec![("뉴스/기사".to_owned(), Ok(b"hello".to_vec()))]));
}

#[test]
fn sparse_file_is_not_taken_for_what_it_was() {
    let mut builder = Builder::new(Vec::new());
    builder.append_pax_extensions([("GNU.sparse.major", &b"1"[..]), ("GNU.sparse.name", b"real")]).expect("added");
    let mut header = Header::new_ustar();
    header.set_size(3);
    builder.append_data(&mut header, "GNUSparseFile.0/real", &b"map"[..]).expect("added");
    let found = read(&builder.into_inner().expect("finished")).expect("an archive");
    assert_eq!(found[0].0, "real");
    assert!(found[0].1.as_ref().is_err_and(|why| why.contains("sparse")), "{found:?}");
}

#[test]
fn archives_joined_end_to_end_are_all_read() {
    let joined = [tar(&[("a", b"1")]), tar(&[("b", b"2")]), b"\nsomething else".to_vec()].concat();
    assert_eq!(names(&joined), ["a", "b"]);
    assert_eq!(names(&gzip(&joined)), ["a", "b"]);
}

#[test]
fn file_that_is_no_archive_is_not_taken_for_one() {
    for bytes in [&b"<doc id=\"1\">"[..], b"", &gzip(b"<doc id=\"1\">"), &[b'a'; 600]] {
        assert_eq!(read(bytes), None);
    }
    assert_eq!(read(&zip(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"")])), None);
}

#[test]
fn archive_without_files_is_told() {
    for archive in [tar(&[]), gzip(&tar(&[])), zip(&[]), zip(&[(".hidden", b"1")]), tar(&[("__MACOSX/x", b"1")])] {
        assert!(fault(&archive).is_some_and(|why| why.contains("holds no files")));
    }
}

#[test]
fn name_longer_than_any_path_is_told_as_damage() {
    let mut header = Header::new_gnu();
    header.set_entry_type(EntryType::GNULongName);
    header.set_size(1 << 40);
    header.set_cksum();
    let archive = [header.as_bytes(), &[b'a'; 4096][..]].concat();
    assert!(fault(&archive).is_some_and(|why| why.contains("damaged")));
}

#[test]
fn members_are_refused_beyond_a_million() {
    let names: Vec<String> = (0..=MOST_MEMBERS).map(|n| n.to_string()).collect();
    let members: Vec<(&str, &[u8])> = names.iter().map(|name| (&**name, &b"1"[..])).collect();
    for pack in [tar, zip] {
        assert_eq!(fault(&pack(&members[1..])), None);
        assert!(fault(&pack(&members)).is_some_and(|why| why.contains("more than a million")));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 200, ..ProptestConfig::default() })]

    /// Cut anywhere: what was told before the cut is what stood there, and the cut is told.
    #[test]
    fn cut_is_told_and_what_stood_before_it_is_whole(cut in 1usize..4_600) {
        let members: Vec<(&str, &[u8])> = vec![("a", &[b'1'; 700]), ("b", b"22"), ("c/d", &[b'3'; 1200])];
        for whole in [tar(&members), gzip(&tar(&members)), zip(&members)] {
            let cut = cut % whole.len();
            let Some(found) = read(&whole[..cut]) else { continue };
            prop_assert!(found.last().is_some_and(|(name, read)| name.is_empty() && read.is_err()), "{found:?}");
            for (name, bytes) in &found[..found.len() - 1] {
                let want = members.iter().find(|(member, _)| member == name).expect("one of them").1;
                prop_assert_eq!(bytes.as_deref(), Ok(want));
            }
        }
    }

    #[test]
    fn damage_never_panics(flips in proptest::collection::vec((0usize..4_600, any::<u8>()), 1..12)) {
        let members: Vec<(&str, &[u8])> = vec![("a", &[b'1'; 700]), ("b", b"22"), ("c/d", &[b'3'; 1200])];
        for mut archive in [tar(&members), zip(&members)] {
            for (at, byte) in &flips {
                let at = at % archive.len();
                archive[at] = *byte;
            }
            let _ = read(&archive);
        }
    }
}
