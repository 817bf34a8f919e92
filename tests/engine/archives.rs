//! Members of archives as source files: the same rows as from a folder, names that stay below the
//! output folder, and whatever is wrong with an archive told by name.

use std::io::ErrorKind;
use std::path::Path;
use std::time::{Duration, SystemTime};

use sheetmill::engine::{
    ArchiveFault, Cause, Choices, Column, Columns, FileKind, Options, Reading, StopToken, inspect,
};

use super::support::bench::{self, Bench, Ran};
use super::support::packed::{bzip2, deflate, gzip, xz, zstd};
use super::support::records;
use super::support::workbooks::rows;

const TEXT: &str = "<doc id=\"12\" url=\"u\" title=\"수학\">\n수학\n\n수학은 수를 다룬다.\n</doc>\n\
    <doc id=\"0013\" url=\"u\" title=\"Q&amp;A\">\nQ&amp;A\n\n1 &lt; 2\n</doc>\n";
const JSON: &str = "{\"id\": \"12\", \"url\": \"u\", \"title\": \"수학\", \"text\": \"수학\\n\\n수학은 수를 다룬다.\"}\n\
    {\"id\": \"0013\", \"url\": \"u\", \"title\": \"Q&A\", \"text\": \"Q&A\\n\\n1 < 2\"}\n";

/// JSON holds the text without the line breaks that stand around it between tags.
fn trimmed() -> Columns {
    let text = Column { options: Options { trim: true, ..Options::default() }, ..Column::field("text") };
    Columns::chosen(vec![Column::field("id"), Column::field("title"), text]).expect("good columns")
}

fn text_rows() -> Vec<Vec<String>> {
    rows(&[&["id", "title", "text"], &["12", "수학", "수학\n\n수학은 수를 다룬다."], &["0013", "Q&A", "Q&A\n\n1 < 2"]])
}

fn doc(id: u32) -> Vec<u8> {
    records::doc(id).into_bytes()
}

fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        // written as it is: the library would refuse names that lead outside
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_cksum();
        builder.append(&header, *bytes).expect("added");
    }
    builder.into_inner().expect("finished")
}

/// A member of a zip archive as its headers are to say.
struct Zipped<'a> {
    name: &'a [u8],
    flags: u16,
    method: u16,
    crc: u32,
    packed: Vec<u8>,
    bytes: u32,
}

impl<'a> Zipped<'a> {
    fn new(name: &'a str, method: u16, bytes: &[u8]) -> Self {
        let packed = match method {
            8 => deflate(bytes),
            12 => bzip2(bytes),
            93 => zstd(bytes),
            95 => xz(bytes),
            _ => bytes.to_vec(),
        };
        let mut crc = flate2::Crc::new();
        crc.update(bytes);
        Self { name: name.as_bytes(), flags: 0, method, crc: crc.sum(), packed, bytes: bytes.len() as u32 }
    }

    /// What local header and directory have in common.
    fn common(&self) -> Vec<u8> {
        let halves = |words: &[u16]| words.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<_>>();
        let words = |words: &[u32]| words.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<_>>();
        let sizes = words(&[self.crc, self.packed.len() as u32, self.bytes]);
        [halves(&[20, self.flags, self.method, 0, 0x21]), sizes, halves(&[self.name.len() as u16, 0])].concat()
    }
}

fn zip(members: &[Zipped]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for member in members {
        let entry =
            [&b"PK\x01\x02\x14\0"[..], &member.common(), &[0; 10], &(out.len() as u32).to_le_bytes(), member.name];
        directory.extend(entry.concat());
        out.extend([&b"PK\x03\x04"[..], &member.common(), member.name, &member.packed].concat());
    }
    ended(out, &directory, members.len())
}

fn ended(mut out: Vec<u8>, directory: &[u8], members: usize) -> Vec<u8> {
    let (start, count) = (out.len() as u32, (members as u16).to_le_bytes());
    out.extend(directory);
    let size = (directory.len() as u32).to_le_bytes();
    out.extend([&b"PK\x05\x06\0\0\0\0"[..], &count, &count, &size, &start.to_le_bytes(), &[0, 0]].concat());
    out
}

fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    zip(&members.iter().map(|(name, bytes)| Zipped::new(name, 8, bytes)).collect::<Vec<_>>())
}

fn fault(ran: &Ran, name: &str) -> ArchiveFault {
    match ran.failure(name) {
        Cause::Archive(fault) => *fault,
        cause => panic!("{name}: {cause}"),
    }
}

#[test]
fn content_gives_the_same_rows_in_any_package() {
    let text = TEXT.as_bytes();
    let member = [("AA/wiki_00", text)];
    let by = |method| zip(&[Zipped::new("AA/wiki_00", method, text)]);
    let single: [(&str, Vec<u8>); 6] = [
        ("wiki_00", text.to_vec()),
        ("wiki_00.json", JSON.as_bytes().to_vec()),
        ("wiki_00.gz", gzip(text)),
        ("wiki_00.bz2", bzip2(text)),
        ("wiki_00.xz", xz(text)),
        ("wiki_00.zst", zstd(text)),
    ];
    let archives = [
        ("stored.zip", by(0)),
        ("deflate.zip", by(8)),
        ("bzip2.zip", by(12)),
        ("zstd.ZIP", by(93)),
        ("xz.zip", by(95)),
        ("plain.tar", tar(&member)),
        ("gzip.tar.gz", gzip(&tar(&member))),
        ("gzip.tgz", gzip(&tar(&member))),
        ("bzip2.tar.bz2", bzip2(&tar(&member))),
        ("xz.tar.xz", xz(&tar(&member))),
        ("zstd.tar.zst", zstd(&tar(&member))),
        ("twice.tar", tar(&[("AA/wiki_00", &bzip2(text))])),
        ("three.tar.gz", gzip(&tar(&[("AA/wiki_00", &gzip(text))]))),
        ("four.zip", by_packed(text)),
    ];
    let bench = Bench::with(&[]);
    for (name, bytes) in single.iter().chain(&archives) {
        bench.put(name, bytes);
    }
    let ran = bench::ran(&bench.job_of(Choices { columns: trimmed(), ..Choices::default() }));
    assert_eq!((ran.summary().converted, ran.summary().failed), (20, 0), "{:?}", ran.summary());
    for (name, _) in &single {
        assert_eq!(bench.cells(&format!("{name}.xlsx")), text_rows(), "{name}");
    }
    for (name, _) in &archives {
        assert_eq!(bench.cells(&format!("{name}/AA/wiki_00.xlsx")), text_rows(), "{name}");
    }
    for name in ["stored.zip", "deflate.zip", "plain.tar", "xz.tar.xz"] {
        let report = ran.report(&format!("{name}/AA/wiki_00"));
        assert_eq!(report.bytes_in, TEXT.len() as u64, "{name}: the size as unpacked counts");
    }
}

fn by_packed(text: &[u8]) -> Vec<u8> {
    zip(&[Zipped::new("AA/wiki_00", 8, &zstd(text))])
}

#[test]
fn names_of_members_never_lead_out_of_the_output_folder() {
    let evil = ["../../evil", "/evil", "C:\\evil\\x", "..\\..\\evil2", "aux/a:b", "a/./../b"];
    let texts: Vec<Vec<u8>> = (0..evil.len() as u32).map(doc).collect();
    let members: Vec<(&str, &[u8])> = evil.iter().zip(&texts).map(|(name, text)| (*name, &text[..])).collect();
    let bench = Bench::with(&[("z.zip", &zipped(&members)), ("t.tar.gz", &gzip(&tar(&members)))]);
    let ran = bench.run();
    assert_eq!(ran.summary().converted, 12, "{:?}", ran.summary());
    let below = ["_aux/a_b.xlsx", "a/b.xlsx", "evil (2).xlsx", "evil.xlsx", "evil/x.xlsx", "evil2.xlsx"];
    let want = ["t.tar.gz", "z.zip"].map(|archive| below.map(|name| format!("{archive}/{name}")));
    assert_eq!(bench.outputs(), want.concat());
    let around: Vec<_> = std::fs::read_dir(bench.output.parent().expect("above")).expect("there").collect();
    assert_eq!(around.len(), 2, "in and out alone: {around:?}");
}

#[test]
fn members_of_one_name_are_all_converted() {
    let (one, two, three) = (doc(1), doc(2), doc(3));
    let members: [(&str, &[u8]); 3] = [("a", &one), ("a", &two), ("A", &three)];
    let bench = Bench::with(&[("z.zip", &zipped(&members)), ("t.tar", &tar(&members))]);
    let ran = bench.run();
    assert_eq!(ran.summary().converted, 6);
    for archive in ["t.tar", "z.zip"] {
        for (name, id) in [("a", "1"), ("a (2)", "2"), ("A (3)", "3")] {
            assert_eq!(bench.cells(&format!("{archive}/{name}.xlsx"))[1][0], id, "{archive}/{name}");
        }
    }
}

#[test]
fn list_of_members_is_in_order_and_leaves_system_files_out() {
    let text = doc(1);
    let members = [
        ("b/wiki_10", &text[..]),
        ("b/wiki_9", &text),
        ("b/", b""),
        ("__MACOSX/b/._wiki_9", b"x"),
        (".DS_Store", b"x"),
        ("a", &text),
    ];
    let bench = Bench::with(&[("1.zip", &zipped(&members)), ("2.tgz", &gzip(&tar(&members)))]);
    let ran = bench.run();
    let want = ["1.zip/a", "1.zip/b/wiki_9", "1.zip/b/wiki_10", "2.tgz/b/wiki_10", "2.tgz/b/wiki_9", "2.tgz/a"];
    assert_eq!(ran.names(), want, "a stream in its own order, which is the only quick one");
    assert_eq!(ran.summary().converted, 6);
}

#[test]
fn names_in_cp949_are_read() {
    let (name, ..) = encoding_rs::EUC_KR.encode("기사/경제 뉴스.txt");
    let text = doc(1);
    let bench = Bench::with(&[("z.zip", &zip(&[Zipped { name: &name, ..Zipped::new("", 8, &text) }]))]);
    assert_eq!(bench.run().names(), ["z.zip/기사/경제 뉴스.txt"]);
}

#[test]
fn member_that_cannot_be_read_fails_by_name_and_the_others_go_on() {
    let text = doc(7);
    let good = || Zipped::new("good", 8, &text);
    let long = TEXT.repeat(100).into_bytes();
    let named = |name: &'static str| Zipped { name: name.as_bytes(), ..good() };
    let members = [
        good(),
        Zipped { flags: 1, ..named("locked") },
        Zipped { method: 14, ..named("lzma") },
        Zipped { crc: 1, ..named("crc") },
        Zipped { bytes: 10, ..named("longer") },
        Zipped { bytes: 1000, ..named("shorter") },
        Zipped { packed: deflate(&long)[..20].to_vec(), bytes: long.len() as u32, ..named("cut") },
        Zipped { bytes: 0, crc: 0, packed: vec![3, 0], ..named("empty") },
        Zipped::new("inner.zip", 0, &zipped(&[("a", &text)])),
    ];
    let bench = Bench::with(&[("z.zip", &zip(&members))]);
    let ran = bench.run();
    assert_eq!((ran.summary().converted, ran.summary().failed), (1, 8));
    assert_eq!(fault(&ran, "z.zip/locked"), ArchiveFault::Encrypted);
    assert_eq!(fault(&ran, "z.zip/lzma"), ArchiveFault::Method(14));
    assert_eq!(fault(&ran, "z.zip/crc"), ArchiveFault::WrongChecksum);
    assert_eq!(fault(&ran, "z.zip/longer"), ArchiveFault::WrongSize);
    for name in ["shorter", "cut"] {
        let cause = ran.failure(&format!("z.zip/{name}"));
        assert!(matches!(cause, Cause::Read(error) if error.kind() == ErrorKind::UnexpectedEof), "{cause}");
    }
    assert!(matches!(ran.failure("z.zip/empty"), Cause::Empty));
    assert!(matches!(ran.failure("z.zip/inner.zip"), Cause::NotText(FileKind::Zip)));
    assert_eq!(bench.outputs(), ["z.zip/good.xlsx"]);
}

#[test]
fn archive_cut_off_gives_what_is_whole_and_fails_by_name() {
    let texts: Vec<Vec<u8>> = (0..4).map(|n| doc(n).repeat(40)).collect();
    let names = ["a", "b", "c", "d"];
    let members: Vec<(&str, &[u8])> = names.iter().zip(&texts).map(|(name, text)| (*name, &text[..])).collect();
    let whole = tar(&members);
    let cut = &whole[..whole.len() * 6 / 10];
    let packed = gzip(&whole);
    let zip = zipped(&members);
    let bench = Bench::with(&[
        ("1.tar", cut),
        ("2.tar.gz", &gzip(cut)),
        ("3.tar.gz", &packed[..packed.len() - 4]),
        ("4.zip", &zip[..zip.len() - 30]),
    ]);
    let ran = bench.run();
    for name in ["1.tar", "2.tar.gz", "3.tar.gz", "4.zip"] {
        assert_eq!(fault(&ran, name), ArchiveFault::Damaged, "{name}");
    }
    assert_eq!((ran.summary().converted, ran.summary().failed), (2 + 2 + 4, 4));
    assert_eq!(bench.cells("2.tar.gz/b.xlsx").len(), 41);
}

#[test]
fn archives_made_to_explode_are_named() {
    // one piece of data that many members claim
    let text = doc(1);
    let one = Zipped::new("a", 8, &text);
    let entry = [&b"PK\x01\x02\x14\0"[..], &one.common(), &[0; 14], b"a"].concat();
    let local = [&b"PK\x03\x04"[..], &one.common(), b"a", &one.packed].concat();
    let overlapping = ended(local, &entry.repeat(1000), 1000);
    // members that say they are 4 GB each
    let huge = zip(&[Zipped { bytes: u32::MAX - 1, ..Zipped::new("a", 8, &text) }]);
    // a tar archive that holds little else than zeros
    let mut header = tar::Header::new_gnu();
    header.set_size((1 << 30) + (1 << 20));
    header.set_path("zeros").expect("short");
    header.set_cksum();
    let bomb = [gzip(header.as_bytes()), gzip(&vec![0; 1 << 20]).repeat(1026)].concat();
    assert!(bomb.len() * 200 < 1 << 30);
    let bench = Bench::with(&[("1.zip", &overlapping), ("2.zip", &huge), ("3.tgz", &bomb)]);
    let ran = bench.run();
    assert_eq!(fault(&ran, "1.zip"), ArchiveFault::Overlapping);
    assert_eq!(fault(&ran, "2.zip"), ArchiveFault::TooLarge);
    assert_eq!(fault(&ran, "3.tgz"), ArchiveFault::TooLarge);
    assert_eq!(ran.summary().files, 3, "nothing of them is listed");
}

#[test]
fn archive_named_otherwise_or_a_document_is_one_file() {
    let text = doc(1);
    let archive = zipped(&[("a", &text)]);
    let document = zipped(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w/>")]);
    let bench = Bench::with(&[
        ("archive", &archive),
        ("archive2", &tar(&[("a", &text)])),
        ("archive3.gz", &gzip(&tar(&[("a", &text)]))),
        ("document.zip", &document),
        ("empty.zip", &zip(&[])),
        ("text.zip", &text),
        ("text.tar.gz", &gzip(&text)),
    ]);
    let ran = bench.run();
    let kinds = [
        ("archive", FileKind::Zip),
        ("archive2", FileKind::Tar),
        ("archive3.gz", FileKind::Tar),
        ("document.zip", FileKind::Office),
    ];
    for (name, want) in kinds {
        let cause = ran.failure(name);
        assert!(matches!(cause, Cause::NotText(kind) if *kind == want), "{name}: {cause}");
    }
    assert_eq!(fault(&ran, "empty.zip"), ArchiveFault::NoFiles);
    assert_eq!(bench.outputs(), ["text.tar.gz.xlsx", "text.zip.xlsx"]);
}

#[test]
fn members_are_up_to_date_until_their_archive_changes() {
    let (one, two) = (doc(1), doc(2));
    let members: [(&str, &[u8]); 2] = [("a", &one), ("b", &two)];
    let bench = Bench::with(&[("z.zip", &zipped(&members)), ("t.tgz", &gzip(&tar(&members)))]);
    assert_eq!(bench.run().summary().converted, 4);
    assert_eq!(bench.run().summary().up_to_date, 4);
    std::fs::remove_file(bench.output.join("t.tgz/b.xlsx")).expect("removed");
    let again = bench.run();
    assert_eq!((again.summary().converted, again.summary().up_to_date), (1, 3));
    assert_eq!(bench.cells("t.tgz/b.xlsx")[1][0], "2");
    let later = SystemTime::now() + Duration::from_secs(5);
    let file = std::fs::File::options().write(true).open(bench.input.join("z.zip")).expect("there");
    file.set_modified(later).expect("touched");
    let again = bench.run();
    assert_eq!((again.summary().converted, again.summary().up_to_date), (2, 2));
}

/// The places of members hold for the archive as it was listed.
#[test]
fn archive_replaced_after_it_was_listed_is_not_read_by_the_old_list() {
    let (one, two) = (doc(1), doc(22));
    let bench = Bench::with(&[("t.tar", &tar(&[("a", &one)]))]);
    let files = bench.run().found();
    bench.put("t.tar", tar(&[("other", &[b'x'; 2000]), ("a", &two)]));
    let seen = inspect(&files[0], &Columns::default(), &Reading::default(), 10, &StopToken::default());
    let cause = format!("{:?}", seen.expect_err("another archive"));
    assert!(cause.contains("Changed"), "{cause}");
}

#[test]
fn member_is_seen_before_it_is_converted() {
    let text = TEXT.as_bytes();
    let members = [("a", text), ("b", text)];
    let bench =
        Bench::with(&[("z.zip", &zipped(&members)), ("t.tgz", &gzip(&tar(&members))), ("u.tar", &tar(&members))]);
    let files = bench.run().found();
    assert_eq!(files.len(), 6);
    for file in files {
        let seen = inspect(&file, &trimmed(), &Reading::default(), 1, &StopToken::default());
        let seen = seen.unwrap_or_else(|cause| panic!("{}: {cause:?}", file.name.display()));
        assert_eq!(seen.rows, text_rows()[1..2], "{}", file.name.display());
    }
}

/// No folder can be made where the archive itself stands.
#[test]
fn workbooks_written_beside_their_archive_find_a_place() {
    let text = doc(1);
    let bench = Bench::with(&[("AA/t.tgz", &gzip(&tar(&[("a", &text)])))]);
    let mut job = bench.job();
    job.output.clone_from(&bench.input);
    for (converted, up_to_date) in [(1, 0), (0, 1)] {
        let ran = bench::ran(&job);
        assert_eq!((ran.summary().converted, ran.summary().up_to_date), (converted, up_to_date));
    }
    assert!(bench.input.join("AA/t.tgz (2)/a.xlsx").is_file());
}

/// A run for one member alone, as "retry failed" does, from an archive given by itself.
#[test]
fn archive_can_be_the_input_and_one_member_asked_for() {
    let text = doc(1);
    let bench = Bench::with(&[("t.tgz", &gzip(&tar(&[("a", &text), ("b", &text), ("c", &text)])))]);
    let mut job = bench.job();
    job.inputs = vec![bench.input.join("t.tgz")];
    job.only = Some([Path::new("t.tgz/b").to_owned()].into());
    let ran = bench::ran(&job);
    assert_eq!(ran.summary().converted, 1);
    assert_eq!(bench.outputs(), ["t.tgz/b.xlsx"]);
}
