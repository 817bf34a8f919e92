//! Tables and annotated sentences: expected rows by hand.

use std::path::{Path, PathBuf};

use sheetmill::engine::FormatKind::{Conll, Csv, Vertical};
use sheetmill::engine::NoteKind::{CellsUneven, QuoteBroken, TextOutside};
use sheetmill::engine::RecordSelector;

use super::super::support::bench::{Bench, ran};
use super::super::support::workbooks::rows;
use super::{convert, file};

#[test]
fn csv_gives_a_row_a_record_and_loses_no_cell() {
    let (format, cells, notes) = convert(&file("table.csv"));
    assert_eq!((format, notes), (Csv, vec![(CellsUneven, 3)]));
    let want = rows(&[
        &["id", "title", "column_4", "column_5", "text"],
        &["1", "물레방아, 강", "", "", "첫 줄\n둘째 \"줄\""],
        &["0002", "=1+1", "d", "", "c"],
        &["3", "짧음", "", "", ""],
        &["4", "a", "c", "남음", "b"],
    ]);
    assert_eq!(cells, want);
}

#[test]
fn csv_of_another_encoding_and_delimiter_is_read_as_it_is() {
    let (format, cells, notes) = convert(&file("table_cp949.csv"));
    assert_eq!((format, notes), (Csv, vec![]));
    assert_eq!(
        cells,
        rows(&[
            &["번호", "제목", "본문"],
            &["1", "한국어 위키백과", "우리 모두의 백과사전이다"],
            &["2", "물레방아", "물의 힘으로 방아를 찧는다"],
        ])
    );
}

#[test]
fn tsv_keeps_quotes_that_are_characters() {
    let (format, cells, notes) = convert(&file("table.tsv"));
    assert_eq!((format, notes), (Csv, vec![(QuoteBroken, 1)]));
    assert_eq!(cells, rows(&[&["id", "title", "text"], &["1", "가", "=1+1"], &["2", "\"b\" c", "5\" disk"]]));
}

#[test]
fn csv_names_of_columns_may_hold_any_letters() {
    let (format, cells, _) = convert(b"id,label@en,xmlns,id\n1,x,y,z\n2,v,w,u\n");
    assert_eq!(format, Csv);
    assert_eq!(cells, rows(&[&["id", "label@en", "xmlns", "id_2"], &["1", "x", "y", "z"], &["2", "v", "w", "u"]]));
}

#[test]
fn csv_by_a_persons_word_is_any_text() {
    let bench = Bench::with(&[("f", b"word\napple, x\n\nriver\n")]);
    let mut job = bench.job();
    job.choices.reading.format = Some(Csv);
    ran(&job);
    assert_eq!(bench.cells("f.xlsx"), rows(&[&["word", "column_2"], &["apple", " x"], &["river", ""]]));
}

#[test]
fn csv_suite_of_others_is_equal_to_its_records() {
    let shared = std::env::var_os("SHEETMILL_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let suite = shared.join("suites/csv");
    if !suite.is_dir() {
        eprintln!("skipped: csv-spectrum is not at hand in {} (SHEETMILL_SHARED says where)", shared.display());
        return;
    }
    let mut read = 0;
    for entry in std::fs::read_dir(suite.join("csvs")).expect("its tables") {
        let path = entry.expect("an entry").path();
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let json = std::fs::read_to_string(suite.join("json").join(format!("{name}.json"))).expect("its records");
        let records: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        let (format, cells, _) = convert(&std::fs::read(&path).expect("a table"));
        assert_eq!(format, Csv, "{name}");
        let records = records.as_array().cloned().unwrap_or_else(|| vec![records]);
        assert_eq!(cells.len() - 1, records.len(), "{name}");
        for (row, record) in cells[1..].iter().zip(&records) {
            let record = record.as_object().expect("an object");
            assert_eq!(cells[0].len(), record.len(), "{name}");
            for (header, value) in cells[0].iter().zip(row) {
                // this one holds another number in its table than in its records
                if name == "location_coordinates" && header == "Contact Phone Number" {
                    continue;
                }
                let want = record[header].as_str().expect("a string").replace("\r\n", "\n");
                assert_eq!(*value, want, "{name}, {header}");
            }
        }
        read += 1;
    }
    eprintln!("csv-spectrum: {read} of {read} tables equal to their records");
    assert!(read > 10);
}

#[test]
fn conllu_gives_a_row_a_sentence() {
    let (format, cells, notes) = convert(&file("sentences.conllu"));
    assert_eq!((format, notes), (Conll, vec![]));
    let want = rows(&[
        &[
            "newdoc id",
            "sent_id",
            "note",
            "id",
            "form",
            "lemma",
            "upos",
            "xpos",
            "feats",
            "head",
            "deprel",
            "deps",
            "misc",
            "text",
        ],
        &[
            "d1",
            "s1",
            "먼저",
            "1; 2-3; 2; 3",
            "나는; 간다.; 간다; .",
            "나; _; 가다; .",
            "PRON; _; VERB; PUNCT",
            "_; _; _; _",
            "_; _; _; _",
            "2; _; 0; 2",
            "nsubj; _; root; punct",
            "_; _; _; _",
            "_; _; SpaceAfter=No; _",
            "나는 간다.",
        ],
        &[
            "d1",
            "s2",
            "",
            "1; 1.1; 2",
            "온다; (그); !",
            "오다; _; !",
            "VERB; _; PUNCT",
            "_; _; _",
            "Mood=Ind; _; _",
            "0; _; 1",
            "root; _; punct",
            "_; 0:e; _",
            "_; _; _",
            "온다 !",
        ],
    ]);
    assert_eq!(cells, want);
}

#[test]
fn conllu_gives_a_row_a_token_by_choice() {
    let bench = Bench::with(&[("f", &file("sentences.conllu")), ("v", &file("corpus.vert"))]);
    let mut job = bench.job();
    job.choices.reading.record = RecordSelector::parse("token");
    let ran = ran(&job);
    assert_eq!(ran.report("f").format, Some(Conll));
    let cells = bench.cells("f.xlsx");
    assert_eq!(cells[0][..6], ["../newdoc id", "../sent_id", "../text", "../note", "id", "form"]);
    assert_eq!(cells.len(), 8);
    assert_eq!(cells[2][..7], ["d1", "s1", "나는 간다.", "먼저", "2-3", "간다.", "_"]);
    assert_eq!(cells[7][..7], ["d1", "s2", "", "", "2", "!", "!"]);
    let cells = bench.cells("v.xlsx");
    assert_eq!(
        cells,
        rows(&[
            &["../doc@id", "../doc@author", "../p@n", "../id", "column_1", "column_2", "column_3", "../name@type"],
            &["d1", "Lee & Kim", "1", "1", "The", "DT", "the", ""],
            &["d1", "Lee & Kim", "1", "1", "mill", "NN", "mill", ""],
            &["d1", "Lee & Kim", "1", "1", ".", ".", ".", ""],
            &["d1", "Lee & Kim", "1", "2", "River", "NNP", "river", "place"],
            &["d2", "", "", "3", "End", "NN", "end", ""],
        ])
    );
}

#[test]
fn conll_of_other_columns_numbers_them() {
    let (format, cells, notes) = convert(&file("entities.conll"));
    assert_eq!((format, notes), (Conll, vec![]));
    assert_eq!(
        cells,
        rows(&[
            &["column_1", "column_2", "column_3", "column_4", "text"],
            &["-DOCSTART-", "-X-", "-X-", "O", "-DOCSTART-"],
            &["Mill; turns", "NNP; VBZ", "B-NP; B-VP", "B-ORG; O", "Mill turns"],
            &["#; 5", "NN; CD", "I-NP; I-NP", "O; O", "# 5"],
        ])
    );
    let (format, cells, _) = convert("강\tB-LOC\n에\tO\n\n간다\tO\n.\tO\n".as_bytes());
    assert_eq!(format, Conll);
    assert_eq!(cells[1..], rows(&[&["강; 에", "B-LOC; O", "강 에"], &["간다; .", "O; O", "간다 ."]]));
}

#[test]
fn vertical_file_gives_a_row_a_sentence_with_what_is_around_it() {
    let (format, cells, notes) = convert(&file("corpus.vert"));
    assert_eq!((format, notes), (Vertical, vec![(TextOutside, 2)]));
    assert_eq!(
        cells,
        rows(&[
            &["doc@id", "doc@author", "p@n", "id", "column_1", "column_2", "column_3", "name@type", "text"],
            &["d1", "Lee & Kim", "1", "1", "The; mill; .", "DT; NN; .", "the; mill; .", "", "The mill."],
            &["d1", "Lee & Kim", "1", "2", "River", "NNP", "river", "place", "River"],
            &["d2", "", "", "3", "End", "NN", "end", "", "End"],
        ])
    );
}
