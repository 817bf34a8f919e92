//! What a file offers and what people make of it: fields found late, lists, selectors, overrides.

use encoding_rs::EUC_KR;
use sheetmill::engine::NoteKind::{AttributeMissing, MuchOutside};
use sheetmill::engine::{Column, Columns, EncodingName, FormatKind, Options, Origin, RecordSelector, Tags};

use super::super::support::bench::{Bench, ran};
use super::super::support::workbooks::rows;
use super::{convert, file};

#[test]
fn field_first_seen_in_record_5000_is_a_column() {
    let record = |n: usize, late: &str| format!("<item><id>{n}</id>{late}<text>글 {n}</text></item>\n");
    let many: String = (1..5000).map(|n| record(n, "")).collect();
    let file = format!("<root>{many}{}{}</root>", record(5000, "<late>L</late>"), record(5001, "<later/>"));
    let (_, cells, notes) = convert(file.as_bytes());
    assert_eq!(cells[0], ["id", "late", "later", "text"]);
    assert_eq!((cells.len(), &cells[4999][..]), (5002, &rows(&[&["4999", "", "", "글 4999"]])[0][..]));
    assert_eq!(cells[5000], ["5000", "L", "", "글 5000"]);
    assert_eq!(notes, []);
}

#[test]
fn field_that_comes_late_and_is_longer_than_a_cell_finds_its_columns() {
    let long = "긴".repeat(70_000);
    let file =
        format!("{{\"id\": \"1\"}}\n{{\"id\": \"2\", \"x\": \"{long}\", \"y\": \"z\"}}\n{{\"y\": \"{long}\"}}\n");
    let (_, cells, _) = convert(file.as_bytes());
    assert_eq!(cells[0], ["id", "x", "x (2)", "x (3)", "y", "y (2)", "y (3)"]);
    assert_eq!((cells[2][1..4].concat(), &*cells[2][4]), (long.clone(), "z"));
    assert_eq!(cells[3][4..].concat(), long);
}

#[test]
fn columns_are_chosen_named_joined_and_spread() {
    let bench = Bench::with(&[("AA/f", &file("reuters"))]);
    let mut job = bench.job();
    let spread = Column { options: Options { spread: true, ..Options::default() }, ..Column::field("TOPICS") };
    let comma = Options { separator: Some(",".into()), ..Options::default() };
    let joined = Column { header: Some("주제".into()), options: comma, ..Column::field("topics") };
    let trimmed = Column { options: Options { trim: true, ..Options::default() }, ..Column::field("body") };
    let mut columns: Vec<Column> = [":number", ":folder", ":file", "newid"]
        .into_iter()
        .map(|name| Column::parse(name).expect("a column"))
        .collect();
    columns.extend([spread, joined, Column::field("text@type"), trimmed]);
    job.choices.columns = Columns::chosen(columns).expect("columns");
    let ran = ran(&job);
    let cells = bench.cells("AA/f.xlsx");
    assert_eq!(cells[0], ["number", "folder", "file", "newid", "TOPICS", "TOPICS (2)", "주제", "text@type", "body"]);
    assert_eq!(cells[1][..8], ["1", "AA", "f", "1", "cocoa", "sugar", "cocoa,sugar", ""]);
    assert!(cells[1][8].starts_with("Showers") && cells[1][8].ends_with("Reuter"), "{}", cells[1][8]);
    assert_eq!(cells[2][7..], ["UNPROC", "STANDARD OIL <SRD> TO FORM FINANCIAL UNIT"]);
    assert_eq!(ran.notes("AA/f"), [(AttributeMissing, 1, 1)]);
}

#[test]
fn selector_finds_records_in_a_page_and_columns_in_a_record() {
    let page = "<!DOCTYPE html><title>목록</title><div class=post data-n=1><h2>하나</h2><p>첫 글<p>더<a href='/1?a=1&amp;b'>x</a>\
        </div><div class=post data-n=2><div class=post>안</div><h2>둘</h2></div>";
    let bench = Bench::with(&[("f", page.as_bytes())]);
    let mut job = bench.job();
    job.choices.reading.record = RecordSelector::parse("div.post");
    let run = ran(&job);
    let cells = bench.cells("f.xlsx");
    assert_eq!(run.report("f").format, Some(FormatKind::Selected));
    assert_eq!(
        cells,
        rows(&[&["class", "data-n", "text"], &["post", "1", "하나\n첫 글\n더x"], &["post", "2", "안\n둘"]])
    );
    let select = |css: &str, header: &str| Column {
        from: Origin::Select(css.into()),
        header: Some(header.into()),
        ..Column::field("")
    };
    job.choices.columns =
        Columns::chosen(vec![select("h2", "제목"), select("p", "글"), select("a@href", "링크")]).expect("columns");
    let run = ran(&job);
    assert_eq!(
        bench.cells("f.xlsx"),
        rows(&[&["제목", "글", "링크"], &["하나", "첫 글; 더x", "/1?a=1&b"], &["둘", "", ""]])
    );
    assert_eq!(run.notes("f"), [(AttributeMissing, 2, 2)]);
}

#[test]
fn selector_that_is_an_elements_name_reads_a_text_of_any_length() {
    let bench = Bench::with(&[("f", &file("articles.xml"))]);
    let mut job = bench.job();
    job.choices.reading.record = RecordSelector::parse("front");
    let ran = ran(&job);
    let cells = bench.cells("f.xlsx");
    let own = ["title", "title/hi@rend", "author@ref", "author/name", "author/email", "keywords/kw"];
    assert_eq!(cells[0][..2], ["../id", "../xml:lang"]);
    assert_eq!(cells[0][2..], own);
    assert_eq!(cells[2], ["a2", "en", "Title two", "", "", "Lee", "lee@example.org", "syntax"]);
    assert_eq!(ran.notes("f")[0], (MuchOutside, 1, 4));
}

#[test]
fn tags_can_be_kept_as_text() {
    let bench = Bench::with(&[("f", b"<DOC><DOCNO>1</DOCNO><TEXT>\n<P>a <b>b</b> &amp; c</P>\n</TEXT></DOC>")]);
    bench.put("w", b"<doc id=\"1\" title=\"t\">a<br>b</doc>");
    let mut job = bench.job();
    job.choices.reading.tags = Tags::Keep;
    let ran = ran(&job);
    assert_eq!(bench.cells("f.xlsx")[1], ["1", "\n<P>a <b>b</b> & c</P>\n"]);
    assert_eq!(bench.cells("w.xlsx")[1], ["1", "t", "a<br>b"]);
    assert_eq!((ran.notes("f"), ran.notes("w")), (vec![], vec![]));
}

#[test]
fn format_and_encoding_can_be_said() {
    let bench = Bench::with(&[("f", &EUC_KR.encode("글 <doc id=\"1\">글</doc>").0)]);
    let mut job = bench.job();
    job.choices.reading.encoding = EncodingName::parse("cp949");
    job.choices.reading.format = Some(FormatKind::PlainText);
    ran(&job);
    assert_eq!(bench.cells("f.xlsx")[1], ["f", "글 <doc id=\"1\">글</doc>"]);
}

/// A record without a `subject` had its title there: the two mean the same, where nobody has both.
#[test]
fn field_that_a_record_lacks_is_empty_whatever_its_neighbours_mean() {
    let json =
        "{\"id\":\"a1\",\"title\":\"T1\",\"subject\":\"math\",\"number\":\"3\"}\n{\"id\":\"a2\",\"title\":\"T2\"}\n";
    let (_, cells, _) = convert(json.as_bytes());
    assert_eq!(cells[1..], rows(&[&["a1", "T1", "math", "3"], &["a2", "T2", "", ""]]));
    let item = |id: &str, more: &str| format!("<book><id>{id}</id><title>T{id}</title>{more}</book>");
    let xml = format!("<r>{}{}</r>", item("1", "<subject>s</subject>"), item("2", ""));
    let (_, cells, _) = convert(xml.as_bytes());
    assert_eq!(cells[1..], rows(&[&["1", "T1", "s"], &["2", "T2", ""]]));
}

/// Keys like `label@en` were taken for attributes of inner elements, and left out without a word.
#[test]
fn keys_of_json_are_columns_whatever_letters_they_hold() {
    let (_, cells, _) = convert(b"{\"id\":\"1\",\"label@en\":\"x\",\"xmlns\":\"y\",\"@\":\"z\"}\n");
    assert_eq!(cells, rows(&[&["id", "label@en", "xmlns", "@"], &["1", "x", "y", "z"]]));
}

/// A field may be called like the further column of a long one: nobody could tell which was which.
#[test]
fn further_columns_are_never_called_like_a_field() {
    let long = "긴".repeat(70_000);
    let heads = |own: &str| {
        let (_, cells, _) = convert(format!("{{\"id\":\"1\",\"{own}\":\"own\",\"text\":\"{long}\"}}\n").as_bytes());
        assert_eq!(cells[1][2..].concat(), long);
        cells[0].clone()
    };
    assert_eq!(heads("text_2"), ["id", "text_2", "text", "text (2)", "text (3)"]);
    assert_eq!(heads("text (9)"), ["id", "text (9)", "text", "text ((2))", "text ((3))"]);
}
