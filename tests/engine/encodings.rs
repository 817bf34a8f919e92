//! Encodings of short files: what stands beside them decides with, in whatever order they are read, and what
//! remains unsure is named.

use encoding_rs::{EUC_KR, Encoding, GBK};
use sheetmill::engine::NoteKind::EncodingUnsure;
use sheetmill::engine::{
    Certainty, Choices, Columns, EncodingName, Job, Neighbours, Reading, SourceFile, StopToken, SystemLanguage,
    Workers, inspect, inspect_beside,
};

use super::support::bench::{Bench, Ran, ran};
use super::support::packed::gzip;

const KOREAN: &str = include_str!("../files/encodings/korean.txt");
const SIMPLIFIED: &str = include_str!("../files/encodings/simplified.txt");

/// Two letters of it are read as EUC-JP where nothing else is known.
const HARD: &str = "띠띠뽀띠띠뽀";

/// Of each sentence its first words up to two letters, which are too few to go by alone.
fn words() -> Vec<(String, Vec<u8>)> {
    let short = |line: &str| line.chars().filter(|char| !char.is_ascii()).take(2).collect::<String>();
    let words = KOREAN.lines().map(short).chain([HARD.to_owned()]);
    words.enumerate().map(|(n, word)| (format!("{n:02}.txt"), encoded(EUC_KR, &word))).collect()
}

fn encoded(encoding: &'static Encoding, text: &str) -> Vec<u8> {
    let (bytes, _, is_lossy) = encoding.encode(text);
    assert!(!is_lossy, "{text}");
    bytes.into_owned()
}

fn bench(files: &[(String, Vec<u8>)]) -> Bench {
    Bench::with(&files.iter().map(|(name, bytes)| (&**name, &**bytes)).collect::<Vec<_>>())
}

fn encoding(ran: &Ran, name: &str) -> &'static str {
    ran.report(name).encoding.expect("converted").0.name()
}

#[test]
fn files_of_two_letters_are_told_by_their_folder_whatever_the_number_of_workers() {
    let files = words();
    let told = |workers| {
        let bench = bench(&files);
        let workers = Workers::new(workers).expect("so many");
        let ran = ran(&Job { workers, ..bench.job() });
        let told = files.iter().map(|(name, _)| (encoding(&ran, name), ran.notes(name)));
        told.collect::<Vec<_>>()
    };
    let (one, four) = (told(1), told(4));
    assert_eq!(one, four);
    let wrong: Vec<_> = one.iter().zip(&files).filter(|((encoding, _), _)| *encoding != "EUC-KR").collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    let alone = files.iter().filter(|(name, bytes)| {
        let bench = Bench::with(&[(name, bytes)]);
        encoding(&bench.run(), name) != "EUC-KR"
    });
    assert!(alone.count() > 0, "or this shows nothing");
}

fn packed(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        builder.append_data(&mut header, name, &**bytes).expect("added");
    }
    builder.into_inner().expect("finished")
}

#[test]
fn members_of_an_archive_are_told_by_the_others_of_their_folder() {
    let mut files: Vec<_> = words().into_iter().map(|(name, bytes)| (format!("ko/{name}"), bytes)).collect();
    let chinese = SIMPLIFIED.lines().take(20).enumerate();
    files.extend(chinese.map(|(n, line)| (format!("zh/{n}.txt"), encoded(GBK, line))));
    let korean = packed(&files[..files.len() - 20]);
    let bench = Bench::with(&[("a.tar", &packed(&files)), ("b.tar.gz", &gzip(&korean))]);
    let ran = bench.run();
    for (name, _) in &files {
        let want = if name.starts_with("ko") { "EUC-KR" } else { "GBK" };
        assert_eq!(encoding(&ran, &format!("a.tar/{name}")), want, "{name}");
        if want == "EUC-KR" {
            assert_eq!(encoding(&ran, &format!("b.tar.gz/{name}")), want, "{name}");
        }
    }
}

#[test]
fn a_mixed_folder_keeps_what_each_file_is_sure_of() {
    let korean = KOREAN.lines().enumerate().map(|(n, line)| (format!("ko{n}"), encoded(EUC_KR, line)));
    let chinese = SIMPLIFIED.lines().enumerate().map(|(n, line)| (format!("zh{n}"), encoded(GBK, line)));
    let utf8 = KOREAN.lines().enumerate().map(|(n, line)| (format!("u{n}"), line.as_bytes().to_vec()));
    let files: Vec<_> = korean.chain(chinese.take(9)).chain(utf8.take(9)).collect();
    let ran = bench(&files).run();
    for (name, _) in &files {
        let want = match &name[..1] {
            "k" => "EUC-KR",
            "z" => "GBK",
            _ => "UTF-8",
        };
        assert_eq!((encoding(&ran, name), ran.notes(name)), (want, vec![]), "{name}");
    }
}

#[test]
fn what_is_unsure_is_noted_with_the_encodings_name_unless_somebody_chose_it() {
    let bench = Bench::with(&[("f", &encoded(EUC_KR, HARD))]);
    let ran_alone = bench.run();
    assert_eq!(ran_alone.notes("f"), [(EncodingUnsure, 1, 1)]);
    let place = &ran_alone.report("f").notes.places()[0];
    assert_eq!((place.line, &*place.what), (1, encoding(&ran_alone, "f")));
    assert!(EncodingUnsure.is_warning());

    let source = SourceFile::at(bench.input.join("f"), "f", 12);
    let look = |reading: &Reading| inspect(&source, &Columns::AUTO, reading, 5, &StopToken::default()).expect("text");
    let seen = look(&Reading::default());
    assert_eq!((seen.certainty, seen.notes.counts()), (Certainty::Unsure, &[(EncodingUnsure, 1, 1)][..]));

    let reading = Reading { encoding: EncodingName::parse("cp949"), ..Reading::default() };
    assert_eq!((look(&reading).certainty, look(&reading).notes.is_empty()), (Certainty::Chosen, true));
    let chosen =
        ran(&Job { output: bench.beside("chosen"), ..bench.job_of(Choices { reading, ..Choices::default() }) });
    assert_eq!((encoding(&chosen, "f"), chosen.notes("f")), ("EUC-KR", vec![]));
}

#[test]
fn the_systems_language_decides_with_where_a_file_stands_alone() {
    let bench = Bench::with(&[("f", &encoded(EUC_KR, HARD)), ("sub/g", &encoded(GBK, "今天早上下雨了，我去学校。"))]);
    let language = Some(SystemLanguage::Korean);
    let korean = ran(&Job { language, ..bench.job() });
    assert_eq!([encoding(&korean, "f"), encoding(&korean, "sub/g")], ["EUC-KR", "GBK"]);
    let source = SourceFile::at(bench.input.join("f"), "f", 12);
    let (columns, reading, stop) = (Columns::AUTO, Reading::default(), StopToken::default());
    let seen = inspect_beside(&source, &columns, &reading, 5, &stop, &Neighbours::new(language)).expect("text");
    assert_eq!(seen.encoding, "EUC-KR");
}

/// Real text, where it is at hand: Korean Wikipedia in pieces of 6 to 30 letters.
#[test]
fn pieces_of_real_korean_text_are_told_alone() {
    let folder = std::path::Path::new("/work/shared/corpora/kowiki/AA");
    let Ok(entries) = std::fs::read_dir(folder) else {
        eprintln!("SKIPPED: {} is not on this machine", folder.display());
        return;
    };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let (mut all, mut right) = (0, 0);
    let bench = Bench::with(&[]);
    let path = bench.input.join("f");
    for path_of in paths.iter().take(2) {
        let text = std::fs::read_to_string(path_of).expect("a file of the corpus");
        let lines = text.lines().filter(|line| !line.starts_with('<') && line.chars().count() > 40);
        for (n, line) in lines.step_by(2).take(1000).enumerate() {
            let piece: String = line.chars().filter(|char| ('가'..='힣').contains(char) || *char == ' ').collect();
            let piece: String = piece.chars().skip(n % 7).take(6 + n % 25).collect();
            let (bytes, _, is_lossy) = EUC_KR.encode(&piece);
            if is_lossy || piece.chars().filter(|char| *char != ' ').count() < 6 {
                continue;
            }
            std::fs::write(&path, &bytes).expect("written");
            let source = SourceFile::at(path.clone(), "f", bytes.len() as u64);
            let seen = inspect(&source, &Columns::AUTO, &Reading::default(), 1, &StopToken::default()).expect("text");
            all += 1;
            right += usize::from(seen.encoding == "EUC-KR");
        }
    }
    assert!(all > 1000 && right * 1000 >= all * 995, "{right} of {all}");
}
